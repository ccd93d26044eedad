"""受理: what happened at intake."""

from typing import ClassVar

from attrs import frozen

from workorder.ticket.events.base import Event
from workorder.ticket.sealed import Fields, Sealed


@frozen
class Opened(Event):
    """登记: the ticket was opened."""

    kind: ClassVar[str] = "ticket.opened"
    shared: ClassVar[bool] = True
    shared_parts: ClassVar[tuple[str, ...]] = (
        "type",
        "customer",
        "channel",
        "fields",
        "appeal_of",
        "appeal_reason",
    )

    type: str
    customer: str | None = None
    subjects: tuple[str, ...] = ()
    channel: str | None = None
    department: str | None = None
    fields: Fields = {}
    excluded: tuple[str, ...] = ()
    appeal_of: str | None = None
    appeal_reason: Sealed | None = None


@frozen
class Edited(Event):
    """补录: the intake was filled in or corrected."""

    kind: ClassVar[str] = "ticket.edited"
    shared: ClassVar[bool] = True
    shared_parts: ClassVar[tuple[str, ...]] = ("customer", "channel", "fields")

    customer: str | None = None
    channel: str | None = None
    fields: Fields = {}


@frozen
class IntakeApproved(Event):
    """审核通过: somebody else found the intake good."""

    kind: ClassVar[str] = "ticket.intake_approved"

    note: Sealed | None = None


@frozen
class IntakeReturned(Event):
    """审核退回: the intake must be corrected."""

    kind: ClassVar[str] = "ticket.intake_returned"

    reason: Sealed


@frozen
class Accepted(Event):
    """受理: the matter was taken on; ``due`` is promised with it where the type has a limit."""

    kind: ClassVar[str] = "ticket.accepted"
    shared: ClassVar[bool] = True


@frozen
class IntakeRejected(Event):
    """不予受理: it was not taken on."""

    kind: ClassVar[str] = "ticket.intake_rejected"
    shared: ClassVar[bool] = True
    shared_parts: ClassVar[tuple[str, ...]] = ("reason",)

    reason: Sealed


@frozen
class Reclassified(Event):
    """改类: it is another type, or belongs in another category."""

    kind: ClassVar[str] = "ticket.reclassified"

    type: str
    reason: Sealed
    fields: Fields = {}
