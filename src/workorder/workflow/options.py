"""What may somebody do now? Every action judged before anybody has typed anything.

Rules that need arguments are not asked: they are listed as needed. So what is offered here
is what will be allowed if the arguments are right.
"""

from collections.abc import Mapping
from datetime import datetime

from attrs import frozen

from workorder.refusals import Unmet
from workorder.texts import Label
from workorder.workflow.case import NEW, Actor, Case
from workorder.workflow.compiled import Compiled, CompiledRow
from workorder.workflow.refusing import broken_rules, not_permitted, unknown_role, wrong_state
from workorder.workflow.rules import Question
from workorder.workflow.verdicts import Check, Option, Permitted

NO_ARGUMENTS: Mapping[str, object] = {}


@frozen
class _Look:
    """An action that state and role offer: its closest row, and how the rules answered."""

    row: CompiledRow
    permit: Permitted
    checks: tuple[Check, ...]
    unmet: tuple[Unmet, ...]


def options(workflow: Compiled, case: Case, actor: Actor, at: datetime) -> tuple[Option, ...]:
    """Every action but opening, as *actor* may take it on *case*."""
    looks = {action: _look(workflow, case, action, actor, at) for action in _choices(workflow)}
    here = _possible(workflow, looks)
    return tuple(
        _option(workflow, case, action, actor, look, here) for action, look in looks.items()
    )


def option(workflow: Compiled, case: Case, action: str, actor: Actor, at: datetime) -> Option:
    """One action, as *actor* may take it on *case*."""
    look = _look(workflow, case, action, actor, at)
    here = {} if look is not None and not look.unmet else possible(workflow, case, actor, at)
    return _option(workflow, case, action, actor, look, here)


def possible(workflow: Compiled, case: Case, actor: Actor, at: datetime) -> Mapping[str, Label]:
    """The actions, by name, that *actor* may take on *case* if they give the right arguments."""
    here = _choices(workflow)
    return _possible(workflow, {each: _look(workflow, case, each, actor, at) for each in here})


def _choices(workflow: Compiled) -> list[str]:
    return [name for name, at in workflow.table.items() if NEW not in at or len(at) > 1]


def _possible(workflow: Compiled, looks: Mapping[str, _Look | None]) -> dict[str, Label]:
    return {
        action: workflow.actions[action]
        for action, look in looks.items()
        if look is not None and not look.unmet
    }


def _look(workflow: Compiled, case: Case, action: str, actor: Actor, at: datetime) -> _Look | None:
    best: _Look | None = None
    for row in workflow.table[action].get(case.state, ()):
        for role, permit in row.permits.items():
            if role in actor.roles:
                question = Question(case, actor, role, at, NO_ARGUMENTS, workflow.settings)
                checks, unmet = row.checks(question)
                if best is None or len(unmet) < len(best.unmet):
                    best = _Look(row, permit, checks, unmet)
    return best


def _option(
    workflow: Compiled,
    case: Case,
    action: str,
    actor: Actor,
    look: _Look | None,
    here: Mapping[str, Label],
) -> Option:
    label = workflow.actions[action]
    state = case.state
    if not actor.roles <= workflow.roles.keys():
        return Option(label, None, unknown_role(workflow, actor))
    if look is None:
        if state not in workflow.table[action]:
            return Option(label, None, wrong_state(workflow, state, action, here))
        return Option(label, None, not_permitted(workflow, state, action, actor, here))
    if not look.unmet:
        return Option(label, look.permit, None, look.row.needs, look.checks)
    refusal = broken_rules(workflow, state, action, look.unmet, here)
    return Option(label, None, refusal, look.row.needs, look.checks)
