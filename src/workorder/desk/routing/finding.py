"""Finding somebody: who there is, what they hold, and the decision."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

import attrs
from attrs import frozen

from workorder.assign import (
    Agent,
    AssignmentDecision,
    Context,
    Override,
    Rejection,
    choose,
)
from workorder.assign.selectors import PointerRoundRobin, SmoothWeightedRoundRobin
from workorder.assign.sifting import barred
from workorder.desk.requests import Operation, ask
from workorder.desk.routing.items import Wanted, wanted
from workorder.desk.routing.loads import accounts_of, loaded
from workorder.desk.routing.requests import FindAgent, FindAgents, ReadUsed
from workorder.desk.routing.wish import Wish
from workorder.errors import ConfigurationError, InvalidInput, one_of
from workorder.errors import Finding as Mistake
from workorder.rulebook import Rulebook, Rulebooks
from workorder.storage import Capability
from workorder.ticket import Ticket

if TYPE_CHECKING:
    from workorder.assign.routing import Routing


NO_TURNS = "one that needs not know whose turn it was: least_recently_assigned"
"""What a desk expects of a selector: it does not keep whose turn it was."""

ALL = 1_000
"""Of up to so many who were asked, everything is kept; of more, only who was chosen, by which
scores, and how many were passed over for what: a record has an end.
"""


@frozen
class Finding:
    """What was found.

    Attributes:
        asked: what the ticket asks of somebody.
        decision: who, and why.
        agent: whoever was chosen, as they stand.
        barred: why somebody who is named must not have it, whoever names them.
        again: when something else will do.
    """

    asked: Wanted
    decision: AssignmentDecision
    agent: Agent | None
    again: datetime | None
    barred: tuple[Rejection, ...] = ()


def routing_of(rulebook: Rulebook) -> "Routing":
    """The routing of *rulebook*.

    Raises:
        InvalidInput: ``required`` when it has none.
    """
    if rulebook.routing is None:
        raise InvalidInput("required", name=f"routing in the rulebook “{rulebook.name}”")
    return rulebook.routing


def check_selectors(rulebooks: Rulebooks) -> None:
    """See that no policy of theirs has to know whose turn it was.

    Raises:
        ConfigurationError: with each that does.
    """
    found = [
        Mistake(f"routing.policies.{name}.selector", policy.selector.name, NO_TURNS, each.name)
        for each in rulebooks.by_digest.values()
        if each.routing is not None
        for name, policy in each.routing.policies.items()
        if isinstance(policy.selector, PointerRoundRobin | SmoothWeightedRoundRobin)
    ]
    if found:
        raise ConfigurationError(found)


def find(
    ticket: Ticket,
    wish: Wish,
    routing: "Routing",
    full: Collection[str],
    capabilities: frozenset[Capability],
    given: Mapping[str, int],
) -> Operation[Finding]:
    """Who is to have *ticket*.

    Args:
        ticket: as it stands at the instant of the wish.
        wish: what is wished for.
        routing: by which it goes.
        full: who turned out to have no room left, whatever the loads say.
        capabilities: what the store offers.
        given: what was given on the way, where the store does not count it.

    Raises:
        InvalidInput: for somebody named who is not there; for a selector that needs to know whose
            turn it was, which a desk does not keep.
    """
    asked = wanted(ticket, routing)
    planned = asked.at(wish.at)
    there = yield from _candidates(planned.item.teams, wish)
    there = yield from with_loads(there, capabilities, given)
    there = [each if each.id not in full else _without_room(each) for each in there]
    override = None if wish.to is None else Override(wish.to, wish.reason or "")
    decision = choose(
        there,
        asked.item,
        now=wish.at,
        policy=asked.policy,
        seed=wish.seed,
        plan=asked.plan,
        override=override,
        detail="full" if len(there) <= ALL else "winner",
    )
    if decision.turn:
        raise InvalidInput(
            "wrong_type",
            name=f"selector of the policy “{asked.policy.name}”",
            expected=NO_TURNS,
            found=asked.policy.selector.name,
        )
    agent = next((each for each in there if each.id == decision.chosen), None)
    against: tuple[Rejection, ...] = ()
    if wish.to is not None and agent is None:
        (named,) = (each for each in there if each.id == wish.to)
        against = barred(named, planned.item, Context(wish.at), asked.policy.filters)
    return Finding(asked, decision, agent, planned.until, against)


def _candidates(teams: frozenset[str], wish: Wish) -> Operation[list[Agent]]:
    """Who is asked: everybody of the teams, whoever is named, or one alone."""
    if wish.only is not None:
        return [(yield from known(wish.only, wish.at))]
    there = list((yield from ask(FindAgents(teams, wish.at))))
    if wish.to is not None and wish.to not in [each.id for each in there]:
        there.append((yield from known(wish.to, wish.at, there)))
    return [each for each in there if each.id != wish.besides]


def known(agent_id: str, at: datetime, others: Iterable[Agent] = ()) -> Operation[Agent]:
    """Somebody of the directory.

    Raises:
        InvalidInput: when there is nobody of that name; with the nearest names.
    """
    found = yield from ask(FindAgent(agent_id, at))
    if found is None:
        near = one_of(sorted(each.id for each in others), agent_id) if others else "somebody known"
        raise InvalidInput("wrong_type", name="agent", expected=near, found=agent_id)
    return found


NOTHING_GIVEN: Mapping[str, int] = {}


def with_loads(
    agents: Iterable[Agent],
    capabilities: frozenset[Capability],
    given: Mapping[str, int] = NOTHING_GIVEN,
) -> Operation[list[Agent]]:
    """*agents* with what they hold, where the store counts that; else as the directory says, and
    what was *given* since.
    """
    there = list(agents)
    if Capability.CAPACITY not in capabilities:
        return [
            attrs.evolve(each, load=each.load + given[each.id]) if each.id in given else each
            for each in there
        ]
    if not there:
        return there
    used = yield from ask(ReadUsed(accounts_of(there)))
    return list(loaded(there, used))


def _without_room(agent: Agent) -> Agent:
    return attrs.evolve(agent, load=max(agent.load, agent.capacity))
