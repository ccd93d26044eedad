"""What service levels cost: a bank's commands with its clocks and without, and a clock's own parts.

The same complaints live the same life under the bank's rulebook with its service levels, and under
the same rulebook without them: what the second saves is what the clocks cost.
"""

import tempfile
from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial
from pathlib import Path
from statistics import median

import attrs
from attrs import frozen

from benchmarks.bank import (
    AT_WORK,
    BANK,
    CUSTOMER,
    DISPATCHER,
    INTAKE,
    LI,
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

Make = Callable[[], TicketStore]


@frozen
class Size:
    """How much is done."""

    chunks: int
    lives: int
    rounds: int
    seconds: float


def lines(*, quick: bool) -> list[Line]:
    """Measure."""
    size = Size(6, 20, 5, 0.01) if quick else Size(40, 40, 21, 0.03)
    with tempfile.TemporaryDirectory(prefix="workorder-bench-") as name:
        folder = Path(name)
        made = [
            _cost("in memory", lambda _: MemoryStore(), size),
            _cost("SQLite NORMAL", lambda side: SQLiteStore(folder / f"normal-{side}.db"), size),
            _cost("SQLite FULL", partial(_full, folder), size),
        ]
    return [*made, *_parts(size)]


def _full(folder: Path, side: str) -> TicketStore:
    return SQLiteStore(folder / f"full-{side}.db", synchronous="FULL")


class Desk:
    """A desk at which complaints live their lives."""

    def __init__(self, store: TicketStore, rulebook: Rulebook) -> None:
        self.desk = ServiceDesk(
            store,
            rulebook=rulebook,
            time=ticking(),
            secret=b"a secret of the benchmark, 32 by",
            new_id=counting(),
            new_entropy=lambda: b"sixteen bytes ok",
        )

    def live(self, number: int) -> None:
        """*number* more complaints, from opening to the answer."""
        for _ in range(number):
            self.life()

    def life(self) -> Ticket:
        """One complaint more."""
        ticket = self.desk.open(
            "complaint", customer="C-10023", channel="phone", fields=FIELDS, actor=INTAKE
        )
        for command, actor in LIFE:
            ticket = self.desk.perform(ticket.id, command, actor=actor)
        return ticket


def _cost(where: str, make: Callable[[str], TicketStore], size: Size) -> Line:
    """Two desks in turns, chunk by chunk; each chunk is one ratio."""
    desks = {
        "with": Desk(make("with"), BANK),
        "without": Desk(make("without"), attrs.evolve(BANK, sla=None)),
    }
    ends = {name: desk.life() for name, desk in desks.items()}
    assert ends["with"].state == ends["without"].state == "resolved"
    assert len(ends["with"].clocks) > len(ends["without"].clocks) == 0
    taken: dict[str, list[float]] = {name: [] for name in desks}
    for number in range(size.chunks):
        for name in sorted(desks, reverse=number % 2 == 0):  # each comes first every other time
            taken[name].append(timed(desks[name].live, size.lives))
    commands = size.lives * (1 + len(LIFE))
    lost = [100 * (1 - less / more) for more, less in zip(*taken.values(), strict=True)]
    mine, bare = (1e6 * median(each) / commands for each in taken.values())
    note = (
        f"{mine:.0f} us a command with {len(ends['with'].clocks)} clocks, {bare:.0f} us without; "
        f"median of {size.chunks} chunks of {commands} commands, the worst {max(lost):.0f} %: "
        "whole lives of twelve commands, nine of which start, pause, resume or end a clock."
    )
    title = f"clocks' part of a command, {where}"
    return Line(SECTION, title, median(lost), "lost", TARGET, (), note)


# --- parts ------------------------------------------------------------------------------------


def _parts(size: Size) -> list[Line]:
    """What is done for one command, each part in a tight loop."""
    opened, (opening, *_) = lived(())
    at_work, _ = lived(AT_WORK)
    said = _after(at_work, Comment(TEXT))
    held = _after(at_work, Hold("waiting_for_customer"))
    levels = BANK.sla
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
    after, events = lived(((command, LI),), ticket, ticket.times.last + timedelta(minutes=1))
    return ticket, after, events


def _measured(before: Ticket | None, after: Ticket, events: tuple[Event, ...]) -> Advanced:
    """What the bank's clocks make of it."""
    assert BANK.sla is not None
    clocks = before.clocks if before is not None else NO_CLOCKS
    return advance(clocks, moment_of(before, after, events, BANK), BANK.sla)


def _repeated(work: Callable[[], object]) -> Run:
    def run(number: int) -> None:
        for _ in range(number):
            work()

    return run
