"""Every entry once, in order, with where it came from."""

import hmac
from datetime import UTC, datetime, timedelta
from itertools import permutations
from pathlib import Path

import pytest

from tests.exchange.logs import (
    brought,
    counts,
    entries,
    entry,
    everything,
    id_of,
    mapping,
    odd,
    states,
    ticket,
    written,
    wrong_with_replay,
)
from workorder.errors import StoreError
from workorder.exchange import check_log, import_log
from workorder.rulebook import basic
from workorder.storage import Answer, Batch, Conflict, FullStore, MemoryStore
from workorder.workflow import Step

LIFE = [
    entry("C1", "New", 0, by="teller", team="hall", client="K-1", via="phone", opened="", seq="1"),
    entry("C2", "New", 5, by="teller", team="hall", seq="1"),
    entry("C1", "Given", 10, by="boss", owner="li", team="cards", client="K-1", seq="2"),
    entry("C1", "Active", 15, by="li", owner="li", team="cards", client="K-1", seq="3"),
    entry("C1", "Solved", 25, by="li", owner="li", team="cards", client="K-1", seq="4"),
    entry("C2", "Closed", 30, by="boss", team="hall", seq="2"),
    entry("C1", "Closed", 85, by="boss", owner="li", team="cards", client="K-1", seq="5"),
]
"""Two complaints; their entries stand between each other."""


def test_entries_become_tickets(store: FullStore, tmp_path: Path) -> None:
    """A ticket stands as its last entry left it, and remembers the instants of its life."""
    assert counts(brought(tmp_path, store, LIFE)) == (7, 2, 7, 0, 0)
    found = ticket(store, "C1")
    begun = datetime(2026, 3, 1, tzinfo=UTC)
    assert (found.type, found.state, found.version) == ("complaint", "closed", 5)
    assert (found.assignee, found.department, found.customer) == ("li", "cards", "K-1")
    assert (found.origin.source, found.origin.key, found.origin.channel) == (
        "old desk",
        "C1",
        "phone",
    )
    assert found.origin.opened_by == "teller"
    assert found.times.opened == begun
    assert found.times.resolved == begun + timedelta(minutes=25)
    assert found.times.closed == found.times.last == begun + timedelta(minutes=85)
    assert found.counts.handovers == 1
    assert states(store, "C1") == ["New", "Given", "Active", "Solved", "Closed"]
    assert states(store, "C2") == ["New", "Closed"]
    assert wrong_with_replay(store) == []


def test_entries_keep_where_they_came_from(store: FullStore, tmp_path: Path) -> None:
    """An event says source, number, row, states, person, both instants, raw cells and rulebook."""
    now = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
    path = written(tmp_path, LIFE)
    import_log(path, mapping(), store, time=lambda: now, secret=b"a key")
    given = entries(store, "C1")[1]
    line = path.read_text(encoding="utf-8").splitlines()[3]
    row = hmac.new(b"a key", "\x1f".join(line.split(",")).encode(), "sha256").hexdigest()
    assert row.startswith(given.row)
    assert len(given.row) == 32
    assert (given.source, given.key, given.state) == ("old desk", "C1", "Given")
    assert given.step == Step("import", "handler", "accepted", "assigned", "open")
    assert (given.trace.actor, given.trace.department) == ("boss", None)
    assert given.trace.occurred_at == datetime(2026, 3, 1, 0, 10, tzinfo=UTC)
    assert given.trace.recorded_at == now
    assert given.trace.rulebook == basic().digest
    assert given.trace.command_id == f"import:{given.row}"
    assert given.raw == {"seq": "2"}


def test_a_second_run_adds_nothing(store: FullStore, tmp_path: Path) -> None:
    """The same file again: every entry is known, no ticket and no record changes."""
    brought(tmp_path, store, LIFE)
    before = (everything(store), store.log(limit=1_000))
    assert counts(brought(tmp_path, store, LIFE)) == (7, 2, 0, 7, 0)
    assert (everything(store), store.log(limit=1_000)) == before


def test_overlapping_files_add_what_is_new(store: FullStore, tmp_path: Path) -> None:
    """Of a later file that overlaps an earlier one, only the entries behind the overlap are new."""
    brought(tmp_path, store, LIFE[:5])
    assert counts(brought(tmp_path, store, LIFE[2:])) == (5, 2, 2, 3, 0)
    at_once = MemoryStore()
    brought(tmp_path, at_once, LIFE)
    assert everything(store) == everything(at_once)


def test_an_earlier_file_brought_in_later(store: FullStore, tmp_path: Path) -> None:
    """Files in the wrong order: every entry once; the late ones are marked and never run back."""
    brought(tmp_path, store, LIFE[2:])
    assert counts(brought(tmp_path, store, LIFE[:5])) == (5, 2, 2, 3, 0)
    found = entries(store, "C1")
    assert sorted(each.raw["seq"] for each in found) == ["1", "2", "3", "4", "5"]
    assert [each.state for each in found][-1] == "New"
    late = found[-1]
    assert "time_raised" in late.notes
    assert late.source_at == datetime(2026, 3, 1, tzinfo=UTC)
    assert late.trace.occurred_at == found[-2].trace.occurred_at
    assert wrong_with_replay(store) == []


def test_the_report_counts_entries_that_came_too_late(memory: FullStore, tmp_path: Path) -> None:
    """Entries raised to a later instant are counted in the report, not only in their events."""
    brought(tmp_path, memory, LIFE[2:])
    report = brought(tmp_path, memory, LIFE[:5])
    raised = [each for key in ("C1", "C2") for each in entries(memory, key) if each.source_at]
    assert len(raised) == 2
    assert odd(report).get("time_raised") == 2


def test_alike_entries_of_one_file_are_two(store: FullStore, tmp_path: Path) -> None:
    """Two rows that are alike to the last cell are two entries; a second run knows both."""
    rows = [entry("C1", "New", 0), entry("C1", "Active", 5), entry("C1", "Active", 5)]
    assert counts(brought(tmp_path, store, rows)) == (3, 1, 3, 0, 0)
    first, second = [each.row for each in entries(store, "C1")][1:]
    assert second == f"{first}#2"
    assert counts(brought(tmp_path, store, rows)) == (3, 1, 0, 3, 0)


def test_alike_entries_of_two_tickets_are_two(store: FullStore, tmp_path: Path) -> None:
    """The number of the ticket is part of who an entry is."""
    plan = mapping()
    brought(tmp_path, store, [entry("C1", "New", 0), entry("C2", "New", 0)], plan)
    assert set(everything(store)) == {"C1", "C2"}
    assert id_of(store, "C1") != id_of(store, "C2")


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_scattered_entries(order: tuple[int, ...], memory: FullStore, tmp_path: Path) -> None:
    """Entries of one ticket need not stand together; only their own order counts."""
    lives = [
        [entry(f"C{number}", state, number * 10 + place) for place, state in enumerate(path)]
        for number, path in enumerate((("New", "Given"), ("Active", "Solved"), ("New", "Closed")))
    ]
    mixed = [life[place] for place in range(2) for life in (lives[number] for number in order)]
    assert counts(brought(tmp_path, memory, mixed)) == (6, 3, 6, 0, 0)
    assert states(memory, "C0") == ["New", "Given"]
    assert states(memory, "C1") == ["Active", "Solved"]
    assert states(memory, "C2") == ["New", "Closed"]


def test_another_source_is_another_ticket(memory: FullStore, tmp_path: Path) -> None:
    """The same number in another system belongs to another ticket."""
    brought(tmp_path, memory, LIFE)
    report = brought(tmp_path, memory, LIFE, mapping(source="older desk"))
    assert report.added == 7
    assert len({record.ticket_id for _, record in memory.log()}) == 4


def test_another_tenant_is_another_ticket(tmp_path: Path) -> None:
    """The same file gives each tenant tickets of its own."""
    stores = [MemoryStore("north"), MemoryStore("south")]
    for each in stores:
        brought(tmp_path, each, LIFE)
    assert id_of(stores[0], "C1") != id_of(stores[1], "C1")


def test_a_store_without_history_is_enough(tmp_path: Path) -> None:
    """A store that keeps tickets as they stand takes an import, and knows a second run."""
    store = MemoryStore(history=False)
    assert brought(tmp_path, store, LIFE).added == 7
    assert ticket(store, "C1").state == "closed"
    assert counts(brought(tmp_path, store, LIFE)) == (7, 2, 0, 7, 0)


def test_progress_tells_both_readings(memory: FullStore, tmp_path: Path) -> None:
    """Whoever waits is told how many rows are checked, and how many of them are brought in."""
    told: list[tuple[str, int, int | None]] = []
    path = written(tmp_path, LIFE)
    import_log(path, mapping(), memory, progress=lambda *said: told.append(said))
    assert told[0] == ("check", 7, 7)
    assert told[-1] == ("import", 7, 7)
    assert check_log(path, mapping()) == 7


def test_trouble_of_who_is_told_is_not_the_files(memory: FullStore, tmp_path: Path) -> None:
    """An error of the caller's own progress function is not blamed on the log."""

    def fails(_phase: str, _done: int, _total: int | None) -> None:
        raise BrokenPipeError

    path = written(tmp_path, LIFE)
    with pytest.raises(BrokenPipeError):
        import_log(path, mapping(), memory, progress=fails, checked=7)


class Contested(MemoryStore):
    """A store in which somebody else is first, again and again."""

    def __init__(self, times: int) -> None:
        super().__init__()
        self.times = times

    def commit(self, batch: Batch) -> Answer:
        """Say that somebody was first, *times* times."""
        if self.times:
            self.times -= 1
            return Conflict(batch.changes[0].ticket_id, 1)
        return super().commit(batch)


def test_somebody_else_was_first(tmp_path: Path) -> None:
    """After a conflict the entries are looked at again; who is never let in is told so."""
    store = Contested(3)
    assert brought(tmp_path, store, LIFE).added == 7
    with pytest.raises(StoreError) as failed:
        brought(tmp_path, Contested(1_000), LIFE)
    assert failed.value.code == "busy"
