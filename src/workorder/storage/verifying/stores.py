"""Verifying a whole store: every ticket, the log against a checkpoint, and the file itself."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from attrs import frozen

from workorder.canonical import checked_algorithm
from workorder.errors import InvalidInput, StoreError
from workorder.storage.checkpoints import Checkpoint, leaf, pages
from workorder.storage.merkle import MerkleTree
from workorder.storage.protocols import Capability
from workorder.storage.records import Codec
from workorder.storage.verifying.reports import KEPT, Compared, Report, Tally
from workorder.storage.verifying.tickets import (
    TRIES,
    Filed,
    check,
    check_filed,
    codec_for,
    rows_of,
)
from workorder.ticket import Event

SHARE = 500
"""How many tickets are one piece of work."""

Progress = Callable[[str, int], None]
Reopen = Callable[[], Any]

_HURT = {"damaged", "unavailable"}
"""Trouble with a store that is damage to what it keeps."""


@frozen
class Work:
    """What a worker needs to know beside the tickets."""

    replay: bool
    host_events: Mapping[str, type[Event]] | None
    limit: int


def verify_store(
    store: Any,
    *,
    against: Checkpoint | None = None,
    reopen: Reopen | None = None,
    workers: int = 1,
    replay: bool = False,
    host_events: Mapping[str, type[Event]] | None = None,
    limit: int = KEPT,
    progress: Progress = lambda _phase, _done: None,
) -> Report:
    """Verify every ticket of *store*, page by page.

    Memory does not grow with the store: the first *limit* damages are kept, all are counted. Others
    may write meanwhile.

    Args:
        store: a store with history; a store without any has only snapshots to be read.
        against: a checkpoint that was kept elsewhere; the log is read once more to compare it.
        reopen: opens the same store anew in another process; a function that can be pickled.
        workers: how many processes share the work; more than one need *reopen*.
        replay: whether to compare each snapshot with what its records make of it; costs several
            times as much as all the rest.
        host_events: a host's own event types by name, for the replay.
        limit: how many damages are kept.
        progress: told the phase (``tickets`` or ``log``) and how much of it is done.

    Returns:
        The report; no exception comes of anything that is wrong with what is kept.

    Raises:
        InvalidInput: for more workers than one without *reopen*; for a checkpoint by an algorithm
            that this machine does not have.
        StoreError: when the store cannot be read at all; ``unsupported`` for a checkpoint against a
            store without history.
    """
    if workers < 1 or (workers > 1 and reopen is None):
        raise InvalidInput("not_a_choice", name="workers", found=workers, choices=(1,))
    if against is not None:
        checked_algorithm(against.algorithm)
        if Capability.HISTORY not in store.capabilities:
            raise StoreError("unsupported", capability=Capability.HISTORY.value)
    if not hasattr(store, "ids"):
        raise StoreError("unsupported", capability=Capability.HISTORY.value)
    tally = Tally(limit)
    work = Work(replay, host_events, limit)
    for part in _parts(store, work, reopen, workers):
        tally.add(part)
        if part.tickets:
            progress("tickets", tally.tickets)
    compared = None if against is None else _compare(store, against, tally, progress)
    return tally.report(compared)


def _parts(store: Any, work: Work, reopen: Reopen | None, workers: int) -> Iterator[Tally]:
    if workers > 1 and reopen is not None:
        from workorder.storage.verifying.pools import in_processes

        yield from in_processes(shares_of(store), work, reopen, workers)
        return
    codec = codec_for(store, work.host_events, replay=work.replay)
    for share in shares_of(store):
        yield verify_share(store, share, codec, work.limit)
    yield inspected(store, work.limit)


def shares_of(store: Any) -> Iterator[Any]:
    """All tickets of *store* in pieces of work: shares, of a store that offers them; else ids."""
    if hasattr(store, "shares"):
        yield from store.shares(SHARE)
        return
    after = ""
    while page := tuple(store.ids(after, SHARE)):
        yield page
        after = max(after + "\x00", page[-1])


def verify_share(store: Any, share: Any, codec: Codec | None, limit: int) -> Tally:
    """Verify one piece of work."""
    tally = Tally(limit)
    if not hasattr(store, "filed"):
        for ticket_id in share:
            tally.add(check_filed(store, ticket_id, codec, limit))
        return tally
    seen: dict[int, tuple[bytes, Tally]] = {}
    try:
        for _ in range(TRIES):
            if not _look(store, share, codec, limit, seen):
                break
    except StoreError as error:
        if error.code not in _HURT:
            raise
        # A page of the file is broken. What stands before it was read.
        tally.found("", None, "store_unreadable", reason=error.code)
    for _, found in seen.values():
        tally.add(found)
    return tally


def _look(
    store: Any, share: Any, codec: Codec | None, limit: int, seen: dict[int, tuple[bytes, Tally]]
) -> bool:
    """Look at the tickets of a share, into *seen* by their place; of those that were seen, at what
    looked wrong and was written to meanwhile. Whether to look once more.
    """
    again = False
    for place, (ticket_id, snapshot, rows) in enumerate(store.filed(share)):
        before, found = seen.get(place, (None, None))
        if found is None or (found.codes and snapshot != before):
            tally = Tally(limit)
            _one(store, ticket_id, snapshot, rows, codec, tally)
            seen[place] = snapshot, tally
            again = again or bool(tally.codes)
    return again


def _one(
    store: Any, ticket_id: str, snapshot: bytes, rows: Any, codec: Codec | None, tally: Tally
) -> None:
    if rows is None:
        read: Callable[[], Any] = lambda: rows_of(store, ticket_id)  # noqa: E731 (one of two)
    else:
        read = lambda: rows  # noqa: E731 (the other)
    try:
        check(store, Filed(ticket_id, snapshot, read), codec, tally)
    except StoreError as error:
        if error.code not in _HURT:
            raise
        tally.found(ticket_id, None, "store_unreadable", reason=error.code)


def inspected(store: Any, limit: int) -> Tally:
    """What only the file can show, of a store that offers to look."""
    tally = Tally(limit)
    if hasattr(store, "faults"):
        try:
            for each in store.faults():
                tally.found(each.ticket, each.sequence, each.code, **each.facts)
        except StoreError as error:
            if error.code not in _HURT:
                raise
            tally.found("", None, "store_unreadable", reason=error.code)
    return tally


def _compare(store: Any, against: Checkpoint, tally: Tally, progress: Progress) -> Compared:
    """The log against a checkpoint; what is wrong goes into *tally*."""
    tree = MerkleTree(against.algorithm)
    if against.tenant != store.tenant:
        tally.found("", None, "checkpoint_foreign")
        return Compared(against, 0, None)
    try:
        for page in pages(store, against.size):
            for position, record in page:
                entry = leaf(store.tenant, record.ticket_id, record.data)
                if entry is None:
                    tally.found("", None, "log_unreadable", position=position)
                tree.append(entry or b"")
            progress("log", tree.size)
    except StoreError as error:
        if error.code not in _HURT:
            raise
        tally.found("", None, "store_unreadable", reason=error.code)
    if tree.size < against.size:
        tally.found("", None, "checkpoint_short", expected=against.size, found=tree.size)
        return Compared(against, tree.size, None)
    root = tree.root().hex()
    if root != against.root:
        tally.found("", None, "checkpoint_differs", size=against.size)
    return Compared(against, tree.size, root)
