"""Selectors that take turns: they leave behind whose turn it was.

What they leave behind is plain data (``AssignmentDecision.turn``): whoever keeps it, and gives it
to the next decision, shares one turn among as many processes as they like.
"""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from attrs import frozen

from workorder.assign.agents import Agent
from workorder.assign.context import Context
from workorder.assign.selectors.selector import Order
from workorder.assign.values import wrong

LAST = "last"
CURRENT = "current"


@frozen
class PointerRoundRobin:
    """One after the other, by id: whoever comes next after the last one that was chosen.

    Who cannot have an item is skipped, and waits for the next round.
    """

    name: ClassVar[str] = "pointer_round_robin"
    by: ClassVar[tuple[str, ...]] = ("next after the last", "id")

    def order(self, agents: Sequence[Agent], totals: Sequence[float], context: Context) -> Order:
        """From the one after the last, round to the last."""
        last = context.turn.get(LAST, "")
        if not isinstance(last, str):
            raise wrong(f"turn.{LAST}", "an agent's id", last)
        places = sorted(range(len(agents)), key=lambda n: (agents[n].id <= last, agents[n].id))
        return Order(places, {LAST: agents[places[0]].id})


@frozen
class SmoothWeightedRoundRobin:
    """In turn, the more often the more weight somebody has, and never in bursts.

    Everybody's count grows by their weight; whoever has most is chosen, and pays the weight of all.
    With weights 5, 1 and 1 the first comes five times of seven, and the others in between. (The
    same as in the load balancer of nginx.)
    """

    name: ClassVar[str] = "smooth_weighted_round_robin"
    by: ClassVar[tuple[str, ...]] = ("count", "id")

    def order(self, agents: Sequence[Agent], totals: Sequence[float], context: Context) -> Order:
        """By count, the highest first."""
        kept = _counts(context.turn)
        counts = [kept.get(each.id, 0) + each.weight for each in agents]
        places = sorted(range(len(agents)), key=lambda n: (-counts[n], agents[n].id))
        after = {**kept, **{each.id: count for each, count in zip(agents, counts, strict=True)}}
        after[agents[places[0]].id] -= sum(each.weight for each in agents)
        return Order(places, {CURRENT: {name: after[name] for name in sorted(after)}})


def _counts(turn: Mapping[str, object]) -> dict[str, int]:
    kept = turn.get(CURRENT, {})
    if not isinstance(kept, Mapping) or not all(isinstance(each, int) for each in kept.values()):
        raise wrong(f"turn.{CURRENT}", "a count for each agent", kept)
    return dict(kept)
