"""How well somebody can do it: fit, proficiency, experience."""

from collections.abc import Sequence
from typing import ClassVar

from attrs import field, frozen

from workorder.assign.agents import Agent
from workorder.assign.context import Context
from workorder.assign.items import Item
from workorder.assign.scorers.scorer import Scores
from workorder.assign.values import TOP_LEVEL, is_positive


@frozen
class SkillFit:
    """Who can do just what it takes, and little else as well: keeps the best for what needs them.

    For each skill the level that is needed divided by the level that is there, on average; whoever
    is below what is needed, and could have it only under a policy that does not ask, has less than
    half.
    """

    name: ClassVar[str] = "skill_fit"

    def scores(self, agents: Sequence[Agent], item: Item, context: Context) -> Scores:
        """1 where everything fits, also when nothing is needed."""
        needed = item.skills.items()
        if not needed:
            return [1.0] * len(agents)
        number = len(needed)
        return [
            sum(
                level / has if (has := each.skills.get(skill, 0)) >= level else has / (2 * level)
                for skill, level in needed
            )
            / number
            for each in agents
        ]


@frozen
class Proficiency:
    """Who can do it best: the level in each skill it takes, of five, on average."""

    name: ClassVar[str] = "proficiency"

    def scores(self, agents: Sequence[Agent], item: Item, context: Context) -> Scores:
        """1 for somebody who is at the top in all of them, also when nothing is needed."""
        needed = tuple(item.skills)
        if not needed:
            return [1.0] * len(agents)
        most = len(needed) * TOP_LEVEL
        return [sum(each.skills.get(skill, 0) for skill in needed) / most for each in agents]


@frozen
class Experience:
    """Who has dealt with many of its category.

    Attributes:
        full: from how many on it makes no difference.
    """

    name: ClassVar[str] = "experience"

    full: int = field(default=50, validator=is_positive)

    def scores(self, agents: Sequence[Agent], item: Item, context: Context) -> Scores:
        """0 for somebody who has dealt with none, 1 from *full* on."""
        category, full = item.category, self.full
        if category is None:
            return [0.0] * len(agents)
        return [min(each.done.get(category, 0) / full, 1.0) for each in agents]
