"""Who has room: one budget of units, and limits by channel."""

from collections.abc import Sequence
from typing import ClassVar

from attrs import frozen

from workorder.assign.agents import Agent
from workorder.assign.context import Context
from workorder.assign.filters.filter import Rejected
from workorder.assign.items import Item
from workorder.assign.rejections import Rejection


@frozen
class HasCapacity:
    """Somebody who has room for the item: in units, and in its channel."""

    name: ClassVar[str] = "has_capacity"
    hard: ClassVar[bool] = False

    def rejected(self, agents: Sequence[Agent], item: Item, context: Context) -> Rejected:
        """Those who would hold too much."""
        units, channel = item.units, item.channel
        found = {
            each.id: Rejection(
                "over_capacity", {"load": each.load, "capacity": each.capacity, "units": units}
            )
            for each in agents
            if each.load + units > each.capacity
        }
        if channel is not None:
            for each in agents:
                if each.limits and each.id not in found:
                    limit, held = each.limits.get(channel), each.held.get(channel, 0)
                    if limit is not None and held >= limit:
                        facts = {"channel": channel, "held": held, "limit": limit}
                        found[each.id] = Rejection("channel_limit", facts)
        return found
