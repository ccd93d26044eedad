"""Stores with a fault in what ``commit`` promises: all or nothing, versions, which answer."""

from attrs import evolve

from tests.planted.stores.parted import PartedStore
from workorder.storage import (
    Answer,
    Batch,
    CapacityTaken,
    Committed,
    Conflict,
    MemoryStore,
    Repeated,
)


class LostUpdate(PartedStore):
    """Updates by id alone where one ticket is written: whoever is late wins."""

    def _refused(self, batch: Batch) -> Answer | None:
        refused = super()._refused(batch)
        if isinstance(refused, Conflict) and len(batch.changes) == 1:
            stale = 0 < batch.changes[0].expected < refused.version
            return None if stale else refused
        return refused


class InsertOrReplace(PartedStore):
    """Opens with ``INSERT OR REPLACE``: an opening writes over the ticket that has the id."""

    def _refused(self, batch: Batch) -> Answer | None:
        here = self._tickets
        trusting = tuple(
            evolve(change, expected=here[change.ticket_id].ticket.version)
            if change.expected == 0 and change.ticket_id in here
            else change
            for change in batch.changes
        )
        return super()._refused(evolve(batch, changes=trusting))


class CountIgnored(MemoryStore):
    """Does not look at how many rows an update changed: a missing ticket is said to be written."""

    def commit(self, batch: Batch) -> Answer:
        """None of the rows is there, and nobody notices."""
        answer = super().commit(batch)
        return Committed() if isinstance(answer, Conflict) and answer.version == 0 else answer


class FirstVersionOnly(MemoryStore):
    """Compares the version of the first ticket of a batch, and trusts the others."""

    def _refused(self, batch: Batch) -> Answer | None:
        refused = super()._refused(batch)
        if isinstance(refused, Conflict) and refused.ticket_id != batch.changes[0].ticket_id:
            return None
        return refused


class HalfABatch(PartedStore):
    """Opens tickets in transactions of their own: what was opened before a conflict stays."""

    def commit(self, batch: Batch) -> Answer:
        """Openings first, then what can be in the way."""
        with self._lock:
            refused = self._refused(batch)
            if isinstance(refused, Conflict):
                for change in batch.changes:
                    if change.expected == 0 and change.ticket_id not in self._tickets:
                        self._file(change)
            if refused is None:
                self._put_whole(batch)
            return refused or Committed()


class KeepsRefusedRecords(PartedStore):
    """Keeps records in a table that knows no roll-back: those before the conflict stay."""

    def commit(self, batch: Batch) -> Answer:
        """The log has them, and no ticket does."""
        answer = super().commit(batch)
        if isinstance(answer, Conflict):
            with self._lock:
                for change in batch.changes:
                    if change.ticket_id == answer.ticket_id:
                        break
                    self._log.extend(change.records)
        return answer


class KeepsRefusedSealed(PartedStore):
    """Keeps sealed values in another database, which knows nothing of a roll-back."""

    def commit(self, batch: Batch) -> Answer:
        """They are there, whatever the answer is."""
        answer = super().commit(batch)
        if isinstance(answer, Conflict):
            with self._lock:
                self._put_sealed(batch)
        return answer


class SendsRefusedMessages(PartedStore):
    """Sends at once where one ticket is written: also what is then refused."""

    def commit(self, batch: Batch) -> Answer:
        """The message is gone, whatever the answer is."""
        answer = super().commit(batch)
        if not isinstance(answer, Committed) and len(batch.changes) == 1:
            with self._lock:
                self._put_messages(batch)
        return answer


class ReservesForRefused(PartedStore):
    """Counts reservations before it looks at versions, and takes nothing back."""

    def commit(self, batch: Batch) -> Answer:
        """The units are gone, whatever the answer is."""
        answer = super().commit(batch)
        if isinstance(answer, Conflict):
            with self._lock:
                self._put_reservations(batch)
        return answer


class ErasesForRefused(PartedStore):
    """Erases at once, in a transaction of its own: also for a batch that is refused."""

    def commit(self, batch: Batch) -> Answer:
        """The values are gone, whatever the answer is."""
        answer = super().commit(batch)
        if isinstance(answer, Conflict):
            with self._lock:
                for change in batch.changes:
                    if change.erased:
                        self._forget(change, self._receipts.get(change.ticket_id, {}))
        return answer


class ConflictBeforeRepeat(PartedStore):
    """Looks at versions first: a late repeat is answered with a conflict."""

    def _refused(self, batch: Batch) -> Answer | None:
        refused = super()._refused(batch)
        if isinstance(refused, Repeated):
            anonymous = tuple(evolve(change, marks=()) for change in batch.changes)
            answer = super()._refused(evolve(batch, changes=anonymous))
            opened = {change.ticket_id for change in batch.changes if change.expected == 0}
            if isinstance(answer, Conflict) and answer.ticket_id not in opened:
                return answer
        return refused


class OpeningTwiceConflicts(PartedStore):
    """Lets the insert fail, and calls that a conflict: also an opening that arrives twice."""

    def _refused(self, batch: Batch) -> Answer | None:
        refused = super()._refused(batch)
        if isinstance(refused, Repeated):
            for change in batch.changes:
                if change.expected == 0 and change.ticket_id == refused.ticket_id:
                    now = self._tickets[change.ticket_id].ticket.version
                    return Conflict(change.ticket_id, now)
        return refused


class CapacityFirst(PartedStore):
    """Looks for capacity before versions: a stale command is told that somebody has no room."""

    def _refused(self, batch: Batch) -> Answer | None:
        refused = super()._refused(batch)
        if isinstance(refused, Conflict):
            answer = super()._refused(Batch((), reservations=batch.reservations))
            return answer if isinstance(answer, CapacityTaken) else refused
        return refused


class RepeatInFirstOnly(PartedStore):
    """Looks for a repeat on the first ticket of a batch, where the command was given."""

    def _refused(self, batch: Batch) -> Answer | None:
        later = tuple(evolve(change, marks=()) for change in batch.changes[1:])
        return super()._refused(evolve(batch, changes=(*batch.changes[:1], *later)))


class ConflictNamesExpected(PartedStore):
    """Answers an opening in conflict with the version that was named: nought."""

    def commit(self, batch: Batch) -> Answer:
        """Right to refuse, and no help to whoever asks why."""
        answer = super().commit(batch)
        if isinstance(answer, Conflict):
            (named,) = [c.expected for c in batch.changes if c.ticket_id == answer.ticket_id]
            return Conflict(answer.ticket_id, 0) if named == 0 else answer
        return answer


class ConflictNamesLast(PartedStore):
    """Looks at the tickets of a batch from the last to the first, and names another one."""

    def _refused(self, batch: Batch) -> Answer | None:
        refused = super()._refused(batch)
        if isinstance(refused, Conflict):
            return super()._refused(evolve(batch, changes=batch.changes[::-1]))
        return refused
