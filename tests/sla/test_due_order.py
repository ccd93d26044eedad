"""Does what came in later fall due later? Where that is a law, and where it is none."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.sla.days_oracle import Rules, ending
from tests.sla.duration_strategies import duration, rules
from tests.sla.oracle import Plain, wall
from tests.sla.strategies import Case, built, cases, couples, fewer
from workorder.sla import (
    BillingCycles,
    BusinessCalendar,
    CalendarDays,
    Hours,
    Months,
    Span,
    WorkingDays,
)

DAY = timedelta(days=1)
shifts = st.timedeltas(timedelta(0), timedelta(days=4)) | st.timedeltas(
    timedelta(0), timedelta(hours=2)
)


def closes_in_order(case: Case, last: date) -> bool:
    """Whether no date up to *last* closes before the one before it does."""
    days = [case.local + number * DAY for number in range((last - case.local).days + 12)]
    closes = [ending(case.plain, day, "close", wall("UTC", 0)) for day in days]
    return closes == sorted(closes)


def comes_twice(instant: datetime, zone: str) -> bool:
    """Whether the clock shows the local time of *instant* twice."""
    local = instant.astimezone(ZoneInfo(zone))
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


@fewer
@given(couples(), rules(same_time=False), shifts)
def test_what_came_in_later_is_never_due_earlier(
    couple: tuple[Case, Plain], plain: Rules, shift: timedelta
) -> None:
    """A law for every kind and every rule of rolling, while days close in their order and, with a
    cut-off, the clock does not show the same hour twice.
    """
    case, other = couple
    later = case.start + shift
    if plain.cut_off is not None:
        assume(not comes_twice(case.start, case.plain.zone))
        assume(not comes_twice(later, case.plain.zone))
    roller = built(other)
    first = case.calendar.due(case.start, duration(plain), roll_by=roller)
    second = case.calendar.due(later, duration(plain), roll_by=roller)
    if plain.at == "close":
        assume(closes_in_order(case, max(first.last_day, second.last_day)))
    assert first.instant <= second.instant
    assert first.last_day <= second.last_day


@fewer
@given(couples(), rules())
def test_more_of_the_same_is_never_due_earlier(couple: tuple[Case, Plain], plain: Rules) -> None:
    """One more day, week, month or cycle is due no earlier, while days close in their order."""
    case, other = couple
    roller = built(other)
    first = case.calendar.due(case.start, duration(plain), roll_by=roller)
    longer = evolve(duration(plain), number=plain.number + 1)
    second = case.calendar.due(case.start, longer, roll_by=roller)
    if plain.at == "close":
        assume(closes_in_order(case, second.last_day))
    assert first.instant <= second.instant


@fewer
@given(cases(), st.sampled_from(["calendar", "weeks"]), shifts)
def test_the_same_time_keeps_the_order_where_every_day_counts(
    case: Case, kind: str, shift: timedelta
) -> None:
    """Days or weeks on, at the same time of day: in order, unless the clock shows an hour twice."""
    plain = Rules(kind, 2, "same_time")
    later = case.start + shift
    zone = case.plain.zone
    assume(not comes_twice(case.start, zone))
    assume(not comes_twice(later, zone))
    first = case.calendar.due(case.start, duration(plain)).instant
    assert first <= case.calendar.due(later, duration(plain)).instant


DESK = BusinessCalendar("Europe/London", "Mo-Fr 09:00-17:00")


def test_the_same_time_of_a_working_day_is_in_no_order() -> None:
    """No law: Friday 18:00 and one working day is Monday 18:00; Saturday 10:00 is Monday 10:00."""
    friday, saturday = datetime(2026, 6, 5, 17, tzinfo=UTC), datetime(2026, 6, 6, 9, tzinfo=UTC)
    for days in (WorkingDays(1, at="same_time"), CalendarDays(2, at="same_time", roll="forward")):
        first, second = DESK.due(friday, days).instant, DESK.due(saturday, days).instant
        assert first.isoformat() == "2026-06-08T18:00:00+01:00"
        assert second.isoformat() == "2026-06-08T10:00:00+01:00"


def test_the_same_time_where_dates_fall_together_is_in_no_order() -> None:
    """No law: 30 January 18:00 and 31 January 09:00 and a month are both 28 February; so are all
    receipts of one billing cycle.
    """
    first, second = datetime(2026, 1, 30, 18, tzinfo=UTC), datetime(2026, 1, 31, 9, tzinfo=UTC)
    for kind in (Months(1, at="same_time"), BillingCycles(1, at="same_time", closing_day=28)):
        assert DESK.due(first, kind).last_day == DESK.due(second, kind).last_day
        assert DESK.due(first, kind).instant > DESK.due(second, kind).instant


def test_a_cut_off_in_the_hour_that_comes_twice_is_in_no_order() -> None:
    """No law: clocks go back at 02:00 on 25 October 2026, so 01:45 comes before the second 01:15.

    With a cut-off at 01:30 the first belongs to the 26th, the second still to the 25th.
    """
    days = CalendarDays(1, cut_off=time(1, 30))
    before = DESK.due(datetime(2026, 10, 25, 0, 45, tzinfo=UTC), days)
    after = DESK.due(datetime(2026, 10, 25, 1, 15, tzinfo=UTC), days)
    assert (before.last_day, after.last_day) == (date(2026, 10, 27), date(2026, 10, 26))


def test_the_same_time_of_the_same_day_is_the_receipt_itself() -> None:
    """No days at the same time of a second 01:15 is that, not the first one an hour before."""
    second = datetime(2026, 10, 25, 1, 15, tzinfo=UTC)
    due = DESK.due(second, CalendarDays(0, at="same_time"))
    assert due.instant.astimezone(UTC) == second


def test_closes_out_of_order_make_due_dates_out_of_order() -> None:
    """No law: a night from Tuesday to Wednesday 20:00, and a short Wednesday that closes at 07:00.

    One working day from Monday is Tuesday, which closes later than Wednesday does.
    """
    night = {date(2026, 6, 2): Hours([Span(1380, 2640)]), date(2026, 6, 3): Hours("06:00-07:00")}
    desk = BusinessCalendar("UTC", "Mo-Fr 09:00-17:00", dates=night)
    monday = desk.due(datetime(2026, 6, 1, 12, tzinfo=UTC), WorkingDays(1))
    tuesday = desk.due(datetime(2026, 6, 2, 12, tzinfo=UTC), WorkingDays(1))
    assert monday.instant == datetime(2026, 6, 3, 20, tzinfo=UTC)
    assert tuesday.instant == datetime(2026, 6, 3, 7, tzinfo=UTC)
