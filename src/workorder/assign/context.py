"""What surrounds a decision: the instant, chance, and what the last decision left behind."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from attrs import Attribute, field, frozen

from workorder.assign.values import NOTHING, wrong
from workorder.instants import aware


def _aware(given: datetime) -> datetime:
    return aware(given, "now")


SEEDS = 2**63
"""How many seeds there are."""


def _is_seed(_: object, attribute: "Attribute[Any]", value: object) -> None:
    if value is not None and (type(value) is not int or not 0 <= value < SEEDS):
        raise wrong(attribute.name, "a whole number of at most 63 bits", value)


@frozen
class Context:
    """What surrounds a decision.

    Attributes:
        now: the instant at which it is taken.
        seed: where chance comes from, for selectors that draw: a whole number that the host drew
            (``secrets.randbits(63)``). It is kept, so that the same can be drawn again.
        turn: what a selector that takes turns left behind last time (``decision.turn``).
    """

    now: datetime = field(converter=_aware)
    seed: int | None = field(default=None, validator=_is_seed)
    turn: Mapping[str, Any] = field(default=NOTHING, hash=False)
