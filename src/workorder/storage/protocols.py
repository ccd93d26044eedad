"""What a store must offer, and what it may.

``load`` and ``commit`` are the whole duty. Everything else is a declared
:class:`Capability` with a small protocol of its own. The asynchronous protocols have the
same methods as coroutines.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from workorder.storage.batch import Answer, Batch, Message, Record, Stored
from workorder.storage.query import TicketQuery
from workorder.storage.snapshots import Snapshot
from workorder.ticket import SealedValue


class Capability(StrEnum):
    """What a store can do beyond its duty."""

    HISTORY = "history"
    """It keeps the records of batches and reads them back."""

    QUERY = "query"
    """It finds tickets by :class:`TicketQuery`."""

    SEALED = "sealed"
    """It keeps sealed values and reads them back."""

    OUTBOX = "outbox"
    """It keeps messages until they are taken off."""

    CAPACITY = "capacity"
    """It applies reservations, and says what they have taken."""

    TIMERS = "timers"
    """It finds tickets whose timers are due, and lends them to one worker at a time."""


class TicketStore(Protocol):
    """The whole duty of a store. One handle belongs to one tenant."""

    @property
    def tenant(self) -> str:
        """Whose tickets these are; keys, queries and histories live inside it."""

    @property
    def capabilities(self) -> Collection[Capability]:
        """What else this store offers."""

    def load(self, ids: Sequence[str], command_ids: Collection[str] = ()) -> Mapping[str, Stored]:
        """The tickets of *ids* that exist, each with the receipts of those *command_ids* that
        were carried out on it.
        """

    def commit(self, batch: Batch) -> Answer:
        """Write all of *batch* or nothing.

        Looks, in this order: was one of the commands carried out before
        (:class:`~workorder.storage.Repeated`); is every ticket at its expected version
        (:class:`~workorder.storage.Conflict`); is there capacity
        (:class:`~workorder.storage.CapacityTaken`). Receipts are part of the duty; records,
        sealed values, messages and reservations only reach stores that declare them. What a
        change erases is gone before its own values are written.
        """


class HistoryStore(Protocol):
    """Capability ``history``."""

    def records(self, ticket_id: str, after: int = 0, limit: int | None = None) -> Sequence[Record]:
        """The records of a ticket with a sequence number above *after*, in order."""

    def log(self, after: int = 0, limit: int = 1_000) -> Sequence[tuple[int, Record]]:
        """Records of all tickets in the order of their commits (within a batch: of its changes),
        with their positions; those above *after*, at most *limit*. Nothing ever appears before
        what was read already.
        """

    def ids(self, after: str = "", limit: int = 1_000) -> Sequence[str]:
        """Ids of all tickets above *after*, by code point, at most *limit*."""


class QueryStore(Protocol):
    """Capability ``query``."""

    def find(self, query: TicketQuery) -> Sequence[Snapshot]:
        """The tickets that *query* asks for, in its order.

        Raises:
            UnsupportedQuery: for what it cannot answer exactly.
        """


class SealedStore(Protocol):
    """Capability ``sealed``."""

    def reveal(self, ticket_id: str, refs: Collection[str]) -> Mapping[str, SealedValue]:
        """The sealed values of a ticket by reference; erased ones are missing."""


class OutboxStore(Protocol):
    """Capability ``outbox``: at least once, in the order of commits."""

    def pending(self, limit: int = 100) -> Sequence[tuple[int, Message]]:
        """The oldest messages, with their positions."""

    def taken(self, positions: Collection[int]) -> None:
        """Forget messages that have been delivered."""


class CapacityStore(Protocol):
    """Capability ``capacity``: what reservations have taken, added up."""

    def used(self, agents: Collection[str]) -> Mapping[str, int]:
        """How many units each of *agents* holds; whoever never had any may be missing."""


class TimerStore(Protocol):
    """Capability ``timers``.

    Leases only keep workers out of each other's way. What a timer does is guarded by the ticket's
    version and by the timer's id: a lease given twice costs time, never correctness.
    """

    def claim_due(
        self, at: datetime, until: datetime, worker: str, limit: int = 100
    ) -> Sequence[Snapshot]:
        """At most *limit* tickets whose next timer is due at or before *at*, the earliest first,
        ties by id; lent to *worker* until *until*. Those that are lent to anybody beyond *at* are
        left out, also when it is the same worker.
        """

    def release(self, ids: Collection[str], worker: str) -> None:
        """Give tickets back that *worker* still has; others are let be."""


class AsyncTicketStore(Protocol):
    """:class:`TicketStore` as coroutines."""

    @property
    def tenant(self) -> str:
        """Whose tickets these are."""

    @property
    def capabilities(self) -> Collection[Capability]:
        """What else this store offers; their methods are coroutines too."""

    async def load(
        self, ids: Sequence[str], command_ids: Collection[str] = ()
    ) -> Mapping[str, Stored]:
        """See :meth:`TicketStore.load`."""

    async def commit(self, batch: Batch) -> Answer:
        """See :meth:`TicketStore.commit`."""


class FullStore(
    TicketStore,
    HistoryStore,
    QueryStore,
    SealedStore,
    OutboxStore,
    CapacityStore,
    TimerStore,
    Protocol,
):
    """Every capability; what the stores that ship offer."""
