"""Where holidays come from.

A **source** (:mod:`~workorder.sla.holidays.source`) is a value that knows, for a year, which dates
are holidays, substituted workdays or short days; and through which date that is official. There is
one of the ``holidays`` package (:mod:`~workorder.sla.holidays.published`), one of a plain list, and
two that put sources together: beside each other (the nation's days and the bank's own) and after
each other (:mod:`~workorder.sla.holidays.successive`: this year's arrangement, then next year's).
Lists are read from TOML, CSV and iCalendar files (:mod:`~workorder.sla.holidays.day_files`).

A host's own source needs nothing from here but the protocol. What a holiday does to the hours of a
date is not known here: that is the calendar's.
"""

from workorder.sla.holidays.day_files import load_days
from workorder.sla.holidays.ical_days import IcsDay, preview_ics
from workorder.sla.holidays.published import CountryHolidays, MarketHolidays
from workorder.sla.holidays.source import (
    CombinedHolidays,
    DayKind,
    HolidaySource,
    ListedHolidays,
    SourceDay,
)
from workorder.sla.holidays.successive import SuccessiveHolidays

__all__ = [
    "CombinedHolidays",
    "CountryHolidays",
    "DayKind",
    "HolidaySource",
    "IcsDay",
    "ListedHolidays",
    "MarketHolidays",
    "SourceDay",
    "SuccessiveHolidays",
    "load_days",
    "preview_ics",
]
