"""Reading from the tables.

Columns are read behind a plus sign, which changes nothing but this: a host that lets ``sqlite3``
convert columns by their declared types does not get between us and what was written.
"""

from collections.abc import Collection, Mapping, Sequence

from workorder.storage.batch import Message, Receipt, Record, Stored
from workorder.storage.query import TicketQuery
from workorder.storage.snapshots import Snapshot
from workorder.storage.sqlite.querying import find_sql
from workorder.storage.sqlite.schema import Executor
from workorder.ticket import SealedValue

_RECORDS = (
    "SELECT +sequence, +workorder_records.version, +data"
    " FROM workorder_records JOIN workorder_tickets ON number = ticket"
    " WHERE id = ? AND sequence > ? ORDER BY sequence LIMIT ?"
)
_LOG = (
    "SELECT +position, +id, +sequence, +workorder_records.version, +data"
    " FROM workorder_records JOIN workorder_tickets ON number = ticket"
    " WHERE position > ? ORDER BY position LIMIT ?"
)
_SEALED = (
    "SELECT +ref, +salt, +value FROM workorder_sealed"
    " JOIN workorder_tickets ON number = ticket WHERE id = ? AND erased = 0"
)
_RECEIPT = (
    "SELECT +ticket, +digest, +workorder_receipts.version, +first, +last FROM workorder_receipts"
    " JOIN workorder_tickets ON number = ticket WHERE id = ? AND command_id = ?"
)
_BROUGHT = (
    "SELECT +sequence, +version, +data FROM workorder_records"
    " WHERE ticket = ? AND sequence BETWEEN ? AND ? ORDER BY sequence"
)
_USED = "SELECT +agent, +used FROM workorder_capacity WHERE agent IN"
_AT_ONCE = 500
"""As many values as any SQLite takes in one statement."""
_PENDING = (
    "SELECT +position, +ticket_id, +topic, +data FROM workorder_outbox ORDER BY position LIMIT ?"
)


def load(
    executor: Executor, ids: Sequence[str], command_ids: Collection[str]
) -> Mapping[str, Stored]:
    """Tickets that are there, with the receipts of commands."""
    found = {}
    for ticket_id in ids:
        row = executor.execute(
            "SELECT CAST(snapshot AS BLOB) FROM workorder_tickets WHERE id = ?", (ticket_id,)
        ).fetchone()
        if row is None:
            continue
        receipts = {}
        for command_id in command_ids:
            receipt = stored_receipt(executor, ticket_id, command_id)
            if receipt is not None:
                receipts[command_id] = receipt
        found[ticket_id] = Stored(Snapshot(data=row[0]), receipts)
    return found


def stored_receipt(executor: Executor, ticket_id: str, command_id: str) -> Receipt | None:
    """The receipt of a command on a ticket, with the records it brought."""
    row = executor.execute(_RECEIPT, (ticket_id, command_id)).fetchone()
    if row is None:
        return None
    number, digest, version, first, last = row
    found = executor.execute(_BROUGHT, (number, first, last))
    records = tuple(Record(ticket_id, *each) for each in found)
    return Receipt(command_id, digest, version, records)


def stored_version(executor: Executor, ticket_id: str) -> int:
    """At which version a ticket is; 0 if it is not there."""
    row = executor.execute(
        "SELECT +version FROM workorder_tickets WHERE id = ?", (ticket_id,)
    ).fetchone()
    return row[0] if row else 0


def records(
    executor: Executor, ticket_id: str, after: int, limit: int | None
) -> tuple[Record, ...]:
    """A ticket's records."""
    rows = executor.execute(_RECORDS, (ticket_id, after, -1 if limit is None else limit))
    return tuple(Record(ticket_id, *row) for row in rows)


def log(executor: Executor, after: int, limit: int) -> tuple[tuple[int, Record], ...]:
    """Records of all tickets, with their positions."""
    rows = executor.execute(_LOG, (after, limit))
    return tuple((row[0], Record(*row[1:])) for row in rows)


def ids(executor: Executor, after: str, limit: int) -> tuple[str, ...]:
    """Ids of tickets, ascending."""
    rows = executor.execute(
        "SELECT +id FROM workorder_tickets WHERE id > ? ORDER BY id LIMIT ?", (after, limit)
    )
    return tuple(row[0] for row in rows)


def find(executor: Executor, query: TicketQuery) -> tuple[Snapshot, ...]:
    """Tickets by a query."""
    statement, parameters = find_sql(query)
    rows = executor.execute(statement, parameters)
    return tuple(Snapshot(data=row[0]) for row in rows)


def reveal(executor: Executor, ticket_id: str, refs: Collection[str]) -> Mapping[str, SealedValue]:
    """Sealed values of a ticket."""
    wanted = set(refs)
    rows = executor.execute(_SEALED, (ticket_id,))
    return {row[0]: SealedValue(ticket_id, *row) for row in rows if row[0] in wanted}


def used(executor: Executor, agents: Collection[str]) -> Mapping[str, int]:
    """What reservations have taken of some agents."""
    found: dict[str, int] = {}
    asked = list(agents)
    for start in range(0, len(asked), _AT_ONCE):
        some = asked[start : start + _AT_ONCE]
        marks = ", ".join("?" * len(some))
        found.update(executor.execute(f"{_USED} ({marks})", some))
    return found


def pending(executor: Executor, limit: int) -> tuple[tuple[int, Message], ...]:
    """The oldest messages."""
    rows = executor.execute(_PENDING, (limit,))
    return tuple((row[0], Message(*row[1:])) for row in rows)
