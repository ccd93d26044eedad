"""The workflow: states, roles, actions and rows as one immutable value.

Making one checks it: a workflow that names what it does not have, or that leaves a state
nobody can reach, is refused at construction with every finding at once. It is compiled
then, too: judging an action is a table look-up and the calls of its rules.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from attrs import Factory, field, frozen

from workorder.errors import ConfigurationError
from workorder.instants import aware
from workorder.refusals import Refusal
from workorder.texts import CHINESE, ENGLISH, Label
from workorder.values import TEXT_LIMIT
from workorder.workflow import evaluate as judging
from workorder.workflow.actions import Action, Row
from workorder.workflow.arguments import Argument
from workorder.workflow.case import NEW, Actor, Case
from workorder.workflow.evaluate import NO_ARGUMENTS, CompiledRow, Option, Permitted, Table
from workorder.workflow.findings import findings
from workorder.workflow.roles import Role
from workorder.workflow.rules import Rule
from workorder.workflow.standard_rules import STANDARD_RULES
from workorder.workflow.states import State


@frozen(kw_only=True)
class Workflow:
    """How work orders move.

    Attributes:
        name: what it is called, for messages.
        states: every state.
        roles: every role.
        actions: every action.
        rows: who may take which action, from where, to where, under which rules.
        rules: the rules that may be named; those that ship, if not given.
        settings: values that rules read.
        text_limit: characters a text argument may have where it does not say itself.

    Raises:
        ConfigurationError: with every finding, each with the key where it stands.
    """

    name: str
    states: tuple[State, ...]
    roles: tuple[Role, ...]
    actions: tuple[Action, ...]
    rows: tuple[Row, ...]
    rules: Mapping[str, Rule] = field(default=STANDARD_RULES, eq=False)
    settings: Mapping[str, Any] = Factory(dict)
    text_limit: int = TEXT_LIMIT

    labels: Mapping[str, Label] = field(init=False, eq=False, repr=False)
    role_labels: Mapping[str, Label] = field(init=False, eq=False, repr=False)
    role_by_name: Mapping[str, Role] = field(init=False, eq=False, repr=False)
    state_by_name: Mapping[str, State] = field(init=False, eq=False, repr=False)
    specs: Mapping[str, Mapping[str, Argument]] = field(init=False, eq=False, repr=False)
    table: Table = field(init=False, eq=False, repr=False)
    _action_labels: Mapping[str, Label] = field(init=False, eq=False, repr=False)
    _takers: Mapping[str, Mapping[str, frozenset[str]]] = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        found = findings(self)
        if found:
            raise ConfigurationError(found)
        derive = object.__setattr__
        new = Label(NEW, {ENGLISH: "not open yet", CHINESE: "未登记"})
        derive(self, "labels", {NEW: new, **{state.name: state.label for state in self.states}})
        derive(self, "role_labels", {role.name: role.label for role in self.roles})
        derive(self, "role_by_name", {role.name: role for role in self.roles})
        derive(self, "state_by_name", {state.name: state for state in self.states})
        derive(self, "_action_labels", {action.name: action.label for action in self.actions})
        specs = {a.name: {spec.name: spec for spec in a.arguments} for a in self.actions}
        derive(self, "specs", specs)
        derive(self, "table", self._compiled())
        takers: dict[str, dict[str, frozenset[str]]] = {}
        for action, by_state in self.table.items():
            for state, rows in by_state.items():
                permitted = frozenset(role for row in rows for role in row.permits)
                takers.setdefault(state, {})[action] = permitted
        derive(self, "_takers", takers)

    def _compiled(self) -> Table:
        table: dict[str, dict[str, tuple[CompiledRow, ...]]] = {a.name: {} for a in self.actions}
        for row in self.rows:
            by_state = table[row.action]
            for source in row.sources or (NEW,):
                required = [name for name, s in self.specs[row.action].items() if s.required]
                compiled = CompiledRow(row, source, self.rules, self.state_by_name, required)
                by_state[source] = (*by_state.get(source, ()), compiled)
        return table

    def evaluate(
        self,
        case: Case,
        action: str,
        *,
        actor: Actor,
        at: datetime,
        arguments: Mapping[str, object] = NO_ARGUMENTS,
    ) -> Permitted | Refusal:
        """Judge one action on *case*, a host's own object or a ticket.

        Args:
            case: anything that satisfies :class:`~workorder.workflow.Case`.
            action: the action's name.
            actor: who wants to act.
            at: the instant, with a time zone.
            arguments: what the action is given, by name.

        Returns:
            :class:`Permitted` with the step, or a :class:`~workorder.refusals.Refusal` with
            every reason. Both work in ``if``: a refusal is false.

        Raises:
            InvalidInput: ``naive_datetime`` when *at* has no zone.
        """
        return judging.evaluate(self, case, action, actor, aware(at, "at"), arguments)

    def options(self, case: Case, *, actor: Actor, at: datetime) -> tuple[Option, ...]:
        """Every action but opening, as *actor* may take it on *case* now; with all reasons."""
        instant = aware(at, "at")
        here = self.open_to(case.state, actor.roles)
        return tuple(
            judging.examine(self, case, action, actor, instant, here)
            for action, by_state in self.table.items()
            if NEW not in by_state or len(by_state) > 1
        )

    def option(self, case: Case, action: str, *, actor: Actor, at: datetime) -> Option:
        """One action as *actor* may take it on *case*; see :meth:`options`.

        Raises:
            KeyError: when the workflow has no such action.
        """
        here = self.open_to(case.state, actor.roles)
        return judging.examine(self, case, action, actor, aware(at, "at"), here)

    def label_of(self, action: str) -> Label:
        """The labelled name of an action."""
        return self._action_labels[action]

    def open_to(self, state: str, roles: Iterable[str]) -> Mapping[str, Label]:
        """The actions, by name, that some of *roles* may take in *state*, as far as state and
        role go.
        """
        held = frozenset(roles)
        return {
            action: self._action_labels[action]
            for action, permitted in self._takers.get(state, {}).items()
            if not held.isdisjoint(permitted)
        }
