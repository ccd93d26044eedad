"""The fold: a clock, a moment, and the clock after it. Pure.

``advance`` serves all clocks of a ticket at once, for two reasons: an internal target never ends
after a statutory one, and one of them leads. Each clock by itself is one pass through
:func:`folded`: settle what time did, then cancel, stop, reset, another target, extension, pause,
start, in that order; the first two end the cycle.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from attrs import evolve, frozen

from workorder.clocks import Clock, Extended, Segment, Verdict
from workorder.clocks import changed as set_to
from workorder.durations import Duration
from workorder.sla.clocks.dues import due_of, next_mark
from workorder.sla.clocks.levels import Choice, ServiceLevels
from workorder.sla.clocks.marks import BREACH
from workorder.sla.clocks.metric import AT, OPENED, Metric
from workorder.sla.clocks.moments import Moment, View
from workorder.sla.clocks.pieces import asked_of, reckon

Clocks = Mapping[str, Clock]

NO_CLOCKS: Clocks = {}


@frozen
class Revised:
    """A due instant that became another one while the clock went on.

    Attributes:
        clock: the metric of the clock.
        old: when it was due.
        new: when it is due now.
    """

    clock: str
    old: datetime
    new: datetime


@frozen
class Advanced:
    """What a moment did to the clocks of a ticket.

    Attributes:
        changed: the clocks that stand otherwise than before, by metric.
        revised: due instants that became others.
    """

    changed: Clocks = {}
    revised: tuple[Revised, ...] = ()


NOTHING = Advanced()
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
    for metric, interest in levels.interests:
        waits = not interest.level_start or metric.name in clocks
        if passing and waits and not interest.stirred(moment.now, action, moved or _NOTHING):
            continue
        known = clocks.get(metric.name)
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


def settled(clocks: Clocks, changed: dict[str, Clock], levels: ServiceLevels) -> Advanced:
    """*changed*, and what follows for the others: internal targets end no later than statutory
    ones, and one clock leads.
    """
    if _reckons(clocks, changed, levels):
        _due_again(clocks, changed, levels)
    if any(name in levels.leading for name in changed):
        _lead(clocks, changed, levels)
    same = [name for name, clock in changed.items() if clocks.get(name) == clock]
    for name in same:
        del changed[name]
    return Advanced(changed, _revised(clocks, changed))


def _due_again(clocks: Clocks, changed: dict[str, Clock], levels: ServiceLevels) -> None:
    """Reckon what has to be: first the clocks of the law, then what they may cut short. Others are
    not even looked at.
    """
    law = [name for name in levels.statutory if name in clocks or name in changed]
    for name in law:
        clock = changed.get(name)
        if clock is not None and clock.state == "running" and _moved(clocks.get(name), clock):
            changed[name] = dued(clock, levels, None)
    before = _cap([clocks[name] for name in law if name in clocks])
    cap = _cap([changed[name] if name in changed else clocks[name] for name in law])
    for name in [*changed] if cap == before else [*changed, *(clocks.keys() - changed.keys())]:
        clock = changed[name] if name in changed else clocks[name]
        if name in law or clock.state != "running":
            continue
        if cap != before or _moved(clocks.get(name), clock):
            changed[name] = dued(clock, levels, cap)


def reckoned(clocks: Clocks, levels: ServiceLevels) -> Advanced:
    """Every running clock reckoned again, by the dates that *levels* knows now: first those that
    the law asks for, which the others may not outlast. A metric that is no more is left alone.
    """
    after = {**clocks}
    for statutory in (True, False):
        law = [after[name] for name in levels.statutory if name in after]
        cap = None if statutory else _cap(law)
        for name in clocks.keys() & levels.by_name.keys():
            if _statutory(name, levels) == statutory:
                after[name] = dued(after[name], levels, cap)
    changed = {name: after[name] for name in clocks if after[name] != clocks[name]}
    return Advanced(changed, _revised(clocks, changed))


def _revised(clocks: Clocks, changed: Clocks) -> tuple[Revised, ...]:
    """The due instants of *changed* that are others than those of *clocks*."""
    return tuple(
        Revised(name, old.due, new.due)
        for name, new in changed.items()
        for old in (clocks.get(name),)
        if old is not None
        and old.state == new.state == "running"
        and old.cycle == new.cycle
        and old.due is not None
        and new.due is not None
        and old.due != new.due
    )


def _moved(old: Clock | None, new: Clock) -> bool:
    """Whether anything changed by which a due instant is reckoned; a promise stands until then."""
    return old is None or any(getattr(old, name) != getattr(new, name) for name in _RECKONED)


_RECKONED = ("state", "segments", "target", "cycle", "given", "ceiling", "extended")


def _reckons(clocks: Clocks, changed: Clocks, levels: ServiceLevels) -> bool:
    """Whether any due instant may become another: of a clock that runs on otherwise, or because
    the law's clock does.
    """
    return any(
        (clock.state == "running" and _moved(clocks.get(name), clock)) or _statutory(name, levels)
        for name, clock in changed.items()
    )


def _cap(law: Iterable[Clock]) -> datetime | None:
    """The earliest due instant of clocks that are owed to the law."""
    dues = [each.due for each in law if each.state == "running" and each.due is not None]
    return min(dues, default=None)


def _statutory(name: str, levels: ServiceLevels) -> bool:
    metric = levels.by_name.get(name)
    return metric is not None and metric.statutory


def _lead(clocks: Clocks, changed: dict[str, Clock], levels: ServiceLevels) -> None:
    """Let the first of the leading metrics lead that the ticket has a clock for."""
    known = {
        name: changed[name] if name in changed else clocks[name]
        for name in levels.leading
        if name in changed or name in clocks
    }
    first = next((name for name, clock in known.items() if clock.state != "cancelled"), None)
    for name, clock in known.items():
        if clock.leads != (name == first):
            changed[name] = set_to(clock, leads=name == first)


# --- one clock ------------------------------------------------------------------------------


def folded(
    clock: Clock | None, metric: Metric, moment: Moment, levels: ServiceLevels
) -> Clock | None:
    """*clock* after *moment*; the same object if nothing happened to it."""
    if clock is None:
        return _started(None, metric, moment, levels)
    if not clock.active:
        return _again(clock, metric, moment, levels)
    at = max(moment.at, last_instant(clock))
    clock = overdue(clock, at)
    if moment.holds(metric.cancels):
        return cancelled(clock, at)
    if moment.holds(metric.stops):
        done = finished(clock, _effective(clock, moment, at))
        anew = _started(done, metric, moment, levels) if metric.repeat else None
        return done if anew is None else anew
    if moment.holds(metric.resets):
        return _started(clock, metric, moment, levels, anyway=True) or cancelled(clock, at)
    if moment.changed(levels.selectors[metric.name]):
        clock = _targeted(clock, metric, moment, levels, at)
    if not clock.active:  # nothing is promised any more
        return clock
    if moment.extension is not None and metric.extendable:
        clock = _extended(clock, moment.extension, levels, at)
    return _pausing(clock, metric, moment, at)


def _effective(clock: Clock, moment: Moment, at: datetime) -> datetime:
    """When what happened at *at* took effect, as far as that lies in the present segment."""
    if moment.effective is None:
        return at
    return min(max(moment.effective, last_instant(clock)), at)


def last_instant(clock: Clock) -> datetime:
    """The last instant at which something is known of *clock*."""
    last = clock.segments[-1]
    return last.end or last.start


def overdue(clock: Clock, at: datetime) -> Clock:
    """*clock*, its breach noted if time was used up by *at*."""
    if clock.breached is not None or clock.state != "running" or clock.due is None:
        return clock
    return set_to(clock, breached=clock.due, detected=at) if at > clock.due else clock


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


def used_up(clock: Clock, levels: ServiceLevels, at: datetime) -> Clock:
    """A paused clock, its breach noted at *at* if it still ran after its time was used up: its
    target became shorter meanwhile, or it counts from before now.
    """
    if clock.state != "paused" or clock.breached is not None:
        return clock
    last = clock.segments[-1]
    onward = levels.pieces((*clock.segments, _next(clock, last.start, 0, runs=True)))
    due = due_of(clock, onward).instant
    ended = onward[-2].end if len(onward) > 1 else None
    if ended is None or due >= ended:
        return clock
    return set_to(clock, breached=due, detected=max(at, ended))


def _again(clock: Clock, metric: Metric, moment: Moment, levels: ServiceLevels) -> Clock | None:
    """A clock that ended: taken up again, or started anew, or left as it is."""
    if metric.stands_stopped and moment.holds(metric.stops):
        return clock
    if moment.holds(metric.reopens) and not moment.holds(metric.cancels):
        at = max(moment.at, last_instant(clock))
        if clock.state == "cancelled":
            return _restored(clock, metric, moment, levels, at)
        if metric.on_reopen == "restart":
            return _started(clock, metric, moment, levels, anyway=True)
        if metric.on_reopen == "resume":
            return _targeted(_resumed(clock, metric, moment, at), metric, moment, levels, at)
        return clock
    if metric.repeat and clock.state == "finished":
        return _started(clock, metric, moment, levels) or clock
    return clock


def _resumed(clock: Clock, metric: Metric, moment: Moment, at: datetime) -> Clock:
    """The next cycle, with what was used; the time since it ended is not counted."""
    runs = not _is_paused(metric, moment, runs=True)
    segments = (*clock.segments, _next(clock, at, moment.number, runs=runs))
    return set_to(
        clock,
        state="running" if runs else "paused",
        cycle=clock.cycle + 1,
        segments=segments,
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
    clock = _targeted(overdue(back, at), metric, moment, levels, at)
    return _pausing(clock, metric, moment, at) if clock.active else clock


def _next(clock: Clock, at: datetime, cause: int, *, runs: bool) -> Segment:
    last = clock.segments[-1]
    return Segment(at, last.calendar, last.policy, runs=runs, cause=cause)


def _started(
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
    begun = moment.at if anyway else _anchor(metric, moment)
    earlier = clock.verdicts if clock is not None else ()
    cycle = clock.cycle + 1 if clock is not None else 1
    if clock is not None:
        begun = max(begun, last_instant(clock))
    segments = _segments(metric, moment, levels, choice, begun)
    duration = choice.target.within
    made = Clock(
        metric.name,
        "running" if segments[-1].runs else "paused",
        choice.target.text,
        segments,
        cycle,
        given=_given(duration, view),
        verdicts=earlier,
        leads=clock.leads if clock is not None else False,
    )
    if anyway or not moment.holds(metric.stops):
        return made
    if metric.repeat:
        return None if metric.stands_stopped else made
    at = max(moment.at, begun)
    return finished(used_up(dued(made, levels, None), levels, at), at)


def _anchor(metric: Metric, moment: Moment) -> datetime:
    """From when a clock counts; never from after the moment."""
    if metric.anchor == AT:
        return moment.at
    found = moment.now.value(metric.anchor)
    if found is None:
        found = moment.now.value(OPENED)
    if not isinstance(found, datetime) or found.utcoffset() is None:
        return moment.at
    return min(found.astimezone(UTC), moment.at)


def _given(duration: Duration, view: View) -> Mapping[str, datetime]:
    """The instants that *duration* asks for, as far as they are there."""
    found = {}
    for name in sorted(asked_of(duration)):
        value = view.value(name)
        if value is None:
            value = view.value(f"fields.{name}")
        if isinstance(value, datetime):
            found[name] = value.astimezone(UTC)
    return found


def _segments(
    metric: Metric, moment: Moment, levels: ServiceLevels, choice: Choice, begun: datetime
) -> tuple[Segment, ...]:
    """From *begun* until now, and on from now; what the ticket waited meanwhile does not count."""
    policy = levels.policy_ref(choice.policy, metric.name)
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
    if _is_paused(metric, moment, runs=True):
        if reached < moment.at:
            made.append(Segment(reached, calendar, policy, moment.at, cause=cause))
        made.append(Segment(max(moment.at, reached), calendar, policy, runs=False, cause=cause))
    else:
        made.append(Segment(reached, calendar, policy, cause=cause))
    return tuple(made)


def _is_paused(metric: Metric, moment: Moment, *, runs: bool) -> bool:
    """Whether it does not count from this moment on, if it has counted (*runs*) until then."""
    if metric.resume is None:
        return metric.pauses(moment.now)
    if moment.holds(metric.resumes):
        return False
    return not runs or moment.holds(metric.pauses)


def _pausing(clock: Clock, metric: Metric, moment: Moment, at: datetime) -> Clock:
    """*clock* paused, or running again, as the moment says."""
    runs = clock.state == "running"
    if _is_paused(metric, moment, runs=runs) != runs:
        return clock
    return turned(clock, at, moment.number, runs=not runs)


def turned(clock: Clock, at: datetime, cause: int, *, runs: bool) -> Clock:
    """*clock* paused at *at*, or running again; its due instant is not reckoned yet."""
    begun = _next(clock, at, cause, runs=runs)
    return set_to(
        clock,
        state="running" if runs else "paused",
        segments=(*_closed(clock.segments, at), begun),
        due=None,
        mark=None,
        mark_at=None,
    )


def _closed(segments: tuple[Segment, ...], at: datetime) -> tuple[Segment, ...]:
    """*segments*, the last of which ends at *at*; it is left out if nothing is left of it."""
    last = segments[-1]
    if last.end is not None:
        return segments
    if last.start >= at and len(segments) > 1:
        return segments[:-1]
    return (*segments[:-1], evolve(last, end=max(at, last.start)))


def _targeted(
    clock: Clock, metric: Metric, moment: Moment, levels: ServiceLevels, at: datetime
) -> Clock:
    """*clock* under the target that applies now; the same object if that is what it has."""
    choice = levels.choice(metric.name, moment.now)
    if choice is None:
        return cancelled(clock, at)
    return retargeted(clock, metric, moment, levels, choice, at)


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
    given = _given(choice.target.within, moment.now) or clock.given
    if here and text == clock.target and last.policy == policy:
        return clock if given == clock.given else evolve(clock, given=given)
    if metric.on_change == "restart":
        return _started(clock, metric, moment, levels, anyway=True) or cancelled(clock, at)
    ref = levels.calendar_ref(choice.calendar, last.start, at)
    if metric.on_change == "retroactive":
        segments = tuple(evolve(each, calendar=ref, policy=policy) for each in clock.segments)
    else:
        begun = Segment(at, ref, policy, runs=last.runs, cause=moment.number)
        segments = (*_closed(clock.segments, at), begun)
        if segments[0].start == segments[-1].start and len(segments) > 1:
            segments = segments[1:]
    return set_to(clock, target=text, segments=segments, given=given)


def _extended(clock: Clock, until: datetime, levels: ServiceLevels, at: datetime) -> Clock:
    """*clock* with an extension; never beyond what its target allows, nor to an earlier instant."""
    limit = extension_limit(clock, levels)
    granted = until if limit is None else min(until, limit)
    if clock.due is not None and granted <= clock.due:
        return clock
    more = Extended(granted, at, clock.due)
    return set_to(clock, extended=(*clock.extended, more), mark=None, mark_at=None)


def extension_limit(clock: Clock, levels: ServiceLevels) -> datetime | None:
    """The latest instant that the next extension of *clock* may reach; ``None`` where there is no
    limit. Where its target allows no further extension, the due instant as it is.
    """
    target = levels.target_of(clock)
    if target is None or not target.extends_to:
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


# --- ending ---------------------------------------------------------------------------------


def finished(clock: Clock, at: datetime) -> Clock:
    """*clock* at its end, judged: whatever comes later, this verdict stands. A breach that was
    noted before it was known that it had ended by then is none.
    """
    clock = overdue(clock, at)
    if clock.breached is not None and at <= clock.breached:
        clock = set_to(clock, breached=None, detected=None)
    verdict = Verdict(
        clock.cycle,
        clock.started,
        at,
        clock.breached is None,
        clock.due,
        clock.promised,
        clock.breached,
        clock.detected,
        clock.provisional,
    )
    return set_to(
        clock,
        state="finished",
        segments=_ended(clock.segments, at),
        mark=None,
        mark_at=None,
        verdicts=(*clock.verdicts, verdict),
    )


def cancelled(clock: Clock, at: datetime) -> Clock:
    """*clock*, which does not matter any more."""
    segments = _ended(clock.segments, at)
    return set_to(clock, state="cancelled", segments=segments, mark=None, mark_at=None)


def _ended(segments: tuple[Segment, ...], at: datetime) -> tuple[Segment, ...]:
    last = segments[-1]
    return (*segments[:-1], evolve(last, end=max(at, last.start)))


# --- due ------------------------------------------------------------------------------------


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
        segments = (*segments[:-1], evolve(last, calendar=ref))
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
