"""What is done to a whole store, each in a process of its own: how long it takes, and how much
memory at most: ``python -m benchmarks.store_steps STEP STORE FILE``.

Beside each stands what bare Python does with the same rows.
"""

import hashlib
import json
import resource
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from attrs import frozen

from benchmarks.people import NOON
from workorder import SQLiteStore
from workorder.exchange.transfer import export_store, load_store, opened_lines, opened_output
from workorder.storage import TicketQuery
from workorder.storage.checkpoints import take_checkpoint
from workorder.storage.verifying import verify_store

PAGE = 1_000

SHORT = 50
"""Tickets on a page that people look at."""

PAGES = 20


@frozen
class Step:
    """What came of a step.

    Attributes:
        count: records or tickets that were gone through.
        seconds: how long it took.
        peak: bytes of memory that the process had at most.
    """

    count: int
    seconds: float
    peak: int

    @property
    def rate(self) -> float:
        """How many a second."""
        return self.count / self.seconds


def load(store: Path, file: Path) -> int:
    """Bring the export *file* in."""
    with opened_lines(file) as lines, SQLiteStore(store) as opened:
        report = load_store(lines, opened)
    assert report.added == report.records
    return report.records


def export(store: Path, file: Path) -> int:
    """Write an export into *file*."""
    with SQLiteStore(store) as opened, opened_output(file) as out:
        return export_store(opened, out.write).records


def verify(store: Path, _file: Path, **how: Any) -> int:
    """Verify every ticket."""
    with SQLiteStore(store) as opened:
        report = verify_store(opened, **how)
    assert report.sound, report.text()
    assert not report.unreplayed
    return report.records


def verify_by_two(store: Path, file: Path) -> int:
    """The same by two processes."""
    return verify(store, file, workers=2, reopen=partial(SQLiteStore, store, create=False))


def verify_with_replay(store: Path, file: Path) -> int:
    """The same, and every ticket made of its records anew."""
    return verify(store, file, replay=True)


def checkpoint(store: Path, _file: Path) -> int:
    """Take a checkpoint."""
    with SQLiteStore(store) as opened:
        return take_checkpoint(opened, NOON).size


def find(store: Path, _file: Path) -> int:
    """Page through all tickets as they stand, by id."""
    count = 0
    query = TicketQuery(order=(), limit=PAGE)
    with SQLiteStore(store) as opened:
        while page := opened.find(query):
            tickets = [each.ticket for each in page]
            count += len(tickets)
            query = TicketQuery(order=(), limit=PAGE, after=(tickets[-1].id,))
    return count


def find_by_opened(store: Path, _file: Path) -> int:
    """Some pages in the order in which tickets were opened, as people turn them."""
    query = TicketQuery(limit=SHORT)
    with SQLiteStore(store) as opened:
        for _ in range(PAGES):
            page = opened.find(query)
            assert len(page) == SHORT
            last = page[-1].ticket
            query = TicketQuery(limit=SHORT, after=(last.times.opened, last.id))
    return PAGES


def ids(store: Path, _file: Path) -> int:
    """Page through all ids."""
    count, after = 0, ""
    with SQLiteStore(store) as opened:
        while page := opened.ids(after, PAGE):
            count += len(page)
            after = page[-1]
    return count


def log(store: Path, _file: Path) -> int:
    """Page through the log."""
    count, after = 0, 0
    with SQLiteStore(store) as opened:
        while page := opened.log(after, PAGE):
            count += len(page)
            after = page[-1][0]
    return count


def bare_reading(store: Path, _file: Path) -> int:
    """Read the records ticket by ticket, digest each and read its JSON."""
    count = 0
    for data in _records(store, "ticket, sequence"):
        hashlib.sha256(data).hexdigest()
        json.loads(data)
        count += 1
    return count


def bare_hashing(store: Path, _file: Path) -> int:
    """Read the records in the order of the log, and digest each."""
    count = 0
    for data in _records(store, "position"):
        hashlib.sha256(data).digest()
        count += 1
    return count


def _records(store: Path, order: str) -> Iterator[bytes]:
    connection = sqlite3.connect(store)
    try:
        query = f"SELECT data FROM workorder_records ORDER BY {order}"  # noqa: S608 (one of ours)
        for (data,) in connection.execute(query):
            yield data
    finally:
        connection.close()


def bare_rows(store: Path, file: Path) -> int:
    """Put the same rows into the same tables of a new *file*."""
    source, target = sqlite3.connect(store), sqlite3.connect(file)
    target.execute("PRAGMA journal_mode = WAL")
    made = "SELECT name, sql FROM sqlite_master WHERE sql NOT NULL AND name NOT LIKE 'sqlite_%'"
    count = 0
    try:
        for name, sql in source.execute(f"{made} ORDER BY type DESC").fetchall():
            target.execute(sql)
            if sql.startswith("CREATE TABLE"):
                rows = source.execute(f"SELECT * FROM {name}")  # noqa: S608 (its own)
                marks = ", ".join("?" * len(rows.description))
                added = target.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)  # noqa: S608
                count = added.rowcount if name == "workorder_records" else count
        target.commit()
    finally:
        source.close()
        target.close()
    return count


def bare_backup(store: Path, file: Path) -> int:
    """Copy the database page by page, as SQLite itself does."""
    source, target = sqlite3.connect(store), sqlite3.connect(file)
    try:
        source.backup(target)
        (count,) = target.execute("SELECT count(*) FROM workorder_records").fetchone()
        return int(count)
    finally:
        source.close()
        target.close()


STEPS: Mapping[str, Callable[[Path, Path], int]] = {
    each.__name__: each
    for each in (
        load,
        export,
        verify,
        verify_by_two,
        verify_with_replay,
        checkpoint,
        find,
        find_by_opened,
        ids,
        log,
        bare_reading,
        bare_hashing,
        bare_rows,
        bare_backup,
    )
}


def run(step: Callable[..., int], store: Path, file: Path) -> Step:
    """One step in a process of its own."""
    fast = ["--fast"] if "--fast" in sys.argv else []
    arguments = [step.__name__, str(store), str(file), *fast]
    done = subprocess.run(  # noqa: S603 (this interpreter, with a program of our own)
        [sys.executable, "-m", "benchmarks.store_steps", *arguments],
        stdout=subprocess.PIPE,
        check=True,
    )
    return Step(**json.loads(done.stdout))


def peak() -> int:
    """Bytes of memory that this process had at most.

    ``getrusage`` may count what the process held that started this one; so where the system tells
    it of this one alone, that is taken.
    """
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text().splitlines():
            if line.startswith("VmHWM:"):
                return 1024 * int(line.split()[1])
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else 1024 * most


def main() -> None:
    """One step; what came of it, as JSON."""
    step, store, file = sys.argv[1:4]
    started = time.perf_counter()
    count = STEPS[step](Path(store), Path(file))
    seconds = time.perf_counter() - started
    print(json.dumps({"count": count, "seconds": seconds, "peak": peak()}))


if __name__ == "__main__":
    main()
