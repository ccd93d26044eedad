"""Mappings as TOML files: every mistake found at load, with file, key, found and expected."""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import attrs

from workorder.errors import ConfigurationError, Finding, one_of
from workorder.exchange.mapping import Columns, Counters, FieldColumn, LogMapping, Roles

_TABLES: Mapping[str, type] = {"columns": Columns, "roles": Roles, "counters": Counters}


def load_mapping(path: str | Path) -> LogMapping:
    """Read a mapping file.

    Raises:
        ConfigurationError: with every finding at once.
    """
    file = str(path)
    try:
        data = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigurationError(
            [Finding("file", error.strerror or str(error), "a readable TOML file", file)]
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError([Finding("file", str(error), "valid TOML", file)]) from error
    return mapping_from_data(data, file)


def mapping_from_data(data: Mapping[str, Any], file: str = "") -> LogMapping:
    """A mapping from plain data; *file* is named in findings.

    A field may be given as the bare name of its column.

    Raises:
        ConfigurationError: with every finding at once.
    """
    found = [
        Finding(each.key, each.found, each.expected, file)
        for each in _wrong(data, LogMapping, "", leave=("file",))
    ]
    if found:
        raise ConfigurationError(found)
    made: dict[str, Any] = dict(data)
    for name, kind in _TABLES.items():
        if name in made:
            made[name] = kind(**_tuples(made[name]))
    made["fields"] = {
        name: FieldColumn(value) if isinstance(value, str) else FieldColumn(**value)
        for name, value in made.get("fields", {}).items()
    }
    return LogMapping(**_tuples(made), file=file)


def _tuples(data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(v) if isinstance(v, list) else v for name, v in data.items()}


def _wrong(
    data: Mapping[str, Any], kind: type, prefix: str, leave: tuple[str, ...] = ()
) -> Iterator[Finding]:
    """Everything in *data* that does not fit the attrs class *kind*."""
    hints = get_type_hints(kind)
    known = [each for each in attrs.fields(kind) if each.name not in leave]
    names = [each.name for each in known]
    for name, value in data.items():
        key = prefix + name
        if name not in names:
            yield Finding(key, "an unknown key", one_of(names, name))
        elif name in _TABLES and not prefix:
            yield from _table(value, _TABLES[name], key)
        elif name == "fields" and not prefix:
            yield from _field_columns(value, key)
        else:
            yield from _fits(value, hints[name], key)
    for each in known:
        if each.default is attrs.NOTHING and each.name not in data:
            yield Finding(prefix + each.name, "nothing", _said(hints[each.name]))


def _table(value: object, kind: type, key: str) -> Iterator[Finding]:
    if isinstance(value, Mapping):
        yield from _wrong(value, kind, f"{key}.")
    else:
        yield Finding(key, repr(value), "a table")


def _field_columns(value: object, key: str) -> Iterator[Finding]:
    if not isinstance(value, Mapping):
        yield Finding(key, repr(value), "a table")
        return
    for name, each in value.items():
        if not isinstance(each, str):
            yield from _table(each, FieldColumn, f"{key}.{name}")


def _fits(value: object, hint: Any, key: str) -> Iterator[Finding]:
    origin = get_origin(hint)
    if origin is tuple:
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            yield Finding(key, repr(value), "a list of texts")
    elif isinstance(hint, type) and origin is None:
        if not isinstance(value, hint):
            yield Finding(key, repr(value), _said(hint))
    elif origin in {UnionType, Union}:
        if not isinstance(value, tuple(a for a in get_args(hint) if isinstance(a, type))):
            yield Finding(key, repr(value), _said(hint))
    elif not isinstance(value, Mapping):
        yield Finding(key, repr(value), "a table")
    else:
        (_key, item) = get_args(hint)
        for name, each in value.items():
            if get_origin(item) is not None and get_origin(item) not in {UnionType, Union}:
                item = str  # a Literal: the words are checked against the rulebook later
            yield from _fits(each, item, f"{key}.{name}")


def _said(hint: Any) -> str:
    words = {str: "text", bool: "true or false", int: "a whole number"}
    if hint in words:
        return words[hint]
    if isinstance(hint, type) and attrs.has(hint):
        return "a table"
    if get_origin(hint) is tuple:
        return "a list of texts"
    if get_origin(hint) not in {UnionType, Union}:
        return "a table"
    parts = [words[each] for each in get_args(hint) if each in words]
    return " or ".join(parts)
