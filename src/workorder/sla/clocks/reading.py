"""What a clock says at an instant."""

from datetime import datetime, timedelta
from typing import Any

from attrs import frozen

from workorder.clocks import Clock, ClockState, Verdict
from workorder.durations import Dated, Duration, Working
from workorder.instants import aware, instant_text
from workorder.sla.clocks.dues import due_of
from workorder.sla.clocks.ending import overdue
from workorder.sla.clocks.levels import ServiceLevels
from workorder.sla.clocks.pieces import days_used, days_within, duration_of, measured
from workorder.sla.clocks.turning import turned
from workorder.texts import Label

Amount = timedelta | int
"""A length of time, or a number of days, as the target counts."""


@frozen
class Reading:
    """A clock at an instant.

    Attributes:
        clock: as it stands at that instant.
        at: the instant, in UTC.
        label: what the metric is called.
        state: running, paused, finished or cancelled.
        used: how much of the time was used: a length, or the number of days that have ended.
        remaining: how much is left; below zero when it is over.
        due: when it is due; ``None`` while it is paused.
        if_resumed: for a paused clock, when it would be due if it went on now.
        breached_at: the instant at which time was used up, if it was.
        next_mark: the next mark.
        next_mark_at: when that is reached.
        provisional: the due instant depends on dates that are not official yet.
    """

    clock: Clock
    at: datetime
    label: Label
    state: ClockState
    used: Amount
    remaining: Amount
    due: datetime | None
    if_resumed: datetime | None
    breached_at: datetime | None
    next_mark: str | None
    next_mark_at: datetime | None
    provisional: bool

    @property
    def breached(self) -> bool:
        """Whether more time was used than there was; at the due instant itself, it was not yet."""
        return self.breached_at is not None

    @property
    def target(self) -> Duration:
        """How long it may take."""
        return duration_of(self.clock.target)

    @property
    def verdict(self) -> Verdict | None:
        """How this cycle ended, if it did."""
        return self.clock.verdict

    def as_data(self) -> dict[str, Any]:
        """Plain data: instants as text, lengths in seconds, days as numbers."""
        said = {
            "metric": self.clock.metric,
            "state": self.state,
            "cycle": self.clock.cycle,
            "target": self.clock.target,
            "at": instant_text(self.at),
            "used": _plain(self.used),
            "remaining": _plain(self.remaining),
            "due": self.due,
            "promised": self.clock.promised,
            "if_resumed": self.if_resumed,
            "breached_at": self.breached_at,
            "detected_at": self.clock.detected,
            "next_mark": self.next_mark,
            "next_mark_at": self.next_mark_at,
            "provisional": self.provisional,
        }
        return {k: instant_text(v) if isinstance(v, datetime) else v for k, v in said.items()}


def _plain(amount: Amount) -> float | int:
    return amount if isinstance(amount, int) else amount.total_seconds()


def read(clock: Clock, now: datetime, levels: ServiceLevels) -> Reading:
    """What *clock* says at *now*; nothing is changed by looking.

    An instant before the last that is known of the clock is raised to that.

    Raises:
        InvalidInput: ``naive_datetime``.
    """
    at = max(aware(now, "now"), clock.segments[-1].start)
    last = clock.segments[-1].end
    if last is not None:
        at = max(at, last)
    clock = overdue(clock, at)
    until = last if last is not None else at
    used, remaining = amounts(clock, levels, until)
    due = clock.due if clock.state != "paused" else None
    resumed = None
    if clock.state == "paused":
        again = turned(clock, at, 0, runs=True)
        resumed = due_of(again, levels.pieces(again.segments)).instant
    metric = levels.by_name.get(clock.metric)
    return Reading(
        clock,
        at,
        metric.label if metric is not None else Label(clock.metric),
        clock.state,
        used,
        remaining,
        due,
        resumed,
        clock.breached,
        clock.mark,
        clock.mark_at,
        clock.provisional,
    )


def amounts(clock: Clock, levels: ServiceLevels, until: datetime) -> tuple[Amount, Amount]:
    """What *clock* has used by *until*, and what is left, in the unit of its target."""
    duration = duration_of(clock.target)
    pieces = levels.pieces(clock.segments)
    used: Amount
    if isinstance(duration, Dated):
        used = days_used(duration, pieces, until)
    else:
        used = measured(pieces, until, working=isinstance(duration, Working))
    if clock.state == "running" or clock.due is not None:
        due = clock.due or due_of(clock, pieces).instant
    else:
        again = turned(clock, until, 0, runs=True)
        due = due_of(again, levels.pieces(again.segments)).instant
    return _left(clock, duration, levels, until, due, used)


def _left(
    clock: Clock,
    duration: Duration,
    levels: ServiceLevels,
    until: datetime,
    due: datetime,
    used: Amount,
) -> tuple[Amount, Amount]:
    """What was used, and what is left until *due*, as if the clock ran from *until* on."""
    ran = turned(clock, until, 0, runs=True) if clock.state != "running" else clock
    pieces = levels.pieces(ran.segments)
    if isinstance(duration, Dated):
        if until <= due:
            return used, days_within(duration, pieces, until, due)
        return used, -days_within(duration, pieces, due, until)
    working = isinstance(duration, Working)
    here = pieces[-1].calendar
    left = here.between(until, due) if working else due - until
    if until > due:
        left = -(measured(pieces, until, working=working) - measured(pieces, due, working=working))
    return used, left
