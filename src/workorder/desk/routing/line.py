"""The line at the desk: the tickets that wait for somebody, in the order of the discipline."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from attrs import frozen

from workorder.assign import Item
from workorder.assign.queueing import lined_up
from workorder.conditions import where
from workorder.desk.requests import Operation
from workorder.desk.routing.finding import routing_of
from workorder.desk.routing.items import Wanted, waits, wanted
from workorder.desk.routing.pages import every
from workorder.kernel import SYSTEM, Context, pass_time
from workorder.rulebook import Rulebooks
from workorder.ticket import Ticket


@frozen
class Waiting:
    """A ticket that waits.

    Attributes:
        ticket: as it stands.
        asked: what it asks of somebody.
        item: what that is now, by its plan.
    """

    ticket: Ticket
    asked: Wanted
    item: Item


def in_line(rulebooks: Rulebooks, at: datetime) -> Operation[list[Waiting]]:
    """The tickets that wait, in the order in which they are served: of those that the store has,
    the ones opened first, as many as the routing in force says (``reach``).

    Raises:
        InvalidInput: where there is no routing.
    """
    routing = routing_of(rulebooks.current)
    routings = [each.routing for each in rulebooks.by_digest.values() if each.routing is not None]
    states = sorted({name for each in routings for name in each.waiting})
    condition = where("state").one_of(states) & where("assignee").is_missing()
    found = yield from every(condition, routing.reach)
    several = {each.item.id: each for each in _waiting(found, rulebooks, at)}
    order = lined_up([each.item for each in several.values()], routing.discipline, at)
    return [several[each.id] for each in order]


def _waiting(tickets: Iterable[Ticket], rulebooks: Rulebooks, at: datetime) -> Iterator[Waiting]:
    """Those of *tickets* that wait, after what time has done by now, written down or not."""
    for ticket in tickets:
        rulebook = rulebooks.of(ticket)
        if rulebook.routing is not None:
            context = Context(ticket.id, SYSTEM, at, rulebook, "")
            now = pass_time(ticket, context).ticket
            if waits(now, rulebook.routing):
                asked = wanted(now, rulebook.routing)
                yield Waiting(now, asked, asked.at(at).item)
