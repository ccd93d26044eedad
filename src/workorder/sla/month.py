"""A month of a calendar, to look at: which dates are worked, which are not, and why."""

from calendar import Calendar as Weeks
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from attrs import field, frozen

from workorder.errors import InvalidInput
from workorder.sla.reasons import Why
from workorder.sla.telling import MONTHS, columns, date_text, length_text
from workorder.sla.verbs import Calendar, Day
from workorder.texts import CHINESE, ENGLISH, Texts, in_language, is_chinese

_MARKS: dict[Why, Texts] = {
    Why.HOLIDAY: {ENGLISH: "off", CHINESE: "休"},
    Why.WORKDAY: {ENGLISH: "work", CHINESE: "班"},
    Why.SHORT_DAY: {ENGLISH: "short", CHINESE: "半"},
    Why.HOURS: {ENGLISH: "hours", CHINESE: "特"},
    Why.LIKE_WEEKDAY: {ENGLISH: "as", CHINESE: "调"},
    Why.CLOSED: {ENGLISH: "shut", CHINESE: "停"},
    Why.SKIPPED: {ENGLISH: "none", CHINESE: "无"},
    Why.OTHER: {ENGLISH: "other", CHINESE: "除"},
}
_USUAL = {Why.WEEKLY, Why.REST}
_NAMES: Texts = {
    ENGLISH: "Mon Tue Wed Thu Fri Sat Sun",
    CHINESE: "周一 周二 周三 周四 周五 周六 周日",
}
_CELL = 9


def mark(day: Day, language: str = ENGLISH) -> str:
    """One word about a date, as calendars on the wall have it: off, work; 休, 班.

    A date without hours that is no holiday is ``-``; one that is not official yet ends with ``?``.
    """
    said = in_language(_MARKS.get(day.reason.why, {}), language)
    if not said and not day.is_open:
        said = "-"
    return said + ("?" if day.provisional else "")


@frozen
class Month:
    """The dates of one month.

    Attributes:
        year, month: which.
        days: every date, in order.
        calendar: whose.
    """

    year: int
    month: int
    days: tuple[Day, ...]
    calendar: Calendar = field(repr=False)

    @property
    def working_days(self) -> int:
        """How many dates have hours."""
        return sum(day.is_open for day in self.days)

    @property
    def open_time(self) -> timedelta:
        """The time that their windows cover."""
        total, reached = timedelta(0), None
        for window in sorted(w for day in self.days for w in day.windows):
            begin = window.open if reached is None else max(window.open, reached)
            total += max(window.close - begin, timedelta(0))
            reached = window.close if reached is None else max(window.close, reached)
        return total

    @property
    def exceptions(self) -> tuple[Day, ...]:
        """The dates that differ from the week, in either direction."""
        return tuple(day for day in self.days if day.reason.why not in _USUAL)

    @property
    def provisional(self) -> bool:
        """Whether any date is not official yet."""
        return any(day.provisional for day in self.days)

    def weeks(self) -> Iterator[tuple[Day | None, ...]]:
        """Rows of seven from Monday on; None for dates of other months."""
        for row in Weeks().monthdatescalendar(self.year, self.month):
            yield tuple(
                self.days[each.day - 1] if each.month == self.month else None for each in row
            )

    def title(self, language: str = ENGLISH) -> str:
        """The month, and what it amounts to."""
        hours = length_text(self.open_time, language)
        if is_chinese(language):
            return f"{self.year}年{self.month}月：{self.working_days} 个工作日，营业 {hours}"
        return (
            f"{MONTHS[self.month - 1]} {self.year}: {self.working_days} working days, {hours} open"
        )

    def text(self, language: str = ENGLISH) -> str:
        """The month in plain columns, and what is special about which date."""
        lines = [self.title(language), ""]
        names = in_language(_NAMES, language).split()
        lines.append("".join(_padded(name) for name in names).rstrip())
        for row in self.weeks():
            cells = [_padded(cell_text(day, language) if day else "") for day in row]
            lines.append("".join(cells).rstrip())
        told = [special_text(day, language) for day in self.exceptions]
        return "\n".join([*lines, *([""] if told else []), *told])

    def as_data(self, language: str = ENGLISH) -> dict[str, Any]:
        """Plain data; open time in seconds."""
        return {
            "month": f"{self.year:04d}-{self.month:02d}",
            "zone": str(self.calendar.timezone),
            "working_days": self.working_days,
            "open_seconds": self.open_time.total_seconds(),
            "provisional": self.provisional,
            "days": [
                {
                    "date": day.date.isoformat(),
                    "open": day.is_open,
                    "windows": [[w.open.isoformat(), w.close.isoformat()] for w in day.windows],
                    "why": day.reason.why.value,
                    "reason": day.reason.text(language),
                    "provisional": day.provisional,
                }
                for day in self.days
            ],
        }


def month_of(calendar: Calendar, year: int, month: int) -> Month:
    """A month of *calendar*.

    Raises:
        InvalidInput: when there is no such month, or the year is outside those of calendars.

    >>> from workorder.sla import BusinessCalendar
    >>> october = month_of(BusinessCalendar("Asia/Shanghai", "Mo-Fr 09:00-18:00", "CN"), 2026, 10)
    >>> october.working_days, [day.date.day for day in october.exceptions]
    (18, [1, 2, 3, 4, 5, 6, 7, 10])
    """
    try:
        first = date(year, month, 1)
        after = date(year + month // 12, month % 12 + 1, 1)
    except (TypeError, ValueError):
        raise InvalidInput(
            "wrong_type", name="month", expected="a year and a month", found=f"{year}-{month}"
        ) from None
    count = (after - first).days
    days = tuple(calendar.day(first + timedelta(days=number)) for number in range(count))
    return Month(year, month, days, calendar)


def cell_text(day: Day, language: str) -> str:
    """A date in its row: its number, and its mark."""
    return f"{day.date.day:2d} {mark(day, language)}".rstrip()


def special_text(day: Day, language: str) -> str:
    """What is special about a date, on a line of its own."""
    hours = ", ".join(f"{w.open:%H:%M}-{w.close:%H:%M}" for w in day.windows)
    said = (date_text(day.date, language), mark(day, language), day.reason.text(language), hours)
    first = said[0] + " " * (14 - columns(said[0]))
    second = said[1] + " " * (7 - columns(said[1]))
    return f"{first}{second}{said[2]}  {hours}".rstrip()


def _padded(cell: str) -> str:
    return cell + " " * (_CELL - columns(cell))
