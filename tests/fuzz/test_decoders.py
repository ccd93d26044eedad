"""Whatever is handed to a decoder: it is read, or refused by name. Never another exception.

A few examples of each here; ``make fuzz`` tries thousands.
"""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any, TypeVar

from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.mutations import mutated, torn
from tests.storage.golden_records import TENANT, TICKET, kept
from workorder import Actor, Comment, Dispatch, MemoryStore, ServiceDesk
from workorder.canonical import SHA_256, decode, is_canonical
from workorder.dossier import dossier
from workorder.dossier.verifier import check
from workorder.errors import ConfigurationError, InvalidInput, StoreError, WorkorderError
from workorder.exchange import export_store, load_store
from workorder.storage import (
    Batch,
    Change,
    Checkpoint,
    Codec,
    GrowthProof,
    Record,
    RecordProof,
    Snapshot,
    prove_growth,
    prove_record,
    take_checkpoint,
)
from workorder.storage.verifying import verify_store, verify_ticket
from workorder.testing import FixedTime, counted_entropy, counted_ids
from workorder.ticket import Event, Ticket

AT = datetime(2026, 9, 30, 4, 0, tzinfo=UTC)
GOLDEN = kept(SHA_256)[0]
WANG = Actor("wang", "supervisor", "cards")
slow = settings(
    max_examples=max(settings().max_examples // 3, 1), suppress_health_check=list(HealthCheck)
)


@cache
def lived() -> tuple[ServiceDesk, MemoryStore, str]:
    """A store with a ticket of a few records."""
    store = MemoryStore("bank")
    desk = ServiceDesk(
        store,
        time=FixedTime(),
        new_id=counted_ids(),
        new_entropy=counted_entropy(),
        secret=b"k",
    )
    fields = {"title": "重复扣款 <b>💳"}
    ticket = desk.open("complaint", customer="C-1", fields=fields, actor=WANG)
    desk.perform(ticket.id, Dispatch(to="li"), actor=WANG)
    desk.perform(ticket.id, Comment("called back"), actor=WANG)
    return desk, store, ticket.id


T = TypeVar("T")
Refused = TypeVar("Refused", bound=WorkorderError)


def tried(kind: type[Refused], read: Callable[[], T]) -> tuple[T | None, Refused | None]:
    """What *read* gives, or the error that it is refused with, which must have its sentences."""
    try:
        return read(), None
    except kind as refused:
        told = refused
    assert told.text()
    assert told.text("zh-CN")
    return None, told


@given(mutated(GOLDEN))
def test_records(data: bytes) -> None:
    """A record reads as an event, or is unreadable, naming ticket and number."""
    found, refused = tried(StoreError, lambda: Codec().decode(Record("T7", 4, 1, data)))
    if refused is not None:
        assert refused.code == "unreadable_record"
        assert (refused.facts["ticket"], refused.facts["sequence"]) == ("T7", 4)
    else:
        assert isinstance(found, Event)


@given(mutated(GOLDEN))
def test_canonical_bytes(data: bytes) -> None:
    """Bytes are read or refused, and what is canonical is so for good."""
    _, refused = tried(InvalidInput, lambda: decode(data))
    if refused is not None:
        assert refused.code == "wrong_type"
        assert not is_canonical(data)
    assert is_canonical(data) in {True, False}


@given(st.data())
def test_snapshots(data: st.DataObject) -> None:
    """A snapshot reads as a ticket, or is unreadable."""
    _, store, ticket_id = lived()
    sound = store.load([ticket_id])[ticket_id].snapshot.data
    found = Snapshot(data=data.draw(mutated([sound])))
    ticket, refused = tried(StoreError, lambda: found.ticket)
    if refused is not None:
        assert refused.code == "unreadable_snapshot"
    else:
        assert isinstance(ticket, Ticket)
        assert isinstance(found.head, str)


def replaced(data: bytes, number: int) -> MemoryStore:
    """The golden chain in a store, with one record replaced."""
    store = MemoryStore(TENANT)
    _, source, ticket_id = lived()
    ticket = evolve(source.load([ticket_id])[ticket_id].snapshot.ticket, id=TICKET)
    records = tuple(
        Record(TICKET, n, n, data if n == number else each) for n, each in enumerate(GOLDEN[:9], 1)
    )
    store.commit(Batch((Change(TICKET, 0, Snapshot(ticket), records, ()),)))
    return store


@slow
@given(mutated(GOLDEN[:9]), st.integers(1, 9), st.booleans())
def test_verification(data: bytes, number: int, replay: bool) -> None:
    """Verifying a damaged store gives a report, for every kind of damage, in both languages."""
    store = replaced(data, number)
    report = verify_store(store, replay=replay)
    assert report.records == 9
    assert not report.sound
    assert report.text()
    assert report.text("zh-CN")
    assert json.dumps(report.as_data())
    assert verify_ticket(store, TICKET, replay=replay).codes == report.codes
    tried(StoreError, lambda: take_checkpoint(store, AT))


@cache
def papers() -> dict[str, bytes]:
    """A checkpoint and both proofs, as bytes."""
    _, store, ticket_id = lived()
    after = take_checkpoint(store, AT)
    older = MemoryStore("bank")
    first = store.records(ticket_id)[:1]
    ticket = store.load([ticket_id])[ticket_id].snapshot.ticket
    older.commit(Batch((Change(ticket_id, 0, Snapshot(ticket), tuple(first), ()),)))
    before = take_checkpoint(older, AT)
    given: dict[str, Mapping[str, Any]] = {
        "checkpoint": after.as_data(),
        "record": prove_record(store, after, ticket_id, 2).as_data(),
        "growth": prove_growth(store, before, after).as_data(),
    }
    return {name: json.dumps(each).encode() for name, each in given.items()}


@slow
@given(st.sampled_from(["checkpoint", "record", "growth"]), st.data())
def test_checkpoints_and_proofs(name: str, data: st.DataObject) -> None:
    """Each is read or refused with findings; a proof that is read says whether it holds."""
    kinds: dict[str, Any] = {"checkpoint": Checkpoint, "record": RecordProof, "growth": GrowthProof}
    try:
        said = json.loads(data.draw(mutated([papers()[name]])))
    except (ValueError, RecursionError):
        return
    found, refused = tried(ConfigurationError, lambda: kinds[name].from_data(said, "kept.json"))
    if refused is not None:
        assert {each.file for each in refused.findings} == {"kept.json"}
    elif isinstance(found, RecordProof | GrowthProof):
        assert found.holds() in {True, False}


@cache
def exported() -> bytes:
    """An export of the store."""
    _, store, _ = lived()
    parts: list[bytes] = []
    export_store(store, parts.append, time=lambda: AT)
    return b"".join(parts)


@slow
@given(st.data())
def test_exports(data: st.DataObject) -> None:
    """A damaged export is refused by name, or loads what was kept; nothing half is left behind."""
    damaged = data.draw(torn([exported()]))
    store = MemoryStore("bank")
    lines = damaged.splitlines(keepends=True)
    tried(WorkorderError, lambda: load_store(lines, store, file="kept.jsonl"))
    report = verify_store(store)
    assert report.sound, report.text()


@cache
def page() -> bytes:
    """A dossier of the ticket."""
    desk, _, ticket_id = lived()
    return dossier(desk.unrestricted(), ticket_id, at=AT).html.encode()


@slow
@given(st.data())
def test_dossiers(data: st.DataObject) -> None:
    """The verifier of a dossier always comes to an end with something to say."""
    damaged = data.draw(torn([page()]))
    found = check(damaged)
    assert found
    assert all(kind and sentence for kind, sentence in found)
