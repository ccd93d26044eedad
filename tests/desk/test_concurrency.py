"""Many threads and processes on one file: nothing lost, nothing twice, no strange answer."""

import time
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from tests.desk.load import TICKETS, Heard, rush
from tests.desk.people import CHEN, open_one
from tests.storage.stores import opened_store
from workorder.desk import ServiceDesk
from workorder.kernel import replay
from workorder.refusals import PRECEDENCE
from workorder.storage import Codec, SQLiteStore, TicketQuery
from workorder.ticket import Commented

EXPECTED_REFUSALS = {
    "new": {"wrong_state", "rules", "conflict"},
    "repeat": {"wrong_state", "rules", "conflict", "stale", "command_reused"},
    "shared": {"wrong_state", "conflict"},
    "reused": {"command_reused", "wrong_state", "conflict"},
    "stale": {"stale"},
    "exact": {"stale", "wrong_state", "rules"},
}


def check(store: SQLiteStore, heard: list[Heard]) -> None:
    """Hold every answer against what the store holds in the end."""
    for each in heard:
        assert each.answer in {"done", "repeated", *EXPECTED_REFUSALS[each.intent]}, each
        assert each.answer in {"done", "repeated", *PRECEDENCE}
        if each.answer == "done" and each.expected is not None:
            assert each.version == each.expected + 1
        assert each.seen >= each.version
    firsts = {(e.ticket_id, e.command_id): e.version for e in heard if e.answer == "done"}
    assert len(firsts) == sum(each.answer == "done" for each in heard)  # no id applied twice
    for each in heard:
        if each.answer == "repeated":
            assert firsts[each.ticket_id, each.command_id] == each.version
    by_ticket: dict[str, list[int]] = defaultdict(list)
    for (ticket_id, _), version in firsts.items():
        by_ticket[ticket_id].append(version)
    tickets = [found.ticket for found in store.find(TicketQuery(limit=1_000))]
    assert len(tickets) == TICKETS
    said = {(e.ticket_id, e.version): e.said for e in heard if e.answer == "done"}
    for ticket in tickets:
        assert sorted(by_ticket[ticket.id]) == list(range(2, ticket.version + 1))
        records = store.records(ticket.id)
        assert [record.sequence for record in records] == list(range(1, ticket.version + 1))
        events = [Codec().decode(record) for record in records]
        assert replay(ticket.id, events) == ticket
        for event in events[1:]:
            version = event.trace.version
            assert firsts[ticket.id, event.trace.command_id] == version
            if isinstance(event, Commented):
                kept = store.reveal(ticket.id, [event.text.ref])
                assert kept[event.text.ref].value == said[ticket.id, version]
    assert len(store.log(limit=1_000_000)) == len(firsts) + TICKETS


def told(heard: list[Heard], seconds: float) -> str:
    """The numbers of a run."""
    kinds = dict(Counter(each.answer for each in heard).most_common())
    return f"{len(heard)} commands in {seconds:.1f} s: {kinds}"


def run(tmp_path: Path, processes: int, per_process: int, total: int) -> None:
    """One run of *total* commands, checked."""
    path = tmp_path / "store.db"
    with SQLiteStore(path) as store:
        began = time.perf_counter()
        heard = rush(store, path, processes, per_process, total)
        seconds = time.perf_counter() - began
        print(f"{processes} × {per_process}:", told(heard, seconds))  # noqa: T201 (shown by -s)
        assert len(heard) == total
        assert {each.answer for each in heard} >= {"done", "repeated", "command_reused", "stale"}
        check(store, heard)


def test_sixteen_threads(tmp_path: Path) -> None:
    """16 threads share one store: 1,600 commands, every one answered and accounted for."""
    run(tmp_path, 1, 16, 1_600)


def test_four_processes_with_four_threads_each(tmp_path: Path) -> None:
    """So do 4 processes with 4 threads each on one file."""
    run(tmp_path, 4, 4, 1_600)


@pytest.mark.long
@pytest.mark.parametrize(("processes", "per_process"), [(1, 16), (4, 1), (4, 4)])
def test_ten_thousand_commands(tmp_path: Path, processes: int, per_process: int) -> None:
    """10,000 commands with repeats and stale versions: nothing lost, nothing applied twice."""
    run(tmp_path, processes, per_process, 10_000)


@pytest.mark.parametrize("kind", ["memory", "memory_without_history", "sqlite"])
def test_opening_from_many_threads_opens_once(tmp_path: Path, kind: str) -> None:
    """Eight threads open under one id at the same moment: one ticket, the same for all, and one
    event in the log.
    """
    with opened_store(kind, tmp_path) as store:
        desk = ServiceDesk(store)
        together = Barrier(8)

        def call(_number: int) -> str:
            together.wait()
            return open_one(desk, "call-4711").id

        with ThreadPoolExecutor(8) as pool:
            ids = set(pool.map(call, range(8)))
        assert len(ids) == 1
        page = desk.find(actor=CHEN)
        assert [(ticket.id, ticket.version) for ticket in page.tickets] == [(*ids, 1)]
        assert len(store.log()) == (0 if kind == "memory_without_history" else 1)
