"""From value classes to schemas: what may stand in a table, and what it means.

What may stand there follows from the attributes of the class and their types; what it means, from
its docstring.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from inspect import getdoc
from types import NoneType
from typing import Any, Literal, get_args, get_origin

from workorder.rulebook.files.converter import ELAPSED, WHOLE, is_condition, is_duration, members
from workorder.rulebook.files.parts import hints, required
from workorder.texts import Texts
from workorder.workflow import NO_LIMIT, RETURN, SAME, Scope

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
_CONSTANTS = {"NO_LIMIT": NO_LIMIT, "RETURN": RETURN, "SAME": SAME}
_CONSTANT = re.compile(r":data:`(\w+)`")
_ASIDE = re.compile(r" \(:\w+:`[^`]+`\)")
_NAMED = re.compile(r":\w+:`([^`]+)`")
_ATTRIBUTE = re.compile(r"^    (\w+): (.*(?:\n        .*)*)", re.MULTILINE)
KINDS: Mapping[Any, Schema] = {
    str: TEXT,
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    tuple: {"type": "array"},
    Any: {"$ref": "#/$defs/plain"},
}
"""What stands for plain types."""


def part_schema(kind: type, *without: str) -> Schema:
    """The table of a value class: its attributes with their types and what they mean."""
    said = described(kind)
    known = {name: hint for name, hint in hints(kind).items() if name not in without}
    needed = [name for name in known if name in required(kind)]
    properties = {
        name: {**schema_of(hint), "description": said.get(name, "")} for name, hint in known.items()
    }
    return table_schema(properties, needed)


def schema_of(hint: Any) -> Schema:
    """The schema of the values of a type."""
    if hint == Texts:
        return ref("labels")
    if is_duration(hint):
        return ref("duration")
    if hint is timedelta:
        return {**TEXT, "minLength": 1, "description": ELAPSED}
    if is_condition(hint):
        return ref("condition")
    if hint in KINDS:
        return dict(KINDS[hint])
    if hint is Scope:
        return {"enum": [each.value for each in Scope]}
    origin, parts = get_origin(hint), get_args(hint)
    if origin is Literal:
        return {"enum": list(parts)}
    if origin is frozenset or (origin is tuple and parts[-1] is Ellipsis):
        return {"type": "array", "items": schema_of(parts[0])}
    if origin is tuple:
        count = len(parts)
        return {"type": "array", "items": schema_of(parts[0]), "minItems": count, "maxItems": count}
    if origin is Mapping:
        keys = {"propertyNames": {"pattern": WHOLE}} if parts[0] is int else {}
        return {"type": "object", "additionalProperties": schema_of(parts[1]), **keys}
    several = [schema_of(each) for each in sorted(members(hint) - {NoneType}, key=str)]
    if not several:
        return {}
    return several[0] if len(several) == 1 else {"anyOf": several}


def described(kind: type) -> dict[str, str]:
    """What a class says of its attributes in its docstring."""
    text = getdoc(kind) or ""
    found: dict[str, str] = {}
    section = text.partition("Attributes:\n")[2].split("\n\n")[0]
    for each in _ATTRIBUTE.finditer(section):
        said = _ASIDE.sub("", each[2])
        said = _CONSTANT.sub(lambda name: f"“{_CONSTANTS[name[1]]}”", said)
        found[each[1]] = " ".join(_NAMED.sub(r"\1", said).replace("``", "").split())
    return found


def table_schema(properties: Schema, required: Sequence[str] = ()) -> Schema:
    """A table of these keys, and no others."""
    made: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
    return {**made, "required": list(required)} if required else made


def named_schema(kind: str) -> Schema:
    """A table of tables by name."""
    return {"type": "object", "additionalProperties": ref(kind)}


def ref(kind: str) -> Schema:
    """A schema that is said elsewhere, by its name."""
    return {"$ref": f"#/$defs/{kind}"}
