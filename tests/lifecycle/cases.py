"""For every row of the bank's workflow: how it is carried out, and how each of its rules alone
stands in the way.

A row, or a rule on a row, that is missing here is found by :func:`gaps`.
"""

from collections.abc import Iterator, Mapping

from tests.lifecycle.concluding import CONCLUDING
from tests.lifecycle.offering import OFFERING
from tests.lifecycle.situations import Case
from tests.lifecycle.working import WORKING
from workorder.workflow import Row, Workflow

CASES: Mapping[tuple[str, str], Case] = {**WORKING, **OFFERING, **CONCLUDING}
"""By action and target of the row."""

NEVER: Mapping[tuple[str, str, str], tuple[str, str]] = {
    ("reclassify", "accepted", "handler"): ("rules", "own_if_handler"),
    ("hold", "accepted", "handler"): ("rules", "own_if_handler"),
    ("reply", "registered", "handler"): ("rules", "own_if_handler"),
    ("reply", "accepted", "handler"): ("rules", "own_if_handler"),
    ("escalate", "accepted", "handler"): ("rules", "own_if_handler"),
    # Nothing that has a deadline of its own is open in review.
    ("mark_overdue", "under_review", "system"): ("invalid_arguments", "about"),
}
"""Action, state and role of a row that nobody can come to use, and what always stands in the
way: before it is dispatched, a ticket has no handler whose own it could be.
"""


def gaps(workflow: Workflow, cases: Mapping[tuple[str, str], Case]) -> Iterator[str]:
    """Every row and every rule without a case, and every case without a row or a rule."""
    rows = {key(row): row for row in workflow.rows}
    for name, row in rows.items():
        case = cases.get(name)
        if case is None:
            yield f"no case for the row {' → '.join(name)}"
            continue
        ruled = {use.rule for use in row.rules}
        yield from (
            f"no case for {rule} on {row.action}" for rule in sorted(ruled - {*case.broken})
        )
        yield from (f"no rule {rule} on {row.action}" for rule in sorted({*case.broken} - ruled))
    yield from (f"no row for the case {' → '.join(name)}" for name in cases if name not in rows)


def key(row: Row) -> tuple[str, str]:
    """What tells the rows of the bank's workflow apart."""
    return row.action, row.target
