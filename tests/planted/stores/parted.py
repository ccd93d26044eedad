"""The store in memory with its commit taken apart, so that a fault can sit in one part of it."""

from heapq import heappush
from typing import Any

from attrs import evolve

from workorder.storage import EVERYTHING, Answer, Batch, Change, Committed, MemoryStore, Receipt


class PartedStore(MemoryStore):
    """Commits as :class:`MemoryStore` does, each table in a method of its own."""

    def commit(self, batch: Batch) -> Answer:
        """Look, then write all of it."""
        with self._lock:
            refused = self._refused(batch)
            if refused is not None:
                return refused
            self._put_whole(batch)
            return Committed()

    def _put_whole(self, batch: Batch) -> None:
        """All of it, or as it was before: what breaks off is undone."""
        before = {name: _copied(value) for name, value in vars(self).items()}
        try:
            self._put(batch)
        except BaseException:
            vars(self).update(before)
            raise

    def _put(self, batch: Batch) -> None:
        self._put_changes(batch)
        self._put_sealed(batch)
        self._put_messages(batch)
        self._put_reservations(batch)

    def _put_changes(self, batch: Batch) -> None:
        for change in batch.changes:
            self._file(change)

    def _file(self, change: Change) -> None:
        before = self._tickets.get(change.ticket_id)
        timer = change.next_timer_at
        if timer is not None and (before is None or before.ticket.next_timer_at != timer):
            heappush(self._timers, (timer, change.ticket_id))
        self._tickets[change.ticket_id] = change.snapshot
        receipts = self._receipts.setdefault(change.ticket_id, {})
        if change.erased:
            self._forget(change, receipts)
        for mark in change.marks:
            receipts[mark.command_id] = Receipt(
                mark.command_id, mark.digest, change.version, change.records
            )
        self._records.setdefault(change.ticket_id, []).extend(change.records)
        self._log.extend(change.records)

    def _forget(self, change: Change, receipts: dict[str, Receipt]) -> None:
        kept = self._sealed.get(change.ticket_id, {})
        if EVERYTHING in change.erased:
            kept.clear()
        for ref in change.erased:
            kept.pop(ref, None)
        for known in (receipts, *(self._receipts.get(each, {}) for each in self._told(change))):
            for name, receipt in known.items():
                known[name] = evolve(receipt, digest="")

    def _told(self, change: Change) -> tuple[str, ...]:
        """Other tickets whose receipts tell of what is erased."""
        return change.receipts_elsewhere

    def _put_sealed(self, batch: Batch) -> None:
        for kept in batch.sealed:
            self._sealed.setdefault(kept.ticket_id, {})[kept.ref] = kept

    def _put_messages(self, batch: Batch) -> None:
        for message in batch.outbox:
            self._sent += 1
            self._outbox[self._sent] = message

    def _put_reservations(self, batch: Batch) -> None:
        for each in batch.reservations:
            self._used[each.agent] = self._used.get(each.agent, 0) + each.units


def _copied(value: Any) -> Any:
    """A copy of what tables are made of; anything else as it is."""
    if isinstance(value, dict):
        return {key: _copied(each) for key, each in value.items()}
    return list(value) if isinstance(value, list) else value
