"""How cycles begin: when, under which target, and counting from when."""

from collections.abc import Mapping
from datetime import UTC, datetime

from workorder.clocks import Clock, Segment
from workorder.sla.clocks.dues import dued
from workorder.sla.clocks.ending import finished, last_instant, used_up
from workorder.sla.clocks.levels import Choice, ServiceLevels
from workorder.sla.clocks.metric import AT, OPENED, Metric
from workorder.sla.clocks.moments import Moment, View, instant_in
from workorder.sla.clocks.policy import Target
from workorder.sla.clocks.turning import is_paused


def started(
    clock: Clock | None,
    metric: Metric,
    moment: Moment,
    levels: ServiceLevels,
    *,
    anyway: bool = False,
) -> Clock | None:
    """A first or a next cycle, if the moment starts one and something is promised."""
    if not anyway and not moment.holds(metric.starts):
        return None
    if moment.holds(metric.cancels):
        return None
    view = moment.now
    choice = levels.choice(metric.name, view)
    if choice is None:
        return None
    begun = moment.at if anyway else anchor_of(metric, moment)
    earlier = clock.verdicts if clock is not None else ()
    cycle = clock.cycle + 1 if clock is not None else 1
    if clock is not None:
        begun = max(begun, last_instant(clock))
    ran = clock is None or clock.state != "paused"
    segments = _segments(metric, moment, levels, choice, begun, ran=ran)
    made = Clock(
        metric.name,
        "running" if segments[-1].runs else "paused",
        choice.target.text,
        segments,
        cycle,
        # What another ticket was promised is not forgotten because this one begins again.
        ceiling=clock.ceiling if clock is not None and clock.active else None,
        given=given_with(choice.target, view),
        verdicts=earlier,
        leads=clock.leads if clock is not None else False,
    )
    if anyway or not moment.holds(metric.stops):
        return made
    if metric.repeat:
        return None if metric.stands_stopped else made
    at = max(moment.at, begun)
    return finished(used_up(dued(made, levels, None), levels, at), at)


def anchor_of(metric: Metric, moment: Moment) -> datetime:
    """From when a clock counts; never from after the moment."""
    if metric.anchor == AT:
        return moment.at
    for name in (metric.anchor, OPENED):
        found = moment.now.value(name)
        if isinstance(found, datetime) and found.utcoffset() is not None:
            return min(found.astimezone(UTC), moment.at)
    return moment.at


def given_with(target: Target, view: View) -> Mapping[str, datetime]:
    """The instants that *target* asks for, as far as they are there."""
    found = {}
    for name in target.asked:
        instant = instant_in(view, name)
        if instant is not None:
            found[name] = instant
    return found


def _segments(
    metric: Metric,
    moment: Moment,
    levels: ServiceLevels,
    choice: Choice,
    begun: datetime,
    *,
    ran: bool,
) -> tuple[Segment, ...]:
    """From *begun* until now, and on from now; what the ticket waited meanwhile does not count. A
    pause that only something ends goes on, unless it *ran* before.
    """
    policy = levels.target_ref(choice)
    # The dates it is made of are known by their digest once it is known how far it reaches.
    calendar = choice.calendar
    if begun < moment.at:
        calendar = levels.calendar_ref(choice.calendar, begun, moment.at)
    made: list[Segment] = []
    cause = moment.number
    reached = begun
    if begun < moment.at and metric.resume is None:
        for wait in sorted(moment.waits, key=lambda each: each.start):
            start, end = max(wait.start, reached), min(wait.end, moment.at)
            if start < end and metric.pauses(wait.view):
                if reached < start:
                    made.append(Segment(reached, calendar, policy, start, cause=cause))
                made.append(Segment(start, calendar, policy, end, runs=False, cause=cause))
                reached = end
    if is_paused(metric, moment, runs=ran):
        if reached < moment.at:
            made.append(Segment(reached, calendar, policy, moment.at, cause=cause))
        made.append(Segment(max(moment.at, reached), calendar, policy, runs=False, cause=cause))
    else:
        made.append(Segment(reached, calendar, policy, cause=cause))
    return tuple(made)
