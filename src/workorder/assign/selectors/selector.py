"""What a selector is: of those who can have an item, who gets it, and who would be next."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from attrs import field, frozen

from workorder.assign.agents import Agent
from workorder.assign.context import Context
from workorder.assign.values import NOTHING


@frozen
class Order:
    """Who comes first.

    Attributes:
        places: places in the sequence of agents, the best choice first.
        turn: what the next decision has to know; nothing for selectors that take no turns.
    """

    places: Sequence[int]
    turn: Mapping[str, Any] = field(default=NOTHING, hash=False)


class Selector(Protocol):
    """Puts those who can have an item in order.

    Attributes:
        name: what decisions call it.
        by: what it compares, one after the other; the last is always ``id``, so that two agents
            are never equal and nothing depends on the order in which they were given.
    """

    @property
    def name(self) -> str: ...  # noqa: D102 (said above)

    @property
    def by(self) -> tuple[str, ...]: ...  # noqa: D102 (said above)

    def order(self, agents: Sequence[Agent], totals: Sequence[float], context: Context) -> Order:
        """The order of *agents*, of whom there is at least one, with their weighted scores."""
