"""Arrivals: what comes, when, and how long it takes."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import attrs
from attrs import Attribute, field, frozen

from workorder.assign.items import Item
from workorder.assign.values import wrong
from workorder.instants import aware

_NONE = timedelta(0)


def _instant(given: datetime) -> datetime:
    return aware(given, "at")


def _is_handling(_: object, attribute: "Attribute[Any]", value: object) -> None:
    if not isinstance(value, timedelta) or value < _NONE:
        raise wrong(attribute.name, "a length of time", value)


@frozen
class Arrival:
    """An item that comes.

    Attributes:
        item: what comes. It waits since ``enqueued``, where that is said; else since it comes.
        at: when it comes.
        handling: how long it takes whoever gets it, of the time that they work.

    Raises:
        InvalidInput: for an instant without a zone, less than no time, an item that waits since
            later than it comes.
    """

    item: Item
    at: datetime = field(converter=_instant)
    handling: timedelta = field(validator=_is_handling)

    def __attrs_post_init__(self) -> None:
        since = self.item.enqueued
        if since is not None and since > self.at:
            raise wrong("enqueued", f"at {self.at.isoformat()} at the latest", since.isoformat())

    @property
    def since(self) -> datetime:
        """Since when it waits."""
        return self.item.enqueued or self.at


def in_order(arrivals: Iterable[Arrival]) -> list[Arrival]:
    """*arrivals* as they come; of those of one instant, by id. Every item knows since when it
    waits.

    Raises:
        InvalidInput: without any, and when an item comes twice; it is named.
    """
    found = sorted(arrivals, key=lambda each: (each.at, each.item.id))
    if not found:
        raise wrong("arrivals", "at least one", "none")
    seen: set[str] = set()
    for each in found:
        if each.item.id in seen:
            raise wrong("arrivals", "each item once", each.item.id)
        seen.add(each.item.id)
    return [
        each
        if each.item.enqueued is not None
        else attrs.evolve(each, item=attrs.evolve(each.item, enqueued=each.at))
        for each in found
    ]
