"""The customer: what they said, what they were told, how they judged."""

from datetime import datetime
from typing import ClassVar

from attrs import frozen

from workorder.ticket.events.base import Event
from workorder.ticket.sealed import Sealed


@frozen
class CustomerReplied(Event):
    """客户补件: the customer brought what was asked for."""

    kind: ClassVar[str] = "ticket.customer_replied"
    shared: ClassVar[bool] = True
    shared_parts: ClassVar[tuple[str, ...]] = ("text",)

    text: Sealed


@frozen
class CustomerWrote(Event):
    """客户留言: the customer said something."""

    kind: ClassVar[str] = "ticket.customer_wrote"
    shared: ClassVar[bool] = True
    shared_parts: ClassVar[tuple[str, ...]] = ("text", "channel")

    text: Sealed
    channel: str | None = None


@frozen
class Replied(Event):
    """回复客户: the customer was written to."""

    kind: ClassVar[str] = "ticket.replied"
    shared: ClassVar[bool] = True
    shared_parts: ClassVar[tuple[str, ...]] = ("text", "channel")

    text: Sealed
    channel: str | None = None


@frozen
class ContactLogged(Event):
    """联系记录: an attempt to reach the customer, and how it ended."""

    kind: ClassVar[str] = "ticket.contact_logged"

    outcome: str
    channel: str | None = None
    note: Sealed | None = None


@frozen
class CustomerInformed(Event):
    """告知客户: the customer was told; ``due`` is promised when it was about an extension,
    ``appeal_until`` when it was about the decision.
    """

    kind: ClassVar[str] = "ticket.customer_informed"
    shared: ClassVar[bool] = True
    shared_parts: ClassVar[tuple[str, ...]] = ("subject", "channel", "told_at")

    subject: str
    channel: str
    told_at: datetime
    note: Sealed | None = None


@frozen
class Urged(Event):
    """催办: the customer wants it done."""

    kind: ClassVar[str] = "ticket.urged"
    shared: ClassVar[bool] = True
    own_parts: ClassVar[tuple[str, ...]] = ("again_from", "note")

    again_from: datetime | None = None
    note: Sealed | None = None


@frozen
class Rated(Event):
    """评价: how the customer judged the resolution."""

    kind: ClassVar[str] = "ticket.rated"
    shared: ClassVar[bool] = True
    shared_parts: ClassVar[tuple[str, ...]] = ("score", "remark")

    score: int
    remark: Sealed | None = None
