"""Conditions of approvals: what they ask about, and whether it can ever be as they say.

A comparison with something that is not there is false without a word, and so is one with another
kind of value: an approval whose condition names a field that is misspelt never applies, and
nobody notices. So every name is looked up, and every value is compared with what the answer is.

Known here is what the workflow knows: the attributes of a case, the answers by name, the states.
A host's own case may answer more, so here only a name that all but reads like a known one is a
mistake. What a ticket answers, and which fields its forms have, the rulebook knows
(:mod:`workorder.rulebook.condition_findings`).
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from difflib import get_close_matches

from workorder.conditions import AllOf, AnyOf, Compare, Condition, Negation
from workorder.errors import Finding, one_of
from workorder.workflow.definition import Definition
from workorder.workflow.standard_rules.answers import ANSWERS, Kind, answer_to

ATTRIBUTES: Mapping[str, Kind] = {
    "type": "text",
    "state": "state",
    "assignee": "text",
    "department": "text",
    "customer": "text",
}
"""What every case has, and what it is."""

NAMES = (*ATTRIBUTES, *(each.name for each in ANSWERS if not each.name.endswith("…")))
"""Every name a condition may ask about, but those of groups."""

_ALIKE = 0.85
_VALUES: Mapping[Kind, tuple[type, str]] = {
    "text": (str, "text"),
    "names": (str, "text"),
    "state": (str, "the name of a state"),
    "flag": (bool, "true or false"),
    "number": (int, "a whole number"),
    "instant": (datetime, "an instant"),
}
_ORDERED = ("lt", "le", "gt", "ge")


def conditions(definition: Definition) -> Iterator[Finding]:
    """Misspelt names, values of a wrong kind, and states that are not there."""
    states = [state.name for state in definition.states]
    for key, compare in comparisons(definition):
        kind = kind_of(compare.field)
        if kind is None:
            near = get_close_matches(compare.field, NAMES, n=1, cutoff=_ALIKE)
            if near and "." not in compare.field:
                yield Finding(key, compare.field, near[0])
        yield from answer_findings(key, compare, states)


def answer_findings(key: str, compare: Compare, states: Collection[str]) -> Iterator[Finding]:
    """That what is asked about is of another kind than what it is compared with, or no state."""
    kind = kind_of(compare.field)
    if kind is not None:
        yield from mismatches(key, compare, kind)
    if kind == "state":
        for value in values_of(compare):
            if isinstance(value, str) and value not in states:
                yield Finding(key, f"{compare.field} {value}", one_of(states, value))


def comparisons(definition: Definition) -> Iterator[tuple[str, Compare]]:
    """Every comparison in the conditions of approvals, with the key of its condition."""
    for position, approval in enumerate(definition.settings.approvals):
        for compare in compared(approval.when):
            yield f"settings.approvals[{position}].when", compare


def compared(condition: Condition) -> Iterator[Compare]:
    """Every comparison in *condition*, as they stand."""
    waiting = [condition]
    while waiting:
        part = waiting.pop(0)
        if isinstance(part, Compare):
            yield part
        elif isinstance(part, AllOf | AnyOf):
            waiting = [*part.parts, *waiting]
        elif isinstance(part, Negation):
            waiting.insert(0, part.part)


def kind_of(name: str) -> Kind | None:
    """What the answer to *name* is; ``None``, if nothing answers to it."""
    if name in ATTRIBUTES:
        return ATTRIBUTES[name]
    answer = answer_to(name)
    return None if answer is None else answer.kind


def values_of(compare: Compare) -> tuple[object, ...]:
    """The values that are compared with."""
    if compare.operator == "missing":
        return ()
    return compare.value if isinstance(compare.value, tuple) else (compare.value,)


def mismatches(key: str, compare: Compare, kind: Kind) -> Iterator[Finding]:
    """That a comparison is never true, because what it asks about is of another kind."""
    if compare.operator == "missing" or kind == "any":
        return
    said = f"{compare.field} {compare.operator} {_said(compare)}"
    if kind not in _VALUES:
        yield Finding(key, said, "missing, which alone can be asked of a table")
        return
    allowed = _operators(kind)
    if compare.operator not in allowed:
        yield Finding(key, said, f"one of {', '.join(allowed)}")
        return
    if isinstance(compare.value, tuple) and compare.operator != "in":
        yield Finding(key, said, f"“in”, which compares {compare.field} with each of a list")
        return
    wanted, expected = _VALUES[kind]
    if not all(type(value) is wanted for value in values_of(compare)):
        yield Finding(key, said, f"{expected} to compare {compare.field} with")


def _operators(kind: Kind) -> Collection[str]:
    if kind == "names":
        return ("contains", "missing")
    ordered = () if kind == "flag" else _ORDERED
    return ("eq", "ne", *ordered, "in", "missing")


def _said(compare: Compare) -> str:
    values = [f"“{each}”" if isinstance(each, str) else str(each) for each in values_of(compare)]
    said = ", ".join(each.lower() if each in {"True", "False"} else each for each in values)
    return f"[{said}]" if isinstance(compare.value, tuple) else said
