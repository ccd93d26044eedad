"""What service levels cost: a bank's commands with its clocks and without, and a clock's own parts.

The same complaints live the same life under the bank's rulebook with its service levels, and under
the same rulebook without them: what the second saves is what the clocks cost.
"""

import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median

from attrs import frozen

from benchmarks.bank import (
    AT_WORK,
    BANK,
    CUSTOMER,
    DISPATCHER,
    INTAKE,
    LI,
    PROMISING,
    REVIEWER,
    SUBMIT,
    TEXT,
    TOLD,
    Taken,
    lived,
)
from benchmarks.measuring import Run, in_turns, timed
from benchmarks.people import FIELDS, counting, ticking
from benchmarks.reporting import Line
from workorder import MemoryStore, Rulebook, ServiceDesk, SQLiteStore
from workorder.clocks import NO_CLOCKS, clock_data, clock_from_data
from workorder.desk import DueRun
from workorder.kernel.moments import moment_of
from workorder.sla.clocks import Advanced, advance, dued
from workorder.storage import TicketStore
from workorder.ticket import (
    Accept,
    Approve,
    Command,
    Comment,
    CustomerReply,
    Dispatch,
    Event,
    Hold,
    Reply,
    ReturnForRework,
    Start,
    Ticket,
)

SECTION = "What service levels cost"
TARGET = 30.0
"""Percent of a command that its clocks may cost."""

LIFE: tuple[Taken, ...] = (
    (Accept(), INTAKE),
    (Dispatch("li", "cards"), DISPATCHER),
    (Start(), LI),
    (Comment(TEXT), LI),
    (Reply("We look into it."), LI),
    (Hold("waiting_for_customer"), LI),
    (CustomerReply("Here is the slip."), CUSTOMER),
    (Comment(TEXT), LI),
    (SUBMIT, LI),
    (Approve(), REVIEWER),
    (TOLD, LI),
)
"""After opening: nine of the twelve start, pause, resume or end a clock."""

WORK: tuple[Taken, ...] = (
    (Comment(TEXT), LI),
    (SUBMIT, LI),
    (ReturnForRework("The reversal does not show yet."), REVIEWER),
)
"""In turn, on complaints at work: what most of a desk's day is."""

DAYS = 40
"""How long marks are let come."""

Make = Callable[[str], TicketStore]
"""Makes a store for one side."""


@frozen
class Size:
    """How much is done."""

    chunks: int
    commands: int
    tickets: int
    rounds: int
    seconds: float


def lines(*, quick: bool) -> list[Line]:
    """Measure."""
    size = Size(6, 240, 100, 5, 0.01) if quick else Size(30, 480, 400, 21, 0.03)
    made: list[Line] = []
    with tempfile.TemporaryDirectory(prefix="workorder-bench-") as name:
        folder = Path(name)
        stores: Mapping[str, Make] = {
            "in memory": lambda _: MemoryStore(),
            "SQLite NORMAL": lambda side: SQLiteStore(folder / f"normal-{side}.db"),
            "SQLite FULL": partial(_full, folder),
        }
        for where, make in stores.items():
            made += _cost(where, make, size)
        made += [_marks(where, make, size) for where, make in stores.items()]
    return [*made, *_parts(size), _explained(size)]


def _full(folder: Path, side: str) -> TicketStore:
    return SQLiteStore(folder / f"full-{side}.db", synchronous="FULL")


class Desk:
    """A desk at which complaints live their lives."""

    def __init__(self, store: TicketStore, rulebook: Rulebook) -> None:
        self.clock = ticking()
        self.desk = ServiceDesk(
            store,
            rulebook=rulebook,
            time=self._now,
            secret=b"a secret of the benchmark, 32 by",
            new_id=counting(),
            new_entropy=lambda: b"sixteen bytes ok",
        )
        self._turn = 0
        self.at_work: list[str] = []

    def _now(self) -> datetime:
        return self.clock()

    def live(self, number: int) -> None:
        """The lives of more complaints, from opening to the answer: *number* commands."""
        for _ in range(number // (1 + len(LIFE))):
            self.life()

    def work(self, number: int) -> None:
        """Each complaint that is at work is commented on, submitted and returned, *number* / 3
        of them.
        """
        for _ in range(number // 3):
            ticket_id = self.at_work[self._turn % len(self.at_work)]
            self._turn += 1
            for command, actor in WORK:
                self.desk.perform(ticket_id, command, actor=actor)

    def life(self, commands: Sequence[Taken] = LIFE) -> Ticket:
        """One complaint more."""
        ticket = self.desk.open(
            "complaint", customer="C-10023", channel="phone", fields=FIELDS, actor=INTAKE
        )
        for command, actor in commands:
            ticket = self.desk.perform(ticket.id, command, actor=actor)
        return ticket


def _cost(where: str, make: Make, size: Size) -> Iterator[Line]:
    """Two desks in turns, chunk by chunk; each chunk is one ratio."""
    desks = {
        "with": Desk(make("with"), PROMISING),
        "without": Desk(make("without"), BANK),
    }
    ends = {name: desk.life() for name, desk in desks.items()}
    assert ends["with"].state == ends["without"].state == "resolved"
    assert len(ends["with"].clocks) > len(ends["without"].clocks) == 0
    clocks = len(ends["with"].clocks)
    whole = f"whole lives of twelve commands, nine of which do something to one of {clocks} clocks."
    runs: Mapping[str, Run] = {name: desk.live for name, desk in desks.items()}
    yield _compared(f"whole lives, {where}", runs, size, whole)
    for desk in desks.values():
        desk.at_work = [desk.life(AT_WORK).id for _ in range(size.tickets)]
    work = f"comment, submit, return for rework, in turn, on {size.tickets} complaints at work."
    runs = {name: desk.work for name, desk in desks.items()}
    yield _compared(f"work, {where}", runs, size, work)


def _compared(name: str, runs: Mapping[str, Run], size: Size, what: str) -> Line:
    taken: dict[str, list[float]] = {side: [] for side in runs}
    for number in range(size.chunks):
        for side in sorted(runs, reverse=number % 2 == 0):  # each comes first every other time
            taken[side].append(timed(runs[side], size.commands))
    lost = [100 * (1 - less / more) for more, less in zip(*taken.values(), strict=True)]
    mine, bare = (1e6 * median(each) / size.commands for each in taken.values())
    note = (
        f"{mine:.0f} us a command with clocks, {bare:.0f} us without; median of {size.chunks} "
        f"chunks of {size.commands} commands, the worst {max(lost):.0f} %: {what}"
    )
    return Line(SECTION, f"clocks' part of {name}", median(lost), "lost", TARGET, (), note)


# --- parts ------------------------------------------------------------------------------------


def _parts(size: Size) -> list[Line]:
    """What is done for one command, each part in a tight loop."""
    opened, (opening, *_) = lived((), rulebook=PROMISING)
    at_work, _ = lived(AT_WORK, rulebook=PROMISING)
    said = _after(at_work, Comment(TEXT))
    held = _after(at_work, Hold("waiting_for_customer"))
    levels = PROMISING.sla
    assert levels is not None
    clocks = at_work.clocks
    running = next(each for each in clocks.values() if each.state == "running")
    data = [clock_data(clock) for clock in clocks.values()]
    parts: Mapping[str, Callable[[], object]] = {
        "open: three clocks start": partial(_measured, None, opened, (opening,)),
        "hold: a clock stands still": partial(_measured, *held),
        "comment: nothing any clock waits for": partial(_measured, *said),
        "due instant and next mark of a clock": lambda: dued(running, levels, None),
        f"{len(data)} clocks to plain data": lambda: [clock_data(each) for each in clocks.values()],
        f"{len(data)} clocks from plain data": lambda: [clock_from_data(each) for each in data],
    }
    assert len(_measured(None, opened, (opening,)).changed) == 3
    assert _measured(*held).changed
    assert not _measured(*said).changed
    runs: Mapping[str, Run] = {name: _repeated(do) for name, do in parts.items()}
    taken = in_turns(runs, rounds=size.rounds, seconds=size.seconds)
    return [Line(SECTION, name, taken.typical(name) * 1e6, "us") for name in parts]


def _after(ticket: Ticket, command: Command) -> tuple[Ticket, Ticket, tuple[Event, ...]]:
    """A ticket, what it is after Li gave *command*, and what happened."""
    after, events = lived(
        ((command, LI),), ticket, ticket.times.last + timedelta(minutes=1), PROMISING
    )
    return ticket, after, events


def _measured(before: Ticket | None, after: Ticket, events: tuple[Event, ...]) -> Advanced:
    """What the bank's clocks make of it."""
    assert PROMISING.sla is not None
    clocks = before.clocks if before is not None else NO_CLOCKS
    return advance(clocks, moment_of(before, after, events, PROMISING), PROMISING.sla)


# --- marks and ledgers ------------------------------------------------------------------------


def _marks(where: str, make: Make, size: Size) -> Line:
    """Complaints at work that nobody touches; each day the marks that are reached on it."""
    desk = Desk(make("marks"), PROMISING)
    for _ in range(size.tickets):
        desk.life(AT_WORK)
    start, seconds = desk.clock(), 0.0
    fired: Counter[str] = Counter()
    for day in range(1, DAYS + 1):
        desk.clock = partial(_standing, start + timedelta(days=day))
        ran: list[DueRun] = []
        seconds += timed(partial(_run, desk, ran), 1)
        assert not ran[0].lapsed
        fired.update(ran[0].fired)
    assert set(fired) == {"reach_mark"}
    reached = fired.total()
    note = (
        f"{reached:,} marks of {size.tickets} complaints within {DAYS} days, looked for once a "
        f"day: {1e6 * seconds / reached:.0f} us each, with its notices."
    )
    return Line(SECTION, f"marks reached, {where}", reached / seconds, "/s", None, (), note)


def _standing(at: datetime) -> datetime:
    return at


def _run(desk: Desk, ran: list[DueRun], number: int) -> None:
    ran += [desk.desk.run_due() for _ in range(number)]


def _explained(size: Size) -> Line:
    """What a person gets to see, with the ledger of every clock."""
    desk = Desk(MemoryStore(), PROMISING)
    ticket = desk.life()
    said = desk.desk.explain(ticket.id, actor=LI).text()
    runs: Mapping[str, Run] = {
        "explain": _repeated(lambda: desk.desk.explain(ticket.id, actor=LI).text())
    }
    taken = in_turns(runs, rounds=size.rounds, seconds=size.seconds)
    note = f"{len(said.splitlines())} lines, with the ledgers of {len(ticket.clocks)} clocks."
    value = taken.typical("explain") * 1e6
    return Line(SECTION, "desk.explain().text(), at the end", value, "us", None, (), note)


def _repeated(work: Callable[[], object]) -> Run:
    def run(number: int) -> None:
        for _ in range(number):
            work()

    return run
