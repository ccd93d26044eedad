"""What events do to the clocks of a bank's ticket, and what time does by them.

The bank's rulebook counts here by a calendar that anybody can follow on paper: open from nine to
six, Monday to Friday, in a zone whose clocks never change, without holidays.
"""

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workorder.clocks import Clock
from workorder.durations import parse
from workorder.kernel import Context, Decided, Passed, decide, evolve, pass_time, replay
from workorder.refusals import Refusal
from workorder.rulebook import Rulebook, bank
from workorder.sla import BusinessCalendar
from workorder.sla.clocks import Ladder, Mark, Policy, Target
from workorder.sla.clocks.policy import OF_DEPARTMENT
from workorder.ticket import (
    Accept,
    Approve,
    ApproveExtension,
    Cancel,
    Close,
    Command,
    Comment,
    CustomerReply,
    Dispatch,
    DueRevised,
    Escalated,
    Event,
    Hold,
    InformCustomer,
    MarkReached,
    MergeInto,
    Open,
    Reclassify,
    Reopen,
    RequestExtension,
    Start,
    Submit,
    Ticket,
    Transfer,
    Unmerge,
)
from workorder.workflow import Actor

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
"""Monday, nine o'clock in Beijing."""
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
TICK = timedelta(microseconds=1)
LAW, OWN, FIRST, SIGN = "cn.nfra.decision", "resolution", "first_contact", "sign_off"

LI = Actor("li", "intake", "hotline")
DENG = Actor("deng", "dispatcher", "hotline")
ZHANG = Actor("zhang", "handler", "cards")
SUN = Actor("sun", "reviewer", "cards")
CHEN = Actor("chen", ("supervisor", "intake"), "operations", 20)
CUSTOMER = Actor("C-1", "customer")


def on_paper() -> BusinessCalendar:
    """Nine to six, Monday to Friday, in Beijing."""
    return BusinessCalendar("Asia/Shanghai", "Mo-Fr 09:00-18:00")


@cache
def rules(**changes: Any) -> Rulebook:
    """The bank, counting on paper; *changes* to its service levels."""
    known = bank()
    assert known.sla is not None
    levels = attrs.evolve(
        known.sla,
        calendar=on_paper(),
        calendars={name: on_paper() for name in known.sla.calendars},
        **changes,
    )
    return attrs.evolve(known, calendar=on_paper(), calendar_name="on paper", sla=levels)


def context(actor: Actor, at: datetime, ticket_id: str = "T1", **other: Any) -> Context:
    """What surrounds a decision."""
    settled = {"rulebook": rules(), "command_id": "c-1", "entropy": b"sixteen bytes ok", **other}
    return Context(ticket_id, actor, at, **settled)


class Life:
    """A ticket, what happened to it, and what was told."""

    def __init__(self, rulebook: Rulebook | None = None, name: str = "T1") -> None:
        self.rulebook = rulebook or rules()
        self.name = name
        self.now = AT
        self.before: Ticket | None = None
        self.events: list[Event] = []
        self.told: list[dict[str, Any]] = []

    @property
    def ticket(self) -> Ticket:
        """As it stands."""
        assert self.before is not None
        return self.before

    def clock(self, name: str = OWN) -> Clock:
        """One of its clocks."""
        return self.ticket.clocks[name]

    def take(self, events: tuple[Event, ...]) -> None:
        """What happened becomes part of it."""
        for event in events:
            self.before = evolve(self.before, event, self.name)
        self.events += events
        assert replay(self.name, self.events) == self.before

    def opens(self, type_: str = "complaint", **fields: object) -> "Life":
        """It is opened."""
        given = {"title": "card", "category": "atm", **fields}
        return self.does(Open(type_, "C-1", "phone", fields=given), LI)

    def does(self, command: Command, actor: Actor, **other: Any) -> "Life":
        """Somebody does something, after time has; decided twice, it is the same."""
        if self.before is not None:
            self.passes(self.now)
        around = context(actor, self.now, self.name, rulebook=self.rulebook, **other)
        answer = decide(self.before, command, around)
        assert isinstance(answer, Decided), answer.text()
        assert decide(self.before, command, around) == answer
        self.take(answer.events)
        return self

    def refusal(self, command: Command, actor: Actor) -> list[tuple[str, str]]:
        """What stands in the way."""
        answer = decide(self.ticket, command, context(actor, self.now, self.name))
        assert isinstance(answer, Refusal)
        return [(each.name, each.code) for each in answer.unmet]

    def passes(self, until: datetime) -> Passed:
        """Time does what is due."""
        self.now = until
        done = pass_time(self.ticket, context(LI, until, self.name, rulebook=self.rulebook))
        for fired in done.fired:
            self.take(fired.events)
            self.told += [dict(each.body) for each in fired.notices]
        assert done.stuck is None
        assert done.ticket == self.ticket
        return done

    def watched(self, until: datetime) -> "Life":
        """Somebody lets time act as soon as anything is due, until then."""
        while (next_at := self.ticket.next_timer_at) is not None and next_at <= until:
            self.passes(max(next_at, self.now))
        self.now = until
        return self

    def works(self) -> "Life":
        """Zhang works on it."""
        self.does(Accept(), LI)
        self.does(Dispatch("zhang", "cards"), DENG)
        return self.does(Start(), ZHANG)

    def resolves(self) -> "Life":
        """It is resolved, and the customer told."""
        self.does(Submit("refunded"), ZHANG).does(Approve(), SUN)
        return self.does(InformCustomer("decision", "phone"), LI)


def days(number: int, hour: int = 18) -> datetime:
    """An hour of the day *number* days after the Monday, in Beijing."""
    return datetime(2026, 3, 2, tzinfo=UTC) + number * DAY + (hour - 8) * HOUR


# --- born -----------------------------------------------------------------------------------------


def test_born_with_the_ticket() -> None:
    """What a complaint is promised stands in the event that opens it; it is due by the law."""
    life = Life().opens()
    (opened,) = life.events
    assert set(opened.clocks) == {LAW, OWN, FIRST}
    assert opened.promises == {"due": days(15, 24)}
    assert life.ticket.windows.due == days(15, 24)
    assert [life.clock(name).due for name in (OWN, FIRST)] == [days(7), days(1)]
    assert [name for name, clock in life.ticket.clocks.items() if clock.leads] == [LAW]


def test_waiting_for_the_customer() -> None:
    """The bank's clock is paused, and the ticket due at no instant until the customer answers."""
    life = Life().opens("enquiry").works().does(Hold("waiting_for_customer"), ZHANG)
    assert life.clock().state == "paused"
    assert (life.clock().due, life.ticket.windows.due) == (None, None)
    life.now += 2 * HOUR
    life.does(CustomerReply("here"), CUSTOMER)
    assert life.clock().state == "running"
    assert life.clock().due == life.ticket.windows.due is not None


def test_the_law_does_not_wait() -> None:
    """Waiting for the customer pauses the bank's clock, not the law's, which still leads."""
    life = Life().opens().works().does(Hold("waiting_for_customer"), ZHANG)
    assert (life.clock(OWN).state, life.clock(LAW).state) == ("paused", "running")
    assert life.ticket.windows.due == days(15, 24)


# --- another promise ------------------------------------------------------------------------------


def test_another_type() -> None:
    """A ticket of another type is due at another instant, and an event of its own says why; where
    another clock leads from then on, that one's due instant is promised.
    """
    life = Life().opens("enquiry").works()
    life.does(Reclassify("complaint", "they complain"), LI)
    reclassified, revised = life.events[-2:]
    assert isinstance(revised, DueRevised)
    assert (reclassified.clocks, revised.cause) == ({}, "reclassify")
    (change,) = (each for each in revised.changes if each.clock == OWN)
    assert (change.old, change.new) == (days(3), days(7))
    assert life.clock(LAW).leads
    assert revised.promises == {"due": life.ticket.windows.due}
    assert life.ticket.windows.due == life.clock(LAW).due


def test_a_revision_of_others_promises_nothing() -> None:
    """Where only a clock that does not lead is due at another instant, nothing is promised."""
    life = Life().opens().works()
    life.does(Reclassify(None, "urgent", {"priority": 1}), LI)
    revised = life.events[-1]
    assert isinstance(revised, DueRevised)
    assert {each.clock for each in revised.changes} >= {OWN}
    assert revised.promises == {}
    assert life.clock(OWN).due == days(2)


def test_an_extension() -> None:
    """Asked for and granted, nothing changes; told, both dues are later, and both are kept."""
    life = Life().opens().works()
    until = days(30, 24)
    life.does(RequestExtension(until, "hard"), ZHANG).does(ApproveExtension(), CHEN)
    assert life.ticket.windows.due == days(15, 24)
    life.now += HOUR
    life.does(InformCustomer("extension", "phone"), LI)
    revised = life.events[-1]
    assert isinstance(revised, DueRevised)
    assert (revised.cause, revised.promises) == ("inform_customer", {"due": until})
    law = life.clock(LAW)
    assert (law.due, law.promised) == (until, days(15, 24))
    assert [(each.until, each.before) for each in law.extended] == [(until, days(15, 24))]
    assert life.clock(OWN).due == until


def test_an_extension_beyond_the_law() -> None:
    """What the law does not allow is not even asked for."""
    life = Life().opens().works()
    late = RequestExtension(days(30, 24) + TICK, "hard")
    assert life.refusal(late, ZHANG) == [("until", "beyond_limit")]


def test_told_before_it_was_recorded() -> None:
    """What the law asks for was in time if the customer was told in time, whenever it is recorded;
    a breach that was noted meanwhile is none.
    """
    life = Life().opens().works().does(Submit("refunded"), ZHANG).does(Approve(), SUN)
    due = days(15, 24)
    life.passes(due + HOUR)
    assert life.clock(LAW).breached == due
    life.does(InformCustomer("decision", "phone", due), LI)
    verdict = life.clock(LAW).verdict
    assert verdict is not None
    assert (verdict.met, verdict.ended) == (True, due)


# --- ends, and begins again -----------------------------------------------------------------------


def merge(source: Life, target: Life, back: bool = False) -> None:
    """*source* is merged into *target*, or taken out of it again."""
    command: Command = Unmerge("another matter") if back else MergeInto(target.name, "the same")
    others = {target.name: target.ticket}
    at = max(source.now, target.now)
    around = context(CHEN, at, source.name, others=others)
    answer = decide(source.ticket, command, around)
    assert isinstance(answer, Decided), answer.text()
    (beside,) = answer.beside
    source.take(answer.events)
    target.take(beside.events)


def test_merging_and_back() -> None:
    """Merged, its clocks do not matter; what it goes on in is due no later than it was. Taken out
    again, they go on as if nothing had been, and the other is due as it was at first.
    """
    first, second = Life().opens(), Life(name="T2")
    due = first.ticket.windows.due
    second.now = first.now = AT + 2 * DAY
    second.opens()
    assert second.ticket.windows.due == days(17, 24)
    merge(first, second)
    assert {clock.state for clock in first.ticket.clocks.values()} == {"cancelled"}
    assert first.ticket.timers == ()
    assert second.ticket.windows.due == due
    revised = second.events[-1]
    assert isinstance(revised, DueRevised)
    assert revised.promises == {"due": due}
    first.now = AT + 3 * DAY
    merge(first, second, back=True)
    assert {clock.state for clock in first.ticket.clocks.values()} == {"running"}
    assert first.ticket.windows.due == due
    assert first.clock(LAW).started == AT
    assert second.ticket.windows.due == days(17, 24)


def test_reopening() -> None:
    """Resolving begins anew, with a cycle of its own; the verdict of the first one stands."""
    life = Life().opens().works().resolves()
    life.does(Close(), LI)
    first = life.clock(OWN).verdict
    assert first is not None
    assert first.met
    life.now = AT + DAY
    life.does(Reopen("still wrong"), CUSTOMER)
    clock = life.clock(OWN)
    assert (clock.state, clock.cycle, clock.started) == ("running", 2, AT + DAY)
    assert clock.verdicts == (first,)
    assert clock.fired == ()
    assert life.clock(FIRST).cycle == 1


def test_cancelling() -> None:
    """A cancelled ticket waits for no mark."""
    life = Life().opens().does(Cancel("a mistake"), CUSTOMER)
    assert {clock.state for clock in life.ticket.clocks.values()} == {"cancelled"}
    assert life.ticket.timers == ()
    assert not life.passes(AT + 400 * DAY).fired


# --- marks ----------------------------------------------------------------------------------------


def marks(life: Life, clock: str) -> list[tuple[str, datetime]]:
    """The marks of a clock that were noted, and when."""
    return [
        (each.mark, each.trace.occurred_at)
        for each in life.events
        if isinstance(each, MarkReached) and each.clock == clock
    ]


def test_the_ladder() -> None:
    """Shares of the four days that count, the breach, then a level higher every working day, up to
    the last. Of three working days, the day of opening is none.
    """
    life = Life().opens("enquiry").works().watched(AT + 30 * DAY)
    assert marks(life, OWN) == [
        ("50%", days(1)),
        ("75%", days(2)),
        ("90%", days(3, 14) + 24 * MINUTE),
        ("100%", days(3) + TICK),
        ("1 working day after", days(4)),
        ("2 working days after", days(7)),
        ("3 working days after", days(8)),
    ]
    raised = [each for each in life.events if isinstance(each, Escalated)]
    assert [each.level for each in raised] == [1, 2, 3]
    assert life.clock().breached == days(3)


def test_who_is_told() -> None:
    """Each recipient of a mark gets one notice: template, figures, and a sentence per language."""
    life = Life().opens("enquiry").works().watched(days(3) + TICK)
    missed = [each for each in life.told if each["template"] == "sla.breached"]
    own = [each for each in missed if each["parameters"]["metric"] == OWN]
    assert [each["recipient"] for each in own] == [
        {"kind": "person", "id": "zhang"},
        {"kind": "manager", "of": "zhang", "level": 1},
    ]
    assert own[0]["parameters"]["mark"] == "100%"
    assert set(own[0]["texts"]) == {"en", "zh-CN"}
    assert "办结" in own[0]["texts"]["zh-CN"]
    assert all("{" not in text for each in life.told for text in each["texts"].values())


def test_late_marks_tell_nobody() -> None:
    """Marks long past are noted at their instants, with all that follows, and nobody is told."""
    watched = Life().opens("enquiry").works().watched(AT + 30 * DAY)
    late = Life().opens("enquiry").works()
    late.passes(AT + 30 * DAY)
    assert late.told == []
    assert watched.told != []

    def happened(life: Life) -> list[tuple[type[Event], datetime, str]]:
        return [(type(e), e.trace.occurred_at, e.trace.command_id) for e in life.events]

    assert happened(late) == happened(watched)
    assert late.ticket.counts == watched.ticket.counts
    assert late.ticket.clocks == watched.ticket.clocks


@pytest.mark.parametrize("state", ["resolved", "closed"])
def test_marks_in_any_state(state: str) -> None:
    """The law waits until the customer is told: its marks are noted on a resolved ticket too."""
    life = Life().opens("complaint").works().does(Submit("refunded"), ZHANG).does(Approve(), SUN)
    if state == "closed":
        life.does(InformCustomer("decision", "phone"), LI).does(Close(), LI)
    life.passes(AT + 16 * DAY)
    noted = [mark for mark, _ in marks(life, LAW)]
    assert ("100%" in noted) == (state == "resolved")
    assert life.ticket.state == state


def idle() -> Rulebook:
    """The bank, which tells the manager at half time if nobody did anything."""
    known = bank()
    assert known.sla is not None
    ladder = Ladder("usual", (Mark("25%"), Mark("50%", ("manager",), idle=True)))
    others = tuple(each for each in known.sla.ladders if each.name != "usual")
    return rules(ladders=(*others, ladder))


@pytest.mark.parametrize("acts", [False, True])
def test_idle_marks(acts: bool) -> None:
    """They tell only if nobody did anything since the mark before."""
    life = Life(idle()).opens("enquiry").works().watched(days(1, 9))
    if acts:
        life.does(Comment("called"), ZHANG)
    life.watched(days(1))
    told = [each for each in life.told if each["parameters"]["metric"] == OWN]
    assert len(told) == (0 if acts else 1)


steps = st.lists(st.integers(1, 60 * 24 * 12), max_size=6)


@given(steps=steps, type_=st.sampled_from(["complaint", "enquiry", "dispute"]))
def test_it_does_not_matter_how_often_time_is_let_act(steps: list[int], type_: str) -> None:
    """One look at the end gives what many looks on the way give."""
    often, once = (Life().opens(type_).works() for _ in range(2))
    for minutes in sorted(steps):
        often.passes(AT + minutes * MINUTE)
    end = AT + 30 * DAY
    often.passes(end)
    once.passes(end)
    one, other = (
        attrs.evolve(each.ticket, revision=attrs.evolve(each.ticket.revision, version=0))
        for each in (often, once)
    )
    assert one == other
    assert len(often.events) == len(once.events)


# --- from department to department ----------------------------------------------------------------


def test_from_calendar_to_calendar() -> None:
    """What was used counts by the calendar of the department that used it; the rest by that of the
    one which has it now.
    """
    night = BusinessCalendar("Asia/Shanghai", "Mo-Su 00:00-24:00")
    levels = rules().sla
    assert levels is not None
    target = Target(OWN, parse("12 working hours"), calendar=OF_DEPARTMENT)
    others = tuple(each for each in levels.policies if each.name != "enquiry")
    levels = attrs.evolve(
        levels,
        policies=(*others, Policy("enquiry", (target,), order=1)),
        calendars={**levels.calendars, "night": night},
        departments={"loans": "night"},
    )
    life = Life(attrs.evolve(rules(), sla=levels)).opens("enquiry").works()
    assert life.clock().due == days(1, 12)
    life.now = days(0, 11)
    life.does(Transfer(to="wu", department="loans", reason="a loan"), DENG)
    counted = [each.calendar.partition("@")[0] for each in life.clock().segments]
    assert counted == ["calendar", "night"]
    assert life.clock().due == days(0, 21)  # two hours were used, ten are left
    revised = life.events[-1]
    assert isinstance(revised, DueRevised)
    assert (revised.cause, revised.promises) == ("transfer", {"due": days(0, 21)})
