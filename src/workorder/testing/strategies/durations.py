"""Lengths of time, of every kind and with every counting rule."""

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

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
)


def _dated(kind: Any, most: int, **more: Any) -> SearchStrategy[Any]:
    ends = st.sampled_from(["close", "end_of_day", "same_time"]) | st.times()

    def make(include_start: bool) -> SearchStrategy[Any]:  # noqa: FBT001 (what hypothesis passes)
        return st.builds(
            kind,
            st.integers(int(include_start), most),
            at=ends,
            include_start=st.just(include_start),
            cut_off=st.none() | st.times(),
            deemed=st.booleans(),
            roll=st.sampled_from(["none", "forward", "backward"]),
            **more,
        )

    return st.booleans().flatmap(make)


def durations(longest: int = 60, *, nested: bool = True) -> SearchStrategy[Duration]:
    """Durations of every kind.

    Args:
        longest: the largest number of days, weeks, months…
        nested: also the earliest and the latest of several, and instants that are given.
    """
    lengths = st.builds(timedelta, minutes=st.integers(0, longest * 24 * 60))
    leaves: list[SearchStrategy[Any]] = [
        st.builds(Working, lengths, edge=st.sampled_from(["close", "next_open"])),
        st.builds(Elapsed, lengths),
        *(_dated(kind, longest) for kind in (WorkingDays, CalendarDays, Weeks, Months, Years)),
        _dated(BillingCycles, longest, closing_day=st.integers(1, 31)),
    ]
    if not nested:
        return st.one_of(leaves)
    names = st.sampled_from(["promised_at", "约定时间"])
    return st.recursive(
        st.one_of([*leaves, st.builds(DueAt, names)]),
        lambda inner: st.tuples(
            st.sampled_from([Earliest, Latest]), st.lists(inner, min_size=2, max_size=3)
        ).map(lambda drawn: drawn[0](*drawn[1])),
        max_leaves=4,
    )
