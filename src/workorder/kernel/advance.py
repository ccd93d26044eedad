"""The one place where the next ticket is built."""

from collections.abc import Mapping

from workorder.ticket import Assignment, Counts, Event, Fields, Parties, Revision, Ticket, Times
from workorder.ticket.events import BASELINE
from workorder.workflow import ASSIGNED, ASSIGNEE, ENDED, Deeds


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
    assignment: Assignment | None = None,
    parties: Parties | None = None,
    counts: Counts | None = None,
    fields: Fields | None = None,
    resolved: bool | None = None,
    anew: bool = False,
    known: bool = True,
) -> Ticket:
    """The ticket after *event*: state, revision, times and participation follow from its
    trace and step; what else changed is given by the chapter that knows the event.

    Args:
        ticket: the ticket before.
        event: the event.
        assignment: who has it now, if that changed; the person counts as having worked on it.
        parties: whose it is, if that changed.
        counts: the counts, if they changed.
        fields: all fields, if some changed.
        resolved: work was concluded (true) or is open again (false).
        known: whether every version knows the event's type.
        anew: a step within an ended state counts as ending again.
    """
    trace = event.trace
    step = event.step
    at = trace.occurred_at
    times = ticket.times
    moved = step.to_state != ticket.state
    resolved_at = times.resolved
    if resolved is not None:
        resolved_at = at if resolved else None
    closed_at = times.closed
    if moved or anew:
        closed_at = at if step.category in ENDED else None
    deeds = ticket.deeds
    if trace.actor:
        deeds = with_deed(deeds, trace.actor, step.role, step.action)
    if assignment is None:
        assignment = ticket.assignment
    elif assignment.assignee is not None and assignment.assignee != ticket.assignment.assignee:
        deeds = with_deed(deeds, assignment.assignee, ASSIGNEE, ASSIGNED)
    return Ticket(
        ticket.id,
        ticket.type,
        step.to_state,
        Revision(trace.version, ticket.revision.events + 1),
        ticket.origin,
        ticket.parties if parties is None else parties,
        assignment,
        Times(times.opened, at, at if moved else times.state_since, resolved_at, closed_at),
        ticket.counts if counts is None else counts,
        ticket.fields if fields is None else fields,
        deeds,
        ticket.timers,
        ticket.kinds if known else with_kind(ticket.kinds, event),
    )


def merged_fields(ticket: Ticket, changed: Mapping[str, object]) -> Fields:
    """The ticket's fields with *changed* in place; the same object if nothing changed."""
    return {**ticket.fields, **changed} if changed else ticket.fields  # type: ignore[dict-item]
