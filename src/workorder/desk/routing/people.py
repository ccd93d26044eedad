"""Directories: who there is, as they stand. The host has one; a small one ships."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Protocol

from workorder.assign import Agent


class Directory(Protocol):
    """What a desk asks of a host about its people.

    What somebody holds (``load``, ``held``) is told by the store, where it counts that; a directory
    need not know it.
    """

    def agents(self, teams: Collection[str], at: datetime) -> Iterable[Agent]:
        """Everybody who is in one of *teams* (everybody, if none is named), as they stand at an
        instant: also those who are away, or have no room, for a decision says why they were passed
        over. Each once.
        """

    def agent(self, agent_id: str, at: datetime) -> Agent | None:
        """One of them; ``None``, if there is nobody of that name."""


class AsyncDirectory(Protocol):
    """:class:`Directory` as coroutines."""

    async def agents(self, teams: Collection[str], at: datetime) -> Iterable[Agent]:
        """See :meth:`Directory.agents`."""

    async def agent(self, agent_id: str, at: datetime) -> Agent | None:
        """See :meth:`Directory.agent`."""


class People:
    """A directory in memory: for tests, and for hosts that know their people by heart.

    >>> people = People([Agent("li", teams={"cards"}), Agent("wu", teams={"loans"})])
    >>> people.put(Agent("wu", teams={"cards"}, presence="away"))
    """

    def __init__(self, agents: Iterable[Agent] = ()) -> None:
        self._by_id = {each.id: each for each in agents}

    def put(self, agent: Agent) -> None:
        """*agent* stands like this from now on."""
        self._by_id[agent.id] = agent

    def drop(self, agent_id: str) -> None:
        """They are not there any more.

        Raises:
            KeyError: when they were not.
        """
        del self._by_id[agent_id]

    def agents(self, teams: Collection[str], at: datetime) -> tuple[Agent, ...]:  # noqa: ARG002
        """See :meth:`Directory.agents`; they stand as they were put, whenever that is asked."""
        every = tuple(self._by_id.values())
        return tuple(each for each in every if not each.teams.isdisjoint(teams)) if teams else every

    def agent(self, agent_id: str, at: datetime) -> Agent | None:  # noqa: ARG002
        """See :meth:`Directory.agent`."""
        return self._by_id.get(agent_id)
