"""Clocks and what they are made of: frozen values."""

from collections.abc import Mapping
from datetime import datetime
from operator import attrgetter
from typing import Any, Literal

from attrs import fields, frozen

ClockState = Literal["running", "paused", "finished", "cancelled"]

CLOCK_STATES: tuple[ClockState, ...] = ("running", "paused", "finished", "cancelled")

WITHDRAWN = "-"
"""What stands before a mark that was reached, and turned out not to have been."""


@frozen
class Segment:
    """A stretch of a clock's life, counted one way.

    Attributes:
        start: from when, in UTC.
        calendar: by which calendar: its name, and a digest of the dates it was made of.
        policy: under which policy: its name, and a digest of what it said.
        end: until when, in UTC; ``None`` while it goes on.
        runs: whether it counts; a pause does not.
        cause: number of the event it began with.
    """

    start: datetime
    calendar: str
    policy: str
    end: datetime | None = None
    runs: bool = True
    cause: int = 0


@frozen
class Extended:
    """A longer time that was granted, from when it counted.

    Attributes:
        until: the due instant that was granted, in UTC.
        at: since when it counts: the customer was told.
        before: the due instant until then; ``None`` while the clock was paused.
    """

    until: datetime
    at: datetime
    before: datetime | None = None


@frozen
class Verdict:
    """How a cycle ended. It is never judged again.

    Attributes:
        cycle: which.
        started: when it began.
        ended: when it was finished.
        met: whether the target was met: what it asks for came at the due instant or before.
        due: when it was due, at its end; ``None`` if it ended while paused.
        promised: when it was due at first.
        breached: the instant at which time was used up, if it was.
        detected: when that was noted.
        provisional: the due instant depended on dates that were not official.
    """

    cycle: int
    started: datetime
    ended: datetime
    met: bool
    due: datetime | None = None
    promised: datetime | None = None
    breached: datetime | None = None
    detected: datetime | None = None
    provisional: bool = False


@frozen
class Clock:
    """One SLA clock as it stands.

    Attributes:
        metric: what it measures.
        state: running, paused, finished or cancelled.
        target: how long it may take, as the text of a duration.
        segments: its life in this cycle; the last one goes on unless it is finished or cancelled.
        cycle: 1, 2, 3…; a new one begins whenever it starts again.
        due: when it is due, in UTC, while it runs; at its end, what it was.
        promised: when it was due at first, in this cycle.
        provisional: whether that depends on dates that are not official yet.
        ceiling: no later than this, whatever the target says: what was merged into the ticket was
            due by then.
        given: instants that came with the ticket, for targets that ask for them.
        extended: extensions granted in this cycle.
        breached: the instant at which time was used up, if that was noted.
        detected: when it was noted.
        mark: the next mark.
        mark_at: when that is reached.
        fired: marks of this cycle that were reached; with ``-`` before it a breach, or what
            follows one, that was none, because it was known too late that there was more time.
        marked: when the last of them was.
        verdicts: how earlier cycles, and a finished one, ended.
        leads: its due instant is the ticket's.
    """

    metric: str
    state: ClockState
    target: str
    segments: tuple[Segment, ...]
    cycle: int = 1
    due: datetime | None = None
    promised: datetime | None = None
    provisional: bool = False
    ceiling: datetime | None = None
    given: Mapping[str, datetime] = {}
    extended: tuple[Extended, ...] = ()
    breached: datetime | None = None
    detected: datetime | None = None
    mark: str | None = None
    mark_at: datetime | None = None
    fired: tuple[str, ...] = ()
    marked: datetime | None = None
    verdicts: tuple[Verdict, ...] = ()
    leads: bool = False

    @property
    def active(self) -> bool:
        """Whether it still measures: it runs, or is paused."""
        return self.state in {"running", "paused"}

    @property
    def started(self) -> datetime:
        """When this cycle began."""
        return self.segments[0].start

    @property
    def verdict(self) -> Verdict | None:
        """How this cycle ended, if it did."""
        last = self.verdicts[-1] if self.verdicts else None
        return last if last is not None and last.cycle == self.cycle else None

    @property
    def mark_id(self) -> str | None:
        """What tells its next mark apart from all others of the ticket."""
        if self.mark is None:
            return None
        again = self.fired.count(WITHDRAWN + self.mark) if self.fired else 0
        return f"{self.metric}/{self.cycle}/{self.mark}" + (f"+{again}" if again else "")


_NAMES = tuple(each.name for each in fields(Clock))
_READ = attrgetter(*_NAMES)
_PLACES = {name: place for place, name in enumerate(_NAMES)}


def changed(clock: Clock, **values: Any) -> Clock:
    """*clock* with other *values*: what :func:`attrs.evolve` answers, in half the time."""
    given = list(_READ(clock))
    for name, value in values.items():
        given[_PLACES[name]] = value
    return Clock(*given)
