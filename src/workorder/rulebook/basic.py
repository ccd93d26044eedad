"""The basic rulebook: 受理 · 转办 · 处理 · 结案, two roles, nine actions, four eyes on closing.

Small enough to read in a minute, and a complete one: a ticket is opened and dispatched,
somebody works on it and submits a resolution, and *somebody else* closes it or sends it
back. Names are those of the bank's full rulebook, so that growing into that one changes
no word.
"""

from functools import cache

from workorder.intake import Field, Form
from workorder.rulebook.rulebook import Rulebook
from workorder.texts import CHINESE, ENGLISH, Texts
from workorder.ticket import commands
from workorder.workflow import SAME, Action, Role, Row, Scope, State, Use, Workflow


def _both(english: str, chinese: str) -> Texts:
    return {ENGLISH: english, CHINESE: chinese}


STATES = (
    State(
        "accepted", "intake", "initial", _both("Accepted", "已受理"), _both("Accepted", "已受理")
    ),
    State(
        "assigned", "dispatch", "open", _both("Assigned", "已转办"), _both("In progress", "处理中")
    ),
    State(
        "in_progress",
        "handling",
        "open",
        _both("In progress", "处理中"),
        _both("In progress", "处理中"),
    ),
    State(
        "resolved",
        "conclusion",
        "open",
        _both("Resolved", "已办结"),
        _both("Resolved, to be confirmed", "已办结，待确认"),
    ),
    State("closed", "conclusion", "closed", _both("Closed", "已结案"), _both("Closed", "已结案")),
)

ROLES = (
    Role("handler", Scope.DEPARTMENT, _both("Handler", "处理岗")),
    Role("supervisor", Scope.ALL, _both("Supervisor", "主管")),
)

_LABELS = {
    "open": _both("Open", "登记"),
    "dispatch": _both("Dispatch", "转办"),
    "transfer": _both("Transfer", "转派"),
    "start": _both("Start", "开始处理"),
    "comment": _both("Comment", "备注"),
    "submit": _both("Submit", "提交办结"),
    "return_for_rework": _both("Return for rework", "退回"),
    "close": _both("Close", "结案"),
    "reopen": _both("Reopen", "重新打开"),
}

ACTIONS = tuple(
    Action(command.action, command.specs(), _LABELS[command.action])
    for command in commands.BUILT_IN
)

# Taking the call and looking at somebody's work are no work on the matter.
_FOUR_EYES = Use("not_own_work", {"besides": ("open", "return_for_rework", "close")})
_ALIVE = ("accepted", "assigned", "in_progress", "resolved")
_BOTH = ("handler", "supervisor")

ROWS = (
    Row("open", (), "accepted", _BOTH),
    Row("dispatch", "accepted", "assigned", _BOTH, ("target_given", "assignee_eligible")),
    Row(
        "transfer",
        ("assigned", "in_progress"),
        "assigned",
        _BOTH,
        ("own_if_handler", "reason_given", "target_given", "target_differs", "assignee_eligible"),
    ),
    Row("start", "assigned", "in_progress", "handler", ("is_assignee",)),
    Row("comment", _ALIVE, SAME, _BOTH),
    Row("submit", "in_progress", "resolved", "handler", ("is_assignee", "resolution_given")),
    Row(
        "return_for_rework",
        "resolved",
        "in_progress",
        _BOTH,
        (_FOUR_EYES, "not_party", "reason_given"),
    ),
    Row("close", "resolved", "closed", _BOTH, (_FOUR_EYES, "not_party")),
    Row(
        "reopen",
        ("resolved", "closed"),
        "in_progress",
        "supervisor",
        ("not_party", "reason_given"),
    ),
)

_COMMON = (
    Field("title", required=True, limit=200, labels=_both("Title", "标题")),
    Field("description", labels=_both("Description", "描述")),
    Field("category", "code", searchable=True, labels=_both("Category", "类别")),
    Field("product", "code", searchable=True, labels=_both("Product", "产品")),
    Field("priority", "integer", searchable=True, labels=_both("Priority", "优先级")),
)

FORMS = (
    Form("complaint", _COMMON, _both("Complaint", "投诉")),
    Form("enquiry", _COMMON, _both("Enquiry", "咨询")),
    Form(
        "dispute",
        (
            *_COMMON,
            Field(
                "amount", "integer", searchable=True, labels=_both("Amount (cents)", "金额（分）")
            ),
            Field("currency", "code", limit=3, labels=_both("Currency", "币种")),
        ),
        _both("Dispute", "争议"),
    ),
    Form("request", _COMMON, _both("Request", "申请")),
)


def basic_workflow() -> Workflow:
    """The workflow of the basic rulebook."""
    return Workflow(name="basic", states=STATES, roles=ROLES, actions=ACTIONS, rows=ROWS)


@cache
def basic() -> Rulebook:
    """The basic rulebook; an immutable value, made once."""
    return Rulebook(name="basic", version="1", workflow=basic_workflow(), forms=FORMS)
