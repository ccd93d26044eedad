"""Events of iCalendar text, and the dates on which they happen. The only module that reads it."""

import re
from datetime import date, datetime, timedelta
from typing import Any

from workorder.errors import ConfigurationError, Finding

_DAY = timedelta(days=1)
_LONGEST = 60
"""Days of the longest event that is believed."""


def read_events(text: str, file: str) -> list[Any]:
    """The events of iCalendar text.

    Raises:
        ConfigurationError: when it is none, or the extra is not installed.
    """
    try:
        from icalendar import Calendar
    except ImportError:
        found = "no package that reads iCalendar"
        expected = "the extra “ical”: pip install workorder[ical]"
        raise ConfigurationError([Finding("file", found, expected, file)]) from None
    try:
        calendars = Calendar.from_ical(text, multiple=True)
        return [event for each in calendars for event in each.walk("VEVENT")]
    except ValueError as error:
        raise ConfigurationError([Finding("file", str(error), "iCalendar text", file)]) from error


def date_of(event: Any, name: str) -> date | None:
    """The date or instant of one of its properties; None when it is missing or broken."""
    try:
        found = event[name].dt
    except (KeyError, AttributeError, ValueError):
        return None
    return found if isinstance(found, date) else None


def length_of(event: Any, first: date) -> int:
    """Days of one occurrence; the end is the day after the last."""
    if "DTEND" in event:
        days = (day_of(event["DTEND"].dt) - first).days
    else:
        days = event["DURATION"].dt.days if "DURATION" in event else 1
    if days > _LONGEST:
        raise ValueError(f"lasts {days} days, more than {_LONGEST}")
    return max(1, days)


def starts_of(event: Any, first: date, years: tuple[int, int] | None, length: int) -> set[date]:
    """The first days of all occurrences in *years*."""
    starts = {first, *_listed(event.get("RDATE"))}
    rules = event.get("RRULE", [])
    for each in rules if isinstance(rules, list) else [rules]:
        starts |= _recurring(each.to_ical().decode(), first, years, length)
    return starts - _listed(event.get("EXDATE"))


def _recurring(text: str, first: date, years: tuple[int, int] | None, length: int) -> set[date]:
    from dateutil.rrule import rrulestr

    if years is None:
        raise ValueError("recurs without end")
    if re.search("FREQ=(YEARLY|MONTHLY|WEEKLY|DAILY)", text) is None:
        raise ValueError(f"recurs more often than once a day: {text}")
    plain = re.sub(r"(UNTIL=\d{8})T\d{6}Z?", r"\1", text)
    rule = rrulestr(plain, dtstart=datetime(first.year, first.month, first.day))  # noqa: DTZ001
    begin = datetime(years[0], 1, 1) - length * _DAY  # noqa: DTZ001 (dates have no zone)
    return {each.date() for each in rule.between(begin, datetime(years[1], 12, 31), inc=True)}  # noqa: DTZ001


def _listed(value: Any) -> set[date]:
    each = value if isinstance(value, list) else [value] if value is not None else []
    return {day_of(item.dt) for dates in each for item in dates.dts}


def day_of(value: Any) -> date:
    """The date of a date or an instant, in its own zone."""
    found = value.date() if isinstance(value, datetime) else value
    if not isinstance(found, date):
        raise TypeError(f"{value} is no date")
    return found


def summary_of(event: Any) -> str:
    """The title of an event."""
    return str(event.get("SUMMARY", "")).strip()


def categories_of(event: Any) -> tuple[str, ...]:
    """The categories of an event, as they are written."""
    given = event.get("CATEGORIES", [])
    lists = given if isinstance(given, list) else [given]
    return tuple(str(each).strip() for some in lists for each in getattr(some, "cats", []))
