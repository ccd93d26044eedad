"""Many workers let time act at once: nothing happens twice, nothing is left out."""

from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import ExitStack
from datetime import datetime, timedelta
from multiprocessing import get_context
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest

from tests.by_limits import by_limits
from tests.desk.duties import AT, CUSTOMER, DAY, HOUR, KEPT, LI, MINUTE, QUIET, Clock, Duty
from tests.storage.stores import opened_store
from workorder.desk import ServiceDesk
from workorder.storage import Answer, Batch, FullStore, MemoryStore, Snapshot, SQLiteStore
from workorder.ticket import Comment, Rate, Reopen, Ticket

WORKERS = 8


@pytest.fixture(params=["memory", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[FullStore]:
    """Each of the stores that keep history."""
    with opened_store(request.param, tmp_path) as made:
        yield made


class Generous(MemoryStore):
    """A store that lends every due ticket to everybody who asks, once each."""

    def __init__(self) -> None:
        super().__init__()
        self.lent: set[tuple[str, str, int]] = set()

    def claim_due(
        self, at: datetime, until: datetime, worker: str, limit: int = 100
    ) -> Sequence[Snapshot]:
        """Lend, whoever else has it."""
        with self._lock:
            self._leases.clear()
            found = super().claim_due(at, until, "nobody", 1_000_000)
            fresh = [
                each
                for each in found
                if (worker, each.ticket.id, each.ticket.version) not in self.lent
            ][:limit]
            self.lent |= {(worker, each.ticket.id, each.ticket.version) for each in fresh}
            return fresh


class Meanwhile(MemoryStore):
    """A store on which something else happens just before its next commit of timers."""

    def __init__(self, *, claimed: Any = None, committing: Any = None) -> None:
        super().__init__()
        self.claimed = claimed
        self.committing = committing

    def claim_due(
        self, at: datetime, until: datetime, worker: str, limit: int = 100
    ) -> Sequence[Snapshot]:
        """Lend; then something happens."""
        found = super().claim_due(at, until, worker, limit)
        happens, self.claimed = self.claimed, None
        if happens is not None and found:
            happens()
        elif happens is not None:
            self.claimed = happens
        return found

    def commit(self, batch: Batch) -> Answer:
        """Something happens; then write."""
        happens, self.committing = self.committing, None
        if happens is not None:
            happens()
        return super().commit(batch)


def once(duty: Duty, tickets: Sequence[Ticket], actions: Sequence[str]) -> None:
    """Every ticket has been acted on by time exactly so, and by no timer twice."""
    for ticket in tickets:
        events = [each.event for each in duty.desk.unrestricted().history(ticket.id)]
        timed = [each for each in events if each.step.role == "system"]
        assert [each.step.action for each in timed] == list(actions)
        marks = Counter(each.trace.command_id for each in timed)
        assert set(marks.values()) <= {1}
        versions = [each.trace.version for each in events]
        assert versions == sorted(versions)


def together(store: FullStore, at: datetime, workers: int = WORKERS) -> Counter[str]:
    """Let many threads run timers at the same moment; what all of them say they did."""
    barrier = Barrier(workers)

    def work(number: int) -> Counter[str]:
        desk = ServiceDesk(store, rulebook=by_limits(), time=Clock(at))
        barrier.wait()
        run = desk.run_due(size=1 + number % 3)
        assert run.stuck == ()
        return Counter(run.fired)

    with ThreadPoolExecutor(workers) as pool:
        return sum(pool.map(work, range(workers)), Counter())


def test_two_workers_on_one_timer(store: FullStore) -> None:
    """A single ticket, closed by one of eight threads, and archived with it."""
    duty = Duty(store)
    ticket = duty.resolved()
    assert together(store, KEPT + DAY) == {"close": 1, "archive": 1}
    once(duty, [ticket], ["close", "archive"])


def test_eight_threads_on_many_timers(store: FullStore) -> None:
    """Forty tickets are closed once each, whoever was first."""
    duty = Duty(store)
    tickets = [duty.resolved(str(number)) for number in range(40)]
    assert together(store, QUIET) == {"close": 40}
    once(duty, tickets, ["close"])


def test_leases_given_to_everybody_cost_time_only() -> None:
    """On a store that lends each ticket to all workers, still nothing happens twice: versions and
    the ids of timers guard it.
    """
    store = Generous()
    duty = Duty(store)
    tickets = [duty.resolved(str(number)) for number in range(20)]
    assert together(store, QUIET) == {"close": 20}
    once(duty, tickets, ["close"])


def test_commands_and_workers_at_once(store: FullStore) -> None:
    """Customers rate while workers close: each ticket is closed once, and each rating stands."""
    duty = Duty(store)
    tickets = [duty.resolved(str(number)) for number in range(16)]
    barrier = Barrier(WORKERS)

    def work(number: int) -> None:
        desk = ServiceDesk(store, rulebook=by_limits(), time=Clock(QUIET))
        barrier.wait()
        if number % 2:
            desk.run_due(size=2)
            return
        for ticket in tickets[number * 2 : number * 2 + 4]:
            desk.perform(ticket.id, Rate(5), actor=CUSTOMER)

    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(work, range(WORKERS)))
    once(duty, tickets, ["close"])
    for ticket in tickets:
        assert duty.get(ticket).work.rated


def worker(path: Path, at: datetime, size: int) -> Counter[str]:
    """A process of its own that lets time act."""
    with SQLiteStore(path, create=False) as store:
        return Counter(
            ServiceDesk(store, rulebook=by_limits(), time=Clock(at)).run_due(size=size).fired
        )


def test_processes(tmp_path: Path) -> None:
    """Three processes on one file: sixty tickets are closed and archived once each."""
    path = tmp_path / "store.db"
    with SQLiteStore(path) as store, ExitStack() as stack:
        duty = Duty(store)
        tickets = [duty.resolved(str(number)) for number in range(60)]
        pool = stack.enter_context(ProcessPoolExecutor(3, mp_context=get_context("spawn")))
        jobs = [pool.submit(worker, path, KEPT + DAY, size) for size in (1, 3, 7)]
        done = sum((job.result() for job in jobs), Counter[str]())
        assert done == {"close": 60, "archive": 60}
        once(duty, tickets, ["close", "archive"])


# --- in a fixed order -------------------------------------------------------------------------


def test_a_worker_that_comes_back_late() -> None:
    """Its lease expired, another did the work, then the first commits: it finds that nothing is
    left to do, and does not take away the other's lease.
    """
    store = Meanwhile()
    duty = Duty(store)
    tickets = [duty.resolved(str(number)) for number in range(3)]
    late = QUIET + HOUR

    def another() -> None:
        desk = ServiceDesk(store, rulebook=by_limits(), time=Clock(late))
        assert desk.run_due(lease=MINUTE).fired == {"close": 3}

    store.claimed = another
    duty.wait(until=QUIET)
    run = duty.desk.run_due(lease=MINUTE)
    assert (run.claimed, run.tickets, run.fired) == (3, 0, {})
    once(duty, tickets, ["close"])


def test_a_timer_that_fired_meanwhile_is_not_tried_again() -> None:
    """Between a claim and its commit a command let the same timer act: the commit is in its way,
    and looking again finds nothing due.
    """
    store = Meanwhile()
    duty = Duty(store)
    ticket, other = duty.resolved("a"), duty.resolved("b")
    duty.wait(until=QUIET)
    store.claimed = lambda: duty.perform(ticket, (Rate(5), CUSTOMER))
    assert duty.desk.run_due().fired == {"close": 1}
    once(duty, [ticket, other], ["close"])


def test_a_ticket_that_was_reopened_meanwhile_is_let_be() -> None:
    """Between a claim and its commit somebody closed and reopened the ticket: the timer that was
    claimed belongs to an earlier life, and does nothing.
    """
    store = Meanwhile()
    duty = Duty(store)
    ticket = duty.resolved()
    duty.wait(until=QUIET)
    store.claimed = lambda: duty.perform(ticket, (Reopen("still wrong"), CUSTOMER))
    run = duty.desk.run_due()
    assert (run.claimed, run.tickets) == (1, 0)
    assert duty.get(ticket).state == "in_progress"
    once(duty, [ticket], ["close"])  # by the command, a moment before it was reopened


def test_a_command_meets_a_worker() -> None:
    """Between loading and committing a command, a worker let time act: the command is decided
    again on the ticket as it stands then, once.
    """
    store = Meanwhile()
    duty = Duty(store)
    ticket = duty.resolved()
    duty.wait(until=QUIET)
    store.committing = duty.desk.run_due
    rated = duty.desk.execute(ticket.id, Rate(5), actor=CUSTOMER)
    assert rated.version == ticket.version + 2
    once(duty, [ticket], ["close"])


def test_a_timer_far_in_the_past() -> None:
    """A worker that was away for a year does what was due at the instants at which it was."""
    duty = Duty()
    ticket = duty.held(AT + HOUR)
    duty.wait(until=AT + 400 * DAY)
    assert duty.desk.run_due().fired == {"resume": 1}
    assert duty.trail(ticket) == [("resumed", AT + HOUR)]


def test_one_timer_fires_once_though_claimed_twice() -> None:
    """Two workers hold the same snapshot; both commit what follows from it; one batch stands."""
    store = Generous()
    duty = Duty(store)
    ticket = duty.asked(AT + HOUR)
    duty.wait(until=AT + HOUR)
    desks = [ServiceDesk(store, rulebook=by_limits(), time=duty.clock) for _ in range(2)]
    until = AT + 2 * HOUR
    held = [store.claim_due(AT + HOUR, until, name, 5) for name in ("w1", "w2")]
    assert [len(each) for each in held] == [1, 1]
    assert sum(desk.run_due().fired.get("mark_overdue", 0) for desk in desks) == 1
    once(duty, [ticket], ["mark_overdue"])
    assert len(store.pending()) == 1


def test_a_note_does_not_disturb_a_worker() -> None:
    """Somebody writes a note between claim and commit: the timer acts afterwards, once."""
    store = Meanwhile()
    duty = Duty(store)
    ticket = duty.held(AT + HOUR)
    duty.wait(until=AT + HOUR - timedelta(seconds=1))
    before = ServiceDesk(store, rulebook=by_limits(), time=Clock(AT + HOUR - timedelta(seconds=1)))
    store.claimed = lambda: before.perform(ticket.id, Comment("x"), actor=LI)
    duty.wait(until=AT + HOUR)
    assert duty.desk.run_due().fired == {"resume": 1}
    once(duty, [ticket], ["resume"])
