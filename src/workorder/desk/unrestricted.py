"""What no person's rights limit, for synchronous hosts: batch work, rulebooks, papers."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from workorder.desk.answers import Entry, Page
from workorder.desk.drivers import drive
from workorder.desk.dues import Dues
from workorder.desk.erasures import Erasure, ErasurePage, Replayed, read_erasures
from workorder.desk.exporting import SubjectPage
from workorder.desk.moving import Verdicts
from workorder.desk.papers import Papers
from workorder.desk.preparing import EVERYONE, Preparing
from workorder.desk.retaining import RetentionRun
from workorder.desk.revisions import RevisionRun
from workorder.rulebook import Plan, Rulebooks, Verdict
from workorder.storage import TicketQuery, TicketStore
from workorder.ticket import Ticket
from workorder.workflow import Actor

if TYPE_CHECKING:
    from workorder.sla.verbs import Calendar


class Unrestricted:
    """What no person's rights limit; only from :meth:`ServiceDesk.unrestricted`."""

    def __init__(self, prepare: Preparing, store: TicketStore) -> None:
        self._prepare = prepare
        self._papers = Papers(prepare)
        self._dues = Dues(prepare)
        self._store = store

    @property
    def store(self) -> TicketStore:
        """The store."""
        return self._store

    @property
    def rulebooks(self) -> Rulebooks:
        """The rules in force, and the earlier ones that the desk was given."""
        return self._prepare.rulebooks

    def get(self, ticket_id: str) -> Ticket:
        """The ticket."""
        return drive(self._prepare.get(ticket_id, EVERYONE), self._store)

    def history(
        self, ticket_id: str, *, after: int = 0, limit: int | None = None
    ) -> tuple[Entry, ...]:
        """What happened to the ticket."""
        return drive(self._prepare.history(ticket_id, EVERYONE, after, limit), self._store)

    def find(self, query: TicketQuery | None = None, *, after: str | None = None) -> Page:
        """A page of tickets."""
        return drive(self._prepare.find(query or TicketQuery(), EVERYONE, after), self._store)

    def verdicts(self, plan: Plan, query: TicketQuery | None = None) -> Iterator[Verdict]:
        """What would become of tickets under the rulebook in force: a dry run, page by page.
        Nothing is changed.

        Args:
            plan: what becomes of states that are gone, and of what was promised.
            query: which tickets, in which order, how many at once; if not given, every ticket in
                flight: all but those in a final state of the rulebook that they go by.

        Raises:
            UnsupportedQuery: for what the store cannot answer exactly.
        """
        page = drive(self._prepare.verdicts(plan, query, None), self._store)
        return self._following(page, plan, query)

    def _following(
        self, page: Verdicts, plan: Plan, query: TicketQuery | None
    ) -> Iterator[Verdict]:
        yield from page.verdicts
        while page.next is not None:
            page = drive(self._prepare.verdicts(plan, query, page.next), self._store)
            yield from page.verdicts

    def change_rulebook(
        self,
        ticket_id: str,
        plan: Plan,
        *,
        actor: Actor,
        command_id: str | None = None,
        expected_version: int | None = None,
    ) -> Ticket:
        """Move a ticket to the rulebook in force, once per *command_id*. Timers that are due act
        first, under the rulebook that it went by, in the same commit.

        Args:
            ticket_id: the ticket.
            plan: what becomes of states that are gone, and of what was promised.
            actor: who moves it; that is recorded, and is no work on the ticket.
            command_id: the caller's id for this move. Sent again, it gets its first answer.
            expected_version: if given, any other version is refused as ``stale``.

        Raises:
            CommandRefused: ``rulebook_change`` with every reason; nothing was changed.
        """
        operation = self._prepare.change_rulebook(
            ticket_id, plan, actor, command_id, expected_version
        )
        return drive(operation, self._store).ticket

    def revise_dues(
        self,
        *,
        actor: Actor,
        calendars: "Mapping[str, Calendar] | None" = None,
        dry_run: bool = False,
        limit: int | None = None,
        after: str | None = None,
        progress: Callable[[str, int], object] | None = None,
    ) -> RevisionRun:
        """Reckon every running clock again, after dates have become official. A ticket is changed
        where one of its clocks promises something else by now, once; timers that are due act first,
        in the same commit. As often as you like, by as many as you like.

        Tickets that are not closed are looked at, and those that were closed in the last 92 days.
        Clocks that are paused are reckoned when they go on, by the rulebook: calendars that are
        given here are not remembered there. Where a rulebook has its dates in a file of its own,
        put the new edition in force and move the tickets to it first; then no calendars are needed.

        Args:
            actor: who is recorded; it is no work on the ticket.
            calendars: instead of those of the same names that the rulebooks have; ``calendar`` is
                the usual one. By itself, those of each ticket's own rulebook are taken.
            dry_run: nothing is written.
            limit: at most so many tickets are changed.
            after: go on behind this ticket, where an earlier run says so (``next``).
            progress: told the phase (``tickets``) and how many were looked at, every 200.

        Returns:
            Every change with both accounts, and the tickets that could not be done.

        Raises:
            InvalidInput: ``not_a_choice`` for the name of a calendar that no rulebook has.
            StoreError: ``unsupported`` when the store answers no queries.
        """
        revising = self._dues.revising(actor, calendars, limit, dry_run=dry_run)
        run, over = self._dues.begun(after), False
        while not over:
            run, over = drive(self._dues.further(run, revising), self._store)
            if progress is not None:
                progress("tickets", run.looked_at)
        return run

    def erase(
        self,
        ticket_id: str,
        *,
        actor: Actor,
        basis: str,
        refs: Sequence[str] = (),
        command_id: str | None = None,
        expected_version: int | None = None,
    ) -> Ticket:
        """Erase sealed values of a ticket for good, once per *command_id*. Its records stay as they
        are, and so does all that is checked of them. It is possible in every state, under every
        rulebook, and whatever happened to the ticket.

        Args:
            ticket_id: the ticket.
            actor: who erases; that is recorded, and is no work on the ticket.
            basis: why: ``request``, ``retention``, or the bank's own word.
            refs: references of the values; all that the ticket has, if there are none.
            command_id: the caller's id for this erasure. Sent again, it gets its first answer.
            expected_version: if given, any other version is refused as ``stale``.

        Raises:
            CommandRefused: ``legal_hold`` naming the matters; ``invalid_arguments`` for a reference
                that the ticket never had. Nothing was changed.
            StoreError: ``unsupported`` when the store keeps no sealed values.
        """
        operation = self._papers.erase(ticket_id, actor, basis, refs, command_id, expected_version)
        return drive(operation, self._store).ticket

    def place_legal_hold(
        self,
        ticket_id: str,
        case: str,
        *,
        actor: Actor,
        command_id: str | None = None,
        expected_version: int | None = None,
    ) -> Ticket:
        """Keep a ticket whole for *case* (诉讼保全): nothing of it is erased until that is lifted.
        Several cases may ask for it at a time.

        Raises:
            CommandRefused: ``invalid_arguments`` when it is kept for that case already.
        """
        operation = self._papers.place_legal_hold(
            ticket_id, case, actor, command_id, expected_version
        )
        return drive(operation, self._store).ticket

    def lift_legal_hold(
        self,
        ticket_id: str,
        case: str,
        *,
        actor: Actor,
        command_id: str | None = None,
        expected_version: int | None = None,
    ) -> Ticket:
        """A ticket need not be kept for *case* any more.

        Raises:
            CommandRefused: ``invalid_arguments`` when it is not kept for that case.
        """
        operation = self._papers.lift_legal_hold(
            ticket_id, case, actor, command_id, expected_version
        )
        return drive(operation, self._store).ticket

    def erase_expired(self, *, actor: Actor, limit: int | None = None) -> RetentionRun:
        """Erase the sealed values of every closed ticket that was kept as long as the settings say
        (``retention``), with the basis ``retention``. As often as you like, by as many as you like.

        Args:
            actor: who is recorded.
            limit: at most so many tickets are erased; all whose retention is over, if not given.

        Returns:
            The tickets that were erased, and those that were kept all the same, each with the
            reason: a legal hold on them, or on a ticket that is merged with them or appeals them.

        Raises:
            StoreError: ``unsupported`` when the store answers no queries or keeps no sealed values.
        """
        return drive(self._papers.erase_expired(actor, limit), self._store)

    def export_subject(self, customer: str) -> Iterator[dict[str, Any]]:
        """Everything that is kept about *customer*, as plain data: a head line, then one line for
        each of their tickets, in the order of ids; read page by page.

        A line holds ``ticket`` (with labels), ``history`` (with texts; ``erased`` names those that
        are gone), ``sent`` (numbers of the entries by which something went to the customer) and
        ``sealed`` (every sealed value by reference). Tickets of others that name the customer, or
        in which they took part, are not among them.

        Raises:
            StoreError: ``unsupported`` when the store answers no queries.
        """
        head = self._papers.subject_head(customer)
        page = drive(self._papers.subject_page(customer, None), self._store)
        return self._subject(customer, head, page)

    def _subject(
        self, customer: str, head: dict[str, Any], page: SubjectPage
    ) -> Iterator[dict[str, Any]]:
        yield head
        yield from page.tickets
        while page.next is not None:
            page = drive(self._papers.subject_page(customer, page.next), self._store)
            yield from page.tickets

    def erasures(self, *, after: int = 0) -> Iterator[Erasure]:
        """Every erasure in the log behind position *after*, in order, read page by page. Keep
        their data (:meth:`~workorder.desk.Erasure.as_data`) apart from the store and its backups.

        Raises:
            StoreError: ``unsupported`` when the store keeps no history.
        """
        page = drive(self._papers.erasure_page(after), self._store)
        return self._erasures(page)

    def _erasures(self, page: ErasurePage) -> Iterator[Erasure]:
        yield from page.erasures
        while page.next is not None:
            page = drive(self._papers.erasure_page(page.next), self._store)
            yield from page.erasures

    def replay_erasures(self, lines: Iterable[str | Mapping[str, Any]]) -> tuple[Replayed, ...]:
        """Do erasures again, after a restore from a backup that was made before them: each under
        its own command id, so that nothing happens twice.

        Args:
            lines: what :meth:`erasures` gave, as plain data or as texts.

        Returns:
            What became of each. One that is not :attr:`~workorder.desk.Replayed.settled` needs
            somebody to look at it: a legal hold stands in its way.

        Raises:
            InvalidInput: for a line that is no erasure of this tenant; those before it were done.
        """
        return tuple(
            drive(self._papers.replay_erasure(each), self._store) for each in read_erasures(lines)
        )
