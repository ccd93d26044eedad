"""Loads: how much people hold, as the store has counted it, and how much they may."""

from collections.abc import Iterable, Mapping
from copy import copy

from workorder.assign import Agent, Item
from workorder.desk.room import Limits, account


def limits_of(agent: Agent, item: Item) -> Limits:
    """How much *agent* may hold, once they have *item*. Where they have no room for it as they
    stand, there is no limit: the policy that gives it to them all the same does not ask for room.
    """
    found: dict[str, int] = {}
    if agent.load + item.units <= agent.capacity:
        found[agent.id] = agent.capacity
    if item.channel is not None and item.channel in agent.limits:
        limit = agent.limits[item.channel]
        if agent.held.get(item.channel, 0) < limit:
            found[account(agent.id, item.channel)] = limit
    return found


def accounts_of(agents: Iterable[Agent]) -> tuple[str, ...]:
    """The accounts of *agents*: their own, and of each channel that has a limit."""
    return tuple(
        name
        for each in agents
        for name in (each.id, *(account(each.id, channel) for channel in each.limits))
    )


def loaded(agents: Iterable[Agent], used: Mapping[str, int]) -> tuple[Agent, ...]:
    """*agents* with what they hold, by what was *used*; more given back than taken is nothing."""
    return tuple([_loaded(each, used) for each in agents])


def _loaded(agent: Agent, used: Mapping[str, int]) -> Agent:
    load = max(0, used.get(agent.id, 0))
    held = {channel: max(0, used.get(account(agent.id, channel), 0)) for channel in agent.limits}
    if agent.load == load and agent.held == held:
        return agent
    # Everything else was looked at when the agent was made, and both of these are counts.
    made = copy(agent)
    object.__setattr__(made, "load", load)
    object.__setattr__(made, "held", held)
    return made
