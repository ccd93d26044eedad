"""Rulebooks that pictures and manuals are made from in these tests."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import attrs

from workorder.conditions import where
from workorder.durations import CalendarDays, Elapsed, Months, WorkingDays, Years
from workorder.intake import Field, Form
from workorder.rulebook import Rulebook, bank, basic, it_desk
from workorder.sla import BusinessCalendar
from workorder.workflow import (
    NO_LIMIT,
    SAME,
    Action,
    Approval,
    Argument,
    HoldReason,
    Role,
    Row,
    Scope,
    Settings,
    State,
    Use,
    Workflow,
)

REASON = Argument("reason", limit=500)


def both(english: str, chinese: str) -> dict[str, str]:
    """A label in both languages."""
    return {"en": english, "zh-CN": chinese}


STATES = (
    State("new", "intake", "initial", both("New", "新建"), both("Received", "已收到")),
    State("closed", "conclusion", "closed", both("Closed", "已结案")),
    State("waiting", "handling", "open", both("Waiting", "等待")),
    State("working", "handling", "open", both("Working", "办理中")),
    State("checked", "conclusion", "open", both("Being checked", "复核中")),
    State("void", "conclusion", "final", both("Void", "作废")),
)
"""Not in the order of their stages, and one stage has none."""

ROLES = (
    Role("clerk", Scope.DEPARTMENT, both("Clerk", "经办岗")),
    Role("chief", Scope.ALL, both("Chief", "负责人")),
    Role("reader", Scope.ALL, both("Reader", "审计"), read_only=True),
    Role("guest", Scope.OWN, both("Guest", "来访人")),
    Role("system", Scope.ALL, both("Timer", "定时任务")),
)

ACTIONS = (
    Action("open", (Argument("type", "code", required=True),), both("Open", "登记")),
    Action("take", (), both("Take on", "领办")),
    Action("hold", (REASON,), both("Hold", "挂起")),
    Action("resume", (), both("Resume", "恢复")),
    Action("note", (Argument("text", required=True),), both("Note", "备注")),
    Action("finish", (Argument("resolution"),), both("Finish", "提交")),
    Action("approve", (Argument("note", sensitive=False),), both("Approve", "复核通过")),
    Action("decline", (REASON,), both("Decline", "退单")),
    Action("void", (REASON,), both("Make void", "作废")),
    Action("restore", (), both("Restore", "还原")),
    Action(
        "call",
        (
            Argument("outcome", "code", choices=("reached", "busy")),
            Argument("people", "codes", limit=7),
            Argument("count", "integer"),
        ),
        both("Call", "致电"),
    ),
)

ROWS = (
    Row("open", (), "new", ("clerk", "guest")),
    Row("take", ("new", "waiting"), "working", "clerk"),
    Row("hold", ("new", "working"), "waiting", "clerk", ("is_assignee", "reason_given")),
    Row("resume", "waiting", "@before_hold", ("clerk", "chief", "system")),
    Row("note", ("new", "waiting", "working", "checked"), SAME, ("clerk", "chief")),
    Row("finish", "working", "checked", "clerk", ("is_assignee", "resolution_given")),
    Row(
        "approve", "checked", SAME, "chief", ("approval_rank_sufficient", "further_approval_needed")
    ),
    Row(
        "approve",
        "checked",
        "closed",
        "chief",
        (
            "approval_rank_sufficient",
            "last_approval",
            Use("not_own_work", {"besides": ("open",), "roles": ("clerk",)}),
        ),
    ),
    Row("decline", ("working", "checked", "new"), "new", ("clerk", "chief"), ("reason_given",)),
    Row("void", ("new", "waiting", "working", "closed"), "void", "chief", ("reason_given",)),
    Row("restore", "void", "@before_void", "chief"),
    Row("call", "working", SAME, "clerk"),
)
"""``decline`` moves and stays; ``approve`` has two rows; two actions lead back."""

OWN: dict[str, Any] = {"window": 5}

SETTINGS = Settings(
    required_fields=("title", "channel"),
    types_without_review=("gift",),
    time_limits={"loan": WorkingDays(9), "gift": CalendarDays(11)},
    retention={"loan": Years(7), "gift": Months(13)},
    urge_min_interval=Elapsed(timedelta(minutes=35)),
    max_declines=4,
    hold_reasons=(
        HoldReason(
            "missing_paper",
            both("Paper missing", "缺少材料"),
            "internal",
            CalendarDays(13),
            ("take",),
            both("Send us your papers", "请补交材料"),
        ),
        HoldReason("court", both("In court", "诉讼中"), "where_allowed", NO_LIMIT),
    ),
    approvals=(
        Approval(
            "approve", (20, 30), where("fields.amount").at_least(100) & where("type").equals("loan")
        ),
        Approval("approve", (10,)),
    ),
    rating=(2, 6),
    own=OWN,
)

FORMS = (
    Form(
        "loan",
        (
            Field("title", required=True, limit=77, labels=both("Title", "标题")),
            Field("amount", "integer", searchable=True, labels=both("Amount", "金额")),
        ),
        both("Loan", "贷款"),
    ),
    Form(
        "gift",
        (Field("title"), Field("colour", "code", choices=("red", "blue"))),
        both("Gift", "赠品"),
    ),
)


def medium_workflow(**changes: Any) -> Workflow:
    """Six states, five roles, eleven actions; *changes* are other parts."""
    parts: dict[str, Any] = {
        "states": STATES,
        "roles": ROLES,
        "actions": ACTIONS,
        "rows": ROWS,
        "settings": SETTINGS,
    }
    return Workflow(name="medium", **{**parts, **changes})


def medium(**changes: Any) -> Rulebook:
    """The medium workflow with two forms and a calendar; *changes* are other parts of it."""
    return Rulebook(
        name="medium",
        version="7b",
        workflow=medium_workflow(**changes),
        forms=FORMS,
        calendar=BusinessCalendar("Asia/Shanghai", "Mo-Fr 09:00-17:00", name="counter"),
        labels=both("Medium", "示例"),
    )


HOSTILE = (
    '"]-->|<script>alert(1)</script>%%{init}%% ;:: [*] #quot; \\" \\N \\ & | `a` ```\n'
    "end note\n}\n*b* _c_ ~d~ $e$ \x00\u2028 ![x](y)"
)
"""A label that tries to be everything but a label."""


def _named(each: Any) -> Any:
    # The name before it, so that labels still tell things apart.
    label = f"{each.name}{HOSTILE}"
    changes: dict[str, Any] = {"labels": both(label, label)}
    return attrs.evolve(each, **changes)


def hostile() -> Rulebook:
    """The medium rulebook with a hostile label wherever there is a label."""
    form = attrs.evolve(FORMS[0], labels=both(HOSTILE, HOSTILE))
    rulebook = medium(
        states=tuple(_named(each) for each in STATES),
        roles=tuple(_named(each) for each in ROLES),
        actions=tuple(_named(each) for each in ACTIONS),
        settings=attrs.evolve(
            SETTINGS, hold_reasons=tuple(_named(each) for each in SETTINGS.hold_reasons)
        ),
    )
    return attrs.evolve(
        rulebook, version=HOSTILE, labels=both(HOSTILE, HOSTILE), forms=(form, FORMS[1])
    )


RULEBOOKS: dict[str, Callable[[], Rulebook]] = {
    "basic": basic,
    "medium": medium,
    "bank": bank,
    "it_desk": it_desk,
    "hostile": hostile,
}
"""How to make each of them, by name."""

LANGUAGES = ("en", "zh-CN")
