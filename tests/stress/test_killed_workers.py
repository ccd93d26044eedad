"""Load and kill, in short; ``make stress`` does it for long. And: what the oracle would find."""

import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.stress.conductor import Conductor, Counted, Run, report
from tests.stress.oracle import Judge
from tests.stress.worker import Synchronous, Worker

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork, no SIGKILL")

SEED = 20
TURNS = 500
Spoil = Callable[[sqlite3.Connection, Path], object]


@pytest.fixture(scope="module")
def left_behind(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of workers who took turns, always the same ones, and were left alone."""
    folder = tmp_path_factory.mktemp("stress") / "run"
    conductor = Conductor(Run(folder, SEED, 0))
    workers = [Worker(folder, f"w{number}", f"{SEED}/{number}", "NORMAL") for number in range(3)]
    for turn in range(TURNS):
        conductor.clock.go_on(turn * 3_600)
        workers[turn % 3].turn()
    conductor.come_to_rest()
    for worker in workers:
        worker.store.close()
    return folder


@pytest.mark.parametrize("synchronous", ["NORMAL", "FULL"])
def test_nothing_is_lost_halved_or_done_twice(tmp_path: Path, synchronous: Synchronous) -> None:
    """Workers on one file are killed at random moments, and every answer they were given still
    holds: the file is judged by an oracle that knows nothing of the library.
    """
    run = Run(tmp_path / "run", SEED + 1, 8, synchronous, looks=4)
    counted = Conductor(run).carry_out()
    assert not counted.faults, report(run, counted)
    assert counted.kills == 8


def statement(sql: str) -> Spoil:
    """Spoils a store by a statement, which must hit something."""

    def spoil(connection: sqlite3.Connection, _folder: Path) -> None:
        assert connection.execute(sql).rowcount > 0, "nothing to spoil"

    return spoil


def rewritten(change: Callable[[list[str]], list[str]], name: str) -> Spoil:
    """Spoils the lines of a journal."""

    def spoil(_connection: sqlite3.Connection, folder: Path) -> None:
        path = folder / name
        lines = [line for line in path.read_text("utf-8").splitlines() if line]
        path.write_text("\n".join([*change(lines), ""]), "utf-8")

    return spoil


def answer_of(kind: str, **other: object) -> Callable[[list[str]], list[str]]:
    """Adds an answer that nobody was given: the first one of *kind*, with *other* values."""

    def change(lines: list[str]) -> list[str]:
        first = next(line for line in map(json.loads, lines) if line.get("said") == kind)
        return [*lines, json.dumps({**first, **other})]

    return change


NEWEST = "(SELECT max(number) FROM workorder_tickets)"
SPOILED: dict[str, Spoil] = {
    "the last record is lost": statement(
        "DELETE FROM workorder_records WHERE position ="
        " (SELECT max(position) FROM workorder_records)"
    ),
    "a record is altered": statement(
        "UPDATE workorder_records SET data = CAST(replace(CAST(data AS TEXT), 'phone', 'paper')"
        f" AS BLOB) WHERE sequence = 1 AND ticket = {NEWEST}"
    ),
    "records out of order": statement(
        "UPDATE workorder_records SET sequence = sequence + 1000 WHERE sequence > 1"
    ),
    "a receipt is lost": statement(f"DELETE FROM workorder_receipts WHERE ticket = {NEWEST}"),
    "a receipt of nothing": statement(
        f"INSERT INTO workorder_receipts VALUES ({NEWEST}, 'other', '', 999, 999, 999)"
    ),
    "a command carried out again": statement(
        "INSERT INTO workorder_records (ticket, sequence, version, data) SELECT ticket,"
        " 1 + max(sequence), 1 + max(version), data FROM workorder_records GROUP BY ticket"
    ),
    "a ticket without its records": statement(
        "UPDATE workorder_tickets SET number = number + 1000000"
    ),
    "a column that says otherwise": statement("UPDATE workorder_tickets SET state = 'elsewhere'"),
    "an older snapshot": statement(
        'UPDATE workorder_tickets SET snapshot = replace(snapshot, \'"head":"\', \'"head":"0\')'
    ),
    "a sealed value is lost": statement("DELETE FROM workorder_sealed WHERE erased = 0"),
    "a sealed value is another": statement("UPDATE workorder_sealed SET value = value || '?'"),
    "an erased value is back": statement("UPDATE workorder_sealed SET erased = 0, ref = ref"),
    "the digest of what was erased": statement(
        "UPDATE workorder_receipts SET digest = 'ab' WHERE digest = ''"
    ),
    "capacity over": statement("UPDATE workorder_capacity SET used = used + 1"),
    "a timer that never fired": statement(
        "UPDATE workorder_tickets SET next_timer = '2026-03-01T00:00:00.000000Z'"
    ),
    "a message that never went out": rewritten(lambda lines: lines[1:], "deliveries"),
    "messages out of order": rewritten(lambda lines: lines[::-1], "deliveries"),
    "a message too many": rewritten(
        lambda lines: [*lines, json.dumps({**json.loads(lines[-1]), "position": 10**6})],
        "deliveries",
    ),
    "an answer about nothing": rewritten(answer_of("done", id="never"), "w0.jsonl"),
    "an answer with another version": rewritten(answer_of("done", version=99), "w1.jsonl"),
    "refused, and carried out": rewritten(answer_of("done", said="refused"), "w2.jsonl"),
}


@pytest.fixture
def copy(left_behind: Path, tmp_path: Path) -> Iterator[Path]:
    """A copy of what a run left behind."""
    folder = tmp_path / "copy"
    shutil.copytree(left_behind, folder)
    yield folder
    shutil.rmtree(folder)


def judged(folder: Path) -> list[str]:
    """The faults of a store at rest."""
    journals = [folder / f"w{number}.jsonl" for number in range(3)]
    return Judge(folder / "store.db", journals, folder / "deliveries").at_rest("2026-03-02")


def test_a_sound_store_has_no_faults(copy: Path) -> None:
    """What the run left behind is sound, and rich enough to spoil."""
    assert judged(copy) == []


@pytest.mark.parametrize("name", SPOILED)
def test_the_oracle_finds_what_is_spoiled(copy: Path, name: str) -> None:
    """Each kind of fault that is looked for is found when it is there."""
    with closing(sqlite3.connect(copy / "store.db", isolation_level=None)) as connection:
        SPOILED[name](connection, copy)
    assert judged(copy)


def test_a_mark_tells_each_once(copy: Path) -> None:
    """A mark that told nobody is found, and one that told somebody twice."""
    judge = Judge(copy / "store.db", [], copy / "deliveries")
    messages = [(line["ticket"], line["topic"], line["data"]) for line in judge.delivered]
    mark = next(each for each in messages if each[1] == "sla.mark")
    about = [each for each in messages if each[1] == "sla.mark" and each[0] == mark[0]]
    judge.told(messages)
    assert judge.faults == []
    judge.told([*messages, mark])
    assert "more than once" in judge.faults.pop()
    judge.told([each for each in messages if each not in about])
    assert "reached and not told" in judge.faults.pop()


def test_what_was_erased_can_be_read(copy: Path) -> None:
    """An erased text in some corner of the file is found."""
    with closing(sqlite3.connect(copy / "store.db", isolation_level=None)) as connection:
        (name,) = connection.execute(
            "SELECT json_extract(CAST(data AS TEXT), '$.command') FROM workorder_records r"
            " JOIN workorder_sealed s ON s.ticket = r.ticket"
            " AND s.ref = json_extract(CAST(data AS TEXT), '$.body.text.sealed')"
            " WHERE erased AND json_extract(CAST(data AS TEXT), '$.kind') = 'ticket.commented'"
        ).fetchone()
        connection.execute("CREATE TABLE corner (text)")
        connection.execute("INSERT INTO corner VALUES (?)", (f"... <said with {name}> ...",))
    assert any("can still be read" in fault for fault in judged(copy))


def test_the_seed_is_said(tmp_path: Path) -> None:
    """A run with faults says its seed, where its files are, and the faults."""
    run = Run(tmp_path / "run", 4711, 5, "FULL")
    said = report(run, Counted(5, 1, 2, 3, 4, 5.0, ("T1: lost", "T2: lost")))
    assert "seed 4711" in said
    assert str(tmp_path / "run") in said
    assert said.endswith("T1: lost\nT2: lost")
