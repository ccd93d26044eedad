"""Matching: of a table of costs, as many pairs as there can be, and of these the cheapest.

Costs are whole numbers; a pair that must not be is ``None``. There is no large number that stands
for “forbidden” and could be beaten by enough small ones: what a row costs that stays alone is
worked out from the table, and whole numbers have no limit here.
"""

from collections.abc import Sequence
from types import NoneType
from typing import Any, Literal

from attrs import frozen

from workorder.assign.values import wrong
from workorder.errors import InvalidInput

Costs = Sequence[Sequence[int | None]]
Whole = Sequence[Sequence[int]]
Solver = Literal["auto", "python", "scipy"]

SMALL = 150
"""Up to so many rows the solver in Python is used, where another could be."""


@frozen
class Matching:
    """Which row goes with which column.

    Attributes:
        columns: the column of each row; ``None`` for one that stays alone.
        total: what the pairs cost together.
    """

    columns: tuple[int | None, ...]
    total: int

    @property
    def pairs(self) -> int:
        """How many pairs there are."""
        return sum(each is not None for each in self.columns)


def match(costs: Costs, *, ranks: Sequence[int] | None = None, solver: Solver = "auto") -> Matching:
    """As many pairs as there can be, and of these the cheapest.

    In Python O(rows² · columns) at worst; by SciPy (extra ``batch``) the same in compiled code.
    Both come to the same number of pairs and the same total; where several matchings do, each
    solver always takes the same one of them.

    Args:
        costs: for each row what each column costs; ``None`` where the two must not meet.
        ranks: of each row, the lower the more it matters: a row of a lower rank stays alone only
            if it must, whatever that costs rows of higher ones. All the same, if not given.
        solver: ``python``, ``scipy``, or what suits.

    Raises:
        InvalidInput: for rows that are not equally long, costs that are no whole numbers or less
            than 0, ranks that are not one for each row; for SciPy, when it is not there, or costs
            that its floating-point numbers could not tell apart.

    >>> match([[4, 1], [2, None]])
    Matching(columns=(1, 0), total=3)
    """
    known = checked_ranks(ranks, len(costs))
    if solver == "scipy" or (solver == "auto" and len(costs) > SMALL):
        found = _by_scipy(costs, known, solver)
        if found is not None:
            return found
    prices = alone(_tops(costs), known)
    rows, wide = len(costs), len(costs[0]) if costs else 0
    more = max(0, rows - wide)
    whole: Any = [
        [lonely if each is None else each for each in row] + [lonely] * more
        if more or None in row
        else row
        for row, lonely in zip(costs, prices, strict=True)
    ]
    columns = tuple(
        column if column < wide and costs[row][column] is not None else None
        for row, column in enumerate(_by_python(whole))
    )
    total = sum(costs[row][column] or 0 for row, column in enumerate(columns) if column is not None)
    return Matching(columns, total)


def _by_scipy(costs: Costs, ranks: Sequence[int], solver: Solver) -> Matching | None:
    """The same by SciPy; ``None`` where another solver has to do it, or to say what is wrong."""
    try:
        from workorder.assign.batch.arrays import match_lists
    except ImportError:
        if solver == "scipy":
            raise wrong("solver", "SciPy (the extra “batch”)", "none") from None
        return None
    try:
        return match_lists(costs, ranks)
    except InvalidInput:
        if solver == "scipy":
            raise
        return None


def _tops(costs: Costs) -> list[int]:
    """The highest cost of each row; 0 of one that must not meet anybody.

    Whole rows are looked at at once: a table has a million cells soon.
    """
    wide = len(costs[0]) if costs else 0
    tops = []
    for number, row in enumerate(costs):
        if len(row) != wide:
            raise wrong(f"costs[{number}]", f"{wide} columns, as in the first row", len(row))
        kinds = set(map(type, row))
        known: Any = row if NoneType not in kinds else [each for each in row if each is not None]
        if not kinds <= KINDS or (known and min(known) < 0):
            raise _bad(number, row)
        tops.append(max(known, default=0))
    return tops


KINDS = {int, NoneType}
"""What costs are; a truth value is none, though it counts as a number."""


def _bad(number: int, row: Sequence[object]) -> InvalidInput:
    column, found = next(
        (column, each)
        for column, each in enumerate(row)
        if each is not None and (type(each) is not int or each < 0)
    )
    return wrong(f"costs[{number}][{column}]", "a whole number, 0 or more, or None", found)


def checked_ranks(ranks: Sequence[int] | None, rows: int) -> Sequence[int]:
    """The ranks of so many rows; the same for all, if none are given.

    Raises:
        InvalidInput: when there is not one for each row.
    """
    if ranks is None:
        return [0] * rows
    if len(ranks) != rows:
        raise wrong("ranks", f"{rows}, one for each row", len(ranks))
    return ranks


def alone(tops: Sequence[int], ranks: Sequence[int]) -> list[int]:
    """What each row costs that stays alone: more than all pairs together, and more than all rows of
    higher ranks.
    """
    more = sum(tops) + 1
    prices = {}
    for rank in sorted(set(ranks), reverse=True):
        prices[rank] = more
        more += more * sum(each == rank for each in ranks)
    return [prices[each] for each in ranks]


def _by_python(whole: Whole) -> list[int]:
    """The columns by shortest augmenting paths (Jonker and Volgenant, 1987, without its starts).

    One row after the other is brought in: by the cheapest way on which rows that have a column give
    it up for another. Potentials keep all costs that are looked at at 0 or more.
    """
    rows, wide = len(whole), len(whole[0]) if whole else 0
    row_of = [-1] * wide
    column_of = [-1] * rows
    prices = [0] * wide  # of columns
    for start in range(rows):
        costs = whole[start]
        shortest = [cost - price for cost, price in zip(costs, prices, strict=True)]
        came_from = [start] * wide
        left = list(range(wide))
        done: list[int] = []
        while True:
            column = min(left, key=shortest.__getitem__)
            least = shortest[column]
            left.remove(column)
            row = row_of[column]
            if row < 0:
                break
            done.append(column)
            costs = whole[row]
            paid = least - costs[column] + prices[column]
            for each in left:
                way = paid + costs[each] - prices[each]
                if way < shortest[each]:
                    shortest[each] = way
                    came_from[each] = row
        for each in done:
            prices[each] += shortest[each] - least
        while True:
            row = came_from[column]
            row_of[column] = row
            column, column_of[row] = column_of[row], column
            if row == start:
                break
    return column_of
