"""The rows of a workflow taken apart: one value for each thing that can happen in one state.

Pictures, tables and manuals all draw what stands here, so they cannot disagree.
"""

from collections.abc import Mapping

from attrs import frozen

from workorder.workflow import NEW, SAME, Use, Workflow
from workorder.workflow.compiled import ways_back
from workorder.workflow.states import STAGES, State


@frozen
class Move:
    """One action in one state, with one state that it leads to.

    Attributes:
        action: the action's name.
        source: the state it is taken from; :data:`~workorder.workflow.NEW` for opening.
        target: the state it leads to; the same as *source* when the ticket stays.
        roles: who may take it.
        rules: what must hold.
        returns: whether it leads back to a state that the ticket remembers, of which *target*
            is one.
    """

    action: str
    source: str
    target: str
    roles: tuple[str, ...]
    rules: tuple[Use, ...]
    returns: bool = False

    @property
    def moved(self) -> bool:
        """Whether the state changes."""
        return self.source != self.target


def steps(workflow: Workflow) -> tuple[Move, ...]:
    """Everything that can happen, in the order of the rows; a ticket may move or stay."""
    found = []
    for row in workflow.rows:
        for source in row.sources or (NEW,):
            if row.returns:
                targets = ways_back(workflow.rows, source)
            else:
                targets = (source if row.target == SAME else row.target,)
            found += [
                Move(row.action, source, target, row.roles, row.rules, row.returns)
                for target in targets
            ]
    return tuple(found)


def moves(workflow: Workflow) -> tuple[Move, ...]:
    """Of :func:`steps`, those that change the state."""
    return tuple(each for each in steps(workflow) if each.moved)


def edges(workflow: Workflow) -> Mapping[tuple[str, str], tuple[str, ...]]:
    """The actions that lead from one state to another, by both."""
    found: dict[tuple[str, str], dict[str, None]] = {}
    for move in moves(workflow):
        found.setdefault((move.source, move.target), {})[move.action] = None
    return {ends: tuple(actions) for ends, actions in found.items()}


def stays(workflow: Workflow) -> Mapping[str, tuple[str, ...]]:
    """The actions that leave a ticket in its state, by state."""
    found: dict[str, dict[str, None]] = {}
    for move in steps(workflow):
        if not move.moved:
            found.setdefault(move.source, {})[move.action] = None
    return {state: tuple(actions) for state, actions in found.items()}


def by_stage(workflow: Workflow) -> Mapping[str, tuple[State, ...]]:
    """The states of each stage, in the order of the workflow; stages without any are left out."""
    found = {
        stage: tuple(state for state in workflow.states if state.stage == stage) for stage in STAGES
    }
    return {stage: states for stage, states in found.items() if states}
