"""What a workflow is made of."""

from collections.abc import Mapping

from attrs import field, frozen

from workorder.values import TEXT_LIMIT
from workorder.workflow.actions import Action, Row
from workorder.workflow.roles import Role
from workorder.workflow.rules import Rule
from workorder.workflow.settings import NO_SETTINGS, Settings
from workorder.workflow.standard_rules import STANDARD_RULES
from workorder.workflow.states import State


def _copied(rules: Mapping[str, Rule]) -> Mapping[str, Rule]:
    """A copy, so that nobody changes a definition through what they made it of."""
    return dict(rules)


@frozen(kw_only=True)
class Definition:
    """The parts of a workflow, as they are written down.

    Attributes:
        name: what it is called, for messages.
        states: every state.
        roles: every role.
        actions: every action.
        rows: who may take which action, from where, to where, under which rules.
        rules: the rules that may be named; those that ship, if not given.
        settings: values that rules read.
        text_limit: characters a text argument may have where it does not say itself.
    """

    name: str
    states: tuple[State, ...]
    roles: tuple[Role, ...]
    actions: tuple[Action, ...]
    rows: tuple[Row, ...]
    rules: Mapping[str, Rule] = field(default=STANDARD_RULES, eq=False, converter=_copied)
    settings: Settings = NO_SETTINGS
    text_limit: int = TEXT_LIMIT
