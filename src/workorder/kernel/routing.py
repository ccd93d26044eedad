"""转办: who has the ticket."""

from attrs import evolve

from workorder.kernel.advance import advance
from workorder.kernel.context import Draft
from workorder.ticket import (
    Assignment,
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
    return (Dispatched(draft.trace, draft.step, *_target(draft), reason),)


def transfer(draft: Draft[Transfer]) -> tuple[Transferred, ...]:
    """Pass on to somebody else."""
    reason = draft.seal_given("reason", draft.command.reason)
    return (Transferred(draft.trace, draft.step, *_target(draft), reason),)


def after_dispatched(ticket: Ticket, event: Dispatched) -> Ticket:
    """It is with them now."""
    return advance(ticket, event, assignment=Assignment(event.assignee, event.department))


def after_transferred(ticket: Ticket, event: Transferred) -> Ticket:
    """It is with somebody else now, which counts as a handover."""
    counts = evolve(ticket.counts, handovers=ticket.counts.handovers + 1)
    assignment = Assignment(event.assignee, event.department)
    return advance(ticket, event, assignment=assignment, counts=counts)
