"""Random definitions: small tables of rows, sound in their names or not."""

from itertools import pairwise
from typing import Any

from hypothesis import strategies as st

from workorder.workflow import (
    Action,
    Argument,
    Definition,
    HoldReason,
    Role,
    Row,
    Scope,
    Settings,
    State,
    Use,
    Workflow,
)

STATES = ("a", "b", "c", "d", "e")
ROLES = ("p", "q")
RULES = ("is_assignee", "reason_given", "target_given")
ODD = ("", "=", "@", "@x", "nobody", "é", "a.b", "x\n")


@st.composite
def sound_definitions(draw: Any) -> Definition:
    """Definitions whose names are all there; anything may be wrong with their shape."""
    count = draw(st.integers(2, len(STATES)))
    names = STATES[:count]
    category = st.sampled_from(("open", "closed", "final"))
    states = tuple(
        State(name, "handling", "initial" if name == "a" else draw(category)) for name in names
    )
    sources = st.lists(st.sampled_from(names), min_size=1, max_size=2, unique=True)
    targets = st.sampled_from((*names, *names, "=", "@x"))
    roles = st.lists(st.sampled_from(ROLES), min_size=1, unique=True)
    rules = st.lists(st.sampled_from(RULES), max_size=2, unique=True)
    rows = [Row("open", (), draw(st.sampled_from(names[:2])), ROLES)]
    for number in range(draw(st.integers(1, 7))):
        action = f"do{number if draw(st.booleans()) else 0}"
        rows.append(Row(action, draw(sources), draw(targets), draw(roles), draw(rules)))
    actions = tuple(Action(name) for name in dict.fromkeys(row.action for row in rows))
    return Definition(
        name="drawn",
        states=states,
        roles=tuple(Role(name) for name in ROLES),
        actions=actions,
        rows=tuple(rows),
    )


@st.composite
def workflows(draw: Any) -> Workflow:
    """Workflows without errors: a chain of states, each with a way to the end, and more rows."""
    names = STATES[: draw(st.integers(1, len(STATES)))]
    live = st.lists(st.sampled_from(names), min_size=1, max_size=2, unique=True)
    entered = st.lists(st.sampled_from((*names[1:], "end")), min_size=1, max_size=2, unique=True)
    roles = st.lists(st.sampled_from(ROLES), min_size=1, unique=True)
    rules = st.lists(st.sampled_from(RULES), max_size=2, unique=True)
    rows = [Row("open", (), "a", draw(roles)), Row("finish", names, "end", draw(roles))]
    for source, target in pairwise(names):
        rows.append(Row(f"to_{target}", source, target, draw(roles), draw(rules)))
    for number in range(draw(st.integers(0, 6))):
        target = draw(st.sampled_from((*names, "end", "=", "@x")))
        sources = draw(entered if target == "@x" else live)
        rows.append(Row(f"do_{number}", sources, target, draw(roles), draw(rules)))
    return Workflow(
        name="drawn",
        states=(
            *(State(each, "handling", "initial" if each == "a" else "open") for each in names),
            State("end", "conclusion", "final", resolved=True),
        ),
        roles=tuple(Role(name) for name in ROLES),
        actions=tuple(
            Action(row.action, tuple(draw(st.lists(ARGUMENTS, max_size=3, unique_by=_name))))
            for row in rows
        ),
        rows=tuple(rows),
    )


ARGUMENTS = st.builds(
    Argument,
    st.sampled_from(("reason", "to", "x", "y")),
    st.sampled_from(("text", "code", "codes")),
    st.booleans(),
    st.just(value=False),
    st.none() | st.integers(1, 9),
    st.just(()) | st.just(("1", "2")),
) | st.builds(Argument, st.just("z"), st.sampled_from(("integer", "flag", "instant")))


def _name(argument: Argument) -> str:
    return argument.name


@st.composite
def odd_definitions(draw: Any) -> Definition:
    """Definitions in which every name may be wrong, doubled, empty or a sign."""
    words = st.sampled_from((*STATES, *ROLES, "open", "hold", *ODD))
    several = st.lists(words, max_size=3).map(tuple)
    category = st.sampled_from(("initial", "open", "closed", "final", "x"))
    labels = st.dictionaries(st.sampled_from(("en", "zh-CN", "zh-TW", "fr")), words, max_size=3)
    values = words | several | st.integers() | st.none()
    rule_names = st.sampled_from((*RULES, "not_own_work", "x"))
    parameters = st.dictionaries(
        st.sampled_from(("roles", "besides", "states", "x", "x_roles")), values, max_size=2
    )
    uses = st.builds(Use, rule_names, parameters)
    reasons = st.builds(
        HoldReason,
        words,
        labels,
        st.sampled_from(("internal", "x", None)),
        st.sampled_from(("no limit", None)),
        several,
        labels,
    )
    arguments = st.builds(
        Argument, words, st.sampled_from(("text", "code", "x")), st.booleans(), st.booleans()
    )

    def many(each: st.SearchStrategy[Any]) -> tuple[Any, ...]:
        return tuple(draw(st.lists(each, max_size=4)))

    return Definition(
        name="odd",
        states=many(
            st.builds(State, words, st.sampled_from(("intake", "x")), category, labels, labels)
        ),
        roles=many(st.builds(Role, words, st.sampled_from(Scope), labels, st.booleans())),
        actions=many(st.builds(Action, words, st.lists(arguments, max_size=2).map(tuple), labels)),
        rows=many(st.builds(Row, words, several, words, several, st.lists(uses, max_size=2))),
        settings=Settings(hold_reasons=many(reasons)),
    )
