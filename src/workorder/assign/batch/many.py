"""Many items at once: as many as can be are given to somebody, and together as well as can be.

One after the other, the first takes whom the second would have needed. Here all are looked at
together. What an agent costs for an item comes from the policy's scorers, in millionths; who is
rejected by a filter is never paired. Agents have as many seats as they have room.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from attrs import field, frozen

from workorder.assign.agents import Agent
from workorder.assign.batch.matching import Solver, match
from workorder.assign.choosing import LEAST_LOAD
from workorder.assign.context import Context
from workorder.assign.items import Item
from workorder.assign.policy import AssignmentPolicy
from workorder.assign.rejections import Rejection
from workorder.assign.sifting import sifted
from workorder.assign.values import NOTHING, wrong
from workorder.assign.weighing import weighed

MILLIONTHS = 1_000_000

Reasons = Mapping[str, tuple[Rejection, ...]]


@frozen
class Batch:
    """Who gets what.

    Attributes:
        at: when it was decided.
        policy: the name of the policy.
        digest: which policy of that name it was.
        pairs: the agent of each item that goes to somebody.
        total: what the pairs cost together, in millionths: 0 if each were the best there can be.
        nobody: the items that nobody can have, with every reason against everybody.
        crowded: the items that somebody could have, all of whom others needed more.
    """

    at: datetime
    policy: str
    digest: str
    pairs: Mapping[str, str] = field(hash=False)
    total: int = 0
    nobody: Mapping[str, Reasons] = field(default=NOTHING, hash=False)
    crowded: tuple[str, ...] = ()


def choose_many(
    agents: Iterable[Agent],
    items: Iterable[Item],
    *,
    now: datetime,
    policy: AssignmentPolicy = LEAST_LOAD,
    urgent_first: bool = False,
    solver: Solver = "auto",
) -> Batch:
    """Who gets which of *items*: as many as can be, and of the ways to do that the best.

    An agent has one seat for each item that fits into their spare capacity, counted by the largest
    of the items. The policy's selector, affinity and turns are not asked: there is nothing to be
    put in order. The order in which agents and items are given makes no difference.

    Args:
        agents: who there is, as they stand; each once.
        items: what is to be given to somebody; each once.
        now: the instant, aware.
        policy: who can have it, and how good a choice each is. Without scorers all are the same.
        urgent_first: whether an item stays back only if it must, whatever that costs less urgent
            ones.
        solver: see :func:`match`.

    Raises:
        InvalidInput: for two agents or two items with one id, a naive instant; see :func:`match`.
    """
    there = sorted(agents, key=lambda each: each.id)
    waiting = sorted(items, key=lambda each: each.id)
    ids = [each.id for each in waiting]
    for each in ids:
        if ids.count(each) > 1:
            raise wrong("items", "each item once", each)
    context = Context(now)
    largest = max((each.units for each in waiting), default=1) or 1
    seats = [
        place
        for place, each in enumerate(there)
        for _ in range(min(max(each.spare, 0) // largest, len(waiting)))
    ]
    nobody: dict[str, Reasons] = {}
    costs: list[list[int | None]] = []
    for item in waiting:
        prices, against = _prices(there, item, context, policy)
        if not prices:
            nobody[item.id] = {name: tuple(reasons) for name, reasons in against.items()}
        costs.append([prices.get(place) for place in seats])
    ranks = [each.priority for each in waiting] if urgent_first else None
    found = match(costs, ranks=ranks, solver=solver)
    pairs = {
        item.id: there[seats[column]].id
        for item, column in zip(waiting, found.columns, strict=True)
        if column is not None
    }
    crowded = tuple(name for name in ids if name not in pairs and name not in nobody)
    return Batch(context.now, policy.name, policy.digest, pairs, found.total, nobody, crowded)


def _prices(
    there: list[Agent], item: Item, context: Context, policy: AssignmentPolicy
) -> tuple[dict[int, int], dict[str, list[Rejection]]]:
    """What each agent who can have *item* costs for it, and every reason against the others."""
    against = sifted(there, item, context, policy.filters)
    places = [place for place, each in enumerate(there) if each.id not in against]
    found = weighed([there[place] for place in places], item, context, policy.weights)
    for name, rejection in found.failed.items():
        against[name] = [rejection]
    kept = [place for place in places if there[place].id not in against]
    whole = 1.0 if policy.weights else 0.0
    prices = {
        place: max(0, round((whole - total) * MILLIONTHS))
        for place, total in zip(kept, found.totals, strict=True)
    }
    return prices, against
