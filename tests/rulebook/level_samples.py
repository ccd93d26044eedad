"""Service levels in which every kind of table and key stands once: as a file, and in Python."""

from datetime import time, timedelta

from workorder.conditions import where
from workorder.durations import CalendarDays, Elapsed, Working, WorkingDays
from workorder.sla import ready
from workorder.sla.clocks import AdoptedPack, Ladder, Mark, Metric, Policy, ServiceLevels, Target

TABLES = """
[sla]
leading = ["answer", "cn.nfra.decision"]

[sla.calendars]
london = "GB-ENG"

[sla.departments]
"London desk" = "london"

[sla.ladders.usual]
labels = { en = "Usual", zh-CN = "一般" }
marks = [
  { at = "75%", tell = ["assignee"], idle = true },
  # whoever leads the desk
  { at = "1 working hour before", tell = ["role.clerk"], open_hours = true },
  { at = "1 working day after", tell = ["manager"], level = 2, escalates = true, when = { field = "type", eq = "complaint" } },
]

[sla.metrics.answer]
labels = { en = "Answer", zh-CN = "答复" }
start = { field = "action", eq = "open" }
stop = { any = [
  { all = [{ field = "by", eq = "agent" }, { field = "action", in = ["finish"] }] },
  { field = "event.subject", eq = "decision" },
] }
pause = { field = "pauses", in = ["internal", "where_allowed"] }
reset = { field = "event", eq = "ticket.transferred" }
cancel = { field = "category", eq = "final" }
reopen = { field = "event", eq = "ticket.reopened" }
repeat = true
anchor = "fields.received_at"
on_reopen = "restart"
on_change = "retroactive"
extendable = true
statutory = true
ladder = "usual"

[sla.metrics.handover]
labels = { en = "Handover", zh-CN = "移交" }
start = { field = "stage", eq = "handling" }
stop = { field = "state", eq = "done" }
pause = { field = "action", eq = "put_aside" }
resume = { field = "by", eq = "customer" }

[sla.policies.complaint]
labels = { en = "Complaint", zh-CN = "投诉" }
order = 20
when = { field = "type", eq = "complaint" }
targets = [
  { metric = "answer", within = "2 working hours", when = { field = "fields.amount", ge = 100 }, calendar = "london" },
  { metric = "answer", within = "15 working days by 17:00", calendar = "@department", extends_to = ["30 calendar days", "60 calendar days"] },
]

[sla.policies.everything]
labels = { en = "Everything", zh-CN = "全部" }
targets = [{ metric = "handover", within = "24 elapsed hours" }]

[sla.packs.cn_nfra_2020]
when = { field = "type", eq = "complaint" }
clocks = ["cn.nfra.decision"]
calendar = "london"
ladder = "usual"
"""  # noqa: E501 (a table in a list stands on one line)
"""What a rulebook file says in ``[sla]``."""

BOOK = """
format = 1
name = "desk"
version = "1"
calendar = "CN"

[states.new]
stage = "intake"
category = "initial"
labels = { en = "New", zh-CN = "新建" }

[states.waiting]
stage = "handling"
category = "open"
labels = { en = "Waiting", zh-CN = "待处理" }

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

[actions.put_aside]
labels = { en = "Put aside", zh-CN = "搁置" }
from = ["new"]
to = "waiting"
roles = ["clerk"]

[actions.finish]
labels = { en = "Finish", zh-CN = "完成" }
from = ["new", "waiting"]
to = "done"
roles = ["clerk"]

[forms.complaint]
labels = { en = "Complaint", zh-CN = "投诉" }
fields = [
  { name = "title", required = true, labels = { en = "Title", zh-CN = "标题" } },
  { name = "amount", kind = "integer", labels = { en = "Amount", zh-CN = "金额" } },
  { name = "received_at", kind = "instant", labels = { en = "Received", zh-CN = "收到时间" } },
]
"""
"""A rulebook file without service levels."""

ALONE = 'format = 1\ncalendar = "CN"\n' + TABLES.replace("[sla]\n", "").replace("[sla.", "[")
"""The same service levels in a file of their own."""


def levels() -> ServiceLevels:
    """What the files say, made in Python."""
    complaint = where("type").equals("complaint")
    usual = Ladder(
        "usual",
        (
            Mark("75%", ("assignee",), idle=True),
            Mark("1 working hour before", ("role.clerk",), open_hours=True),
            Mark("1 working day after", ("manager",), 2, escalates=True, when=complaint),
        ),
        {"en": "Usual", "zh-CN": "一般"},
    )
    answer = Metric(
        name="answer",
        labels={"en": "Answer", "zh-CN": "答复"},
        start=where("action").equals("open"),
        stop=(where("by").equals("agent") & where("action").one_of(["finish"]))
        | where("event.subject").equals("decision"),
        pause=where("pauses").one_of(["internal", "where_allowed"]),
        reset=where("event").equals("ticket.transferred"),
        cancel=where("category").equals("final"),
        reopen=where("event").equals("ticket.reopened"),
        repeat=True,
        anchor="fields.received_at",
        on_reopen="restart",
        on_change="retroactive",
        extendable=True,
        statutory=True,
        ladder="usual",
    )
    handover = Metric(
        name="handover",
        labels={"en": "Handover", "zh-CN": "移交"},
        start=where("stage").equals("handling"),
        stop=where("state").equals("done"),
        pause=where("action").equals("put_aside"),
        resume=where("by").equals("customer"),
    )
    large = where("fields.amount").at_least(100)
    steps = (CalendarDays(30), CalendarDays(60))
    return ServiceLevels(
        metrics=(answer, handover),
        policies=(
            Policy(
                "complaint",
                (
                    Target("answer", Working(timedelta(hours=2)), large, "london"),
                    Target(
                        "answer",
                        WorkingDays(15, at=time(17)),
                        calendar="@department",
                        extends_to=steps,
                    ),
                ),
                complaint,
                20,
                {"en": "Complaint", "zh-CN": "投诉"},
            ),
            Policy(
                "everything",
                (Target("handover", Elapsed(timedelta(hours=24))),),
                labels={"en": "Everything", "zh-CN": "全部"},
            ),
        ),
        calendar=ready("CN"),
        calendars={"london": ready("GB-ENG")},
        departments={"London desk": "london"},
        ladders=(usual,),
        leading=("answer", "cn.nfra.decision"),
        packs=(
            AdoptedPack(
                "cn_nfra_2020", complaint, ("cn.nfra.decision",), calendar="london", ladder="usual"
            ),
        ),
    )
