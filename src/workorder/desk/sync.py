"""The service desk, for synchronous hosts."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from workorder.canonical import SHA_256
from workorder.desk.answers import Done, DueRun, Entry, Explanation, Page
from workorder.desk.assignments import Assignments, checked, not_filled
from workorder.desk.drivers import drive
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
from workorder.desk.unrestricted import Unrestricted
from workorder.desk.view import View
from workorder.rulebook import Rulebook, Rulebooks, basic
from workorder.storage import MemoryStore, TicketQuery, TicketStore
from workorder.texts import ENGLISH
from workorder.ticket import Command, Ticket, WithdrawOffer
from workorder.workflow import Actor, Option

if TYPE_CHECKING:
    from workorder.desk.routing.people import Directory
    from workorder.sla.clocks import Timeline

R = TypeVar("R")


class ServiceDesk(Assignments):
    """Opens tickets, carries out commands, answers questions.

    With no arguments: the basic rulebook, a store in memory, this machine's clock. All of it
    can be replaced. A desk holds no state of its own; threads may share one if they may share
    its store.

    Args:
        store: where tickets are kept.
        rulebook: the rules in force.
        earlier: rulebooks by which tickets in flight still go: those they were opened under.
        people: the directory: who can be given work (:class:`workorder.desk.routing.Directory`).
        time: gives the present instant, with a time zone.
        secret: keys the digests that tell a repeated command from another one under the same
            id; keep it apart from the database, and the same for all workers.
        new_id: gives ids for commands that come without one.
        new_entropy: gives random bytes for the salts of sealed values.
        algorithm: of the digests in new records and commitments: ``sha-256``, or ``sm3`` where the
            machine has it. Records of either are read.
        write: schema numbers by event type, for types that are still to be written in an earlier
            one, while older workers run that would not understand the present one.

    >>> desk = ServiceDesk()
    >>> teller = Actor("li", "handler")
    >>> ticket = desk.open("complaint", customer="C-10023", fields={"title": "Card"}, actor=teller)
    >>> ticket.state
    'accepted'
    """

    def __init__(
        self,
        store: TicketStore | None = None,
        *,
        rulebook: Rulebook | None = None,
        earlier: Iterable[Rulebook] = (),
        people: "Directory | None" = None,
        time: Clock = system_time,
        secret: bytes = b"",
        new_id: Callable[[], str] = fresh_id,
        new_entropy: Callable[[], bytes] = fresh_entropy,
        algorithm: str = SHA_256,
        write: Mapping[str, int] | None = None,
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

    def _run(self, operation: Operation[R]) -> R:
        return drive(operation, self._store, self._people)

    def _fill(self, freed: Collection[str], ticket_id: str, *, again: bool = True) -> None:
        """Give what waits to those who have room after a command on a ticket; to everybody, after
        time has acted. What went before stands, whatever becomes of this: the next drain finds them
        waiting.
        """
        if self._people is None or not self._prepare.finds:
            return
        try:
            self._run(self._wishing.refilled(freed, ticket_id, again=again))
        except Exception as error:  # noqa: BLE001 (a host's directory may raise anything)
            not_filled(freed, error)  # or raise, where even the command does not stand any more

    @property
    def store(self) -> TicketStore:
        """The store."""
        return self._store

    @property
    def rulebook(self) -> Rulebook:
        """The rules in force."""
        return self._prepare.rulebook

    def searchable(self) -> Mapping[str, str]:
        """The fields that queries may name, with their kinds."""
        return searchable(self._prepare.rulebooks)

    def open(
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
        """Open a ticket.

        Args:
            type: its type; one of the rulebook's forms.
            actor: who opens it.
            customer: whose it is.
            channel: how it came in.
            subjects: people named in the complaint; none of them may be given it.
            department: where it lies first.
            fields: values for the form of its type.
            command_id: the caller's id for this opening. The ticket's id is derived from it,
                so that opening twice opens once.

        Raises:
            CommandRefused: with every reason; nothing was changed.
        """
        command = opening(type, customer, channel, subjects, department, fields)
        done, _ = drive(self._prepare.open(command, actor, command_id), self._store)
        return done.ticket

    def perform(
        self,
        ticket_id: str,
        command: Command,
        *,
        actor: Actor,
        command_id: str | None = None,
        expected_version: int | None = None,
    ) -> Ticket:
        """Carry out a command and give back the ticket as it stands: ``execute(…).ticket``."""
        return self.execute(
            ticket_id,
            command,
            actor=actor,
            command_id=command_id,
            expected_version=expected_version,
        ).ticket

    def execute(
        self,
        ticket_id: str,
        command: Command,
        *,
        actor: Actor,
        command_id: str | None = None,
        expected_version: int | None = None,
    ) -> Done:
        """Carry out a command, once per *command_id*.

        Args:
            ticket_id: the ticket.
            command: what to do.
            actor: who does it.
            command_id: the caller's id for this command. Sent again, it gets its first answer;
                with another command it is refused.
            expected_version: if given, any other version is refused as ``stale``; without it,
                the command is decided again when somebody else was first.

        Raises:
            CommandRefused: with every reason; nothing was changed.
        """
        operation = self._prepare.execute(ticket_id, command, actor, command_id, expected_version)
        done, freed = drive(operation, self._store)
        if freed:
            self._fill(freed, ticket_id, again=command.action != WithdrawOffer.action)
        return done

    def run_due(
        self, limit: int | None = None, *, lease: timedelta = LEASE, size: int = CLAIMED
    ) -> DueRun:
        """Let time act on every ticket that is due: close after the quiet period, archive, end
        holds, record what is overdue. Any number of workers may run it, as often as they like:
        nothing happens twice, and what happened does not depend on how often somebody looked.
        Afterwards those that wait for somebody are asked about again (:meth:`drain`).

        Args:
            limit: at most so many tickets, those that are stuck not counted; all that are due,
                if not given.
            lease: how long tickets are kept from other workers; a worker that dies gives them back
                by that.
            size: how many are claimed at once.

        Raises:
            InvalidInput: for a lease of no length, or numbers too small.
            StoreError: ``unsupported`` when the store keeps no timers.
        """
        run = drive(self._prepare.run_due(limit, lease, size), self._store)
        if run.tickets:
            self._fill((), "")
        return run

    def get(self, ticket_id: str, *, actor: Actor) -> Ticket:
        """The ticket, if *actor* may see it: a value for programs. For a screen, take :meth:`view`.

        For one who reads only what is shared, it is reduced to that (see
        :func:`workorder.ticket.shared_with`); fields that they may not read are not in it.

        Raises:
            CommandRefused: ``not_found``, also when it exists and they may not see it.
        """
        return drive(self._prepare.get(ticket_id, actor), self._store)

    def options(self, ticket_id: str, *, actor: Actor) -> tuple[Option, ...]:
        """Every action, as *actor* may take it now: allowed, or every reason why not.

        Raises:
            CommandRefused: ``not_found``, also when the ticket exists and they may not see it.
        """
        return drive(self._prepare.options(ticket_id, actor), self._store)

    def explain(self, ticket_id: str, *, actor: Actor) -> Explanation:
        """Where the ticket stands, and every action with every rule that was asked.

        Raises:
            CommandRefused: ``not_found``, also when the ticket exists and they may not see it.
        """
        return drive(self._prepare.explain(ticket_id, actor), self._store)

    def history(
        self, ticket_id: str, *, actor: Actor, after: int = 0, limit: int | None = None
    ) -> tuple[Entry, ...]:
        """What happened to the ticket, in order, with the texts people wrote: all of it, or what is
        shared with the customer, by the ``reads`` of the actor's roles. Sequence numbers stay as
        they are.

        Args:
            ticket_id: the ticket.
            actor: who asks.
            after: only entries with a higher sequence number.
            limit: at most so many; all, if not given.

        Raises:
            CommandRefused: ``not_found``, also when it exists and they may not see it.
            StoreError: ``unsupported`` when the store keeps no history.
        """
        return drive(self._prepare.history(ticket_id, actor, after, limit), self._store)

    def view(self, ticket_id: str, *, actor: Actor) -> View:
        """The ticket as *actor* may see it: what a host puts on their screen.

        Raises:
            CommandRefused: ``not_found``, also when it exists and they may not see it.
        """
        return drive(self._prepare.view(ticket_id, actor), self._store)

    def timeline(self, ticket_id: str, *, actor: Actor, language: str = ENGLISH) -> "Timeline":
        """The ticket to be drawn: its states, its holds, its clocks with the marks that they have
        reached; :func:`workorder.sla.clocks.timeline_svg` makes a picture of it. Who does not read
        all of the ticket gets the states alone, as they may know them.

        Args:
            ticket_id: the ticket.
            actor: who asks.
            language: in which the title is.

        Raises:
            CommandRefused: ``not_found``, also when it exists and they may not see it.
            StoreError: ``unsupported`` when the store keeps no history.
        """
        return drive(self._prepare.timeline(ticket_id, actor, language), self._store)

    def find(
        self, query: TicketQuery | None = None, *, actor: Actor, after: str | None = None
    ) -> Page:
        """A page of the tickets *actor* may see, each as :meth:`get` gives it.

        Args:
            query: which tickets, in which order, how many.
            actor: who asks; what they may not see is not counted either.
            after: the mark of the page before (:attr:`Page.next`).

        Raises:
            UnsupportedQuery: for what the store cannot answer exactly, and for what is not shared
                with somebody who reads only what is.
        """
        return drive(self._prepare.find(query or TicketQuery(), actor, after), self._store)

    def unrestricted(self) -> Unrestricted:
        """Batch work: sees every ticket, and moves tickets from rulebook to rulebook."""
        return Unrestricted(self._prepare, self._store)
