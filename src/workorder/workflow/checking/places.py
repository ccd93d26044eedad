"""Where each row of a workflow stands, by the key it has in a rulebook file."""

from collections import Counter

from attrs import frozen

from workorder.workflow.actions import Row
from workorder.workflow.definition import Definition


@frozen
class Place:
    """A row, and the key under which it stands.

    Attributes:
        row: the row.
        key: ``actions.hold``, or ``actions.approve.rows[1]`` where an action has several rows.
    """

    row: Row
    key: str


def places(definition: Definition) -> tuple[Place, ...]:
    """Every row with its key, in the order of the rows."""
    total = Counter(row.action for row in definition.rows)
    before: Counter[str] = Counter()
    found = []
    for row in definition.rows:
        key = f"actions.{row.action}"
        if total[row.action] > 1:
            key = f"{key}.rows[{before[row.action]}]"
        before[row.action] += 1
        found.append(Place(row, key))
    return tuple(found)
