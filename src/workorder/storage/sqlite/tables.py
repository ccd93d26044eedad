"""What every store on these tables does, whoever opened the connection."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import TYPE_CHECKING, Any

from workorder.storage.batch import Answer, Batch, Committed, Message, Record, Stored
from workorder.storage.protocols import Capability
from workorder.storage.query import TicketQuery
from workorder.storage.snapshots import Snapshot
from workorder.storage.sqlite import reading
from workorder.storage.sqlite.leases import claim, give_back
from workorder.storage.sqlite.schema import Executor
from workorder.storage.sqlite.writing import InTheWay, put, why_not
from workorder.ticket import SealedValue

if TYPE_CHECKING:
    from workorder.storage.verifying.damages import Damage

_EVERYTHING = frozenset(Capability)


class TablesStore(ABC):
    """A store on the tables; how it comes to a connection and a transaction is its own matter."""

    @abstractmethod
    def _reading(self) -> AbstractContextManager[Executor]:
        """What one statement that reads is put to."""

    @abstractmethod
    def _moment(self) -> AbstractContextManager[Executor]:
        """What several statements are put to that read as of one moment."""

    @abstractmethod
    def _writing(self) -> AbstractContextManager[Executor]:
        """What statements are put to that are carried out together or not at all."""

    @property
    def capabilities(self) -> Collection[Capability]:
        """Everything."""
        return _EVERYTHING

    def load(self, ids: Sequence[str], command_ids: Collection[str] = ()) -> Mapping[str, Stored]:
        """See :meth:`workorder.storage.TicketStore.load`."""
        with self._moment() as executor:
            return reading.load(executor, ids, command_ids)

    def commit(self, batch: Batch) -> Answer:
        """See :meth:`workorder.storage.TicketStore.commit`."""
        try:
            with self._writing() as executor:
                put(executor, batch)
        except InTheWay as stopped:
            # Asked after it was undone; what was in the way then still is: versions only grow.
            with self._moment() as executor:
                return why_not(executor, batch, stopped)
        return Committed()

    def records(self, ticket_id: str, after: int = 0, limit: int | None = None) -> Sequence[Record]:
        """See :meth:`workorder.storage.HistoryStore.records`."""
        with self._reading() as executor:
            return reading.records(executor, ticket_id, after, limit)

    def log(self, after: int = 0, limit: int = 1_000) -> Sequence[tuple[int, Record]]:
        """See :meth:`workorder.storage.HistoryStore.log`."""
        with self._reading() as executor:
            return reading.log(executor, after, limit)

    def ids(self, after: str = "", limit: int = 1_000) -> Sequence[str]:
        """See :meth:`workorder.storage.HistoryStore.ids`."""
        with self._reading() as executor:
            return reading.ids(executor, after, limit)

    def find(self, query: TicketQuery) -> Sequence[Snapshot]:
        """See :meth:`workorder.storage.QueryStore.find`. By index for the fields that have one."""
        query.check_shape()
        with self._reading() as executor:
            return reading.find(executor, query)

    def reveal(self, ticket_id: str, refs: Collection[str]) -> Mapping[str, SealedValue]:
        """See :meth:`workorder.storage.SealedStore.reveal`."""
        with self._reading() as executor:
            return reading.reveal(executor, ticket_id, refs)

    def used(self, agents: Collection[str]) -> Mapping[str, int]:
        """See :meth:`workorder.storage.CapacityStore.used`."""
        with self._moment() as executor:
            return reading.used(executor, agents)

    def claim_due(
        self, at: datetime, until: datetime, worker: str, limit: int = 100
    ) -> Sequence[Snapshot]:
        """See :meth:`workorder.storage.TimerStore.claim_due`. By index: the cost follows what is
        due, not what is open.
        """
        with self._writing() as executor:
            rows = claim(executor, at, until, worker, limit)
        return tuple(Snapshot(data=row[1]) for row in rows)

    def release(self, ids: Collection[str], worker: str) -> None:
        """See :meth:`workorder.storage.TimerStore.release`."""
        with self._writing() as executor:
            give_back(executor, ids, worker)

    def shares(self, size: int) -> Iterator[tuple[int, int]]:
        """All tickets in shares of *size*, to be given to :meth:`filed`."""
        from workorder.storage.sqlite import inspecting

        after: int | None = inspecting.FIRST
        while after is not None:
            with self._reading() as executor:
                share = inspecting.share(executor, after, size)
            if share is not None:
                yield share
            after = None if share is None else share[1]

    def filed(
        self, share: tuple[int, int]
    ) -> Iterator[tuple[str, bytes, list[tuple[Any, Any, Any]] | None]]:
        """The tickets of a share as of one moment, for a verification: id, bytes of the snapshot,
        records (sequence, version, bytes); none, where they are too many to be held.
        """
        from workorder.storage.sqlite import inspecting

        # Whole before the first is given: whoever goes through them may do other things meanwhile.
        with self._moment() as executor:
            found = list(inspecting.filed(executor, share))
        yield from found

    def faults(self) -> Iterator["Damage"]:
        """What only the file can show: broken pages and indexes, rows whose ticket is gone, values
        that were erased and are still there, columns that differ from the snapshot.
        """
        from workorder.storage.sqlite import inspecting

        with self._moment() as executor:
            found = list(inspecting.faults(executor))
        yield from found

    def pending(self, limit: int = 100) -> Sequence[tuple[int, Message]]:
        """See :meth:`workorder.storage.OutboxStore.pending`."""
        with self._reading() as executor:
            return reading.pending(executor, limit)

    def taken(self, positions: Collection[int]) -> None:
        """See :meth:`workorder.storage.OutboxStore.taken`."""
        with self._writing() as executor:
            executor.executemany(
                "DELETE FROM workorder_outbox WHERE position = ?", [(each,) for each in positions]
            )
