"""转办: who was given the ticket, to whom it was offered, and how that was decided.

What the routing decided stands in the event as plain data
(:func:`workorder.assign.decision_from_data` reads it): who was chosen, who would have been next,
and every reason against everybody else.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Literal, NewType

from attrs import frozen

from workorder.ticket.events.base import Event
from workorder.ticket.sealed import Sealed

DecisionData = NewType("DecisionData", Mapping[str, Any])
"""A decision as plain data: texts, whole numbers, flags, lists and tables of these. Records keep it
as it is.
"""


@frozen
class Dispatched(Event):
    """转办: given to a person, a department, or both."""

    kind: ClassVar[str] = "ticket.dispatched"

    assignee: str | None
    department: str | None
    reason: Sealed | None = None
    final: bool = False
    """It was declined as often as may be: it cannot be declined again."""
    decision: DecisionData | None = None
    """How the routing found them, if it did."""


@frozen
class Claimed(Event):
    """领取: somebody of the department took it."""

    kind: ClassVar[str] = "ticket.claimed"

    assignee: str
    department: str | None


@frozen
class Transferred(Event):
    """转派: passed on to somebody else."""

    kind: ClassVar[str] = "ticket.transferred"

    assignee: str | None
    department: str | None
    reason: Sealed | None = None
    decision: DecisionData | None = None
    """How the routing found them, if it did."""


@frozen
class Declined(Event):
    """退单: it was given back."""

    kind: ClassVar[str] = "ticket.declined"

    reason: Sealed


@frozen
class NotAssigned(Event):
    """无人可派: the routing found nobody who can have it; it waits, and somebody is told.

    Attributes:
        decision: every reason against everybody.
        passed: how many were passed over, by code.
        again: when something else will do, by the plan, and somebody is looked for again.
    """

    kind: ClassVar[str] = "ticket.not_assigned"

    decision: DecisionData
    passed: Mapping[str, int] = {}
    again: datetime | None = None


@frozen
class SearchDue(Event):
    """再次寻找经办人: it has waited so long that something else will do."""

    kind: ClassVar[str] = "ticket.search_due"


@frozen
class Offered(Event):
    """派单邀约: it is held out to somebody until an instant, who may take it or not.

    Attributes:
        to: to whom.
        department: the department with which it lies meanwhile.
        until: by when they must answer.
        decision: how the routing found them, if it did.
    """

    kind: ClassVar[str] = "ticket.offered"

    to: str
    department: str | None
    until: datetime
    decision: DecisionData | None = None


OfferEnd = Literal["declined", "lapsed", "withdrawn"]
"""How an offer ends that was not accepted."""


@frozen
class OfferEnded(Event):
    """邀约结束: nobody took it.

    Attributes:
        to: to whom it was offered.
        how: declined by them, lapsed, or withdrawn.
        reason: why, unless it lapsed.
    """

    kind: ClassVar[str] = "ticket.offer_ended"

    to: str
    how: OfferEnd
    reason: Sealed | None = None
