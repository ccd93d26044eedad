"""Bad calendars are refused where they are made, by an error that names what is wrong."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from workorder.errors import ConfigurationError, Finding
from workorder.sla import (
    BusinessCalendar,
    Calendar,
    Closed,
    CombinedCalendar,
    CombinedHolidays,
    CountryHolidays,
    Hours,
    LikeWeekday,
    ListedHolidays,
    MarketHolidays,
    Recurring,
    Span,
    WeeklyHours,
)

ZONE, OFFICE = "Asia/Shanghai", "Mo-Fr 09:00-18:00"
NEW_YEAR = date(2026, 1, 1)

Make = Callable[[], object]


def desk(*given: Any, zone: Any = ZONE, hours: Any = OFFICE, **more: Any) -> BusinessCalendar:
    """A calendar, whatever its settings are."""
    return BusinessCalendar(zone, hours, *given, **more)


def findings(make: Make) -> tuple[Finding, ...]:
    """What the configuration error says."""
    with pytest.raises(ConfigurationError) as caught:
        make()
    found = caught.value.findings
    assert all(isinstance(each, Finding) for each in found)
    return found


HOURS = {
    "overlapping windows": ("Mo 09:00-12:00,11:00-13:00", "hours.Mo", "do not overlap"),
    "equal windows": ("Mo 09:00-12:00,09:00-12:00", "hours.Mo", "do not overlap"),
    "overlap past midnight": ("Mo 22:00-06:00; Tu 05:00-09:00", "hours.Mo-Tu", "do not overlap"),
    "overlap past the week": ("Su 22:00-02:00; Mo 01:00-09:00", "hours.Su-Mo", "do not overlap"),
    "one minute too much": ("Mo 00:00-24:00; Su 22:00-00:01", "hours.Su-Mo", "do not overlap"),
    "no text": ("", "hours", "at least one open span"),
    "an empty week": ("Mo-Su off", "hours", "at least one open span"),
    "hour 25": ("Mo 25:00-26:00", "hours", "00:00 to 24:00"),
    "an end at hour 25": ("Mo 09:00-25:00", "hours", "00:00 to 24:00"),
    "a minute after the day": ("Mo 24:01-25:00", "hours", "00:00 to 24:00"),
    "an end a minute after the day": ("Mo 09:00-24:01", "hours", "00:00 to 24:00"),
    "minute 60": ("Mo 09:60-10:00", "hours", "00:00 to 24:00"),
    "an empty window": ("Mo 09:00-09:00", "hours", "an end after the start"),
    "midnight to midnight": ("Mo 00:00-00:00", "hours", "00:00-24:00"),
    "a start at 24:00": ("Mo 24:00-02:00", "hours", "an end after the start"),
    "no minutes": ("Mo 9-17", "hours", "times such as"),
    "no end": ("Mo 09:00", "hours", "times such as"),
    "no times": ("Mo-Fr", "hours", "opening hours such as"),
    "no such weekday": ("Moo 09:00-10:00", "hours", "a weekday"),
    "hours of holidays": ("PH 09:00-12:00", "hours", "hours of weekdays"),
    "hours of a season": ("Jan 09:00-12:00", "hours", "a weekday"),
    "full-width nonsense": ("Mo １０时-12时", "hours", "times such as"),
    "nothing": (None, "hours", "opening hours such as"),
    "a number": (5, "hours", "opening hours such as"),
    "bytes": (b"Mo 09:00-10:00", "hours", "opening hours such as"),
}


@pytest.mark.parametrize(("hours", "key", "expected"), HOURS.values(), ids=HOURS)
def test_bad_hours_are_refused(hours: Any, key: str, expected: str) -> None:
    """Hours that cannot be meant are refused, by the day they stand on and what was expected."""
    (found,) = findings(lambda: desk(hours=hours))
    assert found.key == key
    assert expected in found.expected


def test_every_overlap_is_named_at_once() -> None:
    """All mistakes of a week come together."""
    text = "Mo 09:00-12:00,11:00-13:00; Tu 22:00-06:00; We 05:00-09:00,08:00-10:00"
    assert {each.key for each in findings(lambda: desk(hours=text))} == {
        "hours.Mo",
        "hours.We",
        "hours.Tu-We",
    }


def test_touching_windows_are_no_mistake() -> None:
    """Windows that touch are one, also at midnight and at the end of the week."""
    assert desk(hours="Mo 09:00-12:00,12:00-18:00").hours.minutes == 540
    assert desk(hours="Mo-Su 22:00-06:00,06:00-22:00").hours.minutes == 7 * 1440


def test_breaks_that_leave_nothing_are_refused() -> None:
    """A week whose breaks take out every window is an empty week."""
    (found,) = findings(lambda: desk(breaks=OFFICE))
    assert found.expected == "at least one open span in a week, after breaks are taken out"


ZONES = ["Asia/Shangai", "", "UTC+8", "CST", "/etc/passwd", "../UTC", "Asia", None, 8]


@pytest.mark.parametrize("zone", ZONES)
def test_an_unknown_zone_is_refused(zone: Any) -> None:
    """A zone that is not an IANA name is refused; a near one is proposed."""
    (found,) = findings(lambda: desk(zone=zone))
    assert found.key == "zone"
    if zone == "Asia/Shangai":
        assert "Asia/Shanghai" in found.expected


SOURCES: dict[str, tuple[Make, str, str]] = {
    "unknown country": (lambda: desk("XX"), "country", "one of"),
    "a country in small letters": (lambda: desk("cn"), "country", "CN"),
    "no country": (lambda: desk(""), "country", "one of"),
    "a number": (lambda: desk(86), "holidays", "HolidaySource"),
    "a list": (lambda: desk(["CN"]), "holidays", "HolidaySource"),
    "a class": (lambda: desk(CountryHolidays), "holidays", "HolidaySource"),
    "unknown category": (lambda: CountryHolidays("CN", categories="bank"), "categories", "public"),
    "days on which people work": (
        lambda: CountryHolidays("US", categories="unofficial"),
        "categories",
        "public",
    ),
    "no category": (lambda: CountryHolidays("US", categories=()), "categories", "public"),
    "unknown part": (lambda: CountryHolidays("GB", "XYZ"), "subdivision", "SCT"),
    "a part where there are none": (lambda: CountryHolidays("CN", "BJ"), "subdivision", "none"),
    "unknown market": (lambda: MarketHolidays("XSHX"), "market", "XSHG"),
    "a country as a market": (lambda: MarketHolidays("CN"), "market", "CountryHolidays"),
    "a market as a country": (lambda: CountryHolidays("XSHG"), "country", "MarketHolidays"),
    "a date twice": (
        lambda: ListedHolidays.of(holidays=[NEW_YEAR], workdays=[NEW_YEAR]),
        "days",
        "each date once",
    ),
    "text for a date": (
        lambda: ListedHolidays.of(holidays=["2026-01-01"]),  # type: ignore[list-item]
        "days",
        "date",
    ),
    "an instant for a date": (
        lambda: ListedHolidays.of(holidays=[datetime(2026, 1, 1)]),
        "days",
        "date",
    ),
    "text among sources": (
        lambda: CombinedHolidays(["CN"]),  # type: ignore[list-item]
        "sources[0]",
        "HolidaySource",
    ),
    "text for the last official date": (
        lambda: CountryHolidays("CN", confirmed_through="2027"),  # type: ignore[arg-type]
        "confirmed_through",
        "date",
    ),
}


@pytest.mark.parametrize(("make", "key", "expected"), SOURCES.values(), ids=SOURCES)
def test_a_bad_source_of_holidays_is_refused(make: Make, key: str, expected: str) -> None:
    """An unknown country, part, category, market or date is refused before anything is counted."""
    found = findings(make)
    assert key in {each.key for each in found}
    assert any(expected in each.expected for each in found)


def test_every_mistake_of_a_source_is_named_at_once() -> None:
    """An unknown part and two unknown categories are three findings."""
    found = findings(lambda: CountryHolidays("GB", "XYZ", categories=("bank", "club")))
    assert [each.key for each in found] == ["subdivision", "categories", "categories"]


SETTINGS: dict[str, tuple[Make, str]] = {
    "substituted workday without hours": (
        lambda: desk("CN", hours="Tu-Fr 09:00-18:00"),
        "workday_like",
    ),
    "like a Sunday without hours": (lambda: desk("CN", workday_like="Su"), "workday_like"),
    "weekday 9": (lambda: desk(workday_like=9), "workday_like"),
    "weekday 9 with a source": (lambda: desk("CN", workday_like=9), "workday_like"),
    "weekday True": (lambda: desk(workday_like=True), "workday_like"),
    "weekday X": (lambda: desk(workday_like="X"), "workday_like"),
    "short days without hours": (
        lambda: desk(CountryHolidays("US", categories=("public", "half_day"))),
        "short_days",
    ),
    "short days at hour 25": (lambda: desk(short_days="25:00-26:00"), "short_days"),
    "two rules on one date": (
        lambda: desk(dates=[(NEW_YEAR, Closed()), (NEW_YEAR, Hours("09:00-12:00"))]),
        "dates.2026-01-01",
    ),
    "text for a date": (lambda: desk(dates={"2026-01-01": Closed()}), "dates.2026-01-01"),
    "text and a date": (lambda: desk(dates={NEW_YEAR: Closed(), "x": Closed()}), "dates.x"),
    "an instant for a date": (
        lambda: desk(dates={datetime(2026, 1, 1): Closed()}),
        "dates.2026-01-01 00:00:00",
    ),
    "text for a rule": (lambda: desk(dates={NEW_YEAR: "closed"}), "dates.2026-01-01"),
    "no dates": (lambda: desk(dates=5), "dates"),
    "text for a recurring rule": (lambda: desk(recurring=["FREQ=DAILY"]), "recurring"),
    "no horizon": (lambda: desk(horizon_years=0), "horizon_years"),
    "a horizon of True": (lambda: desk(horizon_years=True), "horizon_years"),
    "another word for refuse": (lambda: desk(unpublished="raise"), "unpublished"),
    "text for a switch": (lambda: desk("CN", substitutes="no"), "substitutes"),
    "overlapping special hours": (lambda: Hours("09:00-12:00,11:00-13:00"), "dates.hours"),
    "special hours of nothing": (lambda: Hours(()), "dates.hours"),
    "special hours at hour 25": (lambda: Hours("25:00-26:00"), "dates.hours"),
    "a span of nothing": (lambda: Span(540, 540), "span"),
    "a span before midnight": (lambda: Span(-1, 540), "span"),
    "a span after its day": (lambda: Span(1440, 1500), "span"),
    "a span longer than a day": (lambda: Span(0, 1441), "span"),
    "a span of floats": (lambda: Span(0.0, 540), "span"),  # type: ignore[arg-type]
    "a span of booleans": (lambda: Span(False, 540), "span"),
    "six days": (lambda: WeeklyHours([()] * 6), "hours"),
    "numbers for spans": (
        lambda: WeeklyHours([(540, 720)] * 7),
        "hours.Mo",
    ),
    "no calendar in a union": (lambda: desk() | 5, "second"),  # type: ignore[operator]
    "no calendar before a union": (
        lambda: CombinedCalendar("union", 5, desk()),  # type: ignore[arg-type]
        "first",
    ),
    "no such combination": (
        lambda: CombinedCalendar("xor", desk(), desk()),  # type: ignore[arg-type]
        "how",
    ),
}


@pytest.mark.parametrize(("make", "key"), SETTINGS.values(), ids=SETTINGS)
def test_a_bad_setting_is_refused(make: Make, key: str) -> None:
    """Each setting is checked when a calendar is made, and named."""
    assert key in {each.key for each in findings(make)}


def test_the_settings_of_a_calendar_are_named_together() -> None:
    """Three wrong settings are three findings."""
    found = findings(lambda: desk(unpublished="raise", horizon_years=0, workday_like=9))
    assert {each.key for each in found} == {"unpublished", "horizon_years", "workday_like"}


@pytest.mark.parametrize("day", [7, -1, True, 1.0, "X", "", None])
def test_the_hours_of_no_weekday_are_refused(day: Any) -> None:
    """A date can only be like one of seven weekdays."""
    (found,) = findings(lambda: LikeWeekday(day))
    assert found.expected.startswith("a weekday: Mo")


def test_a_good_calendar_is_none_of_these() -> None:
    """The settings that the tests above get wrong one by one are fine when right."""
    good = desk(
        CombinedHolidays([ListedHolidays.of(holidays=[NEW_YEAR]), CountryHolidays("CN")]),
        dates={date(2026, 2, 13): Hours("09:00-12:00"), date(2026, 3, 7): LikeWeekday("Mo")},
        recurring=[Recurring("FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=1", Closed(), since=NEW_YEAR)],
        breaks="Mo-Fr 12:00-13:30",
        short_days="09:00-12:00",
        workday_like="Fr",
    )
    assert isinstance(good | desk(), Calendar)
    assert good.is_working_day(date(2026, 3, 7))
