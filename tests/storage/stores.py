"""Stores to test, and small batches to put into them."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from workorder.kernel import evolve
from workorder.storage import (
    Answer,
    Batch,
    Change,
    Codec,
    FullStore,
    Mark,
    MemoryStore,
    Record,
    Snapshot,
    SQLiteStore,
    Stored,
)
from workorder.ticket import Commented, Event, Opened, Sealed, Trace
from workorder.workflow import Step

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
RULEBOOK = "ab" * 32
CODEC = Codec()
KINDS = ("memory", "memory_without_history", "sqlite")


@contextmanager
def opened_store(kind: str, folder: Path) -> Iterator[FullStore]:
    """A new, empty store of *kind*, closed afterwards."""
    if kind == "sqlite":
        with SQLiteStore(folder / "store.db") as store:
            yield store
    else:
        yield MemoryStore(history=kind == "memory")


@contextmanager
def all_stores(kinds: tuple[str, ...] = KINDS) -> Iterator[dict[str, FullStore]]:
    """One new store of each kind, for laws that make many of them."""
    with TemporaryDirectory() as folder, opened_store("sqlite", Path(folder)) as on_file:
        made: dict[str, FullStore] = {
            "memory": MemoryStore(),
            "memory_without_history": MemoryStore(history=False),
            "sqlite": on_file,
        }
        yield {kind: made[kind] for kind in kinds}


def event(ticket_id: str, version: int, command_id: str = "c1", number: int = 0) -> Event:
    """An event that brings a ticket to *version*: its opening, or a note."""
    at = AT + timedelta(minutes=version)
    trace = Trace("li", "cards", version, at, at, command_id, RULEBOOK)
    if version == 1 and number == 0:
        step = Step("open", "handler", "", "accepted", "initial")
        return Opened(trace, step, "complaint", f"C-{ticket_id}", department="cards")
    step = Step("comment", "handler", "accepted", "accepted", "initial")
    return Commented(trace, step, Sealed(f"{version}.{number}.text", "cd" * 32))


def change(
    ticket_id: str,
    before: Snapshot | None = None,
    *,
    command_id: str | None = None,
    expected: int | None = None,
    events: int = 1,
) -> Change:
    """The next change of a ticket, which is at *before*; with *expected*, on a wrong footing."""
    ticket = before.ticket if before is not None else None
    version = (ticket.version if ticket is not None else 0) + 1
    command_id = f"c{version}" if command_id is None else command_id
    records: list[Record] = []
    for number in range(events):
        happened = event(ticket_id, version, command_id, number)
        ticket = evolve(ticket, happened, ticket_id)
        records.append(CODEC.encode(ticket_id, ticket.revision.events, happened))
    assert ticket is not None
    return Change(
        ticket_id,
        version - 1 if expected is None else expected,
        Snapshot(ticket),
        tuple(records),
        (Mark(command_id, f"digest of {command_id}"),),
        before,
    )


def write(store: FullStore, *changes: Change) -> Answer:
    """Commit *changes* as one batch."""
    return store.commit(Batch(changes))


def stored(store: FullStore, ticket_id: str, *command_ids: str) -> Stored:
    """One ticket that must be there."""
    return store.load((ticket_id,), command_ids)[ticket_id]


def dump(store: FullStore) -> object:
    """Everything *store* holds, to tell whether something changed."""
    if isinstance(store, MemoryStore):
        return (
            dict(store._tickets),
            {name: dict(known) for name, known in store._receipts.items()},
            {name: tuple(known) for name, known in store._records.items()},
            tuple(store._log),
            {name: dict(known) for name, known in store._sealed.items()},
            dict(store._outbox),
            dict(store._used),
        )
    assert isinstance(store, SQLiteStore)
    return tables(store._connections.path)


def tables(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables of a store file."""
    connection = sqlite3.connect(path)
    try:
        listed = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        names = [name for (name,) in listed if not name.startswith("sqlite_")]
        return {
            name: connection.execute(f"SELECT * FROM {name} ORDER BY 1, 2").fetchall()
            for name in sorted(names)
        }
    finally:
        connection.close()
