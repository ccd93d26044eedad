"""What a dossier is made of: everything that a store keeps of one ticket, of one moment."""

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import frozen

from workorder.canonical import decode_known
from workorder.errors import CommandRefused, StoreError
from workorder.refusals import Refusal
from workorder.storage import Capability, Record, Snapshot, TicketStore
from workorder.ticket import SealedValue

ATTEMPTS = 5

_FORMS = {"fields", "raw", "promises", "clocks", "given"}
"""Keys under which a host's own names stand; an object there is no sealed value itself."""


@frozen
class Material:
    """Everything that a store keeps of one ticket.

    Attributes:
        tenant: whose it is.
        snapshot: the ticket as it stands.
        records: all of its records, in order.
        sealed: the sealed values that are there, by reference.
    """

    tenant: str
    snapshot: Snapshot
    records: tuple[Record, ...]
    sealed: Mapping[str, SealedValue] = {}


def gathered(store: TicketStore, ticket_id: str) -> Material:
    """Everything that *store* keeps of a ticket, all of it of one moment: if somebody changes the
    ticket meanwhile, it is read again.

    Raises:
        CommandRefused: ``not_found``; ``conflict`` when it never stood still.
        StoreError: ``unsupported`` for a store without history.
    """
    if Capability.HISTORY not in store.capabilities:
        raise StoreError("unsupported", capability=Capability.HISTORY.value)
    kept: Any = store  # what it declares, it has
    snapshot = _loaded(store, ticket_id)
    for _ in range(ATTEMPTS):
        records = tuple(kept.records(ticket_id))
        refs = {ref for record in records for ref in sealed_refs(record)}
        reveals = refs and Capability.SEALED in store.capabilities
        found = kept.reveal(ticket_id, refs) if reveals else {}
        sealed = {ref: each for ref, each in found.items() if _whole(each)}
        now = _loaded(store, ticket_id)
        if now.ticket.version == snapshot.ticket.version:
            return Material(store.tenant, now, records, sealed)
        snapshot = now
    raise CommandRefused(Refusal("conflict", facts={"attempts": ATTEMPTS}))


def _whole(kept: SealedValue) -> bool:
    """Whether it is what was put in; a damaged store may give anything."""
    return type(kept.salt) is bytes and type(kept.value) is str


def _loaded(store: TicketStore, ticket_id: str) -> Snapshot:
    found = store.load([ticket_id]).get(ticket_id)
    if found is None:
        facts = {"ticket": ticket_id, "actor": "-"}
        raise CommandRefused(Refusal("not_found", facts=facts))
    return found.snapshot


def sealed_refs(record: Record) -> Iterator[str]:
    """The references to sealed values in a record; none in one that cannot be read."""
    try:
        rest: list[tuple[str, Any]] = [("", decode_known(record.data))]
    except (ValueError, RecursionError):
        return
    while rest:
        key, each = rest.pop()
        if isinstance(each, list):
            rest += [("", item) for item in each]
        elif isinstance(each, dict):
            if each.keys() == {"sealed", "commitment"} and key not in _FORMS:
                yield str(each["sealed"])
            else:
                rest += each.items()
