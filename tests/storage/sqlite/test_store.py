"""A store in a file: kept after closing, shared by threads, forks and other processes."""

import sqlite3
import subprocess
import sys
import textwrap
import threading
from pathlib import Path

import pytest

from tests.desk.people import a_life
from tests.storage.stores import change, stored, tables, write
from workorder.desk import ServiceDesk
from workorder.errors import StoreError, WorkorderError
from workorder.storage import Batch, Committed, Message, Reservation, SQLiteStore, TicketQuery
from workorder.ticket import SealedValue
from workorder.workflow import Actor

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A path where no file is yet."""
    return tmp_path / "工单 store.db"


def test_everything_is_there_after_reopening(path: Path) -> None:
    """Tickets, receipts, records, sealed values, messages and capacity outlive the process's
    handle: a new one gives the same.
    """
    batch = Batch(
        (change("T1", events=2), change("T2")),
        (Message("T1", "opened", b"{}"),),
        (SealedValue("T1", "1.title", b"\x00\xff", "标题"),),
        (Reservation("li", 2, 2),),
    )
    with SQLiteStore(path) as store:
        assert store.commit(batch) == Committed()
        was = (
            store.load(["T1", "T2"], ["c1"]),
            store.log(),
            store.reveal("T1", ["1.title"]),
            store.pending(),
            store.find(TicketQuery()),
        )
    with SQLiteStore(path) as store:
        assert (
            store.load(["T1", "T2"], ["c1"]),
            store.log(),
            store.reveal("T1", ["1.title"]),
            store.pending(),
            store.find(TicketQuery()),
        ) == was
        assert type(store.commit(Batch((), reservations=(Reservation("li", 1, 2),)))) is not (
            Committed
        )


def test_a_closed_store_opens_again_when_used(path: Path) -> None:
    """Closing is no end: the next call, from any thread, opens the file anew."""
    with SQLiteStore(path) as store:
        write(store, change("T1"))
        store.close()
        store.close()
        assert stored(store, "T1").snapshot.ticket.version == 1
        store.close()
        found: list[int] = []
        thread = threading.Thread(target=lambda: found.append(len(store.records("T1"))))
        thread.start()
        thread.join()
        assert found == [1]


def test_writes_go_through_the_write_ahead_log(path: Path) -> None:
    """The file is in WAL mode for good: readers go on while somebody writes."""
    with SQLiteStore(path) as store:
        write(store, change("T1"))
        assert path.with_name(path.name + "-wal").stat().st_size > 0
        other = sqlite3.connect(path)
        assert other.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert other.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        other.close()
    assert not path.with_name(path.name + "-wal").exists()


def test_a_reader_sees_commits_and_nothing_less(path: Path) -> None:
    """While a transaction is open elsewhere, its writes are not seen; once committed, they are."""
    with SQLiteStore(path) as store:
        write(store, change("T1"))
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        other.execute("UPDATE workorder_tickets SET state = 'elsewhere', version = 9")
        assert store.find(TicketQuery())[0].ticket.state == "accepted"
        other.execute("ROLLBACK")
        other.close()


def test_load_is_one_moment(path: Path) -> None:
    """A ticket and its receipts are read as of one moment: a commit of somebody else in between
    does not show a command as carried out on a ticket that does not have it yet.
    """
    with SQLiteStore(path) as store, SQLiteStore(path) as other:
        write(store, change("T1"))
        before = stored(store, "T1").snapshot

        def meanwhile(statement: str) -> None:
            if "FROM workorder_receipts" in statement:
                write(other, change("T1", before, command_id="late"))

        connection = store._connections.get()
        connection.set_trace_callback(meanwhile)
        found = stored(store, "T1", "late")
        connection.set_trace_callback(None)
        assert stored(other, "T1").snapshot.ticket.version == 2
        versions = [receipt.version for receipt in found.receipts.values()]
        assert all(version <= found.snapshot.ticket.version for version in versions)


OTHER = textwrap.dedent(
    """
    import sys
    from tests.storage.stores import change, stored, write
    from workorder.storage import SQLiteStore

    with SQLiteStore(sys.argv[1], create=False) as store:
        print(write(store, change("T1", stored(store, "T1").snapshot)))
        print(write(store, change("T2")))
    """
)

FORKING = textwrap.dedent(
    """
    import os, sys
    from tests.storage.stores import change, stored, write
    from workorder.storage import SQLiteStore

    with SQLiteStore(sys.argv[1]) as store:
        write(store, change("T1"))
        child = os.fork()
        if child == 0:
            for _ in range(20):
                write(store, change("T1", stored(store, "T1").snapshot))
            os._exit(0)
        for number in range(20):
            write(store, change(f"P{number}"))
        assert os.waitpid(child, 0)[1] == 0
        print(stored(store, "T1").snapshot.ticket.version)
        for number in range(20, 40):
            write(store, change(f"P{number}"))
        store.close()
        print(len(store.log()))
    """
)


def run(program: str, path: Path) -> str:
    """Run a program in a process of its own and give back what it printed."""
    done = subprocess.run(
        [sys.executable, "-c", program, str(path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout


def test_another_process_works_on_the_same_file(path: Path) -> None:
    """What one process commits the other sees at once, in both directions."""
    with SQLiteStore(path) as store:
        write(store, change("T1"))
        assert run(OTHER, path) == "Committed()\nCommitted()\n"
        assert stored(store, "T1").snapshot.ticket.version == 2
        assert stored(store, "T2", "c1").receipts["c1"].version == 1


@pytest.mark.skipif(not hasattr(sys, "platform") or sys.platform == "win32", reason="no fork")
def test_a_fork_makes_connections_of_its_own(path: Path) -> None:
    """A store opened before a fork may be used on both sides of it, at the same time."""
    assert run(FORKING, path) == "21\n61\n"
    with SQLiteStore(path) as store:
        assert stored(store, "T1").snapshot.ticket.version == 21
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()


def test_columns_repeat_the_snapshot(path: Path) -> None:
    """The columns that are searched by index say what the snapshot says, after every change."""
    with SQLiteStore(path) as store:
        desk = ServiceDesk(store)
        boss = Actor("chen", "supervisor", "hq")
        ticket = a_life(desk)
        (row,) = tables(path)["workorder_tickets"]
        known = dict(zip(COLUMNS, row[1:-1], strict=True))
        assert known == {
            "id": ticket.id,
            "version": ticket.version,
            "type": "complaint",
            "state": "closed",
            "assignee": ticket.assignee,
            "department": ticket.department,
            "customer": ticket.customer,
            "opened": known["opened"],
            "next_timer": None,
        }
        people = {person for person, _ in tables(path)["workorder_people"]}
        assert people == set(desk.get(ticket.id, actor=boss).deeds)


COLUMNS = (
    "id",
    "version",
    "type",
    "state",
    "assignee",
    "department",
    "customer",
    "opened",
    "next_timer",
)


@pytest.mark.parametrize("snapshot", ["", "{}", "[]", "not json", '{"id":"T1"}'])
def test_a_damaged_snapshot_is_a_plain_error(path: Path, snapshot: str) -> None:
    """A ticket whose stored value cannot be read is an error of the library, with its code."""
    with SQLiteStore(path) as store:
        write(store, change("T1"))
        connection = sqlite3.connect(path)
        connection.execute("UPDATE workorder_tickets SET snapshot = ?", (snapshot,))
        connection.commit()
        connection.close()
        with pytest.raises(WorkorderError):
            ServiceDesk(store).get("T1", actor=Actor("chen", "supervisor"))


def test_a_damaged_record_is_named(path: Path) -> None:
    """A history with a record that cannot be read names the ticket and the record."""
    with SQLiteStore(path) as store:
        write(store, change("T1", events=2))
        connection = sqlite3.connect(path)
        connection.execute("UPDATE workorder_records SET data = x'00' WHERE sequence = 2")
        connection.commit()
        connection.close()
        with pytest.raises(StoreError) as raised:
            ServiceDesk(store).history("T1", actor=Actor("chen", "supervisor"))
    assert raised.value.code == "unreadable_record"
    assert (raised.value.facts["ticket"], raised.value.facts["sequence"]) == ("T1", 2)
