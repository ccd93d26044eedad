"""处理: the work itself, and waiting."""

from datetime import datetime
from typing import ClassVar

from attrs import field, frozen

from workorder.ticket.commands.base import Command, takes


@frozen
class Start(Command):
    """开始处理: begin to work on it."""

    action: ClassVar[str] = "start"


@frozen
class Comment(Command):
    """备注: write a note."""

    action: ClassVar[str] = "comment"

    text: str = field(metadata=takes(required=True))


@frozen
class Hold(Command):
    """挂起: the ticket has to wait; for what?"""

    action: ClassVar[str] = "hold"

    reason: str | None = field(default=None, metadata=takes("code"))
    """One of the settings' hold reasons."""
    until: datetime | None = field(default=None, metadata=takes("instant"))
    """When it goes on by itself, with a time zone, if not as the reason says."""
    note: str | None = field(default=None, metadata=takes())


@frozen
class Resume(Command):
    """恢复: go on where it was held."""

    action: ClassVar[str] = "resume"

    note: str | None = field(default=None, metadata=takes())


@frozen
class Submit(Command):
    """提交: the work is done; say how it was resolved."""

    action: ClassVar[str] = "submit"

    resolution: str | None = field(default=None, metadata=takes())


@frozen
class Resolve(Command):
    """直接办结: the work is done, and nobody needs to review it."""

    action: ClassVar[str] = "resolve"

    resolution: str | None = field(default=None, metadata=takes())
