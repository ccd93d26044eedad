"""Desks of banks, each twice: as a calendar, and as plain data typed in for the second opinion.

Holidays of the plain ones are typed in from the published lists of 2026 and taken from no library.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from attrs import frozen

from tests.sla.days_oracle import Rules
from tests.sla.days_oracle import due as counted_apart
from tests.sla.oracle import Plain, Week, instant_of, minute_of
from tests.sla.test_china import BREAKS, WORKED
from workorder.durations import BillingCycles, Dated, parse
from workorder.sla import (
    BusinessCalendar,
    Closed,
    CountryHolidays,
    Due,
    ListedHolidays,
    MarketHolidays,
    Recurring,
)


@frozen
class Desk:
    """A calendar, and the same as plain data."""

    calendar: BusinessCalendar
    plain: Plain


@frozen
class Case:
    """What was received when, how long it may take, and when it is due, typed in.

    Attributes:
        desk: by whose calendar.
        received: ISO text with an offset.
        duration: as text.
        last_day: the last day, ISO.
        due: the due instant, ISO text with an offset.
        roll_by: by whose calendar the last day rolls, where that is another.
    """

    desk: Desk
    received: str
    duration: str
    last_day: str
    due: str
    roll_by: Desk | None = None

    def answer(self) -> Due:
        """What the calendar says."""
        roller = self.roll_by.calendar if self.roll_by is not None else None
        start = datetime.fromisoformat(self.received)
        return self.desk.calendar.due(start, self.duration, roll_by=roller)

    def second_opinion(self) -> tuple[date, datetime]:
        """What is counted apart from the library, date by date."""
        roller = self.roll_by if self.roll_by is not None else self.desk
        duration = parse(self.duration)
        assert isinstance(duration, Dated)
        start = minute_of(datetime.fromisoformat(self.received))
        last, minute = counted_apart(self.desk.plain, roller.plain, start, rules_of(duration))
        return last, instant_of(minute)


_KINDS = {
    "WorkingDays": "working",
    "CalendarDays": "calendar",
    "Weeks": "weeks",
    "Months": "months",
    "Years": "years",
    "BillingCycles": "cycles",
}


def _minutes(value: time) -> int:
    return value.hour * 60 + value.minute


def rules_of(duration: Dated) -> Rules:
    """The same rules as plain data."""
    return Rules(
        _KINDS[type(duration).__name__],
        duration.number,
        _minutes(duration.at) if isinstance(duration.at, time) else duration.at,
        include_start=duration.include_start,
        cut_off=None if duration.cut_off is None else _minutes(duration.cut_off),
        deemed=duration.deemed,
        roll=duration.roll,
        closing_day=duration.closing_day if isinstance(duration, BillingCycles) else 31,
    )


def _week(begin: int, end: int, days: int = 5) -> Week:
    """From Monday on, one window a day, in hours."""
    return tuple(((begin * 60, end * 60),) if day < days else () for day in range(7))


def _closed(*days: str) -> dict[date, str]:
    return {date.fromisoformat(f"2026-{day}"): "holiday" for day in days}


def _days(breaks: Iterable[tuple[str, date, date]]) -> Iterable[date]:
    for _, first, last in breaks:
        yield from (first + timedelta(days=n) for n in range((last - first).days + 1))


NINE_TO_FIVE = "Mo-Fr 09:00-17:00"

# No holidays at all: for rules that are about nothing but the counting.
DESK = Desk(BusinessCalendar("UTC", NINE_TO_FIVE), Plain("UTC", _week(9, 17)))

CHINA = Desk(
    BusinessCalendar("Asia/Shanghai", "Mo-Fr 09:00-18:00", "CN"),
    Plain(
        "Asia/Shanghai",
        _week(9, 18),
        source={
            **dict.fromkeys(_days(BREAKS[2026]), "holiday"),
            **dict.fromkeys(WORKED[2026], "workday"),
        },
    ),
)

ENGLAND = Desk(
    BusinessCalendar("Europe/London", NINE_TO_FIVE, CountryHolidays("GB", "ENG")),
    Plain(
        "Europe/London",
        _week(9, 17),
        source=_closed("01-01", "04-03", "04-06", "05-04", "05-25", "08-31", "12-25", "12-28"),
    ),
)

SCOTLAND = Desk(
    BusinessCalendar("Europe/London", NINE_TO_FIVE, CountryHolidays("GB", "SCT")),
    Plain(
        "Europe/London",
        _week(9, 17),
        source=_closed("01-01", "01-02", "04-03", "05-04", "05-25", "06-15", "08-03", "11-30")
        | _closed("12-25", "12-28"),
    ),
)

# Of the Australian lists only the dates near the cases: spring 2026.
VICTORIA = Desk(
    BusinessCalendar("Australia/Melbourne", NINE_TO_FIVE, CountryHolidays("AU", "VIC")),
    Plain("Australia/Melbourne", _week(9, 17), source=_closed("09-25", "11-03")),
)
NEW_SOUTH_WALES = Desk(
    BusinessCalendar("Australia/Sydney", NINE_TO_FIVE, CountryHolidays("AU", "NSW")),
    Plain("Australia/Sydney", _week(9, 17), source=_closed("10-05")),
)

# 4 July 2026 is a Saturday: federal offices close on Friday, Reserve Banks do not.
RESERVE_BANK = Desk(
    BusinessCalendar("America/New_York", NINE_TO_FIVE, MarketHolidays("XFED")),
    Plain("America/New_York", _week(9, 17), source=_closed("05-25", "06-19", "09-07")),
)
FEDERAL_OFFICE = Desk(
    BusinessCalendar("America/New_York", NINE_TO_FIVE, CountryHolidays("US")),
    Plain("America/New_York", _week(9, 17), source=_closed("05-25", "06-19", "07-03", "09-07")),
)

# Banks in India close on the second and fourth Saturday and work on the others.
INDIA = Desk(
    BusinessCalendar(
        "Asia/Kolkata",
        "Mo-Sa 10:00-16:00",
        recurring=[Recurring("FREQ=MONTHLY;BYDAY=2SA,4SA", Closed("second and fourth Saturday"))],
    ),
    Plain(
        "Asia/Kolkata",
        _week(10, 16, days=6),
        source=_closed("10-10", "10-24", "11-14", "11-28"),
    ),
)

# Interpretation Act of Canada, ss. 26 and 35: Sundays and listed days move a last day; Saturdays
# do not.
_CANADIAN = ("01-01", "04-03", "04-06", "05-18", "07-01", "09-07", "09-30", "10-12", "11-11")
CANADA = Desk(
    BusinessCalendar(
        "America/Toronto",
        "Mo-Sa 00:00-24:00",
        ListedHolidays.of(holidays=[date.fromisoformat(f"2026-{each}") for each in _CANADIAN]),
    ),
    Plain("America/Toronto", _week(0, 24, days=6), source=_closed(*_CANADIAN)),
)
TORONTO = Desk(
    BusinessCalendar("America/Toronto", NINE_TO_FIVE), Plain("America/Toronto", _week(9, 17))
)
