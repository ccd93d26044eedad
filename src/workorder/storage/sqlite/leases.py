"""Leases: which worker looks after a ticket whose timers are due, and until when.

They stand in a table of their own: moving the timer's column to lend a ticket would rewrite its
index, and would lose when the timer was due. A guarded insert is the portable form of a claim;
here one transaction that writes makes it exclusive.
"""

import sqlite3
from collections.abc import Collection
from datetime import datetime
from typing import Any

from workorder.instants import instant_text

_DUE = (
    "SELECT number, snapshot FROM tickets LEFT JOIN leases ON leases.ticket = number"
    " WHERE next_timer <= ? AND (leases.until IS NULL OR leases.until <= ?)"
    " ORDER BY next_timer, id LIMIT ?"
)


def claim(
    connection: sqlite3.Connection, at: datetime, until: datetime, worker: str, limit: int
) -> list[Any]:
    """Rows of due tickets that are free: number and snapshot; lent from now on."""
    now = instant_text(at)
    try:
        connection.execute("BEGIN IMMEDIATE")
        rows = connection.execute(_DUE, (now, now, limit)).fetchall()
        end = instant_text(until)
        connection.executemany(
            "INSERT OR REPLACE INTO leases VALUES (?, ?, ?)",
            [(number, worker, end) for number, _ in rows],
        )
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
    return rows


def give_back(connection: sqlite3.Connection, ids: Collection[str], worker: str) -> None:
    """End the leases of *worker* on these tickets, in one transaction."""
    try:
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(
            "DELETE FROM leases WHERE worker = ?"
            " AND ticket = (SELECT number FROM tickets WHERE id = ?)",
            [(worker, ticket_id) for ticket_id in ids],
        )
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
