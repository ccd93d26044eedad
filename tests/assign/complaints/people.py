"""Complaints about who is asked: the absent, those on leave, those who have left."""

from datetime import date, time, timedelta

from attrs import evolve

from tests.desk.routing.team import BOSS, HOUR, MINUTE, NOON, Team, book, handler, policy
from workorder.assign import Agent, AssignmentPolicy, Item, choose, decision_from_data
from workorder.assign.filters import Present
from workorder.assign.roster import Absence, Roster, Shift
from workorder.assign.selectors import PointerRoundRobin
from workorder.ticket import Hold, NotAssigned, Start

LI = Agent("li", teams={"cards"}, capacity=4)
WU = Agent("wu", teams={"cards"}, capacity=4)
DAY = Roster(
    "Asia/Shanghai", (Shift(first=date(2026, 9, 1), start=time(9), end=time(18)),)
)  # Monday to Friday; NOON is a Wednesday, twelve o'clock there


def told(team: Team) -> list[str]:
    """The topics of what the outside is told."""
    return [each.topic for _, each in team.desk.store.pending()]  # type: ignore[attr-defined]  # it has it


def why(team: Team, ticket_id: str) -> dict[str, list[str]]:
    """The codes against everybody, in the event that says that nobody can have it."""
    event = team.desk.unrestricted().history(ticket_id)[-1].event
    assert isinstance(event, NotAssigned)
    assert event.decision is not None
    rejections = decision_from_data(event.decision).rejections
    return {name: [each.code for each in reasons] for name, reasons in rejections.items()}


def begun(team: Team, name: str) -> str:
    """A ticket that somebody works on."""
    ticket = team.accepted()
    team.desk.assign(ticket.id, to=name, reason="knows it", actor=BOSS)
    team.desk.perform(ticket.id, Start(), actor=handler(name))
    return ticket.id


def work_stays_on_somebody_who_went_offline() -> None:
    """Li goes offline with work in hand, and with work that waits for a customer. After the grace,
    and not before, the one goes to Wu; so does the other, once the customer has answered.
    """
    team = Team([LI, WU])
    in_hand, on_hold = begun(team, "li"), begun(team, "li")
    hold = Hold("waiting_for_customer", until=NOON + HOUR)
    team.desk.perform(on_hold, hold, actor=handler("li"))
    team.people.put(evolve(LI, presence="offline", presence_since=NOON))
    team.clock.now = NOON + MINUTE
    assert team.desk.away() == ()
    team.clock.now = NOON + 2 * MINUTE
    assert team.desk.away() == ("li",)
    team.desk.relieve("li", actor=BOSS, reason="offline")
    assert team.now(in_hand).assignee == "wu"
    assert team.now(on_hold).assignee == "li"
    team.clock.now = NOON + 2 * HOUR
    team.desk.run_due()
    for each in team.desk.away():
        team.desk.relieve(each, actor=BOSS, reason="offline")
    assert team.now(on_hold).assignee == "wu"
    assert team.used("li", "wu") == (0, 2)


def returning_customers_go_to_an_absent_agent() -> None:
    """A customer comes back: to whom they spoke last, if that person is there and has room; to
    somebody else, if not.
    """
    usual = AssignmentPolicy("usual", affinity=("last_agent",))
    item = Item("T1", preferred={"last_agent": "wu"})
    for wu, chosen in (
        (WU, "wu"),
        (evolve(WU, presence="offline"), "li"),
        (evolve(WU, presence="busy"), "li"),
        (evolve(WU, load=4), "li"),
    ):
        assert choose([evolve(LI, load=1), wu], item, now=NOON, policy=usual).chosen == chosen


def nobody_is_online_and_nobody_hears_of_it() -> None:
    """Nobody is there: the ticket says so, with the reason against everybody, and a notice goes
    out, once. Whether somebody with a telephone in their pocket is there, the policy says.
    """
    people = [evolve(LI, presence="offline"), evolve(WU, presence="away")]
    team = Team(people)
    ticket = team.accepted()
    for _ in range(2):
        assert team.desk.assign(ticket.id).to is None
    assert why(team, ticket.id) == {"li": ["not_present"], "wu": ["not_present"]}
    assert told(team).count("ticket.not_assigned") == 1
    pocket = policy(filters=(Present(states={"online", "away"}),))
    other = Team(people, rulebook=book(pocket))
    assert other.desk.assign(other.accepted().id).to == "wu"


def who_is_on_leave_is_given_work() -> None:
    """Li is logged in and on leave, Wu is off shift: neither is given anything, and there is no
    last resort by which one of them would be.
    """
    leave = Absence(NOON - HOUR, NOON + HOUR, "leave")
    night = Roster("Asia/Shanghai", (Shift(first=date(2026, 9, 1), start=time(22), end=time(6)),))
    team = Team([evolve(LI, hours=evolve(DAY, absences=[leave])), evolve(WU, hours=night)])
    ticket = team.accepted()
    assert team.desk.assign(ticket.id).to is None
    assert why(team, ticket.id) == {"li": ["off_hours"], "wu": ["off_hours"]}
    team.clock.now = NOON + HOUR
    assert [each.to for each in team.desk.drain().routed] == ["li"]


def who_has_left_is_given_work() -> None:
    """Li has left the bank: from the next question on nobody gives them anything, neither first
    nor in turn, and what they had goes to others, although nobody knows them any more. Whoever
    comes after them in turn comes next.
    """
    team = Team([LI, WU])
    had = begun(team, "li")
    for _ in range(2):
        begun(team, "wu")
    team.people.drop("li")
    assert team.desk.assign(team.accepted().id).to == "wu"
    team.desk.relieve("li", actor=BOSS, reason="has left")
    assert team.now(had).assignee == "wu"
    in_turn = AssignmentPolicy("in turn", selector=PointerRoundRobin())
    staff = [Agent(name, capacity=9) for name in ("an", "li", "wu")]
    turn = choose(staff, Item("T1"), now=NOON, policy=in_turn, turn={"last": "an"}).turn
    assert turn == {"last": "li"}
    left = [each for each in staff if each.id != "li"]
    assert choose(left, Item("T2"), now=NOON, policy=in_turn, turn=turn).chosen == "wu"


def out_of_hours_everybody_is_asked() -> None:
    """At night nobody is at work: the ticket waits, with the reason, and somebody is told. In the
    morning it is given out.
    """
    team = Team([evolve(LI, hours=DAY), evolve(WU, hours=DAY)])
    team.clock.now = NOON + 12 * HOUR
    ticket = team.accepted()
    assert team.desk.assign(ticket.id).to is None
    assert team.now(ticket.id).assignee is None
    assert set(why(team, ticket.id)) == {"li", "wu"}
    assert told(team)[-1] == "ticket.not_assigned"
    team.clock.now = NOON + timedelta(hours=22)
    assert [each.ticket.id for each in team.desk.drain().routed] == [ticket.id]
