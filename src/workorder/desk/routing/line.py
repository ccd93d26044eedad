"""The line at the desk: the tickets that wait for somebody, in the order of the discipline."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from attrs import frozen

from workorder.assign import Item
from workorder.assign.queueing import lined_up
from workorder.assign.routing import Routing
from workorder.conditions import Condition, where
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
    found = yield from every(_nobodys(rulebooks), routing.reach)
    several: dict[str, Waiting] = {}
    for now, own in _standing(found, rulebooks, at):
        if waits(now, own):
            asked = wanted(now, own)
            several[now.id] = Waiting(now, asked, asked.at(at).item)
    order = lined_up([each.item for each in several.values()], routing.discipline, at)
    return [several[each.id] for each in order]


def offered_to(agent_id: str, rulebooks: Rulebooks, at: datetime) -> Operation[list[Waiting]]:
    """The tickets that are held out to somebody, the ones opened first at the front."""
    found = yield from every(_nobodys(rulebooks))
    return [
        Waiting(now, asked, asked.at(at).item)
        for now, own in _standing(found, rulebooks, at)
        if now.value("offered_to") == agent_id
        for asked in [wanted(now, own)]
    ]


def _nobodys(rulebooks: Rulebooks) -> Condition:
    """For tickets that nobody has, in states in which one waits."""
    routings = [each.routing for each in rulebooks.by_digest.values() if each.routing is not None]
    states = sorted({name for each in routings for name in each.waiting})
    return where("state").one_of(states) & where("assignee").is_missing()


def _standing(
    tickets: Iterable[Ticket], rulebooks: Rulebooks, at: datetime
) -> Iterator[tuple[Ticket, Routing]]:
    """*tickets* after what time has done by now, written down or not, with their routings."""
    for ticket in tickets:
        rulebook = rulebooks.of(ticket)
        if rulebook.routing is not None:
            context = Context(ticket.id, SYSTEM, at, rulebook, "")
            yield pass_time(ticket, context).ticket, rulebook.routing
