"""Who must not: conflicts of interest, and duties that are kept apart.

Both are hard: no override, no rank and no emergency passes them.
"""

from collections.abc import Sequence
from typing import ClassVar

from attrs import frozen

from workorder.assign.agents import Agent
from workorder.assign.context import Context
from workorder.assign.filters.filter import Rejected
from workorder.assign.items import Item
from workorder.assign.rejections import Rejection

_OWN_MATTER = Rejection("own_matter")
_INVOLVED = Rejection("separation_of_duties")


@frozen
class NoConflict:
    """Nobody who has an interest in the matter: not whom it is about, not the customer, and nobody
    who has declared a conflict with one of them.
    """

    name: ClassVar[str] = "no_conflict"
    hard: ClassVar[bool] = True

    def rejected(self, agents: Sequence[Agent], item: Item, context: Context) -> Rejected:
        """Those who have one."""
        persons = item.subjects if item.customer is None else item.subjects | {item.customer}
        if not persons:
            return {}
        found = {}
        for each in agents:
            if each.id in persons:
                found[each.id] = _OWN_MATTER
            elif each.conflicts and not persons.isdisjoint(each.conflicts):
                person = min(persons & each.conflicts)
                found[each.id] = Rejection("conflict_of_interest", {"person": person})
        return found


@frozen
class ApartFromInvolved:
    """Nobody who had a part in it that rules them out: who handled what is reviewed or appealed."""

    name: ClassVar[str] = "apart_from_involved"
    hard: ClassVar[bool] = True

    def rejected(self, agents: Sequence[Agent], item: Item, context: Context) -> Rejected:
        """Those who had."""
        involved = item.involved
        return {each.id: _INVOLVED for each in agents if each.id in involved} if involved else {}
