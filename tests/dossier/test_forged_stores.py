"""Dossiers from stores that were changed behind the library's back."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from attrs import frozen

from tests.dossier.cases import AT
from workorder.desk import ServiceDesk
from workorder.dossier import Dossier, dossier
from workorder.storage import SQLiteStore
from workorder.workflow import Actor

LI = Actor("li", "handler")


@frozen
class Forger:
    """Somebody who may write to the file."""

    desk: ServiceDesk
    ticket: str
    path: Path

    def sql(self, statement: str) -> None:
        """Change the file."""
        connection = sqlite3.connect(self.path)
        with connection:
            connection.execute(statement)
        connection.close()

    def made(self) -> Dossier:
        """The dossier of the ticket."""
        return dossier(self.desk.unrestricted(), self.ticket, at=AT)


@pytest.fixture
def forger(tmp_path: Path) -> Iterator[Forger]:
    """With a file that holds one ticket."""
    path = tmp_path / "desk.db"
    with SQLiteStore(path) as store:
        desk = ServiceDesk(store)
        fields = {"title": "Charged twice", "product": "card"}
        ticket = desk.open("complaint", customer="C-1", fields=fields, actor=LI)
        yield Forger(desk, ticket.id, path)


def test_as_it_was_written(forger: Forger) -> None:
    """Nothing is found where nothing was done."""
    assert forger.made().findings == ()


@pytest.mark.parametrize(
    ("path", "part"), [("$.parties.customer", "parties"), ("$.fields.product", "fields")]
)
def test_a_snapshot_that_lies(path: str, part: str, forger: Forger) -> None:
    """A snapshot with the right head that says something else than the records is found."""
    forger.sql(f"UPDATE workorder_tickets SET snapshot = json_set(snapshot, '{path}', 'other')")
    expected = f"snapshot: {part} differs from what the records make of it"
    assert forger.made().findings == (expected,)


def test_no_records_at_all(forger: Forger) -> None:
    """A dossier that cannot be checked is not called sound."""
    forger.sql("DELETE FROM workorder_records")
    assert forger.made().findings == ("data: no records",)


@pytest.mark.parametrize("change", ["value = x'ff'", "salt = 'text'"])
def test_sealed_values_of_another_kind(change: str, forger: Forger) -> None:
    """A sealed value that is no text, or a salt that is no bytes, counts as missing."""
    forger.sql(f"UPDATE workorder_sealed SET {change}")
    missing = "sealed value '1.title': missing, and no record says that it was erased"
    assert forger.made().findings == (missing,)
