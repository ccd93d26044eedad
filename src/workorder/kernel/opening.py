"""受理: opening a ticket."""

from typing import Any

from workorder.intake import Form
from workorder.kernel.context import Draft
from workorder.ticket import (
    Assignment,
    Counts,
    Fields,
    OpaqueEvent,
    Open,
    Opened,
    Origin,
    Parties,
    Revision,
    Ticket,
    Times,
)
from workorder.workflow import Deeds


def open_ticket(draft: Draft[Open]) -> tuple[Opened, ...]:
    """Open: what was said goes into the event, sensitive values sealed."""
    command = draft.command
    form = draft.context.rulebook.form_by_type[command.type]
    return (
        Opened(
            draft.trace,
            draft.step,
            command.type,
            command.customer,
            tuple(command.subjects or ()),
            command.channel,
            command.department,
            _stored(draft, form),
        ),
    )


def _stored(draft: Draft[Open], form: Form) -> Fields:
    stored: dict[str, Any] = {}
    for each in form.fields:
        value = draft.command.fields.get(each.name)
        if value is None:
            continue
        if each.sealed:
            value = draft.seal(each.name, str(value))
        elif isinstance(value, list):
            value = tuple(value)
        stored[each.name] = value
    return stored


def born(ticket_id: str, event: Opened) -> Ticket:
    """The first value of a ticket."""
    trace = event.trace
    at = trace.occurred_at
    deeds: Deeds = {trace.actor: {event.step.role: (event.step.action,)}} if trace.actor else {}
    return Ticket(
        ticket_id,
        event.type,
        event.step.to_state,
        Revision(trace.version, 1),
        Origin(trace.rulebook, trace.actor, event.channel),
        Parties(event.customer, event.subjects),
        Assignment(None, event.department),
        Times(at, at, at),
        Counts(),
        event.fields,
        deeds,
    )


def born_opaque(ticket_id: str, event: OpaqueEvent) -> Ticket:
    """The first value of a ticket that began in a way this version does not know: what its trace
    and step tell, and the name of the event, which bars every command.
    """
    trace = event.trace
    at = trace.occurred_at
    return Ticket(
        ticket_id,
        "",
        event.step.to_state,
        Revision(trace.version, 1),
        Origin(trace.rulebook, trace.actor),
        Parties(),
        Assignment(),
        Times(at, at, at),
        Counts(),
        {},
        {trace.actor: {event.step.role: (event.step.action,)}} if trace.actor else {},
        kinds=(event.signature,),
    )
