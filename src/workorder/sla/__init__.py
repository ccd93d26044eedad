"""Business time, and what is counted by it: calendars, due dates, SLA clocks, the law's clocks.

This package stands alone; it needs no ticket and no desk::

    from workorder.sla import BusinessCalendar

A **calendar** is a value: a zone, the hours of a week, and what differs on which dates. Hours are
minutes of local days; nothing about them is an instant yet. When a question about a year arrives,
the year is worked out once: every window of every date is turned into two instants in UTC
(:mod:`~workorder.sla.year`), by one rule for the hour that is skipped and the hour that comes twice
(:mod:`~workorder.sla.zones`). The windows of neighbouring years are put into one line with running
totals (:mod:`~workorder.sla.track`), and from then on every question is answered by bisection on
whole microseconds (:mod:`~workorder.sla.epoch`). So nothing is rounded, no clock change can be
counted wrong, and no question takes longer because the answer is months away.

A **duration** (:mod:`workorder.durations`) says what it counts. *Working* time is bisection, as
above; *days* are counted on dates, by written rules (:mod:`~workorder.sla.counting`), and end at an
instant of their last day. The answer is a :class:`Due`: the instant, the last day, whether it
depends on dates that are not official yet, and on demand the **ledger**: every window and date
that was counted, every one left out and why.

**Holidays** come from a source (:mod:`~workorder.sla.holidays`): the ``holidays`` package, a
list in a file, a bank's own, or several as one. A source says through which date it is official;
beyond, answers are flagged provisional, or refused.

Around these: date rules and hours of a week (:mod:`~workorder.sla.dates`,
:mod:`~workorder.sla.week`, :mod:`~workorder.sla.opening_hours`), combinations of calendars
(:mod:`~workorder.sla.algebra`), ledgers made (:mod:`~workorder.sla.ledgers`), told
(:mod:`~workorder.sla.telling`) and drawn (:mod:`~workorder.sla.drawing`), a month to look at
(:mod:`~workorder.sla.month`), calendars as files (:mod:`~workorder.sla.files`) and ready ones
(:mod:`~workorder.sla.ready`), and all of it for arrays (:mod:`workorder.sla.bulk`).

Conventions, the same everywhere: windows are half open; a sum used up exactly at a close ends at
that close; a window past midnight belongs to the date it starts on; datetimes are aware.

Built on that: what is promised, and clocks that pause (:mod:`workorder.sla.clocks`); the clocks of
laws, as data (:mod:`workorder.sla.regulations`). Neither is imported with this package.

What does not belong here: tickets, timers, notices. Nothing here reads the time.
"""

from workorder.durations import (
    BillingCycles,
    CalendarDays,
    Dated,
    DueAt,
    Duration,
    Earliest,
    Elapsed,
    Latest,
    Months,
    Weeks,
    Working,
    WorkingDays,
    Years,
)
from workorder.sla.algebra import CombinedCalendar
from workorder.sla.calendar import BusinessCalendar
from workorder.sla.dates import Closed, DateRule, Hours, LikeWeekday, Recurring
from workorder.sla.due import Days, Due, Note
from workorder.sla.epoch import EpochCalendar
from workorder.sla.files import (
    calendar_from_data,
    calendar_from_toml,
    calendar_to_data,
    calendar_to_toml,
    load_calendar,
    pinned,
)
from workorder.sla.holidays import (
    CombinedHolidays,
    CountryHolidays,
    DayKind,
    HolidaySource,
    IcsDay,
    ListedHolidays,
    MarketHolidays,
    SourceDay,
    SuccessiveHolidays,
    load_days,
    preview_ics,
)
from workorder.sla.ledger import Ledger, Row
from workorder.sla.month import Month, month_of
from workorder.sla.ready import ReadyCalendar, about, find_calendar, ready, ready_codes
from workorder.sla.reasons import Reason, Why
from workorder.sla.verbs import Calendar, Day, Window
from workorder.sla.week import Span, WeeklyHours

__all__ = [
    "BillingCycles",
    "BusinessCalendar",
    "Calendar",
    "CalendarDays",
    "Closed",
    "CombinedCalendar",
    "CombinedHolidays",
    "CountryHolidays",
    "DateRule",
    "Dated",
    "Day",
    "DayKind",
    "Days",
    "Due",
    "DueAt",
    "Duration",
    "Earliest",
    "Elapsed",
    "EpochCalendar",
    "HolidaySource",
    "Hours",
    "IcsDay",
    "Latest",
    "Ledger",
    "LikeWeekday",
    "ListedHolidays",
    "MarketHolidays",
    "Month",
    "Months",
    "Note",
    "ReadyCalendar",
    "Reason",
    "Recurring",
    "Row",
    "SourceDay",
    "Span",
    "SuccessiveHolidays",
    "WeeklyHours",
    "Weeks",
    "Why",
    "Window",
    "Working",
    "WorkingDays",
    "Years",
    "about",
    "calendar_from_data",
    "calendar_from_toml",
    "calendar_to_data",
    "calendar_to_toml",
    "find_calendar",
    "load_calendar",
    "load_days",
    "month_of",
    "pinned",
    "preview_ics",
    "ready",
    "ready_codes",
]
