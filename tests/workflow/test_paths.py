"""The shortest ways through a workflow, held against a walk through every life there is."""

from collections.abc import Callable

import pytest
from hypothesis import given

from tests.planted.sound_workflow import SOUND, made
from tests.workflow.brute_force import Life, distances, next_lives, step_distances
from tests.workflow.definitions import workflows
from tests.workflow.test_findings_laws import plain
from workorder.rulebook import Rulebook, bank, basic
from workorder.workflow import Step, Workflow
from workorder.workflow.paths import Path, path_to_action, paths_to_steps, shortest_paths


def legal(workflow: Workflow, path: Path) -> bool:
    """Whether the oracle can take every step of the path, one after another."""
    rows = plain(workflow)
    standing: list[Life] = [("", ())]
    for step in path:
        wanted = (step.action, step.role, step.from_state, step.to_state)
        standing = [
            life for each in standing for taken, life in next_lives(rows, each) if taken == wanted
        ]
    return bool(standing)


def short(step: Step) -> tuple[str, str, str, str]:
    """A step without what its state is."""
    return step.action, step.role, step.from_state, step.to_state


WORKFLOW = made(SOUND)


def test_paths_to_states() -> None:
    """Each state is reached by the fewest actions, the first role of the first row first."""
    found = shortest_paths(WORKFLOW)
    assert {state: [step.action for step in path] for state, path in found.items()} == {
        "new": ["open"],
        "working": ["open", "start"],
        "pending": ["open", "hold"],
        "done": ["open", "start", "finish"],
        "archived": ["open", "start", "finish"],
        "merged": ["open", "merge"],
    }
    assert found["archived"][-1] == Step("finish", "clerk", "working", "archived", "final")
    assert list(found) == [state.name for state in WORKFLOW.states]


def test_a_path_to_a_way_back_goes_where_it_leads_back_to() -> None:
    """Returning to a state takes a path that was there before."""
    path = path_to_action(WORKFLOW, "resume", to_state="working")
    assert [(step.action, step.to_state) for step in path] == [
        ("open", "new"),
        ("start", "working"),
        ("hold", "pending"),
        ("resume", "working"),
    ]
    unmerged = path_to_action(WORKFLOW, "unmerge", to_state="pending")
    assert [step.action for step in unmerged] == ["open", "hold", "merge", "unmerge"]


def test_a_path_to_an_action_in_a_role_or_between_states() -> None:
    """The last step is the one asked for; what is asked for and not there is refused."""
    assert path_to_action(WORKFLOW, "note")[-1].role == "clerk"
    assert path_to_action(WORKFLOW, "note", role="chief")[-1].role == "chief"
    archived = path_to_action(WORKFLOW, "note", from_state="archived")
    assert [step.action for step in archived] == ["open", "start", "finish", "note"]
    wrong: dict[str, str]
    for wrong in ({"role": "auditor"}, {"from_state": "done"}, {"to_state": "merged"}):
        with pytest.raises(LookupError, match="note"):
            path_to_action(WORKFLOW, "note", **wrong)
    with pytest.raises(LookupError, match="fly"):
        path_to_action(WORKFLOW, "fly")


@pytest.mark.parametrize("book", [basic, bank], ids=["basic", "bank"])
def test_every_step_of_a_shipped_workflow_has_its_path(book: Callable[[], Rulebook]) -> None:
    """Each step any life can take has one legal path, as short as the oracle's."""
    workflow = book().workflow
    paths = paths_to_steps(workflow)
    assert {short(path[-1]): len(path) for path in paths} == step_distances(plain(workflow))
    assert all(legal(workflow, path) for path in paths)


@given(workflows())
def test_paths_are_the_shortest(workflow: Workflow) -> None:
    """In any workflow, states and steps are reached by legal paths, as short as the oracle's."""
    rows = plain(workflow)
    to_states = shortest_paths(workflow)
    assert {state: len(path) for state, path in to_states.items()} == distances(rows)
    to_steps = paths_to_steps(workflow)
    assert {short(path[-1]): len(path) for path in to_steps} == step_distances(rows)
    assert all(legal(workflow, path) for path in (*to_states.values(), *to_steps))
    assert paths_to_steps(workflow) == to_steps
