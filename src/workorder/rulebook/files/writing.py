"""Writing a rulebook down: as plain data, and as the text of a rulebook file.

What is as usual is left out. Fields that mean the same in several forms stand once, in
``[fields]``; everything else stands where it is used.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from attrs import fields

from workorder.durations import Elapsed
from workorder.errors import ConfigurationError, Finding
from workorder.intake import Field
from workorder.rulebook.content import PLAIN
from workorder.rulebook.files.calendars import calendar_name
from workorder.rulebook.files.converter import CONVERTER
from workorder.rulebook.files.level_tables import SLA
from workorder.rulebook.files.level_writing import SPREAD, level_inline, levels_to_data
from workorder.rulebook.files.reading import FORMAT, LENGTHS, ROUTING
from workorder.rulebook.files.workflow_tables import typed_commands
from workorder.rulebook.rulebook import Rulebook
from workorder.toml import toml_text
from workorder.workflow import Row, Settings, Use
from workorder.workflow.definition import Definition

_INLINE = frozenset({"labels", "customer_labels", "rules", "when"})
_NAMED = frozenset(
    {("states",), ("roles",), ("actions",), ("fields",), ("forms",), ("settings", "hold_reasons")}
)
"""Tables whose keys are names that people chose, and might have chosen to be “labels”."""

_OF_ROUTING = frozenset({"policies", "plans", "routes"})
"""Tables of a routing whose keys are names that people chose."""

_SPREAD = ("fields", "arguments", *SPREAD, "filters", "scorers", "steps", "needs")
_WRITABLE = (str, int, datetime)


def rulebook_to_toml(rulebook: Rulebook) -> str:
    """The text of a rulebook file; reading it gives an equal rulebook with the same digest.

    Extensions, rules and parts of policies that are a host's are named, not written: give them
    again when reading.

    Raises:
        ConfigurationError: what :func:`rulebook_to_data` raises.

    >>> from workorder.rulebook import basic, rulebook_from_toml
    >>> rulebook_from_toml(rulebook_to_toml(basic())) == basic()
    True
    """
    return toml_text(rulebook_to_data(rulebook), inline=_inline, spread=_SPREAD)


def _inline(path: tuple[str, ...]) -> bool:
    if path[0] == SLA:
        return len(path) > 1 and level_inline(path[1:])
    if path[0] == ROUTING:
        inside = len(path) > len((ROUTING, "routes", "<name>"))
        return len(path) > 1 and (inside or path[1] not in _OF_ROUTING)
    return path[-1] in _INLINE and path[:-1] not in _NAMED


def rulebook_to_data(rulebook: Rulebook) -> dict[str, Any]:
    """The plain data of *rulebook*, as a file has it.

    Raises:
        ConfigurationError: with everything that a file cannot say: a calendar that has no name,
            rows in another order than their actions, arguments other than those of the typed
            command, settings of a host that are no plain data, parts of policies without a name
            of their own.
    """
    workflow = rulebook.workflow
    wrong = [*_unsayable(rulebook)]
    name, sla, routing = None, {}, {}
    try:
        name = calendar_name(rulebook)
    except ConfigurationError as error:
        wrong += error.findings
    try:
        sla = {} if rulebook.sla is None else levels_to_data(rulebook.sla, f"{SLA}.")
    except ConfigurationError as error:
        wrong += error.findings
    try:
        routing = _routing(rulebook)
    except ConfigurationError as error:
        wrong += error.findings
    if wrong:
        raise ConfigurationError(wrong)
    data: dict[str, Any] = {"format": FORMAT, "name": rulebook.name, "version": rulebook.version}
    if workflow.name != rulebook.name:
        data["workflow"] = workflow.name
    if name is not None:
        data["calendar"] = name
    for length in LENGTHS:
        value: timedelta = getattr(rulebook, length)
        if value != getattr(fields(Rulebook), length).default:
            data[length] = str(Elapsed(value))
    if workflow.text_limit != fields(Definition).text_limit.default:
        data["text_limit"] = workflow.text_limit
    if rulebook.labels:
        data["labels"] = dict(rulebook.labels)
    tables = {
        "states": _by_name(workflow.states),
        "roles": _by_name(workflow.roles),
        "actions": _actions(rulebook),
        **_forms(rulebook),
        "settings": _settings(workflow.settings),
        SLA: sla,
        ROUTING: routing,
    }
    return data | {key: table for key, table in tables.items() if table}


# --- what a file cannot say ---------------------------------------------------------------------


def _unsayable(rulebook: Rulebook) -> Iterator[Finding]:
    workflow = rulebook.workflow
    order = [row.action for row in workflow.rows]
    if order != sorted(order, key=[action.name for action in workflow.actions].index):
        yield Finding("rows", "another order than that of the actions", "the order of the actions")
    typed = typed_commands(rulebook.extensions)
    for action in workflow.actions:
        command = typed.get(action.name)
        if command is not None and action.arguments != command.specs():
            expected = f"those of {command.__name__}"
            yield Finding(f"actions.{action.name}.arguments", "others", expected)
    for name, value in workflow.settings.own.items():
        yield from _unwritable(value, f"settings.own.{name}")


def _unwritable(value: object, key: str) -> Iterator[Finding]:
    if isinstance(value, Mapping):
        for name, each in value.items():
            yield from _unwritable(each, f"{key}.{name}")
    elif isinstance(value, list | tuple):
        for number, each in enumerate(value):
            yield from _unwritable(each, f"{key}[{number}]")
    elif not isinstance(value, _WRITABLE):
        yield Finding(key, type(value).__name__, PLAIN)


# --- the tables ---------------------------------------------------------------------------------


def _routing(rulebook: Rulebook) -> dict[str, Any]:
    if rulebook.routing is None:
        return {}
    from workorder.rulebook.files.routing_writing import routing_to_data

    return routing_to_data(rulebook.routing, f"{ROUTING}.")


def _data(value: Any, *without: str) -> dict[str, Any]:
    made: dict[str, Any] = CONVERTER.unstructure(value)
    return {name: each for name, each in made.items() if name not in without}


def _by_name(values: tuple[Any, ...]) -> dict[str, Any]:
    return {each.name: _data(each, "name") for each in values}


def _actions(rulebook: Rulebook) -> dict[str, Any]:
    workflow, typed = rulebook.workflow, typed_commands(rulebook.extensions)
    made = {}
    for action in workflow.actions:
        data = _data(action, "name", "arguments")
        if action.arguments and action.name not in typed:
            data["arguments"] = [_data(each) for each in action.arguments]
        rows = [_row(row) for row in workflow.rows if row.action == action.name]
        made[action.name] = data | (rows[0] if len(rows) == 1 else {"rows": rows})
    return made


def _row(row: Row) -> dict[str, Any]:
    data: dict[str, Any] = {"from": list(row.sources)} if row.sources else {}
    data |= {"to": row.target, "roles": list(row.roles)}
    return data | ({"rules": [_use(each) for each in row.rules]} if row.rules else {})


def _use(use: Use) -> Any:
    return {"rule": use.rule, **_listed(use.parameters)} if use.parameters else use.rule


def _listed(value: Any) -> Any:
    """Plain data with lists for tuples, as TOML gives it."""
    if isinstance(value, Mapping):
        return {name: _listed(each) for name, each in value.items()}
    return [_listed(each) for each in value] if isinstance(value, list | tuple) else value


def _forms(rulebook: Rulebook) -> dict[str, Any]:
    shared = _shared(rulebook)
    forms = {}
    for form in rulebook.forms:
        data = _data(form, "type", "fields")
        data["fields"] = [
            each.name if shared.get(each.name) == each else _data(each) for each in form.fields
        ]
        forms[form.type] = data
    return {"fields": _by_name(tuple(shared.values())), "forms": forms}


def _shared(rulebook: Rulebook) -> dict[str, Field]:
    """The fields that more than one form has; of several by one name the most frequent."""
    found: list[tuple[Field, int]] = []
    everywhere = [field for form in rulebook.forms for field in form.fields]
    for name in dict.fromkeys(field.name for field in everywhere):
        same = [field for field in everywhere if field.name == name]
        best = max(same, key=same.count)
        found.append((best, same.count(best)))
    return {field.name: field for field, count in found if count > 1}


def _settings(settings: Settings) -> dict[str, Any]:
    data: dict[str, Any] = _listed(_data(settings, "hold_reasons"))
    if settings.hold_reasons:
        data["hold_reasons"] = _by_name(settings.hold_reasons)
    return data
