"""A load that is killed half way and started again ends as one that was left alone."""

import signal
import subprocess
import time
from pathlib import Path

from tests.exchange.conftest import answer, command
from tests.exchange.test_killed import entries_in
from tests.exchange.transfers import desk_on, exported, whole
from tests.storage.stores import tables
from workorder.desk import ServiceDesk
from workorder.storage import Batch, MemoryStore, Message, SQLiteStore
from workorder.ticket import Comment, Ticket
from workorder.workflow import Actor

TICKETS = 3_000
LI = Actor("li", "handler", "cards")


def opened(desk: ServiceDesk, number: int) -> Ticket:
    """One ticket of many."""
    return desk.open(
        "complaint",
        fields={"title": f"卡片 {number}", "description": ""},
        department="cards",
        actor=LI,
        command_id=f"open-{number}",
    )


def test_killed_half_way(tmp_path: Path) -> None:
    """Killed somewhere in the middle: the next run brings in the rest, and the store is the same
    as one loaded in one go, and as the source.
    """
    source = MemoryStore()
    desk = desk_on(source)
    for number in range(TICKETS):
        ticket = opened(desk, number)
        if number % 3 == 0:
            desk.perform(ticket.id, Comment("x"), actor=LI, command_id=f"comment-{number}")
    source.commit(Batch((), (Message("x", "topic", b"{}"),)))
    records = TICKETS + TICKETS // 3
    file, killed, alone = tmp_path / "store.jsonl", tmp_path / "killed.db", tmp_path / "alone.db"
    file.write_bytes(b"".join(exported(source)))
    with subprocess.Popen(command("load", file, killed, "--quiet")) as running:
        while entries_in(killed) < records // 3:
            assert running.poll() is None, "it ended before it could be killed"
            time.sleep(0.01)
        running.kill()
    assert running.returncode == -signal.SIGKILL
    left = entries_in(killed)
    assert records // 3 <= left < records
    report = answer("load", file, killed)
    assert (report["known"], report["added"], report["messages"]) == (left, records - left, 1)
    assert answer("load", file, alone)["added"] == records
    with SQLiteStore(killed) as one, SQLiteStore(alone) as other:
        assert whole(one) == whole(other) == whole(source)
    assert tables(killed) == tables(alone)
