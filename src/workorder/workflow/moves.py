"""The steps a workflow's table offers, one after another, with rules left aside.

What the rules would say depends on the ticket; what the table offers does not. A walk stands in a
state and remembers from where each state was entered, because a returning row leads back there.
"""

from collections.abc import Collection, Mapping

from attrs import frozen

from workorder.workflow.actions import SAME, Row, Step
from workorder.workflow.case import NEW
from workorder.workflow.states import State
from workorder.workflow.workflow import Workflow


@frozen
class Standing:
    """Where a walk stands.

    Attributes:
        state: the state; :data:`~workorder.workflow.NEW` before opening.
        came_from: from which state each state was entered last, if by a row that leads on.
    """

    state: str = NEW
    came_from: Mapping[str, str] = {}


@frozen
class Move:
    """One step, where the walk stands after it, and whether it went back to where it had been."""

    step: Step
    after: Standing
    returned: bool = False


class Moves:
    """The table of a workflow, ready to be walked.

    Args:
        workflow: the workflow.
        roles: who walks; everybody, if ``None``.
    """

    __slots__ = ("_by_state", "_roles", "_states")

    def __init__(self, workflow: Workflow, roles: Collection[str] | None = None) -> None:
        self._roles = roles
        self._states: dict[str, State] = {state.name: state for state in workflow.states}
        self._by_state: dict[str, list[Row]] = {}
        for row in workflow.rows:
            for source in row.sources or (NEW,):
                self._by_state.setdefault(source, []).append(row)

    def offered(self, standing: Standing) -> list[Move]:
        """Every move from there, in the order of the rows and of their roles."""
        return [
            self._move(row, role, standing, target)
            for row in self._by_state.get(standing.state, ())
            if (target := _target(row, standing)) is not None
            for role in row.roles
            if self._roles is None or role in self._roles
        ]

    def _move(self, row: Row, role: str, standing: Standing, target: str) -> Move:
        state = self._states[target]
        step = Step(row.action, role, standing.state, target, state.category, state.resolved)
        came_from = standing.came_from
        if step.moved and row.sources and not row.returns:
            came_from = {**came_from, target: standing.state}
        return Move(step, Standing(target, came_from), row.returns)


def _target(row: Row, standing: Standing) -> str | None:
    """Where the row leads; ``None`` if it leads back and nothing is remembered."""
    if row.returns:
        return standing.came_from.get(standing.state)
    return standing.state if row.target == SAME else row.target
