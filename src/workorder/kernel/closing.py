"""结案: others look at the work, close the ticket, and look again."""

from collections.abc import Mapping
from typing import Any

from attrs import evolve

from workorder.kernel.advance import advance
from workorder.kernel.context import Draft
from workorder.ticket import (
    Approve,
    Approved,
    Archive,
    Archived,
    Cancel,
    Cancelled,
    Close,
    Closed,
    Inspected,
    QualityReview,
    Reopen,
    Reopened,
    Returned,
    ReturnForRework,
    Ticket,
)


def approve(draft: Draft[Approve]) -> tuple[Approved, ...]:
    """The work is good."""
    return (Approved(draft.trace, draft.step, draft.seal_given("note", draft.command.note)),)


def return_for_rework(draft: Draft[ReturnForRework]) -> tuple[Returned, ...]:
    """Send it back."""
    return (Returned(draft.trace, draft.step, draft.reason()),)


def close(draft: Draft[Close]) -> tuple[Closed, ...]:
    """Close it."""
    return (Closed(draft.trace, draft.step),)


def reopen(draft: Draft[Reopen]) -> tuple[Reopened, ...]:
    """Work on it again, with the time limit of its type from now on."""
    due = draft.until_if(draft.settings.time_limits.get(draft.present.type))
    promises = {} if due is None else {"due": due}
    return (Reopened(draft.trace, draft.step, draft.reason(), promises=promises),)


def archive(draft: Draft[Archive]) -> tuple[Archived, ...]:
    """Put it away for good."""
    return (Archived(draft.trace, draft.step),)


def cancel(draft: Draft[Cancel]) -> tuple[Cancelled, ...]:
    """The matter is off."""
    return (Cancelled(draft.trace, draft.step, draft.reason()),)


def quality_review(draft: Draft[QualityReview]) -> tuple[Inspected, ...]:
    """Inspect it."""
    findings = draft.seal_given("findings", draft.command.findings)
    return (Inspected(draft.trace, draft.step, draft.command.score, findings),)


def after_approved(ticket: Ticket, event: Approved) -> Ticket:
    """One more person agrees; when the ticket moves with it, the round is over."""
    if event.step.moved:
        return advance(ticket, event)
    agreed = (*ticket.work.approvals.get(event.step.action, ()), event.trace.actor)
    approvals = {**ticket.work.approvals, event.step.action: agreed}
    return advance(ticket, event, work=evolve(ticket.work, approvals=approvals))


def after_returned(ticket: Ticket, event: Returned) -> Ticket:
    """Work is open again, and came back once more."""
    counts = evolve(ticket.counts, returns=ticket.counts.returns + 1)
    return advance(ticket, event, counts=counts)


def after_reopened(ticket: Ticket, event: Reopened) -> Ticket:
    """Work is open again, and the ticket was reopened once more."""
    counts = evolve(ticket.counts, reopens=ticket.counts.reopens + 1)
    after = advance(ticket, event, counts=counts)
    return evolve(after, times=evolve(after.times, accepted=event.trace.occurred_at))


DECIDERS: Mapping[type, Any] = {
    Approve: approve,
    ReturnForRework: return_for_rework,
    Close: close,
    Reopen: reopen,
    Archive: archive,
    Cancel: cancel,
    QualityReview: quality_review,
}

EVOLVERS: Mapping[type, Any] = {
    Approved: after_approved,
    Returned: after_returned,
    Closed: advance,
    Reopened: after_reopened,
    Archived: advance,
    Cancelled: advance,
    Inspected: advance,
}
