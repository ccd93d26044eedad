"""From a caller's arguments to operations: the part both desks share.

Here the outside comes in, all of it through what the desk was given: the clock, the random
bytes, the secret. The operations themselves are pure generators.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from enum import Enum
from secrets import token_bytes, token_hex
from typing import TYPE_CHECKING, Any

from attrs import frozen

from workorder.desk import commanding, elapsing, moving, reading
from workorder.desk.answers import Done, DueRun, Entry, Explanation, Page
from workorder.desk.identity import checked_id, derived_id
from workorder.desk.requests import Operation
from workorder.desk.timelines import timeline
from workorder.desk.view import View, view
from workorder.errors import CommandRefused, InvalidInput
from workorder.instants import aware
from workorder.kernel import TIMED
from workorder.rulebook import Plan, Rulebook, Rulebooks
from workorder.storage import Capability, Codec, TicketQuery
from workorder.ticket import Appeal, Command, Open, Ticket
from workorder.workflow import Actor, Option
from workorder.workflow.refusing import unknown_role

if TYPE_CHECKING:
    from workorder.sla.clocks import Timeline


class Everyone(Enum):
    """Stands for a reader who sees every ticket; said on purpose, never by leaving one out."""

    EVERYONE = "everyone"


EVERYONE = Everyone.EVERYONE

LEASE = timedelta(minutes=1)
"""How long a worker keeps tickets whose timers it runs."""

CLAIMED = 200
"""How many such tickets it takes at once."""

Clock = Callable[[], datetime]
"""Gives the present instant, with a time zone."""


def system_time() -> datetime:
    """The clock of this machine, in UTC."""
    return datetime.now(UTC)


def fresh_id() -> str:
    """A random command id."""
    return token_hex(10)


def fresh_entropy() -> bytes:
    """Random bytes for salts."""
    return token_bytes(16)


@frozen
class Preparing:
    """Makes operations.

    Attributes:
        rulebooks: the rules in force, and those of tickets in flight.
        tenant: the tenant of the store.
        capabilities: what the store offers.
        secret: the key of command digests.
        clock: gives the present instant.
        new_id: gives random command ids.
        new_entropy: gives random bytes.
        codec: reads and writes records.
    """

    rulebooks: Rulebooks
    tenant: str
    capabilities: frozenset[Capability]
    secret: bytes
    clock: Clock
    new_id: Callable[[], str]
    new_entropy: Callable[[], bytes]
    codec: Codec

    @property
    def rulebook(self) -> Rulebook:
        """The rules in force."""
        return self.rulebooks.current

    @property
    def finds(self) -> bool:
        """Whether somebody can be found for tickets that wait."""
        return self.rulebook.routing is not None and Capability.QUERY in self.capabilities

    def now(self) -> datetime:
        """The present instant, in UTC."""
        return aware(self.clock(), "time")

    def open(
        self, command: Open, actor: Actor, command_id: str | None
    ) -> Operation[commanding.Told]:
        """Open a ticket, once per command id."""
        identity = self._identity(command_id)
        ticket_id = derived_id(self.tenant, "open", identity)
        return self._carry_out(ticket_id, command, actor, identity, None, opening=True)

    def execute(
        self,
        ticket_id: str,
        command: Command,
        actor: Actor,
        command_id: str | None,
        expected_version: int | None,
    ) -> Operation[commanding.Told]:
        """Carry out a command."""
        if not isinstance(command, Command):
            found = getattr(command, "__name__", type(command).__name__)
            raise InvalidInput(
                "wrong_type", name="command", expected="a command such as Close()", found=found
            )
        checked_version(expected_version)
        identity = self._identity(command_id)
        known_id = checked_id(ticket_id, "ticket_id")
        return self._carry_out(known_id, command, actor, identity, expected_version)

    def verdicts(
        self, plan: Plan, query: TicketQuery | None, mark: str | None
    ) -> Operation[moving.Verdicts]:
        """A page of what would become of tickets under the rulebook in force."""
        _checked_plan(plan)
        return moving.verdicts(plan, query, mark, self.rulebooks, self.now())

    def change_rulebook(
        self,
        ticket_id: str,
        plan: Plan,
        actor: Actor,
        command_id: str | None,
        expected_version: int | None,
    ) -> Operation[Done]:
        """Move a ticket to the rulebook in force."""
        _checked_plan(plan)
        checked_version(expected_version)
        identity = self._identity(command_id)
        known_id = checked_id(ticket_id, "ticket_id")
        self._known(actor)
        order = moving.Move(
            known_id, plan, actor, identity, self.now(), self.secret, expected_version
        )
        return moving.move(order, self.rulebooks, self.codec, self.capabilities)

    def checked(self, actor: Actor, command_id: str | None) -> str:
        """The id of a command of *actor*, who must be somebody; a random one, if none is given."""
        self._known(actor)
        return self._identity(command_id)

    def _known(self, actor: Actor) -> None:
        """Refuse whoever is nobody, and roles that the workflow does not have, before anything is
        looked up.
        """
        if not isinstance(actor, Actor):
            found = type(actor).__name__
            raise InvalidInput("wrong_type", name="actor", expected="an Actor", found=found)
        workflow = self.rulebook.workflow.compiled
        if not actor.roles <= workflow.role_names:
            raise CommandRefused(unknown_role(workflow, actor))

    def _reader(self, actor: Actor | Everyone) -> Actor | None:
        """Who reads; ``None``, who sees everything, only for those who say so on purpose."""
        if isinstance(actor, Everyone):
            return None
        self._known(actor)
        return actor

    def _identity(self, command_id: str | None) -> str:
        if command_id is None:
            return self.new_id()
        identity = checked_id(command_id, "command_id")
        if identity.startswith(TIMED):  # it would keep a timer of that name from ever firing
            expected = f"an id that does not begin with {TIMED!r}"
            raise InvalidInput("wrong_type", name="command_id", expected=expected, found=identity)
        return identity

    def _carry_out(
        self,
        ticket_id: str,
        command: Command,
        actor: Actor,
        command_id: str,
        expected_version: int | None,
        *,
        opening: bool = False,
    ) -> Operation[commanding.Told]:
        self._known(actor)
        order = commanding.Order(
            ticket_id,
            command.normal(),
            actor,
            command_id,
            self.now(),
            self.new_entropy(),
            self.secret,
            expected_version,
            opening,
            self._new_id(command, ticket_id, command_id),
        )
        operation = commanding.carry_out(order, self.rulebooks, self.codec, self.capabilities)
        return commanding.told(operation, actor, self.rulebooks)

    def _new_id(self, command: Command, ticket_id: str, command_id: str) -> str:
        """The id of the ticket that an appeal opens."""
        if command.action != Appeal.action:
            return ""
        return derived_id(self.tenant, Appeal.action, ticket_id, command_id)

    def run_due(self, limit: int | None, lease: timedelta, size: int) -> Operation[DueRun]:
        """Let time act on every ticket that is due."""
        for name, holds, expected in (
            ("limit", limit is None or _whole(limit, 0), "a whole number from 0, or None"),
            ("size", _whole(size, 1), "a whole number from 1 to 100,000"),
            # Without a lease, a ticket on which time cannot act would be claimed for ever.
            ("lease", _length(lease), "a length of more than zero, and a year at most"),
        ):
            if not holds:
                found = {"limit": limit, "size": size, "lease": lease}[name]
                raise InvalidInput("wrong_type", name=name, expected=expected, found=found)
        running = elapsing.Running(self.now(), self.new_id(), lease, size, limit)
        return elapsing.run_due(running, self.rulebooks, self.codec, self.capabilities)

    def get(self, ticket_id: str, actor: Actor | Everyone) -> Operation[Ticket]:
        """One ticket."""
        reader = self._reader(actor)
        return reading.get(checked_id(ticket_id, "ticket_id"), reader, self.rulebooks)

    def options(self, ticket_id: str, actor: Actor) -> Operation[tuple[Option, ...]]:
        """Every action for one person."""
        self._known(actor)
        ticket_id = checked_id(ticket_id, "ticket_id")
        return reading.options(ticket_id, actor, self.rulebooks, self.now())

    def explain(self, ticket_id: str, actor: Actor) -> Operation[Explanation]:
        """Every action with every rule."""
        self._known(actor)
        ticket_id = checked_id(ticket_id, "ticket_id")
        return reading.explain(ticket_id, actor, self.rulebooks, self.now())

    def history(
        self, ticket_id: str, actor: Actor | Everyone, after: int, limit: int | None
    ) -> Operation[tuple[Entry, ...]]:
        """A ticket's events."""
        reader = self._reader(actor)
        ticket_id = checked_id(ticket_id, "ticket_id")
        reveal = Capability.SEALED in self.capabilities
        if after < 0 or (limit is not None and limit < 0):
            raise InvalidInput(
                "wrong_type", name="after, limit", expected="whole numbers from 0", found="less"
            )
        return reading.history(
            ticket_id,
            reader,
            self.rulebooks,
            self.codec,
            after=after,
            limit=limit,
            reveal=reveal,
        )

    def view(self, ticket_id: str, actor: Actor) -> Operation[View]:
        """A ticket as somebody may see it."""
        self._known(actor)
        ticket_id = checked_id(ticket_id, "ticket_id")
        return view(ticket_id, actor, self.rulebooks, self.codec, self.now(), self.capabilities)

    def timeline(self, ticket_id: str, actor: Actor, language: str) -> "Operation[Timeline]":
        """A ticket to be drawn."""
        self._known(actor)
        ticket_id = checked_id(ticket_id, "ticket_id")
        return timeline(ticket_id, actor, self.rulebooks, self.codec, self.now(), language)

    def find(
        self, query: TicketQuery, actor: Actor | Everyone, mark: str | None
    ) -> Operation[Page]:
        """A page of tickets."""
        reader = self._reader(actor)
        return reading.find(query, reader, self.rulebooks, mark)


def checked_version(expected: object) -> None:
    """Refuse an expected version that is no number."""
    whole = isinstance(expected, int) and not isinstance(expected, bool)
    if expected is not None and not whole:
        found = type(expected).__name__
        raise InvalidInput(
            "wrong_type", name="expected_version", expected="a whole number", found=found
        )


def _checked_plan(plan: object) -> None:
    if not isinstance(plan, Plan):
        found = type(plan).__name__
        raise InvalidInput("wrong_type", name="plan", expected="a Plan", found=found)


_MOST = 100_000


def _whole(value: object, least: int) -> bool:
    whole = isinstance(value, int) and not isinstance(value, bool)
    return whole and isinstance(value, int) and least <= value <= (_MOST if least else 2**62)


def _length(value: object) -> bool:
    return isinstance(value, timedelta) and timedelta(0) < value <= timedelta(days=366)


def preparing(
    store: Any,
    rulebooks: Rulebooks,
    clock: Clock,
    secret: bytes,
    new_id: Callable[[], str],
    new_entropy: Callable[[], bytes],
    algorithm: str,
    write: Mapping[str, int] | None,
) -> Preparing:
    """The preparing half of a desk over *store*."""
    capabilities: Collection[Capability] = store.capabilities
    codec = Codec(rulebooks.event_types, tenant=store.tenant, algorithm=algorithm, write=write)
    return Preparing(
        rulebooks,
        store.tenant,
        frozenset(capabilities),
        secret,
        clock,
        new_id,
        new_entropy,
        codec,
    )


def opening(
    type_: str,
    customer: str | None,
    channel: str | None,
    subjects: Sequence[str],
    department: str | None,
    fields: Mapping[str, Any] | None,
) -> Open:
    """The command that opens a ticket."""
    # Anything else than a list stays what it is, for the kernel to refuse by name.
    named: Any = tuple(subjects) if isinstance(subjects, list | tuple) else subjects
    return Open(type_, customer, channel, named, department, {} if fields is None else fields)
