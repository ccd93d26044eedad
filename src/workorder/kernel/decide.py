"""``decide``: which events follow from a command, or why none do. Pure."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

import attrs

from workorder.errors import InvalidInput
from workorder.intake import Form
from workorder.kernel import (
    closing,
    contact,
    deadlines,
    handling,
    intake,
    linking,
    routing,
    searching,
    teamwork,
)
from workorder.kernel.barring import bar
from workorder.kernel.clocks import measured, taken
from workorder.kernel.context import Beside, Context, Decided, Draft
from workorder.kernel.evolve import evolved
from workorder.kernel.windows import promises
from workorder.refusals import Refusal, Unmet, problem
from workorder.rulebook import Rulebook
from workorder.ticket import Absorbed, Action, Command, Event, Open, Ticket, Trace
from workorder.workflow import NEW, Permitted, PlainCase
from workorder.workflow.evaluate import evaluate
from workorder.workflow.refusing import unknown_role

Decider = Callable[[Draft[Any]], tuple[Event, ...]]

DECIDERS: Mapping[type[Command], Decider] = {
    **intake.DECIDERS,
    **routing.DECIDERS,
    **searching.DECIDERS,
    **handling.DECIDERS,
    **contact.DECIDERS,
    **teamwork.DECIDERS,
    **deadlines.DECIDERS,
    **closing.DECIDERS,
    **linking.DECIDERS,
}
"""What each command of ours brings about once it is permitted."""

Checker = Callable[[Ticket, Any, Context], Iterator[Unmet]]

CHECKS: Mapping[type[Command], Checker] = {
    **intake.CHECKS,
    **searching.CHECKS,
    **handling.CHECKS,
    **contact.CHECKS,
    **teamwork.CHECKS,
    **deadlines.CHECKS,
    **linking.CHECKS,
}
"""What can be wrong with the arguments of a command beyond their types."""


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
    workflow = context.rulebook.workflow.compiled
    if not context.actor.roles <= workflow.role_names:
        return unknown_role(workflow, context.actor)
    verdict = _opening(command, context) if ticket is None else _asked(ticket, command, context)
    rulebook = context.rulebook
    if isinstance(verdict, Refusal):
        zone = rulebook.zone
        return verdict if zone is None else attrs.evolve(verdict, zone=zone)
    actor = context.actor
    version = context.version
    if version is None:
        version = ticket.revision.version + 1 if ticket is not None else 1
    trace = Trace(
        actor.id,
        actor.department,
        version,
        context.at if ticket is None else max(context.at, ticket.times.last),
        context.now or context.at,
        context.command_id,
        rulebook.digest,
        actor.rank,
    )
    if isinstance(command, Action):
        command = _typed(command, rulebook)
    decider = rulebook.deciders.get(type(command)) or DECIDERS.get(type(command))
    if decider is None:
        raise InvalidInput(
            "not_a_choice",
            name="command",
            found=type(command).__name__,
            choices=tuple(each.__name__ for each in (*DECIDERS, *rulebook.deciders)),
        )
    draft = Draft(ticket, command, verdict.step, trace, context)
    events = tuple(decider(draft))
    if not events:
        raise InvalidInput("required", name=f"an event of {type(command).__name__}")
    promised = promises(draft)
    if promised:
        first = attrs.evolve(events[0], promises={**promised, **events[0].promises})
        events = (first, *events[1:])
    after: Ticket | None = None
    if rulebook.sla is not None:
        after = evolved(ticket, events, context.ticket_id)
        found = measured(ticket, after, events, rulebook)
        if found is not events:
            after = taken(after, found, len(events))
            events = found
    if draft.beside:
        draft.beside = [_beside(each, ticket, context) for each in draft.beside]
    return Decided(events, tuple(draft.sealed), tuple(draft.notices), tuple(draft.beside), after)


def _beside(each: Beside, ticket: Ticket | None, context: Context) -> Beside:
    """What happens to another ticket, with what it does to the clocks there."""
    digest = each.events[0].trace.rulebook
    own = context.rulebooks.get(each.ticket_id, context.rulebook)
    current = context.current
    rulebook = current if current is not None and current.digest == digest else own
    absorbed = ticket if isinstance(each.events[0], Absorbed) else None
    after = evolved(each.ticket, each.events, each.ticket_id)
    events = measured(each.ticket, after, each.events, rulebook, absorbed)
    return attrs.evolve(each, events=events)


def _typed(command: Action, rulebook: Rulebook) -> Command:
    """The typed command that belongs to the action, if there is one: by name alone, nothing is
    half carried out.
    """
    kind = rulebook.commands.get(command.action)
    if kind is None:
        return command
    given = dict(command.arguments())
    if command.fields and "fields" in attrs.fields_dict(kind):
        given["fields"] = command.fields
    try:
        return kind(**given)
    except TypeError as error:
        name = f"arguments of {command.action}"
        raise InvalidInput(
            "wrong_type", name=name, expected=f"those of {kind.__name__}", found=str(error)
        ) from None


def _asked(ticket: Ticket, command: Command, context: Context) -> Permitted | Refusal:
    """May this be done on a ticket that exists?"""
    rulebook = context.rulebook
    barred = bar(ticket, context.at, rulebook)
    if barred is not None:
        return barred
    at = max(context.at, ticket.times.last)
    workflow = rulebook.workflow.compiled
    kind: type[Command] | None = type(command)
    if kind is Action:
        name: object = command.action  # it may have come from outside, as anything
        kind = rulebook.commands.get(name) if isinstance(name, str) else None
    check = CHECKS.get(kind) if kind is not None else None

    def more() -> Iterator[Unmet]:
        if check is not None:
            asked = _typed(command, rulebook) if isinstance(command, Action) else command
            # As a rule it is the instant of the context itself.
            raised = context if at is context.at else attrs.evolve(context, at=at)
            yield from check(ticket, asked, raised)

    return evaluate(
        workflow,
        ticket,
        command.action,
        context.actor,
        at,
        command.arguments(),
        context.others,
        None if check is None else more,
    )


def _opening(command: Command, context: Context) -> Permitted | Refusal:
    """May a ticket be opened so?"""
    if not isinstance(command, Open):
        facts = {"ticket": context.ticket_id, "actor": context.actor.id}
        return Refusal("not_found", facts=facts)
    rulebook = context.rulebook
    form = rulebook.form_by_type.get(str(command.type))
    if form is None:
        known = tuple(each.label for each in rulebook.forms)
        return Refusal("unknown_type", facts={"type": command.type, "known": known})
    workflow = rulebook.workflow.compiled
    values = {"channel": command.channel, "subjects": command.subjects}
    case = PlainCase(NEW, form.type, None, command.department, command.customer, values=values)
    return evaluate(
        workflow,
        case,
        command.action,
        context.actor,
        context.at,
        command.arguments(),
        more=partial(_problems, form, command),
    )


def _problems(form: Form, command: Open) -> Iterator[Unmet]:
    fields: object = command.fields
    if isinstance(fields, Mapping):
        yield from form.problems(fields)
    else:
        yield problem("fields", "wrong_type", expected="a table", found=type(fields).__name__)
