"""What an operation asks of the outside, each request with the type of its answer.

An operation is a generator. It *asks*; whoever drives it answers, synchronously or not::

    stored = yield from ask(Load((ticket_id,)))

The types are inferred: ``ask(request: Request[R]) -> R``. Each request knows which method
of a store answers it, so a driver has nothing to decide.
"""

from collections.abc import Collection, Generator, Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar, Generic, TypeVar

from attrs import frozen

from workorder.storage import Answer, Batch, Capability, Record, Snapshot, Stored, TicketQuery
from workorder.ticket import SealedValue

R = TypeVar("R")


@frozen
class Request(Generic[R]):
    """Something asked of a store; ``R`` is the type of the answer."""

    needs: ClassVar[Capability | None] = None
    """The capability a store must declare to answer."""

    of_people: ClassVar[bool] = False
    """Whether the directory answers, not the store."""

    def put(self, host: Any) -> Any:
        """Call the method of *host* (the store, or the directory) that answers; an awaitable, if
        that is asynchronous.
        """
        raise LookupError(host)


Operation = Generator[Request[Any], Any, R]
"""A whole operation; ``R`` is the type of its result."""


def ask(request: Request[R]) -> Generator[Request[Any], Any, R]:
    """Ask for something, and give back the answer with its type."""
    answer: R = yield request
    return answer


@frozen
class Load(Request[Mapping[str, Stored]]):
    """Tickets as they stand, with receipts of commands."""

    ids: tuple[str, ...]
    command_ids: tuple[str, ...] = ()

    def put(self, store: Any) -> Any:
        """Ask ``load``."""
        return store.load(self.ids, self.command_ids)


@frozen
class Commit(Request[Answer]):
    """Write a batch."""

    batch: Batch

    def put(self, store: Any) -> Any:
        """Ask ``commit``."""
        return store.commit(self.batch)


@frozen
class Find(Request[Sequence[Snapshot]]):
    """Tickets by a query."""

    needs: ClassVar[Capability | None] = Capability.QUERY

    query: TicketQuery

    def put(self, store: Any) -> Any:
        """Ask ``find``."""
        return store.find(self.query)


@frozen
class ReadRecords(Request[Sequence[Record]]):
    """A ticket's records."""

    needs: ClassVar[Capability | None] = Capability.HISTORY

    ticket_id: str
    after: int = 0
    limit: int | None = None

    def put(self, store: Any) -> Any:
        """Ask ``records``."""
        return store.records(self.ticket_id, self.after, self.limit)


@frozen
class ReadLog(Request[Sequence[tuple[int, Record]]]):
    """Records of all tickets, in the order of their commits."""

    needs: ClassVar[Capability | None] = Capability.HISTORY

    after: int = 0
    limit: int = 1_000

    def put(self, store: Any) -> Any:
        """Ask ``log``."""
        return store.log(self.after, self.limit)


@frozen
class Reveal(Request[Mapping[str, SealedValue]]):
    """Sealed values of a ticket."""

    needs: ClassVar[Capability | None] = Capability.SEALED

    ticket_id: str
    refs: Collection[str]

    def put(self, store: Any) -> Any:
        """Ask ``reveal``."""
        return store.reveal(self.ticket_id, self.refs)


@frozen
class ClaimDue(Request[Sequence[Snapshot]]):
    """Tickets whose timers are due, lent to a worker."""

    needs: ClassVar[Capability | None] = Capability.TIMERS

    at: datetime
    until: datetime
    worker: str
    limit: int

    def put(self, store: Any) -> Any:
        """Ask ``claim_due``."""
        return store.claim_due(self.at, self.until, self.worker, self.limit)


@frozen
class Release(Request[None]):
    """Tickets given back."""

    needs: ClassVar[Capability | None] = Capability.TIMERS

    ids: tuple[str, ...]
    worker: str

    def put(self, store: Any) -> Any:
        """Ask ``release``."""
        return store.release(self.ids, self.worker)
