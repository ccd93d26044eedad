"""Keeping and erasing sealed values: acts on a ticket's papers, not steps of its life.

No row of a workflow allows them, for the law that asks for them knows no workflow: they are
possible in every state, under every rulebook, and on tickets with events of unknown types. Who may
do them is for whoever calls. Nobody worked on the ticket by them: deeds, state and windows stay as
they are.
"""

from collections.abc import Mapping
from typing import Any

from attrs import evolve

from workorder.kernel.context import Context, Decided
from workorder.refusals import Refusal, Unmet, problem
from workorder.texts import CHINESE, ENGLISH, Label, Texts
from workorder.ticket import (
    Erased,
    Event,
    LegalHoldLifted,
    LegalHoldPlaced,
    Revision,
    Ticket,
    Trace,
)
from workorder.workflow import Step
from workorder.workflow.roles import SYSTEM_ROLE
from workorder.workflow.states import Category

ERASE = "erase"
PLACE = "place_legal_hold"
LIFT = "lift_legal_hold"
"""What the steps of these acts are called."""

_LABELS: Mapping[str, Texts] = {
    ERASE: {ENGLISH: "Erase", CHINESE: "删除敏感内容"},
    PLACE: {ENGLISH: "Place a legal hold", CHINESE: "诉讼保全"},
    LIFT: {ENGLISH: "Lift a legal hold", CHINESE: "解除保全"},
}


def unfit(act: str, *problems: Unmet) -> Refusal:
    """The refusal of an act whose arguments do not fit the ticket."""
    return Refusal("invalid_arguments", problems, facts={"action": Label(act, _LABELS[act])})


def erase(ticket: Ticket, basis: str, refs: tuple[str, ...], context: Context) -> Decided | Refusal:
    """Erase sealed values of *ticket*: those of *refs*, all that it has if there are none.

    Returns:
        :class:`Decided` with one event, or the refusal ``legal_hold`` naming the matters it is kept
        for.
    """
    if ticket.work.legal_holds:
        return Refusal("legal_hold", facts={"cases": ticket.work.legal_holds})
    return Decided((Erased(*_stamp(ticket, ERASE, context), basis, refs),))


def place_legal_hold(ticket: Ticket, case: str, context: Context) -> Decided | Refusal:
    """Keep *ticket* whole for *case*; several may ask for it at a time."""
    if case in ticket.work.legal_holds:
        return unfit(PLACE, problem("case", "held_already"))
    return Decided((LegalHoldPlaced(*_stamp(ticket, PLACE, context), case),))


def lift_legal_hold(ticket: Ticket, case: str, context: Context) -> Decided | Refusal:
    """It need not be kept for *case* any more."""
    holds = ticket.work.legal_holds
    if case not in holds:
        return unfit(LIFT, problem("case", "not_a_choice", found=case, choices=holds))
    return Decided((LegalHoldLifted(*_stamp(ticket, LIFT, context), case),))


def _stamp(ticket: Ticket, action: str, context: Context) -> tuple[Trace, Step]:
    """Who and when, and a step on the spot. The state's category is not looked up: the ticket may
    go by a rulebook that nobody has at hand.
    """
    actor = context.actor
    trace = Trace(
        actor.id,
        actor.department,
        context.version or ticket.revision.version + 1,
        max(context.at, ticket.times.last),
        context.now or context.at,
        context.command_id,
        ticket.origin.rulebook,
        actor.rank,
    )
    category: Category = "open" if ticket.times.closed is None else "closed"
    state = ticket.state
    return trace, Step(action, SYSTEM_ROLE, state, state, category)


def _after(
    ticket: Ticket, event: Event, legal_holds: tuple[str, ...], *, erased: bool = False
) -> Ticket:
    """Nothing but the papers changed; what was gone before is gone still."""
    trace, work = event.trace, ticket.work
    return evolve(
        ticket,
        revision=Revision(trace.version, ticket.revision.events + 1),
        times=evolve(ticket.times, last=trace.occurred_at),
        work=evolve(work, legal_holds=legal_holds, erased=work.erased or erased),
    )


def after_erased(ticket: Ticket, event: Erased) -> Ticket:
    """Its references lead nowhere from now on; it stands as it stood."""
    return _after(ticket, event, ticket.work.legal_holds, erased=not event.refs)


def after_placed(ticket: Ticket, event: LegalHoldPlaced) -> Ticket:
    """It is kept for one more matter."""
    others = tuple(case for case in ticket.work.legal_holds if case != event.case)
    return _after(ticket, event, (*others, event.case))


def after_lifted(ticket: Ticket, event: LegalHoldLifted) -> Ticket:
    """It is kept for one matter less."""
    left = tuple(case for case in ticket.work.legal_holds if case != event.case)
    return _after(ticket, event, left)


EVOLVERS: Mapping[type, Any] = {
    Erased: after_erased,
    LegalHoldPlaced: after_placed,
    LegalHoldLifted: after_lifted,
}
