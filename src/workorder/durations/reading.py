"""Reading durations from text: what :func:`str` writes, and the ways people write it."""

import re
from collections.abc import Callable, Iterator
from datetime import time, timedelta
from fractions import Fraction
from typing import Any

from workorder.durations.kinds import (
    DEEPEST,
    BillingCycles,
    CalendarDays,
    Dated,
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
)
from workorder.errors import InvalidInput
from workorder.texts import half_width

_EXPECTED = (
    "a number and what it counts, e.g. “8 working hours”, “24 elapsed hours”, “3 working days”, "
    "“15 calendar days”, “1 month”, “T+1 by 17:00”"
)

_RULES = (
    "rules such as “by 17:00”, “at close”, “at end of day”, “at the same time”, "
    "“counting the first day”, “cut-off 15:00”, “rolling forward”"
)

_DAYS: dict[str, type[Dated]] = {
    "working day": WorkingDays,
    "business day": WorkingDays,
    "工作日": WorkingDays,
    "calendar day": CalendarDays,
    "自然日": CalendarDays,
    "日历日": CalendarDays,
    "week": Weeks,
    "周": Weeks,
    "month": Months,
    "个月": Months,
    "year": Years,
    "年": Years,
    "billing cycle": BillingCycles,
    "账单周期": BillingCycles,
}
_HOUR, _MINUTE, _SECOND = timedelta(hours=1), timedelta(minutes=1), timedelta(seconds=1)
_LENGTHS = {
    "hour": _HOUR,
    "小时": _HOUR,
    "minute": _MINUTE,
    "分钟": _MINUTE,
    "second": _SECOND,
    "秒": _SECOND,
}
_WORKING = ("working ", "business ", "工作")
_ELAPSED = ("elapsed ", "连续")
_BARE = {
    "": ("working hours", "working days", "calendar days"),
    "hour": ("working hours", "elapsed hours"),
    "h": ("working hours", "elapsed hours"),
    "小时": ("working hours", "elapsed hours"),
    "minute": ("working minutes", "elapsed minutes"),
    "min": ("working minutes", "elapsed minutes"),
    "分钟": ("working minutes", "elapsed minutes"),
    "second": ("working seconds", "elapsed seconds"),
    "s": ("working seconds", "elapsed seconds"),
    "秒": ("working seconds", "elapsed seconds"),
    "day": ("working days", "calendar days"),
    "d": ("working days", "calendar days"),
    "天": ("working days", "calendar days"),
    "日": ("working days", "calendar days"),
}

_CLOCK = r"([0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?)"
_HEAD = re.compile(r"([0-9]{1,300}(?:\.[0-9]{1,300})?)(?![0-9.])\s*([^\d,;\]]*)", re.IGNORECASE)
_GROUPED = re.compile(r"[0-9.]+\s*,\s*[0-9]")
_TRADE_DAY = re.compile(r"T\s*\+\s*([0-9]{1,300})(?![0-9])", re.IGNORECASE)
_NEXT_DAY = re.compile(r"(?:the )?next (?:working|business) day", re.IGNORECASE)
_CLAUSES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], dict[str, Any]]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), make)
    for pattern, make in (
        (r"at (?:the )?close(?: of business)?", lambda _: {"at": "close"}),
        (r"at (?:the )?end of (?:the )?day", lambda _: {"at": "end_of_day"}),
        (r"at the same time", lambda _: {"at": "same_time"}),
        (rf"(?:by |at )?{_CLOCK}", lambda m: {"at": _time(m[1])}),
        (r"counting the first day", lambda _: {"include_start": True}),
        (rf"cut-?off {_CLOCK}", lambda m: {"cut_off": _time(m[1])}),
        (r"deemed received on a working day", lambda _: {"deemed": True}),
        (r"rolling (forward|backward)", lambda m: {"roll": m[1].lower()}),
        (r"closing on day ([0-9]{1,2})", lambda m: {"closing_day": int(m[1])}),
        (r"edge next open", lambda _: {"edge": "next_open"}),
    )
)
_SEVERAL = re.compile(r"(?:the )?(earliest|latest) of \[(.*)\]", re.IGNORECASE | re.DOTALL)
_GIVEN = re.compile(r"at (\S+)", re.IGNORECASE)
# Where the unit ends and the rules begin, when no comma says so.
_RULES_BEGIN = re.compile(
    r"\s(?:at|by|counting|cut-?off|deemed|rolling|closing|edge)\b", re.IGNORECASE
)


def parse(text: str) -> Duration:
    """Read a duration.

    Upper and lower case are the same; "business" says the same as "working"; ``T+1`` is one
    working day after the day of receipt.

    Raises:
        InvalidInput: ``duration_without_unit`` for "3 days", "24 hours" or a bare number, naming
            what could be meant; ``not_a_duration`` for anything else that cannot be read.

    >>> parse("8 working hours")
    Working(amount=datetime.timedelta(seconds=28800), edge='close')
    >>> str(parse("T+1 by 17:00"))
    '1 working day, by 17:00'
    >>> str(parse("15 calendar days, rolling forward"))
    '15 calendar days, rolling forward'
    """
    if not isinstance(text, str):
        raise InvalidInput(
            "wrong_type", name="duration", expected="text", found=type(text).__name__
        )
    return _read(" ".join(half_width(text).split()), text, 0)


def _read(text: str, whole: str, depth: int) -> Duration:
    several = _SEVERAL.fullmatch(text)
    if several is not None and depth < DEEPEST:
        parts = [_read(part, whole, depth + 1) for part in _parts(several[2])]
        if len(parts) > 1:
            return (Earliest if several[1].lower() == "earliest" else Latest)(*parts)
        raise _unreadable(whole)
    for pattern, number in ((_TRADE_DAY, None), (_NEXT_DAY, 1)):
        found = pattern.match(text)
        if found is not None:
            count = int(found[1]) if number is None else number
            return _made(WorkingDays, count, text[found.end() :], whole)
    given = _GIVEN.fullmatch(text)
    if given is not None and given[1].isidentifier() and given[1].lower() != "close":
        return DueAt(given[1])
    head = _HEAD.match(text)
    if head is None:
        raise _unreadable(whole)
    if _GROUPED.match(text):
        raise _unreadable(whole, "a number without separators, such as 1000")
    unit = _RULES_BEGIN.split(" " + head[2])[0]
    end = head.start(2) + len(unit) - 1
    return _counted(head[1], unit.strip().lower(), text[max(end, head.start(2)) :], whole)


def _counted(number: str, unit: str, rest: str, whole: str) -> Duration:
    if unit.startswith("个") and unit != "个月":
        unit = unit.removeprefix("个").strip()
    kind = _DAYS.get(unit) or _DAYS.get(unit.removesuffix("s"))
    if kind is not None:
        if "." in number:
            raise _unreadable(whole)
        return _made(kind, int(number), rest, whole)
    for prefixes, length in ((_WORKING, Working), (_ELAPSED, Elapsed)):
        for prefix in prefixes:
            bare = unit.removeprefix(prefix)
            size = _LENGTHS.get(bare) or _LENGTHS.get(bare.removesuffix("s"))
            if bare != unit and size is not None:
                return _made(length, _length(number, size, whole), rest, whole)
    meant = _BARE.get(unit) or _BARE.get(unit.removesuffix("s")) or ()
    if meant:
        one = number == "1"
        could = tuple(f"{number} {each.removesuffix('s') if one else each}" for each in meant)
        if "calendar days" in meant and unit and "." not in number:
            could += (f"{int(number) * 24} elapsed hours",)
        raise InvalidInput("duration_without_unit", found=whole, could=could)
    raise _unreadable(whole)


def _length(number: str, size: timedelta, whole: str) -> timedelta:
    micros = Fraction(number) * (size // timedelta(microseconds=1))
    if micros.denominator != 1:
        raise _unreadable(whole)
    try:
        return timedelta(microseconds=int(micros))
    except OverflowError:
        raise _unreadable(whole) from None


def _made(kind: Any, amount: object, rest: str, whole: str) -> Duration:
    rules: dict[str, Any] = {}
    for rule in _rules(rest, whole):
        if rule.keys() & rules.keys():
            raise _unreadable(whole)
        rules |= rule
    try:
        made: Duration = kind(amount, **rules)
    except TypeError:
        if kind is BillingCycles and "closing_day" not in rules:
            raise _unreadable(whole, "“…, closing on day 25”") from None
        said = ", ".join(sorted(rules))
        raise _unreadable(whole, f"rules that go with what is counted, not {said}") from None
    return made


def _rules(rest: str, whole: str) -> Iterator[dict[str, Any]]:
    rest = rest.strip(" ,")
    while rest:
        for pattern, make in _CLAUSES:
            found = pattern.match(rest)
            if found is not None and (found.end() == len(rest) or rest[found.end()] in " ,"):
                yield make(found)
                rest = rest[found.end() :].strip(" ,")
                break
        else:
            raise _unreadable(whole, f"{_RULES}, not “{rest}”")


def _parts(text: str) -> Iterator[str]:
    """The parts between semicolons that stand in no inner brackets."""
    depth = begun = 0
    for position, letter in enumerate(text):
        depth += (letter == "[") - (letter == "]")
        if letter == ";" and not depth:
            yield text[begun:position].strip()
            begun = position + 1
    yield text[begun:].strip()


def _time(text: str) -> time:
    try:
        return time.fromisoformat(text.zfill(5) if text.count(":") == 1 else text)
    except ValueError:
        expected = "a time of day, 00:00 to 23:59 (24:00 is “at end of day”)"
        raise InvalidInput("wrong_type", name="duration", expected=expected, found=text) from None


def _unreadable(whole: str, expected: str = _EXPECTED) -> InvalidInput:
    if expected is not _EXPECTED:
        expected += "; an example: “3 working days”"
    return InvalidInput("not_a_duration", found=whole, expected=expected)
