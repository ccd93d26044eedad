"""What no person's rights limit, for asynchronous hosts: the same, awaited."""

from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from workorder.desk.answers import Done, Entry, Page
from workorder.desk.dues import Dues
from workorder.desk.erasures import Erasure, ErasurePage, Replayed, read_erasures
from workorder.desk.exporting import SubjectPage
from workorder.desk.moving import Verdicts
from workorder.desk.papers import Papers
from workorder.desk.preparing import EVERYONE, Preparing
from workorder.desk.requests import Operation
from workorder.desk.retaining import RetentionRun
from workorder.desk.revisions import RevisionRun
from workorder.rulebook import Plan, Verdict
from workorder.storage import TicketQuery
from workorder.ticket import Ticket
from workorder.workflow import Actor

if TYPE_CHECKING:
    from workorder.sla.verbs import Calendar

Run = Callable[[Operation[Any]], Any]


class AsyncUnrestricted:
    """What no person's rights limit; only from :meth:`AsyncServiceDesk.unrestricted`."""

    def __init__(self, prepare: Preparing, run: Run) -> None:
        self._prepare = prepare
        self._papers = Papers(prepare)
        self._dues = Dues(prepare)
        self._run = run

    async def get(self, ticket_id: str) -> Ticket:
        """The ticket."""
        ticket: Ticket = await self._run(self._prepare.get(ticket_id, EVERYONE))
        return ticket

    async def history(
        self, ticket_id: str, *, after: int = 0, limit: int | None = None
    ) -> tuple[Entry, ...]:
        """What happened to the ticket."""
        entries: tuple[Entry, ...] = await self._run(
            self._prepare.history(ticket_id, EVERYONE, after, limit)
        )
        return entries

    async def find(self, query: TicketQuery | None = None, *, after: str | None = None) -> Page:
        """A page of tickets."""
        page: Page = await self._run(self._prepare.find(query or TicketQuery(), EVERYONE, after))
        return page

    async def verdicts(
        self, plan: Plan, query: TicketQuery | None = None
    ) -> AsyncIterator[Verdict]:
        """See :meth:`workorder.desk.Unrestricted.verdicts`."""
        mark: str | None = None
        while True:
            page: Verdicts = await self._run(self._prepare.verdicts(plan, query, mark))
            for each in page.verdicts:
                yield each
            if page.next is None:
                return
            mark = page.next

    async def change_rulebook(
        self,
        ticket_id: str,
        plan: Plan,
        *,
        actor: Actor,
        command_id: str | None = None,
        expected_version: int | None = None,
    ) -> Ticket:
        """See :meth:`workorder.desk.Unrestricted.change_rulebook`."""
        done: Done = await self._run(
            self._prepare.change_rulebook(ticket_id, plan, actor, command_id, expected_version)
        )
        return done.ticket

    async def revise_dues(
        self,
        *,
        actor: Actor,
        calendars: "Mapping[str, Calendar] | None" = None,
        dry_run: bool = False,
        limit: int | None = None,
        after: str | None = None,
        progress: Callable[[str, int], object] | None = None,
    ) -> RevisionRun:
        """See :meth:`workorder.desk.Unrestricted.revise_dues`."""
        revising = self._dues.revising(actor, calendars, limit, dry_run=dry_run)
        run, over = self._dues.begun(after), False
        while not over:
            run, over = await self._run(self._dues.further(run, revising))
            if progress is not None:
                progress("tickets", run.looked_at)
        return run

    async def erase(
        self,
        ticket_id: str,
        *,
        actor: Actor,
        basis: str,
        refs: Sequence[str] = (),
        command_id: str | None = None,
        expected_version: int | None = None,
    ) -> Ticket:
        """See :meth:`workorder.desk.Unrestricted.erase`."""
        operation = self._papers.erase(ticket_id, actor, basis, refs, command_id, expected_version)
        done: Done = await self._run(operation)
        return done.ticket

    async def place_legal_hold(
        self,
        ticket_id: str,
        case: str,
        *,
        actor: Actor,
        command_id: str | None = None,
        expected_version: int | None = None,
    ) -> Ticket:
        """See :meth:`workorder.desk.Unrestricted.place_legal_hold`."""
        operation = self._papers.place_legal_hold(
            ticket_id, case, actor, command_id, expected_version
        )
        done: Done = await self._run(operation)
        return done.ticket

    async def lift_legal_hold(
        self,
        ticket_id: str,
        case: str,
        *,
        actor: Actor,
        command_id: str | None = None,
        expected_version: int | None = None,
    ) -> Ticket:
        """See :meth:`workorder.desk.Unrestricted.lift_legal_hold`."""
        operation = self._papers.lift_legal_hold(
            ticket_id, case, actor, command_id, expected_version
        )
        done: Done = await self._run(operation)
        return done.ticket

    async def erase_expired(self, *, actor: Actor, limit: int | None = None) -> RetentionRun:
        """See :meth:`workorder.desk.Unrestricted.erase_expired`."""
        done: RetentionRun = await self._run(self._papers.erase_expired(actor, limit))
        return done

    async def export_subject(self, customer: str) -> AsyncIterator[dict[str, Any]]:
        """See :meth:`workorder.desk.Unrestricted.export_subject`."""
        yield self._papers.subject_head(customer)
        mark: str | None = None
        while True:
            page: SubjectPage = await self._run(self._papers.subject_page(customer, mark))
            for each in page.tickets:
                yield each
            if page.next is None:
                return
            mark = page.next

    async def erasures(self, *, after: int = 0) -> AsyncIterator[Erasure]:
        """See :meth:`workorder.desk.Unrestricted.erasures`."""
        mark: int | None = after
        while mark is not None:
            page: ErasurePage = await self._run(self._papers.erasure_page(mark))
            for each in page.erasures:
                yield each
            mark = page.next

    async def replay_erasures(
        self, lines: Iterable[str | Mapping[str, Any]]
    ) -> tuple[Replayed, ...]:
        """See :meth:`workorder.desk.Unrestricted.replay_erasures`."""
        done: list[Replayed] = []
        for each in read_erasures(lines):
            done.append(await self._run(self._papers.replay_erasure(each)))  # noqa: PERF401 (in order)
        return tuple(done)
