"""The state of SLA clocks, as values: what a ticket carries, and a record keeps.

A clock measures how long one thing takes on one ticket: the first response, the resolution, an
answer that the law asks for. What stands here is how it stands (:mod:`~workorder.clocks.values`),
and how that is written (:mod:`~workorder.clocks.wire`); nothing counts. How it came to stand so,
and what it says at an instant, is for :mod:`workorder.sla.clocks`, which knows calendars; a ticket
that is read back needs none.

The clocks of a ticket are kept together (:class:`Clocks`) and read one by one, when somebody asks
for them: most of what happens to a ticket concerns none of them.
"""

from workorder.clocks.kept import NO_CLOCKS, Clocks, state_of
from workorder.clocks.steps import REACH_MARK, REVISE_DUE, STEP_LABELS
from workorder.clocks.values import (
    CLOCK_STATES,
    WITHDRAWN,
    Clock,
    ClockState,
    Extended,
    Segment,
    Verdict,
    changed,
)
from workorder.clocks.wire import clock_data, clock_from_data

__all__ = [
    "CLOCK_STATES",
    "NO_CLOCKS",
    "REACH_MARK",
    "REVISE_DUE",
    "STEP_LABELS",
    "WITHDRAWN",
    "Clock",
    "ClockState",
    "Clocks",
    "Extended",
    "Segment",
    "Verdict",
    "changed",
    "clock_data",
    "clock_from_data",
    "state_of",
]
