"""The same log in every dress: packed or not, in other encodings, delimiters and line ends."""

import gzip
from pathlib import Path
from typing import Any

import pytest

from tests.exchange.logs import entries, entry, mapping, text
from workorder.exchange import import_log
from workorder.exchange.reading import opened_rows
from workorder.storage import FullStore, MemoryStore

LOG = [
    entry("C1", "New", 0, by="李娜", team="信用卡部", kind="atm", seq="1"),
    entry("C1", "Active", 5, by="张伟", team="信用卡部", kind="atm", seq="2"),
    entry("C2", "New", 6, by="café", team='with "quotes", and commas', seq="1"),
]

DRESSES: dict[str, tuple[bytes, dict[str, Any]]] = {
    "plain": (text(LOG).encode(), {}),
    "packed": (gzip.compress(text(LOG).encode()), {}),
    "packed twice over": (
        gzip.compress(text(LOG)[:40].encode()) + gzip.compress(text(LOG)[40:].encode()),
        {},
    ),
    "byte order mark": (b"\xef\xbb\xbf" + text(LOG).encode(), {}),
    "byte order mark, named otherwise": (
        b"\xef\xbb\xbf" + text(LOG).encode(),
        {"encoding": "UTF_8"},
    ),
    "gb18030": (text(LOG).encode("gb18030"), {"encoding": "gb18030"}),
    "carriage returns": (text(LOG, ends="\r\n").encode(), {}),
    "semicolons": (text(LOG, delimiter=";").encode(), {"delimiter": ";"}),
    "tabs": (text(LOG, delimiter="\t").encode(), {"delimiter": "\t"}),
    "no line end at the end": (text(LOG).rstrip("\n").encode(), {}),
    "empty lines": (text(LOG).replace("\n", "\n\n").encode(), {}),
}


def came_of(data: bytes, changes: dict[str, Any], folder: Path, store: FullStore) -> int:
    """How many entries a file with these bytes adds."""
    path = folder / "dressed.csv"
    path.write_bytes(data)
    return import_log(path, mapping(**changes), store).added


@pytest.mark.parametrize("dress", DRESSES)
def test_one_log_in_every_dress(dress: str, memory: FullStore, tmp_path: Path) -> None:
    """The same entries come of it, with the same text, and the plain file adds nothing to them."""
    assert came_of(*DRESSES[dress], tmp_path, memory) == 3
    first, second = entries(memory, "C1")
    assert (first.trace.actor, second.trace.actor) == ("李娜", "张伟")
    assert first.department == "信用卡部"
    (third,) = entries(memory, "C2")
    assert (third.trace.actor, third.department) == ("café", 'with "quotes", and commas')
    assert came_of(*DRESSES["plain"], tmp_path, memory) == 0


def test_columns_in_another_order(tmp_path: Path) -> None:
    """Columns are found by name; columns nobody asks for may stand anywhere."""
    rows = [{"extra": "x", **dict(reversed(each.items()))} for each in LOG]
    names = list(rows[0])
    lines = [names, *([row[name].replace('"', '""') for name in names] for row in rows)]
    path = tmp_path / "log.csv"
    path.write_text("".join(",".join(f'"{c}"' for c in line) + "\n" for line in lines), "utf-8")
    store = MemoryStore()
    assert import_log(path, mapping(), store).added == 3
    assert entries(store, "C1")[1].step.to_state == "in_progress"


def test_line_breaks_inside_quotes(memory: FullStore, tmp_path: Path) -> None:
    """A cell in quotes may hold line breaks, which are taken in as plain ones."""
    path = tmp_path / "log.csv"
    rows = [entry("C1", "New", 0, seq="one\r\ntwo"), entry("C1", "Active", 5, seq="3")]
    path.write_text(text(rows), encoding="utf-8", newline="")
    plan = mapping(raw=["seq"], counters={})
    assert import_log(path, plan, memory).added == 2
    assert entries(memory, "C1")[0].raw["seq"].splitlines() == ["one", "two"]


def test_a_row_knows_the_line_it_ends_on(tmp_path: Path) -> None:
    """Lines are counted as an editor counts them, also behind quotes that span several."""
    path = tmp_path / "log.csv"
    path.write_text('a,b\n1,"x\ny\nz"\n2,w\n', encoding="utf-8")
    with opened_rows(path, ("a", "b"), "utf-8", ",") as (header, rows):
        assert header == ["a", "b"]
        assert [(row.line, row.cells) for row in rows] == [(4, ["1", "x\ny\nz"]), (5, ["2", "w"])]


@pytest.mark.parametrize("form", ["decomposed", "composed"])
def test_one_text_in_two_forms(form: str, memory: FullStore, tmp_path: Path) -> None:
    """Accents as characters of their own are taken in composed, in every cell that is kept."""
    accent = "e\u0301" if form == "decomposed" else "\u00e9"
    row = entry(f"C{accent}", "New", 0, by=accent, team=accent, kind=accent, seq=accent)
    path = tmp_path / "log.csv"
    path.write_text(text([row]), encoding="utf-8", newline="")
    assert import_log(path, mapping(counters={}), memory).added == 1
    (found,) = entries(memory, "C\u00e9")
    assert (found.trace.actor, found.department) == ("\u00e9", "\u00e9")
    assert found.fields["category"] == "\u00e9"
    assert found.raw["seq"] == "\u00e9"
