"""The terms a manual uses, and what they mean, without those that a rulebook has no use for."""

from collections.abc import Callable, Iterator

from attrs import frozen

from workorder.manuals.markdown import plain, table
from workorder.manuals.prose import told
from workorder.texts import is_chinese
from workorder.workflow import Workflow

Asked = Callable[[Workflow], bool]


@frozen
class Term:
    """One term: its two names, its two meanings, and whether a workflow has to do with it."""

    english: str
    chinese: str
    meaning: str
    chinese_meaning: str
    asked: Asked = lambda _: True


def _acts(*names: str) -> Asked:
    return lambda workflow: any(name in workflow.action_labels for name in names)


def _sets(name: str) -> Asked:
    return lambda workflow: getattr(workflow.settings, name) not in (None, (), {})


def _categories(*names: str) -> Asked:
    return lambda workflow: any(state.category in names for state in workflow.states)


TERMS = (
    Term("ticket", "工单", "one matter of one customer, from its registration to its end",
         "一位客户的一个事项，自登记至终结"),
    Term("rulebook", "规则手册", "all rules as one versioned value: workflow, forms, settings",
         "流程、表单和参数的总和，按版本管理"),
    Term("digest", "摘要", "a number that differs when anything in the rulebook differs",
         "规则手册内容的校验值，内容有任何不同，校验值即不同"),
    Term("state", "状态", "where a ticket stands; it is in exactly one",
         "工单当前所处的环节，任一时刻只有一个"),
    Term("stage", "阶段", "one of four parts of a ticket's way", "工单流程的四个组成部分之一"),
    Term("role", "角色", "as what a person acts; it decides what they may do and see",
         "人员操作时的身份，决定可作的操作和可见的工单"),
    Term("rule", "规则", "what must be true for an action to be allowed", "允许操作须满足的条件"),
    Term("closed", "已结", "the category of states in which the work is done; such a ticket may be "
         "reopened", "工作已完成的状态类别，仍可重新打开", _categories("closed")),
    Term("final", "终止", "the category of states in which nothing more is done",
         "不再办理的状态类别", _categories("final")),
    Term("sealed", "封存", "kept apart from the records, which hold only a reference to it",
         "内容与记录分开保存，记录中仅保留引用"),
    Term("working day", "工作日", "a day on which the calendar has hours",
         "日历中有营业时间的日期"),
    Term("calendar day", "自然日", "any day of the calendar", "日历上的每一天"),
    Term("hold", "挂起", "the ticket waits, for a reason that says which clocks stop and how it "
         "ends", "工单暂停等待，挂起原因决定哪些计时暂停及如何结束", _acts("hold")),
    Term("decline", "退单", "the person or department sends the ticket back, as not theirs",
         "接办人员或部门退回不属于本岗位的工单", _acts("decline")),
    Term("offer", "派单邀约", "a ticket that nobody has is held out to one person, who may take it "
         "until an instant", "将无人办理的工单在一定时限内留给一人，由其决定是否接受",
         _acts("offer")),
    Term("urge", "催办", "somebody asks that the ticket be hurried; its state stays",
         "要求加快办理，状态不变", _acts("urge")),
    Term("escalation", "升级", "the ticket is brought before a higher level; its state stays",
         "提请上一级关注，状态不变", _acts("escalate")),
    Term("sub-task", "会办", "a question to another department, with a deadline and an answer of "
         "its own", "请其他部门协助办理，有各自的时限和答复",
         _acts("open_subtask", "finish_subtask")),
    Term("expert panel", "会诊", "several people who give opinions until there is a conclusion",
         "多人提出意见，最后形成结论", _acts("convene_panel")),
    Term("extension", "延期", "a later deadline, asked for in time and granted by somebody else",
         "在到期前申请、由他人批准的顺延", _acts("request_extension")),
    Term("four eyes", "双人复核", "whoever worked on a ticket does not judge it",
         "经办人员不得复核本人经办的工单", _acts("approve", "return_for_rework")),
    Term("quiet period", "静默期", "the time for objections before a resolved ticket is closed",
         "办结后等待客户异议、期满方自动结案的时间", _sets("auto_close_after")),
    Term("merge", "合并", "the matter goes on in another ticket of the same customer",
         "并入同一客户的另一张工单继续办理", _acts("merge_into")),
    Term("appeal", "申请核查", "the customer asks that somebody else look at the matter again",
         "客户要求由他人重新核查", _acts("appeal")),
    Term("quality review", "质检", "somebody who took no part inspects a finished ticket",
         "由未参与人员检查已完成的工单", _acts("quality_review")),
    Term("rank", "职级", "a number that says how far a person's approval reaches",
         "表示审批权限高低的数字", _sets("approvals")),
)  # fmt: skip
"""In the order in which a manual lists them."""


def _rows(workflow: Workflow, language: str) -> Iterator[list[str]]:
    for term in TERMS:
        if term.asked(workflow):
            if is_chinese(language):
                yield [plain(term.chinese), plain(term.chinese_meaning)]
            else:
                yield [plain(term.english), plain(term.chinese), plain(term.meaning)]


def glossary(workflow: Workflow, language: str) -> list[str]:
    """The lines of the glossary; English readers see the Chinese term beside their own."""
    keys = ["glossary.term", "glossary.meaning"]
    if not is_chinese(language):
        keys.insert(1, "glossary.other")
    return table([told(key, language) for key in keys], _rows(workflow, language))
