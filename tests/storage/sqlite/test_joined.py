"""Joined mode: a ticket and the host's own rows change together, and the host's commit decides."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desk.people import AT, CHEN, LI, a_life, open_one
from tests.storage.sqlite.hosts import KINDS, Kind, bank, committed, freeze, looking
from tests.storage.stores import change, stored, write
from workorder.desk import ServiceDesk
from workorder.errors import CommandRefused, StoreError
from workorder.storage import (
    Answer,
    Batch,
    CapacityTaken,
    Committed,
    Conflict,
    JoinedSQLiteStore,
    Repeated,
    Reservation,
    SQLiteStore,
)
from workorder.ticket import Comment


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The file of a bank."""
    return bank(tmp_path / "bank.db")


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> Kind:
    """Each kind of connection."""
    return KINDS[request.param]


@pytest.fixture
def connection(path: Path, kind: Kind) -> Iterator[sqlite3.Connection]:
    """A connection of each kind, with nothing done on it yet."""
    made = kind.connect(path)
    yield made
    made.close()


def test_committed_together(path: Path, kind: Kind, connection: sqlite3.Connection) -> None:
    """What the host and the desk did is seen by nobody before the host commits, and by everybody
    afterwards.
    """
    desk = ServiceDesk(JoinedSQLiteStore(connection))
    kind.started(connection)
    freeze(connection)
    ticket = open_one(desk)
    desk.perform(ticket.id, Comment("已冻结"), actor=LI)
    assert committed(path) == ([], [])
    assert desk.get(ticket.id, actor=LI).version == 2
    kind.commit(connection)
    assert committed(path) == (["6222"], [(ticket.id, 2)])


def test_the_desk_first(path: Path, kind: Kind, connection: sqlite3.Connection) -> None:
    """Also when the desk is the first to write: it commits nothing, the host's commit decides."""
    desk = ServiceDesk(JoinedSQLiteStore(connection))
    kind.started(connection)
    ticket = open_one(desk)
    assert connection.in_transaction
    assert committed(path) == ([], [])
    freeze(connection)
    kind.commit(connection)
    assert committed(path) == (["6222"], [(ticket.id, 1)])


def test_rolled_back_together(path: Path, kind: Kind, connection: sqlite3.Connection) -> None:
    """A roll-back takes back both, and the same command is then carried out as if never sent."""
    desk = ServiceDesk(JoinedSQLiteStore(connection))
    for _ in range(2):
        kind.started(connection)
        freeze(connection)
        ticket = a_life(desk)
        assert ticket.version == 6
        kind.rollback(connection)
        assert committed(path) == ([], [])
    kind.started(connection)
    assert a_life(desk).version == 6
    kind.commit(connection)
    assert committed(path) == ([], [(ticket.id, 6)])


def test_a_savepoint_of_the_host(path: Path, kind: Kind, connection: sqlite3.Connection) -> None:
    """What the host undoes to a savepoint of its own takes the commands since then with it, and
    none before.
    """
    desk = ServiceDesk(JoinedSQLiteStore(connection))
    kind.started(connection)
    first = open_one(desk)
    freeze(connection)
    connection.execute("SAVEPOINT mine")
    desk.perform(first.id, Comment("二"), actor=LI, command_id="second")
    open_one(desk, "open-2")
    connection.execute("ROLLBACK TO mine")
    connection.execute("RELEASE mine")
    assert desk.get(first.id, actor=LI).version == 1
    again = desk.perform(first.id, Comment("三"), actor=LI, command_id="second")
    assert again.version == 2
    kind.commit(connection)
    assert committed(path) == (["6222"], [(first.id, 2)])


def test_an_error_of_the_host(path: Path, kind: Kind, connection: sqlite3.Connection) -> None:
    """An exception between the two leaves neither."""
    desk = ServiceDesk(JoinedSQLiteStore(connection))

    def both() -> None:
        kind.started(connection)
        open_one(desk)
        try:
            connection.execute("INSERT INTO account VALUES ('6222', 1)")
        except sqlite3.IntegrityError:
            kind.rollback(connection)
            raise

    with pytest.raises(sqlite3.IntegrityError):
        both()
    assert committed(path) == ([], [])


def test_answers_that_write_nothing_leave_the_work_before(
    path: Path, kind: Kind, connection: sqlite3.Connection
) -> None:
    """A conflict, a repeat, an agent without capacity: nothing of the batch is written, and what
    the host and the desk did earlier in the transaction stays.
    """
    store = JoinedSQLiteStore(connection)
    kind.started(connection)
    freeze(connection)
    assert write(store, change("T1")) == Committed()
    before = stored(store, "T1").snapshot
    reserved = Reservation("li", 2, 2)
    assert store.commit(Batch((change("T2"),), reservations=(reserved,))) == Committed()
    assert write(store, change("T3"), change("T1", before, expected=7)) == Conflict("T1", 1)
    repeated = write(store, change("T4"), change("T1", before, command_id="c1"))
    assert isinstance(repeated, Repeated)
    more = Batch((change("T5"),), reservations=(Reservation("li", 1, 2),))
    assert store.commit(more) == CapacityTaken("li")
    assert connection.in_transaction
    assert store.ids() == ("T1", "T2")
    kind.commit(connection)
    assert committed(path) == (["6222"], [("T1", 1), ("T2", 1)])


def test_a_refusal_leaves_the_work_before(
    path: Path, kind: Kind, connection: sqlite3.Connection
) -> None:
    """A refused command is no reason to give up the rest."""
    desk = ServiceDesk(JoinedSQLiteStore(connection))
    kind.started(connection)
    freeze(connection)
    ticket = open_one(desk)
    with pytest.raises(CommandRefused):
        desk.perform(ticket.id, Comment("二"), actor=CHEN, expected_version=9)
    kind.commit(connection)
    assert committed(path) == (["6222"], [(ticket.id, 1)])


def test_reading_opens_nothing(path: Path, kind: Kind, connection: sqlite3.Connection) -> None:
    """Whoever only reads leaves no transaction behind, and is left in the one that was open."""
    with SQLiteStore(path) as beside:
        write(beside, change("T1"))
    store = JoinedSQLiteStore(connection)
    was = connection.in_transaction
    assert stored(store, "T1", "c1").receipts["c1"].version == 1
    assert len(store.records("T1")) == len(store.log()) == 1
    assert connection.in_transaction == was
    kind.started(connection)
    store.load(["T1"])
    assert connection.in_transaction == (was or bool(kind.begin))


def test_a_first_write_that_fails_opens_nothing(path: Path) -> None:
    """Where the store had to begin the transaction and then wrote nothing, none is left open: a
    host that knows of no transaction would keep everybody else from writing.
    """
    connection = KINDS["default"].connect(path)
    store = JoinedSQLiteStore(connection)
    assert write(store, change("T1", expected=3)) == Conflict("T1", 0)
    assert not connection.in_transaction
    with SQLiteStore(path, busy_seconds=0) as beside:
        assert write(beside, change("T1")) == Committed()
    connection.close()


def test_outside_a_transaction_of_the_host(path: Path) -> None:
    """A connection on which the host begins by hand: without a transaction nothing is written, and
    the error says what to execute. Reading goes on.
    """
    for name in {"by hand", "autocommit"} & set(KINDS):
        connection = KINDS[name].connect(path)
        store = JoinedSQLiteStore(connection)
        for call in (
            lambda: write(store, change("T1")),  # noqa: B023 (called at once)
            lambda: store.taken([1]),  # noqa: B023
            lambda: store.release(["T1"], "w"),  # noqa: B023
        ):
            with pytest.raises(StoreError) as raised:
                call()
            assert raised.value.code == "no_transaction"
            assert "BEGIN IMMEDIATE" in str(raised.value)
            assert str(path) in raised.value.text("zh-CN")
        assert store.load(["T1"]) == {}
        assert not connection.in_transaction
        connection.close()
    assert committed(path) == ([], [])


def test_nothing_but_savepoints(path: Path, kind: Kind, connection: sqlite3.Connection) -> None:
    """Inside a transaction of the host the store says SAVEPOINT, RELEASE and ROLLBACK TO, and
    nothing that ends a transaction or changes the connection for good.
    """
    store = JoinedSQLiteStore(connection)
    desk = ServiceDesk(store)
    kind.started(connection)
    freeze(connection)
    said: list[str] = []
    connection.set_trace_callback(said.append)
    ticket = a_life(desk)
    write(store, change(ticket.id, expected=1))
    desk.run_due()
    store.taken([position for position, _ in store.pending()])
    connection.set_trace_callback(None)
    control = {each for each in said if each.split()[0] in {"BEGIN", "COMMIT", "END", "ROLLBACK"}}
    assert control == {"ROLLBACK TO workorder_store"}
    settings = {each.split("=")[0] for each in said if each.startswith("PRAGMA")}
    assert {each.strip() for each in settings} <= {"PRAGMA main.secure_delete"}


@pytest.mark.parametrize(
    ("name", "begun"),
    [("default", "BEGIN IMMEDIATE"), ("exclusive", "BEGIN EXCLUSIVE")],
)
def test_how_the_store_begins(path: Path, name: str, begun: str) -> None:
    """Where the store begins the transaction, it begins one that writes: what it reads in it cannot
    be out of date by the time it writes.
    """
    connection = KINDS[name].connect(path)
    store = JoinedSQLiteStore(connection)
    said: list[str] = []
    connection.set_trace_callback(said.append)
    assert store.claim_due(AT, AT, "w") == ()
    connection.set_trace_callback(None)
    assert said[0] == begun
    connection.rollback()
    connection.close()


def test_others_have_written_since(path: Path) -> None:
    """A transaction that began by reading, while somebody else wrote, cannot write any more: the
    error says how to do it again, and then it works.
    """
    connection = KINDS["by hand"].connect(path)
    desk = ServiceDesk(JoinedSQLiteStore(connection))
    connection.execute("BEGIN")
    assert connection.execute("SELECT count(*) FROM account WHERE frozen").fetchone() == (0,)
    with looking(path) as other:
        freeze(other, "6223")
    with pytest.raises(StoreError) as raised:
        open_one(desk)
    assert raised.value.code == "busy_transaction"
    assert "BEGIN IMMEDIATE" in str(raised.value)
    assert connection.in_transaction
    connection.execute("ROLLBACK")
    connection.execute("BEGIN IMMEDIATE")
    ticket = open_one(desk)
    connection.execute("COMMIT")
    connection.close()
    assert committed(path) == (["6223"], [(ticket.id, 1)])


@pytest.mark.parametrize("journal", ["WAL", "DELETE"])
def test_others_are_writing(path: Path, journal: str) -> None:
    """Somebody else holds the lock for longer than the connection waits: an error with its code,
    by whether the host has to begin again, and nothing written; then it works.
    """
    with looking(path) as other:
        other.execute(f"PRAGMA journal_mode = {journal}")
        first, second = (sqlite3.connect(path, timeout=0.01) for _ in range(2))
        stores = [JoinedSQLiteStore(each) for each in (first, second)]
        second.execute("BEGIN")
        other.execute("BEGIN IMMEDIATE")
        codes = []
        for store in stores:
            with pytest.raises(StoreError) as raised:
                write(store, change("T1"))
            codes.append(raised.value.code)
        assert codes == ["busy", "busy_transaction"]
        assert (first.in_transaction, second.in_transaction) == (False, True)
        other.execute("ROLLBACK")
        assert write(stores[1], change("T1")) == Committed()
        second.commit()
        assert write(stores[0], change("T2")) == Committed()
        first.commit()
        first.close()
        second.close()
    assert committed(path)[1] == [("T1", 1), ("T2", 1)]


def test_others_were_first(path: Path) -> None:
    """Outside a transaction, a ticket that changed since it was loaded is decided again, as on any
    store; inside one that cannot be: what was loaded stays as it was.
    """
    connection = KINDS["default"].connect(path)
    store = JoinedSQLiteStore(connection)
    desk = ServiceDesk(store)
    ticket = open_one(desk)
    connection.commit()
    with SQLiteStore(path) as beside:
        first = [True]

        class Racing(JoinedSQLiteStore):
            """A store on which somebody else is first, once."""

            def commit(self, batch: Batch) -> Answer:
                """Let the other go first."""
                if first.pop() if first else False:
                    ServiceDesk(beside).perform(ticket.id, Comment("先"), actor=LI)
                return super().commit(batch)

        racing = ServiceDesk(Racing(connection))
        assert racing.perform(ticket.id, Comment("后"), actor=LI).version == 3
        connection.commit()
    connection.close()
    assert committed(path)[1] == [(ticket.id, 3)]
