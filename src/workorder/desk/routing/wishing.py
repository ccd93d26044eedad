"""From a caller's arguments to operations that find somebody: the part both desks share."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from workorder.desk.identity import checked_id
from workorder.desk.preparing import Preparing, checked_version
from workorder.desk.requests import Operation
from workorder.desk.routing import draining, moves
from workorder.desk.routing.answers import Drained, Levelled, Relieved, Routed
from workorder.desk.routing.assigning import assign
from workorder.desk.routing.draining import Draining
from workorder.desk.routing.recounting import recount
from workorder.desk.routing.wish import Verb, Wish
from workorder.errors import InvalidInput
from workorder.kernel import SYSTEM
from workorder.workflow import Actor


class Wishing:
    """Makes operations that find somebody for tickets."""

    def __init__(self, prepare: Preparing) -> None:
        self._prepare = prepare

    def assign(
        self,
        ticket_id: str,
        actor: Actor,
        to: str | None,
        reason: str | None,
        command_id: str | None,
        expected_version: int | None,
    ) -> Operation[Routed]:
        """Find somebody for a ticket, or give it to somebody whom a person names."""
        checked_version(expected_version)
        why = reason is not None and bool(reason.strip())
        if why != (to is not None):
            raise InvalidInput("required", name="to" if why else "reason")
        agent = None if to is None else checked_id(to, "to")
        wish = self._wish(
            "assign", ticket_id, actor, command_id, expected_version, to=agent, reason=reason
        )
        return self._given(wish)

    def offer(
        self,
        ticket_id: str,
        actor: Actor,
        within: timedelta | None,
        command_id: str | None,
        expected_version: int | None,
    ) -> Operation[Routed]:
        """Offer a ticket to whoever is found."""
        checked_version(expected_version)
        if within is not None and not _is_length(within):
            expected = "a length of time, more than none"
            raise InvalidInput("wrong_type", name="within", expected=expected, found=repr(within))
        wish = self._wish("offer", ticket_id, actor, command_id, expected_version, within=within)
        return self._given(wish)

    def next_for(self, agent_id: str, actor: Actor) -> Operation[Routed | None]:
        """What comes next for somebody."""
        agent = checked_id(agent_id, "agent_id")
        return draining.next_for(agent, self._draining(actor))

    def drain(self, agents: Iterable[str] | None, actor: Actor) -> Operation[Drained]:
        """Everything that waits, or what comes next for some."""
        made = self._draining(actor)
        return draining.drain(made) if agents is None else draining.filled(_several(agents), made)

    def refilled(
        self, agents: Collection[str], ticket_id: str, *, again: bool
    ) -> Operation[Drained]:
        """What follows when a command on a ticket made room for *agents*, or time for anybody."""
        made = self._draining(SYSTEM)
        if not agents:
            return draining.drain(made)
        return draining.refilled(agents, ticket_id, made, again=again)

    def relieve(
        self, agent_id: str, actor: Actor, reason: str, pinned: Collection[str], *, held: bool
    ) -> Operation[Relieved]:
        """Somebody's work to others."""
        agent = checked_id(agent_id, "agent_id")
        return moves.relieve(agent, _names(pinned), self._draining(actor, reason), held=held)

    def away(self, teams: Collection[str]) -> Operation[tuple[str, ...]]:
        """Who has been offline for too long."""
        return moves.away(_names(teams), self._draining(SYSTEM))

    def level(
        self,
        teams: Collection[str],
        actor: Actor,
        reason: str,
        pinned: Collection[str],
        within: float,
    ) -> Operation[Levelled]:
        """Work levelled within teams."""
        made = self._draining(actor, reason)
        return moves.level(_names(teams), _names(pinned), within, made)

    def recount(self) -> Operation[dict[str, int]]:
        """What everybody holds, counted anew."""
        return recount(self._prepare.rulebooks, self._prepare.now())

    def _draining(self, actor: Actor, reason: str | None = None) -> Draining:
        prepare = self._prepare
        prepare.checked(actor, None)
        at = prepare.now()

        def wishing(ticket_id: str) -> Wish:
            return self._wish("assign", ticket_id, actor, None, None, at=at, reason=reason)

        return Draining(actor, at, wishing, prepare.rulebooks, prepare.codec, prepare.capabilities)

    def _given(self, wish: Wish) -> Operation[Routed]:
        prepare = self._prepare
        return assign(wish, prepare.rulebooks, prepare.codec, prepare.capabilities)

    def _wish(
        self,
        verb: Verb,
        ticket_id: str,
        actor: Actor,
        command_id: str | None,
        expected_version: int | None,
        *,
        at: datetime | None = None,
        to: str | None = None,
        reason: str | None = None,
        within: timedelta | None = None,
    ) -> Wish:
        prepare = self._prepare
        return Wish(
            ticket_id=checked_id(ticket_id, "ticket_id"),
            verb=verb,
            actor=actor,
            command_id=prepare.checked(actor, command_id),
            at=prepare.now() if at is None else at,
            entropy=prepare.new_entropy(),
            secret=prepare.secret,
            expected_version=expected_version,
            to=to,
            reason=reason,
            within=within,
        )


def _is_length(value: object) -> bool:
    return isinstance(value, timedelta) and value > timedelta(0)


def _several(given: Iterable[str]) -> tuple[str, ...]:
    """Several names; one text is refused, for it would be taken for its letters."""
    if isinstance(given, str):
        raise InvalidInput("wrong_type", name="names", expected="several names", found=given)
    return tuple(given)


def _names(given: Iterable[str]) -> frozenset[str]:
    return frozenset(_several(given))
