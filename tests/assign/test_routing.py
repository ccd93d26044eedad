"""Routing: the first route that is for a ticket, what it asks, and what nobody can ever match."""

from datetime import timedelta

import pytest

from workorder.assign import Agent, AssignmentPolicy, RoutingPlan, RoutingStep
from workorder.assign.routing import Need, Route, Routing, check_routing
from workorder.conditions import where
from workorder.errors import ConfigurationError, InvalidInput

MINUTE = timedelta(minutes=1)
CARDS = Route(name="cards", when=where("type").equals("card"), teams={"cards"}, skills={"cards": 2})
REST = Route(name="rest", teams={"centre"})
ROUTING = Routing(
    waiting=("new",),
    busy=("open",),
    routes=(CARDS, REST),
    needs=(
        Need(when=where("major").equals(value=True), skills={"cards": 4, "talking": 3}),
        Need(when=where("loud").equals(value=True), skills={"talking": 2}),
    ),
)


def read(**facts: object) -> dict[str, object]:
    """What a ticket has, by name."""
    return facts


def test_the_first_route_that_is_for_a_ticket_counts() -> None:
    """And what none is for asks for nothing."""
    assert ROUTING.route(read(type="card").get).name == "cards"
    assert ROUTING.route(read(type="loan").get).name == "rest"
    alone = Routing(waiting=("new",), busy=(), routes=(CARDS,))
    nothing = alone.route(read(type="loan").get)
    assert (nothing.name, nothing.teams, dict(nothing.skills)) == ("usual", frozenset(), {})


def test_of_a_skill_that_is_asked_for_twice_the_higher_level_counts() -> None:
    """The route asks for cards at 2, a need at 4; two needs ask for talking."""
    facts = read(type="card", major=True, loud=True)
    assert ROUTING.skills(CARDS, facts.get) == {"cards": 4, "talking": 3}
    assert ROUTING.skills(CARDS, read(type="card", loud=True).get) == {"cards": 2, "talking": 2}
    assert ROUTING.skills(REST, read().get) == {}


def test_the_first_policy_is_the_usual_one() -> None:
    """A route may name another."""
    first, second = AssignmentPolicy("first"), AssignmentPolicy("second")
    routing = Routing(
        waiting=("new",),
        busy=(),
        policies={"a": first, "b": second},
        routes=(Route(name="x", policy="b"), Route(name="y")),
    )
    assert [routing.policy(each) for each in routing.routes] == [second, first]
    assert routing.plan(routing.routes[0]) is None


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"routes": (Route(name="x", policy="usul"),)}, r"routes\.x\.policy.*usual.*usul"),
        ({"routes": (Route(name="x", plan="cards"),)}, r"routes\.x\.plan"),
        ({"routes": (REST, REST)}, "each name once"),
        ({"policies": {}}, "one policy at least"),
        ({"reads": {"priorty": "fields.p"}}, r"priority.*priorty"),
        ({"grace": timedelta(0)}, "grace"),
        ({"reach": 0}, "reach"),
    ],
)
def test_what_does_not_hold_together_is_refused_by_name(said: dict, expected: str) -> None:  # type: ignore[type-arg]
    """With the nearest name, where there is one."""
    with pytest.raises(InvalidInput, match=expected):
        Routing(waiting=("new",), busy=(), **said)


def test_a_plan_without_its_teams_stays_where_it_is() -> None:
    """A step that only names teams is gone with them; the others keep their time."""
    plan = RoutingPlan(
        "p",
        (
            RoutingStep(after=MINUTE, teams={"b"}),
            RoutingStep(after=2 * MINUTE, teams={"c"}, relax=1),
            RoutingStep(after=3 * MINUTE, instead=True, teams={"d"}),
        ),
    )
    within = plan.within_teams()
    assert [(each.after, each.teams) for each in within.steps] == [
        (2 * MINUTE, frozenset()),
        (3 * MINUTE, frozenset()),
    ]


# --- what can never match ----------------------------------------------------------------------

PEOPLE = (
    Agent("li", teams={"cards"}, skills={"cards": 3}),
    Agent("wu", teams={"centre"}, skills={"talking": 5}),
)


def wrong(**said: object) -> list[tuple[str, str, str]]:
    """What is found to be wrong."""
    routing = Routing(waiting=("new",), busy=(), **said)  # type: ignore[arg-type]
    with pytest.raises(ConfigurationError) as caught:
        check_routing(routing, PEOPLE)
    return [(each.key, each.found, each.expected) for each in caught.value.findings]


def test_a_team_that_nobody_is_in_and_a_skill_that_nobody_has() -> None:
    """Each with the nearest one there is, and all at once."""
    found = wrong(
        routes=(Route(name="x", teams={"card"}, skills={"talkin": 2}),),
        needs=(Need(skills={"card": 1}),),
    )
    assert found == [
        ("routes.x.teams", "card", "cards"),
        ("routes.x.skills", "talkin", "talking"),
        ("needs[0].skills", "card", "cards"),
    ]


def test_a_level_that_nobody_has() -> None:
    """Three is the most in cards."""
    ((key, found, expected),) = wrong(routes=(Route(name="x", skills={"cards": 5}),))
    assert (key, found) == ("routes.x.skills.cards", "5")
    assert expected.startswith("3 at most")


def test_a_plan_that_leads_nowhere() -> None:
    """Its steps are looked at, too."""
    plan = RoutingPlan("p", (RoutingStep(after=MINUTE, teams={"hotline"}),))
    ((key, found, _),) = wrong(plans={"p": plan})
    assert (key, found) == ("steps[0].teams", "hotline")


def test_what_can_match_is_let_be() -> None:
    """These people can have everything that is asked for."""
    check_routing(Routing(waiting=("new",), busy=(), routes=(CARDS, REST)), PEOPLE)
