"""Counting anew what everybody holds: once, when a bank begins to route tickets that it has."""

from datetime import datetime

from workorder.conditions import where
from workorder.desk.requests import Commit, Operation, ask
from workorder.desk.room import EVER, held
from workorder.desk.routing.finding import routing_of
from workorder.desk.routing.loads import accounts_of
from workorder.desk.routing.pages import every
from workorder.desk.routing.requests import FindAgents, ReadUsed
from workorder.rulebook import Rulebooks
from workorder.storage import Batch, Reservation


def recount(rulebooks: Rulebooks, at: datetime) -> Operation[dict[str, int]]:
    """Set what the store has counted of everybody in the directory, and of whoever holds a ticket,
    to what their tickets say; by how much it was wrong, by account. To be done while nobody routes:
    what is given meanwhile is counted wrongly.

    Raises:
        InvalidInput: where there is no routing.
        StoreError: ``unsupported`` when the store counts nothing.
    """
    routing_of(rulebooks.current)
    truth: dict[str, int] = {}
    for ticket in (yield from every(where("closed").is_missing())):
        for name, units in held(ticket, rulebooks).items():
            truth[name] = truth.get(name, 0) + units
    there = yield from ask(FindAgents(frozenset(), at))
    accounts = tuple(sorted({*accounts_of(there), *truth}))
    used = yield from ask(ReadUsed(accounts))
    wrong = {name: truth.get(name, 0) - used.get(name, 0) for name in accounts}
    wrong = {name: units for name, units in wrong.items() if units}
    if wrong:
        made = [Reservation(name, units, EVER) for name, units in wrong.items()]
        yield from ask(Commit(Batch((), reservations=tuple(made))))
    return wrong
