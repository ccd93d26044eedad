"""What was before: who declined it, who was given much lately, who is new."""

from collections.abc import Sequence
from datetime import timedelta
from typing import ClassVar

from attrs import field, frozen

from workorder.assign.agents import Agent
from workorder.assign.context import Context
from workorder.assign.filters.filter import Rejected
from workorder.assign.items import Item
from workorder.assign.rejections import Rejection
from workorder.assign.values import is_length, is_maybe_length, is_positive


@frozen
class NotDeclined:
    """Nobody who declined it, or let an offer of it lapse.

    Attributes:
        cool_down: for how long that counts; for ever, if it is not said.
    """

    name: ClassVar[str] = "not_declined"
    hard: ClassVar[bool] = False

    cool_down: timedelta | None = field(default=None, validator=is_maybe_length)

    def rejected(self, agents: Sequence[Agent], item: Item, context: Context) -> Rejected:
        """Those who did, not long enough ago."""
        if not item.declined:
            return {}
        cool_down, now = self.cool_down, context.now
        return {
            each.id: Rejection("declined", {"at": item.declined[each.id]})
            for each in agents
            if each.id in item.declined
            and (cool_down is None or now < item.declined[each.id] + cool_down)
        }


@frozen
class NotTooManyLately:
    """Nobody who was given as many as *most* within the last *within*."""

    name: ClassVar[str] = "not_too_many_lately"
    hard: ClassVar[bool] = False

    most: int = field(validator=is_positive)
    within: timedelta = field(validator=is_length)

    def rejected(self, agents: Sequence[Agent], item: Item, context: Context) -> Rejected:
        """Those who were."""
        most, begin = self.most, context.now - self.within
        found = {}
        for each in agents:
            if len(each.assigned) >= most and each.assigned[-most] > begin:
                number = sum(at > begin for at in each.assigned)
                facts = {"number": number, "within": self.within, "most": most}
                found[each.id] = Rejection("too_many_lately", facts)
        return found


@frozen
class Experienced:
    """Somebody who has done this for *at_least* so long; who knows not since when, has."""

    name: ClassVar[str] = "experienced"
    hard: ClassVar[bool] = False

    at_least: timedelta = field(validator=is_length)

    def rejected(self, agents: Sequence[Agent], item: Item, context: Context) -> Rejected:
        """Those who began later."""
        latest = context.now - self.at_least
        return {
            each.id: Rejection("too_new", {"since": each.since})
            for each in agents
            if each.since is not None and each.since > latest
        }
