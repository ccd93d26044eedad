"""The kit on stores that are right, and the words in which it says what is wrong."""

import sys
from collections.abc import Callable, Sequence
from contextlib import contextmanager, nullcontext
from datetime import datetime
from functools import partial
from pathlib import Path
from threading import Barrier, BrokenBarrierError, Event, current_thread, main_thread
from typing import Any

import pytest

from tests.testing.kept import AwaitedMemory, Files, JoinedRows
from workorder.errors import ConfigurationError
from workorder.storage import Answer, Batch, Capability, Change, Committed, MemoryStore, Snapshot
from workorder.testing import (
    BY_NAME,
    CHECKS,
    StoreCheckFailed,
    batch,
    check_store,
    opening,
    trial,
)
from workorder.testing.recording import History, RecordedStore
from workorder.texts import CHINESE, ENGLISH


def quiet(make_store: Callable[..., Any], **given: Any) -> Any:
    """A report, not printed."""
    return check_store(make_store, out=None, **given)


def skipped(report: Any) -> set[str]:
    """The chapters of what was skipped."""
    return {each.check.chapter for each in report.skipped}


def test_the_memory_store_is_right() -> None:
    """Every promise is kept; only what needs processes and coroutines is skipped."""
    report = quiet(MemoryStore)
    report.require()
    assert skipped(report) == {"task", "process", "crash"}
    assert len(report.results) == len(CHECKS)


def test_a_store_without_history_is_right() -> None:
    """What needs history is skipped, and says so."""
    report = quiet(partial(MemoryStore, history=False), examples=5)
    report.require()
    missing = [each for each in report.skipped if Capability.HISTORY in each.check.needs]
    assert missing
    assert {each.reason[ENGLISH] for each in missing} == {"the store does not declare history"}


class Offers(MemoryStore):
    """Offers what it is told to, and nothing else."""

    offered: frozenset[Capability] = frozenset()

    @property
    def capabilities(self) -> frozenset[Capability]:
        """What it was told."""
        return self.offered


@pytest.mark.parametrize("capability", [None, *Capability])
def test_a_store_of_one_capability_is_right(capability: Capability | None) -> None:
    """Every capability stands alone: no check needs another one than it says, and there is
    something to check even where none is offered.
    """
    offered = frozenset({capability} if capability is not None else ())
    store = type("Offers", (Offers,), {"offered": offered})
    report = quiet(store, capabilities=offered, examples=3)
    report.require()
    looked = {need for each in report.passed for need in each.check.needs}
    assert looked == offered


def test_the_sqlite_store_is_right(tmp_path: Path) -> None:
    """Every promise is kept, with several processes and killed ones."""
    files = Files(tmp_path)
    report = quiet(files.make, reopen=files.reopen, examples=3)
    report.require()
    assert skipped(report) == {"tenant", "task"}


def test_a_store_of_one_thread_is_right() -> None:
    """A joined store belongs to the thread of its connection: said so, no check leaves it."""
    report = quiet(JoinedRows, threads=False, examples=5)
    report.require()
    left = [each for each in report.skipped if each.check.wants == "threads"]
    assert {each.check.chapter for each in left} >= {"thread", "habits", "history"}
    reason = "the store is used in one thread only, says the call"
    assert {each.reason[ENGLISH] for each in left} == {reason}


def test_an_asynchronous_store_is_right() -> None:
    """It is driven through one event loop, entered and left."""
    report = quiet(AwaitedMemory, examples=5)
    report.require()
    assert skipped(report) == {"tenant", "process", "crash"}
    assert AwaitedMemory.entered == 0


def test_the_example_store_is_right(monkeypatch: pytest.MonkeyPatch) -> None:
    """The store of sixty lines that is shown to hosts keeps every promise it makes."""
    folder = Path(__file__).resolve().parents[2] / "examples"
    monkeypatch.syspath_prepend(str(folder))
    monkeypatch.delitem(sys.modules, "own_store", raising=False)
    from own_store import ShelfStore  # type: ignore[import-not-found]

    @contextmanager
    def made() -> Any:
        store = ShelfStore()
        yield store
        store._db.close()

    report = quiet(made, capabilities={Capability.SEALED}, examples=10)
    report.require()
    assert any(each.check.chapter == "sealed" for each in report.passed)


def test_a_context_manager_is_entered_and_left() -> None:
    """A store may be given by a context manager; it is left after each check."""
    opened = []

    @contextmanager
    def made() -> Any:
        opened.append(True)
        yield MemoryStore()
        opened.pop()

    quiet(made, only="load").require()
    assert opened == []


def test_a_loop_that_is_coroutines_only() -> None:
    """``make_store`` may be a coroutine itself."""

    async def made() -> AwaitedMemory:
        return AwaitedMemory()

    quiet(made, only=("load", "task")).require()


class Overwrites(MemoryStore):
    """Never looks whether somebody else was there."""

    def _refused(self, batch: Batch) -> Answer | None:
        return None


def test_a_failure_names_verb_promise_and_history() -> None:
    """What failed is told with the verb, the promise, what was found, and the calls."""
    (result,) = quiet(Overwrites, only="conflict.two_writers_never_both_pass").failed
    assert result.text() == (
        "FAILED: conflict.two_writers_never_both_pass\n"
        "  verb:    commit\n"
        "  promise: Of two writers that saw the same version, one gets through; the other learns"
        " the version.\n"
        "  but:     the answer: found Committed, expected Conflict(T1, version 2)\n"
        "  the smallest failing history:\n"
        "    1. commit(T1 0→1 by c1, 1 record) → Committed\n"
        "    2. commit(T1 1→2 by mine, 1 record) → Committed\n"
        "    3. commit(T1 1→2 by theirs, 1 record) → Committed"
    )
    assert "承诺：两个写入者看到同一版本时只有一个成功" in result.text("zh-CN")


def test_the_report_has_the_promise_when_it_insists() -> None:
    """``require`` raises with the whole report, in either language."""
    report = quiet(Overwrites, only=("conflict", "load"))
    assert not report.ok
    with pytest.raises(StoreCheckFailed) as raised:
        report.require()
    text = str(raised.value)
    assert raised.value.report is report
    assert "verb:    commit" in text
    assert "promise: Any version but the present one" in text
    counts = len(report.passed), len(report.failed)
    assert text.endswith("Overwrites: {} passed, {} failed, 0 skipped".format(*counts))
    assert f"Overwrites：{counts[0]} 项通过" in raised.value.text(CHINESE)


def test_nothing_looked_at_is_no_success() -> None:
    """A report in which everything was skipped does not pass."""
    with pytest.raises(StoreCheckFailed):
        quiet(MemoryStore, only="process").require()


def test_what_was_skipped_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    """Printed by default: each reason, with the chapters and how many."""
    check_store(partial(MemoryStore, history=False), only=("history", "task", "process", "load"))
    printed = capsys.readouterr().out
    count = sum(check.chapter == "history" for check in CHECKS)
    assert f"skipped {count} (history): the store does not declare history\n" in printed
    assert "(task): the store is synchronous" in printed
    assert "(process): no `reopen` was given" in printed
    assert printed.splitlines()[-1].startswith("MemoryStore: ")


def test_what_the_call_leaves_out() -> None:
    """``skip`` leaves chapters, names and patterns out, and the report says so."""
    report = quiet(MemoryStore, only=("load", "conflict"), skip=("load", "conflict.any_*"))
    left = [each.check.name for each in report.skipped]
    assert {name.split(".")[0] for name in left} == {"load", "conflict"}
    assert "conflict.any_other_version" in left
    assert {each.reason[ENGLISH] for each in report.skipped} == {"left out by the call"}
    report.require()


@pytest.mark.parametrize("meant", [set(), {Capability.SEALED}, set(Capability) - {"history"}])
def test_what_is_meant_must_be_declared(meant: set[Capability]) -> None:
    """A store that declares anything else than it is meant to fails."""
    report = quiet(MemoryStore, capabilities=meant, only="declare")
    assert [each.check.name for each in report.failed] == ["declare.capabilities"]
    quiet(MemoryStore, capabilities=set(Capability), only="declare").require()


def test_every_mistake_in_the_arguments_at_once() -> None:
    """What cannot be is refused before a store is made, all of it."""
    with pytest.raises(ConfigurationError) as refused:
        check_store(
            5,  # type: ignore[arg-type]
            capabilities=["histroy"],  # type: ignore[list-item]
            reopen=lambda: None,
            examples=-1,
        )
    keys = [each.key for each in refused.value.findings]
    assert keys == ["make_store", "reopen", "examples", "capabilities"]
    assert "expected history" in str(refused.value)
    assert "pickled" in str(refused.value)


@pytest.mark.parametrize(
    ("name", "said"), [("conflicts", "conflict"), ("load.what_was_comitted", "what_was_committed")]
)
@pytest.mark.parametrize("key", ["only", "skip"])
def test_misspelt_checks(name: str, said: str, key: str) -> None:
    """A name that means no check is refused, with the nearest one."""
    with pytest.raises(ConfigurationError, match=said) as refused:
        quiet(MemoryStore, **{key: [name]})
    assert refused.value.findings[0].key == key


def test_what_is_no_store_fails_plainly() -> None:
    """Anything without the two verbs fails, and says what it has not."""
    report = quiet(dict, only="load")
    assert len(report.failed) == 1
    assert len(report.skipped) == len(report.results) - 1
    assert "dict is no store: it has no load, commit" in report.failed[0].text()


def test_a_store_that_cannot_be_made() -> None:
    """An error of ``make_store`` is told once, the rest is skipped, and nothing is raised."""

    def broken() -> MemoryStore:
        raise OSError("no connection")

    report = quiet(broken, only="load")
    assert report.store == "broken"
    assert "OSError: no connection" in report.failed[0].text()


class Forgets(MemoryStore):
    """Keeps digests that were to be erased."""

    def _erase(self, change: Change, told: Any) -> None:
        kept = [dict(known) for known in told]
        super()._erase(change, told)
        for known, before in zip(told, kept, strict=True):
            known.update(before)


def test_a_random_history_is_made_small() -> None:
    """A history that fails by chance is told by the fewest calls that show it."""
    (result,) = quiet(Forgets, only="walk", examples=200).failed
    commits = [line for line in result.history if "commit(" in line]
    assert len(commits) == 2
    assert "erases" in commits[1]
    assert "digest ''" in result.text()


class ForgetsLeases(MemoryStore):
    """Lends a ticket again to the worker that has it."""

    def claim_due(
        self, at: datetime, until: datetime, worker: str, limit: int = 100
    ) -> Sequence[Snapshot]:
        """Forgets what it lent to that worker."""
        self.release([each for each, (name, _) in self._leases.items() if name == worker], worker)
        return super().claim_due(at, until, worker, limit)


@pytest.mark.parametrize("name", ["timer.not_lent_twice", "walk"])
def test_a_lease_that_is_given_twice_is_noticed(name: str) -> None:
    """By its own check, and by chance."""
    assert quiet(ForgetsLeases, only=name, examples=200).failed


class OneForAll(MemoryStore):
    """Says whose it is, and keeps everything in one place."""

    def __init__(self, tenant: str, everything: dict[str, Any]) -> None:
        super().__init__(tenant)
        name = everything.setdefault("tenant", tenant)
        if tenant == name:
            everything["state"] = self.__dict__
        else:
            self.__dict__ = {**everything["state"], "_tenant": tenant}


def test_tenants_in_one_place_are_noticed() -> None:
    """Two tenants that share tables are seen by every check of tenants but the name."""
    everything: dict[str, Any] = {}

    def make(tenant: str = "") -> MemoryStore:
        if tenant in {"", "north"}:
            everything.clear()
        return OneForAll(tenant, everything)

    report = quiet(make, only="tenant")
    failed = {each.check.name for each in report.failed}
    assert failed == {
        "tenant.everything_is_apart",
        "tenant.the_other_stays_as_it_was",
        "tenant.the_same_ids_are_different_tickets",
    }
    assert "south." in report.text()


def test_long_histories_are_cut_and_reads_left_out() -> None:
    """A history shows what wrote and the last call; of very many calls the first and the last."""
    store = RecordedStore(MemoryStore(), history := History())
    for number in range(60):
        store.load((f"T{number}",))
        store.commit(batch(opening(f"T{number}")))
    store.load(("T1", "x" * 200))
    lines = history.lines()
    assert lines[0] == "1. commit(T0 0→1 by c1, 1 record) → Committed"
    assert "more calls" in lines[15]
    assert "(200 characters)" in lines[-1]
    assert lines[-1].endswith("→ {'T1': T1 at version 1}")
    assert len(lines) < 40


class Loses(MemoryStore):
    """Raises in the middle: the first ticket is written, the second not."""

    def commit(self, batch: Batch) -> Answer:
        """The first ticket, and then an error."""
        if len(batch.changes) > 1:
            super().commit(Batch(batch.changes[:1]))
            raise OSError("gone away")
        return super().commit(batch)


def test_an_error_of_the_store_is_a_failure_with_its_history() -> None:
    """What a store raises is told as the answer of the last call."""
    (result,) = quiet(Loses, only="commit.one_command_on_several_tickets").failed
    assert result.history[-1].endswith("→ raised OSError: gone away")


class WaitsForEver(MemoryStore):
    """Lets nobody in while somebody else is there."""

    def __init__(self) -> None:
        super().__init__()
        self.left = Event()

    def commit(self, batch: Batch) -> Answer:
        """Waits, if it is not alone."""
        if current_thread() is not main_thread():
            self.left.wait()
        return super().commit(batch)


def test_calls_that_do_not_come_back_are_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    """Threads that stand still end the check, not the kit."""
    made: list[WaitsForEver] = []

    def make() -> WaitsForEver:
        made.append(WaitsForEver())
        return made[-1]

    monkeypatch.setattr(trial, "PATIENCE", 0.1)
    (result,) = quiet(make, only="thread.opened_once").failed
    for each in made:
        each.left.set()
    assert "calls of 8 threads did not come back in 0.1 s" in result.text()


class HalfDone(MemoryStore):
    """Writes ticket by ticket."""

    def commit(self, batch: Batch) -> Answer:
        """One after another."""
        for change in batch.changes:
            answer = super().commit(Batch((change,)))
            if answer != Committed():
                return answer
        rest = Batch((), batch.outbox, (), batch.reservations)
        answer = super().commit(rest)
        if answer == Committed():
            for kept in batch.sealed:
                self._sealed.setdefault(kept.ticket_id, {})[kept.ref] = kept
        return answer


@pytest.mark.parametrize(
    "name", ["commit.nothing_at_a_conflict", "commit.the_order_of_answers", "crash", "walk"]
)
def test_half_a_batch_is_noticed(name: str) -> None:
    """Ticket by ticket is not all or nothing: seen at obstacles, at crashes, and by chance."""
    assert quiet(HalfDone, only=name, examples=200).failed


class LetsOthersIn(MemoryStore):
    """Looks, waits a little for another one that looks, and writes: without a lock."""

    def __init__(self) -> None:
        super().__init__()
        self._lock = nullcontext()  # type: ignore[assignment]
        self._meeting = Barrier(2)

    def _refused(self, batch: Batch) -> Answer | None:
        refused = super()._refused(batch)
        if refused is None:
            try:
                self._meeting.wait(0.1)
            except BrokenBarrierError:
                self._meeting.reset()
        return refused


@pytest.mark.parametrize("name", ["thread.exactly_one_gets_through", "thread.opened_once"])
def test_a_gap_between_looking_and_writing_is_noticed(name: str) -> None:
    """Two threads that meet in the gap both get through, and the kit sees it."""
    assert quiet(LetsOthersIn, only=name).failed


def test_every_check_says_what_it_promises() -> None:
    """Names are unique; each promise is one sentence, in English and in Chinese."""
    assert len(BY_NAME) == len(CHECKS)
    for check in CHECKS:
        assert check.name.count(".") == 1
        assert check.verb
        english, chinese = check.promise[ENGLISH], check.promise[CHINESE]
        assert english.endswith("."), check.name
        assert chinese.endswith("。"), check.name
        assert english.isascii() or "“" in english, check.name
        assert check.run.__doc__, check.name
