"""What it costs that a trail can be trusted: chaining, verifying, checkpoints, proofs.

The log that is verified is a real one, imported; where the folder of public data is missing, one
that was generated. ``WORKORDER_SHARED_DATA`` names another place for it.
"""

import gc
import gzip
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Literal

from attrs import frozen

from benchmarks import store_steps as steps
from benchmarks.chainless import unchained
from benchmarks.export_files import write_export
from benchmarks.floor import contents
from benchmarks.measuring import Rounds, in_turns, timed
from benchmarks.reporting import Line, Peer
from benchmarks.workload import Workload
from workorder import SQLiteStore
from workorder.exchange import import_log, load_mapping
from workorder.storage.merkle import (
    MerkleTree,
    consistency_path,
    inclusion_path,
    verify_consistency,
    verify_inclusion,
)

SECTION = "Trust: the chain, verifying, checkpoints, proofs"

ROOT = Path(__file__).resolve().parents[1]
MAPPING = ROOT / "examples" / "servicenow_incidents.toml"
LOG = "servicenow_incident_event_log.csv.gz"

Synchronous = Literal["NORMAL", "FULL"]
LOST: Mapping[Synchronous, float] = {"NORMAL": 15, "FULL": 5}
"""Percent of the commands a second that the chain may cost."""


@frozen
class Size:
    """How much is done."""

    tickets: int
    chunk: int
    chunks: int
    rows: int | None
    rounds: int
    leaves: int


def lines(*, quick: bool) -> list[Line]:
    """Measure."""
    size = Size(5_000, 50, 200, None, 3, 1_000_000)
    if quick:
        size = Size(600, 50, 30, 10_000, 2, 50_000)
    with tempfile.TemporaryDirectory(prefix="workorder-bench-") as name:
        place = Path(name)
        made = _chain(place, size)
        store, what = _log(place, size)
        made += _verified(store, what, size)
    return [*made, *_tree(size)]


# --- the chain --------------------------------------------------------------------------------


def _chain(place: Path, size: Size) -> list[Line]:
    start = place / "start.db"
    with SQLiteStore(start) as store:
        Workload(store, size.tickets).populate()
    gc.collect()
    return [_lost(place, start, size, each) for each in LOST]


def _lost(place: Path, start: Path, size: Size, synchronous: Synchronous) -> Line:
    """Two desks in turns, chunk by chunk; each chunk is one ratio."""
    races = {name: Race(place, start, name, size, synchronous) for name in ("with", "without")}
    unchained(races["without"].work.desk)
    for number in range(size.chunks):
        for name in sorted(races, reverse=number % 2 == 0):  # each comes first every other time
            races[name].run(size.chunk)
    for race in races.values():
        race.close()
    _compare({name: race.file for name, race in races.items()})
    ours, bare = races["with"], races["without"]
    lost = [100 * (1 - less / more) for more, less in zip(ours.wall, bare.wall, strict=True)]
    busy = [100 * (1 - less / more) for more, less in zip(ours.busy, bare.busy, strict=True)]
    commands = size.chunk * size.chunks
    rates = [commands / sum(each.wall) for each in (ours, bare)]
    note = (
        f"Median of {size.chunks} chunks of {size.chunk} commands, the worst {max(lost):.0f} %. Of "
        f"processor time alone: {median(busy):.1f} %. Of all together, with closing the file: "
        f"{rates[0]:,.0f} commands a second with the chain, {rates[1]:,.0f} without, "
        f"{100 * (1 - rates[0] / rates[1]):.1f} % lost."
    )
    title = f"what the chain costs a command, SQLite {synchronous}"
    return Line(SECTION, title, median(lost), "lost", LOST[synchronous], (), note)


class Race:
    """One desk on a copy of the file, and what its chunks took: in all, and of the processor."""

    def __init__(
        self, place: Path, start: Path, name: str, size: Size, synchronous: Synchronous
    ) -> None:
        self.file = place / f"{name}-{synchronous}.db"
        shutil.copy(start, self.file)
        self.store = SQLiteStore(self.file, synchronous=synchronous)
        self.work = Workload(self.store, size.tickets, day=1)
        self.work.ids = [row[1] for row in contents(start)["workorder_tickets"]]
        self.wall: list[float] = []
        self.busy: list[float] = []

    def run(self, chunk: int) -> None:
        """The next commands."""
        started = time.process_time()
        self.wall.append(timed(self.work.carry_out, chunk))
        self.busy.append(time.process_time() - started)

    def close(self) -> None:
        """Close the file, which folds its log back: part of the last chunk."""
        self.wall[-1] += timed(lambda _: self.store.close(), 1)


def _compare(files: Mapping[str, Path]) -> None:
    """Both did the same: as many records, each without what the chain puts in."""
    ours, bare = (contents(files[name])["workorder_records"] for name in ("with", "without"))
    assert len(ours) == len(bare)
    ((*_, mine), (*_, theirs)) = ours[-1], bare[-1]
    assert b'"previous":"' in mine
    assert b'"previous":"' not in theirs
    assert b'"digest":"' not in theirs


# --- verifying and checkpoints ----------------------------------------------------------------


def _log(place: Path, size: Size) -> tuple[Path, str]:
    """A store with a log in it, and which."""
    store = place / "log.db"
    named = os.environ.get("WORKORDER_SHARED_DATA")
    file = (Path(named) if named else ROOT.parent / "shared" / "data") / LOG
    if not file.is_file():
        export = place / "log.jsonl"
        write_export(export, size.rows or 100_000)
        steps.run(steps.load, store, export)
        return store, "a generated log"
    if size.rows is not None:
        whole, file = file, place / "part.csv"
        with gzip.open(whole, "rt", encoding="ascii") as source, file.open("w") as part:
            part.writelines(islice(source, size.rows + 1))
    with SQLiteStore(store) as opened:
        report = import_log(file, load_mapping(MAPPING), opened)
    return store, f"the imported log, {report.tickets:,} tickets"


def _verified(store: Path, what: str, size: Size) -> list[Line]:
    """Every contestant in a process of its own, in turns; each reads the whole log."""
    done = _in_processes(
        (
            steps.verify,
            steps.verify_by_two,
            steps.verify_with_replay,
            steps.bare_reading,
            steps.checkpoint,
            steps.bare_hashing,
        ),
        store,
        size.rounds,
    )
    taken, counts = done
    (count,) = counts
    rates = {name: 1 / taken.typical(name) for name in taken.seconds}

    def line(title: str, ours: str, bare: str, target: float | None, lacks: str, note: str) -> Line:
        label = {
            "bare_reading": "reading, digesting, json.loads",
            "bare_hashing": "reading and digesting",
            "verify": "one process, without replay",
        }[bare]
        peer = Peer(label, rates[bare], *taken.times_as_fast(ours, bare), lacks)
        return Line(SECTION, title, rates[ours], "/s", target, (peer,), note)

    lacks = (
        "the canonical form, the chain, every key of the header, the snapshots, the indexed "
        "columns and the integrity of the file"
    )
    return [
        line(
            "verifying, records",
            "verify",
            "bare_reading",
            50_000,
            lacks,
            f"{count:,} records of {what}; median of {size.rounds} rounds.",
        ),
        line(
            "verifying by two processes, records",
            "verify_by_two",
            "verify",
            None,
            "the second process",
            "What only the file can show is looked at by one.",
        ),
        line(
            "verifying with replay, records",
            "verify_with_replay",
            "verify",
            None,
            "every ticket made of its records anew, and compared",
            "",
        ),
        line(
            "taking a checkpoint, records",
            "checkpoint",
            "bare_hashing",
            None,
            "the tree (two digests more for each record) and the names in the digest",
            "",
        ),
    ]


def _in_processes(
    contestants: Sequence[Callable[..., int]], store: Path, rounds: int
) -> tuple[Rounds, set[int]]:
    """Seconds for a record, round by round, and how many records each saw."""
    taken: dict[str, list[float]] = {each.__name__: [] for each in contestants}
    counts = set()
    for _ in range(rounds):
        for each in contestants:
            done = steps.run(each, store, store)
            taken[each.__name__].append(done.seconds / done.count)
            counts.add(done.count)
    return Rounds({name: tuple(each) for name, each in taken.items()}), counts


# --- the tree ---------------------------------------------------------------------------------


def _tree(size: Size) -> list[Line]:
    few = 20_000
    leaves = [sha256(str(number).encode()).digest() for number in range(few)]

    def grown(number: int) -> None:
        for _ in range(number):
            tree = MerkleTree()
            for each in leaves:
                tree.append(each)
            tree.root()

    def bare(number: int) -> None:
        for _ in range(number):
            found = b""
            for each in leaves:
                found = sha256(b"\x00" + each).digest()
                found = sha256(b"\x01" + found + each).digest()

    taken = in_turns({"tree": grown, "bare": bare}, rounds=15, seconds=0.1)
    ours, theirs = (few / taken.typical(name) for name in ("tree", "bare"))
    lacks = "where each digest belongs"
    peer = Peer("as many digests by hashlib", theirs, *taken.times_as_fast("tree", "bare"), lacks)
    return [
        Line(SECTION, "a Merkle tree, entries", ours, "/s", None, (peer,)),
        *_proofs(size.leaves),
    ]


def _proofs(size: int) -> list[Line]:
    """Proofs over many entries, each checked."""
    leaves = [sha256(str(number).encode()).digest() for number in range(size)]
    index, before = 2 * size // 3, size // 3
    tree, earlier = MerkleTree(), MerkleTree()
    for number, each in enumerate(leaves):
        tree.append(each)
        if number < before:
            earlier.append(each)
    paths: dict[str, tuple[bytes, ...]] = {}

    def included(_: int) -> None:
        paths["inclusion"] = inclusion_path(leaves, index, size)

    def consistent(_: int) -> None:
        paths["consistency"] = consistency_path(leaves, before, size)

    seconds = {"inclusion": timed(included, 1), "consistency": timed(consistent, 1)}
    root = tree.root()
    assert verify_inclusion(leaves[index], index, size, paths["inclusion"], root)
    assert verify_consistency(before, size, earlier.root(), root, paths["consistency"])
    return [
        Line(
            SECTION,
            f"a proof of {name} over {size:,} entries",
            1e3 * seconds[name],
            "ms",
            None,
            (),
            f"{len(path)} digests, {sum(map(len, path)):,} B, out of entries in memory.",
        )
        for name, path in paths.items()
    ]
