"""Expert panels (会诊): the fewest people who have every skill between them, and one who owns it.

Who must not act in the matter is left out first; then the smallest set is searched for, and of
several the one that is loaded least. Small panels are found exactly: people are few once they are
filtered, and skills are fewer.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import combinations

from attrs import field, frozen

from workorder.assign.agents import Agent
from workorder.assign.context import Context
from workorder.assign.filters import ApartFromInvolved, AtWork, Filter, NoConflict, Present
from workorder.assign.items import Item
from workorder.assign.rejections import Rejection
from workorder.assign.selectors.keyed import LeastLoad
from workorder.assign.sifting import sifted
from workorder.assign.values import NOTHING

USUAL: tuple[Filter, ...] = (NoConflict(), ApartFromInvolved(), Present(), AtWork())
"""Who can sit on a panel: room is not asked for, for a panel takes an hour, not a place."""

LARGEST = 6
"""How many people a panel has at most."""


@frozen
class Panel:
    """Who sits together.

    Attributes:
        members: the people, in the order of their ids; none where no panel can be had.
        owner: who of them owns the matter: whoever is loaded least.
        covers: who has which of the skills.
        missing: skills that nobody has, or not at the level that is needed.
        rejections: who was left out, and every reason.
    """

    members: tuple[str, ...]
    owner: str | None
    covers: Mapping[str, tuple[str, ...]] = field(default=NOTHING, hash=False)
    missing: tuple[str, ...] = ()
    rejections: Mapping[str, tuple[Rejection, ...]] = field(default=NOTHING, hash=False)


def panel_for(
    agents: Iterable[Agent],
    item: Item,
    *,
    now: datetime,
    filters: Sequence[Filter] = USUAL,
    largest: int = LARGEST,
) -> Panel:
    """The fewest people who have all skills that *item* takes, each at its level.

    Of several such panels one whose members hold least together. Searching takes at most as many
    steps as there are sets of *largest* useful people; whoever has no skill that is needed, or
    fewer than somebody who holds no more, is not looked at.

    Args:
        agents: who there is; each once.
        item: what it is about; without skills, one person will do.
        now: the instant, aware.
        filters: who can sit on it at all.
        largest: how many people at most.

    Raises:
        InvalidInput: for two agents with one id.
    """
    there = tuple(agents)
    against = sifted(there, item, Context(now), filters)
    can = sorted((each for each in there if each.id not in against), key=LeastLoad().key)
    skills = {each.id: _has(each, item) for each in can}
    rejections = {name: tuple(reasons) for name, reasons in against.items()}
    wanted = frozenset(item.skills)
    missing = tuple(sorted(wanted.difference(*skills.values())))
    if missing or not can:
        return Panel((), None, {}, missing, rejections)
    members = _fewest(_useful(can, skills), skills, wanted, largest)
    names = tuple(sorted(each.id for each in members))
    owner = min(members, key=LeastLoad().key).id if members else None
    covers = {name: tuple(sorted(skills[name])) for name in names}
    return Panel(names, owner, covers, (), rejections)


def _has(agent: Agent, item: Item) -> frozenset[str]:
    return frozenset(
        name for name, level in item.skills.items() if agent.skills.get(name, 0) >= level
    )


def _useful(can: Sequence[Agent], skills: Mapping[str, frozenset[str]]) -> Sequence[Agent]:
    """Those for whom nobody stands in who holds no more: of the same skills, or of more."""
    kept: list[Agent] = []
    for each in can:  # the least loaded first
        if not any(skills[each.id] <= skills[other.id] for other in kept):
            kept.append(each)
    return kept


def _fewest(
    can: Sequence[Agent],
    skills: Mapping[str, frozenset[str]],
    wanted: frozenset[str],
    largest: int,
) -> tuple[Agent, ...]:
    for size in range(1, min(largest, len(can)) + 1):
        found = [
            some
            for some in combinations(can, size)
            if wanted <= frozenset[str]().union(*(skills[each.id] for each in some))
        ]
        if found:
            return min(found, key=_held)
    return ()


def _held(members: tuple[Agent, ...]) -> tuple[int, list[str]]:
    return sum(each.load for each in members), sorted(each.id for each in members)
