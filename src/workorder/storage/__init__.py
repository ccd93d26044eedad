"""Keeping tickets: what a store must do, what it may, those that ship, and the proof.

A store has two duties. ``load`` gives tickets as they stand, with the receipts of commands
that were carried out. ``commit`` writes one :class:`Batch` whole or not at all, and answers
in one of four ways: :class:`Committed`, :class:`Conflict`, :class:`Repeated`,
:class:`CapacityTaken`. Everything else (history, queries, sealed values, the outbox) is a
declared :class:`Capability`; a store without history is a legal store.

Data passes through in this order: an event becomes a :class:`Record` (canonical bytes, see
:mod:`workorder.storage.records`), the ticket a :class:`Snapshot`, both go into a batch
together with sealed values and messages, and the store files them. Records are opaque to a
store: it keeps bytes and gives back the same bytes. Each names the digest of the one before it
(:mod:`workorder.storage.chain`), and :mod:`workorder.storage.verifying` says whether all of it
still holds, by itself or against a :class:`Checkpoint` that was kept elsewhere.

What does not belong here: deciding anything, reading clocks, retrying.
"""

from workorder.storage.batch import (
    EVERYTHING,
    Answer,
    Batch,
    CapacityTaken,
    Change,
    Committed,
    Conflict,
    Mark,
    Message,
    Receipt,
    Record,
    Repeated,
    Reservation,
    Stored,
)
from workorder.storage.chain import record_digest
from workorder.storage.checkpoints import Checkpoint, take_checkpoint
from workorder.storage.converter import field_data
from workorder.storage.memory import MemoryStore
from workorder.storage.proofs import GrowthProof, RecordProof, prove_growth, prove_record
from workorder.storage.protocols import (
    AsyncTicketStore,
    Capability,
    CapacityStore,
    FullStore,
    HistoryStore,
    OutboxStore,
    QueryStore,
    SealedStore,
    TicketStore,
    TimerStore,
)
from workorder.storage.query import PAGE_LIMIT, SEARCHABLE, Sort, TicketQuery, order_values
from workorder.storage.records import FORMAT, RECORD_LIMIT, Codec
from workorder.storage.snapshots import Snapshot
from workorder.storage.sqlite import JoinedSQLiteStore, SQLiteStore
from workorder.storage.upcasting import Upcaster

__all__ = [
    "EVERYTHING",
    "FORMAT",
    "PAGE_LIMIT",
    "RECORD_LIMIT",
    "SEARCHABLE",
    "Answer",
    "AsyncTicketStore",
    "Batch",
    "Capability",
    "CapacityStore",
    "CapacityTaken",
    "Change",
    "Checkpoint",
    "Codec",
    "Committed",
    "Conflict",
    "FullStore",
    "GrowthProof",
    "HistoryStore",
    "JoinedSQLiteStore",
    "Mark",
    "MemoryStore",
    "Message",
    "OutboxStore",
    "QueryStore",
    "Receipt",
    "Record",
    "RecordProof",
    "Repeated",
    "Reservation",
    "SQLiteStore",
    "SealedStore",
    "Snapshot",
    "Sort",
    "Stored",
    "TicketQuery",
    "TicketStore",
    "TimerStore",
    "Upcaster",
    "field_data",
    "order_values",
    "prove_growth",
    "prove_record",
    "record_digest",
    "take_checkpoint",
]
