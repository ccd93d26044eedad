"""Who kills: starts workers, lets time go on, ends one of them without warning, again and again."""

import os
import shutil
import signal
import sys
import time
import traceback
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import NoReturn

from attrs import frozen

from tests.stress.oracle import Judge, is_made
from tests.stress.worker import (
    RULEBOOK,
    SECRET,
    Journal,
    SharedClock,
    Synchronous,
    Worker,
    deliver,
    read_outbox,
)
from workorder.desk import ServiceDesk
from workorder.storage import SQLiteStore

LENGTH = timedelta(days=200)
"""How far the clock goes in a run, however long."""


@frozen
class Run:
    """One run.

    Attributes:
        folder: where everything is.
        seed: chooses what workers do, and who is killed when.
        kills: how many.
        synchronous: how workers wait for the disk.
        workers: how many at a time, beside the reader of the outbox.
        looks: how many kills there are between two looks at the file.
    """

    folder: Path
    seed: int
    kills: int
    synchronous: Synchronous = "NORMAL"
    workers: int = 3
    looks: int = 25


@frozen
class Counted:
    """What a run came to."""

    kills: int
    tickets: int
    records: int
    answers: int
    messages: int
    seconds: float
    faults: tuple[str, ...]


def _child(work: Callable[[], NoReturn], log: Path) -> int:
    """Start *work* in a process of its own; its id."""
    process = os.fork()
    if process:
        return process
    try:
        work()
    except BaseException:  # noqa: BLE001 (whatever it is, it is written down)
        log.write_text(traceback.format_exc(), "utf-8")
    finally:
        os._exit(1)


class Conductor:
    """Carries out one run."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.chance = Random(run.seed)
        self.names = (*(f"w{number}" for number in range(run.workers)), "reader")
        run.folder.mkdir(parents=True)
        self.clock = SharedClock(run.folder / "clock")
        self.running: dict[str, int] = {}
        self.faults: list[str] = []
        self.kills = 0

    def carry_out(self) -> Counted:
        """Kill as often as was asked for, then see whether everything is as it must be."""
        began = time.monotonic()
        try:
            while self.kills < self.run.kills and not self.faults:
                self._kill_one(self.kills)
                self.kills += 1
                if self.kills % self.run.looks == 0 and is_made(self.run.folder / "store.db"):
                    self.faults = self._judge().judge()
        finally:
            for process in self.running.values():
                os.kill(process, signal.SIGKILL)
                os.waitpid(process, 0)
        if not self.faults:
            self.come_to_rest()
            judge = self._judge()
            self.faults = judge.at_rest(_text(self.clock()))
        else:
            judge = self._judge()
        return Counted(
            self.kills,
            len(judge.kept.tickets),
            len(judge.kept.records),
            len(judge.answers),
            judge.kept.sent,
            time.monotonic() - began,
            tuple(self.faults),
        )

    def _kill_one(self, kills: int) -> None:
        """See that everybody is at work, wait a moment, and kill one of them."""
        run = self.run
        for name in self.names:
            if name not in self.running:
                self.running[name] = self._start(name, f"{run.seed}/{name}/{kills}")
        time.sleep(self.chance.uniform(0.005, 0.12))
        most = 2 * int(LENGTH.total_seconds()) // run.kills
        self.clock.go_on(self.clock.seconds() + self.chance.randrange(most))
        name = self.chance.choice(self.names)
        process = self.running.pop(name)
        os.kill(process, signal.SIGKILL)
        _, status = os.waitpid(process, 0)
        if os.waitstatus_to_exitcode(status) != -signal.SIGKILL:
            log = run.folder / f"{name}.log"
            self.faults.append(
                log.read_text("utf-8") if log.exists() else f"{name} ended by itself"
            )

    def _start(self, name: str, seed: str) -> int:
        run = self.run
        if name == "reader":
            return _child(
                lambda: read_outbox(run.folder, seed, run.synchronous), run.folder / "reader.log"
            )
        return _child(
            lambda: Worker(run.folder, name, seed, run.synchronous).work(),
            run.folder / f"{name}.log",
        )

    def _judge(self) -> Judge:
        folder = self.run.folder
        journals = [folder / f"{name}.jsonl" for name in self.names if name != "reader"]
        return Judge(folder / "store.db", journals, folder / "deliveries")

    def come_to_rest(self) -> None:
        """Nobody is at work any more: let everything that is due happen, and be delivered."""
        self.clock.go_on(self.clock.seconds() + 2 * 86_400)  # leases of the killed are over
        folder = self.run.folder
        with SQLiteStore(folder / "store.db") as store:
            desk = ServiceDesk(store, rulebook=RULEBOOK, time=self.clock, secret=SECRET)
            while desk.run_due().claimed:
                continue
            journal = Journal(folder / "deliveries")
            while deliver(store, journal, 1_000):
                continue


def _text(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def report(run: Run, counted: Counted) -> str:
    """A run in one line, and its faults."""
    said = (
        f"{run.synchronous}: {counted.kills} kills in {counted.seconds:.0f} s, seed {run.seed}: "
        f"{counted.tickets} tickets, {counted.records} records, {counted.answers} answers, "
        f"{counted.messages} messages, {len(counted.faults)} faults"
    )
    if not counted.faults:
        return said
    kept = f"kept: {run.folder}"
    return "\n".join((said, kept, *counted.faults[:40]))


def stress(folder: Path, seed: int, kills: int, ways: tuple[Synchronous, ...]) -> bool:
    """Runs with each way to wait for the disk, *kills* altogether; whether all were without fault.
    The files of a run with faults are kept.
    """
    sound = True
    for number, synchronous in enumerate(ways):
        share = kills // len(ways) + (number < kills % len(ways))
        run = Run(folder / synchronous.lower(), seed + number, share, synchronous)
        counted = Conductor(run).carry_out()
        sys.stdout.write(report(run, counted) + "\n")
        sys.stdout.flush()
        sound &= not counted.faults
        if not counted.faults:
            shutil.rmtree(run.folder)
    return sound
