"""That two rows for one action, state and role are told apart by a rule.

Two rows that ask the same and lead apart are an error. Where one asks all that the other asks,
and more, both may pass and the one listed first is taken: that is a warning. Rows of which each
asks something of its own count as told apart; what rules mean is not known here.
"""

from collections.abc import Iterator
from itertools import combinations

from workorder.errors import Finding
from workorder.workflow.actions import SAME, Row
from workorder.workflow.checking.places import Place, places
from workorder.workflow.checking.shape import sound
from workorder.workflow.definition import Definition


def choice(definition: Definition) -> Iterator[Finding]:
    """Pairs of rows for one action, state and role that lead apart and may both pass."""
    if not sound(definition):
        return
    by_action: dict[str, list[Place]] = {}
    for place in places(definition):
        by_action.setdefault(place.row.action, []).append(place)
    for several in by_action.values():
        for first, second in combinations(several, 2):
            yield from _pair(first, second)


def _pair(first: Place, second: Place) -> Iterator[Finding]:
    less = _asks_no_more(first.row, second.row)
    more = _asks_no_more(second.row, first.row)
    if not less and not more:
        return
    contested = _contested(first.row, second.row)
    if not contested:
        return
    state, target, other = contested[0]
    roles = ", ".join(role for role in second.row.roles if role in first.row.roles)
    found = f"two targets from {state or 'the opening'} for {roles}: {target}, {other}"
    if less and more:
        yield Finding(f"{second.key}.to", found, "a rule that tells them apart")
    elif less:
        found = f"never taken where {first.key} is, which asks less and stands first: {found}"
        yield Finding(f"{second.key}.to", found, "the row that asks more first", severity="warning")
    else:
        found = f"{found}, of which {first.key} asks more and is taken first"
        expected = "a rule that holds only where the other does not"
        yield Finding(f"{second.key}.to", found, expected, severity="warning")


def _asks_no_more(row: Row, other: Row) -> bool:
    """Whether *other* asks everything that *row* asks."""
    return all(use in other.rules for use in row.rules)


def _contested(first: Row, second: Row) -> list[tuple[str, str, str]]:
    """The states from which both rows lead, and where each leads, if that is not the same."""
    if not set(first.roles).intersection(second.roles):
        return []
    states = first.sources or ("",)
    return [
        (state, _target(first, state), _target(second, state))
        for state in states
        if state in (second.sources or ("",)) and _target(first, state) != _target(second, state)
    ]


def _target(row: Row, state: str) -> str:
    return state if row.target == SAME else row.target
