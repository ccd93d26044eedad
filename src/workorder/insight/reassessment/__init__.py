"""Reassessing: every clock of a whole history, recomputed under any policy.

What would last quarter have looked like with two hours instead of four, with the counters' hours
instead of the service centre's, with a pause while the customer is asked? Histories answer that:
events say what happened, and what was promised follows from a policy, from theirs or from another.

**How data passes through.** Events are read once (``histories``) and cut into moments, as they were
decided. One by one, each ticket is lived through again from no clocks at all (``folding``), by the
code that a desk decides with; under the rulebook of the desk itself, that gives exactly the clocks
that its tickets carry. Where all targets are lengths of time, what happened is only looked through
(``lengths``; ``watching`` remembers what conditions say of which facts), and time is reckoned for
thousands of tickets at once (``arrays``). Either way every cycle of a clock comes to an outcome
(``outcomes``); counted (``result``), they are a :class:`Reassessment`, for people by ``telling``.

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
