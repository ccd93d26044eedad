"""Checking a calendar: those that ship pass, miscounting ones are found."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from attrs import frozen

from workorder.errors import ConfigurationError
from workorder.sla import BusinessCalendar, find_calendar
from workorder.testing.calendars import check_calendar

HOURS = "Mo-Fr 09:00-12:00,13:30-18:00"


def test_a_sound_calendar_passes() -> None:
    """Holidays, substituted workdays, changes of the clock: nothing is wrong, and each year is told
    as it is.
    """
    report = check_calendar(BusinessCalendar("Asia/Shanghai", HOURS, "CN"), 2025, 2027)
    report.require()
    assert [(each.year, each.working_days, each.provisional) for each in report.years[:2]] == [
        (2025, 248, False),
        (2026, 248, False),
    ]
    assert report.years[2].provisional
    assert "2027: " in report.text()
    assert "部分日期尚未公布" in report.text("zh-CN")


@pytest.mark.parametrize("code", ["CN", "GB-ENG", "US-FED"])
def test_ready_calendars_pass(code: str) -> None:
    """So do the ready ones, combined ones among them."""
    ready = find_calendar(code)
    assert check_calendar(ready, 2026, instants=60).ok
    assert check_calendar(
        ready & BusinessCalendar("UTC", "Mo-Su 00:00-24:00"), 2026, instants=60
    ).ok


@frozen
class Hasty(BusinessCalendar):
    """Adds a second too little."""

    def add(self, start: datetime, amount: timedelta, **how: Any) -> datetime:
        """Add."""
        return super().add(start, amount, **how) - timedelta(seconds=bool(amount))


@frozen
class Sleepy(BusinessCalendar):
    """Says that it opens when it closes."""

    def next_open(self, at: datetime) -> datetime:
        """Open."""
        return self.next_close(at)


@frozen
class Turned(BusinessCalendar):
    """Gives later starts an earlier end, on some days."""

    def add(self, start: datetime, amount: timedelta, **how: Any) -> datetime:
        """Add."""
        found = super().add(start, amount, **how)
        return found + timedelta(days=30) if start.month == 6 else found


@pytest.mark.parametrize(
    ("kind", "law"), [(Hasty, "between"), (Sleepy, "next_open"), (Turned, "add")]
)
def test_miscounting_is_found(kind: type[BusinessCalendar], law: str) -> None:
    """Each broken law is named, with the instant."""
    report = check_calendar(kind("Asia/Shanghai", HOURS), 2026)
    assert any(each.key.endswith(f": {law}") for each in report.findings)
    with pytest.raises(ConfigurationError):
        report.require()


def test_what_it_refuses_is_said() -> None:
    """A calendar that refuses dates which are not official says so, and is no crash."""
    strict = BusinessCalendar("Asia/Shanghai", HOURS, "CN", unpublished="refuse")
    report = check_calendar(strict, 2031)
    assert not report.ok
    assert {each.expected for each in report.findings} <= {"an answer", "one at least"}
