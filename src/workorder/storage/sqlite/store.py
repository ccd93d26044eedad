"""The SQLite store: the tables, over connections that it opens itself."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self
from weakref import finalize

from workorder.errors import InvalidInput
from workorder.storage.batch import Answer, Batch, Committed
from workorder.storage.sqlite.connections import Connections, Synchronous
from workorder.storage.sqlite.schema import Executor
from workorder.storage.sqlite.tables import TablesStore


class SQLiteStore(TablesStore):
    """A store in one SQLite file; safe under threads and processes.

    A host's database into which :class:`JoinedSQLiteStore` made the tables is opened as well, for
    workers that look after tickets alone; its journal stays as the host has it.

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

    def close(self) -> None:
        """Close the file; the store opens it again when it is next used. What other threads are at
        is not broken off: their part of the file is closed when they are done.
        """
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

    @contextmanager
    def _reading(self) -> Iterator[Executor]:
        with self._connections.plainly(), self._connections.using() as connection:
            yield connection

    @contextmanager
    def _moment(self) -> Iterator[Executor]:
        with self._connections.plainly(), self._connections.reading() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Executor]:
        with self._connections.plainly(), self._connections.transaction() as connection:
            yield connection

    def commit(self, batch: Batch) -> Answer:
        """See :meth:`workorder.storage.TicketStore.commit`. One transaction; what was erased is
        gone from the write-ahead log too when it returns, unless somebody reads at the moment.
        """
        answer = super().commit(batch)
        connections = self._connections
        erased = isinstance(answer, Committed) and any(each.erased for each in batch.changes)
        if erased or connections.owed:
            with connections.plainly(), connections.writing:
                connections.tidy()
        return answer
