"""结案: how the ticket was concluded."""

from typing import ClassVar

from attrs import frozen

from workorder.ticket.events.base import Event
from workorder.ticket.sealed import Sealed


@frozen
class Approved(Event):
    """复核通过: somebody who did not work on it found the work good."""

    kind: ClassVar[str] = "ticket.approved"

    note: Sealed | None = None

    def open_to(self, *, outside: bool) -> bool:  # noqa: ARG002 (it is the bank's in any case)
        """The last one of a round, which makes the resolution the bank's answer."""
        return self.step.moved and self.step.resolved


@frozen
class Returned(Event):
    """退回: somebody else looked at the work and sent it back."""

    kind: ClassVar[str] = "ticket.returned"

    reason: Sealed


@frozen
class Closed(Event):
    """结案: somebody else looked at the work and closed the ticket."""

    kind: ClassVar[str] = "ticket.closed"
    shared: ClassVar[bool] = True


@frozen
class Reopened(Event):
    """重新打开: a concluded ticket is worked on again."""

    kind: ClassVar[str] = "ticket.reopened"
    shared: ClassVar[bool] = True
    own_parts: ClassVar[tuple[str, ...]] = ("reason",)

    reason: Sealed


@frozen
class Archived(Event):
    """归档: it was put away for good."""

    kind: ClassVar[str] = "ticket.archived"


@frozen
class Cancelled(Event):
    """撤销: the matter is off."""

    kind: ClassVar[str] = "ticket.cancelled"
    shared: ClassVar[bool] = True
    own_parts: ClassVar[tuple[str, ...]] = ("reason",)

    reason: Sealed


@frozen
class Inspected(Event):
    """质检: somebody who took no part inspected it."""

    kind: ClassVar[str] = "ticket.inspected"

    score: int | None = None
    findings: Sealed | None = None
