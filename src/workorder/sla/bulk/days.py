"""Working days for many, on dates: ``datetime64[D]``."""

from datetime import date
from functools import partial

import numpy as np
import numpy.typing as npt

from workorder.errors import InvalidInput
from workorder.sla.bulk import arrays
from workorder.sla.bulk.answers import Unanswerable, answered, at_places, outside, refuse
from workorder.sla.bulk.arrays import Flags, Ints
from workorder.sla.bulk.lines import Lines, epoch_of, lines_over, lines_over_days, refuse_unofficial
from workorder.sla.epoch import EpochCalendar
from workorder.sla.verbs import Calendar
from workorder.sla.zones import DAY, EPOCH_DAY


def add_days_many(
    calendar: Calendar, days: npt.ArrayLike, numbers: npt.ArrayLike
) -> npt.NDArray[np.datetime64]:
    """For each date, the working day that many working days after it; negative numbers go back.

    :meth:`Calendar.add_days` for arrays. Zero answers the date itself, whatever it is.

    Args:
        calendar: what to count by.
        days: dates as ``datetime64[D]``.
        numbers: a whole number, or an array of them.

    Raises:
        InvalidInput: ``wrong_type``, ``not_a_time``, ``unequal_lengths``; for the first element
            that has no answer, what :meth:`Calendar.add_days` says of it, with its ``position``.

    >>> from workorder.sla import BusinessCalendar
    >>> desk = BusinessCalendar("Asia/Shanghai", "Mo-Fr 09:00-18:00", "CN")
    >>> add_days_many(desk, np.array(["2026-09-30", "2026-10-10"], "datetime64[D]"), 3)
    array(['2026-10-10', '2026-10-14'], dtype='datetime64[D]')
    """
    shape, flat = arrays.together(
        days=arrays.dates(days, "days"), numbers=arrays.counts(numbers, "numbers")
    )
    found = answered(
        partial(days_added, epoch_of(calendar)),
        lambda day, number: calendar.add_days(_date(day), number),
        *flat,
        name="days",
        shape=shape,
    )
    return arrays.as_dates(found.reshape(shape))


def days_between_many(
    calendar: Calendar, starts: npt.ArrayLike, ends: npt.ArrayLike
) -> npt.NDArray[np.int64]:
    """For each pair of dates, the working days after the first up to and with the second.

    :meth:`Calendar.days_between` for arrays; takes and raises what :func:`add_days_many` does.
    """
    shape, flat = arrays.together(
        starts=arrays.dates(starts, "starts"), ends=arrays.dates(ends, "ends")
    )
    found = answered(
        partial(_days_between, epoch_of(calendar)),
        lambda first, last: calendar.days_between(_date(first), _date(last)),
        *flat,
        name="starts",
        shape=shape,
    )
    return found.reshape(shape)


def local_date_many(calendar: Calendar, instants: npt.ArrayLike) -> npt.NDArray[np.datetime64]:
    """For each instant, its date in the calendar's zone: :meth:`Calendar.local_date` for arrays."""
    taken = arrays.instants(instants, "instants")
    shape, flat = arrays.together(instants=taken.numbers)
    epoch = epoch_of(calendar)

    def work(instants: Ints) -> Ints:
        return lines_over(epoch, instants).local_days(instants) if len(instants) else instants

    found = answered(work, epoch.day_of, *flat, name="instants", shape=shape)
    return arrays.as_dates(found.reshape(shape))


def days_added(epoch: EpochCalendar, days: Ints, numbers: Ints) -> Ints:
    """The sums, on ordinals.

    Raises:
        Unanswerable: for one beyond the horizon, or not official where that is refused.
    """
    moved = np.flatnonzero(np.broadcast_to(numbers != 0, days.shape))
    if not len(moved):
        return days.copy()
    if len(moved) == len(days):
        return _moved(epoch, days, numbers)
    found = days.copy()
    found[moved] = at_places(moved, partial(_moved, epoch), days, numbers)
    return found


def working(epoch: EpochCalendar, days: Ints) -> Flags:
    """Whether each date has a window: :meth:`Calendar.is_working_day` on ordinals."""
    lines = lines_over_days(epoch, days)
    refuse_unofficial(epoch, days, days)
    return lines.working[days - lines.first_day]


def _moved(epoch: EpochCalendar, days: Ints, numbers: Ints) -> Ints:
    lines = lines_over_days(epoch, days)
    row = days - lines.first_day
    place = lines.through[row] + numbers - 1
    if numbers.min() < 0:  # counted back from the first working day at or after the date
        place += (numbers < 0) & ~lines.working[row]
    found = lines.days.take(place, mode="clip") if len(lines.days) else days.copy()
    unknown = (place < 0) | (place >= len(lines.days))
    refuse(~unknown & (abs(found - days) > epoch.horizon // DAY))
    if unknown.any():
        places = np.flatnonzero(unknown)
        found[places] = at_places(places, partial(_further, epoch, lines), days, numbers)
    refuse_unofficial(epoch, np.minimum(days, found), np.maximum(days, found))
    return found


def _further(epoch: EpochCalendar, lines: Lines, days: Ints, numbers: Ints) -> Ints:
    """Days outside of *lines*, on one that is a year longer on the side in question."""
    end = lines.first_day + len(lines.midnights)
    forward = np.broadcast_to(numbers > 0, days.shape)
    reached = np.where(forward, end - days, days - lines.first_day + 1)
    refuse(reached > epoch.horizon // DAY)
    for asked, day in ((forward.any(), end), (not forward.all(), lines.first_day - 1)):
        try:
            if asked:
                epoch.track_of_day(day)
        except InvalidInput:
            raise Unanswerable(int(np.argmax(forward == (day == end)))) from None
    return _moved(epoch, days, numbers)


def _days_between(epoch: EpochCalendar, starts: Ints, ends: Ints) -> Ints:
    if not len(starts):
        return starts.copy()
    lines = lines_over_days(epoch, starts, ends)
    refuse_unofficial(epoch, np.minimum(starts, ends), np.maximum(starts, ends))
    through = lines.through
    return through[ends - lines.first_day] - through[starts - lines.first_day]


def _date(ordinal: int) -> date:
    if not 1 <= ordinal <= date.max.toordinal():
        raise outside(np.datetime64(ordinal - EPOCH_DAY, "D"))
    return date.fromordinal(ordinal)
