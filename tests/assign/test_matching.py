"""Matching: as many pairs as there can be, then the cheapest; both solvers come to the same."""

import sys
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workorder.assign.batch import Costs, match
from workorder.errors import InvalidInput

cells = st.none() | st.integers(0, 9) | st.sampled_from([0, 10**6])


@st.composite
def tables(draw: st.DrawFn, most: int = 5) -> list[list[int | None]]:
    """A table with forbidden pairs, of any shape."""
    rows, wide = draw(st.integers(0, most)), draw(st.integers(0, most))
    return [draw(st.lists(cells, min_size=wide, max_size=wide)) for _ in range(rows)]


def by_trying(costs: Costs) -> tuple[int, int]:
    """Pairs and total, by trying every way."""
    rows, wide = len(costs), len(costs[0]) if costs else 0
    best = (0, 0)
    for order in permutations([*range(wide), *[-1] * rows], rows):
        pairs = [
            cost
            for row, column in enumerate(order)
            if column >= 0 and (cost := costs[row][column]) is not None
        ]
        best = min(best, (-len(pairs), sum(pairs)))
    return -best[0], best[1]


def sound(costs: Costs, columns: tuple[int | None, ...]) -> bool:
    """Whether nobody is paired twice, or with whom they must not be."""
    taken = [each for each in columns if each is not None]
    return len(taken) == len(set(taken)) and all(
        costs[row][each] is not None for row, each in enumerate(columns) if each is not None
    )


@given(tables(4))
def test_the_optimum(costs: list[list[int | None]]) -> None:
    """Every way is tried by hand."""
    found = match(costs)
    assert sound(costs, found.columns)
    assert (found.pairs, found.total) == by_trying(costs)


@given(tables(9))
def test_scipy_comes_to_the_same(costs: list[list[int | None]]) -> None:
    """As many pairs, at the same price."""
    pytest.importorskip("scipy")
    one, other = match(costs, solver="python"), match(costs, solver="scipy")
    assert sound(costs, other.columns)
    assert (one.pairs, one.total) == (other.pairs, other.total)
    assert match(costs, solver="scipy") == other


@given(tables(6), st.data())
def test_who_matters_more_comes_first(costs: list[list[int | None]], data: st.DataObject) -> None:
    """Leaving out all rows that matter less changes nothing about how many of the others pair."""
    ranks = data.draw(st.lists(st.integers(1, 3), min_size=len(costs), max_size=len(costs)))
    found = match(costs, ranks=ranks)
    assert sound(costs, found.columns)
    assert found.pairs == match(costs).pairs
    for rank in sorted(set(ranks)):
        those = [row for row, each in enumerate(ranks) if each <= rank]
        alone = match([costs[row] for row in those])
        assert sum(found.columns[row] is not None for row in those) == alone.pairs


def test_a_forbidden_pair_is_never_cheap_enough() -> None:
    """However much the others cost (scipy/scipy #7005, gatagat/lap #19)."""
    large = 10**15
    found = match([[large, None], [large, None]])
    assert (found.pairs, found.total) == (1, large)
    assert match([[None, None]]).columns == (None,)
    assert match([]).columns == ()
    assert match([[], []]).columns == (None, None)


def test_costs_that_floating_point_could_not_tell_apart() -> None:
    """In Python whole numbers have no limit; SciPy says that it has one."""
    large = 2**60
    costs = [[large, large + 1], [large, large + 3]]
    assert match(costs).columns == (1, 0)
    pytest.importorskip("scipy")
    with pytest.raises(InvalidInput, match="for SciPy"):
        match(costs, solver="scipy")
    many = [[large + row * column for column in range(160)] for row in range(160)]
    assert match(many[:151]).pairs == 151


@pytest.mark.parametrize(
    ("costs", "said"),
    [
        ([[1, 2], [3]], r"costs\[1\]: expected 2 columns"),
        ([[1.5]], r"costs\[0\]\[0\]: expected a whole number"),
        ([[float("nan")]], r"costs\[0\]\[0\]"),
        ([[float("inf")]], r"costs\[0\]\[0\]"),
        ([[-1]], r"costs\[0\]\[0\]"),
        ([[True]], r"costs\[0\]\[0\]"),
    ],
)
def test_tables_that_are_none(costs: Costs, said: str) -> None:
    """Ragged rows, and costs that are no whole numbers, are named."""
    with pytest.raises(InvalidInput, match=said):
        match(costs)


def test_ranks_for_other_rows() -> None:
    """One for each."""
    with pytest.raises(InvalidInput, match="ranks: expected 1"):
        match([[1]], ranks=[1, 2])


def test_without_scipy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Python does it, unless SciPy was asked for."""
    monkeypatch.setitem(sys.modules, "scipy.optimize", None)
    monkeypatch.delitem(sys.modules, "workorder.assign.batch.arrays", raising=False)
    many = [[(7 * row * column) % 11 for column in range(160)] for row in range(160)]
    assert match(many).pairs == 160
    with pytest.raises(InvalidInput, match="extra “batch”"):
        match(many, solver="scipy")


# --- of arrays ---------------------------------------------------------------------------------


@given(tables(9), st.none() | st.integers(0, 2))
def test_an_array_has_the_same_answer_as_lists(
    costs: list[list[int | None]], level: int | None
) -> None:
    """Pair by pair, with forbidden pairs and with ranks."""
    np = pytest.importorskip("numpy")
    pytest.importorskip("scipy")
    from workorder.assign.batch.arrays import match_array

    rows, wide = len(costs), len(costs[0]) if costs else 0
    ranks = None if level is None else [row % (level + 1) for row in range(rows)]
    array = np.array([[each or 0 for each in row] for row in costs], np.int64).reshape(rows, wide)
    never = np.array([[each is None for each in row] for row in costs], bool).reshape(rows, wide)
    found = match_array(array, forbidden=never, ranks=ranks)
    expected = match(costs, ranks=ranks, solver="python")
    assert sound(costs, found.columns)
    assert (found.pairs, found.total) == (expected.pairs, expected.total)
    if not never.any():
        assert match_array(array, ranks=ranks) == found


@pytest.mark.parametrize(
    ("costs", "said"),
    [
        ([[1, 2], [3, 4]], "two dimensions"),
        ("np.array([1, 2])", "two dimensions"),
        ("np.array([[1.0, float('nan')]])", "whole numbers"),
        ("np.array([[1, -2]])", r"costs\[0\]\[1\].*-2"),
        ("np.array([[2**53, 1]])", "floating|together"),
    ],
)
def test_arrays_that_are_none(costs: object, said: str) -> None:
    """The first cell that is wrong is named."""
    np = pytest.importorskip("numpy")
    pytest.importorskip("scipy")
    from workorder.assign.batch.arrays import match_array

    given_costs: Any = eval(costs, {"np": np}) if isinstance(costs, str) else costs
    with pytest.raises(InvalidInput, match=said):
        match_array(given_costs)


def test_a_mask_of_another_shape() -> None:
    """Nothing is guessed."""
    np = pytest.importorskip("numpy")
    pytest.importorskip("scipy")
    from workorder.assign.batch.arrays import match_array

    with pytest.raises(InvalidInput, match="forbidden"):
        match_array(np.array([[1, 2]]), forbidden=np.array([[True]]))
