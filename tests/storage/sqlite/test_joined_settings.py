"""Joined mode on connections that a host has set up in its own way, with tables of its own."""

import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest

from tests.desk.people import CHEN, LI, a_life, open_one
from tests.storage.sqlite.hosts import KINDS, bank, committed, freeze, looking
from tests.storage.stores import change, stored, tables, write
from workorder.desk import ServiceDesk
from workorder.errors import InvalidInput, StoreError
from workorder.storage import Batch, Committed, JoinedSQLiteStore, SQLiteStore
from workorder.storage.batch import EVERYTHING
from workorder.storage.sqlite.schema import SCHEMA_VERSION
from workorder.ticket import Comment, SealedValue

BY_HAND = KINDS["by hand"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The file of a bank."""
    return bank(tmp_path / "bank.db")


@pytest.fixture
def connection(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection on which the host begins by hand."""
    made = BY_HAND.connect(path)
    yield made
    made.close()


def refused(*given: Any, **settings: Any) -> StoreError:
    """The error of joining."""
    with pytest.raises(StoreError) as raised:
        JoinedSQLiteStore(*given, **settings)
    assert raised.value.text("zh-CN") != str(raised.value)
    return raised.value


class OwnCursor(sqlite3.Cursor):
    """A cursor of the host's, which nobody else may use."""

    def execute(self, *_given: object) -> NoReturn:
        """Not for others."""
        raise AssertionError


class OwnConnection(sqlite3.Connection):
    """A connection that gives cursors of its own."""

    def cursor(self, *_given: object) -> OwnCursor:  # type: ignore[override]  # as hosts do
        """One of its own."""
        return OwnCursor(self)

    def execute(self, *_given: object) -> NoReturn:
        """Not for others."""
        raise AssertionError


def converted(data: bytes) -> object:
    """What a host may make of a column."""
    return {"converted": data}


def settings(connection: sqlite3.Connection) -> list[object]:
    """What a host may have set."""
    names = ("secure_delete", "journal_mode", "foreign_keys", "synchronous", "busy_timeout")
    found = [sqlite3.Cursor(connection).execute(f"PRAGMA {name}").fetchall() for name in names]
    return [*found, connection.row_factory, connection.text_factory, connection.isolation_level]


@pytest.mark.parametrize("deleting", ["OFF", "ON", "FAST"])
@pytest.mark.parametrize("text", [bytes, lambda data: data[::-1]])
@pytest.mark.parametrize("row", [sqlite3.Row, lambda _cursor, row: {"row": row}])
def test_what_a_host_makes_of_rows_and_text(
    path: Path, monkeypatch: pytest.MonkeyPatch, row: Any, text: Any, deleting: str
) -> None:
    """Factories, converters and cursors of the host's get between us and our rows nowhere, and
    are as they were afterwards, like every setting of the connection.
    """
    for declared in ("TEXT", "INTEGER", "BLOB"):
        monkeypatch.setitem(sqlite3.converters, declared, converted)
    connection = sqlite3.connect(
        path,
        isolation_level=None,
        factory=OwnConnection,
        detect_types=sqlite3.PARSE_DECLTYPES | sqlite3.PARSE_COLNAMES,
    )
    connection.row_factory, connection.text_factory = row, text
    host = sqlite3.Cursor(connection)
    host.execute("PRAGMA foreign_keys = ON")
    host.execute(f"PRAGMA secure_delete = {deleting}")
    was = settings(connection)
    store = JoinedSQLiteStore(connection)
    desk = ServiceDesk(store)
    host.execute("BEGIN IMMEDIATE")
    ticket = open_one(desk)
    again = desk.perform(ticket.id, Comment("好"), actor=CHEN, command_id="c")
    assert desk.perform(ticket.id, Comment("好"), actor=CHEN, command_id="c") == again
    assert desk.find(actor=CHEN).tickets == (again,)
    assert [entry.texts for entry in desk.history(ticket.id, actor=CHEN)][-1] == {"text": "好"}
    assert [record.sequence for _, record in store.log()] == list(range(1, again.version + 1))
    assert store.claim_due(again.times.last, again.times.last, "w") == ()
    host.execute("UPDATE workorder_tickets SET next_timer = '2026-01-01T00:00:00.000000Z'")
    (lent,) = store.claim_due(again.times.last, again.times.last, "w")
    assert lent.ticket == again
    host.execute("UPDATE workorder_tickets SET next_timer = NULL")
    for call in (lambda: store.commit(Batch((change(ticket.id, expected=1),))), desk.run_due):
        call()
    store.taken([position for position, _ in store.pending()])
    assert store.ids() == (ticket.id,)
    assert settings(connection) == was
    host.execute("COMMIT")
    connection.close()
    assert committed(path)[1] == [(ticket.id, again.version)]


def test_rows_that_refer_to_tickets(path: Path, connection: sqlite3.Connection) -> None:
    """A host's rows may refer to tickets by a foreign key, and its triggers may follow them."""
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("CREATE TABLE claim (ticket REFERENCES workorder_tickets (id), cents)")
    connection.execute("CREATE TABLE audit (ticket, version)")
    connection.execute(
        "CREATE TRIGGER follow AFTER UPDATE ON workorder_tickets BEGIN"
        " INSERT INTO audit VALUES (new.id, new.version); END"
    )
    desk = ServiceDesk(JoinedSQLiteStore(connection))
    connection.execute("BEGIN IMMEDIATE")
    ticket = a_life(desk)
    connection.execute("INSERT INTO claim VALUES (?, 100)", (ticket.id,))
    with pytest.raises(sqlite3.IntegrityError):
        connection.execute("INSERT INTO claim VALUES ('nobody', 100)")
    connection.execute("COMMIT")
    assert tables(path)["audit"] == [(ticket.id, version) for version in range(2, 7)]
    assert tables(path)["claim"] == [(ticket.id, 100)]


@pytest.mark.parametrize(
    "does", ["SELECT RAISE(ABORT, 'not today')", "INSERT INTO account VALUES ('6222', 1)"]
)
def test_a_trigger_that_says_no(path: Path, connection: sqlite3.Connection, does: str) -> None:
    """What a host's trigger does not allow is an error with the trigger's reason, not a conflict
    that nobody can find; the work before stays.
    """
    connection.execute(f"CREATE TRIGGER guard BEFORE INSERT ON workorder_tickets BEGIN {does}; END")
    store = JoinedSQLiteStore(connection)
    connection.execute("BEGIN IMMEDIATE")
    freeze(connection)
    with pytest.raises(StoreError) as raised:
        write(store, change("T1"))
    assert raised.value.code == "unavailable"
    assert "not today" in str(raised.value) or "account" in str(raised.value)
    connection.execute("COMMIT")
    assert committed(path) == (["6222"], [])


def test_a_trigger_that_ends_everything(path: Path, connection: sqlite3.Connection) -> None:
    """When the database itself rolls the host's transaction back, the host is told so."""
    connection.execute(
        "CREATE TRIGGER guard AFTER INSERT ON workorder_tickets BEGIN"
        " SELECT RAISE(ROLLBACK, 'never'); END"
    )
    store = JoinedSQLiteStore(connection)
    connection.execute("BEGIN IMMEDIATE")
    freeze(connection)
    with pytest.raises(StoreError) as raised:
        write(store, change("T1"))
    assert raised.value.code == "transaction_lost"
    assert "never" in str(raised.value)
    assert not connection.in_transaction
    assert committed(path) == ([], [])


def test_a_statement_of_the_host_that_is_not_finished(
    path: Path, connection: sqlite3.Connection
) -> None:
    """A host may be half way through its own rows while the desk works, also when the desk's work
    is undone.
    """
    store = JoinedSQLiteStore(connection)
    connection.execute("BEGIN IMMEDIATE")
    rows = connection.execute("SELECT number FROM account ORDER BY number")
    assert rows.fetchone() == ("6222",)
    assert write(store, change("T1")) == Committed()
    assert write(store, change("T2"), change("T1", expected=9)) != Committed()
    assert rows.fetchall() == [("6223",)]
    connection.execute("COMMIT")
    assert committed(path) == ([], [("T1", 1)])


def test_a_statement_that_writes_and_is_not_finished(
    path: Path, connection: sqlite3.Connection
) -> None:
    """Half way through rows that a statement of the host's is still writing, the database allows no
    savepoint: an error with that reason, not one that blames others.
    """
    store = JoinedSQLiteStore(connection)
    connection.execute("BEGIN IMMEDIATE")
    rows = connection.execute("UPDATE account SET frozen = 1 RETURNING number")
    assert rows.fetchone() == ("6222",)
    with pytest.raises(StoreError) as raised:
        write(store, change("T1"))
    assert raised.value.code == "unavailable"
    assert "in progress" in str(raised.value)
    rows.fetchall()
    assert write(store, change("T1")) == Committed()
    connection.execute("COMMIT")
    assert committed(path) == (["6222", "6223"], [("T1", 1)])


@pytest.mark.parametrize("journal", ["WAL", "DELETE"])
def test_erased_for_good(path: Path, connection: sqlite3.Connection, journal: str) -> None:
    """What is erased stands in no byte of the database's files once the host has committed and
    called ``scrub``, although the host's own deletions are not overwritten.
    """
    connection.execute(f"PRAGMA journal_mode = {journal}")
    connection.execute("PRAGMA secure_delete = OFF")
    store = JoinedSQLiteStore(connection)
    secret = "滨江道一百二十号 " * 300  # more than a page
    connection.execute("BEGIN IMMEDIATE")
    sealed = (SealedValue("T1", "1.title", b"salt", secret),)
    assert store.commit(Batch((change("T1"),), sealed=sealed)) == Committed()
    connection.execute("COMMIT")
    assert any("滨江道".encode() in each.read_bytes() for each in path.parent.iterdir())
    connection.execute("BEGIN IMMEDIATE")
    plain = change("T1", stored(store, "T1").snapshot)
    erasing = type(plain)(
        plain.ticket_id,
        plain.expected,
        plain.snapshot,
        plain.records,
        plain.marks,
        plain.before,
        (EVERYTHING,),
    )
    assert store.commit(Batch((erasing,))) == Committed()
    with pytest.raises(StoreError) as raised:
        store.scrub()
    assert raised.value.code == "in_transaction"
    connection.execute("COMMIT")
    with looking(path) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM account").fetchall()
        done = store.scrub()
    assert done or store.scrub()
    assert not any("滨江道".encode() in each.read_bytes() for each in path.parent.iterdir())
    assert not any(b"digest of c1" in each.read_bytes() for each in path.parent.iterdir())
    assert connection.execute("PRAGMA secure_delete").fetchone() == (0,)


def test_another_thread(connection: sqlite3.Connection) -> None:
    """A connection belongs to the thread that made it; from another one, the error says so."""
    store = JoinedSQLiteStore(connection)
    said: list[str] = []

    def work() -> None:
        for call in (lambda: store.load(["T1"]), lambda: write(store, change("T1"))):
            with pytest.raises(StoreError) as raised:
                call()
            said.append(raised.value.code)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert said == ["other_thread", "other_thread"]
    connection.execute("BEGIN IMMEDIATE")
    assert write(store, change("T1")) == Committed()
    connection.execute("COMMIT")


def test_a_closed_connection(path: Path) -> None:
    """A connection that the host has closed is unavailable, with the reason."""
    connection = BY_HAND.connect(path)
    store = JoinedSQLiteStore(connection)
    connection.close()
    with pytest.raises(StoreError) as raised:
        store.load(["T1"])
    assert raised.value.code == "unavailable"
    assert "closed" in str(raised.value)


def test_tables_of_another_tenant(path: Path, connection: sqlite3.Connection) -> None:
    """One set of tables belongs to one tenant; whoever joins as another is told both names."""
    error = refused(connection, tenant="乙银行")
    assert (error.code, error.facts["found"], error.facts["expected"]) == (
        "other_tenant",
        "",
        "乙银行",
    )
    assert str(path) in str(error)
    with pytest.raises(StoreError) as raised:
        JoinedSQLiteStore.create_tables(connection, tenant="乙银行")
    assert raised.value.code == "other_tenant"


def test_tables_of_another_schema(connection: sqlite3.Connection) -> None:
    """Tables of a later version are refused, naming both numbers."""
    connection.execute("UPDATE workorder_meta SET value = '9' WHERE name = 'schema'")
    error = refused(connection, create=True)
    assert (error.code, error.facts["found"], error.facts["expected"]) == (
        "schema_version",
        "9",
        SCHEMA_VERSION,
    )


def test_no_tables_yet(tmp_path: Path) -> None:
    """Without the tables joining is refused, and nothing is made; with ``create`` they are, as
    often as one likes.
    """
    connection = BY_HAND.connect(tmp_path / "host.db")
    error = refused(connection)
    assert (error.code, "create_tables" in str(error)) == ("no_tables", True)
    assert connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
    for _ in range(2):
        assert JoinedSQLiteStore(connection, tenant="甲", create=True).tenant == "甲"
    names = connection.execute("SELECT name FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    assert all(name.startswith(("workorder_", "sqlite_sequence")) for (name,) in names)
    assert connection.execute("PRAGMA application_id").fetchone() == (0,)
    assert connection.execute("PRAGMA user_version").fetchone() == (0,)
    connection.close()


def test_tables_made_in_a_transaction(tmp_path: Path) -> None:
    """Making the tables is part of the host's transaction, too."""
    connection = BY_HAND.connect(tmp_path / "host.db")
    connection.execute("BEGIN IMMEDIATE")
    store = JoinedSQLiteStore(connection, create=True)
    assert write(store, change("T1")) == Committed()
    connection.execute("ROLLBACK")
    assert connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
    with pytest.raises(StoreError) as raised:
        store.load(["T1"])
    assert raised.value.code == "unavailable"
    connection.close()


def test_a_database_in_another_encoding() -> None:
    """Where text is not kept in UTF-8 it would not sort by code point: refused."""
    connection = sqlite3.connect(":memory:")
    connection.execute("PRAGMA encoding = 'UTF-16le'")
    connection.execute("CREATE TABLE account (number)")
    error = refused(connection, create=True)
    assert (error.code, "UTF-16le" in str(error)) == ("unavailable", True)
    connection.close()


def test_something_else_than_a_connection() -> None:
    """A path is no connection."""
    with pytest.raises(InvalidInput) as raised:
        JoinedSQLiteStore("bank.db")  # type: ignore[arg-type]  # what is tested
    assert raised.value.code == "wrong_type"


def test_a_database_in_memory() -> None:
    """A host's tests may join a database that is in no file."""
    connection = sqlite3.connect(":memory:")
    desk = ServiceDesk(JoinedSQLiteStore(connection, create=True))
    ticket = a_life(desk)
    connection.rollback()
    assert desk.find(actor=CHEN).tickets == ()
    assert a_life(desk).id == ticket.id
    connection.close()


def test_workers_on_connections_of_their_own(path: Path, connection: sqlite3.Connection) -> None:
    """A file store opens a host's database with the tables in it, and leaves the host's journal
    and marks as they are; a database without them it still refuses.
    """
    connection.execute("PRAGMA journal_mode = DELETE")
    with SQLiteStore(path) as store:
        ticket = open_one(ServiceDesk(store))
        store.commit(Batch((change("T2"),)))
    with pytest.raises(StoreError) as raised:
        SQLiteStore(path, tenant="乙银行")
    assert raised.value.code == "other_tenant"
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert connection.execute("PRAGMA application_id").fetchone() == (4711,)
    assert connection.execute("PRAGMA user_version").fetchone() == (0,)
    assert ServiceDesk(JoinedSQLiteStore(connection)).get(ticket.id, actor=LI).version == 1


def test_a_host_that_joins_a_store_file(tmp_path: Path) -> None:
    """The file of a plain store can be joined as well, and stays one."""
    path = tmp_path / "store.db"
    with SQLiteStore(path, tenant="甲") as store:
        write(store, change("T1"))
    connection = BY_HAND.connect(path)
    joined = JoinedSQLiteStore(connection, tenant="甲", create=True)
    connection.execute("BEGIN IMMEDIATE")
    assert write(joined, change("T1", stored(joined, "T1").snapshot)) == Committed()
    connection.execute("COMMIT")
    connection.close()
    with SQLiteStore(path, tenant="甲", create=False) as store:
        assert stored(store, "T1").snapshot.ticket.version == 2
