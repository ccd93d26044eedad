"""Commands: what people ask for, as typed values.

A misspelt argument is a type error. Each class names its action; the workflow says who may
take it. One module per chapter of a ticket's life. A host's own action, a plain row of its
workflow, is asked for by :class:`Action`; a host's own command derives from :class:`Command`
and declares its arguments by :func:`takes`.
"""

from workorder.ticket.commands.base import Action, Command, takes
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
from workorder.ticket.commands.known import BUILT_IN
from workorder.ticket.commands.linking import Appeal, MergeInto, Unmerge
from workorder.ticket.commands.routing import (
    AcceptOffer,
    Assign,
    Claim,
    Decline,
    DeclineOffer,
    Dispatch,
    OfferTo,
    Transfer,
    WithdrawOffer,
)
from workorder.ticket.commands.teamwork import (
    CancelSubtask,
    ConcludePanel,
    ConvenePanel,
    FinishSubtask,
    GiveOpinion,
    OpenSubtask,
)

__all__ = [
    "BUILT_IN",
    "Accept",
    "AcceptOffer",
    "Action",
    "Appeal",
    "Approve",
    "ApproveExtension",
    "ApproveIntake",
    "Archive",
    "Assign",
    "Cancel",
    "CancelSubtask",
    "Claim",
    "Close",
    "Command",
    "Comment",
    "ConcludePanel",
    "ConvenePanel",
    "CustomerMessage",
    "CustomerReply",
    "Decline",
    "DeclineOffer",
    "Dispatch",
    "Edit",
    "Escalate",
    "FinishSubtask",
    "GiveOpinion",
    "Hold",
    "InformCustomer",
    "LogContact",
    "MarkOverdue",
    "MergeInto",
    "OfferTo",
    "Open",
    "OpenSubtask",
    "QualityReview",
    "Rate",
    "Reclassify",
    "RejectExtension",
    "RejectIntake",
    "Reopen",
    "Reply",
    "RequestExtension",
    "Resolve",
    "Resume",
    "ReturnForRework",
    "ReturnIntake",
    "Start",
    "Submit",
    "Transfer",
    "Unmerge",
    "Urge",
    "WithdrawOffer",
    "takes",
]
