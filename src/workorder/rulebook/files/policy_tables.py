"""Reading assignment policies: one table each, of a routing or of a file of its own."""

from typing import Any

from workorder.assign import USUAL, AssignmentPolicy
from workorder.assign.filters import Filter
from workorder.assign.scorers import Weighted
from workorder.assign.selectors import LeastLoad, Selector
from workorder.errors import Finding
from workorder.rulebook.files.named_parts import NAME, Known, Shelves
from workorder.rulebook.files.parts import read_checked, read_part
from workorder.tables import Table, quoted

THE_USUAL = "usual"
"""Stands in a list of filters for all that are usually asked."""

COUNTS = "counts"
"""How much a scorer counts beside others."""


def read_policy(table: Table, known: Shelves, name: str = "") -> AssignmentPolicy:
    """The policy that *table* says, as far as it can be read; mistakes are noted.

    Args:
        table: its filters, scorers, selector and affinity, and its name if that is not *name*.
        known: what it may name.
        name: what it is called, if it does not say so.
    """
    given: dict[str, Any] = {
        "filters": _filters(table, known.filters),
        "scorers": _scorers(table, known.scorers),
        "selector": _selector(table, known.selectors),
    }
    made = read_part(AssignmentPolicy, table, given=given, instead={"name": name})
    assert made is not None  # noqa: S101 (everything has a usual value)
    if not made.name.strip() and isinstance(table.data.get(NAME, ""), str):
        table.say(NAME, "nothing" if not made.name else "blanks", "text")
    return made


def _filters(table: Table, known: Known) -> tuple[Filter, ...]:
    """The filters in their order: one with figures stands where the usual one of its name would."""
    listed = _listed(table, "filters", "a list of filters, in which “usual” stands for the usual")
    if listed is None:
        return USUAL
    found: dict[str, Filter] = {}
    said: set[str] = set()
    for number, value in enumerate(listed):
        key = f"{table.key('filters')}[{number}]"
        if value == THE_USUAL:
            made = [*USUAL]
            names = {THE_USUAL}
        else:
            part = known.read(value, key, table.wrong)
            made = [] if part is None else [part]
            names = {each.name for each in made}
        for name in sorted(names & said):
            table.wrong.append(Finding(key, f"{name} a second time", "each filter once"))
        said |= names
        for each in made:
            if value == THE_USUAL:  # what was said before has figures of its own
                found.setdefault(each.name, each)
            else:
                found[each.name] = each
    return tuple(found.values())


def _scorers(table: Table, known: Known) -> tuple[Weighted, ...]:
    """The scorers, each with how much it counts."""
    found: dict[str, Weighted] = {}
    listed = _listed(table, "scorers", "a list of scorers")
    for number, value in enumerate(listed or ()):
        key = f"{table.key('scorers')}[{number}]"
        weight = 1.0
        if isinstance(value, dict) and COUNTS in value:
            counts = Table(value, key, table.wrong)
            weight = read_checked(counts, COUNTS, Weighted, "weight", weight)
            value = {name: each for name, each in value.items() if name != COUNTS}  # noqa: PLW2901
        part = known.read(value, key, table.wrong)
        if part is None:
            continue
        if part.name in found:
            table.wrong.append(Finding(key, f"{part.name} a second time", "each scorer once"))
        found.setdefault(part.name, Weighted(part, weight))
    return tuple(found.values())


def _selector(table: Table, known: Known) -> Selector:
    value = table.any("selector")
    if "selector" not in table.data:
        return LeastLoad()
    made: Selector | None = known.read(value, table.key("selector"), table.wrong)
    return made or LeastLoad()


def _listed(table: Table, name: str, expected: str) -> list[Any] | None:
    """The list under *name*, if there is one."""
    value = table.any(name)
    if name not in table.data:
        return None
    if not isinstance(value, list):
        table.say(name, quoted(value), expected)
        return []
    return value
