"""Entries of another system's log: taken over as they were, never decided again.

Nothing is promised by such an entry, and no timer set: a ticket that waits, waits until somebody
here, or the next entry, ends that.
"""

from attrs import evolve

from workorder.kernel.advance import advance, merged_fields, with_deed
from workorder.ticket import (
    Assignment,
    Counts,
    Imported,
    OnHold,
    Origin,
    Parties,
    Revision,
    Ticket,
    Times,
    Work,
)
from workorder.ticket.work import NO_WORK
from workorder.workflow import ASSIGNED, ASSIGNEE, ENDED, NEW, Deeds


def born_imported(ticket_id: str, event: Imported) -> Ticket:
    """The first value of a ticket that began elsewhere."""
    trace = event.trace
    at = trace.occurred_at
    deeds: Deeds = {}
    if trace.actor:
        deeds = with_deed(deeds, trace.actor, event.step.role, event.step.action)
    if event.assignee is not None:
        deeds = with_deed(deeds, event.assignee, ASSIGNEE, ASSIGNED)
    return Ticket(
        ticket_id,
        event.type,
        event.step.to_state,
        Revision(trace.version, 1),
        Origin(trace.rulebook, trace.actor, event.channel, event.source, event.key),
        Parties(event.customer),
        Assignment(event.assignee, event.department),
        Times(
            event.opened_at,
            at,
            at,
            at if event.resolved else None,
            at if event.step.category in ENDED else None,
        ),
        Counts(),
        event.fields,
        deeds,
        NO_WORK if event.hold is None else Work(hold=OnHold(event.hold, NEW, at)),
    )


def after_imported(ticket: Ticket, event: Imported) -> Ticket:
    """One entry more of the other system's log."""
    counts = ticket.counts
    handed_over = event.department != ticket.assignment.department
    if handed_over or event.reopened:
        counts = evolve(
            counts,
            handovers=counts.handovers + handed_over,
            reopens=counts.reopens + event.reopened,
        )
    assignment = Assignment(event.assignee, event.department)
    parties = ticket.parties
    if event.customer != parties.customer:
        parties = Parties(event.customer, parties.subjects)
    resolved = True if event.resolved else False if event.reopened else None
    return advance(
        ticket,
        event,
        assignment=assignment if assignment != ticket.assignment else None,
        parties=parties,
        counts=counts,
        fields=merged_fields(ticket, event.fields),
        work=_waiting(ticket, event),
        resolved=resolved,
        anew=True,
    )


def _waiting(ticket: Ticket, event: Imported) -> Work | None:
    """What is going on after *event*, if that is other than the move alone says.

    A ticket that comes to wait remembers the state it was in. One that already stood there, or
    began there, cannot know it: then :data:`~workorder.workflow.NEW` is remembered, to which no
    row returns.
    """
    hold = ticket.work.hold
    moved = event.step.to_state != ticket.state
    if event.hold is None:
        return evolve(ticket.work, hold=None) if hold is not None and not moved else None
    if hold is not None and not moved:
        if hold.reason == event.hold:
            return None
        before = hold.before
    else:
        before = ticket.state if moved else NEW
    waiting = OnHold(event.hold, before, event.trace.occurred_at)
    return evolve(ticket.work, hold=waiting)
