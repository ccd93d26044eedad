"""Traps of marks: reminders and escalations at the wrong time of day, or not at all."""

from datetime import datetime

from tests.sla.clocks.told import Told, levels, metric
from tests.sla.traps import at, trap
from workorder.sla.clocks import BREACH, Mark

JUST_AFTER = "00.000001"


def _marks(*pairs: tuple[str, str]) -> list[tuple[str, datetime]]:
    return [(name, at(when)) for name, when in pairs]


@trap(10)
def test_marks_of_working_time_come_in_opening_hours() -> None:
    """zammad/zammad #4432: half of sixteen working hours is over while somebody is there."""
    ticket = Told(levels(metric(), marks=["50%", "75%"], within="16 working hours"))
    ticket.say("2026-03-06T16:00+08:00", "open")
    found = ticket.pass_time("2026-03-10T12:00+08:00")
    assert found == _marks(("50%", "2026-03-09T15:00+08:00"), ("75%", "2026-03-10T10:00+08:00"))


@trap(10)
def test_marks_can_wait_for_the_opening() -> None:
    """A limit that runs day and night reminds in the morning, if it is told to, and in time."""
    waiting = [Mark("25%", open_hours=True), Mark("75%", open_hours=True)]
    ticket = Told(levels(metric(), marks=waiting, within="48 elapsed hours"))
    ticket.say("2026-03-06T12:00+08:00", "open")
    found = ticket.pass_time("2026-03-08T12:00:00.000001+08:00")
    # Friday midnight would wait until Monday, by when it is late: it does not wait then
    assert found[-1] == (BREACH, at(f"2026-03-08T12:00:{JUST_AFTER}+08:00"))
    week = Told(levels(metric(), marks=waiting, within="120 elapsed hours"))
    week.say("2026-03-05T12:00+08:00", "open")
    assert week.pass_time("2026-03-09T23:00+08:00") == _marks(
        ("25%", "2026-03-09T09:00+08:00"), ("75%", "2026-03-09T09:00+08:00")
    )


@trap(21)
def test_offsets_are_counted_in_working_time() -> None:
    """glpi-project/glpi PR 22678: an hour before, a day after: at an hour of the day, not 00:00."""
    rungs = ["1 working hour before", "2 working hours after", "1 working day after"]
    ticket = Told(levels(metric(), marks=rungs))
    ticket.say("2026-03-05T18:00+08:00", "open")
    assert ticket.due() == at("2026-03-06T17:00+08:00")
    assert ticket.pass_time("2026-03-20T10:00+08:00") == _marks(
        ("1 working hour before", "2026-03-06T16:00+08:00"),
        (BREACH, f"2026-03-06T17:00:{JUST_AFTER}+08:00"),
        ("2 working hours after", "2026-03-09T10:00+08:00"),
        ("1 working day after", "2026-03-09T18:00+08:00"),
    )


@trap(21)
def test_offsets_move_with_what_is_due() -> None:
    """glpi-project/glpi PR 15357: a hold moves the due instant, and the reminder before it."""
    ticket = Told(levels(metric(), marks=["1 working hour before"]))
    ticket.say("2026-03-05T09:00+08:00", "open")
    ticket.say("2026-03-05T10:00+08:00", "hold", state="customer")
    assert ticket.pass_time("2026-03-06T10:00+08:00") == []
    ticket.say("2026-03-06T10:00+08:00", "resume", state="open")
    assert ticket.pass_time("2026-03-06T17:00+08:00") == _marks(
        ("1 working hour before", "2026-03-06T16:00+08:00")
    )
