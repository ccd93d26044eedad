"""Loading a ticket, and reading a history back into one."""

import json
import sqlite3
import tempfile
from collections.abc import Mapping
from pathlib import Path

from benchmarks.measuring import Run, in_turns
from benchmarks.people import LI, LONG_LIFE, lived
from benchmarks.reporting import Line, Peer
from benchmarks.workload import Workload
from workorder import MemoryStore, SQLiteStore
from workorder.kernel import replay
from workorder.storage import Codec

SECTION = "Loading and replaying"

SELECT = "SELECT snapshot FROM workorder_tickets WHERE id = ?"


def lines(*, quick: bool) -> list[Line]:
    """Measure."""
    rounds, seconds = (7, 0.02) if quick else (31, 0.05)
    return [*_loads(rounds, seconds, 300 if quick else 5_000), _replay(rounds, seconds)]


def _loads(rounds: int, seconds: float, tickets: int) -> list[Line]:
    with tempfile.TemporaryDirectory(prefix="workorder-bench-") as name:
        file = Path(name) / "tickets.db"
        with SQLiteStore(file) as store:
            in_file, in_memory = Workload(store, tickets), Workload(MemoryStore(), tickets)
            for work in (in_file, in_memory):
                work.populate()
            assert in_file.all() == in_memory.all()
            bare = sqlite3.connect(file)
            try:
                taken = in_turns(
                    _contestants(in_file, in_memory, bare), rounds=rounds, seconds=seconds
                )
            finally:
                bare.close()
    peers = (
        Peer(
            "a bare SELECT of the row, undecoded",
            taken.typical("bare") * 1e6,
            *taken.times_as_fast("sqlite", "bare"),
            "the ticket as a value, and whether this person may see it",
        ),
    )
    note = f"One ticket of {tickets:,}, each in turn; by an actor, with their scope."
    sqlite_us, memory_us = (taken.typical(name) * 1e6 for name in ("sqlite", "memory"))
    return [
        Line(SECTION, "desk.get on SQLite", sqlite_us, "us", 150, peers, note),
        Line(SECTION, "desk.get in memory", memory_us, "us", None, (), "A look-up, and the scope."),
    ]


def _contestants(
    in_file: Workload, in_memory: Workload, bare: sqlite3.Connection
) -> Mapping[str, Run]:
    def gets(work: Workload) -> Run:
        get, ids = work.desk.get, work.ids

        def run(number: int) -> None:
            for n in range(number):
                get(ids[n * 7919 % len(ids)], actor=LI)

        return run

    def selects(number: int) -> None:
        ids = in_file.ids
        for n in range(number):
            bare.execute(SELECT, (ids[n * 7919 % len(ids)],)).fetchone()

    return {"sqlite": gets(in_file), "memory": gets(in_memory), "bare": selects}


def _replay(rounds: int, seconds: float) -> Line:
    ticket, events = lived(LONG_LIFE)
    codec = Codec()
    records = [codec.encode("T1", number, event) for number, event in enumerate(events, 1)]
    assert len(records) == 10
    assert replay("T1", map(codec.decode, records)) == ticket

    def replayed(number: int) -> None:
        for _ in range(number):
            replay("T1", map(codec.decode, records))

    def parsed(number: int) -> None:
        for _ in range(number):
            for record in records:
                json.loads(record.data)

    taken = in_turns({"replay": replayed, "json": parsed}, rounds=rounds, seconds=seconds)
    peer = Peer(
        "json.loads of the same bytes",
        10 / taken.typical("json"),
        *taken.times_as_fast("replay", "json"),
        "typed events, instants, refused floats, and the ticket they lead to",
    )
    name = "replay of ten records into a ticket, events"
    return Line(SECTION, name, 10 / taken.typical("replay"), "/s", 100_000, (peer,))
