"""``workorder revise-dues``: after a holiday notice, when tickets are due by now."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from attrs import frozen

from tests.cli.conftest import CHINESE, Run, cells
from workorder.desk import ServiceDesk
from workorder.rulebook import bank, load_rulebook
from workorder.storage import SQLiteStore
from workorder.workflow import Actor

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ROOT / "src" / "workorder" / "rulebook" / "shipped"
LI = Actor("li", "intake", "hotline")
OPENED = datetime(2026, 12, 28, 1, 0, tzinfo=UTC)
"""Monday, 09:00 in Shanghai."""

ESTIMATE = """
zone = "Asia/Shanghai"
hours = "Mo-Fr 09:00-12:00,13:30-18:00"

[[holidays]]
published_from = 2020-01-01
published_through = 2026-12-31
days = [{ date = 2027-01-01, name = "New Year's Day", name_zh = "元旦" }]
"""
NOTICE = """
[[holidays.then]]
published_from = 2027-01-01
published_through = 2027-12-31
days = [
  { date = 2027-01-01, name = "New Year's Day", name_zh = "元旦" },
  { date = 2027-01-04, name = "New Year's Day", name_zh = "元旦" },
]
"""


@frozen
class Bank:
    """A store with two complaints, the rulebook they go by, and the notice."""

    store: Path
    rulebook: Path
    notice: Path
    ids: tuple[str, ...]

    def arguments(self, *more: str | Path) -> tuple[str | Path, ...]:
        """To reckon again by the notice."""
        named = ("--rulebook", self.rulebook, "--calendar", self.notice)
        return ("revise-dues", self.store, *named, *more)

    def versions(self) -> list[int]:
        """At which versions they are."""
        with SQLiteStore(self.store, create=False) as store:
            known = store.load(self.ids)
            return [known[each].snapshot.ticket.version for each in self.ids]


@pytest.fixture
def own(tmp_path: Path) -> Bank:
    """Such a bank."""
    shutil.copytree(SHIPPED / "calendars", tmp_path / "calendars")
    text = (SHIPPED / "bank.toml").read_text(encoding="utf-8")
    assert 'calendar = "CN"\n' in text
    rulebook, notice = tmp_path / "own.toml", tmp_path / "notice.toml"
    rulebook.write_text(text.replace('calendar = "CN"\n', 'calendar = "estimate.toml"\n', 1))
    (tmp_path / "estimate.toml").write_text(ESTIMATE, encoding="utf-8")
    notice.write_text(ESTIMATE + NOTICE, encoding="utf-8")
    path = tmp_path / "desk.db"
    with SQLiteStore(path) as store:
        desk = ServiceDesk(store, rulebook=load_rulebook(rulebook), time=lambda: OPENED)
        ids = [
            desk.open(
                "complaint",
                customer="C-1",
                channel="phone",
                fields={"title": "card", "category": "atm"},
                actor=LI,
                command_id=f"call-{number}",
            ).id
            for number in range(2)
        ]
    return Bank(path, rulebook, notice, tuple(sorted(ids)))


def test_dues_are_moved(run: Run, own: Bank, tables: str) -> None:
    """A line for every change in the bank's own time, one working day later; then nothing more."""
    ran = run(*own.arguments("--quiet"))
    assert (ran.code, ran.err) == (0, ""), tables
    assert ran.out.startswith(
        "2 tickets were looked at; 2 are due at another instant, 0 were confirmed\n"
    )
    rows = [row for row in cells(ran.out) if row[0] in own.ids]
    # 29, 30 and 31 Dec; 4 and 5 Jan by the estimate, 5 and 6 Jan by the notice.
    moved = ["Resolution", "Tue 5 Jan 2027 18:00", "→", "Wed 6 Jan 2027 18:00", "Asia/Shanghai"]
    assert rows == [[each, *moved] for each in own.ids]
    before = own.versions()
    ran = run(*own.arguments("--quiet"))
    assert (ran.code, len(ran.out.splitlines())) == (0, 1)
    assert own.versions() == before


def test_a_dry_run(run: Run, own: Bank) -> None:
    """It says the same, and writes nothing."""
    kept = own.versions()
    ran = run(*own.arguments("--dry-run", "--json", "--quiet"))
    assert ran.code == 0
    data = ran.data()
    assert (data["dry_run"], data["looked_at"], data["next"]) == (True, 2, None)
    assert [each["ticket"] for each in data["revised"]] == list(own.ids)
    assert data["revised"][0]["changes"] == [
        {
            "clock": "resolution",
            "old": "2027-01-05T10:00:00.000000Z",
            "new": "2027-01-06T10:00:00.000000Z",
        }
    ]
    assert "nothing was written" in run(*own.arguments("--dry-run", "--quiet")).out
    assert own.versions() == kept
    assert run(*own.arguments("--json", "--quiet")).data() == {**data, "dry_run": False}


def test_ledgers(run: Run, own: Bank) -> None:
    """Both accounts of each change: the Monday counts before, and is a holiday after."""
    ran = run(*own.arguments("--dry-run", "--ledgers", "--quiet"))
    before, after = ran.out.split("· after")[0], ran.out.split("· after")[1]
    assert "Mon 4 Jan" in before
    assert "New Year's Day" in after
    data = run(*own.arguments("--dry-run", "--ledgers", "--json", "--quiet")).data()
    change = data["revised"][0]["changes"][0]
    assert change["ledger_before"]["used"] == change["ledger_after"]["used"] == 5


def test_in_chinese(run: Run, own: Bank) -> None:
    """The same for people who read Chinese."""
    ran = run(*own.arguments("--ledgers", "--lang", "zh-CN", "--quiet"))
    assert CHINESE.search(ran.out)
    assert "元旦" in ran.out
    assert "变更后" in ran.out


def test_by_name(run: Run, own: Bank) -> None:
    """A calendar takes the place of the one of its name; each at most once, and none unknown."""
    named = ("--rulebook", own.rulebook, "--quiet")
    usual = f"calendar={own.notice}"
    ran = run("revise-dues", own.store, *named, "--calendar", usual, "--dry-run", "--json")
    assert len(ran.data()["revised"]) == 2
    other = f"service_centre={own.notice}"
    ran = run("revise-dues", own.store, *named, "--calendar", other, "--dry-run", "--json")
    assert ran.data()["revised"] == []
    for wrong, said in (
        ((f"service_center={own.notice}",), "service_center"),
        ((usual, str(own.notice)), "--calendar"),
        (("NOWHERE",), "NOWHERE"),
    ):
        given = [part for each in wrong for part in ("--calendar", each)]
        ran = run("revise-dues", own.store, *named, *given)
        assert (ran.code, ran.out) == (3, "")
        assert said in ran.err
    assert own.versions() == [1, 1]


def test_in_parts(run: Run, own: Bank) -> None:
    """At most so many, and how to go on; who is recorded."""
    ran = run(*own.arguments("--limit", "1", "--actor", "wei", "--quiet"))
    assert ran.code == 0
    assert f"--after {own.ids[0]}" in ran.out
    ran = run(*own.arguments("--after", own.ids[0], "--json", "--quiet"))
    assert [each["ticket"] for each in ran.data()["revised"]] == [own.ids[1]]
    with SQLiteStore(own.store, create=False) as store:
        desk = ServiceDesk(store, rulebook=load_rulebook(own.rulebook), earlier=[bank()])
        who = [desk.unrestricted().history(each)[-1].event.trace.actor for each in own.ids]
    assert who == ["wei", "system"]


def test_what_is_left(run: Run, own: Bank) -> None:
    """Tickets under a rulebook that nobody named are listed with the reason: exit code 1."""
    ran = run("revise-dues", own.store, "--calendar", own.notice, "--quiet")
    assert ran.code == 1
    assert own.ids[0] in ran.out
    assert "not at hand" in ran.out
    data = run("revise-dues", own.store, "--quiet", "--json").data()
    assert [each["code"] for each in data["left"]] == ["rulebook_not_here"] * 2


def test_trouble(run: Run, own: Bank, tmp_path: Path) -> None:
    """No store is trouble with a store; a limit of none is wrong usage; progress is told aside."""
    assert run("revise-dues", tmp_path / "none.db").code == 4
    assert run(*own.arguments("--limit", "0")).code == 2
    assert run("revise-dues", own.store, "--calendar", tmp_path / "none.toml").code == 3
    assert run(*own.arguments("--json")).data()["looked_at"] == 2
