"""The suite for pytest: one test for each check, in a host's own project."""

import re
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from workorder.storage import Capability, MemoryStore, SQLiteStore
from workorder.testing import CHECKS
from workorder.testing.suite import StoreSuite

HOST = """
from workorder.storage import Capability, Conflict, MemoryStore
from workorder.testing.suite import StoreSuite


class Overwrites(MemoryStore):
    def _refused(self, batch):
        answer = super()._refused(batch)
        return None if isinstance(answer, Conflict) else answer


ONE = MemoryStore()


class TestOurs(StoreSuite):
    examples = {examples}
    skip = ("thread",)
    capabilities = set(Capability)

    def make_store(self):
        return {store}()
"""

WITHOUT_HYPOTHESIS = "import sys\nsys.modules['hypothesis'] = None\n"


class TestSQLiteStore(StoreSuite):
    """The suite as a host has it, with several processes."""

    examples = 3
    capabilities = frozenset(Capability)
    # Once each is enough here; the rest of them are made elsewhere.
    skip = ("thread", "limit", "crash.[ow]*", "process.[!w]*")

    def make_store(self) -> SQLiteStore:
        """A file of one name: each store has a folder of its own."""
        return SQLiteStore(self.folder / "tickets.db")

    def opener(self) -> Callable[[], SQLiteStore]:
        """The file that was made last."""
        return partial(SQLiteStore, self.folder / "tickets.db")


def started(
    folder: Path, store: str, *options: str, conftest: str = "", examples: int = 5
) -> subprocess.CompletedProcess[str]:
    """Pytest in a project of a host, with nothing of this one's settings."""
    host = HOST.replace("{store}", store).replace("{examples}", str(examples))
    (folder / "test_ours.py").write_text(host, "utf-8")
    (folder / "conftest.py").write_text(conftest, "utf-8")
    (folder / "pytest.ini").write_text("[pytest]\n", "utf-8")
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-rs", "-p", "no:cacheprovider", *options],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def counted(output: str, what: str) -> int:
    """How many tests came out as *what*."""
    found = re.search(rf"(\d+) {what}", output.splitlines()[-1])
    return int(found[1]) if found else 0


def test_a_host_needs_only_pytest(tmp_path: Path) -> None:
    """One test for each check and one for random histories; without hypothesis that one is
    skipped, and what cannot be looked at says why.
    """
    done = started(
        tmp_path, "MemoryStore", "-p", "no:hypothesispytest", conftest=WITHOUT_HYPOTHESIS
    )
    assert done.returncode == 0, done.stdout
    assert counted(done.stdout, "passed") + counted(done.stdout, "skipped") == len(CHECKS) + 1
    assert "could not import 'hypothesis'" in done.stdout
    assert "no `reopen` was given" in done.stdout
    assert "left out by the suite" in done.stdout


def test_a_failing_store_fails_by_name(tmp_path: Path) -> None:
    """Tests are named for their checks; a failure says verb, promise and history; hypothesis
    finds a history as well.
    """
    # Chance finds it: now and then none of five histories shows it.
    done = started(tmp_path, "Overwrites", "-k", "conflict or random", examples=200)
    assert done.returncode == 1
    assert "test_promise[conflict.two_writers_never_both_pass]" in done.stdout
    assert "verb:    commit" in done.stdout
    assert "the smallest failing history" in done.stdout
    assert "test_random_histories" in done.stdout
    assert "state.write(" in done.stdout


def test_a_store_that_is_not_empty_is_told(tmp_path: Path) -> None:
    """A suite that gives the same store each time is told so, by the checks and by hypothesis."""
    kept = "(lambda kept=MemoryStore(): kept)"
    done = started(tmp_path, kept.replace("MemoryStore()", "ONE"), "-k", "any_other or random")
    assert done.returncode == 1
    assert done.stdout.count("`make_store` gave a store that is not empty") >= 2


def test_tenants_beside_each_other_share_a_folder(tmp_path: Path) -> None:
    """Two tenants may stand in one file; the next store has a folder of its own."""
    folders = []

    class Suite(StoreSuite):
        def make_store(self, tenant: str = "") -> MemoryStore:
            folders.append(self.folder.name)
            return MemoryStore(tenant=tenant)

    suite = Suite()
    suite.prepare(tmp_path)
    for given in ({}, {"tenant": "a"}, {"tenant": "b"}, {"tenant": "a"}, {}):
        suite.fresh()(**given)
    assert folders == ["1", "2", "2", "3", "4"]


def test_a_suite_says_how_a_store_is_made() -> None:
    """A suite that does not say so fails, and does not pass by looking at nothing."""
    with pytest.raises(NotImplementedError):
        StoreSuite().make_store()
