"""What a store was asked and what it answered, as short lines for people."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from enum import Enum
from typing import Any

from attrs import frozen

from workorder.instants import instant_text
from workorder.storage import (
    Batch,
    CapacityTaken,
    Committed,
    Conflict,
    Message,
    Receipt,
    Record,
    Repeated,
    Snapshot,
    Stored,
    TicketQuery,
)
from workorder.ticket import SealedValue

WIDTH = 40
"""Characters of a text that are shown."""

FEW = 6
"""Values of a list that are shown."""


@frozen
class Call:
    """One call of a store, and what came of it.

    Attributes:
        verb: the method.
        given: its arguments.
        answer: what it gave back, or the error that it raised.
        raised: whether it raised.
    """

    verb: str
    given: tuple[Any, ...]
    answer: Any = None
    raised: bool = False

    def text(self) -> str:
        """The call and its answer, on one line."""
        asked = ", ".join(said(each) for each in self.given)
        answer = _raised(self.answer) if self.raised else said(self.answer)
        return f"{self.verb}({asked}) → {answer}"


def _raised(error: object) -> str:
    return f"raised {type(error).__name__}: {short(str(error), 3 * WIDTH)}"


def short(text: str, width: int = WIDTH) -> str:
    """*text*, cut in the middle if it is long."""
    if len(text) <= width:
        return text
    half = width // 2 - 1
    return f"{text[:half]}…{text[-half:]} ({len(text)} characters)"


def said(value: object) -> str:  # noqa: C901, PLR0912 (one line for each kind of value)
    """A value, as short as it can be told from others."""
    match value:
        case str():
            return repr(short(value))
        case Enum() | bool() | int() | None:
            return str(value)
        case datetime():
            return instant_text(value)
        case bytes():
            return _bytes(value)
        case Batch():
            return _batch(value)
        case Snapshot():
            return _guarded(value)
        case Record():
            return f"record {value.sequence} of {short(value.ticket_id)}: {_bytes(value.data)}"
        case Receipt():
            digest = f"digest {value.digest!r}"
            return (
                f"receipt of {short(value.command_id)!r}: version {value.version}, {digest},"
                f" records {said(value.records)}"
            )
        case Stored():
            rest = f" with {said(list(value.receipts.values()))}" if value.receipts else ""
            return f"{said(value.snapshot)}{rest}"
        case Message():
            return f"message {value.topic!r} of {short(value.ticket_id)}: {_bytes(value.data)}"
        case SealedValue():
            return f"sealed {short(value.ref)!r} of {short(value.ticket_id)}: {said(value.value)}"
        case Committed() | Conflict() | Repeated() | CapacityTaken():
            return _answer(value)
        case TicketQuery():
            return _query(value)
        case Mapping():
            inner = [f"{said(key)}: {said(each)}" for key, each in [*value.items()][:FEW]]
            return "{" + _few(inner, len(value)) + "}"
        case Sequence() | Collection():
            inner = [said(each) for each in [*value][:FEW]]
            return "[" + _few(inner, len(value)) + "]"
        case _:
            return short(repr(value), 3 * WIDTH)


def _few(said_so: list[str], count: int) -> str:
    more = f", … ({count} in all)" if count > len(said_so) else ""
    return ", ".join(said_so) + more


def _bytes(value: bytes) -> str:
    if len(value) <= WIDTH:
        return repr(value)
    return f"{value[: WIDTH // 2]!r}… ({len(value)} bytes)"


def _guarded(snapshot: Snapshot) -> str:
    try:
        return f"{short(snapshot.ticket.id)} at version {snapshot.ticket.version}"
    except Exception as error:  # noqa: BLE001 (also a snapshot that cannot be read is to be named)
        return f"a snapshot that raises {type(error).__name__}"


def _answer(answer: object) -> str:
    match answer:
        case Conflict(ticket_id, version):
            return f"Conflict({short(ticket_id)}, version {version})"
        case Repeated(ticket_id, receipt):
            return f"Repeated({short(ticket_id)}, {said(receipt)})"
        case CapacityTaken(agent):
            return f"CapacityTaken({short(agent)})"
        case _:
            return type(answer).__name__


def _batch(batch: Batch) -> str:
    parts = []
    for change in batch.changes:
        marks = "+".join(short(mark.command_id) for mark in change.marks) or "no command"
        gone = f", erases {said(change.erased)}" if change.erased else ""
        after = _guarded(change.snapshot).rpartition(" ")[2]
        name = short(change.ticket_id)
        parts.append(
            f"{name} {change.expected}→{after} by {marks}, {_records(len(change.records))}{gone}"
        )
    parts += [f"message {each.topic!r}" for each in batch.outbox]
    parts += [f"sealed {short(each.ref)!r}" for each in batch.sealed]
    parts += [f"reserve {each.agent} {each.units:+} of {each.limit}" for each in batch.reservations]
    return "; ".join(parts[:FEW]) + (f"; … ({len(parts)} parts)" if len(parts) > FEW else "")


def _records(count: int) -> str:
    return "1 record" if count == 1 else f"{count} records"


def _query(query: TicketQuery) -> str:
    order = ", ".join(("-" if each.descending else "") + each.field for each in query.order)
    after = f", after {said(query.after)}" if query.after is not None else ""
    where = short(repr(query.where), 4 * WIDTH)
    return f"where {where}, order ({order}), limit {query.limit}{after}"
