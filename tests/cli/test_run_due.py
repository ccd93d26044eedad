"""``workorder run-due``: time acts on a store, and says what it did."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.by_limits import by_limits
from tests.cli.conftest import CHINESE, Run, cells, folded
from workorder.cli import due
from workorder.desk import ServiceDesk
from workorder.rulebook import bank, load_rulebook, rulebook_to_toml
from workorder.storage import SQLiteStore
from workorder.ticket import (
    Accept,
    Approve,
    Command,
    Dispatch,
    InformCustomer,
    Start,
    Submit,
    Ticket,
)
from workorder.workflow import Actor

ROOT = Path(__file__).resolve().parents[2]
BANK = ROOT / "src" / "workorder" / "rulebook" / "shipped" / "bank.toml"
LONG_AGO = datetime(2020, 3, 2, 1, 0, tzinfo=UTC)
LI = Actor("li", "intake", "hotline")
WANG = Actor("wang", "dispatcher")
ZHANG = Actor("zhang", "handler", "cards")
SUN = Actor("sun", "reviewer", "cards")

RESOLVED: list[tuple[Actor, Command]] = [
    (LI, Accept()),
    (WANG, Dispatch(to="zhang", department="cards")),
    (ZHANG, Start()),
    (ZHANG, Submit("done")),
    (SUN, Approve()),
]
TOLD: list[tuple[Actor, Command]] = [*RESOLVED, (LI, InformCustomer("decision", "phone"))]

Fill = Callable[..., list[Ticket]]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the store is."""
    return tmp_path / "desk.db"


@pytest.fixture
def fill(path: Path) -> Fill:
    """Put tickets into the store, long ago: one for each list of steps, after the opening."""

    def put(
        *lives: list[tuple[Actor, Command]], at: datetime = LONG_AGO, own: Path | None = None
    ) -> list[Ticket]:
        tickets = []
        rulebook = bank() if own is None else load_rulebook(own)
        with SQLiteStore(path) as store:
            desk = ServiceDesk(store, rulebook=rulebook, time=lambda: at)
            for life in lives:
                ticket = desk.open(
                    "complaint",
                    customer="C-1",
                    channel="phone",
                    fields={"title": "Card", "category": "atm"},
                    actor=LI,
                )
                for actor, command in life:
                    ticket = desk.perform(ticket.id, command, actor=actor)
                tickets.append(ticket)
        return tickets

    return put


@pytest.fixture
def renamed(tmp_path: Path) -> Path:
    """The bank's rulebook in its small form, with another name for the state “resolved”."""
    text = rulebook_to_toml(by_limits()).replace("[states.resolved]", "[states.settled]")
    file = tmp_path / "renamed.toml"
    file.write_text(text.replace('"resolved"', '"settled"'), encoding="utf-8")
    return file


def state(path: Path, ticket: Ticket) -> str:
    """How a ticket stands in the store."""
    with SQLiteStore(path, create=False) as store:
        return store.load([ticket.id])[ticket.id].snapshot.ticket.state


def test_nothing_is_due(run: Run, path: Path, fill: Fill) -> None:
    """A store in which nothing is due is left as it is."""
    (ticket,) = fill([], at=datetime.now(UTC))  # its first mark is hours away
    ran = run("run-due", path, "--quiet")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == "0 tickets were due; something happened on 0\n"
    assert state(path, ticket) == "registered"


def test_what_time_did(run: Run, path: Path, fill: Fill, tables: str) -> None:
    """Closing and archiving happen in one run, and are counted; a second run finds nothing."""
    tickets = fill(TOLD, TOLD, [])
    ran = run("run-due", path, "--quiet")
    assert (ran.code, ran.err) == (0, "")
    assert [state(path, each) for each in tickets] == ["archived", "archived", "registered"]
    assert ran.out.startswith("3 tickets were due; something happened on 3\n")
    assert {tuple(line) for line in cells(ran.out)} >= {
        ("2", "Close"),
        ("2", "Archive"),
        ("14", "Mark reached"),
    }
    again = run("run-due", path, "--json").data()
    assert again == {"claimed": 0, "tickets": 0, "fired": {}, "lapsed": [], "stuck": []}


def test_what_time_was_refused(run: Run, path: Path, fill: Fill, tables: str) -> None:
    """A complaint whose customer was not told stays open; ticket, action and reason are told."""
    (ticket,) = fill(RESOLVED)
    ran = run("run-due", path, "--quiet")
    assert (ran.code, ran.err) == (0, "")
    assert state(path, ticket) == "resolved"
    (line,) = [each for each in cells(ran.out) if each[0] == ticket.id]
    assert line[1] == "Close"
    assert line[2].startswith("2020-03-")
    assert line[3].startswith("tell the customer of the decision first")


def test_refused_as_json_and_in_chinese(run: Run, path: Path, fill: Fill) -> None:
    """Programs get the refusal with its rules, and its sentences are in the language asked for."""
    (ticket,) = fill(RESOLVED)
    ran = run("run-due", path, "--json", "--lang", "zh-CN")
    assert ran.code == 0
    (lapse,) = ran.data()["lapsed"]
    assert (lapse["ticket"], lapse["action"]) == (ticket.id, "close")
    assert [each["name"] for each in lapse["refusal"]["unmet"]] == ["informed_if_required"]
    assert CHINESE.search(lapse["refusal"]["unmet"][0]["text"])


def test_in_chinese(run: Run, path: Path, fill: Fill) -> None:
    """Headings, labels and reasons are Chinese."""
    fill(TOLD, RESOLVED)
    out = folded(run("run-due", path, "--quiet", "--lang", "zh-CN").out)
    assert out.startswith("到期工单 2 张")
    for word in ("系统已执行", "结案", "归档", "未获允许", "请先告知客户处理结果"):
        assert word in out


def test_stuck_tickets(run: Run, path: Path, fill: Fill, renamed: Path, tables: str) -> None:
    """Under a rulebook that does not know their state nothing happens: exit code 1, still due."""
    tickets = fill(TOLD, TOLD, own=renamed)
    ran = run("run-due", path, "--quiet", "--rulebook", "bank")
    assert (ran.code, ran.err) == (1, "")
    assert ran.out.startswith("2 tickets were due; something happened on 0\n")
    assert {line[0] for line in cells(ran.out)} >= {each.id for each in tickets}
    assert [state(path, each) for each in tickets] == ["settled", "settled"]


def test_stuck_tickets_come_up_once(
    run: Run, path: Path, fill: Fill, renamed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a run of several rounds a ticket that is stuck is told once, and ends no round."""
    monkeypatch.setattr(due, "ROUND", 1)
    tickets = fill(TOLD, TOLD, TOLD, own=renamed)
    ran = run("run-due", path, "--quiet", "--json", "--rulebook", "bank")
    assert ran.code == 1
    assert sorted(each["ticket"] for each in ran.data()["stuck"]) == sorted(x.id for x in tickets)


def test_a_rulebook_of_ones_own(run: Run, path: Path, fill: Fill, renamed: Path) -> None:
    """Tickets opened under a file go by that file, which must be given: it is not guessed."""
    (ticket,) = fill(TOLD, own=renamed)
    ran = run("run-due", path)
    assert (ran.code, ran.out, ran.err) == (3, "", "--rulebook: required\n")
    assert state(path, ticket) == "settled"
    assert run("run-due", path, "--quiet", "--rulebook", renamed).code == 0
    assert state(path, ticket) == "archived"


def test_tickets_go_by_the_rulebook_they_were_opened_under(
    run: Run, path: Path, fill: Fill, renamed: Path
) -> None:
    """Those of a rulebook that ships keep going by it, whatever else is given."""
    (ticket,) = fill(TOLD)
    assert run("run-due", path, "--quiet", "--rulebook", renamed).code == 0
    assert state(path, ticket) == "archived"


def test_a_rulebook_in_which_time_may_do_nothing(run: Run, path: Path, fill: Fill) -> None:
    """It would give up every timer for good, so it is refused before anything is touched."""
    (ticket,) = fill(TOLD)
    role = (
        '[roles.system]\nsees = "all"\nlabels = { en = "System timer", zh-CN = "系统定时任务" }\n'
    )
    text = BANK.with_name("basic.toml").read_text(encoding="utf-8")
    timeless = path.with_name("timeless.toml")
    timeless.write_text(text.replace(role, "").replace(', "system"]', "]"), encoding="utf-8")
    ran = run("run-due", path, "--rulebook", timeless)
    assert (ran.code, ran.out) == (3, "")
    assert ran.err == "--rulebook: expected a rulebook with the role “system”, found basic\n"
    assert run("run-due", path, "--json").data()["tickets"] == 1
    assert state(path, ticket) == "archived"


def test_limit_and_rounds(
    run: Run, path: Path, fill: Fill, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rounds add up to one answer; --limit ends the last of them; the rest stay due."""
    monkeypatch.setattr(due, "ROUND", 2)
    fill(*[TOLD] * 7)
    first = run("run-due", path, "--limit", "5", "--json")
    assert first.data()["claimed"] == 5
    assert first.data()["fired"] == {"archive": 5, "close": 5}
    assert "tickets: 5" in first.err
    assert run("run-due", path, "--json", "--quiet").data()["claimed"] == 2
    assert run("run-due", path, "--json", "--quiet").data()["claimed"] == 0


def test_what_lies_ahead_is_not_due(run: Run, path: Path, fill: Fill) -> None:
    """The clock is the machine's: a quiet period that has just begun is not over."""
    (ticket,) = fill(TOLD, at=datetime.now(UTC) - timedelta(hours=1))
    assert run("run-due", path, "--json", "--quiet").data()["claimed"] == 0
    assert state(path, ticket) == "resolved"


def test_no_store(run: Run, tmp_path: Path) -> None:
    """Without a store none is made, and the exit code is 4; with a bad rulebook it is 3."""
    ran = run("run-due", tmp_path / "none.db")
    assert (ran.code, ran.out) == (4, "")
    assert not (tmp_path / "none.db").exists()
    assert run("run-due", tmp_path / "none.db", "--rulebook", "bnk").code == 3
    assert run("run-due", tmp_path / "none.db", "--rulebook", tmp_path / "none.toml").code == 3
    missing = run("run-due", tmp_path / "none.db", "--json").data()
    assert missing["error"]["code"] == "no_such_file"


def test_another_tenants_store(run: Run, path: Path, fill: Fill) -> None:
    """A store that belongs to somebody else is not touched."""
    (ticket,) = fill(TOLD)
    assert run("run-due", path, "--tenant", "other").code == 4
    assert state(path, ticket) == "resolved"


def test_several_rulebooks_of_ones_own(
    run: Run, path: Path, fill: Fill, renamed: Path, tmp_path: Path
) -> None:
    """Tickets of an earlier edition go by that one: the one in force is given first."""
    (ticket,) = fill(TOLD, own=renamed)
    newer = tmp_path / "newer.toml"
    newer.write_text(renamed.read_text(encoding="utf-8").replace("settled", "sorted"), "utf-8")
    ran = run("run-due", path, "--quiet", "--rulebook", newer, "--rulebook", renamed)
    assert (ran.code, state(path, ticket)) == (0, "archived")
