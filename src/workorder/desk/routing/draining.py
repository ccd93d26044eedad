"""Draining: those that wait are given to whoever has room, and somebody gets what comes next.

The line is gone through in its order. A ticket that nobody free can have is passed by and keeps its
place; so the front of the line blocks nobody, and a ticket that waits for a rare skill is not
overtaken by one that takes the same skill.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime

import attrs
from attrs import field, frozen

from workorder.assign import Agent, Context
from workorder.assign.moves import with_item
from workorder.assign.sifting import sifted
from workorder.desk.answers import Done
from workorder.desk.commanding import carry_out
from workorder.desk.reading import visible_to
from workorder.desk.requests import Load, Operation, ask
from workorder.desk.routing.answers import Drained, Kept, Routed
from workorder.desk.routing.assigning import assign
from workorder.desk.routing.finding import known, with_loads
from workorder.desk.routing.items import waits
from workorder.desk.routing.line import Waiting, in_line
from workorder.desk.routing.requests import FindAgent, FindAgents
from workorder.desk.routing.wish import Wish
from workorder.errors import WorkorderError
from workorder.rulebook import Rulebooks
from workorder.storage import Capability, Codec
from workorder.ticket import WithdrawOffer
from workorder.workflow import Actor

Wishing = Callable[[str], Wish]
"""Makes the wish for a ticket: each has a command id of its own."""


@frozen
class Draining:
    """What all of it needs.

    Attributes:
        actor: who asks.
        at: the instant.
        wishing: makes the wish for a ticket.
        rulebooks: the rules.
        codec: writes records.
        capabilities: what the store offers.
        given: what was given to whom on the way, in units: where the store does not count that, the
            directory may not know it yet.
    """

    actor: Actor
    at: datetime
    wishing: Wishing
    rulebooks: Rulebooks
    codec: Codec
    capabilities: frozenset[Capability]
    given: dict[str, int] = field(factory=dict)

    def line(self) -> Operation[list[Waiting]]:
        """The tickets that wait, of those that whoever asks may see."""
        waiting = yield from in_line(self.rulebooks, self.at)
        return [each for each in waiting if visible_to(self.actor, each.ticket, self.rulebooks)]

    def give(self, ticket_id: str, only: str | None = None) -> Operation[Routed]:
        """Find somebody for a ticket; *only* this one, if somebody is named."""
        wish = self.wishing(ticket_id)
        if only is not None:
            wish = attrs.evolve(wish, only=only, noted=False)
        routed = yield from self.granted(wish)
        if routed.to is not None and routed.decision.asked is not None:
            units = self.given.get(routed.to, 0) + routed.decision.asked.units
            self.given[routed.to] = units
        return routed

    def granted(self, wish: Wish) -> Operation[Routed]:
        """Find somebody as *wish* has it."""
        return assign(wish, self.rulebooks, self.codec, self.capabilities, self.given)

    def withdrawn(self, ticket_id: str) -> Operation[Done]:
        """Take back what is offered to somebody."""
        wish = self.wishing(ticket_id)
        order = wish.order(WithdrawOffer(wish.reason))
        return carry_out(order, self.rulebooks, self.codec, self.capabilities)


def next_for(agent_id: str, draining: Draining) -> Operation[Routed | None]:
    """What comes next for somebody: the first of the line that they can have.

    Raises:
        InvalidInput: for somebody who is not there; where there is no routing.
    """
    line = yield from draining.line()
    agent = yield from known(agent_id, draining.at)
    return (yield from _next_of(line, agent, draining))


def _next_of(line: Sequence[Waiting], agent: Agent, draining: Draining) -> Operation[Routed | None]:
    there = yield from with_loads((agent,), draining.capabilities, draining.given)
    for each in line:
        if not _can(each, there, draining.at):
            continue
        try:
            routed = yield from draining.give(each.ticket.id, agent.id)
        except WorkorderError:
            continue  # somebody else has it by now, or it can be given to nobody as it stands
        if routed.to is not None:
            return routed
    return None


def filled(
    agents: Iterable[str], draining: Draining, besides: Collection[str] = ()
) -> Operation[Drained]:
    """What comes next for each of *agents*, until they have no room, or nothing waits for them; of
    what waits, nothing of *besides*. Whoever the directory does not know gets nothing.

    Raises:
        InvalidInput: where there is no routing.
    """
    routed: list[Routed] = []
    for agent_id in agents:
        line = yield from draining.line()
        line = [each for each in line if each.ticket.id not in besides]
        agent = yield from ask(FindAgent(agent_id, draining.at))
        if agent is None:
            continue
        while (found := (yield from _next_of(line, agent, draining))) is not None:
            routed.append(found)
            line = [each for each in line if each.ticket.id != found.ticket.id]
    return Drained(tuple(routed))


def refilled(
    agents: Iterable[str], ticket_id: str, draining: Draining, *, again: bool
) -> Operation[Drained]:
    """What follows when a command made room: what comes next for *agents*; and with *again*, where
    the ticket was put back by whoever had it, or was offered it, somebody else for it.

    Raises:
        InvalidInput: where there is no routing.
    """
    found = yield from filled(agents, draining, (ticket_id,))
    if not again:
        return found
    stored = yield from ask(Load((ticket_id,)))
    if ticket_id not in stored:
        return found
    ticket = stored[ticket_id].snapshot.ticket
    routing = draining.rulebooks.of(ticket).routing
    if routing is None or ticket.work.search is None or not waits(ticket, routing):
        return found
    try:
        other = yield from draining.give(ticket_id)
    except WorkorderError as error:
        return attrs.evolve(found, refused=(Kept(ticket_id, error),))
    if other.to is None:
        return attrs.evolve(found, waiting=(ticket_id,))
    return attrs.evolve(found, routed=(*found.routed, other))


def drain(draining: Draining) -> Operation[Drained]:
    """Everything that waits, to whoever can have it.

    Raises:
        InvalidInput: where there is no routing.
    """
    line = yield from draining.line()
    seen: dict[frozenset[str], list[Agent]] = {}
    routed, refused = [], []
    waiting: list[str] = []
    for each in line:
        teams = each.item.teams
        if teams not in seen:
            there = yield from ask(FindAgents(teams, draining.at))
            seen[teams] = yield from with_loads(there, draining.capabilities, draining.given)
        if not _can(each, seen[teams], draining.at) and _noted(each):
            waiting.append(each.ticket.id)
            continue
        try:
            found = yield from draining.give(each.ticket.id)
        except WorkorderError as error:
            refused.append(Kept(each.ticket.id, error))
            continue
        if found.to is None:
            waiting.append(each.ticket.id)
            continue
        routed.append(found)
        for name, agents in seen.items():
            seen[name] = [
                with_item(agent, each.item, draining.at) if agent.id == found.to else agent
                for agent in agents
            ]
    return Drained(tuple(routed), tuple(waiting), tuple(refused))


def _can(each: Waiting, agents: Sequence[Agent], at: datetime) -> bool:
    """Whether any of *agents* passes every filter; who of them gets it is decided afterwards."""
    return len(sifted(agents, each.item, Context(at), each.asked.policy.filters)) < len(agents)


def _noted(each: Waiting) -> bool:
    """Whether it stands on the ticket that nobody could have it."""
    search = each.ticket.work.search
    return search is not None and bool(search.passed)
