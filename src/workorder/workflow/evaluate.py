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

from workorder.refusals import Refusal, Unmet
from workorder.workflow.arguments import check_arguments
from workorder.workflow.case import Actor, Case
from workorder.workflow.compiled import Compiled
from workorder.workflow.options import possible
from workorder.workflow.refusing import (
    broken_rules,
    not_permitted,
    unknown_action,
    unknown_role,
    wrong_state,
)
from workorder.workflow.rules import Question
from workorder.workflow.verdicts import Permitted

NOTHING: Mapping[str, Case] = {}


def evaluate(
    workflow: Compiled,
    case: Case,
    action: str,
    actor: Actor,
    at: datetime,
    arguments: Mapping[str, object],
    related: Mapping[str, Case] = NOTHING,
    more: Callable[[], Iterable[Unmet]] | None = None,
) -> Permitted | Refusal:
    """Judge one action with its arguments.

    Args:
        workflow: the workflow.
        case: the case.
        action: the action's name.
        actor: who wants to act.
        at: the instant.
        arguments: what the action is given.
        related: other cases it concerns, by id.
        more: says what else is wrong with the arguments, once the person may act at all.
    """
    held = actor.roles
    if not held <= workflow.role_names:
        return unknown_role(workflow, actor)
    # Names may come from outside, as anything.
    by_state = workflow.table.get(action) if action.__class__ is str else None
    if by_state is None:
        return unknown_action(workflow, action, possible(workflow, case, actor, at))
    state = case.state
    rows = by_state.get(state)
    if rows is None:
        return wrong_state(workflow, state, action, possible(workflow, case, actor, at))
    candidates = [(row, role) for row in rows for role in row.roles if role in held]
    if not candidates:
        return not_permitted(workflow, state, action, actor, possible(workflow, case, actor, at))
    specs = workflow.specs[action]
    problems = check_arguments(specs, arguments, workflow.text_limit) if arguments or specs else []
    if not problems and more is not None:
        problems = list(more())
    if problems:
        facts = {"action": workflow.actions[action]}
        return Refusal("invalid_arguments", tuple(problems), (), facts)
    settings, states = workflow.settings, workflow.states
    closest: list[Unmet] | None = None
    for row, role in candidates:
        question = Question(case, actor, role, at, arguments, settings, states, related)
        unmet = row.unmet(question)
        permit = None if unmet else row.permit(role, case)
        if permit is not None:
            return permit
        if closest is None or len(unmet) < len(closest):
            closest = unmet
    # It may look possible beforehand, and fail by its arguments.
    here = possible(workflow, case, actor, at, besides=action)
    return broken_rules(workflow, state, action, tuple(closest or ()), here)
