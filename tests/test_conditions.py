"""The condition language, against an oracle that reads its data form."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workorder.canonical import decode, encode
from workorder.conditions import (
    ALWAYS,
    NEVER,
    AllOf,
    AnyOf,
    Compare,
    Condition,
    Negation,
    compile_condition,
    fields_of,
    from_data,
    to_data,
    where,
)
from workorder.errors import InvalidInput

FIELDS = ("a", "b", "c")
instants = st.datetimes(
    datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)
) | st.just(datetime(2026, 9, 30, tzinfo=UTC))
plain = st.integers(-2, 2) | st.booleans() | st.sampled_from(["", "x", "y", "工单"]) | instants
subjects = st.dictionaries(
    st.sampled_from(FIELDS), plain | st.none() | st.lists(plain, max_size=3).map(tuple)
)
names = st.sampled_from(FIELDS)
compares = st.one_of(
    st.builds(Compare, names, st.sampled_from(["eq", "ne", "lt", "le", "gt", "ge"]), plain),
    st.builds(Compare, names, st.just("in"), st.lists(plain, max_size=3).map(tuple)),
    st.builds(Compare, names, st.just("missing")),
)
conditions: st.SearchStrategy[Condition] = st.recursive(
    compares,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda parts: AllOf(tuple(parts))),
        st.lists(inner, max_size=3).map(lambda parts: AnyOf(tuple(parts))),
        inner.map(Negation),
    ),
    max_leaves=8,
)


def holds(condition: Condition, subject: Mapping[str, object]) -> bool:
    """Whether the compiled condition is true of *subject*."""
    return compile_condition(condition, lambda each, name: each.get(name))(subject)


def kind(value: object) -> str:
    """What a value counts as when it is compared."""
    return type(value).__name__


def oracle(data: Mapping[str, Any], subject: Mapping[str, object]) -> bool:
    """The meaning of a condition, read off its data form in the plainest way."""
    if "all" in data:
        return False not in [oracle(part, subject) for part in data["all"]]
    if "any" in data:
        return True in [oracle(part, subject) for part in data["any"]]
    if "not" in data:
        return not oracle(data["not"], subject)
    ((operator, given_value),) = ((k, v) for k, v in data.items() if k != "field")
    found: Any = subject.get(data["field"])
    if operator == "missing" or found is None:
        return operator == "missing" and found is None
    wanted = [plain_value(v) for v in given_value] if operator == "in" else plain_value(given_value)
    if operator == "in":
        return any(kind(one) == kind(found) and one == found for one in wanted)
    if kind(found) != kind(wanted):
        return operator == "ne"
    answers: dict[str, bool] = {
        "eq": found == wanted,
        "ne": found != wanted,
        "lt": found < wanted,
        "le": found <= wanted,
        "gt": found > wanted,
        "ge": found >= wanted,
    }
    return answers[operator]


def plain_value(value: Any) -> Any:
    """A value out of the data form."""
    return datetime.fromisoformat(value["instant"]) if isinstance(value, dict) else value


@given(conditions, subjects)
def test_conditions_mean_what_their_data_says(
    condition: Condition, subject: Mapping[str, object]
) -> None:
    """Law: the compiled predicate agrees with an independent reading of the data form."""
    assert holds(condition, subject) is oracle(to_data(condition), subject)


@given(conditions)
def test_the_data_form_round_trips(condition: Condition) -> None:
    """Law: reading the data form gives the condition back, through canonical bytes as well."""
    data = to_data(condition)
    assert from_data(data) == condition
    assert from_data(decode(encode(data))) == condition


@given(conditions, conditions, subjects)
def test_de_morgan(one: Condition, other: Condition, subject: Mapping[str, object]) -> None:
    """Law: not (a and b) is (not a) or (not b), and the other way round."""
    assert holds(~(one & other), subject) is holds(~one | ~other, subject)
    assert holds(~(one | other), subject) is holds(~one & ~other, subject)


@given(conditions, subjects)
def test_logic_has_two_values(condition: Condition, subject: Mapping[str, object]) -> None:
    """Law: a condition or its negation is true, never both, missing values or not."""
    assert holds(condition, subject) is not holds(~condition, subject)
    assert holds(condition | ~condition, subject)
    assert not holds(condition & ~condition, subject)
    assert holds(~~condition, subject) is holds(condition, subject)


@given(conditions, subjects)
def test_always_and_never_are_neutral(condition: Condition, subject: Mapping[str, object]) -> None:
    """Law: the empty all is true and the empty any is false, everywhere."""
    assert holds(ALWAYS, subject)
    assert not holds(NEVER, subject)
    assert holds(condition & ALWAYS, subject) is holds(condition, subject)
    assert holds(condition | NEVER, subject) is holds(condition, subject)


@given(conditions, subjects, st.sampled_from(FIELDS), plain)
def test_only_named_fields_are_read(
    condition: Condition, subject: dict[str, object], name: str, value: object
) -> None:
    """Law: a field that the condition does not name changes nothing, and is never asked for."""
    asked: set[str] = set()

    def get(each: Mapping[str, object], field: str) -> object:
        asked.add(field)
        return each.get(field)

    before = compile_condition(condition, get)(subject)
    assert asked <= fields_of(condition)
    if name not in fields_of(condition):
        assert holds(condition, {**subject, name: value}) is before


@pytest.mark.parametrize(
    ("condition", "found", "answer"),
    [
        (where("f").equals("x"), "x", True),
        (where("f").differs("x"), "y", True),
        (where("f").differs("x"), None, False),
        (where("f").below(3), 2, True),
        (where("f").at_most(3), 3, True),
        (where("f").above(3), 3, False),
        (where("f").at_least(3), 3, True),
        (where("f").one_of(["x", "y"]), "y", True),
        (where("f").one_of([]), "y", False),
        (where("f").contains("x"), ("w", "x"), True),
        (where("f").contains("x"), ("w",), False),
        (where("f").contains("x"), "wxy", False),
        (where("f").contains("x"), None, False),
        (where("f").is_missing(), None, True),
        (where("f").is_missing(), "", False),
        (where("f").equals(1), True, False),
        (where("f").equals(True), 1, False),
        (where("f").equals(True), True, True),
        (where("f").one_of([1]), True, False),
        (where("f").equals("1"), 1, False),
        (where("f").below("é"), "z", True),
        (where("f").below("\uffee"), "\U0001f600", False),
    ],
)
def test_comparisons(condition: Compare, found: object, answer: bool) -> None:
    """Each operator on a value present, of another type, and missing."""
    assert holds(condition, {"f": found}) is answer


@pytest.mark.parametrize(
    ("found", "value", "answer"), [((1, 2), True, False), (("1",), 1, False), (7, 7, False)]
)
def test_contains_compares_like_with_like(found: object, value: object, answer: bool) -> None:
    """``contains`` holds for values of the same kind in a field of several, and never fails."""
    assert holds(where("f").contains(value), {"f": found}) is answer


def test_instants_compare_across_zones() -> None:
    """An instant given in another zone is the same instant, kept in UTC."""
    beijing = timezone(timedelta(hours=8))
    condition = where("opened").at_least(datetime(2026, 9, 30, 8, 0, tzinfo=beijing))
    assert condition.value == datetime(2026, 9, 30, tzinfo=UTC)
    assert holds(condition, {"opened": datetime(2026, 9, 30, tzinfo=UTC)})
    assert to_data(condition) == {
        "field": "opened",
        "ge": {"instant": "2026-09-30T00:00:00.000000Z"},
    }


@pytest.mark.parametrize(
    ("make", "code", "name"),
    [
        (lambda: Compare("f", "like", "x"), "not_a_choice", "operator"),
        (lambda: Compare("f", "in", "xy"), "wrong_type", "value"),
        (lambda: Compare("f", "eq", 1.5), "wrong_type", "f"),
        (lambda: where("f").below(datetime(2026, 9, 30)), "naive_datetime", "f"),
        (lambda: where("f").one_of([1.5]), "wrong_type", "f"),
        (lambda: where("f").one_of([datetime(2026, 9, 30)]), "naive_datetime", "f"),
    ],
)
def test_comparisons_that_cannot_be_made(make: Any, code: str, name: str) -> None:
    """Unknown operators, floats and naive instants are refused, among several values as well."""
    with pytest.raises(InvalidInput) as refused:
        make()
    assert (refused.value.code, refused.value.facts["name"]) == (code, name)


@pytest.mark.parametrize(
    ("data", "place"),
    [
        ("text", "condition"),
        ({}, "condition"),
        ({"all": {}}, "condition.all"),
        ({"any": [{"all": [{"not": []}]}]}, "condition.any[0].all[0].not"),
        ({"all": [], "any": []}, "condition"),
        ({"field": "a"}, "condition"),
        ({"field": "a", "eq": 1, "ne": 2}, "condition"),
        ({"field": "a", "like": 1}, "condition"),
        ({"field": 5, "eq": 1}, "condition"),
        ({"all": [{"field": "a", "missing": False}]}, "condition.all[0]"),
        ({"field": "a", "eq": 1, "extra": 2}, "condition"),
    ],
)
def test_data_that_is_no_condition(data: object, place: str) -> None:
    """Wrong data is refused with the place inside it; the message says what is understood."""
    with pytest.raises(InvalidInput) as refused:
        from_data(data)
    assert refused.value.facts["name"] == place
    assert refused.value.text("zh-CN").startswith(place)


@pytest.mark.parametrize(
    "value", [{"instant": "yesterday"}, {"instant": "2026-09-30T00:00:00"}, {"x": 1}, 1.5]
)
def test_values_that_are_no_values(value: object) -> None:
    """A value the language does not have is refused, as every other wrong data is."""
    with pytest.raises(InvalidInput):
        from_data({"all": [{"field": "a", "eq": value}]})
