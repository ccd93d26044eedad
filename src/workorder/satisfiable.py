"""Whether a condition can ever hold: for finding rules that never apply, and rules that overlap.

A condition is taken apart into cases (a disjunction of conjunctions), and each case is looked at
field by field: which values are left, whether the field must be there, whether it may. Fields are
taken to be independent, which they may not be; so a condition that is found to be impossible is,
and one that is found possible might still never hold.

>>> from workorder.conditions import where
>>> satisfiable(where("priority").at_most(2) & where("priority").above(2))
False
>>> satisfiable(where("type").equals("complaint") & ~where("type").one_of(["dispute"]))
True
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import product
from typing import Any, assert_never

from workorder.conditions import AllOf, AnyOf, Compare, Condition, Negation

CASES = 2_000
"""Cases that are looked at; a condition with more of them is taken to be possible."""

Case = tuple[tuple[Compare, bool], ...]
"""Comparisons that must be true, or must be false, all of them at once."""


class _TooMany(Exception):
    """A condition with more than :data:`CASES` cases."""


def satisfiable(condition: Condition) -> bool:
    """Whether anything could meet *condition*; true where that is not known."""
    try:
        return any(_possible(case) for case in _cases(condition, wanted=True))
    except _TooMany:
        return True


def overlapping(first: Condition, second: Condition) -> bool:
    """Whether anything could meet both; true where that is not known."""
    return satisfiable(AllOf((first, second)))


def _cases(condition: Condition, *, wanted: bool) -> list[Case]:
    match condition:
        case Compare():
            return [((condition, wanted),)]
        case Negation(part):
            return _cases(part, wanted=not wanted)
        case AllOf(parts) | AnyOf(parts):
            several = [_cases(part, wanted=wanted) for part in parts]
            if isinstance(condition, AllOf) == wanted:
                return _joined(several)
            found = [case for cases in several for case in cases]
            if len(found) > CASES:
                raise _TooMany
            return found
        case _:
            assert_never(condition)


def _joined(several: Iterable[list[Case]]) -> list[Case]:
    found: list[Case] = [()]
    for cases in several:
        if len(found) * len(cases) > CASES:
            raise _TooMany
        found = [(*one, *other) for one, other in product(found, cases)]
    return found


def _possible(case: Case) -> bool:
    by_field: dict[str, list[tuple[Compare, bool]]] = {}
    for compare, wanted in case:
        by_field.setdefault(compare.field, []).append((compare, wanted))
    return all(_field(asked) for asked in by_field.values())


def _field(asked: list[tuple[Compare, bool]]) -> bool:
    """Whether one field can be as is asked of it: missing, or with some value."""
    if any(isinstance(c.value, tuple) and c.operator != "in" for c, _ in asked):
        return True  # whole lists that are compared, of which nobody knows what lies between
    return _absent(asked) or any(_fits(value, asked) for value in _candidates(asked))


def _absent(asked: list[tuple[Compare, bool]]) -> bool:
    return all((compare.operator == "missing") == wanted for compare, wanted in asked)


def _fits(value: Any, asked: list[tuple[Compare, bool]]) -> bool:
    from workorder.conditions import compile_condition

    return all(
        compile_condition(compare, lambda subject, _field: subject)(value) == wanted
        for compare, wanted in asked
    )


def _candidates(asked: list[tuple[Compare, bool]]) -> Iterator[Any]:
    """Values that tell every comparison apart: those named, between them, and beyond."""
    named = [value for compare, _ in asked for value in _values(compare)]
    several = _each_once(
        compare.value for compare, wanted in asked if compare.operator == "contains" and wanted
    )
    if any(compare.operator == "contains" for compare, _ in asked):
        yield several
        yield ()
    for value in _each_once([*named, _UNNAMED]):
        yield value
        yield from _beside(value)
    yield from (0, True, False)


def _each_once(values: Iterable[Any]) -> tuple[Any, ...]:
    """Every value once; 1 is not true, though Python takes them for equal."""
    return tuple({(type(value), value): value for value in values}.values())


_UNNAMED = "\U0010fffd"
"""A text that nobody names; it stands behind all others."""


def _values(compare: Compare) -> tuple[Any, ...]:
    if compare.operator == "missing":
        return ()
    return compare.value if isinstance(compare.value, tuple) else (compare.value,)


def _beside(value: Any) -> Iterator[Any]:
    """The values just before and behind *value*."""
    from datetime import datetime, timedelta

    if isinstance(value, bool):
        return
    if isinstance(value, int):
        yield from (value - 1, value + 1)
    elif isinstance(value, datetime):
        for step in (timedelta(microseconds=-1), timedelta(microseconds=1)):
            with suppress(OverflowError):  # the first or the last instant that there is
                yield value + step
    elif isinstance(value, str):
        yield value + "\0"
        if value:
            yield value[:-1]
