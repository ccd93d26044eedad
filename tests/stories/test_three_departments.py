"""Three departments, a sub-task and a panel (三个部门，会办与会诊)."""

from datetime import timedelta

from tests.stories.people import (
    CHEN,
    DENG,
    FENG,
    GAO,
    HE,
    LI,
    LUO,
    MEI,
    WU,
    ZHANG,
)
from tests.stories.telling import Story, told
from workorder.ticket import (
    Accept,
    Approve,
    CancelSubtask,
    ConcludePanel,
    ConvenePanel,
    Dispatch,
    FinishSubtask,
    GiveOpinion,
    MarkedOverdue,
    OpenSubtask,
    Start,
    Submit,
    Transfer,
)
from workorder.workflow import Actor


def three_departments() -> Story:
    """Cards asks risk, passes it to loans, which passes it to settlement, which asks a panel."""
    story = Story(("Three departments, a sub-task and a panel", "三个部门，会办与会诊"))
    story.opens(
        LI,
        "A customer says that a loan was paid out to a stranger's card.",
        "客户称贷款被划入他人银行卡。",
    )
    story.does(LI, Accept(), "Li accepts it.", "李受理。", to="accepted")
    story.does(
        DENG,
        Dispatch(to="zhang", department="cards"),
        "Deng dispatches it to the cards department.",
        "邓转办至银行卡部。",
        to="assigned",
    )
    story.does(ZHANG, Start(), "Zhang starts.", "张开始处理。", to="in_progress")
    _ask_risk(story)
    _pass_on(story)
    _convene(story)
    story.does(
        FENG,
        Submit("the payment is called back"),
        "Feng submits.",
        "冯提交处理结果。",
        to="under_review",
    )
    for worker in (ZHANG, WU, FENG, HE):
        story.refused(
            Actor(worker.id, "supervisor", worker.department, 40),
            Approve(),
            f"{worker.id.title()} worked on it and may not review it.",
            f"{worker.id} 经办过本工单，不得复核。",
            by="not_own_work",
        )
    story.does(GAO, Approve(), "Gao, who did not, approves.", "未经办的高复核通过。", to="resolved")
    return story


def _ask_risk(story: Story) -> None:
    story.refused(
        HE,
        FinishSubtask("no fraud"),
        "He of the risk department does not even see the ticket yet.",
        "风险部的何此时还看不到本工单。",
        code="not_found",
    )
    story.refused(
        ZHANG,
        OpenSubtask("risk", "is it fraud?", story.now),
        "Zhang asks the risk department, with a deadline that has passed.",
        "张向风险部发起会办，所定期限已过。",
        by="due",
        code="invalid_arguments",
    )
    story.does(
        ZHANG,
        OpenSubtask("risk", "is it fraud?"),
        "Zhang asks the risk department: is it fraud?",
        "张向风险部发起会办：是否欺诈？",
        to="in_progress",
    )
    (task,) = story.ticket.work.subtasks
    assert task.due is not None
    assert (task.department, task.opened_by, task.overdue) == ("risk", "zhang", False)
    assert timedelta(days=1) < task.due - story.now < timedelta(days=3)
    story.refused(
        ZHANG,
        Submit("no answer yet"),
        "Zhang wants to submit without waiting for the answer.",
        "张想不等答复即提交。",
        by="no_open_subtask",
    )


def _pass_on(story: Story) -> None:
    story.does(
        ZHANG,
        Transfer(to="wu", department="loans", reason="a loan"),
        "Zhang passes the ticket on to Wu of the loans department.",
        "张将工单转派给信贷部的吴。",
        to="assigned",
    )
    assert [task.department for task in story.ticket.work.subtasks] == ["risk"]
    story.later("Three days go by; risk has not answered.", "过了三天，风险部尚未答复。", days=3)
    story.time_acts(
        "That the sub-task is late is recorded, by itself.",
        "系统自动登记会办逾期。",
        to="assigned",
        fired={"mark_overdue": 1},
    )
    assert [task.overdue for task in story.ticket.work.subtasks] == [True]
    late = [each for each in story.events() if isinstance(each, MarkedOverdue)]
    assert [each.trace.occurred_at for each in late] == [story.ticket.work.subtasks[0].due]
    story.time_acts(
        "Time looks again, and does nothing twice.",
        "系统再次检查，不会重复登记。",
        to="assigned",
    )
    topics = [message.topic for _, message in story.store.pending()]
    assert topics.count("ticket.overdue") == 1
    assert set(topics) == {"ticket.overdue", "sla.mark"}
    story.does(WU, Start(), "Wu starts.", "吴开始处理。", to="in_progress")
    story.refused(
        Actor("fan", "cohandler", "loans"),
        FinishSubtask("no fraud"),
        "Fan of the loans department cannot answer for risk.",
        "信贷部的范不能代风险部答复。",
        by="subtask_open_in_own_dept",
    )
    story.does(
        HE,
        FinishSubtask("no fraud, a mistake"),
        "He answers, late, for risk: a mistake, no fraud.",
        "何代表风险部答复（已逾期）：系操作失误，并非欺诈。",
        to="in_progress",
    )
    story.does(
        WU,
        OpenSubtask("legal", "who is liable?"),
        "Wu also asks the legal department.",
        "吴又向法务部发起会办。",
        to="in_progress",
    )
    (task,) = story.ticket.work.subtasks
    story.refused(
        ZHANG,
        CancelSubtask(task.id, "not needed"),
        "Zhang, who had the ticket before, cannot cancel that.",
        "前处理人张不能撤销该会办。",
        by="own_if_handler",
    )
    story.does(
        WU,
        CancelSubtask(task.id, "a panel will say"),
        "Wu cancels the question: a panel will say.",
        "吴撤销会办，改由会诊决定。",
        to="in_progress",
    )
    story.does(
        WU,
        Transfer(to="feng", department="settlement", reason="call the payment back"),
        "Wu passes it on to Feng of settlement, the third department.",
        "吴转派给第三个部门清算部的冯。",
        to="assigned",
    )
    assert story.ticket.counts.handovers == 2
    story.does(FENG, Start(), "Feng starts.", "冯开始处理。", to="in_progress")


def _convene(story: Story) -> None:
    story.refused(
        FENG,
        GiveOpinion("we are"),
        "Feng cannot give an opinion while there is no panel.",
        "尚无会诊，冯不能提交会诊意见。",
        by="is_panel_member",
    )
    story.does(
        FENG,
        ConvenePanel(("mei", "he"), "who is liable?"),
        "Feng convenes a panel of Mei and He.",
        "冯发起会诊，成员为梅和何。",
        to="in_progress",
    )
    story.refused(
        CHEN,
        ConvenePanel(("luo",), "who is liable?"),
        "Chen cannot convene a second one meanwhile.",
        "会诊期间陈不能再发起会诊。",
        by="no_open_panel",
    )
    story.refused(
        LUO,
        GiveOpinion("the bank is"),
        "Luo is no member and does not see the ticket.",
        "罗不是会诊成员，看不到本工单。",
        code="not_found",
    )
    story.refused(
        FENG,
        GiveOpinion("the bank is"),
        "Feng has the ticket, but is no member of the panel.",
        "冯是处理人，但不是会诊成员。",
        by="is_panel_member",
    )
    story.does(
        MEI,
        GiveOpinion("the bank is"),
        "Mei thinks that the bank is liable.",
        "梅认为银行有责任。",
        to="in_progress",
    )
    story.does(
        HE,
        GiveOpinion("the bank is, in part"),
        "He thinks so too, in part.",
        "何认为银行负部分责任。",
        to="in_progress",
    )
    panel = story.ticket.work.panel
    assert panel is not None
    assert panel.opinions == ("mei", "he")
    story.refused(
        FENG,
        Submit("the payment is called back"),
        "Feng cannot submit before the panel is concluded.",
        "会诊结束前冯不能提交。",
        by="no_open_panel",
    )
    story.refused(
        WU,
        ConcludePanel("the bank is liable"),
        "Wu does not have the ticket any more and cannot conclude the panel.",
        "吴已非处理人，不能给出会诊结论。",
        by="own_if_handler",
    )
    story.does(
        FENG,
        ConcludePanel("the bank is liable"),
        "Feng concludes: the bank is liable.",
        "冯给出会诊结论：银行承担责任。",
        to="in_progress",
    )
    assert story.ticket.work.panel is None


def test_three_departments() -> None:
    """A ticket passes through three departments; what others owe it survives the transfer, is
    recorded as late by time, and stands in the way of submitting.
    """
    story = told(three_departments)
    assert story.kinds().count("marked_overdue") == 1
    assert story.ticket.assignee == "feng"
