"""The trail read once: every event with the ticket before and after it."""

from collections.abc import Iterator, Mapping

from attrs import frozen

from workorder.dossier.material import Material, sealed_refs
from workorder.errors import InvalidInput
from workorder.kernel import evolve
from workorder.storage import Codec
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
        after = evolve(before, event, record.ticket_id)
        yield Happening(record.sequence, event, before, after)
        before = after


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
