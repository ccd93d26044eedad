"""The JSON Schema of a rulebook file (draft 2020-12), for editors: derived, not written twice.

What may stand in a table follows from the attributes of the value class and their types; what it
means, from the class's docstring; words, rules and commands from the tables that the library
itself goes by. A schema knows the shape of a file. That a state is named that does not exist, it
cannot know: reading the file finds that.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from inspect import getdoc
from types import NoneType
from typing import Any, Literal, get_args, get_origin

from workorder.conditions import OPERATORS
from workorder.intake import Field, Form
from workorder.rulebook.extension import Extension
from workorder.rulebook.files.converter import DURATION, is_condition, is_duration, members
from workorder.rulebook.files.parts import hints, required
from workorder.rulebook.files.reading import FORMAT, LENGTHS
from workorder.rulebook.files.workflow_tables import ROW_KEYS, typed_commands
from workorder.rulebook.rulebook import Rulebook
from workorder.texts import LANGUAGES, Texts
from workorder.workflow import (
    NO_LIMIT,
    RETURN,
    SAME,
    STANDARD_RULES,
    Action,
    Approval,
    Argument,
    HoldReason,
    Role,
    Row,
    Rule,
    Scope,
    Settings,
    State,
)
from workorder.workflow.definition import Definition

Schema = dict[str, Any]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TEXT: Schema = {"type": "string"}
_CONSTANTS = {"NO_LIMIT": NO_LIMIT, "RETURN": RETURN, "SAME": SAME}
_CONSTANT = re.compile(r":data:`(\w+)`")
_ASIDE = re.compile(r" \(:\w+:`[^`]+`\)")
_NAMED = re.compile(r":\w+:`([^`]+)`")
_ATTRIBUTE = re.compile(r"^    (\w+): (.*(?:\n        .*)*)", re.MULTILINE)
_KINDS: Mapping[Any, Schema] = {
    str: _TEXT,
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    tuple: {"type": "array"},
    Any: {"$ref": "#/$defs/plain"},
}
_ROW_ATTRIBUTES = dict(zip(ROW_KEYS, ("sources", "target", "roles", "rules"), strict=True))


def rulebook_schema(
    *, rules: Iterable[Rule] = (), extensions: Sequence[Extension] = ()
) -> dict[str, Any]:
    """The JSON Schema of a rulebook file.

    Args:
        rules: the host's own rules, which its files may name.
        extensions: the host's own commands, whose arguments its files do not declare.

    >>> rulebook_schema()["$defs"]["state"]["properties"]["stage"]["enum"]
    ['intake', 'dispatch', 'handling', 'conclusion']
    """
    known = [*STANDARD_RULES.values(), *rules]
    typed = typed_commands(extensions)
    return {
        "$schema": _DIALECT,
        "title": "A rulebook of work orders",
        **_table(_top(typed), required=("format", "name", "version", "states", "actions", "forms")),
        "$defs": {
            "labels": {
                "type": "object",
                "description": "what people call it, per language",
                "properties": dict.fromkeys(LANGUAGES, _TEXT),
                "additionalProperties": _TEXT,
            },
            "plain": _plain(),
            "duration": {**_TEXT, "minLength": 1, "description": DURATION},
            "condition": _condition(),
            "state": _part(State, "name"),
            "role": _part(Role, "name"),
            "argument": _part(Argument),
            "row": _table(_row(), required=("to", "roles")),
            "rule": _rule(known),
            "action": _action(arguments=True),
            "typed_action": _action(arguments=False),
            "field": _part(Field),
            "shared_field": _part(Field, "name"),
            "form": _form(),
            "hold_reason": _part(HoldReason, "name"),
            "approval": _part(Approval),
            "settings": _settings(),
            **_level_parts(),
            "service_levels": _table(_level_tables()),
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
        **_table(top, required=("format", "calendar")),
        "$defs": {**{name: known[name] for name in shared}, **_level_parts()},
    }


# --- the tables ---------------------------------------------------------------------------------


def _top(typed: Iterable[str]) -> Schema:
    said, more = _described(Rulebook), _described(Definition)
    lengths = {name: {**_ref("duration"), "description": said.get(name, "")} for name in LENGTHS}
    actions = {name: _ref("typed_action") for name in typed}
    return {
        "format": {"const": FORMAT, "description": "of the file"},
        "name": {**_TEXT, "description": said.get("name", "")},
        "version": {**_TEXT, "description": said.get("version", "")},
        "workflow": {**_TEXT, "description": "what the workflow is called, if not as the rulebook"},
        "calendar": _calendar(said.get("calendar", "")),
        **lengths,
        "text_limit": {"type": "integer", "description": more.get("text_limit", "")},
        "labels": _ref("labels"),
        "states": _named("state"),
        "roles": _named("role"),
        "actions": {**_named("action"), "properties": actions},
        "fields": _named("shared_field"),
        "forms": _named("form"),
        "settings": _ref("settings"),
        "sla": {**_ref("service_levels"), "description": said.get("sla", "")},
    }


def _calendar(said: str) -> Schema:
    from workorder.sla import ready_codes

    codes = list(ready_codes())
    ready: Schema = {"enum": codes, "description": "a ready calendar"}
    written = {**_TEXT, "pattern": f"^(?:{'|'.join(_any_case(code) for code in codes)})$"}
    beside = "a calendar file beside this one"
    file: Schema = {**_TEXT, "pattern": rf"{_any_case('.toml')}$", "description": beside}
    return {"description": said, "anyOf": [ready, written, file]}


def _any_case(text: str) -> str:
    """A pattern of *text* in small and capital letters."""
    return "".join(
        f"[{sign.upper()}{sign.lower()}]" if sign.isalpha() else re.escape(sign) for sign in text
    )


def _row() -> Schema:
    said, several = _described(Row), {"type": "array", "items": _TEXT}
    names: Schema = {"anyOf": [_TEXT, several]}
    kinds: Mapping[str, Schema] = {
        "from": names,
        "to": _TEXT,
        "roles": names,
        "rules": {"type": "array", "items": _ref("rule")},
    }
    return {
        key: {**kinds[key], "description": said.get(attribute, "")}
        for key, attribute in _ROW_ATTRIBUTES.items()
    }


def _action(*, arguments: bool) -> Schema:
    """An action with one row in its own table, or with several."""
    own: Schema = {"labels": _ref("labels")}
    if arguments:
        said = _described(Action).get("arguments", "")
        own["arguments"] = {"type": "array", "items": _ref("argument"), "description": said}
    rows: Schema = {"type": "array", "items": _ref("row"), "minItems": 1}
    one: Schema = {"required": ["to", "roles"], "properties": {"rows": False}}
    several: Schema = {"required": ["rows"], "properties": dict.fromkeys(ROW_KEYS, False)}
    return {**_table({**own, **_row(), "rows": rows}), "oneOf": [one, several]}


def _rule(known: Iterable[Rule]) -> Schema:
    """A rule by its bare name, or in a table with its parameters."""
    bare: list[str] = []
    tables: list[Schema] = []
    for each in known:
        bare.append(each.name)
        given = {name: _KINDS.get(kind, {}) for name, kind in each.parameters.items()}
        table = _table({"rule": {"const": each.name}, **given}, required=("rule",))
        tables.append({**table, "description": each.holds.get(LANGUAGES[0], "")})
    return {"anyOf": [{"enum": bare}, *tables]}


def _form() -> Schema:
    said = _described(Form).get("fields", "the fields of one ticket type")
    field: Schema = {"anyOf": [_TEXT, _ref("field")]}
    fields: Schema = {"type": "array", "items": field, "description": said}
    return _table({"labels": _ref("labels"), "fields": fields})


def _settings() -> Schema:
    said = _described(Settings)
    apart: Schema = {
        "hold_reasons": _named("hold_reason"),
        "approvals": {"type": "array", "items": _ref("approval")},
    }
    made = _part(Settings, *apart)
    for name, schema in apart.items():
        made["properties"][name] = {**schema, "description": said.get(name, "")}
    return made


def _level_tables() -> Schema:
    """What stands in ``[sla]``, and at the top of a file of service levels."""
    from workorder.sla.clocks import ServiceLevels

    said = _described(ServiceLevels)
    kinds: Schema = {
        "leading": {"type": "array", "items": _TEXT},
        "calendars": {"type": "object", "additionalProperties": _calendar("")},
        "departments": {"type": "object", "additionalProperties": _TEXT},
        "ladders": _named("ladder"),
        "metrics": _named("metric"),
        "policies": _named("policy"),
        "packs": _named("pack"),
    }
    return {name: {**kind, "description": said.get(name, "")} for name, kind in kinds.items()}


def _level_parts() -> dict[str, Schema]:
    """The tables inside service levels."""
    from workorder.sla.clocks import AdoptedPack, Ladder, Mark, Metric, Policy, Target

    return {
        "metric": _part(Metric, "name"),
        "target": _part(Target),
        "policy": _with_list(Policy, "targets", "target"),
        "mark": _part(Mark),
        "ladder": _with_list(Ladder, "marks", "mark"),
        "pack": _part(AdoptedPack, "name"),
    }


def _with_list(kind: type, name: str, item: str) -> Schema:
    """The table of a class, in which a list of other tables stands."""
    made = _part(kind, "name", name)
    said = {"description": _described(kind).get(name, "")}
    made["properties"][name] = {"type": "array", "items": _ref(item), **said}
    needed = [*made.pop("required", ()), *([name] if name in required(kind) else ())]
    return made | ({"required": needed} if needed else {})


def _plain() -> Schema:
    """Anything, but no decimal numbers: nobody's amounts should depend on how they are rounded."""
    each = _ref("plain")
    return {
        "if": {"type": "number"},
        "then": {"type": "integer"},
        "items": each,
        "additionalProperties": each,
    }


def _condition() -> Schema:
    each: Schema = {"type": "array", "items": _ref("condition")}
    values: Schema = dict.fromkeys(OPERATORS, _ref("plain")) | {"missing": {"const": True}}
    compare = [
        _table({"field": _TEXT, name: value}, ("field", name)) for name, value in values.items()
    ]
    return {
        "description": "for which cases",
        "anyOf": [
            _table({"all": each}, ("all",)),
            _table({"any": each}, ("any",)),
            _table({"not": _ref("condition")}, ("not",)),
            *compare,
        ],
    }


# --- from classes to schemas --------------------------------------------------------------------


def _part(kind: type, *without: str) -> Schema:
    """The table of a value class: its attributes with their types and what they mean."""
    said = _described(kind)
    known = {name: hint for name, hint in hints(kind).items() if name not in without}
    needed = [name for name in known if name in required(kind)]
    properties = {
        name: {**_of(hint), "description": said.get(name, "")} for name, hint in known.items()
    }
    return _table(properties, needed)


def _of(hint: Any) -> Schema:
    """The schema of the values of a type."""
    if hint == Texts:
        return _ref("labels")
    if is_duration(hint):
        return _ref("duration")
    if is_condition(hint):
        return _ref("condition")
    if hint in _KINDS:
        return dict(_KINDS[hint])
    if hint is Scope:
        return {"enum": [each.value for each in Scope]}
    origin, parts = get_origin(hint), get_args(hint)
    if origin is Literal:
        return {"enum": list(parts)}
    if origin is tuple and parts[-1] is Ellipsis:
        return {"type": "array", "items": _of(parts[0])}
    if origin is tuple:
        count = len(parts)
        return {"type": "array", "items": _of(parts[0]), "minItems": count, "maxItems": count}
    if origin is Mapping:
        return {"type": "object", "additionalProperties": _of(parts[1])}
    several = [_of(each) for each in sorted(members(hint) - {NoneType}, key=str)]
    if not several:
        return {}
    return several[0] if len(several) == 1 else {"anyOf": several}


def _described(kind: type) -> dict[str, str]:
    """What a class says of its attributes in its docstring."""
    text = getdoc(kind) or ""
    found: dict[str, str] = {}
    section = text.partition("Attributes:\n")[2].split("\n\n")[0]
    for each in _ATTRIBUTE.finditer(section):
        said = _CONSTANT.sub(lambda name: f"“{_CONSTANTS[name[1]]}”", each[2])
        said = _ASIDE.sub("", said)
        found[each[1]] = " ".join(_NAMED.sub(r"\1", said).replace("``", "").split())
    return found


def _table(properties: Schema, required: Sequence[str] = ()) -> Schema:
    made: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
    return {**made, "required": list(required)} if required else made


def _named(kind: str) -> Schema:
    """A table of tables by name."""
    return {"type": "object", "additionalProperties": _ref(kind)}


def _ref(kind: str) -> Schema:
    return {"$ref": f"#/$defs/{kind}"}
