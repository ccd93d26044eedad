"""Inspecting the tables: what only the file can show, and whole shares of tickets at a time."""

from collections.abc import Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from typing import Any

from workorder.storage.records import RECORD_LIMIT
from workorder.storage.sqlite.schema import Executor
from workorder.storage.verifying.damages import Damage

Share = tuple[int, int]
"""Tickets with a number above the first, up to the second."""

FIRST = -(2**63)
"""Where the first share begins; a number that small is no ticket's (:func:`faults`)."""

Row = tuple[Any, Any, Any]

ROWS = 500
"""So many records of a ticket are read in one go; of more, none are."""

ROWS_BYTES = 8 * 2**20

SHARE_BYTES = 8 * ROWS_BYTES
"""Of all tickets of a share; the records of those beyond it are read ticket by ticket."""

_NUMBERS = "SELECT +number FROM workorder_tickets WHERE number > ? ORDER BY number LIMIT ?"
_TICKETS = (
    "SELECT +number, CAST(id AS BLOB), CAST(snapshot AS BLOB) FROM workorder_tickets"
    " WHERE number > ? AND number <= ? ORDER BY number"
)
_ROWS = (
    "SELECT +ticket, +sequence, +version,"
    f" CASE WHEN typeof(data) = 'blob' AND length(data) <= {RECORD_LIMIT} THEN +data END"
    " FROM workorder_records INDEXED BY workorder_records_by_ticket"
    " WHERE ticket > ? AND ticket <= ? ORDER BY ticket, sequence"
)


def share(executor: Executor, after: int, size: int) -> Share | None:
    """The next *size* tickets; ``None``, if there are no more."""
    numbers = executor.execute(_NUMBERS, (after, size)).fetchall()
    return (after, numbers[-1][0]) if numbers else None


def filed(executor: Executor, share: Share) -> Iterator[tuple[str, bytes, list[Row] | None]]:
    """The tickets of a share: id, snapshot, and records; ``None`` where there are too many to be
    held, or one is not to be read like this.
    """
    tickets = executor.execute(_TICKETS, share).fetchall()
    if not tickets:
        return
    rows = groupby(executor.execute(_ROWS, share), key=itemgetter(0))
    number, group = next(rows, (None, iter(())))
    left = SHARE_BYTES
    for ticket, name, snapshot in tickets:
        while number is not None and number < ticket:  # of no ticket that is there
            number, group = next(rows, (None, iter(())))
        found: list[Row] | None = []
        if number == ticket:
            found = _held(group, min(left, ROWS_BYTES))
            left -= sum(len(data or b"") for _, _, data in found or ())
            number, group = next(rows, (None, iter(())))
        yield name.decode(errors="replace"), snapshot, found


def _held(group: Iterator[Any], most: int) -> list[Row] | None:
    found: list[Row] = []
    size = 0
    for _, sequence, version, data in group:
        size += RECORD_LIMIT if data is None else len(data)
        if len(found) == ROWS or size > most:
            return None
        found.append((sequence, version, data))
    return found


_ORPHANS = "SELECT count(*) FROM {table} WHERE ticket NOT IN (SELECT number FROM workorder_tickets)"
_BELOW = "SELECT count(*) FROM {table} WHERE {column} < 1"
_NUMBERED = (("workorder_tickets", "number"), ("workorder_records", "position"))
"""Numbered from 1 on: nobody reads what stands before."""

_FILED_BY_TICKET = (
    "workorder_records",
    "workorder_sealed",
    "workorder_receipts",
    "workorder_people",
    "workorder_asked",
)
_LEFT = (
    "SELECT CAST(id AS BLOB), count(*) FROM workorder_sealed"
    " JOIN workorder_tickets ON number = ticket WHERE erased <> 0"
    " AND (CAST(value AS BLOB) <> zeroblob(length(CAST(value AS BLOB)))"
    " OR CAST(salt AS BLOB) <> zeroblob(length(CAST(salt AS BLOB)))) GROUP BY ticket"
)
_STANDS: Mapping[str, str] = {
    "version": "$.revision.version",
    "type": "$.type",
    "state": "$.state",
    "assignee": "$.assignment.assignee",
    "department": "$.assignment.department",
    "customer": "$.parties.customer",
    "opened": "$.times.opened",
}
"""Columns that repeat what stands in the snapshot, and where it stands there."""

_NEXT_TIMER = "(SELECT min(json_extract(value, '$.at')) FROM json_each(snapshot, '$.timers'))"
_WANTED = {name: f"json_extract(snapshot, '{path}')" for name, path in _STANDS.items()} | {
    "next_timer": _NEXT_TIMER
}
# What is no snapshot is said where it is read.
_COLUMNS = (
    "SELECT CAST(id AS BLOB), "
    + ", ".join(f"{name} IS NOT {wanted}" for name, wanted in _WANTED.items())
    + " FROM workorder_tickets WHERE json_valid(snapshot)"
    " AND json_type(snapshot, '$.revision.version') IS 'integer'"
    " AND json_type(snapshot, '$.times.opened') IS 'text' AND ("
    + " OR ".join(f"{name} IS NOT {wanted}" for name, wanted in _WANTED.items())
    + ") ORDER BY number"
)


def faults(executor: Executor) -> Iterator[Damage]:
    """What is wrong with the file and between its tables."""
    for (said,) in executor.execute("PRAGMA integrity_check(20)").fetchall():
        if said != "ok":
            yield Damage("", None, "file_damaged", {"found": str(said)[:200]})
    for table in _FILED_BY_TICKET:
        (count,) = executor.execute(_ORPHANS.format(table=table)).fetchone()
        if count:
            yield Damage("", None, "rows_orphaned", {"count": count, "table": table})
    for table, column in _NUMBERED:
        (count,) = executor.execute(_BELOW.format(table=table, column=column)).fetchone()
        if count:
            yield Damage("", None, "rows_hidden", {"count": count, "table": table})
    for name, count in executor.execute(_LEFT).fetchall():
        yield Damage(name.decode(errors="replace"), None, "erased_left", {"count": count})
    for name, *differ in executor.execute(_COLUMNS):
        for column, differs in zip(_WANTED, differ, strict=True):
            if differs:
                ticket = name.decode(errors="replace")
                yield Damage(ticket, None, "column_differs", {"column": column})
