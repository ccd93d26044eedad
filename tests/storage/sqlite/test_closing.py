"""Closing a store that other threads are using."""

import sqlite3
from pathlib import Path
from threading import Thread

import pytest

from workorder.storage import SQLiteStore
from workorder.storage.sqlite.schema import Executor


def closed_elsewhere(store: SQLiteStore) -> None:
    """Close *store* in another thread, and wait until that is done."""
    thread = Thread(target=store.close)
    thread.start()
    thread.join(10)
    assert not thread.is_alive()


@pytest.mark.parametrize("way", ["_reading", "_moment", "_writing"])
def test_what_is_under_way_is_not_broken_off(way: str, tmp_path: Path) -> None:
    """A connection somebody uses is closed only when he is done; the store is used on after that.
    Closed in the middle of a statement, it would end the process.
    """
    with SQLiteStore(tmp_path / "store.db") as store:
        held: list[Executor] = []
        with getattr(store, way)() as executor:
            held.append(executor)
            closed_elsewhere(store)
            assert executor.execute("SELECT 1").fetchone() == (1,)
        with pytest.raises(sqlite3.ProgrammingError):
            held[0].execute("SELECT 1")
        assert store.ids() == ()


def test_what_nobody_uses_is_closed_at_once(tmp_path: Path) -> None:
    """Also when another thread closes it."""
    with SQLiteStore(tmp_path / "store.db") as store:
        with store._reading() as executor:
            pass
        closed_elsewhere(store)
        with pytest.raises(sqlite3.ProgrammingError):
            executor.execute("SELECT 1")
        assert store.ids() == ()
