"""Small valid batches, made without a desk: a ticket that is opened, and what follows.

>>> from workorder import MemoryStore
>>> store = MemoryStore()
>>> first = opening("T1")
>>> store.commit(batch(first))
Committed()
>>> store.commit(batch(following(first.snapshot, events=2)))
Committed()
>>> store.load(["T1"])["T1"].snapshot.ticket.version
2
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from attrs import evolve

from workorder.kernel import evolve as after_event
from workorder.storage import (
    Batch,
    Change,
    Codec,
    Mark,
    Message,
    Record,
    Reservation,
    Snapshot,
)
from workorder.ticket import Commented, Event, Opened, Sealed, SealedValue, Timer, Trace
from workorder.workflow import Step

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
"""When the first of these tickets is opened."""

_RULEBOOK = "ab" * 32
_COMMITMENT = "cd" * 32


def opening(
    ticket_id: str = "T1",
    *,
    command_id: str = "c1",
    events: int = 1,
    erased: tuple[str, ...] = (),
    tenant: str = "",
    **values: Any,
) -> Change:
    """The change that opens a ticket.

    Args:
        ticket_id: the ticket.
        command_id: the command it comes from.
        events: how many events it brings, each with its record.
        erased: references of sealed values that go with it.
        tenant: whose ticket it is; stands in the digests of the chain.
        values: attributes of the ticket that are to be otherwise (``state="closed"``).
    """
    return _change(ticket_id, None, command_id, events, erased, tenant, values)


def following(
    before: Snapshot,
    *,
    command_id: str | None = None,
    events: int = 1,
    erased: tuple[str, ...] = (),
    tenant: str = "",
    **values: Any,
) -> Change:
    """The next change of the ticket that stands at *before*.

    Args:
        before: the ticket as it was loaded.
        command_id: the command it comes from; ``c2`` for the one to version 2, if not given.
        events: how many events it brings.
        erased: references of sealed values that go with it.
        tenant: whose ticket it is.
        values: attributes of the ticket that are to be otherwise.
    """
    ticket = before.ticket
    name = f"c{ticket.version + 1}" if command_id is None else command_id
    return _change(ticket.id, before, name, events, erased, tenant, values)


def batch(
    *changes: Change,
    outbox: Iterable[Message] = (),
    sealed: Iterable[SealedValue] = (),
    reservations: Iterable[Reservation] = (),
) -> Batch:
    """A batch of these."""
    return Batch(changes, tuple(outbox), tuple(sealed), tuple(reservations))


def digest_of(command_id: str) -> str:
    """The digest that the mark of a command has in these batches."""
    return f"digest of {command_id}"


def message(ticket_id: str = "T1", topic: str = "ticket.noted", data: bytes = b"{}") -> Message:
    """A message on its way out."""
    return Message(ticket_id, topic, data)


def sealed_value(
    ticket_id: str = "T1", ref: str = "1.text", value: str = "客户的话"
) -> SealedValue:
    """A sealed value."""
    return SealedValue(ticket_id, ref, b"\x00salt\xff", value)


def timers(*due: datetime) -> tuple[Timer, ...]:
    """Timers of a ticket, due at these instants: ``opening("T1", timers=timers(AT))``."""
    return tuple(Timer(f"time.{number}", at, "close") for number, at in enumerate(due))


def _change(
    ticket_id: str,
    before: Snapshot | None,
    command_id: str,
    events: int,
    erased: tuple[str, ...],
    tenant: str,
    values: dict[str, Any],
) -> Change:
    codec = Codec(tenant=tenant)
    ticket = before.ticket if before is not None else None
    head = before.head if before is not None else ""
    expected = ticket.version if ticket is not None else 0
    records: list[Record] = []
    for number in range(events):
        event = _event(ticket_id, expected + 1, command_id, number)
        ticket = after_event(ticket, event, ticket_id)
        record = codec.encode(ticket_id, ticket.revision.events, event, head)
        head = codec.head(record)
        records.append(record)
    if ticket is None:
        raise LookupError(ticket_id)
    return Change(
        ticket_id,
        expected,
        Snapshot(evolve(ticket, **values) if values else ticket, head=head),
        tuple(records),
        (Mark(command_id, digest_of(command_id)),),
        before,
        erased,
    )


def _event(ticket_id: str, version: int, command_id: str, number: int) -> Event:
    at = AT + timedelta(minutes=version)
    trace = Trace("li", "cards", version, at, at, command_id, _RULEBOOK)
    if version == 1 and number == 0:
        step = Step("open", "handler", "", "accepted", "initial")
        return Opened(trace, step, "complaint", f"C-{ticket_id}"[:200], department="cards")
    step = Step("comment", "handler", "accepted", "accepted", "initial")
    return Commented(trace, step, Sealed(f"{version}.{number}.text", _COMMITMENT))
