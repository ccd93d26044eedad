"""Columns: how one agent of a pool stands, kept count of in place.

An agent is a value that checks what it is made of, which takes longer than a whole decision. So
what work changes is counted here, and the value is made when somebody asks for it.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from heapq import heappush
from typing import TYPE_CHECKING

import attrs

from workorder.assign.agents import Agent
from workorder.assign.selectors.keyed import NEVER, Key
from workorder.assign.values import wrong

if TYPE_CHECKING:
    from workorder.assign.pool.ladder import Ladder, Place, Rung
    from workorder.assign.pool.shortlist import Shortlist

_CLOSED, _OPEN = float("-inf"), float("inf")


class Columns:
    """How an agent stands.

    Args:
        agent: the agent as the host gave it; what work does not change is read from it.
        number: the place in the pool.
        recent: how many instants of ``assigned`` are kept.
        ladder: the pool's.

    Attributes:
        room: how many units more they can be given. As many as you like, where the policy does not
            ask for room; none, not even an item that takes none, where it does not let them pass as
            they are present.
        last: when they were last given something.
        key: what the selector compares, of how they stand; ``None`` until somebody asks.
        lists: the shortlists that look at them again when they stand better.
        place: where they are on the ladder.
        before: who is before them in the ring of their rung, if they are in one.
        after: who is after them.
    """

    __slots__ = (
        "_ladder",
        "_made",
        "_recent",
        "after",
        "agent",
        "assigned",
        "before",
        "capacity",
        "held",
        "id",
        "idle_since",
        "key",
        "last",
        "lists",
        "load",
        "number",
        "place",
        "room",
    )

    def __init__(self, agent: Agent, number: int, recent: int, ladder: "Ladder") -> None:
        self.number = number
        self._recent, self._ladder = recent, ladder
        self.lists: tuple[Shortlist, ...] = ()
        self.place: Place = ()
        self.before: Columns | Rung = self
        self.after: Columns | Rung = self
        self.stand(agent, passes=False, counts=False)

    def __lt__(self, other: "Columns") -> bool:
        """Whether they came earlier: of two of one id, the other has gone."""
        return self.number < other.number

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
        self.assigned: Sequence[datetime] = agent.assigned
        self.last = agent.assigned[-1] if agent.assigned else NEVER
        self.idle_since = agent.idle_since
        self.room: float = _CLOSED
        if passes:
            self.room = agent.spare if counts else _OPEN
        self.move()
        for each in self.lists:
            each.better[self.id] = self

    # To be given something and to give it back is half of what a decision costs: both do by
    # themselves what `move` does, each as much of it as it needs. Nobody is on a ladder that is
    # closed: no room is as much as what it asks for, nor is it less.

    def give(self, units: int, channel: str | None, at: datetime) -> None:
        """They were given something at *at*."""
        self.load = load = self.load + units
        self.room -= units
        if channel is not None:
            self.held = {**self.held, channel: self.held.get(channel, 0) + 1}
        if at < self.last:  # told late
            at, late = self.last, at
            if self._recent > 1:
                self.assigned = sorted((late, *self.assigned))[-self._recent :]
        elif self._recent == 1:
            self.last = at
            self.assigned = (at,)
        else:
            self.last = at
            self._remember(at)
        self.idle_since = self.key = self._made = None
        if self.place is None:
            before, after = self.before, self.after
            before.after, after.before = after, before
        ladder = self._ladder
        if not self.room >= ladder.units:
            self.place = ()
            return
        try:
            rung = ladder.rungs[load]
        except KeyError:
            rung = ladder.rung(load)
        if rung.latest < at:
            rung.latest = at
            self.before = tail = rung.before
            self.after = rung
            tail.after = rung.before = self
            self.place = None
        else:
            self.place = place = at, self.id, self
            heappush(rung.heap, place)
            if len(rung.heap) > ladder.most:
                ladder.tidy()

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
        for each in self.lists:
            each.better[self.id] = self
        if self.place is None:
            before, after = self.before, self.after
            before.after, after.before = after, before
        ladder = self._ladder
        if not self.room >= ladder.units:
            self.place = ()
            return
        try:
            rung = ladder.rungs[load]
        except KeyError:
            rung = ladder.rung(load)
        if load < ladder.low.load:
            ladder.low = rung
        self.place = place = self.last, self.id, self
        heappush(rung.heap, place)
        if len(rung.heap) > ladder.most:
            ladder.tidy()

    def leave(self) -> None:
        """They are on the ladder no more."""
        if self.place is None:
            before, after = self.before, self.after
            before.after, after.before = after, before
        self.place = ()

    def move(self) -> None:
        """They come to the rung where they belong as they stand; to none, without room."""
        self.leave()
        ladder, load = self._ladder, self.load
        if not self.room >= ladder.units:
            return
        rung = ladder.rungs.get(load) or ladder.rung(load)
        if load < ladder.low.load:
            ladder.low = rung
        self.place = place = self.last, self.id, self
        heappush(rung.heap, place)
        if len(rung.heap) > ladder.most:
            ladder.tidy()

    def _remember(self, at: datetime) -> None:
        """The latest of several instants that are kept."""
        assigned = self.assigned
        if not isinstance(assigned, list):
            self.assigned = assigned = [*assigned]
        assigned.append(at)
        if len(assigned) > 2 * self._recent:  # not every time
            del assigned[: -self._recent]

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
