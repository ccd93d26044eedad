"""What was decided: who gets an item, who would have been next, and why everybody else did not.

A decision is complete and plain: with it, and nothing else, somebody can say years later why this
person was chosen; at full detail it can be taken again, and must come out the same
(:mod:`~workorder.assign.replaying`).

Scores stand in columns, one for each scorer, in the order of the ranking.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Literal

from attrs import field, frozen

from workorder.assign.agents import Agent
from workorder.assign.items import Item
from workorder.assign.rejections import Rejection
from workorder.assign.values import NOTHING
from workorder.texts import ENGLISH

Detail = Literal["chosen", "winner", "full"]
"""Only who; also by which scores, and how many were passed over for what; everything."""

AFFINITY = "affinity."
"""How somebody was chosen who was tried before the others: this, and why they were."""

OVERRIDE = "override"
"""Somebody was named by a person, with a reason."""

Reasons = tuple[Rejection, ...]
"""All reasons against one agent."""


@frozen
class Ranked:
    """One agent who could have it.

    Attributes:
        agent: who.
        score: the weighted score; 0 without scorers.
        parts: the score of each scorer.
    """

    agent: str
    score: float
    parts: Mapping[str, float]


@frozen(kw_only=True, slots=False)  # quicker to make by far, of so many attributes
class AssignmentDecision:
    """Who gets an item, and why.

    Attributes:
        item: which item.
        at: when it was decided.
        policy: the name of the policy.
        digest: which policy of that name it was.
        chosen: who gets it; ``None`` when nobody can.
        by: how: the selector's name, ``affinity.…``, or ``override``.
        step: which step of a routing plan was asked, from 1; 0 without a plan.
        seed: what chance was drawn from.
        turn: what a selector that takes turns leaves behind for the next decision.
        detail: how much of the following is kept.
        ranking: who could have it, the best choice first.
        totals: their weighted scores.
        parts: their scores by each scorer.
        counted: how many were passed over, by code, where the reasons themselves are not kept.
        rejections: who was passed over, and every reason.
        named: whom a person named (``override``).
        reason: why they were.
        asked: the item as it stood, and what was asked of agents at that step.
        candidates: the agents as they stood.
        turned: whose turn it was before.
    """

    item: str
    at: datetime
    policy: str
    digest: str
    chosen: str | None
    by: str
    step: int = 0
    seed: int | None = None
    turn: Mapping[str, Any] = field(default=NOTHING, hash=False)
    detail: Detail = "full"
    ranking: tuple[str, ...] = ()
    totals: tuple[float, ...] = ()
    parts: Mapping[str, tuple[float, ...]] = field(default=NOTHING, hash=False)
    counted: Mapping[str, int] = field(default=NOTHING, hash=False)
    rejections: Mapping[str, Reasons] = field(default=NOTHING, hash=False)
    named: str | None = None
    reason: str | None = None
    asked: Item | None = None
    candidates: tuple[Agent, ...] = ()
    turned: Mapping[str, Any] = field(default=NOTHING, hash=False)

    def text(self, language: str = ENGLISH) -> str:
        """The decision for people, in *language*."""
        from workorder.assign.telling import told

        return told(self, language)

    @property
    def passed_over(self) -> Mapping[str, int]:
        """How many were passed over, by code."""
        if self.counted:
            return self.counted
        return Counter(each.code for some in self.rejections.values() for each in some)

    def ranked(self) -> Iterator[Ranked]:
        """Who could have it, the best choice first, with their scores."""
        for place, agent in enumerate(self.ranking):
            total = self.totals[place] if self.totals else 0.0
            parts = {name: column[place] for name, column in self.parts.items()}
            yield Ranked(agent, total, parts)
