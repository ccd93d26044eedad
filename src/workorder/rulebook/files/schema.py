"""The JSON Schema of a rulebook file (draft 2020-12), for editors: derived, not written twice.

What may stand in a table follows from the attributes of the value class and their types; what it
means, from the class's docstring; words, rules and commands from the tables that the library
itself goes by. A schema knows the shape of a file. That a state is named that does not exist, it
cannot know: reading the file finds that.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from workorder.conditions import OPERATORS
from workorder.intake import Field, Form
from workorder.rulebook.extension import Extension
from workorder.rulebook.files.class_schemas import (
    KINDS,
    TEXT,
    Schema,
    described,
    named_schema,
    part_schema,
    ref,
    table_schema,
)
from workorder.rulebook.files.converter import DURATION
from workorder.rulebook.files.parts import required
from workorder.rulebook.files.reading import FORMAT, LENGTHS
from workorder.rulebook.files.workflow_tables import ROW_KEYS, typed_commands
from workorder.rulebook.rulebook import Rulebook
from workorder.texts import LANGUAGES
from workorder.workflow import (
    STANDARD_RULES,
    Action,
    Approval,
    Argument,
    HoldReason,
    Role,
    Row,
    Rule,
    Settings,
    State,
)
from workorder.workflow.definition import Definition

if TYPE_CHECKING:
    from workorder.assign.shipped import Part

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_REQUIRED = ("format", "name", "version", "states", "actions", "forms")
_ROW_ATTRIBUTES = dict(zip(ROW_KEYS, ("sources", "target", "roles", "rules"), strict=True))


def rulebook_schema(
    *,
    rules: Iterable[Rule] = (),
    extensions: Sequence[Extension] = (),
    parts: "Iterable[Part]" = (),
) -> dict[str, Any]:
    """The JSON Schema of a rulebook file.

    Args:
        rules: the host's own rules, which its files may name.
        extensions: the host's own commands, whose arguments its files do not declare.
        parts: the host's own filters, scorers, selectors and disciplines, which its files may
            name.

    >>> rulebook_schema()["$defs"]["state"]["properties"]["stage"]["enum"]
    ['intake', 'dispatch', 'handling', 'conclusion']
    """
    known = [*STANDARD_RULES.values(), *rules]
    typed = typed_commands(extensions)
    return {
        "$schema": _DIALECT,
        "title": "A rulebook of work orders",
        **table_schema(
            _top(typed), required=("format", "name", "version", "states", "actions", "forms")
        ),
        "$defs": {
            "labels": {
                "type": "object",
                "description": "what people call it, per language",
                "properties": dict.fromkeys(LANGUAGES, TEXT),
                "additionalProperties": TEXT,
            },
            "plain": _plain(),
            "duration": {**TEXT, "minLength": 1, "description": DURATION},
            "condition": _condition(),
            "state": part_schema(State, "name"),
            "role": part_schema(Role, "name"),
            "argument": part_schema(Argument),
            "row": table_schema(_row(), required=("to", "roles")),
            "rule": _rule(known),
            "action": _action(arguments=True),
            "typed_action": _action(arguments=False),
            "field": part_schema(Field),
            "shared_field": part_schema(Field, "name"),
            "form": _form(),
            "hold_reason": part_schema(HoldReason, "name"),
            "approval": part_schema(Approval),
            "settings": _settings(),
            **_level_parts(),
            "service_levels": table_schema(_level_tables()),
            **_routing_parts(parts),
        },
    }


def service_levels_schema() -> dict[str, Any]:
    """The JSON Schema of a file of service levels.

    >>> sorted(service_levels_schema()["required"])
    ['calendar', 'format']
    """
    known = rulebook_schema()["$defs"]
    shared = ("labels", "plain", "duration", "condition")
    top = {
        "format": {"const": FORMAT, "description": "of the file"},
        "calendar": _calendar("counts where nothing else is said"),
        **_level_tables(),
    }
    return {
        "$schema": _DIALECT,
        "title": "Service levels of work orders",
        **table_schema(top, required=("format", "calendar")),
        "$defs": {**{name: known[name] for name in shared}, **_level_parts()},
    }


# --- the tables ---------------------------------------------------------------------------------


def _top(typed: Iterable[str]) -> Schema:
    said, more = described(Rulebook), described(Definition)
    lengths = {name: {**ref("duration"), "description": said.get(name, "")} for name in LENGTHS}
    actions = {name: ref("typed_action") for name in typed}
    return {
        "format": {"const": FORMAT, "description": "of the file"},
        "name": {**TEXT, "description": said.get("name", "")},
        "version": {**TEXT, "description": said.get("version", "")},
        "workflow": {**TEXT, "description": "what the workflow is called, if not as the rulebook"},
        "calendar": _calendar(said.get("calendar", "")),
        **lengths,
        "text_limit": {"type": "integer", "description": more.get("text_limit", "")},
        "labels": ref("labels"),
        "states": named_schema("state"),
        "roles": named_schema("role"),
        "actions": {**named_schema("action"), "properties": actions},
        "fields": named_schema("shared_field"),
        "forms": named_schema("form"),
        "settings": ref("settings"),
        "sla": {**ref("service_levels"), "description": said.get("sla", "")},
        "routing": {**ref("routing"), "description": said.get("routing", "")},
    }


def _calendar(said: str) -> Schema:
    from workorder.sla import ready_codes

    codes = list(ready_codes())
    ready: Schema = {"enum": codes, "description": "a ready calendar"}
    written = {**TEXT, "pattern": f"^(?:{'|'.join(_any_case(code) for code in codes)})$"}
    beside = "a calendar file beside this one"
    file: Schema = {**TEXT, "pattern": rf"{_any_case('.toml')}$", "description": beside}
    return {"description": said, "anyOf": [ready, written, file]}


def _any_case(text: str) -> str:
    """A pattern of *text* in small and capital letters."""
    return "".join(
        f"[{sign.upper()}{sign.lower()}]" if sign.isalpha() else re.escape(sign) for sign in text
    )


def _row() -> Schema:
    said, several = described(Row), {"type": "array", "items": TEXT}
    names: Schema = {"anyOf": [TEXT, several]}
    kinds: Mapping[str, Schema] = {
        "from": names,
        "to": TEXT,
        "roles": names,
        "rules": {"type": "array", "items": ref("rule")},
    }
    return {
        key: {**kinds[key], "description": said.get(attribute, "")}
        for key, attribute in _ROW_ATTRIBUTES.items()
    }


def _action(*, arguments: bool) -> Schema:
    """An action with one row in its own table, or with several."""
    own: Schema = {"labels": ref("labels")}
    if arguments:
        said = described(Action).get("arguments", "")
        own["arguments"] = {"type": "array", "items": ref("argument"), "description": said}
    rows: Schema = {"type": "array", "items": ref("row"), "minItems": 1}
    one: Schema = {"required": ["to", "roles"], "properties": {"rows": False}}
    several: Schema = {"required": ["rows"], "properties": dict.fromkeys(ROW_KEYS, False)}
    return {**table_schema({**own, **_row(), "rows": rows}), "oneOf": [one, several]}


def _rule(known: Iterable[Rule]) -> Schema:
    """A rule by its bare name, or in a table with its parameters."""
    bare: list[str] = []
    tables: list[Schema] = []
    for each in known:
        bare.append(each.name)
        given = {name: KINDS.get(kind, {}) for name, kind in each.parameters.items()}
        table = table_schema({"rule": {"const": each.name}, **given}, required=("rule",))
        tables.append({**table, "description": each.holds.get(LANGUAGES[0], "")})
    return {"anyOf": [{"enum": bare}, *tables]}


def _form() -> Schema:
    said = described(Form).get("fields", "the fields of one ticket type")
    field: Schema = {"anyOf": [TEXT, ref("field")]}
    fields: Schema = {"type": "array", "items": field, "description": said}
    return table_schema({"labels": ref("labels"), "fields": fields})


def _settings() -> Schema:
    said = described(Settings)
    apart: Schema = {
        "hold_reasons": named_schema("hold_reason"),
        "approvals": {"type": "array", "items": ref("approval")},
    }
    made = part_schema(Settings, *apart)
    for name, schema in apart.items():
        made["properties"][name] = {**schema, "description": said.get(name, "")}
    return made


def _routing_parts(parts: "Iterable[Part]") -> dict[str, Schema]:
    """``[routing]`` and the tables inside it."""
    from workorder.rulebook.files.routing_schema import routing_parts

    return routing_parts(parts)


def _level_tables() -> Schema:
    """What stands in ``[sla]``, and at the top of a file of service levels."""
    from workorder.sla.clocks import ServiceLevels

    said = described(ServiceLevels)
    kinds: Schema = {
        "leading": {"type": "array", "items": TEXT},
        "calendars": {"type": "object", "additionalProperties": _calendar("")},
        "departments": {"type": "object", "additionalProperties": TEXT},
        "ladders": named_schema("ladder"),
        "metrics": named_schema("metric"),
        "policies": named_schema("policy"),
        "packs": named_schema("pack"),
    }
    return {name: {**kind, "description": said.get(name, "")} for name, kind in kinds.items()}


def _level_parts() -> dict[str, Schema]:
    """The tables inside service levels."""
    from workorder.sla.clocks import AdoptedPack, Ladder, Mark, Metric, Policy, Target

    return {
        "metric": part_schema(Metric, "name"),
        "target": part_schema(Target),
        "policy": _with_list(Policy, "targets", "target"),
        "mark": part_schema(Mark),
        "ladder": _with_list(Ladder, "marks", "mark"),
        "pack": part_schema(AdoptedPack, "name"),
    }


def _with_list(kind: type, name: str, item: str) -> Schema:
    """The table of a class, in which a list of other tables stands."""
    made = part_schema(kind, "name", name)
    said = {"description": described(kind).get(name, "")}
    made["properties"][name] = {"type": "array", "items": ref(item), **said}
    needed = [*made.pop("required", ()), *([name] if name in required(kind) else ())]
    return made | ({"required": needed} if needed else {})


def _plain() -> Schema:
    """Anything, but no decimal numbers: nobody's amounts should depend on how they are rounded."""
    each = ref("plain")
    return {
        "if": {"type": "number"},
        "then": {"type": "integer"},
        "items": each,
        "additionalProperties": each,
    }


def _condition() -> Schema:
    each: Schema = {"type": "array", "items": ref("condition")}
    values: Schema = dict.fromkeys(OPERATORS, ref("plain")) | {"missing": {"const": True}}
    compare = [
        table_schema({"field": TEXT, name: value}, ("field", name))
        for name, value in values.items()
    ]
    return {
        "description": "for which cases",
        "anyOf": [
            table_schema({"all": each}, ("all",)),
            table_schema({"any": each}, ("any",)),
            table_schema({"not": ref("condition")}, ("not",)),
            *compare,
        ],
    }
