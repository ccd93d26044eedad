"""The service desk, for asynchronous hosts: the same operations, awaited."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import timedelta
from inspect import iscoroutinefunction
from typing import TYPE_CHECKING, Any, TypeVar

from workorder.canonical import SHA_256
from workorder.desk.answers import Done, DueRun, Entry, Explanation, Page
from workorder.desk.assignments import checked, not_filled
from workorder.desk.assignments_awaited import AsyncAssignments
from workorder.desk.drivers import drive, drive_async
from workorder.desk.preparing import (
    CLAIMED,
    LEASE,
    Clock,
    fresh_entropy,
    fresh_id,
    opening,
    preparing,
    system_time,
)
from workorder.desk.reading import searchable
from workorder.desk.requests import Operation
from workorder.desk.unrestricted_awaited import AsyncUnrestricted
from workorder.desk.view import View
from workorder.rulebook import Rulebook, Rulebooks, basic
from workorder.storage import AsyncTicketStore, MemoryStore, TicketQuery, TicketStore
from workorder.texts import ENGLISH
from workorder.ticket import Command, Ticket, WithdrawOffer
from workorder.workflow import Actor, Option

if TYPE_CHECKING:
    from workorder.desk.routing.people import AsyncDirectory, Directory
    from workorder.sla.clocks import Timeline

R = TypeVar("R")


class AsyncServiceDesk(AsyncAssignments):
    """:class:`~workorder.desk.ServiceDesk` for asynchronous hosts; see there for each method.

    An asynchronous store is awaited request by request. A synchronous one (a memory or SQLite
    store) is driven in a thread, one hop for a whole operation. Cancelling a task never leaves
    half of a commit: a commit is one request.

    Args:
        store: a synchronous or asynchronous store.
        rulebook: the rules in force.
        earlier: rulebooks by which tickets in flight still go: those they were opened under.
        people: the directory, synchronous or asynchronous: who can be given work.
        time: gives the present instant, with a time zone.
        secret: keys the digests of commands.
        new_id: gives ids for commands that come without one.
        new_entropy: gives random bytes for the salts of sealed values.
        algorithm: of the digests in new records and commitments.
        write: schema numbers by event type, for types that are written in an earlier schema.
        awaits: whether the store or the directory is asynchronous; told by their methods, if not
            said. Where one of them is, the other, if it is not, answers in the event loop.
    """

    def __init__(
        self,
        store: AsyncTicketStore | TicketStore | None = None,
        *,
        rulebook: Rulebook | None = None,
        earlier: Iterable[Rulebook] = (),
        people: "AsyncDirectory | Directory | None" = None,
        time: Clock = system_time,
        secret: bytes = b"",
        new_id: Callable[[], str] = fresh_id,
        new_entropy: Callable[[], bytes] = fresh_entropy,
        algorithm: str = SHA_256,
        write: Mapping[str, int] | None = None,
        awaits: bool | None = None,
    ) -> None:
        self._store = store if store is not None else MemoryStore()
        self._people = people
        rulebooks = Rulebooks(rulebook or basic(), earlier)
        checked(people, rulebooks)
        self._prepare = preparing(
            self._store,
            rulebooks,
            time,
            secret,
            new_id,
            new_entropy,
            algorithm,
            write,
        )
        asked: list[Callable[..., Any]] = [self._store.load, self._store.commit]
        if people is not None:
            asked += [people.agents, people.agent]
        self._awaits = any(map(iscoroutinefunction, asked)) if awaits is None else awaits

    async def _run(self, operation: Operation[R]) -> R:
        if self._awaits:
            return await drive_async(operation, self._store, self._people)
        # Late, for a synchronous host never needs it: it is a fifth of importing the desk.
        from asyncio import to_thread

        return await to_thread(drive, operation, self._store, self._people)

    async def _fill(self, freed: Collection[str], ticket_id: str, *, again: bool = True) -> None:
        if self._people is None or not self._prepare.finds:
            return
        try:
            await self._run(self._wishing.refilled(freed, ticket_id, again=again))
        except Exception as error:  # noqa: BLE001 (a host's directory may raise anything)
            not_filled(freed, error)  # or raise, where even the command does not stand any more

    @property
    def store(self) -> AsyncTicketStore | TicketStore:
        """The store."""
        return self._store

    @property
    def rulebook(self) -> Rulebook:
        """The rules in force."""
        return self._prepare.rulebook

    def searchable(self) -> Mapping[str, str]:
        """The fields that queries may name, with their kinds."""
        return searchable(self._prepare.rulebooks)

    async def open(
        self,
        type: str,  # noqa: A002 (the word a caller expects)
        *,
        actor: Actor,
        customer: str | None = None,
        channel: str | None = None,
        subjects: Sequence[str] = (),
        department: str | None = None,
        fields: Mapping[str, Any] | None = None,
        command_id: str | None = None,
    ) -> Ticket:
        """See :meth:`workorder.desk.ServiceDesk.open`."""
        command = opening(type, customer, channel, subjects, department, fields)
        done, _ = await self._run(self._prepare.open(command, actor, command_id))
        return done.ticket

    async def perform(
        self,
        ticket_id: str,
        command: Command,
        *,
        actor: Actor,
        command_id: str | None = None,
        expected_version: int | None = None,
    ) -> Ticket:
        """See :meth:`workorder.desk.ServiceDesk.perform`."""
        done = await self.execute(
            ticket_id,
            command,
            actor=actor,
            command_id=command_id,
            expected_version=expected_version,
        )
        return done.ticket

    async def execute(
        self,
        ticket_id: str,
        command: Command,
        *,
        actor: Actor,
        command_id: str | None = None,
        expected_version: int | None = None,
    ) -> Done:
        """See :meth:`workorder.desk.ServiceDesk.execute`."""
        done, freed = await self._run(
            self._prepare.execute(ticket_id, command, actor, command_id, expected_version)
        )
        if freed:
            await self._fill(freed, ticket_id, again=command.action != WithdrawOffer.action)
        return done

    async def run_due(
        self, limit: int | None = None, *, lease: timedelta = LEASE, size: int = CLAIMED
    ) -> DueRun:
        """See :meth:`workorder.desk.ServiceDesk.run_due`."""
        run = await self._run(self._prepare.run_due(limit, lease, size))
        if run.tickets:
            await self._fill((), "")
        return run

    async def get(self, ticket_id: str, *, actor: Actor) -> Ticket:
        """See :meth:`workorder.desk.ServiceDesk.get`."""
        return await self._run(self._prepare.get(ticket_id, actor))

    async def options(self, ticket_id: str, *, actor: Actor) -> tuple[Option, ...]:
        """See :meth:`workorder.desk.ServiceDesk.options`."""
        return await self._run(self._prepare.options(ticket_id, actor))

    async def explain(self, ticket_id: str, *, actor: Actor) -> Explanation:
        """See :meth:`workorder.desk.ServiceDesk.explain`."""
        return await self._run(self._prepare.explain(ticket_id, actor))

    async def history(
        self, ticket_id: str, *, actor: Actor, after: int = 0, limit: int | None = None
    ) -> tuple[Entry, ...]:
        """See :meth:`workorder.desk.ServiceDesk.history`."""
        return await self._run(self._prepare.history(ticket_id, actor, after, limit))

    async def view(self, ticket_id: str, *, actor: Actor) -> View:
        """See :meth:`workorder.desk.ServiceDesk.view`."""
        return await self._run(self._prepare.view(ticket_id, actor))

    async def timeline(
        self, ticket_id: str, *, actor: Actor, language: str = ENGLISH
    ) -> "Timeline":
        """See :meth:`workorder.desk.ServiceDesk.timeline`."""
        return await self._run(self._prepare.timeline(ticket_id, actor, language))

    async def find(
        self, query: TicketQuery | None = None, *, actor: Actor, after: str | None = None
    ) -> Page:
        """See :meth:`workorder.desk.ServiceDesk.find`."""
        return await self._run(self._prepare.find(query or TicketQuery(), actor, after))

    def unrestricted(self) -> AsyncUnrestricted:
        """Batch work: sees every ticket, and moves tickets from rulebook to rulebook."""
        return AsyncUnrestricted(self._prepare, self._run)
