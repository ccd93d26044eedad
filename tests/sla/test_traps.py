"""No row of the list of traps is forgotten."""

from types import ModuleType

from tests.sla import test_traps_holidays, test_traps_hours, test_traps_zones
from tests.sla.clocks import (
    test_clock_traps_ending,
    test_clock_traps_marks,
    test_clock_traps_pausing,
    test_clock_traps_starting,
)
from tests.sla.traps import named_traps, numbers_of

CALENDARS = (test_traps_hours, test_traps_zones, test_traps_holidays)
CLOCKS = (
    test_clock_traps_starting,
    test_clock_traps_pausing,
    test_clock_traps_ending,
    test_clock_traps_marks,
)


def numbered(modules: tuple[ModuleType, ...]) -> set[int]:
    """The rows that tests of some modules name."""
    return {number for test in named_traps(*modules) for number in numbers_of(test) or ()}


def test_every_trap_is_tested() -> None:
    """Each of the 38 rows has a test that names it."""
    assert numbered(CALENDARS + CLOCKS) == set(range(1, 39))


def test_the_traps_of_calendars_are_tested() -> None:
    """The rows about calendars and durations, typed in, are those with a test."""
    assert {7, 8, 9, 10, 12, 15, 16, 22, *range(23, 33), 37} == numbered(CALENDARS)


def test_the_traps_of_clocks_are_tested() -> None:
    """The rows about clocks, typed in, are those with a test; three have a half about calendars."""
    found = numbered(CLOCKS)
    assert {*range(1, 7), *range(10, 15), *range(17, 23), *range(33, 37), 38} == found
    assert found & numbered(CALENDARS) == {10, 12, 22}
