"""转办: who was given the ticket."""

from typing import ClassVar

from attrs import frozen

from workorder.ticket.events.base import Event
from workorder.ticket.sealed import Sealed


@frozen
class Dispatched(Event):
    """转办: given to a person, a department, or both."""

    kind: ClassVar[str] = "ticket.dispatched"

    assignee: str | None
    department: str | None
    reason: Sealed | None = None
    final: bool = False
    """It was declined as often as may be: it cannot be declined again."""


@frozen
class Claimed(Event):
    """领取: somebody of the department took it."""

    kind: ClassVar[str] = "ticket.claimed"

    assignee: str
    department: str | None


@frozen
class Transferred(Event):
    """转派: passed on to somebody else."""

    kind: ClassVar[str] = "ticket.transferred"

    assignee: str | None
    department: str | None
    reason: Sealed | None = None


@frozen
class Declined(Event):
    """退单: it was given back."""

    kind: ClassVar[str] = "ticket.declined"

    reason: Sealed
