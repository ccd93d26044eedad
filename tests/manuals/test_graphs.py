"""Mermaid and DOT: what they say is exactly what the rows say."""

import re
from collections.abc import Callable

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.manuals.graph_readers import START, Graph, read_dot, read_mermaid
from tests.manuals.manual_samples import LANGUAGES, RULEBOOKS, STATES, medium, medium_workflow
from tests.manuals.table_oracle import edges, shown, staying
from workorder.manuals import dot, mermaid
from workorder.manuals.colours import BETWEEN, GROUND, INK
from workorder.workflow import NEW, Workflow
from workorder.workflow.states import STAGES

READ: dict[str, Callable[[Workflow, str], Graph]] = {
    "mermaid": lambda workflow, language: read_mermaid(mermaid(workflow, language=language)),
    "dot": lambda workflow, language: read_dot(dot(workflow, language=language)),
}
STAGE_NAMES = {"en": "Intake Dispatch Handling Conclusion", "zh-CN": "受理 转办 处理 结案"}


def state_labels(workflow: Workflow, language: str) -> dict[str, str]:
    """What each state is called in a picture."""
    named = {each.name: shown(each.labels[language]) for each in workflow.states}
    return {NEW: START, **named}


def action_labels(workflow: Workflow, language: str) -> dict[str, str]:
    """What each action is called in a picture."""
    return {each.name: shown(each.labels[language]) for each in workflow.actions}


@pytest.mark.parametrize("kind", READ)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", RULEBOOKS)
def test_arrows_are_the_rows(name: str, language: str, kind: str) -> None:
    """An arrow for each pair of states that some action joins, with those actions, and no other."""
    workflow = RULEBOOKS[name]().workflow
    states, actions = state_labels(workflow, language), action_labels(workflow, language)
    expected = {
        (states[source], states[target]): sorted(actions[each] for each in found)
        for (source, target), found in edges(workflow).items()
    }
    graph = READ[kind](workflow, language)
    assert {ends: sorted(said) for ends, said in graph.arrows.items()} == expected


@pytest.mark.parametrize("kind", READ)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", RULEBOOKS)
def test_states_stand_in_their_stages(name: str, language: str, kind: str) -> None:
    """Every state stands once, in the frame of its stage; frames in order, none is empty."""
    workflow = RULEBOOKS[name]().workflow
    states = state_labels(workflow, language)
    titles = dict(zip(STAGES, STAGE_NAMES[language].split(), strict=True))
    expected = {
        titles[stage]: [states[each.name] for each in workflow.states if each.stage == stage]
        for stage in STAGES
    }
    found = READ[kind](workflow, language).frames
    assert list(found.items()) == [(title, inside) for title, inside in expected.items() if inside]


@pytest.mark.parametrize("kind", READ)
@pytest.mark.parametrize("name", RULEBOOKS)
def test_final_states_are_marked(name: str, kind: str) -> None:
    """States of the category final have the mark of an end, and no others."""
    workflow = RULEBOOKS[name]().workflow
    final = [shown(s.labels["en"]) for s in workflow.states if s.category == "final"]
    assert sorted(READ[kind](workflow, "en").ends) == sorted(final)


@pytest.mark.parametrize("name", RULEBOOKS)
def test_notes_list_what_leaves_a_ticket_where_it_is(name: str) -> None:
    """With ``stays``, each state has a note of the actions that do not move; without, none."""
    workflow = RULEBOOKS[name]().workflow
    states, actions = state_labels(workflow, "en"), action_labels(workflow, "en")
    expected = {
        states[state]: sorted(actions[each] for each in found)
        for state, found in staying(workflow).items()
    }
    graph = read_mermaid(mermaid(workflow, stays=True))
    assert {state: sorted(said) for state, said in graph.notes.items()} == expected
    assert graph.arrows == read_mermaid(mermaid(workflow)).arrows
    assert not read_mermaid(mermaid(workflow)).notes


LABEL = st.text(
    st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from('"\\#;:|<>[]{}%&`-*\n')),
    max_size=12,
)


@given(st.lists(LABEL, min_size=len(STATES), max_size=len(STATES)), LABEL)
def test_no_label_changes_the_graph(labels: list[str], action: str) -> None:
    """Whatever labels and names contain, frames and arrows are those of the rows."""
    plain = medium_workflow()
    names = {
        state.name: f"{n}{label}"
        for n, (state, label) in enumerate(zip(STATES, labels, strict=True))
    }
    states = tuple(attrs.evolve(s, labels={"en": names[s.name]}) for s in plain.states)
    actions = tuple(
        attrs.evolve(a, labels={"en": f"{n}{action}"}) for n, a in enumerate(plain.actions)
    )
    workflow = medium_workflow(states=states, actions=actions)
    called = {NEW: START, **{name: shown(label) for name, label in names.items()}}
    expected = {(called[source], called[target]) for source, target in edges(plain)}
    said = {shown(f"{n}{action}") for n in range(len(actions))}
    for read in READ.values():
        graph = read(workflow, "en")
        assert set(graph.arrows) == expected
        assert {each for parts in graph.arrows.values() for each in parts} <= said


@pytest.mark.parametrize("kind", READ)
def test_names_may_be_words_of_the_languages(kind: str) -> None:
    """States whose names are words of the languages, or no words at all, stay apart."""
    plain = medium_workflow()
    words = ["end", "node", "state", "s 1", "1", "s1"]
    names = dict(zip((state.name for state in plain.states), words, strict=True))
    states = tuple(attrs.evolve(s, name=names[s.name], labels={}) for s in plain.states)
    rows = tuple(
        attrs.evolve(
            row,
            sources=tuple(names[each] for each in row.sources),
            target=names.get(row.target, row.target),
        )
        for row in plain.rows
    )
    workflow = medium_workflow(states=states, rows=rows)
    expected = {(source or START, target) for source, target in edges(workflow)}
    assert set(READ[kind](workflow, "en").arrows) == expected


@pytest.mark.parametrize("draw", [mermaid, dot])
def test_the_same_workflow_gives_the_same_text(draw: Callable[..., str]) -> None:
    """Two equal workflows give the same text; two languages do not."""
    first, second = medium().workflow, medium().workflow
    assert draw(first) == draw(second) == draw(first, language="en")
    assert draw(first, language="zh-CN") != draw(first)
    assert not re.search("[A-Z][a-z]+ [a-z]+ [a-z]+", mermaid(first, language="zh-CN"))


def _brightness(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """How far apart two colours are, as the web measures it (1 to 21)."""
    low, high = sorted((_brightness(one), _brightness(other)))
    return (high + 0.05) / (low + 0.05)


def test_colours_are_legible_on_light_and_dark() -> None:
    """Letters on a state's own ground, and lines on a white or a nearly black page."""
    assert all(contrast(ground, INK) >= 7 for ground in GROUND.values())
    assert min(contrast(BETWEEN, "#ffffff"), contrast(BETWEEN, "#0d1117")) >= 4
    looks = read_dot(dot(medium().workflow)).looks
    assert looks["edge"]["fontcolor"] == looks["graph"]["fontcolor"] == BETWEEN
    assert looks["node"]["fontcolor"] == INK
    assert {looks[s.labels["en"]]["fillcolor"] for s in STATES} == set(GROUND.values())
