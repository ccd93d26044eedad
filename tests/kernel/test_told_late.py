"""The customer was told in time, and that was written down later: it counts from the telling."""

import pytest

from tests.kernel.test_clocks import (
    AT,
    CHEN,
    DAY,
    HOUR,
    LAW,
    LI,
    SUN,
    TICK,
    ZHANG,
    Life,
    days,
)
from workorder.clocks import WITHDRAWN
from workorder.ticket import (
    Approve,
    ApproveExtension,
    Hold,
    InformCustomer,
    MarkReached,
    RequestExtension,
    Submit,
)

DUE = days(15, 24)
UNTIL = days(25, 24)


def extended(*, watched: bool) -> Life:
    """A complaint whose extension was told at four on the last day, and recorded the next day."""
    life = Life().opens().works()
    life.now = days(15, 15)
    life.does(RequestExtension(UNTIL, "hard"), ZHANG).does(ApproveExtension(), CHEN)
    if watched:
        life.watched(DUE + 9 * HOUR)
        assert life.clock(LAW).breached == DUE
    life.now = DUE + 9 * HOUR
    return life.does(InformCustomer("extension", "phone", days(15, 16)), LI)


@pytest.mark.parametrize("watched", [False, True], ids=["timers not run", "timers run"])
def test_an_extension_told_in_time(watched: bool) -> None:
    """No breach, whether one was noted meanwhile or not; it counts from when they were told."""
    life = extended(watched=watched)
    clock = life.clock(LAW)
    assert (clock.due, clock.breached, clock.detected) == (UNTIL, None, None)
    assert [each.at for each in clock.extended] == [days(15, 16)]
    life.now = UNTIL - DAY
    life.does(Submit("refunded"), ZHANG).does(Approve(), SUN)
    verdict = life.does(InformCustomer("decision", "phone"), LI).clock(LAW).verdict
    assert verdict is not None
    assert verdict.met


def test_its_breach_comes_again() -> None:
    """The mark of a breach that was none is reached once more, at the new due instant."""
    life = extended(watched=True).watched(UNTIL + DAY)
    clock = life.clock(LAW)
    assert (clock.breached, clock.detected) == (UNTIL, UNTIL + TICK)
    assert WITHDRAWN + "100%" in clock.fired
    reached = [
        (each.mark, each.trace.occurred_at)
        for each in life.events
        if isinstance(each, MarkReached) and each.clock == LAW and each.mark == "100%"
    ]
    assert reached == [("100%", DUE + TICK), ("100%", UNTIL + TICK)]
    commands = [each.trace.command_id for each in life.events if isinstance(each, MarkReached)]
    assert len(set(commands)) == len(commands)


def test_an_extension_told_too_late() -> None:
    """Told after the due instant, it was late all the same."""
    life = Life().opens().works()
    life.now = days(15, 15)
    life.does(RequestExtension(UNTIL, "hard"), ZHANG).does(ApproveExtension(), CHEN)
    life.now = DUE + 9 * HOUR
    clock = life.does(InformCustomer("extension", "phone", DUE + TICK), LI).clock(LAW)
    assert (clock.due, clock.breached) == (UNTIL, DUE)


def test_a_hold_that_pauses_once_they_are_told() -> None:
    """It stands still from the telling on, three days before that was written down."""
    life = Life().opens().works().does(Hold("external_appraisal"), ZHANG)
    told = AT + 2 * HOUR
    life.now = AT + 3 * DAY
    clock = life.does(InformCustomer("accepted", "phone", told), LI).clock(LAW)
    assert clock.state == "paused"
    assert clock.segments[-1].start == told


def test_a_breach_during_that_hold_is_none() -> None:
    """It was noted while nobody knew that they had been told."""
    life = Life().opens().works()
    life.now = days(15, 10)
    life.does(Hold("external_appraisal"), ZHANG).watched(DUE + DAY)
    assert life.clock(LAW).breached == DUE
    clock = life.does(InformCustomer("accepted", "phone", days(15, 11)), LI).clock(LAW)
    assert (clock.state, clock.breached) == ("paused", None)
