"""What stays when something breaks off: a whole batch or nothing, and a store that goes on."""

from collections.abc import Iterator
from typing import Any

from attrs import evolve

from workorder.storage import Batch, Capability, Change, Committed, Reservation, Snapshot
from workorder.testing import children
from workorder.testing.batches import AT, batch, following, message, opening, sealed_value, timers
from workorder.testing.check import Chapter
from workorder.testing.children import PAIR
from workorder.testing.children import children as started
from workorder.testing.trial import Trial

chapter = Chapter("crash", "commit")
killed = Chapter("crash", "commit", wants="reopen")

REACHED = 60
"""Accesses after which a value that breaks was looked at often enough."""


class BrokenOffError(Exception):
    """Raised on purpose in the middle of a commit."""


class Brittle(Snapshot):
    """A snapshot that can be looked at a few times, and then breaks off."""

    __slots__ = ("armed", "left")

    def __init__(self, snapshot: Snapshot, left: int) -> None:
        super().__init__(snapshot.ticket, head=snapshot.head)
        self.left = left
        self.armed = False

    def _look(self) -> None:
        if self.armed:
            self.left -= 1
            if self.left < 0:
                raise BrokenOffError

    @property
    def ticket(self) -> Any:
        """The ticket, a few times."""
        self._look()
        return super().ticket

    @property
    def data(self) -> bytes:
        """The bytes, as often."""
        self._look()
        return super().data


class Torn(tuple[Any, ...]):  # noqa: SLOT001 (armed and disarmed while it is in a batch)
    """Values that break off after the first."""

    armed = False

    def __iter__(self) -> Iterator[Any]:
        if not self.armed:
            return super().__iter__()
        return self._broken()

    def _broken(self) -> Iterator[Any]:
        yield self[0]
        raise BrokenOffError


def _state(trial: Trial) -> dict[str, Any]:
    """Everything that can be seen of the store."""
    loaded = trial.store.load(("T1", "T2", "T3"), ("c1", "c2", "n"))
    seen: dict[str, Any] = {
        "tickets": {each: stored.snapshot.data for each, stored in loaded.items()},
        "receipts": {each: set(stored.receipts) for each, stored in loaded.items()},
    }
    if trial.has(Capability.HISTORY):
        seen["log"] = [record for _, record in trial.store.log()]
        seen["ids"] = trial.store.ids()
    if trial.has(Capability.SEALED):
        refs = ("1.text", "2.text", "3.text")
        seen["sealed"] = {each: trial.store.reveal(each, refs) for each in ("T1", "T2", "T3")}
    if trial.has(Capability.OUTBOX):
        seen["outbox"] = [each for _, each in trial.store.pending()]
    return seen


def _parts(trial: Trial) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if trial.has(Capability.SEALED):
        found["sealed"] = (sealed_value("T2", "2.text"), sealed_value("T3", "3.text"))
    if trial.has(Capability.OUTBOX):
        found["outbox"] = (message("T2", "one"), message("T3", "two"))
    if trial.has(Capability.CAPACITY):
        found["reservations"] = (Reservation("li", 1, 1), Reservation("wu", 1, 1))
    return found


def _begun(trial: Trial) -> tuple[Change, ...]:
    """One ticket with a sealed value that the next batch erases."""
    sealed = trial.has(Capability.SEALED)
    values = (sealed_value("T1", "1.text"),) if sealed else ()
    trial.committed(opening("T1"), sealed=values)
    erased = ("1.text",) if sealed else ()
    before = trial.now("T1")
    return (
        following(before, erased=erased, timers=timers(AT)),
        opening("T2", command_id="n", timers=timers(AT)),
        opening("T3", command_id="n"),
    )


def _breaks(trial: Trial, written: Batch, trap: Brittle | Torn, what: str) -> bool:
    """Whether the commit of *written* broke off at *trap*; then nothing of it may be there."""
    before = _state(trial)
    trap.armed = True
    try:
        trial.store.commit(written)
    except Exception:  # noqa: BLE001 (a store may wrap what it met)
        broke = True
    else:
        broke = False
    finally:
        trap.armed = False
    if broke:
        for name, found in _state(trial).items():
            trial.equal(f"the {name}, after {what} broke off", found, before[name])
    return broke


def _goes_on(trial: Trial, changes: tuple[Change, ...]) -> None:
    """The same batch, whole this time, is written."""
    trial.committed(*changes, **_parts(trial))
    found = trial.store.load(("T1", "T2", "T3"))
    versions = {each: stored.snapshot.ticket.version for each, stored in found.items()}
    trial.equal("the versions", versions, {"T1": 2, "T2": 1, "T3": 1})


@chapter.promise(
    "A commit that breaks off while it reads the batch leaves nothing, and the store goes on.",
    "读取批次时中断的提交不留任何内容，存储继续工作。",
    cases={"the first ticket": 0, "the second ticket": 1, "the third ticket": 2},
)
def a_ticket_that_breaks(trial: Trial) -> None:
    """A snapshot breaks at its first access, at its second, and so on until none is left."""
    changes = _begun(trial)
    place = trial.case
    for left in range(REACHED):
        trap = Brittle(changes[place].snapshot, left)
        broken = evolve(changes[place], snapshot=trap)
        given = Batch(
            (*changes[:place], broken, *changes[place + 1 :]),
            **{"outbox": (), "sealed": (), "reservations": (), **_parts(trial)},
        )
        if not _breaks(trial, given, trap, f"access {left + 1} of ticket {place + 1}"):
            break  # it was written: there were no more accesses
    else:
        _goes_on(trial, changes)
        return
    found = trial.store.load(("T1", "T2", "T3"))
    versions = {each: len(stored.receipts) for each, stored in found.items()}
    trial.equal("the tickets", sorted(versions), ["T1", "T2", "T3"])


@chapter.promise(
    "A commit that breaks off behind its tickets leaves nothing of them either.",
    "在工单之后中断的提交同样不留任何工单内容。",
    cases={each: each for each in ("sealed", "outbox", "reservations")},
)
def a_list_that_breaks(trial: Trial) -> None:
    """The sealed values, messages or reservations break off after the first."""
    changes = _begun(trial)
    parts = _parts(trial)
    if trial.case in parts:
        trap = Torn(parts[trial.case])
        written = Batch(changes, **{**parts, trial.case: trap})
        broke = _breaks(trial, written, trap, f"the list {trial.case}")
        trial.holds(f"the second of {trial.case} was never looked at", broke)
    _goes_on(trial, changes)


@chapter.promise(
    "A commit that breaks off at a later record leaves nothing, and the store goes on.",
    "在后续记录处中断的提交不留任何内容，存储继续工作。",
)
def records_that_break(trial: Trial) -> None:
    """The records of the second ticket break off after the first."""
    changes = _begun(trial)
    two = opening("T2", command_id="n", events=2, timers=timers(AT))
    trap = Torn(two.records)
    written = Batch((changes[0], evolve(two, records=trap), changes[2]), **_parts(trial))
    if _breaks(trial, written, trap, "the records of T2"):
        _goes_on(trial, changes)


@killed.promise(
    "What was answered with ``Committed`` is there after the process was killed.",
    "已答复 ``Committed`` 的内容，在进程被杀后仍在。",
)
def what_was_committed_stays(trial: Trial) -> None:
    """A process writes two tickets together until it is killed, three times over."""
    trial.committed()
    reached = 0
    for times in range(1, 4):
        with started(trial.reopen, (children.write_pairs,)) as (child,):
            while reached < 7 * times:
                reached = child.hear()
        version = _pair(trial)
        trial.holds(f"version {reached} was confirmed and is gone", version >= reached)
        reached = version


def _pair(trial: Trial) -> int:
    """The version of both tickets, which are whole."""
    store = trial.reopened()
    found = store.load(PAIR)
    versions = {each: stored.snapshot.ticket.version for each, stored in found.items()}
    version = versions.get("T1", 0)
    trial.equal("the versions", versions, dict.fromkeys(PAIR, version))
    names = [f"c{number}" for number in range(1, version + 2)]
    receipts = {each: len(s.receipts) for each, s in store.load(PAIR, names).items()}
    trial.equal("the receipts", receipts, dict.fromkeys(PAIR, version))
    if trial.has(Capability.HISTORY):
        counts = {each: len(store.records(each)) for each in PAIR}
        trial.equal("the records", counts, dict.fromkeys(PAIR, 2 * version))
    if trial.has(Capability.OUTBOX):
        topics = [each.topic for _, each in store.pending(10_000)]
        trial.equal("the messages", topics, [f"{number}" for number in range(1, version + 1)])
    return version


@killed.promise(
    "A store whose writer was killed can be written at once.",
    "写入进程被杀后，存储可立即写入。",
)
def others_go_on_at_once(trial: Trial) -> None:
    """Killed between two calls and in the middle of one; another handle writes."""
    trial.committed()
    with started(trial.reopen, (children.write_pairs,)) as (child,):
        child.hear()
    version = _pair(trial)
    found = trial.store.load(PAIR)
    changes = [following(found[each].snapshot) for each in PAIR]
    trial.equal("the answer", trial.store.commit(batch(*changes)), Committed())
    found = trial.store.load(PAIR)
    versions = [stored.snapshot.ticket.version for stored in found.values()]
    trial.equal("the versions", versions, [version + 1] * 2)


CHECKS = (*chapter.checks(), *killed.checks())
