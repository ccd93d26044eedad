"""Ledgers in words, in English and Chinese."""

from datetime import UTC, date, datetime, timedelta

import pytest

from workorder.durations import parse
from workorder.sla import BusinessCalendar, Closed, ListedHolidays
from workorder.sla.telling import columns, date_text, length_text, moment_text

OWN = ListedHolidays.of(
    holidays=[date(2026, 6, 10)], name="Founding day", published_through=date(2026, 6, 30)
)
DESK = BusinessCalendar("Asia/Shanghai", "Mo-Fr 09:00-12:00,13:30-18:00", OWN)
TUESDAY = datetime(2026, 6, 9, 8, 0, tzinfo=UTC)  # 16:00 in Shanghai


def lines(text: str, language: str = "en", calendar: BusinessCalendar = DESK) -> list[str]:
    """The ledger of a due date, line by line."""
    return calendar.explain(TUESDAY, text).text(language).splitlines()


def test_hours_window_by_window() -> None:
    """Each window with its length and the total; the holiday with its name and a dash."""
    assert lines("4 working hours") == [
        "From     Tue 9 Jun 2026 16:00 Asia/Shanghai",
        "Counted  4 working hours",
        "  Tue 9 Jun 16:00-18:00   2 h  2 h  weekly hours",
        "  Wed 10 Jun                -       Founding day",
        "  Thu 11 Jun 09:00-11:00  2 h  4 h  weekly hours",
        "Due      Thu 11 Jun 2026 11:00",
    ]


def test_days_date_by_date() -> None:
    """The day of receipt is not counted; each working day adds one."""
    assert lines("2 working days", "zh-CN") == [
        "收到     2026年6月9日 周二 16:00 Asia/Shanghai",
        "期限     2 个工作日",
        "  6月9日 周二    -     收到当日，不计入",
        "  6月10日 周三   -     Founding day",
        "  6月11日 周四  +1  1  每周安排",
        "  6月12日 周五  +1  2  每周安排",
        "到期     2026年6月12日 周五 18:00",
    ]


def test_calendar_days_are_one_line() -> None:
    """Dates that all count stand together; 24:00 belongs to the day it ends."""
    told = lines("5 calendar days")
    assert told[3].split() == [
        "Wed",
        "10",
        "Jun",
        "-",
        "Sun",
        "14",
        "Jun",
        "+5",
        "5",
        "every",
        "day",
        "counts",
    ]
    assert told[4:] == [
        "Due      Sun 14 Jun 2026 24:00",
        "         last working day before: Fri 12 Jun 2026",
    ]
    assert lines("5 calendar days", "zh-CN")[-1].endswith("此前最后一个工作日：2026年6月12日 周五")


def test_what_happened_on_the_way_is_said() -> None:
    """A cut-off and a roll are notes under what was counted."""
    told = lines("5 calendar days, cut-off 15:00, rolling forward")
    assert told[2] == "         received at or after the cut-off: belongs to a later day"
    assert told[-1] == "Due      Mon 15 Jun 2026 24:00"
    told = lines("4 calendar days, rolling forward")
    assert told[2] == "         the last day is no working day: moved"
    assert any("Sat 13 Jun" in line and "closed on this weekday" in line for line in told)


def test_a_choice_shows_all_it_chose_from() -> None:
    """The earliest of two names the due date of each."""
    told = lines("the earliest of [2 working days; 5 calendar days]")
    assert "         2 working days: Fri 12 Jun 2026 18:00" in told
    assert "         5 calendar days: Sun 14 Jun 2026 24:00" in told
    assert told[-1] == "Due      Fri 12 Jun 2026 18:00"


def test_what_is_not_official_is_marked() -> None:
    """A date beyond the published ones says so, and so does the end."""
    told = lines("16 working days")
    assert any("Wed 1 Jul" in line and line.endswith("(not official yet)") for line in told)
    assert told[-1].endswith("(provisional: dates not official yet)")
    told = lines("16 working days", "zh-CN")
    assert any(line.endswith("（尚未公布）") for line in told)
    assert told[-1].endswith("（暂定：含尚未公布的日期）")


def test_the_time_between_two_instants() -> None:
    """It ends with “Until”; backwards every amount is negative."""
    until = TUESDAY + timedelta(hours=1, seconds=30)
    told = DESK.explain(TUESDAY, until=until).text().splitlines()
    assert told[1] == "  Tue 9 Jun 16:00-17:00:30  1 h 30 s  1 h 30 s  weekly hours"
    assert told[-1] == "Until    Tue 9 Jun 2026 17:00:30"
    back = DESK.explain(until, until=TUESDAY).text()
    assert "-1 h 30 s" in back


def test_a_window_past_midnight_belongs_to_its_first_date() -> None:
    """22:00-02:00 stands under the date on which it starts."""
    night = BusinessCalendar("UTC", "Tu 22:00-02:00")
    told = lines("4 working hours", calendar=night)
    assert told[2].split() == [
        "Tue",
        "9",
        "Jun",
        "22:00-02:00",
        "4",
        "h",
        "4",
        "h",
        "weekly",
        "hours",
    ]
    assert told[-1] == "Due      Wed 10 Jun 2026 02:00"


def test_a_closed_date_says_what_its_rule_says() -> None:
    """The reason of a date rule is the host's own words."""
    desk = BusinessCalendar("UTC", "Mo-Fr 09:00-17:00", dates={date(2026, 6, 10): Closed("move")})
    assert "  Wed 10 Jun   -     closed (move)" in lines("1 working day", calendar=desk)
    assert any("停业（move）" in line for line in lines("1 working day", "zh-CN", desk))


@pytest.mark.parametrize(
    ("amount", "english", "chinese"),
    [
        (timedelta(0), "0 min", "0 分"),
        (timedelta(hours=100), "100 h", "100 小时"),
        (timedelta(minutes=-90), "-1 h 30 min", "-1 小时 30 分"),
        (timedelta(seconds=1, microseconds=500), "1.0005 s", "1.0005 秒"),
        (timedelta(microseconds=1), "0.000001 s", "0.000001 秒"),
    ],
)
def test_lengths(amount: timedelta, english: str, chinese: str) -> None:
    """Nothing is rounded, and nothing that is zero is said."""
    assert (length_text(amount, "en"), length_text(amount, "zh-CN")) == (english, chinese)


def test_dates_and_moments() -> None:
    """Weekdays in both languages; midnight as 24:00 of the day before."""
    day = date(2026, 10, 10)
    assert date_text(day, "zh-CN", year=True) == "2026年10月10日 周六"
    midnight = datetime(2026, 10, 11, tzinfo=UTC)
    assert moment_text(midnight, day, "en") == "Sat 10 Oct 2026 24:00"
    assert moment_text(midnight, date(2026, 10, 11), "en") == "Sun 11 Oct 2026 00:00"


def test_columns_count_what_a_terminal_shows() -> None:
    """Chinese characters take two columns."""
    assert (columns("abc"), columns("工作日")) == (3, 6)


def test_every_kind_of_duration_can_be_told() -> None:
    """No kind is without words, in either language."""
    for text in (
        "8 working hours",
        "24 elapsed hours",
        "0 working days",
        "2 weeks",
        "1 month",
        "1 year",
        "2 billing cycles, closing on day 31",
        "the latest of [24 elapsed hours; 1 working day]",
    ):
        for language in ("en", "zh-CN"):
            told = DESK.due(TUESDAY, parse(text)).ledger.text(language)
            assert len(told.splitlines()) >= 3
            assert "None" not in told


@pytest.mark.parametrize("language", ["zh", "zh-TW"])
def test_any_chinese_is_chinese_throughout(language: str) -> None:
    """A region that there are no texts for gets those of another, whole."""
    text = DESK.explain(TUESDAY, "3 working days, cut-off 15:00").text(language)
    assert text == DESK.explain(TUESDAY, "3 working days, cut-off 15:00").text("zh-CN")
