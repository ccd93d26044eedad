"""What a scorer is: how good a choice each of several agents is, from 0 to 1."""

from collections.abc import Callable, Sequence
from typing import Protocol, Self

from attrs import field, frozen

from workorder.assign.agents import Agent
from workorder.assign.context import Context
from workorder.assign.items import Item
from workorder.assign.values import is_share

Scores = Sequence[float]
"""From 0 (a bad choice) to 1 (a good one), one for each agent, in their order."""


class Scorer(Protocol):
    """Says how good a choice somebody is.

    Attributes:
        name: what decisions call it.
    """

    @property
    def name(self) -> str: ...  # noqa: D102 (said above)

    def scores(self, agents: Sequence[Agent], item: Item, context: Context) -> Scores:
        """One score for each of *agents*."""


Estimated = Callable[[Agent, Item, Context], float]
"""A host's estimate of one agent: from 0 to 1."""


@frozen
class OwnScore:
    """A host's own score, as a function of one agent.

    When it raises, or gives something that is no number from 0 to 1, the agent is passed over, and
    the decision says so.

    >>> quick = OwnScore("quick", lambda agent, item, context: 1 / (1 + agent.load))
    """

    name: str
    estimate: Estimated = field(eq=False)

    def scores(self, agents: Sequence[Agent], item: Item, context: Context) -> Scores:
        """What the function says; where it raises, the error stands in place of a score."""
        return [self._of(each, item, context) for each in agents]

    def _of(self, agent: Agent, item: Item, context: Context) -> float:
        try:
            return self.estimate(agent, item, context)
        except Exception as error:  # noqa: BLE001 (a host's function may raise anything)
            return Failed(f"{type(error).__name__}: {error}")


class Failed(float):
    """No score, and why: it is not a number."""

    reason: str

    def __new__(cls, reason: str) -> Self:
        """No number, because of *reason*."""
        made = super().__new__(cls, "nan")
        made.reason = reason
        return made


@frozen
class Weighted:
    """A scorer, and how much it counts beside others."""

    scorer: Scorer
    weight: float = field(default=1, validator=is_share)
