"""The tables of a store file.

Tickets are numbered inside the file, so that records and receipts are filed by a small
whole number and stand beside each other. No index covers a column that every command
changes. Instants are UTC text of fixed width, which sorts as the instants do. Snapshots
are JSON text, so that searches reach into them; records are opaque bytes.
"""

APPLICATION_ID = 0x574F5244
"""Marks a file as one of ours (``WORD``)."""

SCHEMA_VERSION = 3

SCHEMA = """
CREATE TABLE meta (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE tickets (
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
CREATE INDEX tickets_by_state ON tickets (state, opened);
CREATE INDEX tickets_by_assignee ON tickets (assignee);
CREATE INDEX tickets_by_department ON tickets (department);
CREATE INDEX tickets_by_customer ON tickets (customer);
CREATE INDEX tickets_by_timer ON tickets (next_timer) WHERE next_timer IS NOT NULL;

CREATE TABLE people (
    person TEXT NOT NULL,
    ticket INTEGER NOT NULL,
    PRIMARY KEY (person, ticket)
) WITHOUT ROWID;

CREATE TABLE asked (
    department TEXT NOT NULL,
    ticket INTEGER NOT NULL,
    PRIMARY KEY (department, ticket)
) WITHOUT ROWID;

CREATE TABLE records (
    position INTEGER PRIMARY KEY,
    ticket INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    version INTEGER NOT NULL,
    data BLOB NOT NULL
);
CREATE UNIQUE INDEX records_by_ticket ON records (ticket, sequence);

CREATE TABLE receipts (
    ticket INTEGER NOT NULL,
    command_id TEXT NOT NULL,
    digest TEXT NOT NULL,
    version INTEGER NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (ticket, command_id)
) WITHOUT ROWID;

CREATE TABLE sealed (
    ticket INTEGER NOT NULL,
    ref TEXT NOT NULL,
    salt BLOB NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (ticket, ref)
) WITHOUT ROWID;

CREATE TABLE outbox (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    ticket_id TEXT NOT NULL,
    topic TEXT NOT NULL,
    data BLOB NOT NULL
);

CREATE TABLE leases (
    ticket INTEGER PRIMARY KEY,
    worker TEXT NOT NULL,
    until TEXT NOT NULL
);

CREATE TABLE capacity (
    agent TEXT PRIMARY KEY,
    used INTEGER NOT NULL
) WITHOUT ROWID;
"""

INDEXED = ("type", "state", "assignee", "department", "customer", "opened", "next_timer")
"""Columns of ``tickets`` that repeat what stands in the snapshot."""
