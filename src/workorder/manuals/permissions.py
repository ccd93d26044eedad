"""What each role may do in each state, as one matrix per role."""

from collections.abc import Iterable

from workorder.manuals.markdown import blocks, bold, named, plain, table
from workorder.manuals.moves import Move, steps
from workorder.manuals.phrases import joined, said
from workorder.manuals.prose import told
from workorder.workflow import NEW, Role, Workflow

POSSIBLE = "●"
IMPOSSIBLE = "–"


def permissions(workflow: Workflow, role: Role, heading: str, language: str) -> list[str]:
    """What *role* may do, under *heading* (the marks and the number)."""
    sees = bold(told("roles.sees", language), said(f"scope.{role.sees}", language), language)
    reads = bold(told("roles.reads", language), said(f"reads.{role.reads}", language), language)
    taken = [each for each in steps(workflow) if role.name in each.roles]
    if taken:
        shown = matrix(workflow, taken, language)
    else:
        shown = [told("roles.read_only" if role.read_only else "roles.idle", language)]
    return blocks([f"{heading} {named(role.label, language)}"], [f"- {sees}", f"- {reads}"], shown)


def matrix(workflow: Workflow, taken: list[Move], language: str) -> list[str]:
    """Actions by states: a sign where the ticket stays, the state it goes to where it moves."""
    used = {each.source for each in taken}
    states = [name for name in (NEW, *workflow.state_by_name) if name in used]
    heads = [plain(workflow.labels[name].text(language)) for name in states]
    actions = [a for a in workflow.actions if any(each.action == a.name for each in taken)]
    rows = [
        [
            plain(action.label.text(language)),
            *(
                _cell(
                    workflow,
                    [m for m in taken if (m.action, m.source) == (action.name, name)],
                    language,
                )
                for name in states
            ),
        ]
        for action in actions
    ]
    return table([said("action", language), *heads], rows)


def _cell(workflow: Workflow, found: Iterable[Move], language: str) -> str:
    moves = list(found)
    if not moves:
        return IMPOSSIBLE
    signs = [POSSIBLE] if any(not each.moved for each in moves) else []
    targets = dict.fromkeys(each.target for each in moves if each.moved)
    if targets:
        names = (plain(workflow.labels[name].text(language)) for name in targets)
        signs.append(f"→ {joined(names, language)}")
    return " ".join(signs)
