"""Whole commands through the desk: in memory, and on SQLite as a share of the bare database."""

import gc
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Literal

from attrs import frozen

from benchmarks.floor import Call, Floor, contents, recorded, rows_said
from benchmarks.measuring import timed
from benchmarks.reporting import Line, Peer
from benchmarks.workload import Workload
from workorder import MemoryStore, SQLiteStore

SECTION = "Whole commands through ServiceDesk"

LACKS = (
    "everything but the rows: loading the ticket, deciding, the next ticket, encoding, sealing, "
    "digests, and knowing what to write"
)
PAGE = 4096
CHECKPOINT_PAGES = 10_000

Synchronous = Literal["NORMAL", "FULL"]


@frozen
class Size:
    """How much is done."""

    tickets: int
    commands: int
    chunk: int
    repeats: int


def lines(*, quick: bool) -> list[Line]:
    """Measure."""
    size = Size(600, 1_500, 150, 1) if quick else Size(5_000, 15_000, 500, 3)
    full = size if quick else Size(size.tickets, 8_000, 500, 1)
    made = [in_memory(size)]
    with tempfile.TemporaryDirectory(prefix="workorder-bench-") as name:
        place = Path(name)
        start, opening, calls = record(place, size)
        # The recording is large and belongs to neither side: the collector shall not walk it.
        gc.collect()
        gc.freeze()
        made.append(on_sqlite(place, start, opening, calls, size, "NORMAL", 50))
        made.append(on_sqlite(place, start, opening, calls, full, "FULL", 60))
        gc.unfreeze()
    return made


def in_memory(size: Size) -> Line:
    """Commands on a store in memory; opening the tickets is not counted."""
    chunks = max(10, size.commands // size.chunk)
    work = Workload(MemoryStore(), size.tickets)
    work.populate()
    taken = [timed(work.carry_out, size.chunk) / size.chunk for _ in range(chunks)]
    assert sum(ticket.version for ticket in work.all()) == 3 * size.tickets + chunks * size.chunk
    note = (
        f"Median of {chunks} runs of {size.chunk} commands on {size.tickets:,} tickets, in turn: "
        "comment, submit, return for rework."
    )
    return Line(SECTION, "commands in memory", 1 / median(taken), "/s", 40_000, (), note)


def record(place: Path, size: Size) -> tuple[Path, Sequence[Call], Sequence[Sequence[Call]]]:
    """The populated file; what opening it asks of SQLite; what each chunk of commands asks."""
    start = place / "start.db"
    with SQLiteStore(start) as store:
        work = Workload(store, size.tickets)
        work.populate()
    made = place / "recorded.db"
    shutil.copy(start, made)
    with recorded() as log:
        store = SQLiteStore(made)
        opening = tuple(log)
        calls = []
        with store:
            work = _continued(work, store, size)
            for _ in range(size.commands // size.chunk):
                log.clear()
                work.carry_out(size.chunk)
                calls.append(tuple(log))
    return start, opening, calls


def _continued(before: Workload, store: SQLiteStore, size: Size) -> Workload:
    """The same tickets on a copy of the file; ids and instants of its own."""
    work = Workload(store, size.tickets, day=1)
    work.ids = before.ids
    return work


def on_sqlite(
    place: Path,
    start: Path,
    opening: Sequence[Call],
    calls: Sequence[Sequence[Call]],
    size: Size,
    synchronous: Synchronous,
    target: float,
) -> Line:
    """Desk and floor in turns, chunk by chunk; closing the files (a checkpoint) is counted."""
    used = calls[: size.commands // size.chunk]
    totals, shares, largest = [], [], 0
    for repeat in range(size.repeats):
        ours, bare = place / f"ours-{synchronous}-{repeat}.db", place / f"bare-{repeat}.db"
        shutil.copy(start, ours)
        shutil.copy(start, bare)
        mine, theirs, pages = _race(ours, bare, opening, used, size, synchronous)
        assert contents(ours) == contents(bare)
        totals.append((mine, theirs))
        shares.append(100 * theirs / mine)
        largest = max(largest, pages)
        ours.unlink()
        bare.unlink()
    commands = len(used) * size.chunk
    mine, theirs = (median(each[side] for each in totals) for side in (0, 1))
    checkpoints = "checkpoints" if largest >= CHECKPOINT_PAGES else "only the last checkpoint"
    note = (
        f"{commands / mine:,.0f} commands a second beside {commands / theirs:,.0f}; {commands:,} "
        f"on {size.tickets:,} tickets; log of up to {largest:,} pages, {checkpoints} included; "
        f"median of {size.repeats}, the least {min(shares):.0f} %. A command on the floor: "
        + rows_said([call for chunk in used for call in chunk], commands)
        + "; BEGIN IMMEDIATE, COMMIT."
    )
    peer = Peer("bare sqlite3", 100, median(shares) / 100, min(shares) / 100, LACKS)
    title = f"commands on SQLite, {synchronous}, share of bare"
    return Line(SECTION, title, median(shares), "%", target, (peer,), note)


def _race(
    ours: Path,
    bare: Path,
    opening: Sequence[Call],
    calls: Sequence[Sequence[Call]],
    size: Size,
    synchronous: Synchronous,
) -> tuple[float, float, int]:
    store = SQLiteStore(ours, synchronous=synchronous)
    work = Workload(store, size.tickets, day=1)
    work.ids = _ids(ours)
    floor = Floor(bare, opening, synchronous)
    mine = theirs = 0.0
    pages = 0
    for chunk in calls:
        mine += timed(work.carry_out, size.chunk)
        theirs += timed(lambda _: floor.repeat(chunk), size.chunk)  # noqa: B023 (called at once)
        pages = max(pages, ours.with_name(ours.name + "-wal").stat().st_size // PAGE)
    mine += timed(lambda _: store.close(), 1)
    theirs += timed(lambda _: floor.close(), 1)
    return mine, theirs, pages


def _ids(path: Path) -> list[str]:
    return [row[1] for row in contents(path)["workorder_tickets"]]
