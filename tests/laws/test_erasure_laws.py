"""Whatever is done, what was erased is nowhere, and everything else is as it was."""

import json
import logging
import sqlite3
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.laws.erasing import DPO, Session, tokens
from tests.laws.walking import Plan, plans
from workorder.storage import MemoryStore, SQLiteStore


def session(store: MemoryStore | SQLiteStore, folder: Path | None, plan: Plan) -> Session:
    """A session along *plan*, checked while it goes on and when it is over."""
    made = Session(store, folder, Random(plan.seed))
    made.lives(plan)
    made.world.desk.run_due()
    made.check_gone()
    made.check_whole()
    return made


fewer = settings(max_examples=max(settings().max_examples // 5, 1))
"""For laws that search every byte after every erasure."""


@settings(fewer, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plan=plans(40))
def test_erased_is_nowhere_in_memory(caplog: pytest.LogCaptureFixture, plan: Plan) -> None:
    """No table, export, digest, error or log line tells an erased value, and the trail is whole."""
    caplog.set_level(logging.DEBUG)
    session(MemoryStore(), None, plan)
    assert not tokens(caplog.text.encode())


@settings(fewer, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plan=plans(40))
def test_erased_is_nowhere_in_a_file(caplog: pytest.LogCaptureFixture, plan: Plan) -> None:
    """Nor does any byte of the store's files, with the store open and after it was closed."""
    caplog.set_level(logging.DEBUG)
    with TemporaryDirectory() as name:
        folder = Path(name)
        with SQLiteStore(folder / "store.db") as store:
            gone = session(store, folder, plan).gone
        for file in folder.iterdir():
            assert not tokens(file.read_bytes()) & gone
    assert not tokens(caplog.text.encode())


@settings(fewer)
@given(plan=plans(40), when=st.floats(0, 1))
def test_a_restored_backup_is_erased_again(plan: Plan, when: float) -> None:
    """A backup of any moment holds what was erased since; the list of erasures takes it away, and
    doing it twice changes nothing.
    """
    with TemporaryDirectory() as one, TemporaryDirectory() as other:
        backup = Path(other) / "backup.db"
        with SQLiteStore(Path(one) / "store.db") as store:
            made = Session(store, Path(one), Random(plan.seed))
            first = int(plan.length * when)
            made.lives(Plan(plan.country, plan.start, plan.types, plan.seed, first))
            copied(Path(one) / "store.db", backup)
            for _ in range(6):
                made.world.now = made.world.now.replace(microsecond=0)
                made.erases()
            lines = [json.dumps(each.as_data()) for each in made.papers.erasures()]
        with SQLiteStore(backup) as store:
            again = Session(store, Path(other), Random(0))
            again.world.now = made.world.now
            told = again.papers.replay_erasures(lines)
            assert len(told) == len(lines)
            refused = {x.erasure.ticket_id for x in told if not x.settled}
            if not refused:
                again.gone, again.written = made.gone, made.written
                again.check_gone()
            else:
                assert {x.refusal.code for x in told if x.refusal is not None} == {"legal_hold"}
            again.written = {}
            before = [len(store.records(each)) for each in store.ids()]
            twice = again.papers.replay_erasures(lines)
            assert {x.outcome for x in twice if x.settled} <= {"already"}
            assert [len(store.records(each)) for each in store.ids()] == before


def copied(source: Path, target: Path) -> None:
    """A backup of a store in use, by the database's own means."""
    one, other = sqlite3.connect(source), sqlite3.connect(target)
    with one, other:
        one.backup(other)
    one.close()
    other.close()


def test_sessions_erase_and_are_held() -> None:
    """The sessions above do what they are about: values are erased, and refused under a hold."""
    done = [session(MemoryStore(), None, Plan(seed=seed, length=60)) for seed in range(12)]
    assert sum(each.erasures for each in done) > 30
    assert sum(each.held for each in done) > 3
    assert sum(len(each.gone) for each in done) > 40
    assert DPO.id not in {name for each in done for t in each.world.tickets() for name in t.deeds}
