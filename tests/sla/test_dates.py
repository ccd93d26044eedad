"""Rules for dates, and dates that recur."""

import os
import pickle
import subprocess
import sys
from datetime import date, datetime
from typing import Any

import pytest

from workorder.errors import ConfigurationError
from workorder.sla import Closed, Hours, LikeWeekday, Recurring, Span
from workorder.sla.dates import DateRule


def dates(rrule: str, year: int, since: date | None = None) -> list[str]:
    """The dates of a rule in *year*, as text."""
    return [str(each) for each in Recurring(rrule, Closed(), since).dates(year)]


def refused(rrule: Any, rule: Any = Closed(), since: Any = None) -> ConfigurationError:  # noqa: B008
    """The error that making a recurring rule raises."""
    with pytest.raises(ConfigurationError) as caught:
        Recurring(rrule, rule, since)
    return caught.value


def test_hours_are_text_or_values() -> None:
    """The hours of a date are written like those of a day of the week."""
    assert Hours("09:00-12:00,13:30-18:00").spans == (Span(540, 720), Span(810, 1080))
    assert Hours(Span(540, 720)) == Hours([Span(540, 720)]) == Hours("09:00-12:00")


@pytest.mark.parametrize(
    "hours", ["", "off", "25:00-26:00", [], None, 3, "09:00-12:00,11:00-13:00"]
)
def test_hours_without_hours_are_refused(hours: Any) -> None:
    """No hours are no special hours; the error points to ``Closed`` or to the notation."""
    with pytest.raises(ConfigurationError) as caught:
        Hours(hours)
    assert [each.key for each in caught.value.findings] == ["dates.hours"]


@pytest.mark.parametrize(
    ("value", "number"), [("Mo", 0), ("tuesday", 1), ("Sun", 6), (0, 0), (6, 6)]
)
def test_a_weekday_is_a_name_or_a_number(value: Any, number: int) -> None:
    """Monday is 0, as in Python."""
    assert LikeWeekday(value).weekday == number


@pytest.mark.parametrize("value", [7, -1, True, None, 1.0, "", "Mo-Fr", "Feiertag"])
def test_no_weekday_is_refused(value: Any) -> None:
    """The error lists the seven names."""
    with pytest.raises(ConfigurationError, match="expected a weekday: Mo, Tu, We, Th, Fr, Sa, Su"):
        LikeWeekday(value)


def test_the_error_of_a_date_rule_names_the_date_rule() -> None:
    """A wrong weekday of a date is not a mistake in the hours of the week."""
    with pytest.raises(ConfigurationError) as caught:
        LikeWeekday("Feiertag")
    assert [each.key for each in caught.value.findings] == ["dates.like"]


@pytest.mark.parametrize("rule", [Closed("stocktaking"), Hours("09:00-12:00"), LikeWeekday("Mo")])
def test_date_rules_are_values(rule: DateRule) -> None:
    """They compare, hash and pickle."""
    again = pickle.loads(pickle.dumps(rule))
    assert again == rule
    assert hash(again) == hash(rule)


@pytest.mark.parametrize(
    ("rrule", "year", "expected"),
    [
        (
            "FREQ=MONTHLY;BYDAY=2SA,4SA;BYMONTH=1,2",
            2026,
            ["2026-01-10", "2026-01-24", "2026-02-14", "2026-02-28"],
        ),
        ("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24", 2026, ["2026-12-24"]),
        ("freq=yearly;byeaster=-2", 2026, ["2026-04-03"]),
        ("FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=1", 2026, ["2026-01-01"]),
        ("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31", 2026, ["2026-12-31"]),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", 2026, []),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", 2028, ["2028-02-29"]),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;BYMONTH=5", 2026, ["2026-05-29"]),
        ("FREQ=DAILY;UNTIL=20260102", 2026, ["2026-01-01", "2026-01-02"]),
        ("FREQ=DAILY;UNTIL=20260102", 2027, []),
    ],
)
def test_dates_that_recur(rrule: str, year: int, expected: list[str]) -> None:
    """Rules of RFC 5545 give the dates of any year, first and last day included."""
    assert dates(rrule, year) == expected


def test_intervals_are_counted_from_a_date() -> None:
    """Every other week means nothing without a week to begin with."""
    rule, since = "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", date(2025, 12, 22)
    assert dates(rule, 2025, since) == ["2025-12-22"]
    assert dates(rule, 2026, since)[:2] == ["2026-01-05", "2026-01-19"]
    assert dates(rule, 2024, since) == []
    assert dates("FREQ=MONTHLY;BYMONTHDAY=1;COUNT=2", 2026, since) == ["2026-01-01", "2026-02-01"]
    assert dates("FREQ=MONTHLY;BYMONTHDAY=1;COUNT=2", 2027, since) == []


@pytest.mark.parametrize("rrule", ["FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "FREQ=DAILY;COUNT=3"])
def test_an_interval_without_a_beginning_is_refused(rrule: str) -> None:
    """The error names what is missing."""
    (finding,) = refused(rrule).findings
    assert (finding.key, finding.found) == ("recurring.since", "nothing")


@pytest.mark.parametrize("rrule", ["FREQ=WEEKLY", "FREQ=MONTHLY", "FREQ=YEARLY;BYMONTH=5"])
def test_a_rule_that_leaves_its_day_open_is_not_guessed(rrule: str) -> None:
    """Which weekday, or which day of the month, comes from a beginning; without one it is refused.

    Else “every week” would be Thursdays in 2026 and Fridays in 2027.
    """
    (finding,) = refused(rrule).findings
    assert finding.key == "recurring.since"


@pytest.mark.parametrize(
    "rrule",
    [
        "",
        "every Monday",
        "FREQ=SOMETIMES",
        "FREQ=DAILY;BYDAY=XX",
        "FREQ=DAILY;FOO=3",
        "FREQ=HOURLY",
        "FREQ=MINUTELY;BYDAY=MO",
        "FREQ=SECONDLY",
        "BYDAY=MO",
        "DTSTART:20260101\nRRULE:FREQ=DAILY",
        None,
        3,
    ],
)
def test_what_is_no_rule_for_dates_is_refused(rrule: Any) -> None:
    """The findings say which part is wrong, and what could stand there."""
    found = [each for each in refused(rrule).findings if each.key.startswith("recurring.rrule")]
    assert found
    assert all(each.found and each.expected for each in found)


def test_the_wrong_part_of_a_rule_is_named() -> None:
    """A word misspelled, a frequency that dates do not have, an interval of nothing."""
    said = refused("FREQ=DAILY;BYMONHT=5").text()
    assert "BYMONHT" in said
    assert "BYMONTH" in said.replace("BYMONHT", "")
    assert "HOURLY" in refused("FREQ=HOURLY;BYDAY=MO").text()
    assert "INTERVAL" in refused("FREQ=DAILY;INTERVAL=0", since=date(2026, 1, 1)).text()
    assert "rrule.BYDAY: found XX" in refused("FREQ=DAILY;BYDAY=XX").text()


def test_what_was_expected_is_said_in_one_order() -> None:
    """The same mistake gives the same sentence in every process."""
    program = (
        "from workorder.sla import Closed, Recurring\n"
        "try:\n    Recurring('FREQ=DAILY;FOO=3;BAR=4', Closed())\n"
        "except Exception as error:\n    print(error)"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", program],
            env=os.environ | {"PYTHONHASHSEED": str(seed)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in range(3)
    }
    assert len(said) == 1


@pytest.mark.parametrize("rule", [None, "closed", Closed, 3])
def test_what_holds_on_its_dates_is_a_date_rule(rule: Any) -> None:
    """Anything else is refused where it stands."""
    (finding,) = refused("FREQ=WEEKLY;BYDAY=SA", rule).findings
    assert finding.key == "recurring.rule"
    assert finding.found == repr(rule)


@pytest.mark.parametrize("since", ["2026-01-01", 2026, datetime(2026, 1, 1, 12)])
def test_a_beginning_is_a_date(since: Any) -> None:
    """A text or a datetime is refused when the rule is made, not when a year is asked for."""
    (finding,) = refused("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", since=since).findings
    assert finding.key == "recurring.since"


def test_recurring_rules_are_values() -> None:
    """They compare, hash and pickle."""
    rule = Recurring("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", Closed("x"), date(2026, 1, 5))
    again = pickle.loads(pickle.dumps(rule))
    assert again == rule
    assert hash(again) == hash(rule)


@pytest.mark.parametrize(
    "rrule",
    [
        "FREQ=MONTHLY;BYMONTHDAY=0",
        "FREQ=MONTHLY;BYMONTHDAY=40",
        "FREQ=YEARLY;BYMONTH=13;BYMONTHDAY=1",
        "FREQ=WEEKLY;BYDAY=2MO",
        "FREQ=DAILY;BYDAY=2MO",
        "FREQ=DAILY;COUNT=0",
        "FREQ=DAILY;COUNT=-1",
        "FREQ=DAILY;COUNT=3;UNTIL=20271231",
        "FREQ=DAILY;COUNT=3\nRDATE:20260605",
        "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=0",
    ],
)
def test_what_would_be_misread_is_refused(rrule: str) -> None:
    """Numbers that no date has, weekdays counted where there is no month, more than one rule."""
    assert refused(rrule, since=date(2026, 1, 1)).findings


@pytest.mark.parametrize("rest", ["", ";COUNT=1", ";UNTIL=99991231"])
def test_a_rule_that_no_date_fits_is_refused(rest: str) -> None:
    """30 February never comes; that is found when the rule is made, not at every question."""
    refused(f"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30{rest}", since=date(2020, 1, 1))


def test_a_count_is_counted_from_the_start() -> None:
    """Three dates from 30 December 2025: two in that year, one in the next, none after."""
    rule = Recurring("FREQ=DAILY;COUNT=3", Closed(), date(2025, 12, 30))
    found = [list(rule.dates(year)) for year in (2024, 2025, 2026, 2027)]
    assert found == [[], [date(2025, 12, 30), date(2025, 12, 31)], [date(2026, 1, 1)], []]
