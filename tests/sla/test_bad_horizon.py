"""Searches that find nothing end with a named error, after a bounded number of years."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from workorder.errors import InvalidInput
from workorder.sla import BusinessCalendar, Calendar, Closed, Recurring

HORIZON = 10
RECEIVED = datetime(2026, 3, 2, 2, tzinfo=UTC)
DAY = date(2026, 3, 2)
HOUR = timedelta(hours=1)
ZONE = "Asia/Shanghai"


def morning_and_afternoon() -> Calendar:
    """Two branches without a common hour."""
    return BusinessCalendar(ZONE, "Mo-Fr 09:00-12:00") & BusinessCalendar(ZONE, "Mo-Fr 13:00-18:00")


def less_itself() -> Calendar:
    """What is left when everything is taken away."""
    return BusinessCalendar(ZONE, "Mo-Fr 09:00-12:00") - BusinessCalendar(ZONE, "Mo-Fr 08:00-18:00")


def always_closed() -> Calendar:
    """Open on Mondays, but for every Monday."""
    rule = Recurring("FREQ=WEEKLY;BYDAY=MO", Closed("every Monday"))
    return BusinessCalendar(ZONE, "Mo 09:00-12:00", recurring=[rule])


NEVER_OPEN = {
    "disjoint": morning_and_afternoon,
    "nothing left": less_itself,
    "always closed": always_closed,
}

SEARCHES: dict[str, Callable[[Calendar], object]] = {
    "add": lambda desk: desk.add(RECEIVED, HOUR),
    "add, next open": lambda desk: desk.add(RECEIVED, HOUR, edge="next_open"),
    "add, backwards": lambda desk: desk.add(RECEIVED, -HOUR),
    "subtract": lambda desk: desk.subtract(RECEIVED, HOUR),
    "subtract, previous close": lambda desk: desk.subtract(RECEIVED, HOUR, edge="prev_close"),
    "subtract, backwards": lambda desk: desk.subtract(RECEIVED, -HOUR),
    "next_open": lambda desk: desk.next_open(RECEIVED),
    "next_close": lambda desk: desk.next_close(RECEIVED),
    "prev_close": lambda desk: desk.prev_close(RECEIVED),
    "add_days": lambda desk: desk.add_days(DAY, 1),
    "add_days, backwards": lambda desk: desk.add_days(DAY, -1),
    "due, working time": lambda desk: desk.due(RECEIVED, "1 working hour"),
    "due, working days": lambda desk: desk.due(RECEIVED, "1 working day"),
    "due, the day of receipt": lambda desk: desk.due(RECEIVED, "0 working days"),
    "due, rolling forward": lambda desk: desk.due(RECEIVED, "1 calendar day, rolling forward"),
    "due, rolling backward": lambda desk: desk.due(RECEIVED, "1 calendar day, rolling backward"),
    "due, deemed": lambda desk: desk.due(
        RECEIVED, "1 calendar day, deemed received on a working day"
    ),
    "explain": lambda desk: desk.explain(RECEIVED, "1 working day"),
}


def years_of(desk: Calendar) -> int:
    """How many years have been worked out."""
    return len(desk.epoch._years)


def beyond(ask: Callable[[], object]) -> InvalidInput:
    """The error of a search that went too far."""
    with pytest.raises(InvalidInput) as caught:
        ask()
    assert caught.value.code == "beyond_horizon"
    return caught.value


@pytest.mark.parametrize("search", SEARCHES.values(), ids=SEARCHES)
@pytest.mark.parametrize("make", NEVER_OPEN.values(), ids=NEVER_OPEN)
def test_a_calendar_that_never_opens_ends_every_search(
    make: Callable[[], Calendar], search: Callable[[Calendar], object]
) -> None:
    """No verb searches longer than the horizon, whichever way it goes."""
    desk = make()
    beyond(lambda: search(desk))
    assert years_of(desk) <= HORIZON + 3


@pytest.mark.parametrize("make", NEVER_OPEN.values(), ids=NEVER_OPEN)
def test_questions_that_search_nothing_are_answered(make: Callable[[], Calendar]) -> None:
    """A calendar that never opens is closed: that needs no search."""
    desk = make()
    later = RECEIVED + timedelta(days=30)
    assert not desk.is_open(RECEIVED)
    assert desk.between(RECEIVED, later) == timedelta(0)
    assert list(desk.windows(RECEIVED, later)) == []
    assert desk.days_between(DAY, date(2026, 12, 31)) == 0
    assert desk.add(RECEIVED, timedelta(0)) == RECEIVED
    due = desk.due(RECEIVED, "3 calendar days")
    assert (due.last_day, due.last_working_day) == (date(2026, 3, 5), None)
    assert years_of(desk) <= 2 * (HORIZON + 3)


OFFICE = "Mo-Fr 09:00-18:00"


@pytest.mark.parametrize(
    "ask",
    [
        lambda desk: desk.add(RECEIVED, 100_000 * HOUR),
        lambda desk: desk.subtract(RECEIVED, 100_000 * HOUR),
        lambda desk: desk.add_days(DAY, 5_000),
        lambda desk: desk.add_days(DAY, -5_000),
        lambda desk: desk.due(RECEIVED, "100000 working hours"),
        lambda desk: desk.due(RECEIVED, "5000 working days"),
    ],
)
def test_an_answer_beyond_the_horizon_is_refused(ask: Callable[[Calendar], object]) -> None:
    """More than ten years of working time away, an answer is an error, soon."""
    desk = BusinessCalendar(ZONE, OFFICE)
    assert "10 years" in str(beyond(lambda: ask(desk)))
    assert years_of(desk) <= HORIZON + 3


def test_the_horizon_can_be_set() -> None:
    """Three years of hours are beyond a horizon of two years, and within one of four."""
    three_years = 3 * 52 * 45 * HOUR
    beyond(lambda: BusinessCalendar(ZONE, OFFICE, horizon_years=2).add(RECEIVED, three_years))
    found = BusinessCalendar(ZONE, OFFICE, horizon_years=4).add(RECEIVED, three_years)
    # Three times 52 weeks on, and the five days that make three years: Monday again.
    assert found.date() == date(2029, 2, 26)


FAR: dict[str, Callable[[Calendar], object]] = {
    "an instant at the end of time": lambda desk: desk.is_open(
        datetime(9999, 12, 31, 12, tzinfo=UTC)
    ),
    "an instant at its beginning": lambda desk: desk.next_open(datetime(1, 1, 2, tzinfo=UTC)),
    "a receipt at the end of time": lambda desk: desk.due(
        datetime(9999, 12, 31, 12, tzinfo=UTC), "3 working days"
    ),
    "a date at the end of time": lambda desk: desk.is_working_day(date(9999, 12, 31)),
    "a day at its beginning": lambda desk: desk.day(date(1, 1, 1)),
    "days from its beginning": lambda desk: desk.add_days(date(1, 1, 1), 3),
    "the reason of a date": lambda desk: desk.reason(date(5000, 1, 1)),
    "between, until the end of time": lambda desk: desk.between(
        RECEIVED, datetime(9999, 12, 31, 12, tzinfo=UTC)
    ),
    "windows, until the end of time": lambda desk: [
        *desk.windows(RECEIVED, datetime(9999, 12, 31, 12, tzinfo=UTC))
    ],
    "a hundred thousand years": lambda desk: desk.due(RECEIVED, "100000 years"),
    "a hundred thousand days": lambda desk: desk.due(RECEIVED, "100000 calendar days"),
    "two hundred years": lambda desk: desk.due(RECEIVED, "200 years"),
    "the largest integer": lambda desk: desk.epoch.is_open(1 << 70),
}


@pytest.mark.parametrize("ask", FAR.values(), ids=FAR)
def test_dates_that_no_calendar_knows_are_refused_at_once(
    ask: Callable[[Calendar], object],
) -> None:
    """Before 1900 and after 2199 there is an error, and no year is worked out on the way there."""
    desk = BusinessCalendar(ZONE, OFFICE)
    assert desk.add(RECEIVED, HOUR) > RECEIVED
    before = years_of(desk)
    with pytest.raises(InvalidInput) as caught:
        ask(desk)
    assert caught.value.code in {"outside_years", "beyond_horizon"}
    assert years_of(desk) <= before + 2


# --- dates that are not official ------------------------------------------------------------


def careful() -> tuple[BusinessCalendar, datetime]:
    """A calendar that refuses to guess, and a Tuesday that it would have to guess about."""
    desk = BusinessCalendar(ZONE, OFFICE, "CN", unpublished="refuse")
    assert desk.published_through is not None
    first = date(desk.published_through.year + 1, 7, 1)
    while first.weekday() != 1:
        first += timedelta(days=1)
    return desk, datetime(first.year, first.month, first.day, 2, tzinfo=UTC)


GUESSES: dict[str, Callable[[Any, datetime], object]] = {
    "add": lambda desk, at: desk.add(at, HOUR),
    "subtract": lambda desk, at: desk.subtract(at, HOUR),
    "between": lambda desk, at: desk.between(at, at + HOUR),
    "is_open": lambda desk, at: desk.is_open(at),
    "next_open": lambda desk, at: desk.next_open(at),
    "next_close": lambda desk, at: desk.next_close(at),
    "prev_close": lambda desk, at: desk.prev_close(at),
    "windows": lambda desk, at: desk.windows(at, at + HOUR),
    "is_working_day": lambda desk, at: desk.is_working_day(at.date()),
    "add_days": lambda desk, at: desk.add_days(at.date(), 1),
    "days_between": lambda desk, at: desk.days_between(at.date(), at.date() + timedelta(days=1)),
    "due, working days": lambda desk, at: desk.due(at, "3 working days"),
    "due, rolling": lambda desk, at: desk.due(at, "3 calendar days, rolling forward"),
    "due, close": lambda desk, at: desk.due(at, "3 calendar days, at close"),
    "explain, a duration": lambda desk, at: desk.explain(at, "3 working days"),
    "explain, until": lambda desk, at: desk.explain(at, until=at + HOUR),
}


@pytest.mark.parametrize("ask", GUESSES.values(), ids=GUESSES)
def test_no_verb_of_a_careful_calendar_guesses(ask: Callable[[Any, datetime], object]) -> None:
    """With ``unpublished="refuse"`` every verb that needs such a date refuses it."""
    desk, at = careful()
    with pytest.raises(InvalidInput) as caught:
        ask(desk, at)
    assert caught.value.code == "unpublished"


def test_a_careful_calendar_answers_what_needs_no_guess() -> None:
    """Elapsed time and plain calendar days depend on no arrangement."""
    desk, at = careful()
    assert desk.due(at, "3 elapsed hours").instant == at + 3 * HOUR
    assert desk.due(at, "3 calendar days").last_day == desk.local_date(at) + timedelta(days=3)
    assert desk.day(desk.local_date(at)).provisional
