"""What is promised where a target asks for an instant, and when a cycle is taken up again."""

from datetime import UTC, datetime, timedelta

from workorder.conditions import where
from workorder.durations import DueAt, parse
from workorder.sla import BusinessCalendar
from workorder.sla.clocks import (
    Ladder,
    Mark,
    Metric,
    Moment,
    Policy,
    ServiceLevels,
    Target,
    advance,
    fired,
)

CALENDAR = BusinessCalendar("UTC", "Mo-Fr 09:00-17:00")
OPENED = where("action").equals("open")


def test_an_appointment_that_nobody_has_made_promises_nothing() -> None:
    """A target at an instant that the ticket does not bring does not apply; the next one does."""
    metric = Metric(name="visit", start=OPENED, stop=where("action").equals("visit"))
    policy = Policy(
        "visits", (Target("visit", DueAt("visit_at")), Target("visit", parse("3 working days")))
    )
    levels = ServiceLevels(metrics=(metric,), policies=(policy,), calendar=CALENDAR)
    begun = datetime(2026, 1, 5, 9, tzinfo=UTC)
    plain = advance({}, Moment.of(begun, action="open"), levels).changed["visit"]
    assert plain.target == "3 working days"
    agreed = Moment.of(begun, action="open", fields__visit_at=begun + timedelta(days=9))
    made = advance({}, agreed, levels).changed["visit"]
    assert (made.target, made.due) == ("at visit_at", begun + timedelta(days=9))


def test_a_resumed_cycle_has_a_breach_of_its_own() -> None:
    """A cycle that was late, and is taken up again, is late again: its breach is noted once more,
    with the marks that follow; those on the way are behind it.
    """
    metric = Metric(
        name="work",
        start=OPENED,
        stop=where("action").equals("close"),
        reopen=where("action").equals("reopen"),
        ladder="usual",
    )
    ladder = Ladder("usual", (Mark("50%"), Mark("1 elapsed hour after")))
    levels = ServiceLevels(
        metrics=(metric,),
        policies=(Policy("all", (Target("work", parse("2 elapsed hours")),)),),
        calendar=CALENDAR,
        ladders=(ladder,),
    )
    begun = datetime(2026, 1, 5, 9, tzinfo=UTC)
    clock = advance({}, Moment.of(begun, action="open"), levels).changed["work"]
    while clock.mark is not None:
        clock = fired(clock, levels, begun + timedelta(hours=4))
    assert clock.fired == ("50%", "100%", "1 elapsed hour after")
    for hours, action in ((5, "close"), (6, "reopen")):
        moment = Moment.of(begun + timedelta(hours=hours), action=action)
        clock = advance({"work": clock}, moment, levels).changed["work"]
    assert (clock.cycle, clock.fired, clock.mark) == (2, ("50%",), "100%")
    assert clock.due == begun + timedelta(hours=2)
