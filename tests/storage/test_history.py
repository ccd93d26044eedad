"""Records: kept as they were given, read back in order and in pages."""

from pathlib import Path

import pytest

from tests.storage.stores import change, opened_store, stored, write
from workorder.kernel import replay
from workorder.storage import (
    Batch,
    Capability,
    Change,
    Codec,
    Committed,
    FullStore,
    MemoryStore,
    Record,
)


def test_records_are_read_in_pages(historian: FullStore) -> None:
    """Records come in order, those above a number, and no more than asked for."""
    write(historian, change("T1", events=3))
    write(historian, change("T2"))
    write(historian, change("T1", stored(historian, "T1").snapshot, events=2))
    whole = historian.records("T1")
    assert [record.sequence for record in whole] == [1, 2, 3, 4, 5]
    assert [record.version for record in whole] == [1, 1, 1, 2, 2]
    for after in range(7):
        for limit in (None, 0, 1, 2, 9):
            until = None if limit is None else after + limit
            assert historian.records("T1", after, limit) == whole[after:until]
    assert historian.records("T3") == ()


def test_the_log_has_the_order_of_commits(historian: FullStore) -> None:
    """The log goes through all tickets as they were committed, in pages that leave nothing out."""
    given: list[Record] = []
    for ids in (("T1",), ("T3", "T2"), ("T2", "T1"), ("T3",)):
        known = historian.load(ids)
        changes = [change(each, known[each].snapshot if each in known else None) for each in ids]
        assert historian.commit(Batch(tuple(changes))) == Committed()
        given += [record for each in changes for record in each.records]
    whole = historian.log()
    assert [record for _, record in whole] == given
    positions = [position for position, _ in whole]
    assert positions == sorted(set(positions))
    walked: list[tuple[int, Record]] = []
    while page := historian.log(walked[-1][0] if walked else 0, 2):
        assert len(page) <= 2
        walked += page
    assert walked == list(whole)


@pytest.mark.parametrize(
    "data", [b"", b"\x00", b"\xff\xfe", b"''", b'{"b":1, "a":2 }', "é".encode(), b"x" * 100_000]
)
def test_records_are_opaque_bytes(historian: FullStore, data: bytes) -> None:
    """Whatever bytes a record holds, the store gives back the very same ones."""
    given = change("T1")
    odd = Record("T1", 1, 1, data)
    marked = Change("T1", 0, given.snapshot, (odd,), given.marks)
    assert write(historian, marked) == Committed()
    assert historian.records("T1") == (odd,)
    assert historian.log()[0][1].data == data
    assert stored(historian, "T1", "c1").receipts["c1"].records == (odd,)


def test_records_replay_to_the_snapshot(historian: FullStore) -> None:
    """The events of a ticket, one after the other, make the ticket as it is stored."""
    write(historian, change("T1"))
    for _ in range(4):
        write(historian, change("T1", stored(historian, "T1").snapshot, events=2))
    events = [Codec().decode(record) for record in historian.records("T1")]
    assert replay("T1", events) == stored(historian, "T1").snapshot.ticket


def test_a_store_without_history_says_so() -> None:
    """Everything but history is declared, receipts are kept all the same."""
    store = MemoryStore(history=False)
    assert set(store.capabilities) == set(Capability) - {Capability.HISTORY}
    first = change("T1")
    write(store, first)
    assert stored(store, "T1", "c1").receipts["c1"].records == first.records
    assert store.records("T1") == ()
    assert store.log() == ()


def test_stores_with_history_declare_everything(historian: FullStore) -> None:
    """The stores that ship offer every capability there is."""
    assert set(historian.capabilities) == set(Capability)


def test_memory_and_file_keep_the_same_bytes(tmp_path: Path) -> None:
    """The same commits leave the same records and snapshots, byte by byte, in every store."""
    kept = []
    for kind in ("memory", "sqlite"):
        with opened_store(kind, tmp_path) as store:
            write(store, change("T1", events=2), change("T2"))
            write(store, change("T1", stored(store, "T1").snapshot))
            found = store.load(("T1", "T2"))
            snapshots = [each.snapshot.data for each in found.values()]
            kept.append(([record for _, record in store.log()], snapshots))
    assert kept[0] == kept[1]
