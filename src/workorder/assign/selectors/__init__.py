"""Selectors: who of several gets it, and in which order the others come.

Each is a value with a ``name`` and a chain of what it compares (``by``) that ends with ``id``
(:mod:`~workorder.assign.selectors.selector`). None is called “round robin” or “least loaded”: the
names say which of the things that are called so it is.
"""

from workorder.assign.selectors.best_score import BestScore
from workorder.assign.selectors.chance import TwoChoices
from workorder.assign.selectors.keyed import (
    Keyed,
    LeastLoad,
    LeastRecentlyAssigned,
    LeastUtilization,
    LongestIdle,
    MostSpare,
)
from workorder.assign.selectors.selector import Order, Selector
from workorder.assign.selectors.turns import PointerRoundRobin, SmoothWeightedRoundRobin

__all__ = [
    "BestScore",
    "Keyed",
    "LeastLoad",
    "LeastRecentlyAssigned",
    "LeastUtilization",
    "LongestIdle",
    "MostSpare",
    "Order",
    "PointerRoundRobin",
    "Selector",
    "SmoothWeightedRoundRobin",
    "TwoChoices",
]
