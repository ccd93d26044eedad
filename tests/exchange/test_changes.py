"""Sealed fields: never in a record, sealed anew only when the value is another one."""

from pathlib import Path

import pytest

from tests.exchange.logs import SEALING, brought, entries, entry, events, id_of, odd, ticket
from workorder.desk import ServiceDesk
from workorder.errors import StoreError
from workorder.exchange import mapping_from_data
from workorder.storage import Capability, FullStore, MemoryStore
from workorder.storage.verifying import verify_store
from workorder.ticket import Imported, Sealed, opens
from workorder.workflow import Actor

PLAN = mapping_from_data(SEALING)
SECRET = "Frau Müller lost the card 6222020000000004711"
LATER = "Frau Müller found her card"


def row(state: str, minute: int, title: str) -> dict[str, str]:
    """An entry with a title."""
    return entry("C1", state, minute, title=title)


def sealed(store: FullStore) -> list[Sealed | None]:
    """What each entry of the ticket says about the title, for those that say something."""
    said = [each.fields["title"] for each in entries(store, "C1") if "title" in each.fields]
    assert all(each is None or isinstance(each, Sealed) for each in said)
    return [each if isinstance(each, Sealed) else None for each in said]


def revealed(store: FullStore) -> list[str | None]:
    """The values behind them."""
    refs = [each.ref for each in sealed(store) if each is not None]
    kept = store.reveal(id_of(store, "C1"), refs)
    return [kept[each.ref].value if each is not None else None for each in sealed(store)]


def test_a_text_is_sealed(store: FullStore, tmp_path: Path) -> None:
    """A text stands in no record and in no ticket, only a reference; the value opens it."""
    brought(tmp_path, store, [row("New", 0, SECRET)], PLAN)
    (reference,) = sealed(store)
    assert reference is not None
    assert ticket(store, "C1").fields["title"] == reference
    assert all(b"62220200" not in record.data for _, record in store.log())
    assert opens(reference, store.reveal(id_of(store, "C1"), [reference.ref])[reference.ref])
    assert revealed(store) == [SECRET]


def test_an_unchanged_text_is_not_sealed_again(store: FullStore, tmp_path: Path) -> None:
    """Only entries that change the text say something about it, within a run and across runs."""
    first = [row("New", 0, SECRET), row("Given", 5, SECRET)]
    brought(tmp_path, store, first, PLAN)
    assert revealed(store) == [SECRET]
    more = [*first, row("Active", 6, SECRET), row("Solved", 7, LATER), row("Closed", 8, LATER)]
    brought(tmp_path, store, more, PLAN)
    assert revealed(store) == [SECRET, LATER]
    assert len({each.ref for each in sealed(store) if each is not None}) == 2


def test_a_text_that_comes_and_goes(store: FullStore, tmp_path: Path) -> None:
    """A missing text is said once; the same text behind it is sealed anew."""
    rows = [row("New", 0, ""), row("Given", 1, SECRET), row("Active", 2, ""), row("Active", 3, "")]
    brought(tmp_path, store, [*rows, row("Solved", 4, SECRET)], PLAN)
    assert revealed(store) == [None, SECRET, None, SECRET]


def test_equal_texts_cannot_be_told_to_be_equal(memory: FullStore, tmp_path: Path) -> None:
    """The same text on two tickets has two commitments, for each has a salt of its own."""
    rows = [row("New", 0, SECRET), entry("C2", "New", 0, title=SECRET)]
    brought(tmp_path, memory, rows, PLAN)
    commitments = {
        str(each.fields["title"]) for key in ("C1", "C2") for each in entries(memory, key)
    }
    assert len(commitments) == 2


def test_the_history_shows_the_text(memory: FullStore, tmp_path: Path) -> None:
    """Whoever may see the ticket reads the text in its history."""
    brought(tmp_path, memory, [row("New", 0, SECRET)], PLAN)
    (told,) = ServiceDesk(memory).unrestricted().history(id_of(memory, "C1"))
    assert told.texts == {"title": SECRET}


def test_an_erased_text_stays_erased(store: FullStore, tmp_path: Path) -> None:
    """A log that repeats in each row what was erased here does not bring it back."""
    brought(tmp_path, store, [row("New", 0, SECRET)], PLAN)
    work = ServiceDesk(store).unrestricted()
    work.erase(id_of(store, "C1"), basis="request", actor=Actor("dpo", ()))
    more = [row("New", 0, SECRET), row("Given", 1, SECRET), row("Active", 2, LATER)]
    assert brought(tmp_path, store, more, PLAN).added == 2
    said = [each.fields for each in events(store, "C1") if isinstance(each, Imported)]
    (erased,) = [each["title"] for each in said if "title" in each]
    assert isinstance(erased, Sealed)
    assert store.reveal(id_of(store, "C1"), [erased.ref]) == {}
    assert verify_store(store, replay=True).sound


def test_a_text_too_long_is_counted(memory: FullStore, tmp_path: Path) -> None:
    """A text beyond the limit of its field is left out and counted, and not kept anywhere."""
    assert odd(brought(tmp_path, memory, [row("New", 0, "x" * 201)], PLAN)) == {"unfit_value": 1}
    assert sealed(memory) == [None]
    assert isinstance(memory, MemoryStore)
    assert memory._sealed == {}


class Unsealing(MemoryStore):
    """A store that keeps no sealed values."""

    def __init__(self) -> None:
        super().__init__()
        self._capabilities -= {Capability.SEALED}


def test_a_store_that_keeps_no_sealed_values(tmp_path: Path) -> None:
    """It is refused where a mapped field is sealed, before anything is written; else it will do."""
    store = Unsealing()
    with pytest.raises(StoreError) as failed:
        brought(tmp_path, store, [row("New", 0, SECRET)], PLAN)
    assert failed.value.code == "unsupported"
    assert store.log() == ()
    assert brought(tmp_path, store, [row("New", 0, SECRET)]).added == 1
