"""``workorder history`` and ``workorder options``: one ticket."""

from pathlib import Path

import pytest

from tests.cli.conftest import ID, Run, cells, folded
from workorder.desk import ServiceDesk
from workorder.storage import SQLiteStore
from workorder.ticket import Comment
from workorder.workflow import Actor

LI = ("--actor", "li", "--role", "handler")


def test_history_as_json(run: Run, shop: Path) -> None:
    """One object: the ticket's id and its entries, with texts and provenance."""
    data = run("history", shop, "C1", "--json").data()
    assert data.keys() == {"ticket", "entries"}
    assert ID.fullmatch(data["ticket"])
    assert [each["sequence"] for each in data["entries"]] == [1, 2, 3]
    assert [each["state"] for each in data["entries"]] == ["accepted", "assigned", "in_progress"]
    first, second, third = data["entries"]
    assert first.keys() == {
        "sequence",
        "version",
        "kind",
        "at",
        "actor",
        "role",
        "action",
        "from",
        "state",
        "said",
        "command_id",
        "state_label",
    }
    assert first["state_label"] == "Accepted"
    assert (first["at"], first["kind"]) == ("2026-03-01T00:00:00.000000Z", "ticket.imported")
    assert (first["said"]["title"], third["said"]["title"]) == ("ATM kept card", "Card lost")
    assert "title" not in second["said"]
    assert (second["said"]["source"], second["said"]["key"]) == ("old desk", "C1")


def test_by_id_and_by_number(run: Run, shop: Path) -> None:
    """A ticket goes by its id here and by its number in the system it came from."""
    by_number = run("history", shop, "C1", "--json").data()
    assert run("history", shop, by_number["ticket"], "--json").data() == by_number
    options = run("options", shop, "C1", *LI, "--json").data()
    assert options == run("options", shop, by_number["ticket"], *LI, "--json").data()


def test_history_for_people(run: Run, shop: Path, tables: str) -> None:
    """Who did what, when, in which state, and what was said; with or without rich."""
    with SQLiteStore(shop) as store:
        desk = ServiceDesk(store)
        ticket_id = run("history", shop, "C1", "--json").data()["ticket"]
        desk.perform(ticket_id, Comment("called the branch"), actor=Actor("li", "handler"))
    ran = run("history", shop, "C1")
    lines = {line[0]: line for line in cells(ran.out)}
    assert lines["1"][:6] == ["1", "2026-03-01 00:00:00", "teller", "Handler", "import", "Accepted"]
    assert "title: ATM kept card" in lines["1"][6]
    assert lines["3"][5] == "In progress"
    assert lines["4"][2:5] == ["li", "Handler", "Comment"]
    assert lines["4"][6] == "text: called the branch"


def test_history_in_chinese(run: Run, shop: Path, tables: str) -> None:
    """The same with the labels of the workflow in Chinese."""
    ran = run("history", shop, "C1", "--lang", "zh-CN")
    title, head, *_ = cells(ran.out)
    assert title[0].startswith("工单 ")
    assert head[1:6] == ["时间(UTC)", "人员", "角色", "操作", "状态"]
    lines = {line[0]: line for line in cells(ran.out)}
    assert (lines["3"][3], lines["3"][5]) == ("处理岗", "处理中")


def test_history_in_an_unknown_state(run: Run, shop: Path, tables: str) -> None:
    """A state nobody mapped is shown under its own name."""
    states = [line[5] for line in cells(run("history", shop, "C3").out) if line[0] == "1"]
    assert states == ["-100"]


@pytest.mark.parametrize("command", ["history", "options"])
@pytest.mark.parametrize("ticket", ["C99", "nonsense"])
def test_no_such_ticket(command: str, ticket: str, run: Run, shop: Path) -> None:
    """Exit code 1, and a sentence that names the ticket."""
    ran = run(command, shop, ticket, *LI)
    assert (ran.code, ran.out) == (1, "")
    assert ticket in ran.err
    ran = run(command, shop, ticket, *LI, "--json")
    assert (ran.code, ran.data()["error"]["code"]) == (1, "not_found")


@pytest.mark.parametrize("command", ["history", "options"])
def test_a_ticket_one_may_not_see(command: str, run: Run, shop: Path) -> None:
    """It does not exist for them, in the same words and with the same code."""
    sun = ("--actor", "sun", "--role", "handler")
    there = run(command, shop, "C1", *sun)
    nowhere = run(command, shop, "C99", *sun)
    assert there.code == nowhere.code == 1
    assert there.err.replace("C1", "C99") == nowhere.err
    assert run(command, shop, "C1", *sun, "--department", "cards").code == 0


def test_options_as_json(run: Run, shop: Path) -> None:
    """Every action of the workflow but opening: allowed, or every reason why not."""
    data = run("options", shop, "C1", *LI, "--json").data()
    assert data.keys() == {"ticket", "version", "state", "options", "clocks"}
    assert (data["version"], data["state"]) == (3, "in_progress")
    by_action = {each["action"]: each for each in data["options"]}
    assert {name for name, each in by_action.items() if each["allowed"]} == {
        "comment",
        "submit",
        "transfer",
    }
    submit = by_action["submit"]
    assert (submit["to"], submit["role"], submit["needs"]) == (
        "resolved",
        "handler",
        ["resolution"],
    )
    assert by_action["close"]["refusal"]["code"] == "wrong_state"
    assert by_action["reopen"]["refusal"]["code"] == "wrong_state"


def test_options_for_people(run: Run, shop: Path) -> None:
    """What one may do, what stands in the way, and what is not possible here."""
    lines = run(
        "options", shop, "C1", "--actor", "wang", "--role", "handler", "--department", "cards"
    )
    out = lines.out.splitlines()
    assert out[0].endswith("In progress, version 3")
    assert "✗ Submit (needs: resolution)" in out
    assert "    ✗ only the present assignee may do this: li" in out
    assert out[-1].startswith("Not in this state: ")


def test_options_in_chinese(run: Run, shop: Path) -> None:
    """The same in Chinese, in the table and in the data."""
    said = run("options", shop, "C1", *LI, "--lang", "zh-CN").out
    out = folded(said).splitlines()
    assert out[0].endswith("处理中,第 3 版")
    assert "✓ 提交办结(需要:resolution)" in out
    data = run("options", shop, "C1", *LI, "--json", "--lang", "zh-CN").data()
    assert "提交办结" in {each["label"] for each in data["options"]}


def test_options_in_an_unknown_state(run: Run, shop: Path, tables: str) -> None:
    """Nothing is possible, and each action says that the state is unknown here."""
    boss = ("--actor", "boss", "--role", "supervisor")
    data = run("options", shop, "C3", *boss, "--json").data()
    assert {each["refusal"]["code"] for each in data["options"]} == {"unknown_state"}
    ran = run("options", shop, "C3", *boss)
    assert ran.code == 0
    assert "-100" in ran.out.splitlines()[0]


def test_options_with_a_role_nobody_knows(run: Run, shop: Path) -> None:
    """A misspelt role is said to be unknown, not taken for one that may do nothing."""
    ran = run("options", shop, "C1", "--actor", "li", "--role", "handlr", "--json")
    assert ran.code == 1 or {
        each["refusal"]["code"] for each in ran.data()["options"] if each["refusal"]
    } >= {"unknown_role"}


def test_options_need_an_actor(run: Run, shop: Path) -> None:
    """Without a person the question makes no sense: wrong usage."""
    ran = run("options", shop, "C1")
    assert ran.code == 2
    assert "--actor" in ran.err
