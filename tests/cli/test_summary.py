"""``workorder summary``: a store in figures."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run, cells, folded
from workorder.insight import summarise
from workorder.storage import SQLiteStore


def test_as_json(run: Run, shop: Path) -> None:
    """One object with every figure, the same as the library's."""
    data = run("summary", shop, "--json").data()
    with SQLiteStore(shop) as store:
        assert data == summarise(store).as_data()
    assert list(data) == [
        "tickets",
        "records",
        "records_imported",
        "entries_by_state",
        "first_state",
        "last_state",
        "state_names",
        "transitions",
        "reopens",
        "handovers",
        "minutes_in_state",
        "opened_to_resolved",
        "opened_to_closed",
        "missing",
        "without_assignee",
        "changed",
        "oddities",
    ]
    assert (data["tickets"], data["records"]) == (3, 6)
    assert data["transitions"]["New"] == {"Given": 1, "Closed": 1}


def test_for_people(run: Run, shop: Path, tables: str) -> None:
    """Totals, states, durations, oddities; with or without rich."""
    ran = run("summary", shop)
    assert ran.code == 0
    first, *_ = ran.out.splitlines()
    assert first == "3 tickets, 6 entries (6 imported), 1 handovers, 0 reopenings"
    lines = cells(ran.out)
    assert ["New", "2", "2", "0", "2", "34.5"] in lines
    assert ["-100", "1", "1", "1", "0", "-"] in lines
    assert ["opened to closed", "1", "60", "60"] in lines
    assert ["opened to resolved", "0", "0", "-"] in lines
    assert ["unknown_state", "1", "C3"] in lines


def test_in_chinese(run: Run, shop: Path, tables: str) -> None:
    """The same in Chinese."""
    ran = run("summary", shop, "--lang", "zh-CN")
    first, *_ = folded(ran.out).splitlines()
    assert first == "工单 3 张,记录 6 条(导入 6 条),转派 1 次,重新打开 0 次"
    assert ["登记至结案", "1", "60", "60"] in cells(ran.out)
    assert "States" not in ran.out


def test_progress_goes_to_standard_error(run: Run, shop: Path) -> None:
    """Progress never mixes with the answer, and ``--quiet`` leaves it out."""
    assert run("summary", shop, "--json").err.startswith("read: 6")
    assert run("summary", shop, "--json", "--quiet").err == ""


@pytest.mark.parametrize("command", [("summary",), ("find",), ("history", "C1")])
@pytest.mark.parametrize("kind", ["missing", "damaged", "another database", "another tenant"])
def test_trouble_with_the_store(
    kind: str, command: tuple[str, ...], run: Run, shop: Path, tmp_path: Path
) -> None:
    """Exit code 4 and the path, in both languages; whatever stands there is left as it is."""
    import sqlite3

    path = shop if kind == "another tenant" else tmp_path / "other.db"
    more = ["--tenant", "north"] if kind == "another tenant" else []
    if kind == "damaged":
        path.write_bytes(b"\x00no database" * 400)
    elif kind == "another database":
        connection = sqlite3.connect(path)
        connection.execute("CREATE TABLE mine (x)")
        connection.close()
    before = path.read_bytes() if path.exists() else None
    name, *rest = command
    for language in ("en", "zh-CN"):
        ran = run(name, path, *rest, *more, "--lang", language)
        assert (ran.code, ran.out) == (4, "")
        assert str(path) in ran.err
    code = {
        "missing": "no_such_file",
        "damaged": "damaged",
        "another database": "not_a_store",
        "another tenant": "other_tenant",
    }[kind]
    assert run(name, path, *rest, *more, "--json").data()["error"]["code"] == code
    assert (path.read_bytes() if path.exists() else None) == before


@pytest.mark.parametrize("command", [("summary",), ("find",), ("history", "C1")])
def test_reading_makes_no_store(command: tuple[str, ...], run: Run, tmp_path: Path) -> None:
    """A command that only reads makes no store, not even of a file that is empty."""
    path = tmp_path / "empty.db"
    path.touch()
    name, *rest = command
    assert run(name, path, *rest).code == 4
    assert path.read_bytes() == b""
