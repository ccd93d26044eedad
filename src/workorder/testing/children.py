"""What other processes do for the checks: each function is started in a process of its own."""

import multiprocessing
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from multiprocessing.connection import Connection
from typing import Any

from workorder.storage import Capability, Committed
from workorder.testing.batches import AT, batch, following, message, opening
from workorder.testing.opened import PATIENCE, Driver, opened

TRIES = 500
"""How often a process decides anew before it gives up."""

PAIR = ("T1", "T2")
"""Tickets that are always changed together."""

Work = Callable[[Any, Connection, tuple[Any, ...]], object]


class Child:
    """Another process, with a handle of its own on the store.

    Args:
        reopen: opens the store.
        work: what it does.
        given: what else it is given.
    """

    def __init__(self, reopen: Callable[[], Any], work: Work, *given: Any) -> None:
        context = multiprocessing.get_context("spawn")
        self._here, there = context.Pipe()
        self._process = context.Process(target=_run, args=(reopen, work, there, given), daemon=True)
        self._process.start()
        there.close()

    def hear(self) -> Any:
        """The next thing that it says.

        Raises:
            LookupError: if it says nothing more, or why it failed.
        """
        if not self._here.poll(PATIENCE):
            raise LookupError(f"another process said nothing for {PATIENCE:.0f} s")
        try:
            failed, said = self._here.recv()
        except EOFError:
            raise LookupError("another process ended without a word") from None
        if failed:
            raise LookupError(f"in another process: {said}")
        return said

    def go(self) -> None:
        """Let it begin."""
        self._here.send("go")

    def kill(self) -> None:
        """End it, wherever it is."""
        self._process.kill()
        self._process.join(PATIENCE)
        self._here.close()


@contextmanager
def children(reopen: Callable[[], Any], *works: tuple[Any, ...]) -> Iterator[list[Child]]:
    """Processes for *works* (a function, and what it is given), killed afterwards."""
    made: list[Child] = []
    try:
        made.extend(Child(reopen, *each) for each in works)
        yield made
    finally:
        for each in made:
            each.kill()


def _run(reopen: Callable[[], Any], work: Work, there: Connection, given: tuple[Any, ...]) -> None:
    try:
        with ExitStack() as stack:
            driver = Driver()
            stack.callback(driver.close)
            store = opened(reopen(), stack, driver)
            there.send((False, work(store, there, given)))
    except Exception as error:  # noqa: BLE001 (told to the process that asked)
        there.send((True, f"{type(error).__name__}: {error}"))


def _ready(there: Connection) -> None:
    """Say that the store is open, and wait until all are."""
    there.send((False, "ready"))
    there.recv()


def look(store: Any, _there: Connection, given: tuple[Any, ...]) -> tuple[bytes, int]:
    """The bytes of a ticket, and how many of some receipts it has."""
    ticket_id, command_ids = given
    found = store.load((ticket_id,), command_ids)[ticket_id]
    return found.snapshot.data, len(found.receipts)


def go_on(store: Any, there: Connection, given: tuple[Any, ...]) -> list[int]:
    """Carry commands out on one ticket, deciding again at a conflict; the versions reached."""
    name, many = given
    _ready(there)
    reached = []
    for number in range(many):
        for _ in range(TRIES):
            before = store.load(("T1",))["T1"].snapshot
            change = following(before, command_id=f"{name}/{number}")
            if store.commit(batch(change)) == Committed():
                reached.append(change.version)
                break
    return reached


def one_commit(store: Any, there: Connection, given: tuple[Any, ...]) -> str:
    """Commit a batch; the kind of the answer."""
    _ready(there)
    (written,) = given
    return type(store.commit(written)).__name__


def claim(store: Any, there: Connection, given: tuple[Any, ...]) -> list[str]:
    """Claim what is due, one at a time; whose tickets were lent."""
    worker, until, many = given
    _ready(there)
    lent: list[str] = []
    for _ in range(many):
        lent += [each.ticket.id for each in store.claim_due(AT, until, worker, 1)]
    return lent


def write_pairs(store: Any, there: Connection, _given: tuple[Any, ...]) -> None:
    """Change two tickets together, for ever; says each version once it stands."""
    capabilities = set(store.capabilities)
    while True:
        found = store.load(PAIR)
        changes = [
            following(found[each].snapshot, events=2) if each in found else opening(each, events=2)
            for each in PAIR
        ]
        outbox = (
            [message("T1", f"{changes[0].version}")] if Capability.OUTBOX in capabilities else []
        )
        if store.commit(batch(*changes, outbox=outbox)) == Committed():
            there.send((False, changes[0].version))
