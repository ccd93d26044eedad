"""What the tickets of a store tell, in figures.

Measures read a store's log once, event by event; medians keep the durations they are made of.
They are about what happened (:func:`summarise`), or about what would have been promised under
another policy (:func:`reassess`); nothing here decides, and nothing is written.
"""

from workorder.insight.reassessment import (
    Compliance,
    Histories,
    History,
    Outcome,
    Reassessment,
    histories_of,
    reassess,
)
from workorder.insight.summary import Durations, Oddity, Summary, log_of, summarise

__all__ = [
    "Compliance",
    "Durations",
    "Histories",
    "History",
    "Oddity",
    "Outcome",
    "Reassessment",
    "Summary",
    "histories_of",
    "log_of",
    "reassess",
    "summarise",
]
