"""Events: what happened to a ticket. Facts only; nothing here decides anything.

Every event carries a :class:`Trace` (who, when, as part of which command, under which
rulebook) and a :class:`~workorder.workflow.Step` (which action, in which role, from which
state to which). The rest is its own. What a rule decided stands in the event, so a trail
means the same for ever, whatever the rulebook says later. One module per chapter of a
ticket's life.

Each type has a name in a namespace and a schema number. A host's own event derives from
:class:`HostEvent` and says how it changes the ticket.
"""

from workorder.ticket.events.base import Event, HostEvent, OpaqueEvent, Trace
from workorder.ticket.events.closing import (
    Approved,
    Archived,
    Cancelled,
    Closed,
    Inspected,
    Reopened,
    Returned,
)
from workorder.ticket.events.contact import (
    ContactLogged,
    CustomerInformed,
    CustomerReplied,
    CustomerWrote,
    Rated,
    Replied,
    Urged,
)
from workorder.ticket.events.deadlines import (
    DueChange,
    DueRevised,
    Escalated,
    ExtensionApproved,
    ExtensionRejected,
    ExtensionRequested,
    MarkedOverdue,
    MarkReached,
    TimerLapsed,
)
from workorder.ticket.events.handling import (
    ActionTaken,
    Commented,
    Held,
    Resolved,
    Resumed,
    Started,
    Submitted,
)
from workorder.ticket.events.importing import Imported
from workorder.ticket.events.intake import (
    Accepted,
    Edited,
    IntakeApproved,
    IntakeRejected,
    IntakeReturned,
    Opened,
    Reclassified,
)
from workorder.ticket.events.keeping import Erased, LegalHoldLifted, LegalHoldPlaced
from workorder.ticket.events.known import BASELINE, BUILT_IN
from workorder.ticket.events.linking import Absorbed, Appealed, MergedInto, Released, Unmerged
from workorder.ticket.events.moving import RulebookChanged
from workorder.ticket.events.routing import (
    Claimed,
    Declined,
    Dispatched,
    NotAssigned,
    Offered,
    OfferEnded,
    SearchDue,
    Transferred,
)
from workorder.ticket.events.teamwork import (
    OpinionGiven,
    PanelConcluded,
    PanelConvened,
    SubtaskCancelled,
    SubtaskFinished,
    SubtaskOpened,
)

__all__ = [
    "BASELINE",
    "BUILT_IN",
    "Absorbed",
    "Accepted",
    "ActionTaken",
    "Appealed",
    "Approved",
    "Archived",
    "Cancelled",
    "Claimed",
    "Closed",
    "Commented",
    "ContactLogged",
    "CustomerInformed",
    "CustomerReplied",
    "CustomerWrote",
    "Declined",
    "Dispatched",
    "DueChange",
    "DueRevised",
    "Edited",
    "Erased",
    "Escalated",
    "Event",
    "ExtensionApproved",
    "ExtensionRejected",
    "ExtensionRequested",
    "Held",
    "HostEvent",
    "Imported",
    "Inspected",
    "IntakeApproved",
    "IntakeRejected",
    "IntakeReturned",
    "LegalHoldLifted",
    "LegalHoldPlaced",
    "MarkReached",
    "MarkedOverdue",
    "MergedInto",
    "NotAssigned",
    "OfferEnded",
    "Offered",
    "OpaqueEvent",
    "Opened",
    "OpinionGiven",
    "PanelConcluded",
    "PanelConvened",
    "Rated",
    "Reclassified",
    "Released",
    "Reopened",
    "Replied",
    "Resolved",
    "Resumed",
    "Returned",
    "RulebookChanged",
    "SearchDue",
    "Started",
    "Submitted",
    "SubtaskCancelled",
    "SubtaskFinished",
    "SubtaskOpened",
    "TimerLapsed",
    "Trace",
    "Transferred",
    "Unmerged",
    "Urged",
]
