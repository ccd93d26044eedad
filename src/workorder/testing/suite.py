"""The checks as tests of pytest: a class to subclass, one test for each check.

In a host's own tests::

    from workorder.testing.suite import StoreSuite


    class TestOurStore(StoreSuite):
        capabilities = {Capability.HISTORY, Capability.SEALED}

        def make_store(self):
            return OurStore(self.folder / "tickets.db")

What cannot be looked at is skipped, with the reason. Only pytest is needed; where hypothesis is
installed, one more test looks for a history in which the store and the reference part ways.
"""

from collections.abc import Callable, Collection
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, ClassVar

import pytest

from workorder.storage import Capability
from workorder.testing.check import Check
from workorder.testing.known import CHECKS
from workorder.testing.report import Report, StoreCheckFailed
from workorder.testing.running import EXAMPLES, Run, names_of
from workorder.texts import ENGLISH


class StoreSuite:
    """Tests of a store. Subclass it, and say how a store is made.

    Attributes:
        capabilities: what the store is meant to offer, if it is to be checked.
        skip: checks not to make: names, chapters, or patterns.
        examples: how many random histories are compared with the reference.
        threads: false for a store that is used in one thread only.
        folder: an empty folder of this test, for files.
    """

    capabilities: ClassVar[Collection[Capability] | None] = None
    skip: ClassVar[Collection[str]] = ()
    examples: ClassVar[int] = EXAMPLES
    threads: ClassVar[bool] = True
    folder: Path

    def make_store(self) -> Any | AbstractContextManager[Any]:
        """A new, empty store, or a context manager of one; synchronous or not. It may take
        ``tenant``: see :func:`workorder.testing.check_store`.
        """
        raise NotImplementedError

    def opener(self) -> Callable[[], Any] | None:
        """What opens the store that was made last, once more; picklable. Without it, the checks
        with several processes are skipped.
        """
        return None

    @pytest.fixture(autouse=True)
    def _folder(self, tmp_path: Path) -> None:
        self.folder = tmp_path

    @pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
    def test_promise(self, check: Check) -> None:
        """The promise is kept."""
        if check.name in names_of(self.skip, "skip"):
            pytest.skip("left out by the suite")
        run = Run.of(
            self.make_store,
            self.capabilities,
            self.opener(),
            self.examples,
            threads=self.threads,
        )
        result = run.result(check)
        if result.outcome == "skipped":
            pytest.skip(result.reason[ENGLISH])
        if result.outcome == "failed":
            raise StoreCheckFailed(Report(run.name(), (result,)))

    def test_random_histories(self) -> None:
        """Whatever is done to it, the store answers as the reference does."""
        pytest.importorskip("hypothesis")
        from workorder.testing.machine import look_for_a_difference

        if "walk.as_the_reference" in names_of(self.skip, "skip"):
            pytest.skip("left out by the suite")
        look_for_a_difference(self.make_store, examples=self.examples)
