"""An appeal that nobody who worked on the original may touch (申请核查与回避)."""

from tests.stories.people import (
    CHEN,
    DENG,
    HE,
    LI,
    LUO,
    MEI,
    QIAN,
    SHEN,
    SUN,
    TANG,
    WANG_FANG,
    ZHANG,
)
from tests.stories.telling import Story, told
from workorder.ticket import (
    Accept,
    Appeal,
    Approve,
    Cancel,
    Claim,
    Close,
    ConcludePanel,
    ConvenePanel,
    Dispatch,
    Edit,
    FinishSubtask,
    GiveOpinion,
    InformCustomer,
    OpenSubtask,
    ReturnForRework,
    Start,
    Submit,
    Transfer,
)
from workorder.workflow import Actor


def _original(story: Story) -> None:
    story.opens(LI, "Ms Wang complains about a fee.", "王女士投诉收费。", subjects=["hu"])
    story.does(LI, Accept(), "Li accepts it.", "李受理。", to="accepted")
    to_zhang = Dispatch(to="zhang", department="cards")
    story.does(DENG, to_zhang, "Deng dispatches it.", "邓转办。", to="assigned")
    story.does(ZHANG, Start(), "Zhang starts.", "张开始处理。", to="in_progress")
    ask_risk = OpenSubtask("risk", "is it fraud?")
    story.does(ZHANG, ask_risk, "Zhang asks risk.", "张发起会办。", to="in_progress")
    story.does(HE, FinishSubtask("no"), "He answers for risk.", "何答复会办。", to="in_progress")
    story.does(
        ZHANG,
        ConvenePanel(("mei", "luo"), "is the fee due?"),
        "Zhang convenes a panel of Mei, and of Luo, who never says a word.",
        "张发起会诊，成员为梅和罗，罗始终未发表意见。",
        to="in_progress",
    )
    story.does(MEI, GiveOpinion("it is"), "Mei says: yes.", "梅：应收。", to="in_progress")
    conclusion = ConcludePanel("it is due")
    story.does(ZHANG, conclusion, "Zhang concludes it.", "张给出会诊结论。", to="in_progress")
    story.does(ZHANG, Submit("the fee is due"), "Zhang submits.", "张提交。", to="under_review")
    story.refused(
        WANG_FANG,
        Appeal("unfair"),
        "Ms Wang cannot appeal what is not decided.",
        "尚未办结，王女士不能申请核查。",
        code="wrong_state",
    )
    story.does(SUN, Approve(), "Sun approves.", "孙复核通过。", to="resolved")
    told_her = InformCustomer("decision", "phone")
    story.does(LI, told_her, "Ms Wang is told of the decision.", "告知王女士。", to="resolved")


def appeal() -> tuple[Story, str]:
    """The appeal, from the decision to its own; the story and the original ticket."""
    story = Story(("An appeal, with new people", "申请核查：换人办理"))
    _original(story)
    original = story.present
    story.refused(
        Actor("C-2", {"customer", "auditor"}),
        Appeal("unfair"),
        "Somebody else cannot appeal Ms Wang's ticket.",
        "他人不能就王女士的工单申请核查。",
        by="own_ticket",
    )
    story.does(
        WANG_FANG,
        Appeal("nobody told me of the fee"),
        "Ms Wang appeals: nobody told her of the fee.",
        "王女士申请核查：未被告知收费。",
        to="resolved",
        event="appealed",
    )
    story.refused(
        WANG_FANG,
        Appeal("once more"),
        "A second appeal of the same decision is not possible.",
        "同一处理结果不能再次申请核查。",
        by="not_appealed_yet",
    )
    new = story.ticket.links.appeal
    assert new is not None
    _new_ticket(story, new, original)
    _new_people(story)
    return story, original


def _new_ticket(story: Story, new: str, original: str) -> None:
    story.present = new
    ticket = story.ticket
    assert (ticket.state, ticket.version, ticket.customer) == ("registered", 1, "C-10023")
    assert (ticket.links.appeal_of, ticket.parties.subjects) == (original, ("hu",))
    assert set(ticket.parties.excluded) == {"zhang", "he", "mei", "sun"}
    story.refused(
        SHEN_TAKES_CALLS,
        Accept(),
        "What Ms Wang wrote on the first ticket stays there: the new one asks for a title.",
        "首张工单的文字不随转，新工单须补标题。",
        by="required_fields_complete",
    )
    story.does(
        WANG_FANG,
        Edit(fields={"title": "Fee nobody told me of"}),
        "Ms Wang fills it in.",
        "王女士补录标题。",
        to="registered",
    )
    story.does(SHEN_TAKES_CALLS, Accept(), "Shen accepts it.", "沈受理。", to="accepted")


SHEN_TAKES_CALLS = Actor("shen", ("intake", "intake_reviewer"), "hotline")


def _new_people(story: Story) -> None:
    for person in (ZHANG, HE, MEI, SUN):
        story.refused(
            CHEN,
            Dispatch(to=person.id, department="cards"),
            f"It cannot be dispatched to {person.id}, who worked on the original.",
            f"不能转办给 {person.id}：经办过原工单。",
            by="assignee_eligible",
        )
    story.refused(
        CHEN,
        Dispatch(to="hu"),
        "Nor to Hu, whom the complaint is about.",
        "也不能转办给被投诉的胡。",
        by="assignee_eligible",
    )
    story.does(
        CHEN,
        Dispatch(department="cards"),
        "Chen dispatches it to the cards department.",
        "陈转办至银行卡部。",
        to="assigned",
    )
    story.refused(ZHANG, Claim(), "Zhang cannot claim it.", "张不能领取。", by="claimer_eligible")
    story.does(QIAN, Claim(), "Qian claims it.", "钱领取。", to="assigned")
    story.does(QIAN, Start(), "Qian starts.", "钱开始处理。", to="in_progress")
    story.refused(
        QIAN,
        Transfer(to="zhang", reason="he knows it"),
        "Qian cannot pass it to Zhang.",
        "钱不能转派给张。",
        by="assignee_eligible",
    )
    story.refused(
        QIAN,
        ConvenePanel(("luo", "mei"), "is the fee due?"),
        "Mei spoke on the first panel and cannot sit on the second.",
        "梅在首次会诊中发表过意见，不能再参加。",
        by="members_eligible",
    )
    panel = ConvenePanel(("luo",), "is the fee due?")
    story.does(
        QIAN, panel, "Luo said nothing, and can.", "罗未发表意见，可以参加。", to="in_progress"
    )
    story.does(LUO, GiveOpinion("it is not"), "Luo says: no.", "罗：不应收。", to="in_progress")
    conclusion = ConcludePanel("it is not")
    story.does(QIAN, conclusion, "Qian concludes: no.", "钱给出结论：不应收。", to="in_progress")
    story.does(QIAN, Submit("refunded"), "Qian submits.", "钱提交。", to="under_review")
    for command in (Approve(), ReturnForRework("the fee is due")):
        story.refused(
            SUN,
            command,
            "Sun, who approved the first decision, judges nothing here.",
            "孙复核过原处理结果，须回避。",
            by="not_party",
        )
    story.refused(
        Actor("zhang", "supervisor", "cards", 40),
        Cancel("waste of time"),
        "Zhang, a supervisor by now, cannot cancel it.",
        "张已升任主管，也不能撤销。",
        by="not_party",
    )
    approves = Actor("tang", "supervisor", "head-office", 40)
    assert approves.id == TANG.id
    story.does(approves, Approve(), "Tang approves.", "唐复核通过。", to="resolved")
    told_her = InformCustomer("decision", "phone")
    story.refused(
        Actor("zhang", "supervisor", "cards", 40),
        told_her,
        "Zhang does not tell Ms Wang what was decided about his own work.",
        "张不能就本人经办事项告知王女士处理结果。",
        by="not_party",
    )
    story.does(
        LI,
        told_her,
        "Li, who only took the first call, tells her.",
        "李仅接听过首次来电，由李告知王女士。",
        to="resolved",
    )
    story.refused(
        Actor("sun", "supervisor", "cards", 40),
        Close(),
        "Sun, a supervisor by now, cannot close the appeal.",
        "孙已升任主管，也不能将核查工单结案。",
        by="not_party",
    )
    story.does(CHEN, Close(), "Chen closes it.", "陈结案。", to="closed")


def test_appeal() -> None:
    """Nobody who worked on the original is given the appeal or judges it; who only took it down,
    passed it on or was asked may.
    """
    story = told(lambda: appeal()[0])
    assert story.ticket.links.appeal_of is not None


def test_an_appeal_of_an_appeal() -> None:
    """Who is excluded from an appeal stays excluded from the next one."""
    story, _ = appeal()
    before = set(story.ticket.parties.excluded)
    story.does(
        WANG_FANG,
        Appeal("the interest is missing"),
        "Ms Wang appeals again.",
        "王女士再次申请核查。",
        to="closed",
    )
    new = story.another(story.ticket.links.appeal or "")
    assert set(new.parties.excluded) == before | {"qian", "luo", "chen", "tang"}
    assert LUO.id in new.parties.excluded
    assert SHEN.id not in new.parties.excluded


def too_late() -> Story:
    """The customer takes her time."""
    story = Story(("An appeal that comes too late", "逾期申请核查"))
    _original(story)
    until = story.ticket.windows.appeal_until
    assert until is not None
    story.later("Five days go by.", "过了五天。", days=5)
    story.does(CHEN, Close(), "Chen closes the ticket.", "陈结案。", to="closed")
    assert story.ticket.windows.appeal_until == until
    story.now = until
    kinds = story.kinds()
    assert "appeal" in {
        option.action.name
        for option in story.desk.options(story.present, actor=WANG_FANG)
        if option.allowed
    }
    story.later(
        "The last day on which Ms Wang could appeal goes by.",
        "王女士可申请核查的最后一日已过。",
        seconds=1,
    )
    story.refused(
        WANG_FANG,
        Appeal("unfair"),
        "Ms Wang appeals too late.",
        "王女士逾期申请核查。",
        by="appeal_window_open",
    )
    assert story.kinds() == kinds
    return story


def test_too_late() -> None:
    """The window was promised when the customer was told, and closing does not move it."""
    assert told(too_late).ticket.state == "closed"
