"""What bulk refuses: by name, with the position, and never with a guess."""

import warnings
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from workorder.durations import DueAt, Earliest, WorkingDays
from workorder.errors import InvalidInput
from workorder.sla import BusinessCalendar

np = pytest.importorskip("numpy", reason="bulk needs NumPy (the extra `bulk`)")
from tests.sla.bulk_calls import CALLS, DESK, HOUR, OPENED, every_call, refused  # noqa: E402
from workorder.sla import bulk  # noqa: E402 (after NumPy was found)

STRICT = BusinessCalendar("Asia/Shanghai", "Mo-Fr 09:00-18:00", "CN", unpublished="refuse")
NEVER_LONG = BusinessCalendar("UTC", "Mo 09:00-09:01", horizon_years=1)


def of_no_unit() -> Any:
    """A length of time that does not say in what; newer versions of NumPy warn of it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return np.timedelta64(5)


@every_call
@pytest.mark.parametrize(
    "values",
    [
        np.array([1.5]),
        np.array([True]),
        np.array([datetime(2026, 9, 30, tzinfo=UTC)]),
        [datetime(2026, 9, 30)],
        ["2026-09-30T08:30"],
        np.array([5], np.int32),
        np.array([5], np.uint64),
        np.array(["2026-09-30"], "M8[D]"),
        np.array(["2026-09"], "M8[M]"),
        np.array([5], "M8[ps]"),
        np.array([5], "m8[us]"),
        np.ma.masked_array([5, 6], [True, False]),
        [[1, 2], [3]],
        None,
    ],
    ids=str,
)
def test_other_arrays_are_refused_by_name(name: str, values: Any) -> None:
    """Floats, objects, dates, masked values…: the error names the argument and what would do."""
    argument, call = CALLS[name]
    error = refused(call, values)
    assert (error.code, error.facts["name"]) == ("wrong_type", argument)
    assert "datetime64" in error.text()


@every_call
@pytest.mark.parametrize("unit", ["s", "us", "ns"])
def test_nat_is_refused_with_its_position(name: str, unit: str) -> None:
    """NaT has no answer, and does not pass for the year -290308."""
    argument, call = CALLS[name]
    error = refused(call, np.array([OPENED, "NaT", "NaT"], f"M8[{unit}]"))
    assert error.code == "not_a_time"
    assert (error.facts["name"], error.facts["position"]) == (argument, 1)


@every_call
def test_part_of_a_microsecond_is_refused_not_cut_off(name: str) -> None:
    """Nanoseconds are taken where they are whole microseconds, and only there."""
    starts = np.array([1_790_757_000_000_001_000, 1_790_757_000_000_001_001], "M8[ns]")
    error = refused(CALLS[name][1], starts)
    assert (error.code, error.facts["position"]) == ("wrong_type", 1)
    assert "2026-09-30T08:30:00.000001001" in error.text()


@every_call
def test_years_no_calendar_is_made_for_are_refused(name: str) -> None:
    """The first such instant is named; the units in between do not overflow into a valid year."""
    argument, call = CALLS[name]
    for far in ("2600-01-01", "1800-01-01", "9000000-01-01", "33658-09-27"):
        error = refused(call, np.array([OPENED, OPENED, far, far], "M8[s]"))
        assert (error.code, error.facts["position"]) == ("outside_years", 2)
        assert f"({argument}[2])" in error.text()
        assert f"({argument}[2])" in error.text("zh-CN")


@pytest.mark.parametrize(
    "amount",
    [
        1.5,
        True,
        "2 hours",
        None,
        np.array([1.5]),
        np.array([True]),
        [timedelta(hours=2)],
        np.timedelta64(1, "D"),
        of_no_unit(),
        np.array([5], np.uint64),
        np.datetime64(OPENED, "us"),
    ],
    ids=repr,
)
def test_other_amounts_are_refused_by_name(amount: Any) -> None:
    """Also a timedelta64 in days: whether a day is 24 hours or a working day is not guessed."""
    error = refused(bulk.add_many, DESK, np.array([OPENED], "M8[us]"), amount)
    assert (error.code, error.facts["name"]) == ("wrong_type", "amounts")
    assert "due_many" in error.text()


def test_nat_among_amounts_and_dates_is_refused() -> None:
    """Wherever NaT can stand, it is named."""
    starts, days = np.array([OPENED] * 2, "M8[us]"), np.array(["2026-09-30", "NaT"], "M8[D]")
    amounts = np.array([1, "NaT"], "m8[us]")
    assert refused(bulk.add_many, DESK, starts, amounts).facts == {"name": "amounts", "position": 1}
    assert refused(bulk.add_days_many, DESK, days, 1).facts == {"name": "days", "position": 1}
    found = refused(bulk.days_between_many, DESK, days[0], days)
    assert (found.code, found.facts["name"]) == ("not_a_time", "ends")


@pytest.mark.parametrize(
    "days", [np.array([OPENED], "M8[us]"), [date(2026, 9, 30)], [739_889], np.array(["2026"], "M8")]
)
def test_dates_are_datetime64_in_days(days: Any) -> None:
    """An instant is no date until a zone is named; numbers could be counted from anywhere."""
    error = refused(bulk.add_days_many, DESK, days, 1)
    assert (error.code, error.facts["name"]) == ("wrong_type", "days")


@pytest.mark.parametrize("number", [1.0, True, "1", [1.5], None])
def test_numbers_of_days_are_whole(number: Any) -> None:
    """One and a half working days are no number of working days."""
    error = refused(bulk.add_days_many, DESK, np.array(["2026-09-30"], "M8[D]"), number)
    assert (error.code, error.facts["name"]) == ("wrong_type", "numbers")


def test_shapes_that_do_not_go_together_are_refused() -> None:
    """The error names the argument, its length, and the length expected."""
    starts = np.array([OPENED] * 3, "M8[us]")
    error = refused(bulk.add_many, DESK, starts, np.array([HOUR, HOUR]))
    assert error.code == "unequal_lengths"
    assert error.facts == {"name": "amounts", "found": 2, "expected": 3}
    table = refused(bulk.between_many, DESK, starts.reshape(3, 1), starts.reshape(1, 3, 1)[:, :2])
    assert table.facts["found"] == "(1, 2, 1)"


def test_integers_beside_datetime64_are_refused() -> None:
    """Of two kinds, none is taken for the kind of the answer."""
    error = refused(bulk.between_many, DESK, np.array([OPENED], "M8[us]"), [5])
    assert (error.code, error.facts["name"]) == ("wrong_type", "ends")


def test_the_first_element_beyond_the_horizon_is_named() -> None:
    """Also when a later one fails in an earlier step; in a table by row and column."""
    starts = np.array([OPENED] * 4, "M8[us]")
    amounts = np.array([1, 1, 3, 1]) * HOUR
    error = refused(bulk.add_many, NEVER_LONG, starts, amounts)
    assert (error.code, error.facts["position"]) == ("beyond_horizon", 0)
    amounts //= 3600
    amounts[2] = HOUR
    error = refused(bulk.add_many, NEVER_LONG, starts.reshape(2, 2), amounts.reshape(2, 2))
    assert (error.code, error.facts["position"]) == ("beyond_horizon", (1, 0))
    assert "2026-09-30 08:30:00+00:00 (starts[1, 0])" in error.text()
    assert "2026-09-30 08:30:00+00:00 (starts[1, 0])" in error.text("zh-CN")
    starts[3] = "2600-01-01"
    assert refused(bulk.add_many, NEVER_LONG, starts, amounts).facts["position"] == 2
    amounts[2] = 0
    assert refused(bulk.add_many, NEVER_LONG, starts, amounts).code == "outside_years"
    days = np.array(["2026-09-30"] * 2, "M8[D]")
    error = refused(bulk.add_days_many, NEVER_LONG, days, [2, 60])
    assert (error.code, error.facts["position"]) == ("beyond_horizon", 1)


def test_what_is_not_official_is_refused_where_the_calendar_says_so() -> None:
    """The first element that would need a year without an arrangement is named."""
    starts = np.array(["2026-09-30T08:30", "2026-12-31T08:30"], "M8[s]")
    for call in (
        lambda: bulk.add_many(STRICT, starts, 9 * HOUR),
        lambda: bulk.due_many(STRICT, starts, "2 working days"),
        lambda: bulk.between_many(STRICT, starts, starts + np.timedelta64(48, "h")),
        lambda: bulk.is_open_many(STRICT, starts + np.timedelta64(48, "h")),
        lambda: bulk.add_days_many(STRICT, starts.astype("M8[D]"), 1),
    ):
        error = refused(call)
        assert (error.code, error.facts["position"]) == ("unpublished", 1)
        assert "[1])" in error.text()
    assert bulk.add_many(STRICT, starts[:1], 9 * HOUR) == np.datetime64("2026-10-08T08:30")


@pytest.mark.parametrize(
    "duration",
    [DueAt("promised"), Earliest(WorkingDays(1), DueAt("promised")), "at promised", 5, None],
)
def test_an_instant_given_with_the_case_is_no_duration_to_count(duration: Any) -> None:
    """It differs by case and is known already; the error says so."""
    error = refused(bulk.due_many, DESK, np.array([OPENED], "M8[us]"), duration)
    assert (error.code, error.facts["name"]) == ("wrong_type", "duration")


def test_a_key_without_a_calendar_is_refused() -> None:
    """The error names the key, where it first stands, and the keys there are."""
    starts = np.array([OPENED] * 3, "M8[us]")
    error = refused(
        bulk.by_calendar, {"hall": DESK}, ["hall", "cards", "cards"], bulk.is_open_many, starts
    )
    assert (error.code, error.facts["found"]) == ("not_a_choice", "cards")
    assert (error.facts["position"], error.facts["choices"]) == (1, "hall")
    error = refused(bulk.by_calendar, {"hall": DESK}, ["hall"], bulk.is_open_many, starts)
    assert error.code == "unequal_lengths"
    error = refused(bulk.by_calendar, {"hall": DESK}, "hall", bulk.is_open_many, starts)
    assert error.facts["name"] == "keys"


def test_an_error_names_the_place_among_all() -> None:
    """Not the place among the elements of its calendar, and the first of all calendars'."""
    calendars = {"a": NEVER_LONG, "b": DESK}
    starts = np.array([OPENED] * 4, "M8[us]")
    amounts = np.array([1, 1, 1 << 60, 1 << 60])
    error = refused(
        bulk.by_calendar, calendars, ["b", "a", "b", "a"], bulk.add_many, starts, amounts
    )
    assert error.facts["position"] == 2
    assert "(starts[2])" in error.text()
    starts[3] = "NaT"
    error = refused(bulk.by_calendar, calendars, ["b", "a", "b", "a"], bulk.is_open_many, starts)
    assert (error.code, error.facts["position"]) == ("not_a_time", 3)


def test_what_is_no_calendar_is_named() -> None:
    """A code is no calendar, neither to count by nor to roll by."""
    starts = np.array([0], np.int64)
    code: Any = "CN"
    days = np.array(["2026-06-01"], "datetime64[D]")
    for call in (
        lambda: bulk.add_many(code, starts, timedelta(hours=1)),
        lambda: bulk.due_many(code, starts, "3 working days"),
        lambda: bulk.days_between_many(code, days, days),
    ):
        with pytest.raises(InvalidInput, match="calendar: expected a calendar, found str"):
            call()
    with pytest.raises(InvalidInput, match="roll_by: expected a calendar, found str"):
        bulk.due_many(BusinessCalendar("UTC", "24/7"), starts, "3 working days", roll_by=code)


def test_a_missing_key_is_named_with_its_place() -> None:
    """None among keys of text, as a data frame has it, is the key that has no calendar."""
    calendars: dict[Any, BusinessCalendar] = {
        "hall": BusinessCalendar("UTC", "24/7"),
        7: BusinessCalendar("UTC", "Mo 09:00-10:00"),
    }
    starts = np.array([0, 0], np.int64)
    missing: Any = ["hall", None]
    with pytest.raises(InvalidInput, match="None") as caught:
        bulk.by_calendar(calendars, missing, bulk.add_many, starts, timedelta(hours=1))
    assert caught.value.facts["position"] == 1
    keys = np.array(["hall", 7], object)
    found = bulk.by_calendar(calendars, keys, bulk.add_many, starts, timedelta(hours=1))
    assert found[0] == 3_600_000_000
    assert found[1] != found[0]
