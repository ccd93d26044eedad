"""Faults planted in calendars on purpose: the test of every trap must fail against its fault.

A fault is a calendar like the one that ships, but for one thing that somebody's library once got
wrong. The tests are those of :mod:`tests.sla`, called with the faulty kind.
"""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.planted import faulty_holidays, faulty_hours, faulty_zones
from tests.planted.day_by_day import DayByDay, StillWalkingError
from tests.sla import test_traps_holidays as of_holidays
from tests.sla import test_traps_hours as of_hours
from tests.sla import test_traps_zones as of_zones
from tests.sla.traps import at, named_traps
from workorder.errors import ConfigurationError
from workorder.sla import BusinessCalendar

Check = Callable[[type[BusinessCalendar]], None]

WRONG = AssertionError


def answered(*numbers: int) -> str:
    """An assertion that found this instant instead of the right one."""
    return rf"^assert datetime\.datetime\({', '.join(map(str, numbers))}, tzinfo"


def lasted(seconds: int) -> str:
    """An assertion that found this length instead of the right one."""
    return rf"^assert datetime\.timedelta\(seconds={seconds}\) =="


# Which test, which fault, how the test fails (by an assertion, unless the fault is an error or no
# end), and what it then says: the wrong answer.
FAULTS: list[tuple[Check, type[BusinessCalendar], type[BaseException], str]] = [
    (
        of_hours.test_hours_until_midnight_end_there,
        faulty_hours.MidnightIsZero,
        StillWalkingError,
        "still walking",
    ),
    (
        of_hours.test_a_day_ends_at_24_00,
        faulty_hours.EndsAt2359,
        WRONG,
        answered(2026, 3, 8, 10, 1),
    ),
    (
        of_hours.test_lunch_and_split_shifts_are_closed,
        faulty_hours.OneWindowADay,
        WRONG,
        answered(2026, 3, 5, 12, 30),
    ),
    (
        of_hours.test_a_window_past_midnight_is_one_window,
        faulty_hours.NightCut,
        WRONG,
        answered(2026, 3, 9, 15, 30),
    ),
    (
        of_hours.test_what_arrives_outside_hours_waits_for_the_opening,
        faulty_hours.DelayOfNothing,
        WRONG,
        answered(2026, 3, 7, 20, 0),
    ),
    (of_hours.test_overnight_hours_are_taken, faulty_hours.NightCut, WRONG, lasted(7200)),
    (
        of_hours.test_overnight_hours_are_taken,
        faulty_hours.RefusesNights,
        ConfigurationError,
        "22:00-06:00",
    ),
    (
        of_hours.test_a_night_belongs_to_the_date_it_starts_on,
        faulty_hours.NextDateTakesTheNight,
        WRONG,
        r"At index 0 diff: .* datetime\.datetime\(2026, 3, 4, 0, 0",
    ),
    (
        of_hours.test_hours_of_a_date_replace_those_of_its_weekday,
        faulty_hours.AddsSpecialHours,
        WRONG,
        answered(2026, 2, 13, 11, 30),
    ),
    (
        of_hours.test_hours_of_a_date_stand_above_a_holiday,
        faulty_hours.HolidayAboveHours,
        WRONG,
        answered(2026, 3, 5, 9, 30),
    ),
    (
        of_hours.test_both_ends_after_hours_have_nothing_between_them,
        faulty_hours.CountsTheEvening,
        WRONG,
        lasted(27000),
    ),
    (
        of_hours.test_a_sum_used_up_at_a_close_ends_at_the_close,
        faulty_hours.NextOpen,
        WRONG,
        answered(2026, 3, 9, 9, 0),
    ),
    (
        of_hours.test_a_subtraction_used_up_at_an_open_ends_at_the_open,
        faulty_hours.PreviousClose,
        WRONG,
        answered(2026, 3, 6, 18, 0),
    ),
    (
        of_hours.test_adding_nothing_while_closed_moves_nothing,
        faulty_hours.SnapsToTheOpening,
        WRONG,
        answered(2026, 3, 9, 9, 0),
    ),
    (
        of_hours.test_the_closing_minute_is_closed,
        faulty_hours.ClosedIntervals,
        WRONG,
        "^assert not True",
    ),
    (
        of_zones.test_an_instant_means_the_same_in_every_zone,
        faulty_zones.ReadsTheWall,
        WRONG,
        "Extra items",
    ),
    (
        of_zones.test_naive_times_are_refused,
        faulty_zones.TakesNaive,
        pytest.fail.Exception,
        "DID NOT RAISE",
    ),
    (
        of_zones.test_a_midnight_that_does_not_exist_is_passed,
        faulty_zones.StuckAtMidnight,
        StillWalkingError,
        "still walking",
    ),
    (
        of_zones.test_opening_hours_follow_the_clock_on_the_wall,
        faulty_zones.KeptInUtc,
        WRONG,
        answered(2026, 7, 6, 10, 0),
    ),
    (
        of_zones.test_zoned_times_of_every_make_are_taken,
        faulty_zones.CrashesOnOtherZones,
        TypeError,
        "offset-naive",
    ),
    (
        of_zones.test_a_night_over_a_clock_change_has_the_hours_it_has,
        faulty_zones.WallClock,
        WRONG,
        lasted(28800),
    ),
    (
        of_zones.test_a_difference_of_two_answers_is_elapsed_time,
        faulty_zones.OneOffset,
        WRONG,
        r"^assert \(datetime\.datetime\(2026, 3, 29, 13, 0",
    ),
    (
        of_holidays.test_observances_are_no_holidays,
        faulty_holidays.TakesObservances,
        WRONG,
        "^Valentine",
    ),
    (
        of_holidays.test_holidays_can_be_looked_at_beforehand,
        faulty_holidays.ClosesOnOtherDays,
        WRONG,
        "Extra items",
    ),
    (
        of_holidays.test_a_reminder_can_be_bound_to_working_time,
        faulty_holidays.RemindsAtNight,
        WRONG,
        answered(2026, 3, 9, 8, 30),
    ),
    (
        of_holidays.test_many_holidays_are_read_once,
        faulty_holidays.Forgetful,
        WRONG,
        r"^assert \[2025, 2025",
    ),
    (
        of_holidays.test_a_holiday_counts_nothing_however_long_the_amount,
        faulty_holidays.WholeDaysFirst,
        WRONG,
        answered(2026, 3, 3, 10, 0),
    ),
    (
        of_holidays.test_a_search_that_finds_nothing_ends,
        faulty_holidays.NeverGivesUp,
        StillWalkingError,
        "still walking",
    ),
    (
        of_holidays.test_after_the_last_listed_holiday_days_are_plain,
        faulty_holidays.CrashesAfterTheLast,
        TypeError,
        "NoneType",
    ),
    (
        of_holidays.test_a_workday_may_be_swapped_across_the_year,
        faulty_holidays.YearByYear,
        WRONG,
        "first extra item: datetime.date.2018, 12, 29",
    ),
    (
        of_holidays.test_the_new_year_breaks_nothing_and_is_flagged,
        faulty_holidays.BreaksInTheNewYear,
        NotImplementedError,
        "no available data",
    ),
    (
        of_holidays.test_the_new_year_breaks_nothing_and_is_flagged,
        faulty_holidays.EstimatesSilently,
        WRONG,
        r"^assert False\n.*\.provisional",
    ),
    (
        of_holidays.test_the_new_year_can_be_refused,
        faulty_holidays.EstimatesSilently,
        pytest.fail.Exception,
        "DID NOT RAISE",
    ),
    (
        of_holidays.test_substituted_workdays_are_a_switch_of_the_calendar,
        faulty_holidays.AlwaysSubstitutes,
        WRONG,
        "^assert not True",
    ),
    (
        of_holidays.test_substituted_workdays_are_a_switch_of_the_calendar,
        faulty_holidays.NeverSubstitutes,
        WRONG,
        r"^assert False\n .*is_working_day",
    ),
    (
        of_holidays.test_a_holiday_is_seen_before_the_weekend,
        faulty_holidays.WeekendFirst,
        WRONG,
        "^assert <Why.REST",
    ),
]


def _name(test: Check, kind: type[BusinessCalendar]) -> str:
    return f"{kind.__name__}-{test.__name__.removeprefix('test_')}"


@pytest.mark.parametrize(
    ("test", "kind", "error", "said"), FAULTS, ids=[_name(each[0], each[1]) for each in FAULTS]
)
def test_a_planted_fault_fails_the_test_of_its_trap(
    test: Check, kind: type[BusinessCalendar], error: type[BaseException], said: str
) -> None:
    """The test that the shipped calendar passes fails against the fault, by its wrong answer."""
    with pytest.raises(error, match=said):
        test(kind)


def test_every_trap_has_a_fault() -> None:
    """No test of a trap is left without a fault that fails it."""
    faulted = {each[0].__name__ for each in FAULTS}
    assert {each.__name__ for each in named_traps(of_hours, of_zones, of_holidays)} == faulted


KINDS = sorted({kind for _, kind, _, _ in FAULTS} | {DayByDay}, key=lambda kind: kind.__name__)


@pytest.mark.parametrize("kind", KINDS)
def test_a_fault_is_otherwise_a_calendar(kind: type[BusinessCalendar]) -> None:
    """On a plain Tuesday every faulty calendar answers; only its trap finds it."""
    desk = kind("UTC", "Mo-Fr 09:00-17:00")
    opening = at("2026-03-03T10:00+00:00")
    assert desk.is_open(opening)
    assert desk.subtract(opening + timedelta(hours=2), timedelta(hours=1)).hour == 11


def test_walking_is_no_fault_by_itself() -> None:
    """The walk that some faults are built on answers as the shipped calendar does."""
    hours, two = "Mo-Fr 09:00-12:00,13:30-18:00", timedelta(hours=2)
    walking, shipped = (kind("Asia/Shanghai", hours, "CN") for kind in (DayByDay, BusinessCalendar))
    for received in ("2026-09-30T16:30+08:00", "2026-10-10T11:00+08:00", "2026-03-07T11:00+08:00"):
        assert walking.add(at(received), 7 * two) == shipped.add(at(received), 7 * two)
