"""A chain of approvals for a large amount (大额争议逐级审批)."""

import pytest

from tests.stories.people import CHEN, DENG, LI, MA, SUN, ZHANG
from tests.stories.telling import Story, bank_with, told
from workorder.conditions import Compare
from workorder.rulebook import Rulebook
from workorder.ticket import Accept, Approve, Dispatch, ReturnForRework, Start, Submit
from workorder.workflow import Actor, Approval

TANG = Actor("tang", "supervisor", "head-office", 40)
LARGE = 5_000_000


def two_ranks() -> Rulebook:
    """The bank's rulebook, where a large amount needs two approvals of rising rank."""
    large = Compare("fields.amount", "ge", LARGE)
    return bank_with(approvals=(Approval("approve", (10, 30), large),))


def _submitted(story: Story, amount: int) -> None:
    fields = {"title": "重复扣款", "category": "card", "amount": amount, "currency": "CNY"}
    story.opens(
        LI,
        f"Ms Wang disputes a payment of {amount // 100:,} yuan.",
        f"王女士对一笔{amount // 100}元的扣款有异议。",
        type="dispute",
        fields=fields,
    )
    story.does(LI, Accept(), "Li accepts it.", "李受理。", to="accepted")
    to_zhang = Dispatch(to="zhang", department="cards")
    story.does(DENG, to_zhang, "Deng dispatches it.", "邓转办。", to="assigned")
    story.does(ZHANG, Start(), "Zhang starts.", "张开始处理。", to="in_progress")
    story.does(
        ZHANG, Submit("refund"), "Zhang submits: refund.", "张提交：退款。", to="under_review"
    )


def large_amount() -> Story:
    """Fifty thousand yuan: a head of section, then an executive."""
    story = Story(("Two signatures for a large amount", "大额须两级审批"), rulebook=two_ranks())
    _submitted(story, LARGE)
    story.refused(
        SUN,
        Approve(),
        "Sun has no rank and cannot be the first.",
        "孙无职级，不能作首级审批。",
        by="approval_rank_sufficient",
    )
    story.does(
        MA,
        Approve(),
        "Ma, a head of section, approves; the ticket waits for a higher rank.",
        "科长马审批通过；尚待上级审批。",
        to="under_review",
        event="approved",
    )
    assert story.ticket.work.approvals == {"approve": ("ma",)}
    story.refused(
        Actor("ma", "reviewer", "cards", 40),
        Approve(),
        "Ma, promoted over night, cannot be the second as well.",
        "马即使连夜升职，也不能再作次级审批。",
        by="approves_once",
    )
    story.refused(
        CHEN,
        Approve(),
        "Chen's rank is too low to be the second.",
        "陈的职级不足以作次级审批。",
        by="approval_rank_sufficient",
    )
    story.does(
        TANG,
        ReturnForRework("and the interest?"),
        "Tang sends it back.",
        "唐退回：利息如何处理？",
        to="in_progress",
    )
    assert story.ticket.work.approvals == {}
    again = Submit("refund with interest")
    story.does(ZHANG, again, "Zhang submits again.", "张再次提交。", to="under_review")
    story.does(
        TANG,
        Approve(),
        "Tang approves first; the order counts, not who.",
        "唐先审批；审批按次序，首级已由唐完成。",
        to="under_review",
    )
    story.refused(
        MA,
        Approve(),
        "After that Ma's rank is not enough for the second place.",
        "此后马的职级不足以作次级审批。",
        by="approval_rank_sufficient",
    )
    executive = Actor("lei", "supervisor", "head-office", 30)
    story.does(executive, Approve(), "Lei is the second.", "雷作次级审批。", to="resolved")
    assert story.ticket.work.approvals == {}
    return story


def test_large_amount() -> None:
    """A large amount needs two people, of rising rank, in order, in one round."""
    story = told(large_amount)
    assert story.kinds().count("approved") == 3


def small_amount() -> Story:
    """A cent less."""
    story = Story(("One signature for a small amount", "小额一级审批"), rulebook=two_ranks())
    _submitted(story, LARGE - 1)
    story.does(SUN, Approve(), "Sun alone approves.", "孙一人复核通过。", to="resolved")
    return story


def test_small_amount() -> None:
    """A cent below the limit, one reviewer of any rank is enough."""
    assert told(small_amount).kinds().count("approved") == 1


@pytest.mark.parametrize("amount", [LARGE, LARGE - 1])
def test_what_the_reviewer_is_shown(amount: int) -> None:
    """The screen shows where an approval leads, before it is given."""
    story = Story(("Shown beforehand", "事先显示"), rulebook=two_ranks())
    _submitted(story, amount)
    options = story.desk.options(story.present, actor=MA)
    (shown,) = [option for option in options if option.action.name == "approve"]
    assert shown.permitted is not None
    assert shown.permitted.to_state == ("under_review" if amount == LARGE else "resolved")
