"""Who may do what: roles without anything to do, and actions without anybody to do them."""

from collections.abc import Iterator

from workorder.errors import Finding, one_of
from workorder.workflow.checking.wording import said
from workorder.workflow.definition import Definition
from workorder.workflow.roles import READS


def people(definition: Definition) -> Iterator[Finding]:
    """Roles that may do nothing, read-only roles that may, and actions nobody may take."""
    does: dict[str, list[str]] = {}
    for row in definition.rows:
        for role in row.roles:
            does.setdefault(role, []).append(row.action)
    distinct = {each.name: each for each in definition.roles}
    for name, declared in distinct.items():
        actions = ", ".join(dict.fromkeys(does.get(name, ())))
        key = f"roles.{name}"
        if declared.reads not in READS:
            found = said(declared.reads)
            yield Finding(f"{key}.reads", found, one_of(READS, found))
        if declared.read_only and actions:
            yield Finding(f"{key}.read_only", f"true, and it may take {actions}", "false")
        elif not declared.read_only and not actions:
            expected = "a row that names it, or read_only"
            yield Finding(key, "nothing it may do", expected, severity="warning")
    yield from _unmanned(definition)


def _unmanned(definition: Definition) -> Iterator[Finding]:
    """Actions that only read-only roles are named for; rows without any role are said there."""
    barred = {role.name for role in definition.roles if role.read_only}
    takers: dict[str, set[str]] = {}
    for row in definition.rows:
        takers.setdefault(row.action, set()).update(row.roles)
    for name in dict.fromkeys(action.name for action in definition.actions):
        roles = takers.get(name, set())
        if roles and roles <= barred:
            found = f"nobody who may take it: {', '.join(sorted(roles))} is read-only"
            yield Finding(f"actions.{name}", found, "a role that is not read-only")
