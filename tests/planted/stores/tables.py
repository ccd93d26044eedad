"""What two stores on one small database share: tables, and statements that are right on any.

What a subclass names is where a habit of the database would change an answer: the kinds of the
columns, and how it looks before it writes.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from tests.planted.stores.database import Column, Database, Habits, Taken, Where
from workorder.storage import (
    EVERYTHING,
    Answer,
    Batch,
    Capability,
    Change,
    Committed,
    Conflict,
    Message,
    Receipt,
    Record,
    Repeated,
    Reservation,
    Snapshot,
    Stored,
)
from workorder.ticket import SealedValue

KEYS = {
    "ticket": ("id",),
    "record": ("ticket_id", "sequence"),
    "receipt": ("ticket_id", "command_id"),
    "sealed": ("ticket_id", "ref"),
    "outbox": ("position",),
    "lease": ("ticket_id",),
    "capacity": ("agent",),
}
CODE = 200
TEXT = 20_000
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Refused(Exception):
    """Ends a transaction with an answer."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer


class TableStore:
    """What the two stores share."""

    tenant = ""
    capabilities = frozenset(set(Capability) - {Capability.QUERY})
    code: Column
    digest: Column
    text: Column
    salt: Column
    data: Column
    integer: Column
    flag: Column
    instant: Column

    def __init__(self, habits: Habits) -> None:
        code, integer, data = self.code, self.integer, self.data
        columns: dict[str, dict[str, Column]] = {
            "ticket": {"id": code, "version": integer, "snapshot": data, "timer": self.instant},
            "record": {
                "position": integer,
                "ticket_id": code,
                "sequence": integer,
                "version": integer,
                "data": data,
            },
            "receipt": {
                "ticket_id": code,
                "command_id": code,
                "digest": self.digest,
                "version": integer,
                "first": integer,
                "last": integer,
            },
            "sealed": {"ticket_id": code, "ref": code, "salt": self.salt, "value": self.text},
            "outbox": {
                "position": integer,
                "ticket_id": code,
                "topic": code,
                "data": data,
                "sent": self.flag,
            },
            "lease": {"ticket_id": code, "worker": code, "until": self.instant},
            "capacity": {"agent": code, "used": integer},
        }
        self._database = Database(habits, columns, KEYS)

    # --- the duty -----------------------------------------------------------------------------

    def load(self, ids: Sequence[str], command_ids: Collection[str] = ()) -> Mapping[str, Stored]:
        """See :meth:`workorder.storage.TicketStore.load`."""
        database = self._database
        with database.reading():
            found = {}
            for ticket_id in ids:
                for row in database.select("ticket", {"id": ticket_id}):
                    known = {c: self._receipt(ticket_id, c) for c in command_ids}
                    receipts = {c: each for c, each in known.items() if each is not None}
                    found[ticket_id] = Stored(Snapshot(data=row["snapshot"]), receipts)
            return found

    def commit(self, batch: Batch) -> Answer:
        """See :meth:`workorder.storage.TicketStore.commit`."""
        try:
            with self._database.transaction():
                self._look(batch)
                for change in batch.changes:
                    self._write(change)
                for each in batch.reservations:
                    self._reserve(each)
                for kept in batch.sealed:
                    row = {"salt": kept.salt, "value": kept.value}
                    self._put("sealed", {"ticket_id": kept.ticket_id, "ref": kept.ref}, row)
                for message in batch.outbox:
                    self._send(message)
        except Refused as refused:
            if isinstance(refused.answer, Conflict):
                return self._meanwhile(batch) or refused.answer
            return refused.answer
        return Committed()

    def _meanwhile(self, batch: Batch) -> Answer | None:
        """A repeat that was none when it was looked for: the same command came at once."""
        try:
            with self._database.transaction():
                TableStore._look(self, batch)
        except Refused as refused:
            return refused.answer
        return None

    def _send(self, message: Message) -> None:
        self._database.insert(
            "outbox",
            position=self._database.number(),
            ticket_id=message.ticket_id,
            topic=message.topic,
            data=message.data,
            sent=False,
        )

    def _look(self, batch: Batch) -> None:
        for change in batch.changes:
            for mark in change.marks:
                known = self._receipt(change.ticket_id, mark.command_id)
                if known is not None:
                    raise Refused(Repeated(change.ticket_id, known))

    def _write(self, change: Change) -> None:
        database, ticket_id = self._database, change.ticket_id
        row = {
            "version": change.version,
            "snapshot": change.snapshot.data,
            "timer": change.next_timer_at,
        }
        if change.expected == 0:
            try:
                database.insert("ticket", id=ticket_id, **row)
            except Taken:
                raise Refused(Conflict(ticket_id, self._version(ticket_id))) from None
        else:
            self._advance(change, row)
        for record in change.records:
            database.insert(
                "record",
                position=database.number(),
                ticket_id=ticket_id,
                sequence=record.sequence,
                version=record.version,
                data=record.data,
            )
        if change.erased:
            self._erase(change)
        first = change.records[0].sequence if change.records else 0
        last = change.records[-1].sequence if change.records else -1
        for mark in change.marks:
            database.insert(
                "receipt",
                ticket_id=ticket_id,
                command_id=mark.command_id,
                digest=mark.digest,
                version=change.version,
                first=first,
                last=last,
            )

    def _advance(self, change: Change, row: dict[str, Any]) -> None:
        raise NotImplementedError

    def _erase(self, change: Change) -> None:
        ticket_id = change.ticket_id
        if EVERYTHING in change.erased:
            self._database.delete("sealed", {"ticket_id": ticket_id})
        for ref in change.erased:
            self._database.delete("sealed", {"ticket_id": ticket_id, "ref": ref})
        for told in (ticket_id, *change.receipts_elsewhere):
            self._database.update("receipt", {"ticket_id": told}, digest="")

    def _version(self, ticket_id: str) -> int:
        rows = self._database.select("ticket", {"id": ticket_id})
        version: int = rows[0]["version"] if rows else 0
        return version

    def _receipt(self, ticket_id: str, command_id: str) -> Receipt | None:
        found = self._database.select("receipt", {"ticket_id": ticket_id, "command_id": command_id})
        for row in found:
            made = self._records(ticket_id, row["first"], row["last"])
            return Receipt(command_id, row["digest"], row["version"], made)
        return None

    def _records(self, ticket_id: str, first: int, last: int) -> tuple[Record, ...]:
        rows = self._ordered("record", {"ticket_id": ticket_id}, "sequence")
        return tuple(
            Record(ticket_id, row["sequence"], row["version"], row["data"])
            for row in rows
            if first <= row["sequence"] <= last
        )

    def _put(self, table: str, key: dict[str, Any], values: dict[str, Any]) -> None:
        self._database.delete(table, key)
        self._database.insert(table, **key, **values)

    def _ordered(self, table: str, where: Where, order: str) -> list[dict[str, Any]]:
        return self._database.select(table, where, order)

    # --- capabilities -------------------------------------------------------------------------

    def records(self, ticket_id: str, after: int = 0, limit: int | None = None) -> Sequence[Record]:
        """See :meth:`workorder.storage.HistoryStore.records`."""
        return self._records(ticket_id, after + 1, 2**63)[:limit]

    def log(self, after: int = 0, limit: int = 1_000) -> Sequence[tuple[int, Record]]:
        """See :meth:`workorder.storage.HistoryStore.log`."""
        rows = self._ordered("record", lambda row: row["position"] > after, "position")
        return tuple(
            (
                row["position"],
                Record(row["ticket_id"], row["sequence"], row["version"], row["data"]),
            )
            for row in rows[:limit]
        )

    def ids(self, after: str = "", limit: int = 1_000) -> Sequence[str]:
        """See :meth:`workorder.storage.HistoryStore.ids`."""
        rows = self._database.select("ticket", lambda row: row["id"] > after, "id")
        return tuple(row["id"] for row in rows[:limit])

    def reveal(self, ticket_id: str, refs: Collection[str]) -> Mapping[str, SealedValue]:
        """See :meth:`workorder.storage.SealedStore.reveal`."""
        return {
            ref: SealedValue(ticket_id, ref, row["salt"], row["value"])
            for ref in refs
            for row in self._database.select("sealed", {"ticket_id": ticket_id, "ref": ref})
        }

    def pending(self, limit: int = 100) -> Sequence[tuple[int, Message]]:
        """See :meth:`workorder.storage.OutboxStore.pending`."""
        rows = self._ordered("outbox", lambda row: not row["sent"], "position")
        return tuple(
            (row["position"], Message(row["ticket_id"], row["topic"], row["data"]))
            for row in rows[:limit]
        )

    def taken(self, positions: Collection[int]) -> None:
        """See :meth:`workorder.storage.OutboxStore.taken`."""
        with self._database.transaction():
            for position in positions:
                self._database.update("outbox", {"position": position}, sent=True)

    def claim_due(
        self, at: datetime, until: datetime, worker: str, limit: int = 100
    ) -> Sequence[Snapshot]:
        """See :meth:`workorder.storage.TimerStore.claim_due`."""
        database = self._database
        with database.transaction():
            self._before_claim()
            due = database.select(
                "ticket", lambda row: row["timer"] is not None and row["timer"] <= at, "timer", "id"
            )
            found = [row for row in due if self._free(row["id"], at)]
            lent: list[Snapshot] = []
            for row in found:
                if len(lent) < limit and self._lend(row["id"], at, until, worker):
                    lent.append(Snapshot(data=row["snapshot"]))
            return tuple(lent)

    def _before_claim(self) -> None:
        """What comes before anything is looked at."""

    def _free(self, ticket_id: str, at: datetime) -> bool:
        return all(
            row["until"] <= at for row in self._database.select("lease", {"ticket_id": ticket_id})
        )

    def _lend(self, ticket_id: str, at: datetime, until: datetime, worker: str) -> bool:
        raise NotImplementedError

    def release(self, ids: Collection[str], worker: str) -> None:
        """See :meth:`workorder.storage.TimerStore.release`."""
        with self._database.transaction():
            for ticket_id in ids:
                self._database.delete("lease", {"ticket_id": ticket_id, "worker": worker})

    def used(self, agents: Collection[str]) -> Mapping[str, int]:
        """See :meth:`workorder.storage.CapacityStore.used`."""
        return {
            agent: row["used"]
            for agent in agents
            for row in self._database.select("capacity", {"agent": agent})
        }

    def _reserve(self, wanted: Reservation) -> None:
        raise NotImplementedError

    def _known(self, agent: str) -> None:
        if not self._database.select("capacity", {"agent": agent}):
            self._database.insert("capacity", agent=agent, used=0)
