"""Figures of how evenly work is spread."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workorder.assign import Agent
from workorder.assign.fairness import fairness, gini, jain

loads = st.lists(st.integers(0, 50), min_size=1, max_size=8)


def test_by_capacity() -> None:
    """Half of eight and half of four is the same; the text says all of it."""
    found = fairness(
        [Agent("li", capacity=4, load=2), Agent("gao", capacity=8, load=4), Agent("wu", capacity=0)]
    )
    assert (found.people, found.jain, found.gini) == (2, 1.0, 0.0)
    assert found.text() == (
        "2 people hold 6 of 12 units (50 %). Least 50 %, most 50 %; Jain 1.000, Gini 0.000"
    )
    assert found.text("zh-CN").startswith("2 人共持有 6/12 个单位（50%）")
    assert found.as_data()["most"] == 0.5


def test_one_bears_everything() -> None:
    """Of four: the worst there is."""
    found = fairness([Agent("li", capacity=9, load=9), *(Agent(f"a{n}") for n in range(3))])
    assert (found.jain, found.gini) == (0.25, 0.75)
    assert (found.least, found.most) == (0.0, 1.0)


def test_nobody_and_nothing() -> None:
    """Nobody is treated unfairly."""
    for people in ([], [Agent("li"), Agent("gao")]):
        found = fairness(people)
        assert (found.jain, found.gini) == (1.0, 0.0)
        assert found.text()


@given(loads)
def test_bounds(parts: list[int]) -> None:
    """Between one of n and 1, and between 0 and 1 less one of n."""
    number = len(parts)
    assert 1 / number <= jain(parts) * (1 + 1e-12)
    assert jain(parts) <= 1
    assert -1e-12 <= gini(parts) <= 1 - 1 / number + 1e-12


@given(loads, st.integers(1, 9))
def test_scale_does_not_matter(parts: list[int], factor: int) -> None:
    """Everybody bearing three times as much is as fair."""
    more = [factor * each for each in parts]
    assert jain(more) == pytest.approx(jain(parts))
    assert gini(more) == pytest.approx(gini(parts))


@given(loads, st.data())
def test_taking_from_who_has_most_is_fairer(parts: list[int], data: st.DataObject) -> None:
    """A unit from who has most to who has least makes no figure worse (Pigou and Dalton)."""
    most, least = max(parts), min(parts)
    if most - least < 2:
        return
    after = [*parts]
    after[after.index(most)] -= 1
    after[after.index(least)] += 1
    assert jain(after) >= jain(parts)
    assert gini(after) <= gini(parts)


@given(loads)
def test_gini_by_its_definition(parts: list[int]) -> None:
    """Half of the mean difference of all pairs, by the mean."""
    total = sum(parts)
    expected = sum(abs(a - b) for a in parts for b in parts) / (2 * len(parts) * (total or 1))
    assert gini(parts) == pytest.approx(expected if total else 0)
