"""May this be done? The one evaluation behind commands, buttons and explanations.

The order of questions is fixed (:data:`workorder.refusals.PRECEDENCE`): are the person's
roles known, is there such an action, is it possible in this state, may this person, are the
arguments sound, do *all* rules hold. The first ones stop; of the last two, everything that
is wrong is reported.

A person may hold several roles; the action is allowed if one of them passes, and that
role is recorded. When none passes, the role with the fewest unmet rules is the one
reported: it is the shortest way to an answer.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from difflib import get_close_matches
from functools import partial
from typing import TYPE_CHECKING

from attrs import frozen

from workorder.refusals import Refusal, Unmet
from workorder.texts import Label
from workorder.workflow.actions import SAME, Row, Step
from workorder.workflow.arguments import check_arguments
from workorder.workflow.case import Actor, Case
from workorder.workflow.rules import Question, Rule, failed_rule
from workorder.workflow.states import State

if TYPE_CHECKING:
    from workorder.workflow.workflow import Workflow

NO_ARGUMENTS: Mapping[str, object] = {}


@frozen
class Permitted:
    """The action may be taken; :attr:`step` is what it will be recorded as."""

    step: Step

    @property
    def to_state(self) -> str:
        """The state afterwards."""
        return self.step.to_state

    @property
    def role(self) -> str:
        """The role that carried it."""
        return self.step.role


@frozen
class Check:
    """One rule, asked beforehand.

    Attributes:
        rule: the rule.
        unmet: why it does not hold, or ``None``.
        needs: the arguments without which it cannot be judged yet.
    """

    rule: Rule
    unmet: Unmet | None = None
    needs: tuple[str, ...] = ()

    @property
    def holds(self) -> bool | None:
        """True, false, or ``None`` while arguments are missing."""
        return None if self.needs else self.unmet is None


@frozen
class Option:
    """One action, seen from one person's chair.

    Attributes:
        action: the action with its labels.
        permitted: what would happen, if it may be taken (as far as known without arguments).
        refusal: why not, otherwise.
        needs: arguments whose rules are judged only when they are given.
        checks: every rule asked and how it answered.
    """

    action: Label
    permitted: Permitted | None
    refusal: Refusal | None
    needs: tuple[str, ...] = ()
    checks: tuple[Check, ...] = ()

    @property
    def allowed(self) -> bool:
        """Whether nothing known stands in the way."""
        return self.permitted is not None


Test = Callable[[Question], "bool | Unmet"]


class CompiledRow:
    """A row as it applies in one state, with everything made beforehand that can be: permits,
    rules bound to parameters, and the answers that are always the same.
    """

    __slots__ = ("asked", "needs", "permits", "tests")

    def __init__(
        self,
        row: Row,
        source: str,
        rules: Mapping[str, Rule],
        states: Mapping[str, State],
        required: Iterable[str],
    ) -> None:
        target = source if row.target == SAME else row.target
        category = states[target].category
        self.permits = {
            role: Permitted(Step(row.action, role, source, target, category)) for role in row.roles
        }
        self.tests: list[tuple[Rule, Test, Unmet]] = []
        self.asked: list[tuple[Check, Check]] = []
        for use in row.rules:
            rule = rules[use.rule]
            test = partial(rule.test, **use.parameters) if use.parameters else rule.test
            plain = rule.unmet()
            self.tests.append((rule, test, plain))
            self.asked.append((Check(rule, needs=rule.needs), Check(rule, plain)))
        named = (name for check, _ in self.asked for name in check.needs)
        self.needs = tuple(dict.fromkeys([*required, *named]))

    def unmet(self, question: Question) -> list[Unmet]:
        """Every rule that does not hold."""
        found: list[Unmet] = []
        for rule, test, plain in self.tests:
            try:
                answer = test(question)
            except Exception as error:  # noqa: BLE001 (whatever a rule raises, it fails closed)
                found.append(failed_rule(rule.name, error))
                continue
            if answer is not True:
                found.append(answer if isinstance(answer, Unmet) else plain)
        return found

    def checks(self, question: Question) -> tuple[tuple[Check, ...], tuple[Unmet, ...]]:
        """Every rule asked beforehand (those that need arguments are not), and what is not met."""
        made: list[Check] = []
        found: list[Unmet] = []
        for (rule, test, plain), (first, fails) in zip(self.tests, self.asked, strict=True):
            if first.needs:
                made.append(first)
                continue
            try:
                answer = test(question)
            except Exception as error:  # noqa: BLE001 (whatever a rule raises, it fails closed)
                answer = failed_rule(rule.name, error)
            if answer is True:
                made.append(first)
            elif isinstance(answer, Unmet):
                found.append(answer)
                made.append(Check(rule, answer))
            else:
                found.append(plain)
                made.append(fails)
        return tuple(made), tuple(found)


Table = Mapping[str, Mapping[str, tuple[CompiledRow, ...]]]
"""action → state → rows."""


def evaluate(
    workflow: "Workflow",
    case: Case,
    action: str,
    actor: Actor,
    at: datetime,
    arguments: Mapping[str, object],
) -> Permitted | Refusal:
    """Judge one action with its arguments."""
    held = actor.roles
    if not held <= workflow.role_by_name.keys():
        return unknown_role(workflow, actor)
    by_state = workflow.table.get(action)
    if by_state is None:
        return unknown_action(workflow, action)
    state = case.state
    rows = by_state.get(state)
    if rows is None:
        here = workflow.open_to(state, actor.roles)
        return wrong_state(workflow, state, action, here)
    candidates = [(row, role) for row in rows for role in row.permits if role in held]
    if not candidates:
        here = workflow.open_to(state, held)
        return not_permitted(workflow, state, action, actor, here)
    specs = workflow.specs[action]
    if arguments or specs:
        problems = check_arguments(specs, arguments, workflow.text_limit)
        if problems:
            facts = {"action": workflow.label_of(action)}
            return Refusal("invalid_arguments", tuple(problems), (), facts)
    closest: list[Unmet] | None = None
    for row, role in candidates:
        unmet = row.unmet(Question(case, actor, role, at, arguments, workflow.settings))
        if not unmet:
            return row.permits[role]
        if closest is None or len(unmet) < len(closest):
            closest = unmet
    here = workflow.open_to(state, held)
    return broken_rules(workflow, state, action, tuple(closest or ()), here)


def examine(
    workflow: "Workflow",
    case: Case,
    action: str,
    actor: Actor,
    at: datetime,
    here: Mapping[str, Label],
) -> Option:
    """Judge one action beforehand, without arguments: what holds, what does not, what is needed.

    *here* is what :meth:`Workflow.open_to` says; it is the same for every action.
    """
    label = workflow.label_of(action)
    held = actor.roles
    if not held <= workflow.role_by_name.keys():
        return Option(label, None, unknown_role(workflow, actor))
    state = case.state
    rows = workflow.table[action].get(state)
    if rows is None:
        return Option(label, None, wrong_state(workflow, state, action, here))
    best: tuple[CompiledRow, Permitted, tuple[Check, ...], tuple[Unmet, ...]] | None = None
    for row in rows:
        for role, permit in row.permits.items():
            if role not in held:
                continue
            question = Question(case, actor, role, at, NO_ARGUMENTS, workflow.settings)
            checks, unmet = row.checks(question)
            if best is None or len(unmet) < len(best[3]):
                best = (row, permit, checks, unmet)
    if best is None:
        return Option(label, None, not_permitted(workflow, state, action, actor, here))
    row, permit, checks, unmet = best
    if not unmet:
        return Option(label, permit, None, row.needs, checks)
    return Option(
        label, None, broken_rules(workflow, state, action, unmet, here), row.needs, checks
    )


def unknown_role(workflow: "Workflow", actor: Actor) -> Refusal:
    """The person comes with roles the workflow does not have: a mistake of whoever maps them."""
    unknown = tuple(sorted(actor.roles - workflow.role_by_name.keys()))
    known = tuple(workflow.role_labels.values())
    return Refusal("unknown_role", facts={"actor": actor.id, "unknown": unknown, "known": known})


def unknown_action(workflow: "Workflow", action: str) -> Refusal:
    """No such action; the nearest names are offered."""
    similar = get_close_matches(str(action), workflow.table, n=3, cutoff=0.5) or workflow.table
    facts = {"action": action, "similar": tuple(similar)}
    return Refusal("unknown_action", (), tuple(map(workflow.label_of, workflow.table)), facts)


def wrong_state(
    workflow: "Workflow", state: str, action: str, here: Mapping[str, Label]
) -> Refusal:
    """The state does not have this action, or the workflow does not have this state."""
    if state not in workflow.labels:
        return Refusal("unknown_state", (), (), {"state": state, "action": action})
    facts = {
        "action": workflow.label_of(action),
        "state": workflow.labels[state],
        "states": tuple(workflow.labels[name] for name in workflow.table[action]),
    }
    return Refusal("wrong_state", (), tuple(here.values()), facts)


def not_permitted(
    workflow: "Workflow", state: str, action: str, actor: Actor, here: Mapping[str, Label]
) -> Refusal:
    """None of the person's roles may."""
    rows = workflow.table[action][state]
    roles = dict.fromkeys(role for row in rows for role in row.permits)
    facts = {
        "action": workflow.label_of(action),
        "state": workflow.labels[state],
        "actor": actor.id,
        "roles": tuple(workflow.role_labels[role] for role in roles),
        "held": tuple(workflow.role_labels[role] for role in sorted(actor.roles)),
    }
    return Refusal("not_permitted", (), tuple(here.values()), facts)


def broken_rules(
    workflow: "Workflow",
    state: str,
    action: str,
    unmet: tuple[Unmet, ...],
    here: Mapping[str, Label],
) -> Refusal:
    """Every rule that is not met, and what else is possible here."""
    facts = {"action": workflow.label_of(action), "state": workflow.labels[state]}
    others = dict(here)
    others.pop(action, None)
    return Refusal("rules", unmet, tuple(others.values()), facts)
