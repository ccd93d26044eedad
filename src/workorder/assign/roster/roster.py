"""Rosters: when somebody works, by rules that repeat, with exceptions, breaks and leave.

A shift repeats by a rule of RFC 5545 (``FREQ=WEEKLY;BYDAY=MO,WE,FR``), on dates of its zone; its
hours are local, and may go past midnight. A roster is several of them, less the dates that are left
out, less leave, and, where a calendar is given, less the time that the bank is closed. What is left
is half open: at its end nobody works any more.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from attrs import Attribute, field, frozen

from workorder.assign.agents import Hours
from workorder.assign.values import is_named, wrong
from workorder.instants import aware

_DAY = timedelta(days=1)
AHEAD = 400
"""How many days are looked ahead for the next shift."""

Span = tuple[datetime, datetime]
"""From an instant up to, not including, another one; in UTC."""


def _instant(given: datetime) -> datetime:
    return aware(given, "instant")


def _is_rule(shift: Any, _: "Attribute[Any]", value: str) -> None:
    try:
        _dates(value, shift.first, shift.first.year)
    except (ValueError, TypeError, AttributeError) as error:
        expected = "a rule of RFC 5545, such as “FREQ=WEEKLY;BYDAY=MO,TU”"
        raise wrong("rule", f"{expected} ({error})", value) from None


@frozen(kw_only=True)
class Shift:
    """Hours of work that repeat.

    Attributes:
        rule: on which dates, as RFC 5545 says (``RRULE``).
        start: from when, in the roster's zone.
        end: until when; of the next day, where it is not after *start*.
        first: from which date on; rules such as “every other week” count from it.
        breaks: times of day within it at which nobody works.

    Raises:
        InvalidInput: for a rule that is none.
    """

    first: date
    start: time
    end: time
    rule: str = field(default="FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", validator=_is_rule)
    breaks: tuple[tuple[time, time], ...] = ()

    def on(self, day: date) -> bool:
        """Whether it begins on *day*."""
        return day in _dates(self.rule, self.first, day.year)


@lru_cache(maxsize=4096)
def _dates(rule: str, first: date, year: int) -> frozenset[date]:
    """The dates of *rule* in *year*; worked out once."""
    from dateutil.rrule import rrulestr

    begun = datetime.combine(first, time.min)
    found = rrulestr(rule, dtstart=begun)
    opening, closing = datetime(year, 1, 1), datetime(year, 12, 31)  # noqa: DTZ001 (dates)
    return frozenset(each.date() for each in found.between(opening, closing, inc=True))


@frozen
class Absence:
    """A time at which somebody does not work: leave, illness, training.

    Attributes:
        start: from when.
        end: until when.
        reason: why; for people.
    """

    start: datetime = field(converter=_instant)
    end: datetime = field(converter=_instant)
    reason: str = field(default="leave", validator=is_named)

    def __attrs_post_init__(self) -> None:
        if self.end <= self.start:
            raise wrong("end", f"an instant after {self.start.isoformat()}", self.end.isoformat())


def _zone(given: str | ZoneInfo) -> ZoneInfo:
    if isinstance(given, ZoneInfo):
        return given
    try:
        return ZoneInfo(given)
    except (ZoneInfoNotFoundError, ValueError, TypeError):
        raise wrong("zone", "a time zone, such as “Asia/Shanghai”", given) from None


def _shifts(given: Iterable[Shift]) -> tuple[Shift, ...]:
    return tuple(given)


def _absences(given: Iterable[Absence]) -> tuple[Absence, ...]:
    return tuple(given)


def _of_dates(given: Iterable[date]) -> frozenset[date]:
    return frozenset(given)


@frozen
class Roster:
    """When somebody works.

    Attributes:
        zone: whose dates and times of day shifts are in.
        shifts: the hours that repeat.
        absences: when they do not work all the same.
        without: dates on which no shift begins: swapped, or off.
        calendar: when the bank is open; shifts count at those times only, where it is given.
    """

    zone: ZoneInfo = field(converter=_zone)
    shifts: tuple[Shift, ...] = field(converter=_shifts)
    absences: tuple[Absence, ...] = field(default=(), converter=_absences)
    without: frozenset[date] = field(default=frozenset(), converter=_of_dates)
    calendar: Hours | None = field(default=None, hash=False)

    def is_open(self, instant: datetime, /) -> bool:
        """Whether they work at *instant*."""
        at = _instant(instant)
        day = at.astimezone(self.zone).date()
        if not any(start <= at < end for start, end in self._spans(day - _DAY, 2)):
            return False
        return self.calendar is None or self.calendar.is_open(at)

    def next_close(self, instant: datetime, /) -> datetime:
        """When the time that they work at *instant*, or the next such time, ends; in UTC.

        Raises:
            InvalidInput: when no shift begins within the next 400 days.
        """
        at = _instant(instant)
        for start, end in self._spans(at.astimezone(self.zone).date() - _DAY, AHEAD):
            if end <= at:
                continue
            begun = max(start, at)
            if self.calendar is None:
                return end
            if self.calendar.is_open(begun):
                return min(end, self.calendar.next_close(begun).astimezone(UTC))
            closes = self.calendar.next_close(begun).astimezone(UTC)
            if self._opens_within(begun, end):
                return min(end, closes)
        expected = f"a shift within {AHEAD} days"
        raise wrong("roster", expected, f"none after {at.isoformat()}")

    def _opens_within(self, begun: datetime, end: datetime) -> bool:
        """Whether the calendar, which is closed at *begun*, opens before *end*."""
        opening = getattr(self.calendar, "next_open", None)
        return opening is None or opening(begun) < end

    def _spans(self, first: date, days: int) -> Iterator[Span]:
        """The times of work that begin on *first* or on one of the *days* after it, in order."""
        day, last = first, first + days * _DAY
        while day <= last:
            if day not in self.without:
                found = [
                    span for each in self.shifts if each.on(day) for span in self._worked(each, day)
                ]
                yield from _together(sorted(found))
            day += _DAY

    def _worked(self, shift: Shift, day: date) -> Iterator[Span]:
        """One shift, less its breaks and absences."""
        whole = self._span(day, shift.start, shift.end, shift.start)
        off = [self._span(day, start, end, shift.start) for start, end in shift.breaks]
        off += [(each.start, each.end) for each in self.absences]
        yield from _less([whole], off)

    def _span(self, day: date, start: time, end: time, begun: time) -> Span:
        """Times of day in a shift that began on *day* at *begun*: what is before that is of the day
        after.
        """
        opening = day + _DAY if start < begun else day
        closing = opening + _DAY if end <= start else opening
        return self._local(opening, start), self._local(closing, end)

    def _local(self, day: date, at: time) -> datetime:
        return datetime.combine(day, at, tzinfo=self.zone).astimezone(UTC)


def _less(spans: Iterable[Span], off: Sequence[Span]) -> Iterator[Span]:
    """*spans* without what is *off*."""
    left = list(spans)
    for begun, ended in off:
        left = (
            [
                part
                for start, end in left
                for part in ((start, min(end, begun)), (max(start, ended), end))
                if part[0] < part[1]
            ]
            if any(start < ended and begun < end for start, end in left)
            else left
        )
    yield from left


def _together(spans: Iterable[Span]) -> Iterator[Span]:
    """*spans* in order, those that meet or overlap as one."""
    open_span: Span | None = None
    for start, end in spans:
        if open_span is not None and start <= open_span[1]:
            open_span = (open_span[0], max(open_span[1], end))
            continue
        if open_span is not None:
            yield open_span
        open_span = (start, end)
    if open_span is not None:
        yield open_span
