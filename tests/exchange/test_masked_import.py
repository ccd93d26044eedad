"""Importing into masked fields: nothing but the end of a number comes in."""

from pathlib import Path

import pytest
from attrs import evolve

from tests.exchange.logs import PLAIN, entries, entry, ticket, written
from workorder.canonical import keyed_digest
from workorder.exchange import import_log, mapping_from_data
from workorder.intake import Field
from workorder.rulebook import Rulebook, basic
from workorder.storage import SQLiteStore

CARD = "6222 0212 3456 7890"
KEPT = "**** **** **** 7890"
TRACES = (b"6222", b"0212", b"3456")


def masking() -> Rulebook:
    """The basic rulebook with a masked code and a masked text on every form."""
    known = basic()
    more = (Field("card", "code", keep_last=4), Field("account", keep_last=4))
    forms = tuple(evolve(form, fields=(*form.fields, *more)) for form in known.forms)
    return evolve(known, forms=forms)


@pytest.mark.parametrize("field", ["card", "account"])
def test_only_the_end_comes_in(field: str, tmp_path: Path) -> None:
    """Fields, raw cells and the digest of the row know the mask; a second run adds nothing."""
    folder, database = tmp_path / "files", tmp_path / "data"
    folder.mkdir()
    database.mkdir()
    data = {
        **PLAIN,
        "fields": {**PLAIN["fields"], field: "title"},
        "raw": ["seq", "title"],
    }
    rows = [
        entry("C1", "New", 1, title=f" {CARD} " if field == "card" else CARD),
        entry("C1", "Given", 2, title=CARD),
        entry("C2", "New", 3, title="7890"),
    ]
    with SQLiteStore(database / "a.db") as store:
        path, plan = written(folder, rows), mapping_from_data(data)
        assert import_log(path, plan, store, rulebook=masking()).added == 3
        assert import_log(path, plan, store, rulebook=masking()).added == 0
        first = entries(store, "C1")[0]
        assert first.raw["title"] == KEPT
        if field == "card":
            assert ticket(store, "C1").fields["card"] == KEPT
            assert ticket(store, "C2").fields["card"] == "7890"
        whole = keyed_digest(b"", "\x1f".join(rows[0].values()).encode())[:32]
        assert whole != first.row
        kept = b"".join(each.read_bytes() for each in database.iterdir())
        assert KEPT.encode() in kept
        assert not [trace for trace in TRACES if trace in kept]
