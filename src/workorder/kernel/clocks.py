"""SLA clocks of a ticket: which events they are moved by, and what they bring about.

Deciding, every event of a command is one moment for the clocks of its ticket; what they are
afterwards stands in the last event of it. Where a clock is due at another instant than was
promised, a :class:`~workorder.ticket.DueRevised` follows, which says why. Time notes marks
(:class:`~workorder.ticket.MarkReached`), each at its own instant. No row of a workflow allows
these: that a target was missed is no step that anybody takes.

Evolving, a ticket takes over the clocks that stand in the event. Neither calendar nor policy is
asked.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from attrs import evolve

from workorder.clocks import REVISE_DUE, Clock, Clocks
from workorder.kernel.advance import led, taken_over
from workorder.kernel.inheriting import inherited
from workorder.kernel.timers import with_marks
from workorder.rulebook import Rulebook
from workorder.ticket import (
    DueChange,
    DueRevised,
    Event,
    MarkReached,
    Revision,
    Ticket,
    Times,
    Trace,
)
from workorder.workflow import Step
from workorder.workflow.roles import SYSTEM_ROLE
from workorder.workflow.states import Category

if TYPE_CHECKING:
    from workorder.sla.clocks import Advanced, ServiceLevels


def measured(
    before: Ticket | None,
    after: Ticket,
    events: tuple[Event, ...],
    rulebook: Rulebook,
    absorbed: Ticket | None = None,
) -> tuple[Event, ...]:
    """*events*, one commit, with what they do to the clocks of the ticket.

    Args:
        before: the ticket before; ``None`` when it is being opened.
        after: the ticket after *events*.
        events: what happened, at least one.
        rulebook: by which it is decided.
        absorbed: a ticket that was merged into it: it is due no later than that one was.
    """
    levels = rulebook.sla
    if levels is None:
        return events
    from workorder.kernel.moments import moment_of
    from workorder.sla.clocks import advance

    moment = moment_of(before, after, events, rulebook)
    found = advance(after.clocks, moment, levels)
    found = inherited(after, events[0], absorbed, moment, found, levels)
    return with_clocks(events, found, events[-1].step.action, after.windows.due)


def taken(after: Ticket, events: tuple[Event, ...], seen: int) -> Ticket:
    """*after*, which is the ticket after *seen* events, with the clocks that :func:`measured` put
    into the last of them, and after those that it put behind: what evolving would answer.
    """
    last = events[seen - 1]
    if last.clocks:
        after = _with(after, last.clocks, after.revision, after.times)
    for event in events[seen:]:
        assert isinstance(event, DueRevised)  # noqa: S101 (nothing else is put there)
        after = after_noted(after, event)
    return after


def with_clocks(
    events: tuple[Event, ...], found: "Advanced", cause: str, due: datetime | None
) -> tuple[Event, ...]:
    """*events* with clocks that changed, and a last one for due instants that became others; *due*
    is when the ticket itself was due until then.
    """
    if not found.changed:
        return events
    last = events[-1]
    if found.revised:
        return (*events, _revised(last.trace, _on_the_spot(last.step), found, cause, due))
    promises = {**last.promises, **_promises(found)}
    return (*events[:-1], evolve(last, clocks=Clocks.written(found.changed), promises=promises))


def _promises(found: "Advanced") -> Mapping[str, datetime]:
    """What is promised for the ticket itself: when the clock that leads is due."""
    for clock in found.changed.values():
        if clock.leads and clock.state == "running" and clock.due is not None:
            return {"due": clock.due}
    return {}


def _revised(
    trace: Trace, step: Step, found: "Advanced", cause: str, due: datetime | None
) -> DueRevised:
    """That due instants became others. What it promises for the ticket itself is another than
    *due*, or nothing; another clock may lead now.
    """
    changes = tuple(DueChange(each.clock, each.old, each.new) for each in found.revised)
    promises = {name: at for name, at in _promises(found).items() if at != due}
    return DueRevised(
        trace,
        step,
        cause,
        changes,
        clocks=Clocks.written(found.changed),
        promises=promises,
    )


def _on_the_spot(step: Step) -> Step:
    state = step.to_state
    return Step(REVISE_DUE, step.role, state, state, step.category, step.resolved)


def revise(ticket: Ticket, trace: Trace, levels: "ServiceLevels", cause: str) -> DueRevised | None:
    """The due instants of *ticket* reckoned again, by the dates that *levels* knows now; ``None``
    when all stays as it was promised.

    Where only a mark is reached at another instant, or dates became official without moving
    anything, the event names no change.
    """
    from workorder.sla.clocks import reckoned

    found = reckoned(ticket.clocks, levels)
    if all(_says(clock) == _says(ticket.clocks[name]) for name, clock in found.changed.items()):
        return None
    return _revised(trace, stand_still(ticket), found, cause, ticket.windows.due)


def _says(clock: Clock) -> tuple[object, ...]:
    """What a clock promises: that it was counted by another list of dates alone is no news."""
    return clock.due, clock.provisional, clock.mark, clock.mark_at


def stand_still(ticket: Ticket) -> Step:
    """A step on the spot, of a ticket whose rulebook may not be at hand."""
    category: Category = "open" if ticket.times.closed is None else "closed"
    state = ticket.state
    return Step(REVISE_DUE, SYSTEM_ROLE, state, state, category)


def moved(ticket: Ticket, new: Rulebook, at: datetime, *, restart: bool) -> Mapping[str, Clock]:
    """The clocks of *ticket* that change when it goes by *new* from *at* on: those that nothing is
    promised for any more, and with *restart* all that run or are paused, counted again from their
    start by the policies and calendars of *new*.
    """
    from workorder.kernel.moments import TicketView
    from workorder.sla.clocks import Moment, cancelled, retargeted, settled

    levels = new.sla
    view = TicketView(ticket, None, new)
    moment = Moment(at, (view,), ticket.revision.events + 1, view)
    changed = {}
    for name, clock in ticket.clocks.items():
        if not clock.active:
            continue
        metric = levels.by_name.get(name) if levels is not None else None
        choice = levels.choice(name, view) if levels is not None else None
        if levels is None or metric is None or choice is None:
            changed[name] = evolve(cancelled(clock, at), leads=False)
        elif restart:
            retroactive = evolve(metric, on_change="retroactive")
            changed[name] = retargeted(clock, retroactive, moment, levels, choice, at)
    if levels is not None and view.value("category") in {"initial", "open"}:
        changed |= _begun(ticket, levels, at, new)
    if levels is None or not changed:
        return changed
    return settled(ticket.clocks, changed, levels).changed


def _begun(
    ticket: Ticket, levels: "ServiceLevels", at: datetime, rulebook: Rulebook
) -> dict[str, Clock]:
    """The clocks of the law that *ticket* does not have, and begins to have under *rulebook*, as if
    it had been reclassified: from its receipt on.
    """
    from workorder.kernel.moments import Corrected, TicketView, waits_of
    from workorder.sla.clocks import Moment, started

    view = Corrected(TicketView(ticket, None, rulebook))
    number, waits = ticket.revision.events + 1, waits_of(ticket, rulebook)
    moment = Moment(at, (view,), number, None, waits=waits)
    found = {}
    for name in levels.statutory:
        if name not in ticket.clocks:
            clock = started(None, levels.by_name[name], moment, levels)
            if clock is not None:
                found[name] = clock
    return found


def extension_limit(ticket: Ticket, rulebook: Rulebook, at: datetime) -> datetime | None:
    """The latest instant that an extension of *ticket* at *at* may reach, by the clock that leads;
    ``None`` where nothing limits it.
    """
    levels = rulebook.sla
    leading = next((each for each in ticket.clocks.values() if each.leads), None)
    if levels is None or leading is None or not leading.active:
        return None
    from workorder.sla.clocks import extension_limit as limit_of

    return limit_of(leading, levels, at)


def reach(
    ticket: Ticket, mark_id: str, trace: Trace, step: Step, rulebook: Rulebook
) -> MarkReached:
    """The event that *ticket* has reached the mark *mark_id*, noted by time."""
    from workorder.sla.clocks import fired

    clock = next(each for each in ticket.clocks.values() if each.mark_id == mark_id)
    levels = rulebook.sla
    assert clock.mark is not None  # noqa: S101 (it has an id)
    assert clock.mark_at is not None  # noqa: S101
    assert clock.due is not None  # noqa: S101 (it runs)
    if levels is None:  # of a rulebook that promises nothing any more
        after = evolve(clock, mark=None, mark_at=None)
    else:
        after = fired(clock, levels, trace.occurred_at)
    return MarkReached(
        trace,
        step,
        clock.metric,
        clock.cycle,
        clock.mark,
        clock.mark_at,
        clock.due,
        clocks={clock.metric: after},
    )


def after_noted(ticket: Ticket, event: MarkReached | DueRevised) -> Ticket:
    """Nothing but its clocks changed; nobody worked on it by that."""
    trace = event.trace
    revision = Revision(trace.version, ticket.revision.events + 1)
    return _with(ticket, event.clocks, revision, evolve(ticket.times, last=trace.occurred_at))


def _with(ticket: Ticket, changed: Mapping[str, Clock], revision: Revision, times: Times) -> Ticket:
    """*ticket* with the clocks of *changed*, and what follows from them."""
    clocks = taken_over(ticket.clocks, changed)
    windows = led(ticket.windows, ticket.clocks, changed)
    return Ticket(  # written out: attrs.evolve takes three times as long
        ticket.id,
        ticket.type,
        ticket.state,
        revision,
        ticket.origin,
        ticket.parties,
        ticket.assignment,
        times,
        ticket.counts,
        ticket.fields,
        ticket.deeds,
        ticket.work,
        windows,
        ticket.links,
        with_marks(ticket.timers, changed),
        ticket.kinds,
        clocks,
    )


EVOLVERS: Mapping[type, Any] = {MarkReached: after_noted, DueRevised: after_noted}
