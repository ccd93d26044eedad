"""The times that somebody works, against calendars that count them themselves."""

from datetime import UTC, datetime, time, timedelta

import pytest
from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st

from tests.simulate.desk import NINE, Cycle, at, minute_of
from workorder.assign.roster import Roster, Shift
from workorder.errors import InvalidInput
from workorder.simulate.hours import WorkingTime
from workorder.sla import BusinessCalendar

COUNTER = BusinessCalendar("Asia/Shanghai", "Mo-Fr 09:00-12:00,13:30-18:00; Sa 22:00-24:00")
MICROSECOND = timedelta(microseconds=1)
moments = st.integers(0, 20 * 24 * 3600 * 10**6).map(lambda number: NINE + number * MICROSECOND)
lengths = st.integers(0, 200 * 3600 * 10**6).map(lambda number: number * MICROSECOND)


@frozen
class Shy:
    """Hours that say only what they must."""

    calendar: BusinessCalendar

    def is_open(self, instant: datetime, /) -> bool:
        """As the calendar says."""
        return self.calendar.is_open(instant)

    def next_close(self, instant: datetime, /) -> datetime:
        """As the calendar says."""
        return self.calendar.next_close(instant)


@given(moments, moments, lengths, st.booleans())
def test_they_count_as_the_calendar_does(
    start: datetime, other: datetime, amount: timedelta, shy: bool
) -> None:
    """Open or not, how long, until when and from when: the same, also for hours that say little."""
    mine = WorkingTime(Shy(COUNTER) if shy else COUNTER, NINE)
    first, last = sorted((start, other))
    assert mine.between(first, last) == COUNTER.between(first, last)
    assert mine.is_open(start) == COUNTER.is_open(start)
    done = mine.after(start, amount)
    assert done == (COUNTER.add(start, amount) if amount else start)
    opens = mine.next_open(start)
    assert opens is not None
    assert opens > start
    assert opens == COUNTER.next_open(opens)
    assert not COUNTER.is_open(opens - MICROSECOND)


@given(st.integers(1, 8), st.integers(0, 8), st.integers(0, 40), st.integers(1, 30))
def test_a_cycle_counted_minute_by_minute(on: int, shift: int, start: int, amount: int) -> None:
    """Work is done when so many minutes of work have passed."""
    cycle = Cycle(on, 9, shift)
    minute, left = start, amount
    while left:
        left -= cycle.works(minute)
        minute += 1
    done = WorkingTime(cycle, NINE).after(at(start), amount * (at(1) - NINE))
    assert done is not None
    assert minute_of(done) == minute


def test_hours_that_end() -> None:
    """After the last shift nobody works: nothing is done any more, and nobody comes."""
    once = Shift(first=NINE.date(), start=time(9), end=time(11), rule="FREQ=DAILY;COUNT=1")
    mine = WorkingTime(Roster("UTC", [once]), NINE)
    hour = timedelta(hours=1)
    assert mine.after(NINE, 2 * hour) == NINE + 2 * hour
    assert mine.after(NINE, 3 * hour) is None
    assert mine.next_open(NINE) is None
    assert mine.between(NINE, NINE + 9 * hour) == 2 * hour
    assert not mine.is_open(NINE + 2 * hour)


@pytest.mark.parametrize("hours", [None, BusinessCalendar("UTC", "24/7")])
def test_always(hours: BusinessCalendar | None) -> None:
    """Without hours, and with hours that never close, all time is worked."""
    mine = WorkingTime(hours, NINE)
    assert mine.is_open(NINE)
    assert mine.next_open(NINE) is None
    assert mine.after(NINE, timedelta(days=9)) == NINE + timedelta(days=9)
    assert mine.between(NINE, at(5)) == timedelta(minutes=5)


@frozen
class Stuck:
    """Hours that close when they are asked."""

    def is_open(self, instant: datetime, /) -> bool:
        """Always."""
        return True

    def next_close(self, instant: datetime, /) -> datetime:
        """Now."""
        return instant


def test_hours_that_make_no_sense() -> None:
    """A close that is not after the instant is refused, and named."""
    with pytest.raises(InvalidInput, match="expected a close after 2026-09-30T09:00"):
        WorkingTime(Stuck(), NINE).between(NINE, datetime(2026, 10, 1, tzinfo=UTC))
