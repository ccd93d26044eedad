"""The verbs on random calendars, against the oracle that walks minute by minute."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.sla.oracle import Walk, instant_of, minute_of
from tests.sla.strategies import Case, cases, fewer

near = st.integers(-4 * 1440, 4 * 1440) | st.integers(-180, 180)


@given(cases(), st.integers(0, 1 << 16))
def test_add_and_subtract_end_where_the_oracle_has_walked_to(case: Case, draw: int) -> None:
    """Amounts are used up at the minute at which counting open minutes one by one ends."""
    walk, start = Walk.around(case.plain, case.minute), case.minute
    ahead, behind = walk.between(start, walk.end), walk.between(walk.begin, start)
    if ahead:
        amount = 1 + draw % ahead
        found = case.calendar.add(case.start, timedelta(minutes=amount))
        assert minute_of(found) == walk.add(start, amount)
        assert case.calendar.subtract(case.start, timedelta(minutes=-amount)) == found
    if behind:
        amount = 1 + draw % behind
        found = case.calendar.subtract(case.start, timedelta(minutes=amount))
        assert minute_of(found) == walk.subtract(start, amount)
        assert case.calendar.add(case.start, timedelta(minutes=-amount)) == found


@fewer
@given(cases(), st.integers(0, 1 << 16))
def test_the_other_edges_are_the_open_and_the_close_beyond(case: Case, draw: int) -> None:
    """``next_open`` answers the next open minute, ``prev_close`` the last close at or before."""
    walk, start = Walk.around(case.plain, case.minute), case.minute
    ahead, behind = walk.between(start, walk.end), walk.between(walk.begin, start)
    if ahead:
        amount = 1 + draw % ahead
        found = walk.add(start, amount)
        assert found is not None
        wanted = walk.next_open(found)
        if wanted is not None:
            answer = case.calendar.add(case.start, timedelta(minutes=amount), edge="next_open")
            assert minute_of(answer) == wanted
    if behind:
        amount = 1 + draw % behind
        found = walk.subtract(start, amount)
        assert found is not None
        wanted = found if found and walk.is_open(found - 1) else walk.prev_close(found)
        if wanted is not None:
            answer = case.calendar.subtract(
                case.start, timedelta(minutes=amount), edge="prev_close"
            )
            assert minute_of(answer) == wanted


@given(cases(), near, near)
def test_between_counts_the_open_minutes(case: Case, first: int, second: int) -> None:
    """Open time between any two instants is what the oracle counts, with its sign."""
    walk = Walk.around(case.plain, case.minute, days=8)
    start, end = case.minute + first, case.minute + second
    found = case.calendar.between(instant_of(start), instant_of(end))
    assert found == timedelta(minutes=walk.between(start, end))


@given(cases(), near)
def test_open_and_close_are_where_the_oracle_sees_them(case: Case, shift: int) -> None:
    """Open or not, the next open, the next close, the last close, and the windows between."""
    walk, at = Walk.around(case.plain, case.minute), case.minute + shift
    calendar, asked = case.calendar, instant_of(case.minute + shift)
    edges = [at]
    if (wanted := walk.next_open(at)) is not None:
        assert minute_of(calendar.next_open(asked)) == wanted
        edges.append(wanted)
    if (wanted := walk.next_close(at)) is not None:
        assert minute_of(calendar.next_close(asked)) == wanted
        edges.append(wanted)
    if (wanted := walk.prev_close(at)) is not None:
        assert minute_of(calendar.prev_close(asked)) == wanted
        edges.append(wanted)
    for edge in edges:
        for minute in (edge - 1, edge):
            assert calendar.is_open(instant_of(minute)) == walk.is_open(minute)


@given(cases(), near, near)
def test_windows_are_the_runs_of_open_minutes(case: Case, first: int, second: int) -> None:
    """Windows come in order, cut to what was asked; touching and overlapping ones are one."""
    walk = Walk.around(case.plain, case.minute, days=8)
    start, end = case.minute + first, case.minute + second
    found = case.calendar.windows(instant_of(start), instant_of(end))
    assert [(minute_of(w.open), minute_of(w.close)) for w in found] == walk.windows(start, end)


@given(cases())
def test_working_days_are_the_dates_that_have_a_window(case: Case) -> None:
    """A date is a working day, with these windows, exactly when the oracle finds them."""
    for shift in range(-7, 8):
        day = case.local + timedelta(days=shift)
        assert case.calendar.is_working_day(day) == case.plain.works(day)
        found = case.calendar.day(day)
        windows = [(minute_of(w.open), minute_of(w.close)) for w in found.windows]
        assert windows == list(case.plain.windows(day))


@given(cases(), st.integers(-12, 12))
def test_days_are_added_and_counted_date_by_date(case: Case, number: int) -> None:
    """Working days are found by going from date to date, and counted the same way back; none is
    the date itself, open or not.
    """
    one = timedelta(days=1 if number > 0 else -1)
    day, left = case.local, abs(number)
    while left:
        day += one
        left -= case.plain.works(day)
    assert case.calendar.add_days(case.local, number) == day
    first, last = sorted([case.local, day])
    count = sum(
        case.plain.works(first + timedelta(days=each + 1)) for each in range((last - first).days)
    )
    assert case.calendar.days_between(first, last) == count
    assert case.calendar.days_between(last, first) == -count
    assert case.calendar.add_days(case.local, 0) == case.local
