"""处理: the work itself, waiting, and a host's own actions."""

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import evolve

from workorder.kernel.advance import advance
from workorder.kernel.context import Context, Draft
from workorder.refusals import Unmet, problem
from workorder.ticket import (
    Action,
    ActionTaken,
    Comment,
    Commented,
    Held,
    Hold,
    OnHold,
    Resolve,
    Resolved,
    Resume,
    Resumed,
    Start,
    Started,
    Submit,
    Submitted,
    Ticket,
)
from workorder.workflow import NO_LIMIT


def start(draft: Draft[Start]) -> tuple[Started, ...]:
    """Begin to work."""
    return (Started(draft.trace, draft.step),)


def comment(draft: Draft[Comment]) -> tuple[Commented, ...]:
    """Write a note."""
    return (Commented(draft.trace, draft.step, draft.seal("text", draft.command.text)),)


def hold(draft: Draft[Hold]) -> tuple[Held, ...]:
    """Let it wait, until the customer, somebody else or time ends that."""
    command = draft.command
    until = command.until
    reason = draft.settings.hold_reason(command.reason)
    if until is None and reason is not None and reason.longest not in {None, NO_LIMIT}:
        until = draft.until_if(reason.longest)
    note = draft.seal_given("note", command.note)
    return (Held(draft.trace, draft.step, draft.given("reason"), until, note),)


def resume(draft: Draft[Resume]) -> tuple[Resumed, ...]:
    """Go on."""
    return (Resumed(draft.trace, draft.step, draft.seal_given("note", draft.command.note)),)


def submit(draft: Draft[Submit]) -> tuple[Submitted, ...]:
    """The work is done, with its resolution."""
    resolution = draft.seal("resolution", draft.command.resolution or "")
    return (Submitted(draft.trace, draft.step, resolution),)


def resolve(draft: Draft[Resolve]) -> tuple[Resolved, ...]:
    """The work is done, with its resolution, and needs no review."""
    resolution = draft.seal("resolution", draft.command.resolution or "")
    return (Resolved(draft.trace, draft.step, resolution),)


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


def check_hold(_ticket: Ticket, command: Hold, context: Context) -> Iterator[Unmet]:
    """What is wrong with a hold: its reason must be one of the settings', its end later."""
    settings = context.rulebook.workflow.settings
    reason = settings.hold_reason(command.reason)
    if command.reason is not None and reason is None:
        choices = tuple(each.name for each in settings.hold_reasons)
        yield problem("reason", "not_a_choice", found=command.reason, choices=choices)
    if command.until is None:
        return
    if command.until <= context.at:
        yield problem("until", "not_later", found=command.until, than=context.at)
    longest = reason.longest if reason is not None else None
    if longest is not None and longest != NO_LIMIT:
        limit = context.rulebook.until(context.at, longest)
        if command.until > limit:
            yield problem("until", "beyond_limit", found=command.until, limit=limit)


def after_commented(ticket: Ticket, event: Commented) -> Ticket:
    """One note more."""
    counts = evolve(ticket.counts, comments=ticket.counts.comments + 1)
    return advance(ticket, event, counts=counts)


def after_held(ticket: Ticket, event: Held) -> Ticket:
    """It waits, and remembers where it was."""
    waiting = OnHold(event.hold_reason, ticket.state, event.trace.occurred_at, event.until)
    return advance(ticket, event, work=evolve(ticket.work, hold=waiting))


def after_concluded(ticket: Ticket, event: Submitted | Resolved) -> Ticket:
    """The work is done; the resolution is the last one given, and nobody has rated it."""
    work = evolve(ticket.work, hold=None, rated=False, resolution=event.resolution)
    return advance(ticket, event, work=work)


DECIDERS: Mapping[type, Any] = {
    Start: start,
    Comment: comment,
    Hold: hold,
    Resume: resume,
    Submit: submit,
    Resolve: resolve,
    Action: take_action,
}

EVOLVERS: Mapping[type, Any] = {
    Started: advance,
    Commented: after_commented,
    Held: after_held,
    Resumed: advance,
    Submitted: after_concluded,
    Resolved: after_concluded,
    ActionTaken: advance,
}

CHECKS: Mapping[type, Any] = {Hold: check_hold}
