"""From receipt to due: the rules of counting.

For days, weeks and months the steps are always these:

1. The date of receipt, in the calendar's zone. At or after the cut-off it is the next date: of
   working days the next working day, and then a receipt on a closed day counts as received on
   the next working day too. Without a cut-off, only ``deemed`` moves it on.
2. That day is not counted (unless the duration says so); counting begins with the next.
3. The last day counted may be no working day; it rolls, if the duration says so.
4. On the last day, the instant: its close of business (24:00 when it has none), 24:00, the time of
   day of the receipt, or a time of day.
5. Should that instant have passed at receipt already (possible only when the first day counts, or
   nothing is counted), the day is over and the next one is the last.
"""

import calendar as months
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from attrs import frozen

from workorder.durations import (
    BillingCycles,
    Dated,
    DueAt,
    Duration,
    Earliest,
    Elapsed,
    Latest,
    Months,
    Weeks,
    Working,
    WorkingDays,
    Years,
    parse,
)
from workorder.errors import InvalidInput
from workorder.instants import aware
from workorder.sla.due import Days, Due, Note
from workorder.sla.epoch import FIRST_YEAR, LAST_YEAR
from workorder.sla.zones import DAY, EPOCH, EPOCH_DAY, MICROSECOND

if TYPE_CHECKING:
    from workorder.sla.verbs import Calendar

_ONE = timedelta(days=1)
_read = lru_cache(maxsize=512)(parse)


@frozen
class _Case:
    """What is counted by: everything but the duration."""

    calendar: "Calendar"
    start: datetime
    roll_by: "Calendar | None"
    given: Mapping[str, datetime]

    @property
    def roller(self) -> "Calendar":
        """The calendar by which last days roll."""
        return self.calendar if self.roll_by is None else self.roll_by


def due(
    calendar: "Calendar",
    start: datetime,
    duration: Duration | str,
    *,
    roll_by: "Calendar | None" = None,
    given: Mapping[str, datetime],
) -> Due:
    """When something received at *start* is due; see :meth:`Calendar.due`."""
    aware(start, "start")
    from workorder.sla.verbs import Calendar

    if roll_by is not None and not isinstance(roll_by, Calendar):
        raise InvalidInput("wrong_type", name="roll_by", expected="a calendar", found=str(roll_by))
    asked = _read(duration) if isinstance(duration, str) else duration
    try:
        return _due(_Case(calendar, start, roll_by, given), asked)
    except OverflowError:
        raise InvalidInput(
            "outside_years", year="10000+", first=FIRST_YEAR, last=LAST_YEAR
        ) from None


def _due(case: _Case, duration: Duration) -> Due:
    if isinstance(duration, Working):
        return _working(case, duration)
    if isinstance(duration, Dated):
        return _dated(case, duration)
    if isinstance(duration, Elapsed):
        return _at(case, duration, aware(case.start, "start") + duration.amount)
    if isinstance(duration, DueAt):
        if duration.name not in case.given:
            raise InvalidInput("not_given", field=duration.name, known=tuple(case.given))
        return _at(case, duration, aware(case.given[duration.name], duration.name))
    if isinstance(duration, Earliest | Latest):
        parts = tuple(_due(case, each) for each in duration.of)
        choose = min if isinstance(duration, Earliest) else max
        chosen = choose(parts, key=lambda part: part.instant)
        return Due(
            case.start,
            duration,
            chosen.instant,
            chosen.last_day,
            any(part.provisional for part in parts),
            chosen.days,
            chosen.notes,
            parts,
            calendar=case.calendar,
            roll_by=case.roll_by,
        )
    raise InvalidInput(
        "wrong_type",
        name="duration",
        expected="a duration such as Working(…) or WorkingDays(…), or its text",
        found=type(duration).__name__,
    )


def _working(case: _Case, duration: Working) -> Due:
    calendar = case.calendar
    instant = calendar.add(case.start, duration.amount, edge=duration.edge)
    last = _last_day(calendar, case.start, instant)
    epoch = calendar.epoch
    first = epoch.first_day((case.start - EPOCH) // MICROSECOND)
    return Due(
        case.start,
        duration,
        instant,
        last,
        epoch.provisional(first, max(first, last.toordinal())),
        calendar=calendar,
    )


def _at(case: _Case, duration: Elapsed | DueAt, instant: datetime) -> Due:
    calendar = case.calendar
    micros = (instant - EPOCH) // MICROSECOND
    shown = calendar.epoch.track(micros).shown(micros)
    last = _last_day(calendar, case.start, shown)
    return Due(case.start, duration, shown, last, provisional=False, calendar=calendar)


def _last_day(calendar: "Calendar", start: datetime, instant: datetime) -> date:
    """The date of a due instant; midnight belongs to the day it ends."""
    return calendar.local_date(instant - MICROSECOND if instant > start else instant)


# --- days -----------------------------------------------------------------------------------


def _dated(case: _Case, duration: Dated) -> Due:
    calendar = case.calendar
    notes: list[Note] = []
    received, zero = _zero(case, duration, notes)
    counted = _count(calendar, zero, duration, notes)
    last = _rolled(case, duration, counted)
    instant = _ending(case, duration, last)
    begun = (case.start - EPOCH) // MICROSECOND
    if duration.at == "same_time" and last == received == zero:
        instant = begun  # the same time of the same day, also where it comes twice
    while instant < begun or (instant == begun and duration.at != "same_time"):
        if Note.DAY_OVER not in notes:
            notes.append(Note.DAY_OVER)
        working = isinstance(duration, WorkingDays)
        counted = calendar.add_days(counted, 1) if working else counted + _ONE
        last = _rolled(case, duration, counted)
        instant = _ending(case, duration, last)
    if last != counted:
        notes.append(Note.ROLLED)
    days = Days(received, zero, counted, last)
    return Due(
        case.start,
        duration,
        calendar.epoch.track(instant).shown(instant),
        last,
        _provisional(case, duration, days),
        days,
        tuple(notes),
        calendar=calendar,
        roll_by=case.roll_by,
    )


def _zero(case: _Case, duration: Dated, notes: list[Note]) -> tuple[date, date]:
    """The date of receipt, and the day that is not counted."""
    calendar = case.calendar
    begun = (case.start - EPOCH) // MICROSECOND
    local = calendar.epoch.track(begun).offsets.local(begun)
    received = zero = date.fromordinal(EPOCH_DAY + local // DAY)
    # A cut-off of working days makes banking days: what comes after it, or when there is no desk
    # at all, has come on the next one.
    banking = _banking(duration)
    worked = not (banking or duration.deemed) or calendar.is_working_day(received)
    if duration.cut_off is not None and local % DAY >= _micros(duration.cut_off) and worked:
        zero = calendar.add_days(received, 1) if banking else received + _ONE
        notes.append(Note.AFTER_CUT_OFF)
    if (banking or duration.deemed) and not calendar.is_working_day(zero):
        zero = calendar.add_days(zero, 1)
        notes.append(Note.DEEMED)
    return received, zero


def _banking(duration: Dated) -> bool:
    return duration.cut_off is not None and isinstance(duration, WorkingDays)


def _count(calendar: "Calendar", zero: date, duration: Dated, notes: list[Note]) -> date:
    """The last day, counted from the day after *zero*, or from *zero*."""
    number = duration.number
    if isinstance(duration, WorkingDays):
        if duration.include_start or not number:
            return calendar.add_days(zero - _ONE, max(number, 1))
        return calendar.add_days(zero, number)
    if isinstance(duration, BillingCycles):
        return _cycles(zero, number - duration.include_start, duration.closing_day)
    if isinstance(duration, Months | Years):
        number *= 12 if isinstance(duration, Years) else 1
        return _months(zero, number, duration, notes)
    last = zero + timedelta(days=number * (7 if isinstance(duration, Weeks) else 1))
    return last - _ONE if duration.include_start else last


def _months(zero: date, number: int, duration: Dated, notes: list[Note]) -> date:
    """The corresponding date of a later month; the day before it, when the first day counts.

    Where the month has no such date, its last day.
    """
    if duration.include_start and zero.day == 1:
        return _later(zero, number, 1) - _ONE
    wanted = zero.day - duration.include_start
    last = _later(zero, number, wanted)
    if last.day != wanted:
        notes.append(Note.CLIPPED)
    return last


def _later(day: date, number: int, wanted: int) -> date:
    """The day *wanted* of the month *number* months later, or the last of that month."""
    from dateutil.relativedelta import relativedelta

    month = day.replace(day=1)
    try:
        month += relativedelta(months=number)
    except ValueError:  # beyond the year 9999
        raise OverflowError from None
    return month.replace(day=min(wanted, months.monthrange(month.year, month.month)[1]))


def _cycles(zero: date, number: int, closing_day: int) -> date:
    """The end of the *number*-th cycle after the one that *zero* is in."""
    running = _later(zero, 0, closing_day)
    return _later(zero, number + (running < zero), closing_day)


def _rolled(case: _Case, duration: Dated, counted: date) -> date:
    if duration.roll == "none" or case.roller.is_working_day(counted):
        return counted
    return case.roller.add_days(counted, 1 if duration.roll == "forward" else -1)


def _ending(case: _Case, duration: Dated, last: date) -> int:
    """The instant on the last day, in microseconds."""
    epoch = case.calendar.epoch
    number = last.toordinal()
    track = epoch.track_of_day(number)
    midnight = (number - EPOCH_DAY) * DAY
    if isinstance(duration.at, time):
        return track.offsets.utc(midnight + _micros(duration.at))
    if duration.at == "same_time":
        begun = (case.start - EPOCH) // MICROSECOND
        return track.offsets.utc(midnight + epoch.track(begun).offsets.local(begun) % DAY)
    if duration.at == "close":
        epoch.publish(number, number)
        closing = track.close_of(number)
        if closing is not None:
            return closing
    return track.offsets.utc(midnight + DAY)


def _provisional(case: _Case, duration: Dated, days: Days) -> bool:
    """Whether any date that the answer depends on is not official."""
    epoch = case.calendar.epoch
    first, zero = days.received.toordinal(), days.zero.toordinal()
    counted, last = days.counted.toordinal(), days.last.toordinal()
    return (
        (isinstance(duration, WorkingDays) and epoch.provisional(zero, max(zero, counted)))
        or ((duration.deemed or _banking(duration)) and epoch.provisional(first, zero))
        or (duration.at == "close" and epoch.provisional(last, last))
        or (
            duration.roll != "none"
            and case.roller.epoch.provisional(min(counted, last), max(counted, last))
        )
    )


def ending_of(calendar: "Calendar", duration: Dated, day: date, start: datetime) -> datetime:
    """The instant at which *duration*, received at *start*, ends if *day* is its last."""
    micros = _ending(_Case(calendar, start, None, {}), duration, day)
    return calendar.epoch.track(micros).shown(micros)


def rolled_of(calendar: "Calendar", duration: Dated, day: date) -> date:
    """Where a last day rolls to."""
    return _rolled(_Case(calendar, EPOCH, None, {}), duration, day)


def _micros(value: time) -> int:
    return (
        timedelta(
            hours=value.hour,
            minutes=value.minute,
            seconds=value.second,
            microseconds=value.microsecond,
        )
        // MICROSECOND
    )
