"""Selectors that compare how agents stand, and nothing else: an index can keep their order."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, ClassVar, Protocol

from attrs import frozen

from workorder.assign.agents import Agent
from workorder.assign.context import Context
from workorder.assign.selectors.selector import Order

NEVER = datetime.min.replace(tzinfo=UTC)
_BUSY = datetime.max.replace(tzinfo=UTC)
_FULL = float("inf")

Key = tuple[Any, ...]


class Standing(Protocol):
    """What the selectors that ship compare: an agent, or whatever else keeps count of one."""

    @property
    def id(self) -> str: ...  # noqa: D102 (as of an agent)

    @property
    def load(self) -> int: ...  # noqa: D102 (the same)

    @property
    def capacity(self) -> int: ...  # noqa: D102 (the same)

    @property
    def assigned(self) -> Sequence[datetime]: ...  # noqa: D102 (the same)

    @property
    def idle_since(self) -> datetime | None: ...  # noqa: D102 (the same)


class Keyed(Protocol):
    """A selector that compares a key of the agent alone."""

    def key(self, agent: Agent) -> Key:
        """The least comes first."""


class ByKey:
    """What selectors by a key have in common."""

    __slots__ = ()

    def order(
        self: Keyed, agents: Sequence[Agent], totals: Sequence[float], context: Context
    ) -> Order:
        """By the key; scores and chance do not matter."""
        keys = [self.key(each) for each in agents]
        return Order(sorted(range(len(keys)), key=keys.__getitem__))


@frozen
class LeastRecentlyAssigned(ByKey):
    """Whoever was last given something longest ago; first of all, who was given nothing yet."""

    name: ClassVar[str] = "least_recently_assigned"
    by: ClassVar[tuple[str, ...]] = ("last_assigned", "load", "id")

    def key(self, agent: Standing) -> Key:
        """The least comes first."""
        return agent.assigned[-1] if agent.assigned else NEVER, agent.load, agent.id


@frozen
class LongestIdle(ByKey):
    """Whoever has had nothing to do longest; last of all, who has something to do."""

    name: ClassVar[str] = "longest_idle"
    by: ClassVar[tuple[str, ...]] = ("idle_since", "last_assigned", "id")

    def key(self, agent: Standing) -> Key:
        """The least comes first."""
        last = agent.assigned[-1] if agent.assigned else NEVER
        return _BUSY if agent.idle_since is None else agent.idle_since, last, agent.id


@frozen
class LeastLoad(ByKey):
    """Whoever holds the fewest units."""

    name: ClassVar[str] = "least_load"
    by: ClassVar[tuple[str, ...]] = ("load", "last_assigned", "id")

    def key(self, agent: Standing) -> Key:
        """The least comes first."""
        return agent.load, agent.assigned[-1] if agent.assigned else NEVER, agent.id


@frozen
class LeastUtilization(ByKey):
    """Whoever holds the smallest part of what they may hold."""

    name: ClassVar[str] = "least_utilization"
    by: ClassVar[tuple[str, ...]] = ("utilization", "last_assigned", "id")

    def key(self, agent: Standing) -> Key:
        """The least comes first."""
        part = agent.load / agent.capacity if agent.capacity else _FULL
        return part, agent.assigned[-1] if agent.assigned else NEVER, agent.id


@frozen
class MostSpare(ByKey):
    """Whoever could take most units more.

    It gives most to large capacities, and more work to whoever is quick: mind what that rewards.
    """

    name: ClassVar[str] = "most_spare"
    by: ClassVar[tuple[str, ...]] = ("spare", "last_assigned", "id")

    def key(self, agent: Standing) -> Key:
        """The least comes first."""
        last = agent.assigned[-1] if agent.assigned else NEVER
        return agent.load - agent.capacity, last, agent.id
