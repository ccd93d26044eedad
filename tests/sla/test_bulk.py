"""What bulk takes, and what it answers."""

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from workorder.sla import BusinessCalendar

np = pytest.importorskip("numpy", reason="bulk needs NumPy (the extra `bulk`)")
from tests.sla.bulk_calls import CALLS, DESK, HOUR, OPENED, every_call, refused  # noqa: E402
from workorder.sla import bulk  # noqa: E402 (after NumPy was found)
from workorder.sla.bulk.lines import lines_of  # noqa: E402


def test_eight_hours_reach_over_the_break() -> None:
    """Ninety minutes are left of the day; the rest comes after the break.

    30 September, 16:30 to 18:00: 1:30. 8 October, 09:00 to 12:00: 4:30. 13:30 to 17:00: 8:00.
    """
    ends = bulk.add_many(DESK, np.array([OPENED], "M8[s]"), timedelta(hours=8))
    assert ends.tolist() == [datetime(2026, 10, 8, 9)]


@pytest.mark.parametrize(
    ("unit", "out"),
    [("h", "us"), ("m", "us"), ("s", "us"), ("ms", "us"), ("us", "us"), ("ns", "ns")],
)
def test_datetime64_comes_out_as_datetime64(unit: str, out: str) -> None:
    """The unit is kept where every answer fits into it, else it is the microsecond."""
    starts = np.array(["2026-09-30T08"], f"M8[{unit}]")
    ends = bulk.add_many(DESK, starts, 500_000)
    assert ends.dtype == np.dtype(f"M8[{out}]")
    assert ends[0] == np.datetime64("2026-09-30T08:00:00.5", "us")
    assert bulk.due_many(DESK, starts, "1 working day").instants.dtype == ends.dtype
    spans = bulk.between_many(DESK, starts, ends)
    assert spans.dtype == np.dtype("m8[us]")
    assert spans.tolist() == [timedelta(seconds=0.5)]


def test_integers_come_out_as_integers() -> None:
    """Microseconds in, microseconds out; a list of them will do."""
    start = int(np.datetime64(OPENED, "us").astype(np.int64))
    ends = bulk.add_many(DESK, [start], HOUR)
    assert (ends.dtype, ends.tolist()) == (np.dtype(np.int64), [start + HOUR])
    assert bulk.between_many(DESK, [start], ends).tolist() == [HOUR]


def test_arrays_of_the_other_byte_order_are_read_as_what_they_say() -> None:
    """Data from a file of another machine counts as its values."""
    start = np.array([OPENED], "M8[us]")
    for other in (">M8[us]", ">M8[s]", ">M8[ns]"):
        assert bulk.add_many(DESK, start.astype(other), HOUR) == bulk.add_many(DESK, start, HOUR)
    micros = start.view(np.int64)
    assert bulk.add_many(DESK, micros.astype(">i8"), HOUR) == micros + HOUR


@pytest.mark.parametrize(
    "amount",
    [
        timedelta(hours=2),
        2 * HOUR,
        np.int64(2 * HOUR),
        np.timedelta64(2, "h"),
        np.timedelta64(120, "m"),
        np.timedelta64(2 * HOUR * 1000, "ns"),
        np.array([2 * HOUR]),
        np.array([7200], "m8[s]"),
    ],
)
def test_amounts_may_be_written_in_many_ways(amount: Any) -> None:
    """Two hours are two hours."""
    start = np.array(["2026-09-30T01:00"], "M8[us]")
    assert bulk.add_many(DESK, start, amount) == start + np.timedelta64(2, "h")
    assert bulk.subtract_many(DESK, start + np.timedelta64(2, "h"), amount) == start


def test_shapes_go_together_as_numpy_has_it() -> None:
    """A column of starts and a row of amounts make a table; a single value goes with all."""
    column = np.array([["2026-09-30T01"], ["2026-09-30T02"]], "M8[us]")
    row = np.array([1, 2, 3]) * HOUR
    table = bulk.add_many(DESK, column, row)
    assert table.shape == (2, 3)
    assert table[1, 0] == np.datetime64("2026-09-30T03", "us")
    single = bulk.add_many(DESK, column[0, 0], row)
    assert (single == table[0]).all()
    assert bulk.add_many(DESK, column[0, 0], HOUR).shape == ()
    assert bulk.between_many(DESK, column[:, 0], column[0, 0]).tolist() == [
        timedelta(0),
        timedelta(hours=-1),
    ]


@every_call
def test_nothing_in_nothing_out(name: str) -> None:
    """No instants have no answers, and that is no error."""
    found = CALLS[name][1](np.array([], "M8[us]"))
    assert len(found.instants if name == "due_many" else found) == 0


@every_call
def test_what_came_in_is_left_as_it_was(name: str) -> None:
    """Neither the arrays given nor the calendar's own are changed, and no answer shares memory."""
    starts = np.array(["2026-09-30T08:30", "2026-10-01T00:00"], "M8[us]")
    kept = starts.copy()
    starts.flags.writeable = False
    found = CALLS[name][1](starts)
    found = found.instants if name == "due_many" else found
    assert not np.shares_memory(found, starts)
    assert (starts == kept).all()


def test_zero_and_mixed_signs_answer_as_the_verb_does() -> None:
    """Zero is the start itself, a negative amount goes back; each in its place."""
    starts = np.array(["2026-10-01T00:00"] * 3, "M8[us]")
    found = bulk.add_many(DESK, starts, np.array([0, HOUR, -HOUR]))
    assert found.tolist() == [
        datetime(2026, 10, 1),
        datetime(2026, 10, 8, 2),
        datetime(2026, 9, 30, 9),
    ]


@pytest.mark.parametrize(
    ("edge", "hour"), [("close", "2026-09-30T10:00"), ("next_open", "2026-10-08T01:00")]
)
def test_a_sum_used_up_at_a_close_ends_where_it_is_told_to(edge: Any, hour: str) -> None:
    """Both readings of the boundary are there."""
    start = np.array(["2026-09-30T09:00"], "M8[us]")
    assert bulk.add_many(DESK, start, HOUR, edge=edge) == np.datetime64(hour, "us")
    assert refused(bulk.add_many, DESK, start, HOUR, edge="open").code == "not_a_choice"
    assert refused(bulk.subtract_many, DESK, start, HOUR, edge="close").code == "not_a_choice"


def test_a_desk_that_never_closes_has_no_next_open() -> None:
    """Where no window ends, a sum ends where it is used up, for either edge, as the verb says."""
    always = BusinessCalendar("UTC", "24/7", horizon_years=1)
    start = datetime(2026, 9, 30, 9, tzinfo=UTC)
    found = bulk.add_many(always, np.array(["2026-09-30T09"], "M8[us]"), HOUR, edge="next_open")
    assert found == np.datetime64("2026-09-30T10", "us")
    assert always.add(start, timedelta(hours=1), edge="next_open") == start + timedelta(hours=1)


def test_due_dates_come_with_last_day_and_whether_they_are_official() -> None:
    """Three working days from 30 September 2026 are 8, 9 and, substituted, 10 October; three from
    31 December reach into a year without an arrangement.
    """
    starts = np.array(["2026-09-30T08:30", "2026-12-31T08:30"], "M8[s]")
    dues = bulk.due_many(DESK, starts, "3 working days")
    assert dues.instants[0] == np.datetime64("2026-10-10T10:00", "us")
    assert dues.last_days[0] == np.datetime64("2026-10-10", "D")
    assert dues.provisional.tolist() == [False, True]


def test_days_are_counted_on_dates() -> None:
    """Working days after a date, and between two."""
    days = np.array(["2026-09-30", "2026-10-01"], "M8[D]")
    assert bulk.add_days_many(DESK, days, [3, 0]).tolist() == [date(2026, 10, 10), days[1].item()]
    assert bulk.days_between_many(DESK, days, np.datetime64("2026-10-10")).tolist() == [3, 3]


# --- by calendar ------------------------------------------------------------------------------


def test_each_element_is_answered_by_the_calendar_of_its_key() -> None:
    """Arrays are split by key, single values go to all, answers come in the order of the keys."""
    calendars = {7: DESK, 9: BusinessCalendar("UTC", "24/7")}
    starts = np.array(["2026-09-30T09:30"] * 3, "M8[us]")
    ends = bulk.by_calendar(calendars, [9, 7, 9], bulk.add_many, starts, HOUR)
    assert [str(each)[5:16] for each in ends] == ["09-30T10:30", "10-08T01:30", "09-30T10:30"]
    dues = bulk.by_calendar(calendars, [9, 7, 9], bulk.due_many, starts, duration="1 working day")
    assert dues.last_days.tolist() == [date(2026, 10, d) for d in (1, 8, 1)]
    none = bulk.by_calendar(calendars, np.array([], np.int64), bulk.add_many, starts[:0], HOUR)
    assert none.dtype == starts.dtype
    assert len(none) == 0


# --- how it works -----------------------------------------------------------------------------


def test_arrays_of_a_calendar_are_made_once() -> None:
    """A second call about the same years finds them."""
    calendar = BusinessCalendar("Asia/Shanghai", "Mo-Fr 09:00-18:00", "CN")
    starts = np.array([OPENED], "M8[us]")
    bulk.add_many(calendar, starts, HOUR)
    before = lines_of.cache_info()
    bulk.add_many(calendar, starts, 2 * HOUR)
    bulk.due_many(calendar, starts, "1 working day")
    after = lines_of.cache_info()
    assert after.misses == before.misses
    assert after.hits > before.hits


def test_many_parts_are_one_answer() -> None:
    """Arrays are worked on in parts; at their seams nothing is lost or doubled."""
    starts = np.datetime64("2025-01-01", "us") + np.arange(100_000) * np.timedelta64(617, "s")
    ends = bulk.add_many(DESK, starts, 5 * HOUR)
    spans = bulk.between_many(DESK, starts, ends)
    assert (spans == np.timedelta64(5, "h")).all()
    for place in (0, 32_767, 32_768, 65_535, 65_536, 99_999):
        start = starts[place].item().replace(tzinfo=UTC)
        end = DESK.add(start, timedelta(hours=5)).astimezone(UTC).replace(tzinfo=None)
        assert ends[place].item() == end


def test_business_time_alone_does_not_load_numpy() -> None:
    """Who computes no arrays need not have NumPy."""
    program = "import sys, workorder.sla; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
