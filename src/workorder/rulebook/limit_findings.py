"""Limits at which time is to act, and may not: no row lets it.

What a limit says is done by rows like everything else, in the role in which time acts. Where the
row is missing, the limit stands in the manual, and nothing ever happens.
"""

from collections.abc import Iterator

from workorder.errors import Finding, Severity
from workorder.workflow import NO_LIMIT
from workorder.workflow.definition import Definition
from workorder.workflow.roles import SYSTEM_ROLE

_OVERDUE = (("subtask_limit", "open_subtask"), ("panel_limit", "convene_panel"))


def limit_findings(definition: Definition, *, legible: bool = True) -> Iterator[Finding]:
    """Every limit on which time may not act, with the row that is missing.

    That nobody archives is a warning: a bank may do it by hand. Nothing is missed in rows that
    are not *legible*.
    """
    if SYSTEM_ROLE not in {role.name for role in definition.roles}:
        yield from _without_time(definition)
        return
    if not legible:
        return
    settings = definition.settings
    resolved = [each.name for each in definition.states if each.resolved and not each.ended]
    closed = [each.name for each in definition.states if each.category == "closed"]
    if settings.auto_close_after is not None:
        yield from _lacking(definition, "auto_close_after", "close", resolved, "resolved = true")
    if settings.reopen_window is not None and closed:
        yield from _lacking(
            definition, "reopen_window", "archive", closed, "category closed", severity="warning"
        )
    held = tuple(
        row.target
        for row in definition.rows
        if row.action == "hold" and row.target in {state.name for state in definition.states}
    )
    for reason in settings.hold_reasons:
        if held and reason.longest not in {None, NO_LIMIT}:
            name = f"hold_reasons.{reason.name}.longest"
            yield from _lacking(definition, name, "resume", held, "to which hold leads")
    for name, begins in _OVERDUE:
        begun = tuple(s for row in definition.rows if row.action == begins for s in row.sources)
        if getattr(settings, name) is not None and begun:
            yield from _lacking(definition, name, "mark_overdue", begun, f"with {begins}")


def _lacking(
    definition: Definition,
    setting: str,
    action: str,
    states: tuple[str, ...] | list[str],
    which: str,
    severity: Severity = "error",
) -> Iterator[Finding]:
    """That time may take *action* in none of *states*, which are those that *which* says."""
    if not states:
        found = f"a limit after which time takes {action}, and no state with {which}"
        yield Finding(f"settings.{setting}", found, f"a state with {which}", severity=severity)
        return
    for row in definition.rows:
        if row.action == action and SYSTEM_ROLE in row.roles and set(states) & set(row.sources):
            return
    known = " or ".join(dict.fromkeys(states))
    expected = f"a row of {action} from {known} for {SYSTEM_ROLE}"
    found = f"a limit, but {SYSTEM_ROLE} may not {action} there"
    yield Finding(f"settings.{setting}", found, expected, severity=severity)


def _without_time(definition: Definition) -> Iterator[Finding]:
    settings = definition.settings
    expected = f"a role named {SYSTEM_ROLE}, in which time acts"
    for name in ("auto_close_after", "reopen_window", "subtask_limit", "panel_limit"):
        limit = getattr(settings, name)
        if limit is not None:
            found = f"{limit}, but nobody to act on it"
            yield Finding(f"settings.{name}", found, expected)
    for reason in settings.hold_reasons:
        if reason.longest is not None and reason.longest != NO_LIMIT:
            key = f"settings.hold_reasons.{reason.name}.longest"
            yield Finding(key, f"{reason.longest}, but nobody to act on it", expected)
