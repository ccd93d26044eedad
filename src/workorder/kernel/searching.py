"""派单: looking for somebody who takes a ticket. To whom it is offered, who did not take it, and
that nobody can have it.

Who it is was found before, by the routing (:mod:`workorder.assign`), and comes in with the context:
here it becomes what happened. What time does to a search it does in any state: an offer lapses at
its end, and when a plan says that something else will do, somebody is looked for again.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import evolve

from workorder.instants import instant_text
from workorder.kernel.advance import advance, with_deed
from workorder.kernel.context import Context, Draft, Notice
from workorder.kernel.searches import after_refused
from workorder.kernel.timers import SEARCH
from workorder.refusals import Unmet, problem
from workorder.ticket import (
    AcceptOffer,
    Assign,
    Assignment,
    Claimed,
    DeclineOffer,
    Dispatched,
    NotAssigned,
    Offered,
    OfferEnded,
    OfferTo,
    OpenOffer,
    SearchDue,
    Ticket,
    Trace,
    WithdrawOffer,
)
from workorder.ticket.work import NO_SEARCH
from workorder.workflow import Step

NOBODY = "ticket.not_assigned"
"""The topic of the notice that nobody can have a ticket."""

OFFERED = "ticket.offered"
"""The topic of the notice that somebody is offered one."""

CANDIDATE = "candidate"
"""As whom somebody is offered a ticket: they may read what about."""

WAS_OFFERED = "was_offered"
"""That they were."""


def assign(draft: Draft[Assign]) -> tuple[Dispatched | NotAssigned, ...]:
    """Give it to whom it was found for; or say that nobody can have it."""
    command, found = draft.command, draft.context.found
    if command.to is None and found is not None:
        draft.step = evolve(draft.step_of(draft.present), action=SEARCH)  # it moves nowhere
        draft.notices.append(Notice(NOBODY, draft.present.id, {"passed": dict(found.passed)}))
        return (NotAssigned(draft.trace, draft.step, found.decision, found.passed, found.again),)
    reason = draft.seal_given("reason", command.reason)
    department = command.department or draft.present.department
    to, decision = draft.given("to"), draft.decision
    return (Dispatched(draft.trace, draft.step, to, department, reason, decision=decision),)


def offer(draft: Draft[OfferTo]) -> tuple[Offered, ...]:
    """Hold it out to somebody."""
    command = draft.command
    department = command.department or draft.present.department
    until, decision = command.until, draft.decision
    body = {"recipient": command.to, "until": instant_text(until)}
    draft.notices.append(Notice(OFFERED, draft.present.id, body))
    return (Offered(draft.trace, draft.step, command.to, department, until, decision),)


def accept_offer(draft: Draft[AcceptOffer]) -> tuple[Claimed, ...]:
    """Take it."""
    return (Claimed(draft.trace, draft.step, draft.trace.actor, draft.present.department),)


def decline_offer(draft: Draft[DeclineOffer]) -> tuple[OfferEnded, ...]:
    """Not take it."""
    to = offered_to(draft.present) or draft.trace.actor
    return (OfferEnded(draft.trace, draft.step, to, "declined", draft.reason()),)


def withdraw_offer(draft: Draft[WithdrawOffer]) -> tuple[OfferEnded, ...]:
    """Take it back."""
    return (
        OfferEnded(draft.trace, draft.step, offered_to(draft.present), "withdrawn", draft.reason()),
    )


def offered_to(ticket: Ticket) -> str:
    """To whom it is offered; nothing, where it is not."""
    search = ticket.work.search
    return search.offer.to if search is not None and search.offer is not None else ""


def check_offer(_ticket: Ticket, command: OfferTo, context: Context) -> Iterator[Unmet]:
    """An offer ends later than it begins."""
    if command.until <= context.at:
        yield problem("until", "not_later", found=command.until, than=context.at)


# --- what time does ---------------------------------------------------------------------------


def lapse(ticket: Ticket, trace: Trace, step: Step) -> OfferEnded:
    """The offer has reached its end."""
    return OfferEnded(trace, step, offered_to(ticket), "lapsed")


def look_again(_ticket: Ticket, trace: Trace, step: Step) -> SearchDue:
    """Something else will do from now on."""
    return SearchDue(trace, step)


# --- afterwards -------------------------------------------------------------------------------


def after_not_assigned(ticket: Ticket, event: NotAssigned) -> Ticket:
    """It waits, and is known to."""
    search = evolve(ticket.work.search or NO_SEARCH, passed=event.passed, again=event.again)
    return advance(ticket, event, search=search)


def after_search_due(ticket: Ticket, event: SearchDue) -> Ticket:
    """Somebody is looked for again; what was found before is past."""
    search = evolve(ticket.work.search or NO_SEARCH, passed={}, again=None)
    return advance(ticket, event, search=search)


def after_offered(ticket: Ticket, event: Offered) -> Ticket:
    """It is held out to them; nobody else is looked for meanwhile."""
    offer = OpenOffer(event.to, event.until, ticket.department)
    before = ticket.work.search or NO_SEARCH
    roams = before.roams or event.step.to_state != ticket.state
    search = evolve(before, offer=offer, passed={}, again=None, roams=roams)
    assignment = Assignment(None, event.department)
    after = advance(ticket, event, assignment=assignment, search=search)
    return evolve(after, deeds=with_deed(after.deeds, event.to, CANDIDATE, WAS_OFFERED))


def after_offer_ended(ticket: Ticket, event: OfferEnded) -> Ticket:
    """It is held out to nobody, and lies again where it lay. Whoever did not take it is remembered,
    unless it was taken back.
    """
    search = ticket.work.search or NO_SEARCH
    home = (search.offer.home if search.offer is not None else None) or ticket.department
    search = evolve(search, offer=None)
    if event.how != "withdrawn":
        search = after_refused(search, event.to, event.trace.occurred_at)
    return advance(ticket, event, assignment=Assignment(None, home), search=search)


DECIDERS: Mapping[type, Any] = {
    Assign: assign,
    OfferTo: offer,
    AcceptOffer: accept_offer,
    DeclineOffer: decline_offer,
    WithdrawOffer: withdraw_offer,
}

CHECKS: Mapping[type, Any] = {OfferTo: check_offer}

EVOLVERS: Mapping[type, Any] = {
    NotAssigned: after_not_assigned,
    SearchDue: after_search_due,
    Offered: after_offered,
    OfferEnded: after_offer_ended,
}
