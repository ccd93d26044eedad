"""What can happen, worked out from the rows of a workflow a second time."""

from collections.abc import Iterator

from workorder.workflow import NEW, Row, Workflow

Edge = tuple[str, str]


def targets(workflow: Workflow, row: Row, source: str) -> set[str]:
    """Where *row* may lead from *source*."""
    if row.target == "=":
        return {source}
    if not row.target.startswith("@"):
        return {row.target}
    into = [other for other in workflow.rows if other.target == source]
    return {state for other in into for state in other.sources} - {source}


def happenings(workflow: Workflow) -> Iterator[tuple[str, str, str, str]]:
    """Every role, action, source and target."""
    for row in workflow.rows:
        for source in row.sources or (NEW,):
            for target in targets(workflow, row, source):
                for role in row.roles:
                    yield role, row.action, source, target


def edges(workflow: Workflow) -> dict[Edge, set[str]]:
    """The actions of every change of state."""
    found: dict[Edge, set[str]] = {}
    for _, action, source, target in happenings(workflow):
        if source != target:
            found.setdefault((source, target), set()).add(action)
    return found


def staying(workflow: Workflow) -> dict[str, set[str]]:
    """The actions that leave a ticket in its state."""
    found: dict[str, set[str]] = {}
    for _, action, source, target in happenings(workflow):
        if source == target:
            found.setdefault(source, set()).add(action)
    return found


def by_role(workflow: Workflow) -> dict[str, set[tuple[str, str, str]]]:
    """What each role moves: action, source, target."""
    found: dict[str, set[tuple[str, str, str]]] = {}
    for role, action, source, target in happenings(workflow):
        if source != target:
            found.setdefault(role, set()).add((action, source, target))
    return found


def shown(text: str) -> str:
    """*text* on one line without what cannot be seen, as any picture may show it."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
