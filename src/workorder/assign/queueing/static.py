"""Disciplines whose order does not change as time goes by.

That linear ageing is one of them is the point of its key: who waits gains the same as everybody
else who waits, so nobody overtakes anybody in the queue, and no clock has to sort it again.
"""

from datetime import datetime, timedelta
from typing import ClassVar

from attrs import field, frozen

from workorder.assign.items import Item
from workorder.assign.queueing.discipline import ALWAYS, NEVER, Key
from workorder.assign.values import is_length

_NONE = timedelta(0)


@frozen
class FIFO:
    """Who came first."""

    name: ClassVar[str] = "fifo"
    by: ClassVar[tuple[str, ...]] = ("enqueued", "id")

    def key(self, item: Item) -> Key:
        """The least comes first."""
        return item.enqueued or ALWAYS, item.id

    def head_start(self, least: int, most: int) -> timedelta | None:
        """Nobody is overtaken."""
        return _NONE


@frozen
class PriorityFIFO:
    """The most urgent, and of these who came first. What is not urgent may wait for ever."""

    name: ClassVar[str] = "priority_fifo"
    by: ClassVar[tuple[str, ...]] = ("priority", "enqueued", "id")

    def key(self, item: Item) -> Key:
        """The least comes first."""
        return item.priority, item.enqueued or ALWAYS, item.id

    def head_start(self, least: int, most: int) -> timedelta | None:
        """There is no bound, as soon as there are two priorities."""
        return _NONE if least == most else None


@frozen
class LinearAgeing:
    """A level of priority is worth so much waiting.

    Attributes:
        level: how much: an item overtakes those that came so much before it for each level by which
            it is more urgent, and no others.
    """

    name: ClassVar[str] = "linear_ageing"
    by: ClassVar[tuple[str, ...]] = ("enqueued and priority", "enqueued", "id")

    level: timedelta = field(validator=is_length)

    def key(self, item: Item) -> Key:
        """The least comes first."""
        since = item.enqueued or ALWAYS
        return since + item.priority * self.level, since, item.id

    def head_start(self, least: int, most: int) -> timedelta | None:
        """What the levels between them are worth."""
        return (most - least) * self.level


@frozen
class EarliestDeadline:
    """What is due first; what is due at no instant comes last."""

    name: ClassVar[str] = "earliest_deadline"
    by: ClassVar[tuple[str, ...]] = ("due", "priority", "enqueued", "id")

    def key(self, item: Item) -> Key:
        """The least comes first."""
        return item.due or NEVER, item.priority, item.enqueued or ALWAYS, item.id

    def head_start(self, least: int, most: int) -> timedelta | None:
        """None that holds for all: what is due later is overtaken until then."""
        return None


@frozen
class LeastSlack:
    """What has the least time to spare: until it is due, less what it takes."""

    name: ClassVar[str] = "least_slack"
    by: ClassVar[tuple[str, ...]] = ("due less estimate", "priority", "enqueued", "id")

    def key(self, item: Item) -> Key:
        """The least comes first."""
        return _latest_start(item), item.priority, item.enqueued or ALWAYS, item.id

    def head_start(self, least: int, most: int) -> timedelta | None:
        """None that holds for all: what is due later is overtaken until then."""
        return None


SHIPPED = (FIFO, PriorityFIFO, LinearAgeing, EarliestDeadline, LeastSlack)
"""Those of which all keys have as many parts."""


def _latest_start(item: Item) -> datetime:
    if item.due is None:
        return NEVER
    return item.due if item.estimate is None else item.due - item.estimate
