"""Stores with a fault in receipts, or in how tickets are loaded."""

from collections.abc import Collection, Mapping, Sequence

from attrs import evolve

from tests.planted.stores.parted import PartedStore
from workorder.storage import (
    Answer,
    Batch,
    Change,
    Conflict,
    MemoryStore,
    Receipt,
    Repeated,
    Snapshot,
    Stored,
)

ID_WIDTH = 64


class ForgetsOnConflict(PartedStore):
    """Clears up after a conflict by command id, also what an earlier commit had written."""

    def commit(self, batch: Batch) -> Answer:
        """The receipts of the ticket in the way are gone."""
        answer = super().commit(batch)
        if isinstance(answer, Conflict):
            with self._lock:
                self._receipts.get(answer.ticket_id, {}).clear()
        return answer


class RemembersRefused(PartedStore):
    """Notes a stale command as done: when it is tried again it is called a repeat."""

    def commit(self, batch: Batch) -> Answer:
        """What was refused counts."""
        answer = super().commit(batch)
        if isinstance(answer, Conflict):
            with self._lock:
                for change in batch.changes:
                    if change.ticket_id == answer.ticket_id and change.expected < answer.version:
                        for mark in change.marks:
                            self._receipts[change.ticket_id][mark.command_id] = Receipt(
                                mark.command_id, mark.digest, answer.version, ()
                            )
        return answer


class OneCommandPerStore(PartedStore):
    """Makes the ids of later commands unique in the whole table: another ticket's is a repeat."""

    def _refused(self, batch: Batch) -> Answer | None:
        for change in batch.changes:
            for mark in change.marks:
                for ticket_id, known in self._receipts.items():
                    receipt = known.get(mark.command_id)
                    if receipt is not None and receipt.version > 1 and change.expected:
                        return Repeated(ticket_id, receipt)
        return super()._refused(batch)


class ReceiptOfNow(PartedStore):
    """Keeps no version with a receipt, and loads the one the ticket has by now."""

    def load(self, ids: Sequence[str], command_ids: Collection[str] = ()) -> Mapping[str, Stored]:
        """Joined with the ticket's row."""
        found = super().load(ids, command_ids)
        return {
            ticket_id: evolve(
                stored,
                receipts={
                    each: evolve(receipt, version=stored.snapshot.ticket.version)
                    for each, receipt in stored.receipts.items()
                },
            )
            for ticket_id, stored in found.items()
        }


class RepeatWithoutRecords(PartedStore):
    """Answers an opening that arrives twice with the bare receipt: what it brought is left out."""

    def commit(self, batch: Batch) -> Answer:
        """The records are missing."""
        answer = super().commit(batch)
        if isinstance(answer, Repeated) and batch.changes[0].expected == 0:
            return Repeated(answer.ticket_id, evolve(answer.receipt, records=()))
        return answer


class HundredRecords(PartedStore):
    """Keeps a hundred records with a receipt, which nobody thought a command could bring."""

    def _file(self, change: Change) -> None:
        super()._file(change)
        receipts = self._receipts[change.ticket_id]
        for mark in change.marks:
            receipts[mark.command_id] = evolve(
                receipts[mark.command_id], records=change.records[:100]
            )


class FirstMarkOnly(PartedStore):
    """Has one column for the command of a change: further commands of it are not remembered."""

    def _file(self, change: Change) -> None:
        super()._file(evolve(change, marks=change.marks[:1]))


class FiftyReceipts(PartedStore):
    """Keeps the last fifty receipts of a ticket: an older command is carried out again."""

    def _file(self, change: Change) -> None:
        super()._file(change)
        receipts = self._receipts[change.ticket_id]
        for command_id in [*receipts][:-50]:
            del receipts[command_id]


class LastDigest(PartedStore):
    """Writes the digest of a repeat over the first: another command is taken for the same."""

    def commit(self, batch: Batch) -> Answer:
        """The digest of what comes now."""
        answer = super().commit(batch)
        if isinstance(answer, Repeated):
            now = {m.command_id: m.digest for c in batch.changes for m in c.marks}
            digest = now[answer.receipt.command_id]
            if answer.receipt.digest:
                return Repeated(answer.ticket_id, evolve(answer.receipt, digest=digest))
        return answer


class CutCommandIds(PartedStore):
    """Keeps command ids in a column of 64 characters: two long ones become one."""

    def commit(self, batch: Batch) -> Answer:
        """Cut at the door."""
        cut = [
            evolve(c, marks=tuple(evolve(m, command_id=m.command_id[:ID_WIDTH]) for m in c.marks))
            for c in batch.changes
        ]
        return super().commit(evolve(batch, changes=tuple(cut)))

    def load(self, ids: Sequence[str], command_ids: Collection[str] = ()) -> Mapping[str, Stored]:
        """The database cuts what is compared, too."""
        found = super().load(ids, {each[:ID_WIDTH] for each in command_ids})
        return {
            ticket_id: evolve(
                stored,
                receipts={
                    each: stored.receipts[each[:ID_WIDTH]]
                    for each in command_ids
                    if each[:ID_WIDTH] in stored.receipts
                },
            )
            for ticket_id, stored in found.items()
        }


class CachedTickets(MemoryStore):
    """Answers ``load`` from a cache, of which a commit empties the place of its first ticket."""

    def __init__(self) -> None:
        super().__init__()
        self._cached: dict[str, Snapshot] = {}

    def commit(self, batch: Batch) -> Answer:
        """The others go on as they were."""
        for change in batch.changes[:1]:
            self._cached.pop(change.ticket_id, None)
        return super().commit(batch)

    def load(self, ids: Sequence[str], command_ids: Collection[str] = ()) -> Mapping[str, Stored]:
        """As it stood when it was last looked for."""
        found = super().load(ids, command_ids)
        return {
            ticket_id: evolve(stored, snapshot=self._cached.setdefault(ticket_id, stored.snapshot))
            for ticket_id, stored in found.items()
        }


class CachedReceipts(MemoryStore):
    """Remembers that a command was not known, and goes on saying so."""

    def __init__(self) -> None:
        super().__init__()
        self._unknown: set[tuple[str, str]] = set()

    def load(self, ids: Sequence[str], command_ids: Collection[str] = ()) -> Mapping[str, Stored]:
        """Without those that were once missing."""
        found = super().load(ids, command_ids)
        for ticket_id, stored in found.items():
            self._unknown |= {(ticket_id, c) for c in command_ids if c not in stored.receipts}
        return {
            ticket_id: evolve(
                stored,
                receipts={
                    command_id: receipt
                    for command_id, receipt in stored.receipts.items()
                    if (ticket_id, command_id) not in self._unknown
                },
            )
            for ticket_id, stored in found.items()
        }


class AllReceipts(MemoryStore):
    """Gives every receipt of a ticket, as soon as several are asked about."""

    def load(self, ids: Sequence[str], command_ids: Collection[str] = ()) -> Mapping[str, Stored]:
        """Joined without a condition."""
        found = super().load(ids, command_ids)
        if len(command_ids) < 2:
            return found
        return {each: evolve(kept, receipts=self._receipts[each]) for each, kept in found.items()}


class ThousandIds(MemoryStore):
    """Looks for the first thousand ids it is given: a list of a statement holds no more."""

    def load(self, ids: Sequence[str], command_ids: Collection[str] = ()) -> Mapping[str, Stored]:
        """The others are not there."""
        return super().load(ids[:1_000], command_ids)


class HeadLost(PartedStore):
    """Keeps the ticket in columns and makes snapshots of them: the head of its chain is lost."""

    def _file(self, change: Change) -> None:
        super()._file(evolve(change, snapshot=Snapshot(change.snapshot.ticket)))
