"""What became of promises, and how long a ticket stood where: told apart case by case."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from attrs import frozen

from tests.by_limits import by_limits
from tests.dossier.cases import forget, hold, keep
from tests.dossier.reading import Page
from tests.dossier.test_content import entries, sections
from workorder.desk import ServiceDesk
from workorder.dossier import dossier, gathered
from workorder.dossier.account import promises, stays, times
from workorder.dossier.trail import Trail, read_trail
from workorder.rulebook import bank
from workorder.storage import Codec, MemoryStore
from workorder.ticket import (
    Accept,
    Appeal,
    Approve,
    ApproveExtension,
    Cancel,
    Command,
    Dispatch,
    FinishSubtask,
    Hold,
    InformCustomer,
    MergeInto,
    OpenSubtask,
    RejectExtension,
    Reopen,
    RequestExtension,
    Resume,
    Start,
    Submit,
)
from workorder.workflow import Actor

LI = Actor("li.na", "intake", "hotline")
WANG = Actor("wang.fang", "dispatcher", "hotline")
ZHAO = Actor("zhao.min", "handler", "channels")
HE = Actor("he.jun", "cohandler", "branch")
SUN = Actor("sun.li", "reviewer", "channels")
MA = Actor("ma.ying", "supervisor", "channels", 5)
GAO = Actor("gao.lei", "supervisor", "channels", 20)
CUSTOMER = Actor("C-1", "customer")
START = datetime(2026, 9, 1, 2, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@frozen
class Bank:
    """A desk of the bank with a clock that is put forward by hand.

    Attributes:
        clock: the present instant.
        desk: the desk.
    """

    clock: list[datetime]
    desk: ServiceDesk

    def do(self, ticket: str, actor: Actor, *commands: Command) -> None:
        """*actor* does one thing after the other, a minute each."""
        for command in commands:
            self.clock[0] += timedelta(minutes=1)
            self.desk.perform(ticket, command, actor=actor)

    def opened(self, name: str = "one", type_: str = "complaint") -> str:
        """A ticket that Zhao works on."""
        fields = {"title": "card", "category": "atm"}
        ticket = self.desk.open(
            type_, customer="C-1", channel="phone", fields=fields, actor=LI, command_id=name
        )
        self.do(ticket.id, LI, Accept())
        self.do(ticket.id, WANG, Dispatch(to="zhao.min", department="channels"))
        self.do(ticket.id, ZHAO, Start())
        return ticket.id

    def wait(self, days: float) -> None:
        """Time passes."""
        self.clock[0] += days * DAY

    @property
    def now(self) -> datetime:
        """The present instant."""
        return self.clock[0]

    def trail(self, ticket: str) -> Trail:
        """What happened to a ticket."""
        store: Any = self.desk.store
        return read_trail(gathered(store, ticket), Codec(tenant=store.tenant))

    def outcomes(self, ticket: str, name: str) -> list[str]:
        """What became of the promises of that name."""
        found = promises(self.trail(ticket).happenings, self.now)
        return [each.outcome for each in found if each.name == name]

    def html(self, ticket: str, language: str = "en") -> str:
        """Its dossier."""
        made = dossier(self.desk.unrestricted(), ticket, at=self.now, language=language)
        assert made.findings == ()
        assert Page(made.html).faults == []
        return made.html


@pytest.fixture
def desk() -> Bank:
    """A desk with nothing on it."""
    clock = [START]
    return Bank(clock, ServiceDesk(MemoryStore(), rulebook=bank(), time=lambda: clock[0]))


def test_a_deadline_that_runs(desk: Bank) -> None:
    """Before it passes, it is still to come."""
    assert desk.outcomes(desk.opened(), "due") == ["running"]


def test_a_deadline_that_passed(desk: Bank) -> None:
    """After it passed with the work open it is missed, and shown as wrong."""
    ticket = desk.opened()
    desk.wait(40)
    assert desk.outcomes(ticket, "due") == ["overdue"]
    assert '<span class="wrong">missed, and still open</span>' in desk.html(ticket)


@pytest.mark.parametrize(("days", "outcome"), [(1, "met"), (40, "missed")])
def test_a_deadline_that_was_met_or_not(days: int, outcome: str, desk: Bank) -> None:
    """The clock that leads tells: the customer told in time, it is kept; told later, it is missed,
    whatever follows.
    """
    ticket = desk.opened()
    desk.wait(days)
    desk.do(ticket, ZHAO, Submit(resolution="refunded"))
    desk.do(ticket, SUN, Approve())
    desk.do(ticket, LI, InformCustomer("decision", "phone"))
    desk.wait(100)
    desk.desk.run_due()
    assert desk.outcomes(ticket, "due") == [outcome]
    assert ("missed, 2026-10-11" in sections(desk.html(ticket))["promises"]) is (days == 40)


def test_a_decision_that_was_not_told(desk: Bank) -> None:
    """Resolved in time and never told: the law's clock runs on, and the promise is missed."""
    ticket = desk.opened()
    desk.do(ticket, ZHAO, Submit(resolution="refunded"))
    desk.do(ticket, SUN, Approve())
    assert desk.outcomes(ticket, "due") == ["running"]
    desk.wait(40)
    assert desk.outcomes(ticket, "due") == ["overdue"]
    desk.do(ticket, LI, InformCustomer("decision", "phone"))
    assert desk.outcomes(ticket, "due") == ["missed"]


def test_what_was_told_before_it_was_noted(desk: Bank) -> None:
    """Told in time and noted too late, the promise is kept: at the instant of the telling."""
    ticket = desk.opened()
    desk.wait(1)
    desk.do(ticket, ZHAO, Submit(resolution="refunded"))
    desk.do(ticket, SUN, Approve())
    told = desk.now
    desk.wait(40)
    desk.do(ticket, LI, InformCustomer("decision", "phone", told_at=told))
    (found,) = (
        each for each in promises(desk.trail(ticket).happenings, desk.now) if each.name == "due"
    )
    assert (found.outcome, found.at) == ("met", told)


def test_a_deadline_that_is_suspended(desk: Bank) -> None:
    """While the leading clock is paused, its promise is neither kept nor broken; going on, another
    instant takes its place.
    """
    ticket = desk.opened(type_="request")
    desk.do(ticket, ZHAO, Hold(reason="waiting_for_customer"))
    desk.wait(20)
    assert desk.outcomes(ticket, "due") == ["suspended"]
    assert "its clock is paused" in sections(desk.html(ticket))["promises"]
    desk.do(ticket, ZHAO, Resume())
    assert desk.outcomes(ticket, "due") == ["replaced", "running"]
    desk.do(ticket, ZHAO, Submit(resolution="done"))
    desk.do(ticket, SUN, Approve())
    assert desk.outcomes(ticket, "due") == ["replaced", "met"]


def test_a_deadline_after_reopening(desk: Bank) -> None:
    """Reopened, a clock that begins anew makes another promise; the verdict before it stands."""
    ticket = desk.opened(type_="request")
    desk.do(ticket, ZHAO, Submit(resolution="done"))
    desk.do(ticket, SUN, Approve())
    desk.wait(1)
    desk.do(ticket, CUSTOMER, Reopen(reason="not done"))
    assert desk.outcomes(ticket, "due") == ["met", "running"]
    desk.wait(30)
    assert desk.outcomes(ticket, "due") == ["met", "overdue"]
    desk.do(ticket, MA, Cancel(reason="by mistake"))
    assert desk.outcomes(ticket, "due") == ["met", "ended"]


def test_a_rulebook_without_clocks(desk: Bank) -> None:
    """Where nothing but a time limit is promised, the resolution tells."""
    clock = desk.clock
    other = Bank(clock, ServiceDesk(MemoryStore(), rulebook=by_limits(), time=lambda: clock[0]))
    ticket = other.opened()
    other.do(ticket, ZHAO, Submit(resolution="refunded"))
    other.do(ticket, SUN, Approve())
    assert other.outcomes(ticket, "due") == ["met"]
    assert sections(other.html(ticket))["clocks"] == "ClocksNone."


def test_a_deadline_that_lapsed(desk: Bank) -> None:
    """A ticket that is called off or merged keeps no promise, and breaks none."""
    ticket, other = desk.opened(), desk.opened("two")
    desk.do(ticket, MA, Cancel(reason="by mistake"))
    assert desk.outcomes(ticket, "due") == ["ended"]
    third = desk.opened("three")
    desk.do(third, WANG, MergeInto(target=other))
    assert desk.outcomes(third, "due") == ["ended"]
    assert other in sections(desk.html(third))["links"]
    assert third in sections(desk.html(other))["links"]


def test_extensions_are_told(desk: Bank) -> None:
    """A refused extension leaves the promise; a granted one replaces it when the customer knows."""
    ticket = desk.opened()
    until = desk.now + 30 * DAY
    desk.do(ticket, ZHAO, RequestExtension(until=until, reason="more time"))
    desk.do(ticket, GAO, RejectExtension(reason="not needed"))
    assert desk.outcomes(ticket, "due") == ["running"]
    text = sections(desk.html(ticket))["decisions"]
    assert text.index("more time") < text.index("gao.lei") < text.index("not needed")
    desk.do(ticket, ZHAO, RequestExtension(until=until, reason="more time"))
    desk.do(ticket, GAO, ApproveExtension())
    assert desk.outcomes(ticket, "due") == ["running"]
    desk.do(ticket, LI, InformCustomer(subject="extension", channel="phone"))
    assert desk.outcomes(ticket, "due") == ["replaced", "running"]


@pytest.mark.parametrize(("days", "outcome"), [(1, "met"), (20, "missed")])
def test_an_answer_of_another_department(days: int, outcome: str, desk: Bank) -> None:
    """A sub-task is kept or missed by itself, by its own deadline."""
    ticket = desk.opened()
    desk.do(ticket, ZHAO, OpenSubtask(department="branch", question="camera?"))
    (subtask,) = desk.desk.unrestricted().get(ticket).work.subtasks
    assert desk.outcomes(ticket, "subtask") == ["running"]
    desk.wait(days)
    if days > 10:
        assert desk.outcomes(ticket, "subtask") == ["overdue"]
    desk.do(ticket, HE, FinishSubtask(subtask=subtask.id, answer="found"))
    assert desk.outcomes(ticket, "subtask") == [outcome]


def test_windows_pass(desk: Bank) -> None:
    """A window that nobody used has passed."""
    ticket = desk.opened()
    desk.do(ticket, ZHAO, Submit(resolution="refunded"))
    desk.do(ticket, SUN, Approve())
    desk.do(ticket, LI, InformCustomer(subject="decision", channel="phone"))
    assert desk.outcomes(ticket, "appeal_until") == ["running"]
    desk.wait(400)
    assert desk.outcomes(ticket, "appeal_until") == ["over"]


def test_an_appeal_is_linked(desk: Bank) -> None:
    """The appeal and what it appeals name each other, and its reason is told."""
    ticket = desk.opened()
    desk.do(ticket, ZHAO, Submit(resolution="refunded"))
    desk.do(ticket, SUN, Approve())
    desk.do(ticket, LI, InformCustomer(subject="decision", channel="phone"))
    desk.do(ticket, CUSTOMER, Appeal(reason="not true"))
    appeal = desk.desk.unrestricted().get(ticket).links.appeal
    assert appeal is not None
    assert f"appealed by{appeal}" in sections(desk.html(ticket))["links"]
    html = desk.html(appeal)
    assert f"appeals{ticket}" in sections(html)["links"]
    assert "reason of the appealnot true" in entries(html)[0]


def test_a_hold_that_lasts(desk: Bank) -> None:
    """A hold that nobody ended lasts up to the instant of the dossier."""
    ticket = desk.opened()
    desk.do(ticket, ZHAO, Hold(reason="waiting_for_customer"))
    desk.wait(1)
    text = sections(desk.html(ticket))["holds"]
    assert "still on hold1 d" in text
    assert "仍在挂起1 天" in sections(desk.html(ticket, "zh-CN"))["holds"]
    desk.do(ticket, ZHAO, Resume(), Hold(reason="waiting_for_customer"))
    rows = sections(desk.html(ticket))["holds"]
    assert rows.count("Waiting for the customer") == 2


def test_stays(desk: Bank) -> None:
    """Times in states follow one another without gaps; the last one is open."""
    ticket = desk.opened()
    found = tuple(stays(desk.trail(ticket).happenings))
    assert [each.state for each in found] == ["registered", "accepted", "assigned", "in_progress"]
    assert [each.until for each in found] == [each.since for each in found[1:]] + [None]
    counted = times(found, found[-1].since + DAY)
    assert counted["in_progress"] == (1, DAY)
    assert counted["assigned"] == (1, timedelta(minutes=1))


Act = Callable[..., Any]


@pytest.mark.parametrize("papers", [(), (forget(), hold("case"))])
def test_what_is_for_good(papers: tuple[Act, ...], desk: Bank) -> None:
    """No time is counted in a state that nothing ends, papers or not."""
    ticket = desk.opened()
    desk.do(ticket, MA, Cancel(reason="by mistake"))
    desk.wait(100)
    for act in papers:
        keep(desk.desk, ticket, act)
    found = times(stays(desk.trail(ticket).happenings), desk.now)
    assert found["cancelled"] == (1, None)
    assert "for good" in sections(desk.html(ticket))["figures"]
