"""The one place where the next ticket is built."""

from collections.abc import Mapping
from typing import Any

from attrs import evolve

from workorder.clocks import Clock, Clocks
from workorder.kernel.searches import search_after
from workorder.kernel.timers import timers_after
from workorder.ticket import (
    Assignment,
    Counts,
    Event,
    Fields,
    Links,
    Origin,
    Parties,
    PastHold,
    Revision,
    Search,
    Ticket,
    Times,
    Windows,
    Work,
)
from workorder.ticket.events import BASELINE
from workorder.ticket.work import NO_WINDOWS, OnHold
from workorder.workflow import ASSIGNED, ASSIGNEE, ENDED, Deeds, Step
from workorder.workflow.roles import SYSTEM_ROLE


def with_deed(deeds: Deeds, person: str, role: str, action: str) -> Deeds:
    """*deeds*, and that *person* took *action* in *role*; the same object if it was known."""
    by_role = deeds.get(person)
    if by_role is None:
        return {**deeds, person: {role: (action,)}}
    actions = by_role.get(role, ())
    if action in actions:
        return deeds
    return {**deeds, person: {**by_role, role: (*actions, action)}}


def with_kind(kinds: tuple[str, ...], event: Event) -> tuple[str, ...]:
    """*kinds*, and the type of *event* unless every version knows it."""
    signature = event.signature
    return kinds if signature in BASELINE or signature in kinds else (*kinds, signature)


def advance(
    ticket: Ticket,
    event: Event,
    *,
    type_: str | None = None,
    origin: Origin | None = None,
    assignment: Assignment | None = None,
    parties: Parties | None = None,
    counts: Counts | None = None,
    fields: Fields | None = None,
    work: Work | None = None,
    search: Search | None = None,
    windows: Windows | None = None,
    links: Links | None = None,
    resolved: bool | None = None,
    anew: bool = False,
    known: bool = True,
) -> Ticket:
    """The ticket after *event*: state, revision, times, participation, windows and timers follow
    from its trace, step and promises; what else changed is given by the chapter that knows
    the event.

    Args:
        ticket: the ticket before.
        event: the event.
        type_: its type, if that changed.
        origin: where it came from, if more became known.
        assignment: who has it now, if that changed; the person counts as having worked on it.
        parties: whose it is, if that changed.
        counts: the counts, if they changed.
        fields: all fields, if some changed.
        work: what is going on with it, if that changed (and not merely by the move).
        search: what is known of the search for somebody who takes it, if that changed.
        windows: what was promised, if that changed (and not merely by the move).
        links: other tickets it concerns, if they changed.
        resolved: work was concluded (true) or is open again (false); else as the step says.
        anew: a step within an ended state counts as ending again.
        known: whether every version knows the event's type.
    """
    trace, step = event.trace, event.step
    moved = step.to_state != ticket.state
    times = _times(ticket, event, resolved=resolved, anew=anew)
    deeds = ticket.deeds
    if trace.actor:
        deeds = with_deed(deeds, trace.actor, step.role, step.action)
    if assignment is None:
        assignment = ticket.assignment
    elif assignment.assignee is not None and assignment.assignee != ticket.assignment.assignee:
        deeds = with_deed(deeds, assignment.assignee, ASSIGNEE, ASSIGNED)
    if work is None:
        work = _work_moved(ticket, step) if moved else ticket.work
    if search is not None:
        work = evolve(work, search=search)
    work = _work_after(work, ticket, event, assignment)
    if windows is None:
        windows = ticket.windows
    if moved:
        windows = _windows_moved(ticket, windows, step)
    if event.promises:
        windows = _promised(windows, event)
    clocks = ticket.clocks
    if event.clocks:
        clocks = taken_over(clocks, event.clocks)
        windows = led(windows, ticket.clocks, event.clocks)
    sequence = ticket.revision.events + 1
    return Ticket(
        ticket.id,
        ticket.type if type_ is None else type_,
        step.to_state,
        Revision(trace.version, sequence),
        ticket.origin if origin is None else origin,
        ticket.parties if parties is None else parties,
        assignment,
        times,
        ticket.counts if counts is None else counts,
        ticket.fields if fields is None else fields,
        deeds,
        work,
        windows,
        ticket.links if links is None else links,
        timers_after(ticket.timers, step, work, windows, sequence, event.clocks),
        ticket.kinds if known else with_kind(ticket.kinds, event),
        clocks,
    )


def _times(ticket: Ticket, event: Event, *, resolved: bool | None, anew: bool) -> Times:
    """When things happened, with this event."""
    step, at = event.step, event.trace.occurred_at
    times = ticket.times
    moved = step.to_state != ticket.state
    ended = step.category in ENDED
    resolved_at, closed_at, accepted_at = times.resolved, times.closed, times.accepted
    if resolved is not None:
        resolved_at = at if resolved else None
    elif moved and step.resolved:
        resolved_at = at
    elif moved and not ended:
        resolved_at = None
    if moved or anew:
        closed_at = at if ended else None
    if moved and accepted_at is None and step.category == "open":
        accepted_at = at
    since = at if moved else times.state_since
    acted = times.acted if step.role == SYSTEM_ROLE else at
    return Times(times.opened, at, since, resolved_at, closed_at, accepted_at, acted)


def _work_after(work: Work, ticket: Ticket, event: Event, assignment: Assignment) -> Work:
    """*work*, and what else follows for it from *event*, whatever that is."""
    step = event.step
    moved = step.to_state != ticket.state
    if _over(ticket.work.hold, work.hold):
        work = _waited(work, ticket, event)
    if moved and work.extension is not None and (step.resolved or step.category == "closed"):
        work = evolve(work, extension=None)  # the matter is done: no more time is needed
    if work.search is not None:
        search = search_after(ticket, work.search, step, assignment)
        if search is not work.search:
            work = evolve(work, search=search)
    if work.erased:
        work = evolve(work, erased=False)  # this event may bring values again
    return work


def _over(before: OnHold | None, after: OnHold | None) -> bool:
    """Whether the hold *before* is over; one that only has no end any more goes on."""
    return before is not None and (after is None or after.since != before.since)


def _waited(work: Work, ticket: Ticket, event: Event) -> Work:
    """*work*, and that the hold is over which *ticket* was in."""
    hold = ticket.work.hold
    assert hold is not None  # noqa: S101 (asked only where there is one)
    end = event.trace.occurred_at
    over = PastHold(hold.reason, ticket.state, hold.since, end, hold.told)
    return evolve(work, waited=(*ticket.work.waited, over))


def taken_over(clocks: Mapping[str, Clock], changed: Mapping[str, Clock]) -> Clocks:
    """*clocks* with those that an event brings in place of their own."""
    kept = clocks if isinstance(clocks, Clocks) else Clocks(clocks)
    return kept.with_changed(changed)


def led(windows: Windows, before: Mapping[str, Clock], changed: Mapping[str, Clock]) -> Windows:
    """*windows* with the due instant of the clock that leads, if that is among those that changed;
    none, while it is paused, or when none leads any more.
    """
    leading = next((each for each in changed.values() if each.leads), None)
    if leading is None:
        if any(name in before and before[name].leads for name in changed):
            return evolve(windows, due=None)
        return windows
    due = leading.due if leading.state in {"running", "finished"} else None
    return windows if due == windows.due else evolve(windows, due=due)


def _work_moved(ticket: Ticket, step: Step) -> Work:
    """What is going on after a move: a hold ends, approvals of the round before count no more, and
    a new resolution has not been rated. A merged ticket keeps what it was waiting for.
    """
    work = ticket.work
    if step.category == "final":
        return work
    # Unmerged: it goes on as it was, on hold if it was.
    hold = work.hold if ticket.links.merged_into is not None else None
    rated = work.rated and not step.resolved
    approvals = {name: who for name, who in work.approvals.items() if name != "approve"}
    if hold is work.hold and rated == work.rated and len(approvals) == len(work.approvals):
        return work
    return evolve(work, hold=hold, rated=rated, approvals=approvals)


_OF_THE_DECISION = ("decision", "closed")


def _windows_moved(ticket: Ticket, windows: Windows, step: Step) -> Windows:
    """What is still promised after a move: the quiet period ends with the state it belongs to,
    and when work begins again, so do all windows and what was told of the last decision.
    """
    if windows is NO_WINDOWS or step.resolved:
        return windows
    if step.category in ENDED or not _begins_again(ticket):
        return evolve(windows, close_from=None) if windows.close_from is not None else windows
    told = {name: at for name, at in windows.told.items() if name not in _OF_THE_DECISION}
    return evolve(
        windows,
        close_from=None,
        reopen_until=None,
        archive_from=None,
        appeal_until=None,
        told=told,
    )


def _begins_again(ticket: Ticket) -> bool:
    """Whether work was concluded; an unmerged ticket was only away."""
    done = ticket.times.resolved is not None or ticket.times.closed is not None
    return done and ticket.links.merged_into is None


_PROMISED = frozenset({"due", "close_from", "reopen_until", "archive_from", "appeal_until"})


def _promised(windows: Windows, event: Event) -> Windows:
    """*windows* with what the event promised; names that a later version made are let be."""
    known: dict[str, Any] = {n: at for n, at in event.promises.items() if n in _PROMISED}
    return evolve(windows, **known)


def merged_fields(ticket: Ticket, changed: Mapping[str, object]) -> Fields:
    """The ticket's fields with *changed* in place; the same object if nothing changed."""
    return {**ticket.fields, **changed} if changed else ticket.fields  # type: ignore[dict-item]  # the form checked the values
