"""Every type of event that ships, and those that every version knows."""

from collections.abc import Mapping

from workorder.ticket.events.base import Event
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
from workorder.ticket.events.linking import Absorbed, Appealed, MergedInto, Released, Unmerged
from workorder.ticket.events.moving import RulebookChanged
from workorder.ticket.events.routing import Claimed, Declined, Dispatched, Transferred
from workorder.ticket.events.teamwork import (
    OpinionGiven,
    PanelConcluded,
    PanelConvened,
    SubtaskCancelled,
    SubtaskFinished,
    SubtaskOpened,
)

BUILT_IN: Mapping[str, type[Event]] = {
    kind.kind: kind
    for kind in (
        Opened,
        Edited,
        IntakeApproved,
        IntakeReturned,
        Accepted,
        IntakeRejected,
        Reclassified,
        Dispatched,
        Claimed,
        Transferred,
        Declined,
        Started,
        Commented,
        Held,
        Resumed,
        Submitted,
        Resolved,
        ActionTaken,
        CustomerReplied,
        CustomerWrote,
        Replied,
        ContactLogged,
        CustomerInformed,
        Urged,
        Rated,
        SubtaskOpened,
        SubtaskFinished,
        SubtaskCancelled,
        PanelConvened,
        OpinionGiven,
        PanelConcluded,
        ExtensionRequested,
        ExtensionApproved,
        ExtensionRejected,
        Escalated,
        MarkedOverdue,
        TimerLapsed,
        Approved,
        Returned,
        Closed,
        Reopened,
        Archived,
        Cancelled,
        Inspected,
        MergedInto,
        Absorbed,
        Unmerged,
        Released,
        Appealed,
        Imported,
        RulebookChanged,
        Erased,
        LegalHoldPlaced,
        LegalHoldLifted,
        MarkReached,
        DueRevised,
    )
}
"""Every type of event that ships, by name."""

BASELINE = frozenset(
    {
        "ticket.opened/1",
        "ticket.edited/1",
        "ticket.intake_approved/1",
        "ticket.intake_returned/1",
        "ticket.accepted/1",
        "ticket.intake_rejected/1",
        "ticket.reclassified/1",
        "ticket.dispatched/1",
        "ticket.claimed/1",
        "ticket.transferred/1",
        "ticket.declined/1",
        "ticket.started/1",
        "ticket.commented/1",
        "ticket.held/1",
        "ticket.resumed/1",
        "ticket.submitted/1",
        "ticket.resolved/1",
        "ticket.action_taken/1",
        "ticket.customer_replied/1",
        "ticket.customer_wrote/1",
        "ticket.replied/1",
        "ticket.contact_logged/1",
        "ticket.customer_informed/1",
        "ticket.urged/1",
        "ticket.rated/1",
        "ticket.subtask_opened/1",
        "ticket.subtask_finished/1",
        "ticket.subtask_cancelled/1",
        "ticket.panel_convened/1",
        "ticket.opinion_given/1",
        "ticket.panel_concluded/1",
        "ticket.extension_requested/1",
        "ticket.extension_approved/1",
        "ticket.extension_rejected/1",
        "ticket.escalated/1",
        "ticket.marked_overdue/1",
        "ticket.timer_lapsed/1",
        "ticket.approved/1",
        "ticket.returned/1",
        "ticket.closed/1",
        "ticket.reopened/1",
        "ticket.archived/1",
        "ticket.cancelled/1",
        "ticket.inspected/1",
        "ticket.merged_into/1",
        "ticket.absorbed/1",
        "ticket.unmerged/1",
        "ticket.released/1",
        "ticket.appealed/1",
        "ticket.imported/1",
        "ticket.rulebook_changed/1",
        "ticket.erased/1",
        "ticket.legal_hold_placed/1",
        "ticket.legal_hold_lifted/1",
        "ticket.mark_reached/1",
        "ticket.due_revised/1",
    }
)
"""The types every version knows. Never to be extended once a version is released: a ticket
carries the names of all other types that happened to it, and whoever does not know one of
them must not change the ticket.
"""
