"""Counting over the pieces of a clock: time that ran here, then there, with pauses between.

A piece is a stretch that counts, by one calendar. Lengths (working, elapsed) are used up piece by
piece, each measured by its own calendar: what was used in Shanghai stays used when London goes on.
Days are counted by their ends: a date counts if the clock runs when the date ends (at its close,
at 24:00, at the time of day, as the duration says). So a pause takes out as many days as end in
it: one from Monday to Wednesday takes two, one over lunch none; and the last day always ends while
the clock runs.

Everything comes in and goes out as aware datetimes; nothing reads a clock.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise

from attrs import evolve, frozen

from workorder.durations import (
    CalendarDays,
    Dated,
    DueAt,
    Duration,
    Earliest,
    Elapsed,
    Working,
    WorkingDays,
    parse,
)
from workorder.errors import InvalidInput
from workorder.sla.counting import ending_of, rolled_of
from workorder.sla.due import Days
from workorder.sla.verbs import Calendar

_ONE = timedelta(days=1)
_NOTHING = timedelta(0)
FAR = 200_000
"""Dates after which a count gives up, some five hundred years: no duration reaches that far."""

duration_of = lru_cache(maxsize=1024)(parse)
"""The duration of a text; read once."""


def asked_of(duration: Duration) -> set[str]:
    """The names of the instants that *duration* asks for."""
    if isinstance(duration, DueAt):
        return {duration.name}
    return {name for each in getattr(duration, "of", ()) for name in asked_of(each)}


@frozen
class Piece:
    """A stretch that counts.

    Attributes:
        start: from when.
        end: until when; ``None`` for the last one, which goes on.
        calendar: by what it is counted.
    """

    start: datetime
    end: datetime | None
    calendar: Calendar


Pieces = Sequence[Piece]


@frozen
class Reckoned:
    """A due instant.

    Attributes:
        instant: in UTC.
        provisional: whether it depends on dates that are not official yet.
    """

    instant: datetime
    provisional: bool = False


def reckon(duration: Duration, pieces: Pieces, given: Mapping[str, datetime]) -> Reckoned:
    """When *duration* is used up over *pieces*, of which the last goes on.

    The earliest instant at which it is; in a piece that is over, if it was used up there. The cost
    is a bisection or two a piece; for days over several pieces, some steps a day.

    Raises:
        InvalidInput: what the duration or a calendar has against it.
    """
    first = pieces[0]
    if len(pieces) == 1 and first.end is None and isinstance(duration, Working):
        return _length(duration, pieces)
    if len(pieces) == 1:
        found = first.calendar.due(first.start, duration, given=given)
        if first.end is None or found.instant <= first.end:
            return Reckoned(found.instant.astimezone(UTC), found.provisional)
    if isinstance(duration, Dated) and _undisturbed(duration, pieces):
        found = first.calendar.due(first.start, duration, given=given)
        if _runs(pieces, found.instant):
            return Reckoned(found.instant.astimezone(UTC), found.provisional)
    if isinstance(duration, Working):
        return _length(duration, pieces)
    if isinstance(duration, Elapsed):
        return _length(duration, pieces)
    if isinstance(duration, Dated):
        return _dated(duration, pieces)
    if isinstance(duration, DueAt):
        found = first.calendar.due(first.start, duration, given=given)
        return Reckoned(found.instant.astimezone(UTC))
    parts = [reckon(each, pieces, given) for each in duration.of]
    choose = min if isinstance(duration, Earliest) else max
    chosen = choose(parts, key=lambda part: part.instant)
    return Reckoned(chosen.instant, any(part.provisional for part in parts))


# --- lengths --------------------------------------------------------------------------------


def spent(piece: Piece, until: datetime, *, working: bool) -> timedelta:
    """How much of *piece* was used up to *until*: open time, or all of it."""
    end = until if piece.end is None else min(piece.end, until)
    if end <= piece.start:
        return _NOTHING
    return piece.calendar.between(piece.start, end) if working else end - piece.start


def measured(pieces: Pieces, until: datetime, *, working: bool) -> timedelta:
    """What was used over *pieces* up to *until*."""
    return sum((spent(each, until, working=working) for each in pieces), _NOTHING)


def reached(pieces: Pieces, amount: timedelta, *, working: bool) -> datetime:
    """The earliest instant at which *amount* was used over *pieces*, in UTC."""
    left = amount
    for each in pieces:
        if each.end is not None:
            used = spent(each, each.end, working=working)
            if used < left:
                left -= used
                continue
        return _later(each, left, working=working).astimezone(UTC)
    raise InvalidInput("wrong_type", name="pieces", expected="a last one that goes on", found="")


def _later(piece: Piece, amount: timedelta, *, working: bool) -> datetime:
    return piece.calendar.add(piece.start, amount) if working else piece.start + amount


def _length(duration: Working | Elapsed, pieces: Pieces) -> Reckoned:
    working = isinstance(duration, Working)
    instant = reached(pieces, duration.amount, working=working)
    if isinstance(duration, Working) and duration.edge == "next_open":
        instant = _calendar_at(pieces, instant).next_open(instant).astimezone(UTC)
    provisional = working and any(_doubtful(each, instant) for each in pieces)
    return Reckoned(instant, provisional)


def _doubtful(piece: Piece, until: datetime) -> bool:
    """Whether dates of *piece* up to *until* are not official."""
    end = until if piece.end is None else min(piece.end, until)
    if end < piece.start:
        return False
    calendar = piece.calendar
    last = end - timedelta(microseconds=1) if end > piece.start else end
    return calendar.provisional(calendar.local_date(piece.start), calendar.local_date(last))


def _calendar_at(pieces: Pieces, instant: datetime) -> Calendar:
    """The calendar of the piece in which *instant* lies, or of the last that had begun."""
    begun = [each for each in pieces if each.start <= instant]
    return (begun[-1] if begun else pieces[0]).calendar


# --- days -----------------------------------------------------------------------------------


@frozen
class Ending:
    """A date that could count.

    Attributes:
        day: the date.
        at: when it ends.
        counts: whether it does count: the clock runs up to its end.
        calendar: by which it is told.
    """

    day: date
    at: datetime
    counts: bool
    calendar: Calendar


def endings(duration: Dated, pieces: Pieces) -> Iterator[Ending]:
    """The dates that could count, one after the other.

    The first is the day after receipt (or that of receipt, where it counts), as the duration says.
    """
    first = pieces[0]
    day = _received(duration, first).zero
    if not _from_receipt(duration):
        day += _ONE
    over = _of_several(duration, first)
    reached = first.start
    for _ in range(FAR):
        calendar, end = _ending(duration, pieces, day)
        if not isinstance(duration, WorkingDays) or calendar.is_working_day(day):
            reached = max(reached, end)
            counts = _runs(pieces, reached) or (over and reached == first.start)
            yield Ending(day, reached, counts, calendar)
        day += _ONE
    raise first.calendar.epoch.beyond(0)


def _from_receipt(duration: Dated) -> bool:
    """Whether the day of receipt may be the last one."""
    return duration.include_start or not duration.number


def _received(duration: Dated, first: Piece) -> Days:
    """The day of receipt, moved by a cut-off where the duration has one."""
    least = int(duration.include_start)
    days = first.calendar.due(first.start, evolve(duration, number=least, roll="none")).days
    assert days is not None  # noqa: S101 (a dated duration has them)
    return days


def _of_several(duration: Dated, first: Piece) -> bool:
    """Whether the day of receipt counts although it was over by then: as one of several."""
    return duration.include_start and _days_of(duration, first) > 1


def _ending(duration: Dated, pieces: Pieces, day: date) -> tuple[Calendar, datetime]:
    """The calendar by which a date ends, and the instant at which it does: that which is in force
    then. Handing over does not end a date that goes on, nor one again that has ended.
    """
    calendar = pieces[0].calendar
    start = pieces[0].start
    end = ending_of(calendar, duration, day, start)
    for each in pieces[1:]:
        if each.start >= end:
            break
        if each.calendar is not calendar:
            other = ending_of(each.calendar, duration, day, start)
            if other > each.start:
                calendar, end = each.calendar, other
    return calendar, end


def ended_by(calendar: Calendar, duration: Dated, instant: datetime, start: datetime) -> date:
    """The last date that had ended by *instant*, as *duration*, received at *start*, ends dates."""
    day = calendar.local_date(instant)
    while ending_of(calendar, duration, day, start) > instant:
        day -= _ONE
    return day


def _undisturbed(duration: Dated, pieces: Pieces) -> bool:
    """Whether no date ends in a pause, and one calendar counts: then a pause takes nothing out."""
    calendar, start = pieces[0].calendar, pieces[0].start
    for before, after in pairwise(pieces):
        if before.end is None or after.calendar is not calendar:
            return False
        day = calendar.local_date(before.end)
        if calendar.local_date(after.start) != day:
            return False
        for each in (day - _ONE, day):  # the night of the day before may end past midnight
            if before.end < ending_of(calendar, duration, each, start) <= after.start:
                return False
    return True


def _runs(pieces: Pieces, instant: datetime) -> bool:
    """Whether the clock runs up to *instant*."""
    return any(
        each.start < instant and (each.end is None or instant <= each.end) for each in pieces
    )


def _dated(duration: Dated, pieces: Pieces) -> Reckoned:
    first = pieces[0]
    number = _days_of(duration, first)
    counted = 0
    for each in endings(duration, pieces):
        counted += each.counts
        if counted < number or not each.counts:
            continue
        last = rolled_of(each.calendar, duration, each.day)
        rolled = last != each.day
        instant = ending_of(each.calendar, duration, last, first.start) if rolled else each.at
        if not rolled or _runs(pieces, instant):
            return Reckoned(instant.astimezone(UTC), _unofficial(duration, first, each, last))
    raise first.calendar.epoch.beyond(0)


def _unofficial(duration: Dated, first: Piece, ending: Ending, last: date) -> bool:
    """Whether a date is not official on which the last day depends."""
    working = isinstance(duration, WorkingDays)
    days = _received(duration, first)
    moved = duration.deemed or (working and duration.cut_off is not None)
    asked = [
        (working, first.calendar, days.zero, days.zero),
        (working, ending.calendar, days.zero, ending.day),
        (moved, first.calendar, days.received, days.zero),
        (duration.at == "close", ending.calendar, last, last),
        (duration.roll != "none", ending.calendar, ending.day, last),
    ]
    return any(
        calendar.provisional(min(one, other), max(one, other))
        for matters, calendar, one, other in asked
        if matters
    )


def _days_of(duration: Dated, first: Piece) -> int:
    """How many dates must end: of months, years and cycles as many as they have from the start."""
    if isinstance(duration, WorkingDays | CalendarDays):
        return max(duration.number, 1)
    due = first.calendar.due(first.start, evolve(duration, roll="none"))
    days = due.days
    assert days is not None  # noqa: S101 (a dated duration has them)
    return max((days.counted - days.zero).days + duration.include_start, 1)


def days_used(duration: Dated, pieces: Pieces, until: datetime) -> int:
    """How many of its days had ended by *until*, while the clock ran."""
    used = 0
    for each in endings(duration, pieces):
        if each.at > until:
            return used
        used += each.counts
    return used


def days_within(duration: Dated, pieces: Pieces, start: datetime, until: datetime) -> int:
    """How many of its days end after *start* and at *until* or before."""
    found = 0
    for each in endings(duration, pieces):
        if each.at > until:
            return found
        found += each.counts and each.at > start
    return found
