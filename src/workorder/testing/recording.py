"""A store that takes down what it is asked, so that a failure can be told as a history."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from threading import Lock
from typing import Any

from workorder.storage import (
    Answer,
    Batch,
    Capability,
    Message,
    Record,
    Snapshot,
    Stored,
    TicketQuery,
)
from workorder.testing.saying import Call
from workorder.ticket import SealedValue

READING = frozenset({"load", "records", "log", "ids", "reveal", "pending", "find"})
"""Verbs that change nothing: an earlier one is no part of a smallest history."""

LONGEST = 30
"""Calls that are shown of one history."""


class History:
    """The calls of all handles that one check has, in the order in which they came back."""

    def __init__(self) -> None:
        self._calls: list[Call] = []
        self._lock = Lock()

    def add(self, call: Call) -> None:
        """Take down one more."""
        with self._lock:
            self._calls.append(call)

    def lines(self) -> tuple[str, ...]:
        """What led to the last answer: all that wrote, and the last call; numbered."""
        calls = [
            each
            for each in self._calls[:-1]
            if each.raised or each.verb.rpartition(".")[2] not in READING
        ]
        lines = [call.text() for call in (*calls, *self._calls[-1:])]
        if len(lines) > LONGEST:
            half = LONGEST // 2
            lines[half:-half] = [f"… {len(lines) - 2 * half} more calls …"]
        return tuple(f"{number}. {line}" for number, line in enumerate(lines, 1))


class RecordedStore:
    """A handle of a store under check: every method of every capability, taken down.

    Args:
        store: the store, synchronous.
        history: where calls are taken down.
        name: what the handle is called, where there are several.
    """

    def __init__(self, store: Any, history: History, name: str = "") -> None:
        self.wrapped = store
        self._history = history
        self._prefix = f"{name}." if name else ""

    @property
    def tenant(self) -> str:
        """Whose tickets these are."""
        found: str = self.wrapped.tenant
        return found

    @property
    def capabilities(self) -> Collection[Capability]:
        """What the store declares."""
        found: Collection[Capability] = self.wrapped.capabilities
        return found

    def _call(self, verb: str, *given: Any) -> Any:
        method: Callable[..., Any] = getattr(self.wrapped, verb)
        try:
            answer = method(*given)
        except BaseException as error:
            self._history.add(Call(self._prefix + verb, given, error, raised=True))
            raise
        self._history.add(Call(self._prefix + verb, given, answer))
        return answer

    def load(self, ids: Sequence[str], command_ids: Collection[str] = ()) -> Mapping[str, Stored]:
        """See :meth:`workorder.storage.TicketStore.load`."""
        found: Mapping[str, Stored] = self._call("load", ids, command_ids)
        return found

    def commit(self, batch: Batch) -> Answer:
        """See :meth:`workorder.storage.TicketStore.commit`."""
        answer: Answer = self._call("commit", batch)
        return answer

    def records(self, ticket_id: str, after: int = 0, limit: int | None = None) -> Sequence[Record]:
        """See :meth:`workorder.storage.HistoryStore.records`."""
        return _listed(self._call("records", ticket_id, after, limit))

    def log(self, after: int = 0, limit: int = 1_000) -> Sequence[tuple[int, Record]]:
        """See :meth:`workorder.storage.HistoryStore.log`."""
        return _listed(self._call("log", after, limit))

    def ids(self, after: str = "", limit: int = 1_000) -> Sequence[str]:
        """See :meth:`workorder.storage.HistoryStore.ids`."""
        return _listed(self._call("ids", after, limit))

    def reveal(self, ticket_id: str, refs: Collection[str]) -> Mapping[str, SealedValue]:
        """See :meth:`workorder.storage.SealedStore.reveal`."""
        return dict(self._call("reveal", ticket_id, refs))

    def find(self, query: TicketQuery) -> Sequence[Snapshot]:
        """See :meth:`workorder.storage.QueryStore.find`."""
        return _listed(self._call("find", query))

    def pending(self, limit: int = 100) -> Sequence[tuple[int, Message]]:
        """See :meth:`workorder.storage.OutboxStore.pending`."""
        return _listed(self._call("pending", limit))

    def taken(self, positions: Collection[int]) -> None:
        """See :meth:`workorder.storage.OutboxStore.taken`."""
        self._call("taken", positions)

    def used(self, agents: Collection[str]) -> Mapping[str, int]:
        """See :meth:`workorder.storage.CapacityStore.used`."""
        return dict(self._call("used", agents))

    def claim_due(
        self, at: datetime, until: datetime, worker: str, limit: int = 100
    ) -> Sequence[Snapshot]:
        """See :meth:`workorder.storage.TimerStore.claim_due`."""
        return _listed(self._call("claim_due", at, until, worker, limit))

    def release(self, ids: Collection[str], worker: str) -> None:
        """See :meth:`workorder.storage.TimerStore.release`."""
        self._call("release", ids, worker)


def _listed(found: Iterable[Any]) -> list[Any]:
    """A list, or a tuple, or rows: what is compared is a list."""
    return list(found)
