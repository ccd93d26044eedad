"""What queries mean, told once more over plain values: dictionaries in, dictionaries out.

Nothing of the library is asked what a value is or which comes first, so that a store and the
reference cannot be wrong together.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cmp_to_key
from typing import Any

from workorder.conditions import AllOf, AnyOf, Compare, Condition, Negation

Row = Mapping[str, Any]
"""A ticket as plain values, by the names of searchable fields; sets for fields of several."""


def holds(row: Row, condition: Condition) -> bool:
    """Whether *row* satisfies *condition*: two-valued, a missing value satisfies nothing."""
    if isinstance(condition, AllOf):
        return all(holds(row, part) for part in condition.parts)
    if isinstance(condition, AnyOf):
        return any(holds(row, part) for part in condition.parts)
    if isinstance(condition, Negation):
        return not holds(row, condition.part)
    return _compared(row.get(condition.field), condition)


def _compared(found: Any, condition: Compare) -> bool:
    operator, value = condition.operator, condition.value
    if operator == "missing":
        return found is None
    if found is None:
        return False
    if operator == "contains":
        return value in found
    if operator == "in":
        return any(order(found, each) == 0 for each in _several(value))
    sign = order(found, value)
    if sign is None:
        return operator == "ne"
    return {
        "eq": sign == 0,
        "ne": sign != 0,
        "lt": sign < 0,
        "le": sign <= 0,
        "gt": sign > 0,
        "ge": sign >= 0,
    }[operator]


def _several(value: object) -> Sequence[Any]:
    return value if isinstance(value, tuple) else (value,)


def order(one: Any, other: Any) -> int | None:
    """Below, equal or above: text by the numbers of its characters; ``None`` for other kinds."""
    if type(one) is not type(other):
        return None
    if isinstance(one, str):
        one, other = [ord(c) for c in one], [ord(c) for c in other]
    elif isinstance(one, datetime):
        one, other = one.timestamp(), other.timestamp()
    return int(one > other) - int(one < other)


def in_order(rows: Sequence[Row], keys: Sequence[tuple[str, bool]]) -> list[Row]:
    """*rows* by *keys* (a field, and whether it descends): missing last, ties by id."""

    def compare(one: Row, other: Row) -> int:
        for name, descending in keys:
            left, right = one.get(name), other.get(name)
            if left is None or right is None:
                sign = int(left is None) - int(right is None)
            else:
                sign = order(left, right) or 0
                sign = -sign if descending else sign
            if sign:
                return sign
        return order(one["id"], other["id"]) or 0

    return sorted(rows, key=cmp_to_key(compare))
