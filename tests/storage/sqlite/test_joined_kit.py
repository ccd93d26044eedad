"""A joined store keeps every promise of a store: the host's transactions are no excuse."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from tests.storage.sqlite.hosts import Committing, another, newest
from workorder.storage import Capability, JoinedSQLiteStore
from workorder.testing import check_store
from workorder.testing.suite import StoreSuite


class TestCommittedEachTime(StoreSuite):
    """A host that begins before and commits after every call, in many threads and processes."""

    capabilities = frozenset(Capability)
    examples = 10

    def make_store(self, tenant: str = "") -> Committing:
        """In a new database."""
        return another(self.folder, tenant)

    def opener(self) -> Callable[[], Any]:
        """Joins the database that was made last."""
        return partial(newest, self.folder)


THREADS = (
    "thread",
    "habits.writers_are_not_kept_apart",
    "habits.locked_rows_are_not_skipped",
    "history.the_order_over_connections",
)
"""Promises about several threads; a transaction belongs to one."""


def test_in_one_transaction_that_is_never_committed() -> None:
    """Inside one transaction of the host everything is as promised, too: what was written is read,
    what was not written is not.
    """

    @contextmanager
    def make_store() -> Iterator[JoinedSQLiteStore]:
        connection = sqlite3.connect(":memory:", isolation_level=None)
        connection.execute("BEGIN IMMEDIATE")
        yield JoinedSQLiteStore(connection, create=True)
        assert connection.in_transaction
        connection.close()

    report = check_store(make_store, skip=THREADS, examples=10, out=None)
    assert report.ok, report.text()
