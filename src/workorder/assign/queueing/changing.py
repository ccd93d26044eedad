"""Disciplines whose order changes as time goes by: heads are compared when somebody asks."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, ClassVar

from attrs import Attribute, field, frozen

from workorder.assign.items import Item
from workorder.assign.queueing.discipline import ALWAYS, Key
from workorder.assign.values import figure, is_length, is_share, wrong

_NONE = timedelta(0)


def _figures(given: Mapping[int, float]) -> dict[int, float]:
    return {name: figure(each) for name, each in given.items()}


def are_slopes(_: object, attribute: "Attribute[Any]", value: Mapping[int, float]) -> None:
    """A finite number, more than 0, for each of some priorities."""
    if not value:
        raise wrong(attribute.name, "a slope for each priority", value)
    for slope in value.values():
        is_share(None, attribute, slope)


@frozen
class ClassSlopes:
    """Each priority gains by waiting at a rate of its own; who has gained most comes next.

    Within a priority it is first come, first served. (Kleinrock, A delay dependent queue
    discipline, 1964.)

    Attributes:
        slopes: the rate of each priority; of one that has none, that of the nearest less urgent
            one, or the least.
    """

    name: ClassVar[str] = "class_slopes"
    by: ClassVar[tuple[str, ...]] = ("waited by rate", "enqueued", "id")

    slopes: Mapping[int, float] = field(converter=_figures, validator=are_slopes, hash=False)

    def rank(self, item: Item, now: datetime) -> Key:
        """The least comes first, at *now*."""
        since = item.enqueued or ALWAYS
        return -(max(now - since, _NONE) / _SECOND) * self._slope(item.priority), since, item.id

    def group(self, item: Item) -> int:
        """Whom it overtakes never, and is never overtaken by: those of its priority."""
        return item.priority

    def _slope(self, priority: int) -> float:
        found = self.slopes.get(priority)
        if found is not None:
            return found
        lower = [each for each in self.slopes if each > priority]
        return self.slopes[min(lower)] if lower else min(self.slopes.values())

    def head_start(self, least: int, most: int) -> timedelta | None:
        """None that is a length of time: who gains twice as fast overtakes those who have waited
        less than twice as long.
        """
        return _NONE if least == most else None


_SECOND = timedelta(seconds=1)


@frozen
class MaxWait:
    """By priority; but who has waited too long comes first, the longest wait at the front.

    Attributes:
        limit: how long is too long.
    """

    name: ClassVar[str] = "max_wait"
    by: ClassVar[tuple[str, ...]] = ("waited too long", "priority", "enqueued", "id")

    limit: timedelta = field(validator=is_length)

    def rank(self, item: Item, now: datetime) -> Key:
        """The least comes first, at *now*."""
        since = item.enqueued or ALWAYS
        if now - since >= self.limit:
            return 0, 0, since, item.id
        return 1, item.priority, since, item.id

    def group(self, item: Item) -> int:
        """Whom it overtakes never, and is never overtaken by: those of its priority."""
        return item.priority

    def head_start(self, least: int, most: int) -> timedelta | None:
        """Nobody overtakes who has waited for *limit*."""
        return _NONE if least == most else self.limit
