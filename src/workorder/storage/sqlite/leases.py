"""Leases: which worker looks after a ticket whose timers are due, and until when.

They stand in a table of their own: moving the timer's column to lend a ticket would rewrite its
index, and would lose when the timer was due. A guarded insert is the portable form of a claim;
here one transaction that writes makes it exclusive.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from workorder.instants import instant_text
from workorder.storage.sqlite.schema import Executor

_DUE = (
    "SELECT +number, CAST(snapshot AS BLOB) FROM workorder_tickets"
    " LEFT JOIN workorder_leases ON ticket = number"
    " WHERE next_timer <= ? AND (until IS NULL OR until <= ?)"
    " ORDER BY next_timer, id LIMIT ?"
)


def claim(executor: Executor, at: datetime, until: datetime, worker: str, limit: int) -> list[Any]:
    """Rows of due tickets that are free: number and snapshot; lent from now on. In a transaction
    that writes.
    """
    now = instant_text(at)
    rows = executor.execute(_DUE, (now, now, limit)).fetchall()
    end = instant_text(until)
    executor.executemany(
        "INSERT OR REPLACE INTO workorder_leases VALUES (?, ?, ?)",
        [(number, worker, end) for number, _ in rows],
    )
    return rows


def give_back(executor: Executor, ids: Collection[str], worker: str) -> None:
    """End the leases of *worker* on these tickets, in a transaction that writes."""
    executor.executemany(
        "DELETE FROM workorder_leases WHERE worker = ?"
        " AND ticket = (SELECT number FROM workorder_tickets WHERE id = ?)",
        [(worker, ticket_id) for ticket_id in ids],
    )
