"""A second opinion on queries, written apart from the library: plain loops over attributes."""

from datetime import datetime
from functools import cmp_to_key
from typing import Any

from workorder.conditions import AllOf, AnyOf, Compare, Condition, Negation
from workorder.storage import Sort
from workorder.ticket import Ticket

_PLACES = {
    "id": ("id",),
    "type": ("type",),
    "state": ("state",),
    "assignee": ("assignment", "assignee"),
    "department": ("assignment", "department"),
    "customer": ("parties", "customer"),
    "channel": ("origin", "channel"),
    "opened_by": ("origin", "opened_by"),
    "source": ("origin", "source"),
    "key": ("origin", "key"),
    "opened": ("times", "opened"),
    "last": ("times", "last"),
    "state_since": ("times", "state_since"),
    "resolved": ("times", "resolved"),
    "closed": ("times", "closed"),
    "due": ("windows", "due"),
    "erased": ("work", "erased"),
}


def value_of(ticket: Ticket, name: str) -> Any:
    """What a field of a query means."""
    if name == "people":
        return set(ticket.deeds) or None  # nobody took part: there is no value
    if name == "asked":
        return {task.department for task in ticket.work.subtasks} or None
    if name.startswith("fields."):
        return ticket.fields.get(name.removeprefix("fields."))
    found: Any = ticket
    for part in _PLACES[name]:
        found = getattr(found, part)
    return found


def holds(ticket: Ticket, condition: Condition) -> bool:
    """Whether a ticket satisfies a condition: two-valued, a missing value satisfies nothing."""
    if isinstance(condition, AllOf):
        return False not in {holds(ticket, part) for part in condition.parts}
    if isinstance(condition, AnyOf):
        return True in {holds(ticket, part) for part in condition.parts}
    if isinstance(condition, Negation):
        return not holds(ticket, condition.part)
    return _compared(value_of(ticket, condition.field), condition)


def _compared(found: Any, condition: Compare) -> bool:
    operator, value = condition.operator, condition.value
    if operator == "missing":
        return found is None
    if found is None:
        return False
    if operator == "contains":
        return value in found
    if operator == "in":
        assert isinstance(value, tuple)
        return any(_order(found, each) == 0 for each in value)
    sign = _order(found, value)
    return {
        "eq": sign == 0,
        "ne": sign != 0,
        "lt": sign < 0,
        "le": sign <= 0,
        "gt": sign > 0,
        "ge": sign >= 0,
    }[operator]


def _order(one: Any, other: Any) -> int:
    """Below, equal or above; text by the numbers of its characters, instants as instants."""
    if isinstance(one, str):
        one, other = [ord(c) for c in one], [ord(c) for c in other]
    elif isinstance(one, datetime):
        one, other = one.timestamp(), other.timestamp()
    return int(one > other) - int(one < other)


def sorted_by(tickets: list[Ticket], order: tuple[Sort, ...]) -> list[Ticket]:
    """Tickets in an order: missing last in both directions, ties by id."""

    def compare(one: Ticket, other: Ticket) -> int:
        for sort in order:
            left, right = value_of(one, sort.field), value_of(other, sort.field)
            if left is None or right is None:
                sign = int(left is None) - int(right is None)
            else:
                sign = -_order(left, right) if sort.descending else _order(left, right)
            if sign:
                return sign
        return _order(one.id, other.id)

    return sorted(tickets, key=cmp_to_key(compare))
