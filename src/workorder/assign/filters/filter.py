"""What a filter is: who is passed over, and why.

A filter is asked about all candidates at once, so that what it needs of the item is worked out
once. It answers with those it rejects.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from attrs import field, frozen

from workorder.assign.agents import Agent
from workorder.assign.context import Context
from workorder.assign.items import Item
from workorder.assign.rejections import Rejection

Rejected = Mapping[str, Rejection]
"""Why each of some agents, by id, is passed over."""


class Filter(Protocol):
    """A rule about who can have an item.

    Attributes:
        name: what decisions call it.
        hard: whether nobody may override it, neither by reason nor by rank.
    """

    @property
    def name(self) -> str: ...  # noqa: D102 (said above)

    @property
    def hard(self) -> bool: ...  # noqa: D102 (said above)

    def rejected(self, agents: Sequence[Agent], item: Item, context: Context) -> Rejected:
        """Those of *agents* who cannot have *item*, and why; in no order."""


Judged = Callable[[Agent, Item, Context], Rejection | None]
"""A host's rule, about one agent: why not, or nothing."""


@frozen
class Own:
    """A host's own rule, as a function of one agent.

    When it raises, the agent is passed over, and the decision says so: a rule that cannot be asked
    lets nobody through.

    >>> vip = Own(
    ...     "vip desk",
    ...     lambda agent, item, context: (
    ...         None if agent.rank >= 3 else Rejection("rank", {}, {"en": "is not of the VIP desk"})
    ...     ),
    ... )
    """

    name: str
    judge: Judged = field(eq=False)
    hard: bool = False

    def rejected(self, agents: Sequence[Agent], item: Item, context: Context) -> Rejected:
        """Those that the function gives a reason against."""
        found: dict[str, Rejection] = {}
        for agent in agents:
            try:
                rejection = self.judge(agent, item, context)
            except Exception as error:  # noqa: BLE001 (a host's function may raise anything)
                reason = f"{type(error).__name__}: {error}"
                rejection = Rejection("filter_failed", {"filter": self.name, "reason": reason})
            if rejection is not None:
                found[agent.id] = rejection
        return found
