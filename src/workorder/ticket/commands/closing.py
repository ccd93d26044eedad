"""结案: others look at the work, close the ticket, and look again."""

from typing import ClassVar

from attrs import field, frozen

from workorder.ticket.commands.base import Command, takes


@frozen
class Approve(Command):
    """复核通过: the work is good."""

    action: ClassVar[str] = "approve"

    note: str | None = field(default=None, metadata=takes())


@frozen
class ReturnForRework(Command):
    """退回: the work is not done yet; say why."""

    action: ClassVar[str] = "return_for_rework"

    reason: str | None = field(default=None, metadata=takes())


@frozen
class Close(Command):
    """结案: close the ticket; never by somebody who worked on it."""

    action: ClassVar[str] = "close"


@frozen
class Reopen(Command):
    """重新打开: work on a concluded ticket again; say why."""

    action: ClassVar[str] = "reopen"

    reason: str | None = field(default=None, metadata=takes())


@frozen
class Archive(Command):
    """归档: put it away for good."""

    action: ClassVar[str] = "archive"


@frozen
class Cancel(Command):
    """撤销: the matter is off; say why."""

    action: ClassVar[str] = "cancel"

    reason: str | None = field(default=None, metadata=takes())


@frozen
class QualityReview(Command):
    """质检: inspect a closed ticket."""

    action: ClassVar[str] = "quality_review"

    score: int | None = field(default=None, metadata=takes("integer"))
    findings: str | None = field(default=None, metadata=takes())
