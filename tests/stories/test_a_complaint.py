"""A complaint about a lost card, from the first call to the second closing, on a file.

王女士投诉:挂失后仍被扣费。The story is told once, as a bank would live it: two departments,
four people, a note, a return for rework, four eyes on closing, a reopening, and a repeat of a
command whose answer got lost on the way.
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from workorder import (
    Actor,
    Close,
    CommandRefused,
    Comment,
    Dispatch,
    Reopen,
    ReturnForRework,
    ServiceDesk,
    SQLiteStore,
    Start,
    Submit,
    TicketQuery,
    Transfer,
    where,
)

LI = Actor("li", "handler", "call-centre")
WU = Actor("wu", "handler", "cards")
ZHAO = Actor("zhao", "handler", "loans")
CHEN = Actor("chen", "supervisor", "cards")
MONDAY = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)


class Clock:
    """The clock on the wall of the bank."""

    def __init__(self) -> None:
        self.now = MONDAY

    def __call__(self) -> datetime:
        """The present instant."""
        return self.now

    def passes(self, **time: int) -> None:
        """Time goes by."""
        self.now += timedelta(**time)


def reasons(refused: CommandRefused) -> set[str]:
    """The rules that stand in the way."""
    return {unmet.name for unmet in refused.refusal.unmet}


def test_a_complaint(tmp_path: Path) -> None:
    """The whole life of a complaint: what each person may do, what is refused and why, what the
    ticket and its history say in the end, and that all of it is in the file.
    """
    path = tmp_path / "工单.db"
    clock = Clock()

    # Monday, 09:30. Ms Wang calls; Li takes the call. The line drops, so the system sends the
    # same opening again.
    with SQLiteStore(path, tenant="示例银行") as store:
        desk = ServiceDesk(store, time=clock, secret=b"kept elsewhere")
        for _ in range(2):
            ticket = desk.open(
                "complaint",
                customer="C-10023",
                channel="phone",
                subjects=["sun"],
                department="call-centre",
                fields={"title": "挂失后仍被扣费", "category": "card", "priority": 2},
                actor=LI,
                command_id="call-4711",
            )
        assert (ticket.state, ticket.version) == ("accepted", 1)
        number = ticket.id

        # Nobody named in the complaint may be given it. Then Li hands it to the cards department.
        with pytest.raises(CommandRefused) as refused:
            desk.perform(number, Dispatch(to="sun"), actor=LI)
        assert reasons(refused.value) == {"assignee_eligible"}
        assert "被投诉人" in refused.value.text("zh-CN")
        clock.passes(minutes=5)
        desk.perform(number, Dispatch(to="wu", department="cards", reason="涉及挂失"), actor=LI)

        # The loans department neither sees it nor finds it.
        assert desk.find(actor=ZHAO).tickets == ()
        with pytest.raises(CommandRefused) as refused:
            desk.get(number, actor=ZHAO)
        assert refused.value.code == "not_found"

        # Wu works on it. The screen offers what is possible, and says what is missing.
        clock.passes(hours=1)
        desk.perform(number, Start(), actor=WU)
        options = {option.action.name: option for option in desk.options(number, actor=WU)}
        assert {name for name, option in options.items() if option.allowed} == {
            "transfer",
            "comment",
            "submit",
        }
        assert options["submit"].needs == ("resolution",)
        desk.perform(number, Comment("与客户核实:扣费时间为挂失之后"), actor=WU)
        with pytest.raises(CommandRefused) as refused:
            desk.perform(number, Submit(), actor=WU)
        assert reasons(refused.value) == {"resolution_given"}
        done = desk.execute(number, Submit("已退还年费"), actor=WU, command_id="submit-1")
        assert done.version == 5

    # Tuesday. Another process opens the file; the answer to Wu's last command had got lost.
    clock.passes(days=1)
    with SQLiteStore(path, tenant="示例银行", create=False) as store:
        desk = ServiceDesk(store, time=clock, secret=b"kept elsewhere")
        again = desk.execute(number, Submit("已退还年费"), actor=WU, command_id="submit-1")
        assert (again.version, again.repeated, again.events) == (5, True, done.events)

        # Wu may not close it, not even as a supervisor: four eyes. Chen sends it back.
        for somebody in (WU, Actor("wu", "supervisor")):
            with pytest.raises(CommandRefused) as refused:
                desk.perform(number, Close(), actor=somebody)
            assert reasons(refused.value) == {"not_own_work"}
        desk.perform(number, ReturnForRework("还有一笔利息未退"), actor=CHEN)
        clock.passes(hours=2)
        desk.perform(number, Submit("年费与利息均已退还"), actor=WU)
        closed = desk.perform(number, Close(), actor=CHEN, expected_version=7)
        assert closed.times.closed == clock.now

        # Somebody with an old screen is told so.
        with pytest.raises(CommandRefused) as refused:
            desk.perform(number, Reopen("客户来电"), actor=CHEN, expected_version=7)
        assert refused.value.code == "stale"

        # A week later the customer calls again; the ticket changes hands within the department.
        clock.passes(days=7)
        desk.perform(number, Reopen("利息到账金额不符"), actor=CHEN)
        transfer = Transfer(to="he", reason="休假交接")
        desk.perform(number, transfer, actor=WU)
        he = Actor("he", "handler", "cards")
        desk.perform(number, Start(), actor=he)
        desk.perform(number, Submit("差额已补"), actor=he)
        with pytest.raises(CommandRefused):
            desk.perform(number, Close(), actor=WU)
        ticket = desk.perform(number, Close(), actor=CHEN)

        # What the ticket says in the end.
        assert (ticket.state, ticket.version, ticket.assignee) == ("closed", 13, "he")
        counts = ticket.counts
        assert (counts.handovers, counts.returns, counts.reopens, counts.comments) == (1, 1, 1, 1)
        assert ticket.times.opened == MONDAY
        assert set(ticket.deeds) == {"li", "wu", "he", "chen"}
        assert ticket.took_part("he", roles=["handler"])
        assert not ticket.took_part("li", roles=["handler"], besides=["open", "dispatch"])

        # What its history says.
        history = desk.history(number, actor=CHEN)
        assert [entry.event.step.action for entry in history] == [
            "open",
            "dispatch",
            "start",
            "comment",
            "submit",
            "return_for_rework",
            "submit",
            "close",
            "reopen",
            "transfer",
            "start",
            "submit",
            "close",
        ]
        assert history[8].texts == {"reason": "利息到账金额不符"}
        assert {entry.event.trace.rulebook for entry in history} == {desk.rulebook.digest}

        # How it is found.
        mine = TicketQuery(where("customer").equals("C-10023") & where("state").equals("closed"))
        assert desk.find(mine, actor=LI).tickets == (ticket,)
        assert desk.find(TicketQuery(where("closed").is_missing()), actor=CHEN).tickets == ()
        assert "已结案" in desk.explain(number, actor=CHEN).text("zh-CN")
