"""An import that is killed half way and started again ends as one that was left alone."""

import gzip
import json
import signal
import subprocess
import time
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from tests.exchange.conftest import MAPPING, Brought, answer, command
from tests.exchange.test_servicenow import stored
from workorder.errors import StoreError
from workorder.storage import SQLiteStore


def entries_in(path: Path) -> int:
    """How many entries are committed by now."""
    try:
        with SQLiteStore(path, create=False) as store:
            query = "SELECT count(*) FROM workorder_records"
            (number,) = store._connections.get().execute(query).fetchone()
            return int(number)
    except StoreError:
        return 0  # it is just being made


def killed_half_way(log: Path, store: Path, half: int) -> int:
    """Start an import, kill it once *half* is in; how many entries it left behind."""
    arguments = command("import", log, "--mapping", MAPPING, "--store", store, "--quiet")
    with subprocess.Popen(arguments, stdout=subprocess.DEVNULL) as running:
        while entries_in(store) < half:
            assert running.poll() is None, "it ended before it could be killed"
            time.sleep(0.05)
        running.kill()
    assert running.returncode == -signal.SIGKILL
    return entries_in(store)


def same_tickets(first: Path, second: Path) -> bool:
    """Whether two stores keep the same tickets, to the last value of their snapshots."""
    with SQLiteStore(first, create=False) as one, SQLiteStore(second, create=False) as other:
        return list(stored(one)) == list(stored(other)) and snapshots(one) == snapshots(other)


def snapshots(store: SQLiteStore) -> list[tuple[str, dict[str, Any]]]:
    """The snapshots as they are kept, but for the heads of their chains: those go by the instants
    at which the entries were brought in.
    """
    query = "SELECT id, snapshot FROM workorder_tickets ORDER BY id"
    rows = store._connections.get().execute(query).fetchall()
    return [(name, {**json.loads(text), "head": None}) for name, text in rows]


def goes_on(log: Path, store: Path, undisturbed: Path, rows: int) -> None:
    """Kill an import of *log* half way, start it again, and compare with one left alone."""
    left = killed_half_way(log, store, rows // 2)
    assert rows // 2 <= left < rows
    report = answer("import", log, "--mapping", MAPPING, "--store", store)
    assert (report["added"], report["known"]) == (rows - left, left)
    assert answer("summary", store) == answer("summary", undisturbed)
    assert same_tickets(store, undisturbed)


def test_the_beginning_of_the_real_log(real_log: Path, tmp_path: Path) -> None:
    """Killed over the first 20,000 rows: same summary, same tickets."""
    rows = 20_000
    short = tmp_path / "short.csv"
    with gzip.open(real_log, "rt", encoding="ascii") as whole:
        short.write_text("".join(islice(whole, rows + 1)), encoding="ascii")
    undisturbed = tmp_path / "undisturbed.db"
    answer("import", short, "--mapping", MAPPING, "--store", undisturbed)
    goes_on(short, tmp_path / "killed.db", undisturbed, rows)


@pytest.mark.long
def test_the_whole_real_log(servicenow: Brought, tmp_path: Path) -> None:
    """Killed over all of it: same summary, same tickets."""
    goes_on(servicenow.log, tmp_path / "killed.db", servicenow.store, 141_712)
