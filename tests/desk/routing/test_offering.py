"""Offers at the desk: held out to one person, answered or not, and held out to the next."""

from datetime import timedelta

import pytest
from attrs import evolve

from tests.desk.routing.team import BOSS, HOUR, MINUTE, NOON, ROUTING, Team, book, handler
from workorder.assign import USUAL, Agent, AssignmentPolicy, RoutingPlan, RoutingStep
from workorder.assign.filters import NotDeclined
from workorder.assign.routing import Route
from workorder.errors import CommandRefused, InvalidInput
from workorder.ticket import AcceptOffer, Cancel, Claim, DeclineOffer, Search, WithdrawOffer
from workorder.workflow import Actor
from workorder.workflow.rules import Question
from workorder.workflow.standard_rules.people import not_own_work

LI = Agent("li", teams={"hotline"}, capacity=1)
WU = Agent("wu", teams={"hotline"}, capacity=1)


def at_hotline(name: str) -> object:
    """Somebody of the hotline."""
    return handler(name, "hotline")


def test_where_its_route_says_so_a_ticket_is_offered() -> None:
    """An enquiry is held out for five minutes, and takes room meanwhile."""
    team = Team([LI, WU])
    ticket = team.accepted("enquiry", "hotline")
    routed = team.desk.assign(ticket.id)
    assert routed.to == "li"
    offer = routed.ticket.work.search.offer  # type: ignore[union-attr]
    assert (offer.to, offer.until) == ("li", NOON + 5 * MINUTE)  # type: ignore[union-attr]
    assert routed.ticket.assignee is None
    assert team.used("li", "wu") == (1, 0)


def test_accepted_it_is_theirs_and_still_takes_one_place() -> None:
    """The place that the offer held is the place that the ticket takes."""
    team = Team([LI])
    ticket = team.accepted("enquiry", "hotline")
    team.desk.assign(ticket.id)
    done = team.desk.execute(ticket.id, AcceptOffer(), actor=handler("li", "hotline"))
    assert done.ticket.assignee == "li"
    assert done.freed == ()
    assert team.used("li") == (1,)


def test_declined_it_is_offered_to_the_next_and_not_to_them_again() -> None:
    """Li declines, and Wu is asked at once; Wu declines, and nobody is left."""
    team = Team([LI, WU])
    ticket = team.accepted("enquiry", "hotline")
    team.desk.assign(ticket.id)
    team.desk.perform(ticket.id, DeclineOffer("lunch"), actor=handler("li", "hotline"))
    assert team.now(ticket.id).work.search.offer.to == "wu"  # type: ignore[union-attr]
    team.desk.perform(ticket.id, DeclineOffer("lunch"), actor=handler("wu", "hotline"))
    routed = team.desk.assign(ticket.id)
    assert routed.to is None
    assert [each[0].code for each in routed.decision.rejections.values()] == ["declined"] * 2
    assert team.used("li", "wu") == (0, 0)


def test_unanswered_it_lapses_at_its_end_and_goes_to_the_next() -> None:
    """However late somebody looks, it ended after five minutes."""
    team = Team([LI, WU])
    ticket = team.accepted("enquiry", "hotline")
    team.desk.assign(ticket.id)
    team.clock.now = NOON + HOUR
    team.desk.run_due()
    history = team.desk.unrestricted().history(ticket.id)
    ended = next(each.event for each in history if each.event.kind == "ticket.offer_ended")
    assert ended.trace.occurred_at == NOON + 5 * MINUTE
    now = team.now(ticket.id)
    assert now.work.search.offer.to == "wu"  # type: ignore[union-attr]
    assert team.used("li", "wu") == (0, 1)


def test_after_the_cool_down_they_are_asked_again() -> None:
    """A quarter of an hour, by this policy."""
    filters = [each for each in USUAL if each.name != "not_declined"]
    usual = AssignmentPolicy("usual", (*filters, NotDeclined(15 * MINUTE)))
    team = Team([LI], rulebook=book(evolve(ROUTING, policies={"usual": usual})))
    ticket = team.accepted("enquiry", "hotline")
    team.desk.assign(ticket.id)
    team.desk.perform(ticket.id, DeclineOffer("lunch"), actor=handler("li", "hotline"))
    team.clock.now += 14 * MINUTE
    assert team.desk.assign(ticket.id).to is None
    team.clock.now += MINUTE
    assert team.desk.assign(ticket.id).to == "li"


def test_whoever_answers_too_late_is_told_so() -> None:
    """At its very end it is over."""
    team = Team([LI])
    ticket = team.accepted("enquiry", "hotline")
    team.desk.assign(ticket.id)
    team.clock.now = NOON + 5 * MINUTE
    with pytest.raises(CommandRefused) as caught:
        team.desk.perform(ticket.id, AcceptOffer(), actor=handler("li", "hotline"))
    codes = [each.code for each in caught.value.refusal.unmet]
    assert codes == ["offer_over"]


def test_nobody_claims_what_is_held_out_to_somebody_else() -> None:
    """Claiming is for what lies with the department and is offered to nobody."""
    team = Team([LI])
    ticket = team.accepted("enquiry", "hotline")
    team.desk.assign(ticket.id)
    with pytest.raises(CommandRefused) as caught:
        team.desk.perform(ticket.id, Claim(), actor=handler("wu", "hotline"))
    assert [each.name for each in caught.value.refusal.unmet] == ["not_offered_to_another"]


def test_withdrawn_it_waits_and_goes_to_whoever_has_room() -> None:
    """Also to them: that it was taken back is no fault of theirs. Here something more urgent waits
    for the place.
    """
    team = Team([LI])
    ticket = team.accepted("enquiry", "hotline", priority=3)
    team.desk.assign(ticket.id)
    urgent = team.accepted("enquiry", "hotline", priority=1)
    team.desk.perform(ticket.id, WithdrawOffer("other plans"), actor=BOSS)
    assert team.now(urgent.id).work.search.offer.to == "li"  # type: ignore[union-attr]
    assert team.now(ticket.id).work.search == Search(roams=True)
    assert team.used("li") == (1,)


def test_whoever_names_somebody_ends_the_offer() -> None:
    """A supervisor decides while it is held out to Li."""
    team = Team([LI, WU])
    ticket = team.accepted("enquiry", "hotline")
    team.desk.assign(ticket.id)
    routed = team.desk.assign(ticket.id, to="wu", reason="knows it", actor=BOSS)
    assert routed.ticket.assignee == "wu"
    assert routed.ticket.work.search is None
    assert team.used("li", "wu") == (0, 1)


def test_what_ends_the_ticket_ends_the_offer_and_gives_the_room_back() -> None:
    """The customer gives up while it is held out."""
    team = Team([LI])
    ticket = team.accepted("enquiry", "hotline")
    team.desk.assign(ticket.id)
    team.desk.perform(ticket.id, Cancel("gave up"), actor=BOSS)
    assert team.now(ticket.id).work.search is None
    assert team.used("li") == (0,)


def test_any_ticket_can_be_offered() -> None:
    """Complaints are assigned by their route; here somebody wants to ask first."""
    team = Team([Agent("li", teams={"cards"})])
    ticket = team.accepted()
    routed = team.desk.offer(ticket.id, within=2 * MINUTE)
    assert routed.ticket.work.search.offer.until == NOON + 2 * MINUTE  # type: ignore[union-attr]
    with pytest.raises(CommandRefused) as caught:
        team.desk.offer(ticket.id, within=2 * MINUTE)
    assert [each.name for each in caught.value.refusal.unmet] == ["not_offered"]


def test_somebody_has_to_say_how_long() -> None:
    """The route of complaints does not; no time at all is refused."""
    team = Team([Agent("li", teams={"cards"})])
    ticket = team.accepted()
    with pytest.raises(InvalidInput, match="within"):
        team.desk.offer(ticket.id)
    with pytest.raises(InvalidInput, match="within"):
        team.desk.offer(ticket.id, within=timedelta(0))
    assert team.kinds(ticket.id) == ["opened", "accepted"]


def test_while_it_is_held_out_it_does_not_wait() -> None:
    """Neither for the next one who is free, nor in a drain."""
    team = Team([LI, WU])
    ticket = team.accepted("enquiry", "hotline")
    team.desk.assign(ticket.id)
    assert team.desk.next_for("wu") is None
    assert team.desk.drain().routed == ()


def test_a_first_offer_does_not_cancel_the_overflow() -> None:
    """It lay with nobody's department; by the bank's rulebook an offer moves it into a state where
    what was dispatched stays. Nobody dispatched it: after two hours the next team is asked.
    """
    routing = evolve(
        ROUTING,
        stays=("assigned",),
        plans={"on": RoutingPlan("on", (RoutingStep(after=2 * HOUR, teams={"centre"}),))},
        routes=(Route(name="all", teams={"cards"}, offer=5 * MINUTE, plan="on"),),
    )
    team = Team(
        [Agent("li", teams={"cards"}), Agent("gao", teams={"centre"})], rulebook=book(routing)
    )
    ticket = team.accepted(department=None)
    assert team.desk.assign(ticket.id).to == "li"
    team.clock.now = NOON + 3 * HOUR
    team.desk.run_due()
    assert team.now(ticket.id).work.search.offer.to == "gao"  # type: ignore[union-attr]


def test_an_offer_to_another_team_leaves_it_where_it_lay() -> None:
    """After an hour the hotline may have it, and does not want it; the cards people are back."""
    routing = evolve(
        ROUTING,
        plans={"on": RoutingPlan("on", (RoutingStep(after=HOUR, teams={"hotline"}),))},
        routes=(Route(name="all", offer=5 * MINUTE, plan="on"),),
    )
    home = Agent("gao", teams={"cards"}, presence="away")
    team = Team([LI, home], rulebook=book(routing))
    ticket = team.accepted()
    team.clock.now = NOON + HOUR
    assert team.desk.assign(ticket.id).to == "li"
    team.desk.perform(ticket.id, DeclineOffer("no"), actor=handler("li", "hotline"))
    assert team.now(ticket.id).department == "cards"
    team.people.put(evolve(home, presence="online"))
    assert [each.to for each in team.desk.drain().routed] == ["gao"]


def test_not_to_take_a_ticket_is_no_work_on_it() -> None:
    """Whoever declined an offer may review what another did."""
    team = Team([LI, WU])
    ticket = team.accepted("enquiry", "hotline")
    team.desk.assign(ticket.id)
    team.desk.perform(ticket.id, DeclineOffer("lunch"), actor=handler("li", "hotline"))
    settings = book().workflow.settings
    team.desk.perform(ticket.id, AcceptOffer(), actor=handler("wu", "hotline"))
    for person, allowed in (("li", True), ("wu", False)):
        actor = Actor(person, "reviewer", "hotline")
        question = Question(team.now(ticket.id), actor, "reviewer", NOON, {}, settings)
        assert (not_own_work(question) is True) is allowed


def test_whom_naming_somebody_else_frees_gets_what_comes_next() -> None:
    """Li was offered one; a supervisor gives it to Wu, and Li gets the one that waits."""
    team = Team([LI, evolve(WU, presence="away")])
    first, second = team.accepted("enquiry", "hotline"), team.accepted("enquiry", "hotline")
    team.desk.assign(first.id)
    team.desk.assign(second.id)
    team.desk.assign(first.id, to="wu", reason="knows it", actor=BOSS)
    assert team.now(second.id).work.search.offer.to == "li"  # type: ignore[union-attr]
