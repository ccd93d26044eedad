"""Every command class that ships."""

from workorder.ticket.commands.base import Command
from workorder.ticket.commands.closing import (
    Approve,
    Archive,
    Cancel,
    Close,
    QualityReview,
    Reopen,
    ReturnForRework,
)
from workorder.ticket.commands.contact import (
    CustomerMessage,
    CustomerReply,
    InformCustomer,
    LogContact,
    Rate,
    Reply,
    Urge,
)
from workorder.ticket.commands.deadlines import (
    ApproveExtension,
    Escalate,
    MarkOverdue,
    RejectExtension,
    RequestExtension,
)
from workorder.ticket.commands.handling import Comment, Hold, Resolve, Resume, Start, Submit
from workorder.ticket.commands.intake import (
    Accept,
    ApproveIntake,
    Edit,
    Open,
    Reclassify,
    RejectIntake,
    ReturnIntake,
)
from workorder.ticket.commands.linking import Appeal, MergeInto, Unmerge
from workorder.ticket.commands.routing import Claim, Decline, Dispatch, Transfer
from workorder.ticket.commands.teamwork import (
    CancelSubtask,
    ConcludePanel,
    ConvenePanel,
    FinishSubtask,
    GiveOpinion,
    OpenSubtask,
)

BUILT_IN: tuple[type[Command], ...] = (
    Open,
    Edit,
    ApproveIntake,
    ReturnIntake,
    Accept,
    RejectIntake,
    Reclassify,
    Dispatch,
    Claim,
    Transfer,
    Decline,
    Start,
    Comment,
    Hold,
    Resume,
    Submit,
    Resolve,
    CustomerReply,
    CustomerMessage,
    Reply,
    LogContact,
    InformCustomer,
    Urge,
    Rate,
    OpenSubtask,
    FinishSubtask,
    CancelSubtask,
    ConvenePanel,
    GiveOpinion,
    ConcludePanel,
    RequestExtension,
    ApproveExtension,
    RejectExtension,
    Escalate,
    MarkOverdue,
    Approve,
    ReturnForRework,
    Close,
    Reopen,
    Archive,
    Cancel,
    QualityReview,
    MergeInto,
    Unmerge,
    Appeal,
)
"""Every command class that ships with an action of its own."""
