"""What is wrong with a workflow: checked when it is made, all findings at once."""

from collections import Counter
from collections.abc import Iterator

from workorder.errors import Finding, one_of
from workorder.values import KINDS
from workorder.workflow.actions import SAME, Row
from workorder.workflow.definition import Definition
from workorder.workflow.states import CATEGORIES, STAGES


def findings(workflow: Definition) -> list[Finding]:
    """Everything wrong with *workflow*, each with the key where it stands."""
    found = [*_duplicates(workflow), *_states(workflow), *_actions(workflow)]
    for position, row in enumerate(workflow.rows):
        found += _row(workflow, row, f"rows[{position}] ({row.action})")
    if not found:
        found = [*_openings(workflow), *_unreachable(workflow), *_ambiguous(workflow)]
    return found


def _duplicates(workflow: Definition) -> Iterator[Finding]:
    for kind in ("states", "roles", "actions"):
        counts = Counter(each.name for each in getattr(workflow, kind))
        for name, count in counts.items():
            if count > 1:
                yield Finding(f"{kind}.{name}", f"{count} times", "once")
            if not name:
                yield Finding(kind, "an empty name", "a name")


def _states(workflow: Definition) -> Iterator[Finding]:
    for state in workflow.states:
        if state.stage not in STAGES:
            yield Finding(f"states.{state.name}.stage", state.stage, one_of(STAGES, state.stage))
        if state.category not in CATEGORIES:
            expected = one_of(CATEGORIES, state.category)
            yield Finding(f"states.{state.name}.category", state.category, expected)
    initial = [state.name for state in workflow.states if state.category == "initial"]
    if len(initial) != 1:
        said = ", ".join(initial) or "none"
        yield Finding("states", f"initial states: {said}", "exactly one initial state")


def _actions(workflow: Definition) -> Iterator[Finding]:
    used = {row.action for row in workflow.rows}
    for action in workflow.actions:
        if action.name not in used:
            yield Finding(f"actions.{action.name}", "no row", "at least one row")
        for argument in action.arguments:
            if argument.sealed and argument.kind not in {"text", "code"}:
                key = f"actions.{action.name}.{argument.name}.sensitive"
                yield Finding(key, f"true for the kind {argument.kind}", "text or code")
            if argument.kind not in KINDS:
                key = f"actions.{action.name}.{argument.name}"
                yield Finding(key, argument.kind, one_of(KINDS, argument.kind))


def _row(workflow: Definition, row: Row, key: str) -> Iterator[Finding]:
    states = [state.name for state in workflow.states]
    actions = [action.name for action in workflow.actions]
    roles = [role.name for role in workflow.roles]
    if row.action not in actions:
        yield Finding(f"{key}.action", row.action, one_of(actions, row.action))
    for source in row.sources:
        if source not in states:
            yield Finding(f"{key}.sources", source, one_of(states, source))
    if row.target != SAME and row.target not in states:
        yield Finding(f"{key}.target", row.target, one_of([*states, SAME], row.target))
    if row.target == SAME and not row.sources:
        yield Finding(f"{key}.target", SAME, "a state to open in")
    if not row.roles:
        yield Finding(f"{key}.roles", "none", one_of(roles, ""))
    for role in row.roles:
        if role not in roles:
            yield Finding(f"{key}.roles", role, one_of(roles, role))
    yield from _uses(workflow, row, key)


def _uses(workflow: Definition, row: Row, key: str) -> Iterator[Finding]:
    for use in row.rules:
        rule = workflow.rules.get(use.rule)
        if rule is None:
            yield Finding(f"{key}.rules", use.rule, one_of(workflow.rules, use.rule))
            continue
        for name, value in use.parameters.items():
            expected = rule.parameters.get(name)
            if expected is None:
                known = ", ".join(rule.parameters) or "no parameter"
                yield Finding(f"{key}.rules.{use.rule}.{name}", "an unknown parameter", known)
            elif not isinstance(value, expected):
                yield Finding(f"{key}.rules.{use.rule}.{name}", repr(value), expected.__name__)


def _openings(workflow: Definition) -> Iterator[Finding]:
    if not any(not row.sources for row in workflow.rows):
        yield Finding("rows", "no row without sources", "a row that opens a ticket")


def _unreachable(workflow: Definition) -> Iterator[Finding]:
    reached = {row.target for row in workflow.rows if not row.sources}
    grown = True
    while grown:
        targets = {row.target for row in workflow.rows if reached.intersection(row.sources)}
        grown = not (targets - {SAME}) <= reached
        reached |= targets - {SAME}
    for state in workflow.states:
        if state.name not in reached:
            yield Finding(f"states.{state.name}", "no way into it", "a row that leads there")


def _ambiguous(workflow: Definition) -> Iterator[Finding]:
    seen: dict[tuple[str, str, str], Row] = {}
    for row in workflow.rows:
        for source in row.sources:
            for role in row.roles:
                other = seen.setdefault((row.action, source, role), row)
                if other is not row and other.rules == row.rules and other.target != row.target:
                    yield Finding(
                        f"rows ({row.action})",
                        f"two targets from {source} for {role}: {other.target}, {row.target}",
                        "a rule that tells them apart",
                    )
