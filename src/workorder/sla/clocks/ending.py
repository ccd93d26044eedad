"""How cycles end, and what time alone does to them: breaches, verdicts, cancelling."""

from datetime import datetime

from workorder.clocks import WITHDRAWN, Clock, Segment, Verdict
from workorder.clocks import changed as set_to
from workorder.sla.clocks.dues import due_of
from workorder.sla.clocks.levels import ServiceLevels
from workorder.sla.clocks.turning import onward


def last_instant(clock: Clock) -> datetime:
    """The last instant at which something is known of *clock*."""
    last = clock.segments[-1]
    return last.end or last.start


def overdue(clock: Clock, at: datetime) -> Clock:
    """*clock*, its breach noted if time was used up by *at*."""
    if clock.breached is not None or clock.state != "running" or clock.due is None:
        return clock
    return set_to(clock, breached=clock.due, detected=at) if at > clock.due else clock


def used_up(clock: Clock, levels: ServiceLevels, at: datetime) -> Clock:
    """A paused clock, its breach noted at *at* if it still ran after its time was used up: its
    target became shorter meanwhile, or it counts from before now.
    """
    if clock.state != "paused" or clock.breached is not None:
        return clock
    last = clock.segments[-1]
    pieces = levels.pieces((*clock.segments, onward(clock, last.start, 0, runs=True)))
    due = due_of(clock, pieces).instant
    stood = pieces[-2].end if len(pieces) > 1 else None
    if stood is None or due >= stood:
        return clock
    return set_to(clock, breached=due, detected=max(at, stood))


def withdrawn(clock: Clock, levels: ServiceLevels, since: datetime) -> Clock:
    """A clock whose breach was noted before it was known that it was paused, or had more time,
    *since* then: it was not late. What is reached by its new due instant is told.
    """
    if clock.breached is None or since > clock.breached:
        return clock
    on_the_way = levels.ladder(clock.metric).on_the_way
    fired = tuple(
        each if each in on_the_way or each[0] == WITHDRAWN else WITHDRAWN + each
        for each in clock.fired
    )
    return set_to(clock, breached=None, detected=None, fired=fired, mark=None, mark_at=None)


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
        segments=ended(clock.segments, at),
        mark=None,
        mark_at=None,
        verdicts=(*clock.verdicts, verdict),
    )


def cancelled(clock: Clock, at: datetime) -> Clock:
    """*clock*, which does not matter any more."""
    segments = ended(clock.segments, at)
    return set_to(clock, state="cancelled", segments=segments, mark=None, mark_at=None)


def ended(segments: tuple[Segment, ...], at: datetime) -> tuple[Segment, ...]:
    """*segments*, the last of which ends at *at*."""
    last = segments[-1]
    end = max(at, last.start)
    done = Segment(last.start, last.calendar, last.policy, end, last.runs, last.cause)
    return (*segments[:-1], done)
