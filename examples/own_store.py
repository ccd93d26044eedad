"""Your own store: two methods, and a declaration of what else it offers.

`load` gives tickets as they stand, with the receipts of commands already carried out. `commit`
writes a batch whole or not at all, and says which answer it was. This store also keeps sealed
texts. It keeps no history and answers no queries, and declares so: whoever asks it for a history
gets an error, never a wrong answer.

Whether it does all of that right, the conformance kit says: `check_store(ShelfStore)`.
"""

import sqlite3
from collections.abc import Collection, Mapping, Sequence
from threading import RLock

from attrs import astuple

from workorder import Actor, Dispatch, ServiceDesk, StoreError, storage
from workorder.ticket import SealedValue

TABLES = """
CREATE TABLE IF NOT EXISTS ticket (id TEXT PRIMARY KEY, version INTEGER, snapshot BLOB);
CREATE TABLE IF NOT EXISTS receipt (ticket, command, digest, version, UNIQUE (ticket, command));
CREATE TABLE IF NOT EXISTS record (ticket, command, sequence INTEGER, version, data BLOB);
CREATE INDEX IF NOT EXISTS record_by_command ON record (ticket, command, sequence);
CREATE TABLE IF NOT EXISTS sealed (ticket, ref, salt BLOB, value, PRIMARY KEY (ticket, ref));
"""
Loaded = Mapping[str, storage.Stored]


class ShelfStore:
    tenant = ""
    capabilities = frozenset({storage.Capability.SEALED})

    def __init__(self, path: str = ":memory:") -> None:
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._db.executescript(TABLES)
        self._alone = RLock()  # threads share the connection, one at a time

    def load(self, ids: Sequence[str], command_ids: Collection[str] = ()) -> Loaded:
        found = {}
        with self._alone:
            for id_ in ids:
                for (data,) in self._db.execute("SELECT snapshot FROM ticket WHERE id = ?", (id_,)):
                    known = {name: r for name in command_ids if (r := self._receipt(id_, name))}
                    found[id_] = storage.Stored(storage.Snapshot(data=data), known)
        return found

    def commit(self, batch: storage.Batch) -> storage.Answer:
        with self._alone, self._db as db:  # ends the transaction: commits, or rolls back
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
                self._write(change)
            db.executemany("INSERT INTO sealed VALUES (?, ?, ?, ?)", map(astuple, batch.sealed))
            return storage.Committed()

    def _write(self, change: storage.Change) -> None:
        id_, version = change.ticket_id, change.version
        now = (id_, version, change.snapshot.data)
        self._db.execute("REPLACE INTO ticket VALUES (?, ?, ?)", now)
        for ref in change.erased:
            gone = "DELETE FROM sealed WHERE ticket = ? AND ? IN (ref, '*')"
            self._db.execute(gone, (id_, ref))
        for other in (id_, *change.receipts_elsewhere) if change.erased else ():
            self._db.execute("UPDATE receipt SET digest = '' WHERE ticket = ?", (other,))
        for mark in change.marks:
            known = (id_, mark.command_id, mark.digest, version)
            self._db.execute("INSERT INTO receipt VALUES (?, ?, ?, ?)", known)
            kept = [(id_, mark.command_id, *astuple(each)[1:]) for each in change.records]
            self._db.executemany("INSERT INTO record VALUES (?, ?, ?, ?, ?)", kept)

    def reveal(self, ticket_id: str, refs: Collection[str]) -> Mapping[str, SealedValue]:
        with self._alone:
            rows = self._db.execute("SELECT * FROM sealed WHERE ticket = ?", (ticket_id,))
            return {row[1]: SealedValue(*row) for row in rows if row[1] in refs}

    def _receipt(self, *key: str) -> storage.Receipt | None:
        asked = "SELECT digest, version FROM receipt WHERE (ticket, command) = (?, ?)"
        found = self._db.execute(asked, key).fetchone()
        asked = """SELECT ticket, sequence, version, data FROM record
                   WHERE (ticket, command) = (?, ?) ORDER BY sequence"""
        made = tuple(storage.Record(*row) for row in self._db.execute(asked, key))
        return storage.Receipt(key[1], found[0], found[1], made) if found else None


if __name__ == "__main__":
    desk, wang = ServiceDesk(ShelfStore()), Actor("wang", "supervisor")
    title = {"title": "Charged twice"}
    ticket = desk.open("complaint", fields=title, actor=wang, command_id="call-1")
    for _ in "first", "again":
        done = desk.execute(ticket.id, Dispatch(to="li"), actor=wang, command_id="call-1/dispatch")
        print(f"{done.ticket.state}, version {done.version}, repeated: {done.repeated}")
    try:
        desk.history(ticket.id, actor=wang)
    except StoreError as error:
        print(error)
