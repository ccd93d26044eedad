"""Ways back that nothing remembers: ``@before_hold`` where no ``hold`` leads.

A returning row leads to the state that the case remembers under a name. A ticket remembers two:
where it was held from, while ``hold`` keeps it, and where it was merged from, after
``merge_into``. A host's own case may remember others, so those are only worth a look; a name that
all but reads like one of the two is a slip of the pen.
"""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from workorder.errors import Finding
from workorder.workflow.actions import RETURN, SAME, Row
from workorder.workflow.checking.places import places
from workorder.workflow.checking.shape import sound
from workorder.workflow.definition import Definition

REMEMBERED: Mapping[str, str] = {"before_hold": "hold", "before_merge": "merge_into"}
"""What a ticket remembers, and by which action it comes to."""

_ALIKE = 0.85
"""Closer than this, a name was meant to be the other."""


def returning(definition: Definition) -> Iterator[Finding]:
    """Names under which nothing is remembered, and states out of which only such names lead."""
    if not sound(definition):
        return
    misspelt = False
    for place in places(definition):
        name = place.row.target.removeprefix(RETURN)
        if place.row.returns and place.row.sources and name and name not in REMEMBERED:
            near = get_close_matches(name, REMEMBERED, n=1, cutoff=_ALIKE)
            misspelt = misspelt or bool(near)
            if near:
                yield Finding(f"{place.key}.to", place.row.target, f"{RETURN}{near[0]}")
            else:
                found = f"{place.row.target}, which no ticket remembers"
                signs = " or ".join(f"{RETURN}{each}" for each in REMEMBERED)
                expected = f"a state, {signs}, or a case of your own that remembers it"
                yield Finding(f"{place.key}.to", found, expected, severity="warning")
    if not misspelt:  # what was meant is not known
        yield from _dead_ends(definition)


def _dead_ends(definition: Definition) -> Iterator[Finding]:
    """States that tickets come into by an action that leaves the only way out empty."""
    back, onward, into = _ways(definition)
    for state in {each.name: each for each in definition.states}.values():
        names = back.get(state.name)
        entered = into.get(state.name)
        if not names or not entered or state.name in onward or state.category == "final":
            continue
        said = " and ".join(f"{RETURN}{name}" for name in names)
        if not set(names) <= set(REMEMBERED):
            found = f"left only by {said}, which no ticket remembers"
            expected = "a row that leads on, or a case of your own that remembers it"
            yield Finding(f"states.{state.name}", found, expected, severity="warning")
            continue
        filling = {REMEMBERED[name]: None for name in names}
        empty = [action for action in entered if action not in filling]
        if empty:
            found = f"left only by {said}, which means nothing after {', '.join(empty)}"
            expected = f"a row that leads on, or {' and '.join(filling)} as the only way in"
            yield Finding(f"states.{state.name}", found, expected)


Names = dict[str, dict[str, None]]
"""Names by state, each once and in order."""


def _ways(definition: Definition) -> tuple[Names, frozenset[str], Names]:
    """By state: the names that lead back from it; whether a row leads on; the actions into it."""
    back: Names = {}
    onward: set[str] = set()
    into: Names = {}
    for row in definition.rows:
        if row.returns:
            for source in row.sources:
                back.setdefault(source, {})[row.target.removeprefix(RETURN)] = None
        elif row.target != SAME:
            onward.update(source for source in row.sources if source != row.target)
            if _comes_from_elsewhere(row):
                into.setdefault(row.target, {})[row.action] = None
    return back, frozenset(onward), into


def _comes_from_elsewhere(row: Row) -> bool:
    return not row.sources or any(source != row.target for source in row.sources)
