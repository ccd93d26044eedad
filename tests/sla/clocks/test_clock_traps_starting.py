"""Traps of clocks that start: when they do, when not, and whose they are."""

from datetime import timedelta

from tests.sla.clocks.told import (
    ASKED,
    LONDON,
    REOPENED,
    REPLIED,
    Told,
    levels,
    metric,
    target,
)
from tests.sla.traps import at, trap
from workorder.conditions import NEVER, where

HOUR = timedelta(hours=1)

NEXT_REPLY = metric("next_reply", start=ASKED, stop=REPLIED, pause=NEVER, repeat=True)


@trap(2)
def test_nothing_runs_after_the_agent_has_answered() -> None:
    """zammad/zammad #3140: the clock of the next reply runs only while a customer waits."""
    ticket = Told(levels(NEXT_REPLY, within="4 working hours"))
    ticket.say("2026-03-02T10:00+08:00", "message", by="customer")
    ticket.say("2026-03-02T11:00+08:00", "reply")
    ticket.say("2026-03-02T11:30+08:00", "note")
    ticket.say("2026-03-02T12:00+08:00", "reply")
    clock = ticket.clock("next_reply")
    assert (clock.state, clock.cycle, clock.mark) == ("finished", 1, None)
    assert not ticket.read("2026-03-09T12:00+08:00", "next_reply").breached
    ticket.say("2026-03-03T10:00+08:00", "message", by="customer")
    assert ticket.due("next_reply") == at("2026-03-03T14:00+08:00")


@trap(2)
def test_the_oldest_unanswered_message_counts() -> None:
    """A second message of a customer who waits already sets nothing back."""
    ticket = Told(levels(NEXT_REPLY, within="4 working hours"))
    ticket.say("2026-03-02T10:00+08:00", "message", by="customer")
    ticket.say("2026-03-02T13:00+08:00", "message", by="customer")
    assert ticket.due("next_reply") == at("2026-03-02T14:00+08:00")
    assert ticket.clock("next_reply").cycle == 1


@trap(3)
def test_clocks_do_not_overrule_each_other() -> None:
    """zammad/zammad #5177: a shorter target for updates leaves the first response as it is."""
    first = metric("first_response", stop=REPLIED)
    update = metric("update", stop=REPLIED, repeat=True)
    hours = [target("first_response", "4 working hours"), target("update", "1 working hour")]
    ticket = Told(levels(first, update, targets=hours))
    ticket.say("2026-03-02T10:00+08:00", "open")
    ticket.say("2026-03-02T10:30+08:00", "note")
    assert ticket.due("first_response") == at("2026-03-02T14:00+08:00")
    assert ticket.due("update") == at("2026-03-02T11:00+08:00")
    ticket.say("2026-03-02T12:00+08:00", "reply")
    first_verdict, other = (ticket.clock(each).verdict for each in ("first_response", "update"))
    assert first_verdict is not None
    assert other is not None
    assert (first_verdict.met, other.met) == (True, False)


@trap(17)
def test_a_clock_of_a_stage_starts_with_the_stage() -> None:
    """frappe/helpdesk #1895: the second line's clock starts when the ticket comes there."""
    there = where("department").equals("second_line")
    stage = metric("second_line", start=there, stop=~there, repeat=True)
    ticket = Told(levels(stage, within="4 working hours"), department="first_line")
    ticket.say("2026-03-02T10:00+08:00", "open")
    assert ticket.clocks == {}
    ticket.say("2026-03-02T15:00+08:00", "transfer", department="second_line")
    assert ticket.due("second_line") == at("2026-03-03T10:00+08:00")
    ticket.say("2026-03-02T16:00+08:00", "transfer", department="first_line")
    assert ticket.clock("second_line").state == "finished"
    assert ticket.read("2026-03-03T16:00+08:00", "second_line").used == HOUR


@trap(17)
def test_a_clock_can_start_with_the_assignment() -> None:
    """glpi-project/glpi #1911: by a department's own calendar, from when somebody has it."""
    owned = metric("handling", start=~where("assignee").is_missing())
    hours = [target("handling", "4 working hours", calendar="@department")]
    ticket = Told(levels(owned, targets=hours, places={"london": LONDON}), department="london")
    ticket.say("2026-03-02T10:00+08:00", "open")
    ticket.say("2026-03-02T20:00+08:00", "assign", assignee="wang")
    # 12:00 in London, and four hours
    assert ticket.due("handling") == at("2026-03-02T16:00+00:00")


@trap(22)
def test_a_clock_that_starts_outside_hours_has_all_of_its_time() -> None:
    """glpi-project/glpi #687: opened at night, the whole target is still to come."""
    ticket = Told(levels(metric(), within="1 working hour"))
    ticket.say("2026-03-06T20:00+08:00", "open")
    assert ticket.due() == at("2026-03-09T10:00+08:00")
    assert ticket.read("2026-03-08T12:00+08:00").used == timedelta(0)


@trap(34)
def test_a_clock_may_start_with_the_re_opening() -> None:
    """znuny/Znuny PR 369: what starts a clock is a condition like others."""
    again = metric("second_solution", start=REOPENED, reopen=NEVER, repeat=True)
    ticket = Told(levels(metric(), again, within="2 working hours"))
    ticket.say("2026-03-02T10:00+08:00", "open")
    ticket.say("2026-03-02T11:00+08:00", "resolve", state="resolved")
    ticket.say("2026-03-04T10:00+08:00", "reopen", state="open")
    assert "second_solution" in ticket.clocks
    assert ticket.due("second_solution") == at("2026-03-04T12:00+08:00")


@trap(35)
def test_a_ticket_that_is_opened_resolved_has_no_clock_that_runs() -> None:
    """Nine-Minds/alga-psa PR 3091: opened and resolved at once, it is judged at once."""
    ticket = Told(levels(metric(), within="1 working hour"))
    ticket.say("2026-03-02T10:00+08:00", "open", state="resolved")
    verdict = ticket.clock().verdict
    assert verdict is not None
    assert verdict.met
    assert ticket.clock().mark is None
    assert not ticket.read("2026-06-01T10:00+08:00").breached


@trap(35)
def test_a_ticket_that_is_opened_on_hold_waits() -> None:
    """Opened while it waits for the customer, a clock stands at zero and is due at no time."""
    ticket = Told(levels(metric(), within="1 working hour"))
    ticket.say("2026-03-02T10:00+08:00", "open", state="customer")
    reading = ticket.read("2026-06-01T10:00+08:00")
    assert (reading.state, reading.used, reading.due) == ("paused", timedelta(0), None)
    assert (reading.breached, ticket.clock().mark) == (False, None)
    ticket.say("2026-06-01T10:00+08:00", "answer", state="open", by="customer")
    assert ticket.due() == at("2026-06-01T11:00+08:00")
