"""The floor: the people as they stand at one instant of a run, and who of them gets an item."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

import attrs
from attrs import frozen

from workorder.assign.agents import Agent
from workorder.assign.choosing import choose
from workorder.assign.filters import AtWork, HasCapacity, InTeam, NotTooManyLately
from workorder.assign.items import Item
from workorder.assign.policy import AssignmentPolicy
from workorder.assign.sifting import by_id
from workorder.assign.values import NOTHING, Names
from workorder.simulate.hours import WorkingTime

LATELY = 20
"""How many of the last instants at which somebody was given something are kept, at least."""


@frozen
class Place:
    """What those of one line ask for alike.

    Attributes:
        teams: who may have it, at this step of its plan; anybody, where none is named.
        units: how much room it takes.
    """

    teams: Names
    units: int

    def concerns(self, teams: Names) -> bool:
        """Whether somebody of *teams* may have it."""
        return not self.teams or not self.teams.isdisjoint(teams)


class Floor:
    """The people, as they stand.

    Who has no room, is not at work, or in another team, is left out before a choice is made: their
    filters would say the same. That saves time, and changes no answer.

    Args:
        agents: the people at the beginning.
        policy: how it is decided.
        begin: when that is; who has nothing to do is idle since then, where it is not said.
        seed: what chance is drawn from.
    """

    def __init__(
        self, agents: Iterable[Agent], policy: AssignmentPolicy, begin: datetime, seed: int | None
    ) -> None:
        self._policy, self._seed = policy, seed
        kinds = {type(each) for each in policy.filters}
        self._teams_count = InTeam in kinds
        self._room_counts = HasCapacity in kinds
        self._hours_count = AtWork in kinds
        lately = [each.most for each in policy.filters if isinstance(each, NotTooManyLately)]
        self._lately = max([LATELY, *lately])
        self._people = {name: _begun(each, begin) for name, each in _by_id(agents).items()}
        self._members: dict[Names, tuple[str, ...]] = {}
        self._turns: dict[Names, Mapping[str, Any]] = {}
        self._times = {
            id(each.hours): WorkingTime(each.hours, begin) for each in self._people.values()
        }

    def __iter__(self) -> Iterator[str]:
        return iter(self._people)

    def __getitem__(self, name: str) -> Agent:
        return self._people[name]

    def time_of(self, name: str) -> WorkingTime:
        """When somebody works."""
        return self._times[id(self._people[name].hours)]

    def shifts(self) -> Iterable[tuple[WorkingTime, Names | None]]:
        """Hours that open and close, with the teams of those who have them; ``None`` for any."""
        of: dict[int, set[str]] = {}
        for each in self._people.values():
            if each.hours is not None:
                of.setdefault(id(each.hours), set()).update(each.teams)
        for key, teams in of.items():
            yield self._times[key], frozenset(teams) if self._teams_count else None

    def teams_of(self, name: str) -> Names | None:
        """For which teams somebody can be given something; ``None`` for any."""
        return self._people[name].teams if self._teams_count else None

    def free(self, place: Place, now: datetime) -> list[Agent]:
        """Who is there and has room."""
        people, units = self._people, place.units
        found = [people[name] for name in self._of(place.teams)]
        if self._room_counts:
            found = [each for each in found if each.load + units <= each.capacity]
        if self._hours_count and found:
            hours = {id(each.hours) for each in found}
            there = {key for key in hours if self._times[key].is_open(now)}
            if len(there) < len(hours):
                found = [each for each in found if id(each.hours) in there]
        return found

    def chosen(self, item: Item, free: list[Agent], now: datetime) -> str | None:
        """Who of those gets *item*, which asks for what will do now."""
        decision = choose(
            free,
            item,
            now=now,
            policy=self._policy,
            seed=None if self._seed is None else _drawn(self._seed, item.id, now),
            turn=self._turns.get(item.teams, NOTHING),
            detail="chosen",
        )
        if decision.turn:
            self._turns[item.teams] = decision.turn
        return decision.chosen

    def give(self, name: str, item: Item, now: datetime) -> None:
        """Somebody has *item* from now on."""
        agent = self._people[name]
        self._people[name] = attrs.evolve(
            agent,
            load=agent.load + item.units,
            held=_changed(agent.held, item.channel, 1),
            assigned=(*agent.assigned[-self._lately + 1 :], now),
            idle_since=None,
        )

    def release(self, name: str, item: Item, now: datetime) -> None:
        """Somebody is done with *item*."""
        agent = self._people[name]
        load = agent.load - item.units
        self._people[name] = attrs.evolve(
            agent,
            load=load,
            held=_changed(agent.held, item.channel, -1),
            idle_since=agent.idle_since if load else now,
            done=_changed(agent.done, item.category, 1),
        )

    def _of(self, teams: Names) -> tuple[str, ...]:
        """The members of *teams*, by id."""
        known = self._members.get(teams)
        if known is None:
            anybody = not (teams and self._teams_count)
            known = self._members[teams] = tuple(
                name
                for name, each in self._people.items()
                if anybody or not teams.isdisjoint(each.teams)
            )
        return known


def _by_id(agents: Iterable[Agent]) -> dict[str, Agent]:
    return dict(sorted(by_id(tuple(agents)).items()))


def _begun(agent: Agent, begin: datetime) -> Agent:
    if agent.load or agent.idle_since is not None:
        return agent
    return attrs.evolve(agent, idle_since=begin)


def _changed(counts: Mapping[str, int], name: str | None, by: int) -> Mapping[str, int]:
    return counts if name is None else {**counts, name: counts.get(name, 0) + by}


def _drawn(seed: int, item: str, now: datetime) -> int:
    """What is drawn for one choice: the same whatever else is chosen in the run."""
    said = f"{seed} {now.isoformat()} {item}"
    return int.from_bytes(sha256(said.encode()).digest()[:8]) >> 1
