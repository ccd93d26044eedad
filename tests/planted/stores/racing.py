"""Stores that look first and write afterwards: right for one caller, wrong for two at once.

Between looking and writing each lets another caller look as well, so that what elsewhere happens
once a month happens whenever there are two.
"""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from threading import Barrier, BrokenBarrierError, current_thread, main_thread

from tests.planted.stores.parted import PartedStore
from workorder.storage import Answer, Batch, Committed, Snapshot

PATIENCE = 0.05
"""Seconds a caller waits for another one that may have looked at the same time."""


class RacingStore(PartedStore):
    """Has a place where two callers meet."""

    def __init__(self) -> None:
        super().__init__()
        self._meeting = Barrier(2)

    def meet(self) -> None:
        """Wait for another caller, for a moment; the main thread is alone."""
        if current_thread() is not main_thread():
            with suppress(BrokenBarrierError):
                self._meeting.wait(PATIENCE)
            self._meeting.reset()

    def looked_at(self, batch: Batch) -> bool:
        """Whether *batch* is written by look first, write afterwards."""
        raise NotImplementedError

    def commit(self, batch: Batch) -> Answer:
        """Look; let another one look as well, should there be one; write."""
        if not self.looked_at(batch):
            return super().commit(batch)
        with self._lock:
            refused = self._refused(batch)
        if refused is not None:
            return refused
        self.meet()
        with self._lock:
            self._put_whole(batch)
        return Committed()


class LooksThenWrites(RacingStore):
    """Compares the version and then writes, with nothing held in between: both writers pass."""

    def looked_at(self, batch: Batch) -> bool:
        """Where a ticket that is there is changed."""
        return len(batch.changes) == 1 and batch.changes[0].expected > 0


class CountsThenWrites(RacingStore):
    """Compares what is used with the limit and then writes: both get the last unit."""

    def looked_at(self, batch: Batch) -> bool:
        """Where capacity is taken."""
        return bool(batch.reservations)


class ClaimsThenMarks(RacingStore):
    """Selects what is due and marks it afterwards: two workers select the same."""

    def looked_at(self, batch: Batch) -> bool:
        """Nothing: commits are sound."""
        return False

    def claim_due(
        self, at: datetime, until: datetime, worker: str, limit: int = 100
    ) -> Sequence[Snapshot]:
        """Look, let another one look as well, mark."""
        with self._lock:
            before = dict(self._leases)
            found = super().claim_due(at, until, worker, limit)
            self._leases = before
        self.meet()
        with self._lock:
            self._leases |= {each.ticket.id: (worker, until) for each in found}
        return found
