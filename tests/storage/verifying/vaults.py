"""Stores to tamper with: what stands in them can be changed behind their backs."""

import json
import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from attrs import define

from workorder.canonical import encode
from workorder.desk import ServiceDesk
from workorder.storage import FullStore, MemoryStore, Record, Snapshot, SQLiteStore, record_digest
from workorder.storage.batch import Stored
from workorder.ticket import Close, Command, Comment, Dispatch, SealedValue, Start, Submit
from workorder.workflow import Actor

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LI = Actor("li", "handler", "cards")
CHEN = Actor("chen", "supervisor", "hq")
SECRET = "nobody may read this in a report"
LIFE: tuple[tuple[Command, Actor], ...] = (
    (Dispatch("li", "cards", SECRET), CHEN),
    (Start(), LI),
    (Comment(SECRET), LI),
    (Submit(SECRET), LI),
    (Close(), CHEN),
)
NAMES = ("T1", "T2", "T3")
EVENTS = 1 + len(LIFE)


@define
class Row:
    """A record as it is filed; without a position, it comes to the end of the log."""

    position: int | None
    sequence: Any
    version: Any
    data: Any

    def said(self) -> dict[str, Any]:
        """What it says."""
        found: dict[str, Any] = json.loads(self.data)
        return found

    def say(self, **changes: Any) -> None:
        """Make it say something else; ``...`` takes a key away."""
        said = self.said() | changes
        self.data = encode({key: value for key, value in said.items() if value is not ...})


class Vault(ABC):
    """A store, and hands that reach into it. T1, T2 and T3 live side by side in it."""

    store: FullStore
    ids: dict[str, str]

    desk: ServiceDesk

    def staff(self, begin: int = 100) -> ServiceDesk:
        """A desk at the store, so many minutes after the beginning."""
        moments = iter(range(begin, 10_000))
        self.desk = ServiceDesk(
            self.store,
            time=lambda: AT + timedelta(minutes=next(moments)),
            new_entropy=lambda: b"of the tests, sixteen or more",
        )
        return self.desk

    def fill(self) -> None:
        """Three tickets with the same life, their steps taking turns."""
        desk = self.staff(0)
        self.ids = {
            name: desk.open(
                "complaint",
                customer=f"C-{name}",
                fields={"title": SECRET, "product": "card"},
                actor=CHEN,
                command_id=f"open {name}",
            ).id
            for name in NAMES
        }
        for command, actor in LIFE:
            for ticket_id in self.ids.values():
                desk.perform(ticket_id, command, actor=actor)

    @contextmanager
    def editing(self, name: str) -> Iterator[list[Row]]:
        """The rows of a ticket; what they are afterwards is what the store has."""
        rows = self.rows(self.ids[name])
        yield rows
        self.put_rows(self.ids[name], rows)

    def rechain(self, name: str, rows: list[Row], start: int = 0) -> str:
        """Make every row from *start* on name the one before it, and give back the head."""
        head = self.digest(name, rows[start - 1]) if start else ""
        for row in rows[start:]:
            row.say(previous=head or ...)
            head = self.digest(name, row)
        return head

    def digest(self, name: str, row: Row) -> str:
        """The digest of a row, by SHA-256."""
        return record_digest(self.store.tenant, self.ids[name], row.data)

    @contextmanager
    def restating(self, name: str) -> Iterator[dict[str, Any]]:
        """The snapshot of a ticket as plain data; what it is afterwards is what the store has."""
        said = json.loads(self.snapshot(self.ids[name]))
        yield said
        self.put_snapshot(self.ids[name], encode(said))

    @abstractmethod
    def rows(self, ticket_id: str) -> list[Row]:
        """The records of a ticket."""

    @abstractmethod
    def put_rows(self, ticket_id: str, rows: list[Row]) -> None:
        """Replace the records of a ticket."""

    @abstractmethod
    def snapshot(self, ticket_id: str) -> bytes:
        """The bytes of a snapshot."""

    @abstractmethod
    def put_snapshot(self, ticket_id: str, data: bytes) -> None:
        """Replace them."""

    @abstractmethod
    def drop(self, name: str) -> None:
        """Take a ticket away with everything that belongs to it."""

    @abstractmethod
    def swap_in_log(self, one: int, other: int) -> None:
        """Let two records change places in the log."""

    @abstractmethod
    def put_sealed(self, ticket_id: str, ref: str, salt: bytes | None, value: str) -> None:
        """Replace a sealed value; without salt, take it away."""

    def sealed(self, ticket_id: str, ref: str) -> SealedValue:
        """A sealed value that must be there."""
        return self.store.reveal(ticket_id, [ref])[ref]


class MemoryVault(Vault):
    """In memory."""

    _filled: tuple[MemoryStore, dict[str, str]] | None = None

    def __init__(self) -> None:
        self.store = self.memory = MemoryStore()
        if MemoryVault._filled is None:
            self.fill()
            MemoryVault._filled = self.memory, self.ids
            self.store = self.memory = MemoryStore()
        filled, self.ids = MemoryVault._filled
        self.memory._tickets.update(filled._tickets)
        self.memory._log.extend(filled._log)
        self.memory._records.update({key: list(each) for key, each in filled._records.items()})
        self.memory._receipts.update({key: dict(each) for key, each in filled._receipts.items()})
        self.memory._sealed.update({key: dict(each) for key, each in filled._sealed.items()})
        self.staff()

    def _places(self) -> list[tuple[int, Record]]:
        return list(enumerate(self.memory._log, 1))

    def rows(self, ticket_id: str) -> list[Row]:
        """See the base."""
        return [
            Row(position, each.sequence, each.version, each.data)
            for position, each in self._places()
            if each.ticket_id == ticket_id
        ]

    def put_rows(self, ticket_id: str, rows: list[Row]) -> None:
        """See the base."""
        records = [Record(ticket_id, each.sequence, each.version, each.data) for each in rows]
        others = [each for each in self._places() if each[1].ticket_id != ticket_id]
        end = len(self.memory._log) + 1
        mine = [
            (row.position or end + number, record)
            for number, (row, record) in enumerate(zip(rows, records, strict=True))
        ]
        self.memory._log[:] = [each for _, each in sorted(others + mine, key=lambda each: each[0])]
        self.memory._records[ticket_id] = records

    def snapshot(self, ticket_id: str) -> bytes:
        """See the base."""
        return self.memory._tickets[ticket_id].data

    def put_snapshot(self, ticket_id: str, data: bytes) -> None:
        """See the base."""
        self.memory._tickets[ticket_id] = Snapshot(data=data)
        self.memory._receipts.setdefault(ticket_id, {})

    def drop(self, name: str) -> None:
        """See the base."""
        ticket_id = self.ids[name]
        self.put_rows(ticket_id, [])
        for kept in (self.memory._tickets, self.memory._records, self.memory._sealed):
            del kept[ticket_id]

    def swap_in_log(self, one: int, other: int) -> None:
        """See the base."""
        log = self.memory._log
        log[one - 1], log[other - 1] = log[other - 1], log[one - 1]

    def put_sealed(self, ticket_id: str, ref: str, salt: bytes | None, value: str) -> None:
        """See the base."""
        kept = self.memory._sealed.setdefault(ticket_id, {})
        if salt is None:
            del kept[ref]
        else:
            kept[ref] = SealedValue(ticket_id, ref, salt, value)


class SQLiteVault(Vault):
    """In a file, by SQL of our own."""

    _filled: tuple[bytes, dict[str, str]] | None = None

    def __init__(self, path: Path) -> None:
        self.path = path
        if SQLiteVault._filled is not None:
            path.write_bytes(SQLiteVault._filled[0])
        self.store = self.file = SQLiteStore(path)
        if SQLiteVault._filled is None:
            self.fill()
            self.file.close()
            SQLiteVault._filled = path.read_bytes(), self.ids
        self.ids = SQLiteVault._filled[1]
        self.staff()

    def sql(self, statement: str, *parameters: Any) -> list[Any]:
        """One statement on a connection of its own."""
        connection = sqlite3.connect(self.path)
        try:
            with connection:
                return connection.execute(statement, parameters).fetchall()
        finally:
            connection.close()

    def number(self, ticket_id: str) -> int:
        """How a ticket is numbered in the file."""
        ((found,),) = self.sql("SELECT number FROM workorder_tickets WHERE id = ?", ticket_id)
        return int(found)

    def rows(self, ticket_id: str) -> list[Row]:
        """See the base."""
        found = self.sql(
            "SELECT position, sequence, version, data FROM workorder_records WHERE ticket = ?"
            " ORDER BY sequence",
            self.number(ticket_id),
        )
        return [Row(*each) for each in found]

    def put_rows(self, ticket_id: str, rows: list[Row]) -> None:
        """See the base."""
        number = self.number(ticket_id)
        self.sql("DELETE FROM workorder_records WHERE ticket = ?", number)
        for row in rows:
            self.sql(
                "INSERT INTO workorder_records VALUES (?, ?, ?, ?, ?)",
                row.position,
                number,
                row.sequence,
                row.version,
                row.data,
            )

    def snapshot(self, ticket_id: str) -> bytes:
        """See the base."""
        ((found,),) = self.sql("SELECT snapshot FROM workorder_tickets WHERE id = ?", ticket_id)
        return bytes(found, "utf-8")

    def put_snapshot(self, ticket_id: str, data: bytes) -> None:
        """See the base."""
        if not self.sql("SELECT 1 FROM workorder_tickets WHERE id = ?", ticket_id):
            self.sql(
                "INSERT INTO workorder_tickets (id, version, type, state, opened, snapshot)"
                " VALUES (?, 1, '', '', '', '')",
                ticket_id,
            )
        self.sql(
            "UPDATE workorder_tickets SET snapshot = CAST(? AS TEXT) WHERE id = ?", data, ticket_id
        )

    def drop(self, name: str) -> None:
        """See the base."""
        number = self.number(self.ids[name])
        for table in ("records", "sealed", "receipts", "people", "asked"):
            self.sql(f"DELETE FROM workorder_{table} WHERE ticket = ?", number)
        self.sql("DELETE FROM workorder_tickets WHERE number = ?", number)

    def swap_in_log(self, one: int, other: int) -> None:
        """See the base."""
        for was, now in ((one, -1), (other, one), (-1, other)):
            self.sql("UPDATE workorder_records SET position = ? WHERE position = ?", now, was)

    def put_sealed(self, ticket_id: str, ref: str, salt: bytes | None, value: str) -> None:
        """See the base."""
        number = self.number(ticket_id)
        self.sql("DELETE FROM workorder_sealed WHERE ticket = ? AND ref = ?", number, ref)
        if salt is not None:
            self.sql(
                "INSERT INTO workorder_sealed (ticket, ref, erased, salt, value)"
                " VALUES (?, ?, 0, ?, ?)",
                number,
                ref,
                salt,
                value,
            )


class Meddling:
    """A store in which others write between two calls that read."""

    def __init__(self, store: FullStore, then: Callable[[], object]) -> None:
        self._store = store
        self._then: Callable[[], object] | None = then

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def load(self, ids: Any, command_ids: Any = ()) -> Any:
        """Reads, and then somebody writes."""
        found: dict[str, Stored] = dict(self._store.load(ids, command_ids))
        then, self._then = self._then, None
        if then is not None:
            then()
        return found
