"""Conditions and queries that every store must answer alike."""

from collections.abc import Mapping
from datetime import UTC
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from workorder.conditions import AllOf, AnyOf, Compare, Condition, Negation
from workorder.storage import SEARCHABLE, Sort, TicketQuery
from workorder.testing.strategies.values import codes, instants, integers

_ORDERED = ("eq", "ne", "lt", "le", "gt", "ge")


def _compared(name: str, kind: str) -> SearchStrategy[Condition]:
    if kind == "codes":
        return st.builds(Compare, st.just(name), st.just("contains"), codes(12)) | st.just(
            Compare(name, "missing")
        )
    values: Mapping[str, SearchStrategy[Any]] = {
        "code": codes(12),
        "text": codes(12),
        "integer": integers(),
        "flag": st.booleans(),
        "instant": instants().map(lambda at: at.astimezone(UTC)),
    }
    one = values[kind]
    operators = ("eq", "ne") if kind == "flag" else _ORDERED
    compared = st.builds(Compare, st.just(name), st.sampled_from(operators), one)
    among = st.builds(Compare, st.just(name), st.just("in"), st.lists(one, max_size=3).map(tuple))
    return st.one_of(compared, among, st.just(Compare(name, "missing")))


def conditions(fields: Mapping[str, str] = SEARCHABLE) -> SearchStrategy[Condition]:
    """Conditions over searchable *fields*, given with their kinds (``desk.searchable()``)."""
    leaves = st.sampled_from(sorted(fields)).flatmap(lambda name: _compared(name, fields[name]))
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.lists(inner, max_size=3).map(lambda parts: AllOf(tuple(parts))),
            st.lists(inner, max_size=3).map(lambda parts: AnyOf(tuple(parts))),
            inner.map(Negation),
        ),
        max_leaves=4,
    )


def queries(fields: Mapping[str, str] = SEARCHABLE) -> SearchStrategy[TicketQuery]:
    """Queries over searchable *fields*: a condition, an order, a page."""
    single = sorted(name for name, kind in fields.items() if kind != "codes")
    sorts = st.builds(Sort, st.sampled_from(single), st.booleans())
    orders = st.lists(sorts, max_size=3, unique_by=lambda sort: sort.field).map(tuple)
    return st.builds(TicketQuery, conditions(fields), orders, st.integers(1, 20))
