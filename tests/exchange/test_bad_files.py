"""Files that cannot be read: a stable code, the place, and nothing changed."""

import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.exchange.logs import entry, mapping, text
from tests.storage.stores import dump
from workorder.errors import SourceError
from workorder.exchange import check_log, import_log
from workorder.storage import FullStore

GOOD = [entry("C0", "New", 0, seq="0"), entry("C0", "Active", 5, seq="1")]
LONG = [entry(f"C{n}", "New", n, by=f"person {n * 7919 % 1000}", seq="1") for n in range(4_000)]
PACKED = gzip.compress(text(LONG).encode())


def then(row: dict[str, str]) -> bytes:
    """A file with one more row behind good ones; it ends on line 4."""
    return text([*GOOD, row]).encode()


def raw(line: str) -> bytes:
    """A file with a last line as it is written here."""
    return (text(GOOD) + line).encode()


BAD: dict[str, tuple[bytes, str, dict[str, object]]] = {
    "no number": (then(entry("", "New", 9)), "wrong_value", {"line": 4, "column": "number"}),
    "no state": (then(entry("C1", "", 9)), "wrong_value", {"line": 4, "column": "state"}),
    "no instant": (
        then({**entry("C1", "New", 9), "at": ""}),
        "wrong_value",
        {"line": 4, "column": "at"},
    ),
    "month first": (
        then({**entry("C1", "New", 9), "at": "03/28/2026 10:00"}),
        "wrong_date",
        {"line": 4, "column": "at", "found": "03/28/2026 10:00"},
    ),
    "no such day": (
        then({**entry("C1", "New", 9), "opened": "2026-02-30 10:00"}),
        "wrong_date",
        {"line": 4, "column": "opened", "expected": "%Y-%m-%d %H:%M"},
    ),
    "no counter": (then(entry("C1", "New", 9, moves="two")), "wrong_value", {"column": "moves"}),
    "negative counter": (then(entry("C1", "New", 9, seq="-1")), "wrong_value", {"column": "seq"}),
    "counter in small digits": (
        then(entry("C1", "New", 9, back="2\u00b2")),
        "wrong_value",
        {"line": 4, "column": "back"},
    ),
    "endless counter": (
        then(entry("C1", "New", 9, back="9" * 5_000)),
        "wrong_value",
        {"line": 4, "column": "back"},
    ),
    "zero byte": (then(entry("C1", "New", 9, by="l\x00i")), "wrong_value", {"column": "by"}),
    "zero byte in a number": (
        then(entry("C\x001", "New", 9)),
        "wrong_value",
        {"line": 4, "column": "number"},
    ),
    "too long a name": (
        then(entry("C1", "New", 9, team="x" * 201)),
        "wrong_value",
        {"line": 4, "column": "team"},
    ),
    "nobody but blanks": (
        then(entry("C1", "New", 9, by="   ")),
        "wrong_value",
        {"line": 4, "column": "by"},
    ),
    "one cell short": (raw("C1,New\n"), "wrong_width", {"line": 4, "found": 2, "expected": 17}),
    "one cell too many": (
        raw(",".join(["C1", *("x" for _ in range(17))]) + "\n"),
        "wrong_width",
        {"line": 4, "found": 18, "expected": 17},
    ),
    "quote left open": (raw('C1,"New,2026-03-01 00:00\n'), "wrong_value", {"line": 4}),
    "text behind a quote": (raw('C1,"New"x,2026-03-01 00:00\n'), "wrong_value", {"line": 4}),
    "cell without end": (raw("C1," + "x" * 200_000 + "\n"), "wrong_value", {"line": 4}),
    "not utf-8": (
        text(GOOD).encode() + "C1,New,张伟\n".encode("gb18030"),
        "wrong_encoding",
        {"line": 4, "encoding": "utf-8"},
    ),
    "packed, cut short": (PACKED[: len(PACKED) // 2], "truncated", {}),
    "packed, end missing": (PACKED[:-4], "truncated", {}),
    "packed, damaged": (
        PACKED[:2_000] + bytes(byte ^ 0xFF for byte in PACKED[2_000:2_020]) + PACKED[2_020:],
        "truncated",
        {},
    ),
    "packed, wrong sum": (PACKED[:-8] + b"\0\0\0\0" + PACKED[-4:], "truncated", {}),
    "packed, rubbish behind": (PACKED + b"rubbish", "truncated", {}),
    "only the packer's mark": (b"\x1f\x8b", "truncated", {}),
    "nothing": (b"", "empty", {}),
    "only a line end": (b"\n", "empty", {}),
    "packed nothing": (gzip.compress(b""), "empty", {}),
    "no header": (
        text(GOOD).encode().split(b"\n", 1)[1],
        "missing_columns",
        {"missing": mapping().columns_read()},
    ),
    "a column less": (
        text(GOOD).replace("number,state", "number,status", 1).encode(),
        "missing_columns",
        {"missing": ("state",)},
    ),
    "a column twice": (
        text(GOOD).replace("title,moves", "state,moves", 1).encode(),
        "repeated_columns",
        {"repeated": ("state",)},
    ),
    "another delimiter": (text(GOOD, delimiter=";").encode(), "missing_columns", {}),
}


def refused(path: Path, read: Callable[[], object]) -> SourceError:
    """The error that *read* ends with; it names the file, in both languages."""
    with pytest.raises(SourceError) as failed:
        read()
    error = failed.value
    assert error.facts["file"] == str(path)
    for language in ("en", "zh-CN"):
        said = error.text(language)
        assert str(path) in said
        assert "?" not in said
        assert all(
            str(error.facts[each]) in said for each in ("line", "column") & error.facts.keys()
        )
    return error


@pytest.mark.parametrize("name", BAD)
def test_bad_file(name: str, store: FullStore, tmp_path: Path) -> None:
    """Each kind of bad file has its code and its place; the store stays as it was."""
    data, code, facts = BAD[name]
    path = tmp_path / "bad.csv"
    path.write_bytes(data)
    good = tmp_path / "good.csv"
    good.write_text(text(GOOD), encoding="utf-8")
    import_log(good, mapping(), store)
    before = dump(store)
    error = refused(path, lambda: import_log(path, mapping(), store))
    assert error.code == code
    assert facts.items() <= dict(error.facts).items()
    assert dump(store) == before
    assert refused(path, lambda: check_log(path, mapping())).code == code


def test_a_bad_line_at_the_very_end(store: FullStore, tmp_path: Path) -> None:
    """Nothing of a long file is brought in when only its last line is wrong."""
    path = tmp_path / "bad.csv"
    path.write_text(text([*LONG, entry("C1", "New", 9, moves="two")]), encoding="utf-8")
    error = refused(path, lambda: import_log(path, mapping(), store))
    assert error.facts["line"] == 4_002
    assert store.log() == ()


@pytest.mark.parametrize("kind", ["missing", "folder"])
def test_no_file(kind: str, memory: FullStore, tmp_path: Path) -> None:
    """A file that is not there, and a folder in its place, cannot be read."""
    path = tmp_path if kind == "folder" else tmp_path / "none.csv"
    error = refused(path, lambda: import_log(path, mapping(), memory))
    assert error.code == "unreadable"


@pytest.mark.parametrize(
    ("instant", "changes"),
    [
        ("0001-01-01 00:00", {"zone": "Asia/Shanghai"}),
        ("9999-12-31 23:59", {"zone": "America/New_York"}),
    ],
)
def test_dates_at_the_ends_of_time(
    instant: str, changes: dict[str, Any], memory: FullStore, tmp_path: Path
) -> None:
    """A date that other systems write for "none" and that has no instant in UTC is a wrong date."""
    path = tmp_path / "bad.csv"
    path.write_text(text([{**entry("C1", "New", 0), "opened": instant}]), encoding="utf-8")
    error = refused(path, lambda: import_log(path, mapping(**changes), memory))
    assert (error.code, error.facts["line"], error.facts["column"]) == ("wrong_date", 2, "opened")


@pytest.mark.parametrize("cell", ["--5", "2\u00b2", "9" * 5_000, "1.5", "-", "high"])
def test_numbers_no_field_can_hold(cell: str, memory: FullStore, tmp_path: Path) -> None:
    """Whatever stands where a number should, it is counted and left out, and nothing breaks."""
    path = tmp_path / "log.csv"
    path.write_text(text([entry("C1", "New", 0, urgency=cell)]), encoding="utf-8")
    report = import_log(path, mapping(), memory)
    assert report.oddities == {"unfit_value": (1, ("C1",))}
