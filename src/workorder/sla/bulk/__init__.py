"""Business time for arrays: a million sums, spans or due dates in a fraction of a second.

Needs NumPy (the extra ``bulk``), which nothing else in :mod:`workorder.sla` loads. The functions
are the verbs of a calendar with ``_many`` behind their names, and answer element by element what
the verb answers for one value, to the microsecond::

    from workorder.sla.bulk import due_many

    dues = due_many(calendar, opened, "3 working days")
    late = dues.instants < closed

**What goes in.** Instants are ``int64``, whole microseconds since 1970-01-01T00:00Z, or
``datetime64`` in hours to nanoseconds, read as UTC: local times have to be converted before. Dates
are ``datetime64[D]``. Lengths of time are a ``timedelta``, whole microseconds, or ``timedelta64``.
Arrays of any shape go together as NumPy has it. What comes out is of the kind that went in:
integers for integers, ``datetime64`` for ``datetime64`` (in microseconds, or nanoseconds where
nanoseconds came).

**What is refused**, by name and position and never answered with a guess: floats, booleans,
objects (a list of datetimes), masked arrays, dates where instants are meant, NaT, nanoseconds that
are no whole microsecond, shapes that do not go together, answers beyond the horizon, and dates that
are not official where the calendar refuses these. One element that cannot be answered fails the
whole call.

**How it works.** The line of windows of a calendar (:mod:`workorder.sla.track`) is made into arrays
once (:mod:`~workorder.sla.bulk.lines`) and kept, until data from other years makes it longer.
Open time is two searches in it, days are looked up in a table of dates.
"""

from workorder.sla.bulk.days import add_days_many, days_between_many, local_date_many
from workorder.sla.bulk.dues import DueMany, due_many
from workorder.sla.bulk.groups import by_calendar
from workorder.sla.bulk.open_time import add_many, between_many, is_open_many, subtract_many

__all__ = [
    "DueMany",
    "add_days_many",
    "add_many",
    "between_many",
    "by_calendar",
    "days_between_many",
    "due_many",
    "is_open_many",
    "local_date_many",
    "subtract_many",
]
