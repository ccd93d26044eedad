"""How far a search goes, whatever was asked before, and what is said when it went too far."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from workorder.errors import InvalidInput
from workorder.sla import BusinessCalendar, EpochCalendar, Hours

HOUR = 3_600_000_000
DAY = 24 * HOUR
NEW_YEAR = date(2026, 1, 1)


def at(text: str) -> int:
    """An instant in UTC, in microseconds."""
    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    return (datetime.fromisoformat(text).replace(tzinfo=UTC) - epoch) // timedelta(microseconds=1)


def desk(hours: str = "Mo-Fr 09:00-17:00", **more: Any) -> EpochCalendar:
    """A calendar in UTC, never asked before."""
    return BusinessCalendar("UTC", hours, **more).epoch


def beyond(ask: Callable[[], object]) -> str:
    """The sentence of the error that says a search went too far."""
    with pytest.raises(InvalidInput) as caught:
        ask()
    assert caught.value.code == "beyond_horizon"
    return caught.value.text()


@pytest.mark.parametrize("warm", [False, True])
def test_the_horizon_is_the_same_whatever_is_worked_out(warm: bool) -> None:
    """A year of 366 days each way: the last answer inside and the first outside."""
    epoch, begin = desk("24/7", horizon_years=1), at("2026-03-01")
    if warm:
        epoch.between(at("2020-01-01"), at("2030-01-01"))
    reach = 366 * DAY
    assert epoch.add(begin, reach) == begin + reach
    assert epoch.subtract(begin, reach) == begin - reach
    assert "within 1 year" in beyond(lambda: epoch.add(begin, reach + 1))
    beyond(lambda: epoch.subtract(begin, reach + 1))
    assert epoch.between(begin, begin + 3 * reach) == 3 * reach


@pytest.mark.parametrize("warm", [False, True])
def test_a_search_that_finds_nothing_ends(warm: bool) -> None:
    """Open once: every verb that looks further says that it looked in vain."""
    epoch = desk("off", dates={NEW_YEAR: Hours("09:00-10:00")}, horizon_years=3)
    if warm:
        epoch.between(at("2020-01-01"), at("2032-01-01"))
    after, before = at("2026-02-01"), at("2025-12-01")
    assert epoch.prev_close(after) == at("2026-01-01 10:00")
    assert epoch.next_open(before) == at("2026-01-01 09:00")
    beyond(lambda: epoch.next_open(after))
    beyond(lambda: epoch.next_close(after))
    beyond(lambda: epoch.add(after, 1))
    beyond(lambda: epoch.add(before, HOUR + 1))
    beyond(lambda: epoch.add(before, HOUR, edge="next_open"))
    beyond(lambda: epoch.prev_close(before))
    beyond(lambda: epoch.subtract(before, 1))
    beyond(lambda: epoch.subtract(after, HOUR, edge="prev_close"))
    assert "2026-02-01" in beyond(lambda: epoch.next_open(after))


def test_an_opening_just_beyond_the_horizon_is_not_answered() -> None:
    """Known by chance, because its year was worked out, and still too far away."""
    opened = {NEW_YEAR: Hours("09:00-10:00"), date(2027, 6, 1): Hours("09:00-10:00")}
    epoch = desk("off", dates=opened, horizon_years=1)
    assert epoch.next_open(at("2026-12-01")) == at("2027-06-01 09:00")
    beyond(lambda: epoch.next_open(at("2026-01-01 10:00")))
    beyond(lambda: epoch.next_close(at("2026-01-01 10:00")))
    beyond(lambda: epoch.prev_close(at("2027-06-01 09:30")))


def test_what_never_closes_has_no_next_close() -> None:
    """24/7 is asked for its close as far as the horizon, and then says so."""
    epoch = desk("24/7", horizon_years=2)
    beyond(lambda: epoch.next_close(at("2026-01-01")))
    beyond(lambda: epoch.prev_close(at("2026-01-01")))


@pytest.mark.parametrize("instant", [10**30, -(10**30), at("1899-12-31"), at("2200-01-02")])
def test_outside_the_years_of_zones_nothing_is_answered(instant: int) -> None:
    """1900 to 2199; outside, neither zones nor holidays mean anything."""
    for ask in (desk().is_open, desk().next_open, desk().prev_close, desk().day_of):
        with pytest.raises(InvalidInput) as caught:
            ask(instant)
        assert caught.value.code == "outside_years"
        assert "1900-2199" in caught.value.text()
        assert "1900-2199" in caught.value.text("zh-CN")


@pytest.mark.parametrize("day", [0, -1, 10**9, 10**30, date(2200, 1, 1).toordinal()])
def test_dates_outside_these_years_are_refused(day: int) -> None:
    """Also those that no date of Python can be."""
    with pytest.raises(InvalidInput) as caught:
        desk().track_of_day(day)
    assert caught.value.code == "outside_years"


def test_a_search_that_leaves_these_years_ends() -> None:
    """Within the horizon, but beyond the years of zones."""
    with pytest.raises(InvalidInput) as caught:
        desk().subtract(at("1903-01-05"), 2500 * 8 * HOUR)
    assert caught.value.code == "outside_years"


@pytest.mark.parametrize("year", [1, 1899, 2200, 9999])
def test_a_date_outside_these_years_cannot_be_looked_at(year: int) -> None:
    """Neither a date nor the digest of its year."""
    calendar = BusinessCalendar("UTC", "Mo-Fr 09:00-17:00")
    asks: list[Callable[[], object]] = [
        lambda: calendar.day(date(year, 6, 1)),
        lambda: calendar.reason(date(year, 6, 1)),
        lambda: calendar.is_working_day(date(year, 6, 1)),
        lambda: calendar.content_digest(year, year),
    ]
    for ask in asks:
        with pytest.raises(InvalidInput) as caught:
            ask()
        assert (caught.value.code, caught.value.facts["year"]) == ("outside_years", year)


def test_far_working_days_are_beyond_the_horizon_too() -> None:
    """Counting days obeys the same limit as counting time, in both directions."""
    calendar = BusinessCalendar("UTC", "Mo-Fr 09:00-17:00", horizon_years=1)
    assert calendar.add_days(NEW_YEAR, 260) == date(2026, 12, 31)
    beyond(lambda: calendar.add_days(NEW_YEAR, 300))
    beyond(lambda: calendar.add_days(NEW_YEAR, -300))
    once = BusinessCalendar("UTC", "off", dates={NEW_YEAR: Hours("09:00-10:00")})
    beyond(lambda: once.add_days(NEW_YEAR, 1))
    beyond(lambda: once.add_days(NEW_YEAR, -1))
