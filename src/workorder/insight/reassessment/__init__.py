"""Reassessing: every clock of a whole history, recomputed under any policy.

What would last quarter have looked like with two hours instead of four, with the counters' hours
instead of the service centre's, with a pause while the customer is asked? Histories answer that:
events say what happened, and what was promised follows from a policy, from theirs or from another.

**How data passes through.** Events are read once (:mod:`~workorder.insight.reassessment.histories`) and cut into moments, as they
were decided. One by one, each ticket is lived through again from no clocks at all (:mod:`~workorder.insight.reassessment.folding`),
by the code that a desk decides with; under the rulebook of the desk itself, that gives exactly the
clocks that its tickets carry. Where all targets are lengths of time, conditions are asked ticket by
ticket as well (:mod:`~workorder.insight.reassessment.lengths`), and time is reckoned for all of them at once (:mod:`~.arrays`).
Either way every cycle of a clock comes to an outcome (:mod:`~workorder.insight.reassessment.outcomes`); counted, they are a
:class:`Reassessment`.

**What does not belong here:** deciding anything. Nothing is written, no ticket changes, and what
people did is taken as it was: under a shorter promise they might have hurried.
"""

from workorder.insight.reassessment.assessing import reassess
from workorder.insight.reassessment.folding import Terms
from workorder.insight.reassessment.histories import Histories, History, histories_of
from workorder.insight.reassessment.outcomes import Outcome
from workorder.insight.reassessment.result import BY, Compliance, Reassessment

__all__ = [
    "BY",
    "Compliance",
    "Histories",
    "History",
    "Outcome",
    "Reassessment",
    "Terms",
    "histories_of",
    "reassess",
]
