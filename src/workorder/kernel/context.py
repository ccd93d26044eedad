"""What surrounds a decision, and what a decision is."""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any, Generic, TypeVar

from attrs import evolve, field, frozen

from workorder.canonical import SHA_256
from workorder.durations import Duration
from workorder.errors import InvalidInput
from workorder.instants import aware
from workorder.rulebook import Rulebook
from workorder.ticket import Command, Event, Sealed, SealedValue, Ticket, Trace, seal
from workorder.ticket.events.routing import DecisionData
from workorder.ticket.sealing import SALT_BYTES
from workorder.workflow import Actor, Settings, Step
from workorder.workflow.states import Category

C = TypeVar("C", bound=Command)


def _aware(at: datetime) -> datetime:
    return aware(at, "at")


@frozen
class Notice:
    """Something the outside is to be told, once the commit stands.

    Attributes:
        topic: what it is about, namespaced.
        ticket_id: the ticket.
        body: plain data; references to sealed values, never the values.
    """

    topic: str
    ticket_id: str
    body: Mapping[str, Any] = {}


@frozen
class Found:
    """What the routing found, looking for somebody who takes a ticket.

    Attributes:
        decision: who was chosen, and why, as plain data.
        passed: how many were passed over, by code.
        again: when something else will do, if nobody can have it now.
    """

    decision: DecisionData
    passed: Mapping[str, int] = {}
    again: datetime | None = None


@frozen
class Context:
    """Everything a decision reads besides the ticket and the command.

    Attributes:
        ticket_id: the ticket's id (for opening: the id it will have).
        actor: who asks.
        at: the instant, in UTC; the clock was read outside.
        rulebook: the rules in force.
        command_id: the id of the command.
        entropy: random bytes drawn outside; the salts of sealed values come from them.
        others: other tickets that the command concerns, by id.
        rulebooks: the rulebooks that those go by, where that is another one.
        current: the rulebook in force, under which a ticket is opened beside this one, if the
            ticket goes by another one.
        new_id: the id of a ticket that the command may open (an appeal).
        now: when it is taken down, if not at that instant (time acts at its own).
        version: the version of the batch, if the ticket changed in it already.
        algorithm: of the digests that are made.
        found: what the routing found, for commands that give a ticket to somebody.
    """

    ticket_id: str
    actor: Actor
    at: datetime = field(converter=_aware)
    rulebook: Rulebook
    command_id: str
    entropy: bytes = b""
    others: Mapping[str, Ticket] = {}
    rulebooks: Mapping[str, Rulebook] = {}
    current: Rulebook | None = None
    new_id: str = ""
    now: datetime | None = None
    version: int | None = None
    algorithm: str = SHA_256
    found: Found | None = None

    def salt(self, ref: str) -> bytes:
        """The salt of the sealed value *ref*."""
        return sha256(self.entropy + ref.encode()).digest()[:SALT_BYTES]


@frozen
class Beside:
    """What a command brings about on another ticket, in the same commit.

    Attributes:
        ticket_id: the other ticket.
        ticket: as it stood; ``None`` when it is being opened.
        events: its events.
    """

    ticket_id: str
    ticket: Ticket | None
    events: tuple[Event, ...]


@frozen
class Decided:
    """What follows from a command.

    Attributes:
        events: what happens to the ticket; at least one.
        sealed: values sealed out of the events.
        notices: what the outside is to be told.
        beside: what happens to other tickets, in the same commit.
        after: the ticket after them, where that was worked out on the way.
    """

    events: tuple[Event, ...]
    sealed: tuple[SealedValue, ...] = ()
    notices: tuple[Notice, ...] = ()
    beside: tuple[Beside, ...] = ()
    after: Ticket | None = field(default=None, eq=False, repr=False)


class Draft(Generic[C]):
    """A permitted command on its way to becoming events; deciders are given one.

    Type parameter ``C`` is the command's class.

    Attributes:
        ticket: the ticket before; ``None`` while it is being opened.
        command: the command.
        step: the step the workflow permitted.
        trace: who, when, under what.
    """

    __slots__ = ("_context", "beside", "command", "notices", "sealed", "step", "ticket", "trace")

    def __init__(
        self, ticket: Ticket | None, command: C, step: Step, trace: Trace, context: Context
    ) -> None:
        self.ticket = ticket
        self.command = command
        self.step = step
        self.trace = trace
        self.sealed: list[SealedValue] = []
        self.notices: list[Notice] = []
        self.beside: list[Beside] = []
        self._context = context

    @property
    def context(self) -> Context:
        """The context of the decision."""
        return self._context

    @property
    def present(self) -> Ticket:
        """The ticket before, which exists."""
        if self.ticket is None:
            raise LookupError(self.command.action)
        return self.ticket

    def reason(self) -> Sealed:
        """The command's reason, sealed."""
        return self.seal("reason", getattr(self.command, "reason", None) or "")

    def given(self, name: str) -> Any:
        """The argument *name*, without which the command means nothing.

        Raises:
            InvalidInput: ``required`` in a workflow that has no rule asking for it.
        """
        value = getattr(self.command, name)
        if value is None:
            raise InvalidInput("required", name=name)
        return value

    @property
    def decision(self) -> DecisionData | None:
        """How the routing found who is to have it, if it did."""
        found = self._context.found
        return None if found is None else found.decision

    @property
    def settings(self) -> Settings:
        """The settings in force."""
        return self._context.rulebook.workflow.settings

    def until(self, duration: Duration) -> datetime:
        """The instant at which *duration* from this step ends."""
        return self._context.rulebook.until(self.trace.occurred_at, duration)

    def until_if(self, duration: Duration | None) -> datetime | None:
        """:meth:`until`, or ``None`` where no duration is set."""
        return None if duration is None else self.until(duration)

    def step_of(self, ticket: Ticket) -> Step:
        """This step as it stands on another ticket, which it does not move."""
        name, step = ticket.state, self.step
        rulebook = self._context.rulebooks.get(ticket.id, self._context.rulebook)
        state = rulebook.workflow.compiled.states.get(name)
        if state is None:  # nobody here knows its rulebook
            category: Category = "open" if ticket.times.closed is None else "closed"
            return Step(step.action, step.role, name, name, category)
        return Step(step.action, step.role, name, name, state.category, state.resolved)

    def trace_of(self, ticket: Ticket) -> Trace:
        """The trace of this command on another ticket."""
        at = max(self._context.at, ticket.times.last)
        return evolve(self.trace, version=ticket.revision.version + 1, occurred_at=at)

    def seal(self, name: str, value: str) -> Sealed:
        """Keep *value* out of the event: it goes to the store apart, a reference stays."""
        sequence = self.ticket.revision.events + 1 if self.ticket else 1
        ref = f"{sequence}.{name}"
        taken = {kept.ref for kept in self.sealed}
        number = 1
        while ref in taken:
            number += 1
            ref = f"{sequence}.{name}~{number}"
        context = self._context
        sealed, kept = seal(context.ticket_id, ref, context.salt(ref), value, context.algorithm)
        self.sealed.append(kept)
        return sealed

    def seal_given(self, name: str, value: str | None) -> Sealed | None:
        """:meth:`seal`, or ``None`` where no value (or only blanks) was given."""
        return self.seal(name, value) if value is not None and value.strip() else None
