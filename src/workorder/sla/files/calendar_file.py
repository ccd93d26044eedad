"""Calendars as TOML files: what a bank's engineer writes, with every mistake found at once.

::

    name = "Shanghai counters"
    zone = "Asia/Shanghai"
    hours = "Mo-Fr 09:00-12:00,13:30-18:00"
    breaks = "Fr 15:00-15:30"

    [holidays]                     # or holidays = "CN"
    country = "CN"                 # or market, file, days, sources
    [[holidays.then]]              # takes over for the dates it speaks for
    file = "cn-2027.csv"

    [[dates]]
    date = 2026-02-13
    hours = "09:00-12:00"          # or closed = true, or like = "Mo"
    reason = "before the Spring Festival"

    [[recurring]]
    rrule = "FREQ=MONTHLY;BYDAY=2SA,4SA"
    closed = true

Several ``[[holidays]]`` stand beside each other; the first that says something about a date is
believed. Further keys: ``short_days``, ``substitutes``, ``workday_like``, ``horizon_years``,
``unpublished``; they mean what they mean for :class:`~workorder.sla.BusinessCalendar`.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from workorder.errors import ConfigurationError, Finding
from workorder.sla.calendar import BusinessCalendar
from workorder.sla.dates import Closed, DateRule, Hours, LikeWeekday, Recurring
from workorder.sla.files.source_tables import read_holidays
from workorder.sla.opening_hours import weekday
from workorder.sla.week import WeeklyHours, read_spans
from workorder.sla.zones import load_zone
from workorder.tables import Table, raise_all, read_text, read_toml

T = TypeVar("T")

_HOURS = "opening hours such as “Mo-Fr 09:00-12:00,13:30-18:00; Sa 09:00-12:00”"
_RULE = "exactly one of hours, closed, like"


def load_calendar(path: str | Path) -> BusinessCalendar:
    """Read a calendar file; files it names are looked for in the folder in which it lies.

    Raises:
        ConfigurationError: with every mistake at once: file, key, what was found and expected.
    """
    file = str(path)
    return calendar_from_data(read_toml(read_text(path), file), file, Path(path).parent)


def calendar_from_toml(text: str, file: str = "") -> BusinessCalendar:
    """A calendar from TOML text; *file* is named in findings.

    Raises:
        ConfigurationError: with every mistake at once.

    >>> desk = calendar_from_toml('''
    ... zone = "Asia/Shanghai"
    ... hours = "Mo-Fr 09:00-18:00"
    ... holidays = "CN"
    ... ''')
    >>> desk.is_working_day(date(2026, 10, 10))
    True
    """
    return calendar_from_data(read_toml(text, file), file)


def calendar_from_data(
    data: Mapping[str, Any], file: str = "", folder: Path | None = None
) -> BusinessCalendar:
    """A calendar from the plain data of a calendar file.

    Args:
        data: as TOML gives it: texts, numbers, dates, lists and tables.
        file: named in findings.
        folder: in which the files lie that it names; without one, they need whole paths.

    Raises:
        ConfigurationError: with every mistake at once.
    """
    if not isinstance(data, Mapping):
        raise ConfigurationError([Finding("calendar", repr(data), "a table", file)])
    table = Table(data, "", [])
    given = _plain(table)
    zone = given.get("zone")
    if isinstance(zone, str) and table.made(lambda: load_zone(zone), "zone") is None:
        del given["zone"]
    before = len(table.wrong)
    content = _content(table, folder)
    table.finish()
    if len(table.wrong) > before:
        content = {"hours": "24/7"}  # so that the rest can be looked at all the same
    made = table.made(lambda: BusinessCalendar(**{"zone": "UTC", **given, **content}), table.key)
    raise_all(table.wrong, file)
    assert made is not None  # noqa: S101 (or something was wrong)
    return made


def _plain(table: Table) -> dict[str, Any]:
    """What can be looked at by itself."""
    given = {
        "zone": table.take("zone", str, "a time zone such as “Asia/Shanghai”", required=True),
        "name": table.take("name", str),
        "horizon_years": table.take("horizon_years", int),
        "unpublished": table.take("unpublished", str, "“flag” or “refuse”"),
    }
    return {name: each for name, each in given.items() if each is not None}


def _content(table: Table, folder: Path | None) -> dict[str, Any]:
    """What must fit together."""
    given: dict[str, Any] = {
        "hours": _week(table, "hours", required=True),
        "breaks": _week(table, "breaks"),
        "short_days": _with(table, "short_days", lambda text: read_spans(text, "short_days")),
        "workday_like": _with(table, "workday_like", weekday, "a weekday such as “Mo”"),
        "substitutes": table.take("substitutes", bool),
        "dates": [*_dates(table)],
        "recurring": [*_recurring(table)],
    }
    if "holidays" in table.data:
        value = table.any("holidays")
        given["holidays"] = read_holidays(value, table.key("holidays"), table.wrong, folder)
    return {name: each for name, each in given.items() if each is not None}


def _week(table: Table, name: str, *, required: bool = False) -> WeeklyHours | None:
    text = table.take(name, str, _HOURS, required=required)
    return None if text is None else table.made(lambda: WeeklyHours.parse(text), name)


def _with(
    table: Table, name: str, read: Callable[[str], T], expected: str = "times: “09:00-12:00”"
) -> T | None:
    text = table.take(name, str, expected)
    return None if text is None else table.made(lambda: read(text), lambda _: table.key(name))


def _dates(parent: Table) -> Iterator[tuple[date, DateRule]]:
    seen: dict[date, str] = {}
    for table in parent.tables("dates"):
        day = table.take("date", date, required=True)
        rule = _rule(table)
        table.finish()
        if day in seen:
            table.say("date", f"{day}, which stands at {seen[day]} already", "each date once")
        elif day is not None and rule is not None:
            yield day, rule
        if day is not None:
            seen.setdefault(day, table.path)


def _recurring(parent: Table) -> Iterator[Recurring]:
    for table in parent.tables("recurring"):
        yield from _one_recurring(table)


def _one_recurring(table: Table) -> Iterator[Recurring]:
    text = table.take("rrule", str, "a rule such as “FREQ=MONTHLY;BYDAY=2SA,4SA”", required=True)
    since = table.take("since", date)
    rule = _rule(table)
    table.finish()
    if text is not None:
        known = rule or Closed()  # so that the text is looked at all the same
        made = table.made(
            lambda: Recurring(text, known, since),
            lambda key: table.key(key.removeprefix("recurring.")),
        )
        if made is not None:
            yield made


def _rule(table: Table) -> DateRule | None:
    """The rule of a date: its hours, closed, or like another weekday."""
    kinds = [each for each in ("hours", "closed", "like") if each in table.data]
    reason = table.take("reason", str) or ""
    hours = table.take("hours", str, "times: “09:00-12:00”")
    closed = table.take("closed", bool)
    like = table.take("like", str, "a weekday such as “Mo”")
    if len(kinds) != 1:
        table.say("", " and ".join(kinds) or "none of them", _RULE)
        return None
    if closed is False:
        table.say("closed", "false", "true (a date that is open needs hours or like)")
    if hours is not None:
        return table.made(lambda: Hours(hours, reason), lambda _: table.key("hours"))
    if like is not None:
        return table.made(lambda: LikeWeekday(weekday(like), reason), lambda _: table.key("like"))
    return Closed(reason) if closed else None
