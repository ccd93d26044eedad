"""Stores that the kit is tried on: those that ship, as hosts would make them."""

import sqlite3
from pathlib import Path
from typing import Any, Self

from workorder.storage import JoinedSQLiteStore, MemoryStore, SQLiteStore

VERBS = (
    "load",
    "commit",
    "records",
    "log",
    "ids",
    "reveal",
    "used",
    "find",
    "pending",
    "taken",
    "claim_due",
    "release",
)


class Files:
    """SQLite files, a new one each time; the last one can be opened from another process."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.number = 0

    @property
    def path(self) -> Path:
        """The file that was made last."""
        return self.folder / f"{self.number}.db"

    def make(self) -> SQLiteStore:
        """A new store."""
        self.number += 1
        return SQLiteStore(self.path)

    def reopen(self) -> SQLiteStore:
        """The one made last, once more."""
        return SQLiteStore(self.path)


class AwaitedMemory:
    """A store in memory whose methods are coroutines, and a context manager of itself."""

    entered = 0

    def __init__(self) -> None:
        self._store = MemoryStore()

    @property
    def tenant(self) -> str:
        """Nobody's."""
        return self._store.tenant

    @property
    def capabilities(self) -> Any:
        """Everything."""
        return self._store.capabilities

    async def __aenter__(self) -> Self:
        type(self).entered += 1
        return self

    async def __aexit__(self, *_error: object) -> None:
        type(self).entered -= 1


def _awaited(name: str) -> Any:
    async def call(self: AwaitedMemory, *given: Any) -> Any:
        return getattr(self._store, name)(*given)

    return call


for _name in VERBS:
    setattr(AwaitedMemory, _name, _awaited(_name))


class JoinedRows:
    """A joined store as a host uses it: each call in a transaction of the host's."""

    def __init__(self) -> None:
        self._connection = sqlite3.connect(":memory:", isolation_level=None)
        self._store = JoinedSQLiteStore(self._connection, create=True)

    @property
    def tenant(self) -> str:
        """Nobody's."""
        return self._store.tenant

    @property
    def capabilities(self) -> Any:
        """Everything."""
        return self._store.capabilities

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._connection.close()


def _joined(name: str) -> Any:
    def call(self: JoinedRows, *given: Any) -> Any:
        self._connection.execute("BEGIN IMMEDIATE")
        with self._connection:
            return getattr(self._store, name)(*given)

    return call


for _name in VERBS:
    setattr(JoinedRows, _name, _joined(_name))
