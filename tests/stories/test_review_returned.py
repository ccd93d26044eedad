"""A complaint whose review is returned once (投诉，复核退回一次)."""

from tests.stories.people import CHEN, DENG, LI, SUN, WANG_FANG, ZHANG
from tests.stories.telling import Story, told
from workorder.ticket import (
    Accept,
    Approve,
    Close,
    Dispatch,
    InformCustomer,
    QualityReview,
    Rate,
    ReturnForRework,
    Start,
    Submit,
)
from workorder.workflow import Actor


def review_returned() -> Story:
    """From the call to the quality review."""
    story = Story(("A complaint whose review is returned once", "一次复核退回的投诉"))
    story.opens(LI, "Ms Wang calls: the machine kept her card.", "王女士来电：卡片被吞。")
    story.does(LI, Accept(), "Li accepts the complaint.", "李受理投诉。", to="accepted")
    due = story.ticket.windows.due
    assert due is not None
    assert (due - story.now).days == 15
    story.does(
        DENG,
        Dispatch(to="zhang", department="cards"),
        "Deng dispatches it to Zhang of the cards department.",
        "邓转办给银行卡部的张。",
        to="assigned",
    )
    story.refused(
        Actor("qian", "handler", "cards"),
        Start(),
        "Qian wants to start on it, but it is not his.",
        "钱想开始处理，但工单不归他。",
        by="is_assignee",
    )
    story.does(ZHANG, Start(), "Zhang starts.", "张开始处理。", to="in_progress")
    story.refused(
        ZHANG,
        Submit("  "),
        "Zhang submits without saying how it was resolved.",
        "张未填写处理结果即提交。",
        by="resolution_given",
    )
    story.does(
        ZHANG,
        Submit("a new card is on its way"),
        "Zhang submits: a new card is on its way.",
        "张提交：新卡已寄出。",
        to="under_review",
    )
    for actor in (
        Actor("zhang", "supervisor", "cards", 40),
        Actor("zhang", {"handler", "reviewer"}, "cards"),
    ):
        story.refused(
            actor,
            Approve(),
            "Zhang may not review his own work, whatever role he comes in.",
            "张不得复核本人经办的工单，无论以何岗位。",
            by="not_own_work",
        )
    story.refused(
        SUN,
        ReturnForRework(),
        "Sun sends it back without a reason.",
        "孙未填写原因即退回。",
        by="reason_given",
    )
    story.does(
        SUN,
        ReturnForRework("and the fee?"),
        "Sun sends it back: the fee was not refunded.",
        "孙退回：手续费尚未退还。",
        to="in_progress",
        event="returned",
    )
    assert (story.ticket.counts.returns, story.ticket.assignee) == (1, "zhang")
    story.does(
        ZHANG,
        Submit("card and fee"),
        "Zhang submits again, with the fee refunded.",
        "张退还手续费后再次提交。",
        to="under_review",
    )
    story.does(SUN, Approve(), "Sun approves.", "孙复核通过。", to="resolved")
    story.refused(
        LI,
        Close(),
        "Li wants to close it, but nobody has told Ms Wang of the decision.",
        "李想结案，但尚未告知王女士处理结果。",
        by="informed_if_required",
    )
    story.does(
        LI,
        InformCustomer("decision", "phone"),
        "Li calls Ms Wang and records that she was told.",
        "李致电王女士并登记告知。",
        to="resolved",
    )
    story.does(CHEN, Close(), "Chen closes the ticket.", "陈结案。", to="closed")
    story.does(
        WANG_FANG,
        Rate(4),
        "Ms Wang gives four points out of five.",
        "王女士评价四分。",
        to="closed",
    )
    story.refused(
        WANG_FANG,
        Rate(5),
        "She cannot rate the same resolution twice.",
        "同一次办结不得重复评价。",
        by="not_rated_since_last_closing",
    )
    story.refused(
        Actor("sun", "quality_reviewer", "quality"),
        QualityReview(5),
        "Sun, who reviewed it, may not inspect it.",
        "孙参与过复核，不得质检。",
        by="not_involved",
    )
    story.does(
        Actor("guo", "quality_reviewer", "quality"),
        QualityReview(5),
        "Guo, who took no part in it, inspects it.",
        "未参与的郭进行质检。",
        to="closed",
    )
    return story


def test_review_returned() -> None:
    """Work comes back once and is reviewed by somebody who did not do it; all of it shows in the
    history, version by version.
    """
    story = told(review_returned)
    assert story.kinds() == [
        "opened",
        "accepted",
        "dispatched",
        "started",
        "submitted",
        "returned",
        "submitted",
        "approved",
        "customer_informed",
        "closed",
        "rated",
        "inspected",
    ]
    assert story.ticket.version == len(story.kinds())
