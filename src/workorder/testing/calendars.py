"""Checking a calendar: that it counts as calendars count, and what its years look like."""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from attrs import frozen

from workorder.errors import ConfigurationError, Finding, WorkorderError
from workorder.sla import Calendar
from workorder.texts import ENGLISH, is_chinese


@frozen
class Year:
    """A year of a calendar, to be compared with the one on the wall.

    Attributes:
        year: the year.
        working_days: days on which something is open.
        hours: open hours.
        provisional: whether some of it may still change.
    """

    year: int
    working_days: int
    hours: float
    provisional: bool


@frozen
class CalendarReport:
    """What came of checking a calendar.

    Attributes:
        findings: what is wrong.
        years: what each year looks like.
        instants: at how many instants it was asked.
    """

    findings: tuple[Finding, ...]
    years: tuple[Year, ...]
    instants: int

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings

    def require(self) -> None:
        """Insist that nothing is wrong.

        Raises:
            ConfigurationError: with every finding.
        """
        if self.findings:
            raise ConfigurationError(self.findings)

    def text(self, language: str = ENGLISH) -> str:
        """The report for people."""
        lines = [each.text(language) for each in self.findings]
        for each in self.years:
            if is_chinese(language):
                note = "（部分日期尚未公布）" if each.provisional else ""
                said = f"{each.year} 年：{each.working_days} 个工作日，{each.hours:,.1f} 小时{note}"
            else:
                note = ", some of it not official yet" if each.provisional else ""
                said = f"{each.year}: {each.working_days} working days, {each.hours:,.1f} h{note}"
            lines.append(said)
        return "\n".join(lines)


def check_calendar(
    calendar: Calendar, first: int, last: int | None = None, *, instants: int = 300, seed: int = 0
) -> CalendarReport:
    """Ask *calendar* from the year *first* to *last* whether it keeps the laws of counting: what is
    added is what is counted, later starts have later ends, windows begin open and end closed,
    days counted are the days there are.

    Args:
        calendar: the calendar: one of this library's, or anything with the same verbs.
        first: the first year.
        last: the last one; the same, if not given.
        instants: at how many random instants each law is asked.
        seed: what they are drawn from.

    >>> from workorder.sla import BusinessCalendar
    >>> report = check_calendar(BusinessCalendar("Asia/Shanghai", "Mo-Fr 09:00-18:00", "CN"), 2026)
    >>> print(report.text())
    2026: 248 working days, 2,232.0 h
    """
    until = first if last is None else last
    draw = random.Random(seed)  # noqa: S311 (instants, not secrets)
    begin = datetime(first, 1, 1, tzinfo=UTC)
    span = int((datetime(until + 1, 1, 1, tzinfo=UTC) - begin) / timedelta(microseconds=1))
    asked = sorted(begin + timedelta(microseconds=draw.randrange(span)) for _ in range(instants))
    findings: list[Finding] = []
    for at in asked:
        findings += _asked(calendar, at, timedelta(minutes=draw.choice([0, 1, 59, 480, 2_400])))
    for one, other in pairwise(asked):
        findings += _ordered(calendar, one, other)
    years = [_year(calendar, year, findings) for year in range(first, until + 1)]
    return CalendarReport(tuple(findings), tuple(years), len(asked))


def _asked(calendar: Calendar, at: datetime, length: timedelta) -> Iterator[Finding]:
    key = f"at {at.isoformat()}"
    try:
        due = calendar.add(at, length)
        counted = calendar.between(at, due)
        if counted != length:
            yield Finding(f"{key}: between", f"{counted} of the {length} added", "as much")
        if due < at:
            yield Finding(f"{key}: add", f"an end before the start: {due}", "not before it")
        opens, closes = calendar.next_open(at), calendar.next_close(at)
        if not calendar.is_open(opens):
            yield Finding(f"{key}: next_open", f"closed at {opens}", "open")
        if calendar.is_open(closes):
            yield Finding(f"{key}: next_close", f"open at {closes}", "closed")
        if calendar.is_open(at) and opens != at:
            yield Finding(f"{key}: next_open", f"{opens}, though open", "that very instant")
    except WorkorderError as error:
        yield Finding(key, error.text(), "an answer")


def _ordered(calendar: Calendar, one: datetime, other: datetime) -> Iterator[Finding]:
    length = timedelta(hours=4)
    try:
        if calendar.add(one, length) > calendar.add(other, length):
            found = f"an end after that of {other.isoformat()}"
            yield Finding(f"at {one.isoformat()}: add", found, "not after it")
    except WorkorderError:
        pass  # said already


def _year(calendar: Calendar, year: int, findings: list[Finding]) -> Year:
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(366)]
    days = [day for day in days if day.year == year]
    try:
        working = sum(calendar.is_working_day(day) for day in days)
        start = datetime(year, 1, 1, tzinfo=calendar.timezone)
        end = datetime(year + 1, 1, 1, tzinfo=calendar.timezone)
        hours = calendar.between(start, end) / timedelta(hours=1)
        provisional = any(calendar.provisional(day) for day in days)
    except WorkorderError as error:
        findings.append(Finding(str(year), error.text(), "an answer"))
        return Year(year, 0, 0.0, provisional=True)
    if not working:
        findings.append(Finding(str(year), "no working day", "one at least"))
    return Year(year, working, hours, provisional)
