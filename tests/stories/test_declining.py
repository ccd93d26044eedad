"""A ticket that nobody wants (退单上限与终派)."""

from tests.stories.people import CHEN, DENG, FENG, LI, WU, ZHANG
from tests.stories.telling import Story, told
from workorder.ticket import (
    Accept,
    Command,
    Decline,
    Dispatch,
    Dispatched,
    ReturnIntake,
    Start,
    Transfer,
)


def final(story: Story, command: Command, english: str, chinese: str) -> bool:
    """Whether a dispatch is the last one."""
    (event,) = story.does(DENG, command, english, chinese, to="assigned").events
    assert isinstance(event, Dispatched)
    return event.final


def declining() -> Story:
    """Two departments decline; the third dispatch is final."""
    story = Story(("A ticket that nobody wants", "无人愿接的工单"))
    story.opens(LI, "A customer disputes a fee for a loan by card.", "客户对刷卡还贷费用有异议。")
    story.does(LI, Accept(), "Li accepts it.", "李受理。", to="accepted")
    to_cards = Dispatch(to="zhang", department="cards")
    assert not final(story, to_cards, "Deng dispatches it to cards.", "邓转办至银行卡部。")
    story.refused(
        WU,
        Decline("not ours"),
        "Wu of loans, who does not see it, cannot decline it.",
        "信贷部的吴看不到本工单，不能退单。",
        code="not_found",
    )
    story.refused(ZHANG, Decline(" "), "Zhang gives no reason.", "张未填原因。", by="reason_given")
    story.does(ZHANG, Decline("a matter of loans"), "Zhang declines.", "张退单。", to="accepted")
    assert (story.ticket.assignee, story.ticket.department) == (None, None)
    to_loans = Dispatch(to="wu", department="loans")
    assert not final(story, to_loans, "Deng dispatches it to loans.", "邓转办至信贷部。")
    story.does(WU, Decline("a matter of cards"), "Wu declines too.", "吴也退单。", to="accepted")
    assert story.ticket.counts.declines == 2
    assert final(story, to_cards, "Deng dispatches it for good.", "邓终派至银行卡部。")
    story.refused(
        ZHANG,
        Decline("still a matter of loans"),
        "Zhang cannot decline it again.",
        "张不能再退单。",
        by="declines_left",
    )
    story.does(
        CHEN,
        Transfer(to="feng", department="settlement", reason="neither of them"),
        "Chen decides: it is for settlement.",
        "陈裁定：由清算部办理。",
        to="assigned",
    )
    story.refused(
        FENG,
        Decline("not ours"),
        "A transfer does not begin the count anew.",
        "转派后退单次数不重新计算。",
        by="declines_left",
    )
    story.does(FENG, Start(), "Feng starts.", "冯开始处理。", to="in_progress")
    return story


def test_declining() -> None:
    """The third decline is refused, and the dispatch that cannot be declined says so."""
    assert told(declining).ticket.counts.declines == 2


def test_declined_then_returned() -> None:
    """A declined ticket goes back as far as intake, and its declines are not forgotten."""
    story = Story(("Back to intake", "退回受理"))
    story.opens(LI, "A call.", "一次来电。")
    story.does(LI, Accept(), "Li accepts it.", "李受理。", to="accepted")
    to_cards = Dispatch(to="zhang", department="cards")
    story.does(DENG, to_cards, "Deng dispatches it.", "邓转办。", to="assigned")
    story.does(ZHANG, Decline("which card?"), "Zhang declines.", "张退单。", to="accepted")
    back = ReturnIntake("which card?")
    story.does(DENG, back, "Deng returns the intake.", "邓退回登记。", to="registered")
    due = story.ticket.windows.due
    story.later("A day goes by.", "过了一天。", days=1)
    story.does(LI, Accept(), "Li accepts it again.", "李再次受理。", to="accepted")
    counts = story.ticket.counts
    assert (counts.declines, counts.returns) == (1, 1)
    assert story.ticket.windows.due == due is not None
