"""Four processes on one file: nobody ever holds too much, nothing has two owners, nobody is idle
while something waits that they can have.
"""

from collections import Counter
from pathlib import Path

import pytest

from tests.desk.routing.rush import AGENTS, BOOK, CAPACITY, batches, rush
from workorder.assign import choose
from workorder.desk.preparing import system_time
from workorder.desk.routing.items import waits, wanted
from workorder.desk.routing.loads import accounts_of, loaded
from workorder.kernel import evolve
from workorder.storage import Codec, SQLiteStore, TicketQuery
from workorder.ticket import Event, Ticket

UNITS = {"dispute": 2}
"""What a ticket takes, said again: one place, and a dispute two."""


def holder(ticket: Ticket) -> str | None:
    """Who has room taken by a ticket: whoever works on it, or is offered it."""
    offered = ticket.work.search.offer if ticket.work.search is not None else None
    busy = ticket.state in {"assigned", "in_progress"}
    return ticket.assignee if busy and ticket.assignee else offered.to if offered else None


def told_again(store: SQLiteStore) -> dict[str, Ticket]:
    """Every ticket, from the log; after each commit nobody holds too much, and no ticket goes from
    one person to another.
    """
    codec, tickets = Codec(), dict[str, Ticket]()
    for records in batches(store):
        for record in records:
            event: Event = codec.decode(record)
            before = tickets.get(record.ticket_id)
            after = tickets[record.ticket_id] = evolve(before, event, record.ticket_id)
            if before is not None and before.assignee is not None:
                assert after.assignee == before.assignee
        held: Counter[str] = Counter()
        for ticket in tickets.values():
            who = holder(ticket)
            if who is not None:
                held[who] += UNITS.get(ticket.type, 1)
        over = {name: units for name, units in held.items() if units > CAPACITY[name]}
        assert not over
    return tickets


def idle_while_something_waits(store: SQLiteStore) -> list[tuple[str, str]]:
    """Tickets that wait, with somebody who could have them as things stand now."""
    agents = loaded(AGENTS, store.used(accounts_of(AGENTS)))
    routing = BOOK.routing
    assert routing is not None
    now, found = system_time(), []
    for each in store.find(TicketQuery(limit=1_000)):
        if waits(each.ticket, routing):
            asked = wanted(each.ticket, routing)
            chosen = choose(agents, asked.item, now=now, policy=asked.policy).chosen
            if chosen is not None:
                found.append((each.ticket.id, chosen))
    return found


@pytest.mark.parametrize(("processes", "rounds"), [(4, 60)])
def test_four_processes_on_one_file(tmp_path: Path, processes: int, rounds: int) -> None:
    """Told again from the log, commit by commit; and as it stands when all is quiet."""
    path = tmp_path / "store.db"
    refused = rush(path, processes, rounds)
    assert len(refused) == processes
    with SQLiteStore(path) as store:
        tickets = told_again(store)
        held: Counter[str] = Counter()
        for ticket in tickets.values():
            held[holder(ticket) or ""] += UNITS.get(ticket.type, 1)
        used = store.used(tuple(CAPACITY))
        assert {name: used.get(name, 0) for name in CAPACITY} == {n: held[n] for n in CAPACITY}
        assert any(ticket.assignee is None for ticket in tickets.values())
        assert idle_while_something_waits(store) == []
