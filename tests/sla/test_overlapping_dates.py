"""Windows of one date that reach past the first windows of the next.

Weekly hours may not overlap; date rules, breaks and combinations can still make windows do so, and
then a minute is open when any window has it. The turn of a year is where years are put together.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.sla.oracle import Plain, Walk, instant_of, minute_of
from tests.sla.strategies import built
from workorder.sla import BusinessCalendar, Calendar, Hours, LikeWeekday, Span, WeeklyHours

HOUR = timedelta(hours=1)
WEEK = "We-Th 20:00-21:00"


def at(day: int, hour: int, minute: int = 0, *, month: int = 6) -> datetime:
    """An instant of 2026; day 0 of January is 31 December before."""
    return datetime(2026, month, 1, hour, minute, tzinfo=UTC) + timedelta(days=day - 1)


def broken_night(night: date) -> BusinessCalendar:
    """22:00-08:00 from *night*, with a break 01:00-03:00; the next date works like a weekday that
    has 00:00-04:00 and no break.
    """
    overnight, weekday = (Span(1320, 1920),), night.weekday()
    days: list[tuple[Span, ...]] = [()] * 7
    days[weekday], days[(weekday + 3) % 7] = overnight, (Span(0, 240),)
    breaks: list[tuple[Span, ...]] = [()] * 7
    breaks[(weekday + 1) % 7] = (Span(60, 180),)
    return BusinessCalendar(
        "UTC",
        WeeklyHours(days),
        dates={night + timedelta(days=1): LikeWeekday((weekday + 3) % 7)},
        breaks=WeeklyHours(breaks),
    )


def late_night(night: date) -> BusinessCalendar:
    """23:00-08:00 from *night*, of which a break until 03:00 leaves 03:00-08:00; the next date
    works like a weekday that has 00:00-02:00 and no break.
    """
    weekday = night.weekday()
    days: list[tuple[Span, ...]] = [()] * 7
    days[weekday], days[(weekday + 3) % 7] = (Span(1380, 1920),), (Span(0, 120),)
    breaks: list[tuple[Span, ...]] = [()] * 7
    breaks[weekday], breaks[(weekday + 1) % 7] = (Span(1380, 1440),), (Span(0, 180),)
    return BusinessCalendar(
        "UTC",
        WeeklyHours(days),
        dates={night + timedelta(days=1): LikeWeekday((weekday + 3) % 7)},
        breaks=WeeklyHours(breaks),
    )


def long_eve(night: date) -> BusinessCalendar:
    """22:00-08:00 from *night* by a rule, and 06:00-07:00 on the next date by another."""
    morning = {night + timedelta(days=1): Hours("06:00-07:00"), night: Hours([Span(1320, 1920)])}
    return BusinessCalendar("UTC", "Mo-Fr 12:00-13:00", dates=morning)


def two_desks(night: date) -> Calendar:
    """23:00-07:00 of one desk, 02:00-03:00 on the next date of the other."""
    morning = {night + timedelta(days=1): Hours("02:00-03:00")}
    second = BusinessCalendar("UTC", "We 23:00-07:00")
    return BusinessCalendar("UTC", WEEK, dates=morning) | second


nights = pytest.mark.parametrize("night", [date(2026, 6, 3), date(2025, 12, 31)], ids=str)
known = pytest.mark.parametrize("years", [(), (2025,), (2025, 2026)], ids=str)
Make = Callable[[date], Calendar]


def made(make: Make, night: date, years: tuple[int, ...]) -> Calendar:
    """A calendar that was asked about some years before."""
    calendar = make(night)
    for year in years:
        calendar.is_open(datetime(year, 7, 1, tzinfo=UTC))
    return calendar


@nights
@known
@pytest.mark.parametrize(
    ("make", "hours"),
    [(broken_night, [(22, 32)]), (long_eve, [(22, 32)]), (two_desks, [(20, 21), (23, 31)])],
)
def test_a_minute_is_open_when_any_window_has_it(
    make: Make, hours: list[tuple[int, int]], night: date, years: tuple[int, ...]
) -> None:
    """Overlapping windows of two dates are one, whichever years were asked about before."""
    midnight = datetime(night.year, night.month, night.day, tzinfo=UTC)
    wanted = [(midnight + begin * HOUR, midnight + end * HOUR) for begin, end in hours]
    begin, end = midnight + 18 * HOUR, midnight + 34 * HOUR
    found = made(make, night, years).windows(begin, end)
    assert [(each.open, each.close) for each in found] == wanted


@nights
@known
@pytest.mark.parametrize("make", [broken_night, long_eve, two_desks])
def test_sums_run_through_the_overlap(make: Make, night: date, years: tuple[int, ...]) -> None:
    """Three hours from 23:30 end at 02:30, and three hours back from 02:30 begin at 23:30."""
    start = datetime(night.year, night.month, night.day, 23, 30, tzinfo=UTC)
    calendar = made(make, night, years)
    assert calendar.add(start, 3 * HOUR) == start + 3 * HOUR
    calendar = made(make, night, years)
    assert calendar.subtract(start + 3 * HOUR, 3 * HOUR) == start
    calendar = made(make, night, years)
    assert calendar.between(start, start + 3 * HOUR) == 3 * HOUR


@nights
@known
def test_what_was_worked_out_first_does_not_change_an_answer(
    night: date, years: tuple[int, ...]
) -> None:
    """A search back over a night ends in its window, also when that began in a year not yet known.

    The window is 22:00-08:00; two days later half an hour back is 07:30, the last close 08:00.
    """
    later = datetime(night.year, night.month, night.day, 11, tzinfo=UTC) + 24 * HOUR
    later += 16 * HOUR  # 03:00 on the second date after the night, before the hours of that date
    morning = datetime(night.year, night.month, night.day, 8, tzinfo=UTC) + 24 * HOUR
    assert made(long_eve, night, years).prev_close(later) == morning
    assert made(long_eve, night, years).subtract(later, HOUR / 2) == morning - HOUR / 2


@nights
@known
def test_the_hours_of_the_next_date_open_before_the_rest_of_the_night(
    night: date, years: tuple[int, ...]
) -> None:
    """From noon of the night on, the first open is 00:00 of the next date, then 03:00 to 08:00."""
    noon = datetime(night.year, night.month, night.day, 12, tzinfo=UTC)
    midnight = noon + 12 * HOUR
    assert made(late_night, night, years).next_open(noon) == midnight
    assert made(late_night, night, years).add(noon, HOUR) == midnight + HOUR
    assert made(late_night, night, years).next_close(noon) == midnight + 2 * HOUR
    assert made(late_night, night, years).add(noon, 3 * HOUR) == midnight + 4 * HOUR
    found = made(late_night, night, years).add(noon, 2 * HOUR, edge="next_open")
    assert found == midnight + 3 * HOUR


@nights
def test_every_date_keeps_its_windows(night: date) -> None:
    """In a combination, windows of two dates may overlap; each date still shows its own."""
    calendar, following = two_desks(night), night + timedelta(days=1)
    shown = [(w.open.hour, w.close.hour) for w in calendar.day(night).windows]
    assert shown == [(20, 21), (23, 7)]
    shown = [(w.open.hour, w.close.hour) for w in calendar.day(following).windows]
    assert shown == [(2, 3)]


@nights
def test_the_ledger_of_a_combination_adds_up(night: date) -> None:
    """The lines count 20:00-21:00 and 23:00-07:00 once each: 02:00-03:00 is in the night."""
    calendar = two_desks(night)
    start = datetime(night.year, night.month, night.day, tzinfo=UTC)
    end = start + 48 * HOUR
    assert calendar.explain(start, until=end).total == calendar.between(start, end) == 9 * HOUR


def test_a_working_day_of_either_is_one_of_the_union() -> None:
    """A union works on a date on which one of the two works, also inside the other's night."""
    night = BusinessCalendar("UTC", "Fr 22:00-06:00")
    early = BusinessCalendar("UTC", "Sa 01:00-05:00")
    for union in (night | early, early | night):
        assert union.is_working_day(date(2026, 6, 5))
        assert union.is_working_day(date(2026, 6, 6))


def test_the_oracle_sees_the_broken_night_the_same_way() -> None:
    """The oracle, walking minute by minute, finds 22:00-08:00 open without a hole."""
    plain = Plain(
        "UTC",
        ((), (), ((1320, 1920),), (), (), ((0, 240),), ()),
        dates={date(2026, 6, 4): ("like", 5)},
        breaks=((), (), (), ((60, 180),), (), (), ()),
    )
    start = minute_of(datetime(2026, 6, 3, 18, tzinfo=UTC))
    (found,) = Walk.around(plain, start, days=2).windows(start, start + 16 * 60)
    assert [instant_of(each).hour for each in found] == [22, 8]
    assert built(plain).hours == broken_night(date(2026, 6, 3)).hours
