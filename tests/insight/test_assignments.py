"""Decisions taken again, and what everybody holds."""

from attrs import evolve

from tests.desk.routing.team import BOSS, MINUTE, Team, book, handler
from workorder.assign import Agent, AssignmentPolicy
from workorder.assign.selectors import MostSpare
from workorder.insight.assignments import decisions_of, replayed, workload
from workorder.insight.assignments.decisions import policies_in
from workorder.rulebook import Rulebooks
from workorder.ticket import Dispatch, Hold, Start

LI = Agent("li", teams={"cards"}, capacity=2)
WU = Agent("wu", teams={"cards"}, capacity=9)
RULES = book()


def at_work() -> Team:
    """Three complaints assigned to two people, and one that nobody can have."""
    team = Team([LI, WU])
    for _ in range(3):
        team.desk.assign(team.accepted().id)
    team.people.put(evolve(LI, presence="away"))
    team.people.put(evolve(WU, presence="away"))
    team.desk.assign(team.accepted().id)
    return team


def test_every_decision_is_found_in_the_order_in_which_it_was_taken() -> None:
    """Those that found nobody are among them."""
    kept = list(decisions_of(at_work().desk.store))
    assert [each.decision.chosen for each in kept] == ["li", "wu", "li", None]
    assert [each.event for each in kept][2:] == ["ticket.dispatched", "ticket.not_assigned"]


def test_under_their_own_policy_all_come_out_the_same() -> None:
    """Whatever the reasons, scores and ranking were."""
    kept = [each.decision for each in decisions_of(at_work().desk.store)]
    found = replayed(kept, policies_in([RULES]))
    assert (found.total, found.same, found.differences) == (4, 4, ())


def test_one_that_was_altered_does_not() -> None:
    """Somebody wrote another name into it."""
    kept = [each.decision for each in decisions_of(at_work().desk.store)]
    kept[0] = evolve(kept[0], chosen="wu")
    found = replayed(kept, policies_in([RULES]))
    assert [each.text for each in found.differences] == [f"{kept[0].item}: wu → li"]


def test_under_another_policy_those_are_listed_that_go_elsewhere() -> None:
    """By most room to spare, all go to Wu."""
    kept = [each.decision for each in decisions_of(at_work().desk.store)]
    found = replayed(kept, {}, AssignmentPolicy("spare", selector=MostSpare()))
    assert [(each.before.chosen, each.after.chosen) for each in found.differences] == [
        ("li", "wu"),
        ("li", "wu"),
    ]


def test_policies_that_are_not_at_hand_and_decisions_that_kept_too_little_are_counted() -> None:
    """They are neither the same nor another."""
    kept = [each.decision for each in decisions_of(at_work().desk.store)]
    kept[0] = evolve(kept[0], detail="chosen", asked=None)
    found = replayed(kept, {})
    assert (found.total, found.same, found.brief) == (4, 0, 1)
    assert list(found.unknown.values()) == [3]
    assert next(iter(found.unknown)).startswith("usual ")


def test_what_everybody_holds() -> None:
    """Two and one, and what is on hold takes no room; one waits with the cards department."""
    team = at_work()
    held = team.desk.unrestricted().find().tickets
    mine = next(each for each in held if each.assignee == "wu")
    team.clock.now += MINUTE
    team.desk.perform(mine.id, Start(), actor=handler("wu"))
    team.desk.perform(mine.id, Hold("waiting_for_customer"), actor=handler("wu"))
    found = workload(team.desk.store, Rulebooks(RULES))  # type: ignore[arg-type]  # it has all
    assert [(each.agent, each.tickets, each.units, each.counted) for each in found.people] == [
        ("li", 2, 2, 2),
        ("wu", 1, 0, 0),
    ]
    assert found.waiting == {"cards": 1}
    assert found.gini == 0.5
    assert found.as_data()["people"][0]["units"] == 2


def test_what_the_store_has_counted_otherwise_is_seen() -> None:
    """Li was given something by a desk that does not count."""
    team = at_work()
    team.desk.perform(team.accepted().id, Dispatch("li", "cards"), actor=BOSS)
    bare = Team([], team.desk.store, book(None))
    found = workload(bare.desk.store, Rulebooks(book(None)))  # type: ignore[arg-type]  # as above
    assert [(each.agent, each.miscounted) for each in found.people] == [("li", True), ("wu", True)]
