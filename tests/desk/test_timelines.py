"""A ticket to be drawn: states, holds, clocks and marks, from its history."""

import asyncio
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve

from tests.by_limits import by_limits
from tests.desk.people import Counting
from workorder.desk import AsyncServiceDesk, ServiceDesk, timeline_of
from workorder.errors import CommandRefused, InvalidInput, StoreError
from workorder.rulebook import Rulebook, bank, basic
from workorder.sla.clocks import Timeline, timeline_svg
from workorder.storage import MemoryStore
from workorder.ticket import (
    Accept,
    Approve,
    Cancel,
    Close,
    Command,
    CustomerReply,
    Dispatch,
    Hold,
    InformCustomer,
    Reopen,
    Start,
    Submit,
)
from workorder.workflow import Actor

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2026, 11, 2, 10, 0, tzinfo=SHANGHAI)
DAY = timedelta(days=1)
LI = Actor("li.na", "intake", "hotline")
WANG = Actor("wang.fang", "dispatcher", "hotline")
ZHAO = Actor("zhao.min", "handler", "channels")
SUN = Actor("sun.li", "reviewer", "channels")
GAO = Actor("gao.lei", "supervisor", "channels", 20)
CUSTOMER = Actor("C-1", "customer")


class Case:
    """One ticket at a desk whose clock is put forward by hand."""

    def __init__(self, rulebook: Rulebook | None = None, type_: str = "request") -> None:
        self.now = MONDAY
        self.desk = ServiceDesk(
            MemoryStore(),
            rulebook=rulebook or bank(),
            time=lambda: self.now,
            new_entropy=Counting(),
        )
        fields = {"title": "x", "category": "card"}
        ticket = self.desk.open(type_, customer="C-1", channel="phone", fields=fields, actor=LI)
        self.id = ticket.id

    def do(self, actor: Actor, *commands: Command, hours: float = 1) -> None:
        """*actor* does one thing after the other, with a while before each."""
        for command in commands:
            self.now += timedelta(hours=hours)
            self.desk.perform(self.id, command, actor=actor)

    def begun(self) -> "Case":
        """Zhao works on it."""
        self.do(LI, Accept())
        self.do(WANG, Dispatch("zhao.min", "channels"))
        self.do(ZHAO, Start())
        return self

    def timeline(self, actor: Actor = GAO, **more: Any) -> Timeline:
        """It is to be drawn now."""
        return self.desk.timeline(self.id, actor=actor, **more)


def names(timeline: Timeline) -> list[str]:
    """The states."""
    return [each.label.name for each in timeline.states]


def test_states_follow_one_another() -> None:
    """Each state begins where the one before ended; the last one goes on."""
    found = Case().begun().timeline()
    assert names(found) == ["registered", "accepted", "assigned", "in_progress"]
    starts = [MONDAY + timedelta(hours=hour) for hour in range(4)]
    assert [each.start for each in found.states] == starts
    assert [each.end for each in found.states] == [*starts[1:], None]
    assert (found.now, found.over) == (starts[-1], False)


def test_holds_have_their_reasons() -> None:
    """A hold that is over, and one that goes on, each with what it waited for."""
    case = Case().begun()
    case.do(ZHAO, Hold("waiting_for_customer"))
    case.do(CUSTOMER, CustomerReply("here"))
    case.do(ZHAO, Hold("waiting_for_third_party"))
    first, second = case.timeline().holds
    assert first.label.text("zh-CN") == "待客户补件"
    assert first.end == first.start + timedelta(hours=1)
    assert (second.label.name, second.end) == ("waiting_for_third_party", None)


def test_clocks_are_those_that_are_explained() -> None:
    """Its clocks are accounted for as for whoever asks why, the one that leads first."""
    case = Case(type_="complaint").begun()
    lanes = case.timeline().clocks
    explained = case.desk.explain(case.id, actor=GAO).clocks
    assert [each.ledger for each in lanes] == list(explained)
    assert lanes[0].ledger.leads


def test_marks_are_there_before_they_are_noted() -> None:
    """A mark that is past is drawn, whether timers were run by then or not; one of an earlier cycle
    is not.
    """
    case = Case(type_="suggestion").begun()
    case.now += 5 * DAY
    before = case.timeline()
    reached = {lane.ledger.reading.clock.metric: lane.reached for lane in before.clocks}
    assert [each.mark for each in reached["first_contact"]] == ["75%", "100%"]
    assert all(each.at < case.now for each in reached["first_contact"])
    case.desk.run_due()
    after = case.timeline()
    assert [each.reached for each in after.clocks] == [each.reached for each in before.clocks]
    case.now += 6 * DAY
    case.do(ZHAO, Submit("done"))
    case.do(SUN, Approve())
    first = next(each for each in case.timeline().clocks if each.ledger.leads)
    assert first.reached
    case.do(CUSTOMER, Reopen("not done"))
    anew = next(each for each in case.timeline().clocks if each.ledger.leads)
    assert (anew.ledger.reading.clock.cycle, anew.reached) == (2, ())


def test_looking_changes_nothing() -> None:
    """What time has done by now is drawn, and not written down by that."""
    case = Case().begun()
    case.now += 30 * DAY
    assert case.timeline() == case.timeline()
    assert case.desk.history(case.id, actor=GAO)[-1].event.kind == "ticket.started"


def test_a_ticket_that_ended_is_drawn_to_its_end() -> None:
    """Closed, with no clock going on: nothing is drawn after that, however late somebody looks."""
    case = Case().begun()
    case.do(ZHAO, Submit("done"))
    case.do(SUN, Approve())
    case.do(LI, InformCustomer("decision", "phone"), Close())
    closed = case.now
    case.now += 200 * DAY
    found = case.timeline()
    assert (found.now, found.over) == (closed, True)
    assert (found.states[-1].label.name, found.states[-1].end) == ("closed", closed)
    assert "ended Mon 2 Nov 2026 17:00" in timeline_svg(found)
    assert max(found.instants()) < closed + 30 * DAY


def test_a_ticket_that_was_called_off() -> None:
    """Cancelled, it has ended, and so have its clocks."""
    case = Case().begun()
    case.do(GAO, Cancel("by mistake"))
    found = case.timeline()
    assert found.over
    assert names(found)[-1] == "cancelled"
    assert {each.ledger.reading.state for each in found.clocks} <= {"cancelled", "finished"}


def test_the_customer_gets_what_they_may_know() -> None:
    """States as the customer calls them; no hold, no clock."""
    case = Case().begun()
    case.do(ZHAO, Hold("waiting_for_customer"))
    found = case.timeline(CUSTOMER)
    assert (found.holds, found.clocks) == ((), ())
    assert [each.label.text() for each in found.states][-1] == "More information needed"
    assert "assigned" not in names(found)
    told = case.desk.history(case.id, actor=CUSTOMER)
    assert len(found.states) == sum(each.state is not None for each in told)


def test_who_may_not_see_it() -> None:
    """A stranger learns no more than that there is no such ticket; nobody is not everybody."""
    case = Case()
    with pytest.raises(CommandRefused) as refused:
        case.timeline(Actor("C-2", "customer"))
    assert refused.value.code == "not_found"
    nobody: Any = None
    with pytest.raises(InvalidInput):
        case.timeline(nobody)


def test_rulebooks_without_clocks() -> None:
    """Where nothing is promised, the states are drawn by the calendar; without one, round the
    clock.
    """
    limited = Case(by_limits()).begun().timeline()
    assert (limited.clocks, len(limited.states)) == ((), 4)
    assert str(limited.calendar.timezone) == "Asia/Shanghai"
    assert timeline_svg(limited).startswith("<svg")
    desk = ServiceDesk(rulebook=basic(), time=lambda: MONDAY)
    li = Actor("li", "handler")
    ticket = desk.open("enquiry", actor=li, fields={"title": "x"})
    plain = desk.timeline(ticket.id, actor=li, language="zh-CN")
    assert str(plain.calendar.timezone) == "UTC"
    assert all(plain.calendar.day((MONDAY + each * DAY).date()).is_open for each in range(7))
    assert plain.title == f"工单 {ticket.id}"


def test_a_store_without_history() -> None:
    """From a ticket alone nothing can be told of what it was."""
    desk = ServiceDesk(MemoryStore(history=False))
    li = Actor("li", "handler")
    ticket = desk.open("enquiry", actor=li, fields={"title": "x"})
    with pytest.raises(StoreError) as error:
        desk.timeline(ticket.id, actor=li)
    assert error.value.code == "unsupported"


def test_the_same_awaited() -> None:
    """The asynchronous desk gives the same."""
    case = Case().begun()
    desk = AsyncServiceDesk(case.desk.store, rulebook=bank(), time=lambda: case.now)
    awaited = asyncio.run(desk.timeline(case.id, actor=GAO))
    assert awaited == case.timeline()


def test_it_is_pure() -> None:
    """The same events, ticket, rulebook and instant make the same timeline; an instant before the
    last event is raised to it.
    """
    case = Case().begun()
    desk = case.desk.unrestricted()
    events = [each.event for each in desk.history(case.id)]
    ticket = desk.get(case.id)
    made = timeline_of(iter(events), ticket, bank(), case.now)
    assert made == case.timeline()
    assert timeline_of(events, ticket, bank(), MONDAY - DAY) == made
    unknown = evolve(bank(), sla=None)
    assert timeline_of(events, ticket, unknown, case.now).clocks == ()
