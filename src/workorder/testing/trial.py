"""One check on one new store: the handles it has, and the words in which it says what is wrong."""

from collections.abc import Callable, Iterable
from contextlib import ExitStack
from threading import Barrier, RLock, Thread
from time import monotonic
from typing import Any, Self

from workorder.storage import Batch, Capability, Change, Committed, Snapshot, Stored
from workorder.testing.batches import batch, opening
from workorder.testing.opened import PATIENCE, Driver, Waited, opened
from workorder.testing.recording import History, RecordedStore
from workorder.testing.saying import said


class Broken(Exception):
    """A promise is not kept; the text says what was found and what was expected."""


class NotMadeError(Exception):
    """``make_store`` gave no store, so nothing is known of its promises."""


class Trial:
    """What a check is given.

    Args:
        make_store: makes a new, empty store.
        reopen: opens the store that was made last, also from another process.
        case: the value the check is tried with, if it has several.
        meant: what the host means to offer, if it says so.
        examples: how many random histories are tried.
    """

    def __init__(
        self,
        make_store: Callable[..., Any],
        reopen: Callable[[], Any] | None = None,
        case: Any = None,
        meant: frozenset[Capability] | None = None,
        examples: int = 50,
    ) -> None:
        self.case = case
        self.meant = meant
        self.examples = examples
        self.history = History()
        self.driver = Driver()
        self._making = RLock()
        self._make_store = make_store
        self._reopen = reopen
        self._stack = ExitStack()
        self._stack.callback(self.driver.close)
        self._store: RecordedStore | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._stack.close()

    @property
    def store(self) -> RecordedStore:
        """The store: new and empty when it is first asked for."""
        with self._making:
            if self._store is None:
                self._store = self.made()
            return self._store

    @property
    def is_async(self) -> bool:
        """Whether the store is asynchronous."""
        return isinstance(self.store.wrapped, Waited)

    def made(self, name: str = "", **given: Any) -> RecordedStore:
        """One more new store; *given* goes to ``make_store``."""
        try:
            made = opened(self._make_store(**given), self._stack, self.driver)
        except Exception as error:
            message = f"`make_store` gave no store: {type(error).__name__}: {error}"
            raise NotMadeError(message) from error
        return RecordedStore(made, self.history, name)

    def anew(self) -> RecordedStore:
        """A new store in place of the one before, with a history of its own."""
        self.history = History()
        self._store = self.made()
        return self._store

    def reopened(self, name: str = "again") -> RecordedStore:
        """One more handle of the same store."""
        return RecordedStore(opened(self.reopen(), self._stack, self.driver), self.history, name)

    @property
    def reopen(self) -> Callable[[], Any]:
        """Opens the same store."""
        if self._reopen is None:
            message = "a check without `reopen` asks for it"
            raise LookupError(message)
        return self._reopen

    def has(self, capability: Capability) -> bool:
        """Whether the store declares *capability*."""
        return capability in set(self.store.capabilities)

    def equal(self, what: str, found: object, expected: object) -> None:
        """Say that a promise is broken, if *found* is not *expected*."""
        if found != expected:
            raise Broken(f"{what}: found {said(found)}, expected {said(expected)}")

    def holds(self, what: str, fact: object) -> None:
        """Say that a promise is broken, unless *fact*."""
        if not fact:
            raise Broken(what)

    def committed(self, *changes: Change, **parts: Iterable[Any]) -> None:
        """Commit these as one batch, which must be written."""
        self.wrote(batch(*changes, **parts))

    def wrote(self, written: Batch) -> None:
        """Commit *written*, which must be written."""
        self.equal("the answer", self.store.commit(written), Committed())

    def begun(self, *ids: str, **values: Any) -> list[Snapshot]:
        """Tickets that are opened, each by the command ``c1``, as they are loaded."""
        self.committed(*(opening(each, **values) for each in ids))
        return [self.now(each) for each in ids]

    def stored(self, ticket_id: str, *command_ids: str) -> Stored:
        """A ticket as it is loaded; it must be there."""
        found = self.store.load((ticket_id,), command_ids)
        self.holds(f"{said(ticket_id)} is not there", ticket_id in found)
        return found[ticket_id]

    def now(self, ticket_id: str) -> Snapshot:
        """A ticket as it stands."""
        return self.stored(ticket_id).snapshot

    def together(self, calls: Iterable[Callable[[], Any]]) -> list[Any]:
        """What *calls* give that are made by as many threads at once; an error is raised here."""
        given = list(calls)
        found: list[Any] = [None] * len(given)
        errors: list[BaseException] = []
        barrier = Barrier(len(given))

        def work(place: int) -> None:
            try:
                barrier.wait(PATIENCE)
                found[place] = given[place]()
            except BaseException as error:  # noqa: BLE001 (raised again below)
                errors.append(error)

        threads = [Thread(target=work, args=(n,), daemon=True) for n in range(len(given))]
        for thread in threads:
            thread.start()
        until = monotonic() + PATIENCE
        for thread in threads:
            thread.join(max(0.0, until - monotonic()))
        if any(thread.is_alive() for thread in threads):
            raise Broken(f"calls of {len(given)} threads did not come back in {PATIENCE:g} s")
        if errors:
            raise errors[0]
        return found
