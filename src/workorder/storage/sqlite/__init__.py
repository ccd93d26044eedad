"""A store in one SQLite file, with nothing but the standard library.

Safe under threads (a connection each) and processes (write-ahead log); one file belongs to
one tenant. ``schema`` holds the tables, ``connections`` opens files and says what is wrong
with one, ``writing`` and ``querying`` are the two directions, ``store`` the face.
"""

from workorder.storage.sqlite.store import SQLiteStore

__all__ = ["SQLiteStore"]
