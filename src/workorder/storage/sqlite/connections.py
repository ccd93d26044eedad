"""Opening store files: a connection per thread, and plain words for what can be wrong."""

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal
from weakref import WeakSet

from workorder.errors import StoreError
from workorder.storage.chain import checked_tenant
from workorder.storage.sqlite.schema import APPLICATION_ID, SCHEMA, SCHEMA_VERSION

CHECKPOINT_PAGES = 10_000
"""Pages in the write-ahead log before it is folded back: 40 MB. The default of 1,000 costs
about a quarter of the throughput, for good."""

Synchronous = Literal["NORMAL", "FULL"]

OLDEST = (3, 35, 0)
"""The oldest SQLite that has ``RETURNING``."""

_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}

_INHERITED: list[object] = []
"""Connections a fork brought along. They may be neither used nor closed in the child: closing
one could take the log away from under the parent. So they are kept until the process ends."""


class _Held:
    """A connection that is closed when its thread ends, or before."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self._process = os.getpid()

    def __del__(self) -> None:
        if self._process == os.getpid():
            self.connection.close()


class Connections:
    """Connections to one file, one per thread, made anew after a fork."""

    def __init__(
        self,
        path: Path,
        tenant: str,
        synchronous: Synchronous,
        busy_seconds: float,
        *,
        create: bool,
    ) -> None:
        self.path = path
        self.tenant = checked_tenant(tenant)
        self.synchronous = synchronous
        self.busy_seconds = busy_seconds
        self.create = create
        self.writing = threading.Lock()
        self._begin()

    def _reset(self) -> None:
        _INHERITED.extend((list(self._made), self._local))
        self._begin()

    def _begin(self) -> None:
        self._process = os.getpid()
        self._local = threading.local()
        self._made: WeakSet[_Held] = WeakSet()
        self.writing = threading.Lock()

    def get(self) -> sqlite3.Connection:
        """This thread's connection."""
        if self._process != os.getpid():
            self._reset()
        held: _Held | None = getattr(self._local, "held", None)
        if held is None:
            held = self._local.held = _Held(self._open())
            self._made.add(held)
        return held.connection

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """This thread's connection, and everything read as of one moment."""
        connection = self.get()
        try:
            connection.execute("BEGIN")
            yield connection
        finally:
            if connection.in_transaction:
                connection.execute("COMMIT")

    @staticmethod
    def scrub(connection: sqlite3.Connection) -> None:
        """Fold the write-ahead log back and empty it, so that what was erased does not stand in it
        any longer. Where others read at the moment, the next one to write or close does it.
        """
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()

    def close(self) -> None:
        """Close every connection of this process."""
        if self._process != os.getpid():
            self._reset()
        made, self._made = list(self._made), WeakSet()
        self._local = threading.local()
        for held in made:
            held.connection.close()

    def _open(self) -> sqlite3.Connection:
        if sqlite3.sqlite_version_info < OLDEST:
            reason = f"SQLite 3.35 or newer is needed, this is {sqlite3.sqlite_version}"
            raise StoreError("unavailable", path=str(self.path), reason=reason)
        if not self.create and not self.path.exists():
            raise StoreError("no_such_file", path=str(self.path))
        with self.plainly():
            connection = sqlite3.connect(
                self.path, timeout=self.busy_seconds, isolation_level=None, check_same_thread=False
            )
            try:
                self._prepare(connection)
                # A file that vanishes later is not made anew: others may still write to it.
                self.create = False
            except BaseException:
                connection.close()
                raise
            return connection

    def _prepare(self, connection: sqlite3.Connection) -> None:
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        if application != APPLICATION_ID:
            if not self.create:
                raise StoreError("not_a_store", path=str(self.path))
            self._create(connection)
        if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
            connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA secure_delete = ON")  # what is erased is overwritten
        connection.execute(f"PRAGMA synchronous = {self.synchronous}")
        connection.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}")
        (found,) = connection.execute("PRAGMA user_version").fetchone()
        if found != SCHEMA_VERSION:
            raise StoreError(
                "schema_version", path=str(self.path), found=found, expected=SCHEMA_VERSION
            )
        row = connection.execute("SELECT value FROM meta WHERE name = 'tenant'").fetchone()
        if row is None or row[0] != self.tenant:
            found = row[0] if row else "?"
            raise StoreError("other_tenant", path=str(self.path), found=found, expected=self.tenant)

    def _create(self, connection: sqlite3.Connection) -> None:
        connection.execute("BEGIN IMMEDIATE")
        try:
            (application,) = connection.execute("PRAGMA application_id").fetchone()
            if application == APPLICATION_ID:
                return
            (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            if tables or application:
                raise StoreError("not_a_store", path=str(self.path))
            for statement in SCHEMA.split(";\n"):
                if statement.strip():
                    connection.execute(statement)
            connection.execute("INSERT INTO meta VALUES ('tenant', ?)", (self.tenant,))
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute("COMMIT")
        finally:
            if connection.in_transaction:
                connection.execute("ROLLBACK")

    @contextmanager
    def plainly(self) -> Iterator[None]:
        """Turn the database's errors into :class:`~workorder.errors.StoreError`."""
        try:
            yield
        except sqlite3.Error as error:
            path = str(self.path)
            code = getattr(error, "sqlite_errorcode", 0) & 0xFF
            if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
                raise StoreError("busy", path=path, seconds=self.busy_seconds) from error
            kind = "damaged" if code in _DAMAGED else "unavailable"
            raise StoreError(kind, path=path, reason=str(error)) from error
