"""One event of every type of the whole lifecycle, with everything in it, for records."""

from datetime import UTC, datetime, timedelta

from attrs import evolve

from workorder.clocks import Clock, Extended, Segment, Verdict
from workorder.ticket import (
    Absorbed,
    Accepted,
    Appealed,
    Approved,
    Archived,
    Cancelled,
    Claimed,
    ContactLogged,
    CustomerInformed,
    CustomerReplied,
    CustomerWrote,
    Declined,
    DueChange,
    DueRevised,
    Edited,
    Erased,
    Escalated,
    Event,
    ExtensionApproved,
    ExtensionRejected,
    ExtensionRequested,
    Held,
    Inspected,
    IntakeApproved,
    IntakeRejected,
    IntakeReturned,
    LegalHoldLifted,
    LegalHoldPlaced,
    MarkedOverdue,
    MarkReached,
    MergedInto,
    NotAssigned,
    Offered,
    OfferEnded,
    OpinionGiven,
    PanelConcluded,
    PanelConvened,
    Rated,
    Reclassified,
    Released,
    Replied,
    Resolved,
    Resumed,
    RulebookChanged,
    Sealed,
    SearchDue,
    SubtaskCancelled,
    SubtaskFinished,
    SubtaskOpened,
    TimerLapsed,
    Trace,
    Transferred,
    Unmerged,
    Urged,
)
from workorder.ticket.events.routing import DecisionData
from workorder.workflow import Step

_AT = datetime(2026, 3, 2, 1, 0, 0, 5, tzinfo=UTC)
_LATER = _AT + timedelta(days=30)
_TRACE = Trace("李", "cards", 7, _AT, _AT, "c7", "ab" * 32)
_HERE = Step("act", "handler", "in_progress", "in_progress", "open")
_DONE = Step("act", "reviewer", "under_review", "resolved", "open", resolved=True)
_TEXT = Sealed("7.text", "ef" * 32)

_DECISION = DecisionData(
    {
        "chosen": "李",
        "ranking": [{"agent": "李", "score": "0.5", "parts": [["load", "1/3"], ["skill", None]]}],
        "passed": {"王": [{"code": "full", "facts": {"limit": 3, "final": True}}]},
    }
)
"""Plain data, as the routing gives it."""

_STOOD = Step("reach_mark", "system", "in_progress", "in_progress", "open")
_PLAIN = Clock("sign_off", "running", "2 working hours", (Segment(_AT, "cn@0", "usual@1"),))
_WHOLE = Clock(
    "resolution",
    "paused",
    "5 working days",
    (
        Segment(_AT, "cn@0123456789abcdef", "complaint@0123456789abcdef", _LATER, cause=1),
        Segment(_LATER, "cn@0123456789abcdef", "complaint@0123456789abcdef", None, False, 7),
    ),
    2,
    _LATER,
    _AT,
    True,
    _LATER,
    {"settled_on": _AT},
    (Extended(_LATER, _AT, _AT), Extended(_LATER, _AT)),
    _AT,
    _LATER,
    "1 working day after",
    _LATER,
    ("75%", "100%"),
    _AT,
    (
        Verdict(1, _AT, _LATER, False, _AT, _AT, _AT, _LATER, True),
        Verdict(2, _AT, _LATER, True),
    ),
    True,
)
"""A clock with as little as possible, and one with everything in it."""

LIFECYCLE: tuple[Event, ...] = (
    Edited(_TRACE, _HERE, "C-1", "phone", {"title": _TEXT, "amount": None}),
    IntakeApproved(_TRACE, _HERE, _TEXT),
    IntakeReturned(_TRACE, _HERE, _TEXT),
    Accepted(_TRACE, _HERE, promises={"due": _LATER}),
    IntakeRejected(_TRACE, _HERE, _TEXT),
    Reclassified(_TRACE, _HERE, "dispute", _TEXT, {"amount": 5}),
    Claimed(_TRACE, _HERE, "李", None),
    Declined(_TRACE, _HERE, _TEXT),
    Held(_TRACE, _HERE, "waiting_for_customer", _LATER, _TEXT),
    Resumed(_TRACE, _HERE),
    Resolved(_TRACE, _DONE, _TEXT, promises={"close_from": _LATER}),
    CustomerReplied(_TRACE, _HERE, _TEXT),
    CustomerWrote(_TRACE, _HERE, _TEXT, "app"),
    Replied(_TRACE, _HERE, _TEXT),
    ContactLogged(_TRACE, _HERE, "no_answer", "phone"),
    CustomerInformed(_TRACE, _HERE, "decision", "letter", _AT, promises={"appeal_until": _LATER}),
    Urged(_TRACE, _HERE, _LATER, _TEXT),
    Rated(_TRACE, _HERE, 5, _TEXT),
    SubtaskOpened(_TRACE, _HERE, "S7", "risk", _TEXT, _LATER),
    SubtaskFinished(_TRACE, _HERE, "S7", _TEXT),
    SubtaskCancelled(_TRACE, _HERE, "S7", _TEXT),
    PanelConvened(_TRACE, _HERE, "P7", ("王", "赵"), _TEXT, _LATER),
    OpinionGiven(_TRACE, _HERE, _TEXT),
    PanelConcluded(_TRACE, _HERE, _TEXT),
    ExtensionRequested(_TRACE, _HERE, _LATER, _TEXT),
    ExtensionApproved(_TRACE, _HERE, _LATER, last=False),
    ExtensionRejected(_TRACE, _HERE, _TEXT),
    Escalated(_TRACE, _HERE, 2),
    MarkedOverdue(_TRACE, _HERE, "S7", _AT, "risk"),
    TimerLapsed(_TRACE, _HERE, "time.7.close", _AT, "rules", None, ("informed_if_required",)),
    Approved(_TRACE, _DONE, _TEXT),
    Archived(_TRACE, _HERE),
    Cancelled(_TRACE, _HERE, _TEXT),
    Inspected(_TRACE, _HERE, 90, _TEXT),
    MergedInto(_TRACE, _HERE, "T2", _TEXT),
    Absorbed(_TRACE, _HERE, "T3"),
    Unmerged(_TRACE, _HERE, "T2", _TEXT),
    Released(_TRACE, _HERE, "T3"),
    Appealed(_TRACE, _HERE, "T4"),
    RulebookChanged(
        _TRACE,
        Step("change_rulebook", "system", "pending", "waiting", "open"),
        "cd" * 32,
        "bank",
        "2",
        "ab" * 32,
        "restart",
        ("close_from",),
        "in_progress",
        _LATER,
        "accepted",
        promises={"due": _LATER},
    ),
    Absorbed(
        evolve(_TRACE, rank=20),
        _HERE,
        "T3",
        ("陈", "wu"),
        ("li",),
        {"王": {"handler": ("start", "submit"), "assignee": ("assigned",)}},
        ("complaint", "dispute"),
        2,
        promises={"due": _LATER},
    ),
    Erased(_TRACE, _HERE, "request", ("1.title", "4.text")),
    Erased(_TRACE, _HERE, "retention"),
    LegalHoldPlaced(_TRACE, _HERE, "诉讼 2026-117"),
    LegalHoldLifted(_TRACE, _HERE, "诉讼 2026-117"),
    MarkReached(_TRACE, _STOOD, "sign_off", 1, "50%", _AT, _LATER, clocks={"sign_off": _PLAIN}),
    MarkReached(
        _TRACE, _STOOD, "resolution", 2, "100%", _AT, _LATER, clocks={"resolution": _WHOLE}
    ),
    DueRevised(
        _TRACE,
        _HERE,
        "inform_customer",
        (
            DueChange("cn.nfra.decision", _AT, _LATER),
            DueChange("resolution", _AT, _LATER + timedelta(microseconds=1)),
        ),
        promises={"due": _LATER},
        clocks={"cn.nfra.decision": _WHOLE, "resolution": _PLAIN},
    ),
    DueRevised(_TRACE, _HERE, "calendar", ()),
    NotAssigned(_TRACE, _HERE, _DECISION, {"full": 2, "absent": 1}, _LATER),
    NotAssigned(_TRACE, _HERE, _DECISION),
    SearchDue(_TRACE, _STOOD),
    Offered(_TRACE, _HERE, "李", "cards", _LATER, _DECISION),
    Offered(_TRACE, _HERE, "李", None, _LATER),
    OfferEnded(_TRACE, _HERE, "李", "declined", _TEXT),
    OfferEnded(_TRACE, _STOOD, "李", "lapsed"),
    Transferred(_TRACE, _HERE, "李", "cards", _TEXT, _DECISION),
)
