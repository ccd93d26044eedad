"""受理: opening a ticket, and getting its intake right."""

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import evolve

from workorder.clocks import NO_CLOCKS
from workorder.intake import Form
from workorder.kernel.advance import advance, led, merged_fields
from workorder.kernel.context import Context, Draft
from workorder.kernel.timers import timers_after
from workorder.kernel.windows import new_due
from workorder.refusals import Unmet, problem
from workorder.ticket import (
    Accept,
    Accepted,
    ApproveIntake,
    Assignment,
    Counts,
    Edit,
    Edited,
    Fields,
    IntakeApproved,
    IntakeRejected,
    IntakeReturned,
    Links,
    OpaqueEvent,
    Open,
    Opened,
    Origin,
    Parties,
    Reclassified,
    Reclassify,
    RejectIntake,
    ReturnIntake,
    Revision,
    Ticket,
    Times,
)
from workorder.ticket.work import NO_LINKS, NO_WINDOWS, NO_WORK, Windows
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
            stored(draft, form, command.fields),
        ),
    )


def stored(draft: Draft[Any], form: Form, values: Mapping[str, Any]) -> Fields:
    """Values for the fields of *form* as they stand in an event, sensitive ones sealed."""
    found: dict[str, Any] = {}
    for each in form.fields:
        if each.name not in values:
            continue
        value = each.kept(values[each.name])
        if value is None:
            if draft.ticket is None or each.name not in draft.ticket.fields:
                continue
        elif each.sealed:
            value = draft.seal(each.name, str(value))
        elif isinstance(value, list):
            value = tuple(value)
        found[each.name] = value
    return found


def edit(draft: Draft[Edit]) -> tuple[Edited, ...]:
    """Fill in or correct."""
    command = draft.command
    form = _form(draft.context, draft.present.type)
    fields = stored(draft, form, command.fields) if form is not None else {}
    return (Edited(draft.trace, draft.step, command.customer, command.channel, fields),)


def approve_intake(draft: Draft[ApproveIntake]) -> tuple[IntakeApproved, ...]:
    """The intake is good."""
    note = draft.seal_given("note", draft.command.note)
    return (IntakeApproved(draft.trace, draft.step, note),)


def return_intake(draft: Draft[ReturnIntake]) -> tuple[IntakeReturned, ...]:
    """The intake must be corrected."""
    return (IntakeReturned(draft.trace, draft.step, draft.reason()),)


def accept(draft: Draft[Accept]) -> tuple[Accepted, ...]:
    """Take the matter on."""
    return (Accepted(draft.trace, draft.step),)


def reject_intake(draft: Draft[RejectIntake]) -> tuple[IntakeRejected, ...]:
    """Do not take it on."""
    return (IntakeRejected(draft.trace, draft.step, draft.reason()),)


def reclassify(draft: Draft[Reclassify]) -> tuple[Reclassified, ...]:
    """Another type, or other fields."""
    command = draft.command
    type_ = command.type or draft.present.type
    form = _form(draft.context, type_)
    fields = stored(draft, form, command.fields) if form is not None else {}
    due = new_due(draft, type_) if type_ != draft.present.type else None
    promises = {} if due is None else {"due": due}
    event = Reclassified(draft.trace, draft.step, type_, draft.reason(), fields, promises=promises)
    return (event,)


def check_edit(ticket: Ticket, command: Edit, context: Context) -> Iterator[Unmet]:
    """What is wrong with an edit."""
    for name, known in (("customer", ticket.customer), ("channel", ticket.origin.channel)):
        given = getattr(command, name)
        if given is not None and known is not None and given != known:
            yield problem(name, "already_set")
    yield from _field_problems(ticket, command.fields, _form(context, ticket.type), context)
    if not command.arguments() and not command.fields:
        yield problem("fields", "required")


def check_reclassify(ticket: Ticket, command: Reclassify, context: Context) -> Iterator[Unmet]:
    """What is wrong with a reclassification: the type must exist, its form must take the fields
    that are given, and those it requires must be there.
    """
    type_ = command.type or ticket.type
    form = _form(context, type_)
    if form is None:
        choices = tuple(context.rulebook.form_by_type)
        yield problem("type", "not_a_choice", found=str(type_), choices=choices)
        return
    yield from _field_problems(ticket, command.fields, form, context)
    for each in form.fields:
        if each.required and each.name not in command.fields and each.name not in ticket.fields:
            yield problem(each.name, "required")
    if command.type is None and not command.fields:
        yield problem("type", "required")


def _form(context: Context, type_: str) -> Form | None:
    return context.rulebook.form_by_type.get(type_)


def _field_problems(
    ticket: Ticket, fields: object, form: Form | None, context: Context
) -> Iterator[Unmet]:
    """What the form does not take, and what acceptance asked for and is not there any more."""
    found = tuple(_form_problems(ticket, fields, form))
    yield from found
    if ticket.times.accepted is None or not isinstance(fields, Mapping):
        return
    for name in context.rulebook.workflow.settings.required_fields:
        emptied = name in fields and fields[name] in (None, (), [])
        if emptied and all(each.name != name for each in found):
            yield problem(name, "required")


def _form_problems(ticket: Ticket, fields: object, form: Form | None) -> Iterator[Unmet]:
    if not isinstance(fields, Mapping):
        yield problem("fields", "wrong_type", expected="a table", found=type(fields).__name__)
    elif form is not None:
        yield from form.changes(fields)
    elif fields:  # a ticket whose type this rulebook does not know (imported, or of another one)
        yield problem("type", "not_a_choice", found=ticket.type, choices=())


def born(ticket_id: str, event: Opened) -> Ticket:
    """The first value of a ticket."""
    trace = event.trace
    at = trace.occurred_at
    deeds: Deeds = {trace.actor: {event.step.role: (event.step.action,)}} if trace.actor else {}
    due = event.promises.get("due")
    windows = Windows(due=due) if due is not None else NO_WINDOWS
    if event.clocks:
        windows = led(windows, NO_CLOCKS, event.clocks)
    return Ticket(
        ticket_id,
        event.type,
        event.step.to_state,
        Revision(trace.version, 1),
        Origin(trace.rulebook, trace.actor, event.channel),
        Parties(event.customer, event.subjects, event.excluded),
        Assignment(None, event.department),
        Times(at, at, at, accepted=at if event.step.category == "open" else None, acted=at),
        Counts(),
        event.fields,
        deeds,
        windows=windows,
        links=Links(appeal_of=event.appeal_of) if event.appeal_of is not None else NO_LINKS,
        timers=timers_after((), event.step, NO_WORK, windows, 1, event.clocks),
        clocks=event.clocks,
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


def after_edited(ticket: Ticket, event: Edited) -> Ticket:
    """Filled in; an approval of the intake counts no more."""
    origin, parties = ticket.origin, ticket.parties
    if event.channel is not None:
        origin = evolve(origin, channel=event.channel)
    if event.customer is not None:
        parties = evolve(parties, customer=event.customer)
    return advance(
        ticket,
        event,
        origin=origin,
        parties=parties,
        fields=merged_fields(ticket, event.fields),
        work=evolve(ticket.work, intake_approved=False),
    )


def after_intake_approved(ticket: Ticket, event: IntakeApproved) -> Ticket:
    """Its intake is approved."""
    return advance(ticket, event, work=evolve(ticket.work, intake_approved=True))


def after_intake_returned(ticket: Ticket, event: IntakeReturned) -> Ticket:
    """Its intake must be corrected, and was returned once more."""
    counts = evolve(ticket.counts, returns=ticket.counts.returns + 1)
    return advance(ticket, event, counts=counts, work=evolve(ticket.work, intake_approved=False))


def after_reclassified(ticket: Ticket, event: Reclassified) -> Ticket:
    """It is of another type now, or has other fields; its intake must be approved again."""
    origin = ticket.origin
    if event.type != ticket.type and ticket.type not in origin.types:
        origin = evolve(origin, types=(*origin.types, ticket.type))
    return advance(
        ticket,
        event,
        type_=event.type,
        origin=origin,
        fields=merged_fields(ticket, event.fields),
        work=evolve(ticket.work, intake_approved=False),
    )


DECIDERS: Mapping[type, Any] = {
    Open: open_ticket,
    Edit: edit,
    ApproveIntake: approve_intake,
    ReturnIntake: return_intake,
    Accept: accept,
    RejectIntake: reject_intake,
    Reclassify: reclassify,
}

EVOLVERS: Mapping[type, Any] = {
    Edited: after_edited,
    IntakeApproved: after_intake_approved,
    IntakeReturned: after_intake_returned,
    Accepted: advance,
    IntakeRejected: advance,
    Reclassified: after_reclassified,
}

CHECKS: Mapping[type, Any] = {Edit: check_edit, Reclassify: check_reclassify}
