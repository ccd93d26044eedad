"""A process of its own that runs what is due, whenever it is told for which instant."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from benchmarks.due_tickets import desk_at
from workorder import SQLiteStore

SIZE = 100
"""How many tickets a worker claims at once: few enough that both have their share."""


def work(path: Path, number: int, told: Connection) -> None:
    """Run what is due as often as an instant comes; stop when none does."""
    with SQLiteStore(path) as store:
        told.send(number)
        turn = 0
        while (at := told.recv()) is not None:
            turn += 1
            # A run's id is its worker's for good, so each turn has a desk with ids of its own.
            run = desk_at(store, at, 100 * number + turn).run_due(size=SIZE)
            assert not run.stuck
            assert not run.lapsed
            told.send((run.claimed, run.tickets))


class Workers:
    """Processes that are ready to run what is due."""

    def __init__(self, lines: list[Any]) -> None:
        self._lines = lines

    def run(self, at: datetime) -> list[tuple[int, int]]:
        """All of them at once; what each has claimed, and on how many something happened."""
        for line in self._lines:
            line.send(at)
        return [line.recv() for line in self._lines]


@contextmanager
def workers(path: Path, number: int) -> Iterator[Workers]:
    """So many processes on one file."""
    spawning = get_context("spawn")
    lines, processes = [], []
    for each in range(1, number + 1):
        here, there = spawning.Pipe()
        process = spawning.Process(target=work, args=(path, each, there), daemon=True)
        process.start()
        assert here.recv() == each
        lines.append(here)
        processes.append(process)
    try:
        yield Workers(lines)
    finally:
        for line in lines:
            line.send(None)
        for process in processes:
            process.join()
