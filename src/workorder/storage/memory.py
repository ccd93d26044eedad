"""A store in memory: the reference for every other one, and quick enough for tests."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from heapq import heappop, heappush, nsmallest
from threading import RLock
from typing import Any

from attrs import evolve

from workorder.conditions import compile_condition
from workorder.storage.batch import (
    EVERYTHING,
    Answer,
    Batch,
    CapacityTaken,
    Change,
    Committed,
    Conflict,
    Message,
    Receipt,
    Record,
    Repeated,
    Stored,
)
from workorder.storage.chain import checked_tenant
from workorder.storage.protocols import Capability
from workorder.storage.query import Sort, TicketQuery, order_values, searched
from workorder.storage.snapshots import Snapshot
from workorder.ticket import SealedValue, Ticket


class MemoryStore:
    """Keeps everything in dictionaries, behind one lock.

    Args:
        tenant: whose tickets these are.
        history: without it, the store keeps tickets as they stand and the receipts of
            commands, no records: a legal store, which declares so.
    """

    def __init__(self, tenant: str = "", *, history: bool = True) -> None:
        self._tenant = checked_tenant(tenant)
        optional = {Capability.HISTORY} if history else set()
        self._capabilities = frozenset(set(Capability) - {Capability.HISTORY} | optional)
        self._history = history
        self._lock = RLock()
        self._tickets: dict[str, Snapshot] = {}
        self._receipts: dict[str, dict[str, Receipt]] = {}
        self._records: dict[str, list[Record]] = {}
        self._log: list[Record] = []
        self._sealed: dict[str, dict[str, SealedValue]] = {}
        self._outbox: dict[int, Message] = {}
        self._sent = 0
        self._used: dict[str, int] = {}
        self._leases: dict[str, tuple[str, datetime]] = {}
        self._timers: list[tuple[datetime, str]] = []

    @property
    def tenant(self) -> str:
        """Whose tickets these are."""
        return self._tenant

    @property
    def capabilities(self) -> Collection[Capability]:
        """Everything; without ``history`` if so made."""
        return self._capabilities

    def load(self, ids: Sequence[str], command_ids: Collection[str] = ()) -> Mapping[str, Stored]:
        """See :meth:`workorder.storage.TicketStore.load`."""
        with self._lock:
            found = {}
            for ticket_id in ids:
                snapshot = self._tickets.get(ticket_id)
                if snapshot is not None:
                    known = self._receipts[ticket_id]
                    receipts = {each: known[each] for each in command_ids if each in known}
                    found[ticket_id] = Stored(snapshot, receipts)
            return found

    def commit(self, batch: Batch) -> Answer:
        """See :meth:`workorder.storage.TicketStore.commit`."""
        with self._lock:
            refused = self._refused(batch)
            if refused is not None:
                return refused
            # All of the batch is looked at before anything is written: what breaks off while it
            # is read leaves nothing behind.
            changes = [
                (
                    each,
                    each.version,
                    each.next_timer_at,
                    tuple(each.records),
                    each.receipts_elsewhere if each.erased else (),
                )
                for each in batch.changes
            ]
            sealed, outbox = tuple(batch.sealed), tuple(batch.outbox)
            reservations = tuple(batch.reservations)
            for change in changes:
                self._write(*change)
            for kept in sealed:
                self._sealed.setdefault(kept.ticket_id, {})[kept.ref] = kept
            for message in outbox:
                self._sent += 1
                self._outbox[self._sent] = message
            for each in reservations:
                self._used[each.agent] = self._used.get(each.agent, 0) + each.units
            return Committed()

    def _refused(self, batch: Batch) -> Answer | None:
        for change in batch.changes:
            known = self._receipts.get(change.ticket_id, {})
            for mark in change.marks:
                if mark.command_id in known:
                    return Repeated(change.ticket_id, known[mark.command_id])
        for change in batch.changes:
            snapshot = self._tickets.get(change.ticket_id)
            version = snapshot.ticket.version if snapshot is not None else 0
            if version != change.expected:
                return Conflict(change.ticket_id, version)
        wanted: dict[str, int] = {}
        for each in batch.reservations:
            wanted[each.agent] = wanted.get(each.agent, self._used.get(each.agent, 0)) + each.units
            if wanted[each.agent] > each.limit:
                return CapacityTaken(each.agent)
        return None

    def _write(
        self,
        change: Change,
        version: int,
        timer: datetime | None,
        records: tuple[Record, ...],
        elsewhere: tuple[str, ...],
    ) -> None:
        before = self._tickets.get(change.ticket_id)
        if timer is not None and (before is None or before.ticket.next_timer_at != timer):
            heappush(self._timers, (timer, change.ticket_id))
        self._tickets[change.ticket_id] = change.snapshot
        receipts = self._receipts.setdefault(change.ticket_id, {})
        if change.erased:
            self._erase(change, (receipts, *(self._receipts.get(each, {}) for each in elsewhere)))
        for mark in change.marks:
            receipts[mark.command_id] = Receipt(mark.command_id, mark.digest, version, records)
        if self._history:
            self._records.setdefault(change.ticket_id, []).extend(records)
            self._log.extend(records)

    def _erase(self, change: Change, told: Sequence[dict[str, Receipt]]) -> None:
        kept = self._sealed.get(change.ticket_id, {})
        if EVERYTHING in change.erased:
            kept.clear()
        for ref in change.erased:
            kept.pop(ref, None)
        for known in told:
            for name, receipt in known.items():
                known[name] = evolve(receipt, digest="")

    def records(self, ticket_id: str, after: int = 0, limit: int | None = None) -> Sequence[Record]:
        """See :meth:`workorder.storage.HistoryStore.records`."""
        with self._lock:
            until = None if limit is None else after + limit
            return tuple(self._records.get(ticket_id, ())[after:until])

    def log(self, after: int = 0, limit: int = 1_000) -> Sequence[tuple[int, Record]]:
        """See :meth:`workorder.storage.HistoryStore.log`."""
        with self._lock:
            return tuple(enumerate(self._log[after : after + limit], after + 1))

    def ids(self, after: str = "", limit: int = 1_000) -> Sequence[str]:
        """See :meth:`workorder.storage.HistoryStore.ids`. Looks at every ticket."""
        with self._lock:
            return tuple(nsmallest(limit, (each for each in self._tickets if each > after)))

    def reveal(self, ticket_id: str, refs: Collection[str]) -> Mapping[str, SealedValue]:
        """See :meth:`workorder.storage.SealedStore.reveal`."""
        with self._lock:
            kept = self._sealed.get(ticket_id, {})
            return {ref: kept[ref] for ref in refs if ref in kept}

    def used(self, agents: Collection[str]) -> Mapping[str, int]:
        """See :meth:`workorder.storage.CapacityStore.used`."""
        with self._lock:
            return {each: self._used[each] for each in agents if each in self._used}

    def claim_due(
        self, at: datetime, until: datetime, worker: str, limit: int = 100
    ) -> Sequence[Snapshot]:
        """See :meth:`workorder.storage.TimerStore.claim_due`. The cost follows what is due."""
        with self._lock:
            found: list[Snapshot] = []
            standing: dict[str, datetime] = {}
            while self._timers and self._timers[0][0] <= at and len(found) < limit:
                timer, ticket_id = heappop(self._timers)
                snapshot = self._tickets.get(ticket_id)
                if snapshot is None or snapshot.ticket.next_timer_at != timer:
                    continue  # it was due then, and has changed since
                if ticket_id in standing:
                    continue
                standing[ticket_id] = timer
                lease = self._leases.get(ticket_id)
                if lease is None or lease[1] <= at:
                    found.append(snapshot)
                    self._leases[ticket_id] = (worker, until)
            for ticket_id, timer in standing.items():
                heappush(self._timers, (timer, ticket_id))
            return tuple(found)

    def release(self, ids: Collection[str], worker: str) -> None:
        """See :meth:`workorder.storage.TimerStore.release`."""
        with self._lock:
            for ticket_id in ids:
                if self._leases.get(ticket_id, ("",))[0] == worker:
                    del self._leases[ticket_id]

    def pending(self, limit: int = 100) -> Sequence[tuple[int, Message]]:
        """See :meth:`workorder.storage.OutboxStore.pending`."""
        with self._lock:
            return tuple(self._outbox.items())[:limit]

    def taken(self, positions: Collection[int]) -> None:
        """See :meth:`workorder.storage.OutboxStore.taken`."""
        with self._lock:
            for position in positions:
                self._outbox.pop(position, None)

    def find(self, query: TicketQuery) -> Sequence[Snapshot]:
        """See :meth:`workorder.storage.QueryStore.find`. Looks at every ticket."""
        query.check_shape()
        matches = compile_condition(query.where, searched)
        with self._lock:
            snapshots = [each for each in self._tickets.values() if matches(each.ticket)]
        snapshots.sort(key=lambda each: each.ticket.id)
        for number, sort in reversed(tuple(enumerate(query.order))):
            _sort_by(snapshots, sort, number, query.order)
        if query.after is not None:
            after = query.after
            snapshots = [s for s in snapshots if _comes_after(s.ticket, query.order, after)]
        return snapshots[: query.limit]


def _sort_by(snapshots: list[Snapshot], sort: Sort, number: int, order: tuple[Sort, ...]) -> None:
    def key(snapshot: Snapshot) -> tuple[bool, tuple[bool, Any]]:
        value = order_values(snapshot.ticket, order)[number]
        missing = value is None
        return (missing != sort.descending, _ranked(0 if missing else value))

    snapshots.sort(key=key, reverse=sort.descending)


def _ranked(value: object) -> tuple[bool, Any]:
    """A value with its rank: numbers before texts, should a field hold both."""
    return isinstance(value, str), value


def _comes_after(ticket: Ticket, order: tuple[Sort, ...], after: tuple[object, ...]) -> bool:
    values = order_values(ticket, order)
    for sort, value, last in zip(order, values, after, strict=False):
        if value == last:
            continue
        if value is None or last is None:
            return value is None
        one, other = _ranked(value), _ranked(last)
        return one < other if sort.descending else one > other
    return str(values[-1]) > str(after[-1])
