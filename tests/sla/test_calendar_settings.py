"""What a calendar refuses to be made of, by the name of the setting."""

from datetime import date, datetime
from typing import Any

import pytest

from workorder.errors import ConfigurationError
from workorder.sla import BusinessCalendar, Closed, Hours, ListedHolidays

NEW_YEAR, SATURDAY = date(2026, 1, 1), date(2026, 6, 6)


def mistakes(**given: Any) -> dict[str, str]:
    """What is wrong with a calendar: what was found, by key."""
    with pytest.raises(ConfigurationError) as caught:
        BusinessCalendar(**({"zone": "UTC", "hours": "Mo-Fr 09:00-17:00"} | given))
    return {each.key: each.found for each in caught.value.findings}


@pytest.mark.parametrize(
    ("setting", "value", "key", "found"),
    [
        ("zone", "Mars/Phobos", "zone", "'Mars/Phobos'"),
        ("zone", None, "zone", "None"),
        ("hours", "off", "hours", "off"),
        ("hours", "", "hours", "off"),
        ("hours", "Mo 25:00-26:00", "hours", "“25:00-26:00”"),
        ("hours", None, "hours", "“None”"),
        ("holidays", "ZZ", "country", "'ZZ'"),
        ("holidays", 3, "holidays", "3"),
        ("dates", 3, "dates", "3"),
        ("dates", [NEW_YEAR], "dates", "[datetime.date(2026, 1, 1)]"),
        ("dates", {NEW_YEAR: "closed"}, "dates.2026-01-01", "'closed'"),
        ("dates", {"2026-01-01": Closed()}, "dates.2026-01-01", "Closed(reason='')"),
        ("dates", [(NEW_YEAR, Closed()), (NEW_YEAR, Closed())], "dates.2026-01-01", "2 rules"),
        ("recurring", 3, "recurring", "3"),
        ("recurring", ["FREQ=WEEKLY"], "recurring", "'FREQ=WEEKLY'"),
        ("workday_like", 7, "workday_like", "7"),
        ("workday_like", -1, "workday_like", "-1"),
        ("short_days", "noon", "short_days", "“noon”"),
        ("short_days", 3, "short_days", "3"),
        ("horizon_years", 0, "horizon_years", "0"),
        ("horizon_years", 101, "horizon_years", "101"),
        ("horizon_years", True, "horizon_years", "True"),
        ("horizon_years", 1.5, "horizon_years", "1.5"),
        ("unpublished", "guess", "unpublished", "'guess'"),
        ("unpublished", None, "unpublished", "None"),
    ],
)
def test_one_mistake(setting: str, value: Any, key: str, found: str) -> None:
    """The finding names the setting and quotes what stood there."""
    assert mistakes(**{setting: value}) == {key: found}


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("breaks", "noon"),
        ("breaks", None),
        ("workday_like", "Feiertag"),
        ("workday_like", None),
        ("workday_like", True),
    ],
)
def test_a_mistake_is_not_blamed_on_the_hours(setting: str, value: Any) -> None:
    """Breaks and weekdays are read like hours; the finding names them all the same."""
    assert [*mistakes(**{setting: value})] == [setting]


@pytest.mark.parametrize("value", ["no", "false", 0, None])
def test_the_switch_is_true_or_false(value: Any) -> None:
    """The text “no” out of a file must not switch substituted workdays on."""
    assert [*mistakes(substitutes=value)] == ["substitutes"]


def test_instants_are_no_dates() -> None:
    """A datetime is a date to Python; as a key it would never be met."""
    assert [*mistakes(dates={datetime(2026, 1, 1): Closed()})] == ["dates.2026-01-01 00:00:00"]


def test_mistakes_of_several_settings_are_named_at_once() -> None:
    """Also an unknown zone: nobody wants to start four times."""
    found = mistakes(zone="Mars/Phobos", unpublished="guess", horizon_years=0)
    assert {*found} == {"zone", "unpublished", "horizon_years"}


def test_all_wrong_dates_are_named_at_once() -> None:
    """One finding a date."""
    found = mistakes(dates={NEW_YEAR: 3, SATURDAY: "x"})
    assert [*found] == ["dates.2026-01-01", "dates.2026-06-06"]


def test_a_substituted_workday_needs_hours() -> None:
    """Where workdays can come and Monday has no hours, another weekday must be named."""
    workdays = ListedHolidays.of(workdays=[SATURDAY])
    given: dict[str, Any] = {"hours": "Tu-Fr 09:00-17:00", "holidays": workdays}
    assert mistakes(**given) == {"workday_like": "Mo, which has no hours"}
    for more in ({"workday_like": "Tu"}, {"substitutes": False}):
        calendar = BusinessCalendar("UTC", **given, **more)
        assert calendar.is_working_day(date(2026, 6, 9))


def test_special_dates_alone_make_a_calendar() -> None:
    """A week without hours is a mistake only where no date has any."""
    fair = BusinessCalendar("UTC", "off", dates={NEW_YEAR: Hours("09:00-10:00")})
    assert fair.is_working_day(NEW_YEAR)
    assert mistakes(hours="off", dates={NEW_YEAR: Closed()}) == {"hours": "off"}


def test_breaks_may_not_take_everything() -> None:
    """A week with hours and breaks over all of them never opens; one weekday left is enough."""
    assert mistakes(breaks="Mo-Fr 09:00-17:00")
    calendar = BusinessCalendar("UTC", "Mo-Fr 09:00-17:00", breaks="Mo-Th 09:00-17:00")
    assert [calendar.is_working_day(date(2026, 6, day)) for day in (4, 5)] == [False, True]
