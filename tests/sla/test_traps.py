"""No row of the list of traps is forgotten."""

from tests.sla import test_traps_holidays, test_traps_hours, test_traps_zones
from tests.sla.traps import named_traps, numbers_of
from tests.sla.traps_to_come import BOTH_HALVES, TO_COME

TESTED = {
    number
    for test in named_traps(test_traps_hours, test_traps_zones, test_traps_holidays)
    for number in numbers_of(test) or ()
}


def test_every_trap_is_tested_or_listed_as_to_come() -> None:
    """Each of the 38 rows has a test that names it, or stands in the list of those to come."""
    assert TESTED | set(TO_COME) == set(range(1, 39))


def test_a_trap_is_in_one_place() -> None:
    """Only rows with two halves are both tested and to come."""
    assert TESTED & set(TO_COME) == BOTH_HALVES


def test_every_trap_to_come_says_where_it_was_met() -> None:
    """Each row to come names its tracker and what went wrong there."""
    assert [number for number, said in TO_COME.items() if not all(said)] == []


def test_the_traps_of_calendars_are_tested() -> None:
    """The rows about calendars and durations, typed in, are those with a test."""
    assert {7, 8, 9, 10, 12, 15, 16, 22, *range(23, 33), 37} == TESTED
