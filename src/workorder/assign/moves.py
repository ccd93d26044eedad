"""Moves: what becomes of work when somebody leaves, and how it is levelled.

Both are plans. Nothing is changed by them; whoever carries them out does so move by move, and each
is a decision as any other, with every reason.

Who goes offline for a moment keeps their work: :func:`gone` says from when on they are away. Then,
what is pinned stays (a customer on the phone, a matter that only they know), the rest is given to
others, the most urgent first, and of these what has waited longest; what nobody can have goes back
into the queue, where it has waited since it first came.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from fractions import Fraction

import attrs
from attrs import field, frozen

from workorder.assign.agents import Agent, Presence
from workorder.assign.choosing import LEAST_LOAD, choose
from workorder.assign.context import SEEDS
from workorder.assign.decision import AssignmentDecision
from workorder.assign.items import Item
from workorder.assign.policy import AssignmentPolicy
from workorder.assign.queueing import PriorityFIFO
from workorder.assign.sifting import by_id
from workorder.assign.values import NO_NAMES, wrong
from workorder.instants import aware


def gone(presence: Presence, since: datetime, *, now: datetime, grace: timedelta) -> bool:
    """Whether somebody who has been in that *presence* *since* then is away for good: offline, and
    for longer than *grace*. A lift, or a tunnel, is no reason to move anything.
    """
    return presence == "offline" and aware(now, "now") - aware(since, "since") > grace


@frozen
class Handover:
    """What becomes of somebody's work.

    Attributes:
        moved: the decision about each item that goes to somebody else, in the order of moving.
        stays: the items that are pinned.
        back: those that go back into the queue, with the decision that says why nobody can have
            them.
    """

    moved: tuple[AssignmentDecision, ...]
    stays: tuple[Item, ...]
    back: tuple[AssignmentDecision, ...]


def handed_over(
    work: Iterable[Item],
    others: Iterable[Agent],
    *,
    now: datetime,
    policy: AssignmentPolicy = LEAST_LOAD,
    pinned: Iterable[str] = NO_NAMES,
    seed: int | None = None,
) -> Handover:
    """A plan for the *work* of somebody who leaves.

    Args:
        work: what they have.
        others: who could take it, as they stand; not the one who leaves.
        now: the instant, aware.
        policy: how it is decided; each move counts for the next one.
        pinned: ids of items that stay.
        seed: where chance comes from, for a selector that draws; each move draws from the next one.

    Raises:
        InvalidInput: see :func:`~workorder.assign.choose`.
    """
    kept, there = frozenset(pinned), by_id(tuple(others))
    moved: list[AssignmentDecision] = []
    back: list[AssignmentDecision] = []
    stays = []
    turn: Mapping[str, object] = {}
    for item in sorted(work, key=PriorityFIFO().key):
        if item.id in kept:
            stays.append(item)
            continue
        drawn = None if seed is None else (seed + len(moved) + len(back)) % SEEDS
        decision = choose(there.values(), item, now=now, policy=policy, turn=turn, seed=drawn)
        if decision.chosen is None:
            back.append(decision)
            continue
        turn = decision.turn
        there[decision.chosen] = with_item(there[decision.chosen], item, now)
        moved.append(decision)
    return Handover(tuple(moved), tuple(stays), tuple(back))


def with_item(agent: Agent, item: Item, now: datetime) -> Agent:
    """*agent*, after they were given *item*."""
    held = dict(agent.held)
    if item.channel is not None:
        held[item.channel] = held.get(item.channel, 0) + 1
    return attrs.evolve(
        agent,
        load=agent.load + item.units,
        held=held,
        assigned=(*agent.assigned, aware(now, "now")),
        idle_since=None,
    )


# --- levelling --------------------------------------------------------------------------------


@frozen
class Move:
    """One item that goes from one person to another.

    Attributes:
        item: which item.
        source: who has it.
        to: who gets it.
    """

    item: str
    source: str
    to: str


def levelled(
    work: Mapping[str, Sequence[Item]],
    agents: Iterable[Agent],
    *,
    now: datetime,
    policy: AssignmentPolicy = LEAST_LOAD,
    pinned: Iterable[str] = NO_NAMES,
    within: float = 0.2,
) -> tuple[Move, ...]:
    """Moves that bring everybody's utilisation together, up to *within*, as far as that goes.

    Each takes from whoever bears the greatest part of their capacity, and gives to whoever bears
    the smallest and can have it, the largest item that leaves them in their places. So the spread
    never grows. Where items are of one size, capacities are alike and anybody can have anything,
    there is no way with fewer moves; where they are not, it is a way with few: the fewest are a
    packing problem, and take as long as those.

    Args:
        work: what each has, by the id of the agent.
        agents: who there is, as they stand.
        now: the instant, aware.
        policy: its filters say who can have what.
        pinned: ids of items that stay.
        within: how far apart utilisations may be.

    Raises:
        InvalidInput: for work of somebody who is not there.
    """
    kept, there = frozenset(pinned), by_id([each for each in agents if each.capacity])
    has = {name: [each for each in items if each.id not in kept] for name, items in work.items()}
    for name, items in has.items():
        if items and name not in there:
            raise wrong("work", "of somebody who is there, and has capacity", name)
    moves: list[Move] = []
    while (move := _next_move(has, there, now, policy, within)) is not None:
        item = next(each for each in has[move.source] if each.id == move.item)
        has[move.source].remove(item)
        has.setdefault(move.to, []).append(item)
        there[move.to] = with_item(there[move.to], item, now)
        source = there[move.source]
        there[move.source] = attrs.evolve(source, load=max(0, source.load - item.units))
        moves.append(move)
    return tuple(moves)


def _next_move(
    has: Mapping[str, Sequence[Item]],
    there: Mapping[str, Agent],
    now: datetime,
    policy: AssignmentPolicy,
    within: float,
) -> Move | None:
    order = sorted(there.values(), key=lambda each: (_part(each), each.id))
    for source in reversed(order):
        for to in order:
            if _part(source) - _part(to) <= within:
                break
            for item in _to_be_moved(has.get(source.id, ())):
                after = Fraction(source.load - item.units, source.capacity)
                if item.units and after >= Fraction(to.load + item.units, to.capacity):
                    alone = AssignmentPolicy(policy.name, policy.filters)
                    if choose([to], item, now=now, policy=alone, detail="chosen").chosen:
                        return Move(item.id, source.id, to.id)
    return None


def _to_be_moved(items: Iterable[Item]) -> list[Item]:
    """The largest first, so that few are moved; of one size, the least urgent, who came last."""
    last_first = sorted(items, key=PriorityFIFO().key, reverse=True)
    return sorted(last_first, key=lambda each: -each.units)


def _part(agent: Agent) -> Fraction:
    return Fraction(agent.load, agent.capacity)


# --- saturation -------------------------------------------------------------------------------


def _is_part(_: object, attribute: "attrs.Attribute[float]", value: object) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= 1:
        raise wrong(attribute.name, "a number above 0, at most 1", value)


@frozen
class Saturation:
    """Whether a team has too much: from *high* on it has, until it is below *low* again. Between
    the two nothing changes, so that nobody is called in and sent home every minute.

    Attributes:
        high: the utilisation from which on it is saturated.
        low: the one below which it no longer is.

    Raises:
        InvalidInput: for a *low* that is not below *high*.
    """

    high: float = field(default=0.9, validator=_is_part)
    low: float = field(default=0.75, validator=_is_part)

    def __attrs_post_init__(self) -> None:
        if self.low >= self.high:
            raise wrong("low", f"less than {self.high}", self.low)

    def after(self, saturated: bool, utilization: float) -> bool:  # noqa: FBT001 (how it stood)
        """Whether it is saturated now, if it was *saturated* before."""
        return utilization >= self.low if saturated else utilization >= self.high
