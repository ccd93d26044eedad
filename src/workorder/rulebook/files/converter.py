"""The converter between the values of a rulebook and the plain data of its file, both ways.

Values that stand in a file as something else have a hook: durations, lengths of time, conditions.
What a file may not hold by its type raises :class:`Misread`, which names every place inside the
value at once.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from math import isfinite
from types import GenericAlias, NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin

import attrs
from attrs import frozen
from cattrs import Converter
from cattrs.gen import make_dict_unstructure_fn, override

from workorder.canonical import encode
from workorder.conditions import AllOf, AnyOf, Compare, Negation, from_data, to_data
from workorder.durations import (
    Dated,
    DueAt,
    Duration,
    Earliest,
    Elapsed,
    Latest,
    Working,
    parse,
)
from workorder.errors import InvalidInput, one_of
from workorder.tables import quoted
from workorder.workflow import NO_LIMIT, Scope
from workorder.workflow.checking.wording import plainly

T = TypeVar("T")

WHOLE = r"^-?[0-9]{1,18}$"
"""A key that is a whole number."""

DURATION = "a duration such as “8 working hours”, “15 calendar days” or “24 elapsed hours”"
ELAPSED = "elapsed time such as “5 elapsed minutes”"
DURATIONS = frozenset({Working, Elapsed, Dated, DueAt, Earliest, Latest})
CONDITIONS = frozenset({Compare, AllOf, AnyOf, Negation})


@frozen
class Mistake:
    """What is wrong inside a value: where (``[1]``, ``.en``), what was found, what expected."""

    place: str
    found: str
    expected: str


class Misread(Exception):
    """A value that is not what its place in the file holds; says so at every place inside it.

    ``rest`` is what remains of a list or table without what is wrong in it, if anything can.
    """

    def __init__(self, mistakes: Iterable[Mistake], rest: Any = None) -> None:
        super().__init__()
        self.mistakes = tuple(mistakes)
        self.rest = rest


def misread(value: object, expected: str) -> Misread:
    """One mistake, about the whole value."""
    return Misread([Mistake("", quoted(value), expected)])


def members(hint: Any) -> frozenset[Any]:
    """The types a value of *hint* may have."""
    if get_origin(hint) in {Union, UnionType}:
        return frozenset[Any]().union(*(members(each) for each in get_args(hint)))
    return frozenset({hint})


def is_duration(hint: Any) -> bool:
    """Whether *hint* is that of a duration, perhaps beside other words."""
    return Working in members(hint)


def is_condition(hint: Any) -> bool:
    """Whether *hint* is that of a condition."""
    return AllOf in members(hint)


def words(hint: Any) -> tuple[str, ...]:
    """The words that a value of *hint* may be."""
    literals = (part for part in members(hint) if get_origin(part) is Literal)
    return tuple(word for part in literals for word in get_args(part))


def frozen_data(value: object) -> Any:
    """Plain data with tuples for lists, so that nobody changes a rulebook through it."""
    if isinstance(value, list | tuple):
        return tuple(frozen_data(each) for each in value)
    if isinstance(value, Mapping):
        return {name: frozen_data(each) for name, each in value.items()}
    return value


def read_duration(value: object, expected: str = DURATION) -> Duration:
    """The duration that a text says.

    Raises:
        Misread: when it says none.
    """
    if not isinstance(value, str):
        raise misread(value, expected)
    try:
        return parse(value)
    except InvalidInput as error:
        could = error.facts.get("could")
        said = " or ".join(could) if isinstance(could, tuple | list) else expected
        raise misread(value, said) from None


def read_elapsed(value: object) -> timedelta:
    """The length of time by the clock on the wall that a text says.

    Raises:
        Misread: when it says none, or one that is counted otherwise.
    """
    duration = read_duration(value, ELAPSED)
    if not isinstance(duration, Elapsed):
        raise Misread([Mistake("", str(value), ELAPSED)])
    return duration.amount


# --- reading ------------------------------------------------------------------------------------


def _plain(kind: type, expected: str) -> Callable[[object, object], Any]:
    def read(value: object, _kind: object) -> Any:
        if type(value) is not kind:
            raise misread(value, expected)
        return value

    return read


def _number(value: object, _kind: object) -> int:
    if type(value) is not int:
        raise misread(value, "a whole number")
    if not -(2**63) <= value < 2**63:
        raise misread(value, "a whole number of at most 64 bits")
    return value


def _figure(value: object, _kind: object) -> float:
    if type(value) not in {int, float} or not isfinite(value):  # type: ignore[arg-type]  # a number
        raise misread(value, "a number")
    return value  # type: ignore[return-value]  # one of the two


def _one_word(value: object, hint: Any) -> Any:
    known = [each.value for each in Scope] if hint is Scope else list(words(hint))
    if not isinstance(value, str):
        raise misread(value, one_of(known, ""))
    if value not in known:
        raise Misread([Mistake("", value, one_of(known, value))])
    return Scope(value) if hint is Scope else value


def _duration(value: object, hint: Any) -> Any:
    others = words(hint)
    if value in others or (value is None and NoneType in members(hint)):
        return value
    return read_duration(value, " or ".join([DURATION, *(f"“{each}”" for each in others)]))


def _condition(value: object, _hint: object) -> Any:
    try:
        made = from_data(value, "")
        encode(to_data(made))  # the digest covers it
        return made
    except InvalidInput as error:
        name = str(error.facts.get("name", ""))
        place = name if name[:1] in {".", "["} else ""
        choices = error.facts.get("choices")
        known = ", ".join(choices) if isinstance(choices, tuple) else ""
        expected = plainly(str(error.facts.get("expected") or known or error))
        found = plainly(str(error.facts.get("found", value)))
        raise Misread([Mistake(place, found, expected)]) from None


def _each(
    parts: Iterable[tuple[Any, str, Any]], read: Callable[[Any], T]
) -> tuple[dict[Any, T], list[Mistake]]:
    """Every part read, by its name; and all that is wrong with any of them."""
    made: dict[Any, T] = {}
    wrong: list[Mistake] = []
    for name, place, part in parts:
        try:
            made[name] = read(part)
        except Misread as error:
            wrong += [attrs.evolve(each, place=place + each.place) for each in error.mistakes]
    return made, wrong


def _listed(converter: Converter) -> Callable[[Any, Any], Any]:
    def read(value: object, hint: Any) -> tuple[Any, ...]:
        kinds = get_args(hint)
        several = kinds[-1] is Ellipsis
        item = kinds[0]
        named = {str: "texts", int: "whole numbers"}.get(item, "values")
        count = "" if several else f"{len(kinds)} "
        if not isinstance(value, list | tuple) or not (several or len(value) == len(kinds)):
            raise misread(value, f"a list of {count}{named}")
        parts = ((number, f"[{number}]", each) for number, each in enumerate(value))
        made, wrong = _each(parts, lambda part: converter.structure(part, item))
        if wrong:
            raise Misread(wrong, tuple(made.values()) if several else None)
        return tuple(made.values())

    return read


def _unordered(converter: Converter) -> Callable[[Any, Any], Any]:
    def read(value: object, hint: Any) -> frozenset[Any]:
        listed: Any = GenericAlias(tuple, (get_args(hint)[0], ...))
        return frozenset(converter.structure(value, listed))

    return read


def _mapped(converter: Converter) -> Callable[[Any, Any], Any]:
    def read(value: object, hint: Any) -> dict[Any, Any]:
        if not isinstance(value, Mapping):
            raise misread(value, "a table")
        name, item = get_args(hint)
        if name is int:
            value = _by_number(value)
        if item is Any:
            return dict(frozen_data(value))
        parts = ((name, f".{name}", each) for name, each in value.items())
        made, wrong = _each(parts, lambda part: converter.structure(part, item))
        if wrong:
            raise Misread(wrong, made)
        return made

    return read


def _by_number(value: Mapping[str, Any]) -> dict[int, Any]:
    """A table whose keys, which are texts in a file, are whole numbers."""
    wrong = [name for name in value if not re.fullmatch(WHOLE, name)]
    if wrong:
        raise Misread(Mistake(f".{name}", f"“{name}”", "a whole number as key") for name in wrong)
    return {int(name): each for name, each in value.items()}


# --- writing ------------------------------------------------------------------------------------


def _duration_text(value: object) -> object:
    return value if value is None or value == NO_LIMIT else str(value)


def _writes(converter: Converter, kind: type) -> Callable[[Any], dict[str, Any]]:
    """The data of a value without what is as usual; what is derived stands for nothing."""
    derived = (each.name for each in attrs.fields(kind) if not each.init)
    left_out: dict[str, Any] = {name: override(omit=True) for name in derived}
    return make_dict_unstructure_fn(kind, converter, _cattrs_omit_if_default=True, **left_out)


def _is_tuple(hint: Any) -> bool:
    return hint is tuple or get_origin(hint) is tuple


def _is_unordered(hint: Any) -> bool:
    return hint is frozenset or get_origin(hint) is frozenset


def _is_mapping(hint: Any) -> bool:
    return hint is dict or get_origin(hint) in {Mapping, dict}


def _is_word(hint: Any) -> bool:
    return get_origin(hint) is Literal


def _is_written_duration(hint: Any) -> bool:
    return is_duration(hint) or hint in DURATIONS or Dated in getattr(hint, "__mro__", ())


def _is_written_condition(hint: Any) -> bool:
    return is_condition(hint) or hint in CONDITIONS


def make_converter() -> Converter:
    """A converter that takes each value only as the type it has in a file."""
    made = Converter(detailed_validation=False)
    made.register_structure_hook(str, _plain(str, "text"))
    made.register_structure_hook(bool, _plain(bool, "true or false"))
    made.register_structure_hook(int, _number)
    made.register_structure_hook(float, _figure)
    made.register_structure_hook(timedelta, lambda value, _: read_elapsed(value))
    made.register_structure_hook_func(_is_unordered, _unordered(made))
    made.register_structure_hook_func(_is_tuple, _listed(made))
    made.register_structure_hook_func(_is_mapping, _mapped(made))
    made.register_structure_hook(Scope, _one_word)
    made.register_unstructure_hook(Scope, lambda scope: scope.value)
    made.register_structure_hook_func(_is_word, _one_word)
    made.register_structure_hook_func(is_duration, _duration)
    made.register_structure_hook_func(is_condition, _condition)
    made.register_unstructure_hook_factory(attrs.has, lambda kind: _writes(made, kind))
    made.register_unstructure_hook_func(
        _is_tuple, lambda value: [made.unstructure(each) for each in value]
    )
    made.register_unstructure_hook_func(_is_unordered, sorted)
    made.register_unstructure_hook(timedelta, lambda length: str(Elapsed(length)))
    made.register_unstructure_hook_func(_is_written_duration, _duration_text)
    made.register_unstructure_hook_func(_is_written_condition, to_data)
    return made


CONVERTER = make_converter()
