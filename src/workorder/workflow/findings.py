"""Everything that is wrong with a workflow, all at once: errors and warnings.

A workflow is made only of a definition without errors; warnings are for somebody to look at.
What is looked for stands in :mod:`workorder.workflow.checking`.
"""

from workorder.errors import Finding
from workorder.workflow import checking
from workorder.workflow.definition import Definition

CHECKS = (
    checking.names,
    checking.uses,
    checking.decisions,
    checking.shape,
    checking.endings,
    checking.people,
    checking.choice,
    checking.labels,
)
"""What is looked for, in the order in which it is told."""


def check(definition: Definition) -> tuple[Finding, ...]:
    """Everything found in *definition*, errors and warnings, each with the key where it stands.

    A definition with errors can be checked as well: it is what a workflow is made of, not yet one.

    >>> from workorder.workflow import Action, Definition, Role, Row, State
    >>> definition = Definition(
    ...     name="stuck",
    ...     states=(State("new", "intake", "initial"), State("done", "conclusion", "closed")),
    ...     roles=(Role("clerk"),),
    ...     actions=(Action("open"), Action("finish")),
    ...     rows=(Row("open", (), "new", "clerk"), Row("finish", "done", "new", "clerk")),
    ... )
    >>> for finding in check(definition):
    ...     if finding.severity == "error":
    ...         print(finding.text())
    states.done: found no way into it, expected a row that leads there
    states.new: found no way out of it, expected a row that leads on, or a final state
    """
    return tuple(dict.fromkeys(each for part in CHECKS for each in part(definition)))


def findings(definition: Definition) -> list[Finding]:
    """The errors of *definition*: what keeps it from being a workflow."""
    return [each for each in check(definition) if each.severity == "error"]


def definition_warnings(definition: Definition) -> tuple[Finding, ...]:
    """The warnings of *definition*: nothing that keeps it from working, and worth a look."""
    return tuple(each for each in check(definition) if each.severity == "warning")
