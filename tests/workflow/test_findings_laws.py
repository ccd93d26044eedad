"""Laws of the checker: it answers about anything, and a walk through every life agrees."""

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from tests.workflow.brute_force import PlainRow, caught, distances, left
from tests.workflow.definitions import odd_definitions, sound_definitions
from workorder.errors import Finding
from workorder.workflow import Definition, check


def plain(definition: Definition) -> list[PlainRow]:
    """The rows as plain tuples."""
    return [(row.action, row.sources, row.target, row.roles) for row in definition.rows]


def ends(definition: Definition) -> set[str]:
    """Final states, or closed ones where none is final."""
    final = {state.name for state in definition.states if state.category == "final"}
    return final or {state.name for state in definition.states if state.category == "closed"}


def named(found: tuple[Finding, ...], *words: str) -> set[str]:
    """The states about which something was found in these words."""
    return {
        each.key.removeprefix("states.")
        for each in found
        if each.key.startswith("states.") and any(word in each.found for word in words)
    }


@given(odd_definitions() | sound_definitions())
def test_anything_is_answered(definition: Definition) -> None:
    """Whatever a definition is made of, it is answered, in text, the same each time."""
    found = check(definition)
    assert found == check(definition)
    assert len(set(found)) == len(found)
    assert all(each.key and each.key in each.text("zh-CN") for each in found)


@given(sound_definitions())
def test_ways_in(definition: Definition) -> None:
    """Said to be unreachable are exactly the states that no life ever comes to."""
    there = distances(plain(definition))
    lost = {state.name for state in definition.states} - set(there)
    assert named(check(definition), "no way into it") == lost


@given(sound_definitions())
def test_ways_out(definition: Definition) -> None:
    """Said to be without a way out are exactly the states, no ends, that no row leads out of."""
    final = {state.name for state in definition.states if state.category == "final"}
    stuck = {state.name for state in definition.states} - left(plain(definition))
    assert named(check(definition), "no way out") == stuck - ends(definition) - final


@given(sound_definitions())
def test_ways_to_an_end(definition: Definition) -> None:
    """Said to hold tickets for ever are exactly the states in which some life is caught.

    Those without any way out are told as that, and only where lives come at all.
    """
    last = ends(definition)
    found = check(definition)
    rows = plain(definition)
    if not last:
        assert any("no final or closed state" in each.found for each in found)
        return
    told = named(found, "for ever", "no way out") & set(distances(rows))
    expected = caught(rows, last)
    assert told <= expected
    assert expected - told <= without_a_past(found)


def without_a_past(found: tuple[Finding, ...]) -> set[str]:
    """The states a way back leads out of though nothing leads into them: that is told instead."""
    words = ", which no row leads into"
    return {each.found.removesuffix(words) for each in found if each.found.endswith(words)}


@given(sound_definitions(), st.data())
def test_the_order_of_rows_hides_nothing(definition: Definition, data: st.DataObject) -> None:
    """Proofs do not depend on the order of rows: the same states are found."""
    shuffled = evolve(definition, rows=tuple(data.draw(st.permutations(definition.rows))))
    words = ("no way", "for ever", "no final")
    assert named(check(shuffled), *words) == named(check(definition), *words)
