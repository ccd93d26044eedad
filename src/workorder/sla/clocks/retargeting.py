"""Other targets, other calendars and longer times, while a cycle goes on."""

from datetime import datetime

from attrs import evolve

from workorder.clocks import Clock, Extended, Segment
from workorder.clocks import changed as set_to
from workorder.sla.clocks.ending import cancelled
from workorder.sla.clocks.levels import Choice, ServiceLevels
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
    if metric.anchor == AT or begun >= first.start or clock.verdicts or not first.runs:
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
    policy = levels.policy_ref(choice.policy, metric.name)
    text = choice.target.text
    here = last.calendar.partition("@")[0] == choice.calendar
    given = given_with(choice.target, moment.now) or clock.given
    if here and text == clock.target and last.policy == policy:
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
    limit = extension_limit(clock, levels)
    granted = until if limit is None else min(until, limit)
    if clock.due is not None and granted <= clock.due:
        return clock
    more = Extended(granted, at, clock.due)
    return set_to(clock, extended=(*clock.extended, more), mark=None, mark_at=None)


def extension_limit(clock: Clock, levels: ServiceLevels) -> datetime | None:
    """The latest instant that the next extension of *clock* may reach; ``None`` where there is no
    limit. Where its target allows no further extension, the due instant as it is. What was promised
    for a ticket that was merged into this one is not put off.
    """
    limit = _limit(clock, levels)
    known = [each for each in (limit, clock.ceiling) if each is not None]
    return min(known, default=None)


def _limit(clock: Clock, levels: ServiceLevels) -> datetime | None:
    """What its target allows."""
    target = levels.target_of(clock)
    if (
        target is None
    ):  # nobody knows any more how far it may reach: what the law asks for, no further
        metric = levels.by_name.get(clock.metric)
        return (clock.due or clock.promised) if metric is not None and metric.statutory else None
    if not target.extends_to:
        return None
    steps = target.extends_to
    if len(clock.extended) >= len(steps):
        return clock.due or clock.promised
    pieces = levels.pieces(clock.segments)
    if not pieces or pieces[-1].end is not None:
        last = clock.segments[-1]
        here = Segment(last.start, last.calendar, last.policy)
        pieces = levels.pieces((*clock.segments[:-1], here))
    return reckon(steps[len(clock.extended)], pieces, clock.given).instant
