"""Stores in SQLite, with nothing but the standard library.

:class:`SQLiteStore` keeps a file of its own: safe under threads (a connection each) and
processes (write-ahead log); one file belongs to one tenant. :class:`JoinedSQLiteStore` keeps the
same tables in a host's database, on the host's connection and inside its transactions.

``schema`` holds the tables, ``reading``, ``querying``, ``writing`` and ``leases`` are what is
asked of them, on whatever connection; ``tables`` is the face both stores share. ``connections``
opens files and says what is wrong with one. What does not belong here: when to commit a host's
transaction.
"""

from workorder.storage.sqlite.joined import JoinedSQLiteStore
from workorder.storage.sqlite.store import SQLiteStore

__all__ = ["JoinedSQLiteStore", "SQLiteStore"]
