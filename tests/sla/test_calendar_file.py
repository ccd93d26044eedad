"""Calendars as files: what may stand there, and what it means."""

from datetime import date
from pathlib import Path

import pytest

from workorder.sla import (
    BusinessCalendar,
    Closed,
    CombinedHolidays,
    CountryHolidays,
    DayKind,
    Hours,
    LikeWeekday,
    ListedHolidays,
    Recurring,
    SourceDay,
    SuccessiveHolidays,
    calendar_from_toml,
    load_calendar,
)
from workorder.texts import Label

WHOLE = """
name = "Shanghai counters"
zone = "Asia/Shanghai"
hours = "Mo-Fr 09:00-12:00,13:30-18:00"
breaks = "Fr 15:00-15:30"
short_days = "09:00-12:00"
substitutes = true
workday_like = "Tu"
horizon_years = 5
unpublished = "refuse"

[[holidays]]
published_through = 2026-12-31
days = [
  2026-09-18,
  { date = 2026-12-24, kind = "short", name = "Christmas Eve", name_zh = "平安夜" },
]

[[holidays]]
country = "CN"
confirmed_through = 2026-12-31

[[holidays.then]]
file = "cn-2027.csv"

[[dates]]
date = 2026-02-13
hours = "09:00-12:00"
reason = "before the Spring Festival"

[[dates]]
date = 2026-03-07
like = "Mo"

[[dates]]
date = 2026-06-01
closed = true

[[recurring]]
rrule = "FREQ=MONTHLY;BYDAY=2SA,4SA"
closed = true

[[recurring]]
rrule = "FREQ=WEEKLY;INTERVAL=2;BYDAY=SA"
since = 2026-01-03
hours = "10:00-11:00"
reason = "every other Saturday"
"""

NEXT_YEAR = """# published_from: 2027-01-01
# published_through: 2027-12-31
date,kind,name
2027-01-01,holiday,New Year's Day
2027-01-09,workday,
"""
"""Invented dates: the notice for 2027 was not out when this was written."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a calendar file and the list it names."""
    (tmp_path / "shanghai.toml").write_text(WHOLE, encoding="utf-8")
    (tmp_path / "cn-2027.csv").write_text(NEXT_YEAR, encoding="utf-8")
    return tmp_path


def test_a_file_says_what_the_class_says(folder: Path) -> None:
    """Every key has the meaning of the argument of the same name."""
    own = ListedHolidays(
        [
            (date(2026, 9, 18), SourceDay()),
            (
                date(2026, 12, 24),
                SourceDay(
                    DayKind.SHORT,
                    Label("Christmas Eve", {"en": "Christmas Eve", "zh-CN": "平安夜"}),
                ),
            ),
        ],
        published_through=date(2026, 12, 31),
    )
    notice = ListedHolidays(
        [
            (date(2027, 1, 1), SourceDay(name=Label("New Year's Day"))),
            (date(2027, 1, 9), SourceDay(DayKind.WORKDAY)),
        ],
        date(2027, 1, 1),
        date(2027, 12, 31),
    )
    nation = CountryHolidays("CN", confirmed_through=date(2026, 12, 31))
    assert load_calendar(folder / "shanghai.toml") == BusinessCalendar(
        "Asia/Shanghai",
        "Mo-Fr 09:00-12:00,13:30-18:00",
        CombinedHolidays([own, SuccessiveHolidays([nation, notice])]),
        dates={
            date(2026, 2, 13): Hours("09:00-12:00", "before the Spring Festival"),
            date(2026, 3, 7): LikeWeekday("Mo"),
            date(2026, 6, 1): Closed(),
        },
        recurring=[
            Recurring("FREQ=MONTHLY;BYDAY=2SA,4SA", Closed()),
            Recurring(
                "FREQ=WEEKLY;INTERVAL=2;BYDAY=SA",
                Hours("10:00-11:00", "every other Saturday"),
                date(2026, 1, 3),
            ),
        ],
        breaks="Fr 15:00-15:30",
        workday_like="Tu",
        short_days="09:00-12:00",
        name="Shanghai counters",
        horizon_years=5,
        unpublished="refuse",
    )


def test_the_shortest_file() -> None:
    """A zone and hours are enough; a country may be given by its code alone."""
    assert calendar_from_toml('zone = "UTC"\nhours = "24/7"') == BusinessCalendar("UTC", "24/7")
    short = calendar_from_toml('zone = "UTC"\nhours = "24/7"\nholidays = "GB"')
    assert short.holidays == CountryHolidays("GB")


def test_a_file_may_begin_with_a_mark(folder: Path) -> None:
    """An editor that puts a byte order mark before the text does no harm."""
    path = folder / "marked.toml"
    path.write_bytes(b"\xef\xbb\xbf" + b'zone = "UTC"\r\nhours = "Mo 09:00-10:00"\r\n')
    assert load_calendar(path) == BusinessCalendar("UTC", "Mo 09:00-10:00")
