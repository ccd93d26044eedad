"""What people write stands in one place only, and nowhere else."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desk.people import CHEN, LI, WU
from tests.desk.rulebooks import banks
from tests.storage.stores import dump, tables
from workorder.desk import ServiceDesk
from workorder.errors import CommandRefused, StoreError
from workorder.storage import Capability, MemoryStore, SQLiteStore
from workorder.testing import ScriptedStore
from workorder.ticket import (
    Action,
    Close,
    Comment,
    Dispatch,
    Reopen,
    ReturnForRework,
    Sealed,
    Start,
    Submit,
    Transfer,
    opens,
)
from workorder.workflow import Actor

MARKER = "秘密-6222-0000"


@pytest.fixture
def path(tmp_path: Path) -> Iterator[Path]:
    """The file of a store where every text of every command held the marker."""
    path = tmp_path / "store.db"
    with SQLiteStore(path) as store:
        desk = ServiceDesk(store, rulebook=banks(), secret=b"key")
        fields = {"title": MARKER, "description": f"卡号 {MARKER}", "priority": 1}
        one = desk.open("complaint", fields=fields, department="cards", actor=LI).id
        said = [
            (Dispatch("li", "cards", MARKER), CHEN),
            (Transfer("wu", "cards", MARKER), CHEN),
            (Start(), WU),
            (Comment(MARKER), WU),
            (Action("call_back", {"number": "139", "note": MARKER}), WU),
            (Submit(MARKER), WU),
            (ReturnForRework(MARKER), CHEN),
            (Submit(MARKER), WU),
            (Close(), CHEN),
            (Reopen(MARKER), CHEN),
        ]
        for command, actor in said:
            desk.perform(one, command, actor=actor)
        for bad in (Submit(MARKER), Comment(MARKER + "x" * 20_000)):
            with pytest.raises(CommandRefused) as raised:
                desk.perform(one, bad, actor=LI)
            assert MARKER not in str(raised.value.refusal.as_data())
        found = [text for entry in desk.history(one, actor=CHEN) for text in entry.texts.values()]
        assert sum(MARKER in (text or "") for text in found) == 10
        yield path


def test_the_marker_is_only_among_sealed_values(path: Path) -> None:
    """Records, snapshots, receipts, messages: no table but one holds what was written."""
    rows = tables(path)
    holding = {
        name
        for name, content in rows.items()
        for row in content
        for cell in row
        if MARKER in (cell.decode("utf-8", "replace") if isinstance(cell, bytes) else str(cell))
    }
    assert holding == {"workorder_sealed"}
    assert len(rows["workorder_sealed"]) == 10
    assert len(rows["workorder_records"]) == 11


def test_the_marker_is_gone_with_the_sealed_values(path: Path) -> None:
    """Once the sealed values are erased, no byte of the file tells what was written."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute("DELETE FROM workorder_sealed")
    connection.commit()
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.execute("VACUUM")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    assert MARKER.encode() not in path.read_bytes()
    with SQLiteStore(path) as store:
        desk = ServiceDesk(store, rulebook=banks(), secret=b"key")
        (ticket,) = desk.find(actor=CHEN).tickets
        texts = [entry.texts for entry in desk.history(ticket.id, actor=CHEN)]
        assert {text for each in texts for text in each.values()} == {None}


def test_a_commitment_proves_the_text() -> None:
    """What stands in the event is a reference and a commitment that fits that text alone, and
    the same text twice has two commitments.
    """
    store = MemoryStore()
    desk = ServiceDesk(store)
    fields = {"title": MARKER, "description": MARKER}
    ticket = desk.open("complaint", fields=fields, actor=LI)
    sealed = [ticket.fields["title"], ticket.fields["description"]]
    kept = store.reveal(ticket.id, ["1.title", "1.description"])
    for one in sealed:
        assert isinstance(one, Sealed)
        assert opens(one, kept[one.ref])
        assert MARKER not in one.commitment
    assert len({one.commitment for one in sealed if isinstance(one, Sealed)}) == 2


@pytest.mark.parametrize(
    "command",
    [Dispatch("li", "cards", "因为"), Comment("备注")],
)
def test_texts_need_a_place(command: Dispatch | Comment) -> None:
    """A store that keeps no sealed values refuses commands with texts, clearly, and is left as
    it was; commands without texts it carries out.
    """
    store = ScriptedStore(without=[Capability.SEALED])
    desk = ServiceDesk(store, rulebook=banks())
    chen = Actor("chen", "supervisor")
    with pytest.raises(StoreError) as raised:
        desk.open("complaint", fields={"title": "x"}, actor=chen)
    assert raised.value.facts == {"capability": "sealed"}
    ticket = desk.open("bare", fields={"amount": 5}, actor=chen, command_id="open")
    was = dump(store.inner)
    with pytest.raises(StoreError) as raised:
        desk.perform(ticket.id, command, actor=chen)
    assert (raised.value.code, raised.value.facts) == ("unsupported", {"capability": "sealed"})
    assert "sealed" in raised.value.text("zh-CN")
    assert dump(store.inner) == was
    assert desk.perform(ticket.id, Dispatch("li"), actor=chen).state == "assigned"
    assert [entry.texts for entry in desk.history(ticket.id, actor=chen)] == [{}, {}]


def test_histories_without_sealed_values() -> None:
    """Where the texts are kept elsewhere, a history shows that there were some."""
    full = ScriptedStore()
    ticket = ServiceDesk(full).open("complaint", fields={"title": "x"}, actor=LI)
    bare = ScriptedStore(without=[Capability.SEALED])
    bare.inner = full.inner
    (entry,) = ServiceDesk(bare).history(ticket.id, actor=CHEN)
    assert entry.texts == {"title": None}
