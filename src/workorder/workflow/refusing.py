"""The refusals an evaluation gives, each with the facts its sentence speaks about."""

from collections.abc import Mapping
from difflib import get_close_matches

from workorder.refusals import Refusal, Unmet
from workorder.texts import Label
from workorder.workflow.case import Actor
from workorder.workflow.compiled import Compiled


def unknown_role(workflow: Compiled, actor: Actor) -> Refusal:
    """The person comes with roles the workflow does not have: a mistake of whoever maps them."""
    unknown = tuple(sorted(actor.roles - workflow.role_names))
    known = tuple(workflow.role_labels.values())
    return Refusal("unknown_role", facts={"actor": actor.id, "unknown": unknown, "known": known})


def unknown_action(workflow: Compiled, action: str, here: Mapping[str, Label]) -> Refusal:
    """No such action; the nearest names are offered."""
    similar = get_close_matches(str(action), workflow.table, n=3, cutoff=0.5) or workflow.table
    facts = {"action": action, "similar": tuple(similar)}
    return Refusal("unknown_action", (), tuple(here.values()), facts)


def wrong_state(workflow: Compiled, state: str, action: str, here: Mapping[str, Label]) -> Refusal:
    """The state does not have this action, or the workflow does not have this state."""
    if state not in workflow.labels:
        return Refusal("unknown_state", (), (), {"state": state, "action": action})
    facts = {
        "action": workflow.actions[action],
        "state": workflow.labels[state],
        "states": tuple(workflow.labels[name] for name in workflow.table[action]),
    }
    return Refusal("wrong_state", (), tuple(here.values()), facts)


def not_permitted(
    workflow: Compiled, state: str, action: str, actor: Actor, here: Mapping[str, Label]
) -> Refusal:
    """None of the person's roles may."""
    rows = workflow.table[action][state]
    roles = dict.fromkeys(role for row in rows for role in row.roles)
    facts = {
        "action": workflow.actions[action],
        "state": workflow.labels[state],
        "actor": actor.id,
        "roles": tuple(workflow.role_labels[role] for role in roles),
        "held": tuple(workflow.role_labels[role] for role in sorted(actor.roles)),
    }
    return Refusal("not_permitted", (), tuple(here.values()), facts)


def broken_rules(
    workflow: Compiled,
    state: str,
    action: str,
    unmet: tuple[Unmet, ...],
    here: Mapping[str, Label],
) -> Refusal:
    """Every rule that is not met."""
    facts = {"action": workflow.actions[action], "state": workflow.labels[state]}
    return Refusal(
        "rules", unmet, tuple(each for each in here.values() if each.name != action), facts
    )
