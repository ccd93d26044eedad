"""Whose turn it is by time: idle long, given nothing for long, long to go in the shift."""

from collections.abc import Sequence
from datetime import timedelta
from typing import ClassVar

from attrs import field, frozen

from workorder.assign.agents import Agent
from workorder.assign.context import Context
from workorder.assign.items import Item
from workorder.assign.scorers.scorer import Scores
from workorder.assign.values import is_length

_SHIFT = timedelta(hours=8)
_NONE = timedelta(0)


@frozen
class IdleTime:
    """Who has had nothing to do for long.

    Attributes:
        full: from how long on it makes no difference.
    """

    name: ClassVar[str] = "idle_time"

    full: timedelta = field(default=_SHIFT, validator=is_length)

    def scores(self, agents: Sequence[Agent], item: Item, context: Context) -> Scores:
        """0 for somebody who has something to do."""
        now, full = context.now, self.full
        return [
            0.0 if each.idle_since is None else _part(now - each.idle_since, full)
            for each in agents
        ]


@frozen
class Recency:
    """Who was given nothing for long.

    Attributes:
        full: from how long on it makes no difference.
    """

    name: ClassVar[str] = "recency"

    full: timedelta = field(default=_SHIFT, validator=is_length)

    def scores(self, agents: Sequence[Agent], item: Item, context: Context) -> Scores:
        """1 for somebody who was given nothing yet."""
        now, full = context.now, self.full
        return [_part(now - each.assigned[-1], full) if each.assigned else 1.0 for each in agents]


@frozen
class ShiftLeft:
    """Who will be there long enough: time until their hours end.

    Attributes:
        full: from how long on it makes no difference; the item's estimate, where it has one.
    """

    name: ClassVar[str] = "shift_left"

    full: timedelta = field(default=_SHIFT / 4, validator=is_length)

    def scores(self, agents: Sequence[Agent], item: Item, context: Context) -> Scores:
        """1 for somebody who has no hours, 0 for somebody whose hours it is not."""
        now = context.now
        full = item.estimate or self.full
        asked = {id(each.hours): each.hours for each in agents if each.hours is not None}
        known = {
            key: _part(hours.next_close(now) - now, full) if hours.is_open(now) else 0.0
            for key, hours in asked.items()
        }
        return [known.get(id(each.hours), 1.0) for each in agents]


def _part(length: timedelta, full: timedelta) -> float:
    return min(max(length, _NONE) / full, 1.0)
