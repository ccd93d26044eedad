"""Whether a condition can ever hold: never said to be impossible where some value meets it."""

from datetime import UTC, datetime
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from workorder.conditions import (
    ALWAYS,
    NEVER,
    AllOf,
    AnyOf,
    Compare,
    Condition,
    Negation,
    compile_condition,
    where,
)
from workorder.satisfiable import CASES, overlapping, satisfiable

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
x, y = where("x"), where("y")

POSSIBLE: dict[str, Condition] = {
    "nothing is asked": ALWAYS,
    "one of two": x.equals(1) | x.equals(2),
    "between two numbers": x.above(1) & x.below(3),
    "between, and not one of them": x.above(1) & x.below(4) & x.differs(2),
    "between two texts": x.above("a") & x.below("b"),
    "before the second text of all": x.below("\0"),
    "between two instants": x.above(NOON) & x.differs(NOON),
    "not there, and not 1": x.is_missing() & ~x.equals(1),
    "of another kind": x.differs(1) & x.differs("a") & x.differs(True),
    "true and not 1": x.equals(True) & x.differs(1),
    "1 and not true": x.differs(True) & x.equals(1),
    "0 and not false": x.differs(False) & x.equals(0),
    "several values": x.contains("a") & x.contains("b") & ~x.contains("c"),
    "1 and true among several": x.contains(1) & x.contains(True),
    "several, and not one text": x.contains("a") & x.differs("a"),
    "a whole list": x.equals(("a", "b")),
    "a whole list, and one in it": x.equals(("a", "b")) & x.contains("a"),
    "neither true nor false": ~x.equals(True) & ~x.equals(False) & ~x.is_missing(),
    "different fields": x.equals(1) & y.equals(2),
    "after the first instant that there is": x.at_most(datetime.min.replace(tzinfo=UTC)),
    "before the last": x.at_least(datetime.max.replace(tzinfo=UTC)),
}

IMPOSSIBLE: dict[str, Condition] = {
    "nothing will do": NEVER,
    "two values at once": x.equals(1) & x.equals(2),
    "there and missing": x.equals(1) & x.is_missing(),
    "one of none": x.one_of([]),
    "one of those, and neither": x.one_of(["a", "b"]) & x.differs("a") & x.differs("b"),
    "above and below": x.above(3) & x.below(3),
    "between two numbers that are neighbours": x.above(1) & x.below(2),
    "a number and a text": x.equals(1) & x.above("a"),
    "a number and true": x.equals(1) & x.at_least(True),
    "several values and one": x.contains("a") & x.equals("a"),
    "not itself": ~(x.equals(1) | ~x.equals(1)),
    "before the first text of all": x.below(""),
    "each of two ways is impossible": (x.equals(1) | x.equals(2)) & x.equals(3),
}


@pytest.mark.parametrize("name", POSSIBLE)
def test_possible(name: str) -> None:
    """Some value meets it."""
    assert satisfiable(POSSIBLE[name])


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_impossible(name: str) -> None:
    """No value meets it, and that is found."""
    assert not satisfiable(IMPOSSIBLE[name])


def test_more_than_can_be_looked_at_is_possible() -> None:
    """Where there are too many cases, nothing is said against it."""
    either = [
        where(f"x{n}").equals(1) | where(f"x{n}").equals(2) for n in range(CASES.bit_length())
    ]
    never = AllOf((*either, NEVER))
    assert satisfiable(AllOf(tuple(either)))
    assert satisfiable(AnyOf((never, never)))


def test_overlapping() -> None:
    """Two conditions overlap when something meets both."""
    assert overlapping(x.below(3), x.above(1))
    assert not overlapping(x.below(2), x.above(1))
    assert overlapping(x.equals(1), y.equals(1))
    assert not overlapping(x.equals("a"), ~x.equals("a"))


# --- laws ---------------------------------------------------------------------------------------

SCALARS: tuple[Any, ...] = (-1, 0, 1, 2, True, False, "", "a", "ab", "b", NOON)
VALUES: tuple[Any, ...] = (
    None,
    *SCALARS,
    (),
    ("a",),
    ("a", "b"),
    (1, True),
    (0, "a"),
)
_orders = st.sampled_from(["eq", "ne", "lt", "le", "gt", "ge"])
_fields = st.sampled_from(["x", "y"])
_compared: SearchStrategy[Condition] = (
    st.builds(Compare, _fields, _orders, st.sampled_from(SCALARS))
    | st.builds(Compare, _fields, st.just("eq"), st.sampled_from([("a",), ("a", "b"), ()]))
    | st.builds(Compare, _fields, st.just("contains"), st.sampled_from(["a", "b", 1, True]))
    | st.builds(
        Compare, _fields, st.just("in"), st.lists(st.sampled_from(SCALARS), max_size=3).map(tuple)
    )
    | st.builds(Compare, _fields, st.just("missing"))
)


def _combined(leaves: SearchStrategy[Condition]) -> SearchStrategy[Condition]:
    return st.recursive(
        leaves,
        lambda inner: (
            st.lists(inner, max_size=3).map(lambda parts: AllOf(tuple(parts)))
            | st.lists(inner, max_size=3).map(lambda parts: AnyOf(tuple(parts)))
            | st.builds(Negation, inner)
        ),
        max_leaves=8,
    )


def met(condition: Condition, values: tuple[Any, ...]) -> bool:
    """Whether some choice of *values* for x and y meets *condition*: each of them is tried."""
    test = compile_condition(condition, lambda subject, name: subject.get(name))
    return any(test({"x": one, "y": other}) for one, other in product(values, values))


@given(_combined(_compared))
def test_it_never_says_impossible_of_what_is_met(condition: Condition) -> None:
    """Whatever some value meets is possible: no rule that applies is called one that cannot."""
    if met(condition, VALUES):
        assert satisfiable(condition)


NUMBERS = (None, *range(-1, 7), True, False, "x")
"""Every value that tells conditions about the numbers from 0 to 5 apart."""

_of_numbers = st.builds(Compare, _fields, _orders, st.integers(0, 5)) | st.builds(
    Compare, _fields, st.sampled_from(["eq", "ne"]), st.booleans()
)


@given(_combined(_of_numbers | st.builds(Compare, _fields, st.just("missing"))))
def test_of_numbers_it_knows_exactly(condition: Condition) -> None:
    """Over whole numbers and flags it is found possible exactly when some value meets it."""
    assert satisfiable(condition) == met(condition, NUMBERS)


@given(_combined(_compared), _combined(_compared))
def test_overlap_has_no_direction(first: Condition, second: Condition) -> None:
    """Two overlap exactly when the second and the first do."""
    assert overlapping(first, second) == overlapping(second, first)
