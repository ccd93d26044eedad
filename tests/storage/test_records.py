"""Records: events to bytes and back; what is unknown is kept, what is damaged is said."""

import json
from typing import Any

import pytest
from attrs import evolve, frozen
from hypothesis import given
from hypothesis import strategies as st

from tests.storage.events import EVENTS, HOST_EVENTS, HOSTS, CardBlocked, step, trace
from workorder.canonical import decode, encode
from workorder.errors import InvalidInput, StoreError
from workorder.kernel import evolve as after
from workorder.kernel import replay
from workorder.storage import FORMAT, RECORD_LIMIT, Codec, Record
from workorder.ticket import Event, HostEvent, OpaqueEvent, Opened
from workorder.ticket.events import BUILT_IN

CODEC = Codec()
named = pytest.mark.parametrize("event", EVENTS, ids=lambda event: type(event).__name__)


def test_every_type_is_here() -> None:
    """The examples cover every event type that ships."""
    assert {type(event) for event in EVENTS} == set(BUILT_IN.values())


@named
def test_an_event_survives_its_bytes(event: Event) -> None:
    """An event comes back equal, and its record is encoded to the same bytes again."""
    record = CODEC.encode("T1", 3, event)
    assert (record.ticket_id, record.sequence, record.version) == ("T1", 3, event.trace.version)
    back = CODEC.decode(record)
    assert back == event
    assert type(back) is type(event)
    assert CODEC.encode("T1", 3, back) == record


@pytest.mark.parametrize("event", HOSTS, ids=lambda event: type(event).__name__)
def test_a_hosts_event_survives_its_bytes(event: Event) -> None:
    """So does an event of a host's own, for a codec that was told of it."""
    codec = Codec(HOST_EVENTS)
    record = codec.encode("T1", 3, event)
    assert codec.decode(record) == event
    assert codec.encode("T1", 3, codec.decode(record)) == record


@named
def test_records_are_flat_and_plain(event: Event) -> None:
    """A record is one canonical JSON object: header apart from body, instants as UTC text."""
    data = CODEC.encode("T1", 3, event).data
    found = decode(data)
    assert encode(found) == data
    assert found["format"] == FORMAT
    assert (found["ticket"], found["sequence"]) == ("T1", 3)
    assert (found["kind"], found["schema"]) == (event.kind, event.schema)
    assert found["at"].endswith("Z")
    assert ("to" in found) == event.step.moved
    assert ("recorded" in found) == (event.trace.recorded_at != event.trace.occurred_at)


def changed(event: Event, codec: Codec = CODEC, **header: object) -> Record:
    """The record of *event*, with something else in its header; ``None`` leaves a key out."""
    record = codec.encode("T1", 2, event)
    data = {**decode(record.data), **header}
    return evolve(record, data=encode({k: v for k, v in data.items() if v is not None}))


@pytest.mark.parametrize("event", [*EVENTS, *HOSTS], ids=lambda event: type(event).__name__)
@pytest.mark.parametrize("header", [{"kind": "bank.unheard_of"}, {"schema": 2}, {"format": 2}])
def test_what_is_unknown_is_kept_as_it_is(event: Event, header: dict[str, object]) -> None:
    """A record of an unknown type, a future schema or a future format loads as opaque: it tells
    who and when and which step, it is never guessed at, and it encodes to the very same bytes.
    """
    record = changed(event, Codec(HOST_EVENTS), **header)
    found = CODEC.decode(record)
    assert isinstance(found, OpaqueEvent)
    assert (found.trace, found.step) == (event.trace, event.step)
    assert found.type == header.get("kind", event.kind)
    assert CODEC.encode("T1", 2, found).data == record.data


def test_an_opaque_event_marks_the_ticket() -> None:
    """Replay goes on over an unknown event: the state is right, and the ticket says what it has."""
    ticket = replay("T1", [EVENTS[0], CODEC.decode(changed(HOSTS[0], Codec(HOST_EVENTS)))])
    assert ticket is not None
    assert ticket.kinds == ("bank.card_blocked/1",)
    assert ticket.revision.events == 2
    assert after(ticket, EVENTS[5]).kinds == ("bank.card_blocked/1",)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff",
        b"null",
        b"[]",
        b"{}",
        b'"text"',
        b"5",
        b"NaN",
        b"[" * 100_000,
        CODEC.encode("T1", 1, EVENTS[0]).data[:-1],
        CODEC.encode("T1", 1, EVENTS[0]).data[1:],
        changed(EVENTS[0], at=None).data,
        changed(EVENTS[0], at="yesterday").data,
        changed(EVENTS[0], at=5).data,
        changed(EVENTS[0], at="2026-03-02T09:00:00").data,
        changed(EVENTS[0], actor=None).data,
        changed(EVENTS[0], kind=None).data,
        changed(EVENTS[0], kind=[]).data,
        changed(EVENTS[0], format=None).data,
        changed(EVENTS[0], body=None).data,
        changed(EVENTS[0], body=[]).data,
        changed(EVENTS[0], body=7).data,
        changed(EVENTS[0], body={"type": "complaint", "fields": 5}).data,
        changed(EVENTS[0], body={"type": "complaint", "fields": {"due": {"instant": 5}}}).data,
        changed(EVENTS[0], body={"type": "complaint", "fields": {"due": {}}}).data,
        changed(EVENTS[7], body={"resolution": "text"}).data,
        changed(EVENTS[7], body={"resolution": {"sealed": "1"}}).data,
        b'{"format":1,"kind":"' + b"x" * RECORD_LIMIT + b'"}',
        changed(
            EVENTS[13], body={**decode(CODEC.encode("T1", 1, EVENTS[13]).data)["body"], "raw": 5}
        ).data,
    ],
)
def test_damaged_records_are_named(data: bytes) -> None:
    """A record that cannot be read is an error that names ticket and number, nothing else."""
    with pytest.raises(StoreError) as refused:
        CODEC.decode(Record("T7", 4, 2, data))
    assert refused.value.code == "unreadable_record"
    assert refused.value.facts["ticket"] == "T7"
    assert refused.value.facts["sequence"] == 4
    assert "T7" in refused.value.text("zh-CN")


plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=4,
)


@given(st.sampled_from(EVENTS), st.data())
def test_damage_never_shows_as_anything_else(event: Event, data: st.DataObject) -> None:
    """Any value put anywhere into a record: it is read, or the error says it is unreadable."""
    whole = decode(CODEC.encode("T1", 1, event).data)
    place = whole
    if "body" in whole and data.draw(st.booleans()):
        place = whole["body"]
    place[data.draw(st.sampled_from(sorted(place)))] = data.draw(plain)
    bad = json.dumps(whole).encode("utf-8", "surrogatepass")
    try:
        found = CODEC.decode(Record("T1", 1, 1, bad))
    except StoreError as refused:
        assert refused.code == "unreadable_record"  # noqa: PT017 (one of two right answers)
    else:
        assert isinstance(found, Event)


@frozen
class Weighed(HostEvent):
    """A host's event that holds what no record keeps."""

    kind = "bank.weighed"

    grams: Any = None


@pytest.mark.parametrize("value", [1.5, float("nan"), b"bytes", {1: 2}, object(), "e\u0301"])
def test_what_records_cannot_keep(value: object) -> None:
    """A float, bytes, keys that are no text, text outside normal form: refused when written."""
    event = Weighed(trace(1), step("weigh", "open", "open"), value)
    with pytest.raises(InvalidInput) as refused:
        Codec({"bank.weighed": Weighed}).encode("T1", 1, event)
    assert refused.value.code == "wrong_type"


def test_a_hosts_event_is_not_taken_for_another() -> None:
    """A codec that was not told of a host's event keeps it opaque; one that was, knows it."""
    record = Codec(HOST_EVENTS).encode("T1", 2, HOSTS[0])
    assert isinstance(CODEC.decode(record), OpaqueEvent)
    assert isinstance(Codec(HOST_EVENTS).decode(record), CardBlocked)
    assert isinstance(Codec(HOST_EVENTS).decode(CODEC.encode("T1", 1, EVENTS[1])), Opened)
