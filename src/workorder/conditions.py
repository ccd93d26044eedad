"""One small condition language: data in, a compiled predicate out.

A condition asks about *fields* of something that has names and values: a ticket in a
query, a case in a rule. There are four kinds (all / any / not / compare), they are
plain values, they have a data form for files, and they are never evaluated as text:
there is nothing in this language that can run code.

>>> urgent = where("priority").at_most(2) & ~where("state").equals("closed")
>>> matches = compile_condition(urgent, lambda ticket, field: ticket.get(field))
>>> matches({"priority": 1, "state": "assigned"})
True
>>> from_data(to_data(urgent)) == urgent
True

Logic has two values, in every place that understands conditions: a comparison with a
missing value is false (only ``missing`` is true for it), and ``~`` turns that into
true. Text compares by code point; true and false are no numbers.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, assert_never

from attrs import frozen

from workorder.canonical import normal_text
from workorder.errors import InvalidInput
from workorder.instants import aware, instant_text, read_instant

OPERATORS = ("eq", "ne", "lt", "le", "gt", "ge", "in", "contains", "missing")


class _Combining:
    """Lets conditions be joined as they are read aloud."""

    def __and__(self, other: "Condition") -> "AllOf":
        return AllOf((self, other))  # type: ignore[arg-type]  # self is one of the four kinds

    def __or__(self, other: "Condition") -> "AnyOf":
        return AnyOf((self, other))  # type: ignore[arg-type]  # self is one of the four kinds

    def __invert__(self) -> "Negation":
        return Negation(self)  # type: ignore[arg-type]  # self is one of the four kinds


def _sound(value: object, field: str) -> object:
    """*value*, if the language has it; instants in UTC, text in normal form."""
    if isinstance(value, datetime):
        return aware(value, field)
    if isinstance(value, str):
        return normal_text(value)
    if not isinstance(value, int):
        raise InvalidInput(
            "wrong_type",
            name=field,
            expected="text, a whole number, true, false or an instant",
            found=type(value).__name__,
        )
    return value


@frozen
class Compare(_Combining):
    """``field operator value``; ``missing`` takes no value, ``in`` takes a tuple."""

    field: str
    operator: str
    value: object = None

    def __attrs_post_init__(self) -> None:
        if self.operator not in OPERATORS:
            raise InvalidInput(
                "not_a_choice", name="operator", found=self.operator, choices=OPERATORS
            )
        if self.operator == "in" and not isinstance(self.value, tuple):
            raise InvalidInput(
                "wrong_type", name="value", expected="a tuple", found=type(self.value).__name__
            )
        if isinstance(self.value, tuple):
            object.__setattr__(self, "value", tuple(_sound(v, self.field) for v in self.value))
        elif self.operator != "missing":
            object.__setattr__(self, "value", _sound(self.value, self.field))


@frozen
class AllOf(_Combining):
    """True when every part is (an empty one is true)."""

    parts: tuple["Condition", ...]


@frozen
class AnyOf(_Combining):
    """True when some part is (an empty one is false)."""

    parts: tuple["Condition", ...]


@frozen
class Negation(_Combining):
    """True when the part is false."""

    part: "Condition"


Condition = Compare | AllOf | AnyOf | Negation

ALWAYS = AllOf(())
NEVER = AnyOf(())


@frozen
class where:  # noqa: N801 (reads as a word of the language, not as a class)
    """Starts a comparison: ``where("state").equals("closed")``."""

    field: str

    def equals(self, value: object) -> Compare:
        """Present and equal."""
        return Compare(self.field, "eq", value)

    def differs(self, value: object) -> Compare:
        """Present and not equal."""
        return Compare(self.field, "ne", value)

    def below(self, value: object) -> Compare:
        """Present and smaller (earlier)."""
        return Compare(self.field, "lt", value)

    def at_most(self, value: object) -> Compare:
        """Present and smaller or equal."""
        return Compare(self.field, "le", value)

    def above(self, value: object) -> Compare:
        """Present and greater (later)."""
        return Compare(self.field, "gt", value)

    def at_least(self, value: object) -> Compare:
        """Present and greater or equal."""
        return Compare(self.field, "ge", value)

    def one_of(self, values: Sequence[object]) -> Compare:
        """Present and equal to one of *values*."""
        return Compare(self.field, "in", tuple(values))

    def contains(self, value: object) -> Compare:
        """A field of several values has this one among them."""
        return Compare(self.field, "contains", value)

    def is_missing(self) -> Compare:
        """There is no value."""
        return Compare(self.field, "missing")


def compile_condition(
    condition: Condition, get: Callable[[Any, str], object]
) -> Callable[[Any], bool]:
    """Turn *condition* into a predicate that reads fields by *get* (``None`` means missing)."""
    match condition:
        case AllOf(parts):
            return _all_of([compile_condition(part, get) for part in parts])
        case AnyOf(parts):
            return _any_of([compile_condition(part, get) for part in parts])
        case Negation(part):
            inner = compile_condition(part, get)
            return lambda subject: not inner(subject)
        case Compare(field, operator, value):
            compare = _COMPARE[operator]
            if operator == "missing":
                return lambda subject: get(subject, field) is None
            if operator == "eq":  # the most frequent one, without a call more
                kind = type(value)
                return lambda subject: type(found := get(subject, field)) is kind and found == value
            if operator == "in":
                by_kind = _by_kind(value)
                return lambda subject: (
                    (found := get(subject, field)) is not None
                    and found in by_kind.get(type(found), ())
                )

            def test(subject: Any) -> bool:
                found = get(subject, field)
                return found is not None and compare(found, value)

            return test
        case _:
            assert_never(condition)


Test = Callable[[Any], bool]


def _by_kind(values: Any) -> Mapping[type, tuple[object, ...]]:
    """The values of each type: true is no number, and what is of another type is not equal."""
    found: dict[type, tuple[object, ...]] = {}
    for value in values:
        found[type(value)] = (*found.get(type(value), ()), value)
    return found


def _all_of(tests: list[Test]) -> Test:
    """Whether every one holds; written out for a few, as nearly all are."""
    match tests:
        case []:
            return lambda _subject: True
        case [only]:
            return only
        case [one, other]:
            return lambda subject: one(subject) and other(subject)
    return lambda subject: all(test(subject) for test in tests)


def _any_of(tests: list[Test]) -> Test:
    """Whether some one holds; written out for a few, as nearly all are."""
    match tests:
        case []:
            return lambda _subject: False
        case [only]:
            return only
        case [one, other]:
            return lambda subject: one(subject) or other(subject)
    return lambda subject: any(test(subject) for test in tests)


def _same_kind(found: object, value: object) -> bool:
    if isinstance(found, bool) or isinstance(value, bool):
        return isinstance(found, bool) and isinstance(value, bool)
    return type(found) is type(value)


_COMPARE: Mapping[str, Callable[[Any, Any], bool]] = {
    "eq": lambda found, value: _same_kind(found, value) and found == value,
    "ne": lambda found, value: not (_same_kind(found, value) and found == value),
    "lt": lambda found, value: _same_kind(found, value) and found < value,
    "le": lambda found, value: _same_kind(found, value) and found <= value,
    "gt": lambda found, value: _same_kind(found, value) and found > value,
    "ge": lambda found, value: _same_kind(found, value) and found >= value,
    "in": lambda found, value: any(_same_kind(found, one) and found == one for one in value),
    "contains": lambda found, value: (
        isinstance(found, tuple | list | frozenset | set)
        and any(_same_kind(one, value) and one == value for one in found)
    ),
    "missing": lambda _found, _value: False,
}


def fields_of(condition: Condition) -> frozenset[str]:
    """The names of every field *condition* asks about."""
    match condition:
        case AllOf(parts) | AnyOf(parts):
            return frozenset[str]().union(*(fields_of(part) for part in parts))
        case Negation(part):
            return fields_of(part)
        case Compare(field):
            return frozenset({field})
        case _:
            assert_never(condition)


def to_data(condition: Condition) -> dict[str, Any]:
    """The data form, for files and messages: ``{"all": [...]}``, ``{"field": …, "eq": …}``."""
    match condition:
        case AllOf(parts):
            return {"all": [to_data(part) for part in parts]}
        case AnyOf(parts):
            return {"any": [to_data(part) for part in parts]}
        case Negation(part):
            return {"not": to_data(part)}
        case Compare(field, operator, value):
            return {"field": field, operator: _value_data(value, missing=operator == "missing")}
        case _:
            assert_never(condition)


def _value_data(value: object, *, missing: bool) -> object:
    if missing:
        return True
    if isinstance(value, datetime):
        return {"instant": instant_text(value)}
    if isinstance(value, tuple):
        return [_value_data(item, missing=False) for item in value]
    return value


DEPTH_LIMIT = 50
"""How deeply conditions from outside may be nested."""


def from_data(data: object, place: str = "condition", depth: int = DEPTH_LIMIT) -> Condition:
    """Read the data form back.

    Raises:
        InvalidInput: naming the *place* inside the data (``condition.all[1].not``).
    """
    if depth == 0:
        raise InvalidInput(
            "wrong_type", name="condition", expected=f"at most {DEPTH_LIMIT} levels", found="more"
        )
    if not isinstance(data, Mapping):
        raise InvalidInput("wrong_type", name=place, expected="a table", found=type(data).__name__)
    keys = set(data)
    if keys in ({"all"}, {"any"}):
        (key,) = keys
        if not isinstance(data[key], list):
            raise InvalidInput(
                "wrong_type", name=f"{place}.{key}", expected="a list", found=str(data[key])
            )
        parts = tuple(
            from_data(part, f"{place}.{key}[{n}]", depth - 1) for n, part in enumerate(data[key])
        )
        return AllOf(parts) if key == "all" else AnyOf(parts)
    if keys == {"not"}:
        return Negation(from_data(data["not"], f"{place}.not", depth - 1))
    operators = keys - {"field"}
    if "field" in keys and len(operators) == 1 and isinstance(data["field"], str):
        (operator,) = operators
        if operator in OPERATORS:
            return Compare(data["field"], operator, _value_from(data[operator], operator, place))
    raise InvalidInput(
        "wrong_type",
        name=place,
        expected='{"all": …}, {"any": …}, {"not": …} or {"field": name, operator: value}'
        f" with one of {', '.join(OPERATORS)}",
        found=str(dict(data)),
    )


def _value_from(value: object, operator: str, place: str) -> object:
    if operator == "missing":
        if value is not True:
            raise InvalidInput("not_a_choice", name=place, found=str(value), choices=("true",))
        return None
    if isinstance(value, Mapping) and set(value) == {"instant"}:
        return read_instant(str(value["instant"]))
    if isinstance(value, list):
        return tuple(_value_from(item, "eq", place) for item in value)
    return value
