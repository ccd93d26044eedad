"""Policies: which filters, scorers and selector decide, and what is tried before."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

import attrs
from attrs import field, frozen

from workorder.assign.filters import (
    ApartFromInvolved,
    AtWork,
    Filter,
    HasCapacity,
    HasSkills,
    InTeam,
    NoConflict,
    NotDeclined,
    Present,
    Speaks,
)
from workorder.assign.scorers import Scorer, Weighted
from workorder.assign.selectors import LeastLoad, Selector
from workorder.canonical import digest, encode
from workorder.errors import InvalidInput
from workorder.plain import plain

USUAL: tuple[Filter, ...] = (
    NoConflict(),
    ApartFromInvolved(),
    Present(),
    AtWork(),
    InTeam(),
    HasSkills(),
    Speaks(),
    NotDeclined(),
    HasCapacity(),
)
"""What a host would expect to be asked, the hard ones first."""


def _filters(given: Iterable[Filter]) -> tuple[Filter, ...]:
    return tuple(given)


def _reasons(given: Iterable[str]) -> tuple[str, ...]:
    return tuple(given)


def _weighted(given: Iterable[Scorer | Weighted]) -> tuple[Weighted, ...]:
    return tuple(each if isinstance(each, Weighted) else Weighted(each) for each in given)


@frozen(slots=False)
class AssignmentPolicy:
    """How an item is given to somebody.

    Attributes:
        name: what decisions call it.
        filters: who can have it; all of them are asked.
        scorers: how good a choice each is; a bare scorer counts once.
        selector: who of them gets it.
        affinity: why somebody is tried before anybody is compared, in this order: names of an
            item's ``preferred``. They have to pass every filter, as anybody has.

    Raises:
        InvalidInput: when two filters, or two scorers, have the same name.
    """

    name: str = "least load"
    filters: tuple[Filter, ...] = field(default=USUAL, converter=_filters)
    scorers: tuple[Weighted, ...] = field(default=(), converter=_weighted)
    selector: Selector = field(factory=LeastLoad)
    affinity: tuple[str, ...] = field(default=(), converter=_reasons)

    def __attrs_post_init__(self) -> None:
        _once("filters", [each.name for each in self.filters])
        _once("scorers", [each.scorer.name for each in self.scorers])

    @cached_property
    def weights(self) -> tuple[tuple[Scorer, float], ...]:
        """The scorers with their shares of the whole."""
        total = sum(each.weight for each in self.scorers)
        return tuple((each.scorer, each.weight / total) for each in self.scorers)

    @cached_property
    def digest(self) -> str:
        """What tells it from every other policy; functions stand in it by their names."""
        return digest(encode(self.as_data()))

    def as_data(self) -> dict[str, Any]:
        """The policy as plain data."""
        return {
            "name": self.name,
            "filters": [part_data(each) for each in self.filters],
            "scorers": [
                {**part_data(each.scorer), "counts": repr(float(each.weight))}
                for each in self.scorers
            ],
            "selector": part_data(self.selector),
            "affinity": list(self.affinity),
        }


def part_data(part: Any) -> dict[str, Any]:
    """A part by its name and what it was given; numbers that are no whole ones as text."""
    said: dict[str, Any] = {"name": part.name}
    for each in attrs.fields(type(part)) if attrs.has(type(part)) else ():
        if each.eq:
            said[each.name] = _figure(getattr(part, each.name))
    return said


def _figure(value: Any) -> Any:
    if attrs.has(type(value)) and hasattr(value, "name"):
        return part_data(value)
    if isinstance(value, Mapping):
        return {str(name): _figure(each) for name, each in value.items()}
    return repr(value) if isinstance(value, float) else plain(value)


def _once(key: str, names: list[str]) -> None:
    for name in names:
        if names.count(name) > 1:
            raise InvalidInput("wrong_type", name=key, expected="each name once", found=name)
