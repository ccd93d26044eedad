"""What surrounds a decision, and what a decision is."""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any, Generic, TypeVar

from attrs import field, frozen

from workorder.instants import aware
from workorder.rulebook import Rulebook
from workorder.ticket import Command, Event, Sealed, SealedValue, Ticket, Trace, seal
from workorder.ticket.sealing import SALT_BYTES
from workorder.workflow import Actor, Step

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
class Context:
    """Everything a decision reads besides the ticket and the command.

    Attributes:
        ticket_id: the ticket's id (for opening: the id it will have).
        actor: who asks.
        at: the instant, in UTC; the clock was read outside.
        rulebook: the rules in force.
        command_id: the id of the command.
        entropy: random bytes drawn outside; the salts of sealed values come from them.
    """

    ticket_id: str
    actor: Actor
    at: datetime = field(converter=_aware)
    rulebook: Rulebook
    command_id: str
    entropy: bytes = b""


@frozen
class Decided:
    """What follows from a command: events, values sealed out of them, and notices."""

    events: tuple[Event, ...]
    sealed: tuple[SealedValue, ...] = ()
    notices: tuple[Notice, ...] = ()


class Draft(Generic[C]):
    """A permitted command on its way to becoming events; deciders are given one.

    Type parameter ``C`` is the command's class.

    Attributes:
        ticket: the ticket before; ``None`` while it is being opened.
        command: the command.
        step: the step the workflow permitted.
        trace: who, when, under what.
    """

    __slots__ = ("_context", "command", "notices", "sealed", "step", "ticket", "trace")

    def __init__(
        self, ticket: Ticket | None, command: C, step: Step, trace: Trace, context: Context
    ) -> None:
        self.ticket = ticket
        self.command = command
        self.step = step
        self.trace = trace
        self.sealed: list[SealedValue] = []
        self.notices: list[Notice] = []
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

    def seal(self, name: str, value: str) -> Sealed:
        """Keep *value* out of the event: it goes to the store apart, a reference stays."""
        sequence = self.ticket.revision.events + 1 if self.ticket else 1
        ref = f"{sequence}.{name}"
        taken = {kept.ref for kept in self.sealed}
        number = 1
        while ref in taken:
            number += 1
            ref = f"{sequence}.{name}~{number}"
        salt = sha256(self._context.entropy + ref.encode()).digest()[:SALT_BYTES]
        sealed, kept = seal(self._context.ticket_id, ref, salt, value)
        self.sealed.append(kept)
        return sealed

    def seal_given(self, name: str, value: str | None) -> Sealed | None:
        """:meth:`seal`, or ``None`` where no value (or only blanks) was given."""
        return self.seal(name, value) if value is not None and value.strip() else None
