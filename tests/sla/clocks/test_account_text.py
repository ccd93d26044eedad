"""Accounts of clocks in words, in English and Chinese."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve

from workorder.clocks import Clock, Extended, Segment, Verdict
from workorder.conditions import ALWAYS
from workorder.durations import parse
from workorder.sla import BusinessCalendar, ListedHolidays
from workorder.sla.clocks import Metric, Policy, ServiceLevels, SlaClock, Target, account
from workorder.sla.clocks.telling import mark_text

SHANGHAI = ZoneInfo("Asia/Shanghai")
NATION = ListedHolidays.of(
    holidays=[date(2026, 10, day) for day in range(1, 8)],
    workdays=[date(2026, 10, 10)],
    name="autumn holiday",
    published_through=date(2026, 12, 31),
)
DESK = BusinessCalendar("Asia/Shanghai", "Mo-Fr 09:00-12:00,13:30-18:00", NATION)
LONDON = BusinessCalendar("Europe/London", "Mo-Fr 09:00-17:00")


def at(month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """An instant on the clock in Shanghai."""
    return datetime(2026, month, day, hour, minute, tzinfo=SHANGHAI)


def started(within: str = "8 working hours", *, marks: tuple[str, ...] = ()) -> SlaClock:
    """A clock that runs since the afternoon of 29 September."""
    return SlaClock.start("resolution", within, DESK, at=at(9, 29, 15), marks=marks)


LEVELS = ServiceLevels(
    metrics=(
        Metric(
            name="decision",
            start=ALWAYS,
            stop=ALWAYS,
            labels={"en": "Decision", "zh-CN": "处理决定"},
        ),
    ),
    policies=(Policy("complaint", (Target("decision", parse("3 calendar days")),)),),
    calendar=DESK,
)


def decision(*segments: Segment, cycle: int = 1) -> Clock:
    """A clock in calendar days, of a ticket."""
    target = "3 calendar days"
    return Clock("decision", "running", target, segments, cycle, at(10, 5), at(10, 3), leads=True)


def segment(start: datetime, end: datetime | None = None, **how: object) -> Segment:
    """A segment by the usual calendar."""
    return Segment(start, "calendar@1", "complaint@1", end, **how)  # type: ignore[arg-type]


def last(ledger_text: str, word: str) -> str:
    """The line that begins with *word*."""
    return next(line for line in ledger_text.splitlines() if line.startswith(word))


# --- two small cases, whole ------------------------------------------------------------------

BREACHED = started().pause(at=at(9, 30, 11)).resume(at=at(10, 8, 10)).stop(at=at(10, 8, 15))


def test_hours_in_english() -> None:
    """A clock with a pause that was answered half an hour late, from its head to its breach."""
    assert BREACHED.explain(at(10, 20)).text().splitlines() == [
        "resolution: finished late, target 8 working hours",
        "From     Tue 29 Sep 2026 15:00 Asia/Shanghai",
        "  Tue 29 Sep 15:00-18:00                     3 h         3 h  weekly hours",
        "  Wed 30 Sep 09:00-11:00                     2 h         5 h  weekly hours",
        "  Wed 30 Sep 11:00 - Thu 8 Oct 10:00           -              paused",
        "  Thu 8 Oct 10:00-12:00                      2 h         7 h  weekly hours",
        "  Thu 8 Oct 13:30-15:00               1 h 30 min  8 h 30 min  weekly hours",
        "Used     8 h 30 min",
        "Until    Thu 8 Oct 2026 15:00",
        "Due      Thu 8 Oct 2026 14:30; at first Wed 30 Sep 2026 15:30",
        "Over     30 min",
        "Breached Thu 8 Oct 2026 14:30, noted Thu 8 Oct 2026 15:00",
    ]


def test_hours_in_chinese() -> None:
    """The same in Chinese, with the columns as wide as they look."""
    assert BREACHED.explain(at(10, 20)).text("zh-CN").splitlines() == [
        "resolution：超时完成，时限 8 个工作小时",
        "自       2026年9月29日 周二 15:00 Asia/Shanghai",
        "  9月29日 周二 15:00-18:00                       3 小时        3 小时  每周安排",
        "  9月30日 周三 09:00-11:00                       2 小时        5 小时  每周安排",
        "  9月30日 周三 11:00 - 10月8日 周四 10:00             -                暂停计时",
        "  10月8日 周四 10:00-12:00                       2 小时        7 小时  每周安排",
        "  10月8日 周四 13:30-15:00                 1 小时 30 分  8 小时 30 分  每周安排",
        "已用     8 小时 30 分",
        "至       2026年10月8日 周四 15:00",
        "到期     2026年10月8日 周四 14:30；最初 2026年9月30日 周三 15:30",
        "超出     30 分",
        "超时     2026年10月8日 周四 14:30，记录于 2026年10月8日 周四 15:00",
    ]


WAITED = decision(
    segment(at(9, 30, 15), at(10, 1, 10)),
    segment(at(10, 1, 10), at(10, 3, 10), runs=False, cause=4),
    segment(at(10, 3, 10), cause=6),
)


def test_days_in_english() -> None:
    """Calendar days of a ticket: those that count stand together, a pause names its event."""
    assert account(WAITED, at(10, 4, 9), LEVELS).text().splitlines() == [
        "Decision: running, target 3 calendar days, leads the ticket",
        "From     Wed 30 Sep 2026 15:00 Asia/Shanghai",
        "  Wed 30 Sep              -     day of receipt, not counted",
        "  Thu 1 Oct - Fri 2 Oct   -     paused (event 4)",
        "  Sat 3 Oct              +1  1  every day counts",
        "Used     1 day",
        "Until    Sun 4 Oct 2026 09:00",
        "Due      Sun 4 Oct 2026 24:00; at first Fri 2 Oct 2026 24:00",
        "Left     1 day",
    ]


def test_days_in_chinese() -> None:
    """The same in Chinese."""
    assert account(WAITED, at(10, 4, 9), LEVELS).text("zh-CN").splitlines() == [
        "处理决定：计时中，时限 3 个自然日，工单以此为期限",
        "自       2026年9月30日 周三 15:00 Asia/Shanghai",
        "  9月30日 周三                  -     收到当日，不计入",
        "  10月1日 周四 - 10月2日 周五   -     暂停计时（第 4 条事件）",
        "  10月3日 周六                 +1  1  逐日计入",
        "已用     1 日",
        "至       2026年10月4日 周日 09:00",
        "到期     2026年10月4日 周日 24:00；最初 2026年10月2日 周五 24:00",
        "剩余     1 日",
    ]


def test_pauses_by_different_events_stand_apart() -> None:
    """Dates on end are one line only if one event paused the clock on all of them."""
    twice = decision(
        segment(at(9, 30, 15), at(10, 1, 10)),
        segment(at(10, 1, 10), at(10, 3, 10), runs=False, cause=4),
        segment(at(10, 3, 10), at(10, 3, 11), cause=6),
        segment(at(10, 3, 11), at(10, 4, 11), runs=False, cause=7),
        segment(at(10, 4, 11), cause=8),
    )
    text = account(twice, at(10, 4, 12), LEVELS).text()
    assert [line.split("  ")[1] for line in text.splitlines() if "paused" in line] == [
        "Thu 1 Oct - Fri 2 Oct",
        "Sat 3 Oct",
    ]


def test_a_pause_until_midnight_ends_at_24_00() -> None:
    """Midnight is shown on the day that it ends, as everywhere."""
    text = started().pause(at=at(9, 30, 11)).resume(at=at(10, 3)).explain(at(10, 3)).text()
    assert "  Wed 30 Sep 11:00 - Fri 2 Oct 24:00  " in text


# --- one thing each --------------------------------------------------------------------------


def test_a_paused_clock_says_when_it_would_be_due() -> None:
    """It is not due while it is paused; what is left stands there all the same."""
    text = started().pause(at=at(9, 30, 11)).explain(at(9, 30, 16)).text()
    assert text.startswith("resolution: paused, ")
    assert last(text, "Due") == (
        "Due      Thu 8 Oct 2026 10:00 if it went on now; at first Wed 30 Sep 2026 15:30"
    )
    assert last(text, "Left") == "Left     3 h"


def test_the_next_mark_is_told_while_it_lies_ahead() -> None:
    """A mark that nobody has taken note of yet is not the next one; due is told once."""
    clock = started(marks=("75%", "1 working hour before"))
    text = clock.explain(at(9, 29, 16)).text()
    assert last(text, "Next") == "Next     75%, Wed 30 Sep 2026 12:00"
    assert "Next" not in clock.explain(at(9, 30, 14)).text()
    after, _ = clock.marks_until(at(9, 30, 14))
    text = after.explain(at(9, 30, 14)).text("zh-CN")
    assert last(text, "下一节点") == "下一节点 到期前 1 个工作小时，2026年9月30日 周三 14:30"
    assert "Next" not in started().explain(at(9, 29, 16)).text()


def test_at_the_due_instant_nothing_is_over() -> None:
    """Nothing is left, and it is not late; a microsecond later it is."""
    due = at(9, 30, 15, 30)
    assert last(started().explain(due).text(), "Left") == "Left     0 min"
    later = started().explain(due + timedelta(microseconds=1)).text()
    assert last(later, "Over") == "Over     0.000001 s"
    assert last(later, "Breached") == "Breached Wed 30 Sep 2026 15:30"


def test_less_than_a_day_over() -> None:
    """A clock in days that is late since this evening is over, though by no whole day."""
    clock = started("1 working day")
    assert last(clock.explain(at(9, 30, 20)).text(), "Over") == "Over     less than a day"
    assert last(clock.explain(at(9, 30, 20)).text("zh-CN"), "超出") == "超出     不足一日"
    assert last(clock.explain(at(10, 8, 20)).text(), "Over") == "Over     1 working day"


def test_a_hand_over_is_told_in_the_zone_that_counts_now() -> None:
    """What was counted in Shanghai is shown on the clock in London, where the clock is now."""
    handed = started("16 working hours").hand_over(LONDON, at=at(9, 30, 15))
    text = handed.explain(at(9, 30, 18)).text()
    assert text.splitlines()[1:6] == [
        "From     Tue 29 Sep 2026 08:00 Europe/London",
        "  Tue 29 Sep 08:00-11:00         3 h         3 h  weekly hours",
        "  Wed 30 Sep 02:00-05:00         3 h         6 h  weekly hours",
        "  Wed 30 Sep 06:30-08:00  1 h 30 min  7 h 30 min  weekly hours",
        "  Wed 30 Sep 09:00-11:00         2 h  9 h 30 min  weekly hours",
    ]
    assert last(text, "Changed") == "Changed  Wed 30 Sep 2026 08:00, another calendar"


def test_another_calendar_and_policy_are_named() -> None:
    """A change of calendar or policy stands with its name and its event."""
    first = segment(at(9, 30, 15), at(10, 1, 10))
    other = evolve(segment(at(10, 1, 10), cause=5), calendar="london@2", policy="vip@3")
    text = account(decision(first, other), at(10, 2), LEVELS).text()
    assert last(text, "Changed") == (
        "Changed  Thu 1 Oct 2026 10:00, another calendar (london), policy vip, event 5"
    )
    text = account(decision(first, other), at(10, 2), LEVELS).text("zh-CN")
    assert last(text, "变更").endswith("，另一日历（london），策略 vip，第 5 条事件")


def test_extensions_ceiling_and_earlier_cycles() -> None:
    """A granted extension, what was merged in, and how earlier cycles ended, are told."""
    clock = evolve(
        decision(segment(at(9, 30, 15)), cycle=2),
        extended=(Extended(at(10, 9), at(10, 2, 10), at(10, 3)),),
        ceiling=at(10, 5),
        provisional=True,
        verdicts=(Verdict(1, at(9, 1), at(9, 3), met=False, due=at(9, 2)),),
    )
    text = account(clock, at(10, 2, 12), LEVELS).text()
    assert text.splitlines()[0].endswith(", cycle 2, leads the ticket")
    told = "Extended to Thu 8 Oct 2026 24:00, told Fri 2 Oct 2026 10:00"
    assert last(text, "Extended") == told
    assert last(text, "At most") == "At most  Sun 4 Oct 2026 24:00"
    assert last(text, "Due").endswith(" (provisional: dates not official yet)")
    assert last(text, "Earlier") == (
        "Earlier  cycle 1 finished late, ended Wed 2 Sep 2026 24:00, due Tue 1 Sep 2026 24:00"
    )


def test_a_cancelled_clock_has_nothing_left() -> None:
    """What does not matter any more is neither left nor over; what was noted stays."""
    text = started().cancel(at=at(10, 9, 10)).explain(at(10, 9, 12)).text()
    assert text.startswith("resolution: cancelled, ")
    words = [line[:8].strip() for line in text.splitlines()]
    assert {"Left", "Over"}.isdisjoint(words)
    assert {"Until", "Due", "Breached"} <= set(words)
    waited = started().pause(at=at(9, 30, 11)).cancel(at=at(9, 30, 12)).explain(at(9, 30, 13))
    words = [line[:8].strip() for line in waited.text().splitlines()]
    assert {"Left", "Over", "Due", "Breached"}.isdisjoint(words)


def test_a_longer_target_after_a_breach_leaves_time_again() -> None:
    """What was noted stays; by the new due instant there is something left."""
    longer = started().retarget("30 working hours", at=at(10, 8, 15))
    text = longer.explain(at(10, 8, 15)).text()
    assert last(text, "Due") == "Due      Sat 10 Oct 2026 15:00; at first Wed 30 Sep 2026 15:30"
    assert last(text, "Left") == "Left     15 h"
    assert last(text, "Breached").startswith("Breached Wed 30 Sep 2026 15:30, noted Thu 8 Oct")


@pytest.mark.parametrize(
    ("mark", "english", "chinese"),
    [
        ("75%", "75%", "75%"),
        ("1 working hour before", "1 working hour before due", "到期前 1 个工作小时"),
        ("2 working days after due", "2 working days after due", "到期后 2 个工作日"),
    ],
)
def test_marks_in_words(mark: str, english: str, chinese: str) -> None:
    """A mark is told as it is written, in Chinese in Chinese."""
    assert (mark_text(mark, "en"), mark_text(mark, "zh-CN")) == (english, chinese)


def test_a_clock_in_utc_is_told_in_its_calendars_zone() -> None:
    """Instants are kept in UTC; people read the calendar's clock."""
    clock = SlaClock.start("x", "1 working hour", LONDON, at=datetime(2026, 7, 1, 9, tzinfo=UTC))
    assert last(clock.explain(at(7, 1, 18)).text(), "Due") == "Due      Wed 1 Jul 2026 11:00"
