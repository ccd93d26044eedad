"""Choosing: filters, scorers, a selector, and the decision that says what they found."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from attrs import field, frozen

from workorder.assign.agents import Agent
from workorder.assign.context import Context
from workorder.assign.decision import AFFINITY, OVERRIDE, AssignmentDecision, Detail
from workorder.assign.items import Item
from workorder.assign.plan import RoutingPlan
from workorder.assign.policy import AssignmentPolicy
from workorder.assign.sifting import Against, barred, sifted
from workorder.assign.values import NOTHING, is_named, wrong
from workorder.assign.weighing import Weighed, weighed
from workorder.errors import one_of

LEAST_LOAD = AssignmentPolicy()
"""Where no policy is given: of everybody who can, whoever holds least."""


@frozen
class Override:
    """Somebody is named by a person. It passes every filter that is not hard.

    Attributes:
        agent: who gets it.
        reason: why; it stands in the decision.
    """

    agent: str = field(validator=is_named)
    reason: str = field(validator=is_named)


@frozen
class _Picked:
    """Who it is, how that came about, and what a selector that takes turns leaves behind."""

    chosen: str | None
    by: str
    places: Sequence[int]
    turn: Mapping[str, Any]


def choose(
    agents: Iterable[Agent],
    item: Item,
    *,
    now: datetime,
    policy: AssignmentPolicy = LEAST_LOAD,
    seed: int | None = None,
    turn: Mapping[str, Any] = NOTHING,
    plan: RoutingPlan | None = None,
    override: Override | None = None,
    detail: Detail = "full",
) -> AssignmentDecision:
    """Who should get *item*.

    The order of *agents* makes no difference. Nothing is changed: whoever carries it out says so in
    the agents of the next question.

    Args:
        agents: who there is, as they stand; each once.
        item: what is to be given to somebody.
        now: the instant, aware.
        policy: how it is decided.
        seed: where chance comes from, for a selector that draws.
        turn: ``turn`` of the last decision, for a selector that takes turns.
        plan: what is asked, the longer the item has waited; what it says itself, without one.
        override: somebody whom a person names.
        detail: how much the decision keeps.

    Raises:
        InvalidInput: for two agents with one id, a naive instant, somebody named who is not there,
            a seed that is missing, a turn that is none.

    >>> from datetime import UTC, datetime
    >>> agents = [Agent("li", capacity=3, load=2), Agent("gao", capacity=3, load=3), Agent("wu")]
    >>> noon = datetime(2026, 9, 30, 12, tzinfo=UTC)
    >>> decision = choose(agents, Item("T1"), now=noon)
    >>> decision.chosen, decision.ranking
    ('wu', ('wu', 'li'))
    >>> decision.rejections["gao"][0].text()
    'holds 3 of 3 units; this takes 1'
    """
    there = tuple(agents)
    context = Context(now, seed, turn)
    step = 0
    if plan is not None:
        planned = plan.at(item, context.now)
        item, step = planned.item, planned.step
    against = sifted(there, item, context, policy.filters)
    can = [each for each in there if each.id not in against] if against else there
    found = weighed(can, item, context, policy.weights)
    for agent_id, rejection in found.failed.items():
        against[agent_id] = [rejection]
    picked = _picked(found, item, context, policy)
    if override is not None:
        picked = _named(override, there, item, context, policy, picked)
    kept = _kept(detail, found, picked, against)
    if detail == "full":
        kept.update(asked=item, candidates=there, turned=turn)
    return AssignmentDecision(
        item=item.id,
        at=context.now,
        policy=policy.name,
        digest=policy.digest,
        chosen=picked.chosen,
        by=picked.by,
        step=step,
        seed=seed,
        turn=picked.turn,
        detail=detail,
        named=None if override is None else override.agent,
        reason=None if override is None else override.reason,
        **kept,
    )


def _picked(found: Weighed, item: Item, context: Context, policy: AssignmentPolicy) -> _Picked:
    """Who is tried first, if they can; else the best."""
    name, can = policy.selector.name, found.agents
    if not can:
        return _Picked(None, name, (), context.turn)
    ids = [each.id for each in can]
    for why in policy.affinity:
        wanted = item.preferred.get(why)
        if wanted in ids:
            order = policy.selector.order(can, found.totals, context)
            place = ids.index(wanted)
            places = [place, *(each for each in order.places if each != place)]
            # Somebody who is due to have it takes nobody's turn.
            return _Picked(wanted, AFFINITY + why, places, context.turn)
    order = policy.selector.order(can, found.totals, context)
    return _Picked(ids[order.places[0]], name, order.places, order.turn)


def _named(
    override: Override,
    there: Sequence[Agent],
    item: Item,
    context: Context,
    policy: AssignmentPolicy,
    picked: _Picked,
) -> _Picked:
    """Whom a person named, unless a hard filter rejects them."""
    wanted = next((each for each in there if each.id == override.agent), None)
    if wanted is None:
        known = one_of(sorted(each.id for each in there), override.agent)
        raise wrong("override.agent", known, override.agent)
    may = not barred(wanted, item, context, policy.filters)
    return _Picked(wanted.id if may else None, OVERRIDE, picked.places, context.turn)


def _kept(detail: Detail, found: Weighed, picked: _Picked, against: Against) -> dict[str, Any]:
    """As much of it as is wanted."""
    if detail == "chosen":
        return {}
    can, places = found.agents, picked.places
    kept: dict[str, Any] = {}
    if detail == "winner":
        codes = Counter(reason.code for reasons in against.values() for reason in reasons)
        kept["counted"] = dict(codes)
        places = [place for place in places if can[place].id == picked.chosen]
    else:
        kept["rejections"] = {name: tuple(reasons) for name, reasons in against.items()}
    kept["ranking"] = tuple([can[place].id for place in places])
    if found.columns:
        kept["totals"] = tuple([found.totals[place] for place in places])
        kept["parts"] = {
            name: tuple([column[place] for place in places])
            for name, column in found.columns.items()
        }
    return kept
