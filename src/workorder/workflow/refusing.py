"""The refusals an evaluation gives, each with the facts its sentence speaks about."""

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


def unknown_action(workflow: Compiled, action: str, allowed: tuple[Label, ...]) -> Refusal:
    """No such action; the nearest names are offered."""
    similar = get_close_matches(str(action), workflow.table, n=3, cutoff=0.5) or workflow.table
    facts = {"action": action, "similar": tuple(similar)}
    return Refusal("unknown_action", (), allowed, facts)


def wrong_state(workflow: Compiled, state: str, action: str, allowed: tuple[Label, ...]) -> Refusal:
    """The state does not have this action, or the workflow does not have this state."""
    if state not in workflow.labels:
        return Refusal("unknown_state", (), (), {"state": state, "action": action})
    facts = {
        "action": workflow.actions[action],
        "state": workflow.labels[state],
        "states": workflow.sources[action],
    }
    return Refusal("wrong_state", (), allowed, facts)


def not_permitted(
    workflow: Compiled, state: str, action: str, actor: Actor, allowed: tuple[Label, ...]
) -> Refusal:
    """None of the person's roles may."""
    facts = {
        "action": workflow.actions[action],
        "state": workflow.labels[state],
        "actor": actor.id,
        "roles": workflow.takers[action][state],
        "held": tuple(workflow.role_labels[role] for role in sorted(actor.roles)),
    }
    return Refusal("not_permitted", (), allowed, facts)


def broken_rules(
    workflow: Compiled,
    state: str,
    action: str,
    unmet: tuple[Unmet, ...],
    allowed: tuple[Label, ...],
) -> Refusal:
    """Every rule that is not met."""
    facts = {"action": workflow.actions[action], "state": workflow.labels[state]}
    return Refusal("rules", unmet, allowed, facts)
