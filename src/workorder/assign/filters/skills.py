"""Who can do it: skills with levels, languages, teams."""

from collections.abc import Sequence
from typing import ClassVar

from attrs import frozen

from workorder.assign.agents import Agent
from workorder.assign.context import Context
from workorder.assign.filters.filter import Rejected
from workorder.assign.items import Item
from workorder.assign.rejections import Rejection


@frozen
class HasSkills:
    """Somebody who has every skill that the item takes, at its level at least."""

    name: ClassVar[str] = "has_skills"
    hard: ClassVar[bool] = False

    def rejected(self, agents: Sequence[Agent], item: Item, context: Context) -> Rejected:
        """Those who lack one of them; the first by name is said."""
        found: dict[str, Rejection] = {}
        for skill, needed in sorted(item.skills.items()):
            lacking = [_lacks(skill, level, needed) for level in range(needed)]
            for each in agents:
                level = each.skills.get(skill, 0)
                if level < needed and each.id not in found:
                    found[each.id] = lacking[level]
        return found


def _lacks(skill: str, level: int, needed: int) -> Rejection:
    return Rejection("lacks_skill", {"skill": skill, "level": level, "needed": needed})


@frozen
class Speaks:
    """Somebody who speaks the item's language."""

    name: ClassVar[str] = "speaks"
    hard: ClassVar[bool] = False

    def rejected(self, agents: Sequence[Agent], item: Item, context: Context) -> Rejected:
        """Those who do not."""
        language = item.language
        if language is None:
            return {}
        rejection = Rejection("lacks_language", {"language": language})
        return {each.id: rejection for each in agents if language not in each.languages}


@frozen
class InTeam:
    """Somebody of one of the item's teams; anybody, where it names none."""

    name: ClassVar[str] = "in_team"
    hard: ClassVar[bool] = False

    def rejected(self, agents: Sequence[Agent], item: Item, context: Context) -> Rejected:
        """Those of other teams."""
        teams = item.teams
        if not teams:
            return {}
        rejection = Rejection("other_team", {"teams": tuple(sorted(teams))})
        return {each.id: rejection for each in agents if teams.isdisjoint(each.teams)}
