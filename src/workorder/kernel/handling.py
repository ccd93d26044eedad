"""处理: the work itself, notes, and a host's own actions."""

from typing import Any

from attrs import evolve

from workorder.kernel.advance import advance
from workorder.kernel.context import Draft
from workorder.ticket import (
    Action,
    ActionTaken,
    Comment,
    Commented,
    Start,
    Started,
    Submit,
    Submitted,
    Ticket,
)


def start(draft: Draft[Start]) -> tuple[Started, ...]:
    """Begin to work."""
    return (Started(draft.trace, draft.step),)


def comment(draft: Draft[Comment]) -> tuple[Commented, ...]:
    """Write a note."""
    return (Commented(draft.trace, draft.step, draft.seal("text", draft.command.text)),)


def submit(draft: Draft[Submit]) -> tuple[Submitted, ...]:
    """The work is done, with its resolution."""
    resolution = draft.seal("resolution", draft.command.resolution or "")
    return (Submitted(draft.trace, draft.step, resolution),)


def take_action(draft: Draft[Action]) -> tuple[ActionTaken, ...]:
    """A host's own action: its arguments stand in the event, sensitive ones sealed."""
    specs = draft.context.rulebook.workflow.compiled.specs[draft.command.action]
    stored: dict[str, Any] = {}
    for name, value in draft.command.arguments().items():
        if specs[name].sealed:
            stored[name] = draft.seal(name, str(value))
        else:
            stored[name] = tuple(value) if isinstance(value, list) else value
    return (ActionTaken(draft.trace, draft.step, stored),)


def after_commented(ticket: Ticket, event: Commented) -> Ticket:
    """One note more."""
    counts = evolve(ticket.counts, comments=ticket.counts.comments + 1)
    return advance(ticket, event, counts=counts)


def after_submitted(ticket: Ticket, event: Submitted) -> Ticket:
    """Work is concluded."""
    return advance(ticket, event, resolved=True)
