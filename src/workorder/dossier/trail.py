"""The trail read once: every event with the ticket before and after it."""

from collections.abc import Iterator, Mapping
from types import UnionType
from typing import Any

import attrs
from attrs import frozen

from workorder.dossier.material import Material, sealed_refs
from workorder.errors import InvalidInput, StoreError
from workorder.kernel import evolve
from workorder.storage import Codec, Record
from workorder.ticket import Erased, Event, Sealed, Ticket, opens


@frozen
class Happening:
    """One event.

    Attributes:
        sequence: its number within the ticket.
        event: what happened.
        before: the ticket before it; ``None`` before the first.
        after: the ticket after it.
    """

    sequence: int
    event: Event
    before: Ticket | None
    after: Ticket


@frozen
class Trail:
    """All that happened to a ticket.

    Attributes:
        happenings: every event, in order.
        erased: by reference, what erased a sealed value.
    """

    happenings: tuple[Happening, ...]
    erased: Mapping[str, Happening]


def read_trail(material: Material, codec: Codec) -> Trail:
    """The trail of *material*.

    Raises:
        StoreError: ``unreadable_record`` naming the record.
    """
    happenings = tuple(_happenings(material, codec))
    known: list[str] = []
    erased: dict[str, Happening] = {}
    for record, each in zip(material.records, happenings, strict=True):
        if isinstance(each.event, Erased):
            erased |= dict.fromkeys(each.event.refs or known, each)
        known += sealed_refs(record)
    return Trail(happenings, erased)


def _happenings(material: Material, codec: Codec) -> Iterator[Happening]:
    before: Ticket | None = None
    for record in material.records:
        event = codec.decode(record)
        _read_clocks(record, event)
        after = evolve(before, event, record.ticket_id)
        yield Happening(record.sequence, event, before, after)
        before = after


def _read_clocks(record: Record, event: Event) -> None:
    """Read the clocks of *event*, which wait until somebody asks: here, what is wrong with them is
    still wrong with that record.
    """
    try:
        for name, clock in event.clocks.items():
            if clock.metric != name or not _well_typed(clock):
                raise ValueError(name)  # noqa: TRY301 (said like all else that is wrong with it)
    except Exception as error:
        raise StoreError(
            "unreadable_record",
            ticket=record.ticket_id,
            sequence=record.sequence,
            reason=f"{type(error).__name__}: {error}",
        ) from error


def _well_typed(value: Any) -> bool:
    """Whether every part of a value of plain parts is of its type."""
    for each in attrs.fields(type(value)):
        found = getattr(value, each.name)
        if isinstance(each.type, type | UnionType) and not isinstance(found, each.type):
            return False
        if isinstance(found, tuple) and not all(
            _well_typed(item) if attrs.has(type(item)) else isinstance(item, str) for item in found
        ):
            return False
    return True


def standing(sealed: Sealed, material: Material, trail: Trail, *, texts: bool) -> str:
    """How it stands with a sealed value: ``holds``, ``differs``, ``erased``, ``left_out``,
    ``missing``, or ``unknown`` where its digest cannot be made here.
    """
    kept = material.sealed.get(sealed.ref)
    if kept is None:
        return "erased" if sealed.ref in trail.erased else "missing"
    if not texts:
        return "left_out"
    try:
        return "holds" if opens(sealed, kept) else "differs"
    except InvalidInput:
        return "unknown"
