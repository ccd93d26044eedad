"""Moves at the desk: somebody's work goes to others, and work is levelled.

Each move is a transfer as any other, asked for by a person, with a reason, and with the decision
that says why it went to whom it did.
"""

from collections.abc import Collection
from datetime import timedelta

import attrs

from workorder.assign import Item
from workorder.assign.moves import gone, levelled
from workorder.assign.queueing import PriorityFIFO
from workorder.conditions import where
from workorder.desk.requests import Operation, ask
from workorder.desk.routing.answers import Kept, Levelled, Relieved, Routed
from workorder.desk.routing.draining import Draining
from workorder.desk.routing.finding import routing_of, with_loads
from workorder.desk.routing.items import wanted
from workorder.desk.routing.line import Waiting, offered_to
from workorder.desk.routing.pages import every
from workorder.desk.routing.requests import FindAgents
from workorder.errors import WorkorderError
from workorder.rulebook import Rulebooks
from workorder.ticket import Ticket


def relieve(
    agent_id: str, pinned: Collection[str], draining: Draining, *, held: bool
) -> Operation[Relieved]:
    """Give somebody's work, and what is offered to them, to others, the most urgent first, and of
    these what has waited longest. What nobody else can have goes back into the line. Reads every
    ticket that nobody has.

    Raises:
        InvalidInput: where there is no routing.
    """
    work = yield from _work_of((agent_id,), draining.rulebooks, held=held)
    offered = yield from offered_to(agent_id, draining.rulebooks, draining.at)
    offers = {each.ticket.id: each for each in offered}
    work += [(each.item, each.ticket) for each in offered]
    moved: list[Routed] = []
    queued: list[Routed] = []
    refused: list[Kept] = []
    waiting: list[Kept] = []
    stays = []
    for _, ticket in sorted(work, key=lambda each: PriorityFIFO().key(each[0])):
        if ticket.id in pinned:
            stays.append(ticket.id)
            continue
        wish, kept = draining.wishing(ticket.id), refused
        try:
            if ticket.id in offers:
                yield from draining.withdrawn(ticket.id)
                length, kept = _length_of(offers[ticket.id], draining), waiting
                wish = attrs.evolve(wish, verb="offer", besides=agent_id, within=length)
            else:
                wish = attrs.evolve(wish, verb="transfer", besides=agent_id, back=True)
            routed = yield from draining.granted(wish)
        except WorkorderError as error:
            kept.append(Kept(ticket.id, error))
            continue
        (queued if routed.to is None else moved).append(routed)
    return Relieved(tuple(moved), tuple(queued), tuple(stays), tuple(refused), tuple(waiting))


def _length_of(offered: Waiting, draining: Draining) -> timedelta | None:
    """How long it is offered to somebody else: as its route says, or as long as is left."""
    search = offered.ticket.work.search
    if offered.asked.route.offer is not None or search is None or search.offer is None:
        return None
    return search.offer.until - draining.at


def away(teams: frozenset[str], draining: Draining) -> Operation[tuple[str, ...]]:
    """Who of *teams* has been offline for longer than the routing's grace."""
    grace = routing_of(draining.rulebooks.current).grace
    there = yield from ask(FindAgents(teams, draining.at))
    return tuple(
        each.id
        for each in there
        if each.presence_since is not None
        and gone(each.presence, each.presence_since, now=draining.at, grace=grace)
    )


def level(
    teams: frozenset[str], pinned: Collection[str], within: float, draining: Draining
) -> Operation[Levelled]:
    """Bring the utilisation of everybody in *teams* together, up to *within*.

    Raises:
        InvalidInput: where there is no routing.
    """
    there = yield from ask(FindAgents(teams, draining.at))
    agents = yield from with_loads(there, draining.capabilities)
    by_id = {each.id: each for each in agents if each.capacity}
    work: dict[str, list[Item]] = {}
    for item, ticket in (yield from _work_of(tuple(by_id), draining.rulebooks)):
        work.setdefault(ticket.assignee or "", []).append(item)
    policy = routing_of(draining.rulebooks.current).usual
    moves = levelled(
        work, by_id.values(), now=draining.at, policy=policy, pinned=pinned, within=within
    )
    moved, refused = [], []
    for each in moves:
        wish = attrs.evolve(draining.wishing(each.item), verb="transfer", only=each.to, noted=False)
        try:
            routed = yield from draining.granted(wish)
        except WorkorderError as error:
            refused.append(Kept(each.item, error))
            continue
        if routed.to is not None:  # else they were given something else meanwhile
            moved.append(routed)
    return Levelled(tuple(moved), tuple(refused))


def _work_of(
    agents: tuple[str, ...], rulebooks: Rulebooks, *, held: bool = False
) -> Operation[list[tuple[Item, Ticket]]]:
    """What *agents* have that takes room, as items; with *held*, also what is on hold."""
    routing_of(rulebooks.current)
    found = []
    theirs = where("assignee").one_of(agents) & where("closed").is_missing()
    for ticket in (yield from every(theirs)):
        routing = rulebooks.of(ticket).routing
        if routing is not None and (
            ticket.state in routing.occupying or (held and ticket.work.hold is not None)
        ):
            found.append((wanted(ticket, routing).item, ticket))
    return found
