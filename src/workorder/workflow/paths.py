"""The shortest ways through a workflow: to each state, to each action, to any one step.

Rules are left aside: a path says which actions must be taken, not whether a given ticket may take
them. The first row and the first role of the table win where several ways are equally short, so
the answers never change while the table does not.

A row that leads back takes a ticket only where it has been, so no path to a state needs one; and
a path that ends with one came there from where it leads back to.

>>> from workorder.rulebook import basic
>>> workflow = basic().workflow
>>> [step.action for step in shortest_paths(workflow)["closed"]]
['open', 'dispatch', 'start', 'submit', 'close']
>>> [step.action for step in path_to_action(workflow, "reopen")]
['open', 'dispatch', 'start', 'submit', 'reopen']
"""

from collections import deque
from collections.abc import Iterator, Mapping

from workorder.workflow.actions import Step
from workorder.workflow.case import NEW
from workorder.workflow.compiled import ways_back
from workorder.workflow.moves import Moves, Standing
from workorder.workflow.workflow import Workflow

Path = tuple[Step, ...]
"""Steps, the first of which opens the ticket."""


def shortest_paths(workflow: Workflow) -> Mapping[str, Path]:
    """A shortest path from opening to each state, in the order of the workflow's states."""
    found = _to_states(Moves(workflow))
    return {state.name: found[state.name] for state in workflow.states}


def path_to_action(
    workflow: Workflow,
    action: str,
    *,
    role: str | None = None,
    from_state: str | None = None,
    to_state: str | None = None,
) -> Path:
    """A shortest path from opening up to *action*, which is its last step.

    Args:
        workflow: the workflow.
        action: the action's name.
        role: in which role it is to be taken; the first of the row, if ``None``.
        from_state: from which state; from the nearest, if ``None``.
        to_state: to which state; wherever it leads, if ``None``.

    Raises:
        LookupError: the table has no such step.

    >>> from workorder.rulebook import basic
    >>> path = path_to_action(basic().workflow, "reopen", from_state="closed")
    >>> [step.action for step in path]
    ['open', 'dispatch', 'start', 'submit', 'close', 'reopen']
    """
    paths = [
        path
        for path in paths_to_steps(workflow)
        if path[-1].action == action
        and role in {None, path[-1].role}
        and from_state in {None, path[-1].from_state}
        and to_state in {None, path[-1].to_state}
    ]
    if not paths:
        raise LookupError(f"{workflow.name} has no such step: {action}")
    return min(paths, key=len)


def paths_to_steps(workflow: Workflow) -> tuple[Path, ...]:
    """A shortest path to every step of the table: every action, role, origin and goal once."""
    found: dict[Step, Path] = {}
    for path in _to_steps(workflow):
        known = found.get(path[-1])
        if known is None or len(path) < len(known):
            found[path[-1]] = path
    return tuple(found.values())


def _to_steps(workflow: Workflow) -> Iterator[Path]:
    moves = Moves(workflow)
    to_states = _to_states(moves)
    for state, path in {NEW: (), **to_states}.items():
        for move in moves.offered(Standing(state)):
            yield (*path, move.step)
    for state in to_states:
        for origin in ways_back(workflow.rows, state):
            into = next(
                move
                for move in moves.offered(Standing(origin))
                if move.after.state == state and not move.returned
            )
            for move in moves.offered(Standing(state, {state: origin})):
                if move.returned:
                    yield (*to_states[origin], into.step, move.step)


def _to_states(moves: Moves) -> dict[str, Path]:
    found: dict[str, Path] = {NEW: ()}
    waiting = deque([NEW])
    while waiting:
        state = waiting.popleft()
        for move in moves.offered(Standing(state)):
            if move.after.state not in found:
                found[move.after.state] = (*found[state], move.step)
                waiting.append(move.after.state)
    del found[NEW]
    return found
