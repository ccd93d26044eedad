"""What a rulebook says, as plain data: the part of it that its digest covers."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import attrs

from workorder.workflow import Workflow


def content(**parts: object) -> dict[str, Any]:
    """Plain data of *parts*; functions are left out, rules stand by their names."""
    return {name: _plain(part) for name, part in parts.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, Workflow):
        used = sorted({use.rule for row in value.rows for use in row.rules})
        return {
            "name": value.name,
            "states": _plain(value.states),
            "roles": _plain(value.roles),
            "actions": _plain(value.actions),
            "rows": _plain(value.rows),
            "rules": used,
            "settings": _plain(value.settings),
            "text_limit": value.text_limit,
        }
    if attrs.has(type(value)):
        return {
            each.name: _plain(getattr(value, each.name))
            for each in attrs.fields(type(value))
            if each.eq
        }
    if isinstance(value, Mapping):
        return {str(name): _plain(item) for name, item in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, frozenset | set):
        return sorted(_plain(item) for item in value)
    if isinstance(value, timedelta):
        return {"microseconds": value // timedelta(microseconds=1)}
    return value
