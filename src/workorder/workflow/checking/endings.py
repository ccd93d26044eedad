"""That every ticket can come to an end, whatever has happened to it before.

A state is *good* when an end can be reached from it by every ticket that can stand there. It is,
if a row leads on to a good state; or if a returning row leads back, and all states it may lead
back to are good (a ticket that was opened there has nowhere to return to). What is left over when
no more good states can be found are the states that hold tickets for ever.

This is exact. Whatever a ticket passes through after a row that leads on, a returning row only
takes it back to where it was; so a way to an end need not be longer than some returns, one after
another, and then rows that lead on.
"""

from collections.abc import Iterator, Mapping

from workorder.errors import Finding
from workorder.workflow.actions import Row
from workorder.workflow.checking.returning import returning
from workorder.workflow.checking.shape import ends, moves, opened_in, reached, sound, taken
from workorder.workflow.compiled import ways_back
from workorder.workflow.definition import Definition


def endings(definition: Definition) -> Iterator[Finding]:
    """States from which a ticket may have no way to an end, though it has a way out."""
    if not sound(definition):
        return
    yield from returning(definition)
    last = ends(definition)
    if not last:
        yield Finding("states", "no final or closed state", "a state that ends the work")
        return
    rows = taken(definition)
    onward, back, there = moves(rows), _backward(rows), reached(rows)
    possible = {state: there.intersection(ways) for state, ways in back.items()}
    good = _good(onward, possible, opened_in(rows), last)
    for name in dict.fromkeys(state.name for state in definition.states):
        others = sorted({*onward.get(name, ()), *back.get(name, ())})
        if name not in good and others:
            found = f"a ticket may stay for ever among it and {', '.join(others)}"
            yield Finding(f"states.{name}", found, f"a way to {' or '.join(sorted(last))}")


def _backward(rows: tuple[Row, ...]) -> Mapping[str, frozenset[str]]:
    """From each state, the states that returning rows lead back to."""
    sources = dict.fromkeys(source for row in rows if row.returns for source in row.sources)
    return {source: frozenset(ways_back(rows, source)) for source in sources}


def _good(
    onward: Mapping[str, frozenset[str]],
    back: Mapping[str, frozenset[str]],
    opened: frozenset[str],
    last: frozenset[str],
) -> frozenset[str]:
    before: dict[str, list[str]] = {}  # from which states rows lead on to each
    for state, targets in onward.items():
        for target in targets:
            before.setdefault(target, []).append(state)
    good: set[str] = set()
    waiting = list(last)
    while waiting:
        state = waiting.pop()
        if state not in good:
            good.add(state)
            waiting += before.get(state, ())
        if not waiting:
            waiting = [
                each
                for each, ways in back.items()
                if each not in good and ways and each not in opened and ways <= good
            ]
    return frozenset(good)
