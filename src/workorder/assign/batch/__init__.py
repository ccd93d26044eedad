"""Many items at once: the optimum, not the sum of the next best.

:func:`choose_many` gives as many items as can be to somebody, and of the ways to do that takes the
best by the policy's scorers. Underneath is a matching of rows and columns
(:mod:`~workorder.assign.batch.matching`), for whoever has a table of costs: in Python for some
hundreds of rows, by SciPy (extra ``batch``) beyond; whoever has a NumPy array takes
:func:`workorder.assign.batch.arrays.match_array`.
"""

from workorder.assign.batch.many import Batch, choose_many
from workorder.assign.batch.matching import Costs, Matching, Solver, match

__all__ = ["Batch", "Costs", "Matching", "Solver", "choose_many", "match"]
