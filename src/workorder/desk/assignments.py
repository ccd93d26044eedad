"""What a desk does to find somebody for tickets, for synchronous hosts."""

from collections.abc import Collection, Iterable
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from workorder.desk.preparing import Preparing
from workorder.desk.requests import Operation
from workorder.errors import StoreError
from workorder.kernel import SYSTEM
from workorder.rulebook import Rulebooks
from workorder.workflow import Actor

if TYPE_CHECKING:
    from workorder.desk.routing.answers import Drained, Levelled, Relieved, Routed
    from workorder.desk.routing.wishing import Wishing

R = TypeVar("R")

_UNDONE = {"transaction_lost", "busy_transaction"}
"""What a store that has joined a host's transaction says when that cannot be committed any more."""


def not_filled(agents: Collection[str], error: Exception) -> None:
    """Tell the log of an error after a command that stands.

    Raises:
        StoreError: *error* itself, where it ended the host's transaction, or that has to be ended:
            then the command does not stand either.
    """
    if isinstance(error, StoreError) and error.code in _UNDONE:
        raise error
    from logging import getLogger  # late: hardly anybody ever needs it

    who = ", ".join(agents) or "everybody"
    getLogger("workorder").error("what waits could not be given to %s", who, exc_info=error)


def checked(people: object, rulebooks: Rulebooks) -> None:
    """See that a desk with *people* can route by *rulebooks*.

    Raises:
        ConfigurationError: for selectors that would have to know whose turn it was.
    """
    if people is not None and rulebooks.routed:
        from workorder.desk.routing.finding import check_selectors  # as below

        check_selectors(rulebooks)


class Assignments:
    """The part of :class:`~workorder.desk.ServiceDesk` that finds somebody for tickets."""

    _prepare: Preparing

    def _run(self, operation: Operation[R]) -> R:
        raise LookupError(operation)  # the desk does it

    def _fill(self, freed: Collection[str], ticket_id: str, *, again: bool = True) -> None:
        raise LookupError(freed, ticket_id, again)  # as above

    @cached_property
    def _wishing(self) -> "Wishing":
        from workorder.desk.routing.wishing import Wishing  # whoever does not route needs it not

        return Wishing(self._prepare)

    def assign(
        self,
        ticket_id: str,
        *,
        actor: Actor = SYSTEM,
        to: str | None = None,
        reason: str | None = None,
        command_id: str | None = None,
        expected_version: int | None = None,
    ) -> "Routed":
        """Find somebody for a ticket that nobody has, by the rulebook's routing, and give it to
        them; offer it to them, where its route says so. The room that it takes is counted in the
        same commit, and the decision stands in its history, with every reason.

        Where nobody can have it, it waits: that is noted with the reasons, and told
        (``ticket.not_assigned``). It never goes to somebody who is not to have it.

        Args:
            ticket_id: the ticket.
            actor: who asks; the routing itself, if nobody does.
            to: somebody whom *actor* names instead. They pass every filter but the hard ones: a
                conflict of interest, separation of duties.
            reason: why them; must be said with *to*.
            command_id: the caller's id for this; sent again, it gets its first answer.
            expected_version: if given, any other version is refused as ``stale``.

        Raises:
            CommandRefused: for a ticket that is not to be given to anybody as it stands;
                ``not_eligible`` for somebody named who must not have it. Nothing was changed.
            InvalidInput: for somebody named whom the directory does not know; without a directory
                or a routing.
        """
        routed = self._run(
            self._wishing.assign(ticket_id, actor, to, reason, command_id, expected_version)
        )
        if routed.done is not None and routed.done.freed:  # it was offered to somebody else
            self._fill(routed.done.freed, ticket_id)
        return routed

    def offer(
        self,
        ticket_id: str,
        *,
        actor: Actor = SYSTEM,
        within: timedelta | None = None,
        command_id: str | None = None,
        expected_version: int | None = None,
    ) -> "Routed":
        """Find somebody for a ticket, as :meth:`assign` does, and hold it out to them: they
        accept it (``AcceptOffer``), decline it (``DeclineOffer``), or let it lapse. As long as it
        is open it takes their room. Whoever did not take it is not asked again, as the policy says.

        Args:
            ticket_id: the ticket.
            actor: who asks; the routing itself, if nobody does.
            within: how long it is open; as long as its route says, if not given.
            command_id: the caller's id for this; sent again, it gets its first answer.
            expected_version: if given, any other version is refused as ``stale``.

        Raises:
            CommandRefused: for a ticket that is not to be offered as it stands.
            InvalidInput: where nothing says how long; without a directory or a routing.
        """
        return self._run(
            self._wishing.offer(ticket_id, actor, within, command_id, expected_version)
        )

    def next_for(self, agent_id: str, *, actor: Actor = SYSTEM) -> "Routed | None":
        """Give somebody what comes next: of the tickets that wait, in the order of the
        discipline, the first that they can have. What they cannot have is passed by and keeps its
        place.

        Args:
            agent_id: who has time.
            actor: who asks; the routing itself, if nobody does.

        Returns:
            What they have now; ``None``, where nothing waits that they can have.

        Raises:
            InvalidInput: for somebody whom the directory does not know; without a directory or a
                routing.
        """
        return self._run(self._wishing.next_for(agent_id, actor))

    def drain(self, agents: Iterable[str] | None = None, *, actor: Actor = SYSTEM) -> "Drained":
        """Give everything that waits to whoever can have it, in the order of the discipline:
        when somebody comes online, a shift begins, a roster changes. After a command that makes
        room it is done for those who have it, and for the ticket itself, where it was put back;
        after :meth:`run_due`, for all.

        Args:
            agents: give only to these what comes next; to everybody, if not given.
            actor: who asks; the routing itself, if nobody does.

        Raises:
            InvalidInput: without a directory or a routing.
        """
        return self._run(self._wishing.drain(agents, actor))

    def recount(self) -> dict[str, int]:
        """Set what the store has counted to what tickets say, of everybody in the directory and of
        whoever has any: when a bank begins to route tickets that it has, brings some in from
        elsewhere, or has let a worker act that did not know the rulebook of a ticket. To be done
        while nobody routes: what is given meanwhile is counted wrongly.

        Returns:
            By how much it was wrong, by account: an agent, or an agent and a channel.

        Raises:
            InvalidInput: without a directory or a routing.
            StoreError: ``unsupported`` when the store counts nothing.
        """
        return self._run(self._wishing.recount())

    def away(self, teams: Collection[str] = ()) -> tuple[str, ...]:
        """Who of *teams* (of everybody, without any) has been offline for longer than the
        routing's ``grace``: their work is to be given to others (:meth:`relieve`).

        Raises:
            InvalidInput: without a directory or a routing.
        """
        return self._run(self._wishing.away(teams))

    def relieve(
        self,
        agent_id: str,
        *,
        actor: Actor,
        reason: str,
        pinned: Collection[str] = (),
        held: bool = False,
    ) -> "Relieved":
        """Give somebody's work, and what is offered to them, to others: they are ill, have left, or
        have been offline for too long. The most urgent first, and of these what has waited longest;
        each move is a transfer with its decision, and an offer is taken back and made to somebody
        else. What nobody else can have goes back into the line, where it has waited since it first
        did. Reads what they have, and every ticket that nobody has.

        Args:
            agent_id: whose work.
            actor: who asks.
            reason: why; it is kept apart, as every text of people.
            pinned: tickets that stay with them, or offered to them.
            held: also those that are on hold: somebody has left for good. What becomes of the hold
                is for the workflow to say: the bank's ends with a transfer.

        Raises:
            InvalidInput: without a directory or a routing.
        """
        return self._run(self._wishing.relieve(agent_id, actor, reason, pinned, held=held))

    def level(
        self,
        *,
        actor: Actor,
        reason: str,
        teams: Collection[str] = (),
        pinned: Collection[str] = (),
        within: float = 0.2,
    ) -> "Levelled":
        """Move work from those who bear most of their capacity to those who bear least, until
        they are no further apart than *within*, or nothing can be moved: never so much that two
        change places.

        Args:
            actor: who asks.
            reason: why; it is kept apart, as every text of people.
            teams: among whom; everybody, if none is named.
            pinned: tickets that stay where they are.
            within: how far apart utilisations may be: 0.2 is a fifth.

        Raises:
            InvalidInput: without a directory or a routing.
        """
        return self._run(self._wishing.level(teams, actor, reason, pinned, within))
