"""Stores with a fault in leases."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta

from tests.planted.stores.parted import PartedStore
from workorder.storage import Answer, Batch, Change, MemoryStore, Snapshot

TICK = timedelta(microseconds=1)


class LentTwice(MemoryStore):
    """Looks for leases of the worker that asks: what another one has is lent again."""

    def claim_due(
        self, at: datetime, until: datetime, worker: str, limit: int = 100
    ) -> Sequence[Snapshot]:
        """To whoever asks."""
        with self._lock:
            for ticket_id, (holder, _) in [*self._leases.items()]:
                if holder != worker:
                    del self._leases[ticket_id]
            return super().claim_due(at, until, worker, limit)


class EndsEarly(MemoryStore):
    """Rounds up to the next second: in its last one a lease has ended already."""

    def claim_due(
        self, at: datetime, until: datetime, worker: str, limit: int = 100
    ) -> Sequence[Snapshot]:
        """Those that end within a second are free."""
        with self._lock:
            for ticket_id, (_, end) in [*self._leases.items()]:
                if end < at + timedelta(seconds=1):
                    del self._leases[ticket_id]
            return super().claim_due(at, until, worker, limit)


class NeverExpires(MemoryStore):
    """Marks a ticket as taken, without an end: a worker that dies takes it along."""

    def claim_due(
        self, at: datetime, until: datetime, worker: str, limit: int = 100
    ) -> Sequence[Snapshot]:
        """Until it is given back."""
        return super().claim_due(at, at + timedelta(days=36_500), worker, limit)


class ExpiresLate(MemoryStore):
    """Compares the end of a lease with ``<``: at its very instant the ticket is still taken."""

    def claim_due(
        self, at: datetime, until: datetime, worker: str, limit: int = 100
    ) -> Sequence[Snapshot]:
        """One microsecond more."""
        return super().claim_due(at, until + TICK, worker, limit)


class DueEarly(MemoryStore):
    """Looks a microsecond ahead: what is not due yet is lent already."""

    def claim_due(
        self, at: datetime, until: datetime, worker: str, limit: int = 100
    ) -> Sequence[Snapshot]:
        """Compared with what comes after *at*."""
        with self._lock:
            found = super().claim_due(at, until, worker, limit)
            early = super().claim_due(at + TICK, until, worker, limit)
            fresh = [each for each in early if each.ticket.next_timer_at == at + TICK]
            self.release({s.ticket.id for s in early} - {s.ticket.id for s in fresh}, worker)
            return (*found, *fresh)[:limit]


class ClaimsInAnyOrder(MemoryStore):
    """Claims by id: with many tickets due, the latest of them wait longest."""

    def claim_due(
        self, at: datetime, until: datetime, worker: str, limit: int = 100
    ) -> Sequence[Snapshot]:
        """The first by id, whenever they were due."""
        with self._lock:
            found = super().claim_due(at, until, worker, len(self._tickets) or 1)
            first = sorted(found, key=lambda each: each.ticket.id)[:limit]
            self.release({s.ticket.id for s in found} - {s.ticket.id for s in first}, worker)
            return tuple(first)


class TiesUnbroken(MemoryStore):
    """Orders by instant alone: of those due at one instant, whichever comes."""

    def claim_due(
        self, at: datetime, until: datetime, worker: str, limit: int = 100
    ) -> Sequence[Snapshot]:
        """Here the last by id first."""
        with self._lock:
            found = super().claim_due(at, until, worker, len(self._tickets) or 1)
            turned = sorted(found, key=lambda each: each.ticket.id, reverse=True)
            turned.sort(key=lambda each: each.ticket.next_timer_at or at)
            self.release([each.ticket.id for each in turned[limit:]], worker)
            return tuple(turned[:limit])


class ClaimsOneMore(MemoryStore):
    """Lends one ticket more than was asked for."""

    def claim_due(
        self, at: datetime, until: datetime, worker: str, limit: int = 100
    ) -> Sequence[Snapshot]:
        """The limit is counted from nought."""
        return super().claim_due(at, until, worker, limit + 1)


class ReleasesOthers(MemoryStore):
    """Gives back whatever is named, whoever has it."""

    def release(self, ids: Collection[str], worker: str) -> None:
        """Deleted by id alone."""
        with self._lock:
            for ticket_id in ids:
                self._leases.pop(ticket_id, None)


class ReleasesAll(MemoryStore):
    """Gives back everything a worker has, whichever was named."""

    def release(self, ids: Collection[str], worker: str) -> None:
        """Deleted by worker alone."""
        super().release(tuple(self._leases), worker)


class CommitEndsLease(PartedStore):
    """Keeps the lease in the ticket's row, and writes the whole row with every commit."""

    def _file(self, change: Change) -> None:
        super()._file(change)
        self._leases.pop(change.ticket_id, None)


class TimerOfTheOpening(PartedStore):
    """Writes the column of the next timer when a ticket is opened, and never again."""

    def __init__(self) -> None:
        super().__init__()
        self._first: dict[str, datetime | None] = {}

    def _file(self, change: Change) -> None:
        super()._file(change)
        self._first.setdefault(change.ticket_id, change.next_timer_at)

    def claim_due(
        self, at: datetime, until: datetime, worker: str, limit: int = 100
    ) -> Sequence[Snapshot]:
        """By the timer it once had."""
        with self._lock:
            due = sorted(
                (timer, each) for each, timer in self._first.items() if timer and timer <= at
            )
            free = [each for _, each in due if not self._lent(each, at)][:limit]
            self._leases |= dict.fromkeys(free, (worker, until))
            return tuple(self._tickets[each] for each in free)

    def _lent(self, ticket_id: str, at: datetime) -> bool:
        return ticket_id in self._leases and self._leases[ticket_id][1] > at


class WallClock(PartedStore):
    """Compares instants without their zone: nine o'clock in Shanghai is nine o'clock in London."""

    def claim_due(
        self, at: datetime, until: datetime, worker: str, limit: int = 100
    ) -> Sequence[Snapshot]:
        """As the hands of the clock stand."""
        return super().claim_due(_bare(at), _bare(until), worker, limit)


def _bare(at: datetime) -> datetime:
    return at.replace(tzinfo=UTC)


class ReleasesAllForNone(MemoryStore):
    """Leaves the ids out of the condition where there are none: every lease of the worker goes."""

    def release(self, ids: Collection[str], worker: str) -> None:
        """An empty list is no list."""
        super().release(ids or tuple(self._leases), worker)


class LeaseEndsWithTimer(MemoryStore):
    """Keeps the lease in the row of the timer: it goes when the ticket has none for a while."""

    def commit(self, batch: Batch) -> Answer:
        """Without a timer, without a lease."""
        without = [each.ticket_id for each in batch.changes if each.next_timer_at is None]
        answer = super().commit(batch)
        with self._lock:
            for ticket_id in without:
                self._leases.pop(ticket_id, None)
        return answer
