"""Assigning: somebody is found for a ticket, and has it, in one commit with the room it takes.

A decision is a proposal: whoever was chosen may have got something else by the time it is
committed. Then the store says so, and the next one is tried. When somebody else was at the ticket
first, it is looked at again as it stands by then.
"""

from collections.abc import Mapping
from typing import Any

import attrs

from workorder.assign import AssignmentDecision, decision_data, decision_from_data
from workorder.assign.wire import agent_data
from workorder.canonical import encode
from workorder.desk.answers import Done
from workorder.desk.commanding import Made, checked_expected, make
from workorder.desk.reading import not_found, seen
from workorder.desk.repeating import first_answer, stale
from workorder.desk.requests import Commit, Load, Operation, ask
from workorder.desk.rights import rights_of
from workorder.desk.room import NO_LIMITS, freed
from workorder.desk.routing import finding
from workorder.desk.routing.answers import Routed
from workorder.desk.routing.loads import limits_of
from workorder.desk.routing.wish import Wish
from workorder.errors import CommandRefused, InvalidInput
from workorder.kernel import SYSTEM, Context, Found, pass_time
from workorder.refusals import Refusal, Unmet
from workorder.rulebook import Rulebook, Rulebooks
from workorder.storage import (
    Capability,
    CapacityTaken,
    Codec,
    Committed,
    Conflict,
    Repeated,
    Stored,
)
from workorder.ticket import Assign, Command, Event, OfferTo, Ticket, Transfer
from workorder.ticket.events.routing import DecisionData
from workorder.workflow.evaluate import evaluate
from workorder.workflow.refusing import broken_rules
from workorder.workflow.standard_rules.offering import not_offered

ATTEMPTS = 16
"""How often it is decided anew, when others are at the same ticket."""

SEALED = "(sealed)"
"""Stands in a stored decision for the reason that a person gave: that is kept apart."""

PLAIN = "what a record can hold: text in normal form C, whole numbers, flags, lists, tables"
"""What must be known of somebody, so that the decision can be kept."""


def assign(
    wish: Wish,
    rulebooks: Rulebooks,
    codec: Codec,
    capabilities: frozenset[Capability],
    given: Mapping[str, int] = finding.NOTHING_GIVEN,
) -> Operation[Routed]:
    """Find somebody for a ticket, and give it to them, once.

    Raises:
        CommandRefused: for a ticket that is not to be given to anybody as it stands, somebody named
            who must not have it, a version that is not the expected one; nothing was changed.
        InvalidInput: where there is no routing; see :func:`workorder.desk.routing.finding.find`.
    """
    full: set[str] = set()
    attempts = 0
    while attempts < ATTEMPTS:
        stored = yield from ask(Load((wish.ticket_id,), (wish.command_id,)))
        ticket = seen(stored, wish.ticket_id, wish.actor, rulebooks)
        known = stored[wish.ticket_id]
        if wish.command_id in known.receipts:
            return _again(known, wish, rulebooks, codec)
        checked_expected(wish.expected_version, ticket)
        rulebook = rulebooks.of(ticket)
        routing = finding.routing_of(rulebook)
        context = Context(ticket.id, SYSTEM, wish.at, rulebook, wish.command_id)
        now = pass_time(ticket, context).ticket
        _permitted(now, wish, rulebooks)
        _not_offered(now, wish, rulebook)
        found = yield from finding.find(now, wish, routing, full, capabilities, given)
        _refused(found, wish)
        if found.decision.chosen is None and not wish.noted and not wish.back:
            return _nobody(now, found, wish, rulebooks)
        made = yield from _made(known, now, wish, found, rulebooks, codec, capabilities)
        if found.decision.chosen is None and _noted(ticket, made):
            return _nobody(now, found, wish, rulebooks)
        answer = yield from ask(Commit(made.batch))
        match answer:
            case Committed():
                return _routed(made, found.decision, wish, rulebooks)
            case CapacityTaken() if found.agent is not None:
                full.add(found.agent.id)  # whoever is next in the ranking
                continue
            case Repeated(_, receipt) if receipt.command_id == wish.command_id:
                continue  # it is loaded with its receipt now
            case Conflict(_, version) if wish.expected_version is not None:
                raise stale(version, wish.expected_version)
        attempts += 1
    raise CommandRefused(Refusal("conflict", facts={"attempts": ATTEMPTS}))


def _made(
    known: Stored,
    now: Ticket,
    wish: Wish,
    found: finding.Finding,
    rulebooks: Rulebooks,
    codec: Codec,
    capabilities: frozenset[Capability],
) -> Operation[Made]:
    """What is to be committed."""
    decision, agent = found.decision, found.agent
    limits = NO_LIMITS
    if agent is not None and wish.to is None:
        limits = limits_of(agent, found.asked.item)
    passed = dict(sorted(decision.passed_over.items())) or {"nobody_there": 1}
    later = found.again if decision.chosen is None else None
    if later is not None and later <= max(wish.at, now.times.last):
        later = None  # a clock that is behind would look for somebody again and again
    stored = decision_data(decision if wish.to is None else attrs.evolve(decision, reason=SEALED))
    said = Found(DecisionData(stored), {} if agent is not None else passed, later)
    order = wish.order(_command(now, wish, found))
    before = known.snapshot.ticket
    try:
        return (yield from make(known, before, order, rulebooks, codec, capabilities, said, limits))
    except InvalidInput:
        _keepable(decision)
        raise


def _command(ticket: Ticket, wish: Wish, found: finding.Finding) -> Command:
    """By which command whoever was chosen gets it, or it is said that nobody was."""
    agent = found.agent
    if agent is None:
        if wish.back:
            return Transfer(department=ticket.department, reason=wish.reason)
        return Assign()
    department = ticket.department
    if department not in agent.teams:  # it goes over to theirs
        planned = found.asked.at(wish.at).item
        department = next(iter(sorted(planned.teams & agent.teams)), department)
    if wish.verb == "transfer":
        return Transfer(agent.id, department, wish.reason)
    within = wish.within or found.asked.route.offer
    if wish.to is not None or (wish.verb == "assign" and found.asked.route.offer is None):
        return Assign(agent.id, department, wish.reason)
    if within is None:
        raise InvalidInput(
            "required", name=f"within (the route “{found.asked.route.name}” does not say how long)"
        )
    return OfferTo(agent.id, wish.at + within, department)


def _keepable(decision: AssignmentDecision) -> None:
    """See that a record can hold everybody who was asked.

    Raises:
        InvalidInput: naming whom it cannot hold, and what of them.
    """
    for each in decision.candidates:
        for name, value in agent_data(each, decision.at).items():
            try:
                encode(value)
            except InvalidInput as error:
                raise InvalidInput(
                    "wrong_type", name=f"agent {each.id}: {name}", expected=PLAIN, found=repr(value)
                ) from error


_NEVER = {"unknown_role", "unknown_action", "unknown_state", "wrong_state", "not_permitted"}
"""Refusals that no argument changes."""


def _permitted(ticket: Ticket, wish: Wish, rulebooks: Rulebooks) -> None:
    """Refuse who may not ask at all, before anybody is looked for: answers tell of others."""
    workflow = rulebooks.of(ticket).workflow.compiled
    found = evaluate(workflow, ticket, wish.verb, wish.actor, wish.at, {})
    if isinstance(found, Refusal) and found.code in _NEVER:
        raise CommandRefused(rights_of(wish.actor, ticket, rulebooks).refusal(found, ticket))


def _not_offered(ticket: Ticket, wish: Wish, rulebook: Rulebook) -> None:
    """Refuse to look for somebody while it is held out to one; who names somebody ends that."""
    person = ticket.value("offered_to")
    workflow = rulebook.workflow.compiled
    if person is None or wish.to is not None or wish.verb not in workflow.actions:
        return
    unmet = (not_offered.unmet(person=person),)
    raise CommandRefused(broken_rules(workflow, ticket.state, wish.verb, unmet, ()))


def _refused(found: finding.Finding, wish: Wish) -> None:
    """Refuse whoever is named and must not have it, whoever names them."""
    if wish.to is None or found.agent is not None:
        return
    unmet = tuple(Unmet(each.code, each.code, each.facts, each.sentences) for each in found.barred)
    raise CommandRefused(Refusal("not_eligible", unmet, facts={"agent": wish.to}))


def _noted(ticket: Ticket, made: Made) -> bool:
    """Whether it is known already that nobody can have it, for the same reasons."""
    search, after = ticket.work.search, made.batch.changes[0].snapshot.ticket.work.search
    told = search is not None and (search.passed or search.again is not None)
    return bool(told) and search == after and len(made.batch.changes[0].records) == 1


def _nobody(ticket: Ticket, found: finding.Finding, wish: Wish, rulebooks: Rulebooks) -> Routed:
    return Routed(rights_of(wish.actor, ticket, rulebooks).ticket(ticket), found.decision, None)


def _routed(made: Made, decision: AssignmentDecision, wish: Wish, rulebooks: Rulebooks) -> Routed:
    after = made.batch.changes[0].snapshot.ticket
    room = freed(made.batch)
    done = Done(after, after.version, made.events, wish.command_id, freed=room)
    done = rights_of(wish.actor, after, rulebooks).done(done)
    return Routed(done.ticket, decision, done)


def _again(known: Stored, wish: Wish, rulebooks: Rulebooks, codec: Codec) -> Routed:
    """The first answer."""
    receipt = known.receipts[wish.command_id]
    done = first_answer(known, receipt, wish.digest(), codec)
    decision = decision_in(done.events)
    if decision is None:
        raise not_found(wish.ticket_id, wish.actor)
    if decision.reason == SEALED and receipt.digest:  # it was said again, in the same words
        decision = attrs.evolve(decision, reason=wish.reason)
    done = rights_of(wish.actor, done.ticket, rulebooks).done(done)
    return Routed(done.ticket, decision, done)


def decision_in(events: tuple[Event, ...]) -> AssignmentDecision | None:
    """The decision that stands in one of *events*, if one does."""
    for event in events:
        said: Mapping[str, Any] | None = getattr(event, "decision", None)
        if said is not None:
            return decision_from_data(said)
    return None
