"""``workorder reassess``: every clock of a store, under a policy of one's own."""

from datetime import UTC, datetime
from pathlib import Path
from shutil import copytree

import pytest
from attrs import evolve

from tests.cli.conftest import Files, Run, cells, folded
from workorder.desk import ServiceDesk
from workorder.insight import reassess
from workorder.instants import read_instant
from workorder.rulebook import (
    bank,
    basic,
    load_rulebook,
    load_service_levels,
    rulebook_to_toml,
)
from workorder.storage import SQLiteStore
from workorder.ticket import Accept, Dispatch, Hold, Start
from workorder.workflow import Actor

POLICY = """
format = 1
calendar = "CN"

[metrics.answer]
labels = { en = "Answer", zh-CN = "答复" }
start = { field = "state", ne = "closed" }
stop = { field = "state", in = ["resolved", "closed"] }

[metrics.start]
start = { field = "state", ne = "closed" }
stop = { field = "state", in = ["in_progress", "closed"] }

[policies.all]
targets = [
  { metric = "answer", within = "9 elapsed minutes", when = { field = "fields.priority", eq = 2 } },
  { metric = "answer", within = "2 elapsed hours" },
  { metric = "start", within = "2 working hours" },
]
"""
SHIPPED = Path(__file__).resolve().parents[2] / "src" / "workorder" / "rulebook" / "shipped"
NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)
UNTIL = "2026-03-01T02:00:00Z"


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    """A file of service levels."""
    made = tmp_path / "levels.toml"
    made.write_text(POLICY, encoding="utf-8")
    return made


def test_reassess_as_json(run: Run, shop: Path, policy: Path) -> None:
    """One object, the same as the library's."""
    data = run("reassess", shop, "--policy", policy, "--until", UNTIL, "--json").data()
    levels = load_service_levels(policy)
    with SQLiteStore(shop) as store:
        found = reassess(store, levels, until=read_instant(UNTIL), rulebooks=[basic()])
    assert data == found.as_data()
    parts = ["until", "tickets", "clocks", "unknown_rulebooks", "compliance", "worst"]
    assert list(data) == parts
    assert data["unknown_rulebooks"] == {}
    (first,) = [e for e in data["compliance"] if (e["metric"], e["by"]) == ("answer", "")]
    assert (first["total"], first["missed"], first["running"]) == (3, 1, 2)
    assert [each["key"] for each in data["worst"]] == ["C2"]
    assert data["worst"][0]["account"]["rows"]


def test_reassess_for_people(run: Run, shop: Path, policy: Path, tables: str) -> None:
    """Tables by what was asked for, and why the worst is; with or without rich."""
    ran = run(
        "reassess", shop, "--policy", policy, "--until", UNTIL, "--by", "priority", "--metric",
        "answer",
    )  # fmt: skip
    assert ran.code == 0
    assert ran.out.splitlines()[0] == "3 tickets, 3 clocks, until 2026-03-01T02:00:00.000000Z"
    lines = cells(ran.out)
    assert ["Answer", "3", "0", "1", "0", "2", "0", "0", "0.0"] in lines
    assert ["Answer", "2", "1", "0", "1", "0", "0", "0", "0", "0.0"] in lines
    assert ["Answer", "-", "1", "0", "0", "0", "1", "0", "0", "-"] in lines
    assert "By month" not in ran.out
    assert "Ticket C2" in ran.out
    assert "start" not in ran.out
    assert "reassess: 3 of 3" in ran.err


def test_reassess_in_chinese(run: Run, shop: Path, policy: Path, tables: str) -> None:
    """The same in Chinese; no accounts where none are asked for, no progress where it is quiet."""
    ran = run(
        "reassess", shop, "--policy", policy, "--until", UNTIL, "--lang", "zh-CN", "--worst", "0",
        "--quiet",
    )  # fmt: skip
    assert folded(ran.out).splitlines()[0].startswith("工单 3 张,时限 6 项")
    assert ["答复", "3", "0", "1", "0", "2", "0", "0", "0.0"] in cells(ran.out)
    assert "超时最多" not in ran.out
    assert ran.err == ""


def test_another_calendar(run: Run, shop: Path, policy: Path) -> None:
    """The usual calendar of the file can be another one: on that Sunday somebody works."""
    asked = ("reassess", shop, "--policy", policy, "--until", "2026-03-01T23:00:00Z", "--json")
    always = policy.with_name("always.toml")
    always.write_text('zone = "UTC"\nhours = "24/7"\n', encoding="utf-8")

    def late(*more: str | Path) -> int:
        rows = run(*asked, *more).data()["compliance"]
        (row,) = [e for e in rows if (e["metric"], e["by"]) == ("start", "")]
        return int(row["missed"] + row["overdue"])

    assert late() == late("--calendar", "CN") == 0
    assert late("--calendar", always) == 1


def test_a_rulebook_file_and_now(run: Run, shop: Path) -> None:
    """Of a rulebook file its [sla] is taken; without an instant, it is up to now."""
    ran = run("reassess", shop, "--policy", SHIPPED / "bank.toml", "--worst", "0", "--json")
    assert ran.code == 0
    assert ran.data()["tickets"] == 3


def test_reassess_refuses(run: Run, files: Files, shop: Path, policy: Path) -> None:
    """Mistakes say what they are: a metric nobody measures, an instant, a file, a number."""
    asked = ("reassess", shop, "--policy", policy)
    assert "answer" in run(*asked, "--metric", "nothing").err
    assert run(*asked, "--metric", "nothing").code == 3
    assert run(*asked, "--until", "yesterday").code == 3
    assert run(*asked, "--calendar", "nowhere").code == 3
    assert run(*asked, "--worst", "-1").code == 2
    assert run("reassess", shop).code == 2
    assert run("reassess", shop, "--policy", files.mapping).code == 3
    assert run("reassess", "nowhere.db", "--policy", policy).code == 4


def test_the_rulebook_of_the_policy_is_known(run: Run, tmp_path: Path) -> None:
    """Where the policy stands in the rulebook that tickets go by, what pauses there is known."""
    copytree(SHIPPED / "calendars", tmp_path / "calendars")
    own = tmp_path / "own.toml"
    own.write_text(rulebook_to_toml(evolve(bank(), name="own")), encoding="utf-8")
    place = tmp_path / "own.db"
    with SQLiteStore(place) as store:
        desk = ServiceDesk(store, rulebook=load_rulebook(own), time=lambda: NOON)
        fields = {"title": "card", "category": "atm"}
        wang, li = Actor("wang", "intake"), Actor("li", "handler", department="cards")
        ticket = desk.open("enquiry", customer="C-1", channel="phone", fields=fields, actor=wang)
        desk.perform(ticket.id, Accept(), actor=wang)
        desk.perform(ticket.id, Dispatch("li", "cards"), actor=Actor("chen", "supervisor"))
        desk.perform(ticket.id, Start(), actor=li)
        desk.perform(ticket.id, Hold("waiting_for_customer"), actor=li)
    asked = ("--until", "2026-06-01T00:00:00Z", "--metric", "resolution", "--json")
    (row, *_) = run("reassess", place, "--policy", own, *asked).data()["compliance"]
    assert (row["paused"], row["overdue"]) == (1, 0)
    data = run("reassess", place, "--policy", SHIPPED / "bank.toml", *asked).data()
    assert list(data["unknown_rulebooks"].values()) == [1]


def test_until_which_instant(run: Run, shop: Path, policy: Path) -> None:
    """Without an offset it is none, and the error names the option."""
    ran = run("reassess", shop, "--policy", policy, "--until", "2026-11-23T12:00")
    assert ran.code != 0
    assert "--until: expected an instant with its offset, such as 2026-11-30T18:00+08:00" in ran.err


def test_counted_by_what_no_ticket_has(run: Run, shop: Path, policy: Path) -> None:
    """A name that is misspelt is told, beside the table that says nothing."""
    ran = run("reassess", shop, "--policy", policy, "--until", UNTIL, "--by", "prority")
    assert ran.code == 0
    assert "Note: no ticket has “prority”" in ran.err
