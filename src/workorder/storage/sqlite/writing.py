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
    Conflict,
    Repeated,
    Reservation,
)
from workorder.storage.sqlite.reading import stored_receipt, stored_version
from workorder.storage.sqlite.schema import INDEXED, Executor
from workorder.ticket import SealedValue, Ticket


class InTheWay(Exception):
    """Something is in the way of writing a batch; what it is, is looked up afterwards."""

    def __init__(self, change: Change | None, agent: str = "") -> None:
        self.change = change
        self.agent = agent


def put(executor: Executor, batch: Batch) -> None:
    """Write *batch*, inside a transaction that the caller began.

    Raises:
        InTheWay: it cannot be written; the caller undoes what was, and asks :func:`why_not`.
    """
    numbers = {each.ticket_id: _write_change(executor, each) for each in batch.changes}
    for reservation in batch.reservations:
        _reserve(executor, reservation)
    _write_records(executor, batch, numbers)
    for change in batch.changes:
        if change.erased:
            _erase(executor, change, numbers[change.ticket_id])
    _write_sealed(executor, batch.sealed, numbers)
    executor.executemany(
        "INSERT INTO workorder_outbox (ticket_id, topic, data) VALUES (?, ?, ?)",
        [(each.ticket_id, each.topic, each.data) for each in batch.outbox],
    )


def why_not(executor: Executor, batch: Batch, stopped: InTheWay) -> Answer:
    """Why the batch was not written: no capacity, a repeat of any of its commands, or a conflict.

    Raises:
        sqlite3.IntegrityError: none of these: something of the host's was in the way.
    """
    if stopped.change is None:
        return CapacityTaken(stopped.agent)
    for change in batch.changes:
        for mark in change.marks:
            receipt = stored_receipt(executor, change.ticket_id, mark.command_id)
            if receipt is not None:
                return Repeated(change.ticket_id, receipt)
    version = stored_version(executor, stopped.change.ticket_id)
    if version == stopped.change.expected and stopped.__cause__ is not None:
        raise stopped.__cause__
    return Conflict(stopped.change.ticket_id, version)


_KEY_TAKEN = {sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY}


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
        f"UPDATE workorder_tickets SET version = ?, snapshot = ?{named}"
        " WHERE id = ? AND version = ? RETURNING +number"
    )


_INSERT = (
    f"INSERT INTO workorder_tickets (id, version, snapshot, {', '.join(INDEXED)})"
    f" VALUES (?, ?, ?{', ?' * len(INDEXED)}) RETURNING +number"
)


def _write_change(executor: Executor, change: Change) -> int:
    snapshot = change.snapshot
    after = snapshot.ticket
    text = snapshot.data.decode()
    values = columns(after)
    before = change.before.ticket if change.before is not None else None
    try:
        if change.expected == 0:
            parameters = (change.ticket_id, after.version, text, *map(_bound, values))
            row = executor.execute(_INSERT, parameters).fetchone()
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
            row = executor.execute(_update(names), parameters).fetchone()
    except sqlite3.IntegrityError as error:
        raise _taken(error, change) from error
    if row is None:
        raise InTheWay(change)
    number: int = row[0]
    known = before.deeds if before is not None else {}
    people = [(person, number) for person in after.deeds if person not in known]
    if people:
        executor.executemany("INSERT OR IGNORE INTO workorder_people VALUES (?, ?)", people)
    if before is None and change.expected:  # nobody said how it stood
        executor.execute("DELETE FROM workorder_asked WHERE ticket = ?", (number,))
    _write_asked(executor, number, before, after)
    first = change.records[0].sequence if change.records else 0
    last = change.records[-1].sequence if change.records else -1
    try:
        executor.executemany(
            "INSERT INTO workorder_receipts VALUES (?, ?, ?, ?, ?, ?)",
            [
                (number, mark.command_id, mark.digest, change.version, first, last)
                for mark in change.marks
            ],
        )
    except sqlite3.IntegrityError as error:
        raise _taken(error, change) from error
    return number


def _taken(error: sqlite3.IntegrityError, change: Change) -> Exception:
    """What is in the way when a key is taken; a trigger of the host's may mean something else."""
    return InTheWay(change) if error.sqlite_errorcode in _KEY_TAKEN else error


def _write_asked(executor: Executor, number: int, before: Ticket | None, after: Ticket) -> None:
    """The departments that owe an answer, where that changed."""
    old = _asked(before)
    new = _asked(after)
    if old != new:
        pairs = [(department, number) for department in new - old]
        executor.executemany("INSERT OR IGNORE INTO workorder_asked VALUES (?, ?)", pairs)
        over = [(department, number) for department in old - new]
        executor.executemany(
            "DELETE FROM workorder_asked WHERE department = ? AND ticket = ?", over
        )


def _asked(ticket: Ticket | None) -> set[str]:
    return set() if ticket is None else {each.department for each in ticket.work.subtasks}


def _reserve(executor: Executor, reservation: Reservation) -> None:
    executor.execute("INSERT OR IGNORE INTO workorder_capacity VALUES (?, 0)", (reservation.agent,))
    row = executor.execute(
        "UPDATE workorder_capacity SET used = used + ? WHERE agent = ? AND used + ? <= ?"
        " RETURNING +used",
        (reservation.units, reservation.agent, reservation.units, reservation.limit),
    ).fetchone()
    if row is None:
        raise InTheWay(None, reservation.agent)


def _write_records(executor: Executor, batch: Batch, numbers: dict[str, int]) -> None:
    executor.executemany(
        "INSERT INTO workorder_records (ticket, sequence, version, data) VALUES (?, ?, ?, ?)",
        [
            (numbers[record.ticket_id], record.sequence, record.version, record.data)
            for change in batch.changes
            for record in change.records
        ],
    )


_BLANK = (
    "UPDATE workorder_sealed SET erased = 1, salt = zeroblob(length(salt)),"
    " value = CAST(zeroblob(length(CAST(value AS BLOB))) AS TEXT) WHERE ticket = ? AND erased = 0"
)


def _erase(executor: Executor, change: Change, number: int) -> None:
    """Erase sealed values, and the digests by which somebody could try them.

    A row that is deleted, and one that grows or goes to another place, makes SQLite move its
    neighbours to other pages, and copies of those stay behind in free space that no later deletion
    overwrites (``secure_delete`` does not reach them). So rows of this table only ever come to its
    end, where nothing moves, and a value is overwritten where it stands by as many bytes.
    """
    if EVERYTHING in change.erased:
        executor.execute(_BLANK, (number,))
    else:
        executor.executemany(f"{_BLANK} AND ref = ?", [(number, ref) for ref in change.erased])
    executor.execute(
        "UPDATE workorder_receipts SET digest = '' WHERE ticket = ? AND version < ?",
        (number, change.version),
    )
    for other in change.receipts_elsewhere:
        executor.execute(
            "UPDATE workorder_receipts SET digest = ''"
            " WHERE ticket = (SELECT number FROM workorder_tickets WHERE id = ?)",
            (other,),
        )


def _write_sealed(
    executor: Executor, sealed: tuple[SealedValue, ...], numbers: dict[str, int]
) -> None:
    if sealed:
        executor.executemany(
            "INSERT INTO workorder_sealed (ticket, ref, erased, salt, value)"
            " VALUES (?, ?, 0, ?, ?)",
            [(numbers[each.ticket_id], each.ref, each.salt, each.value) for each in sealed],
        )
