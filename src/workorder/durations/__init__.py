"""Durations as types: eight working hours, three working days, fifteen calendar days, T+1.

"Three days" is not a duration. Counted in working hours, in working days and in calendar days it
ends at three different instants, and regulators, contracts and colleagues mean different ones. So
every duration here says what it counts and, for days, how: whether the first day counts, until
when a receipt belongs to its day, when the last day ends, and what happens when that day is no
working day. A text without a unit is refused, not guessed.

What stands here are values and their text. How they are counted lives in :mod:`workorder.sla`,
because counting needs a calendar.

* :class:`Working` and :class:`Elapsed` are lengths of time: open hours only, or all of it;
* :class:`WorkingDays`, :class:`CalendarDays`, :class:`Weeks`, :class:`Months`, :class:`Years` and
  :class:`BillingCycles` find a last day, and an instant on it;
* :class:`DueAt` takes an instant that is given with the case;
* :class:`Earliest` and :class:`Latest` choose among others.

``str(duration)`` writes the text that :func:`parse` reads; ``duration.text("zh-CN")`` is for
people.
"""

from workorder.durations.kinds import (
    At,
    BillingCycles,
    CalendarDays,
    Dated,
    DueAt,
    Duration,
    Earliest,
    Elapsed,
    Latest,
    Months,
    Roll,
    Weeks,
    Working,
    WorkingDays,
    Years,
)
from workorder.durations.reading import parse

__all__ = [
    "At",
    "BillingCycles",
    "CalendarDays",
    "Dated",
    "DueAt",
    "Duration",
    "Earliest",
    "Elapsed",
    "Latest",
    "Months",
    "Roll",
    "Weeks",
    "Working",
    "WorkingDays",
    "Years",
    "parse",
]
