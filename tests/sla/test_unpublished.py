"""A calendar that refuses to guess: every verb, at the date after which nothing is official."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from workorder.errors import InvalidInput
from workorder.sla import BusinessCalendar, Calendar, DayKind, ListedHolidays, SourceDay

HOUR = timedelta(hours=1)
LAST, NEXT = date(2026, 12, 31), date(2027, 1, 1)  # Thursday and Friday
KNOWN = ListedHolidays((), published_from=date(2026, 1, 1), published_through=LAST)


def at(day: date, hour: int) -> datetime:
    """An instant in UTC."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def desk(**more: Any) -> BusinessCalendar:
    """Known for 2026 alone."""
    return BusinessCalendar("UTC", "Mo-Fr 09:00-17:00", KNOWN, unpublished="refuse", **more)


Ask = Callable[[Calendar], Any]

INSIDE: list[Ask] = [
    lambda cal: cal.add(at(LAST, 16), HOUR),
    lambda cal: cal.subtract(at(date(2026, 1, 1), 10), HOUR),
    lambda cal: cal.between(at(LAST, 9), at(NEXT, 0)),
    lambda cal: cal.between(at(NEXT, 0), at(date(2026, 1, 1), 0)),
    lambda cal: cal.is_open(at(LAST, 23)),
    lambda cal: cal.next_open(at(LAST, 10)),
    lambda cal: cal.next_close(at(LAST, 10)),
    lambda cal: cal.prev_close(at(LAST, 18)),
    lambda cal: [*cal.windows(at(LAST, 0), at(NEXT, 0))],
    lambda cal: cal.is_working_day(LAST),
    lambda cal: cal.add_days(date(2026, 12, 30), 1),
    lambda cal: cal.days_between(date(2026, 1, 1), LAST),
    lambda cal: cal.due(at(LAST, 10), "0 working days"),
    lambda cal: cal.due(at(LAST, 10), "7 working hours"),
    lambda cal: cal.explain(at(LAST, 9), until=at(NEXT, 0)),
]

OUTSIDE: list[Ask] = [
    lambda cal: cal.add(at(LAST, 16), 2 * HOUR),
    lambda cal: cal.add(at(LAST, 16), HOUR, edge="next_open"),
    lambda cal: cal.subtract(at(date(2026, 1, 1), 10), 2 * HOUR),
    lambda cal: cal.between(at(LAST, 9), at(NEXT, 1)),
    lambda cal: cal.between(at(NEXT, 1), at(LAST, 9)),
    lambda cal: cal.is_open(at(NEXT, 0)),
    lambda cal: cal.next_open(at(LAST, 17)),
    lambda cal: cal.next_close(at(LAST, 17)),
    lambda cal: cal.prev_close(at(date(2026, 1, 1), 8)),
    lambda cal: [*cal.windows(at(LAST, 0), at(NEXT, 1))],
    lambda cal: cal.is_working_day(NEXT),
    lambda cal: cal.is_working_day(date(2025, 12, 31)),
    lambda cal: cal.add_days(LAST, 1),
    lambda cal: cal.days_between(LAST, NEXT),
    lambda cal: cal.due(at(LAST, 10), "1 working day"),
    lambda cal: cal.due(at(LAST, 10), "8 working hours"),
    lambda cal: cal.due(at(LAST, 10), "1 calendar day, at close"),
    lambda cal: cal.due(at(LAST, 10), "1 calendar day, rolling forward"),
    lambda cal: cal.due(at(LAST, 10), "the earliest of [1 working day; 1 calendar day]"),
    lambda cal: cal.explain(at(LAST, 10), "1 working day"),
    lambda cal: cal.explain(at(LAST, 9), until=at(NEXT, 17)),
]


@pytest.mark.parametrize("ask", INSIDE)
def test_what_is_official_is_answered(ask: Ask) -> None:
    """Up to 24:00 of the last official date every verb answers as a calendar that only flags."""
    flagging = BusinessCalendar("UTC", "Mo-Fr 09:00-17:00", KNOWN)
    assert str(ask(desk())).replace("refuse", "flag") == str(ask(flagging))


@pytest.mark.parametrize("ask", OUTSIDE)
def test_what_is_not_official_is_refused(ask: Ask) -> None:
    """Any answer that needs another date is refused, naming a date and what is known."""
    ask(BusinessCalendar("UTC", "Mo-Fr 09:00-17:00", KNOWN))
    with pytest.raises(InvalidInput) as caught:
        ask(desk())
    assert caught.value.code == "unpublished"
    assert caught.value.facts["known"] == "2026-01-01 - 2026-12-31"
    for language in ("en", "zh-CN"):
        assert str(caught.value.facts["date"]) in caught.value.text(language)


def test_what_needs_no_holidays_is_answered() -> None:
    """Time by the clock and days of the calendar do not ask whether a date is a holiday."""
    assert desk().due(at(LAST, 10), "48 elapsed hours").instant == at(date(2027, 1, 2), 10)
    assert desk().due(at(LAST, 10), "1 calendar day").last_day == NEXT
    assert desk().local_date(at(NEXT, 10)) == NEXT
    assert desk().add(at(NEXT, 10), timedelta(0)) == at(NEXT, 10)
    assert desk().add_days(NEXT, 0) == NEXT


def test_a_due_date_that_is_answered_can_be_shown() -> None:
    """The last working day before it is not known, and that alone is left out."""
    due = desk().due(at(LAST, 10), "30 calendar days")
    assert due.last_working_day is None
    assert "2027" in due.ledger.text()


def test_a_date_is_shown_and_flagged() -> None:
    """Looking at a date refuses nothing: how else could one see what is provisional."""
    assert desk().day(NEXT).provisional
    assert desk().provisional(NEXT)


def test_an_estimated_date_is_refused_in_its_own_words() -> None:
    """It lies within the known dates, so the error may not say that it lies outside of them."""
    moon = (date(2026, 6, 10), SourceDay(DayKind.HOLIDAY, estimated=True))
    source = ListedHolidays([moon], published_through=LAST)
    calendar = BusinessCalendar("UTC", "Mo-Fr 09:00-17:00", source, unpublished="refuse")
    with pytest.raises(InvalidInput) as caught:
        calendar.is_working_day(date(2026, 6, 10))
    assert caught.value.code == "estimated"
    assert "outside" not in caught.value.text()


def test_the_night_before_what_is_known_is_not_known() -> None:
    """01:00 on the first known date is in the night of the date before: refused, or flagged."""
    source = ListedHolidays.of(published_from=date(2026, 1, 1))
    night = datetime(2026, 1, 1, 1, tzinfo=UTC)
    flags = BusinessCalendar("UTC", "Mo-Su 22:00-04:00", source)
    assert flags.due(night, "1 working hour").provisional
    careful = BusinessCalendar("UTC", "Mo-Su 22:00-04:00", source, unpublished="refuse")
    for ask in (
        lambda: careful.due(night, "1 working hour"),
        lambda: careful.between(night, night + timedelta(hours=1)),
        lambda: careful.explain(night, until=night + timedelta(hours=1)),
        lambda: careful.is_open(night),
    ):
        with pytest.raises(InvalidInput):
            ask()
