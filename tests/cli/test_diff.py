"""``workorder diff``: what an edition changes, and what becomes of the tickets of a store."""

from pathlib import Path
from shutil import copytree

import pytest

from tests.cli.conftest import Run, cells
from tests.rulebook.editions import Branch, edition
from workorder.rulebook import bank, diff, rulebook_to_toml
from workorder.storage import SQLiteStore

SHIPPED = Path(__file__).resolve().parents[2] / "src" / "workorder" / "rulebook" / "shipped"
WAITING = edition(names={"pending": "waiting"}, of=bank())


@pytest.fixture
def later(tmp_path: Path) -> Path:
    """The file of the later edition."""
    path = tmp_path / "later.toml"
    path.write_text(rulebook_to_toml(WAITING), encoding="utf-8")
    copytree(SHIPPED / "calendars", tmp_path / "calendars")  # which the file names
    return path


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A store with a ticket on hold, one that somebody works on, and one that was merged."""
    path = tmp_path / "kept.db"
    with SQLiteStore(path) as store:
        branch = Branch(store, bank())
        branch.on_hold("external_appraisal")
        branch.merged(branch.in_progress())
    return path


def test_equal_rulebooks(run: Run) -> None:
    """Of equal ones there is nothing to say but that."""
    ran = run("diff", "bank", "bank")
    assert (ran.code, ran.out.strip()) == (0, "Both say the same.")
    assert run("diff", "bank", "bank", "--json").data()["changes"] == []


def test_changes(run: Run, later: Path) -> None:
    """Every change on a line, in either language."""
    ran = run("diff", "bank", later)
    assert ran.code == 0
    first, *lines = ran.out.splitlines()
    told = diff(bank(), WAITING)
    assert first == f"bank 1 → bank 2: {len(told.changes)} changes"
    assert [line.strip() for line in lines] == told.text().splitlines()
    ran = run("diff", "bank", later, "--lang", "zh-CN")
    assert ran.out.splitlines()[0] == f"bank 1 → bank 2：{len(told.changes)} 项变更"
    assert "  删除 states.pending：" in ran.out


def test_as_json(run: Run, later: Path) -> None:
    """One object: both editions and every change."""
    data = run("diff", "bank", later, "--json").data()
    assert list(data) == ["old", "new", "changes"]
    assert data["new"] == {"name": "bank", "version": "2", "digest": WAITING.digest}
    assert data["changes"] == diff(bank(), WAITING).as_data()


def test_tickets(run: Run, later: Path, kept: Path, tables: str) -> None:
    """What would become of the tickets, with the reasons; 1 while some cannot be moved."""
    before = kept.read_bytes()
    ran = run("diff", "bank", later, "--store", kept)
    assert ran.code == 1
    assert ["1", "1", "0", "0"] in cells(ran.out)
    assert "needs a map, pending → ?" in ran.out
    ran = run("diff", "bank", later, "--store", kept, "--map", "pending=waiting")
    assert ran.code == 0
    assert ["2", "0", "0", "0"] in cells(ran.out)
    assert kept.read_bytes() == before


def test_tickets_as_json(run: Run, later: Path, kept: Path) -> None:
    """Counts, and those that cannot be moved with their reasons in the language asked for."""
    ran = run("diff", "bank", later, "--store", kept, "--json", "--lang", "zh-CN")
    found = ran.data()["tickets"]
    counts = {name: found[name] for name in ("safe", "needs_map", "blocked", "there")}
    assert counts == {"safe": 1, "needs_map": 1, "blocked": 0, "there": 0}
    (only,) = found["listed"]
    assert (only["verdict"], only["from"], only["to"]) == ("needs_map", "pending", None)
    (reason,) = only["reasons"]
    assert reason["text"] == "state：新流程没有状态“挂起”，迁移方案也未说明如何处理"


def test_more_than_are_listed(run: Run, kept: Path, tables: str) -> None:
    """What is left out of the list is counted; without its own rulebook nothing can be moved."""
    ran = run("diff", "basic", "it_desk", "--store", kept, "--limit", "1")
    assert ran.code == 1
    assert ran.out.count("the rulebook that it goes by is not at hand") == 1
    assert ran.out.splitlines()[-1] == "and 2 more: --limit"


@pytest.mark.parametrize("given", ["pending", "=waiting", "pending="])
def test_a_map_that_is_none(run: Run, later: Path, kept: Path, given: str) -> None:
    """A map says from what to what, and is about tickets."""
    ran = run("diff", "bank", later, "--store", kept, "--map", given)
    assert (ran.code, ran.out) == (3, "")
    assert "OLD=NEW" in ran.err


def test_a_map_without_tickets(run: Run, later: Path) -> None:
    """Without a store there is nothing to map."""
    ran = run("diff", "bank", later, "--map", "pending=waiting")
    assert ran.code == 3
    assert ran.err.strip() == "--store: required"


def test_no_store_there(run: Run, later: Path, tmp_path: Path) -> None:
    """A store that is not there is trouble, and is not made."""
    missing = tmp_path / "none.db"
    assert run("diff", "bank", later, "--store", missing).code == 4
    assert not missing.exists()
