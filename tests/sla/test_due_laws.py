"""Due dates by every counting rule, against the oracle that goes from date to date."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from tests.sla import days_oracle
from tests.sla.days_oracle import Rules
from tests.sla.duration_strategies import duration, rules
from tests.sla.oracle import Plain, minute_of, wall
from tests.sla.strategies import Case, Size, built, cases, couples, fewer, sizes
from workorder.durations import Roll
from workorder.sla import (
    Calendar,
    CalendarDays,
    DueAt,
    Earliest,
    Elapsed,
    Latest,
    Months,
    Note,
    Weeks,
    Working,
    WorkingDays,
    Years,
)

DAY = timedelta(days=1)
ROLLS: tuple[Roll, ...] = ("forward", "backward")
lengths = st.timedeltas(timedelta(0), timedelta(days=40))


@given(couples(), rules(), st.booleans(), st.sampled_from(["", "cut_off", "at"]))
def test_a_due_date_is_where_counting_date_by_date_ends(
    couple: tuple[Case, Plain], plain: Rules, own: bool, exact: str
) -> None:
    """Kind, first day, cut-off, deeming, rolling by either calendar, and the end of the last day:
    whatever the rules together, day and instant are those of the oracle.
    """
    case, other = couple
    if exact:  # just then the receipt came in
        shown = wall(case.plain.zone, case.minute)
        now = shown.hour * 60 + shown.minute
        plain = replace(plain, cut_off=now) if exact == "cut_off" else replace(plain, at=now)
    by: Calendar | None = None if own else built(other)
    due = case.calendar.due(case.start, duration(plain), roll_by=by)
    last, minute = days_oracle.due(case.plain, case.plain if own else other, case.minute, plain)
    assert (due.last_day, minute_of(due.instant)) == (last, minute)
    assert due.days is not None
    assert (due.days.received, due.days.last) == (case.local, last)
    assert (Note.ROLLED in due.notes) == (due.days.counted != last)


@given(cases(), sizes, lengths)
def test_lengths_of_time_are_added(case: Case, size: Size, length: timedelta) -> None:
    """Working time is ``add``, elapsed time is the clock's, a given instant is that instant."""
    calendar, start, amount = case.calendar, case.start, case.amount(size)
    for edge in ("close", "next_open"):
        due = calendar.due(start, Working(amount, edge=edge))
        assert due.instant == calendar.add(start, amount, edge=edge)
    assert calendar.due(start, Working(timedelta(0))).instant == start
    assert calendar.due(start, Elapsed(length)).instant == start + length
    given_with = {"promised_at": start - length}
    assert calendar.due(start, DueAt("promised_at"), given=given_with).instant == start - length


@fewer
@given(couples(), rules(same_time=False))
def test_nothing_is_due_before_it_came_in(couple: tuple[Case, Plain], plain: Rules) -> None:
    """A due date in days lies after the receipt, also where its last day was over already."""
    case, other = couple
    due = case.calendar.due(case.start, duration(plain), roll_by=built(other))
    assert due.instant > case.start


@fewer
@given(cases(), rules(), sizes)
def test_the_earliest_and_the_latest_are_among_their_parts(
    case: Case, plain: Rules, size: Size
) -> None:
    """The least and the greatest of their parts, whichever comes first; provisional with any."""
    one, other = duration(plain), Working(case.amount(size))
    calendar = built(case.plain, case.local + 4 * DAY)
    parts = [calendar.due(case.start, each) for each in (one, other)]
    instants = [each.instant for each in parts]
    for several in ((one, other), (other, one)):
        earliest = calendar.due(case.start, Earliest(*several))
        latest = calendar.due(case.start, Latest(*several))
        assert (earliest.instant, latest.instant) == (min(instants), max(instants))
        assert earliest.provisional == latest.provisional == any(p.provisional for p in parts)
    assert calendar.due(case.start, Earliest(Earliest(one, other), other)).instant == min(instants)


@fewer
@given(cases(), rules(), st.integers(1, 3))
def test_a_week_is_seven_days_and_a_year_twelve_months(
    case: Case, plain: Rules, number: int
) -> None:
    """The same day is due by either unit, under all the other rules."""
    shared: dict[str, Any] = {
        name: getattr(duration(plain), name)
        for name in ("at", "include_start", "cut_off", "deemed", "roll")
    }
    due = case.calendar.due
    weeks = due(case.start, Weeks(number, **shared)).instant
    assert due(case.start, CalendarDays(7 * number, **shared)).instant == weeks
    months = due(case.start, Months(12, **shared)).instant
    assert due(case.start, Years(1, **shared)).instant == months


@fewer
@given(cases(), rules(), st.sampled_from(ROLLS))
def test_rolling_ends_on_a_working_day(case: Case, plain: Rules, roll: Roll) -> None:
    """A last day that rolls is a working day; one that is one already stays."""
    asked = duration(plain)
    rolling = case.calendar.due(case.start, evolve(asked, roll=roll))
    assert case.calendar.is_working_day(rolling.last_day)
    staying = case.calendar.due(case.start, evolve(asked, roll="none"))
    if case.calendar.is_working_day(staying.last_day):
        assert rolling.instant == staying.instant
    elif roll == "forward":
        assert rolling.last_day > staying.last_day


@given(cases(), st.integers(1, 6), st.integers(0, 3))
def test_working_days_are_those_that_days_between_counts(
    case: Case, number: int, more: int
) -> None:
    """After n working days, n lie between receipt and last day; more days are never due sooner."""
    due = case.calendar.due(case.start, WorkingDays(number))
    assert case.calendar.days_between(case.local, due.last_day) == number
    assert case.calendar.is_working_day(due.last_day)
    assert due.last_working_day == due.last_day
    assert case.calendar.due(case.start, WorkingDays(number + more)).last_day >= due.last_day
