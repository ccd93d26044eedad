"""Due dates for many, by every kind of duration that can be counted from an instant.

All of it is arithmetic on arrays, whatever the duration; nothing falls back to a loop over the
elements. The steps are those of :mod:`workorder.sla.counting`, in the same order.
"""

from collections.abc import Mapping
from datetime import time, timedelta
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt
from attrs import frozen

from workorder.durations import (
    BillingCycles,
    CalendarDays,
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
from workorder.sla.bulk import arrays
from workorder.sla.bulk.answers import answered, at_places, outside
from workorder.sla.bulk.arrays import Flags, Ints
from workorder.sla.bulk.days import days_added, working
from workorder.sla.bulk.lines import (
    epoch_of,
    first_days,
    lines_over,
    lines_over_days,
    provisional,
    refuse_unofficial,
)
from workorder.sla.bulk.open_time import added
from workorder.sla.epoch import EpochCalendar
from workorder.sla.verbs import Calendar
from workorder.sla.zones import DAY, EPOCH, EPOCH_DAY, MICROSECOND

_ONE = np.array(1, np.int64)
_MONTHS_OF_A_YEAR = 12
_DAYS: Mapping[type[Dated], int] = {CalendarDays: 1, Weeks: 7}


@frozen(eq=False)
class DueMany:
    """When many are due; three arrays of the shape of the starts.

    Attributes:
        instants: the due instants, in the kind in which the starts came.
        last_days: the last days (``datetime64[D]``); a due instant of 24:00 belongs to the day it
            ends.
        provisional: whether each depends on dates that are not official yet.
    """

    instants: npt.NDArray[Any]
    last_days: npt.NDArray[np.datetime64]
    provisional: Flags


@frozen(eq=False)
class _Dues:
    """The same in microseconds and ordinals, in one dimension."""

    instants: Ints
    last_days: Ints
    provisional: Flags


@frozen
class _Case:
    """What is counted by."""

    epoch: EpochCalendar
    roller: EpochCalendar


def due_many(
    calendar: Calendar,
    starts: npt.ArrayLike,
    duration: Duration | str,
    *,
    roll_by: Calendar | None = None,
) -> DueMany:
    """When each of *starts* is due: :meth:`Calendar.due` for arrays.

    Args:
        calendar: what to count by.
        starts: the instants of receipt, as ``int64`` microseconds or ``datetime64`` in UTC.
        duration: how long, as a value or as text; the same for all.
        roll_by: the calendar whose working days decide where a last day rolls to.

    Raises:
        InvalidInput: ``wrong_type`` (also for a :class:`~workorder.durations.DueAt`, whose
            instants are given already), ``not_a_time``; for the first element that has no answer,
            what :meth:`Calendar.due` says of it, with its ``position``.

    >>> from workorder.sla import BusinessCalendar
    >>> desk = BusinessCalendar("Asia/Shanghai", "Mo-Fr 09:00-18:00", "CN")
    >>> dues = due_many(desk, np.array(["2026-09-30T08:30"], "datetime64[s]"), "3 working days")
    >>> dues.instants.astype("datetime64[m]")
    array(['2026-10-10T10:00'], dtype='datetime64[m]')
    >>> dues.last_days, dues.provisional
    (array(['2026-10-10'], dtype='datetime64[D]'), array([False]))
    """
    asked = parse(duration) if isinstance(duration, str) else duration
    _countable(asked)
    taken = arrays.instants(starts, "starts")
    shape, flat = arrays.together(starts=taken.numbers)
    epoch = epoch_of(calendar)
    case = _Case(epoch, epoch if roll_by is None else epoch_of(roll_by, "roll_by"))

    def one(start: int) -> object:
        try:
            begun = EPOCH + timedelta(microseconds=start)
        except OverflowError:
            raise outside(np.datetime64(start, "us")) from None
        return calendar.due(begun, asked, roll_by=roll_by)

    found = answered(partial(_due, case, asked), one, *flat, name="starts", shape=shape)
    return DueMany(
        taken.given_back(found.instants.reshape(shape)),
        arrays.as_dates(found.last_days.reshape(shape)),
        found.provisional.reshape(shape),
    )


def _countable(duration: object) -> None:
    if isinstance(duration, Earliest | Latest):
        for each in duration.of:
            _countable(each)
    elif not isinstance(duration, Working | Elapsed | Dated):
        raise InvalidInput(
            "wrong_type",
            name="duration",
            expected="a duration to be counted, or its text (an instant that is given with each "
            "case is due as it is)",
            found=str(duration) if isinstance(duration, DueAt) else type(duration).__name__,
        )


def _due(case: _Case, duration: Duration, starts: Ints) -> _Dues:
    if not len(starts):
        return _Dues(starts, starts, np.zeros(0, np.bool_))
    if isinstance(duration, Working):
        return _working(case, duration, starts)
    if isinstance(duration, Dated):
        return _dated(case, duration, starts)
    if isinstance(duration, Elapsed):
        instants = starts + arrays.amounts(duration.amount, "duration")
        return _Dues(instants, _last_days(case, starts, instants), np.zeros(len(starts), np.bool_))
    assert isinstance(duration, Earliest | Latest)  # noqa: S101 (nothing else is countable)
    best, *others = (_due(case, each, starts) for each in duration.of)
    for other in others:
        before, after = (best, other) if isinstance(duration, Latest) else (other, best)
        better = before.instants < after.instants
        best = _Dues(
            np.where(better, other.instants, best.instants),
            np.where(better, other.last_days, best.last_days),
            best.provisional | other.provisional,
        )
    return best


def _working(case: _Case, duration: Working, starts: Ints) -> _Dues:
    amount = arrays.amounts(duration.amount, "duration")
    instants = added(case.epoch, starts, amount, edge=duration.edge)
    last = _last_days(case, starts, instants)
    first = first_days(case.epoch, starts)
    return _Dues(instants, last, provisional(case.epoch, first, np.maximum(first, last)))


def _last_days(case: _Case, starts: Ints, instants: Ints) -> Ints:
    """The dates of due instants; midnight belongs to the day it ends."""
    within = instants - (instants > starts)
    return lines_over(case.epoch, instants, within).local_days(within)


# --- days -----------------------------------------------------------------------------------


def _dated(case: _Case, duration: Dated, starts: Ints) -> _Dues:
    epoch = case.epoch
    local = lines_over(epoch, starts).local(starts)
    received, zero = _zero(case, duration, local)
    counted = _count(case, duration, zero)
    last = _rolled(case, duration, counted)
    instants = _ending(case, duration, last, local)
    timed = duration.at == "same_time"
    if timed:  # the same time of the same day, also where it comes twice
        instants = np.where((last == received) & (received == zero), starts, instants)
    over = np.flatnonzero((instants < starts) | ((instants == starts) & (not timed)))
    while len(over):  # the day had passed already: the next one
        again = partial(_next, case, duration)
        counted[over], last[over], instants[over] = at_places(over, again, counted, local)
        still = (instants[over] < starts[over]) | ((instants[over] == starts[over]) & (not timed))
        over = over[still]
    lines_over(epoch, instants)
    guessed = _provisional(case, duration, received, zero, counted, last)
    return _Dues(instants, last, guessed)


def _zero(case: _Case, duration: Dated, local: Ints) -> tuple[Ints, Ints]:
    """The dates of receipt, and the days that are not counted."""
    received = local // DAY + EPOCH_DAY
    zero = received.copy()
    late = np.zeros(len(local), np.bool_)
    if duration.cut_off is not None:
        late = local % DAY >= _micros(duration.cut_off)
    if _banking(duration):
        moved = np.flatnonzero(late | ~working(case.epoch, zero))
        if len(moved):
            zero[moved] = at_places(moved, partial(days_added, case.epoch), zero, _ONE)
        return received, zero
    zero += late
    if duration.deemed:
        moved = np.flatnonzero(~working(case.epoch, zero))
        if len(moved):
            forward = partial(days_added, case.epoch)
            zero[moved] = at_places(moved, forward, zero, _ONE)
    return received, zero


def _banking(duration: Dated) -> bool:
    return duration.cut_off is not None and isinstance(duration, WorkingDays)


def _count(case: _Case, duration: Dated, zero: Ints) -> Ints:
    """The last days, counted from the days after *zero*, or from *zero*."""
    number = duration.number
    if isinstance(duration, WorkingDays):
        if duration.include_start or not number:
            return days_added(case.epoch, zero - 1, np.array(max(number, 1), np.int64))
        return days_added(case.epoch, zero, np.array(number, np.int64))
    if isinstance(duration, BillingCycles):
        running = _later(zero, 0, duration.closing_day)
        more = number - duration.include_start + (running < zero)
        return _later(zero, more, duration.closing_day)
    if isinstance(duration, Months | Years):
        months = number * (_MONTHS_OF_A_YEAR if isinstance(duration, Years) else 1)
        return _months(zero, months, duration)
    last = zero + number * _DAYS[type(duration)]
    return last - duration.include_start


def _months(zero: Ints, months: int, duration: Dated) -> Ints:
    """The corresponding dates, or those before them; the last of a month without such a date."""
    day = zero - _ordinals(arrays.as_dates(zero).astype("datetime64[M]")) + 1
    wanted = day - duration.include_start
    last = _later(zero, months, np.maximum(wanted, 1))
    found: Ints = last - (wanted < 1)
    return found


def _later(days: Ints, months: Ints | int, day: Ints | int) -> Ints:
    """The *day* of the month some months later, or the last of that month."""
    begun = arrays.as_dates(days).astype("datetime64[M]")
    number = begun.view(np.int64) + months
    first = _ordinals(number.view("datetime64[M]"))
    length = _ordinals((number + 1).view("datetime64[M]")) - first
    found: Ints = first + np.minimum(day, length) - 1
    return found


def _ordinals(months: npt.NDArray[np.datetime64]) -> Ints:
    found: Ints = months.astype("datetime64[D]").view(np.int64) + EPOCH_DAY
    return found


def _rolled(case: _Case, duration: Dated, counted: Ints) -> Ints:
    last = counted.copy()
    if duration.roll != "none":
        moved = np.flatnonzero(~working(case.roller, counted))
        if len(moved):
            step = _ONE if duration.roll == "forward" else -_ONE
            last[moved] = at_places(moved, partial(days_added, case.roller), counted, step)
    return last


def _ending(case: _Case, duration: Dated, last: Ints, local: Ints) -> Ints:
    """The instants on the last days."""
    lines = lines_over_days(case.epoch, last)
    row = last - lines.first_day
    if isinstance(duration.at, time):
        return lines.utc(lines.midnights + _micros(duration.at))[row]
    if duration.at == "same_time":
        return lines.utc(lines.midnights[row] + local % DAY)
    if duration.at == "close":
        refuse_unofficial(case.epoch, last, last)
        return lines.day_ends[row]
    return lines.midnight_ends[row]


def _next(case: _Case, duration: Dated, counted: Ints, local: Ints) -> tuple[Ints, Ints, Ints]:
    """The day after the last one, where it rolls to, and its instant."""
    if isinstance(duration, WorkingDays):
        counted = days_added(case.epoch, counted, _ONE)
    else:
        counted = counted + 1
    last = _rolled(case, duration, counted)
    return counted, last, _ending(case, duration, last, local)


def _provisional(
    case: _Case, duration: Dated, received: Ints, zero: Ints, counted: Ints, last: Ints
) -> Flags:
    """Whether any date that the answer depends on is not official."""
    found = np.zeros(len(last), np.bool_)
    if isinstance(duration, WorkingDays):
        found |= provisional(case.epoch, zero, np.maximum(zero, counted))
    if duration.deemed or _banking(duration):
        found |= provisional(case.epoch, received, zero)
    if duration.at == "close":
        found |= provisional(case.epoch, last, last)
    if duration.roll != "none":
        first, final = np.minimum(counted, last), np.maximum(counted, last)
        found |= provisional(case.roller, first, final)
    return found


def _micros(value: time) -> int:
    length = timedelta(
        hours=value.hour,
        minutes=value.minute,
        seconds=value.second,
        microseconds=value.microsecond,
    )
    return length // MICROSECOND
