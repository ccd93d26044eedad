"""The checks, a module for each chapter of what a store promises.

Each module has a :class:`~workorder.testing.check.Chapter` and functions under it. A function is
given a :class:`~workorder.testing.trial.Trial` with a new, empty store; it calls the store as a
desk would, and says what is wrong by ``trial.equal`` and ``trial.holds``. A chapter reads the other
verbs of the store to see what was written; it never looks inside.

What does not belong here: knowing how a store is made, or telling people what came of it.
"""

from workorder.testing.chapters.capacity import CHECKS as CAPACITY
from workorder.testing.chapters.committing import CHECKS as COMMITTING
from workorder.testing.chapters.conflicts import CHECKS as CONFLICTS
from workorder.testing.chapters.crashes import CHECKS as CRASHES
from workorder.testing.chapters.declaring import CHECKS as DECLARING
from workorder.testing.chapters.habits import CHECKS as HABITS
from workorder.testing.chapters.history import CHECKS as HISTORY
from workorder.testing.chapters.limits import CHECKS as LIMITS
from workorder.testing.chapters.loading import CHECKS as LOADING
from workorder.testing.chapters.octets import CHECKS as OCTETS
from workorder.testing.chapters.outbox import CHECKS as OUTBOX
from workorder.testing.chapters.processes import CHECKS as PROCESSES
from workorder.testing.chapters.querying import CHECKS as QUERYING
from workorder.testing.chapters.repeating import CHECKS as REPEATING
from workorder.testing.chapters.sealing import CHECKS as SEALING
from workorder.testing.chapters.tasks import CHECKS as TASKS
from workorder.testing.chapters.tenants import CHECKS as TENANTS
from workorder.testing.chapters.texts import CHECKS as TEXTS
from workorder.testing.chapters.threads import CHECKS as THREADS
from workorder.testing.chapters.timing import CHECKS as TIMING
from workorder.testing.chapters.walking import CHECKS as WALKING

__all__ = [
    "CAPACITY",
    "COMMITTING",
    "CONFLICTS",
    "CRASHES",
    "DECLARING",
    "HABITS",
    "HISTORY",
    "LIMITS",
    "LOADING",
    "OCTETS",
    "OUTBOX",
    "PROCESSES",
    "QUERYING",
    "REPEATING",
    "SEALING",
    "TASKS",
    "TENANTS",
    "TEXTS",
    "THREADS",
    "TIMING",
    "WALKING",
]
