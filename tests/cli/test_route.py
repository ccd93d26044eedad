"""``workorder route`` and ``workorder workload``: decisions, taken again, and what people hold."""

from pathlib import Path

import pytest

from tests.cli.conftest import CHINESE, Run, cells
from tests.desk.routing.team import INTAKE, NOON, Clock
from workorder.assign import Agent, AssignmentPolicy
from workorder.assign.selectors import MostSpare
from workorder.desk import ServiceDesk
from workorder.desk.routing import People
from workorder.rulebook import bank, policy_to_toml, rulebook_to_toml
from workorder.storage import SQLiteStore
from workorder.ticket import Accept, Ticket

LI = Agent("li", teams={"complaints"}, skills={"complaints": 3}, capacity=4)
WU = Agent("wu", teams={"complaints"}, skills={"complaints": 2}, capacity=9, presence="away")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the store is."""
    return tmp_path / "desk.db"


@pytest.fixture
def tickets(path: Path) -> list[Ticket]:
    """Three complaints of two units each: two that Li has, and one that nobody can have."""
    with SQLiteStore(path) as store:
        desk = ServiceDesk(store, rulebook=bank(), people=People([LI, WU]), time=Clock())
        found = []
        for number in range(3):
            ticket = desk.open(
                "complaint",
                customer="C-1",
                channel="phone",
                department="complaints",
                fields={"title": "x", "category": "fees"},
                actor=INTAKE,
                command_id=f"open-{number}",
            )
            desk.perform(ticket.id, Accept(), actor=INTAKE)
            found.append(desk.assign(ticket.id).ticket)
    return found


def test_explain_says_who_and_why(run: Run, path: Path, tickets: list[Ticket]) -> None:
    """The decision of one ticket, with every reason."""
    ran = run("route", "explain", path, tickets[0].id)
    assert ran.code == 0
    assert f"{tickets[0].id} goes to li" in ran.out
    assert "- wu: is away" in ran.out
    assert f"{NOON:%Y-%m-%d %H:%M}" in ran.out


def test_explain_says_why_nobody(run: Run, path: Path, tickets: list[Ticket]) -> None:
    """In Chinese, and as data."""
    ran = run("route", "explain", path, tickets[2].id, "--lang", "zh-CN")
    assert "无人可派" in ran.out
    assert "状态为“离开”" in ran.out
    assert CHINESE.search(ran.out)
    (said,) = run("route", "explain", path, tickets[2].id, "--json").data()["decisions"]
    assert said["chosen"] is None
    assert said["rejections"]["li"][0]["code"] == "over_capacity"


def test_explain_of_a_ticket_for_which_nobody_was_looked_for(run: Run, path: Path) -> None:
    """One that was only opened."""
    with SQLiteStore(path) as store:
        desk = ServiceDesk(store, rulebook=bank())
        ticket = desk.open(
            "enquiry", channel="phone", fields={"title": "x"}, actor=INTAKE, command_id="one"
        )
    ran = run("route", "explain", path, ticket.id)
    assert (ran.code, "nobody was looked for" in ran.out) == (0, True)


def test_explain_of_no_ticket(run: Run, path: Path, tickets: list[Ticket]) -> None:
    """Refused, as any ticket that is not there."""
    assert run("route", "explain", path, "nothing").code == 1
    assert tickets


def test_replay_under_their_own_policy(run: Run, path: Path, tickets: list[Ticket]) -> None:
    """All come out the same; the rulebook ships."""
    ran = run("route", "replay", path)
    assert ran.code == 0
    assert "3 decisions taken again, each under its own policy: 3 the same, 0 not" in ran.out
    assert tickets


def test_replay_under_another_policy(
    run: Run, path: Path, tmp_path: Path, tickets: list[Ticket]
) -> None:
    """From a file of one policy, or the first of a rulebook file; those that go elsewhere are
    listed.
    """
    file = tmp_path / "spare.toml"
    spare = AssignmentPolicy("anybody", filters=(), selector=MostSpare())
    file.write_text(policy_to_toml(spare), encoding="utf-8")
    ran = run("route", "replay", path, "--policy", file)
    assert ran.code == 0
    assert "under “anybody”: 0 the same, 3 not" in ran.out
    rows = {line[0]: line for line in cells(ran.out)}
    assert rows[tickets[0].id][-2:] == ["li", "wu"]
    data = run("route", "replay", path, "--policy", file, "--json").data()
    assert [each["after"] for each in data["differences"]] == ["wu", "wu", "wu"]
    own = tmp_path / "rules.toml"
    own.write_text(rulebook_to_toml(bank()), encoding="utf-8")
    assert "3 the same" in run("route", "replay", path, "--policy", own).out


def test_replay_of_what_another_rulebook_decided(run: Run, path: Path, tmp_path: Path) -> None:
    """It is said which policy is missing; nothing is guessed."""
    from attrs import evolve

    from workorder.assign.routing import Routing

    routing = Routing(
        waiting=("accepted",),
        busy=("assigned",),
        policies={"ours": AssignmentPolicy("ours", selector=MostSpare())},
    )
    rules = evolve(bank(), version="ours", sla=None, routing=routing)
    with SQLiteStore(path) as store:
        desk = ServiceDesk(store, rulebook=rules, people=People([LI]), time=Clock())
        fields = {"title": "x", "category": "fees"}
        ticket = desk.open(
            "complaint", customer="C-1", channel="phone", fields=fields, actor=INTAKE
        )
        desk.perform(ticket.id, Accept(), actor=INTAKE)
        desk.assign(ticket.id)
    ran = run("route", "replay", path)
    assert "1 by a policy that is not at hand: ours" in ran.out
    file = tmp_path / "ours.toml"
    file.write_text(rulebook_to_toml(rules), encoding="utf-8")
    assert "1 the same" in run("route", "replay", path, "--rulebook", file).out


def test_workload(run: Run, path: Path, tickets: list[Ticket]) -> None:
    """Two tickets of two units with Li, one that waits for the department of complaints."""
    ran = run("workload", path)
    assert ran.code == 0
    rows = {line[0]: line for line in cells(ran.out)}
    assert rows["li"][1:4] == ["2", "4", "0"]
    assert rows["complaints"] == ["complaints", "1"]
    data = run("workload", path, "--json").data()
    assert data["people"][0]["counted"] == 4
    assert data["waiting"] == {"complaints": 1}
    assert CHINESE.search(run("workload", path, "--lang", "zh-CN").out)
    assert tickets


def test_workload_of_an_empty_store(run: Run, path: Path) -> None:
    """Nobody holds anything."""
    SQLiteStore(path).close()
    assert "Nobody holds anything" in run("workload", path).out


def test_a_store_that_is_not_there(run: Run, tmp_path: Path) -> None:
    """It is not made."""
    missing = tmp_path / "no.db"
    for words in (("workload", missing), ("route", "replay", missing)):
        assert run(*words).code == 4
    assert not missing.exists()


@pytest.mark.parametrize(
    "words", [("explain", "x.db"), ("replay", "x.db", "T1"), ("tell", "x.db"), ("explain",)]
)
def test_wrong_usage(run: Run, words: tuple[str, ...]) -> None:
    """A ticket for one of them, and for that one only."""
    assert run("route", *words).code == 2
