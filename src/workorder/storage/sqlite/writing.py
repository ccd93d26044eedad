"""Writing a batch: every statement names only what changed.

Three things keep a commit cheap here: columns of an index are named only when their value
is another one, the version is checked by the update itself, and a repeated command shows
as a unique key that is taken. A repeat is looked for first whenever something is in the
way, so that the answers keep their order.
"""

import sqlite3
from datetime import datetime
from functools import cache
from typing import Any

from workorder.instants import instant_text
from workorder.storage.batch import (
    EVERYTHING,
    Answer,
    Batch,
    CapacityTaken,
    Change,
    Committed,
    Conflict,
    Receipt,
    Record,
    Repeated,
    Reservation,
)
from workorder.storage.sqlite.schema import INDEXED
from workorder.ticket import SealedValue, Ticket


class _InTheWay(Exception):
    """Something is in the way of writing this ticket; what it is, is looked up afterwards."""

    def __init__(self, ticket_id: str) -> None:
        self.ticket_id = ticket_id


class _NoCapacity(Exception):
    """An agent has not enough capacity left."""

    def __init__(self, agent: str) -> None:
        self.agent = agent


def write(connection: sqlite3.Connection, batch: Batch) -> Answer:
    """Write *batch* in one transaction."""
    stopped: _InTheWay | _NoCapacity
    try:
        connection.execute("BEGIN IMMEDIATE")
        numbers = {each.ticket_id: _write_change(connection, each) for each in batch.changes}
        for reservation in batch.reservations:
            _reserve(connection, reservation)
        _write_records(connection, batch, numbers)
        for change in batch.changes:
            if change.erased:
                _erase(connection, change, numbers[change.ticket_id])
        _write_sealed(connection, batch.sealed, numbers)
        connection.executemany(
            "INSERT INTO outbox (ticket_id, topic, data) VALUES (?, ?, ?)",
            [(each.ticket_id, each.topic, each.data) for each in batch.outbox],
        )
        connection.execute("COMMIT")
    except (_InTheWay, _NoCapacity) as error:
        stopped = error
    else:
        return Committed()
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
    if isinstance(stopped, _NoCapacity):
        return CapacityTaken(stopped.agent)
    return _in_the_way(connection, batch, stopped.ticket_id)


def columns(ticket: Ticket) -> tuple[Any, ...]:
    """The values of the indexed columns of *ticket*."""
    return (
        ticket.type,
        ticket.state,
        ticket.assignment.assignee,
        ticket.assignment.department,
        ticket.parties.customer,
        ticket.times.opened,
        ticket.next_timer_at,
    )


def _bound(value: Any) -> Any:
    """*value* as SQLite keeps it."""
    return instant_text(value) if isinstance(value, datetime) else value


@cache
def _update(changed: tuple[str, ...]) -> str:
    named = "".join(f", {name} = ?" for name in changed)
    return (
        f"UPDATE tickets SET version = ?, snapshot = ?{named}"
        " WHERE id = ? AND version = ? RETURNING number"
    )


_INSERT = (
    f"INSERT INTO tickets (id, version, snapshot, {', '.join(INDEXED)})"
    f" VALUES (?, ?, ?{', ?' * len(INDEXED)}) RETURNING number"
)


def _write_change(connection: sqlite3.Connection, change: Change) -> int:
    snapshot = change.snapshot
    after = snapshot.ticket
    text = snapshot.data.decode()
    values = columns(after)
    before = change.before.ticket if change.before is not None else None
    try:
        if change.expected == 0:
            parameters = (change.ticket_id, after.version, text, *map(_bound, values))
            row = connection.execute(_INSERT, parameters).fetchone()
        else:
            old = columns(before) if before is not None else (object(),) * len(values)
            pairs = [
                (name, value)
                for name, value, was in zip(INDEXED, values, old, strict=True)
                if value != was
            ]
            names = tuple(name for name, _ in pairs)
            new = [_bound(value) for _, value in pairs]
            parameters = (after.version, text, *new, change.ticket_id, change.expected)
            row = connection.execute(_update(names), parameters).fetchone()
    except sqlite3.IntegrityError:
        row = None
    if row is None:
        raise _InTheWay(change.ticket_id)
    number: int = row[0]
    known = before.deeds if before is not None else {}
    people = [(person, number) for person in after.deeds if person not in known]
    if people:
        connection.executemany("INSERT OR IGNORE INTO people VALUES (?, ?)", people)
    if before is None and change.expected:  # nobody said how it stood
        connection.execute("DELETE FROM asked WHERE ticket = ?", (number,))
    _write_asked(connection, number, before, after)
    first = change.records[0].sequence if change.records else 0
    last = change.records[-1].sequence if change.records else -1
    try:
        connection.executemany(
            "INSERT INTO receipts VALUES (?, ?, ?, ?, ?, ?)",
            [
                (number, mark.command_id, mark.digest, change.version, first, last)
                for mark in change.marks
            ],
        )
    except sqlite3.IntegrityError:
        raise _InTheWay(change.ticket_id) from None
    return number


def _write_asked(
    connection: sqlite3.Connection, number: int, before: Ticket | None, after: Ticket
) -> None:
    """The departments that owe an answer, where that changed."""
    old = _asked(before)
    new = _asked(after)
    if old != new:
        pairs = [(department, number) for department in new - old]
        connection.executemany("INSERT OR IGNORE INTO asked VALUES (?, ?)", pairs)
        over = [(department, number) for department in old - new]
        connection.executemany("DELETE FROM asked WHERE department = ? AND ticket = ?", over)


def _asked(ticket: Ticket | None) -> set[str]:
    return set() if ticket is None else {each.department for each in ticket.work.subtasks}


def _in_the_way(connection: sqlite3.Connection, batch: Batch, ticket_id: str) -> Answer:
    """Why the batch was not written: a repeat of any of its commands, else a conflict.

    Asked after the roll-back; what was in the way then still is, for versions only grow.
    """
    for change in batch.changes:
        for mark in change.marks:
            receipt = stored_receipt(connection, change.ticket_id, mark.command_id)
            if receipt is not None:
                return Repeated(change.ticket_id, receipt)
    row = connection.execute("SELECT version FROM tickets WHERE id = ?", (ticket_id,)).fetchone()
    return Conflict(ticket_id, row[0] if row else 0)


def stored_receipt(
    connection: sqlite3.Connection, ticket_id: str, command_id: str
) -> Receipt | None:
    """The receipt of a command on a ticket, with the records it brought."""
    row = connection.execute(
        "SELECT ticket, digest, receipts.version, first, last FROM receipts"
        " JOIN tickets ON number = ticket WHERE id = ? AND command_id = ?",
        (ticket_id, command_id),
    ).fetchone()
    if row is None:
        return None
    number, digest, version, first, last = row
    found = connection.execute(
        "SELECT sequence, version, data FROM records"
        " WHERE ticket = ? AND sequence BETWEEN ? AND ? ORDER BY sequence",
        (number, first, last),
    )
    records = tuple(Record(ticket_id, *each) for each in found)
    return Receipt(command_id, digest, version, records)


def _reserve(connection: sqlite3.Connection, reservation: Reservation) -> None:
    connection.execute("INSERT OR IGNORE INTO capacity VALUES (?, 0)", (reservation.agent,))
    row = connection.execute(
        "UPDATE capacity SET used = used + ? WHERE agent = ? AND used + ? <= ? RETURNING used",
        (reservation.units, reservation.agent, reservation.units, reservation.limit),
    ).fetchone()
    if row is None:
        raise _NoCapacity(reservation.agent)


def _write_records(connection: sqlite3.Connection, batch: Batch, numbers: dict[str, int]) -> None:
    connection.executemany(
        "INSERT INTO records (ticket, sequence, version, data) VALUES (?, ?, ?, ?)",
        [
            (numbers[record.ticket_id], record.sequence, record.version, record.data)
            for change in batch.changes
            for record in change.records
        ],
    )


def _erase(connection: sqlite3.Connection, change: Change, number: int) -> None:
    """Erase sealed values, and the digests by which somebody could try them."""
    if EVERYTHING in change.erased:
        connection.execute("DELETE FROM sealed WHERE ticket = ?", (number,))
    else:
        connection.executemany(
            "DELETE FROM sealed WHERE ticket = ? AND ref = ?",
            [(number, ref) for ref in change.erased],
        )
    connection.execute(
        "UPDATE receipts SET digest = '' WHERE ticket = ? AND version < ?",
        (number, change.version),
    )


def _write_sealed(
    connection: sqlite3.Connection, sealed: tuple[SealedValue, ...], numbers: dict[str, int]
) -> None:
    if sealed:
        connection.executemany(
            "INSERT INTO sealed VALUES (?, ?, ?, ?)",
            [(numbers[each.ticket_id], each.ref, each.salt, each.value) for each in sealed],
        )
