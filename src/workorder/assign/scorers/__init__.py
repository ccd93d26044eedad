"""Scorers: how good a choice somebody is, from 0 to 1.

Each is a value with a ``name`` that answers for all candidates at once
(:mod:`~workorder.assign.scorers.scorer`). A policy weighs several; a decision keeps the part of
each.
"""

from workorder.assign.scorers.attribute import ByAttribute
from workorder.assign.scorers.load import LowLoad, LowUtilization, SpareCapacity
from workorder.assign.scorers.scorer import Failed, OwnScore, Scorer, Scores, Weighted
from workorder.assign.scorers.skills import Experience, Proficiency, SkillFit
from workorder.assign.scorers.time import IdleTime, Recency, ShiftLeft

__all__ = [
    "ByAttribute",
    "Experience",
    "Failed",
    "IdleTime",
    "LowLoad",
    "LowUtilization",
    "OwnScore",
    "Proficiency",
    "Recency",
    "Scorer",
    "Scores",
    "ShiftLeft",
    "SkillFit",
    "SpareCapacity",
    "Weighted",
]
