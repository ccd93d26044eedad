"""Laws of durations, on anything that can be made and any text that can be typed."""

from datetime import time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workorder.durations import (
    BillingCycles,
    CalendarDays,
    DueAt,
    Duration,
    Earliest,
    Elapsed,
    Latest,
    Months,
    Weeks,
    Working,
    WorkingDays,
    Years,
    parse,
)
from workorder.errors import InvalidInput

lengths = st.timedeltas(min_value=timedelta(0), max_value=timedelta.max) | st.builds(
    timedelta, minutes=st.integers(0, 10_000)
)
ends = st.sampled_from(["close", "end_of_day", "same_time"]) | st.times()


def _dated(kind: Any, **more: Any) -> st.SearchStrategy[Any]:
    def make(include_start: bool) -> st.SearchStrategy[Any]:
        return st.builds(
            kind,
            st.integers(int(include_start), 100_000),
            at=ends,
            include_start=st.just(include_start),
            cut_off=st.none() | st.times(),
            deemed=st.booleans(),
            roll=st.sampled_from(["none", "forward", "backward"]),
            **more,
        )

    return st.booleans().flatmap(make)


names = st.from_regex(r"[^\W\d]\w{0,8}", fullmatch=True).filter(str.isidentifier)
leaves: st.SearchStrategy[Any] = st.one_of(
    st.builds(Working, lengths, edge=st.sampled_from(["close", "next_open"])),
    st.builds(Elapsed, lengths),
    *(_dated(kind) for kind in (WorkingDays, CalendarDays, Weeks, Months, Years)),
    _dated(BillingCycles, closing_day=st.integers(1, 31)),
    st.builds(DueAt, names),
)
durations: st.SearchStrategy[Any] = st.recursive(
    leaves,
    lambda inner: st.tuples(
        st.sampled_from([Earliest, Latest]), st.lists(inner, min_size=2, max_size=3)
    ).map(lambda drawn: drawn[0](*drawn[1])),
    max_leaves=8,
)

pieces = st.sampled_from(
    [
        *("3", "1.5", "0", "T+1", "t + 2", "the next working day", "999999"),
        *("working days", "calendar days", "hours", "working hours", "months", "days", "billing"),
        *("cycles", "closing on day 25", "closing on day 99", "by 17:00", "by 25:61", "at close"),
        *("at the same time", "counting the first day", "cut-off 16:00", "rolling forward"),
        *("edge next open", "the earliest of [", "latest of [", "]", ";", ",", " ", "个", "工作日"),
        *("自然日", "小时", "天", "at promised_at", "\n", "[", "-", "+", ".", "'", "\0", "\ud800"),
    ]
)


@given(durations)
def test_text_is_read_back(duration: Duration) -> None:
    """Law: reading what ``str`` wrote gives the same duration, for every duration there is."""
    assert parse(str(duration)) == duration


@given(durations)
def test_case_says_nothing(duration: Duration) -> None:
    """Law: upper case, lower case and outer blanks give the same duration, names aside."""
    text = str(duration)
    if "DueAt" not in repr(duration):
        assert parse(text.upper()) == parse(text.lower()) == duration
    assert parse(f" \t{text}\n") == duration


close_kin = st.builds(
    lambda kind, number, rules: kind(number, **rules),
    st.sampled_from([WorkingDays, CalendarDays, Weeks]),
    st.integers(1, 2),
    st.fixed_dictionaries(
        {},
        optional={
            "at": st.sampled_from(["close", "end_of_day", time(0), time(17), time(17, 0, 30)]),
            "include_start": st.booleans(),
            "cut_off": st.sampled_from([None, time(0), time(17)]),
            "deemed": st.booleans(),
            "roll": st.sampled_from(["none", "forward", "backward"]),
        },
    ),
)


@given(close_kin, close_kin)
def test_texts_tell_durations_apart(one: Duration, other: Duration) -> None:
    """Law: two durations have one text exactly when they are equal, in every language."""
    for language in ("en", "zh-CN"):
        assert (one.text(language) == other.text(language)) is (one == other)


CODES = {"not_a_duration", "duration_without_unit", "wrong_type", "not_a_choice"}


def outcome(text: str) -> Duration | InvalidInput:
    """The duration, or the named error; any other error fails the test."""
    try:
        return parse(text)
    except InvalidInput as error:
        return error


@given(st.text() | st.lists(pieces, max_size=8).map(" ".join) | st.lists(pieces).map("".join))
def test_any_text_is_a_duration_or_a_named_error(text: str) -> None:
    """Law: reading never fails in any other way, and an error has its sentence in each language."""
    found = outcome(text)
    if not isinstance(found, InvalidInput):
        assert parse(str(found)) == found
        return
    assert found.code in CODES
    for language in ("en", "zh-CN"):
        assert "{" not in found.text(language).replace(text, "")


@pytest.mark.parametrize("name", ["promised_at", "期限", "naïve", "a·b", "℘"])
def test_whatever_python_takes_for_a_name_is_read_back(name: str) -> None:
    """The rule for names is one rule: what can be made can be read."""
    try:
        given_at = DueAt(name)
    except InvalidInput:
        return
    assert parse(str(given_at)) == given_at


def inside(duration: Duration) -> Duration | InvalidInput:
    """A choice with *duration* in it, or the error that it would be one too many."""
    try:
        return Earliest(duration, Weeks(3))
    except InvalidInput as error:
        return error


def test_deep_nesting_is_read_back() -> None:
    """A choice of a choice of a choice… can be read back as deep as it can be made."""
    deep: Duration | InvalidInput = Months(1)
    depth = 0
    while not isinstance(deep, InvalidInput) and depth < 1000:
        assert parse(str(deep)) == deep
        deep, depth = inside(deep), depth + 1
    assert isinstance(deep, InvalidInput)
    assert "choices inside each other" in deep.text()
    assert depth > 8


@pytest.mark.parametrize(
    "text",
    [
        "the earliest of [" * 3000,
        "the earliest of [" + "1 month; " * 3000,
        "[" * 100_000,
        "1 " + "个" * 50_000,
        "1 " + "a " * 50_000,
        "1 working day " + "at " * 30_000,
    ],
    ids=lambda text: text[:20],
)
def test_long_nonsense_is_refused(text: str) -> None:
    """Text that goes on and on is refused like any other; no recursion, no long search."""
    with pytest.raises(InvalidInput):
        parse(text)
