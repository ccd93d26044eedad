"""What of a workflow was exercised, and what never: counted from steps and refusals."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import LI, NOON
from tests.planted.sound_workflow import SOUND, changed, made
from tests.workflow.definitions import workflows
from workorder.errors import InvalidInput
from workorder.refusals import PRECEDENCE, Refusal, Unmet
from workorder.rulebook import basic
from workorder.workflow import Actor, PlainCase, Question, Rule, Step, Workflow
from workorder.workflow.coverage import Coverage, coverage
from workorder.workflow.paths import path_to_action, paths_to_steps, shortest_paths
from workorder.workflow.walks import walks

BASIC = basic().workflow
HELD = made(SOUND)


def test_nothing_is_exercised_at_first() -> None:
    """Of an empty history everything is never exercised, in the order of the workflow."""
    found = coverage(BASIC, ())
    assert found.actions.never == tuple(action.name for action in BASIC.actions)
    assert found.states.never == tuple(state.name for state in BASIC.states)
    assert found.refusals.never == PRECEDENCE
    assert set(found.rules.never) == {use.rule for row in BASIC.rows for use in row.rules}
    assert found.actions.exercised == found.actions.strange == ()


def test_a_life_exercises_its_steps() -> None:
    """Actions, rows with their states, and roles are told apart."""
    found = coverage(BASIC, shortest_paths(BASIC)["resolved"])
    assert found.actions.exercised == ("open", "dispatch", "start", "submit")
    assert found.rows.exercised == (
        ("open", "", "accepted"),
        ("dispatch", "accepted", "assigned"),
        ("start", "assigned", "in_progress"),
        ("submit", "in_progress", "resolved"),
    )
    assert ("open", "handler") in found.roles.exercised
    assert ("open", "supervisor") in found.roles.never
    assert found.states.never == ("closed",)


def test_a_way_back_is_a_row_for_each_state_it_leads_back_to() -> None:
    """Resuming to one state leaves resuming to the other to be exercised."""
    found = coverage(HELD, path_to_action(HELD, "resume", to_state="working"))
    assert ("resume", "pending", "working") in found.rows.exercised
    assert ("resume", "pending", "new") in found.rows.never


def test_refusals_and_rules_that_stood_in_the_way() -> None:
    """Codes are counted as given, rules only where they did not hold."""
    refused = BASIC.evaluate(PlainCase("assigned", assignee="wu"), "start", actor=LI, at=NOON)
    wrong = BASIC.evaluate(PlainCase("closed"), "start", actor=LI, at=NOON)
    assert isinstance(refused, Refusal)
    assert isinstance(wrong, Refusal)
    found = coverage(BASIC, (), [refused, wrong])
    assert set(found.refusals.exercised) == {"rules", "wrong_state"}
    assert found.rules.exercised == ("is_assignee",)
    assert "not_permitted" in found.refusals.never


def test_a_rule_that_raised_was_not_exercised() -> None:
    """A rule at fault, or a way back that is not known, is no rule that does not hold."""

    def broken(question: Question) -> bool:
        raise ZeroDivisionError

    rules = {**HELD.rules, "reason_given": Rule("reason_given", broken)}
    workflow = made(changed(rules=rules))
    clerk = Actor("li", "clerk")
    answers = [
        workflow.evaluate(PlainCase("new"), "hold", actor=clerk, at=NOON),
        workflow.evaluate(PlainCase("pending"), "resume", actor=clerk, at=NOON),
    ]
    refusals = [answer for answer in answers if isinstance(answer, Refusal)]
    assert [refusal.code for refusal in refusals] == ["rules", "rules"]
    found = coverage(workflow, (), refusals)
    assert found.rules.exercised == found.rules.strange == ()


def test_arguments_are_no_rules() -> None:
    """What is wrong with an argument is not counted among the rules."""
    refusal = Refusal("invalid_arguments", (Unmet("reason_given", "too_long"),))
    assert coverage(BASIC, (), [refusal]).rules.exercised == ()


def test_strange_things_are_told_apart() -> None:
    """A step of another edition of the workflow is neither exercised nor forgotten."""
    found = coverage(BASIC, [Step("fly", "pilot", "accepted", "in_air", "open")])
    assert found.actions.strange == ("fly",)
    assert found.rows.strange == (("fly", "accepted", "in_air"),)
    assert found.roles.strange == (("fly", "pilot"),)
    assert found.states.strange == ("in_air",)
    assert "  - not in the workflow: fly: Accepted → in_air" in found.text().splitlines()


def test_the_paths_to_all_steps_exercise_everything() -> None:
    """What the paths give is what the coverage asks for."""
    found = coverage(HELD, [step for path in paths_to_steps(HELD) for step in path])
    for measure in (found.actions, found.rows, found.roles, found.states):
        assert measure.never == measure.strange == ()


def test_as_text() -> None:
    """A table by labels, in English and in Chinese."""
    refused = BASIC.evaluate(PlainCase("closed"), "start", actor=LI, at=NOON)
    assert isinstance(refused, Refusal)
    found = coverage(BASIC, path_to_action(BASIC, "close"), [refused])
    english = found.text().splitlines()
    assert english[:6] == [
        "actions: 5 of 10",
        "  - never: Assign",
        "  - never: Transfer",
        "  - never: Comment",
        "  - never: Return for rework",
        "  - never: Reopen",
    ]
    assert "  - never: Transfer: Assigned → Assigned" in english
    assert "  - never: Open: Supervisor" in english
    assert "states: 5 of 5" in english
    assert "  - never: stale" in english
    chinese = found.text("zh-CN").splitlines()
    assert chinese[:2] == ["操作：5/10", "  - 从未：分派"]
    assert "  - 从未：转派：已转办 → 已转办" in chinese
    assert "状态：5/5" in chinese
    assert len(chinese) == len(english)


def test_as_data() -> None:
    """Plain data that JSON takes: names, never labels."""
    data = json.loads(json.dumps(coverage(BASIC, path_to_action(BASIC, "start")).as_data()))
    assert data["workflow"] == "basic"
    assert data["states"] == {
        "exercised": ["accepted", "assigned", "in_progress"],
        "never": ["resolved", "closed"],
        "strange": [],
    }
    assert ["start", "assigned", "in_progress"] in data["rows"]["exercised"]


def test_coverages_of_different_workflows_do_not_merge() -> None:
    """They measure different things."""
    with pytest.raises(InvalidInput) as refused:
        coverage(BASIC, ()) | coverage(HELD, ())
    assert (refused.value.code, refused.value.facts["found"]) == ("not_a_choice", "sound")


@given(workflows(), st.data())
def test_merging_is_measuring_together(workflow: Workflow, data: st.DataObject) -> None:
    """Two histories merged are both measured at once; order and repetition change nothing."""
    one = data.draw(walks(workflow))
    other = data.draw(walks(workflow))
    first, second = coverage(workflow, one), coverage(workflow, other)
    merged: Coverage = first | second
    assert merged == coverage(workflow, (*one, *other)) == second | first
    assert merged | first == merged
    for measure in (merged.actions, merged.rows, merged.roles, merged.states):
        assert measure.strange == ()
        assert {*measure.exercised, *measure.never} == set(measure.known)
