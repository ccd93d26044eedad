"""The best score, of all that a policy weighs."""

from collections.abc import Sequence
from typing import ClassVar

from attrs import field, frozen

from workorder.assign.agents import Agent
from workorder.assign.context import Context
from workorder.assign.selectors.keyed import Keyed, LeastLoad
from workorder.assign.selectors.selector import Order


@frozen
class BestScore:
    """Whoever has the highest weighted score.

    Attributes:
        then: what says who of two with the same score comes first.
    """

    name: ClassVar[str] = "best_score"

    then: Keyed = field(factory=LeastLoad)

    @property
    def by(self) -> tuple[str, ...]:
        """What it compares."""
        return ("score", *getattr(self.then, "by", ("id",)))

    def order(self, agents: Sequence[Agent], totals: Sequence[float], context: Context) -> Order:
        """By score, the highest first."""
        key = self.then.key
        places = sorted(range(len(agents)), key=totals.__getitem__, reverse=True)
        # Only where scores are the same is anything else looked at.
        if len(set(totals)) < len(totals):
            places.sort(key=lambda n: (-totals[n], *key(agents[n])))
        return Order(places)
