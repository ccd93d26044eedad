"""The customer: what they say, what they are told, how they judge."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from attrs import evolve

from workorder.kernel.advance import advance
from workorder.kernel.context import Context, Draft
from workorder.kernel.windows import NEXT, quiet_period
from workorder.refusals import Unmet, problem
from workorder.ticket import (
    ContactLogged,
    CustomerInformed,
    CustomerMessage,
    CustomerReplied,
    CustomerReply,
    CustomerWrote,
    InformCustomer,
    LogContact,
    Rate,
    Rated,
    Replied,
    Reply,
    Ticket,
    Urge,
    Urged,
)


def customer_reply(draft: Draft[CustomerReply]) -> tuple[CustomerReplied, ...]:
    """The customer brings what was asked for."""
    return (CustomerReplied(draft.trace, draft.step, draft.seal("text", draft.command.text)),)


def customer_message(draft: Draft[CustomerMessage]) -> tuple[CustomerWrote, ...]:
    """The customer says something."""
    text = draft.seal("text", draft.command.text)
    return (CustomerWrote(draft.trace, draft.step, text, draft.command.channel),)


def reply(draft: Draft[Reply]) -> tuple[Replied, ...]:
    """Write to the customer."""
    text = draft.seal("text", draft.command.text)
    return (Replied(draft.trace, draft.step, text, draft.command.channel),)


def log_contact(draft: Draft[LogContact]) -> tuple[ContactLogged, ...]:
    """An attempt to reach the customer."""
    command = draft.command
    note = draft.seal_given("note", command.note)
    return (ContactLogged(draft.trace, draft.step, command.outcome, command.channel, note),)


def inform_customer(draft: Draft[InformCustomer]) -> tuple[CustomerInformed, ...]:
    """The customer was told; what follows from that is promised with it."""
    command, ticket = draft.command, draft.present
    told_at = command.told_at or draft.trace.occurred_at
    promises = {}
    extension = ticket.work.extension
    if command.subject == "extension" and extension is not None and not ticket.is_led:
        promises["due"] = extension.until
    elif command.subject == "decision":
        window = draft.settings.appeal_window
        if window is not None and "decision" not in ticket.windows.told:  # the first time counts
            appeal = draft.context.rulebook.until(told_at, window)
            promised = ticket.windows.appeal_until  # at closing: it is not taken back
            appeal = appeal if promised is None else max(appeal, promised)
            promises["appeal_until"] = appeal
            archive = ticket.windows.archive_from
            if archive is not None:
                promises["archive_from"] = max(archive, appeal + NEXT)
        close_from = quiet_period(draft)
        if close_from is not None:
            promises["close_from"] = close_from
    note = draft.seal_given("note", command.note)
    informed = CustomerInformed(
        draft.trace,
        draft.step,
        draft.given("subject"),
        draft.given("channel"),
        told_at,
        note,
        promises=promises,
    )
    return (informed,)


def urge(draft: Draft[Urge]) -> tuple[Urged, ...]:
    """The customer wants it done."""
    again_from = draft.until_if(draft.settings.urge_min_interval)
    note = draft.seal_given("note", draft.command.note)
    return (Urged(draft.trace, draft.step, again_from, note),)


def rate(draft: Draft[Rate]) -> tuple[Rated, ...]:
    """How the customer judges the resolution."""
    remark = draft.seal_given("remark", draft.command.remark)
    return (Rated(draft.trace, draft.step, draft.given("score"), remark),)


def check_informing(ticket: Ticket, command: InformCustomer, context: Context) -> Iterator[Unmet]:
    """What is wrong with a record that the customer was told: nobody is told in the future, nor of
    what has not come about: an extension that nobody has granted, a decision that nobody has
    taken.
    """
    told_at = command.told_at
    if told_at is not None and told_at > context.at:
        yield problem("told_at", "in_future", found=told_at)
    since = _told_from(ticket, str(command.subject), context)
    if since is None:
        yield problem("subject", "nothing_to_tell")
    elif told_at is not None and told_at < since:
        yield problem("told_at", "not_later", found=told_at, than=since)


def _told_from(ticket: Ticket, subject: str, context: Context) -> datetime | None:
    """Since when there is something to tell of *subject*; ``None`` while there is nothing."""
    times = ticket.times
    match subject:
        case "extension":
            return _granted(ticket)
        case "decision":
            return _decided(ticket, context)
        case "closed":
            return times.closed
        case "not_accepted":
            return times.closed if times.accepted is None else None
    return times.opened


def _granted(ticket: Ticket) -> datetime | None:
    """Since when an extension is granted that the customer was not told of."""
    extension = ticket.work.extension
    return extension.granted if extension is not None else None


def _decided(ticket: Ticket, context: Context) -> datetime | None:
    """Since when there is a decision; since ever, in a workflow that does not mark one."""
    states = context.rulebook.workflow.compiled.states.values()
    if not any(state.resolved for state in states):
        return ticket.times.opened
    return ticket.times.resolved or ticket.times.closed


def after_informed(ticket: Ticket, event: CustomerInformed) -> Ticket:
    """They were told; a granted extension counts from now on."""
    told = {**ticket.windows.told, event.subject: event.told_at}
    work = ticket.work
    if event.subject == "extension":
        work = evolve(work, extension=None)
    hold = work.hold
    first = hold is not None and (hold.told is None or event.told_at < hold.told)
    if hold is not None and first and event.told_at >= hold.since:
        work = evolve(work, hold=evolve(hold, told=event.told_at))
    return advance(ticket, event, windows=evolve(ticket.windows, told=told), work=work)


def after_urged(ticket: Ticket, event: Urged) -> Ticket:
    """Urged once more; this person not again for a while."""
    counts = evolve(ticket.counts, urges=ticket.counts.urges + 1)
    windows = ticket.windows
    if event.again_from is not None:
        urged = {**windows.urged, event.trace.actor: event.again_from}
        windows = evolve(windows, urged=urged)
    return advance(ticket, event, counts=counts, windows=windows)


def after_rated(ticket: Ticket, event: Rated) -> Ticket:
    """The present resolution is rated."""
    return advance(ticket, event, work=evolve(ticket.work, rated=True))


DECIDERS: Mapping[type, Any] = {
    CustomerReply: customer_reply,
    CustomerMessage: customer_message,
    Reply: reply,
    LogContact: log_contact,
    InformCustomer: inform_customer,
    Urge: urge,
    Rate: rate,
}

EVOLVERS: Mapping[type, Any] = {
    CustomerReplied: advance,
    CustomerWrote: advance,
    Replied: advance,
    ContactLogged: advance,
    CustomerInformed: after_informed,
    Urged: after_urged,
    Rated: after_rated,
}

CHECKS: Mapping[type, Any] = {InformCustomer: check_informing}
