"""The parts of policies that ship, by the names under which a file says them.

A host's own filters, scorers and selectors stand beside them under names of their own.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from workorder.assign.filters import (
    ApartFromInvolved,
    AtWork,
    Experienced,
    Filter,
    HasCapacity,
    HasSkills,
    InTeam,
    NoConflict,
    NotDeclined,
    NotTooManyLately,
    Present,
    Speaks,
)
from workorder.assign.policy import AssignmentPolicy
from workorder.assign.queueing import (
    FIFO,
    ClassSlopes,
    Discipline,
    EarliestDeadline,
    LeastSlack,
    LinearAgeing,
    MaxWait,
    PriorityFIFO,
)
from workorder.assign.routing import Routing
from workorder.assign.scorers import (
    ByAttribute,
    Experience,
    IdleTime,
    LowLoad,
    LowUtilization,
    Proficiency,
    Recency,
    Scorer,
    ShiftLeft,
    SkillFit,
    SpareCapacity,
)
from workorder.assign.selectors import (
    BestScore,
    LeastLoad,
    LeastRecentlyAssigned,
    LeastUtilization,
    LongestIdle,
    MostSpare,
    PointerRoundRobin,
    Selector,
    SmoothWeightedRoundRobin,
    TwoChoices,
)

Part = Filter | Scorer | Selector | Discipline
"""What a policy or a routing is made of, and what a host may have of its own."""

ATTRIBUTE = "attribute"
"""The scorer whose name in decisions goes on with that of the attribute."""


def _by_name(*kinds: Any) -> Mapping[str, type]:
    return {ATTRIBUTE if kind is ByAttribute else kind.name: kind for kind in kinds}


FILTERS = _by_name(
    NoConflict,
    ApartFromInvolved,
    Present,
    AtWork,
    InTeam,
    HasSkills,
    Speaks,
    NotDeclined,
    NotTooManyLately,
    Experienced,
    HasCapacity,
)
"""Who can have an item at all."""

SCORERS = _by_name(
    SkillFit,
    Proficiency,
    Experience,
    SpareCapacity,
    LowLoad,
    LowUtilization,
    IdleTime,
    Recency,
    ShiftLeft,
    ByAttribute,
)
"""How good a choice somebody is."""

SELECTORS = _by_name(
    LeastLoad,
    LeastUtilization,
    MostSpare,
    LeastRecentlyAssigned,
    LongestIdle,
    BestScore,
    PointerRoundRobin,
    SmoothWeightedRoundRobin,
    TwoChoices,
)
"""Who of several gets it."""

DISCIPLINES = _by_name(
    FIFO, PriorityFIFO, LinearAgeing, EarliestDeadline, LeastSlack, ClassSlopes, MaxWait
)
"""Which of those that wait comes next."""

SHIPPED: Mapping[str, Mapping[str, type]] = {
    "filter": FILTERS,
    "scorer": SCORERS,
    "selector": SELECTORS,
    "discipline": DISCIPLINES,
}
"""All of them, by what one is called."""

_ANSWERS = {
    "filter": ("rejected", "hard"),
    "scorer": ("scores",),
    "selector": ("order", "by"),
    "discipline": ("head_start", "by"),
}
_NAMES = {kind: name for kinds in SHIPPED.values() for name, kind in kinds.items()}


def kind_of(part: object) -> str | None:
    """What *part* is called, by what it answers; ``None``, if it is no part of policies.

    >>> kind_of(LeastLoad()), kind_of("least_load")
    ('selector', None)
    """
    for what, verbs in _ANSWERS.items():
        if all(hasattr(part, verb) for verb in verbs):
            return what
    return None


def shipped_name(part: object) -> str | None:
    """Under which name *part* ships; ``None`` for a host's own.

    >>> shipped_name(ByAttribute("satisfaction")), shipped_name(LeastLoad())
    ('attribute', 'least_load')
    """
    return _NAMES.get(type(part))


def own_parts(routing: Routing) -> tuple[Part, ...]:
    """The host's own parts in *routing*, each once: what a file can only name."""
    found: dict[int, Part] = {}
    for each in _parts(routing):
        if shipped_name(each) is None:
            found.setdefault(id(each), each)
    return tuple(found.values())


def _parts(routing: Routing) -> Iterator[Part]:
    yield routing.discipline
    for policy in routing.policies.values():
        yield from policy_parts(policy)


def policy_parts(policy: AssignmentPolicy) -> Iterator[Part]:
    """Everything that *policy* is made of: also by what its selector compares."""
    yield from policy.filters
    yield from (each.scorer for each in policy.scorers)
    waiting: list[Any] = [policy.selector]
    while waiting:
        part = waiting.pop()
        yield part
        if attrs.has(type(part)):
            inside = (getattr(part, each.name) for each in attrs.fields(type(part)))
            waiting += [each for each in inside if hasattr(each, "key")]
