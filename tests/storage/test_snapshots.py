"""Snapshots: a ticket to bytes and back, nothing lost, the same bytes every time."""

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from tests.storage.stores import change
from tests.storage.tickets import AT, any_value, texts, tickets
from workorder.canonical import decode
from workorder.storage import Snapshot
from workorder.ticket import FieldValue, Sealed, Ticket

whole_tickets = tickets(texts, st.dictionaries(texts, any_value, max_size=5))


@given(whole_tickets)
def test_a_ticket_survives_its_bytes(ticket: Ticket) -> None:
    """Any ticket (Chinese, emoji, instants, sealed values, deeds, timers) comes back equal,
    every field with the type it had.
    """
    data = Snapshot(ticket).data
    back = Snapshot(data=data).ticket
    assert back == ticket
    assert {name: type(value) for name, value in back.fields.items()} == {
        name: type(value) for name, value in ticket.fields.items()
    }
    assert Snapshot(back).data == data


@given(whole_tickets, whole_tickets)
def test_equal_tickets_have_equal_bytes(one: Ticket, other: Ticket) -> None:
    """Bytes are equal exactly when tickets are, so that they can stand for them."""
    assert (Snapshot(one).data == Snapshot(other).data) == (one == other)
    assert (Snapshot(one) == Snapshot(data=Snapshot(other).data)) == (one == other)


@given(whole_tickets)
def test_the_order_of_keys_does_not_matter(ticket: Ticket) -> None:
    """Fields and deeds put in another order give the same bytes."""
    turned = evolve(
        ticket,
        fields=dict(reversed(list(ticket.fields.items()))),
        deeds=dict(reversed(list(ticket.deeds.items()))),
    )
    assert Snapshot(turned).data == Snapshot(ticket).data


def test_what_stands_in_a_snapshot() -> None:
    """The bytes are readable JSON: values as they are, marked instants and sealed references."""
    fields: dict[str, FieldValue] = {
        "title": Sealed("1.title", "cd" * 32),
        "due": AT,
        "tags": ("费用", "💳"),
        "amount": 12_000,
        "urgent": False,
        "empty": None,
    }
    ticket = evolve(change("T1").snapshot.ticket, fields=fields)
    data = decode(Snapshot(ticket).data)
    assert data["fields"] == {
        "title": {"commitment": "cd" * 32, "sealed": "1.title"},
        "due": {"instant": "2026-03-02T09:00:00.000000Z"},
        "tags": ["费用", "💳"],
        "amount": 12_000,
        "urgent": False,
        "empty": None,
    }
    assert data["deeds"] == {"li": {"handler": ["open"]}}
    assert "费用💳".encode()[:6] in Snapshot(ticket).data


def test_a_snapshot_is_made_of_one_thing() -> None:
    """Of a ticket or of bytes, not of both and not of nothing."""
    ticket = change("T1").snapshot.ticket
    with pytest.raises(TypeError):
        Snapshot()
    with pytest.raises(TypeError):
        Snapshot(ticket, Snapshot(ticket).data)
    assert hash(Snapshot(ticket)) == hash(Snapshot(data=Snapshot(ticket).data))
    assert repr(Snapshot(ticket)) == "Snapshot(T1 at version 1)"
    assert Snapshot(ticket) != ticket
