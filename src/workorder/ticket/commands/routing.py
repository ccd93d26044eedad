"""转办: who has the ticket."""

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
