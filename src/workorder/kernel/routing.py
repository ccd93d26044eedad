"""转办: who has the ticket."""

from collections.abc import Mapping
from typing import Any

from attrs import evolve

from workorder.kernel.advance import advance
from workorder.kernel.context import Draft
from workorder.kernel.searches import after_refused
from workorder.ticket import (
    Assignment,
    Claim,
    Claimed,
    Decline,
    Declined,
    Dispatch,
    Dispatched,
    Ticket,
    Transfer,
    Transferred,
)


def _target(draft: Draft[Dispatch] | Draft[Transfer]) -> tuple[str | None, str | None]:
    """The person and department it goes to; the department stays unless another is named."""
    command = draft.command
    return command.to, command.department or draft.present.department


def dispatch(draft: Draft[Dispatch]) -> tuple[Dispatched, ...]:
    """Dispatch to a person, a department, or both."""
    reason = draft.seal_given("reason", draft.command.reason)
    limit = draft.settings.max_declines
    final = limit is not None and draft.present.counts.declines >= limit
    target = _target(draft)
    return (Dispatched(draft.trace, draft.step, *target, reason, final, draft.decision),)


def claim(draft: Draft[Claim]) -> tuple[Claimed, ...]:
    """Take it."""
    return (Claimed(draft.trace, draft.step, draft.trace.actor, draft.present.department),)


def transfer(draft: Draft[Transfer]) -> tuple[Transferred, ...]:
    """Pass on to somebody else."""
    reason = draft.seal_given("reason", draft.command.reason)
    return (Transferred(draft.trace, draft.step, *_target(draft), reason, draft.decision),)


def decline(draft: Draft[Decline]) -> tuple[Declined, ...]:
    """Give it back."""
    return (Declined(draft.trace, draft.step, draft.reason()),)


def after_given(ticket: Ticket, event: Dispatched | Claimed) -> Ticket:
    """It is with them now."""
    return advance(ticket, event, assignment=Assignment(event.assignee, event.department))


def after_transferred(ticket: Ticket, event: Transferred) -> Ticket:
    """It is with somebody else now, which counts as a handover."""
    counts = evolve(ticket.counts, handovers=ticket.counts.handovers + 1)
    assignment = Assignment(event.assignee, event.department)
    return advance(ticket, event, assignment=assignment, counts=counts)


def after_declined(ticket: Ticket, event: Declined) -> Ticket:
    """It is with nobody, and was declined once more."""
    counts = evolve(ticket.counts, declines=ticket.counts.declines + 1)
    search = after_refused(ticket.work.search, event.trace.actor, event.trace.occurred_at)
    return advance(ticket, event, assignment=Assignment(), counts=counts, search=search)


DECIDERS: Mapping[type, Any] = {
    Dispatch: dispatch,
    Claim: claim,
    Transfer: transfer,
    Decline: decline,
}

EVOLVERS: Mapping[type, Any] = {
    Dispatched: after_given,
    Claimed: after_given,
    Transferred: after_transferred,
    Declined: after_declined,
}
