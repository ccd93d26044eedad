"""What was dispatched to a department is for its people, whatever the route of the ticket says."""

from attrs import evolve

from tests.desk.routing.team import BOSS, HOUR, MINUTE, NOON, ROUTING, Team, book
from workorder.assign import Agent, RoutingPlan, RoutingStep
from workorder.assign.routing import Route
from workorder.ticket import Dispatch

PLAN = RoutingPlan(
    "on", (RoutingStep(after=MINUTE, teams={"hotline"}), RoutingStep(after=HOUR, relax=1))
)
STAYS = evolve(
    ROUTING,
    stays=("assigned",),
    plans={"on": PLAN},
    needs=(),
    routes=(Route(name="all", teams={"centre"}, skills={"cards": 2}, plan="on"),),
)
LI = Agent("li", teams={"cards"}, skills={"cards": 1})
GAO = Agent("gao", teams={"centre", "hotline"}, skills={"cards": 3})


def test_until_then_its_route_says_who_may_have_it() -> None:
    """It lies with the cards department, and nobody has sent it there yet."""
    team = Team([LI, GAO], rulebook=book(STAYS))
    assert team.desk.assign(team.accepted().id).to == "gao"


def test_its_people_are_asked_and_no_plan_takes_it_elsewhere() -> None:
    """After a minute the hotline might have it; it stays. After an hour less skill will do."""
    team = Team([LI, GAO], rulebook=book(STAYS))
    ticket = team.accepted()
    team.desk.perform(ticket.id, Dispatch(department="cards"), actor=BOSS)
    routed = team.desk.assign(ticket.id)
    assert routed.to is None
    assert set(routed.decision.rejections) == {"li"}
    team.clock.now = NOON + 2 * MINUTE
    assert team.desk.assign(ticket.id).to is None
    team.clock.now = NOON + HOUR
    assert team.desk.assign(ticket.id).to == "li"
    assert team.now(ticket.id).department == "cards"
