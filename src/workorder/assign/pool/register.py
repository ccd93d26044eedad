"""The register: who has which skill, works in which team, speaks what; and of whom there is a
conflict.
"""

from collections.abc import Iterable, Mapping

from workorder.assign.agents import Agent
from workorder.assign.items import Item
from workorder.assign.pool.columns import Columns
from workorder.assign.pool.terms import Terms

Of = dict[str, set[Columns]]
"""Those who have something, by its name."""


class Register:
    """Who of a pool has what.

    Args:
        terms: what is asked of them.
    """

    def __init__(self, terms: Terms) -> None:
        self._terms = terms
        self._skills: Of = {}
        self._teams: Of = {}
        self._languages: Of = {}
        self._conflicts: Of = {}
        self._limited: Of = {}
        self._hours: dict[int, set[Columns]] = {}

    def enter(self, one: Columns) -> None:
        """*one* is there, as the agent says."""
        agent = one.agent
        for kept, names in self._kept(agent):
            for name in names:
                kept.setdefault(name, set()).add(one)
        if agent.hours is not None:
            self._hours.setdefault(id(agent.hours), set()).add(one)

    def strike(self, one: Columns) -> None:
        """*one*, as entered, is there no more."""
        agent = one.agent
        for kept, names in self._kept(agent):
            for name in names:
                kept[name].discard(one)
                if not kept[name]:
                    del kept[name]
        if agent.hours is not None:
            found = self._hours[id(agent.hours)]
            found.discard(one)
            if not found:
                del self._hours[id(agent.hours)]

    def _kept(self, agent: Agent) -> Iterable[tuple[Of, Iterable[str]]]:
        return (
            (self._skills, agent.skills),
            (self._teams, agent.teams),
            (self._languages, agent.languages),
            (self._conflicts, agent.conflicts),
            (self._limited, agent.limits),
        )

    def is_limited(self, channel: str | None) -> bool:
        """Whether anybody may hold only so many of *channel*."""
        return channel in self._limited

    def hours(self) -> Mapping[int, Columns]:
        """One for each hours of work that there are, however many have them; by identity."""
        return {key: next(iter(each)) for key, each in self._hours.items()}

    def conflicting(self, persons: Iterable[str]) -> set[Columns]:
        """Who declared a conflict with one of *persons*."""
        return set().union(*(self._conflicts.get(each, ()) for each in persons))

    def like(self, item: Item) -> set[Columns] | None:
        """Some among whom are all who match *item*; ``None`` where that may be anybody."""
        terms, groups = self._terms, []
        if terms.skills:
            groups += [self._skills.get(name, set()) for name in item.skills]
        if terms.languages and item.language is not None:
            groups.append(self._languages.get(item.language, set()))
        if terms.teams and item.teams:
            groups.append(set().union(*(self._teams.get(name, ()) for name in item.teams)))
        if not groups:
            return None
        groups.sort(key=len)
        return groups[0].intersection(*groups[1:])
