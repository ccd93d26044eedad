"""Stores with a fault in history: records, the log, the list of ids."""

import json
from collections.abc import Sequence
from threading import get_ident

from attrs import evolve

from tests.planted.stores.parted import PartedStore
from workorder.storage import Batch, Change, MemoryStore, Record, Snapshot

ID_WIDTH = 64


def as_json(data: bytes) -> bytes:
    """The same JSON as a JSON column writes it: keys sorted by length, blanks after signs."""
    said = json.loads(data)
    return json.dumps(_by_length(said), ensure_ascii=False).encode()


def _by_length(value: object) -> object:
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: (len(key), key))
        return {key: _by_length(value[key]) for key in keys}
    return [_by_length(each) for each in value] if isinstance(value, list) else value


class RecordsAsJson(MemoryStore):
    """Keeps records in a JSON column: the same meaning, other bytes, another digest."""

    def records(self, ticket_id: str, after: int = 0, limit: int | None = None) -> Sequence[Record]:
        """As the column gives them back."""
        found = super().records(ticket_id, after, limit)
        return tuple(evolve(each, data=as_json(each.data)) for each in found)


class SnapshotsAsJson(PartedStore):
    """Keeps snapshots in a JSON column: keys move, and blanks come in."""

    def _file(self, change: Change) -> None:
        kept = Snapshot(data=as_json(change.snapshot.data))
        super()._file(evolve(change, snapshot=kept))


class RecordsByCommand(MemoryStore):
    """Reads records in the order of an index on their bytes, not of their numbers."""

    def records(self, ticket_id: str, after: int = 0, limit: int | None = None) -> Sequence[Record]:
        """By what the index begins with."""
        found = sorted(super().records(ticket_id, after), key=lambda each: each.data)
        return tuple(found[:limit])


class SequenceAsText(MemoryStore):
    """Keeps sequence numbers as text: the tenth record comes before the second."""

    def records(self, ticket_id: str, after: int = 0, limit: int | None = None) -> Sequence[Record]:
        """Ordered as words."""
        found = sorted(super().records(ticket_id, after), key=lambda each: str(each.sequence))
        return tuple(found[:limit])


class RecordsFrom(MemoryStore):
    """Pages records with ``>=``: the last one of a page comes again."""

    def records(self, ticket_id: str, after: int = 0, limit: int | None = None) -> Sequence[Record]:
        """From *after* on."""
        return super().records(ticket_id, max(after - 1, 0), limit)


class RecordsUnlimited(MemoryStore):
    """Overlooks the limit of records."""

    def records(self, ticket_id: str, after: int = 0, limit: int | None = None) -> Sequence[Record]:
        """All there are."""
        return super().records(ticket_id, after)


class VersionNotKept(MemoryStore):
    """Keeps no version with a record, and takes the sequence number for it."""

    def records(self, ticket_id: str, after: int = 0, limit: int | None = None) -> Sequence[Record]:
        """Right, as long as every command brings one event."""
        found = super().records(ticket_id, after, limit)
        return tuple(evolve(each, version=each.sequence) for each in found)


class EqualBytesOnce(PartedStore):
    """Files records under a digest of their bytes: what is said twice is kept once."""

    def _file(self, change: Change) -> None:
        super()._file(change)
        kept = self._records[change.ticket_id]
        seen: dict[bytes, Record] = {}
        for each in kept:
            seen.setdefault(each.data, each)
        self._records[change.ticket_id] = list(seen.values())


class BatchByTicket(PartedStore):
    """Writes the records of a batch sorted by ticket, not in the order of its changes."""

    def _put_changes(self, batch: Batch) -> None:
        before = len(self._log)
        super()._put_changes(batch)
        written = sorted(self._log[before:], key=lambda each: (each.ticket_id, each.sequence))
        self._log[before:] = written


class LogFrom(MemoryStore):
    """Pages the log with ``>=``: the last record of a page comes again."""

    def log(self, after: int = 0, limit: int = 1_000) -> Sequence[tuple[int, Record]]:
        """From *after* on."""
        return super().log(max(after - 1, 0), limit)


class LogOneMore(MemoryStore):
    """Gives one record more than a page of the log holds, to tell whether there is another."""

    def log(self, after: int = 0, limit: int = 1_000) -> Sequence[tuple[int, Record]]:
        """The one that was only to be looked at is handed out."""
        return super().log(after, limit + 1)


class LogCountsThePage(MemoryStore):
    """Numbers the rows of each page of the log from 1: the same position is used again."""

    def log(self, after: int = 0, limit: int = 1_000) -> Sequence[tuple[int, Record]]:
        """``row_number()`` over what was asked for."""
        found = super().log(after, limit)
        return tuple((number, record) for number, (_, record) in enumerate(found, 1))


class LogCountsCommits(PartedStore):
    """Gives all records of a commit one position: a page that ends inside of it loses the rest."""

    def __init__(self) -> None:
        super().__init__()
        self._commits: list[int] = []

    def _put_changes(self, batch: Batch) -> None:
        before = len(self._log)
        super()._put_changes(batch)
        number = self._commits[-1] + 1 if self._commits else 1
        self._commits.extend([number] * (len(self._log) - before))

    def log(self, after: int = 0, limit: int = 1_000) -> Sequence[tuple[int, Record]]:
        """Those of later commits."""
        with self._lock:
            rows = zip(self._commits, self._log, strict=True)
            return tuple(row for row in rows if row[0] > after)[:limit]


class PositionsInBlocks(PartedStore):
    """Hands out positions in blocks, one for each connection: later commits come before earlier."""

    BLOCK = 1_000

    def __init__(self) -> None:
        super().__init__()
        self._positions: list[int] = []
        self._blocks: dict[int, int] = {}

    def _put_changes(self, batch: Batch) -> None:
        before = len(self._log)
        super()._put_changes(batch)
        mine = get_ident()
        for _ in self._log[before:]:
            last = self._blocks.get(mine, 0)
            if last % self.BLOCK == 0:
                last = self.BLOCK * sum(1 for each in self._positions if each % self.BLOCK == 1)
            self._blocks[mine] = last + 1
            self._positions.append(last + 1)

    def log(self, after: int = 0, limit: int = 1_000) -> Sequence[tuple[int, Record]]:
        """By position."""
        with self._lock:
            rows = sorted(zip(self._positions, self._log, strict=True), key=lambda row: row[0])
            return tuple(row for row in rows if row[0] > after)[:limit]


class IdsFrom(MemoryStore):
    """Pages ids with ``>=``: the last one of a page comes again."""

    def ids(self, after: str = "", limit: int = 1_000) -> Sequence[str]:
        """From *after* on."""
        with self._lock:
            return tuple(sorted(each for each in self._tickets if each >= after)[:limit])


class IdsUnsorted(MemoryStore):
    """Reads ids without an order: as they were opened."""

    def ids(self, after: str = "", limit: int = 1_000) -> Sequence[str]:
        """Whatever comes."""
        with self._lock:
            return tuple(each for each in self._tickets if each > after)[:limit]


class IdsAsWords(MemoryStore):
    """Sorts ids as a dictionary of words would: capitals and small letters beside each other."""

    def ids(self, after: str = "", limit: int = 1_000) -> Sequence[str]:
        """By another order than that of code points."""
        with self._lock:
            words = sorted(self._tickets, key=lambda each: (each.casefold(), each))
            start = (after.casefold(), after)
            return tuple(each for each in words if (each.casefold(), each) > start)[:limit]


class IdsOneMore(MemoryStore):
    """Gives one id more than a page holds."""

    def ids(self, after: str = "", limit: int = 1_000) -> Sequence[str]:
        """The one that was only to be looked at is handed out."""
        return super().ids(after, limit + 1)


class IdsFromHistory(MemoryStore):
    """Reads ids from the table of records: a ticket that was written without any is left out."""

    def ids(self, after: str = "", limit: int = 1_000) -> Sequence[str]:
        """Only those that have records."""
        return tuple(each for each in super().ids(after, limit) if self._records.get(each))
