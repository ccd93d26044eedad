"""Tickets that concern each other."""

from collections.abc import Mapping
from typing import Any, ClassVar

from attrs import Factory, field, frozen

from workorder.ticket.commands.base import Command, takes


@frozen
class MergeInto(Command):
    """合并: it is the same matter as another ticket of this customer."""

    action: ClassVar[str] = "merge_into"

    target: str = field(metadata=takes("code", required=True))
    reason: str | None = field(default=None, metadata=takes())


@frozen
class Unmerge(Command):
    """取消合并: it was not; say why."""

    action: ClassVar[str] = "unmerge"

    reason: str | None = field(default=None, metadata=takes())


@frozen
class Appeal(Command):
    """申请核查: the customer wants others to look at it again: a new ticket that excludes
    everybody who worked on this one.
    """

    action: ClassVar[str] = "appeal"

    reason: str = field(metadata=takes(required=True))
    fields: Mapping[str, Any] = Factory(dict)
    """Fields of the new ticket, besides those taken over."""
