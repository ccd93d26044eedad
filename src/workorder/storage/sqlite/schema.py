"""The tables, in a file of their own or in a host's database, and whose they are.

Tickets are numbered inside the tables, so that records and receipts are filed by a small
whole number and stand beside each other. No index covers a column that every command
changes. Instants are UTC text of fixed width, which sorts as the instants do. Snapshots
are JSON text, so that searches reach into them; records are opaque bytes.

Every name begins with ``workorder_``, so that the tables can stand among a host's. What
they are is said by two rows of ``workorder_meta``; a file that holds nothing else says it in
its header too.
"""

import sqlite3

from workorder.errors import StoreError

APPLICATION_ID = 0x574F5244
"""Marks a file as one of ours (``WORD``)."""

SCHEMA_VERSION = 3

SCHEMA = """
CREATE TABLE workorder_meta (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE workorder_tickets (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    version INTEGER NOT NULL,
    type TEXT NOT NULL,
    state TEXT NOT NULL,
    assignee TEXT,
    department TEXT,
    customer TEXT,
    opened TEXT NOT NULL,
    next_timer TEXT,
    snapshot TEXT NOT NULL
);
CREATE INDEX workorder_tickets_by_state ON workorder_tickets (state, opened, id);
CREATE INDEX workorder_tickets_by_opening ON workorder_tickets (opened, id);
CREATE INDEX workorder_tickets_by_assignee ON workorder_tickets (assignee);
CREATE INDEX workorder_tickets_by_department ON workorder_tickets (department);
CREATE INDEX workorder_tickets_by_customer ON workorder_tickets (customer);
CREATE INDEX workorder_tickets_by_timer ON workorder_tickets (next_timer)
    WHERE next_timer IS NOT NULL;

CREATE TABLE workorder_people (
    person TEXT NOT NULL,
    ticket INTEGER NOT NULL,
    PRIMARY KEY (person, ticket)
) WITHOUT ROWID;

CREATE TABLE workorder_asked (
    department TEXT NOT NULL,
    ticket INTEGER NOT NULL,
    PRIMARY KEY (department, ticket)
) WITHOUT ROWID;

CREATE TABLE workorder_records (
    position INTEGER PRIMARY KEY,
    ticket INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    version INTEGER NOT NULL,
    data BLOB NOT NULL
);
CREATE UNIQUE INDEX workorder_records_by_ticket ON workorder_records (ticket, sequence);

CREATE TABLE workorder_receipts (
    ticket INTEGER NOT NULL,
    command_id TEXT NOT NULL,
    digest TEXT NOT NULL,
    version INTEGER NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (ticket, command_id)
) WITHOUT ROWID;

CREATE TABLE workorder_sealed (
    position INTEGER PRIMARY KEY,
    ticket INTEGER NOT NULL,
    ref TEXT NOT NULL,
    erased INTEGER NOT NULL,
    salt BLOB NOT NULL,
    value TEXT NOT NULL
);
CREATE UNIQUE INDEX workorder_sealed_by_ticket ON workorder_sealed (ticket, ref) WHERE erased = 0;

CREATE TABLE workorder_outbox (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    ticket_id TEXT NOT NULL,
    topic TEXT NOT NULL,
    data BLOB NOT NULL
);

CREATE TABLE workorder_leases (
    ticket INTEGER PRIMARY KEY,
    worker TEXT NOT NULL,
    until TEXT NOT NULL
);

CREATE TABLE workorder_capacity (
    agent TEXT PRIMARY KEY,
    used INTEGER NOT NULL
) WITHOUT ROWID;
"""

INDEXED = ("type", "state", "assignee", "department", "customer", "opened", "next_timer")
"""Columns of ``workorder_tickets`` that repeat what stands in the snapshot."""

Executor = sqlite3.Connection | sqlite3.Cursor
"""What statements are put to: a connection of our own, or a cursor on a host's."""


def make_tables(executor: Executor, tenant: str) -> None:
    """Make the tables for *tenant*, in the transaction that is open."""
    for statement in SCHEMA.split(";\n"):
        if statement.strip():
            executor.execute(statement)
    rows = [("schema", str(SCHEMA_VERSION)), ("tenant", tenant)]
    executor.executemany("INSERT INTO workorder_meta VALUES (?, ?)", rows)


def has_tables(executor: Executor) -> bool:
    """Whether the tables are there."""
    named = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'workorder_meta'"
    return executor.execute(named).fetchone() is not None


def check_tables(executor: Executor, tenant: str, path: str) -> None:
    """See that the tables are of this schema, and *tenant*'s.

    Raises:
        StoreError: ``schema_version`` or ``other_tenant``, naming what was found.
    """
    said = dict(executor.execute("SELECT +name, +value FROM workorder_meta").fetchall())
    if said.get("schema") != str(SCHEMA_VERSION):
        raise StoreError(
            "schema_version", path=path, found=said.get("schema", "?"), expected=SCHEMA_VERSION
        )
    if said.get("tenant") != tenant:
        raise StoreError("other_tenant", path=path, found=said.get("tenant", "?"), expected=tenant)
