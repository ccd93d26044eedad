"""Snapshots that were written by somebody else: emptied, doubled, of another kind."""

import sqlite3
from pathlib import Path

import pytest

from workorder import Actor, Dispatch, ServiceDesk
from workorder.storage import SQLiteStore, TicketQuery
from workorder.storage.verifying import verify_store

WANG = Actor("wang", "supervisor")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store with a ticket of two records."""
    path = tmp_path / "store.db"
    with SQLiteStore(path) as store:
        desk = ServiceDesk(store)
        fields = {"title": "Card", "product": "credit_card"}
        ticket = desk.open("complaint", fields=fields, actor=WANG)
        desk.perform(ticket.id, Dispatch(to="li"), actor=WANG)
    return path


def forged(path: Path, *statements: str) -> None:
    """The file after these."""
    connection = sqlite3.connect(path)
    with connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()


def test_a_ticket_that_lost_its_records(path: Path) -> None:
    """Also where the snapshot was made to say that it never had any."""
    forged(
        path,
        "DELETE FROM workorder_records",
        "UPDATE workorder_tickets SET snapshot ="
        " json_remove(json_set(snapshot, '$.revision.events', 0), '$.head')",
    )
    with SQLiteStore(path) as store:
        assert verify_store(store).codes == {"no_records": 1}


def test_a_key_that_stands_there_twice(path: Path) -> None:
    """Readers differ in which one they take: a snapshot that is not as it is written is told."""
    forged(
        path,
        "UPDATE workorder_tickets SET snapshot ="
        """ '{"fields":{"product":"zzz"},' || substr(snapshot, 2)""",
    )
    with SQLiteStore(path) as store:
        assert verify_store(store, replay=True).codes == {"snapshot_not_canonical": 1}


def test_bytes_in_place_of_text(path: Path) -> None:
    """The same snapshot as bytes reads as it did."""
    with SQLiteStore(path) as store:
        (before,) = store.find(TicketQuery())
    forged(path, "UPDATE workorder_tickets SET snapshot = CAST(snapshot AS BLOB)")
    with SQLiteStore(path) as store:
        assert store.load([before.ticket.id])[before.ticket.id].snapshot == before
        assert verify_store(store, replay=True).sound


def test_a_salt_in_place_of_an_erased_one(path: Path) -> None:
    """What was erased stays empty: the value and its salt."""
    with SQLiteStore(path) as store:
        (found,) = store.find(TicketQuery())
        ServiceDesk(store).unrestricted().erase(found.ticket.id, actor=WANG, basis="request")
        assert verify_store(store).sound
    forged(path, "UPDATE workorder_sealed SET salt = randomblob(16)")
    with SQLiteStore(path) as store:
        assert verify_store(store).codes == {"erased_left": 1}
