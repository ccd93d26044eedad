"""An oracle for proofs about a workflow: walks every life there is, one step at a time.

It knows rows as plain tuples and nothing of the library. A life is a state and, for each state,
from where it was entered last; a way back leads there and is forgotten by nobody.
"""

from collections.abc import Iterable

PlainRow = tuple[str, tuple[str, ...], str, tuple[str, ...]]
"""Action, sources (none to open), target, roles."""

Life = tuple[str, tuple[tuple[str, str], ...]]
"""The state, and pairs (state, entered from)."""

PlainStep = tuple[str, str, str, str]
"""Action, role, from, to."""


def next_lives(rows: Iterable[PlainRow], life: Life) -> list[tuple[PlainStep, Life]]:
    """Every step from a life, with the life after it."""
    state, entered = life
    memory = dict(entered)
    found = []
    for action, sources, target, roles in rows:
        if state not in (sources or ("",)):
            continue
        goal = state if target == "=" else memory.get(state) if target[0] == "@" else target
        if goal is None:
            continue
        after = dict(memory)
        if state not in {"", goal} and target[0] != "@":
            after[goal] = state
        kept = (goal, tuple(sorted(after.items())))
        found += [((action, role, state, goal), kept) for role in roles]
    return found


def lives(rows: list[PlainRow]) -> dict[Life, int]:
    """Every life there is, with the number of steps it takes at least; one is there before."""
    start: Life = ("", ())
    found = {start: 0}
    layer = [start]
    while layer:
        after = []
        for life in layer:
            for _, following in next_lives(rows, life):
                if following not in found:
                    found[following] = found[life] + 1
                    after.append(following)
        layer = after
    return found


def distances(rows: list[PlainRow]) -> dict[str, int]:
    """The states that are ever reached, with the number of steps to each."""
    found: dict[str, int] = {}
    for (state, _), steps in lives(rows).items():
        if state:
            found[state] = min(steps, found.get(state, steps))
    return found


def step_distances(rows: list[PlainRow]) -> dict[PlainStep, int]:
    """Every step that is ever taken, with the number of steps up to and including it."""
    found: dict[PlainStep, int] = {}
    for life, steps in lives(rows).items():
        for step, _ in next_lives(rows, life):
            found[step] = min(steps + 1, found.get(step, steps + 1))
    return found


def caught(rows: list[PlainRow], ends: set[str]) -> set[str]:
    """The states in which some life stands that never comes to an end any more."""
    everything = lives(rows)
    onward = {life: [after for _, after in next_lives(rows, life)] for life in everything}
    ending = {life for life in everything if life[0] in ends}
    grown = True
    while grown:
        more = {life for life, after in onward.items() if ending.intersection(after)} - ending
        grown = bool(more)
        ending |= more
    return {state for state, _ in set(everything) - ending if state}


def left(rows: list[PlainRow]) -> set[str]:
    """The states that some row leads out of, on paper."""
    return {
        source
        for _, sources, target, _ in rows
        for source in sources
        if target not in {"=", source}
    }
