"""What is named twice, not at all, or is not there."""

from collections import Counter
from collections.abc import Iterator

from workorder.errors import Finding, one_of
from workorder.values import KINDS
from workorder.workflow.actions import RETURN, SAME, Action, Row
from workorder.workflow.checking.limits import limits
from workorder.workflow.checking.places import places
from workorder.workflow.checking.wording import nearest, said
from workorder.workflow.definition import Definition
from workorder.workflow.states import CATEGORIES, STAGES


def names(definition: Definition) -> Iterator[Finding]:
    """Names that are doubled, missing or unknown, in every part but rules and settings."""
    yield from _own_names(definition)
    yield from _states(definition)
    yield from _actions(definition)
    known = _Known(definition)
    for place in places(definition):
        yield from _row(known, place.row, place.key)


def _own_names(definition: Definition) -> Iterator[Finding]:
    for kind in ("states", "roles", "actions"):
        counts = Counter(each.name for each in getattr(definition, kind))
        for name, count in counts.items():
            if count > 1:
                yield Finding(f"{kind}.{name}", f"{count} times", "once")
            if not isinstance(name, str):
                yield Finding(kind, f"the name {said(name)}", "text")
            elif not name:
                yield Finding(kind, "an empty name", "a name")
            elif name == SAME or name.startswith(RETURN):
                yield Finding(f"{kind}.{name}", "a sign that targets use", "a name")


def _states(definition: Definition) -> Iterator[Finding]:
    for state in definition.states:
        key = f"states.{state.name}"
        if state.stage not in STAGES:
            yield Finding(f"{key}.stage", str(state.stage), one_of(STAGES, str(state.stage)))
        if not isinstance(state.resolved, bool):
            yield Finding(f"{key}.resolved", said(state.resolved), "true or false")
        if state.category not in CATEGORIES:
            expected = one_of(CATEGORIES, str(state.category))
            yield Finding(f"{key}.category", str(state.category), expected)
    initial = [state.name for state in definition.states if state.category == "initial"]
    if len(initial) != 1:
        them = ", ".join(initial) or "none"
        yield Finding("states", f"initial states: {them}", "exactly one initial state")


def _actions(definition: Definition) -> Iterator[Finding]:
    used = {row.action for row in definition.rows}
    for action in definition.actions:
        if action.name not in used:
            yield Finding(f"actions.{action.name}", "no row", "at least one row")
        yield from _arguments(action)


def _arguments(action: Action) -> Iterator[Finding]:
    counts = Counter(each.name for each in action.arguments)
    for name, count in counts.items():
        if count > 1:
            yield Finding(f"actions.{action.name}.arguments.{name}", f"{count} times", "once")
    for argument in action.arguments:
        key = f"actions.{action.name}.arguments.{argument.name}"
        if argument.kind not in KINDS:
            yield Finding(f"{key}.kind", str(argument.kind), one_of(KINDS, str(argument.kind)))
        else:
            if argument.sealed and argument.kind not in {"text", "code"}:
                found = f"true for the kind {argument.kind}"
                yield Finding(f"{key}.sensitive", found, "text or code")
            yield from limits(key, argument.kind, argument.limit, argument.choices)
        if not argument.name:
            yield Finding(f"actions.{action.name}.arguments", "an empty name", "a name")


class _Known:
    """The names that rows may name, looked up at once and listed in their order."""

    def __init__(self, definition: Definition) -> None:
        self.states = dict.fromkeys(state.name for state in definition.states)
        self.actions = dict.fromkeys(action.name for action in definition.actions)
        self.roles = dict.fromkeys(role.name for role in definition.roles)


def _row(known: _Known, row: Row, key: str) -> Iterator[Finding]:
    states, actions, roles = known.states, known.actions, known.roles
    if row.action not in actions:
        yield Finding(key, f"the action {row.action}", nearest(actions, row.action, "an action"))
    for source in row.sources:
        if source not in states:
            yield Finding(f"{key}.from", source, nearest(states, source, "a state"))
    if not row.sources and (row.target == SAME or row.returns):
        yield Finding(f"{key}.to", row.target, "a state to open in")
    elif row.target == RETURN:
        yield Finding(f"{key}.to", RETURN, f"{RETURN} and the name of what is remembered")
    elif row.target != SAME and not row.returns and row.target not in states:
        yield Finding(f"{key}.to", row.target, one_of([*states, SAME], row.target))
    if not row.roles:
        yield Finding(f"{key}.roles", "none", nearest(roles, "", "a role"))
    for role in row.roles:
        if role not in roles:
            yield Finding(f"{key}.roles", role, nearest(roles, role, "a role"))
