"""What a desk does to find somebody for tickets: the same, awaited."""

from collections.abc import Collection, Iterable
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from workorder.desk.preparing import Preparing
from workorder.desk.requests import Operation
from workorder.kernel import SYSTEM
from workorder.workflow import Actor

if TYPE_CHECKING:
    from workorder.desk.routing.answers import Drained, Levelled, Relieved, Routed
    from workorder.desk.routing.wishing import Wishing

R = TypeVar("R")


class AsyncAssignments:
    """The part of :class:`~workorder.desk.AsyncServiceDesk` that finds somebody for tickets."""

    _prepare: Preparing

    async def _run(self, operation: Operation[R]) -> R:
        raise LookupError(operation)  # the desk does it

    async def _fill(self, freed: Collection[str], ticket_id: str, *, again: bool = True) -> None:
        raise LookupError(freed, ticket_id, again)  # as above

    @cached_property
    def _wishing(self) -> "Wishing":
        from workorder.desk.routing.wishing import Wishing  # whoever does not route needs it not

        return Wishing(self._prepare)

    async def assign(
        self,
        ticket_id: str,
        *,
        actor: Actor = SYSTEM,
        to: str | None = None,
        reason: str | None = None,
        command_id: str | None = None,
        expected_version: int | None = None,
    ) -> "Routed":
        """See :meth:`workorder.desk.ServiceDesk.assign`."""
        routed = await self._run(
            self._wishing.assign(ticket_id, actor, to, reason, command_id, expected_version)
        )
        if routed.done is not None and routed.done.freed:
            await self._fill(routed.done.freed, ticket_id)
        return routed

    async def offer(
        self,
        ticket_id: str,
        *,
        actor: Actor = SYSTEM,
        within: timedelta | None = None,
        command_id: str | None = None,
        expected_version: int | None = None,
    ) -> "Routed":
        """See :meth:`workorder.desk.ServiceDesk.offer`."""
        return await self._run(
            self._wishing.offer(ticket_id, actor, within, command_id, expected_version)
        )

    async def next_for(self, agent_id: str, *, actor: Actor = SYSTEM) -> "Routed | None":
        """See :meth:`workorder.desk.ServiceDesk.next_for`."""
        return await self._run(self._wishing.next_for(agent_id, actor))

    async def drain(
        self, agents: Iterable[str] | None = None, *, actor: Actor = SYSTEM
    ) -> "Drained":
        """See :meth:`workorder.desk.ServiceDesk.drain`."""
        return await self._run(self._wishing.drain(agents, actor))

    async def recount(self) -> dict[str, int]:
        """See :meth:`workorder.desk.ServiceDesk.recount`."""
        return await self._run(self._wishing.recount())

    async def away(self, teams: Collection[str] = ()) -> tuple[str, ...]:
        """See :meth:`workorder.desk.ServiceDesk.away`."""
        return await self._run(self._wishing.away(teams))

    async def relieve(
        self,
        agent_id: str,
        *,
        actor: Actor,
        reason: str,
        pinned: Collection[str] = (),
        held: bool = False,
    ) -> "Relieved":
        """See :meth:`workorder.desk.ServiceDesk.relieve`."""
        return await self._run(self._wishing.relieve(agent_id, actor, reason, pinned, held=held))

    async def level(
        self,
        *,
        actor: Actor,
        reason: str,
        teams: Collection[str] = (),
        pinned: Collection[str] = (),
        within: float = 0.2,
    ) -> "Levelled":
        """See :meth:`workorder.desk.ServiceDesk.level`."""
        return await self._run(self._wishing.level(teams, actor, reason, pinned, within))
