"""The month of a calendar as a value."""

from datetime import date, timedelta

import pytest

from workorder.errors import InvalidInput
from workorder.sla import BusinessCalendar, Closed, Hours, ListedHolidays, Span, month_of
from workorder.sla.month import mark

OWN = ListedHolidays.of(
    holidays=[date(2026, 6, 10)],
    workdays=[date(2026, 6, 13)],
    name="Founding day",
    published_through=date(2026, 6, 29),
)
DESK = BusinessCalendar(
    "Asia/Shanghai",
    "Mo-Fr 09:00-17:00",
    OWN,
    dates={date(2026, 6, 12): Hours("09:00-12:00"), date(2026, 6, 15): Closed("typhoon")},
)


def test_every_date_of_the_month_is_there() -> None:
    """June has thirty days, in five rows of seven."""
    june = month_of(DESK, 2026, 6)
    assert [day.date.day for day in june.days] == [*range(1, 31)]
    weeks = list(june.weeks())
    assert [len(week) for week in weeks] == [7] * 5
    assert [day and day.date.day for day in weeks[0]] == [1, 2, 3, 4, 5, 6, 7]
    assert [day and day.date.day for day in weeks[-1]] == [29, 30, None, None, None, None, None]


def test_what_a_month_amounts_to() -> None:
    """22 weekdays less a holiday and a closed one, and a worked Saturday; one day is short.

    20 full days of 8 hours and one of 3.
    """
    june = month_of(DESK, 2026, 6)
    assert june.working_days == 22 - 2 + 1
    assert june.open_time == timedelta(hours=20 * 8 + 3)
    assert [day.date.day for day in june.exceptions] == [10, 12, 13, 15]


def test_marks() -> None:
    """One word a date; in Chinese as on the wall; a question mark where nobody has published."""
    days = month_of(DESK, 2026, 6).days
    english = {day.date.day: mark(day) for day in days if mark(day)}
    assert {n: english[n] for n in (6, 10, 12, 13, 15, 30)} == {
        6: "-",
        10: "off",
        12: "hours",
        13: "work",
        15: "shut",
        30: "?",
    }
    assert [mark(days[n - 1], "zh-CN") for n in (10, 12, 13, 15)] == ["休", "特", "班", "停"]
    assert month_of(DESK, 2026, 6).provisional
    assert not month_of(DESK, 2026, 5).provisional


def test_december_and_february_end_where_they_end() -> None:
    """The last month of a year, and a leap day."""
    assert len(month_of(DESK, 2026, 12).days) == 31
    assert len(month_of(DESK, 2028, 2).days) == 29


def test_the_text_lists_what_is_special() -> None:
    """Below the weeks stands why, and the hours."""
    lines = month_of(DESK, 2026, 6).text().splitlines()
    assert lines[0] == "Jun 2026: 21 working days, 163 h open"
    assert lines[-4:] == [
        "Wed 10 Jun    off    Founding day",
        "Fri 12 Jun    hours  special hours  09:00-12:00",
        "Sat 13 Jun    work   substituted workday  09:00-17:00",
        "Mon 15 Jun    shut   closed (typhoon)",
    ]


def test_a_plain_month_has_nothing_below() -> None:
    """No exceptions, no lines about them."""
    text = month_of(DESK, 2026, 5).text()
    assert text.splitlines()[-1].startswith("25")


@pytest.mark.parametrize("month", [0, 13, -1, "10", None])
def test_no_such_month(month: int) -> None:
    """A month is 1 to 12."""
    with pytest.raises(InvalidInput, match="a year and a month"):
        month_of(DESK, 2026, month)


def test_what_two_dates_leave_open_at_once_counts_once() -> None:
    """22:00-12:00 and the next morning's 09:00-17:00 cover 19 hours, not 22."""
    night = BusinessCalendar(
        "UTC", "Tu 09:00-17:00", dates={date(2026, 6, 1): Hours([Span(1320, 2160)])}
    )
    june = month_of(night, 2026, 6)
    assert june.open_time == timedelta(hours=19 + 4 * 8)
