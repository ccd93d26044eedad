"""Clocks that begin again, late, or for another ticket: none is lost, none is late at birth."""

from datetime import UTC, date, datetime, timedelta

import pytest
from attrs import evolve

from tests.kernel.test_clocks_inherited import CHIEF, DAY, INTAKE, LAW, LI, MONDAY, Branch
from tests.sla.clocks.told import Told, levels, metric, target
from tests.sla.traps import at
from workorder.conditions import NEVER, where
from workorder.desk import ServiceDesk
from workorder.rulebook import Plan, Rulebook, bank
from workorder.sla import BusinessCalendar, ListedHolidays
from workorder.sla.clocks.standard import NEXT_RESPONSE, PAUSABLE_UPDATE, PERIODIC_UPDATE
from workorder.storage import MemoryStore
from workorder.ticket import (
    Accept,
    Approve,
    Dispatch,
    Hold,
    InformCustomer,
    Reclassify,
    Reopen,
    Resume,
    Start,
    Submit,
    Ticket,
    Transfer,
    Unmerge,
)
from workorder.workflow import Actor

DENG = Actor("deng", "dispatcher")
SUN = Actor("sun", "reviewer", department="cards")
LAW_DUE = datetime(2026, 3, 22, 16, tzinfo=UTC)  # the end of the 22nd, five days later than alone


@pytest.fixture
def branch() -> Branch:
    """A day at the bank."""
    return Branch()


def works(branch: Branch, ticket: Ticket) -> Ticket:
    """Li works on it."""
    for command, actor in ((Accept(), INTAKE), (Dispatch("li", "cards"), DENG), (Start(), LI)):
        ticket = branch.desk.perform(ticket.id, command, actor=actor)
    return ticket


# --- after they were cancelled --------------------------------------------------------------------


def test_a_department_signs_after_an_unmerge(branch: Branch) -> None:
    """The taking over was cancelled by the merge; undone it goes on, and comes again."""
    other, ticket = branch.opens(), branch.opens()
    for command, actor in ((Accept(), INTAKE), (Dispatch("li", "cards"), DENG)):
        ticket = branch.desk.perform(ticket.id, command, actor=actor)
    branch.merges(ticket, other)
    ticket = branch.desk.perform(ticket.id, Unmerge(reason="another"), actor=CHIEF)
    assert ticket.clocks["sign_off"].state == "running"
    ticket = branch.desk.perform(ticket.id, Start(), actor=LI)
    assert ticket.clocks["sign_off"].state == "finished"
    ticket = branch.desk.perform(ticket.id, Transfer("mei", "loans", reason="x"), actor=CHIEF)
    assert (ticket.clocks["sign_off"].state, ticket.clocks["sign_off"].cycle) == ("running", 2)


def test_what_repeats_begins_again_after_it_was_cancelled() -> None:
    """A re-opened ticket owes the customer answers, and news, as from now."""
    said = levels(NEXT_RESPONSE, PERIODIC_UPDATE, PAUSABLE_UPDATE)
    ticket = Told(said, category="open", resolved=False)
    ticket.say("2026-03-02T09:00+08:00", "open", by="customer")
    ticket.say("2026-03-02T10:00+08:00", "customer_message", by="customer")
    ticket.say("2026-03-02T11:00+08:00", "resolve", by="agent", resolved=True)
    assert {each.state for each in ticket.clocks.values()} == {"cancelled"}
    ticket.say("2026-03-23T11:00+08:00", "reopen", by="customer", resolved=False)
    for name in ("periodic_update", "pausable_update"):
        clock = ticket.clocks[name]
        assert (clock.state, clock.started) == ("running", at("2026-03-23T11:00+08:00"))
        assert clock.breached is None
    ticket.say("2026-03-23T12:00+08:00", "customer_message", by="customer")
    assert ticket.clocks["next_response"].state == "running"
    assert ticket.clocks["next_response"].due == at("2026-03-24T11:00+08:00")


# --- restart --------------------------------------------------------------------------------------


def test_a_restart_counts_from_now_whatever_the_anchor() -> None:
    """Another target begins anew; it is not late because the ticket is old."""
    anew = metric(on_change="restart", anchor="times.opened")
    soon = where("priority").equals(1)
    goals = [
        target("resolution", "2 working hours", soon),
        target("resolution", "40 working hours"),
    ]
    ticket = Told(levels(anew, targets=goals), **{"times.opened": at("2026-03-02T09:00+08:00")})
    ticket.say("2026-03-02T09:00+08:00", "open")
    ticket.say("2026-03-04T09:00+08:00", "edit", priority=1)
    assert ticket.clock().started == at("2026-03-04T09:00+08:00")
    assert ticket.due() == at("2026-03-04T11:00+08:00")


def test_a_restart_forgets_no_pause() -> None:
    """On hold, another target begins anew, and on hold it stays until something ends that."""
    action = where("action")
    anew = metric(on_change="restart", pause=action.equals("hold"), resume=action.equals("resume"))
    soon = where("priority").equals(1)
    goals = [target("resolution", "2 working hours", soon), target("resolution", "8 working hours")]
    ticket = Told(levels(anew, targets=goals))
    ticket.say("2026-03-02T09:00+08:00", "open")
    ticket.say("2026-03-02T10:00+08:00", "hold")
    ticket.say("2026-03-02T11:00+08:00", "edit", priority=1)
    assert ticket.clock().state == "paused"
    ticket.say("2026-03-03T09:00+08:00", "resume")
    assert ticket.due() == at("2026-03-03T11:00+08:00")


# --- late, with waits -----------------------------------------------------------------------------


def held(branch: Branch, type_: str, *, told: int = 1) -> Ticket:
    """On hold for an appraisal from the second day on; the customer is told, once or more often."""
    ticket = works(branch, branch.opens(type_))
    branch.now += DAY
    ticket = branch.desk.perform(ticket.id, Hold("external_appraisal"), actor=LI)
    for _ in range(told):
        ticket = branch.desk.perform(ticket.id, InformCustomer("progress", "phone"), actor=LI)
        branch.now += timedelta(hours=1)
    branch.now = MONDAY + 5 * DAY
    return ticket


def resumed(branch: Branch, ticket: Ticket) -> Ticket:
    """It goes on five days after the hold began."""
    branch.now = MONDAY + 6 * DAY
    return branch.desk.perform(ticket.id, Resume(), actor=LI)


@pytest.mark.parametrize("when", ["never", "during", "after", "told again"])
def test_what_it_waited_before_is_left_out(branch: Branch, when: str) -> None:
    """A complaint that was taken for an enquiry at first is due when it would have been."""
    ticket = held(branch, "complaint" if when == "never" else "enquiry")
    change = Reclassify("complaint", reason="x")
    if when == "during":
        branch.desk.perform(ticket.id, change, actor=CHIEF)
    ticket = resumed(branch, ticket)
    if when == "told again":
        branch.now += timedelta(hours=1)
        branch.desk.perform(ticket.id, InformCustomer("progress", "phone"), actor=LI)
    if when in {"after", "told again"}:
        ticket = branch.desk.perform(ticket.id, change, actor=CHIEF)
    assert ticket.clocks[LAW].due == LAW_DUE


def test_what_it_waited_before_a_pack_was_adopted() -> None:
    """The same when the law's clock begins with a new edition."""
    levels_ = bank().sla
    assert levels_ is not None
    old = evolve(bank(), version="0", sla=evolve(levels_, packs=(), leading=("resolution",)))
    store = MemoryStore()
    branch = Branch()
    branch.store, branch.desk = store, ServiceDesk(store, rulebook=old, time=lambda: branch.now)
    ticket = resumed(branch, held(branch, "complaint"))
    desk = ServiceDesk(store, rulebook=bank(), earlier=[old], time=lambda: branch.now)
    moved = desk.unrestricted().change_rulebook(ticket.id, Plan(), actor=Actor("wei", ()))
    assert moved is not None
    assert desk.unrestricted().get(ticket.id).clocks[LAW].due == LAW_DUE


# --- given back -----------------------------------------------------------------------------------


def test_a_verdict_of_its_own_stands_when_the_other_goes(branch: Branch) -> None:
    """An answered complaint takes another one over: when that leaves, nothing is owed here."""
    ticket = works(branch, branch.opens())
    for command, actor in (
        (Submit("no"), LI),
        (Approve(), SUN),
        (InformCustomer("decision", "phone"), INTAKE),
        (Reopen("again"), CHIEF),
    ):
        ticket = branch.desk.perform(ticket.id, command, actor=actor)
    branch.now += DAY
    other, ticket = branch.merges(branch.opens(), ticket)
    assert ticket.clocks[LAW].state == "running"
    branch.desk.perform(other.id, Unmerge(reason="another"), actor=CHIEF)
    ticket = branch.desk.get(ticket.id, actor=CHIEF)
    assert ticket.clocks[LAW].state == "cancelled"
    assert [each.met for each in ticket.clocks[LAW].verdicts] == [True]
    assert not ticket.clocks[LAW].leads


def test_its_own_limit_when_the_other_goes(branch: Branch) -> None:
    """An enquiry took over a complaint, and was found to be one itself: its own day counts then."""
    complaint = branch.opens()
    branch.now += 10 * DAY
    enquiry = branch.opens("enquiry")
    branch.merges(complaint, enquiry)
    branch.desk.perform(enquiry.id, Accept(), actor=INTAKE)
    branch.desk.perform(enquiry.id, Reclassify("complaint", reason="x"), actor=INTAKE)
    branch.desk.perform(complaint.id, Unmerge(reason="another"), actor=CHIEF)
    clock = branch.desk.get(enquiry.id, actor=CHIEF).clocks[LAW]
    assert clock.started == enquiry.times.opened
    assert clock.due == branch.opens().clocks[LAW].due


def test_the_account_names_no_event_of_another_ticket(branch: Branch) -> None:
    """What was taken over was moved by events that stand elsewhere."""
    complaint = resumed(branch, held(branch, "complaint"))
    complaint = branch.desk.get(complaint.id, actor=CHIEF)
    _, enquiry = branch.merges(complaint, branch.opens("enquiry"))
    assert {each.cause for each in enquiry.clocks[LAW].segments} == {0}


# --- caps and marks -------------------------------------------------------------------------------


def test_no_cycle_is_due_before_it_begins(branch: Branch) -> None:
    """The law's time is over; who takes the ticket now still has two hours to sign for it."""
    ticket = works(branch, branch.opens())
    branch.now += 21 * DAY
    branch.desk.run_due()
    ticket = branch.desk.perform(ticket.id, Transfer("mei", "loans", reason="x"), actor=CHIEF)
    clock = ticket.clocks["sign_off"]
    assert clock.due is not None
    assert clock.due > clock.started
    branch.now += timedelta(minutes=5)
    mei = Actor("mei", "handler", department="loans")
    verdict = branch.desk.perform(ticket.id, Start(), actor=mei).clocks["sign_off"].verdict
    assert verdict is not None
    assert verdict.met


def year_end() -> Rulebook:
    """Next year's holidays are not known, and a mark may lie there."""
    known = ListedHolidays.of(
        holidays=[date(2026, 1, 1)],
        published_from=date(2020, 1, 1),
        published_through=date(2026, 12, 31),
    )
    calendar = BusinessCalendar("Asia/Shanghai", "Mo-Fr 09:00-18:00", known, unpublished="refuse")
    done = where("resolved").equals(value=True)
    own = metric(stop=done, pause=NEVER, reopen=NEVER)
    made = levels(
        own, within="1 working day", marks=["50%", "2 working days after"], calendar=calendar
    )
    return evolve(
        bank(), version="9", calendar=calendar, calendar_name="own", sla=evolve(made, leading=())
    )


def test_a_mark_that_cannot_be_dated_yet_holds_nothing_up() -> None:
    """What is known is noted: half of the time, and the breach."""
    branch = Branch()
    branch.desk = ServiceDesk(branch.store, rulebook=year_end(), time=lambda: branch.now)
    branch.now = datetime(2026, 12, 29, 2, tzinfo=UTC)
    ticket = branch.opens("enquiry")
    branch.now = datetime(2026, 12, 30, 11, tzinfo=UTC)
    run = branch.desk.run_due()
    assert (dict(run.fired), run.stuck) == ({"reach_mark": 2}, ())
    ticket = branch.desk.perform(ticket.id, Accept(), actor=INTAKE)
    clock = ticket.clocks["resolution"]
    assert clock.breached == datetime(2026, 12, 30, 10, tzinfo=UTC)
    assert clock.mark is None
