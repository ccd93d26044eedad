"""Days from iCalendar files, by the extra ``ical``.

Calendars on the web mix public holidays with observances, school breaks and phases of the moon,
and a host that believes all of them closes its desk on Mother's Day. So look first
(:func:`preview_ics`), then say what to take. Never taken: events that do not last whole days, and
cancelled ones. Not taken unless asked for: events that call themselves an observance (name their
category to take them), and events that leave the day free (``transparent=True``; some publishers
mark every holiday so).
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from enum import Enum
from fnmatch import fnmatchcase
from itertools import groupby
from typing import Any

from attrs import frozen

from workorder.errors import ConfigurationError, Finding
from workorder.sla.epoch import FIRST_YEAR, LAST_YEAR
from workorder.sla.holidays.day_tables import THROUGH_EXPECTED, Through
from workorder.sla.holidays.ical_events import (
    categories_of,
    date_of,
    day_of,
    length_of,
    read_events,
    starts_of,
    summary_of,
)
from workorder.sla.holidays.source import DayKind, ListedHolidays, SourceDay
from workorder.tables import is_a, raise_all
from workorder.texts import CHINESE, ENGLISH, Label, Texts, in_language

_DAY = timedelta(days=1)


class Left(Enum):
    """Why an event was left out."""

    CANCELLED = "cancelled"
    TIMED = "timed"
    CATEGORY = "category"
    SUMMARY = "summary"
    OBSERVANCE = "observance"
    TRANSPARENT = "transparent"
    YEARS = "years"
    ENDLESS = "endless"
    """It recurs, and nobody said for which years."""
    UNREADABLE = "unreadable"


_SAID: Mapping[Left, Texts] = {
    Left.CANCELLED: {ENGLISH: "cancelled", CHINESE: "已取消"},
    Left.TIMED: {ENGLISH: "does not last whole days", CHINESE: "不是全天事件"},
    Left.CATEGORY: {ENGLISH: "of none of the categories asked for", CHINESE: "不属于所选类别"},
    Left.SUMMARY: {ENGLISH: "has none of the titles asked for", CHINESE: "标题不在所选范围"},
    Left.OBSERVANCE: {ENGLISH: "calls itself an observance", CHINESE: "自称为纪念日，并非假日"},
    Left.TRANSPARENT: {ENGLISH: "marked as leaving the day free", CHINESE: "标记为不占用当天"},
    Left.YEARS: {ENGLISH: "outside the years asked for", CHINESE: "不在所选年份内"},
    Left.ENDLESS: {ENGLISH: "recurs; say for which years", CHINESE: "重复发生；请指定年份"},
    Left.UNREADABLE: {ENGLISH: "cannot be read", CHINESE: "无法读取"},
}


@frozen
class IcsDay:
    """One date of one event.

    Attributes:
        date: None, if it could not be read.
        summary: the title.
        categories: as they are written.
        left: why it was left out; None: it is taken.
        detail: what could not be read.
    """

    date: date | None
    summary: str
    categories: tuple[str, ...]
    left: Left | None = None
    detail: str = ""

    @property
    def taken(self) -> bool:
        """Whether it becomes a holiday."""
        return self.left is None

    def why(self, language: str = ENGLISH) -> str:
        """Why it was left out, for people; nothing when it is taken."""
        if self.left is None:
            return ""
        said = in_language(_SAID[self.left], language)
        return f"{said} ({self.detail})" if self.detail else said


def preview_ics(
    text: str,
    *,
    years: tuple[int, int] | None = None,
    categories: Sequence[str] | None = None,
    summaries: Sequence[str] | None = None,
    transparent: bool = False,
    file: str = "",
) -> list[IcsDay]:
    """Every date of every event, by date: what it is called, and whether it is taken or why not.

    Args:
        text: of the file.
        years: the first and the last year; events that recur need them.
        categories: take only events of one of these, in capitals or not.
        summaries: take only events with one of these titles; ``*`` stands for anything.
        transparent: take also events that leave the day free.
        file: named in errors.

    Raises:
        ConfigurationError: when the text is no calendar, or the extra is not installed.
    """
    if years is not None:
        fits = all(type(each) is int and FIRST_YEAR <= each <= LAST_YEAR for each in years)
        if len(years) != len(("first", "last")) or not fits or years[0] > years[1]:
            expected = f"the first and the last year, from {FIRST_YEAR} to {LAST_YEAR}"
            raise ConfigurationError([Finding("years", repr(years), expected, file)])
    events = read_events(text, file)
    moved: dict[str, set[date]] = {}
    for event in events:
        replaced = date_of(event, "RECURRENCE-ID")
        if replaced is not None:
            moved.setdefault(str(event.get("UID")), set()).add(day_of(replaced))
    found: list[IcsDay] = []
    for event in events:
        left = _left(event, categories, summaries, transparent=transparent)
        skipped = set() if "RECURRENCE-ID" in event else moved.get(str(event.get("UID")), set())
        found += _rows(event, left, years, skipped)
    return sorted(found, key=lambda each: (each.date or date.min, each.summary))


def days_from_ics(
    text: str,
    file: str = "",
    *,
    published: tuple[date | None, Through | None] = (None, None),
    **wanted: Any,
) -> ListedHolidays:
    """The holidays of iCalendar text: what :func:`preview_ics` shows as taken.

    Args:
        text: of the file.
        file: named in errors.
        published: the first date the list speaks for, and the last date it is complete for.
        wanted: ``years``, ``categories``, ``summaries``, ``transparent``, as in the preview.

    Raises:
        ConfigurationError: what the preview raises; for an event that cannot be read; for one
            that recurs while no years were given; when nothing is taken; when nobody says how far
            the list can be trusted.
    """
    rows = preview_ics(text, file=file, **wanted)
    wrong = [
        Finding(f"event “{each.summary}”", each.why(), "an event that can be read")
        for each in rows
        if each.left is Left.UNREADABLE
    ]
    endless = sorted({each.summary for each in rows if each.left is Left.ENDLESS})
    if endless:
        said = f"nothing, while “{endless[0]}” recurs every so often"
        wrong.append(Finding("years", said, "the first and the last year to take"))
    taken = [each for each in rows if each.taken]
    if not taken and not wrong:
        why = sorted({each.why() for each in rows})
        said = f"none of {len(rows)}: {'; '.join(why)}" if rows else "none"
        wrong.append(Finding("events", said, "at least one event to take; see preview_ics()"))
    begin, end = published
    if end is None:
        wrong.append(Finding("published_through", "nothing", THROUGH_EXPECTED))
    raise_all(wrong, file)
    listed = []
    for day, each in groupby(taken, key=lambda row: row.date):
        names = dict.fromkeys(row.summary for row in each)
        if day is not None:
            listed.append((day, SourceDay(DayKind.HOLIDAY, Label("; ".join(names)))))
    return ListedHolidays(listed, begin, end if isinstance(end, date) else None)


def _left(
    event: Any,
    categories: Sequence[str] | None,
    summaries: Sequence[str] | None,
    *,
    transparent: bool,
) -> Left | None:
    """Why *event* as a whole is left out."""
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        return Left.CANCELLED
    if event.errors:
        return Left.UNREADABLE
    if not is_a(date_of(event, "DTSTART"), date):
        return Left.TIMED
    own = {each.lower() for each in categories_of(event)}
    if categories is not None and not own & {each.lower() for each in categories}:
        return Left.CATEGORY
    title = summary_of(event).lower()
    if summaries is not None and not any(fnmatchcase(title, each.lower()) for each in summaries):
        return Left.SUMMARY
    told = str(event.get("DESCRIPTION", "")).strip().lower()
    if categories is None and (
        told.startswith("observance") or own & {"observance", "observances"}
    ):
        return Left.OBSERVANCE
    if str(event.get("TRANSP", "")).upper() == "TRANSPARENT" and not transparent:
        return Left.TRANSPARENT
    return None


def _rows(
    event: Any, left: Left | None, years: tuple[int, int] | None, skipped: set[date]
) -> Iterator[IcsDay]:
    summary, categories = summary_of(event), categories_of(event)
    start = date_of(event, "DTSTART")
    first = None if start is None else day_of(start)
    if left is None and "RRULE" in event and years is None:
        left = Left.ENDLESS
    if left is not None or first is None:
        detail = "; ".join(f"{name}: {said}" for name, said in event.errors)
        yield IcsDay(first, summary, categories, left or Left.UNREADABLE, detail)
        return
    try:
        length = length_of(event, first)
        days = sorted(
            begin + number * _DAY
            for begin in starts_of(event, first, years, length)
            if begin not in skipped
            for number in range(length)
        )
    except (ValueError, TypeError, OverflowError) as error:
        yield IcsDay(first, summary, categories, Left.UNREADABLE, str(error))
        return
    for day in days:
        outside = years is not None and not years[0] <= day.year <= years[1]
        yield IcsDay(day, summary, categories, Left.YEARS if outside else None)
