"""Upcasters: earlier bodies are lifted when read, and ways that lead nowhere are refused."""

from typing import Any, ClassVar

import pytest
from attrs import field, frozen

from tests.storage.events import HOST_EVENTS, step, trace
from workorder import Actor, ServiceDesk
from workorder.canonical import decode, encode
from workorder.errors import ConfigurationError, InvalidInput, StoreError
from workorder.kernel import replay
from workorder.storage import Codec, MemoryStore, Record, Upcaster
from workorder.storage.upcasting import Upcasters
from workorder.ticket import Event, HostEvent, OpaqueEvent, Ticket

Body = dict[str, Any]


def _named(body: Body) -> Body:
    return {**body, "reason": body.get("why", "?")}


def _in_cents(body: Body) -> Body:
    return {"cents": body["yuan"] * 100, "reason": body["reason"]}


def _in_yuan(body: Body) -> Body:
    if body["cents"] % 100:
        raise ValueError(body["cents"])
    return {"yuan": body["cents"] // 100, "reason": body["reason"]}


@frozen
class Refunded(HostEvent):
    """A host's event in its third schema: amounts were in yuan once, and reasons had no name."""

    kind = "bank.refunded"
    schema = 3
    upcasters: ClassVar[tuple[Any, ...]] = (
        Upcaster("bank.refunded", 1, _named),
        Upcaster("bank.refunded", 2, _in_cents, lower=_in_yuan),
        Upcaster("bank.paid_back", 1, _named, "bank.refunded", 2),
    )

    cents: int
    reason: str


KNOWN: dict[str, type[Event]] = {Refunded.kind: Refunded}
CODEC = Codec(KNOWN)
EVENT = Refunded(trace(3), step("refund", "open", "open"), 1_200, "fee")


def recorded(kind: str, schema: int, body: Body) -> Record:
    """A record as an earlier version wrote it."""
    record = CODEC.encode("T1", 2, EVENT)
    data = {**decode(record.data), "kind": kind, "schema": schema, "body": body}
    return Record("T1", 2, record.version, encode(data))


@pytest.mark.parametrize(
    ("kind", "schema", "body"),
    [
        ("bank.refunded", 3, {"cents": 1_200, "reason": "fee"}),
        ("bank.refunded", 2, {"yuan": 12, "reason": "fee"}),
        ("bank.refunded", 1, {"yuan": 12, "why": "fee"}),
        ("bank.paid_back", 1, {"yuan": 12, "why": "fee"}),
    ],
)
def test_earlier_schemas_are_lifted(kind: str, schema: int, body: Body) -> None:
    """Whatever schema it was recorded in, and under whatever name, the event is the present one."""
    record = recorded(kind, schema, body)
    event = CODEC.decode(record)
    assert event == EVENT
    assert event.written == (schema if (kind, schema) != ("bank.refunded", 3) else 0)


@pytest.mark.parametrize("body", [{}, {"yuan": "12"}, {"yuan": None, "why": 1}])
def test_a_body_that_cannot_be_lifted_is_damage(body: Body) -> None:
    """What an upcaster chokes on is an unreadable record, named as such."""
    with pytest.raises(StoreError) as refused:
        CODEC.decode(recorded("bank.refunded", 2, body))
    assert refused.value.code == "unreadable_record"


def test_without_the_host_it_stays_opaque() -> None:
    """A codec that was not told of the host's event guesses nothing."""
    assert isinstance(Codec().decode(recorded("bank.refunded", 1, {})), OpaqueEvent)
    assert isinstance(CODEC.decode(recorded("bank.refunded", 4, {})), OpaqueEvent)
    assert isinstance(Codec(HOST_EVENTS).decode(recorded("bank.refunded", 1, {})), OpaqueEvent)


def _same(body: Body) -> Body:
    return body


@pytest.mark.parametrize(
    ("upcasters", "known", "key", "found"),
    [
        ((), [("a", 2)], "a/1", "nothing that lifts it"),
        ((Upcaster("a", 1, _same),), [("a", 3)], "a/1", "a way that ends at a/2"),
        ((Upcaster("a", 1, _same),), [("a", 3)], "a/2", "nothing that lifts it"),
        ((Upcaster("b", 1, _same, "a", 2),), [("a", 1)], "b/1", "a way that ends at a/2"),
        (
            (Upcaster("a", 1, _same, "b", 1), Upcaster("b", 1, _same, "a", 1)),
            [("c", 1)],
            "a/1",
            "a circle: a/1 → b/1 → a/1",
        ),
        ((Upcaster("a", 1, _same, "a", 1),), [("c", 1)], "a/1", "a circle: a/1 → a/1"),
        (
            (Upcaster("a", 1, _same), Upcaster("a", 1, _named)),
            [("a", 2)],
            "a/1",
            "more than one",
        ),
        ((Upcaster("a", 2, _same),), [("a", 2), ("a", 3), ("a", 1)], "a/2", "more than one"),
    ],
)
def test_ways_that_lead_nowhere(
    upcasters: tuple[Upcaster, ...], known: list[tuple[str, int]], key: str, found: str
) -> None:
    """Gaps, circles and doubles are found when the set is made, each named."""
    with pytest.raises(ConfigurationError) as refused:
        Upcasters(upcasters, known)
    assert (key, found) in [(each.key, each.found) for each in refused.value.findings]


def test_a_host_without_a_way_is_refused() -> None:
    """An event in its second schema without an upcaster of the first is a mistake at the start."""

    @frozen
    class Moved(HostEvent):
        kind = "bank.moved"
        schema = 2

    with pytest.raises(ConfigurationError) as refused:
        Codec({"bank.moved": Moved})
    assert [each.key for each in refused.value.findings] == ["bank.moved/1"]


# --- writing an earlier schema -------------------------------------------------------------------


def test_an_earlier_schema_is_written() -> None:
    """While older workers run, the record says what they understand, and reads as it was meant."""
    codec = Codec(KNOWN, write={"bank.refunded": 2})
    written = codec.as_written(EVENT)
    record = codec.encode("T1", 2, written)
    said = decode(record.data)
    assert (said["schema"], said["body"]) == (2, {"yuan": 12, "reason": "fee"})
    assert CODEC.decode(record) == EVENT
    assert written.signature == CODEC.decode(record).signature == "bank.refunded/2"


def test_the_ticket_says_what_was_written() -> None:
    """The mark that an event leaves on a ticket is that of its record, for every reader alike."""
    opened = ServiceDesk(MemoryStore()).open(
        "enquiry", fields={"title": "?"}, actor=Actor("li", "handler")
    )
    codec = Codec(KNOWN, write={"bank.refunded": 2})
    written = codec.as_written(EVENT)
    tickets: list[Ticket | None] = []
    for event in (written, CODEC.decode(codec.encode(opened.id, 2, written))):
        from workorder.kernel import evolve

        tickets.append(evolve(opened, event))
    assert tickets[0] == tickets[1]
    assert tickets[0] is not None
    assert tickets[0].kinds == ("bank.refunded/2",)
    assert replay("T1", []) is None


def test_what_an_earlier_schema_cannot_say_is_refused() -> None:
    """Nothing is written that older workers would misread."""
    codec = Codec(KNOWN, write={"bank.refunded": 2})
    odd = Refunded(trace(3), step("refund", "open", "open"), 1_250, "fee")
    with pytest.raises(InvalidInput) as refused:
        codec.encode("T1", 2, codec.as_written(odd))
    assert refused.value.code == "cannot_be_written"
    assert refused.value.facts["name"] == "bank.refunded/2"


@pytest.mark.parametrize(
    ("write", "key"),
    [
        ({"bank.refunded": 1}, "write.bank.refunded"),
        ({"bank.refunded": 4}, "write.bank.refunded"),
        ({"bank.refunded": 0}, "write.bank.refunded"),
        ({"bank.unheard_of": 1}, "write.bank.unheard_of"),
        ({"ticket.opened": 2}, "write.ticket.opened"),
    ],
)
def test_schemas_that_cannot_be_written(write: dict[str, int], key: str) -> None:
    """A schema without a way back, or that never was, is refused at the start."""
    with pytest.raises(ConfigurationError) as refused:
        Codec(KNOWN, write=write)
    assert [each.key for each in refused.value.findings] == [key]


def test_the_present_schema_may_be_named() -> None:
    """Naming the present schema changes nothing."""
    codec = Codec(KNOWN, write={"bank.refunded": 3, "ticket.opened": 1})
    assert codec.as_written(EVENT) is EVENT
    assert codec.encode("T1", 2, EVENT) == CODEC.encode("T1", 2, EVENT)


@pytest.mark.parametrize("held", [float, int | float, tuple[float, ...], object])
def test_types_that_no_record_keeps(held: Any) -> None:
    """A host's event that could never be written, or read again, is a mistake at the start."""
    from attrs import make_class

    kind: Any = make_class(
        "Weighed", {"grams": field(type=held)}, bases=(HostEvent,), frozen=True, slots=True
    )
    kind.kind = "bank.weighed"
    with pytest.raises(ConfigurationError) as refused:
        Codec({"bank.weighed": kind})
    assert [each.key for each in refused.value.findings] == ["events.bank.weighed.grams"]
