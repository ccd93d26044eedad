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
class MarkReached(Event):
    """计时提醒: an SLA clock reached a mark; at 100% its target is missed.

    Attributes:
        clock: the metric of the clock.
        cycle: in which of its cycles.
        mark: which mark; with the two before, it is told apart from every other.
        at: when it was reached; it happened then, or as soon as could be told.
        due: when the clock is due.
    """

    kind: ClassVar[str] = "ticket.mark_reached"

    clock: str
    cycle: int
    mark: str
    at: datetime
    due: datetime


@frozen
class DueChange:
    """One due instant that became another.

    Attributes:
        clock: the metric of the clock.
        old: when it was due.
        new: when it is due now.
    """

    clock: str
    old: datetime
    new: datetime


@frozen
class DueRevised(Event):
    """时限调整: what was promised is promised for another instant.

    Attributes:
        cause: what brought it about: the action (``inform_customer`` of an extension,
            ``reclassify``, ``transfer``, ``merge_into``…), or ``calendar``, when dates became
            official.
        changes: every clock that is due at another instant.
    """

    kind: ClassVar[str] = "ticket.due_revised"

    cause: str
    changes: tuple[DueChange, ...]

    def open_to(self, *, outside: bool) -> bool:  # noqa: ARG002 (it is the bank's in any case)
        """That the ticket itself is due at another instant concerns the customer."""
        return "due" in self.promises


@frozen
class TimerLapsed(Event):
    """Time was to do something and was refused: it will not try again by itself."""

    kind: ClassVar[str] = "ticket.timer_lapsed"

    timer: str
    due: datetime
    code: str
    about: str | None = None
    unmet: tuple[str, ...] = ()
