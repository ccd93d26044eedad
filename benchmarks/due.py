"""Letting time pass: ``run_due`` over many open tickets, as a share of the bare database.

On each of several days another thousand tickets is due: to be closed, to go on after a hold, to be
marked as late. The floor is bare ``sqlite3`` making the same calls again, as for whole commands.
"""

import gc
import shutil
import sqlite3
import tempfile
from collections.abc import Sequence
from itertools import zip_longest
from pathlib import Path
from statistics import median
from typing import Literal

from attrs import frozen

from benchmarks.due_tickets import DAY, desk_at, due_on, populate
from benchmarks.due_worker import SIZE, Workers, workers
from benchmarks.floor import Call, Floor, recorded, rows_said
from benchmarks.measuring import Run, in_turns, timed
from benchmarks.people import NOON
from benchmarks.reporting import Line, Peer
from workorder import MemoryStore, SQLiteStore
from workorder.storage import TicketStore

SECTION = "Letting time pass: run_due"

LACKS = (
    "everything but the rows: reading the tickets, deciding each timer by the workflow, the next "
    "tickets, encoding, and knowing what to write"
)
PAGE = 4096
TARGETS = {"NORMAL": 1_000 / 0.7, "FULL": 1_000 / 1.2}
"""Tickets a second: 1,000 due within 0.7 s, and within 1.2 s."""

Synchronous = Literal["NORMAL", "FULL"]
SETTINGS: tuple[Synchronous, ...] = ("NORMAL", "FULL")


@frozen
class Size:
    """How much there is, and how often it is done."""

    tickets: int
    due: int
    rounds: int

    @property
    def days(self) -> int:
        """One for each round of each setting."""
        return len(SETTINGS) * self.rounds


def lines(*, quick: bool) -> list[Line]:
    """Measure."""
    size = Size(5_000, 200, 2) if quick else Size(100_000, 1_000, 4)
    made = []
    with tempfile.TemporaryDirectory(prefix="workorder-bench-") as name:
        place = Path(name)
        start = place / "start.db"
        with SQLiteStore(start) as store:
            populate(store, size.tickets, size.due, size.days, history=True)
        gc.collect()
        made.append(_nothing_due(place, start, size))
        opening, calls = _record(place, start, size)
        # The recording is large and belongs to neither side: the collector shall not walk it.
        gc.freeze()
        made += _on_sqlite(place, start, opening, calls, size)
        gc.unfreeze()
    return [*made, *_in_memory(size)]


def ran(store: TicketStore, day: int, due: int, number: int = 0) -> None:
    """Let one day's tickets have their time, and see that each of them had it."""
    run = desk_at(store, due_on(day), number).run_due()
    assert run.claimed == run.tickets == due, run
    assert not run.lapsed, run
    assert set(run.fired) == {"close", "resume", "mark_overdue"}


# --- nothing due ------------------------------------------------------------------------------


def _nothing_due(place: Path, start: Path, size: Size) -> Line:
    """Looking in vain must not depend on how many are open."""
    few = size.tickets // 100
    small = place / "small.db"
    with SQLiteStore(small) as store:
        populate(store, few, 0, 1, history=True)
    with SQLiteStore(start) as large_store, SQLiteStore(small) as small_store:
        runs = {"many": _empty(large_store), "few": _empty(small_store)}
        taken = in_turns(runs, rounds=15, seconds=0.02)
    peer = Peer(
        f"the same of {few:,} open ones",
        taken.typical("few") * 1e6,
        *taken.times_as_fast("many", "few"),
        "99 of 100 open tickets, which should cost nothing",
    )
    title = f"nothing due of {size.tickets:,}, on SQLite"
    return Line(SECTION, title, taken.typical("many") * 1e6, "us", None, (peer,))


def _empty(store: TicketStore) -> Run:
    desk = desk_at(store, NOON - DAY, 99)
    assert desk.run_due().claimed == 0

    def run(number: int) -> None:
        for _ in range(number):
            desk.run_due()

    return run


# --- on SQLite --------------------------------------------------------------------------------


def _record(
    place: Path, start: Path, size: Size
) -> tuple[Sequence[Call], Sequence[Sequence[Call]]]:
    """What opening the file asks of SQLite, and what each day's run does."""
    made = place / "recorded.db"
    shutil.copy(start, made)
    calls = []
    with recorded() as log:
        store = SQLiteStore(made)
        opening = tuple(log)
        with store:
            for day in range(size.days):
                log.clear()
                ran(store, day, size.due, day)
                calls.append(tuple(log))
    made.unlink()
    return opening, calls


def _on_sqlite(
    place: Path,
    start: Path,
    opening: Sequence[Call],
    calls: Sequence[Sequence[Call]],
    size: Size,
) -> list[Line]:
    """First the days of one setting, then those of the other; then both sides must be equal."""
    ours, bare, shared = (place / f"{name}.db" for name in ("ours", "bare", "shared"))
    for path in (ours, bare, shared):
        shutil.copy(start, path)
    made = []
    for number, synchronous in enumerate(SETTINGS):
        days = range(number * size.rounds, (number + 1) * size.rounds)
        race = Race(SQLiteStore(ours, synchronous=synchronous), Floor(bare, opening, synchronous))
        if synchronous == "NORMAL":
            with workers(shared, 2) as both:
                for day in days:
                    race.run(day, calls[day], size.due)
                    race.run_together(both, day, size.due)
        else:
            for day in days:
                race.run(day, calls[day], size.due)
        pages = ours.with_name(ours.name + "-wal").stat().st_size // PAGE
        race.close()
        said = rows_said([call for day in days for call in calls[day]], len(days) * size.due)
        made.append(_share(race, synchronous, size, said, pages))
        if race.together:
            made.append(_two(race, size))
    assert alike(ours, bare)
    return made


class Race:
    """One worker and the floor, in turns; two workers on a file of their own beside them."""

    def __init__(self, store: SQLiteStore, floor: Floor) -> None:
        self.store = store
        self.floor = floor
        self.ours: list[float] = []
        self.bare: list[float] = []
        self.together: list[float] = []
        self.claimed: list[int] = []
        self.closing = (0.0, 0.0)

    def run(self, day: int, calls: Sequence[Call], due: int) -> None:
        """One day by both sides."""
        self.ours.append(timed(lambda _: ran(self.store, day, due, day), 1))
        self.bare.append(timed(lambda _: self.floor.repeat(calls), 1))

    def run_together(self, both: Workers, day: int, due: int) -> None:
        """The same day by two processes."""
        at = due_on(day)
        shares: list[tuple[int, int]] = []
        self.together.append(timed(lambda _: shares.extend(both.run(at)), 1))
        assert sum(tickets for _, tickets in shares) == due
        self.claimed.append(max(claimed for claimed, _ in shares))

    def close(self) -> None:
        """Close the files, which folds their logs back."""
        ours, bare = timed(lambda _: self.store.close(), 1), timed(lambda _: self.floor.close(), 1)
        self.closing = ours, bare


def alike(one: Path, other: Path) -> bool:
    """Whether two files hold the same, row by row; neither is held in memory."""
    left, right = sqlite3.connect(one), sqlite3.connect(other)
    try:
        query = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
        names = left.execute(query).fetchall()
        if not names or names != right.execute(query).fetchall():
            return False
        return all(
            mine == theirs
            for (name,) in names
            for mine, theirs in zip_longest(
                left.execute(f"SELECT * FROM {name}"),  # noqa: S608 (its own)
                right.execute(f"SELECT * FROM {name}"),  # noqa: S608 (its own)
            )
        )
    finally:
        left.close()
        right.close()


def _share(race: Race, synchronous: Synchronous, size: Size, said: str, pages: int) -> Line:
    tickets = len(race.ours) * size.due
    ours, bare = sum(race.ours) + race.closing[0], sum(race.bare) + race.closing[1]
    ratios = [theirs / mine for mine, theirs in zip(race.ours, race.bare, strict=True)]
    note = (
        f"{size.due:,} due of {size.tickets:,} in {1e3 * median(race.ours):.0f} ms (bare: "
        f"{1e3 * median(race.bare):.0f}), the most {1e3 * max(race.ours):.0f}; {len(race.ours)} "
        f"days, log of up to {pages:,} pages folded back at the end. A ticket on the floor: {said}."
    )
    peer = Peer("bare sqlite3", tickets / bare, bare / ours, min(ratios), LACKS)
    title = f"run_due on SQLite, {synchronous}, tickets"
    return Line(SECTION, title, tickets / ours, "/s", TARGETS[synchronous], (peer,), note)


def _two(race: Race, size: Size) -> Line:
    tickets = len(race.together) * size.due
    ratios = [alone / both for alone, both in zip(race.ours, race.together, strict=True)]
    peer = Peer(
        "one process, the same days",
        tickets / sum(race.ours),
        median(ratios),
        min(ratios),
        "the second process; only one at a time may write to the file",
    )
    note = (
        f"The busier one had {100 * median(race.claimed) / size.due:.0f} % of the tickets; each "
        f"was claimed by one of the two, {SIZE} at a time."
    )
    title = "run_due by two processes, NORMAL, tickets"
    return Line(SECTION, title, tickets / sum(race.together), "/s", None, (peer,), note)


# --- in memory --------------------------------------------------------------------------------


def _in_memory(size: Size) -> list[Line]:
    store = MemoryStore(history=False)
    populate(store, size.tickets, size.due, size.rounds, history=False)
    few = MemoryStore(history=False)
    populate(few, size.tickets // 100, 0, 1, history=False)
    gc.collect()
    gc.freeze()
    runs = {"many": _empty(store), "few": _empty(few)}
    empty = in_turns(runs, rounds=5, seconds=0.02)
    taken = [timed(_day(store, day, size.due), 1) for day in range(size.rounds)]
    gc.unfreeze()
    peer = Peer(
        f"the same of {size.tickets // 100:,} open ones",
        empty.typical("few") * 1e6,
        *empty.times_as_fast("many", "few"),
        "99 of 100 open tickets",
    )
    title = f"nothing due of {size.tickets:,}, in memory"
    note = f"{size.due:,} due of {size.tickets:,} in {1e3 * median(taken):.0f} ms; no records kept."
    rate = size.due / median(taken)
    return [
        Line(SECTION, "run_due in memory, tickets", rate, "/s", None, (), note),
        Line(SECTION, title, empty.typical("many") * 1e6, "us", None, (peer,)),
    ]


def _day(store: TicketStore, day: int, due: int) -> Run:
    return lambda _: ran(store, day, due, day)
