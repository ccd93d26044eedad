"""``desk.relieve``, ``desk.away`` and ``desk.level``: work that goes from one person to another."""

from decimal import Decimal

import pytest
from attrs import evolve

from tests.desk.routing.team import BOSS, HOUR, MINUTE, NOON, ROUTING, Team, book, handler
from workorder.assign import Agent, decision_from_data
from workorder.errors import CommandRefused, InvalidInput
from workorder.ticket import Claim, Dispatch, Hold, Start, Transferred

LI = Agent("li", teams={"cards"}, capacity=4)
WU = Agent("wu", teams={"cards"}, capacity=1)


def at_hotline(agent: Agent) -> Agent:
    """They answer the telephone as well."""
    return evolve(agent, teams=agent.teams | {"hotline"})


def with_work(team: Team, number: int, priority: int = 3) -> list[str]:
    """So many tickets that Li has begun."""
    found = []
    for _ in range(number):
        team.clock.now += MINUTE
        ticket = team.accepted(priority=priority)
        team.desk.perform(ticket.id, Dispatch("li", "cards"), actor=BOSS)
        team.desk.perform(ticket.id, Start(), actor=handler("li"))
        found.append(ticket.id)
    return found


def test_the_most_urgent_is_moved_first_and_the_rest_goes_back_into_the_line() -> None:
    """Li is ill; Wu has room for one. The other waits, since when it was taken on."""
    team = Team([LI, WU])
    (calm,) = with_work(team, 1, priority=3)
    (urgent,) = with_work(team, 1, priority=1)
    team.people.put(evolve(LI, presence="offline"))
    relieved = team.desk.relieve("li", actor=BOSS, reason="ill")
    assert [each.ticket.id for each in relieved.moved] == [urgent]
    assert [each.ticket.id for each in relieved.queued] == [calm]
    assert team.now(urgent).assignee == "wu"
    assert (team.now(calm).assignee, team.now(calm).state) == (None, "assigned")
    assert team.now(calm).times.accepted == NOON + MINUTE
    assert team.used("li", "wu") == (0, 1)


def test_each_move_says_why() -> None:
    """The decision stands in the transfer, and the reason apart."""
    team = Team([LI, WU])
    (ticket,) = with_work(team, 1)
    team.desk.relieve("li", actor=BOSS, reason="has left the bank")
    last = team.desk.unrestricted().history(ticket)[-1]
    assert isinstance(last.event, Transferred)
    assert last.texts["reason"] == "has left the bank"
    assert last.event.decision is not None
    assert decision_from_data(last.event.decision).chosen == "wu"


def test_what_is_pinned_stays() -> None:
    """The customer is on the phone with them."""
    team = Team([LI, WU])
    (ticket,) = with_work(team, 1)
    relieved = team.desk.relieve("li", actor=BOSS, reason="ill", pinned=[ticket])
    assert relieved.stays == (ticket,)
    assert team.now(ticket).assignee == "li"


def test_what_is_offered_to_them_is_offered_to_others() -> None:
    """Nobody has to wait until the offer lapses, and it is not as if they had declined it."""
    team = Team([at_hotline(LI), at_hotline(WU)])
    ticket = team.accepted("enquiry", "hotline").id
    assert team.desk.assign(ticket).to == "li"
    relieved = team.desk.relieve("li", actor=BOSS, reason="ill")
    assert [each.to for each in relieved.moved] == ["wu"]
    assert team.now(ticket).value("offered_to") == "wu"
    assert team.now(ticket).value("not_taken") == {}
    assert team.used("li", "wu") == (0, 1)
    assert team.kinds(ticket)[-3:] == ["offered", "offer_ended", "offered"]


def test_an_offer_stays_an_offer() -> None:
    """Also where its route would give it outright: for as long as is left. Where the route says how
    long, everybody has that time.
    """
    team = Team([LI, WU])
    ticket = team.accepted().id
    team.desk.offer(ticket, within=10 * MINUTE)
    team.clock.now += MINUTE
    team.desk.relieve("li", actor=BOSS, reason="ill")
    assert team.now(ticket).value("offered_to") == "wu"
    assert team.now(ticket).value("offer_until") == NOON + 10 * MINUTE
    team = Team([at_hotline(LI), at_hotline(WU)])
    ticket = team.accepted("enquiry", "hotline").id
    team.desk.assign(ticket)
    team.clock.now += MINUTE
    team.desk.relieve("li", actor=BOSS, reason="ill")
    assert team.now(ticket).value("offer_until") == NOON + 6 * MINUTE


def test_what_was_taken_back_and_cannot_be_offered_waits_and_says_why() -> None:
    """The directory says of somebody what no record can hold."""
    team = Team([at_hotline(LI)])
    ticket = team.accepted("enquiry", "hotline").id
    team.desk.assign(ticket)
    team.people.put(at_hotline(evolve(WU, attributes={"quota": Decimal("1.5")})))
    relieved = team.desk.relieve("li", actor=BOSS, reason="ill")
    assert [(each.ticket_id, each.code) for each in relieved.waiting] == [(ticket, "wrong_type")]
    assert (relieved.refused, relieved.queued) == ((), ())
    assert team.now(ticket).value("offered_to") is None


def test_what_is_offered_and_nobody_else_can_have_waits() -> None:
    """Taken back, it is in the line again; pinned, it stays offered."""
    team = Team([at_hotline(LI)])
    ticket = team.accepted("enquiry", "hotline").id
    team.desk.assign(ticket)
    assert team.desk.relieve("li", actor=BOSS, reason="ill", pinned=[ticket]).stays == (ticket,)
    assert team.now(ticket).value("offered_to") == "li"
    relieved = team.desk.relieve("li", actor=BOSS, reason="ill")
    assert [each.ticket.id for each in relieved.queued] == [ticket]
    assert team.now(ticket).value("offered_to") is None
    assert team.used("li") == (0,)


def test_an_offer_that_must_not_be_taken_back_is_told() -> None:
    """A handler may not; it stays offered."""
    team = Team([at_hotline(LI), at_hotline(WU)])
    ticket = team.accepted("enquiry", "hotline").id
    team.desk.assign(ticket)
    someone = handler("he", "hotline")
    relieved = team.desk.relieve("li", actor=someone, reason="ill")
    assert [(each.ticket_id, each.code) for each in relieved.refused] == [(ticket, "not_permitted")]
    assert team.now(ticket).value("offered_to") == "li"


def test_what_must_not_be_moved_is_told() -> None:
    """A dispatcher of no such role: every ticket says why it stays."""
    team = Team([LI, WU])
    (ticket,) = with_work(team, 1)
    nobody = evolve(BOSS, roles="auditor")
    relieved = team.desk.relieve("li", actor=nobody, reason="ill")
    assert [(each.ticket_id, each.code) for each in relieved.refused] == [(ticket, "not_permitted")]
    assert team.now(ticket).assignee == "li"


def test_who_is_away_for_good() -> None:
    """Longer than the grace of a minute, and offline: neither a moment nor a lunch."""
    team = Team(
        [
            evolve(LI, presence="offline", presence_since=NOON - 2 * MINUTE),
            evolve(WU, presence="offline", presence_since=NOON - MINUTE),
            Agent("gao", presence="away", presence_since=NOON - HOUR),
            Agent("he", presence="offline"),
        ]
    )
    assert team.desk.away() == ("li",)
    assert team.desk.away(["loans"]) == ()


def test_levelling_moves_from_the_fullest_to_the_emptiest() -> None:
    """Four of four and none of four become two and two."""
    team = Team([LI, evolve(WU, capacity=4)])
    with_work(team, 4)
    levelled = team.desk.level(actor=BOSS, reason="levelling")
    assert len(levelled.moved) == 2
    assert team.used("li", "wu") == (2, 2)
    assert team.desk.level(actor=BOSS, reason="levelling").moved == ()


def test_levelling_among_some_teams_only() -> None:
    """Whoever is elsewhere gets nothing."""
    team = Team([LI, evolve(WU, capacity=4, teams={"loans"})])
    with_work(team, 4)
    assert team.desk.level(actor=BOSS, reason="x", teams=["cards"]).moved == ()


def test_one_name_is_not_several() -> None:
    """A text would be taken for its letters."""
    team = Team([LI])
    with pytest.raises(InvalidInput, match="several"):
        team.desk.level(actor=BOSS, reason="x", teams="cards")


def test_what_lies_with_a_department_can_be_picked() -> None:
    """Cherry-picking: of two who claim it, one has it, and it is counted."""
    team = Team([LI, WU])
    ticket = team.accepted()
    team.desk.perform(ticket.id, Dispatch(department="cards"), actor=BOSS)
    team.desk.perform(ticket.id, Claim(), actor=handler("wu"))
    with pytest.raises(CommandRefused):
        team.desk.perform(ticket.id, Claim(), actor=handler("li"))
    assert team.used("li", "wu") == (0, 1)


def test_a_routing_is_needed() -> None:
    """By another rulebook nothing is known of what waits."""
    team = Team([LI], rulebook=book(None))
    for ask in (team.desk.drain, team.desk.away):
        with pytest.raises(InvalidInput, match="routing"):
            ask()
    assert ROUTING.grace == MINUTE


def test_what_is_on_hold_is_moved_when_somebody_has_left_for_good() -> None:
    """As a rule it stays: it takes no room, and the customer's answer may find them back."""
    team = Team([LI, WU])
    (ticket,) = with_work(team, 1)
    team.desk.perform(ticket, Hold("waiting_for_customer"), actor=handler("li"))
    assert team.desk.relieve("li", actor=BOSS, reason="ill").moved == ()
    relieved = team.desk.relieve("li", actor=BOSS, reason="has left the bank", held=True)
    assert [each.to for each in relieved.moved] == ["wu"]
    assert team.now(ticket).work.hold is None
