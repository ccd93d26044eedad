"""Bad rules for recurring dates are refused where they are made."""

from datetime import date
from typing import Any

import pytest

from tests.sla.test_bad_input import findings
from workorder.sla import Closed, Recurring

NEW_YEAR = date(2026, 1, 1)

RULES: dict[str, str] = {
    "every second": "FREQ=SECONDLY",
    "every minute": "freq=minutely",
    "every hour": "FREQ=HOURLY",
    "hours of a day": "FREQ=DAILY;BYHOUR=5,6",
    "minutes of an hour": "FREQ=DAILY;BYMINUTE=0,30",
    "nonsense": "every other Saturday",
    "nothing": "",
    "no such day": "FREQ=WEEKLY;BYDAY=XX",
    "its own start": "DTSTART:20260101\nFREQ=DAILY",
    "no such place": "FREQ=MONTHLY;BYSETPOS=0",
    "interval without a start": "FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=1",
    "count without a start": "FREQ=DAILY;COUNT=3",
}


@pytest.mark.parametrize("rrule", RULES.values(), ids=RULES)
def test_a_bad_recurrence_is_refused(rrule: str) -> None:
    """A rule that cannot be read, is no rule of dates or needs a start is refused."""
    found = findings(lambda: Recurring(rrule, Closed()))
    assert all(each.key.startswith("recurring.") for each in found)


@pytest.mark.parametrize("rrule", [None, 5, b"FREQ=DAILY"])
def test_a_recurrence_that_is_no_text_is_refused(rrule: Any) -> None:
    """A rule is text."""
    assert findings(lambda: Recurring(rrule, Closed()))[0].key.startswith("recurring.rrule")


def test_an_interval_of_nothing_is_refused() -> None:
    """Every zeroth day would never end."""
    found = findings(lambda: Recurring("FREQ=DAILY;INTERVAL=0", Closed(), since=NEW_YEAR))
    assert found[0].key == "recurring.rrule.INTERVAL"


def test_a_recurrence_needs_a_rule_and_a_date() -> None:
    """What holds on its dates is a date rule, and since when is a date."""
    (rule,) = findings(lambda: Recurring("FREQ=DAILY", "closed"))  # type: ignore[arg-type]
    assert rule.key == "recurring.rule"
    since: Any = "2026-01-01"
    (start,) = findings(lambda: Recurring("FREQ=DAILY;INTERVAL=2", Closed(), since=since))
    assert start.key == "recurring.since"
