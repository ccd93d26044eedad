"""A host's statement that gets in between a store's change and its end."""

import sqlite3
from threading import Event, Thread

import pytest

from workorder.errors import StoreError
from workorder.storage import JoinedSQLiteStore


def test_what_could_not_be_ended_is_undone() -> None:
    """Whoever is told that a change failed finds nothing of it, whatever the host commits then."""
    host = sqlite3.connect(":memory:")
    host.execute("CREATE TABLE rows (x)")
    store = JoinedSQLiteStore(host, create=True)
    host.execute("INSERT INTO rows VALUES (1)")
    unfinished: list[sqlite3.Cursor] = []

    def write() -> None:
        with store._writing() as cursor:
            cursor.execute("INSERT INTO workorder_capacity VALUES ('li', 1)")
            unfinished.append(host.execute("INSERT INTO rows VALUES (2), (3) RETURNING x"))

    with pytest.raises(StoreError) as refused:
        write()
    assert refused.value.code == "unavailable"
    assert "in progress" in str(refused.value)
    unfinished.pop().close()
    host.commit()
    assert host.execute("SELECT count(*) FROM workorder_capacity").fetchone() == (0,)
    assert host.execute("SELECT x FROM rows").fetchall() == [(1,)]
    host.close()


def test_threads_that_share_a_store_by_mistake() -> None:
    """One waits while another's change is under way: neither ends what the other began."""
    host = sqlite3.connect(":memory:", check_same_thread=False)
    store = JoinedSQLiteStore(host, create=True)
    host.commit()
    order: list[str] = []
    began = Event()

    def other() -> None:
        began.set()
        store.taken([1])
        order.append("other")

    with store._writing():
        thread = Thread(target=other)
        thread.start()
        assert began.wait(10)
        thread.join(0.05)
        order.append("first")
    thread.join(10)
    assert order == ["first", "other"]
    host.close()
