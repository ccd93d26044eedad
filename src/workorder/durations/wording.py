"""Durations in words: English that can be read back, Chinese for people."""

from collections.abc import Iterator
from datetime import time, timedelta
from typing import TYPE_CHECKING

from workorder.texts import is_chinese

if TYPE_CHECKING:
    from workorder.durations.kinds import Dated

UNITS = {
    "WorkingDays": ("working day", "个工作日"),
    "CalendarDays": ("calendar day", "个自然日"),
    "Weeks": ("week", "周"),
    "Months": ("month", "个月"),
    "Years": ("year", "年"),
    "BillingCycles": ("billing cycle", "个账单周期"),
}
_AT = {
    "close": ("at close", "止于营业结束"),
    "end_of_day": ("at end of day", "止于 24:00"),
    "same_time": ("at the same time", "止于同一时刻"),
}
_ROLL = {
    "forward": ("rolling forward", "末日非工作日则顺延"),
    "backward": ("rolling backward", "末日非工作日则提前"),
}
_LENGTHS = (
    (timedelta(hours=1), "hour", "小时"),
    (timedelta(minutes=1), "minute", "分钟"),
    (timedelta(seconds=1), "second", "秒"),
)
_SEVERAL = {
    "earliest": ("the earliest of ", "以下最早者："),
    "latest": ("the latest of ", "以下最晚者："),
    "given": ("at ", "按给定时间 "),
}


def length_text(amount: timedelta, counted: str, language: str, *, next_open: bool = False) -> str:
    """A length of time in the largest unit that divides it."""
    unit, english, chinese = next(
        (each for each in _LENGTHS if amount % each[0] == timedelta(0)), _LENGTHS[-1]
    )
    whole, rest = divmod(amount, unit)
    number = f"{whole}" if not rest else f"{whole}.{rest.microseconds:06d}".rstrip("0")
    if is_chinese(language):
        kind = "工作" if counted == "working" else "连续"
        return f"{number} 个{kind}{chinese}" + ("，止于下次营业开始" if next_open else "")
    plural = "" if number == "1" else "s"
    return f"{number} {counted} {english}{plural}" + (", edge next open" if next_open else "")


def dated_text(duration: "Dated", language: str) -> str:
    """A number of days, weeks… and every rule that is not the usual one."""
    english, chinese = UNITS[type(duration).__name__]
    parts = list(_rules(duration, 1 if is_chinese(language) else 0))
    if is_chinese(language):
        return "，".join([f"{duration.number} {chinese}", *parts])
    plural = "" if duration.number == 1 else "s"
    return ", ".join([f"{duration.number} {english}{plural}", *parts])


def _rules(duration: "Dated", at: int) -> Iterator[str]:
    closing = getattr(duration, "closing_day", None)
    if closing is not None:
        yield (f"closing on day {closing}", f"账单日每月 {closing} 日")[at]
    usual = "close" if type(duration).__name__ == "WorkingDays" else "end_of_day"
    if isinstance(duration.at, time):
        yield (f"by {clock(duration.at)}", f"止于 {clock(duration.at)}")[at]
    elif duration.at != usual:
        yield _AT[duration.at][at]
    if duration.include_start:
        yield ("counting the first day", "当日计入")[at]
    if duration.cut_off is not None:
        yield (f"cut-off {clock(duration.cut_off)}", f"截止 {clock(duration.cut_off)}")[at]
    if duration.deemed:
        yield ("deemed received on a working day", "非工作日收到视为下一工作日收到")[at]
    if duration.roll != "none":
        yield _ROLL[duration.roll][at]


def clock(value: time) -> str:
    """A time of day, as short as it can be: ``17:00``, ``17:00:30``.

    >>> clock(time(17)), clock(time(17, 0, 30))
    ('17:00', '17:00:30')
    """
    text = value.isoformat()
    return text[:5] if not (value.second or value.microsecond) else text


def several_text(word: str, parts: tuple[str, ...], language: str) -> str:
    """One of several durations, or a given instant."""
    english, chinese = _SEVERAL[word]
    if word == "given":
        return (chinese if is_chinese(language) else english) + parts[0]
    joined = ("；" if is_chinese(language) else "; ").join(parts)
    return (chinese if is_chinese(language) else english) + f"[{joined}]"
