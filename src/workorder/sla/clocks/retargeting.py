"""Other targets, other calendars and longer times, while a cycle goes on."""

from datetime import datetime, timedelta

from attrs import evolve

from workorder.clocks import Clock, Extended, Segment
from workorder.clocks import changed as set_to
from workorder.sla.clocks.dues import due_of
from workorder.sla.clocks.ending import cancelled
from workorder.sla.clocks.levels import TWIN, Choice, ServiceLevels
from workorder.sla.clocks.metric import AT, Metric
from workorder.sla.clocks.moments import Moment
from workorder.sla.clocks.pieces import reckon
from workorder.sla.clocks.starting import anchor_of, given_with, started
from workorder.sla.clocks.turning import closed


def targeted(
    clock: Clock, metric: Metric, moment: Moment, levels: ServiceLevels, at: datetime
) -> Clock:
    """*clock* under the target that applies now; the same object if that is what it has."""
    choice = levels.choice(metric.name, moment.now)
    if choice is not None:
        return anchored(retargeted(clock, metric, moment, levels, choice, at), metric, moment)
    if clock.ceiling is not None:  # promised for a ticket that was merged into this one
        return clock
    return cancelled(clock, at)


def anchored(clock: Clock, metric: Metric, moment: Moment) -> Clock:
    """*clock* counted from its anchor, where that turns out to lie earlier; never from later: what
    was promised is not put off by a correction.
    """
    first = clock.segments[0]
    begun = anchor_of(metric, moment)
    again = clock.cycle > 1 or clock.verdicts
    if metric.anchor == AT or begun >= first.start or again or not first.runs:
        return clock
    return set_to(clock, segments=(evolve(first, start=begun), *clock.segments[1:]))


def retargeted(
    clock: Clock,
    metric: Metric,
    moment: Moment,
    levels: ServiceLevels,
    choice: Choice,
    at: datetime,
) -> Clock:
    """*clock* under *choice*, by the way in which its metric takes a change."""
    last = clock.segments[-1]
    policy = levels.target_ref(choice)
    text = choice.target.text
    here = last.calendar.partition("@")[0] == choice.calendar
    given = given_with(choice.target, moment.now) or clock.given
    same = last.policy.partition(TWIN)[0] == policy.partition(TWIN)[0]
    if here and text == clock.target and same:
        if last.policy != policy:  # as long, and extended otherwise: no other promise
            as_now = evolve(last, policy=policy)
            clock = set_to(clock, segments=(*clock.segments[:-1], as_now))
        return clock if given == clock.given else evolve(clock, given=given)
    if metric.on_change == "restart":
        return started(clock, metric, moment, levels, anyway=True) or cancelled(clock, at)
    ref = levels.calendar_ref(choice.calendar, last.start, at)
    if metric.on_change == "retroactive":
        segments = tuple(evolve(each, calendar=ref, policy=policy) for each in clock.segments)
    else:
        begun = Segment(at, ref, policy, runs=last.runs, cause=moment.number)
        segments = (*closed(clock.segments, at), begun)
        if segments[0].start == segments[-1].start and len(segments) > 1:
            segments = segments[1:]
    return set_to(clock, target=text, segments=segments, given=given)


def extended(clock: Clock, until: datetime, levels: ServiceLevels, at: datetime) -> Clock:
    """*clock* with an extension; never beyond what its target allows, nor to an earlier instant."""
    limit = extension_limit(clock, levels, at)
    granted = until if limit is None else min(until, limit)
    due = _due_from(clock, levels, at)
    if granted <= due:
        return clock
    more = Extended(granted, at, due)
    ceiling = None if clock.ceiling is None else max(clock.ceiling, granted)
    return set_to(clock, extended=(*clock.extended, more), ceiling=ceiling, mark=None, mark_at=None)


def extension_limit(clock: Clock, levels: ServiceLevels, at: datetime) -> datetime | None:
    """The latest instant that an extension of *clock* at *at* may reach; ``None`` where there is no
    limit. Where its target allows no further extension, the due instant as it is. What was promised
    for a ticket that was merged into this one is put off by no more than this one's own promise.
    """
    limit = _limit(clock, levels, at)
    if limit is None or clock.ceiling is None:
        return limit
    own = _due_from(set_to(clock, ceiling=None), levels, at)
    return min(limit, clock.ceiling + max(limit - own, timedelta(0)))


def _due_from(clock: Clock, levels: ServiceLevels, at: datetime) -> datetime:
    """When *clock* is due; if it is paused, when it would be if it went on at *at*."""
    return due_of(clock, levels.pieces(_onward(clock, at))).instant


def _onward(clock: Clock, at: datetime) -> tuple[Segment, ...]:
    """Its segments, the last of which runs: from *at* on, where it is paused."""
    if clock.state == "running":
        return clock.segments
    segments = closed(clock.segments, at)
    last = clock.segments[-1]
    return (*segments, Segment(max(at, last.start), last.calendar, last.policy))


def _limit(clock: Clock, levels: ServiceLevels, at: datetime) -> datetime | None:
    """What its target allows."""
    target = levels.target_of(clock)
    if (
        target is None
    ):  # nobody knows any more how far it may reach: what the law asks for, no further
        metric = levels.by_name.get(clock.metric)
        statutory = metric is not None and metric.statutory
        return _due_from(clock, levels, at) if statutory else None
    if not target.extends_to:
        return None
    steps = target.extends_to
    if len(clock.extended) >= len(steps):
        return _due_from(clock, levels, at)
    pieces = levels.pieces(_onward(clock, at))
    return reckon(steps[len(clock.extended)], pieces, clock.given).instant
