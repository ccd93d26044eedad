"""A writer killed in the middle of its commits leaves a consistent store."""

import signal
import sqlite3
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from tests.storage.stores import change, stored, write
from workorder.kernel import replay
from workorder.storage import Batch, Codec, Committed, SQLiteStore, TicketQuery

ROOT = Path(__file__).resolve().parents[3]
WRITER = textwrap.dedent(
    """
    import sys
    from tests.storage.stores import change, stored, write
    from workorder.storage import Batch, Message, SQLiteStore
    from workorder.ticket import SealedValue

    store = SQLiteStore(sys.argv[1])
    number = 0
    while True:
        ids = [f"T{(number + other) % 7}" for other in range(2)]
        known = store.load(ids)
        changes = [change(i, known[i].snapshot if i in known else None, events=2) for i in ids]
        sealed = tuple(
            SealedValue(each.ticket_id, f"{each.version}.0.text", b"salt", "x" * 500)
            for each in changes
        )
        store.commit(Batch(tuple(changes), (Message(ids[0], "t", b"{}"),), sealed))
        number += 1
        print(number, flush=True)
    """
)


def commits_before_kill(path: Path, seconds: float) -> int:
    """Start a writer, kill it without warning, and give back how many commits it had reported."""
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert writer.stdout is not None
    with writer:
        try:
            writer.stdout.readline()
            time.sleep(seconds)
        finally:
            writer.send_signal(signal.SIGKILL)
        reported = writer.stdout.read().split()
    assert writer.returncode == -signal.SIGKILL
    return int(reported[-1]) if reported else 1


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
@pytest.mark.parametrize("seconds", [0.02, 0.05, 0.11, 0.17])
def test_a_killed_writer_leaves_whole_commits(tmp_path: Path, seconds: float) -> None:
    """After SIGKILL: every commit that was reported is there, at most one more is, every commit
    is there with all it wrote, every ticket's records replay to its snapshot, and work goes on.
    """
    path = tmp_path / "store.db"
    reported = commits_before_kill(path, seconds)
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()
    with SQLiteStore(path, create=False) as store:
        messages = store.pending(1_000_000)
        assert reported <= len(messages) <= reported + 1
        tickets = [snapshot.ticket for snapshot in store.find(TicketQuery())]
        assert sum(ticket.version for ticket in tickets) == 2 * len(messages)
        for ticket in tickets:
            records = store.records(ticket.id)
            assert [record.sequence for record in records] == list(range(1, len(records) + 1))
            assert len(records) == 2 * ticket.version
            assert replay(ticket.id, map(Codec().decode, records)) == ticket
            refs = [f"{version}.0.text" for version in range(1, ticket.version + 1)]
            assert set(store.reveal(ticket.id, refs)) == set(refs)
            ids = [f"c{version}" for version in range(1, ticket.version + 1)]
            assert set(stored(store, ticket.id, *ids).receipts) == set(ids)
        before = stored(store, tickets[0].id).snapshot
        assert write(store, change(tickets[0].id, before)) == Committed()
        assert store.commit(Batch((change("new"),))) == Committed()
