"""The customer: what they say, what they are told, how they judge."""

from datetime import datetime
from typing import ClassVar

from attrs import field, frozen

from workorder.ticket.commands.base import Command, takes


@frozen
class CustomerReply(Command):
    """客户补件: the customer brings what was asked for."""

    action: ClassVar[str] = "customer_reply"

    text: str = field(metadata=takes(required=True))


@frozen
class CustomerMessage(Command):
    """客户留言: the customer says something."""

    action: ClassVar[str] = "customer_message"

    text: str = field(metadata=takes(required=True))
    channel: str | None = field(default=None, metadata=takes("code"))


@frozen
class Reply(Command):
    """回复客户: write to the customer."""

    action: ClassVar[str] = "reply"

    text: str = field(metadata=takes(required=True))
    channel: str | None = field(default=None, metadata=takes("code"))


@frozen
class LogContact(Command):
    """联系记录: an attempt to reach the customer, and how it ended."""

    action: ClassVar[str] = "log_contact"

    outcome: str = field(
        metadata=takes(
            "code",
            required=True,
            choices=("reached", "no_answer", "busy", "wrong_number", "refused", "message_left"),
        )
    )
    channel: str | None = field(default=None, metadata=takes("code"))
    note: str | None = field(default=None, metadata=takes())


@frozen
class InformCustomer(Command):
    """告知客户: record that the customer *was told*; statutory clocks go by it."""

    action: ClassVar[str] = "inform_customer"

    subject: str | None = field(default=None, metadata=takes("code"))
    """What about: see :data:`workorder.workflow.standard_rules.given.TOLD`."""
    channel: str | None = field(default=None, metadata=takes("code"))
    told_at: datetime | None = field(default=None, metadata=takes("instant"))
    """When, with a time zone, if not just now."""
    note: str | None = field(default=None, metadata=takes())


@frozen
class Urge(Command):
    """催办: the customer wants it done."""

    action: ClassVar[str] = "urge"

    note: str | None = field(default=None, metadata=takes())


@frozen
class Rate(Command):
    """评价: how the customer judges the resolution."""

    action: ClassVar[str] = "rate"

    score: int | None = field(default=None, metadata=takes("integer"))
    remark: str | None = field(default=None, metadata=takes())
