"""Where tickets can get to: every state must have a way in, and a way out unless it is an end.

A row counts when somebody may take it: one of its roles exists and is not declared read-only.
A returning row leads back to where a ticket has been, so it opens no new state; it is a way out.
"""

from collections.abc import Iterable, Iterator, Mapping

from workorder.errors import Finding
from workorder.workflow.actions import RETURN, SAME, Row
from workorder.workflow.checking.places import places
from workorder.workflow.compiled import ways_back
from workorder.workflow.definition import Definition
from workorder.workflow.states import State


def sound(definition: Definition) -> bool:
    """Whether every row names states that are there, so that proofs about them mean something."""
    states = {state.name for state in definition.states}
    return all(
        states.issuperset(row.sources)
        and (row.target in states or (bool(row.sources) and (row.target == SAME or row.returns)))
        for row in definition.rows
    )


def taken(definition: Definition) -> tuple[Row, ...]:
    """The rows that somebody may take; a role that is misspelt counts as somebody."""
    barred = {role.name for role in definition.roles if role.read_only}
    return tuple(row for row in definition.rows if set(row.roles) - barred)


def ends(definition: Definition) -> frozenset[str]:
    """The states where a ticket may stay for ever: final ones; closed ones where none is final."""
    by_category: dict[str, set[str]] = {}
    for state in definition.states:
        by_category.setdefault(state.category, set()).add(state.name)
    return frozenset(by_category.get("final") or by_category.get("closed") or ())


def opened_in(rows: Iterable[Row]) -> frozenset[str]:
    """The states in which a ticket is opened."""
    return frozenset(row.target for row in rows if not row.sources)


def moves(rows: Iterable[Row]) -> Mapping[str, frozenset[str]]:
    """From each state, the states that rows lead on to; returning rows left out."""
    found: dict[str, set[str]] = {}
    for row in rows:
        if row.target != SAME and not row.returns:
            for source in row.sources:
                if source != row.target:
                    found.setdefault(source, set()).add(row.target)
    return {source: frozenset(targets) for source, targets in found.items()}


def reached(rows: Iterable[Row]) -> frozenset[str]:
    """Every state a ticket can get to from its opening."""
    rows = tuple(rows)
    onward = moves(rows)
    found: set[str] = set()
    waiting = list(opened_in(rows))
    while waiting:
        state = waiting.pop()
        if state not in found:
            found.add(state)
            waiting += onward.get(state, ())
    return frozenset(found)


def shape(definition: Definition) -> Iterator[Finding]:
    """Openings, ways in, ways out, ways back, and moves out of final states."""
    if not any(not row.sources for row in definition.rows):
        yield Finding("rows", "no row without sources", "a row that opens a ticket")
    if not sound(definition):
        return
    yield from _openings(definition)
    yield from _ways_in(definition)
    yield from _ways_out(definition)
    yield from _ways_back(definition)
    yield from _final_moves(definition)


def _openings(definition: Definition) -> Iterator[Finding]:
    initial = [state.name for state in definition.states if state.category == "initial"]
    for place in places(definition):
        if not place.row.sources and initial and place.row.target not in initial:
            found = f"{place.row.target}, which is not initial"
            yield Finding(f"{place.key}.to", found, ", ".join(initial), severity="warning")


def _ways_in(definition: Definition) -> Iterator[Finding]:
    if not opened_in(definition.rows):
        return  # said already; and then there is no way into anything
    found = reached(taken(definition))
    for state in _distinct(definition):
        if state.name not in found:
            yield Finding(f"states.{state.name}", "no way into it", "a row that leads there")


def _ways_out(definition: Definition) -> Iterator[Finding]:
    final, rows = ends(definition), taken(definition)
    declared, open_ways = _exits(definition.rows), _exits(rows)
    entered = reached(rows)
    for state in _distinct(definition):
        if state.name in final or state.category == "final" or state.name in open_ways:
            continue
        key = f"states.{state.name}"
        if state.name not in declared:
            yield Finding(key, "no way out of it", "a row that leads on, or a final state")
        elif state.name in entered:
            yield Finding(
                key,
                "a ticket can be brought here, and nobody may bring it out",
                "a role for a row that leads on",
            )


def _exits(rows: tuple[Row, ...]) -> frozenset[str]:
    """The states that some row leads out of; one that leads back is trusted to."""
    back = {source for row in rows if row.returns for source in row.sources}
    return frozenset(back | set(moves(rows)))


def _ways_back(definition: Definition) -> Iterator[Finding]:
    for place in places(definition):
        if place.row.returns:
            for source in dict.fromkeys(place.row.sources):
                if not ways_back(definition.rows, source):
                    found = f"{source}, which no row leads into"
                    yield Finding(f"{place.key}.from", found, "a state that has been moved into")


def _final_moves(definition: Definition) -> Iterator[Finding]:
    final = {state.name for state in definition.states if state.category == "final"}
    for place in places(definition):
        row = place.row
        if row.target == SAME or row.returns:
            continue
        for source in dict.fromkeys(row.sources):
            if source in final and source != row.target:
                yield Finding(
                    f"{place.key}.from",
                    f"{source}, a final state, though the row leads to {row.target}",
                    f"states that are not final, or a target such as {RETURN}before_merge",
                )


def _distinct(definition: Definition) -> list[State]:
    """Every state once, by name: a doubled one is said elsewhere."""
    return list({state.name: state for state in definition.states}.values())
