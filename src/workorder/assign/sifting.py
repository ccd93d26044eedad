"""Sifting: who can have an item, and every reason why the others cannot."""

from collections import Counter
from collections.abc import Sequence

from workorder.assign.agents import Agent
from workorder.assign.context import Context
from workorder.assign.filters import Filter
from workorder.assign.items import Item
from workorder.assign.rejections import Rejection
from workorder.errors import InvalidInput

Against = dict[str, list[Rejection]]
"""Every reason against an agent, by id, in the order of the filters."""


def sifted(
    agents: Sequence[Agent], item: Item, context: Context, filters: Sequence[Filter]
) -> Against:
    """Whom *filters* reject; all of them are asked about everybody.

    A filter that raises lets nobody through, and the decision says which one it was.

    Raises:
        InvalidInput: when two agents have the same id, which it names.
    """
    by_id(agents)
    against: Against = {}
    for each in filters:
        try:
            rejected = each.rejected(agents, item, context)
        except Exception as error:  # noqa: BLE001 (a host's filter may raise anything)
            failed = _failed(each, error)
            rejected = {agent.id: failed for agent in agents}
        for agent_id, rejection in rejected.items():
            reasons = against.get(agent_id)
            if reasons is None:
                against[agent_id] = [rejection]
            else:
                reasons.append(rejection)
    return against


def barred(
    agent: Agent, item: Item, context: Context, filters: Sequence[Filter]
) -> tuple[Rejection, ...]:
    """The reasons against *agent* that nobody can override."""
    against = sifted((agent,), item, context, [each for each in filters if each.hard])
    return tuple(against.get(agent.id, ()))


def _failed(of: Filter, error: Exception) -> Rejection:
    facts = {"filter": of.name, "reason": f"{type(error).__name__}: {error}"}
    return Rejection("filter_failed", facts)


def by_id(agents: Sequence[Agent]) -> dict[str, Agent]:
    """*agents* by their ids.

    Raises:
        InvalidInput: when two have the same, which it names.
    """
    found = {each.id: each for each in agents}
    if len(found) != len(agents):
        (twice, _), *_ = Counter(each.id for each in agents).most_common(1)
        raise InvalidInput("wrong_type", name="agents", expected="each agent once", found=twice)
    return found
