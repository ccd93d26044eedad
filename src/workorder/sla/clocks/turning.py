"""Turning a clock: from running to paused and back, a segment more each time."""

from datetime import datetime

from attrs import evolve

from workorder.clocks import Clock, Segment
from workorder.clocks import changed as set_to
from workorder.sla.clocks.metric import Metric
from workorder.sla.clocks.moments import Moment


def is_paused(metric: Metric, moment: Moment, *, runs: bool) -> bool:
    """Whether it does not count from this moment on, if it has counted (*runs*) until then."""
    if metric.resume is None:
        return metric.pauses(moment.now)
    if moment.holds(metric.resumes):
        return False
    return not runs or moment.holds(metric.pauses)


def pausing(clock: Clock, metric: Metric, moment: Moment, at: datetime) -> Clock:
    """*clock* paused, or running again, as the moment says."""
    runs = clock.state == "running"
    if is_paused(metric, moment, runs=runs) != runs:
        return clock
    return turned(clock, at, moment.number, runs=not runs)


def turned(clock: Clock, at: datetime, cause: int, *, runs: bool) -> Clock:
    """*clock* paused at *at*, or running again; its due instant is not reckoned yet."""
    begun = onward(clock, at, cause, runs=runs)
    return set_to(
        clock,
        state="running" if runs else "paused",
        segments=(*closed(clock.segments, at), begun),
        due=None,
        mark=None,
        mark_at=None,
    )


def closed(segments: tuple[Segment, ...], at: datetime) -> tuple[Segment, ...]:
    """*segments*, the last of which ends at *at*; it is left out if nothing is left of it."""
    last = segments[-1]
    if last.end is not None:
        return segments
    if last.start >= at and len(segments) > 1:
        return segments[:-1]
    return (*segments[:-1], evolve(last, end=max(at, last.start)))


def onward(clock: Clock, at: datetime, cause: int, *, runs: bool) -> Segment:
    """A segment from *at* on, by the calendar and under the policy of the last one."""
    last = clock.segments[-1]
    return Segment(at, last.calendar, last.policy, runs=runs, cause=cause)
