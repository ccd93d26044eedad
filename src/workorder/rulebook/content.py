"""What a rulebook says, as plain data: what its digest covers, part by part.

Covered is everything that decides: names and labels, states, roles, actions, rows, forms, every
setting, and the calendar by what it is made of. Not covered are functions: a rule stands by its
name and parameters, a host's command and event by their names. Nothing here depends on the
clock, on the machine, or on the order of sets.

Durations and conditions stand as their text and their data form. A calendar is the data of its
calendar file, with each holiday source as it stands there; one that cannot be written down (a
host's own source of holidays) is its zone and the name by which the rulebook calls it.
"""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from enum import Enum
from typing import TYPE_CHECKING, Any

import attrs

from workorder.conditions import AllOf, AnyOf, Compare, Negation, to_data
from workorder.durations import Dated, DueAt, Earliest, Elapsed, Latest, Working
from workorder.errors import ConfigurationError, Finding
from workorder.instants import instant_text
from workorder.workflow.definition import Definition

if TYPE_CHECKING:
    from workorder.sla.verbs import Calendar

_DURATIONS = (Working, Elapsed, Dated, DueAt, Earliest, Latest)
_CONDITIONS = (Compare, AllOf, AnyOf, Negation)


PLAIN = "texts, whole numbers, true or false, instants; lists and tables of them"
"""What a host may say of its own."""


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


def workflow_content(definition: Definition) -> dict[str, Any]:
    """A workflow without its settings; rules by the names that its rows use."""
    return {
        "name": definition.name,
        "states": plain(definition.states),
        "roles": plain(definition.roles),
        "actions": plain(definition.actions),
        "rows": plain(definition.rows),
        "rules": sorted({use.rule for row in definition.rows for use in row.rules}),
        "text_limit": definition.text_limit,
    }


def calendar_content(calendar: "Calendar | None", name: str | None = None) -> dict[str, Any] | None:
    """A calendar by what it is made of.

    Args:
        calendar: of the rulebook.
        name: what the rulebook calls it; stands for what cannot be written down.

    Raises:
        ConfigurationError: when it cannot be written down and has no name.
    """
    if calendar is None:
        return None
    from workorder.sla import BusinessCalendar, CombinedCalendar, calendar_to_data

    if isinstance(calendar, CombinedCalendar):
        return {
            "how": calendar.how,
            "first": calendar_content(calendar.first, name),
            "second": calendar_content(calendar.second, name),
        }
    hours = {}
    if isinstance(calendar, BusinessCalendar):
        hours = {"hours": str(calendar.hours)}
        with suppress(ConfigurationError):
            return {key: plain(item) for key, item in calendar_to_data(calendar).items()}
    if name is None:
        expected = "a calendar that can be written down, or calendar_name, the name it is known by"
        raise ConfigurationError([Finding("calendar", type(calendar).__name__, expected)])
    return {"name": name, "zone": str(calendar.timezone), **hours}
