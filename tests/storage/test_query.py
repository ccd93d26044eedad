"""Questions a store cannot answer exactly are refused, never answered otherwise."""

from contextlib import suppress
from datetime import UTC, datetime

import pytest
from attrs import evolve

from tests.storage.stores import change, write
from workorder.conditions import ALWAYS, AllOf, AnyOf, Compare, Condition, Negation, where
from workorder.errors import InvalidInput, UnsupportedQuery
from workorder.storage import (
    PAGE_LIMIT,
    SEARCHABLE,
    Batch,
    Change,
    FullStore,
    Snapshot,
    Sort,
    TicketQuery,
    order_values,
)
from workorder.ticket import FieldValue, Sealed

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
KNOWN = {
    **SEARCHABLE,
    "fields.amount": "integer",
    "fields.urgent": "flag",
    "fields.tags": "codes",
}


@pytest.mark.parametrize(
    ("condition", "code", "field"),
    [
        (where("colour").equals("red"), "unknown_field", "colour"),
        (where("fields.secret").equals("x"), "unknown_field", "fields.secret"),
        (where("deeds").contains("li"), "unknown_field", "deeds"),
        (where("").is_missing(), "unknown_field", ""),
        (where("state").contains("a"), "wrong_operator", "state"),
        (where("state").equals(5), "wrong_operator", "state"),
        (where("state").equals(True), "wrong_operator", "state"),
        (where("state").equals(NOON), "wrong_operator", "state"),
        (where("state").one_of(["a", 5]), "wrong_operator", "state"),
        (where("state").above(("a",)), "wrong_operator", "state"),
        (where("opened").above("2026-03-02"), "wrong_operator", "opened"),
        (where("opened").contains(NOON), "wrong_operator", "opened"),
        (where("fields.amount").equals("5"), "wrong_operator", "fields.amount"),
        (where("fields.amount").equals(True), "wrong_operator", "fields.amount"),
        (where("fields.urgent").equals(1), "wrong_operator", "fields.urgent"),
        (where("fields.urgent").above(False), "wrong_operator", "fields.urgent"),
        (where("people").equals("li"), "wrong_operator", "people"),
        (where("people").one_of(["li"]), "wrong_operator", "people"),
        (where("people").contains(5), "wrong_operator", "people"),
        (where("fields.tags").above("a"), "wrong_operator", "fields.tags"),
    ],
)
@pytest.mark.parametrize("deep", [False, True])
def test_what_no_store_can_answer(condition: Condition, code: str, field: str, deep: bool) -> None:
    """An unknown field, an operator or a value that does not fit: refused by name, at any depth."""
    asked = AllOf((ALWAYS, AnyOf((Negation(condition),)))) if deep else condition
    with pytest.raises(UnsupportedQuery) as refused:
        TicketQuery(asked).check(KNOWN)
    assert refused.value.code == code
    assert refused.value.facts["field"] == field
    assert field in str(refused.value)


@pytest.mark.parametrize("limit", [0, -1, PAGE_LIMIT + 1])
def test_pages_have_a_size(limit: int) -> None:
    """A page holds at least one ticket and at most the limit."""
    with pytest.raises(UnsupportedQuery) as refused:
        TicketQuery(limit=limit).check()
    assert refused.value.code == "bad_limit"
    TicketQuery(limit=PAGE_LIMIT).check()


@pytest.mark.parametrize(
    ("order", "code"),
    [("colour", "unknown_field"), ("people", "wrong_operator"), (("state", "-x"), "unknown_field")],
)
def test_orders_go_by_single_values(order: str, code: str) -> None:
    """An order by an unknown field or by one of several values is refused."""
    with pytest.raises(UnsupportedQuery) as refused:
        TicketQuery(order=order).check()
    assert refused.value.code == code


def test_orders_are_written_as_names_or_values() -> None:
    """A name, names, or sort keys: all mean the same."""
    expected = (Sort("opened", descending=True), Sort("id"))
    query = TicketQuery(order=("-opened", Sort("id")))
    assert query.order == expected
    assert TicketQuery(order="id").order == (Sort("id"),)


def test_order_values_are_plain(store: FullStore) -> None:
    """Where a ticket stands in an order is plain data: text for instants, its id at the end."""
    ticket = change("T1").snapshot.ticket
    order = (Sort("opened"), Sort("assignee"), Sort("fields.amount"))
    placed = evolve(ticket, fields={"amount": 7})
    assert order_values(placed, order) == ("2026-03-02T09:01:00.000000Z", None, 7, "T1")


@pytest.mark.parametrize("name", ["nonsense", "nonsense.amount", "deeds", "fields", "fields."])
def test_a_store_itself_refuses_unknown_fields(store: FullStore, name: str) -> None:
    """Also asked directly, a store never takes an unknown field for a missing value."""
    write(store, change("T1"))
    with pytest.raises(UnsupportedQuery):
        store.find(TicketQuery(where(name).is_missing()))
    with pytest.raises(UnsupportedQuery):
        store.find(TicketQuery(order=(Sort(name),)))


def _alone(store: FullStore, change: Change) -> None:
    store.commit(Batch((change,)))


def test_tickets_nobody_took_part_in(store: FullStore) -> None:
    """Whether ``people`` is missing has the same answer in every store: there are none."""
    given = change("T1")
    lonely = evolve(given.snapshot.ticket, deeds={})
    _alone(store, evolve(given, snapshot=Snapshot(lonely)))
    write(store, change("T2"))
    found = store.find(TicketQuery(where("people").is_missing()))
    assert [snapshot.ticket.id for snapshot in found] == ["T1"]


def test_several_values_in_a_field(store: FullStore) -> None:
    """A form's field of several codes answers ``contains`` and ``missing`` in every store."""
    for number, tags in enumerate([("fee", "card"), ("cards",), (), None]):
        given = change(f"T{number}")
        fields = {} if tags is None else {"tags": tags}
        ticket = evolve(given.snapshot.ticket, fields=fields)
        _alone(store, evolve(given, snapshot=Snapshot(ticket)))
    query = TicketQuery(where("fields.tags").contains("card"), order=())
    query.check(KNOWN)
    assert [snapshot.ticket.id for snapshot in store.find(query)] == ["T0"]
    rest = TicketQuery(~where("fields.tags").contains("card"), order=())
    assert [snapshot.ticket.id for snapshot in store.find(rest)] == ["T1", "T2", "T3"]


@pytest.mark.parametrize(
    "condition",
    [
        where("fields.amount").equals(2**63),
        where("fields.amount").below(-(2**70)),
        where("fields.amount").one_of([1, 2**64]),
        where("state").equals("\ud800"),
    ],
    ids=["too big", "too small", "one too big", "half a character"],
)
def test_values_no_record_can_hold(store: FullStore, condition: Condition) -> None:
    """A number of more than 64 bits or half a character finds nothing, or is refused plainly."""
    write(store, change("T1"))
    with suppress(InvalidInput, UnsupportedQuery):
        assert list(store.find(TicketQuery(condition))) == []


@pytest.mark.parametrize("operator", ["eq", "in"])
def test_instants_in_questions_have_a_zone(operator: str) -> None:
    """A naive instant is refused where it stands, alone or among several."""
    naive = datetime(2026, 3, 2, 12, 0)
    with pytest.raises(InvalidInput) as refused:
        Compare("opened", operator, (naive,) if operator == "in" else naive)
    assert refused.value.code == "naive_datetime"


def _nested(depth: int) -> Condition:
    condition: Condition = where("state").equals("accepted")
    for _ in range(depth // 2):
        condition = Negation(Negation(condition))
    return condition


@pytest.mark.parametrize(
    "condition",
    [
        AllOf((where("state").equals("accepted"),) * 3_000),
        AnyOf((where("state").equals("accepted"),) * 3_000),
        _nested(300),
        where("state").one_of(["accepted", *(f"s{number}" for number in range(40_000))]),
    ],
    ids=["many together", "many alternatives", "nested deeply", "one of very many"],
)
def test_large_questions(store: FullStore, condition: Condition) -> None:
    """A very large question gets the right answer or ``UnsupportedQuery``, in every store."""
    write(store, change("T1"))
    try:
        found = [snapshot.ticket.id for snapshot in store.find(TicketQuery(condition))]
    except UnsupportedQuery:
        return
    assert found == ["T1"]


@pytest.mark.parametrize(
    ("condition", "ids"),
    [
        (where("fields.level").above(2), ["T3"]),
        (where("fields.level").differs(3), ["T1", "T2"]),
        (where("fields.level").equals("2"), ["T2"]),
        (where("fields.level").equals(True), ["T1"]),
        (where("fields.level").one_of(["2", 3]), ["T2", "T3"]),
        (where("fields.level").is_missing(), ["T4", "T5"]),
    ],
    ids=str,
)
def test_a_field_whose_kind_changed(store: FullStore, condition: Condition, ids: list[str]) -> None:
    """Where a rulebook changed the kind of a field, old values are of another kind, and a sealed
    one is none at all: every store says so alike, and orders numbers before texts.
    """
    levels: list[FieldValue] = [True, "2", 3, None, Sealed("1.level", "c0ffee")]
    for number, level in enumerate(levels, 1):
        given = change(f"T{number}")
        ticket = evolve(given.snapshot.ticket, fields={"level": level})
        _alone(store, evolve(given, snapshot=Snapshot(ticket)))
    found = store.find(TicketQuery(condition, order=()))
    assert [snapshot.ticket.id for snapshot in found] == ids
    everything = store.find(TicketQuery(order=("fields.level",)))
    assert [snapshot.ticket.id for snapshot in everything] == ["T1", "T3", "T2", "T4", "T5"]


@pytest.mark.parametrize(
    "query",
    [
        TicketQuery(where("people").equals("wang")),
        TicketQuery(where("opened").above("2020")),
        TicketQuery(where("id").above(5)),
        TicketQuery(limit=-1),
    ],
    ids=str,
)
def test_a_store_asked_directly_refuses_what_it_cannot_answer(
    store: FullStore, query: TicketQuery
) -> None:
    """Wrong operators, kinds and limits are refused by the store itself as well."""
    write(store, change("T1"))
    with pytest.raises(UnsupportedQuery):
        store.find(query)
