"""Filters: who can have an item at all.

Each is a value with a ``name``, says whether it is ``hard`` (nobody overrides it), and answers for
all candidates at once whom it passes over and why (:mod:`~workorder.assign.filters.filter`). All of
them are always asked, so that a decision holds every reason, not the first one.
"""

from workorder.assign.filters.bars import ApartFromInvolved, NoConflict
from workorder.assign.filters.capacity import HasCapacity
from workorder.assign.filters.filter import Filter, Own, Rejected
from workorder.assign.filters.history import Experienced, NotDeclined, NotTooManyLately
from workorder.assign.filters.presence import AtWork, Present
from workorder.assign.filters.skills import HasSkills, InTeam, Speaks

__all__ = [
    "ApartFromInvolved",
    "AtWork",
    "Experienced",
    "Filter",
    "HasCapacity",
    "HasSkills",
    "InTeam",
    "NoConflict",
    "NotDeclined",
    "NotTooManyLately",
    "Own",
    "Present",
    "Rejected",
    "Speaks",
]
