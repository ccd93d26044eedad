"""Opening store files: a connection per thread, and plain words for what can be wrong."""

import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal
from weakref import WeakSet

from workorder.errors import StoreError
from workorder.storage.chain import checked_tenant
from workorder.storage.sqlite.schema import (
    APPLICATION_ID,
    SCHEMA_VERSION,
    Executor,
    check_tables,
    has_tables,
    make_tables,
)

CHECKPOINT_PAGES = 10_000
"""Pages in the write-ahead log before it is folded back: 40 MB. The default of 1,000 costs
about a quarter of the throughput, for good."""

_PATIENCE = 0.1
"""Seconds that an erasure waits for those who read, to empty the log at once."""

_PAUSE = 0.01
"""Seconds before a file is asked for its log again."""

Synchronous = Literal["NORMAL", "FULL"]

OLDEST = (3, 35, 0)
"""The oldest SQLite that has ``RETURNING``."""

DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
"""Codes of the database for a file that is not whole."""

_INHERITED: list[object] = []
"""Connections a fork brought along. They may be neither used nor closed in the child: closing
one could take the log away from under the parent. So they are kept until the process ends."""


def check_version(path: str) -> None:
    """See that SQLite is new enough.

    Raises:
        StoreError: ``unavailable``, naming both versions.
    """
    if sqlite3.sqlite_version_info < OLDEST:
        reason = f"SQLite 3.35 or newer is needed, this is {sqlite3.sqlite_version}"
        raise StoreError("unavailable", path=path, reason=reason)


class _Held:
    """A connection that is closed when its thread ends, or before: but never while a statement is
    carried out on it, which would end the process.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.closed = False
        self.used = threading.RLock()
        self._process = os.getpid()

    def __enter__(self) -> sqlite3.Connection:
        return self.connection

    def __exit__(self, *_error: object) -> None:
        self.used.release()

    def close(self) -> None:
        """Close it, unless it is used at the moment: then it is closed when nobody holds it."""
        if self.used.acquire(blocking=False):
            try:
                self.closed = True
                self.connection.close()
            finally:
                self.used.release()

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
        self._making = threading.Lock()
        self._file: tuple[int, int] | None = None
        self.writing = threading.Lock()
        self.owed = False

    def get(self) -> sqlite3.Connection:
        """This thread's connection."""
        return self._held().connection

    def using(self) -> _Held:
        """This thread's connection, which nobody closes before the ``with`` is over."""
        while True:
            held = self._held()
            held.used.acquire()
            if not held.closed:
                return held
            held.used.release()  # somebody closed the store just now

    def _held(self) -> _Held:
        if self._process != os.getpid():
            self._reset()
        held: _Held | None = getattr(self._local, "held", None)
        if held is None:
            held = self._local.held = _Held(self._open())
            with self._making:
                self._made.add(held)
        return held

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """This thread's connection, and everything read as of one moment."""
        with self.using() as connection:
            try:
                connection.execute("BEGIN")
                yield connection
            finally:
                if connection.in_transaction:
                    connection.execute("COMMIT")

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """This thread's connection, in a transaction that writes all or nothing."""
        # Threads of one process queue here instead of polling the file's lock.
        with self.using() as connection, self.writing:
            self._check_file()
            try:
                connection.execute("BEGIN IMMEDIATE")
                yield connection
                connection.execute("COMMIT")
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")

    @staticmethod
    def scrub(executor: Executor) -> bool:
        """Fold the write-ahead log back and empty it, so that what was erased does not stand in it
        any longer; whether that is done. Where others read at the moment, the next one to write or
        close does it.
        """
        busy, _, _ = executor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy

    def tidy(self) -> None:
        """Scrub after an erasure. Whoever reads meanwhile is not waited for, since a report may
        read for long: it is owed then, to be tried again with the next commit.
        """
        patience = round(min(self.busy_seconds, _PATIENCE) * 1000)
        with self.using() as connection:
            connection.execute(f"PRAGMA busy_timeout = {patience}")
            try:
                self.owed = not self.scrub(connection)
            finally:
                connection.execute(f"PRAGMA busy_timeout = {round(self.busy_seconds * 1000)}")

    def close(self) -> None:
        """Close every connection of this process; one that another thread uses at the moment is
        closed as soon as it is not.
        """
        if self._process != os.getpid():
            self._reset()
        with self._making:
            made, self._made = list(self._made), WeakSet()
        self._file = None
        self._local = threading.local()
        for held in made:
            held.close()

    def _open(self) -> sqlite3.Connection:
        check_version(str(self.path))
        if not self.create and not self.path.exists():
            raise StoreError("no_such_file", path=str(self.path))
        if self._file is not None:  # opened, another file would be given the log of this one
            self._check_file()
        with self.plainly():
            connection = sqlite3.connect(
                self.path, timeout=self.busy_seconds, isolation_level=None, check_same_thread=False
            )
            try:
                self._prepare(connection)
                self._check_file()
                # A file that vanishes later is not made anew: others may still write to it.
                self.create = False
            except BaseException:
                connection.close()
                raise
            return connection

    def _check_file(self) -> None:
        """See that the file is still the one that was opened. What is written to one that was
        deleted, or that another has taken the place of, would be gone without a word.
        """
        try:
            found = self.path.stat()
        except FileNotFoundError as error:
            raise StoreError("no_such_file", path=str(self.path)) from error
        except OSError:
            return  # it cannot be told
        place = found.st_dev, found.st_ino
        if self._file is None:
            self._file = place
        elif self._file != place:
            reason = (
                "another file took its place while it was open: stop all that use it, remove what "
                "ends in -wal and -shm, and put the file there again"
            )
            raise StoreError("unavailable", path=str(self.path), reason=reason)

    def _prepare(self, connection: sqlite3.Connection) -> None:
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        # A host's database with our tables in it keeps its own marks, and its own journal.
        own = application == APPLICATION_ID or not has_tables(connection)
        if own:
            self._prepare_file(connection, application)
        connection.execute("PRAGMA secure_delete = ON")  # what is erased is overwritten
        connection.execute(f"PRAGMA synchronous = {self.synchronous}")
        connection.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}")
        check_tables(connection, self.tenant, str(self.path))

    def _prepare_file(self, connection: sqlite3.Connection, application: int) -> None:
        if application != APPLICATION_ID:
            if not self.create:
                raise StoreError("not_a_store", path=str(self.path))
            self._create(connection)
        (found,) = connection.execute("PRAGMA user_version").fetchone()
        if found != SCHEMA_VERSION:
            raise StoreError(
                "schema_version", path=str(self.path), found=found, expected=SCHEMA_VERSION
            )
        self._keep_log(connection)

    def _keep_log(self, connection: sqlite3.Connection) -> None:
        """Let the file have a log. Of several that ask for one at once SQLite turns some away
        without waiting, for they would wait for each other; so they try again.
        """
        patience = time.monotonic() + self.busy_seconds
        while connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
            try:
                connection.execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError as error:
                busy = getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY
                if not busy or time.monotonic() > patience:
                    raise
                time.sleep(_PAUSE)

    def _create(self, connection: sqlite3.Connection) -> None:
        connection.execute("BEGIN IMMEDIATE")
        try:
            (application,) = connection.execute("PRAGMA application_id").fetchone()
            if application == APPLICATION_ID:
                return
            (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            if tables or application:
                raise StoreError("not_a_store", path=str(self.path))
            make_tables(connection, self.tenant)
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
            kind = "damaged" if code in DAMAGED else "unavailable"
            raise StoreError(kind, path=path, reason=str(error)) from error
