"""A host's own number about an agent, from its attributes."""

from collections.abc import Sequence

from attrs import field, frozen

from workorder.assign.agents import Agent
from workorder.assign.context import Context
from workorder.assign.items import Item
from workorder.assign.scorers.scorer import Failed, Scores
from workorder.assign.values import figure, is_named, is_share


@frozen
class ByAttribute:
    """Who has much of something that a host keeps of its agents: quality, satisfaction.

    Attributes:
        attribute: which attribute; a number.
        full: from how much on it makes no difference.
        missing: what somebody gets who has none.
    """

    attribute: str = field(validator=is_named)
    full: float = field(default=1.0, converter=figure, validator=is_share)
    missing: float = field(default=0.0, converter=figure)

    @property
    def name(self) -> str:
        """What decisions call it: by its attribute."""
        return f"attribute.{self.attribute}"

    def scores(self, agents: Sequence[Agent], item: Item, context: Context) -> Scores:
        """What each has, as a part of *full*."""
        return [self._of(each) for each in agents]

    def _of(self, agent: Agent) -> float:
        found = agent.attributes.get(self.attribute)
        if found is None:
            return self.missing
        if isinstance(found, bool) or not isinstance(found, int | float):
            return Failed(f"{self.attribute}: expected a number, found {found!r}")
        return min(max(found / self.full, 0.0), 1.0)
