"""Routing plans: what is asked of whoever gets an item, the longer it has waited.

A plan is a list of steps. Each begins when the item has waited so long, and says what will do from
then on: other teams beside the first, skills at a lower level or not at all, any language. A step
*widens* what went before it, or comes *instead* of it. What is never relaxed stands in the policy:
no step passes a filter.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import attrs
from attrs import Attribute, field, frozen

from workorder.assign.agents import Agent
from workorder.assign.items import Item
from workorder.assign.values import NO_NAMES, Names, is_count, names, wrong
from workorder.errors import ConfigurationError, Finding, one_of

_NOW = timedelta(0)


def _is_wait(_: object, attribute: "Attribute[Any]", value: object) -> None:
    if not isinstance(value, timedelta) or value < _NOW:
        raise wrong(attribute.name, "a length of time", value)


@frozen(kw_only=True)
class RoutingStep:
    """What will do from some time on.

    Attributes:
        after: from when: how long the item has waited.
        teams: where it may go besides; instead of where it might have gone, with *instead*.
        relax: by how many levels less in each skill will do; the lowest level is always needed.
        without: skills that are not asked for any more.
        any_language: whether the language does not matter any more.
        instead: whether the steps before it count no more.
    """

    after: timedelta = field(default=_NOW, validator=_is_wait)
    teams: Names = field(default=NO_NAMES, converter=names)
    relax: int = field(default=0, validator=is_count)
    without: Names = field(default=NO_NAMES, converter=names)
    any_language: bool = False
    instead: bool = False

    @property
    def changes(self) -> bool:
        """Whether anything else will do from then on."""
        more = self.teams or self.relax or self.without
        return bool(more or self.any_language or self.instead)


def _in_order(given: Iterable[RoutingStep]) -> tuple[RoutingStep, ...]:
    return tuple(given)


@frozen
class Planned:
    """What is asked at one instant.

    Attributes:
        item: the item, asking for what will do now.
        step: which step that is, from 1; 0 before the first.
        until: when the next one begins; ``None`` in the last.
    """

    item: Item
    step: int
    until: datetime | None


@frozen
class RoutingPlan:
    """What is asked of whoever gets an item, step by step.

    Attributes:
        name: what people call it.
        steps: in the order in which they begin.

    Raises:
        InvalidInput: when a step does not begin after the one before it.

    >>> plan = RoutingPlan(
    ...     "cards",
    ...     (
    ...         RoutingStep(after=timedelta(minutes=5), relax=1),
    ...         RoutingStep(after=timedelta(minutes=20), teams={"hotline"}),
    ...     ),
    ... )
    """

    name: str
    steps: tuple[RoutingStep, ...] = field(converter=_in_order)

    def __attrs_post_init__(self) -> None:
        for before, step in zip(self.steps, self.steps[1:], strict=False):
            if step.after <= before.after:
                raise wrong("after", f"more than {before.after}: steps begin in order", step.after)

    def at(self, item: Item, now: datetime) -> Planned:
        """What is asked of whoever gets *item* at *now*; an item that waits since nobody knows when
        has just come.
        """
        since = item.enqueued or now
        number = sum(since + step.after <= now for step in self.steps)
        until = since + self.steps[number].after if number < len(self.steps) else None
        return Planned(_relaxed(item, self.steps[:number]), number, until)

    def within_teams(self) -> "RoutingPlan":
        """The plan without the teams that its steps name: the item stays where it is."""
        steps = (attrs.evolve(each, teams=NO_NAMES) for each in self.steps)
        return RoutingPlan(self.name, tuple(each for each in steps if each.changes))


def _relaxed(item: Item, steps: tuple[RoutingStep, ...]) -> Item:
    """*item*, asking for what will do after *steps*."""
    last = max((place for place, step in enumerate(steps) if step.instead), default=None)
    teams, count = item.teams, steps
    if last is not None:
        count = steps[last:]
        teams = count[0].teams or teams
    if not count:
        return item
    relax = sum(step.relax for step in count)
    without = NO_NAMES.union(*(step.without for step in count))
    if teams:  # anybody stays anybody
        teams = teams.union(*(step.teams for step in count))
    skills = {
        name: max(1, level - relax) for name, level in item.skills.items() if name not in without
    }
    language = None if any(step.any_language for step in count) else item.language
    return attrs.evolve(item, teams=teams, skills=skills, language=language)


def overflowing(
    team: str, to: Mapping[str, str], every: timedelta | Mapping[str, timedelta]
) -> RoutingPlan:
    """A plan by which what *team* cannot take goes on to the next team, and from there to the next.

    Args:
        team: where it begins.
        to: to which team each overflows.
        every: after how long each time; for each team that overflows, where they differ.

    Raises:
        InvalidInput: when it comes round to a team where it has been; it says by which way.

    >>> overflowing("cards", {"cards": "hotline"}, timedelta(minutes=10)).steps[0].teams
    frozenset({'hotline'})
    """
    way = [team]
    while (after := to.get(way[-1])) is not None:
        way.append(after)
        if way.count(after) > 1:
            raise wrong("to", "teams that do not come round", " → ".join(way))
    steps, waited = [], _NOW
    for before, name in pairwise(way):
        waited += every if isinstance(every, timedelta) else every[before]
        steps.append(RoutingStep(after=waited, teams={name}))
    return RoutingPlan(f"overflow of {team}", tuple(steps))


def check_plan(plan: RoutingPlan, agents: Iterable[Agent]) -> None:
    """See that *plan* says nothing that these *agents* can never match.

    Raises:
        ConfigurationError: with every team that nobody is in, and every skill that nobody has; each
            with the nearest one there is.
    """
    there = tuple(agents)
    teams = sorted({name for each in there for name in each.teams})
    skills = sorted({name for each in there for name in each.skills})
    found = [
        Finding(f"steps[{number}].{key}", name, one_of(known, name), plan.name)
        for number, step in enumerate(plan.steps)
        for key, said, known in (("teams", step.teams, teams), ("without", step.without, skills))
        for name in sorted(said)
        if name not in known
    ]
    found += [
        Finding(
            f"steps[{number}]", "a step that changes nothing", "something that will do", plan.name
        )
        for number, step in enumerate(plan.steps)
        if not step.changes
    ]
    if found:
        raise ConfigurationError(found)
