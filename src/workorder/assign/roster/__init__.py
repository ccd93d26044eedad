"""Rosters: when people work (:mod:`~workorder.assign.roster.roster`).

A roster answers what an agent's ``hours`` must answer, as a business calendar does: whether
somebody works at an instant, and until when.
"""

from workorder.assign.roster.roster import Absence, Roster, Shift

__all__ = ["Absence", "Roster", "Shift"]
