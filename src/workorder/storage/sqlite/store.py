"""The SQLite store: the face over connections, writing and querying."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self
from weakref import finalize

from workorder.errors import InvalidInput
from workorder.storage.batch import Answer, Batch, Message, Record, Stored
from workorder.storage.protocols import Capability
from workorder.storage.query import TicketQuery
from workorder.storage.snapshots import Snapshot
from workorder.storage.sqlite.connections import Connections, Synchronous
from workorder.storage.sqlite.leases import claim, give_back
from workorder.storage.sqlite.querying import find_sql
from workorder.storage.sqlite.writing import stored_receipt, write
from workorder.ticket import SealedValue

_EVERYTHING = frozenset(Capability)


class SQLiteStore:
    """A store in one SQLite file; safe under threads and processes.

    Args:
        path: the file; made if it is missing, unless *create* is false.
        tenant: whose tickets these are; a file belongs to one tenant for good.
        synchronous: ``NORMAL`` survives a crash of the program without loss and one of the
            machine without damage; ``FULL`` loses nothing then either, and waits for the disk
            at every commit.
        busy_seconds: how long to wait for others that write.
        create: whether to make a missing file.

    Raises:
        StoreError: ``damaged``, ``not_a_store``, ``other_tenant``, ``schema_version``,
            ``no_such_file``, ``unavailable`` here; ``busy`` from any call.
    """

    def __init__(
        self,
        path: str | Path,
        *,
        tenant: str = "",
        synchronous: Synchronous = "NORMAL",
        busy_seconds: float = 30.0,
        create: bool = True,
    ) -> None:
        if str(path) in {"", ":memory:"}:
            raise InvalidInput(
                "wrong_type",
                name="path",
                expected="a file (MemoryStore needs none)",
                found=str(path),
            )
        if synchronous not in {"NORMAL", "FULL"}:
            raise InvalidInput(
                "not_a_choice", name="synchronous", found=synchronous, choices=("NORMAL", "FULL")
            )
        file = Path(path)
        self._connections = Connections(file, tenant, synchronous, busy_seconds, create=create)
        finalize(self, self._connections.close)
        self._connections.get()

    @property
    def tenant(self) -> str:
        """Whose tickets these are."""
        return self._connections.tenant

    @property
    def capabilities(self) -> Collection[Capability]:
        """Everything."""
        return _EVERYTHING

    def close(self) -> None:
        """Close the file; the store opens it again when it is next used."""
        self._connections.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def load(self, ids: Sequence[str], command_ids: Collection[str] = ()) -> Mapping[str, Stored]:
        """See :meth:`workorder.storage.TicketStore.load`."""
        connections = self._connections
        with connections.plainly(), connections.reading() as connection:
            found = {}
            for ticket_id in ids:
                row = connection.execute(
                    "SELECT snapshot FROM tickets WHERE id = ?", (ticket_id,)
                ).fetchone()
                if row is None:
                    continue
                receipts = {}
                for command_id in command_ids:
                    receipt = stored_receipt(connection, ticket_id, command_id)
                    if receipt is not None:
                        receipts[command_id] = receipt
                found[ticket_id] = Stored(Snapshot(data=row[0].encode()), receipts)
            return found

    def commit(self, batch: Batch) -> Answer:
        """See :meth:`workorder.storage.TicketStore.commit`. One transaction."""
        connections = self._connections
        with connections.plainly():
            connection = connections.get()
            # Threads of one process queue here instead of polling the file's lock.
            with connections.writing:
                answer = write(connection, batch)
                if any(change.erased for change in batch.changes):
                    connections.scrub(connection)
                return answer

    def records(self, ticket_id: str, after: int = 0, limit: int | None = None) -> Sequence[Record]:
        """See :meth:`workorder.storage.HistoryStore.records`."""
        with self._connections.plainly():
            rows = self._connections.get().execute(
                "SELECT sequence, records.version, data FROM records"
                " JOIN tickets ON number = ticket"
                " WHERE id = ? AND sequence > ? ORDER BY sequence LIMIT ?",
                (ticket_id, after, -1 if limit is None else limit),
            )
            return tuple(Record(ticket_id, *row) for row in rows)

    def log(self, after: int = 0, limit: int = 1_000) -> Sequence[tuple[int, Record]]:
        """See :meth:`workorder.storage.HistoryStore.log`."""
        with self._connections.plainly():
            rows = self._connections.get().execute(
                "SELECT position, id, sequence, records.version, data FROM records"
                " JOIN tickets ON number = ticket WHERE position > ? ORDER BY position LIMIT ?",
                (after, limit),
            )
            return tuple((row[0], Record(*row[1:])) for row in rows)

    def ids(self, after: str = "", limit: int = 1_000) -> Sequence[str]:
        """See :meth:`workorder.storage.HistoryStore.ids`."""
        with self._connections.plainly():
            rows = self._connections.get().execute(
                "SELECT id FROM tickets WHERE id > ? ORDER BY id LIMIT ?", (after, limit)
            )
            return tuple(row[0] for row in rows)

    def find(self, query: TicketQuery) -> Sequence[Snapshot]:
        """See :meth:`workorder.storage.QueryStore.find`. By index for the fields that have one."""
        query.check_shape()
        with self._connections.plainly():
            statement, parameters = find_sql(query)
            rows = self._connections.get().execute(statement, parameters)
            return tuple(Snapshot(data=row[0].encode()) for row in rows)

    def reveal(self, ticket_id: str, refs: Collection[str]) -> Mapping[str, SealedValue]:
        """See :meth:`workorder.storage.SealedStore.reveal`."""
        with self._connections.plainly():
            rows = self._connections.get().execute(
                "SELECT ref, salt, value FROM sealed JOIN tickets ON number = ticket WHERE id = ?",
                (ticket_id,),
            )
            wanted = set(refs)
            return {row[0]: SealedValue(ticket_id, *row) for row in rows if row[0] in wanted}

    def claim_due(
        self, at: datetime, until: datetime, worker: str, limit: int = 100
    ) -> Sequence[Snapshot]:
        """See :meth:`workorder.storage.TimerStore.claim_due`. By index: the cost follows what is
        due, not what is open.
        """
        connections = self._connections
        with connections.plainly():
            connection = connections.get()
            with connections.writing:
                rows = claim(connection, at, until, worker, limit)
        return tuple(Snapshot(data=row[1].encode()) for row in rows)

    def release(self, ids: Collection[str], worker: str) -> None:
        """See :meth:`workorder.storage.TimerStore.release`."""
        connections = self._connections
        with connections.plainly():
            connection = connections.get()
            with connections.writing:
                give_back(connection, ids, worker)

    def pending(self, limit: int = 100) -> Sequence[tuple[int, Message]]:
        """See :meth:`workorder.storage.OutboxStore.pending`."""
        with self._connections.plainly():
            rows = self._connections.get().execute(
                "SELECT position, ticket_id, topic, data FROM outbox ORDER BY position LIMIT ?",
                (limit,),
            )
            return tuple((row[0], Message(*row[1:])) for row in rows)

    def taken(self, positions: Collection[int]) -> None:
        """See :meth:`workorder.storage.OutboxStore.taken`."""
        connections = self._connections
        with connections.plainly():
            connection = connections.get()
            with connections.writing:
                connection.executemany(
                    "DELETE FROM outbox WHERE position = ?", [(each,) for each in positions]
                )
