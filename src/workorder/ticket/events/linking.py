"""Tickets that concern each other; each event has its counterpart on the other ticket."""

from typing import ClassVar

from attrs import frozen

from workorder.ticket.events.base import Event
from workorder.ticket.sealed import Sealed
from workorder.workflow import Deeds


@frozen
class MergedInto(Event):
    """合并: it is the same matter as *into*, where work goes on."""

    kind: ClassVar[str] = "ticket.merged_into"
    shared: ClassVar[bool] = True
    shared_parts: ClassVar[tuple[str, ...]] = ("into",)

    into: str
    reason: Sealed | None = None


@frozen
class Absorbed(Event):
    """合并: *source* was merged into this ticket."""

    kind: ClassVar[str] = "ticket.absorbed"

    source: str
    subjects: tuple[str, ...] = ()
    """Whom the source was about; they are taken over, and so is all that follows."""
    excluded: tuple[str, ...] = ()
    deeds: Deeds = {}
    types: tuple[str, ...] = ()
    extensions: int = 0


@frozen
class Unmerged(Event):
    """取消合并: it was not the same matter as *target*."""

    kind: ClassVar[str] = "ticket.unmerged"
    shared: ClassVar[bool] = True
    shared_parts: ClassVar[tuple[str, ...]] = ("target",)

    target: str
    reason: Sealed


@frozen
class Released(Event):
    """取消合并: *source* goes its own way again."""

    kind: ClassVar[str] = "ticket.released"

    source: str


@frozen
class Appealed(Event):
    """申请核查: the customer appealed; *appeal* is the new ticket."""

    kind: ClassVar[str] = "ticket.appealed"
    shared: ClassVar[bool] = True
    shared_parts: ClassVar[tuple[str, ...]] = ("appeal",)

    appeal: str
