"""Writing a store down: its log in order, and what stands beside it.

Others may write meanwhile. The export ends where the log ended when it began, between two commits.
Memory does not grow with the store, but for the messages that are pending.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256
from typing import Any

from workorder import __version__
from workorder.canonical import decode_known, digest
from workorder.desk import Clock, system_time
from workorder.errors import InvalidInput, StoreError
from workorder.exchange.transfer.cutting import Piece, pieces
from workorder.exchange.transfer.lines import (
    LINE_LIMIT,
    STRETCH_LIMIT,
    Check,
    End,
    Head,
    Line,
    RecordLine,
    written,
)
from workorder.exchange.transfer.moment import moment
from workorder.exchange.transfer.receipts import brought_by
from workorder.exchange.transfer.references import Named, named
from workorder.exchange.transfer.report import ExportReport, Progress
from workorder.instants import aware, instant_text
from workorder.storage import Capability, Snapshot, TicketStore
from workorder.storage.merkle import MerkleTree
from workorder.ticket import SealedValue

PAGE = 1_000
"""Records that are read at once."""

STRETCH = 1_000
"""Records from one check to the next, at most, unless one change has more."""

STRETCH_BYTES = 16 * 2**20
"""Bytes from one check to the next, about."""

BESIDE = (Capability.OUTBOX, Capability.SEALED)
"""What may be written down beside records."""


def export_store(
    store: TicketStore,
    out: Callable[[bytes], object],
    *,
    time: Clock = system_time,
    progress: Progress = lambda _phase, _done, _total: None,
) -> ExportReport:
    """Write down all of *store*, line by line.

    Args:
        store: a store that keeps history.
        out: takes the bytes of each line: the ``write`` of a file.
        time: the clock, for when the export was made.
        progress: told how many records are written.

    Raises:
        StoreError: ``unsupported`` for a store without history; ``unreadable_record``.
        InvalidInput: ``too_large`` for a line beyond :data:`LINE_LIMIT`, and for a change beyond
            :data:`STRETCH_LIMIT`.
    """
    if Capability.HISTORY not in store.capabilities:
        raise StoreError("unsupported", capability=Capability.HISTORY.value)
    return _Export(store, out, progress).run(instant_text(aware(time(), "time")))


class _Export:
    """One run."""

    def __init__(self, store: Any, out: Callable[[bytes], object], progress: Progress) -> None:
        self._store = store
        self._out = out
        self._progress = progress
        self._seals = Capability.SEALED in store.capabilities
        self._tree = MerkleTree()
        self._bytes = sha256()
        self._stretch = 0
        self._stretch_bytes = 0
        self._tickets = 0
        self._marks = 0
        self._sealed = 0

    def run(self, made: str) -> ExportReport:
        """Write everything."""
        store = self._store
        end, messages = moment(store)
        holds = tuple(each.value for each in BESIDE if each in store.capabilities)
        self._write(Head(store.tenant, made, __version__, holds))
        for some in self._pages(end):
            self._records(some)
            self._progress("export", self._tree.size, None)
        for message in messages:
            self._write(message)
            self._check(STRETCH)
        root = self._tree.root().hex()
        counts = self._tickets, self._tree.size, self._marks, self._sealed, len(messages)
        self._write(End(self._bytes.hexdigest(), *counts, root=root))
        self._progress("export", self._tree.size, self._tree.size)
        return ExportReport(*counts, root=root)

    def _write(self, line: Line) -> None:
        data = written(line)
        if len(data) > LINE_LIMIT:
            raise InvalidInput("too_large", name="line", found=len(data), limit=LINE_LIMIT)
        self._bytes.update(data)
        self._stretch += 1
        self._stretch_bytes += len(data)
        if self._stretch_bytes > STRETCH_LIMIT:
            size = self._stretch_bytes
            raise InvalidInput("too_large", name="change", found=size, limit=STRETCH_LIMIT)
        self._out(data)

    def _check(self, lines: int) -> None:
        """Write a check, if there were so many lines since the last one."""
        if self._stretch >= lines or self._stretch_bytes >= STRETCH_BYTES:
            self._write(Check(self._bytes.hexdigest()))
            self._stretch = self._stretch_bytes = 0

    def _pages(self, end: int) -> Iterator[list[Piece]]:
        """The changes up to *end*; one that may go on waits for the next page."""
        position = 0
        waiting: tuple[Named, ...] = ()
        while position < end:
            page = self._store.log(position, PAGE)
            found = (named(record, self._store.tenant) for at, record in page if at <= end)
            some = self._pieces((*waiting, *found))
            position = page[-1][0] if page else end
            waiting = some.pop().records if position < end else ()
            yield some

    def _pieces(self, records: Sequence[Named]) -> list[Piece]:
        commands: dict[str, dict[str, None]] = {}
        for each in records:
            commands.setdefault(each.record.ticket_id, {})[each.command] = None
        brought = {
            ticket_id: list(brought_by(self._store, ticket_id, tuple(ids)))
            for ticket_id, ids in commands.items()
        }
        return list(pieces(records, brought))

    def _records(self, some: Iterable[Piece]) -> None:
        """Write the records of whole changes."""
        last: dict[str, Named] = {}
        refs: dict[str, list[str]] = {}
        for piece in some:
            for each in piece.records:
                last[each.record.ticket_id] = each
                refs.setdefault(each.record.ticket_id, []).extend(each.sealed)
        snapshots = self._store.load(tuple(last))
        kept = {
            ticket_id: self._store.reveal(ticket_id, several)
            for ticket_id, several in refs.items()
            if several and self._seals
        }
        for piece in some:
            for each in piece.records:
                self._record(each, piece, kept.get(each.record.ticket_id, {}), last, snapshots)
            self._check(STRETCH)

    def _record(
        self,
        each: Named,
        piece: Piece,
        kept: dict[str, SealedValue],
        last: dict[str, Named],
        snapshots: Any,
    ) -> None:
        record = each.record
        sealed = tuple(kept[ref] for ref in each.sealed if ref in kept) if kept else ()
        marks = piece.marks if each is piece.records[-1] else None
        snapshot = ""
        if each is last[record.ticket_id] and record.ticket_id in snapshots:
            snapshot = _standing(snapshots[record.ticket_id].snapshot, each.digest)
        self._write(RecordLine(record, sealed, marks, snapshot))
        self._tree.append(bytes.fromhex(each.digest))
        self._tickets += record.sequence == 1
        self._marks += len(marks or ())
        self._sealed += len(sealed)


def _standing(snapshot: Snapshot, head: str) -> str:
    """The digest of a snapshot whose last record is *head*; nothing, if it is another."""
    data = snapshot.data
    # Nearly always it is looked at once: a snapshot without these letters has another head.
    if head.encode() not in data or decode_known(data).get("head") != head:
        return ""
    return digest(data)
