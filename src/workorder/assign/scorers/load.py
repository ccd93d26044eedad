"""Who has room: spare capacity, load, utilisation."""

from collections.abc import Sequence
from typing import ClassVar

from attrs import field, frozen

from workorder.assign.agents import Agent
from workorder.assign.context import Context
from workorder.assign.items import Item
from workorder.assign.scorers.scorer import Scores
from workorder.assign.values import is_positive


@frozen
class SpareCapacity:
    """Who could take much more.

    It favours large capacities, and whoever works quickly gets more for it: mind what that rewards.

    Attributes:
        full: from how many spare units on it makes no difference.
    """

    name: ClassVar[str] = "spare_capacity"

    full: int = field(default=10, validator=is_positive)

    def scores(self, agents: Sequence[Agent], item: Item, context: Context) -> Scores:
        """0 for somebody who has no room, 1 from *full* on."""
        full = self.full
        return [min(max(each.capacity - each.load, 0) / full, 1.0) for each in agents]


@frozen
class LowLoad:
    """Who holds little, in units.

    Attributes:
        full: from how many units on it makes no difference.
    """

    name: ClassVar[str] = "low_load"

    full: int = field(default=10, validator=is_positive)

    def scores(self, agents: Sequence[Agent], item: Item, context: Context) -> Scores:
        """1 for somebody who holds nothing, 0 from *full* on."""
        full = self.full
        return [1.0 - min(each.load / full, 1.0) for each in agents]


@frozen
class LowUtilization:
    """Who holds a small part of what they may hold."""

    name: ClassVar[str] = "low_utilization"

    def scores(self, agents: Sequence[Agent], item: Item, context: Context) -> Scores:
        """1 for somebody who holds nothing, 0 for somebody who is full or may hold nothing."""
        return [
            1.0 - min(each.load / each.capacity, 1.0) if each.capacity else 0.0 for each in agents
        ]
