"""受理: opening a ticket, and getting its intake right."""

from collections.abc import Mapping
from typing import Any, ClassVar

from attrs import Factory, field, frozen

from workorder.ticket.commands.base import Command, takes


@frozen
class Open(Command):
    """登记: open a ticket."""

    action: ClassVar[str] = "open"

    type: str = field(metadata=takes("code", required=True))
    customer: str | None = field(default=None, metadata=takes("code"))
    channel: str | None = field(default=None, metadata=takes("code"))
    subjects: tuple[str, ...] = field(default=(), metadata=takes("codes"))
    department: str | None = field(default=None, metadata=takes("code"))
    fields: Mapping[str, Any] = Factory(dict)
    """Values for the fields of the type's form; the form judges them."""


@frozen
class Edit(Command):
    """补录: fill in or correct what the form asks."""

    action: ClassVar[str] = "edit"

    customer: str | None = field(default=None, metadata=takes("code"))
    """Only while nobody knows whose ticket it is."""
    channel: str | None = field(default=None, metadata=takes("code"))
    """Only while it is not known."""
    fields: Mapping[str, Any] = Factory(dict)
    """Fields to set; ``None`` empties one that is not required. The form judges them."""


@frozen
class ApproveIntake(Command):
    """审核通过: the intake is good."""

    action: ClassVar[str] = "approve_intake"

    note: str | None = field(default=None, metadata=takes())


@frozen
class ReturnIntake(Command):
    """审核退回: the intake must be corrected; say what."""

    action: ClassVar[str] = "return_intake"

    reason: str | None = field(default=None, metadata=takes())


@frozen
class Accept(Command):
    """受理: take the matter on."""

    action: ClassVar[str] = "accept"


@frozen
class RejectIntake(Command):
    """不予受理: do not take it on; say why."""

    action: ClassVar[str] = "reject_intake"

    reason: str | None = field(default=None, metadata=takes())


@frozen
class Reclassify(Command):
    """改类: it is another type, or belongs in another category; say why."""

    action: ClassVar[str] = "reclassify"

    type: str | None = field(default=None, metadata=takes("code"))
    """The new type, if that changes."""
    reason: str | None = field(default=None, metadata=takes())
    fields: Mapping[str, Any] = Factory(dict)
    """Fields to set, such as the category or the priority."""
