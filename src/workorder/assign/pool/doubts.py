"""Doubts: reasons against somebody that come from the matter and the hour.

They are the same reasons that the filters give. Here they are asked about one at a time, and who
could be named by the item at all is known before.
"""

from collections.abc import Mapping
from datetime import datetime

from workorder.assign.context import Context
from workorder.assign.items import Item
from workorder.assign.pool.columns import Columns
from workorder.assign.pool.handful import Doubt
from workorder.assign.pool.register import Register
from workorder.assign.pool.terms import Terms


def doubt_of(
    item: Item, now: datetime, terms: Terms, everybody: Mapping[str, Columns], register: Register
) -> Doubt | None:
    """Whether somebody cannot have *item* at *now*; ``None`` where nobody is in doubt.

    Raises:
        Exception: whatever a filter raises; then it lets nobody through.
    """
    doubts: list[Doubt] = []
    if terms.naming and (named := _named(item, everybody, register)):
        doubts += _struck(named, item, now, terms)
    if terms.hours and (hours := register.hours()):
        doubts += _off(hours, now)
    if terms.experience is not None:
        latest = now - terms.experience.at_least
        doubts.append(lambda one: one.agent.since is not None and one.agent.since > latest)
    if terms.lately is not None:
        most, begin = terms.lately.most, now - terms.lately.within
        doubts.append(lambda one: len(one.assigned) >= most and one.assigned[-most] > begin)
    if len(doubts) > 1:
        return lambda one: any(doubt(one) for doubt in doubts)
    return doubts[0] if doubts else None


def _named(item: Item, everybody: Mapping[str, Columns], register: Register) -> set[Columns]:
    """Whom *item* names, in one way or another: nobody else can be rejected for that."""
    persons = item.subjects if item.customer is None else item.subjects | {item.customer}
    found = register.conflicting(persons) if persons else set()
    for names in (persons, item.involved, item.declined):
        if names:
            found.update(everybody[each] for each in names if each in everybody)
    return found


def _struck(named: set[Columns], item: Item, now: datetime, terms: Terms) -> list[Doubt]:
    agents, context = [each.agent for each in named], Context(now)
    struck: set[str] = set()
    for each in terms.naming:
        struck.update(each.rejected(agents, item, context))
    return [lambda one: one.id in struck] if struck else []


def _off(hours: Mapping[int, Columns], now: datetime) -> list[Doubt]:
    off = {
        key
        for key, one in hours.items()
        if one.agent.hours is not None and not one.agent.hours.is_open(now)
    }
    return [lambda one: id(one.agent.hours) in off] if off else []
