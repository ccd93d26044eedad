"""Many open tickets of the bank, some of them due on one day, some on the next, most on none.

A few lives are lived step by step, and told again of other customers: each ticket has its own row,
records and receipts, as if it had come to be by commands.
"""

import random
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice

from attrs import evolve, frozen

from benchmarks.bank import AT_WORK, BANK, LI, RESOLVED_AND_TOLD, lived
from benchmarks.people import NOON, counting
from workorder import ServiceDesk
from workorder.storage import Batch, Change, Codec, Mark, Record, Snapshot, TicketStore
from workorder.ticket import Event, Hold, OpenSubtask, Ticket

TOGETHER = 500
"""How many tickets are written in one transaction."""

DAY = timedelta(days=1)
SECRET = b"a secret of the benchmark, 32 by"


@frozen
class Life:
    """A ticket as it came to be, ready to be told again."""

    ticket: Ticket
    records: tuple[Record, ...]

    @classmethod
    def of(cls, ticket: Ticket, events: Sequence[Event]) -> "Life":
        codec = Codec()
        numbered = enumerate(events, 1)
        return cls(ticket, tuple(codec.encode("T1", number, event) for number, event in numbered))

    def change(self, name: str, *, history: bool) -> Change:
        """The same life, of another ticket and another customer."""
        parties = evolve(self.ticket.parties, customer=f"C-{name}")
        snapshot = Snapshot(evolve(self.ticket, id=name, parties=parties))
        if not history:
            return Change(name, 0, snapshot, (), ())
        own = f'"ticket":"{name}"'.encode()
        records = [
            Record(name, each.sequence, each.version, each.data.replace(b'"ticket":"T1"', own))
            for each in self.records
        ]
        marks = [Mark(f"{number:020x}", "0" * 64) for number in range(len(records))]
        return Change(name, 0, snapshot, tuple(records), tuple(marks))


def due_on(day: int) -> datetime:
    """An instant by which everything that is due on *day* is due, and nothing of the day after."""
    ticket = lived(RESOLVED_AND_TOLD, begun=NOON + day * DAY)[0]
    assert ticket.windows.close_from is not None
    return ticket.windows.close_from + timedelta(minutes=1)


def lives(day: int) -> tuple[Life, ...]:
    """Ten tickets that are due on *day*: to be closed, to go on, to be marked as late."""
    at, begun = due_on(day) - timedelta(minutes=2), NOON + day * DAY
    closing = lived(RESOLVED_AND_TOLD, begun=begun)
    going_on = lived((*AT_WORK, (Hold("waiting_for_customer", at), LI)), begun=begun)
    late = lived((*AT_WORK, (OpenSubtask("risk", "Was it reported?", at), LI)), begun=begun)
    return (*[Life.of(*closing)] * 4, *[Life.of(*going_on)] * 3, *[Life.of(*late)] * 3)


def idle() -> tuple[Life, ...]:
    """Tickets on which time has nothing to do this year: at work, on hold, with a sub-task."""
    far = NOON + 300 * DAY
    return tuple(
        Life.of(*lived(life))
        for life in (
            AT_WORK,
            AT_WORK,
            (*AT_WORK, (Hold("waiting_for_third_party", far), LI)),
            (*AT_WORK, (OpenSubtask("risk", "Was it reported?", far), LI)),
        )
    )


def changes(tickets: int, due: int, days: int, *, history: bool) -> Iterator[Change]:
    """So many *tickets*, *due* of them on each of so many *days*, in no order."""
    known = [lives(day) for day in range(days)]
    others = idle()
    which = [day for day in range(days) for _ in range(due)]
    which += [-1] * (tickets - len(which))
    random.Random(20261122).shuffle(which)
    for number, day in enumerate(which):
        several = others if day < 0 else known[day]
        # Which of them is not to follow from the place in the file alone.
        life = several[number * 7919 % len(several)]
        yield life.change(f"{number * 2654435761 % 2**32:08x}{number:012d}", history=history)


def populate(store: TicketStore, tickets: int, due: int, days: int, *, history: bool) -> None:
    """Write them to *store*."""
    made = changes(tickets, due, days, history=history)
    while several := tuple(islice(made, TOGETHER)):
        store.commit(Batch(several))


def desk_at(store: TicketStore, at: datetime, number: int = 0) -> ServiceDesk:
    """A desk for which it is *at*; its ids are those of worker *number*."""
    return ServiceDesk(
        store,
        rulebook=BANK,
        time=lambda: at,
        secret=SECRET,
        new_id=counting(number),
        new_entropy=lambda: b"sixteen bytes ok",
    )
