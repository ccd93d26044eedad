"""处理: work, waiting, and a host's own actions."""

from datetime import datetime
from typing import ClassVar

from attrs import frozen

from workorder.ticket.events.base import Event
from workorder.ticket.sealed import Fields, Sealed


@frozen
class Started(Event):
    """开始处理: the assignee began to work."""

    kind: ClassVar[str] = "ticket.started"


@frozen
class Commented(Event):
    """备注: somebody wrote a note."""

    kind: ClassVar[str] = "ticket.commented"

    text: Sealed


@frozen
class Held(Event):
    """挂起: it waits."""

    kind: ClassVar[str] = "ticket.held"
    shared: ClassVar[bool] = True

    hold_reason: str
    until: datetime | None = None
    note: Sealed | None = None


@frozen
class Resumed(Event):
    """恢复: it goes on where it was held."""

    kind: ClassVar[str] = "ticket.resumed"
    shared: ClassVar[bool] = True

    note: Sealed | None = None


@frozen
class Submitted(Event):
    """提交: the work is done, with its resolution, for another person to see."""

    kind: ClassVar[str] = "ticket.submitted"

    resolution: Sealed


@frozen
class Resolved(Event):
    """直接办结: the work is done, without review."""

    kind: ClassVar[str] = "ticket.resolved"
    shared: ClassVar[bool] = True
    shared_parts: ClassVar[tuple[str, ...]] = ("resolution",)

    resolution: Sealed


@frozen
class ActionTaken(Event):
    """A host's own action, a plain row of its workflow."""

    kind: ClassVar[str] = "ticket.action_taken"
    own_parts: ClassVar[tuple[str, ...]] = ("arguments",)

    arguments: Fields = {}

    def open_to(self, *, outside: bool) -> bool:
        """What somebody of the customer's side did themselves; nobody can tell of the rest."""
        return outside
