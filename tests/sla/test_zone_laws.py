"""The same instant gives the same answer in whatever zone it comes, and clocks change rightly."""

from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sla.oracle import first_shown, instant_of, minute_of, wall
from tests.sla.strategies import CHANGES, Case, Size, cases, fewer, instants, sizes, zones
from workorder.sla import BusinessCalendar, CalendarDays, WorkingDays

fixed = st.integers(-14 * 60, 14 * 60).map(lambda each: timezone(timedelta(minutes=each)))
others = st.one_of(zones.map(ZoneInfo), fixed)
shifts = st.timedeltas(timedelta(days=-5), timedelta(days=5))
DAY = timedelta(days=1)


@fewer
@given(cases(), others, shifts, sizes)
def test_the_zone_of_the_input_does_not_matter(
    case: Case, other: ZoneInfo | timezone, shift: timedelta, size: Size
) -> None:
    """An instant given in another zone, or with a fixed offset, is the same instant."""
    calendar, amount = case.calendar, case.amount(size)
    start, end = case.start, case.start + shift
    there, until = start.astimezone(other), end.astimezone(other)
    assert calendar.add(there, amount) == calendar.add(start, amount)
    assert calendar.subtract(there, amount) == calendar.subtract(start, amount)
    assert calendar.between(there, until) == calendar.between(start, end)
    assert calendar.is_open(until) == calendar.is_open(end)
    assert calendar.next_open(until) == calendar.next_open(end)
    assert list(calendar.windows(there, until)) == list(calendar.windows(start, end))
    assert calendar.local_date(there) == calendar.local_date(start)
    for days in (CalendarDays(2, at="same_time"), WorkingDays(2)):
        assert calendar.due(there, days).instant == calendar.due(start, days).instant


@fewer
@given(cases(), sizes)
def test_answers_show_the_clock_of_the_calendar(case: Case, size: Size) -> None:
    """What goes out shows what the clock on the wall shows in the calendar's zone, and when."""
    calendar = case.calendar
    for found in (
        calendar.add(case.start, case.amount(size)),
        calendar.subtract(case.start, case.amount(size)),
        calendar.next_open(case.start),
    ):
        local = found.astimezone(ZoneInfo(case.plain.zone))
        assert found.replace(tzinfo=None) == local.replace(tzinfo=None, fold=0)
        assert found.utcoffset() == local.utcoffset()
        assert found.astimezone(UTC) == local.astimezone(UTC)


@fewer
@given(cases(), sizes)
def test_the_difference_of_two_answers_is_elapsed_time(case: Case, size: Size) -> None:
    """Windows are as long as their instants in UTC are apart, also over a change of clocks."""
    for window in case.calendar.windows(case.start - 3 * DAY, case.start + 3 * DAY):
        assert window.length == window.close.astimezone(UTC) - window.open.astimezone(UTC)
        assert window.length == case.calendar.between(window.open, window.close)


@given(zones.flatmap(lambda zone: st.tuples(st.just(zone), instants(zone))), st.integers(0, 4320))
def test_a_local_time_is_the_first_instant_that_shows_it(
    where: tuple[str, datetime], later: int
) -> None:
    """A skipped local time is the instant of the change, one that comes twice the first."""
    zone, near = where
    day = wall(zone, minute_of(near)).date() - DAY
    midnight = datetime(day.year, day.month, day.day)
    calendar = BusinessCalendar(zone, "Mo-Su 00:00-24:00")
    offsets = calendar.epoch.year(day.year).offsets
    local = (midnight - datetime(1970, 1, 1)) // timedelta(microseconds=1) + later * 60_000_000
    wanted = first_shown(zone, midnight + timedelta(minutes=later))
    assert offsets.utc(local) == wanted * 60_000_000


@given(zones.flatmap(lambda zone: st.tuples(st.just(zone), instants(zone))))
def test_the_date_of_an_instant_is_on_the_wall(where: tuple[str, datetime]) -> None:
    """``local_date`` is the date that a clock in the calendar's zone shows."""
    zone, near = where
    calendar = BusinessCalendar(zone, "Mo-Fr 09:00-17:00")
    assert calendar.local_date(near) == wall(zone, minute_of(near)).date()


@pytest.mark.parametrize(
    ("zone", "change"), [(zone, change) for zone, found in CHANGES.items() for change in found]
)
def test_every_minute_of_a_change_is_read_rightly(zone: str, change: str) -> None:
    """Around each change, each local minute is found at the first minute of UTC that shows it."""
    begin = minute_of(datetime.fromisoformat(change)) - 150
    shown = [wall(zone, minute) for minute in range(begin, begin + 300)]
    assert any(later - earlier != timedelta(minutes=1) for earlier, later in pairwise(shown))
    offsets = BusinessCalendar(zone, "Mo-Fr 09:00-17:00").epoch.year(shown[0].year).offsets
    for number in range((shown[-1] - shown[0]) // timedelta(minutes=1)):
        wanted = shown[0] + timedelta(minutes=number)
        first = next(each for each, time in enumerate(shown) if time >= wanted)
        local = (wanted - datetime(1970, 1, 1)) // timedelta(microseconds=1)
        assert instant_of(begin + first) == instant_of(offsets.utc(local) // 60_000_000)
