"""Your own store: two methods, and a declaration of what else it offers.

`load` gives tickets as they stand, with the receipts of commands already carried out. `commit`
writes a batch whole or not at all, and says which answer it was. This store also keeps sealed
texts. It keeps no history and answers no queries, and declares so: whoever asks it for a history
gets an error, never a wrong answer.
"""

import sqlite3
from collections.abc import Collection, Mapping, Sequence

from attrs import astuple

from workorder import Actor, Dispatch, ServiceDesk, StoreError, storage
from workorder.ticket import SealedValue

TABLES = """
CREATE TABLE IF NOT EXISTS ticket (id TEXT PRIMARY KEY, version INTEGER, snapshot BLOB);
CREATE TABLE IF NOT EXISTS receipt (command, digest, ticket, sequence, version, record BLOB);
CREATE TABLE IF NOT EXISTS sealed (ticket, ref, salt BLOB, value, PRIMARY KEY (ticket, ref));
"""
Loaded = Mapping[str, storage.Stored]


class ShelfStore:
    tenant = ""
    capabilities = frozenset({storage.Capability.SEALED})

    def __init__(self, path: str) -> None:
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.executescript(TABLES)

    def load(self, ids: Sequence[str], command_ids: Collection[str] = ()) -> Loaded:
        found = {}
        for id_ in ids:
            for (data,) in self._db.execute("SELECT snapshot FROM ticket WHERE id = ?", (id_,)):
                known = {name: r for name in command_ids if (r := self._receipt(id_, name))}
                found[id_] = storage.Stored(storage.Snapshot(data=data), known)
        return found

    def commit(self, batch: storage.Batch) -> storage.Answer:
        with self._db as db:  # ends the transaction: commits, or rolls back after an error
            db.execute("BEGIN IMMEDIATE")
            for id_, mark in ((each.ticket_id, m) for each in batch.changes for m in each.marks):
                if receipt := self._receipt(id_, mark.command_id):
                    return storage.Repeated(id_, receipt)
            for change in batch.changes:
                found = db.execute("SELECT version FROM ticket WHERE id = ?", (change.ticket_id,))
                (version,) = found.fetchone() or (0,)
                if version != change.expected:
                    return storage.Conflict(change.ticket_id, version)
            for change in batch.changes:
                now = (change.ticket_id, change.version, change.snapshot.data)
                db.execute("REPLACE INTO ticket VALUES (?, ?, ?)", now)
                for mark in change.marks:
                    made = [(*astuple(mark), *astuple(record)) for record in change.records]
                    db.executemany("INSERT INTO receipt VALUES (?, ?, ?, ?, ?, ?)", made)
            db.executemany("INSERT INTO sealed VALUES (?, ?, ?, ?)", map(astuple, batch.sealed))
            return storage.Committed()

    def reveal(self, ticket_id: str, refs: Collection[str]) -> Mapping[str, SealedValue]:
        rows = self._db.execute("SELECT * FROM sealed WHERE ticket = ?", (ticket_id,))
        return {row[1]: SealedValue(*row) for row in rows if row[1] in refs}

    def _receipt(self, ticket_id: str, command_id: str) -> storage.Receipt | None:
        asked = "SELECT * FROM receipt WHERE ticket = ? AND command = ? ORDER BY sequence"
        rows = self._db.execute(asked, (ticket_id, command_id)).fetchall()
        made = tuple(storage.Record(*row[2:]) for row in rows)
        return storage.Receipt(command_id, rows[0][1], made[-1].version, made) if rows else None


desk, wang = ServiceDesk(ShelfStore(":memory:")), Actor("wang", "supervisor")
ticket = desk.open("complaint", fields={"title": "Charged twice"}, actor=wang, command_id="call-1")
for _ in "first", "again":
    done = desk.execute(ticket.id, Dispatch(to="li"), actor=wang, command_id="call-1/dispatch")
    print(f"{done.ticket.state}, version {done.version}, repeated: {done.repeated}")
try:
    desk.history(ticket.id, actor=wang)
except StoreError as error:
    print(error)
