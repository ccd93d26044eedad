"""Traps of clocks that end, or should: when they are judged, by what, and what stays of it."""

from datetime import date, timedelta

import pytest

from tests.sla.clocks.told import (
    HOURS,
    LONDON,
    REPLIED,
    RESOLVED,
    SHANGHAI,
    Told,
    levels,
    metric,
    target,
)
from tests.sla.traps import at, trap
from workorder.clocks import Clock
from workorder.conditions import NEVER, where
from workorder.sla import BusinessCalendar, Closed
from workorder.sla.clocks import SlaClock, dued

HOUR = timedelta(hours=1)
COMPLAINT = where("type").equals("complaint")


@trap(5)
def test_what_is_promised_no_more_is_not_due() -> None:
    """zammad/zammad #4353: the policy does not apply any more, and nothing of it stays."""
    only = [target("resolution", "8 working hours", COMPLAINT)]
    ticket = Told(levels(metric(), targets=only, leading=("resolution",)), type="complaint")
    ticket.say("2026-03-02T10:00+08:00", "open")
    assert ticket.clock().leads
    ticket.say("2026-03-02T11:00+08:00", "set", type="enquiry")
    assert ticket.clock().state == "cancelled"
    assert (ticket.due(), ticket.clock().mark_at, ticket.clock().leads) == (None, None, False)
    assert not ticket.read("2026-03-09T10:00+08:00").breached


@trap(5)
def test_a_metric_that_is_no_more_is_cancelled() -> None:
    """The rulebook measures it no longer: its clock ends at the next thing that happens."""
    both = levels(metric(), metric("first_response", stop=REPLIED))
    ticket = Told(both)
    ticket.say("2026-03-02T10:00+08:00", "open")
    ticket.levels = levels(metric("first_response", stop=REPLIED))
    ticket.say("2026-03-02T11:00+08:00", "note")
    assert [each.state for each in ticket.clocks.values()] == ["cancelled", "running"]


@trap(5)
def test_another_department_counts_by_its_own_calendar() -> None:
    """zammad/zammad #5624: handed over, it is due by the new department's hours at once."""
    hours = [target("resolution", "8 working hours", calendar="@department")]
    ticket = Told(
        levels(metric(), targets=hours, places={"london": LONDON}), department="head_office"
    )
    ticket.say("2026-03-02T10:00+08:00", "open")
    ticket.say("2026-03-02T16:00+08:00", "transfer", department="london")
    # six hours are used; two are left in London, where it is eight in the morning
    assert ticket.due() == at("2026-03-02T11:00+00:00")
    assert ticket.read("2026-03-02T16:00+08:00").used == 6 * HOUR


@trap(5)
def test_what_was_merged_away_is_due_no_more() -> None:
    """zammad/zammad #904: a merged ticket's clock is cancelled without a verdict, and goes on as
    if nothing had been when that is undone.
    """
    merged = where("state").equals("merged")
    unmerged = where("action").equals("unmerge")
    ticket = Told(levels(metric(cancel=merged, reopen=unmerged)))
    ticket.say("2026-03-02T10:00+08:00", "open")
    ticket.say("2026-03-02T11:00+08:00", "merge", state="merged")
    assert (ticket.clock().state, ticket.clock().verdicts) == ("cancelled", ())
    assert ticket.due() is None
    ticket.say("2026-03-02T13:00+08:00", "unmerge", state="open")
    assert ticket.due() == at("2026-03-02T18:00+08:00")


@trap(6)
def test_one_commit_is_judged_as_a_whole() -> None:
    """zammad/zammad #2082: another priority, and the due instant is another in the same commit."""
    urgent = where("priority").equals(1)
    hours = [target("resolution", "2 working hours", urgent)]
    both = levels(metric(), targets=[*hours, target("resolution", "8 working hours")])
    ticket = Told(both, priority=3)
    ticket.say("2026-03-02T10:00+08:00", "open", "note")
    found = ticket.say("2026-03-02T11:00+08:00", "assign", "set", priority=1)
    assert [each.new for each in found.revised] == [at("2026-03-02T12:00+08:00")]
    assert ticket.due() == at("2026-03-02T12:00+08:00")


@trap(6)
def test_the_verdict_is_there_when_it_is_closed() -> None:
    """zammad/zammad #2579: what closes a ticket also judges its clocks, whichever part of the
    commit it was.
    """
    ticket = Told(levels(metric("first_response", stop=REPLIED), within="1 working hour"))
    ticket.say("2026-03-02T10:00+08:00", "open")
    ticket.say("2026-03-02T12:00+08:00", "assign", "reply", "close", state="closed")
    verdict = ticket.clock("first_response").verdict
    assert verdict is not None
    assert verdict.breached == at("2026-03-02T11:00+08:00")
    assert verdict.detected == at("2026-03-02T12:00+08:00")


@trap(14)
def test_a_verdict_is_not_judged_again() -> None:
    """frappe/erpnext PR 28550, 26173: met is met, whatever comes after it."""
    ticket = Told(levels(metric(), within="4 working hours"))
    ticket.say("2026-03-02T10:00+08:00", "open")
    ticket.say("2026-03-02T13:00+08:00", "resolve", state="resolved")
    first = ticket.clock().verdict
    assert first is not None
    assert first.met
    # six weeks later: one hour is left, and it is not late yet
    ticket.say("2026-04-13T10:00+08:00", "reopen", state="open")
    assert not ticket.read("2026-04-13T10:00+08:00").breached
    assert ticket.due() == at("2026-04-13T11:00+08:00")
    ticket.say("2026-04-13T12:00+08:00", "resolve", state="resolved")
    assert ticket.clock().verdicts[0] == first
    assert [each.met for each in ticket.clock().verdicts] == [True, False]


@trap(18)
def test_a_clock_stands_still_when_it_is_stopped() -> None:
    """chatwoot/chatwoot PR 15024: nothing is missed after it was resolved."""
    ticket = Told(levels(metric(), marks=["75%", "1 working day after"], within="8 working hours"))
    ticket.say("2026-03-02T10:00+08:00", "open")
    ticket.say("2026-03-02T12:00+08:00", "resolve", state="resolved")
    assert ticket.pass_time("2026-03-20T10:00+08:00") == []
    reading = ticket.read("2026-03-20T10:00+08:00")
    assert (reading.breached, reading.used, reading.remaining) == (False, 2 * HOUR, 6 * HOUR)
    ticket.say("2026-03-20T10:00+08:00", "note")
    assert [each.met for each in ticket.clock().verdicts] == [True]


@trap(18)
def test_clocks_count_by_opening_hours() -> None:
    """chatwoot/chatwoot PR 13392: a night is no part of eight working hours."""
    ticket = Told(levels(metric()))
    ticket.say("2026-03-02T16:00+08:00", "open")
    assert ticket.due() == at("2026-03-03T15:00+08:00")
    assert not ticket.read("2026-03-03T14:00+08:00").breached


@trap(33)
def test_every_cycle_keeps_its_own_verdict() -> None:
    """fivetran/dbt_zendesk #116: of two answers the first was late, the second not; both stand."""
    asked = where("by").equals("customer")
    ticket = Told(
        levels(metric("reply", start=asked, stop=REPLIED, repeat=True), within="1 working hour")
    )
    ticket.say("2026-03-02T10:00+08:00", "message", by="customer")
    ticket.say("2026-03-02T12:00+08:00", "reply")
    ticket.say("2026-03-02T14:00+08:00", "message", by="customer")
    ticket.say("2026-03-02T14:30+08:00", "reply")
    found = [(each.cycle, each.met, each.breached) for each in ticket.clock("reply").verdicts]
    assert found == [(1, False, at("2026-03-02T11:00+08:00")), (2, True, None)]


@trap(33)
@pytest.mark.parametrize(("when", "met"), [("10:30", True), ("12:00", False)])
def test_resolved_without_a_reply_is_answered(when: str, met: bool) -> None:
    """fivetran/dbt_zendesk PR 136: what stops a first response is said, and a resolution may."""
    stop = REPLIED | RESOLVED
    ticket = Told(levels(metric("first_response", stop=stop), within="1 working hour"))
    ticket.say("2026-03-02T10:00+08:00", "open")
    ticket.say(f"2026-03-02T{when}+08:00", "resolve", state="resolved")
    assert [each.met for each in ticket.clock("first_response").verdicts] == [met]


@trap(33)
def test_a_reply_outside_hours_used_the_hours_before() -> None:
    """A reply at night has used what was open until then, and is in time if that was enough."""
    ticket = Told(levels(metric("first_response", stop=REPLIED), within="2 working hours"))
    ticket.say("2026-03-02T17:00+08:00", "open")
    ticket.say("2026-03-02T22:00+08:00", "reply")
    assert ticket.read("2026-03-09T10:00+08:00", "first_response").used == HOUR
    assert [each.met for each in ticket.clock("first_response").verdicts] == [True]


@trap(36)
def test_a_breach_ends_with_its_cycle() -> None:
    """osTicket/osTicket PR 5206: late, resolved, opened again from nothing: not late any more."""
    ticket = Told(levels(metric(on_reopen="restart", pause=NEVER), within="1 working hour"))
    ticket.say("2026-03-02T10:00+08:00", "open")
    assert ticket.pass_time("2026-03-02T12:00+08:00")
    ticket.say("2026-03-02T12:00+08:00", "resolve", state="resolved")
    assert ticket.read("2026-03-02T12:00+08:00").breached
    ticket.say("2026-03-02T14:00+08:00", "reopen", state="open")
    clock = ticket.clock()
    assert (clock.breached, clock.detected, clock.fired) == (None, None, ())
    assert not ticket.read("2026-03-02T15:00+08:00").breached
    assert [each.met for each in clock.verdicts] == [False]


def _closed_on(day: date) -> BusinessCalendar:
    return BusinessCalendar("Asia/Shanghai", HOURS, dates={day: Closed("made known late")})


@trap(38)
def test_an_edited_calendar_reaches_a_clock_without_an_event() -> None:
    """Zendesk help 4408885881498: a day off that is made known late moves what is due, at once."""
    ticket = Told(levels(metric()))
    ticket.say("2026-03-02T14:00+08:00", "open")
    before = ticket.clock()
    assert before.due == at("2026-03-03T13:00+08:00")
    after = dued(before, levels(metric(), calendar=_closed_on(date(2026, 3, 3))), None)
    assert (after.due, after.promised) == (at("2026-03-04T13:00+08:00"), before.due)
    assert _version(after) != _version(before)


def _version(clock: Clock) -> str:
    return clock.segments[-1].calendar


@trap(38)
def test_an_edited_calendar_reaches_a_clock_that_stands_alone() -> None:
    """A host that counts in its own table reckons again, and no event is needed."""
    clock = SlaClock.start(
        "resolution", "8 working hours", SHANGHAI, at=at("2026-03-02T14:00+08:00")
    )
    text = clock.to_json()
    again = SlaClock.from_json(text, _closed_on(date(2026, 3, 3))).reckoned()
    assert again.due == at("2026-03-04T13:00+08:00")
    assert again.clock.promised == clock.due


@trap(38)
def test_how_late_it_is_is_said_in_its_own_hours() -> None:
    """An hour late on Friday evening is an hour late on Sunday."""
    ticket = Told(levels(metric(), within="2 working hours"))
    ticket.say("2026-03-06T15:00+08:00", "open")
    for when in ("2026-03-06T18:00+08:00", "2026-03-08T12:00+08:00"):
        assert ticket.read(when).remaining == -HOUR
