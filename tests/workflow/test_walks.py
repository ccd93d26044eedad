"""Random walks are legal by the table, and drawn arguments are what actions take."""

import sys

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.planted.sound_workflow import SOUND, made
from tests.workflow.brute_force import Life, next_lives
from tests.workflow.definitions import workflows
from tests.workflow.test_findings_laws import plain
from workorder.errors import InvalidInput
from workorder.rulebook import bank, basic, it_desk
from workorder.workflow import Step, Workflow
from workorder.workflow.arguments import check_arguments
from workorder.workflow.coverage import coverage
from workorder.workflow.walks import arguments_for, walks

HELD = made(SOUND)
SHIPPED = [book().workflow for book in (basic, bank, it_desk)]


def lives_after(workflow: Workflow, walk: tuple[Step, ...]) -> list[Life]:
    """The lives in which the oracle stands after taking each step of the walk; none, if illegal."""
    rows = plain(workflow)
    standing: list[Life] = [("", ())]
    for step in walk:
        wanted = (step.action, step.role, step.from_state, step.to_state)
        standing = [
            life for each in standing for taken, life in next_lives(rows, each) if taken == wanted
        ]
    return standing


@given(workflows() | st.sampled_from(SHIPPED), st.data())
def test_walks_are_legal(workflow: Workflow, data: st.DataObject) -> None:
    """Every walk opens the ticket and takes steps the table has, returning where it came from."""
    limit = data.draw(st.integers(1, 12))
    walk = data.draw(walks(workflow, max_steps=limit))
    assert 1 <= len(walk) <= limit
    assert walk[0].from_state == ""
    assert lives_after(workflow, walk)
    for step in walk:
        state = workflow.state_by_name[step.to_state]
        assert (step.category, step.resolved) == (state.category, state.resolved)


@given(st.data())
def test_walks_of_some_roles(data: st.DataObject) -> None:
    """Only the roles asked for walk, and a walk ends where they can do no more."""
    walk = data.draw(walks(HELD, roles=("clerk",)))
    assert {step.role for step in walk} == {"clerk"}


def test_roles_that_cannot_open_are_refused() -> None:
    """Walks that could not begin are refused at once, with the roles that could."""
    for roles in (("auditor",), ()):
        with pytest.raises(InvalidInput) as refused:
            walks(HELD, roles=roles)
        assert refused.value.code == "not_a_choice"
        assert refused.value.facts["choices"] == ("clerk", "chief")


def drawn(workflow: Workflow, count: int) -> set[Step]:
    """The steps of many walks, the same ones each time."""
    steps: set[Step] = set()

    @settings(max_examples=count, derandomize=True, database=None, phases=[Phase.generate])
    @given(walks(workflow))
    def collect(walk: tuple[Step, ...]) -> None:
        steps.update(walk)

    collect()
    return steps


@pytest.mark.parametrize("workflow", SHIPPED, ids=lambda workflow: workflow.name)
def test_walks_come_everywhere(workflow: Workflow) -> None:
    """A few hundred walks come to every state of a workflow, and take nearly all its actions."""
    found = coverage(workflow, drawn(workflow, 300))
    assert found.states.never == ()
    assert len(found.actions.never) <= len(found.actions.known) // 10


def test_walks_come_through_every_row() -> None:
    """Walks of a small workflow take every row, each way back among them."""
    assert coverage(HELD, drawn(HELD, 300)).rows.never == ()


@given(workflows() | st.sampled_from(SHIPPED), st.data())
def test_arguments_are_valid(workflow: Workflow, data: st.DataObject) -> None:
    """Drawn arguments are what the action takes; what its rules read is there and not blank."""
    action = data.draw(st.sampled_from(workflow.actions))
    given_ = data.draw(arguments_for(workflow, action.name))
    specs = {each.name: each for each in action.arguments}
    assert check_arguments(specs, given_, workflow.text_limit) == []
    for row in workflow.rows:
        for use in row.rules if row.action == action.name else ():
            for name in set(workflow.rules[use.rule].needs) & set(specs):
                assert name in given_
                if specs[name].kind == "text":
                    assert given_[name].strip()


def test_an_unknown_action_has_no_arguments() -> None:
    """The name of an action that is not there is refused."""
    with pytest.raises(KeyError):
        arguments_for(HELD, "fly")


def test_hypothesis_is_asked_for_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without hypothesis the error says what to install."""
    monkeypatch.setitem(sys.modules, "hypothesis", None)
    with pytest.raises(ImportError, match="pip install hypothesis"):
        walks(HELD)
    with pytest.raises(ImportError, match="pip install hypothesis"):
        arguments_for(HELD, "note")
