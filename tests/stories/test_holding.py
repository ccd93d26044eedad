"""Waiting (挂起、自动恢复与撤销)."""

from datetime import timedelta

from tests.stories.people import DENG, LI, WANG_FANG, ZHANG
from tests.stories.telling import Story, told
from workorder.ticket import Accept, Cancel, CustomerReply, Dispatch, Hold, Resume, Start


def _begun(title: tuple[str, str]) -> Story:
    story = Story(title)
    story.opens(LI, "Ms Wang reports a lost card.", "王女士挂失。")
    story.does(LI, Accept(), "Li accepts it.", "李受理。", to="accepted")
    return story


def _work(story: Story) -> None:
    to_zhang = Dispatch(to="zhang", department="cards")
    story.does(DENG, to_zhang, "Deng dispatches it.", "邓转办。", to="assigned")
    story.does(ZHANG, Start(), "Zhang starts.", "张开始处理。", to="in_progress")


def holding() -> Story:
    """A hold before work, one that the customer ends, and one that ends by itself."""
    story = _begun(("Waiting", "挂起"))
    story.refused(
        LI,
        Hold("coffee"),
        "Li puts it on hold for a reason that the bank does not know.",
        "李以未定义的原因挂起。",
        by="reason",
        code="invalid_arguments",
    )
    story.refused(
        LI,
        Hold("waiting_for_customer", story.now),
        "A hold must end in the future.",
        "挂起的截止时间须在将来。",
        by="until",
        code="invalid_arguments",
    )
    story.refused(LI, Hold(), "A hold needs a reason.", "挂起须填写原因。", by="reason_given")
    story.does(
        LI,
        Hold("waiting_for_customer"),
        "Li waits for a copy of Ms Wang's identity card.",
        "李等待王女士提交身份证复印件。",
        to="pending",
    )
    story.does(
        WANG_FANG,
        CustomerReply("here it is"),
        "Ms Wang brings it; the ticket is where it was, before work.",
        "王女士补件；工单回到挂起前的已受理。",
        to="accepted",
        event="customer_replied",
    )
    assert story.timers == []
    _work(story)
    story.does(
        ZHANG,
        Hold("waiting_for_third_party"),
        "Zhang waits for another bank.",
        "张等待他行答复。",
        to="pending",
    )
    story.refused(
        WANG_FANG,
        CustomerReply("anything new?"),
        "Ms Wang owes nothing and cannot end that.",
        "王女士无须补件，不能以补件结束挂起。",
        by="waiting_for_customer",
    )
    assert story.timers == []
    story.later("A year goes by; a wait without end.", "过了一年，挂起无期限。", days=365)
    story.time_acts("Time does not end it.", "系统不会自动恢复。", to="pending")
    story.does(ZHANG, Resume(), "Zhang goes on.", "张恢复处理。", to="in_progress")
    until = story.now + timedelta(days=3)
    story.does(
        ZHANG,
        Hold("waiting_for_customer", until),
        "Zhang gives Ms Wang three days.",
        "张请王女士三日内补件。",
        to="pending",
    )
    story.now = until - timedelta(seconds=1)
    story.time_acts("A second before, it still waits.", "届满前一秒仍挂起。", to="pending")
    story.now = until
    story.time_acts(
        "Then work goes on by itself.",
        "届满后自动恢复。",
        to="in_progress",
        fired={"resume": 1},
    )
    assert (story.ticket.work.hold, story.timers) == (None, [])
    assert story.ticket.times.last == until
    story.does(
        ZHANG,
        Hold("waiting_for_customer"),
        "Zhang waits again, for no longer than the bank allows.",
        "张再次挂起，最长至银行规定的期限。",
        to="pending",
    )
    hold = story.ticket.work.hold
    assert hold is not None
    assert hold.until is not None
    assert (hold.until - story.now).days == 30
    story.later("Ten weeks go by, and nobody looks.", "过了十周，无人查看。", days=70)
    story.refused(
        WANG_FANG,
        CustomerReply("sorry, here it is"),
        "Ms Wang comes too late: work has gone on long ago.",
        "王女士补件过迟：工单早已自动恢复。",
        code="wrong_state",
    )
    story.does(
        ZHANG,
        Hold("external_appraisal"),
        "Zhang has the card appraised; what time did before that is recorded at its own instant.",
        "张送外部鉴定；此前系统的动作按其自身时点登记。",
        to="pending",
    )
    resumed = story.desk.unrestricted().history(story.present)[-2].event
    assert (resumed.kind, resumed.trace.occurred_at) == ("ticket.resumed", hold.until)
    return story


def test_holding() -> None:
    """A hold ends by the customer, by people or by time, and goes back to where it began."""
    story = told(holding)
    assert story.kinds().count("held") == 5
    assert story.kinds().count("resumed") == 3


def cancelling() -> Story:
    """The customer finds her card while the bank waits for her."""
    story = _begun(("Never mind", "客户撤销"))
    _work(story)
    story.does(
        ZHANG,
        Hold("waiting_for_customer"),
        "Zhang waits for Ms Wang.",
        "张等待王女士补件。",
        to="pending",
    )
    assert story.timers == ["resume"]
    story.refused(
        WANG_FANG, Cancel(), "Ms Wang gives no reason.", "王女士未填写原因。", by="reason_given"
    )
    story.refused(
        ZHANG,
        Cancel("she found it"),
        "Zhang may not cancel it for her.",
        "张无权代为撤销。",
        code="not_permitted",
    )
    story.does(
        WANG_FANG,
        Cancel("found the card"),
        "Ms Wang found her card and cancels.",
        "王女士找到卡片，撤销工单。",
        to="cancelled",
    )
    assert (story.timers, story.ticket.times.closed) == ([], story.now)
    story.later("Sixty days go by.", "过了六十天。", days=60)
    story.time_acts("Nothing wakes the ticket.", "工单不会被唤醒。", to="cancelled")
    story.refused(
        ZHANG,
        Resume(),
        "A cancelled ticket does not go on.",
        "已撤销的工单不能恢复。",
        code="wrong_state",
    )
    return story


def test_cancelling() -> None:
    """A ticket is cancelled while it is on hold, and the end of the hold does nothing."""
    assert told(cancelling).kinds()[-1] == "cancelled"
