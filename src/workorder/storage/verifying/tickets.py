"""Verifying one ticket: its records, its snapshot, its sealed values."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from attrs import frozen

from workorder.errors import StoreError
from workorder.storage.protocols import Capability
from workorder.storage.records import RECORD_LIMIT, Codec
from workorder.storage.verifying.chains import Row, Walk
from workorder.storage.verifying.replaying import Replay
from workorder.storage.verifying.reports import KEPT, Report, Tally
from workorder.storage.verifying.sealing import check_sealed, held_in
from workorder.ticket import Event

PAGE = 500
"""Records of a ticket that are read at a time, if they are small."""

FIRST_PAGE = 20
PAGE_BYTES = 8 * 2**20
TRIES = 5
"""How often a ticket is looked at again that others write to meanwhile."""


@frozen
class Filed:
    """A ticket as a store has it.

    Attributes:
        ticket_id: the id that it is filed under.
        snapshot: the bytes of its snapshot; ``None``, if there is none.
        rows: reads its records from the first on; each call anew.
    """

    ticket_id: str
    snapshot: bytes | None
    rows: Callable[[], Iterable[Row]]


def filed(store: Any, ticket_id: str) -> Filed:
    """What *store* has of a ticket, by the protocols that every store has."""
    stored = store.load((ticket_id,)).get(ticket_id)
    snapshot = None if stored is None else stored.snapshot.data
    return Filed(ticket_id, snapshot, lambda: rows_of(store, ticket_id))


def rows_of(store: Any, ticket_id: str) -> Iterator[Row]:
    """Its records, page by page; of large ones, fewer at a time."""
    if Capability.HISTORY not in store.capabilities:
        return
    after, limit, largest = 0, FIRST_PAGE, 1
    while page := store.records(ticket_id, after, limit):
        for each in page:
            yield each.sequence, each.version, each.data
            if isinstance(each.data, bytes | str):
                largest = max(largest, len(each.data))
        if len(page) < limit:
            return
        last = page[-1].sequence
        after = max(after + 1, last) if type(last) is int else after + len(page)
        limit = max(1, min(PAGE, PAGE_BYTES // min(largest, RECORD_LIMIT)))


def check(store: Any, found: Filed, codec: Codec | None, tally: Tally) -> None:
    """Verify one ticket, into *tally*."""
    ticket = found.ticket_id
    tally.tickets += 1
    replay = None if codec is None else Replay(ticket, codec, tally)
    walk = Walk(store.tenant, ticket, tally, replay)
    for row in found.rows():
        walk.see(row)
    tally.records += walk.records
    if found.snapshot is not None:
        if Capability.HISTORY in store.capabilities:
            walk.finish(found.snapshot)
    elif walk.records:
        tally.found(ticket, None, "no_snapshot")
    if walk.held != [] and Capability.SEALED in store.capabilities:
        held = held_in(found.rows()) if walk.held is None else walk.held
        check_sealed(store, ticket, held, walk.erasures, tally)


def check_filed(store: Any, ticket_id: str, codec: Codec | None, limit: int) -> Tally:
    """Verify one ticket that others may write to meanwhile: what looks wrong is looked at again, as
    long as the ticket changes.
    """
    before: object = None
    tally = Tally(limit)
    for _ in range(TRIES):
        tally = Tally(limit)
        try:
            found = filed(store, ticket_id)
            check(store, found, codec, tally)
        except Exception as error:
            # Whatever a store makes of bytes that it cannot read, it is this ticket that is hurt.
            if isinstance(error, StoreError) and error.code not in {"damaged", "unavailable"}:
                raise
            reason = error.code if isinstance(error, StoreError) else type(error).__name__
            tally.tickets = 1
            tally.found(ticket_id, None, "store_unreadable", reason=reason)
            return tally
        if not tally.codes or found.snapshot == before:
            return tally
        before = found.snapshot
    return tally


def codec_for(
    store: Any, host_events: Mapping[str, type[Event]] | None, *, replay: bool
) -> Codec | None:
    """What reads records, if they are to be replayed."""
    return Codec(host_events, tenant=store.tenant) if replay else None


def verify_ticket(
    store: Any,
    ticket_id: str,
    *,
    replay: bool = False,
    host_events: Mapping[str, type[Event]] | None = None,
    limit: int = KEPT,
) -> Report:
    """Verify the trail of one ticket.

    Reads its records once (twice, if it has very many sealed values), page by page.

    Args:
        store: any store; of one without history, only the snapshot is there to be read.
        ticket_id: the ticket. One that is not there at all is reported as no ticket.
        replay: whether to compare the snapshot with what the records make of it.
        host_events: a host's own event types by name, for the replay.
        limit: how many damages are kept.

    Returns:
        The report; no exception comes of anything that is wrong with the ticket.

    Raises:
        StoreError: when the store cannot be read at all.
    """
    tally = check_filed(store, ticket_id, codec_for(store, host_events, replay=replay), limit)
    if not tally.records and not tally.codes and ticket_id not in store.load((ticket_id,)):
        tally.tickets = 0
    return tally.report()
