"""What may somebody do now? Every action judged before anybody has typed anything.

Rules that need arguments are not asked: they are listed as needed. So what is offered here
is what will be allowed if the arguments are right.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from workorder.refusals import Unmet
from workorder.texts import Label
from workorder.workflow.case import Actor, Case
from workorder.workflow.compiled import Compiled, CompiledRow
from workorder.workflow.refusing import broken_rules, not_permitted, unknown_role, wrong_state
from workorder.workflow.rules import Question
from workorder.workflow.verdicts import Check, Option, Permitted

NO_ARGUMENTS: Mapping[str, object] = {}


class _Look(NamedTuple):
    """An action that state and role offer: its closest row, and how the rules answered."""

    row: CompiledRow
    permit: Permitted | None
    checks: tuple[Check, ...]
    unmet: tuple[Unmet, ...]


def options(workflow: Compiled, case: Case, actor: Actor, at: datetime) -> tuple[Option, ...]:
    """Every action but opening, as *actor* may take it on *case*."""
    state = case.state
    looks = _looks(workflow, case, actor, at)
    here = _possible(workflow, looks)
    known = actor.roles <= workflow.role_names
    return tuple(
        [
            _option(workflow, state, action, actor, looks.get(action), here, known=known)
            for action in workflow.choices
        ]
    )


def option(workflow: Compiled, case: Case, action: str, actor: Actor, at: datetime) -> Option:
    """One action, as *actor* may take it on *case*."""
    looks = _looks(workflow, case, actor, at)
    here = _possible(workflow, looks)
    known = actor.roles <= workflow.role_names
    return _option(workflow, case.state, action, actor, looks.get(action), here, known=known)


def possible(
    workflow: Compiled, case: Case, actor: Actor, at: datetime, besides: str | None = None
) -> tuple[Label, ...]:
    """The actions that *actor* may take on *case* if they give the right arguments; one of them
    may be left out.
    """
    questions = _questions(workflow, case, actor, at)
    return tuple(
        [
            workflow.actions[action]
            for action, rows in workflow.offered.get(case.state, {}).items()
            if action != besides and _passes(rows, questions)
        ]
    )


def _passes(rows: tuple[CompiledRow, ...], questions: Mapping[str, Question]) -> bool:
    """Whether one of *rows* passes in one of the roles that are asked for."""
    for row in rows:
        for role in row.roles:
            if role in questions and row.passes(questions[role]):
                return True
    return False


def _possible(workflow: Compiled, looks: Mapping[str, _Look]) -> tuple[Label, ...]:
    return tuple([workflow.actions[action] for action, look in looks.items() if not look.unmet])


def _questions(workflow: Compiled, case: Case, actor: Actor, at: datetime) -> dict[str, Question]:
    return {
        role: Question(case, actor, role, at, NO_ARGUMENTS, workflow.settings, workflow.states)
        for role in actor.roles
    }


def _looks(workflow: Compiled, case: Case, actor: Actor, at: datetime) -> dict[str, _Look]:
    """The actions that state and role offer; the questions are the same for all of them."""
    questions = _questions(workflow, case, actor, at)
    looks: dict[str, _Look] = {}
    for action, rows in workflow.offered.get(case.state, {}).items():
        look = _look(rows, questions, case)
        if look is not None:
            looks[action] = look
    return looks


def _look(
    rows: tuple[CompiledRow, ...], questions: Mapping[str, Question], case: Case
) -> _Look | None:
    """The closest of *rows* in the roles that are asked for; the first one that passes, if any."""
    best: _Look | None = None
    for row in rows:
        for role in row.roles:
            if role in questions:
                checks, unmet = row.checks(questions[role])
                if not unmet:
                    return _Look(row, row.permit(role, case), checks, unmet)
                if best is None or len(unmet) < len(best.unmet):
                    best = _Look(row, None, checks, unmet)
    return best


def _option(
    workflow: Compiled,
    state: str,
    action: str,
    actor: Actor,
    look: _Look | None,
    here: tuple[Label, ...],
    *,
    known: bool,
) -> Option:
    label = workflow.actions[action]
    if not known:
        return Option(label, None, unknown_role(workflow, actor))
    if look is None:
        if state not in workflow.table[action]:
            return Option(label, None, wrong_state(workflow, state, action, here))
        return Option(label, None, not_permitted(workflow, state, action, actor, here))
    if not look.unmet:
        return Option(label, look.permit, None, look.row.needs, look.checks)
    refusal = broken_rules(workflow, state, action, look.unmet, here)
    return Option(label, None, refusal, look.row.needs, look.checks)
