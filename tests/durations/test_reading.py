"""Reading durations: the ways people write them, and what is refused instead of guessed."""

from datetime import time, timedelta
from itertools import permutations
from typing import Any

import pytest

from workorder.durations import (
    BillingCycles,
    CalendarDays,
    DueAt,
    Duration,
    Earliest,
    Elapsed,
    Latest,
    Months,
    Weeks,
    Working,
    WorkingDays,
    Years,
    parse,
)
from workorder.errors import InvalidInput

HOUR, MINUTE, SECOND = timedelta(hours=1), timedelta(minutes=1), timedelta(seconds=1)


def refused(text: Any) -> InvalidInput:
    """The error that reading *text* raises."""
    with pytest.raises(InvalidInput) as caught:
        parse(text)
    return caught.value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("8 working hours", Working(8 * HOUR)),
        ("1 working hour", Working(HOUR)),
        ("8 business hours", Working(8 * HOUR)),
        ("90 working minutes", Working(90 * MINUTE)),
        ("30 working seconds", Working(30 * SECOND)),
        ("1.5 working hours", Working(90 * MINUTE)),
        ("8 working hours, edge next open", Working(8 * HOUR, edge="next_open")),
        ("24 elapsed hours", Elapsed(24 * HOUR)),
        ("0.25 elapsed seconds", Elapsed(timedelta(milliseconds=250))),
        ("3 working days", WorkingDays(3)),
        ("1 business day", WorkingDays(1)),
        ("15 calendar days", CalendarDays(15)),
        ("2 weeks", Weeks(2)),
        ("1 month", Months(1)),
        ("3 years", Years(3)),
        ("2 billing cycles, closing on day 25", BillingCycles(2, closing_day=25)),
        ("at promised_at", DueAt("promised_at")),
    ],
)
def test_every_kind_is_read_by_its_name(text: str, expected: Duration) -> None:
    """A number and what it counts make a duration of that kind; “business” says “working”."""
    assert parse(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("T+1", WorkingDays(1)),
        ("T+0", WorkingDays(0)),
        ("t + 3", WorkingDays(3)),
        ("T+1 by 17:00", WorkingDays(1, at=time(17))),
        ("T+1 17:00", WorkingDays(1, at=time(17))),
        ("the next working day", WorkingDays(1)),
        ("next business day by 12:00", WorkingDays(1, at=time(12))),
        ("next working day, at end of day", WorkingDays(1, at="end_of_day")),
    ],
)
def test_a_banks_short_forms(text: str, expected: Duration) -> None:
    """``T+n`` and the next working day are working days after the day of receipt."""
    assert parse(text) == expected


@pytest.mark.parametrize(
    ("clause", "rules"),
    [
        ("at close", {"at": "close"}),
        ("at the close of business", {"at": "close"}),
        ("at end of day", {"at": "end_of_day"}),
        ("at the end of the day", {"at": "end_of_day"}),
        ("at the same time", {"at": "same_time"}),
        ("by 17:00", {"at": time(17)}),
        ("at 17:00", {"at": time(17)}),
        ("by 9:30", {"at": time(9, 30)}),
        ("by 23:59:59", {"at": time(23, 59, 59)}),
        ("by 23:59:59.999999", {"at": time(23, 59, 59, 999_999)}),
        ("counting the first day", {"include_start": True}),
        ("cut-off 16:00", {"cut_off": time(16)}),
        ("cutoff 16:00", {"cut_off": time(16)}),
        ("deemed received on a working day", {"deemed": True}),
        ("rolling forward", {"roll": "forward"}),
        ("rolling backward", {"roll": "backward"}),
    ],
)
@pytest.mark.parametrize("joint", [", ", " ", ","])
def test_every_rule_of_counting_is_read(clause: str, rules: dict[str, Any], joint: str) -> None:
    """Each rule stands after the number, with a comma or without one."""
    assert parse(f"15 calendar days{joint}{clause}") == CalendarDays(15, **rules)


def test_rules_are_read_in_any_order() -> None:
    """Several rules may stand together, and their order says nothing."""
    expected = WorkingDays(2, at=time(12), cut_off=time(16), include_start=True, roll="forward")
    clauses = ("rolling forward", "counting the first day", "cut-off 16:00", "by 12:00")
    for order in permutations(clauses):
        assert parse("2 working days, " + ", ".join(order)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3个工作日", WorkingDays(3)),
        ("3 个工作日", WorkingDays(3)),
        ("15自然日", CalendarDays(15)),
        ("15 个日历日", CalendarDays(15)),
        ("2周", Weeks(2)),
        ("1个月", Months(1)),
        ("3年", Years(3)),
        ("8个工作小时", Working(8 * HOUR)),
        ("30工作分钟", Working(30 * MINUTE)),
        ("24 个连续小时", Elapsed(24 * HOUR)),
        ("90连续秒", Elapsed(90 * SECOND)),
        ("3个工作日 17:00", WorkingDays(3, at=time(17))),
    ],
)
def test_chinese_short_forms(text: str, expected: Duration) -> None:
    """A number and a Chinese unit need no blank between them, with or without 个."""
    assert parse(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "the earliest of [2 billing cycles, closing on day 25; 90 calendar days]",
            Earliest(BillingCycles(2, closing_day=25), CalendarDays(90)),
        ),
        ("latest of [24 elapsed hours; T+1]", Latest(Elapsed(24 * HOUR), WorkingDays(1))),
        (
            "earliest of [latest of [1 week; 3 working days]; 1 month; at promised_at]",
            Earliest(Latest(Weeks(1), WorkingDays(3)), Months(1), DueAt("promised_at")),
        ),
    ],
)
def test_several_durations_stand_in_brackets(text: str, expected: Duration) -> None:
    """The earliest and the latest of several, which may hold others of the same sort."""
    assert parse(text) == expected


def test_upper_and_lower_case_and_outer_blanks_say_nothing() -> None:
    """Case is the same everywhere, and blanks around the text and its commas are dropped."""
    assert parse("  3 WORKING Days ,  BY 17:00\n") == WorkingDays(3, at=time(17))
    assert parse("T+1 BY 17:00") == parse("t+1 by 17:00")
    assert parse("The Earliest Of [ 1 Month ; 2 WEEKS ]") == Earliest(Months(1), Weeks(2))


@pytest.mark.parametrize(
    "text", ["3  working days", "3 working\u00a0days", "3\u3000working days", "3 working\ndays"]
)
def test_any_blank_between_words_is_a_blank(text: str) -> None:
    """Two blanks, a line break, or the blanks of word processors separate words like one."""
    assert parse(text) == WorkingDays(3)


def test_the_keyword_of_a_given_instant_has_no_case_either() -> None:
    """“At promised_at” is “at promised_at”; the name itself keeps its case."""
    assert parse("At Promised_At") == DueAt("Promised_At")


@pytest.mark.parametrize(
    ("text", "could"),
    [
        ("8", ("8 working hours", "8 working days", "8 calendar days")),
        ("24 hours", ("24 working hours", "24 elapsed hours")),
        ("24h", ("24 working hours", "24 elapsed hours")),
        ("24 小时", ("24 working hours", "24 elapsed hours")),
        ("90 min", ("90 working minutes", "90 elapsed minutes")),
        ("90 minutes", ("90 working minutes", "90 elapsed minutes")),
        ("1 second", ("1 working second", "1 elapsed second")),
        ("24 hours by 17:00", ("24 working hours", "24 elapsed hours")),
    ],
)
def test_a_unit_that_does_not_say_what_it_counts(text: str, could: tuple[str, ...]) -> None:
    """A bare number or unit is refused, and what could be meant is named."""
    error = refused(text)
    assert error.code == "duration_without_unit"
    assert error.facts == {"found": text, "could": could}
    assert text in error.text()
    assert could[0] in error.text("zh-CN")


@pytest.mark.parametrize("text", ["3 days", "3 d", "3天", "3日"])
def test_bare_days_are_no_hours(text: str) -> None:
    """“3 days” could be three working or calendar days; it is never taken for three hours."""
    error = refused(text)
    assert error.code == "duration_without_unit"
    could = error.facts["could"]
    assert isinstance(could, tuple)
    assert {"3 working days", "3 calendar days"} <= {*could}
    assert "3 elapsed hours" not in could


@pytest.mark.parametrize("text", ["5 s", "5 秒", "5 seconds"])
def test_bare_seconds_are_seconds(text: str) -> None:
    """A bare second could be a working or an elapsed one, and nothing longer."""
    error = refused(text)
    assert error.code == "duration_without_unit"
    assert error.facts["could"] == ("5 working seconds", "5 elapsed seconds")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "soon",
        "working days",
        "three working days",
        "-3 working days",
        "1e3 working hours",
        "1.5 working days",
        "1.5 months",
        "0.0000000001 working hours",
        "1 fortnight",
        "10 elapsed days",
        "3 working",
        "T+",
        "T+-1",
        "T+1.5",
        "3 working days, sometimes",
        "3 working days by close",
        "3 working days, by 12:00, by 13:00",
        "8 working hours, by 17:00",
        "8 elapsed hours, edge next open",
        "3 working days, closing on day 5",
        "2 billing cycles",
        "at",
        "at 3",
        "at one or another",
        "99999999999999 elapsed hours",
        "the earliest of []",
        "the earliest of [1 month]",
        "the earliest of [1 month;]",
        "the earliest of [1 month; soon]",
        "the earliest of [1 month; 2 weeks",
        "the earliest of [1 month; 2 weeks], by 17:00",
    ],
)
def test_other_text_is_refused_with_what_was_expected(text: str) -> None:
    """What cannot be read is quoted, beside examples of what can; in both languages."""
    error = refused(text)
    assert error.code == "not_a_duration"
    assert error.facts["found"] == text
    for language in ("en", "zh-CN"):
        assert f"“{text}”" in error.text(language)
        assert "“3 working days”" in error.text(language)


@pytest.mark.parametrize("text", ["by 25:00", "by 24:00", "by 12:60", "cut-off 99:00"])
def test_a_time_that_no_clock_shows_is_refused(text: str) -> None:
    """``25:00`` is no time of day; the error says which times there are."""
    error = refused(f"3 working days, {text}")
    assert error.code == "wrong_type"
    assert error.facts["found"] == text.rsplit(maxsplit=1)[-1]
    assert "00:00 to 23:59" in error.text()


@pytest.mark.parametrize("number", ["100001", "9" * 100])
def test_a_number_that_is_too_large_is_refused(number: str) -> None:
    """A count of days has a limit, far beyond what anybody means."""
    error = refused(f"{number} working days")
    assert error.code == "wrong_type"
    assert "100,000" in error.text()


def test_a_number_of_thousands_of_digits_is_refused_like_any_other() -> None:
    """Not even a number that Python itself will not read gets another error."""
    for unit in ("working days", "months", "working hours"):
        refused(f"{'9' * 5000} {unit}")
    refused("T+" + "9" * 5000)


@pytest.mark.parametrize("value", [None, 3, b"3 working days", timedelta(1), WorkingDays(3)])
def test_only_text_can_be_read(value: Any) -> None:
    """Anything but text is refused by its type."""
    error = refused(value)
    assert error.code == "wrong_type"
    assert error.facts["name"] == "duration"
    assert error.facts["found"] == type(value).__name__


@pytest.mark.parametrize(
    "text", ["at close", "1月", "1.0000000000000000000000000000000001 working hours"]
)
def test_what_only_looks_like_a_duration_is_refused(text: str) -> None:
    """A rule without a number, January, and less than a microsecond."""
    assert refused(text).code == "not_a_duration"
