"""Every check there is, in the order in which they are made."""

from collections.abc import Mapping

from workorder.testing import chapters
from workorder.testing.check import Check

CHECKS: tuple[Check, ...] = (
    *chapters.HABITS,
    *chapters.DECLARING,
    *chapters.LOADING,
    *chapters.COMMITTING,
    *chapters.CONFLICTS,
    *chapters.REPEATING,
    *chapters.OCTETS,
    *chapters.TEXTS,
    *chapters.LIMITS,
    *chapters.HISTORY,
    *chapters.SEALING,
    *chapters.OUTBOX,
    *chapters.TIMING,
    *chapters.CAPACITY,
    *chapters.QUERYING,
    *chapters.TENANTS,
    *chapters.THREADS,
    *chapters.TASKS,
    *chapters.PROCESSES,
    *chapters.CRASHES,
    *chapters.WALKING,
)
"""All of them: habits of databases, then promises, the simplest first."""

BY_NAME: Mapping[str, Check] = {check.name: check for check in CHECKS}
"""The same by their names."""
