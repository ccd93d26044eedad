"""Laws of promises: pauses, hand-overs, the law's own limits, and clocks that stand alone."""

from datetime import datetime, timedelta

from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from tests.sla.clocks.strategies import duration_of, limits
from tests.sla.days_oracle import Rules
from tests.sla.duration_strategies import duration, rules
from tests.sla.oracle import Plain
from tests.sla.strategies import Case, built, cases, couples
from workorder.clocks import Clock
from workorder.conditions import ALWAYS, NEVER, where
from workorder.durations import Dated, Duration
from workorder.sla.clocks import (
    Facts,
    Metric,
    Moment,
    Policy,
    ServiceLevels,
    SlaClock,
    Target,
    advance,
)
from workorder.sla.clocks.pieces import Piece, reckon

MINUTE = timedelta(minutes=1)
gaps = st.integers(0, 3000)


@st.composite
def lasting(draw: DrawFn, *, days: bool | None = None) -> tuple[Case, Duration]:
    """A calendar with an instant, and how long something takes by it."""
    case = draw(cases())
    in_days = draw(st.booleans()) if days is None else days
    return case, duration_of(draw(limits(in_days=in_days, most=_most(case))))


def _most(case: Case) -> int:
    """Open minutes of a week, about; longer targets take years where a desk is hardly ever open."""
    return max(int(case.weekly.total_seconds()) // 60, 1)


def _begun(case: Case, within: Duration) -> SlaClock:
    return SlaClock.start("answer", within, case.calendar, at=case.start)


@given(lasting(), gaps, gaps, gaps)
def test_a_longer_pause_is_due_no_earlier(
    given_: tuple[Case, Duration], before: int, pause: int, more: int
) -> None:
    """Due instants move on with pauses, never back; a pause of no length moves nothing."""
    case, within = given_
    clock = _begun(case, within)
    held = case.start + before * MINUTE
    assert clock.due is not None
    assume(held <= clock.due)
    dues = [
        clock.pause(at=held).resume(at=held + each * MINUTE).due
        for each in (0, pause, pause + more)
    ]
    assert dues[0] == clock.due
    assert None not in dues
    assert dues == sorted(dues)  # type: ignore[type-var]  # all are instants


@given(cases(), rules(), st.integers(0, 6000), st.integers(1, 240))
def test_a_pause_in_which_no_day_ends_moves_no_days(
    case: Case, plain: Rules, before: int, length: int
) -> None:
    """By every rule of counting: an hour on hold within a day takes nothing out."""
    within = duration(plain)
    held = case.start + before * MINUTE
    resumed = held + length * MINUTE
    whole = [Piece(case.start, None, case.calendar)]
    due = reckon(within, whole, {})
    assume(held < due.instant)
    ends = _ends(case, within, held)
    assume(not any(held < each <= resumed for each in ends))
    apart = [Piece(case.start, held, case.calendar), Piece(resumed, None, case.calendar)]
    assert reckon(within, apart, {}).instant == due.instant


def _ends(case: Case, within: Dated, around: datetime) -> list[datetime]:
    """When the dates around an instant end, reckoned one by one."""
    from workorder.sla.counting import ending_of

    day = case.calendar.local_date(around)
    days = [day + timedelta(days=each) for each in range(-3, 3)]
    return [ending_of(case.calendar, within, each, case.start) for each in days]


@given(couples(), st.data(), gaps)
def test_handing_over_keeps_what_was_used(
    given_: tuple[Case, Plain], data: st.DataObject, later: int
) -> None:
    """By another calendar, at its first instant, a clock has used what it had used before, and it
    is not late by that.
    """
    case, plain = given_
    other = Case(plain, built(plain), case.start)
    most = min(_most(case), _most(other))
    within = duration_of(data.draw(limits(in_days=data.draw(st.booleans()), most=most)))
    clock = _begun(case, within)
    at = case.start + later * MINUTE
    before = clock.read(at)
    over = clock.hand_over(other.calendar, at=at)
    assert over.read(at).used == before.used
    assert over.clock.promised == clock.clock.promised
    assert over.due is not None
    assert before.breached or over.due >= at


@given(lasting(), st.lists(st.tuples(st.sampled_from("prsch"), st.integers(-60, 2000)), max_size=6))
def test_a_clock_alone_is_written_and_read_back(
    given_: tuple[Case, Duration], said: list[tuple[str, int]]
) -> None:
    """After whatever it was told, its JSON value is the same clock."""
    case, within = given_
    clock = SlaClock.start("answer", within, case.calendar, at=case.start, marks=("75%",))
    at = case.start
    for what, gap in said:
        at += gap * MINUTE
        clock = _told(clock, what, at)
        text = clock.to_json()
        again = SlaClock.from_json(text, clock.calendar, earlier=clock.calendars)
        assert again == clock
        assert again.to_json() == text


def _told(clock: SlaClock, what: str, at: datetime) -> SlaClock:
    if what == "p":
        return clock.pause(at=at)
    if what == "r":
        return clock.resume(at=at)
    if what == "s":
        return clock.stop(at=at)
    if what == "c":
        return clock.cancel(at=at)
    return clock.hand_over(clock.calendar, at=at) if clock.clock.active else clock


def _metric(name: str, *, statutory: bool = False) -> Metric:
    return Metric(
        name=name,
        start=where(f"event.start_{name}").equals(True),
        stop=where(f"event.stop_{name}").equals(True),
        pause=NEVER if statutory else where("held").equals(True),
        extendable=True,
        statutory=statutory,
    )


BOTH = ("event.start_law", "event.start_own")
WORDS = ("start_law", "start_own", "stop_law", "hold", "let", "extend", "", "")


@given(
    cases(),
    st.data(),
    st.lists(st.tuples(st.sampled_from(WORDS), st.integers(0, 900)), min_size=1, max_size=7),
)
def test_no_internal_target_outlasts_the_law(
    case: Case, data: st.DataObject, said: list[tuple[str, int]]
) -> None:
    """Whatever starts first, is paused or extended: while a statutory clock runs, no internal one
    that runs is due later, unless the law's was missed before it began.
    """
    law = duration_of(data.draw(limits(in_days=False, most=_most(case))))
    own = duration_of(data.draw(limits(in_days=False, most=_most(case))))
    levels = ServiceLevels(
        metrics=(_metric("own"), _metric("law", statutory=True)),
        policies=(Policy("usual", (Target("own", own, ALWAYS), Target("law", law, ALWAYS))),),
        calendar=case.calendar,
    )
    clocks: dict[str, Clock] = {}
    at, held = case.start, False
    before: Facts | None = None
    for number, (word, gap) in enumerate([(data.draw(st.sampled_from(["both", ""])), 0), *said]):
        held = (held or word == "hold") and word != "let"
        edges = dict.fromkeys(BOTH if word == "both" else [f"event.{word}"], True)
        facts = Facts({**edges, "held": held})
        moment = Moment(at, (facts,), number, before)
        if word == "extend":
            moment = evolve(moment, extension=at + 3000 * MINUTE)
        clocks |= advance(clocks, moment, levels).changed
        before = facts
        at += gap * MINUTE
        if all(name in clocks and clocks[name].state == "running" for name in ("own", "law")):
            due, cap = clocks["own"].due, clocks["law"].due
            assert due is not None
            assert cap is not None
            assert due <= cap or clocks["own"].started >= cap
