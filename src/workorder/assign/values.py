"""What agents and items are made of, checked at the door: names, counts, levels, instants."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from attrs import Attribute

from workorder.errors import InvalidInput
from workorder.instants import aware

TOP_LEVEL = 5
"""Skills have levels from 1 to 5."""

Names = frozenset[str]
NO_NAMES: Names = frozenset()
NOTHING: Mapping[str, Any] = {}


def names(given: Iterable[str]) -> Names:
    """Several names, in no order; one text is refused, for it would be taken for its letters."""
    if isinstance(given, frozenset):
        return given
    if isinstance(given, str):
        raise wrong("names", "several names, such as {“cards”}", given)
    return frozenset(given)


def instants(given: Iterable[datetime]) -> tuple[datetime, ...]:
    """Several instants, the earliest first."""
    return tuple(sorted(aware(each, "instant") for each in given))


def maybe_instant(given: datetime | None) -> datetime | None:
    """An instant, or none."""
    return None if given is None else aware(given, "instant")


def is_named(_: object, attribute: "Attribute[Any]", value: object) -> None:
    """A text that is not empty."""
    if not isinstance(value, str) or not value:
        raise wrong(attribute.name, "a text that is not empty", value)


def is_count(_: object, attribute: "Attribute[Any]", value: object) -> None:
    """A whole number, 0 or more."""
    _count(attribute.name, value)


def is_positive(_: object, attribute: "Attribute[Any]", value: object) -> None:
    """A whole number, 1 or more."""
    if _count(attribute.name, value) == 0:
        raise wrong(attribute.name, "a whole number, 1 or more", value)


def are_counts(_: object, attribute: "Attribute[Any]", value: Mapping[str, object]) -> None:
    """A whole number, 0 or more, for each name."""
    for name, number in value.items():
        _count(f"{attribute.name}.{name}", number)


def are_levels(_: object, attribute: "Attribute[Any]", value: Mapping[str, object]) -> None:
    """A level for each skill."""
    for name, level in value.items():
        if isinstance(level, bool) or not isinstance(level, int) or not 1 <= level <= TOP_LEVEL:
            raise wrong(f"{attribute.name}.{name}", f"a level from 1 to {TOP_LEVEL}", level)


def is_length(_: object, attribute: "Attribute[Any]", value: object) -> None:
    """A length of time, more than none."""
    if not isinstance(value, timedelta) or value <= timedelta(0):
        raise wrong(attribute.name, "a length of time, more than none", value)


def is_maybe_length(instance: object, attribute: "Attribute[Any]", value: object) -> None:
    """A length of time, more than none; or nothing."""
    if value is not None:
        is_length(instance, attribute, value)


def figure(given: Any) -> Any:
    """A number that need not be a whole one: 5 and 5.0 are the same figure."""
    return float(given) if type(given) is int and abs(given) < _EXACT else given


def is_share(_: object, attribute: "Attribute[Any]", value: object) -> None:
    """A number that is more than 0 and finite."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < _ENDLESS:
        raise wrong(attribute.name, "a finite number, more than 0", value)


_ENDLESS = float("inf")
_EXACT = 2**53


def wrong(name: str, expected: str, found: object) -> InvalidInput:
    """The error for a value that is not what it should be."""
    return InvalidInput("wrong_type", name=name, expected=expected, found=repr(found))


def _count(name: str, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise wrong(name, "a whole number, 0 or more", value)
    return value
