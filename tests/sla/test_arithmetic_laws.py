"""The algebra of business time: laws that hold for every calendar, to the microsecond."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.sla.oracle import EPOCH
from tests.sla.strategies import Case, Size, cases, fewer, sizes

MICRO = timedelta(microseconds=1)
shifts = st.timedeltas(timedelta(days=-9), timedelta(days=9))


def micros(instant: datetime) -> int:
    """An instant as the epoch verbs take it."""
    return (instant - EPOCH) // MICRO


@given(cases(), sizes)
def test_between_gives_back_what_was_added(case: Case, size: Size) -> None:
    """``between(s, add(s, d)) == d`` and ``between(subtract(e, d), e) == d`` for d above zero."""
    amount = case.amount(size)
    for edge in ("close", "next_open"):
        end = case.calendar.add(case.start, amount, edge=edge)
        assert case.calendar.between(case.start, end) == amount
    for side in ("open", "prev_close"):
        begin = case.calendar.subtract(case.start, amount, edge=side)
        assert case.calendar.between(begin, case.start) == amount


@given(cases(), sizes, sizes)
def test_amounts_may_be_added_one_after_the_other(case: Case, size: Size, more: Size) -> None:
    """``add(add(s, a), b) == add(s, a + b)`` for a, b above zero; the same for subtract."""
    a, b = case.amount(size), case.amount(more)
    calendar, start = case.calendar, case.start
    assert calendar.add(calendar.add(start, a), b) == calendar.add(start, a + b)
    assert calendar.subtract(calendar.subtract(start, a), b) == calendar.subtract(start, a + b)


@given(cases(), shifts, shifts)
def test_between_is_additive_and_signed(case: Case, one: timedelta, other: timedelta) -> None:
    """What lies between a and c is what lies between a and b and b and c; reversed, its minus."""
    calendar = case.calendar
    a, b, c = case.start, case.start + one, case.start + other
    assert calendar.between(a, c) == calendar.between(a, b) + calendar.between(b, c)
    assert calendar.between(a, b) == -calendar.between(b, a)
    assert calendar.between(a, a) == timedelta(0)
    assert abs(calendar.between(a, b)) <= abs(b - a)
    assert calendar.between(a, b) * (1 if a <= b else -1) >= timedelta(0)


@fewer
@given(cases(), shifts, sizes, sizes)
def test_later_or_more_never_ends_earlier(
    case: Case, shift: timedelta, size: Size, more: Size
) -> None:
    """Sums are monotone in the start; in the amount strictly so. Differences are, mirrored."""
    a, b = case.amount(size), case.amount(more)
    calendar, early, late = case.calendar, *sorted([case.start, case.start + shift])
    for edge in ("close", "next_open"):
        assert calendar.add(early, a, edge=edge) <= calendar.add(late, a, edge=edge)
    assert calendar.subtract(early, a) <= calendar.subtract(late, a)
    assert calendar.add(early, a) < calendar.add(early, a + b)
    assert calendar.subtract(early, a + b) < calendar.subtract(early, a)


@given(cases(), sizes)
def test_a_sum_is_the_earliest_and_a_difference_the_latest(case: Case, size: Size) -> None:
    """A microsecond before the sum, the amount is not used up; after the difference, neither."""
    amount = case.amount(size)
    end = case.calendar.add(case.start, amount)
    assert case.calendar.between(case.start, end - MICRO) == amount - MICRO
    begin = case.calendar.subtract(case.start, amount)
    assert case.calendar.between(begin + MICRO, case.start) == amount - MICRO


@given(cases(), sizes)
def test_subtract_mirrors_add(case: Case, size: Size) -> None:
    """There and back again ends where it began, or is parted from it by closed time only."""
    amount = case.amount(size)
    calendar, start = case.calendar, case.start
    back = calendar.subtract(calendar.add(start, amount), amount)
    assert back >= start
    assert not calendar.between(start, back)
    forth = calendar.add(calendar.subtract(start, amount), amount)
    assert forth <= start
    assert not calendar.between(forth, start)


@given(cases(), shifts, sizes)
def test_zero_is_the_origin_and_negative_is_the_other_way(
    case: Case, shift: timedelta, size: Size
) -> None:
    """Adding nothing answers the start, open or not; a negative amount is subtracted."""
    amount, calendar, start = case.amount(size), case.calendar, case.start + shift
    assert calendar.add(start, timedelta(0)) == calendar.subtract(start, timedelta(0)) == start
    assert calendar.add(start, timedelta(0), edge="next_open") == start
    assert calendar.add(start, -amount) == calendar.subtract(start, amount)
    assert calendar.subtract(start, -amount) == calendar.add(start, amount)
    beyond = calendar.add(start, -amount, edge="next_open")
    assert beyond == calendar.subtract(start, amount, edge="prev_close")


@given(cases(), sizes)
def test_the_other_edge_is_the_next_open_of_the_sum(case: Case, size: Size) -> None:
    """``edge="next_open"`` moves a sum only from a close; ``prev_close`` one only from an open."""
    amount, calendar = case.amount(size), case.calendar
    end = calendar.add(case.start, amount)
    assert calendar.add(case.start, amount, edge="next_open") == calendar.next_open(end)
    begin = calendar.subtract(case.start, amount)
    opens = not calendar.is_open(begin - MICRO)
    wanted = calendar.prev_close(begin) if opens else begin
    assert calendar.subtract(case.start, amount, edge="prev_close") == wanted


@fewer
@given(cases(), shifts)
def test_opens_and_closes_bound_the_windows(case: Case, shift: timedelta) -> None:
    """Half open: the opening instant is in, the closing one is not; between them no change."""
    calendar, at = case.calendar, case.start + shift
    opened = calendar.next_open(at)
    assert opened >= at
    assert calendar.is_open(opened)
    assert not calendar.between(at, opened)
    assert calendar.next_open(opened) == opened
    if case.weekly < timedelta(days=7):
        closed = calendar.prev_close(at)
        assert closed <= at
        assert not calendar.is_open(closed)
        assert calendar.is_open(closed - MICRO)
        assert calendar.next_close(closed - MICRO) == closed
        assert calendar.next_close(closed) > closed
        assert calendar.prev_close(closed) == closed > calendar.prev_close(closed - MICRO)


@fewer
@given(cases(), shifts, sizes)
def test_numbers_answer_as_datetimes_do(case: Case, shift: timedelta, size: Size) -> None:
    """The epoch verbs on whole microseconds are the verbs on datetimes, exactly."""
    amount, calendar, epoch = case.amount(size), case.calendar, case.calendar.epoch
    start, other = micros(case.start), case.start + shift
    number = amount // MICRO
    for edge in ("close", "next_open"):
        found = calendar.add(case.start, amount, edge=edge)
        assert epoch.add(start, number, edge=edge) == micros(found)
    for side in ("open", "prev_close"):
        found = calendar.subtract(case.start, amount, edge=side)
        assert epoch.subtract(start, number, edge=side) == micros(found)
    assert epoch.between(start, micros(other)) == calendar.between(case.start, other) // MICRO
    assert epoch.is_open(micros(other)) == calendar.is_open(other)
    assert epoch.next_open(micros(other)) == micros(calendar.next_open(other))
    windows = [(micros(w.open), micros(w.close)) for w in calendar.windows(case.start, other)]
    assert list(epoch.windows(start, micros(other))) == windows
    assert epoch.day_of(start) == calendar.local_date(case.start.astimezone(UTC)).toordinal()
