"""Two calendars as one, where dates, zones and years do not meet."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from workorder.errors import InvalidInput
from workorder.sla import BusinessCalendar, ListedHolidays, Why

HOUR = timedelta(hours=1)
AUCKLAND = ZoneInfo("Pacific/Auckland")


def test_a_long_window_of_another_zone_is_cut_where_dates_end() -> None:
    """Two desks of Los Angeles make 47 hours on end; by the dates of Auckland they reach over New
    Year. Whether 2026 was asked about before does not change the answer.
    """
    day = BusinessCalendar("America/Los_Angeles", "Th 00:00-24:00")
    night = BusinessCalendar("America/Los_Angeles", "Th 23:00-22:59")
    own = BusinessCalendar("Pacific/Auckland", "Mo 09:00-09:01")
    at = datetime(2027, 1, 2, 10, tzinfo=AUCKLAND)
    fresh, asked = own | (day | night), own | (day | night)
    asked.is_open(datetime(2026, 6, 1, tzinfo=UTC))
    assert fresh.is_open(at)
    assert asked.is_open(at)
    assert fresh.add(at, HOUR) == asked.add(at, HOUR) == at + HOUR


@pytest.mark.parametrize("published", [date(2026, 12, 31), date(2026, 6, 30)])
def test_a_year_is_worked_out_also_beside_one_that_refuses(published: date) -> None:
    """Within the published dates an intersection answers, whichever zone comes first."""
    source = ListedHolidays.of(published_through=published)
    careful = BusinessCalendar("Asia/Shanghai", "24/7", source, unpublished="refuse")
    york = BusinessCalendar("America/New_York", "Mo-Fr 09:00-17:00")
    noon = datetime(2026, 2, 2, 17, tzinfo=UTC)
    for both in (york & careful, careful & york):
        assert both.is_open(noon)
        with pytest.raises(InvalidInput):
            both.is_open(noon + timedelta(days=365))
    assert not (york - careful).is_open(noon)


def test_the_reason_of_a_date_of_another_zone() -> None:
    """Auckland's Monday morning is Sunday night in London: open by Auckland's weekly hours."""
    london = BusinessCalendar("Europe/London", "Mo-Fr 09:00-17:00")
    either = london | BusinessCalendar("Pacific/Auckland", "Mo-Fr 09:00-17:00")
    sunday = date(2026, 6, 7)
    assert either.is_working_day(sunday)
    assert either.reason(sunday).why is Why.WEEKLY
    assert either.reason(date(2026, 6, 6)).why is Why.REST


def test_what_is_official_for_both() -> None:
    """From the later beginning through the earlier end."""
    first = ListedHolidays((), date(2025, 1, 1), date(2026, 12, 31))
    second = ListedHolidays((), date(2026, 1, 1), date(2027, 12, 31))
    both = BusinessCalendar("UTC", "24/7", first) & BusinessCalendar("UTC", "24/7", second)
    assert (both.published_from, both.published_through) == (date(2026, 1, 1), date(2026, 12, 31))
    never = BusinessCalendar("UTC", "24/7") | BusinessCalendar("UTC", "Mo 09:00-10:00")
    assert (never.published_from, never.published_through) == (None, None)


def test_the_first_and_last_years_can_be_combined() -> None:
    """1900 and 2199 have no neighbours to ask."""
    either = BusinessCalendar("UTC", "Mo 09:00-10:00") | BusinessCalendar("UTC", "Tu 09:00-10:00")
    assert either.is_working_day(date(1900, 1, 1))
    assert either.is_working_day(date(2199, 12, 31))
