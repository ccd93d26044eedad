"""``decide``: which events follow from a command, or why none do. Pure."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from workorder.errors import InvalidInput
from workorder.kernel import closing, handling, opening, routing
from workorder.kernel.context import Context, Decided, Draft
from workorder.refusals import Refusal
from workorder.ticket import (
    Action,
    Close,
    Command,
    Comment,
    Dispatch,
    Event,
    Open,
    Reopen,
    ReturnForRework,
    Start,
    Submit,
    Ticket,
    Trace,
    Transfer,
)
from workorder.workflow import NEW, PlainCase
from workorder.workflow.evaluate import evaluate

Decider = Callable[[Draft[Any]], tuple[Event, ...]]

DECIDERS: Mapping[type[Command], Decider] = {
    Open: opening.open_ticket,
    Dispatch: routing.dispatch,
    Transfer: routing.transfer,
    Start: handling.start,
    Comment: handling.comment,
    Submit: handling.submit,
    ReturnForRework: closing.return_for_rework,
    Close: closing.close,
    Reopen: closing.reopen,
    Action: handling.take_action,
}
"""What each command of ours brings about once it is permitted."""


def decide(ticket: Ticket | None, command: Command, context: Context) -> Decided | Refusal:
    """Decide *command* on *ticket* (``None`` while it does not exist).

    Pure: no clock, no randomness, no store. The same arguments give the same answer.

    Args:
        ticket: the ticket as it stands.
        command: what is asked for, its texts in normal form (:meth:`Command.normal`).
        context: who asks, when, under which rulebook.

    Returns:
        :class:`Decided` with at least one event, or a :class:`~workorder.refusals.Refusal`
        with every reason. Never both, never neither.

    Raises:
        InvalidInput: ``not_a_choice`` for a command class nobody registered; ``required`` when
            a host's decider brings no event.
    """
    rulebook = context.rulebook
    workflow = rulebook.workflow
    arguments = command.arguments()
    at = context.at
    if ticket is None:
        if not isinstance(command, Open):
            facts = {"ticket": context.ticket_id, "actor": context.actor.id}
            return Refusal("not_found", facts=facts)
        form = rulebook.form_by_type.get(command.type)
        if form is None:
            known = tuple(each.label for each in rulebook.forms)
            return Refusal("unknown_type", facts={"type": command.type, "known": known})
        case: Any = PlainCase(NEW, command.type, None, command.department, command.customer)
        verdict = evaluate(workflow.compiled, case, command.action, context.actor, at, arguments)
        if isinstance(verdict, Refusal):
            return verdict
        problems = tuple(form.problems(command.fields))
        if problems:
            said = {"action": workflow.action_labels[command.action]}
            return Refusal("invalid_arguments", problems, (), said)
    else:
        if ticket.opaque:
            return Refusal("opaque_history", facts={"types": ticket.opaque})
        last = ticket.times.last
        if at < last:
            if last - at > rulebook.clock_skew:
                return _too_early(at, last, context)
            at = last
        verdict = evaluate(workflow.compiled, ticket, command.action, context.actor, at, arguments)
        if isinstance(verdict, Refusal):
            return verdict
    decider = rulebook.deciders.get(type(command)) or DECIDERS.get(type(command))
    if decider is None:
        raise InvalidInput(
            "not_a_choice",
            name="command",
            found=type(command).__name__,
            choices=tuple(each.__name__ for each in (*DECIDERS, *rulebook.deciders)),
        )
    actor = context.actor
    trace = Trace(
        actor.id,
        actor.department,
        ticket.revision.version + 1 if ticket is not None else 1,
        at,
        context.at,
        context.command_id,
        rulebook.digest,
    )
    draft = Draft(ticket, command, verdict.step, trace, context)
    events = tuple(decider(draft))
    if not events:
        raise InvalidInput("required", name=f"an event of {type(command).__name__}")
    return Decided(events, tuple(draft.sealed), tuple(draft.notices))


def _too_early(at: datetime, last: datetime, context: Context) -> Refusal:
    facts = {"at": at, "last": last, "limit": context.rulebook.clock_skew}
    return Refusal("clock_skew", facts=facts)
