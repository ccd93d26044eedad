"""The checks as tests of pytest: a class to subclass, one test for each check.

In a host's own tests::

    from workorder.testing.suite import StoreSuite


    class TestOurStore(StoreSuite):
        capabilities = {Capability.HISTORY, Capability.SEALED}

        def make_store(self):
            return OurStore(self.folder / "tickets.db")

        def opener(self):
            return partial(OurStore, self.folder / "tickets.db")

What cannot be looked at is skipped, with the reason. Only pytest is needed; where hypothesis is
installed, one more test looks for a history in which the store and the reference part ways.
"""

from collections.abc import Callable, Collection
from contextlib import AbstractContextManager
from functools import partial, wraps
from pathlib import Path
from typing import Any, ClassVar

import pytest

from workorder.storage import Capability
from workorder.testing.check import Check
from workorder.testing.known import CHECKS
from workorder.testing.report import Report, StoreCheckFailed
from workorder.testing.running import EXAMPLES, Run, names_of
from workorder.texts import ENGLISH


class Opener:
    """What a suite's ``opener`` gives, asked for when it is needed: the store was made by then.

    Args:
        opener: gives what opens the store that was made last.
    """

    def __init__(self, opener: Callable[[], Callable[[], Any] | None]) -> None:
        self._opener = opener

    def _opens(self) -> Callable[[], Any]:
        opens = self._opener()
        if opens is None:
            message = "`opener` gave something first, and then nothing"
            raise LookupError(message)
        return opens

    def __call__(self) -> Any:
        """Open it, in this process."""
        return self._opens()()

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        """Other processes are given what opens it, and no suite."""
        return partial, (self._opens(),)


class StoreSuite:
    """Tests of a store. Subclass it, and say how a store is made.

    Attributes:
        capabilities: what the store is meant to offer, if it is to be checked.
        skip: checks not to make: names, chapters, or patterns.
        examples: how many random histories are compared with the reference.
        threads: false for a store that is used in one thread only.
        folder: for files: an empty folder for each store. One test may make several stores;
            tenants that are looked at together share a folder.
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
        self.prepare(tmp_path)

    def prepare(self, folder: Path) -> None:
        """Stores made from now on have their folders in *folder*."""
        self.folder = self._test = folder
        self._folders = 0
        self._tenants: set[str | None] = set()

    def fresh(self) -> Callable[..., Any]:
        """:meth:`make_store`, in a new folder each time, but for tenants beside each other."""

        @wraps(self.make_store)
        def make_store(**given: Any) -> Any:
            tenant = given.get("tenant")
            if tenant is None or tenant in self._tenants or not self._tenants:
                self._tenants.clear()
                self._folders += 1
                self.folder = self._test / str(self._folders)
                self.folder.mkdir()
            if tenant is not None:
                self._tenants.add(tenant)
            return self.make_store(**given)

        return make_store

    @pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
    def test_promise(self, check: Check) -> None:
        """The promise is kept."""
        if check.name in names_of(self.skip, "skip"):
            pytest.skip("left out by the suite")
        run = Run.of(
            self.fresh(),
            self.capabilities,
            None if self.opener() is None else Opener(self.opener),
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
        look_for_a_difference(self.fresh(), examples=self.examples)
