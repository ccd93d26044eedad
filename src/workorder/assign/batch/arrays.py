"""Matching of a NumPy array of costs: the answer that lists would have, for millions of cells.

Needs NumPy and SciPy (extra ``batch``).
"""

from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.optimize import linear_sum_assignment

from workorder.assign.batch.matching import (
    KINDS,
    Costs,
    Matching,
    alone,
    checked_ranks,
)
from workorder.assign.values import wrong

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


EXACT = 2**53
"""Up to here floating-point numbers hold every whole number."""

_TOGETHER = f"less than {EXACT} together, for SciPy"


def match_array(
    costs: "NDArray[np.integer[Any]]",
    *,
    forbidden: "NDArray[np.bool_] | None" = None,
    ranks: "Sequence[int] | None" = None,
) -> Matching:
    """As many pairs as there can be, and of these the cheapest:
    :func:`~workorder.assign.batch.match` of an array.

    Args:
        costs: whole numbers from 0, a row and a column for each; not changed.
        forbidden: true where the two must not meet; what they would cost is not looked at.
        ranks: of each row, the lower the more it matters.

    Raises:
        InvalidInput: for an array that has not two dimensions, numbers that are not whole or less
            than 0 (the first such cell is named), shapes that differ, and costs that
            floating-point numbers could not tell apart.
    """
    _checked(costs, forbidden)
    return _solved(costs, forbidden, checked_ranks(ranks, len(costs)))


def match_lists(costs: Costs, ranks: "Sequence[int]") -> Matching | None:
    """The same of lists, with ``None`` where two must not meet; the answer is ``None`` for what is
    no table of costs.

    Raises:
        InvalidInput: for costs that floating-point numbers could not tell apart.
    """
    if not set(map(type, chain.from_iterable(costs))) <= KINDS:
        return None
    try:
        table = np.array(costs, dtype=np.float64)  # in which None is not a number
    except ValueError:  # rows that are not equally long
        return None
    except OverflowError:
        raise wrong("costs", _TOGETHER, "more than they can hold") from None
    if not table.size:
        return Matching((None,) * len(costs), 0)
    forbidden = np.isnan(table)
    if (table < 0).any():
        return None
    return _solved(table, forbidden if forbidden.any() else None, ranks)


def _solved(
    costs: "NDArray[Any]", forbidden: "NDArray[np.bool_] | None", ranks: "Sequence[int]"
) -> Matching:
    rows, wide = costs.shape
    if not rows or not wide:
        return Matching((None,) * rows, 0)
    open_costs = costs if forbidden is None else np.where(forbidden, 0, costs)
    tops = [int(each) for each in open_costs.max(axis=1)]
    lonely = alone(tops, ranks)
    most = sum(tops if forbidden is None and rows <= wide else lonely)
    if most >= EXACT:
        raise wrong("costs", _TOGETHER, most)
    prices = np.array(lonely, dtype=np.float64)[:, None]
    whole = open_costs.astype(np.float64, copy=False)
    if forbidden is not None:
        whole = np.where(forbidden, prices, whole)
    if rows > wide:
        whole = np.hstack([whole, np.broadcast_to(prices, (rows, rows - wide))])
    _, found = linear_sum_assignment(whole)
    met = found < wide
    if forbidden is not None:
        met &= ~forbidden[np.arange(rows), np.minimum(found, wide - 1)]
    columns = [int(each) if there else None for each, there in zip(found, met, strict=True)]
    total = sum(int(costs[row, each]) for row, each in enumerate(columns) if each is not None)
    return Matching(tuple(columns), total)


def _checked(costs: Any, forbidden: Any) -> None:
    if not isinstance(costs, np.ndarray) or costs.ndim != 2:  # noqa: PLR2004 (rows and columns)
        raise wrong("costs", "an array of two dimensions", getattr(costs, "shape", costs))
    if costs.dtype.kind not in "iu":
        raise wrong("costs", "an array of whole numbers", str(costs.dtype))
    if forbidden is not None:
        shape = getattr(forbidden, "shape", None)
        if shape != costs.shape or forbidden.dtype != np.bool_:
            raise wrong("forbidden", f"true or false in the shape {costs.shape}", shape)
    below = costs < 0 if forbidden is None else (costs < 0) & ~forbidden
    if below.any():
        row, column = (int(each) for each in np.argwhere(below)[0])
        raise wrong(f"costs[{row}][{column}]", "0 or more", int(costs[row, column]))
