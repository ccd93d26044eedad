"""What assignment did: its decisions, taken again, and what everybody holds.

Decisions are read from the events in which they stand. Taken again under the policy they were taken
under they come out the same, or something was altered; under another one the differences show what
that policy would have decided (:func:`replayed`). What people hold is read from the tickets
(:func:`workload`), apart from what the store has counted: the two can be compared.
"""

from workorder.insight.assignments.decisions import KeptDecision, Replay, decisions_of, replayed
from workorder.insight.assignments.workload import Held, Workload, workload

__all__ = ["Held", "KeptDecision", "Replay", "Workload", "decisions_of", "replayed", "workload"]
