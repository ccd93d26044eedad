"""Deadlines: longer ones, and what followed when they passed."""

from datetime import datetime
from typing import ClassVar

from attrs import frozen

from workorder.ticket.events.base import Event
from workorder.ticket.sealed import Sealed


@frozen
class ExtensionRequested(Event):
    """申请延期: more time was asked for."""

    kind: ClassVar[str] = "ticket.extension_requested"

    until: datetime
    reason: Sealed


@frozen
class ExtensionApproved(Event):
    """批准延期: it was granted by one more person; ``last`` once nobody else has to."""

    kind: ClassVar[str] = "ticket.extension_approved"

    until: datetime
    last: bool = True
    note: Sealed | None = None


@frozen
class ExtensionRejected(Event):
    """驳回延期: it was not granted."""

    kind: ClassVar[str] = "ticket.extension_rejected"

    reason: Sealed


@frozen
class Escalated(Event):
    """升级: a higher level was let know."""

    kind: ClassVar[str] = "ticket.escalated"

    level: int
    reason: Sealed | None = None


@frozen
class MarkedOverdue(Event):
    """逾期登记: a sub-task or panel is late."""

    kind: ClassVar[str] = "ticket.marked_overdue"

    about: str
    due: datetime
    department: str | None = None


@frozen
class TimerLapsed(Event):
    """Time was to do something and was refused: it will not try again by itself."""

    kind: ClassVar[str] = "ticket.timer_lapsed"

    timer: str
    due: datetime
    code: str
    about: str | None = None
    unmet: tuple[str, ...] = ()
