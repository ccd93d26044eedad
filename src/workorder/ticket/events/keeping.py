"""Keeping: what becomes of a ticket's sealed values, and what must not become of them."""

from typing import ClassVar

from attrs import frozen

from workorder.ticket.events.base import Event


@frozen
class Erased(Event):
    """删除敏感内容: sealed values were erased. The trail stays as it is: it never held them.

    Attributes:
        basis: why: ``request`` (the person asked), ``retention`` (kept long enough), or the bank's
            own word.
        refs: references of the values; all that were there before, if empty.
    """

    kind: ClassVar[str] = "ticket.erased"

    basis: str
    refs: tuple[str, ...] = ()


@frozen
class LegalHoldPlaced(Event):
    """诉讼保全: nothing of it may be erased until the hold is lifted.

    Attributes:
        case: the matter that it is kept for.
    """

    kind: ClassVar[str] = "ticket.legal_hold_placed"

    case: str


@frozen
class LegalHoldLifted(Event):
    """解除保全: it need not be kept for this matter any more.

    Attributes:
        case: the matter that it was kept for.
    """

    kind: ClassVar[str] = "ticket.legal_hold_lifted"

    case: str
