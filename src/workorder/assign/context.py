"""What surrounds a decision: the instant, chance, and what the last decision left behind."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from attrs import field, frozen

from workorder.assign.values import NOTHING
from workorder.instants import aware


def _aware(given: datetime) -> datetime:
    return aware(given, "now")


@frozen
class Context:
    """What surrounds a decision.

    Attributes:
        now: the instant at which it is taken.
        seed: where chance comes from, for selectors that draw: a whole number that the host drew
            (``secrets.randbits(64)``). It is kept, so that the same can be drawn again.
        turn: what a selector that takes turns left behind last time (``decision.turn``).
    """

    now: datetime = field(converter=_aware)
    seed: int | None = None
    turn: Mapping[str, Any] = field(default=NOTHING, hash=False)
