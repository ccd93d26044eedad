"""Every store gives the same answer to every question, and it is the right one."""

from datetime import datetime
from typing import Any

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from tests.storage import oracle
from tests.storage.stores import all_stores
from tests.storage.tickets import FIELDS, instants, integers, put, tickets, words
from workorder.conditions import AllOf, AnyOf, Compare, Condition, Negation
from workorder.storage import (
    SEARCHABLE,
    Batch,
    Committed,
    FullStore,
    Sort,
    TicketQuery,
    order_values,
)
from workorder.ticket import Ticket

KNOWN = {**SEARCHABLE, **FIELDS}
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "code": words,
    "integer": integers,
    "flag": st.booleans(),
    "instant": instants,
    "codes": st.sampled_from(["li", "wu", "王", "C-1", "nobody"]),
}


@st.composite
def comparisons(draw: st.DrawFn) -> Compare:
    """A comparison of one field, by an operator and with a value that fit it."""
    field = draw(st.sampled_from(sorted(KNOWN)))
    kind = KNOWN[field]
    operators = ["eq", "ne", "in", "missing"]
    if kind == "codes":
        operators = ["contains", "missing"]
    elif kind != "flag":
        operators += ["lt", "le", "gt", "ge"]
    operator = draw(st.sampled_from(operators))
    value: object = None
    if operator == "in":
        value = tuple(draw(st.lists(VALUES[kind], max_size=3)))
    elif operator != "missing":
        value = draw(VALUES[kind])
    return Compare(field, operator, value)


conditions: st.SearchStrategy[Condition] = st.recursive(
    comparisons(),
    lambda inner: st.one_of(
        inner.map(Negation),
        st.lists(inner, max_size=3).map(tuple).map(AllOf),
        st.lists(inner, max_size=3).map(tuple).map(AnyOf),
    ),
    max_leaves=6,
)
orders = st.lists(
    st.builds(
        Sort,
        st.sampled_from(sorted(name for name, kind in KNOWN.items() if kind != "codes")),
        st.booleans(),
    ),
    max_size=3,
).map(tuple)
some_tickets = st.lists(tickets(), max_size=10, unique_by=lambda ticket: ticket.id)


def filled(store: FullStore, given_tickets: list[Ticket]) -> FullStore:
    """*store*, with these tickets in it."""
    assert store.commit(Batch(tuple(map(put, given_tickets)))) == Committed()
    return store


def found(store: FullStore, query: TicketQuery) -> list[Ticket]:
    """What a store answers."""
    return [snapshot.ticket for snapshot in store.find(query)]


@given(some_tickets, conditions)
def test_conditions_mean_the_same_everywhere(
    given_tickets: list[Ticket], condition: Condition
) -> None:
    """Whatever is asked of whatever tickets: memory, file and a plain loop find the same."""
    query = TicketQuery(condition, order=(), limit=1_000)
    query.check(KNOWN)
    expected = [
        each for each in oracle.sorted_by(given_tickets, ()) if oracle.holds(each, condition)
    ]
    with all_stores(("memory", "sqlite")) as stores:
        for store in stores.values():
            assert found(filled(store, given_tickets), query) == expected


@given(some_tickets, orders, st.integers(1, 4), st.none() | conditions)
def test_pages_put_together_are_the_whole(
    given_tickets: list[Ticket],
    order: tuple[Sort, ...],
    limit: int,
    condition: Condition | None,
) -> None:
    """In whatever order: walking all pages gives every ticket once, missing values last in both
    directions, ties by id, alike in memory and on file.
    """
    where = AllOf(()) if condition is None else condition
    expected = oracle.sorted_by([t for t in given_tickets if oracle.holds(t, where)], order)
    query = TicketQuery(where, order, limit)
    query.check(KNOWN)
    with all_stores(("memory", "sqlite")) as stores:
        for store in stores.values():
            filled(store, given_tickets)
            assert found(store, evolve(query, limit=1_000)) == expected
            walked: list[Ticket] = []
            after = None
            while page := found(store, evolve(query, after=after)):
                assert len(page) <= limit
                walked += page
                after = order_values(page[-1], order)
            assert walked == expected


@given(some_tickets, tickets())
def test_a_changed_ticket_is_found_as_it_is_now(
    given_tickets: list[Ticket], changed: Ticket
) -> None:
    """After a change every question goes by the new values, on file as in memory."""
    if not given_tickets:
        given_tickets = [changed]
    before = given_tickets[0]
    after = evolve(
        changed,
        id=before.id,
        revision=evolve(before.revision, version=before.version + 1),
        deeds={**before.deeds, **changed.deeds},
    )
    with all_stores(("memory", "sqlite")) as stores:
        for store in stores.values():
            filled(store, given_tickets)
            step = evolve(
                put(after),
                expected=before.version,
                marks=(),
                before=store.load((before.id,))[before.id].snapshot,
            )
            assert store.commit(Batch((step,))) == Committed()
            for name, kind in KNOWN.items():
                value = oracle.value_of(after, name)
                if value is None:
                    condition = Compare(name, "missing")
                elif kind == "codes":
                    condition = Compare(name, "contains", next(iter(value), "li"))
                else:
                    condition = Compare(name, "eq", value)
                expected = [
                    each
                    for each in oracle.sorted_by([after, *given_tickets[1:]], ())
                    if oracle.holds(each, condition)
                ]
                assert found(store, TicketQuery(condition, order=(), limit=1_000)) == expected


def test_the_oracle_knows_instants_by_value() -> None:
    """The second opinion itself: the same instant in two zones is one, text goes by code point."""
    east = datetime.fromisoformat("2026-03-02T17:00:00+08:00")
    west = datetime.fromisoformat("2026-03-02T09:00:00+00:00")
    assert oracle._order(east, west) == 0
    assert oracle._order("�", "💳") < 0
    assert oracle._order("a", "B") > 0
