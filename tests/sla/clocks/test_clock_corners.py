"""Corners of the fold, each of which went wrong once."""

from datetime import timedelta

import pytest
from attrs import evolve

from tests.sla.clocks.told import LONDON, REPLIED, SHANGHAI, Told, levels, metric, target
from tests.sla.traps import at
from workorder.conditions import where
from workorder.durations import DueAt
from workorder.sla import BusinessCalendar
from workorder.sla.clocks import Mark, SlaClock

HOUR = timedelta(hours=1)
URGENT = where("priority").equals(1)


def test_a_target_that_starts_with_a_statutory_one_ends_no_later() -> None:
    """Started by one moment, the internal target is held to the law's from the first."""
    law = evolve(metric("law"), statutory=True)
    hours = [target("law", "4 working hours"), target("resolution", "8 working hours")]
    ticket = Told(levels(metric(), law, targets=hours))
    ticket.say("2026-03-02T09:00+08:00", "open")
    assert ticket.due() == ticket.due("law") == at("2026-03-02T13:00+08:00")


def test_an_extension_of_the_law_is_followed_at_once() -> None:
    """When the statutory limit moves, what it held back moves with it in the same moment."""
    law = evolve(metric("law"), statutory=True, extendable=True)
    hours = [target("law", "4 working hours"), target("resolution", "8 working hours")]
    ticket = Told(levels(metric(), law, targets=hours))
    ticket.say("2026-03-02T09:00+08:00", "open")
    ticket.say("2026-03-02T10:00+08:00", "extend", extension="2026-03-02T16:00+08:00")
    assert ticket.due() == ticket.due("law") == at("2026-03-02T16:00+08:00")


@pytest.mark.parametrize("change", ["keep_elapsed", "retroactive"])
def test_a_shorter_target_while_it_waits_may_be_missed_already(change: str) -> None:
    """On hold with three hours used, a target of two is missed: then, not when it goes on."""
    hours = [target("resolution", "2 working hours", URGENT)]
    hours.append(target("resolution", "8 working hours"))
    ticket = Told(levels(metric(on_change=change), targets=hours), priority=3)
    ticket.say("2026-03-02T09:00+08:00", "open")
    ticket.say("2026-03-02T12:00+08:00", "hold", state="customer")
    ticket.say("2026-03-02T14:00+08:00", "set", priority=1)
    clock = ticket.clock()
    assert clock.breached == at("2026-03-02T11:00+08:00")
    assert clock.detected == at("2026-03-02T14:00+08:00")
    ticket.say("2026-03-02T15:00+08:00", "resolve", state="resolved")
    assert [each.met for each in ticket.clock().verdicts] == [False]


def test_a_clock_alone_knows_a_target_that_was_missed_already() -> None:
    """The same for a clock without a ticket, paused when its target becomes shorter."""
    clock = SlaClock.start("answer", "8 working hours", SHANGHAI, at=at("2026-03-02T09:00+08:00"))
    held = clock.pause(at=at("2026-03-02T12:00+08:00"))
    late = held.retarget("2 working hours", at=at("2026-03-02T14:00+08:00"))
    assert late.read(at("2026-03-02T14:00+08:00")).breached_at == at("2026-03-02T11:00+08:00")
    ended = late.stop(at=at("2026-03-02T15:00+08:00")).clock
    assert [each.met for each in ended.verdicts] == [False]


def test_an_hour_of_lunch_on_hold_leaves_today_today() -> None:
    """A target that ends on the day of receipt still does after a hold within that day."""
    clock = SlaClock.start(
        "resolution", "0 working days by 17:00", SHANGHAI, at=at("2026-03-02T10:00+08:00")
    )
    assert clock.due == at("2026-03-02T17:00+08:00")
    held = clock.pause(at=at("2026-03-02T12:00+08:00")).resume(at=at("2026-03-02T13:00+08:00"))
    assert held.due == clock.due


def test_days_are_counted_from_receipt_also_when_it_waited_at_once() -> None:
    """Received on hold or put on hold at once: Tuesday is lost, and nothing else."""
    opened = Told(levels(metric(), within="2 working days"))
    opened.say("2026-03-02T10:00+08:00", "open", state="customer")
    held = Told(levels(metric(), within="2 working days"))
    held.say("2026-03-02T10:00+08:00", "open")
    held.say("2026-03-02T10:00+08:00", "hold", state="customer")
    for ticket in (opened, held):
        ticket.say("2026-03-04T10:00+08:00", "answer", by="customer", state="open")
        assert ticket.due() == at("2026-03-05T18:00+08:00")


def test_a_day_that_has_ended_here_stays_used_there() -> None:
    """Handed over in the evening, after the day ended in Shanghai and before it does in London."""
    clock = SlaClock.start(
        "resolution", "3 working days", SHANGHAI, at=at("2026-03-02T10:00+08:00")
    )
    evening = at("2026-03-03T19:00+08:00")
    assert clock.read(evening).used == 1
    over = clock.hand_over(LONDON, at=evening)
    assert over.read(evening).used == 1
    assert over.due == at("2026-03-05T18:00+00:00")


def test_a_hand_over_does_not_end_a_day_in_the_past() -> None:
    """A desk that has closed already does not make its colleagues late."""
    early = BusinessCalendar("Asia/Shanghai", "Mo-Fr 08:00-15:00")
    clock = SlaClock.start("resolution", "1 working day", SHANGHAI, at=at("2026-03-02T10:00+08:00"))
    over = clock.hand_over(early, at=at("2026-03-03T16:00+08:00"))
    assert over.due == at("2026-03-03T18:00+08:00")


def test_what_changed_meanwhile_counts_when_it_is_opened_again() -> None:
    """Another department and another priority, while it was resolved and as it is reopened."""
    hours = [
        target("resolution", "2 working hours", URGENT, "@department"),
        target("resolution", "8 working hours", calendar="@department"),
    ]
    ticket = Told(levels(metric(), targets=hours, places={"london": LONDON}), priority=3)
    ticket.say("2026-03-02T10:00+08:00", "open")
    ticket.say("2026-03-02T11:00+08:00", "resolve", state="resolved")
    ticket.say("2026-03-02T12:00+08:00", "set", priority=1)
    ticket.say("2026-03-02T18:00+08:00", "reopen", state="open", department="london")
    assert ticket.due() == at("2026-03-02T11:00+00:00")


def test_what_took_effect_in_time_was_in_time() -> None:
    """Told at ten, noted in the evening: met, although a breach was noted at noon."""
    ticket = Told(levels(metric("first_response", stop=REPLIED), within="3 working hours"))
    ticket.say("2026-03-02T09:00+08:00", "open")
    assert ticket.pass_time("2026-03-02T13:00+08:00")
    ticket.say("2026-03-02T17:00+08:00", "reply", effective="2026-03-02T10:00+08:00")
    assert [each.met for each in ticket.clock("first_response").verdicts] == [True]
    assert ticket.clock("first_response").breached is None


def test_how_late_it_is_leaves_holds_out() -> None:
    """An hour late, then a night and a morning on hold: two hours late an hour after that."""
    ticket = Told(levels(metric(), within="2 working hours"))
    ticket.say("2026-03-02T14:00+08:00", "open")
    ticket.say("2026-03-02T17:00+08:00", "hold", state="customer")
    ticket.say("2026-03-03T12:00+08:00", "resume", state="open")
    reading = ticket.read("2026-03-03T13:00+08:00")
    assert (reading.used, reading.remaining) == (4 * HOUR, -2 * HOUR)


def test_an_appointment_that_is_moved_moves_what_is_due() -> None:
    """A target at an instant that the ticket carries follows that instant."""
    fixed = [target("resolution", DueAt("appointment"))]
    first, second = at("2026-03-04T15:00+08:00"), at("2026-03-06T15:00+08:00")
    ticket = Told(levels(metric(), targets=fixed), appointment=first)
    ticket.say("2026-03-02T14:00+08:00", "open")
    assert ticket.due() == first
    found = ticket.say("2026-03-02T15:00+08:00", "set", appointment=second)
    assert ticket.due() == second
    assert [(each.old, each.new) for each in found.revised] == [(first, second)]


def test_a_mark_that_waits_for_the_opening_may_be_overtaken() -> None:
    """Half of it falls into Friday night and waits for Monday; three quarters do not wait."""
    marks = [Mark("50%", open_hours=True), Mark("75%")]
    ticket = Told(levels(metric(), marks=marks, within="96 elapsed hours"))
    ticket.say("2026-03-05T12:00+08:00", "open")
    assert ticket.pass_time("2026-03-09T11:00+08:00") == [
        ("75%", at("2026-03-08T12:00+08:00")),
        ("50%", at("2026-03-09T09:00+08:00")),
    ]
