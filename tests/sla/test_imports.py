"""What importing business time loads, and what it leaves alone."""

import subprocess
import sys

import pytest

HEAVY = ("numpy", "pandas", "holidays", "dateutil", "icalendar")


def loaded(program: str, *names: str) -> list[str]:
    """Which of *names* are loaded after *program* ran in a new interpreter."""
    asked = f"import sys\n{program}\nprint(*[name for name in {names!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, check=True, text=True)
    return done.stdout.split()


@pytest.mark.parametrize(
    "program",
    [
        "import workorder.sla",
        "from workorder import BusinessCalendar",
        "from workorder.sla import *",
        "import workorder.durations",
    ],
)
def test_importing_loads_no_other_package_than_it_needs(program: str) -> None:
    """Holidays, recurrence rules, arrays and calendar files are loaded when they are used."""
    assert loaded(program, *HEAVY) == []


def test_business_time_needs_nothing_of_tickets() -> None:
    """Who counts time loads neither desk, kernel, storage nor rulebook."""
    parts = ("desk", "kernel", "storage", "rulebook", "ticket", "workflow", "exchange")
    assert loaded("import workorder.sla", *(f"workorder.{part}" for part in parts)) == []


def test_the_calendar_is_found_at_the_door() -> None:
    """``from workorder import BusinessCalendar`` is the same class."""
    program = (
        "from workorder import BusinessCalendar as one\n"
        "from workorder.sla import BusinessCalendar as two\n"
        "assert one is two"
    )
    assert loaded(program, "workorder.desk") == []


def test_a_calendar_without_holidays_never_loads_the_holidays_package() -> None:
    """Making one, asking it everything, and its ledgers work without the package."""
    program = """
from datetime import UTC, date, datetime, timedelta
from workorder.sla import BusinessCalendar, Closed, ListedHolidays
desk = BusinessCalendar(
    "Asia/Shanghai",
    "Mo-Fr 09:00-17:00",
    ListedHolidays.of(holidays=[date(2026, 9, 18)]),
    dates={date(2026, 9, 21): Closed("moving")},
)
start = datetime(2026, 9, 17, 6, tzinfo=UTC)
assert desk.due(start, "2 working days").ledger.text()
assert desk.add(start, timedelta(hours=8)) and desk.day(date(2026, 9, 18))
"""
    assert loaded(program, *HEAVY) == []


def test_the_packages_are_loaded_when_they_are_used() -> None:
    """A country loads the holidays, a recurring rule the recurrence rules; nothing loads both."""
    country = 'from workorder.sla import CountryHolidays; CountryHolidays("CN").days(2026)'
    assert "holidays" in loaded(country, *HEAVY)
    recurring = (
        'from workorder.sla import Closed, Recurring; Recurring("FREQ=WEEKLY;BYDAY=SA", Closed())'
    )
    assert loaded(recurring, *HEAVY) == ["dateutil"]
