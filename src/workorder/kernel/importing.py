"""Entries of another system's log: taken over as they were, never decided again."""

from attrs import evolve

from workorder.kernel.advance import advance, merged_fields, with_deed
from workorder.ticket import (
    Assignment,
    Counts,
    Imported,
    Origin,
    Parties,
    Revision,
    Ticket,
    Times,
)
from workorder.workflow import ASSIGNED, ASSIGNEE, ENDED, Deeds


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
        resolved=resolved,
        anew=True,
    )
