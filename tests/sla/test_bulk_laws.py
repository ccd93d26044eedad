"""Bulk answers what the verb answers for each element, or refuses the first that it refuses."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from attrs import evolve, frozen
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DataObject, DrawFn, SearchStrategy

from tests.sla.strategies import built, instants, plains, zones
from workorder.durations import (
    BillingCycles,
    CalendarDays,
    Duration,
    Earliest,
    Elapsed,
    Latest,
    Months,
    Weeks,
    Working,
    WorkingDays,
    Years,
)
from workorder.errors import InvalidInput
from workorder.sla import BusinessCalendar, ListedHolidays

np = pytest.importorskip("numpy", reason="bulk needs NumPy (the extra `bulk`)")
from workorder.sla import bulk  # noqa: E402 (after NumPy was found)

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
DAY = 86_400_000_000

near = st.integers(-6 * DAY, 6 * DAY) | st.integers(-200, 200).map(lambda each: each * 60_000_000)
amounts = (
    st.integers(-20 * DAY, 20 * DAY)
    | st.integers(-40, 40).map(lambda each: each * 1_800_000_000)
    | st.sampled_from([0, 1, -1, 400 * DAY, -400 * DAY, 1 << 60, -(1 << 60)])
)


@frozen
class Many:
    """A calendar, and some instants near its special dates and changes of clocks."""

    calendar: BusinessCalendar
    starts: list[datetime]

    @property
    def micros(self) -> Any:
        """The instants for bulk."""
        return np.array([(each - EPOCH) // MICROSECOND for each in self.starts], np.int64)

    @property
    def days(self) -> list[date]:
        """Dates near them."""
        return [each.date() for each in self.starts]


@st.composite
def many(draw: DrawFn) -> Many:
    """A random calendar with official and estimated holidays, which now and then refuses what is
    not official; up to six instants.
    """
    zone = draw(zones)
    about = draw(instants(zone))
    plain = draw(plains(about.date(), zone))
    official = draw(st.none() | st.integers(-3, 400))
    through = None if official is None else about.date() + timedelta(days=official)
    plainly = built(plain, through)
    assert isinstance(plainly.holidays, ListedHolidays)
    listed = [
        (day, evolve(each, estimated=draw(st.booleans()))) for day, each in plainly.holidays.listed
    ]
    calendar = evolve(
        plainly,
        holidays=evolve(plainly.holidays, listed=listed),
        unpublished=draw(st.sampled_from(["flag", "refuse"])),
        horizon_years=draw(st.sampled_from([1, 2, 10])),
    )
    shifts = draw(st.lists(near, min_size=1, max_size=6))
    return Many(calendar, [about + timedelta(microseconds=each) for each in shifts])


def told(one: Callable[..., object], *elements: Sequence[Any]) -> tuple[list[object], int | None]:
    """What the verb answers for each element, and the first place where it refuses."""
    answers: list[object] = []
    for place, element in enumerate(zip(*elements, strict=True)):
        try:
            answers.append(one(*element))
        except InvalidInput:
            return answers, place
    return answers, None


def check(
    work: Callable[..., Any], values: Sequence[Any], one: Callable[..., object], *elements: Any
) -> None:
    """Bulk and verb agree: every answer before the first refusal, and the refusal."""
    answers, refused = told(one, *elements)
    if refused is not None:
        with pytest.raises(InvalidInput) as bulks:
            work(*values)
        with pytest.raises(InvalidInput) as ones:
            one(*(each[refused] for each in elements))
        assert bulks.value.code == ones.value.code
        assert bulks.value.facts["position"] == refused
        values = [each[:refused] for each in values]
    assert work(*values) == answers


def shown(micros: Any) -> list[datetime]:
    """Instants as datetimes."""
    return [EPOCH + timedelta(microseconds=int(each)) for each in micros]


def lengths(micros: Any) -> list[timedelta]:
    """Microseconds as timedeltas."""
    return [timedelta(microseconds=int(each)) for each in micros]


@given(many(), st.data(), st.sampled_from(["close", "next_open"]))
def test_sums(many: Many, data: DataObject, edge: Any) -> None:
    """``add_many`` and ``subtract_many``: forward, back and not at all, for both edges."""
    count = len(many.starts)
    drawn = data.draw(st.lists(amounts, min_size=count, max_size=count))
    values = (many.micros, np.array(drawn, np.int64))
    calendar, elements = many.calendar, (many.starts, lengths(drawn))
    check(
        lambda s, a: shown(bulk.add_many(calendar, s, a, edge=edge)),
        values,
        lambda s, a: calendar.add(s, a, edge=edge),
        *elements,
    )
    mirrored: Any = "open" if edge == "close" else "prev_close"
    check(
        lambda s, a: shown(bulk.subtract_many(calendar, s, a, edge=mirrored)),
        values,
        lambda s, a: calendar.subtract(s, a, edge=mirrored),
        *elements,
    )


@given(many(), st.data())
def test_spans_and_states(many: Many, data: DataObject) -> None:
    """``between_many``, ``is_open_many`` and ``local_date_many``."""
    calendar, starts = many.calendar, many.micros
    ends = [each + timedelta(microseconds=data.draw(amounts | near) % DAY) for each in many.starts]
    values = (starts, Many(calendar, ends).micros)
    check(
        lambda s, e: lengths(bulk.between_many(calendar, s, e)),
        values,
        calendar.between,
        many.starts,
        ends,
    )
    check(
        lambda s: bulk.is_open_many(calendar, s).tolist(), (starts,), calendar.is_open, many.starts
    )
    check(
        lambda s: bulk.local_date_many(calendar, s).tolist(),
        (starts,),
        calendar.local_date,
        many.starts,
    )


@given(many(), st.data())
def test_days(many: Many, data: DataObject) -> None:
    """``add_days_many`` and ``days_between_many``."""
    count, calendar = len(many.starts), many.calendar
    some = st.integers(-15, 15) | st.sampled_from([300, -300, 3_000, -90_000])
    numbers = data.draw(st.lists(some, min_size=count, max_size=count))
    others = [
        day + timedelta(days=number % 40 - 20)
        for day, number in zip(many.days, numbers, strict=True)
    ]
    days = np.array(many.days, "datetime64[D]")
    check(
        lambda d, n: bulk.add_days_many(calendar, d, n).tolist(),
        (days, np.array(numbers)),
        calendar.add_days,
        many.days,
        numbers,
    )
    check(
        lambda d, o: bulk.days_between_many(calendar, d, o).tolist(),
        (days, np.array(others, "datetime64[D]")),
        calendar.days_between,
        many.days,
        others,
    )


_times = st.sampled_from([time(0), time(2, 30), time(9), time(17), time(23, 59, 59, 999_999)])
_rules = {
    "at": st.sampled_from(["close", "end_of_day", "same_time"]) | _times,
    "include_start": st.booleans(),
    "cut_off": st.none() | _times,
    "deemed": st.booleans(),
    "roll": st.sampled_from(["none", "forward", "backward"]),
}
_spans = st.integers(0, 20 * DAY).map(lambda each: timedelta(microseconds=each))


def _dated(kind: Any, most: int, **more: SearchStrategy[Any]) -> SearchStrategy[Any]:
    return st.integers(1, most).flatmap(lambda n: st.builds(kind, st.just(n), **_rules, **more))


_single: SearchStrategy[Any] = st.one_of(
    st.builds(Working, _spans, edge=st.sampled_from(["close", "next_open"])),
    st.builds(Elapsed, _spans),
    _dated(WorkingDays, 12),
    st.builds(WorkingDays, st.just(0)),
    st.builds(CalendarDays, st.just(0), at=_rules["at"], roll=_rules["roll"]),
    _dated(CalendarDays, 40),
    _dated(Weeks, 5),
    _dated(Months, 14),
    _dated(Years, 2),
    _dated(BillingCycles, 3, closing_day=st.integers(1, 31)),
)
durations: SearchStrategy[Duration] = _single | st.builds(
    lambda kind, of: kind(*of),
    st.sampled_from([Earliest, Latest]),
    st.lists(_single, min_size=2, max_size=3),
)


@given(many(), durations, st.none() | st.just("Mo-Fr 09:00-18:00"))
def test_due_dates(many: Many, duration: Duration, rolled: str | None) -> None:
    """``due_many``: instant, last day and whether it is provisional, for every duration."""
    calendar = many.calendar
    roll_by = BusinessCalendar("Asia/Shanghai", rolled) if rolled else None

    def one(start: datetime) -> object:
        due = calendar.due(start, duration, roll_by=roll_by)
        return due.instant, due.last_day, due.provisional

    def work(starts: Any) -> list[object]:
        dues = bulk.due_many(calendar, starts, duration, roll_by=roll_by)
        columns = (shown(dues.instants), dues.last_days.tolist(), dues.provisional.tolist())
        return list(zip(*columns, strict=True))

    check(work, (many.micros,), one, many.starts)


@given(many(), many(), durations, st.data())
def test_each_by_its_own_calendar(
    first: Many, second: Many, duration: Duration, data: DataObject
) -> None:
    """``by_calendar`` answers, and refuses, each element as the calendar of its key does."""
    starts = [*first.starts, *second.starts]
    calendars = {"first": first.calendar, "second": second.calendar}
    keys = [data.draw(st.sampled_from(["first", "second"])) for _ in starts]

    def work(keys: Any, starts: Any) -> list[object]:
        dues = bulk.by_calendar(calendars, keys, bulk.due_many, starts, duration=duration)
        return list(zip(shown(dues.instants), dues.provisional.tolist(), strict=True))

    def one(key: str, start: datetime) -> object:
        due = calendars[key].due(start, duration)
        return due.instant, due.provisional

    values = (np.array(keys), Many(first.calendar, starts).micros)
    check(work, values, one, keys, starts)
