"""Calendars are values: what was asked before, copies and processes change no answer."""

import pickle
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from tests.sla.strategies import Case, Size, built, cases, fewer, sizes, turns_of_year
from workorder.sla import (
    BusinessCalendar,
    Calendar,
    CalendarDays,
    ListedHolidays,
    SourceDay,
    Working,
    WorkingDays,
)

DAY = timedelta(days=1)

Question = Callable[[Calendar, Case, timedelta], object]
QUESTIONS: tuple[Question, ...] = (
    lambda calendar, case, amount: calendar.add(case.start, amount),
    lambda calendar, case, amount: calendar.add(case.start, amount, edge="next_open"),
    lambda calendar, case, amount: calendar.subtract(case.start, amount),
    lambda calendar, case, amount: calendar.subtract(case.start, amount, edge="prev_close"),
    lambda calendar, case, _: calendar.between(case.start - 3 * DAY, case.start + 3 * DAY),
    lambda calendar, case, _: calendar.next_open(case.start),
    lambda calendar, case, _: not ends(case) or calendar.prev_close(case.start),
    lambda calendar, case, _: not ends(case) or calendar.next_close(case.start),
    lambda calendar, case, _: [*calendar.windows(case.start - DAY, case.start + DAY)],
    lambda calendar, case, _: calendar.add_days(case.local, 3),
    lambda calendar, case, _: calendar.add_days(case.local, -3),
    lambda calendar, case, _: calendar.day(case.local),
    lambda calendar, case, _: calendar.due(case.start, WorkingDays(2)),
    lambda calendar, case, _: calendar.explain(case.start, until=case.start + 3 * DAY).total,
)


def ends(case: Case) -> bool:
    """Whether the calendar ever closes."""
    return case.weekly < 7 * DAY


@given(
    cases(turns_of_year),
    st.lists(st.sampled_from([-1, 1, -2, 2]), min_size=1, max_size=3),
    st.integers(0, 3),
    sizes,
)
def test_the_order_of_questions_does_not_matter(
    case: Case, shifts: list[int], first: int, size: Size
) -> None:
    """A calendar that already knows other years answers each question as a fresh one does."""
    amount = case.amount(size)
    for shift in shifts:
        case.calendar.is_open(case.start + shift * 360 * DAY)
    for question in QUESTIONS[first::4]:
        fresh = built(case.plain)
        assert question(fresh, case, amount) == question(case.calendar, case, amount)


@fewer
@given(cases(), sizes)
def test_a_copy_from_elsewhere_answers_the_same(case: Case, size: Size) -> None:
    """Pickled and read again, a calendar is equal, has the same hash and says the same."""
    amount = case.amount(size)
    copy = pickle.loads(pickle.dumps(case.calendar))
    assert copy == case.calendar == built(case.plain)
    assert hash(copy) == hash(case.calendar)
    for question in QUESTIONS:
        assert question(copy, case, amount) == question(case.calendar, case, amount)


def windows_of(calendar: Calendar, year: int) -> list[object]:
    """The windows of every date of a year."""
    found = calendar.epoch.year(year)
    return [*zip(found.opens, found.closes, found.days, strict=True)]


def retold(case: Case) -> BusinessCalendar:
    """The same hours in other words: every rule of the plain data as a rule for its date."""
    plain = case.plain
    year = date(case.local.year, 1, 1)
    told = {day: plain.rule(day) for day in (year + number * DAY for number in range(366))}
    dates = {day: rule for day, rule in told.items() if rule is not None}
    return built(replace(plain, dates=dates, source={}, recurring=()))


@fewer
@given(cases(), cases())
def test_the_digest_is_that_of_the_windows(case: Case, other: Case) -> None:
    """The same windows give the same digest, however they were said; others give another one."""
    year = case.local.year
    digest = case.calendar.content_digest(year, year)
    for calendar in (retold(case), other.calendar):
        same = windows_of(case.calendar, year) == windows_of(calendar, year)
        same = same and night_before(case.calendar, year) == night_before(calendar, year)
        assert (calendar.content_digest(year, year) == digest) is same


def night_before(calendar: BusinessCalendar, year: int) -> list[datetime]:
    """When the windows of 31 December close that reach into *year*."""
    midnight = datetime(year, 1, 1, tzinfo=calendar.timezone)
    found = calendar.day(date(year - 1, 12, 31)).windows
    return [each.close for each in found if each.close > midnight]


def test_the_same_windows_in_another_zone_have_another_digest() -> None:
    """Nine to five in Shanghai is ten to six in Tokyo, but a day ends an hour sooner there."""
    shanghai = BusinessCalendar("Asia/Shanghai", "Mo-Fr 09:00-17:00")
    tokyo = BusinessCalendar("Asia/Tokyo", "Mo-Fr 10:00-18:00")
    assert windows_of(shanghai, 2026) == windows_of(tokyo, 2026)
    noon = datetime(2026, 6, 3, 3, tzinfo=UTC)
    ends = [desk.due(noon, CalendarDays(3)).instant for desk in (shanghai, tokyo)]
    assert ends[0] - ends[1] == timedelta(hours=1)
    assert shanghai.content_digest(2026, 2026) != tokyo.content_digest(2026, 2026)


@fewer
@given(cases(), st.integers(-3, 3))
def test_an_estimate_changes_the_digest(case: Case, shift: int) -> None:
    """The same holiday, official or estimated, gives two digests: one of them may still move."""
    day = case.local + shift * DAY
    plain = replace(case.plain, source={}, recurring=(), dates={})
    official, estimated = (
        evolve(built(plain), holidays=ListedHolidays([(day, SourceDay(estimated=estimated))]))
        for estimated in (False, True)
    )
    assert windows_of(official, day.year) == windows_of(estimated, day.year)
    digests = {each.content_digest(day.year, day.year) for each in (official, estimated)}
    assert len(digests) == 2


@fewer
@given(cases(), st.integers(-3, 9), sizes, sizes)
def test_more_time_never_makes_an_answer_official(
    case: Case, last: int, size: Size, extra: Size
) -> None:
    """Once a due date is provisional, a longer amount is so too; and a list that speaks for more
    dates makes no answer provisional.
    """
    through = case.local + last * DAY
    short, more = case.amount(size), case.amount(extra)
    calendar, longer = built(case.plain, through), built(case.plain, through + DAY)
    for less, greater in (
        (Working(short), Working(short + more)),
        (WorkingDays(2), WorkingDays(4)),
    ):
        first, second = calendar.due(case.start, less), calendar.due(case.start, greater)
        assert first.provisional <= second.provisional
        assert longer.due(case.start, less).provisional <= first.provisional
