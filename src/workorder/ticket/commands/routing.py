"""转办: who has the ticket, and to whom it is offered."""

from datetime import datetime
from typing import ClassVar

from attrs import field, frozen

from workorder.ticket.commands.base import Command, takes


@frozen
class Dispatch(Command):
    """转办: give the ticket to a person, a department, or both."""

    action: ClassVar[str] = "dispatch"

    to: str | None = field(default=None, metadata=takes("code"))
    department: str | None = field(default=None, metadata=takes("code"))
    reason: str | None = field(default=None, metadata=takes())


@frozen
class Claim(Command):
    """领取: take a ticket that lies with one's department."""

    action: ClassVar[str] = "claim"


@frozen
class Transfer(Command):
    """转派: pass the ticket on, with a reason."""

    action: ClassVar[str] = "transfer"

    to: str | None = field(default=None, metadata=takes("code"))
    department: str | None = field(default=None, metadata=takes("code"))
    reason: str | None = field(default=None, metadata=takes())


@frozen
class Decline(Command):
    """退单: give a dispatched ticket back; say why."""

    action: ClassVar[str] = "decline"

    reason: str | None = field(default=None, metadata=takes())


@frozen
class Assign(Command):
    """分派: give a ticket that nobody has to a person; a desk finds out to whom."""

    action: ClassVar[str] = "assign"

    to: str | None = field(default=None, metadata=takes("code"))
    department: str | None = field(default=None, metadata=takes("code"))
    reason: str | None = field(default=None, metadata=takes())


@frozen
class OfferTo(Command):
    """派单邀约: hold a ticket that nobody has out to a person, until an instant."""

    action: ClassVar[str] = "offer"

    to: str = field(metadata=takes("code", required=True))
    until: datetime = field(metadata=takes("instant", required=True))
    department: str | None = field(default=None, metadata=takes("code"))


@frozen
class AcceptOffer(Command):
    """接受邀约: take a ticket that is offered to oneself."""

    action: ClassVar[str] = "accept_offer"


@frozen
class DeclineOffer(Command):
    """拒绝邀约: not take a ticket that is offered to oneself; say why."""

    action: ClassVar[str] = "decline_offer"

    reason: str | None = field(default=None, metadata=takes())


@frozen
class WithdrawOffer(Command):
    """撤回邀约: take an offer back; say why."""

    action: ClassVar[str] = "withdraw_offer"

    reason: str | None = field(default=None, metadata=takes())
