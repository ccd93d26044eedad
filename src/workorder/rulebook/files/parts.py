"""Reading one value of a rulebook from one table, with everything that is wrong with it."""

import unicodedata
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, TypeVar, cast, get_type_hints

import attrs

from workorder.durations import Elapsed
from workorder.errors import InvalidInput
from workorder.rulebook.files.converter import CONVERTER, Misread
from workorder.tables import Table, quoted
from workorder.texts import Texts

T = TypeVar("T")


def hints(kind: type) -> dict[str, Any]:
    """What may stand in a table of *kind*: its attributes, with their types."""
    known = get_type_hints(kind)
    return {each.name: known[each.name] for each in attrs.fields(kind) if each.init}


def required(kind: type) -> frozenset[str]:
    """The attributes that must be given."""
    known = attrs.fields(kind)
    return frozenset(each.name for each in known if each.init and each.default is attrs.NOTHING)


def usual(kind: type, name: str) -> Any:
    """What the attribute *name* is where it is not given."""
    default = getattr(attrs.fields(kind), name).default
    return default.factory() if isinstance(default, attrs.Factory) else default  # type: ignore[arg-type]  # it is a class


def read_part(
    kind: type[T],
    table: Table,
    *,
    given: Mapping[str, Any] | None = None,
    instead: Mapping[str, Any] | None = None,
) -> T | None:
    """The value of *kind* that *table* says, as far as it can be read; mistakes are noted.

    Args:
        kind: an attrs class whose attributes are the keys.
        table: where it stands.
        given: attributes that are known from elsewhere and are no keys (the name).
        instead: what stands for attributes that must be there and are missing or wrong; they are
            mistakes themselves, so that nothing is built on them.
    """
    values = dict(given or {})
    needed = required(kind)
    known = {name: hint for name, hint in hints(kind).items() if name not in values}
    for name, hint in known.items():
        table.any(name)
        if name in table.data:
            values |= _read(table, name, hint, kind)
        elif name in needed:
            table.say(name, "nothing", _expected(hint))
    table.finish()
    values = {**(instead or {}), **values}
    return kind(**values) if needed <= set(values) else None


def _read(table: Table, name: str, hint: Any, kind: type, attribute: str = "") -> Mapping[str, Any]:
    """The value of *name* under that name, as far as it is sound; mistakes are noted."""
    checked = getattr(attrs.fields(kind), attribute or name)
    try:
        value = CONVERTER.structure(table.data[name], hint)
    except Misread as error:
        note(table, name, error)
        if error.rest is None:
            return {}
        value = error.rest
    if checked.validator is None:
        return {name: value}
    if not isinstance(value, Mapping) or not value:
        return {name: value} if _sound(table, name, checked, value) else {}
    parts = {key: {key: each} for key, each in value.items()}
    sound = [key for key in parts if _sound(table, f"{name}.{key}", checked, parts[key])]
    return {name: {key: value[key] for key in sound}} if sound else {}


def _sound(table: Table, place: str, attribute: "attrs.Attribute[Any]", value: Any) -> bool:
    """Whether *value* is what its attribute checks at the door; a mistake is noted at *place*."""
    try:
        attribute.validator(None, attribute, value)  # type: ignore[misc]  # asked where there is one
    except InvalidInput as error:
        (found,) = value.values() if isinstance(value, Mapping) and value else (value,)
        said = str(Elapsed(found)) if isinstance(found, timedelta) else quoted(found)
        table.say(place, said, str(error.facts["expected"]))
        return False
    return True


def read_value(table: Table, name: str, hint: Any, instead: T) -> T:
    """The value of *name* of the type *hint*; *instead*, where there is none or it is wrong."""
    value = table.any(name)
    if name not in table.data:
        return instead
    try:
        return cast("T", CONVERTER.structure(value, hint))
    except Misread as error:
        note(table, name, error)
        return instead


def read_checked(table: Table, name: str, kind: type, attribute: str, instead: T) -> T:
    """The value of *name*, which is the *attribute* of a *kind*; *instead*, where it is wrong."""
    table.any(name)
    made = _read(table, name, hints(kind)[attribute], kind, attribute)
    return cast("T", made.get(name, instead))


def read_labels(table: Table) -> Texts:
    """The labels of a table; none, where something is wrong with them."""
    value = table.any("labels")
    try:
        texts: Texts = CONVERTER.structure(value, cast("Any", Texts)) if value is not None else {}
    except Misread as error:
        note(table, "labels", error)
        return error.rest or {}
    return texts


def note(table: Table, name: str, error: Misread) -> None:
    """Note every mistake inside the value of *name*."""
    for each in error.mistakes:
        table.say(name + each.place, each.found, each.expected)


def _expected(hint: Any) -> str:
    """What is expected where there is nothing: what any other value is told."""
    try:
        CONVERTER.structure(attrs.NOTHING, hint)
    except Misread as error:
        return error.mistakes[0].expected
    raise AssertionError(hint)  # no type of a file has such a value


def normal(value: Any) -> Any:
    """*value* with its texts in normal form C, as the digest wants them."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, Mapping):
        return {normal(name): normal(each) for name, each in value.items()}
    return [normal(each) for each in value] if isinstance(value, list | tuple) else value


def tables(parent: Table, name: str) -> list[tuple[str, Table]]:
    """The tables inside the table *name*, by their names."""
    found = []
    for each, value in (parent.take(name, dict) or {}).items():
        key = parent.key(name) + "." + each
        if isinstance(value, Mapping):
            found.append((each, Table(value, key, parent.wrong)))
        else:
            parent.say(f"{name}.{each}", quoted(value), "a table")
    return found
