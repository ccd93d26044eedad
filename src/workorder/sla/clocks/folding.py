"""The fold: the clocks of a ticket, a moment, and the clocks after it. Pure.

``advance`` serves all clocks of a ticket at once: what follows from one for the others is settled
at the end (:mod:`~workorder.sla.clocks.settling`). Each clock by itself is one pass through
:func:`folded`: what time did, then cancel, stop, reset, another target, extension, pause, start, in
that order; the first two end the cycle. How it starts, turns, changes and ends stands in modules of
these names.
"""

from collections.abc import Mapping
from datetime import datetime

from attrs import evolve

from workorder.clocks import Clock, state_of
from workorder.clocks import changed as set_to
from workorder.sla.clocks.ending import (
    cancelled,
    finished,
    last_instant,
    overdue,
    used_up,
    withdrawn,
)
from workorder.sla.clocks.levels import ServiceLevels
from workorder.sla.clocks.metric import Metric
from workorder.sla.clocks.moments import Moment
from workorder.sla.clocks.retargeting import extended, targeted
from workorder.sla.clocks.settling import NOTHING, Advanced, settled
from workorder.sla.clocks.starting import started
from workorder.sla.clocks.turning import is_paused, onward, pausing

Clocks = Mapping[str, Clock]

_NOTHING: frozenset[str] = frozenset()


def advance(clocks: Clocks, moment: Moment, levels: ServiceLevels) -> Advanced:
    """What *moment* does to *clocks*.

    Args:
        clocks: as they stand, by metric.
        moment: what happened.
        levels: what is promised, and by which calendars.
    """
    changed: dict[str, Clock] = {}
    moved = moment.changed_among(levels.standing)
    action = moment.now.value("action") if len(moment.views) == 1 else None
    passing = moved is not None and action is not None and moment.extension is None
    if passing and not moved and _nobody(clocks, str(action), levels):
        return NOTHING
    view = moment.now
    for metric, interest in levels.interests:
        state = state_of(clocks, metric.name)
        waits = state is not None or not interest.level_start
        if passing and waits and not interest.stirred(state, view, action, moved or _NOTHING):
            continue
        known = clocks[metric.name] if state is not None else None
        after = folded(known, metric, moment, levels)
        if after is not None and after is not known:
            only_paused = known is not None and _only_paused(known, after)
            changed[metric.name] = after if only_paused else used_up(after, levels, moment.at)
    for name in clocks:
        if name not in levels.by_name and clocks[name].active:  # a metric that is no more
            changed[name] = cancelled(clocks[name], moment.at)
    if not changed:
        return NOTHING
    return settled(clocks, changed, levels)


def _nobody(clocks: Clocks, action: str, levels: ServiceLevels) -> bool:
    """Whether no metric waits for *action*, where nothing that stands is another than before."""
    if action in levels.by_action or levels.restless:
        return False
    if any(name not in clocks for name in levels.level_starts):
        return False
    return all(name in levels.by_name for name in clocks)


def folded(
    clock: Clock | None, metric: Metric, moment: Moment, levels: ServiceLevels
) -> Clock | None:
    """*clock* after *moment*; the same object if nothing happened to it."""
    if clock is None:
        return started(None, metric, moment, levels)
    if not clock.active:
        return _again(clock, metric, moment, levels)
    at = max(moment.at, last_instant(clock))
    clock = overdue(clock, at)
    if moment.holds(metric.cancels):
        return cancelled(clock, at)
    if moment.holds(metric.stops):
        done = finished(clock, _effective(clock, moment, at))
        anew = started(done, metric, moment, levels) if metric.repeat else None
        return done if anew is None else anew
    if moment.holds(metric.resets):
        return started(clock, metric, moment, levels, anyway=True) or cancelled(clock, at)
    if moment.changed(levels.selectors[metric.name]):
        clock = targeted(clock, metric, moment, levels, at)
    if not clock.active:  # nothing is promised any more
        return clock
    effective = _effective(clock, moment, at)
    after = clock
    if moment.extension is not None and metric.extendable:
        after = extended(clock, moment.extension, levels, effective)
    after = pausing(after, metric, moment, effective)
    if after is clock or moment.effective is None:
        return after
    return withdrawn(after, levels, effective)


def _effective(clock: Clock, moment: Moment, at: datetime) -> datetime:
    """When what happened at *at* took effect, as far as that lies in the present segment."""
    if moment.effective is None:
        return at
    return min(max(moment.effective, last_instant(clock)), at)


def _again(clock: Clock, metric: Metric, moment: Moment, levels: ServiceLevels) -> Clock | None:
    """A clock that ended: taken up again, or started anew, or left as it is."""
    if metric.stands_stopped and moment.holds(metric.stops):
        return clock
    if moment.holds(metric.reopens) and not moment.holds(metric.cancels):
        at = max(moment.at, last_instant(clock))
        if clock.state == "cancelled":
            return _restored(clock, metric, moment, levels, at)
        if metric.on_reopen == "restart":
            return started(clock, metric, moment, levels, anyway=True)
        if metric.on_reopen == "resume":
            return targeted(_resumed(clock, metric, moment, levels, at), metric, moment, levels, at)
        return clock
    if metric.repeat:
        return started(clock, metric, moment, levels) or clock
    return clock


def _resumed(
    clock: Clock, metric: Metric, moment: Moment, levels: ServiceLevels, at: datetime
) -> Clock:
    """The next cycle, with what was used; the time since it ended is not counted.

    Marks on the way that were reached are behind it; its breach, and what follows, is its own.
    """
    on_the_way = levels.ladder(metric.name).on_the_way
    runs = not is_paused(metric, moment, runs=True)
    segments = (*clock.segments, onward(clock, at, moment.number, runs=runs))
    return set_to(
        clock,
        state="running" if runs else "paused",
        cycle=clock.cycle + 1,
        segments=segments,
        fired=tuple(each for each in clock.fired if each in on_the_way),
        due=None,
        promised=None,
        breached=None,
        detected=None,
    )


def _restored(
    clock: Clock, metric: Metric, moment: Moment, levels: ServiceLevels, at: datetime
) -> Clock:
    """A cancelled cycle goes on as if it had never been: the time between counts."""
    last = clock.segments[-1]
    segments = (*clock.segments[:-1], evolve(last, end=None))
    back = set_to(clock, state="running" if last.runs else "paused", segments=segments)
    clock = targeted(overdue(back, at), metric, moment, levels, at)
    return pausing(clock, metric, moment, at) if clock.active else clock


def _only_paused(old: Clock, new: Clock) -> bool:
    """Whether nothing else happened to a clock that ran: by its due instant it was not late."""
    return old.state == "running" and all(
        (
            old.cycle == new.cycle,
            old.target == new.target,
            old.given == new.given,
            old.segments[0].calendar == new.segments[0].calendar,
        )
    )
