"""The oracle itself, against dates and minutes counted by hand."""

import ast
import calendar as printed
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.sla import days_oracle, oracle
from tests.sla.days_oracle import Rules
from tests.sla.oracle import NEVER, Plain, Walk, first_shown, instant_of, minute_of, wall
from tests.sla.strategies import CHANGES

OFFICE = (((540, 1080),),) * 5 + ((), ())
DESK = Plain("UTC", OFFICE, dates={date(2026, 6, 5): ("closed", None)})
MONDAY = minute_of(datetime(2026, 6, 1, tzinfo=UTC))


@pytest.mark.parametrize("module", [oracle, days_oracle])
def test_the_oracle_imports_nothing_of_the_library(module: object) -> None:
    """Neither oracle imports anything called ``workorder``, not even in a function."""
    tree = ast.parse(Path(str(getattr(module, "__file__", ""))).read_text("utf-8"))
    found = {
        name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (
            [node.module]
            if isinstance(node, ast.ImportFrom)
            else [each.name for each in node.names]
        )
    }
    assert found
    assert not [name for name in found if str(name).startswith("workorder")]


def test_minutes_are_walked_as_one_would_by_hand() -> None:
    """Thursday 16:00 and four hours, with Friday closed: two on Thursday, two on Monday, 11:00."""
    thursday = minute_of(datetime(2026, 6, 4, 16, tzinfo=UTC))
    walk = Walk.around(DESK, thursday, days=8)
    end = minute_of(datetime(2026, 6, 8, 11, tzinfo=UTC))
    assert walk.add(thursday, 240) == end
    assert walk.subtract(end, 240) == thursday
    assert walk.between(thursday, end) == 240 == -walk.between(end, thursday)
    assert walk.add(thursday, 120) == minute_of(datetime(2026, 6, 4, 18, tzinfo=UTC))
    assert walk.next_open(thursday + 120) == minute_of(datetime(2026, 6, 8, 9, tzinfo=UTC))
    assert walk.next_close(thursday) == walk.prev_close(end) == thursday + 120
    assert walk.next_close(thursday + 120) == minute_of(datetime(2026, 6, 8, 18, tzinfo=UTC))
    assert [walk.is_open(thursday + each) for each in (0, 119, 120)] == [True, True, False]
    assert walk.windows(thursday, end) == [(thursday, thursday + 120), (end - 120, end)]
    assert walk.add(thursday, 8 * 9 * 60) is None  # further than it knows


@pytest.mark.parametrize(
    ("zone", "wanted", "found"),
    [
        # clocks go from 01:00 to 02:00: 01:30 is skipped, and is the instant of the change
        ("Europe/London", "2026-03-29T01:30", "2026-03-29T01:00Z"),
        ("Europe/London", "2026-03-29T02:00", "2026-03-29T01:00Z"),
        # 01:30 comes at 00:30Z in summer time and again at 01:30Z: the first one
        ("Europe/London", "2026-10-25T01:30", "2026-10-25T00:30Z"),
        # midnight is skipped; the day begins at 01:00, which is 03:00Z
        ("America/Sao_Paulo", "2017-10-15T00:00", "2017-10-15T03:00Z"),
        # 23:30 comes twice; the first time in summer time (two hours behind UTC)
        ("America/Sao_Paulo", "2018-02-17T23:30", "2018-02-18T01:30Z"),
        # half an hour back, from 02:00 to 01:30, eleven hours ahead before
        ("Australia/Lord_Howe", "2026-04-05T01:45", "2026-04-04T14:45Z"),
        # there was no 30 December 2011: all of it is the instant at which the 31st began
        ("Pacific/Apia", "2011-12-30T12:00", "2011-12-30T10:00Z"),
        ("Asia/Shanghai", "2026-10-01T00:00", "2026-09-30T16:00Z"),
    ],
)
def test_clocks_are_read_as_one_would_by_hand(zone: str, wanted: str, found: str) -> None:
    """Gaps, folds and a skipped day, with offsets from the published rules."""
    assert instant_of(first_shown(zone, datetime.fromisoformat(wanted))) == datetime.fromisoformat(
        found
    )


@pytest.mark.parametrize(
    ("zone", "change"), [(zone, change) for zone, found in CHANGES.items() for change in found]
)
def test_the_first_minute_shown_is_the_first_of_all_minutes(zone: str, change: str) -> None:
    """Around every change, the short cut finds what looking at each minute of UTC finds."""
    begin = minute_of(datetime.fromisoformat(change)) - 200
    shown = [wall(zone, minute) for minute in range(begin, begin + 400)]
    for number in range(0, (shown[-1] - shown[0]) // timedelta(minutes=1), 7):
        wanted = shown[0] + timedelta(minutes=number)
        first = next(each for each, time in enumerate(shown) if time >= wanted)
        assert first_shown(zone, wanted) == begin + first


def test_rules_for_dates_stand_in_their_order() -> None:
    """A date's own rule; then the source, what recurs, the week; breaks at the end."""
    friday, saturday = date(2026, 6, 5), date(2026, 6, 6)
    plain = Plain(
        "UTC",
        OFFICE,
        dates={friday: ("hours", ((600, 720),))},
        source={friday: "holiday", saturday: "workday", date(2026, 6, 8): "holiday"},
        recurring=((8, ("like", 1)), (9, ("closed", None))),
        breaks=(((720, 780),), *NEVER[1:]),
        workday_like=0,
    )
    assert plain.hours(friday) == ((600, 720),)  # its own rule, though a holiday
    assert plain.hours(saturday) == ((540, 720), (780, 1080))  # like a Monday, breaks and all
    assert plain.hours(date(2026, 6, 8)) == ()  # a holiday before what recurs
    assert plain.hours(date(2026, 6, 9)) == ()
    assert plain.hours(date(2026, 6, 10)) == ((540, 1080),)


def test_a_break_after_midnight_is_taken_out_of_the_night() -> None:
    """22:00-06:00 on Monday without Tuesday's 01:00-02:00."""
    week = (((1320, 1800),), *NEVER[1:])
    plain = Plain("UTC", week, breaks=((), ((60, 120),), *NEVER[2:]))
    assert plain.hours(date(2026, 6, 1)) == ((1320, 1500), (1560, 1800))
    assert [each - MONDAY for pair in plain.windows(date(2026, 6, 1)) for each in pair] == [
        1320, 1500, 1560, 1800,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rules", "last", "due"),
    [
        # Tue 2, Wed 3, Thu 4 (Monday is not counted); the desk closes at 18:00
        (Rules("working", 3, "close"), "2026-06-04", "2026-06-04T18:00Z"),
        # Tue, Wed, Thu, then Friday is closed, Mon 8
        (Rules("working", 4, "close"), "2026-06-08", "2026-06-08T18:00Z"),
        # Monday itself is the first
        (Rules("working", 3, "close", include_start=True), "2026-06-03", "2026-06-03T18:00Z"),
        # received at 12:00, after the cut-off: Tuesday is not counted; Wed, Thu, Mon 8
        (Rules("working", 3, "close", cut_off=720), "2026-06-08", "2026-06-08T18:00Z"),
        # 1 + 4 = Friday 5, closed: 24:00, or rolled to Mon 8, or back to Thu 4
        (Rules("calendar", 4, "close"), "2026-06-05", "2026-06-06T00:00Z"),
        (Rules("calendar", 4, 600, roll="forward"), "2026-06-08", "2026-06-08T10:00Z"),
        (Rules("calendar", 4, "same_time", roll="backward"), "2026-06-04", "2026-06-04T12:00Z"),
        # Monday 24:00 is still to come; at 09:00 Monday is over, so Tuesday
        (Rules("calendar", 0, "end_of_day"), "2026-06-01", "2026-06-02T00:00Z"),
        (Rules("calendar", 0, 540), "2026-06-02", "2026-06-02T09:00Z"),
        (Rules("weeks", 2, "end_of_day"), "2026-06-15", "2026-06-16T00:00Z"),
        (Rules("months", 1, "end_of_day"), "2026-07-01", "2026-07-02T00:00Z"),
        (Rules("years", 1, "end_of_day", include_start=True), "2027-05-31", "2027-06-01T00:00Z"),
        # the running cycle ends on 25 June; one whole cycle more on 25 July
        (Rules("cycles", 1, "end_of_day", closing_day=25), "2026-07-25", "2026-07-26T00:00Z"),
    ],
)
def test_days_are_counted_as_one_would_by_hand(rules: Rules, last: str, due: str) -> None:
    """Due dates of a receipt on Monday 1 June 2026 at 12:00, counted on a printed calendar."""
    assert printed.weekday(2026, 6, 1) == 0
    found = days_oracle.due(DESK, DESK, MONDAY + 720, rules)
    assert found == (date.fromisoformat(last), minute_of(datetime.fromisoformat(due)))


def test_deeming_and_clipping_are_counted_as_one_would_by_hand() -> None:
    """Saturday as Monday makes three working days Thursday; 31 January and a month is 28 or 29."""
    saturday = minute_of(datetime(2026, 6, 13, 12, tzinfo=UTC))
    for deemed, last in ((False, date(2026, 6, 17)), (True, date(2026, 6, 18))):
        rules = Rules("working", 3, "close", deemed=deemed)
        assert days_oracle.due(DESK, DESK, saturday, rules)[0] == last
    assert days_oracle.months_on(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert days_oracle.months_on(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert days_oracle.cycles_on(date(2026, 1, 31), 1, 31, include_start=False) == date(2026, 2, 28)
