"""Routing plans: what will do, the longer an item has waited."""

from datetime import timedelta

import pytest

from tests.assign.people import NOON
from workorder.assign import (
    Agent,
    AssignmentPolicy,
    Item,
    RoutingPlan,
    RoutingStep,
    check_plan,
    choose,
    overflowing,
    replay,
)
from workorder.errors import ConfigurationError, InvalidInput

MINUTE = timedelta(minutes=1)
ITEM = Item(
    "T1",
    teams={"cards"},
    skills={"cards": 3, "fraud": 2},
    language="zh",
    enqueued=NOON,
    involved={"sun"},
)
PLAN = RoutingPlan(
    "cards",
    [
        RoutingStep(after=5 * MINUTE, relax=1),
        RoutingStep(after=10 * MINUTE, teams={"hotline"}, without={"fraud"}),
        RoutingStep(after=15 * MINUTE, teams={"branch"}, any_language=True, instead=True),
        RoutingStep(after=20 * MINUTE, relax=9),
    ],
)


@pytest.mark.parametrize(
    ("minutes", "step", "teams", "skills", "language", "until"),
    [
        (0, 0, {"cards"}, {"cards": 3, "fraud": 2}, "zh", 5),
        (5, 1, {"cards"}, {"cards": 2, "fraud": 1}, "zh", 10),
        (12, 2, {"cards", "hotline"}, {"cards": 2}, "zh", 15),
        (15, 3, {"branch"}, {"cards": 3, "fraud": 2}, None, 20),
        (99, 4, {"branch"}, {"cards": 1, "fraud": 1}, None, None),
    ],
)
def test_each_step_begins_when_it_has_waited_so_long(
    minutes: int,
    step: int,
    teams: set[str],
    skills: dict[str, int],
    language: str | None,
    until: int | None,
) -> None:
    """Widening what went before, or instead of it; and the plan says when the next one begins."""
    found = PLAN.at(ITEM, NOON + minutes * MINUTE)
    assert (found.step, set(found.item.teams)) == (step, teams)
    assert found.item.skills == skills
    assert found.item.language == language
    assert found.until == (None if until is None else NOON + until * MINUTE)


def test_anybody_stays_anybody() -> None:
    """An item that any team may have is not narrowed by a step that widens."""
    open_to_all = Item("T1", enqueued=NOON)
    assert PLAN.at(open_to_all, NOON + 10 * MINUTE).item.teams == frozenset()
    assert PLAN.at(Item("T1"), NOON).step == 0


def test_choosing_by_a_plan() -> None:
    """Nobody at first, then somebody of another team; who must not have it never does. The decision
    says which step it was, and is taken again without the plan.
    """
    there = [
        Agent("li", teams={"hotline"}, skills={"cards": 2}, languages={"zh"}),
        Agent("sun", teams={"cards", "branch"}, skills={"cards": 5, "fraud": 5}, languages={"zh"}),
    ]
    assert choose(there, ITEM, now=NOON, plan=PLAN).chosen is None
    decision = choose(there, ITEM, now=NOON + 12 * MINUTE, plan=PLAN)
    assert (decision.chosen, decision.step) == ("li", 2)
    assert replay(decision, AssignmentPolicy()) == decision
    assert "step 2 of the plan" in decision.text()
    assert choose(there, ITEM, now=NOON + 99 * MINUTE, plan=PLAN).chosen is None


def test_overflow_from_team_to_team() -> None:
    """Each after the same time again; round and round it does not go."""
    plan = overflowing("cards", {"cards": "hotline", "hotline": "branch"}, 10 * MINUTE)
    assert [(step.after, set(step.teams)) for step in plan.steps] == [
        (10 * MINUTE, {"hotline"}),
        (20 * MINUTE, {"branch"}),
    ]
    with pytest.raises(InvalidInput, match="cards → hotline → cards"):
        overflowing("cards", {"cards": "hotline", "hotline": "cards"}, MINUTE)


def test_steps_out_of_order() -> None:
    """A step that begins before the one before it is refused."""
    steps = (RoutingStep(after=10 * MINUTE), RoutingStep(after=10 * MINUTE))
    with pytest.raises(InvalidInput, match="after: expected more than 0:10:00"):
        RoutingPlan("cards", steps)
    with pytest.raises(InvalidInput, match="after"):
        RoutingStep(after=-MINUTE)


def test_a_plan_that_nobody_can_match() -> None:
    """Teams and skills that nobody has are named, with the nearest that there are."""
    plan = RoutingPlan(
        "cards",
        (
            RoutingStep(teams={"hotlin"}, without={"frud"}),
            RoutingStep(after=MINUTE),
        ),
    )
    there = [Agent("li", teams={"hotline"}, skills={"fraud": 1})]
    with pytest.raises(ConfigurationError) as refused:
        check_plan(plan, there)
    assert str(refused.value) == (
        "cards: steps[0].teams: found hotlin, expected hotline\n"
        "cards: steps[0].without: found frud, expected fraud\n"
        "cards: steps[1]: found a step that changes nothing, expected something that will do"
    )
    check_plan(PLAN, [Agent("li", teams={"hotline", "branch"}, skills={"fraud": 1})])
