"""Hosts: banks with a table of accounts, each on a connection of another kind."""

import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import local
from typing import Any, Self

from attrs import frozen

from workorder.storage import JoinedSQLiteStore

ACCOUNTS = "CREATE TABLE account (number TEXT PRIMARY KEY, frozen INTEGER NOT NULL)"


@frozen
class Kind:
    """One way to set up a connection, and to begin and end transactions on it.

    Attributes:
        settings: what ``sqlite3.connect`` is given.
        begin: the statement by which the host begins, if it must.
        by_statement: whether it also ends them by statements.
    """

    settings: dict[str, Any]
    begin: str = ""
    by_statement: bool = False

    def connect(self, path: Path | str) -> sqlite3.Connection:
        """A connection."""
        made: sqlite3.Connection = sqlite3.connect(path, **self.settings)
        return made

    def started(self, connection: sqlite3.Connection) -> sqlite3.Connection:
        """The same connection, in a transaction if the host is to begin one."""
        if self.begin:
            connection.execute(self.begin)
        return connection

    def commit(self, connection: sqlite3.Connection) -> None:
        """The host commits."""
        connection.execute("COMMIT") if self.by_statement else connection.commit()

    def rollback(self, connection: sqlite3.Connection) -> None:
        """The host rolls back."""
        connection.execute("ROLLBACK") if self.by_statement else connection.rollback()


KINDS: dict[str, Kind] = {
    "default": Kind({}),
    "deferred, begun": Kind({}, "BEGIN"),
    "immediate": Kind({"isolation_level": "IMMEDIATE"}),
    "exclusive": Kind({"isolation_level": "exclusive"}),
    "by hand": Kind({"isolation_level": None}, "BEGIN IMMEDIATE"),
    "by hand, a savepoint": Kind({"isolation_level": None}, "SAVEPOINT host"),
}
if sys.version_info >= (3, 12):
    KINDS["always in one"] = Kind({"autocommit": False})
    KINDS["autocommit"] = Kind({"autocommit": True}, "BEGIN", by_statement=True)


def bank(path: Path) -> Path:
    """A bank's database with our tables in it, in write-ahead mode, and two accounts."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA application_id = 4711")
    connection.execute(ACCOUNTS)
    connection.execute("INSERT INTO account VALUES ('6222', 0), ('6223', 0)")
    JoinedSQLiteStore.create_tables(connection)
    connection.close()
    return path


@contextmanager
def looking(path: Path) -> Iterator[sqlite3.Connection]:
    """Another connection, which sees what is committed."""
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        yield connection
    finally:
        connection.close()


def committed(path: Path) -> tuple[list[str], list[tuple[str, int]]]:
    """What is committed: accounts that are frozen, and tickets with their versions."""
    with looking(path) as connection:
        accounts = connection.execute("SELECT number FROM account WHERE frozen ORDER BY number")
        tickets = connection.execute("SELECT id, version FROM workorder_tickets ORDER BY id")
        return [number for (number,) in accounts], tickets.fetchall()


def freeze(connection: sqlite3.Connection, number: str = "6222") -> None:
    """What the host does to a table of its own."""
    connection.execute("UPDATE account SET frozen = 1 WHERE number = ?", (number,))


class Opened:
    """A connection that is closed with the thread that it belongs to."""

    def __init__(self, path: Path) -> None:
        self.connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)

    def __del__(self) -> None:
        self.connection.close()


class Committing:
    """A store of a host that commits after every call, on a connection for each thread.

    Args:
        path: the host's database; made if it is missing.
        tenant: whose tickets these are.
    """

    def __init__(self, path: Path, tenant: str = "") -> None:
        self._path = path
        self._local = local()
        self.tenant = tenant
        self._kind = KINDS["by hand"]
        with closing(self._kind.connect(path)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            store = JoinedSQLiteStore(connection, tenant=tenant, create=True)
            self.capabilities = store.capabilities

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._local.__dict__.pop("opened", None)

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name not in CALLS:
            raise AttributeError(name)

        def call(*given: Any, **named: Any) -> Any:
            opened: Opened | None = getattr(self._local, "opened", None)
            if opened is None:
                opened = self._local.opened = Opened(self._path)
            connection = opened.connection
            store = JoinedSQLiteStore(connection, tenant=self.tenant)
            self._kind.started(connection)
            try:
                answer = getattr(store, name)(*given, **named)
            except BaseException:
                self._kind.rollback(connection)
                raise
            self._kind.commit(connection)
            return answer

        return call


CALLS = {
    *("load", "commit", "records", "log", "ids", "find", "reveal", "used"),
    *("claim_due", "release", "pending", "taken"),
}
"""What a store is asked."""


def another(folder: Path, tenant: str = "") -> Committing:
    """A new host in *folder*."""
    return Committing(folder / f"{len(list(folder.glob('*.db')))}.db", tenant)


def newest(folder: Path) -> Committing:
    """The host that was made last in *folder*, once more."""
    return Committing(folder / f"{len(list(folder.glob('*.db'))) - 1}.db")
