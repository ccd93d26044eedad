"""Which rule of a calendar decides a date: precedence, breaks, skipped dates, reasons."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest

from workorder.sla import (
    BusinessCalendar,
    Calendar,
    Closed,
    DayKind,
    Hours,
    LikeWeekday,
    ListedHolidays,
    Recurring,
    SourceDay,
    Why,
)
from workorder.sla.dates import DateRule
from workorder.texts import Label

SATURDAY, SUNDAY = date(2026, 6, 6), date(2026, 6, 7)
WEDNESDAY = date(2026, 6, 10)
EVERY_WEDNESDAY = "FREQ=WEEKLY;BYDAY=WE"


def desk(hours: str = "Mo-Fr 09:00-17:00", **more: Any) -> BusinessCalendar:
    """A calendar in UTC."""
    return BusinessCalendar("UTC", hours, **more)


def source(**kinds: Iterable[date]) -> ListedHolidays:
    """Named days by their kind."""
    return ListedHolidays(
        [
            (day, SourceDay(DayKind(kind), Label(f"the {kind}")))
            for kind, days in kinds.items()
            for day in days
        ]
    )


def hours_of(calendar: Calendar, day: date) -> str:
    """The windows of a date, as text."""
    found = [f"{w.open:%H:%M}-{w.close:%H:%M}" for w in calendar.day(day).windows]
    return ",".join(found) or "closed"


# --- which rule decides -------------------------------------------------------------------------

AT_EIGHT, AT_TEN = Hours("08:00-09:00", "eight"), Hours("10:00-11:00", "ten")
LIKE_FRIDAY, SHUT = LikeWeekday("Fr", "like Friday"), Closed("shut")


@pytest.mark.parametrize(
    ("explicit", "recurring", "named", "expected", "why"),
    [
        # Nothing is said: the hours of the week.
        (None, [], None, "09:00-17:00", Why.WEEKLY),
        # One voice.
        (None, [], "holiday", "closed", Why.HOLIDAY),
        (None, [], "workday", "12:00-18:00", Why.WORKDAY),
        (None, [], "short", "09:00-12:00", Why.SHORT_DAY),
        (None, [SHUT], None, "closed", Why.CLOSED),
        (None, [AT_TEN], None, "10:00-11:00", Why.HOURS),
        (None, [LIKE_FRIDAY], None, "09:00-15:00", Why.LIKE_WEEKDAY),
        # Of recurring rules, special hours before those of another weekday before closed.
        (None, [SHUT, AT_TEN, LIKE_FRIDAY], None, "10:00-11:00", Why.HOURS),
        (None, [SHUT, LIKE_FRIDAY], None, "09:00-15:00", Why.LIKE_WEEKDAY),
        # The source before them: what recurs makes no holiday a working day.
        (None, [AT_TEN], "holiday", "closed", Why.HOLIDAY),
        (None, [LIKE_FRIDAY], "holiday", "closed", Why.HOLIDAY),
        (None, [SHUT], "holiday", "closed", Why.HOLIDAY),
        (None, [SHUT], "workday", "12:00-18:00", Why.WORKDAY),
        (None, [LIKE_FRIDAY], "workday", "12:00-18:00", Why.WORKDAY),
        # A short day shortens a day that is open, and opens none.
        (None, [AT_TEN], "short", "09:00-12:00", Why.SHORT_DAY),
        (None, [LIKE_FRIDAY], "short", "09:00-12:00", Why.SHORT_DAY),
        (None, [SHUT], "short", "closed", Why.CLOSED),
        # Of two of one rank, the first.
        (None, [AT_TEN, AT_EIGHT], None, "10:00-11:00", Why.HOURS),
        (None, [AT_EIGHT, AT_TEN], None, "08:00-09:00", Why.HOURS),
        # A rule for the date itself stands above all others.
        (SHUT, [AT_TEN], "workday", "closed", Why.CLOSED),
        (AT_EIGHT, [AT_TEN, SHUT], "holiday", "08:00-09:00", Why.HOURS),
        (LIKE_FRIDAY, [AT_TEN], "short", "09:00-15:00", Why.LIKE_WEEKDAY),
    ],
)
def test_precedence(
    explicit: DateRule | None,
    recurring: list[DateRule],
    named: str | None,
    expected: str,
    why: Why,
) -> None:
    """The date itself, then the source, then what recurs, then the week."""
    calendar = desk(
        "Mo 12:00-18:00; Tu-Th 09:00-17:00; Fr 09:00-15:00",
        holidays=source(**({named: [WEDNESDAY]} if named else {})),
        recurring=[Recurring(EVERY_WEDNESDAY, rule) for rule in recurring],
        dates={WEDNESDAY: explicit} if explicit else {},
        short_days="09:00-12:00",
    )
    assert hours_of(calendar, WEDNESDAY) == expected
    assert calendar.reason(WEDNESDAY).why is why
    assert calendar.reason(WEDNESDAY) == calendar.day(WEDNESDAY).reason


def test_a_holiday_on_a_weekday_at_rest_is_still_named() -> None:
    """A Saturday in a holiday is closed because of the holiday, another because of the week."""
    calendar = desk(holidays=source(holiday=[SATURDAY]))
    assert calendar.reason(SATURDAY).why is Why.HOLIDAY
    assert calendar.reason(SUNDAY).why is Why.REST


def test_the_switch_for_substituted_workdays() -> None:
    """Counters work them like a chosen weekday; market desks rest, unless another rule speaks."""
    hours, holidays = "Mo 09:00-17:00; Tu-Fr 10:00-16:00", source(workday=[SATURDAY])
    counter = desk(hours, holidays=holidays)
    assert hours_of(counter, SATURDAY) == "09:00-17:00"
    assert hours_of(desk(hours, holidays=holidays, workday_like="Tue"), SATURDAY) == "10:00-16:00"
    market = desk(hours, holidays=holidays, substitutes=False)
    assert (hours_of(market, SATURDAY), market.reason(SATURDAY).why) == ("closed", Why.REST)
    drill = Recurring("FREQ=WEEKLY;BYDAY=SA", Hours("09:00-10:00"))
    market = desk(hours, holidays=holidays, substitutes=False, recurring=drill)
    assert hours_of(market, SATURDAY) == "09:00-10:00"


# --- breaks -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hours", "breaks", "day", "expected"),
    [
        ("Mo-Su 09:00-17:00", "We 12:00-13:00", WEDNESDAY, "09:00-12:00,13:00-17:00"),
        ("Mo-Su 09:00-17:00", "Tu 12:00-13:00", WEDNESDAY, "09:00-17:00"),
        ("Mo-Su 09:00-17:00", "We 00:00-24:00", WEDNESDAY, "closed"),
        # A break past midnight within a window past midnight.
        ("We 22:00-02:00", "We 23:30-00:30", WEDNESDAY, "22:00-23:30,00:30-02:00"),
        # A break of the next date takes from the window that reaches into it.
        ("We 22:00-02:00", "Th 00:30-01:00", WEDNESDAY, "22:00-00:30,01:00-02:00"),
        ("We 22:00-02:00", "Th 00:00-24:00", WEDNESDAY, "22:00-00:00"),
        # A break past midnight of the date before takes from this morning.
        ("We 00:00-08:00", "Tu 23:30-00:30", WEDNESDAY, "00:30-08:00"),
        # Around the week.
        ("Su 22:00-02:00", "Mo 00:30-01:00", SUNDAY, "22:00-00:30,01:00-02:00"),
        ("Su 00:00-08:00", "Sa 23:30-00:30", SUNDAY, "00:30-08:00"),
    ],
)
def test_breaks_are_taken_out_last(hours: str, breaks: str, day: date, expected: str) -> None:
    """Past midnight too, on both sides."""
    assert hours_of(desk(hours, breaks=breaks), day) == expected


def test_breaks_are_taken_from_special_hours_too() -> None:
    """Also on a short day; a day that works like another has that one's break."""
    breaks = "Mo 12:00-13:00; Sa 10:00-11:00"
    calendar = desk(
        breaks=breaks,
        holidays=source(workday=[SATURDAY], short=[date(2026, 6, 8)]),
        short_days="09:00-12:30",
        dates={date(2026, 6, 13): Hours("09:00-17:00"), date(2026, 6, 20): LikeWeekday("Mo")},
    )
    assert hours_of(calendar, SATURDAY) == "09:00-12:00,13:00-17:00"
    assert hours_of(calendar, date(2026, 6, 8)) == "09:00-12:00"
    assert hours_of(calendar, date(2026, 6, 13)) == "09:00-10:00,11:00-17:00"
    assert hours_of(calendar, date(2026, 6, 20)) == "09:00-12:00,13:00-17:00"


# --- dates that are not there -------------------------------------------------------------------


def test_a_date_that_a_zone_skipped_is_no_day() -> None:
    """Apia had no 30 December 2011; the date is closed, and the reason is the change of clocks."""
    calendar = BusinessCalendar("Pacific/Apia", "Mo-Su 09:00-17:00")
    skipped = date(2011, 12, 30)
    assert calendar.reason(skipped).why is Why.SKIPPED
    assert not calendar.is_working_day(skipped)
    assert calendar.day(skipped).windows == ()
    assert calendar.add_days(date(2011, 12, 29), 1) == date(2011, 12, 31)
    assert calendar.reason(date(2011, 12, 31)).why is Why.WEEKLY


def test_hours_that_a_change_of_clocks_swallows() -> None:
    """London has no 01:00-02:00 on 29 March 2026, so a desk with these hours stays closed."""
    calendar = BusinessCalendar("Europe/London", "Su 01:00-02:00")
    assert calendar.reason(date(2026, 3, 29)).text() == "skipped by a change of clocks"
    assert calendar.reason(date(2026, 3, 22)).why is Why.WEEKLY


# --- reasons in words ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "english", "chinese"),
    [
        (date(2026, 9, 30), "weekly hours", "每周安排"),
        (date(2026, 9, 19), "closed on this weekday", "每周休息日"),
        (date(2026, 10, 1), "National Day", "国庆节"),
        (date(2026, 10, 10), "substituted workday", "调休上班"),
        (date(2026, 10, 12), "closed (stocktaking)", "停业（stocktaking）"),
        (date(2026, 10, 13), "special hours", "特别时段"),
        (date(2026, 10, 14), "like another weekday (drill)", "按其他工作日（drill）"),
    ],
)
def test_reasons_for_people(day: date, english: str, chinese: str) -> None:
    """The name of a holiday, else what kind of day it is with the name it was given."""
    calendar = BusinessCalendar(
        "Asia/Shanghai",
        "Mo-Fr 09:00-17:00",
        "CN",
        dates={
            date(2026, 10, 12): Closed("stocktaking"),
            date(2026, 10, 13): Hours("09:00-10:00"),
            date(2026, 10, 14): LikeWeekday("Fr", "drill"),
        },
    )
    assert calendar.reason(day).text() == english
    assert calendar.reason(day).text("zh-CN") == chinese
