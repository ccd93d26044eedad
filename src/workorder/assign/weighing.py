"""Weighing: how good a choice each of those is who can have an item."""

from collections.abc import Sequence

from attrs import frozen

from workorder.assign.agents import Agent
from workorder.assign.context import Context
from workorder.assign.items import Item
from workorder.assign.rejections import Rejection
from workorder.assign.scorers import Failed, Scorer, Scores

Columns = dict[str, Scores]
"""The scores of each scorer, one for each agent, in their order."""


@frozen
class Weighed:
    """Who is left, with their scores.

    Attributes:
        agents: those for whom every scorer had a score.
        columns: the scores of each scorer.
        totals: the weighted scores.
        failed: those for whom one had none, and why.
    """

    agents: Sequence[Agent]
    columns: Columns
    totals: Sequence[float]
    failed: dict[str, Rejection]


def weighed(
    agents: Sequence[Agent],
    item: Item,
    context: Context,
    weights: Sequence[tuple[Scorer, float]],
) -> Weighed:
    """The scores of *agents*.

    A scorer that raises, or says something that is no number from 0 to 1, rules out those of whom
    it says so.
    """
    if not weights or not agents:
        return Weighed(agents, {}, [0.0] * len(agents), {})
    columns: Columns = {}
    failed: dict[str, Rejection] = {}
    for scorer, _ in weights:
        found = columns[scorer.name] = _scores(scorer, agents, item, context)
        if not _sound(found):
            for agent, score in zip(agents, found, strict=True):
                if not 0.0 <= score <= 1.0:
                    failed.setdefault(agent.id, _failure(scorer, score))
    if failed:
        kept = [place for place, agent in enumerate(agents) if agent.id not in failed]
        agents = [agents[place] for place in kept]
        columns = {name: [each[place] for place in kept] for name, each in columns.items()}
    return Weighed(agents, columns, _totals(columns, weights, len(agents)), failed)


def _totals(
    columns: Columns, weights: Sequence[tuple[Scorer, float]], number: int
) -> Sequence[float]:
    if len(weights) == 1:  # it counts for everything
        return columns[weights[0][0].name]
    totals = [0.0] * number
    for scorer, weight in weights:
        totals = [
            total + weight * score
            for total, score in zip(totals, columns[scorer.name], strict=True)
        ]
    return totals


def _sound(scores: Scores) -> bool:
    """Whether all are numbers from 0 to 1. What is no number makes no sum, wherever it stands."""
    total = sum(scores)
    return total == total and min(scores) >= 0 and max(scores) <= 1  # noqa: PLR0124 (not a number)


def _scores(scorer: Scorer, agents: Sequence[Agent], item: Item, context: Context) -> Scores:
    try:
        found = scorer.scores(agents, item, context)
    except Exception as error:  # noqa: BLE001 (a host's scorer may raise anything)
        return [Failed(f"{type(error).__name__}: {error}")] * len(agents)
    if len(found) != len(agents):
        reason = f"{len(found)} scores for {len(agents)} agents"
        return [Failed(reason)] * len(agents)
    said: Sequence[object] = found  # a host's scorer may say anything, whatever it promises
    if _NUMBERS.issuperset(map(type, said)):
        return found
    return [each if isinstance(each, int | float) else _none(each) for each in said]


_NUMBERS = {float, int}


def _none(found: object) -> Failed:
    return Failed(f"{found!r} is no number")


def _failure(scorer: Scorer, score: float) -> Rejection:
    reason = score.reason if isinstance(score, Failed) else f"{score!r} is not from 0 to 1"
    return Rejection("scorer_failed", {"scorer": scorer.name, "reason": reason})
