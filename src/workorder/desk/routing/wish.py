"""A wish: that somebody is found for a ticket; all that is known of it before that is loaded."""

from datetime import datetime, timedelta
from typing import Literal

from attrs import frozen

from workorder.canonical import encode, keyed_digest
from workorder.desk.commanding import Order
from workorder.ticket import Command
from workorder.workflow import Actor

Verb = Literal["assign", "offer", "transfer"]
"""What is wished for: that somebody has it (or is offered it, if its route says so), is offered it,
has it instead of whoever has it now."""


@frozen(kw_only=True)
class Wish:
    """That somebody is found for a ticket.

    Attributes:
        ticket_id: the ticket.
        verb: what is wished for.
        actor: who asks.
        command_id: the id it is told apart by.
        at: the instant.
        entropy: random bytes, also for chance.
        secret: the key of its digest.
        expected_version: if given, any other version is ``stale``.
        to: somebody whom a person names.
        reason: why they do, or why it is taken from whoever has it.
        within: how long it is offered; as long as its route says, if not given.
        only: only these are asked.
        besides: these are not.
        noted: whether it is noted on the ticket that nobody can have it.
        back: whether it goes back into the line, if nobody else can have it.
    """

    ticket_id: str
    verb: Verb
    actor: Actor
    command_id: str
    at: datetime
    entropy: bytes
    secret: bytes
    expected_version: int | None = None
    to: str | None = None
    reason: str | None = None
    within: timedelta | None = None
    only: str | None = None
    besides: str | None = None
    noted: bool = True
    back: bool = False

    @property
    def seed(self) -> int:
        """Where chance comes from: 63 bits of what was drawn."""
        return int.from_bytes(self.entropy[:8].ljust(8, b"\0")) >> 1

    def digest(self) -> str:
        """The keyed digest of what is wished for."""
        data = {
            "ticket": self.ticket_id,
            "command": self.command_id,
            "action": self.verb,
            "actor": self.actor.id,
            "to": self.to,
            "reason": self.reason,
            "within": None if self.within is None else str(self.within),
            "only": self.only,
        }
        return keyed_digest(self.secret, encode(data))

    def order(self, command: Command) -> Order:
        """The order to carry out *command*, which follows from it."""
        return Order(
            self.ticket_id,
            command.normal(),
            self.actor,
            self.command_id,
            self.at,
            self.entropy,
            self.secret,
            self.expected_version,
            stands_for=self.digest(),
        )
