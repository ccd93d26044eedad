"""Open time for many: sums, differences, open or not."""

from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from workorder.errors import InvalidInput
from workorder.sla.bulk import arrays
from workorder.sla.bulk.answers import Unanswerable, answered, at_places, refuse
from workorder.sla.bulk.arrays import Flags, Ints
from workorder.sla.bulk.lines import Lines, epoch_of, first_days, lines_over, refuse_unofficial
from workorder.sla.epoch import BackwardEdge, EpochCalendar, ForwardEdge
from workorder.sla.verbs import Calendar

PART = 1 << 15
"""So many elements are worked on at a time: what is in between stays in the processor's cache."""


def add_many(
    calendar: Calendar, starts: npt.ArrayLike, amounts: object, *, edge: ForwardEdge = "close"
) -> npt.NDArray[Any]:
    """For each start, the earliest instant at which its amount of open time has passed.

    :meth:`Calendar.add` for arrays; negative amounts subtract, zero answers the start.

    Args:
        calendar: what to count by.
        starts: instants, as ``int64`` microseconds or ``datetime64`` in UTC.
        amounts: a timedelta, microseconds, ``timedelta64``, or an array of one of the last two.
        edge: where a sum ends that is used up exactly at a close.

    Returns:
        Instants in the kind in which the starts came (``[us]`` where they came coarser).

    Raises:
        InvalidInput: ``wrong_type``, ``not_a_time``, ``unequal_lengths``; for the first element
            that has no answer, what :meth:`Calendar.add` says of it, with its ``position``.

    >>> from workorder.sla import BusinessCalendar
    >>> desk = BusinessCalendar("Asia/Shanghai", "Mo-Fr 09:00-12:00,13:30-18:00", "CN")
    >>> starts = np.array(["2026-09-30T08:30", "2026-10-02T00:00"], "datetime64[s]")
    >>> add_many(desk, starts, np.timedelta64(8, "h")).astype("datetime64[m]")
    array(['2026-10-08T09:00', '2026-10-09T01:30'], dtype='datetime64[m]')
    """
    arrays.one_of("edge", edge, "close", "next_open")
    taken = arrays.instants(starts, "starts")
    lengths = arrays.amounts(amounts, "amounts")
    shape, flat = arrays.together(starts=taken.numbers, amounts=lengths)
    epoch = epoch_of(calendar)
    ends = answered(
        partial(added, epoch, edge=edge),
        partial(epoch.add, edge=edge),
        *flat,
        name="starts",
        shape=shape,
    )
    return taken.given_back(ends.reshape(shape))


def subtract_many(
    calendar: Calendar, ends: npt.ArrayLike, amounts: object, *, edge: BackwardEdge = "open"
) -> npt.NDArray[Any]:
    """For each end, the latest instant from which its amount of open time passes until then.

    :meth:`Calendar.subtract` for arrays; takes and raises what :func:`add_many` does.
    """
    arrays.one_of("edge", edge, "open", "prev_close")
    taken = arrays.instants(ends, "ends")
    lengths = arrays.amounts(amounts, "amounts")
    shape, flat = arrays.together(ends=taken.numbers, amounts=lengths)
    epoch = epoch_of(calendar)
    begins = answered(
        lambda instants, lengths: added(
            epoch, instants, -lengths, edge="close" if edge == "open" else "next_open"
        ),
        partial(epoch.subtract, edge=edge),
        *flat,
        name="ends",
        shape=shape,
    )
    return taken.given_back(begins.reshape(shape))


def between_many(
    calendar: Calendar, starts: npt.ArrayLike, ends: npt.ArrayLike
) -> npt.NDArray[Any]:
    """For each pair, the open time from start until end; negative when the end is earlier.

    Returns:
        Microseconds (``int64``) of integers, ``timedelta64[us]`` of ``datetime64``.

    Raises:
        InvalidInput: as :func:`add_many`; ``wrong_type`` also for one kind beside the other.
    """
    first, last = arrays.instants(starts, "starts"), arrays.instants(ends, "ends")
    arrays.same_kind(first, last, "ends")
    shape, flat = arrays.together(starts=first.numbers, ends=last.numbers)
    epoch = epoch_of(calendar)
    spans = answered(partial(_between, epoch), epoch.between, *flat, name="starts", shape=shape)
    return first.span_given_back(spans.reshape(shape))


def is_open_many(calendar: Calendar, instants: npt.ArrayLike) -> Flags:
    """For each instant, whether it lies in a window; raises what :func:`add_many` does."""
    taken = arrays.instants(instants, "instants")
    shape, flat = arrays.together(instants=taken.numbers)
    epoch = epoch_of(calendar)
    found = answered(partial(_is_open, epoch), epoch.is_open, *flat, name="instants", shape=shape)
    return found.reshape(shape)


def added(epoch: EpochCalendar, starts: Ints, amounts: Ints, *, edge: ForwardEdge) -> Ints:
    """The sums, for amounts of either sign.

    Raises:
        Unanswerable: for one beyond the horizon, or not official where that is refused.
    """
    if not len(starts):
        return starts.copy()
    least, most = amounts.min(), amounts.max()
    if least > 0:
        return _summed(epoch, starts, amounts, forward=True, edge=edge)
    if most < 0:
        return _summed(epoch, starts, -amounts, forward=False, edge=edge)
    found = starts.copy()
    if least == most == 0:
        return found
    for forward, chosen in ((True, amounts > 0), (False, amounts < 0)):
        places = np.flatnonzero(chosen)
        if len(places):
            work = partial(_summed, epoch, forward=forward, edge=edge)
            found[places] = at_places(places, work, starts, abs(amounts))
    return found


def _summed(
    epoch: EpochCalendar, starts: Ints, amounts: Ints, *, forward: bool, edge: ForwardEdge
) -> Ints:
    lines = lines_over(epoch, starts)
    arithmetic = _later if forward else _earlier
    found = np.empty_like(starts)
    away = 0
    missing: list[Ints] = []
    for begin in range(0, len(starts), PART):
        part = slice(begin, begin + PART)
        some = starts[part]
        lengths = amounts[part] if amounts.ndim else amounts
        reached, unknown = arithmetic(lines, some, lengths, edge)
        if unknown is not None:
            missing.append(np.flatnonzero(unknown) + begin)
            reached[unknown] = some[unknown]
        found[part] = reached
        reached -= some
        away = max(away, int(reached.max()), -int(reached.min()))
    if away > epoch.horizon:
        refuse(abs(found - starts) > epoch.horizon)
    if missing:
        places = np.concatenate(missing)
        work = partial(_further, epoch, lines, forward=forward, edge=edge)
        found[places] = at_places(places, work, starts, amounts)
    if epoch.refuses:
        lines = lines_over(epoch, starts, found)
        first, last = np.minimum(starts, found), np.maximum(starts, found)
        final = np.where(last > first, last - 1, last)
        refuse_unofficial(epoch, first_days(epoch, first), lines.local_days(final))
    return found


def _later(
    lines: Lines, starts: Ints, amounts: Ints, edge: ForwardEdge
) -> tuple[Ints, Flags | None]:
    """:meth:`EpochCalendar.add`, and which sums end beyond all that is known."""
    target = _worked(lines, starts)
    target += amounts
    number = np.searchsorted(lines.ends, target)
    unknown = number >= lines.known if number.max() >= lines.known else None
    target -= lines.base.take(number, mode="clip")
    if edge != "close":
        at_close = target == lines.closes.take(number, mode="clip")
        number += 1
        unseen = at_close & ((number >= lines.known) | (target >= lines.hi))
        if unseen.any():
            unknown = unseen if unknown is None else unknown | unseen
        target = np.where(at_close, lines.opens.take(number, mode="clip"), target)
    return target, unknown


def _earlier(
    lines: Lines, ends: Ints, amounts: Ints, edge: ForwardEdge
) -> tuple[Ints, Flags | None]:
    """:meth:`EpochCalendar.subtract`, and which sums begin before all that is known."""
    target = _worked(lines, ends)
    target -= amounts
    number = np.searchsorted(lines.starts, target, "right")
    number -= 1
    begins = target - lines.base.take(number, mode="clip")
    if edge != "close":
        at_open = target == lines.starts.take(number, mode="clip")
        begins = np.where(at_open, lines.closes.take(number - 1, mode="clip"), begins)
    unknown = (number < 1) | (begins < lines.lo)
    return begins, unknown if unknown.any() else None


def _further(
    epoch: EpochCalendar,
    lines: Lines,
    starts: Ints,
    amounts: Ints,
    *,
    forward: bool,
    edge: ForwardEdge,
) -> Ints:
    """Sums that lie outside of *lines*, on one that is a year longer."""
    reached = lines.hi - starts if forward else starts - lines.lo
    refuse(reached > epoch.horizon)
    try:
        epoch.track(lines.hi if forward else lines.lo - 1)
    except InvalidInput:
        raise Unanswerable(0) from None
    return _summed(epoch, starts, amounts, forward=forward, edge=edge)


def _worked(lines: Lines, instants: Ints) -> Ints:
    """Open time from the beginning of the line until each instant."""
    number = np.searchsorted(lines.opens, instants, "right")
    number -= 1
    found = np.minimum(lines.closes.take(number, mode="clip"), instants)
    found += lines.base.take(number, mode="clip")
    return found


def _between(epoch: EpochCalendar, starts: Ints, ends: Ints) -> Ints:
    if not len(starts):
        return starts.copy()
    lines = lines_over(epoch, starts, ends)
    found = np.empty_like(starts)
    until = _worked(lines, ends) if not ends.ndim else None
    for begin in range(0, len(starts), PART):
        part = slice(begin, begin + PART)
        found[part] = _worked(lines, ends[part]) if until is None else until
        found[part] -= _worked(lines, starts[part])
    if epoch.refuses:
        first, last = np.minimum(starts, ends), np.maximum(starts, ends)
        final = np.where(last > first, last - 1, last)
        refuse_unofficial(epoch, first_days(epoch, first), lines.local_days(final))
    return found


def _is_open(epoch: EpochCalendar, instants: Ints) -> Flags:
    if not len(instants):
        return np.zeros(0, np.bool_)
    lines = lines_over(epoch, instants)
    if epoch.refuses:
        refuse_unofficial(epoch, first_days(epoch, instants), lines.local_days(instants))
    number = np.searchsorted(lines.opens, instants, "right")
    found: Flags = instants < lines.closes[number - 1]
    return found
