"""Durations in words: English that can be read back, Chinese for people."""

from datetime import time, timedelta

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


@pytest.mark.parametrize(
    ("duration", "english", "chinese"),
    [
        (Working(timedelta(hours=8)), "8 working hours", "8 个工作小时"),
        (Working(timedelta(hours=1)), "1 working hour", "1 个工作小时"),
        (Working(timedelta(minutes=90)), "90 working minutes", "90 个工作分钟"),
        (Working(timedelta(seconds=1)), "1 working second", "1 个工作秒"),
        (Working(timedelta(0)), "0 working hours", "0 个工作小时"),
        (Working(timedelta(days=1)), "24 working hours", "24 个工作小时"),
        (Working(timedelta(microseconds=1)), "0.000001 working seconds", "0.000001 个工作秒"),
        (Elapsed(timedelta(milliseconds=1500)), "1.5 elapsed seconds", "1.5 个连续秒"),
        (Elapsed(timedelta(hours=72)), "72 elapsed hours", "72 个连续小时"),
        (
            Working(timedelta(hours=8), edge="next_open"),
            "8 working hours, edge next open",
            "8 个工作小时，止于下次营业开始",
        ),
        (WorkingDays(1), "1 working day", "1 个工作日"),
        (WorkingDays(3), "3 working days", "3 个工作日"),
        (CalendarDays(15), "15 calendar days", "15 个自然日"),
        (Weeks(2), "2 weeks", "2 周"),
        (Months(1), "1 month", "1 个月"),
        (Years(3), "3 years", "3 年"),
        (
            BillingCycles(2, closing_day=25),
            "2 billing cycles, closing on day 25",
            "2 个账单周期，账单日每月 25 日",
        ),
        (DueAt("promised_at"), "at promised_at", "按给定时间 promised_at"),
        (
            Earliest(Months(1), CalendarDays(30)),
            "the earliest of [1 month; 30 calendar days]",
            "以下最早者：[1 个月；30 个自然日]",
        ),
        (
            Latest(Elapsed(timedelta(hours=24)), WorkingDays(1)),
            "the latest of [24 elapsed hours; 1 working day]",
            "以下最晚者：[24 个连续小时；1 个工作日]",
        ),
    ],
)
def test_every_kind_has_words(duration: Duration, english: str, chinese: str) -> None:
    """Each kind says its number and what it counts, in both languages, in the largest unit."""
    assert str(duration) == duration.text() == duration.text("en") == english
    assert duration.text("zh-CN") == chinese


@pytest.mark.parametrize(
    ("duration", "english", "chinese"),
    [
        (CalendarDays(5, at="close"), "at close", "止于营业结束"),
        (WorkingDays(5, at="end_of_day"), "at end of day", "止于 24:00"),
        (WorkingDays(5, at="same_time"), "at the same time", "止于同一时刻"),
        (WorkingDays(5, at=time(17)), "by 17:00", "止于 17:00"),
        (WorkingDays(5, at=time(17, 0, 30)), "by 17:00:30", "止于 17:00:30"),
        (WorkingDays(5, include_start=True), "counting the first day", "当日计入"),
        (WorkingDays(5, cut_off=time(16, 30)), "cut-off 16:30", "截止 16:30"),
        (
            WorkingDays(5, deemed=True),
            "deemed received on a working day",
            "非工作日收到视为下一工作日收到",
        ),
        (CalendarDays(5, roll="forward"), "rolling forward", "末日非工作日则顺延"),
        (CalendarDays(5, roll="backward"), "rolling backward", "末日非工作日则提前"),
    ],
)
def test_every_unusual_rule_has_words(duration: Duration, english: str, chinese: str) -> None:
    """A rule is said exactly where it is not the usual one of its kind."""
    assert str(duration).split(", ")[1:] == [english]
    assert duration.text("zh-CN").split("，")[1:] == [chinese]


@pytest.mark.parametrize(
    "duration",
    [WorkingDays(3, at="close"), CalendarDays(3, at="end_of_day"), Months(3, roll="none")],
)
def test_usual_rules_are_not_said(duration: Duration) -> None:
    """Where nothing is unusual the text is a number and a unit."""
    assert "," not in str(duration)
    assert "，" not in duration.text("zh-CN")


def test_all_rules_at_once() -> None:
    """Several rules stand in one order, separated by commas."""
    duration = CalendarDays(
        30, at=time(12), include_start=True, cut_off=time(16), deemed=True, roll="backward"
    )
    assert str(duration) == (
        "30 calendar days, by 12:00, counting the first day, cut-off 16:00, "
        "deemed received on a working day, rolling backward"
    )
    assert duration.text("zh-CN") == (
        "30 个自然日，止于 12:00，当日计入，截止 16:00，非工作日收到视为下一工作日收到，"
        "末日非工作日则提前"
    )


@pytest.mark.parametrize(
    "duration",
    [WorkingDays(3), CalendarDays(15), Weeks(2), Months(1), Years(1), Working(timedelta(hours=8))],
)
def test_simple_chinese_text_is_read_back(duration: Duration) -> None:
    """What is shown in Chinese for a number and a unit can be typed in again."""
    assert parse(duration.text("zh-CN")) == duration


def test_a_language_without_words_shows_english() -> None:
    """Where there are no words in a language, the English ones are shown."""
    assert WorkingDays(3, roll="forward").text("de") == "3 working days, rolling forward"
