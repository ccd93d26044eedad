"""Whole stores: what is counted and kept, several processes, others that write, other stores."""

import sqlite3
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest

from tests.storage.verifying.test_tampering import DEEDS, Deed
from tests.storage.verifying.vaults import (
    AT,
    CHEN,
    EVENTS,
    Meddling,
    MemoryVault,
    SQLiteVault,
    Vault,
)
from workorder.errors import InvalidInput, StoreError
from workorder.storage import (
    Batch,
    Capability,
    Change,
    Codec,
    JoinedSQLiteStore,
    MemoryStore,
    Record,
    Snapshot,
    SQLiteStore,
    take_checkpoint,
)
from workorder.storage.verifying import stores as share_sizes
from workorder.storage.verifying import tickets as page_sizes
from workorder.storage.verifying import verify_store, verify_ticket
from workorder.ticket import ActionTaken, Reopen, Trace
from workorder.workflow import Step


def test_the_first_damages_are_kept_and_all_are_counted(vault: Vault) -> None:
    """Of many damages the first are kept, in the order in which they were found."""
    for name in ("T1", "T2", "T3"):
        with vault.editing(name) as rows:
            for row in rows[1:]:
                row.data = b"gone"
    whole = verify_store(vault.store, limit=1_000)
    assert whole.count == len(whole.damages) == 3 * (EVENTS - 1) + 3
    few = verify_store(vault.store, limit=4)
    assert few.damages == whole.damages[:4]
    assert (few.count, few.codes) == (whole.count, whole.codes)
    assert "the first 4:" in few.text()
    assert verify_store(vault.store, limit=0).count == whole.count


@pytest.mark.parametrize("size", [1, 2])
def test_small_shares_and_pages(size: int, vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    """However few tickets and records are read at a time, the report is the same."""
    from workorder.storage import checkpoints
    from workorder.storage.sqlite import inspecting
    from workorder.storage.verifying import sealing

    made = take_checkpoint(vault.store, AT)
    with vault.editing("T2") as rows:
        rows[2].say(actor="wu")
    whole = verify_store(vault.store, against=made, replay=True)
    monkeypatch.setattr(share_sizes, "SHARE", size)
    monkeypatch.setattr(page_sizes, "FIRST_PAGE", size)
    monkeypatch.setattr(page_sizes, "PAGE", size)
    monkeypatch.setattr(checkpoints, "PAGE", size)
    monkeypatch.setattr(sealing, "PAGE", size)
    monkeypatch.setattr(inspecting, "ROWS", size)
    assert take_checkpoint(vault.store, AT).size == made.size
    assert verify_store(vault.store, against=made, replay=True) == whole


@pytest.mark.parametrize("deed", [each[0] for each in DEEDS])
def test_with_and_without_shares(deed: Deed, file: SQLiteVault) -> None:
    """The quick way through a file finds what the protocols of any store find."""

    class Plain:
        """The same store, with nothing but the protocols."""

        def __getattr__(self, name: str) -> Any:
            if name in {"shares", "filed", "faults"}:
                raise AttributeError(name)
            return getattr(file.store, name)

    deed(file)
    quick = verify_store(file.store, replay=True)
    plain = verify_store(Plain(), replay=True)
    only_here = {"column_differs", "rows_orphaned"}
    assert {c: n for c, n in quick.codes.items() if c not in only_here} == plain.codes
    assert (quick.tickets, quick.records) == (plain.tickets, plain.records)


def test_in_several_processes(file: SQLiteVault, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two processes, each with a store of its own, report what one does, in the same order."""
    monkeypatch.setattr(share_sizes, "SHARE", 1)
    with file.editing("T1") as rows:
        rows[2].say(actor="wu")
    with file.editing("T3") as rows:
        del rows[-1]
    made = take_checkpoint(file.store, AT)
    reopen = partial(SQLiteStore, file.path, create=False)
    one = verify_store(file.store, against=made, replay=True)
    two = verify_store(file.store, against=made, replay=True, workers=2, reopen=reopen)
    assert two == one
    assert not one.sound


def test_several_processes_need_stores(vault: Vault) -> None:
    """More workers than one without a way to open the store anew are refused, and so is none."""
    for workers in (0, 2):
        with pytest.raises(InvalidInput) as refused:
            verify_store(vault.store, workers=workers)
        assert refused.value.facts["name"] == "workers"


def test_others_may_write_meanwhile(vault: Vault) -> None:
    """A commit between the reading of the snapshot and of the records is no damage; damage that was
    there before still is.
    """
    ticket_id = vault.ids["T1"]

    def reopen() -> None:
        vault.desk.perform(ticket_id, Reopen("again"), actor=CHEN)

    store: Any = Meddling(vault.store, reopen)
    assert verify_ticket(store, ticket_id, replay=True).sound
    with vault.editing("T1") as rows:
        rows[2].say(actor="wu")
    desk = vault.desk
    store = Meddling(
        vault.store,
        lambda: desk.unrestricted().erase(ticket_id, actor=CHEN, basis="request"),
    )
    assert verify_ticket(store, ticket_id).codes == {"record_altered": 1}


def test_a_store_without_history() -> None:
    """A store that keeps no records has snapshots that can be read, and nothing to compare."""
    vault = MemoryVault()
    plain = MemoryStore(history=False)
    plain._tickets.update(vault.memory._tickets)
    plain._receipts.update(vault.memory._receipts)
    report = verify_store(plain)
    assert (report.tickets, report.records, report.sound) == (3, 0, True)
    with pytest.raises(StoreError) as refused:
        take_checkpoint(plain, AT)
    assert refused.value.code == "unsupported"
    with pytest.raises(StoreError):
        verify_store(plain, against=take_checkpoint(vault.store, AT))


def test_a_store_without_sealed_values(file: SQLiteVault) -> None:
    """Sealed values are not asked of a store that keeps none."""

    class Unsealed:
        """The same store, which says that it seals nothing."""

        capabilities = frozenset(Capability) - {Capability.SEALED}

        def __getattr__(self, name: str) -> Any:
            return getattr(file.store, name)

        def reveal(self, *_asked: object) -> None:
            """Nobody may ask."""
            raise AssertionError

    file.put_sealed(file.ids["T1"], "1.title", None, "")
    assert verify_store(Unsealed()).sound


def test_in_a_hosts_database(file: SQLiteVault) -> None:
    """A store on a host's connection is verified as well, inside the host's transaction."""
    file.file.close()
    with file.editing("T1") as rows:
        rows[2].say(actor="wu")
    connection = sqlite3.connect(file.path)
    try:
        connection.execute("CREATE TABLE mine (x)")
        store = JoinedSQLiteStore(connection)
        made = take_checkpoint(store, AT)
        assert verify_store(store, against=made).codes == {"record_altered": 1}
    finally:
        connection.close()


def test_a_store_that_is_locked(file: SQLiteVault) -> None:
    """Trouble that is no damage is an error, not a report."""

    class Busy:
        """A store that others hold."""

        tenant = ""
        capabilities = frozenset(Capability)

        def ids(self, after: str, limit: int) -> tuple[str, ...]:
            """One ticket."""
            return () if after else ("T1",)

        def load(self, *_asked: object) -> None:
            """Held by others."""
            raise StoreError("busy", path="-", seconds=1)

    with pytest.raises(StoreError) as refused:
        verify_store(Busy())
    assert refused.value.code == "busy"


def test_a_host_event_nobody_knows(vault: Vault) -> None:
    """A ticket with an event of an unknown type is walked as any other, and is not replayed; that
    is said.
    """
    with vault.editing("T1") as rows:
        rows[2].say(kind="bank.card_blocked")
        head = vault.rechain("T1", rows)
    with vault.restating("T1") as said:
        said["head"] = head
    report = verify_store(vault.store, replay=True)
    assert (report.sound, report.unreplayed) == (True, 1)
    assert "1 tickets have events of unknown types" in report.text()
    assert "未重演" in report.text("zh-CN")


def test_a_record_that_cannot_be_applied(vault: Vault) -> None:
    """What a replay cannot read is told by the kind of trouble, never by what the record says."""
    with vault.editing("T1") as rows:
        rows[2].say(body={"promises": {"due": "a secret word"}})
        head = vault.rechain("T1", rows)
    with vault.restating("T1") as said:
        said["head"] = head
    report = verify_store(vault.store, replay=True)
    assert report.codes == {"replay_failed": 1}
    assert "secret" not in report.text()
    assert verify_store(vault.store).sound


def long_ticket(events: int) -> MemoryStore:
    """A store with one ticket of many events."""
    codec = Codec()
    vault = MemoryVault()
    (row, *_) = vault.rows(vault.ids["T1"])
    ticket_id = vault.ids["T1"]
    records = [Record(ticket_id, 1, 1, row.data)]
    head = codec.head(records[0])
    for number in range(2, events + 1):
        trace = Trace("li", None, number, AT.replace(day=5), AT.replace(day=5), f"c{number}", "ab")
        step = Step("call_back", "handler", "accepted", "accepted", "initial")
        record = codec.encode(ticket_id, number, ActionTaken(trace, step), head)
        head = codec.head(record)
        records.append(record)
    store = MemoryStore()
    snapshot = vault.store.load([ticket_id])[ticket_id].snapshot
    store.commit(Batch((Change(ticket_id, 0, snapshot, tuple(records), ()),)))
    said = snapshot.data.replace(
        b'"revision":{"events":6,"version":6}',
        f'"revision":{{"events":{events},"version":{events}}}'.encode(),
    ).replace(snapshot.head.encode(), head.encode())
    store._tickets[ticket_id] = Snapshot(data=said)
    store._sealed[ticket_id] = dict(vault.memory._sealed[ticket_id])
    return store


def test_a_long_ticket_is_read_page_by_page() -> None:
    """Of a ticket with thousands of records, never more than a page is asked for at a time."""
    store = long_ticket(3_000)
    (ticket_id,) = store.ids()
    asked: list[int | None] = []

    class Watched:
        """The store, with an eye on how much is read."""

        def __getattr__(self, name: str) -> Any:
            return getattr(store, name)

        def records(self, ticket_id: str, after: int = 0, limit: int | None = None) -> Any:
            """Remembers the limit."""
            asked.append(limit)
            return store.records(ticket_id, after, limit)

    report = verify_ticket(Watched(), ticket_id)
    assert (report.records, report.sound) == (3_000, True)
    assert max(each or 10**9 for each in asked) <= page_sizes.PAGE
    store._records[ticket_id][2_500] = Record(ticket_id, 2_501, 2_501, b"")
    assert verify_ticket(Watched(), ticket_id).codes == {"record_not_json": 1}


def test_progress_is_told(vault: Vault) -> None:
    """Whoever waits is told how many tickets, then how much of the log, are done."""
    told: list[tuple[str, int]] = []
    made = take_checkpoint(vault.store, AT)
    verify_store(vault.store, against=made, progress=lambda *each: told.append(each))
    assert told == [("tickets", 3), ("log", 3 * EVENTS)]


def test_an_empty_store(tmp_path: Any) -> None:
    """Nothing is sound, and has a checkpoint that every store begins with."""

    def stores() -> Iterator[Any]:
        yield MemoryStore()
        with SQLiteStore(tmp_path / "empty.db") as store:
            yield store

    for store in stores():
        made = take_checkpoint(store, AT)
        assert (made.size, made.position) == (0, 0)
        report = verify_store(store, against=made)
        assert (report.tickets, report.sound) == (0, True)
        assert verify_store(MemoryVault().store, against=made).sound
