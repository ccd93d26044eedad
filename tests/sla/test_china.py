"""China, 2024 to 2026: every day as the notices of the State Council have it.

The dates below are typed in from the notices (国务院办公厅关于部分节假日安排的通知) and taken
from no library. ``与周末连休`` means that the weekend beside the holiday belongs to the break.
"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from workorder.errors import ConfigurationError, InvalidInput
from workorder.sla import BusinessCalendar, CountryHolidays, MarketHolidays, Why

ZONE = "Asia/Shanghai"
HERE = ZoneInfo(ZONE)
WEEK = "Mo-Fr 09:00-18:00"

# First and last day of each break that lies in the year.
BREAKS = {
    2024: (
        ("元旦", date(2024, 1, 1), date(2024, 1, 1)),  # 与周末连休, from 30 December 2023
        ("春节", date(2024, 2, 10), date(2024, 2, 17)),
        ("清明节", date(2024, 4, 4), date(2024, 4, 6)),
        ("劳动节", date(2024, 5, 1), date(2024, 5, 5)),
        ("端午节", date(2024, 6, 8), date(2024, 6, 10)),  # 6月10日, 与周末连休
        ("中秋节", date(2024, 9, 15), date(2024, 9, 17)),
        ("国庆节", date(2024, 10, 1), date(2024, 10, 7)),
    ),
    2025: (
        ("元旦", date(2025, 1, 1), date(2025, 1, 1)),
        ("春节", date(2025, 1, 28), date(2025, 2, 4)),
        ("清明节", date(2025, 4, 4), date(2025, 4, 6)),
        ("劳动节", date(2025, 5, 1), date(2025, 5, 5)),
        ("端午节", date(2025, 5, 31), date(2025, 6, 2)),
        ("国庆节、中秋节", date(2025, 10, 1), date(2025, 10, 8)),
    ),
    2026: (
        ("元旦", date(2026, 1, 1), date(2026, 1, 3)),
        ("春节", date(2026, 2, 15), date(2026, 2, 23)),
        ("清明节", date(2026, 4, 4), date(2026, 4, 6)),
        ("劳动节", date(2026, 5, 1), date(2026, 5, 5)),
        ("端午节", date(2026, 6, 19), date(2026, 6, 21)),
        ("中秋节", date(2026, 9, 25), date(2026, 9, 27)),
        ("国庆节", date(2026, 10, 1), date(2026, 10, 7)),
    ),
}

# 上班: weekend days that are worked.
WORKED = {
    2024: {
        date(2024, 2, 4),
        date(2024, 2, 18),
        date(2024, 4, 7),
        date(2024, 4, 28),
        date(2024, 5, 11),
        date(2024, 9, 14),
        date(2024, 9, 29),
        date(2024, 10, 12),
    },
    2025: {
        date(2025, 1, 26),
        date(2025, 2, 8),
        date(2025, 4, 27),
        date(2025, 9, 28),
        date(2025, 10, 11),
    },
    2026: {
        date(2026, 1, 4),
        date(2026, 2, 14),
        date(2026, 2, 28),
        date(2026, 5, 9),
        date(2026, 9, 20),
        date(2026, 10, 10),
    },
}
YEARS = pytest.mark.parametrize("year", [2024, 2025, 2026])


def days_of(year: int) -> list[date]:
    """Every day of a year."""
    first = date(year, 1, 1)
    return [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]


def rested(year: int) -> set[date]:
    """Every day of the breaks of a year."""
    return {day for day in days_of(year) for _, first, last in BREAKS[year] if first <= day <= last}


def weekend(day: date) -> bool:
    """Saturday or Sunday."""
    return day.weekday() >= 5


COUNTER = BusinessCalendar(ZONE, WEEK, "CN")
MARKET_DESK = BusinessCalendar(ZONE, WEEK, "CN", substitutes=False)
SEVEN_DAYS = BusinessCalendar(ZONE, "Mo-Su 09:00-17:00", "CN")
EXCHANGE = BusinessCalendar(ZONE, "Mo-Fr 09:30-11:30,13:00-15:00", MarketHolidays("XSHG"))


@YEARS
def test_the_dates_typed_in_make_sense(year: int) -> None:
    """Worked days are weekend days outside the breaks; nothing was mistyped to a weekday."""
    assert all(weekend(day) for day in WORKED[year])
    assert not WORKED[year] & rested(year)


@YEARS
def test_every_day_is_worked_or_closed_as_the_notice_says(year: int) -> None:
    """Breaks are closed, the listed weekend days are worked, the rest is as the week has it."""
    expected = {day: not weekend(day) for day in days_of(year)}
    expected |= dict.fromkeys(rested(year), False) | dict.fromkeys(WORKED[year], True)
    assert {day: COUNTER.is_working_day(day) for day in days_of(year)} == expected


@YEARS
def test_every_day_has_the_reason_of_the_notice(year: int) -> None:
    """Each date of a break is a holiday, each listed weekend day a substituted workday, and no
    other date is either.
    """
    expected = {day: Why.REST if weekend(day) else Why.WEEKLY for day in days_of(year)}
    expected |= dict.fromkeys(rested(year), Why.HOLIDAY) | dict.fromkeys(WORKED[year], Why.WORKDAY)
    assert {day: COUNTER.reason(day).why for day in days_of(year)} == expected


# Weekdays of the year, less those inside breaks, plus worked weekend days:
# 2024: 262 - (1 + 5 + 2 + 3 + 1 + 2 + 5) + 8; 2025: 261 - (1 + 6 + 1 + 3 + 1 + 6) + 5;
# 2026: 261 - (2 + 6 + 1 + 3 + 1 + 1 + 5) + 6.
@pytest.mark.parametrize(("year", "number"), [(2024, 251), (2025, 248), (2026, 248)])
def test_the_working_days_of_a_year_add_up(year: int, number: int) -> None:
    """The working days of each year are as many as one counts by hand from the notice."""
    assert COUNTER.days_between(date(year - 1, 12, 31), date(year, 12, 31)) == number


@YEARS
def test_a_substituted_workday_has_the_hours_of_a_monday(year: int) -> None:
    """The worked weekend days are open from 09:00 to 18:00."""
    for day in WORKED[year]:
        (window,) = COUNTER.day(day).windows
        assert (window.open, window.length) == (
            datetime(day.year, day.month, day.day, 9, tzinfo=HERE),
            timedelta(hours=9),
        )


@YEARS
def test_a_branch_open_all_week_closes_on_the_breaks_and_on_nothing_else(year: int) -> None:
    """Weekend days inside a break are rest for those who work on weekends, too."""
    assert {day for day in days_of(year) if not SEVEN_DAYS.is_working_day(day)} == rested(year)


def test_the_weekend_before_new_year_2024_belongs_to_the_break() -> None:
    """元旦 2024 与周末连休: 30 and 31 December 2023 are rest for a branch open all week."""
    days = [date(2023, 12, day) for day in (29, 30, 31)]
    assert [SEVEN_DAYS.is_working_day(day) for day in days] == [True, False, False]


@YEARS
def test_without_substitution_no_weekend_is_worked(year: int) -> None:
    """``substitutes=False`` changes the listed weekend days, and nothing else."""
    different = {
        day
        for day in days_of(year)
        if MARKET_DESK.is_working_day(day) != COUNTER.is_working_day(day)
    }
    assert different == WORKED[year]


@YEARS
def test_the_exchange_never_works_on_weekends(year: int) -> None:
    """The Shanghai exchange rests on every weekend, substituted or not, and in every break."""
    worked = {day for day in days_of(year) if EXCHANGE.is_working_day(day)}
    assert {day for day in worked if weekend(day)} == set()
    assert worked & rested(year) == set()
    # It is closed on the eve of the Spring Festival, also where the notice has that day worked.
    eve = {2024: {date(2024, 2, 9)}}
    open_days = {day for day in days_of(year) if not weekend(day)} - rested(year)
    assert open_days - worked == eve.get(year, set())


@pytest.mark.parametrize(
    ("day", "english", "chinese"),
    [
        (date(2024, 1, 1), "New Year's Day", "元旦"),
        (date(2025, 1, 29), "Spring Festival", "春节"),
        (date(2026, 2, 17), "Spring Festival", "春节"),
        (date(2026, 4, 5), "Tomb-Sweeping Day", "清明节"),
        (date(2026, 5, 1), "Labor Day", "劳动节"),
        (date(2024, 6, 10), "Dragon Boat Festival", "端午节"),
        (date(2026, 9, 25), "Mid-Autumn Festival", "中秋节"),
        (date(2026, 10, 1), "National Day", "国庆节"),
        (date(2026, 10, 3), "National Day", "国庆节"),
        (date(2026, 10, 4), "weekend of the break", "假期中的周末"),
        (date(2026, 10, 6), "substituted from", "2026-09-20 调休"),
        (date(2026, 10, 10), "substituted workday", "调休上班"),
        (date(2026, 10, 11), "closed on this weekday", "每周休息日"),
    ],
)
def test_days_have_names_in_both_languages(day: date, english: str, chinese: str) -> None:
    """What a day is called can be read in English and in Chinese."""
    reason = COUNTER.reason(day)
    assert english in reason.text("en")
    assert chinese in reason.text("zh-CN")


# --- the first year without an arrangement --------------------------------------------------

PUBLISHED = CountryHolidays("CN").published_through
NEXT = PUBLISHED.year + 1


def test_the_arrangement_of_2026_is_published() -> None:
    """Nothing in the three years is provisional, and the last published date ends a year."""
    assert date(2026, 12, 31) <= PUBLISHED == date(PUBLISHED.year, 12, 31)
    flagged = [day for year in WORKED for day in days_of(year) if COUNTER.day(day).provisional]
    assert flagged == []


def test_every_day_of_the_first_unpublished_year_is_flagged() -> None:
    """Until its notice is out, no day of a year is certain, open or closed."""
    assert all(COUNTER.day(day).provisional for day in days_of(NEXT))


def test_a_due_date_in_the_first_unpublished_year_is_flagged() -> None:
    """A deadline that is counted over 31 December is provisional; one that ends there is not."""
    december = datetime(PUBLISHED.year, 12, 24, 10, tzinfo=HERE)
    assert COUNTER.due(december, "15 working days").provisional
    assert COUNTER.due(december, "80 working hours").provisional
    assert not COUNTER.due(december, "1 working day").provisional
    # Counted on dates alone, it depends on no arrangement.
    assert not COUNTER.due(december, "15 calendar days").provisional


def test_the_first_unpublished_year_can_be_refused() -> None:
    """A calendar that may not guess refuses the same deadlines, and names the known dates."""
    careful = BusinessCalendar(ZONE, WEEK, "CN", unpublished="refuse")
    december = datetime(PUBLISHED.year, 12, 24, 10, tzinfo=HERE)
    assert careful.due(december, "1 working day").last_day <= PUBLISHED
    for duration in ("15 working days", "80 working hours", "15 calendar days, rolling forward"):
        with pytest.raises(InvalidInput) as caught:
            careful.due(december, duration)
        assert caught.value.code == "unpublished"
        assert str(PUBLISHED) in str(caught.value.facts["known"])


@pytest.mark.parametrize("code", ["CHN", "China"])
def test_the_country_by_another_name_is_the_same_or_refused(code: str) -> None:
    """A code that is taken for China means all of China, weekends of breaks too."""
    try:
        other = BusinessCalendar(ZONE, "Mo-Su 09:00-17:00", code)
    except ConfigurationError:
        return
    closed = {day for day in days_of(2026) if not other.is_working_day(day)}
    assert closed == rested(2026)
