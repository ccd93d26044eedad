"""Joined mode: the tables inside a host's database, on the host's connection.

A change of a ticket and a change of the host's own rows stand or fall together, and it is the
host's commit that decides. So nothing here commits what it wrote. Every commit of a batch is a
savepoint inside the host's transaction: what does not go through is undone back to it, and what
the host did before stays.

Where no transaction is open, one is begun if the connection is of the kind that begins one
before the first statement that writes, as ``sqlite3`` does by default; it is left open for the
host to commit. A connection that leaves beginning to the host is refused: outside a transaction,
releasing a savepoint would be a commit.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from threading import RLock

from workorder.errors import InvalidInput, StoreError
from workorder.storage.chain import checked_tenant
from workorder.storage.sqlite.connections import DAMAGED, Connections, check_version
from workorder.storage.sqlite.schema import check_tables, has_tables, make_tables
from workorder.storage.sqlite.tables import TablesStore

_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_SECURE = ("OFF", "ON", "FAST")
_LEGACY = -1
"""What ``autocommit`` of a connection is where ``isolation_level`` says when one is begun."""


class JoinedSQLiteStore(TablesStore):
    """A store on a host's own connection, for tickets and host data that change together.

    Everything is written inside the host's transaction, and stands when the host commits; the
    store never commits. If none is open, the first call that writes begins one where the
    connection itself would (``isolation_level`` not ``None``), and is refused as
    ``no_transaction`` where it would not. One connection serves one thread at a time, and by
    default only the one that made it; so does the store. The connection keeps all its settings.

    Args:
        connection: the host's; its database must be kept in UTF-8, as is the default.
        tenant: whose tickets these are; one set of tables belongs to one tenant for good.
        create: whether to make the tables if they are missing; see :meth:`create_tables`.

    Raises:
        StoreError: ``no_tables``, ``other_tenant``, ``schema_version``, ``other_thread``,
            ``unavailable`` here. From calls that write, also ``no_transaction``; ``busy`` when
            others held the lock and no transaction was open; ``busy_transaction`` when one was,
            and ``transaction_lost`` when the database rolled all of it back: in both cases the
            host does the whole transaction again.
    """

    def __init__(
        self, connection: sqlite3.Connection, *, tenant: str = "", create: bool = False
    ) -> None:
        if not isinstance(connection, sqlite3.Connection):
            found = type(connection).__name__
            raise InvalidInput(
                "wrong_type", name="connection", expected="an sqlite3.Connection", found=found
            )
        self._connection = connection
        # Threads that share a connection by mistake would end each other's savepoints.
        self._one = RLock()
        self._tenant = checked_tenant(tenant)
        if create:
            self.create_tables(connection, tenant=tenant)
        with self._reading() as cursor:
            check_version(_path(cursor))
            if not has_tables(cursor):
                raise StoreError("no_tables", path=_path(cursor))
            check_tables(cursor, self._tenant, _path(cursor))

    @classmethod
    def create_tables(cls, connection: sqlite3.Connection, *, tenant: str = "") -> None:
        """Make the tables in the host's database, if they are not there: in the transaction that
        is open, or at once if there is none, as any ``CREATE TABLE`` of the host's.

        Raises:
            StoreError: ``other_tenant`` or ``schema_version`` when others are there;
                ``unavailable`` when the database is not kept in UTF-8.
        """
        checked_tenant(tenant)
        with _joined(connection) as cursor, _savepoint(cursor):
            path = _path(cursor)
            check_version(path)
            if has_tables(cursor):
                check_tables(cursor, tenant, path)
                return
            (encoding,) = cursor.execute("PRAGMA encoding").fetchone()
            if encoding != "UTF-8":  # text would not sort by code point
                raise StoreError("unavailable", path=path, reason=f"its text is kept in {encoding}")
            make_tables(cursor, tenant)

    @property
    def tenant(self) -> str:
        """Whose tickets these are."""
        return self._tenant

    def scrub(self) -> bool:
        """Fold the write-ahead log back and empty it; to be called after the host has committed a
        change that erases, for what was erased may stand in the log until then.

        Returns:
            Whether nothing of it is left; false while others read: call it again later.

        Raises:
            StoreError: ``in_transaction`` while a transaction is open.
        """
        with self._one, _joined(self._connection) as cursor:
            if self._connection.in_transaction:
                raise StoreError("in_transaction", path=_path(cursor))
            return Connections.scrub(cursor)

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Cursor]:
        with self._one, _joined(self._connection) as cursor:
            yield cursor

    @contextmanager
    def _moment(self) -> Iterator[sqlite3.Cursor]:
        with self._one, _joined(self._connection) as cursor, _savepoint(cursor):
            yield cursor

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Cursor]:
        with self._one, _joined(self._connection) as cursor:
            began = _begin(self._connection, cursor)
            try:
                with _erasing_for_good(cursor), _savepoint(cursor):
                    yield cursor
            except BaseException:
                # As it was before: nothing stands in a transaction that was begun for this alone.
                if began and self._connection.in_transaction:
                    cursor.execute("ROLLBACK")
                raise


@contextmanager
def _joined(connection: sqlite3.Connection) -> Iterator[sqlite3.Cursor]:
    """A cursor that gives plain tuples, whatever the host's connection makes of rows and text; the
    database's errors become :class:`~workorder.errors.StoreError`.
    """
    try:
        was_open = connection.in_transaction
        # Made by its class: a host's connection may give cursors of its own kind.
        cursor = sqlite3.Cursor(connection)
    except sqlite3.Error as error:
        code = "other_thread" if "thread" in str(error) else "unavailable"
        raise StoreError(code, path="the host's database", reason=str(error)) from error
    factory, connection.text_factory = connection.text_factory, str
    try:
        yield cursor
    except sqlite3.Error as error:
        raise _plain(error, cursor, was_open=was_open) from error
    finally:
        connection.text_factory = factory
        cursor.close()


def _plain(error: sqlite3.Error, cursor: sqlite3.Cursor, *, was_open: bool) -> StoreError:
    """The error in plain words: what the host is to do follows from whether its transaction was
    open before, and whether it is still.
    """
    path, reason = _path(cursor), str(error)
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if was_open and not cursor.connection.in_transaction:
        return StoreError("transaction_lost", path=path, reason=reason)
    # The other meaning of busy: a statement of the host's own that writes is not finished.
    if code in _BUSY and "in progress" not in reason:
        if was_open:
            return StoreError("busy_transaction", path=path)
        (milliseconds,) = cursor.execute("PRAGMA busy_timeout").fetchone()
        return StoreError("busy", path=path, seconds=milliseconds / 1_000)
    return StoreError("damaged" if code in DAMAGED else "unavailable", path=path, reason=reason)


def _path(cursor: sqlite3.Cursor) -> str:
    """The file of the host's database."""
    rows = cursor.execute("PRAGMA database_list").fetchall()
    return next((row[2] for row in rows if row[1] == "main"), "") or ":memory:"


def _begin(connection: sqlite3.Connection, cursor: sqlite3.Cursor) -> bool:
    """Begin a transaction if none is open, as the connection itself would before it writes."""
    if connection.in_transaction:
        return False
    level = connection.isolation_level
    if level is None or getattr(connection, "autocommit", _LEGACY) != _LEGACY:
        raise StoreError("no_transaction", path=_path(cursor))
    # At once, for writing: nothing was read yet that others could make outdated.
    cursor.execute("BEGIN EXCLUSIVE" if level.upper() == "EXCLUSIVE" else "BEGIN IMMEDIATE")
    return True


@contextmanager
def _savepoint(cursor: sqlite3.Cursor) -> Iterator[None]:
    """Everything inside or nothing; what was done before stays either way."""
    connection = cursor.connection
    cursor.execute("SAVEPOINT workorder_store")
    try:
        yield
        cursor.execute("RELEASE workorder_store")
    except BaseException:
        if connection.in_transaction:  # a trigger, or a full disk, may have ended it all
            cursor.execute("ROLLBACK TO workorder_store")
            cursor.execute("RELEASE workorder_store")
        raise


@contextmanager
def _erasing_for_good(cursor: sqlite3.Cursor) -> Iterator[None]:
    """Deleted content is overwritten meanwhile; afterwards the host's setting holds again.

    While anything is written, not only while something is erased: pages that are rearranged leave
    copies behind.
    """
    (was,) = cursor.execute("PRAGMA main.secure_delete").fetchone()
    if was != 1:
        cursor.execute("PRAGMA main.secure_delete = ON").fetchone()
    try:
        yield
    finally:
        if was != 1:
            cursor.execute(f"PRAGMA main.secure_delete = {_SECURE[was]}").fetchone()
