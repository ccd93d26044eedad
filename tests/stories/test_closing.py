"""Closing by time, reopening, and what time must not do (自动结案与重新打开)."""

from datetime import timedelta

from tests.stories.people import DENG, LI, SUN, WANG_FANG, ZHANG
from tests.stories.telling import Story, told
from workorder.ticket import (
    Accept,
    Approve,
    Close,
    Dispatch,
    InformCustomer,
    Rate,
    Reopen,
    Start,
    Submit,
    TimerLapsed,
)

TOLD = InformCustomer("decision", "phone")


def _resolved(title: tuple[str, str]) -> Story:
    story = Story(title)
    story.opens(LI, "Ms Wang complains about a fee.", "王女士投诉收费。")
    story.does(LI, Accept(), "Li accepts it.", "李受理。", to="accepted")
    to_zhang = Dispatch(to="zhang", department="cards")
    story.does(DENG, to_zhang, "Deng dispatches it.", "邓转办。", to="assigned")
    story.does(ZHANG, Start(), "Zhang starts.", "张开始处理。", to="in_progress")
    _reviewed(story)
    return story


def _reviewed(story: Story) -> None:
    story.does(ZHANG, Submit("refunded"), "Zhang submits.", "张提交。", to="under_review")
    story.does(SUN, Approve(), "Sun approves.", "孙复核通过。", to="resolved")


def closing() -> Story:
    """Closed by time, reopened, closed by time again after a new quiet period."""
    story = _resolved(("A quiet week, and another", "静默期"))
    story.does(LI, TOLD, "Ms Wang is told.", "告知王女士。", to="resolved")
    first = story.ticket.windows.close_from
    assert first is not None
    assert timedelta(days=6) < first - story.now <= timedelta(days=8)
    story.now = first - timedelta(seconds=1)
    story.time_acts("A second early, time does nothing.", "提前一秒，不结案。", to="resolved")
    story.now = first
    story.time_acts(
        "After a quiet week the ticket closes by itself.",
        "静默期满，自动结案。",
        to="closed",
        fired={"close": 1},
    )
    assert story.ticket.times.closed == first
    story.does(WANG_FANG, Rate(3), "Ms Wang gives three points.", "王女士评价三分。", to="closed")
    story.refused(
        WANG_FANG,
        Reopen(),
        "She wants it reopened and does not say why.",
        "王女士要求重新打开，未填写原因。",
        by="reason_given",
    )
    story.does(
        WANG_FANG,
        Reopen("the interest is missing"),
        "She reopens it: the interest is missing.",
        "王女士重新打开：利息未退。",
        to="in_progress",
    )
    ticket = story.ticket
    assert (ticket.assignee, story.timers, ticket.times.closed) == ("zhang", [], None)
    assert ticket.windows.close_from is None
    assert "decision" not in ticket.windows.told
    _reviewed(story)
    second = story.ticket.windows.close_from
    assert second is not None
    assert second > first
    story.refused(
        LI,
        Close(),
        "What Ms Wang was told of the first decision is not enough for the second.",
        "首次告知不能代替对新结果的告知。",
        by="informed_if_required",
    )
    story.does(LI, TOLD, "Ms Wang is told again.", "再次告知王女士。", to="resolved")
    story.does(
        WANG_FANG, Rate(5), "She rates the new resolution.", "王女士评价新结果。", to="resolved"
    )
    story.now = second
    story.time_acts(
        "After a new quiet week it closes again.",
        "新的静默期满，再次自动结案。",
        to="closed",
        fired={"close": 1},
    )
    until = story.ticket.windows.reopen_until
    assert until is not None
    story.now = until
    story.time_acts("On the last day it is still closed.", "最后一刻仍可重新打开。", to="closed")
    story.later("The month is over.", "重新打开的期限已过。", seconds=1)
    story.refused(
        WANG_FANG,
        Reopen("once more"),
        "It can be reopened no more: it is archived the very next moment.",
        "期满即归档，不能再重新打开。",
        code="wrong_state",
    )
    story.time_acts("The archive has it.", "工单已归档。", to="archived", fired={"archive": 1})
    return story


def test_closing() -> None:
    """A reopened ticket has a quiet period of its own, and what was told of an earlier decision is
    not enough for a later one.
    """
    story = told(closing)
    assert story.ticket.counts.reopens == 1
    assert story.kinds().count("closed") == 2


def untold() -> Story:
    """Nobody tells the customer, and time knows it."""
    story = _resolved(("Nobody told her", "尚未告知"))
    first = story.ticket.windows.close_from
    assert first is not None
    story.later("Nine days go by.", "过了九天。", days=9)
    run = story.time_acts(
        "Time may not close what Ms Wang was not told of, and says so.",
        "未告知王女士处理结果，系统不得结案并予登记。",
        to="resolved",
    )
    assert [unmet.name for unmet in run.lapsed[0].refusal.unmet] == ["informed_if_required"]
    assert (story.timers, story.kinds()[-1]) == ([], "timer_lapsed")
    lapsed = [each for each in story.events() if isinstance(each, TimerLapsed)]
    assert [each.trace.occurred_at for each in lapsed] == [first]
    story.later("A month goes by.", "过了一个月。", days=30)
    story.time_acts("Time does not try again.", "系统不再尝试。", to="resolved")
    story.does(LI, TOLD, "At last Ms Wang is told.", "终于告知王女士。", to="resolved")
    second = story.ticket.windows.close_from
    assert second is not None
    assert timedelta(days=6) < second - story.now <= timedelta(days=8)
    story.now = second
    story.time_acts(
        "A quiet week later the ticket closes by itself.",
        "静默期满，自动结案。",
        to="closed",
        fired={"close": 1},
    )
    return story


def test_untold() -> None:
    """A timer that was refused lapses; telling the customer begins the quiet period that she is
    owed.
    """
    assert told(untold).kinds()[-3:] == ["timer_lapsed", "customer_informed", "closed"]


def told_late() -> Story:
    """The customer is told on the last quiet day."""
    story = _resolved(("Told on the last day", "最后一日告知"))
    close_from = story.ticket.windows.close_from
    assert close_from is not None
    story.now = close_from - timedelta(hours=1)
    story.does(LI, TOLD, "Ms Wang is told within the week.", "静默期内告知王女士。", to="resolved")
    assert story.ticket.windows.close_from == close_from
    story.now = close_from
    story.time_acts(
        "The quiet week counts from the resolution.",
        "静默期自办结起算。",
        to="closed",
        fired={"close": 1},
    )
    return story


def test_told_late() -> None:
    """Within its quiet period a ticket keeps the one it was promised."""
    assert told(told_late).ticket.state == "closed"
