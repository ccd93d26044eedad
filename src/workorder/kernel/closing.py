"""结案: somebody else looks at the work, closes the ticket or sends it back."""

from attrs import evolve

from workorder.kernel.advance import advance
from workorder.kernel.context import Draft
from workorder.ticket import (
    Close,
    Closed,
    Reopen,
    Reopened,
    Returned,
    ReturnForRework,
    Ticket,
)


def close(draft: Draft[Close]) -> tuple[Closed, ...]:
    """Close it."""
    return (Closed(draft.trace, draft.step),)


def return_for_rework(draft: Draft[ReturnForRework]) -> tuple[Returned, ...]:
    """Send it back."""
    reason = draft.seal("reason", draft.command.reason or "")
    return (Returned(draft.trace, draft.step, reason),)


def reopen(draft: Draft[Reopen]) -> tuple[Reopened, ...]:
    """Work on it again."""
    return (Reopened(draft.trace, draft.step, draft.seal("reason", draft.command.reason or "")),)


def after_returned(ticket: Ticket, event: Returned) -> Ticket:
    """Work is open again, and came back once more."""
    counts = evolve(ticket.counts, returns=ticket.counts.returns + 1)
    return advance(ticket, event, counts=counts, resolved=False)


def after_reopened(ticket: Ticket, event: Reopened) -> Ticket:
    """Work is open again, and the ticket was reopened once more."""
    counts = evolve(ticket.counts, reopens=ticket.counts.reopens + 1)
    return advance(ticket, event, counts=counts, resolved=False)
