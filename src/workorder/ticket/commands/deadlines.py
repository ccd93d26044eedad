"""Deadlines: longer ones, and what follows when they pass."""

from datetime import datetime
from typing import ClassVar

from attrs import field, frozen

from workorder.ticket.commands.base import Command, takes


@frozen
class RequestExtension(Command):
    """申请延期: ask for more time, before the deadline; say why."""

    action: ClassVar[str] = "request_extension"

    until: datetime = field(metadata=takes("instant", required=True))
    """Until when, with a time zone; later than the present due time."""
    reason: str | None = field(default=None, metadata=takes())


@frozen
class ApproveExtension(Command):
    """批准延期: grant it; it counts once the customer was told."""

    action: ClassVar[str] = "approve_extension"

    note: str | None = field(default=None, metadata=takes())


@frozen
class RejectExtension(Command):
    """驳回延期: do not grant it; say why."""

    action: ClassVar[str] = "reject_extension"

    reason: str | None = field(default=None, metadata=takes())


@frozen
class Escalate(Command):
    """升级: let a higher level know."""

    action: ClassVar[str] = "escalate"

    reason: str | None = field(default=None, metadata=takes())


@frozen
class MarkOverdue(Command):
    """逾期登记: the deadline of a sub-task or panel has passed; time does this."""

    action: ClassVar[str] = "mark_overdue"

    about: str = field(metadata=takes("code", required=True))
    """Which sub-task or panel."""
