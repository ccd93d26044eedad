"""Customer-service work orders (工单) as a pure domain, to embed in a system you already run.

Importing this package loads nothing; each name below loads the part it belongs to.

* :class:`~workorder.desk.ServiceDesk` opens tickets, carries out commands, lets time act, answers
  questions;
* :func:`~workorder.rulebook.bank`, :func:`~workorder.rulebook.basic` and
  :func:`~workorder.rulebook.it_desk` are the rulebooks that ship;
  :meth:`Rulebook.load <workorder.rulebook.Rulebook.load>` reads a bank's own;
* :class:`~workorder.workflow.Workflow` answers "may I?" on your own table, and nothing else;
* :class:`~workorder.sla.BusinessCalendar` counts business time, and explains it;
* :class:`~workorder.storage.SQLiteStore` and :class:`~workorder.storage.MemoryStore` keep
  tickets; your own store implements two methods.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workorder.conditions import where
    from workorder.desk import AsyncServiceDesk, ServiceDesk
    from workorder.errors import (
        CommandRefused,
        ConfigurationError,
        InvalidInput,
        SourceError,
        StoreError,
        UnsupportedQuery,
        WorkorderError,
    )
    from workorder.refusals import Refusal
    from workorder.rulebook import Rulebook, bank, basic, it_desk
    from workorder.sla import BusinessCalendar
    from workorder.storage import JoinedSQLiteStore, MemoryStore, SQLiteStore, TicketQuery
    from workorder.ticket import (
        Accept,
        AcceptOffer,
        Action,
        Appeal,
        Approve,
        ApproveExtension,
        ApproveIntake,
        Archive,
        Assign,
        Cancel,
        CancelSubtask,
        Claim,
        Close,
        Comment,
        ConcludePanel,
        ConvenePanel,
        CustomerMessage,
        CustomerReply,
        Decline,
        DeclineOffer,
        Dispatch,
        Edit,
        Escalate,
        FinishSubtask,
        GiveOpinion,
        Hold,
        InformCustomer,
        LogContact,
        MarkOverdue,
        MergeInto,
        OfferTo,
        OpenSubtask,
        QualityReview,
        Rate,
        Reclassify,
        RejectExtension,
        RejectIntake,
        Reopen,
        Reply,
        RequestExtension,
        Resolve,
        Resume,
        ReturnForRework,
        ReturnIntake,
        Start,
        Submit,
        Ticket,
        Transfer,
        Unmerge,
        Urge,
        WithdrawOffer,
    )
    from workorder.workflow import Actor, PlainCase, Workflow

    __version__: str

_HOMES = {
    "workorder.desk": ("AsyncServiceDesk", "ServiceDesk"),
    "workorder.errors": (
        "CommandRefused",
        "ConfigurationError",
        "InvalidInput",
        "SourceError",
        "StoreError",
        "UnsupportedQuery",
        "WorkorderError",
    ),
    "workorder.refusals": ("Refusal",),
    "workorder.rulebook": ("Rulebook", "bank", "basic", "it_desk"),
    "workorder.sla": ("BusinessCalendar",),
    "workorder.storage": ("JoinedSQLiteStore", "MemoryStore", "SQLiteStore", "TicketQuery"),
    "workorder.ticket": (
        "Accept",
        "Action",
        "Appeal",
        "Approve",
        "ApproveExtension",
        "ApproveIntake",
        "Archive",
        "AcceptOffer",
        "Assign",
        "Cancel",
        "CancelSubtask",
        "Claim",
        "Close",
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
        "Ticket",
        "Transfer",
        "Unmerge",
        "Urge",
        "WithdrawOffer",
    ),
    "workorder.workflow": ("Actor", "PlainCase", "Workflow"),
    "workorder.conditions": ("where",),
}
_HOME = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "Accept",
    "AcceptOffer",
    "Action",
    "Actor",
    "Appeal",
    "Approve",
    "ApproveExtension",
    "ApproveIntake",
    "Archive",
    "Assign",
    "AsyncServiceDesk",
    "BusinessCalendar",
    "Cancel",
    "CancelSubtask",
    "Claim",
    "Close",
    "CommandRefused",
    "Comment",
    "ConcludePanel",
    "ConfigurationError",
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
    "InvalidInput",
    "JoinedSQLiteStore",
    "LogContact",
    "MarkOverdue",
    "MemoryStore",
    "MergeInto",
    "OfferTo",
    "OpenSubtask",
    "PlainCase",
    "QualityReview",
    "Rate",
    "Reclassify",
    "Refusal",
    "RejectExtension",
    "RejectIntake",
    "Reopen",
    "Reply",
    "RequestExtension",
    "Resolve",
    "Resume",
    "ReturnForRework",
    "ReturnIntake",
    "Rulebook",
    "SQLiteStore",
    "ServiceDesk",
    "SourceError",
    "Start",
    "StoreError",
    "Submit",
    "Ticket",
    "TicketQuery",
    "Transfer",
    "Unmerge",
    "UnsupportedQuery",
    "Urge",
    "WithdrawOffer",
    "Workflow",
    "WorkorderError",
    "__version__",
    "bank",
    "basic",
    "it_desk",
    "where",
]


def __getattr__(name: str) -> object:
    if name == "__version__":
        from importlib.metadata import version

        return version("workorder")
    home = _HOME.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return list(__all__)
