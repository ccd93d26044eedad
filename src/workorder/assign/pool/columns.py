"""Columns: how one agent of a pool stands, kept count of in place.

An agent is a value that checks what it is made of, which takes longer than a whole decision. So
what work changes is counted here, and the value is made when somebody asks for it.
"""

from bisect import insort
from collections.abc import Mapping
from datetime import datetime

import attrs

from workorder.assign.agents import Agent
from workorder.assign.selectors.keyed import Key
from workorder.assign.values import wrong

_CLOSED, _OPEN = float("-inf"), float("inf")


class Columns:
    """How an agent stands.

    Args:
        agent: the agent as the host gave it; what work does not change is read from it.
        number: the place in the pool.
        recent: how many instants of ``assigned`` are kept.

    Attributes:
        room: how many units more they can be given. As many as you like, where the policy does not
            ask for room; none, not even an item that takes none, where it does not let them pass as
            they are present.
        key: what the selector compares, of how they stand; ``None`` until somebody asks.
    """

    __slots__ = (
        "_made",
        "_recent",
        "agent",
        "assigned",
        "capacity",
        "held",
        "id",
        "idle_since",
        "key",
        "load",
        "number",
        "room",
    )

    def __init__(self, agent: Agent, number: int, recent: int) -> None:
        self.number = number
        self._recent = recent
        self.stand(agent, passes=True, counts=False)

    def stand(self, agent: Agent, *, passes: bool, counts: bool) -> None:
        """They stand as *agent* says.

        Args:
            agent: how they stand.
            passes: whether they can be given anything, as they are present.
            counts: whether room is asked for.
        """
        self.agent = agent
        self._made: Agent | None = agent
        self.key: Key | None = None
        self.id = agent.id
        self.capacity, self.load = agent.capacity, agent.load
        self.held: Mapping[str, int] = agent.held
        self.assigned = [*agent.assigned]
        self.idle_since = agent.idle_since
        self.room: float = _CLOSED
        if passes:
            self.room = agent.spare if counts else _OPEN

    def give(self, units: int, channel: str | None, at: datetime) -> None:
        """They were given something at *at*."""
        self.load += units
        self.room -= units
        if channel is not None:
            self.held = {**self.held, channel: self.held.get(channel, 0) + 1}
        assigned = self.assigned
        if assigned and at < assigned[-1]:
            insort(assigned, at)
        else:
            assigned.append(at)
        if len(assigned) > 2 * self._recent:  # not every time
            del assigned[: -self._recent]
        self.idle_since = self.key = self._made = None

    def take(self, units: int, channel: str | None, at: datetime) -> None:
        """Something they had is theirs no more since *at*.

        Raises:
            InvalidInput: when they do not have so much, or nothing of that channel.
        """
        load = self.load - units
        if load < 0:
            raise wrong("item.units", f"at most {self.load}: {self.id} holds no more", units)
        if channel is not None:
            left = self.held.get(channel, 0) - 1
            if left < 0:
                expected = f"a channel of which {self.id} holds something"
                raise wrong("item.channel", expected, channel)
            others = {name: held for name, held in self.held.items() if name != channel}
            self.held = {**others, channel: left} if left else others
        self.load = load
        self.room += units
        if not load:
            self.idle_since = at
        self.key = self._made = None

    def value(self) -> Agent:
        """The agent, as they stand."""
        if self._made is None:
            self._made = attrs.evolve(
                self.agent,
                load=self.load,
                held=self.held,
                assigned=self.assigned[-self._recent :],
                idle_since=self.idle_since,
            )
        return self._made
