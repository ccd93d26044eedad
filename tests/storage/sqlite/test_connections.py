"""Opening store files: what is wrong with one is said in plain words, and nothing is touched."""

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from tests.storage.stores import change, stored, tables, write
from workorder.errors import InvalidInput, StoreError
from workorder.storage import Committed, SQLiteStore, TicketQuery
from workorder.storage.sqlite.schema import SCHEMA_VERSION


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The file of a store with one ticket, closed."""
    path = tmp_path / "store.db"
    with SQLiteStore(path) as store:
        assert write(store, change("T1")) == Committed()
    return path


def refused(path: Path, **settings: object) -> StoreError:
    """The error of opening *path*, which must leave the file as it was."""
    was = path.read_bytes() if path.is_file() else None
    with pytest.raises(StoreError) as raised:
        SQLiteStore(path, **settings)  # type: ignore[arg-type]  # whatever a test passes on
    assert (path.read_bytes() if path.is_file() else None) == was
    assert str(path) in str(raised.value)
    assert str(path) in raised.value.text("zh-CN")
    return raised.value


@pytest.mark.parametrize(
    "content",
    [b"\x00" * 4096, b"ticket,state\nT1,open\n" * 200, b"SQLite format 3\x00" + b"?" * 900],
)
def test_a_file_that_is_no_database(tmp_path: Path, content: bytes) -> None:
    """Something else under that name is damaged, not overwritten."""
    path = tmp_path / "store.db"
    path.write_bytes(content)
    assert refused(path).code in {"damaged", "not_a_store"}


def read_all(path: Path) -> None:
    """Open a store and read everything in it."""
    with SQLiteStore(path) as store:
        for number in range(200):
            store.load([f"N{number}"], ["c1"])
        store.find(TicketQuery())
        store.log()


def test_a_file_cut_short(path: Path) -> None:
    """A truncated store is damaged: said when opened, or when the missing part is read."""
    with SQLiteStore(path) as store:
        for number in range(200):
            write(store, change(f"N{number}"))
    read_all(path)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(StoreError) as raised:
        read_all(path)
    assert raised.value.code == "damaged"


def test_a_page_written_over(path: Path) -> None:
    """Rubbish in the middle of a store is damaged, with every call that reads it."""
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xa5" * (len(content) - 4096)
    path.write_bytes(content)
    with pytest.raises(StoreError) as raised, SQLiteStore(path) as store:
        stored(store, "T1")
    assert raised.value.code == "damaged"


def test_the_database_of_another_program(tmp_path: Path) -> None:
    """Tables of somebody else are left alone, with or without a mark of their own."""
    for number, mark in enumerate([0, 0x0F055112]):
        path = tmp_path / f"{number}.db"
        connection = sqlite3.connect(path)
        connection.execute(f"PRAGMA application_id = {mark}")
        connection.execute("CREATE TABLE orders (id INTEGER)")
        connection.commit()
        connection.close()
        assert refused(path).code == "not_a_store"


def test_the_store_of_another_tenant(tmp_path: Path) -> None:
    """A file belongs to one tenant for good; the error names both."""
    path = tmp_path / "store.db"
    with SQLiteStore(path, tenant="甲银行") as store:
        write(store, change("T1"))
        assert store.tenant == "甲银行"
    error = refused(path, tenant="乙银行")
    assert (error.code, error.facts["found"], error.facts["expected"]) == (
        "other_tenant",
        "甲银行",
        "乙银行",
    )
    assert refused(path).code == "other_tenant"


def test_another_schema_version(path: Path) -> None:
    """A file of a later version is refused, naming both numbers."""
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    connection.close()
    error = refused(path)
    assert error.code == "schema_version"
    assert (error.facts["found"], error.facts["expected"]) == (SCHEMA_VERSION + 1, SCHEMA_VERSION)


def test_a_missing_file(tmp_path: Path) -> None:
    """With ``create=False`` a missing file is an error and stays missing."""
    path = tmp_path / "store.db"
    assert refused(path, create=False).code == "no_such_file"
    assert list(tmp_path.iterdir()) == []
    with SQLiteStore(path):
        pass
    with SQLiteStore(path, create=False) as store:
        assert store.load(["T1"]) == {}


def test_a_folder(tmp_path: Path) -> None:
    """A folder, or a file in a folder that is not there, cannot be used."""
    assert refused(tmp_path).code == "unavailable"
    assert refused(tmp_path / "nowhere" / "store.db").code == "unavailable"


@contextmanager
def nobody() -> Iterator[None]:
    """Without the rights of an administrator, to whom no file is read-only."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_file_that_may_not_be_written(path: Path) -> None:
    """A read-only store in a read-only folder is unavailable, with its content untouched."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        copy = folder / "store.db"
        copy.write_bytes(path.read_bytes())
        was = tables(copy)
        for suffix in ("-wal", "-shm"):
            copy.with_name(copy.name + suffix).unlink(missing_ok=True)
        copy.chmod(0o444)
        folder.chmod(0o555)
        try:
            with nobody(), pytest.raises(StoreError) as raised, SQLiteStore(copy) as store:
                write(store, change("T2"))
        finally:
            folder.chmod(0o755)
            copy.chmod(0o644)
        assert raised.value.code == "unavailable"
        assert tables(copy) == was


@pytest.mark.parametrize("path", ["", ":memory:", Path(":memory:")])
def test_a_store_needs_a_file(path: str | Path) -> None:
    """A database in memory would be another one for each thread: refused at construction."""
    with pytest.raises(InvalidInput) as raised:
        SQLiteStore(path)
    assert raised.value.code == "wrong_type"
    assert "MemoryStore" in str(raised.value)


def test_other_ways_to_wait_for_the_disk(path: Path) -> None:
    """``synchronous`` takes the two values that are safe and no other."""
    for number, value in ((1, "NORMAL"), (2, "FULL")):
        with SQLiteStore(path, synchronous=value) as store:  # type: ignore[arg-type]  # in a loop
            connection = store._connections.get()
            assert connection.execute("PRAGMA synchronous").fetchone() == (number,)
    with pytest.raises(InvalidInput) as raised:
        SQLiteStore(path, synchronous="OFF")  # type: ignore[arg-type]  # what is tested
    assert raised.value.code == "not_a_choice"


def test_a_store_that_stays_locked(path: Path) -> None:
    """Somebody else who does not let go: ``busy`` after the time given, nothing written, and
    reading goes on meanwhile.
    """
    with SQLiteStore(path, busy_seconds=0.05) as store:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        try:
            assert stored(store, "T1").snapshot.ticket.version == 1
            with pytest.raises(StoreError) as raised:
                write(store, change("T2"))
            assert raised.value.code == "busy"
        finally:
            other.execute("ROLLBACK")
            other.close()
        assert store.load(["T2"]) == {}
        assert write(store, change("T2")) == Committed()


def test_threads_that_end_leave_no_open_files(path: Path) -> None:
    """A connection per thread lives no longer than its thread: a host that starts a thread for
    every request does not run out of files.
    """
    with SQLiteStore(path) as store:
        before = len(list(Path("/dev/fd").iterdir()))
        for _ in range(30):
            thread = threading.Thread(target=store.load, args=(["T1"],))
            thread.start()
            thread.join()
        assert len(list(Path("/dev/fd").iterdir())) <= before + 6


class Crowded(sqlite3.Connection):
    """Is turned away when it asks for a log, as SQLite does with some of many who ask at once."""

    turned_away = 0
    times = 0

    def execute(self, sql: str, *given: Any) -> sqlite3.Cursor:
        """Run *sql*, or be turned away."""
        if "journal_mode = " in sql and Crowded.turned_away < Crowded.times:
            Crowded.turned_away += 1
            error = sqlite3.OperationalError("database is locked")
            error.sqlite_errorcode = sqlite3.SQLITE_BUSY
            raise error
        return super().execute(sql, *given)


@pytest.mark.parametrize(("times", "opens"), [(0, True), (3, True), (10**9, False)])
def test_several_make_one_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, times: int, opens: bool
) -> None:
    """Whoever is turned away while others make the file tries again, as long as it may wait."""
    monkeypatch.setattr(Crowded, "turned_away", 0)
    monkeypatch.setattr(Crowded, "times", times)
    monkeypatch.setattr(sqlite3, "connect", partial(sqlite3.connect, factory=Crowded))
    path = tmp_path / "store.db"
    if opens:
        with SQLiteStore(path, busy_seconds=5) as store:
            assert write(store, change("T1")) == Committed()
        assert Crowded.turned_away == times
    else:
        with pytest.raises(StoreError) as refused:
            SQLiteStore(path, busy_seconds=0.05)
        assert refused.value.code == "busy"
        assert Crowded.turned_away > 1
