"""Traps of holidays and of the data they come from; the planted faults fail these tests."""

from collections.abc import Mapping
from datetime import date, timedelta

import pytest

from tests.sla.traps import at, trap
from workorder.errors import ConfigurationError, InvalidInput
from workorder.sla import (
    BusinessCalendar,
    Closed,
    CountryHolidays,
    DayKind,
    ListedHolidays,
    Recurring,
    SourceDay,
    Why,
)

HOUR = timedelta(hours=1)
OFFICE = "Mo-Fr 09:00-17:00"
ZONE = "Asia/Shanghai"

Kind = type[BusinessCalendar]


@pytest.fixture
def kind() -> Kind:
    """The calendar that ships; planted faults are handed in instead."""
    return BusinessCalendar


@trap(9)
def test_observances_are_no_holidays(kind: Kind) -> None:
    """zammad/zammad #390: a day with a name is worked, unless it is a day off."""
    desk = kind("America/New_York", OFFICE, "US")
    assert desk.is_working_day(date(2025, 2, 14)), "Valentine's Day, a Friday"
    assert desk.is_working_day(date(2025, 10, 31)), "Halloween, a Friday"
    assert not desk.is_working_day(date(2025, 7, 4))
    # Mondays to Fridays of 2025 less the eleven federal holidays, all on weekdays: 261 - 11.
    assert desk.days_between(date(2024, 12, 31), date(2025, 12, 31)) == 250


@trap(9)
def test_holidays_can_be_looked_at_beforehand(kind: Kind) -> None:
    """zammad/zammad #390: what will close the desk can be listed, by name, before it is used."""
    desk = kind("America/New_York", OFFICE, "US")
    assert desk.holidays is not None
    days = desk.holidays.days(2025)
    assert sorted(days) == [
        date(2025, 1, 1),
        date(2025, 1, 20),
        date(2025, 2, 17),
        date(2025, 5, 26),
        date(2025, 6, 19),
        date(2025, 7, 4),
        date(2025, 9, 1),
        date(2025, 10, 13),
        date(2025, 11, 11),
        date(2025, 11, 27),
        date(2025, 12, 25),
    ]
    assert days[date(2025, 11, 27)].name.text() == "Thanksgiving Day"
    with pytest.raises(ConfigurationError, match="unofficial"):
        CountryHolidays("US", categories=("public", "unofficial"))
    closed = {day for day in days if not desk.is_working_day(day)}
    assert closed == set(days)


@trap(10)
def test_a_reminder_can_be_bound_to_working_time(kind: Kind) -> None:
    """zammad/zammad #4432: an hour before Monday 09:30 is Friday 16:30, not Monday 08:30."""
    desk = kind(ZONE, OFFICE)
    assert desk.subtract(at("2026-03-09T09:30+08:00"), HOUR) == at("2026-03-06T16:30+08:00")
    assert desk.next_open(at("2026-03-07T00:00+08:00")) == at("2026-03-09T09:00+08:00")


class Asked:
    """A source that counts how often it is asked for a year."""

    published_from = None
    published_through = None
    kinds = frozenset({DayKind.HOLIDAY})

    def __init__(self) -> None:
        self.years: list[int] = []

    def days(self, year: int) -> Mapping[date, SourceDay]:
        """Every fourth day of the year is a holiday."""
        self.years.append(year)
        first = date(year, 1, 1)
        return {first + timedelta(days=4 * n): SourceDay() for n in range(90)}


@trap(26)
def test_many_holidays_are_read_once(kind: Kind) -> None:
    """zendesk/biz #63: a thousand questions over two years read two years of holidays, once."""
    source = Asked()
    desk = kind(ZONE, OFFICE, source)
    start = at("2025-06-01T00:00+08:00")
    for hour in range(1_000):
        desk.add(start + hour * HOUR, 80 * HOUR)
        desk.between(start, start + hour * 12 * HOUR)
    assert sorted(source.years) == [2025, 2026]


@trap(27)
def test_a_holiday_counts_nothing_however_long_the_amount(kind: Kind) -> None:
    """pandas-dev/pandas #16867, #29901: a day's hours or more, and the holiday is still left out;
    #23542: the working week is the one given.
    """
    desk = kind("Asia/Dubai", "Su-Th 09:00-17:00", ListedHolidays.of(holidays=[date(2026, 3, 3)]))
    monday = at("2026-03-02T10:00+04:00")
    # 8 h: 7 on Monday, Tuesday is the holiday, 1 on Wednesday.
    assert desk.add(monday, 8 * HOUR) == at("2026-03-04T10:00+04:00")
    # 16 h: 8 more, 7 of them on Wednesday, 1 on Thursday.
    assert desk.add(monday, 16 * HOUR) == at("2026-03-05T10:00+04:00")
    # 24 h: 7 on Thursday; Friday and Saturday are off; 1 on Sunday.
    assert desk.add(monday, 24 * HOUR) == at("2026-03-08T10:00+04:00")


@trap(28)
def test_a_search_that_finds_nothing_ends(kind: Kind) -> None:
    """seppemans/businesstimedelta #9: a calendar that never opens is an error, not a loop."""
    never = Recurring("FREQ=WEEKLY;BYDAY=MO", Closed("every Monday"))
    desk = kind(ZONE, "Mo 09:00-17:00", recurring=[never])
    with pytest.raises(InvalidInput) as caught:
        desk.add(at("2026-03-02T10:00+08:00"), HOUR)
    assert caught.value.code == "beyond_horizon"
    # The horizon of ten years, and a year on either side of it.
    assert len(desk.epoch._years) <= 12


@trap(28)
def test_after_the_last_listed_holiday_days_are_plain(kind: Kind) -> None:
    """seppemans/businesstimedelta #10: a list of holidays that has ended breaks nothing."""
    desk = kind(ZONE, OFFICE, ListedHolidays.of(holidays=[date(2025, 12, 25)]))
    assert desk.add(at("2025-12-24T16:00+08:00"), 2 * HOUR) == at("2025-12-26T10:00+08:00")
    assert desk.add(at("2028-12-25T16:00+08:00"), 2 * HOUR) == at("2028-12-26T10:00+08:00")


@trap(30)
def test_a_workday_may_be_swapped_across_the_year(kind: Kind) -> None:
    """vacanza/holidays #2196: a weekend in December is worked for a day off in January.

    Notices of the State Council: for New Year 2019, 30 December to 1 January off, Saturday 29
    December worked; for New Year 2007, 1 to 3 January off, 30 and 31 December worked.
    """
    desk = kind(ZONE, OFFICE, "CN")
    worked = (date(2018, 12, 29), date(2006, 12, 30), date(2006, 12, 31))
    rested = (date(2018, 12, 30), date(2018, 12, 31), date(2019, 1, 1), date(2007, 1, 3))
    assert [day for day in worked if not desk.is_working_day(day)] == []
    assert [day for day in rested if desk.is_working_day(day)] == []


@trap(30)
def test_the_new_year_breaks_nothing_and_is_flagged(kind: Kind) -> None:
    """liriansu-opus/chinese-calendar #94, #97, #137; workalendar #764: the first year without an
    arrangement is answered, and the answer says that it is provisional.
    """
    desk = kind(ZONE, OFFICE, "CN")
    last = CountryHolidays("CN").published_through
    assert last >= date(2026, 12, 31)
    december = at(f"{last.year}-12-31T10:00+08:00")
    assert not desk.due(at(f"{last.year}-11-02T10:00+08:00"), "3 working days").provisional
    assert desk.due(december, "3 working days").provisional
    assert desk.due(december + timedelta(days=120), "8 working hours").provisional


@trap(30)
def test_the_new_year_can_be_refused(kind: Kind) -> None:
    """A calendar that is told not to guess refuses dates without an arrangement, and names one."""
    desk = kind(ZONE, OFFICE, "CN", unpublished="refuse")
    last = CountryHolidays("CN").published_through
    with pytest.raises(InvalidInput) as caught:
        desk.add(at(f"{last.year}-12-31T10:00+08:00"), 80 * HOUR)
    assert caught.value.code == "unpublished"
    assert str(caught.value.facts["date"]).startswith(str(last.year + 1))


@trap(31)
def test_substituted_workdays_are_a_switch_of_the_calendar(kind: Kind) -> None:
    """chinese-calendar #53, PR 104: counters work on a substituted Saturday, market desks rest."""
    saturday = date(2026, 10, 10)
    assert kind(ZONE, OFFICE, "CN").is_working_day(saturday)
    assert not kind(ZONE, OFFICE, "CN", substitutes=False).is_working_day(saturday)
    # Friday 9 October 16:00 and two hours: Saturday 10:00, or Monday 10:00.
    friday = at("2026-10-09T16:00+08:00")
    assert kind(ZONE, OFFICE, "CN").add(friday, 2 * HOUR) == at("2026-10-10T10:00+08:00")
    desk = kind(ZONE, OFFICE, "CN", substitutes=False)
    assert desk.add(friday, 2 * HOUR) == at("2026-10-12T10:00+08:00")


@trap(31)
def test_a_holiday_is_seen_before_the_weekend(kind: Kind) -> None:
    """rickar/cal #106: a weekend does not hide what the arrangement says about a date."""
    desk = kind(ZONE, OFFICE, "CN")
    # Saturday 3 October 2026 is National Day, Sunday 20 September is worked.
    assert desk.reason(date(2026, 10, 3)).why is Why.HOLIDAY
    assert desk.reason(date(2026, 9, 20)).why is Why.WORKDAY
    seven_days = kind(ZONE, "Mo-Su 09:00-17:00", "CN")
    assert not seven_days.is_working_day(date(2026, 10, 3))
