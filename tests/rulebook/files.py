"""A small rulebook file in which every kind of table and key stands once, and what it says."""

from datetime import time, timedelta
from typing import Any

from workorder.conditions import where
from workorder.durations import CalendarDays, Elapsed, WorkingDays, Years
from workorder.intake import Field, Form
from workorder.rulebook import Rulebook
from workorder.sla import ready
from workorder.ticket import commands
from workorder.workflow import (
    NO_LIMIT,
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

FULL = """
format = 1
name = "desk"
version = "2026-11"
workflow = "desk flow"
calendar = "CN"
clock_skew = "2 elapsed minutes"
late_notice = "12 elapsed hours"
text_limit = 4000
labels = { en = "Desk", zh-CN = "柜台" }

[states.new]
stage = "intake"
category = "initial"
labels = { en = "New", zh-CN = "新建" }
customer_labels = { en = "Received", zh-CN = "已收到" }

[states.waiting]
stage = "handling"
category = "open"

[states.done]
stage = "conclusion"
category = "final"
resolved = true

[roles.clerk]
sees = "department"
labels = { en = "Clerk", zh-CN = "柜员" }

[roles.chief]
sees = "all"

[roles.auditor]
sees = "all"
read_only = true

[roles.system]
sees = "all"

[actions.open]                        # the first of its kind
labels = { en = "Open", zh-CN = "登记" }
to = "new"
roles = "clerk"

[actions.put_aside]
from = ["new"]
to = "waiting"
roles = ["clerk", "chief"]

[actions.go_on]
from = "waiting"
to = "@before_put_aside"
roles = ["clerk", "chief", "system"]

[actions.call_back]
arguments = [
  { name = "number", kind = "code", required = true, sensitive = true, limit = 20 },
  { name = "answer", kind = "code", choices = ["yes", "no"] },
  { name = "note" },
]
from = ["new", "waiting"]
to = "="
roles = ["clerk"]
rules = ["reason_given"]

[actions.finish]
labels = { en = "Finish", zh-CN = "完成" }

[[actions.finish.rows]]
from = ["new"]
to = "done"
roles = ["clerk"]
rules = [
  "is_assignee",
  { rule = "not_own_work", besides = ["open"] },
  { rule = "approval_rank_sufficient", step = "finish" },
]

[[actions.finish.rows]]
from = ["new", "waiting"]
to = "done"
roles = ["chief"]

[fields.title]
required = true
limit = 200
labels = { en = "Title", zh-CN = "标题" }

[fields.product]
kind = "code"
searchable = true
choices = ["card", "loan"]

[forms.complaint]
labels = { en = "Complaint", zh-CN = "投诉" }
fields = ["title", "product", { name = "amount", kind = "integer", searchable = true }]

[forms.enquiry]
fields = ["title"]

[settings]
required_fields = ["title", "channel"]
types_without_review = ["enquiry"]
appeal_window = "7 calendar days"
urge_min_interval = "60 elapsed minutes"
max_declines = 2
rating = [1, 10]

[settings.time_limits]
complaint = "15 working days by 17:00"

[settings.retention]
complaint = "5 years"

[settings.hold_reasons.waiting_for_customer]
labels = { en = "Waiting for the customer", zh-CN = "待客户补件" }
pauses = "internal"
longest = "30 calendar days"
resumes_on = ["call_back"]
customer_labels = { en = "Please call", zh-CN = "请来电" }

[settings.hold_reasons.somebody_else]
pauses = "nothing"
longest = "no limit"

[[settings.approvals]]
step = "finish"
ranks = [30]
when = { all = [
  { field = "fields.amount", ge = 100 },
  { not = { field = "type", eq = "enquiry" } },
] }

[settings.own]
window = 5
branches = ["hall", { name = "east", open = true }]
"""


OWN: Any = {"window": 5, "branches": ("hall", {"name": "east", "open": True})}


def full() -> Rulebook:
    """The rulebook that :data:`FULL` says, made in Python."""
    title = Field("title", required=True, limit=200, labels={"en": "Title", "zh-CN": "标题"})
    product = Field("product", "code", searchable=True, choices=("card", "loan"))
    amount = Field("amount", "integer", searchable=True)
    call_back = (
        Argument("number", "code", required=True, sensitive=True, limit=20),
        Argument("answer", "code", choices=("yes", "no")),
        Argument("note"),
    )
    workflow = Workflow(
        name="desk flow",
        text_limit=4000,
        states=(
            State(
                "new",
                "intake",
                "initial",
                {"en": "New", "zh-CN": "新建"},
                {"en": "Received", "zh-CN": "已收到"},
            ),
            State("waiting", "handling", "open"),
            State("done", "conclusion", "final", resolved=True),
        ),
        roles=(
            Role("clerk", Scope.DEPARTMENT, {"en": "Clerk", "zh-CN": "柜员"}),
            Role("chief", Scope.ALL),
            Role("auditor", Scope.ALL, read_only=True),
            Role("system", Scope.ALL),
        ),
        actions=(
            Action("open", commands.Open.specs(), {"en": "Open", "zh-CN": "登记"}),
            Action("put_aside"),
            Action("go_on"),
            Action("call_back", call_back),
            Action("finish", (), {"en": "Finish", "zh-CN": "完成"}),
        ),
        rows=(
            Row("open", (), "new", "clerk"),
            Row("put_aside", "new", "waiting", ("clerk", "chief")),
            Row("go_on", "waiting", "@before_put_aside", ("clerk", "chief", "system")),
            Row("call_back", ("new", "waiting"), "=", "clerk", ("reason_given",)),
            Row(
                "finish",
                "new",
                "done",
                "clerk",
                (
                    "is_assignee",
                    Use("not_own_work", {"besides": ("open",)}),
                    Use("approval_rank_sufficient", {"step": "finish"}),
                ),
            ),
            Row("finish", ("new", "waiting"), "done", "chief"),
        ),
        settings=Settings(
            required_fields=("title", "channel"),
            types_without_review=("enquiry",),
            appeal_window=CalendarDays(7),
            urge_min_interval=Elapsed(timedelta(hours=1)),
            max_declines=2,
            rating=(1, 10),
            time_limits={"complaint": WorkingDays(15, at=time(17))},
            retention={"complaint": Years(5)},
            hold_reasons=(
                HoldReason(
                    "waiting_for_customer",
                    {"en": "Waiting for the customer", "zh-CN": "待客户补件"},
                    "internal",
                    CalendarDays(30),
                    ("call_back",),
                    {"en": "Please call", "zh-CN": "请来电"},
                ),
                HoldReason("somebody_else", pauses="nothing", longest=NO_LIMIT),
            ),
            approvals=(
                Approval(
                    "finish",
                    (30,),
                    where("fields.amount").at_least(100) & ~where("type").equals("enquiry"),
                ),
            ),
            own=OWN,
        ),
    )
    return Rulebook(
        name="desk",
        version="2026-11",
        workflow=workflow,
        forms=(
            Form("complaint", (title, product, amount), {"en": "Complaint", "zh-CN": "投诉"}),
            Form("enquiry", (title,)),
        ),
        clock_skew=timedelta(minutes=2),
        late_notice=timedelta(hours=12),
        calendar=ready("CN"),
        labels={"en": "Desk", "zh-CN": "柜台"},
    )


SMALL = """
format = 1
name = "small"
version = "1"

[states.new]
stage = "intake"
category = "initial"
labels = { en = "New", zh-CN = "新建" }

[states.done]
stage = "conclusion"
category = "closed"
labels = { en = "Done", zh-CN = "完成" }

[roles.clerk]
sees = "all"
labels = { en = "Clerk", zh-CN = "柜员" }

[actions.open]
labels = { en = "Open", zh-CN = "登记" }
to = "new"
roles = ["clerk"]

[actions.finish]
labels = { en = "Finish", zh-CN = "完成" }
from = ["new"]
to = "done"
roles = ["clerk"]

[forms.complaint]
labels = { en = "Complaint", zh-CN = "投诉" }
fields = [{ name = "title", required = true }]
"""
"""The least that a rulebook file says."""
