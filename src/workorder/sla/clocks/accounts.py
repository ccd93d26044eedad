"""The account of a clock: every stretch that counted, every one that did not, and why.

The rows add up to what was used, to the microsecond, or to the day. Each row names the calendar's
reason (weekly hours, a holiday by its name, a substituted workday), or the event by which the
clock was paused.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from attrs import evolve, frozen

from workorder.clocks import Clock, Segment
from workorder.durations import Dated, Working, WorkingDays
from workorder.sla.clocks.levels import ServiceLevels
from workorder.sla.clocks.pieces import Ending, Piece, duration_of, endings
from workorder.sla.clocks.reading import Amount, Reading, read
from workorder.sla.ledger import Row
from workorder.sla.ledgers import between_ledger
from workorder.sla.reasons import Reason, Why
from workorder.sla.verbs import Calendar
from workorder.texts import CHINESE, ENGLISH, Label

_NOTHING = timedelta(0)
_ONE = timedelta(days=1)


@frozen
class ClockLedger:
    """Why a clock says what it says.

    Attributes:
        reading: what it says.
        rows: every stretch, in time; amounts are lengths, or days.
        calendar: in whose zone it is told.
        leads: its due instant is the ticket's.
    """

    reading: Reading
    rows: tuple[Row, ...]
    calendar: Calendar
    leads: bool = False

    @property
    def total(self) -> Amount:
        """What the rows add up to; that is what was used."""
        if self.rows:
            return self.rows[-1].total
        return 0 if isinstance(self.reading.target, Dated) else _NOTHING

    def text(self, language: str = ENGLISH) -> str:
        """The account for people, in *language*."""
        from workorder.sla.clocks.telling import account_text

        return account_text(self, language)

    def as_data(self, language: str = ENGLISH) -> dict[str, Any]:
        """Plain data; lengths in seconds."""
        return {
            **self.reading.as_data(),
            "label": self.reading.label.text(language),
            "leads": self.leads,
            "zone": str(self.calendar.timezone),
            "rows": [row.as_data(language) for row in self.rows],
        }


def account(clock: Clock, now: datetime, levels: ServiceLevels) -> ClockLedger:
    """The account of *clock* at *now*."""
    reading = read(clock, now, levels)
    clock, at = reading.clock, reading.at
    until = clock.segments[-1].end or at
    if isinstance(duration_of(clock.target), Dated):
        rows = _by_day(clock, until, levels)
    else:
        rows = _by_stretch(clock, until, levels)
    calendar = levels.calendar_of(clock.segments[-1].calendar)
    return ClockLedger(reading, tuple(_added(rows)), calendar, clock.leads)


def _added(rows: Iterator[Row]) -> Iterator[Row]:
    """*rows* with their running total."""
    total: Any = None
    for row in rows:
        total = row.counted if total is None else total + row.counted
        yield evolve(row, total=total)


def _paused(segment: Segment) -> Reason:
    if not segment.cause:  # a clock by itself: no event is behind it
        return Reason(Why.PAUSED)
    texts = {ENGLISH: f"event {segment.cause}", CHINESE: f"第 {segment.cause} 条事件"}
    return Reason(Why.PAUSED, Label(f"event {segment.cause}", texts))


# --- lengths --------------------------------------------------------------------------------


def _by_stretch(clock: Clock, until: datetime, levels: ServiceLevels) -> Iterator[Row]:
    working = isinstance(duration_of(clock.target), Working)
    reached: datetime | None = None
    for segment in clock.segments:
        end = min(segment.end or until, until)
        calendar = levels.calendar_of(segment.calendar)
        if reached is not None and reached < segment.start:
            yield _row(calendar, reached, segment.start, _NOTHING, Reason(Why.ENDED))
        reached = end
        if end <= segment.start:
            continue
        if not segment.runs:
            yield _row(calendar, segment.start, end, _NOTHING, _paused(segment))
        elif working:
            yield from between_ledger(calendar, segment.start, end).rows
        else:
            span = end - segment.start
            yield _row(calendar, segment.start, end, span, Reason(Why.ELAPSED))


def _row(
    calendar: Calendar, start: datetime, end: datetime, counted: timedelta, reason: Reason
) -> Row:
    zone = calendar.timezone
    first, last = calendar.local_date(start), calendar.local_date(end - timedelta.resolution)
    return Row(first, last, start.astimezone(zone), end.astimezone(zone), counted, counted, reason)


# --- days -----------------------------------------------------------------------------------


def _by_day(clock: Clock, until: datetime, levels: ServiceLevels) -> Iterator[Row]:
    """A row for each date from receipt, on end ones that do not differ together."""
    duration = duration_of(clock.target)
    assert isinstance(duration, Dated)  # noqa: S101 (asked only of durations in days)
    pieces = levels.pieces(clock.segments)
    calendar = pieces[0].calendar
    day = calendar.local_date(clock.started)
    last = calendar.local_date(until)
    reason = Reason(Why.RECEIPT)
    for each in endings(duration, pieces):
        while day < each.day and day <= last:  # receipt, and what is no working day
            here = _calendar(pieces, day)
            yield _date(here, day, day, 0, reason)
            day += _ONE
            reason = _calendar(pieces, day).reason(day)
        if each.at > until:
            return
        yield _date(each.calendar, each.day, each.day, int(each.counts), _of_day(each, clock))
        day = each.day + _ONE
        reason = _calendar(pieces, day).reason(day)


def _of_day(ending: Ending, clock: Clock) -> Reason:
    """Why a date counted, or did not."""
    if not ending.counts:
        return _why_not(clock, ending.at)
    if isinstance(duration_of(clock.target), WorkingDays):
        return ending.calendar.reason(ending.day)
    return Reason(Why.CALENDAR)


def _calendar(pieces: list[Piece], day: date) -> Calendar:
    found = pieces[0].calendar
    for each in pieces[1:]:
        if each.calendar.local_date(each.start) <= day:
            found = each.calendar
    return found


def _why_not(clock: Clock, instant: datetime) -> Reason:
    """Why a day that ended at *instant* did not count."""
    for segment in clock.segments:
        if segment.start < instant and (segment.end is None or instant <= segment.end):
            return _paused(segment)
    return Reason(Why.ENDED)


def _date(calendar: Calendar, first: date, last: date, counted: int, reason: Reason) -> Row:
    provisional = calendar.provisional(first, last)
    return Row(first, last, None, None, counted, counted, reason, provisional)
