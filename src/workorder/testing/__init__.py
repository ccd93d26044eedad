"""The conformance kit: the definition of a correct store.

Whoever writes a store of their own (:mod:`workorder.storage`) learns here whether it keeps what a
store promises. A *check* is a value: a stable name, the verb, the promise in one sentence, the
capability it needs, and a function. :func:`check_store` makes each check on a new, empty store and
gives a :class:`Report`: what failed with the smallest failing history, what was skipped and why.

Nothing of it needs a test framework. :mod:`workorder.testing.suite` is the same for pytest: a
class to subclass, one test for each check. :mod:`workorder.testing.machine` lets hypothesis look
for a history in which a store and the reference part ways. Small valid batches, made without a
desk, are in :mod:`workorder.testing.batches`.

For tests of a host's own desk: :class:`FixedTime`, ids and salts that come in order, stores that
answer by a script, strategies for every value (:mod:`workorder.testing.strategies`). And what else
a host makes its own is checked here, too: :func:`check_rulebook`, :func:`check_calendar`.

What does not belong here: stores, and anything that a store in production would import.
"""

from workorder.testing.batches import (
    AT,
    batch,
    following,
    message,
    opening,
    sealed_value,
    timers,
)
from workorder.testing.calendars import CalendarReport, check_calendar
from workorder.testing.check import Check
from workorder.testing.fixed_time import NOON, FixedTime, counted_entropy, counted_ids
from workorder.testing.known import BY_NAME, CHECKS
from workorder.testing.report import Report, Result, StoreCheckFailed
from workorder.testing.rulebooks import RulebookReport, check_rulebook
from workorder.testing.running import check_store
from workorder.testing.scripted import AwaitedStore, ScriptedStore
from workorder.testing.trial import Broken, Trial

__all__ = [
    "AT",
    "BY_NAME",
    "CHECKS",
    "NOON",
    "AwaitedStore",
    "Broken",
    "CalendarReport",
    "Check",
    "FixedTime",
    "Report",
    "Result",
    "RulebookReport",
    "ScriptedStore",
    "StoreCheckFailed",
    "Trial",
    "batch",
    "check_calendar",
    "check_rulebook",
    "check_store",
    "counted_entropy",
    "counted_ids",
    "following",
    "message",
    "opening",
    "sealed_value",
    "timers",
]
