"""When a clock is due, and when its next mark is reached: reckoned from its pieces."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from workorder.clocks import Clock, Extended, Segment
from workorder.clocks import changed as set_to
from workorder.durations import Dated, Duration, Elapsed, Working, WorkingDays
from workorder.errors import InvalidInput
from workorder.sla.clocks.levels import ServiceLevels
from workorder.sla.clocks.marks import BREACH, NEXT, Ladder, Share
from workorder.sla.clocks.pieces import (
    Pieces,
    Reckoned,
    duration_of,
    ended_by,
    measured,
    reached,
    reckon,
)
from workorder.sla.verbs import Calendar

_MICRO = timedelta(microseconds=1)


def in_open_hours(duration: Duration) -> bool:
    """Whether shares of *duration* are shares of open time; else of all time."""
    return isinstance(duration, Working | WorkingDays)


def due_of(clock: Clock, pieces: Pieces, cap: datetime | None = None) -> Reckoned:
    """When *clock* is due: its target, as extended, and never later than its ceiling or *cap*.

    Args:
        clock: which target, extensions and ceiling.
        pieces: what it has counted so far; the last goes on.
        cap: when something is due that it must not outlast.
    """
    duration = duration_of(clock.target)
    found = reckon(duration, pieces, clock.given)
    for granted in clock.extended:
        until = pushed(granted, duration, pieces)
        if until > found.instant:
            found = Reckoned(until, found.provisional)
    if cap is not None and cap <= pieces[0].start:  # missed before it began: that caps nothing
        cap = None
    least = min((each for each in (clock.ceiling, cap) if each is not None), default=None)
    return Reckoned(least) if least is not None and least < found.instant else found


def pushed(granted: Extended, duration: Duration, pieces: Pieces) -> datetime:
    """The instant that was granted, later by what of it was paused since."""
    until = granted.until
    for before, after in pairwise(pieces):
        if before.end is None or after.start <= max(before.end, granted.at):
            continue
        begun = max(before.end, granted.at)
        if begun >= until:
            break
        until = _later(until, begun, after.start, duration, pieces[0].start, after.calendar)
    return until


def _later(
    until: datetime,
    begun: datetime,
    ended: datetime,
    duration: Duration,
    start: datetime,
    calendar: Calendar,
) -> datetime:
    """*until* moved by what lies between *begun* and *ended*, in the unit of *duration*, which was
    received at *start*: by as many of its days as end there.
    """
    if isinstance(duration, Working):
        return calendar.add(until, calendar.between(begun, ended)).astimezone(UTC)
    if not isinstance(duration, Dated):
        return until + (ended - begun)
    local = until.astimezone(calendar.timezone)
    last = calendar.local_date(until - _MICRO)
    first, final = (ended_by(calendar, duration, each, start) for each in (begun, ended))
    if isinstance(duration, WorkingDays):
        moved = calendar.add_days(last, calendar.days_between(first, final))
    else:
        moved = last + (final - first)
    return (
        (local.replace(tzinfo=None) + (moved - last)).replace(tzinfo=local.tzinfo).astimezone(UTC)
    )


def next_mark(
    clock: Clock, ladder: Ladder, pieces: Pieces, due: datetime
) -> tuple[str, datetime] | None:
    """The mark of *clock* that is reached next, and when; ``None`` when there is none left.

    Only what can come next is reckoned: of marks at shares the first, and marks after due only
    when due has passed.
    """
    if BREACH in clock.fired:
        coming = _late(clock, ladder, pieces, due)
    else:
        coming = _early(clock, ladder, pieces, due)
    return min(coming, key=lambda mark: mark[1], default=None)


def _early(
    clock: Clock, ladder: Ladder, pieces: Pieces, due: datetime
) -> Iterator[tuple[str, datetime]]:
    yield BREACH, due + NEXT
    duration = duration_of(clock.target)
    working = in_open_hours(duration)
    shares = [each for each in ladder.shares if each[1] not in clock.fired]
    total = measured(pieces, due, working=working) if shares else timedelta(0)
    for percent, name in shares:
        instant = reached(pieces, total * percent // 100, working=working)
        told = _opened(ladder, name, instant, due, pieces)
        yield name, told
        if told == instant:  # one that waits for an opening may be overtaken
            break
    for amount, name in ladder.early:
        if name not in clock.fired:
            instant = before_due(due, amount, pieces[-1].calendar)
            if instant > pieces[0].start:
                yield name, _opened(ladder, name, instant, due, pieces)


def _late(
    clock: Clock, ladder: Ladder, pieces: Pieces, due: datetime
) -> Iterator[tuple[str, datetime]]:
    calendar = pieces[-1].calendar
    for place, name in ladder.late:
        if name in clock.fired:
            continue
        try:
            if isinstance(place, Share):
                working = in_open_hours(duration_of(clock.target))
                total = measured(pieces, due, working=working)
                instant = reached(pieces, total * place.percent // 100, working=working)
            else:
                instant = calendar.due(due, place).instant.astimezone(UTC)
            told = _opened(ladder, name, max(instant, due + NEXT), None, pieces)
        except InvalidInput as error:
            if error.code != "unpublished":
                raise
            continue  # it waits until the dates are known: nothing else has to
        yield name, told


def before_due(due: datetime, amount: Duration, calendar: Calendar) -> datetime:
    """The instant that lies *amount* before *due*."""
    if isinstance(amount, Working):
        return calendar.subtract(due, amount.amount).astimezone(UTC)
    if isinstance(amount, Elapsed):
        return due - amount.amount
    assert isinstance(amount, Dated)  # noqa: S101 (the text of a mark allows no other)
    local = due.astimezone(calendar.timezone)
    last = calendar.local_date(due - _MICRO)
    if isinstance(amount, WorkingDays):
        day = calendar.add_days(last, -amount.number)
    else:
        day = last - timedelta(days=amount.number)
    return (local.replace(tzinfo=None) - (last - day)).replace(tzinfo=local.tzinfo).astimezone(UTC)


def _opened(
    ladder: Ladder, name: str, instant: datetime, due: datetime | None, pieces: Pieces
) -> datetime:
    """When the mark is told of: at the next opening, where it waits for that and it is not too
    late then.
    """
    if not ladder.by_name[name].open_hours:
        return instant
    calendar = pieces[-1].calendar
    if calendar.is_open(instant):
        return instant
    opening = calendar.next_open(instant).astimezone(UTC)
    return instant if due is not None and opening > due else opening


def dued(clock: Clock, levels: ServiceLevels, cap: datetime | None) -> Clock:
    """A running clock with its due instant and its next mark, as they follow from its segments."""
    if clock.state != "running":
        return clock
    pieces = levels.pieces(clock.segments)
    found = due_of(clock, pieces, cap)
    due = found.instant
    last = clock.segments[-1]
    ref = levels.calendar_ref(last.calendar.partition("@")[0], last.start, max(due, last.start))
    segments = clock.segments
    if ref != last.calendar:
        here = Segment(last.start, ref, last.policy, last.end, last.runs, last.cause)
        segments = (*segments[:-1], here)
    coming = next_mark(clock, levels.ladder(clock.metric), pieces, due)
    name, instant = coming if coming is not None else (None, None)
    return set_to(
        clock,
        segments=segments,
        due=due,
        promised=due if clock.promised is None else clock.promised,
        provisional=found.provisional,
        mark=name,
        mark_at=instant,
    )


def fired(clock: Clock, levels: ServiceLevels, at: datetime) -> Clock:
    """*clock* after its next mark was reached, noted at *at*."""
    if clock.mark is None or clock.due is None:
        return clock
    passed = set_to(clock, fired=(*clock.fired, clock.mark), marked=clock.mark_at)
    if clock.mark == BREACH and clock.breached is None:
        passed = set_to(passed, breached=clock.due, detected=at)
    pieces = levels.pieces(clock.segments)
    coming = next_mark(passed, levels.ladder(clock.metric), pieces, clock.due)
    name, instant = coming if coming is not None else (None, None)
    return set_to(passed, mark=name, mark_at=instant)
