"""Union, intersection and difference of calendars: sets of minutes, whatever the zones."""

from collections.abc import Callable
from datetime import timedelta
from operator import and_, or_, sub

from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st

from tests.sla.oracle import Plain, Walk, instant_of, minute_of
from tests.sla.strategies import Case, Size, built, cases, couples, fewer, sizes
from workorder.sla import BusinessCalendar, Calendar

DAY = timedelta(days=1)
near = st.integers(-3 * 1440, 3 * 1440)

How = tuple[Callable[[Calendar, Calendar], Calendar], Callable[[bool, bool], bool]]
"""How calendars are put together, and the same of one minute."""
COMBINATIONS: tuple[How, ...] = ((or_, or_), (and_, and_), (sub, lambda a, b: a and not b))
combinations = st.sampled_from(COMBINATIONS)


@frozen
class Pair:
    """Two calendars, and an instant near the special dates of both."""

    case: Case
    plain: Plain
    other: BusinessCalendar

    @property
    def walks(self) -> tuple[Walk, Walk]:
        """The oracle's line of minutes of each."""
        start = self.case.minute
        return Walk.around(self.case.plain, start, days=7), Walk.around(self.plain, start, days=7)

    def combined(self, how: How) -> tuple[Calendar, Walk]:
        """Both put together, by the library and by the oracle."""
        combine, choose = how
        first, second = self.walks
        return combine(self.case.calendar, self.other), first.with_other(second, choose)


def _pair(couple: tuple[Case, Plain]) -> Pair:
    return Pair(*couple, built(couple[1]))


pairs = couples().map(_pair)


def runs(calendar: Calendar, pair: Pair) -> list[tuple[int, int]]:
    """The windows of a calendar around the instant of a pair, in minutes."""
    start, end = pair.case.start - 6 * DAY, pair.case.start + 6 * DAY
    found = calendar.windows(start, end)
    return [(minute_of(each.open), minute_of(each.close)) for each in found]


def open_time(calendar: Calendar, pair: Pair) -> timedelta:
    """Open time around the instant of a pair."""
    return calendar.between(pair.case.start - 6 * DAY, pair.case.start + 6 * DAY)


@fewer
@given(pairs, combinations, near)
def test_a_combination_is_open_minute_by_minute(pair: Pair, how: How, shift: int) -> None:
    """Open in the union when either is, in the intersection when both are, in the difference when
    the first is and the second is not, at every minute of twelve days.
    """
    combined, walk = pair.combined(how)
    at = pair.case.minute + shift
    begin, end = pair.case.minute - 6 * 1440, pair.case.minute + 6 * 1440
    assert runs(combined, pair) == walk.windows(begin, end)
    assert combined.is_open(instant_of(at)) == walk.is_open(at)
    wanted = walk.next_open(at)
    if wanted is not None:
        assert minute_of(combined.next_open(instant_of(at))) == wanted


@fewer
@given(pairs, combinations, st.integers(0, 1 << 16))
def test_sums_in_a_combination_end_where_the_oracle_has_walked_to(
    pair: Pair, how: How, draw: int
) -> None:
    """Adding and subtracting in a combination is walking its minutes."""
    combined, walk = pair.combined(how)
    start = pair.case.minute
    ahead, behind = walk.between(start, walk.end), walk.between(walk.begin, start)
    if ahead:
        amount = 1 + draw % ahead
        found = combined.add(pair.case.start, timedelta(minutes=amount))
        assert minute_of(found) == walk.add(start, amount)
    if behind:
        amount = 1 + draw % behind
        found = combined.subtract(pair.case.start, timedelta(minutes=amount))
        assert minute_of(found) == walk.subtract(start, amount)


Identity = Callable[[Calendar, Calendar], tuple[Calendar, Calendar]]
IDENTITIES: tuple[Identity, ...] = (
    lambda a, b: (a | b, b | a),
    lambda a, b: (a & b, b & a),
    lambda a, _: (a | a, a),
    lambda a, _: (a & a, a),
    lambda a, b: (a - b, a - (a & b)),
    lambda a, b: ((a - b) | (a & b), a),
    lambda a, b: ((a | b) - b, a - b),
    lambda a, b: (a & (a | b), a | (a & b)),
)


@fewer
@given(pairs, st.sampled_from(IDENTITIES))
def test_the_identities_of_sets_hold(pair: Pair, identity: Identity) -> None:
    """Union and intersection commute, are idempotent and absorb; a difference takes away only
    what is shared.
    """
    one, same = identity(pair.case.calendar, pair.other)
    assert runs(one, pair) == runs(same, pair)


@fewer
@given(cases())
def test_a_calendar_without_itself_never_opens(case: Case) -> None:
    """What is taken from itself is nothing at all."""
    nothing = case.calendar - case.calendar
    assert list(nothing.windows(case.start - 6 * DAY, case.start + 6 * DAY)) == []
    assert not nothing.is_open(case.start)


@fewer
@given(pairs)
def test_open_time_adds_up_over_a_combination(pair: Pair) -> None:
    """Either is one and the other without what they share; the difference lacks what they share."""
    a, b = pair.case.calendar, pair.other
    shared = open_time(a & b, pair)
    assert open_time(a | b, pair) == open_time(a, pair) + open_time(b, pair) - shared
    assert open_time(a - b, pair) == open_time(a, pair) - shared


@fewer
@given(pairs, sizes)
def test_a_combination_keeps_the_laws_of_sums(pair: Pair, size: Size) -> None:
    """What was added to a union lies between, and comes no later than in either alone."""
    case, union = pair.case, pair.case.calendar | pair.other
    amount = case.amount(size)
    end = union.add(case.start, amount)
    assert union.between(case.start, end) == amount
    assert union.add(case.start, amount, edge="next_open") == union.next_open(end)
    assert end <= case.calendar.add(case.start, amount)
    assert union.subtract(case.start, amount) >= case.calendar.subtract(case.start, amount)


@fewer
@given(pairs, st.booleans())
def test_the_dates_of_a_combination_are_those_of_its_windows(pair: Pair, minus: bool) -> None:
    """In an intersection or a difference, a date works when anything of its windows is left; the
    windows shown for the dates are, together, those of the whole.
    """
    combined, shared = pair.case.calendar & pair.other, True
    if minus:
        combined, shared = pair.case.calendar - pair.other, False
    walk = pair.walks[1]
    for shift in range(-3, 4):
        day = pair.case.local + shift * DAY
        left = sum(
            walk.is_open(minute) == shared
            for opened, closed in pair.case.plain.windows(day)
            for minute in range(opened, closed)
        )
        shown = combined.day(day).windows
        assert combined.is_working_day(day) == bool(left) == bool(shown)
        assert sum((each.length for each in shown), timedelta(0)) == timedelta(minutes=left)


@fewer
@given(pairs, combinations)
def test_every_window_of_a_combination_belongs_to_a_date(pair: Pair, how: How) -> None:
    """The windows of the dates, put together, are the windows of the whole: none is lost."""
    begin, end = pair.case.minute - 4 * 1440, pair.case.minute + 4 * 1440
    combined, walk = pair.combined(how)
    line = bytearray(end - begin)
    for shift in range(-7, 7):
        for window in combined.day(pair.case.local + shift * DAY).windows:
            opened, closed = minute_of(window.open), minute_of(window.close)
            for minute in range(max(opened, begin), min(closed, end)):
                line[minute - begin] = 1
    assert Walk(begin, bytes(line)).windows(begin, end) == walk.windows(begin, end)
