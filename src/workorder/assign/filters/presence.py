"""Who is there now: presence, and hours of work."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from attrs import field, frozen

from workorder.assign.agents import PRESENCES, Agent, Presence
from workorder.assign.context import Context
from workorder.assign.filters.filter import Rejected
from workorder.assign.items import Item
from workorder.assign.rejections import Rejection

_NOT_PRESENT = {name: Rejection("not_present", {"presence": name}) for name in PRESENCES}
_OFF = Rejection("off_hours")


def _states(given: Iterable[Presence]) -> frozenset[Presence]:
    return frozenset(given)


@frozen
class Present:
    """Somebody who is there: ``online``, unless *states* says more."""

    name: ClassVar[str] = "present"
    hard: ClassVar[bool] = False

    states: frozenset[Presence] = field(default=frozenset({"online"}), converter=_states)

    def rejected(self, agents: Sequence[Agent], item: Item, context: Context) -> Rejected:
        """Those who are in another state."""
        states = self.states
        return {
            each.id: _NOT_PRESENT[each.presence] for each in agents if each.presence not in states
        }


@frozen
class AtWork:
    """Somebody whose hours it is; who has none is always at work."""

    name: ClassVar[str] = "at_work"
    hard: ClassVar[bool] = False

    def rejected(self, agents: Sequence[Agent], item: Item, context: Context) -> Rejected:
        """Those whose hours it is not."""
        now = context.now
        # Many share one roster or calendar: each is asked once.
        asked = {id(each.hours): each.hours for each in agents if each.hours is not None}
        closed = {key for key, hours in asked.items() if not hours.is_open(now)}
        return {each.id: _OFF for each in agents if id(each.hours) in closed} if closed else {}
