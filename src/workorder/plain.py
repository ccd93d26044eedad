"""Plain data of the library's values: what digests and comparisons are made of.

The same for equal values, on any machine. Durations stand as their text, conditions in their data
form, values as tables of what makes them equal; functions do not stand there at all.
"""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from enum import Enum
from typing import Any

import attrs

from workorder.conditions import AllOf, AnyOf, Compare, Negation, to_data
from workorder.durations import Dated, DueAt, Earliest, Elapsed, Latest, Working
from workorder.instants import instant_text

_DURATIONS = (Working, Elapsed, Dated, DueAt, Earliest, Latest)
_CONDITIONS = (Compare, AllOf, AnyOf, Negation)


def plain(value: Any) -> Any:
    """Plain data of *value*, the same for equal values."""
    if isinstance(value, _DURATIONS):
        return str(value)
    if isinstance(value, _CONDITIONS):
        return to_data(value)
    if attrs.has(type(value)):
        return {
            each.name: plain(getattr(value, each.name))
            for each in attrs.fields(type(value))
            if each.eq
        }
    if isinstance(value, Mapping):
        return {str(name): plain(item) for name, item in value.items()}
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if isinstance(value, frozenset | set):
        return sorted(plain(item) for item in value)
    return _leaf(value)


def _leaf(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, timedelta):
        return {"microseconds": value // timedelta(microseconds=1)}
    if isinstance(value, datetime):
        return value if value.utcoffset() is None else {"instant": instant_text(value)}
    return {"date": value.isoformat()} if isinstance(value, date | time) else value
