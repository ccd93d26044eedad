"""Moving from rulebook to rulebook."""

from datetime import datetime
from typing import ClassVar, Literal

from attrs import frozen

from workorder.ticket.events.base import Event


@frozen
class RulebookChanged(Event):
    """更换规则手册: the ticket goes by another rulebook from now on.

    Attributes:
        rulebook: digest of the rulebook that it goes by now.
        name: what that one is called.
        version: its edition.
        before: digest of the rulebook that it went by.
        windows: whether promised instants were carried over, or reckoned again; those that were
            are the promises of this event.
        lifted: windows that are promised no more.
        before_hold: the state that its hold returns to, if it is on hold.
        hold_until: when its hold ends by itself, if it does.
        before_merge: the state that it returns to, if it is merged.
    """

    kind: ClassVar[str] = "ticket.rulebook_changed"

    rulebook: str
    name: str
    version: str
    before: str
    windows: Literal["carry", "restart"] = "carry"
    lifted: tuple[str, ...] = ()
    before_hold: str | None = None
    hold_until: datetime | None = None
    before_merge: str | None = None
