"""Ledgers: every line counted adds up, every date is accounted for, and the lines are in order."""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from operator import and_, or_, sub

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from tests.sla.days_oracle import Rules
from tests.sla.duration_strategies import duration, rules
from tests.sla.oracle import Plain
from tests.sla.strategies import Case, Size, built, cases, couples, fewer, sizes
from workorder.sla import (
    BusinessCalendar,
    Calendar,
    DayKind,
    Earliest,
    Latest,
    Ledger,
    ListedHolidays,
    Note,
    Row,
    SourceDay,
    Why,
    Working,
)
from workorder.sla.epoch import ForwardEdge

DAY = timedelta(days=1)
MICRO = timedelta(microseconds=1)
NOTHING = timedelta(0)
shifts = st.timedeltas(timedelta(days=-6), timedelta(days=6))


def times(rows: tuple[Row, ...]) -> timedelta:
    """The sum of what lines of time count, added up here."""
    total = NOTHING
    for row in rows:
        assert isinstance(row.counted, timedelta)
        total += row.counted
        assert row.total == total
    return total


def in_order(ledger: Ledger) -> bool:
    """Whether no line begins before the one above it ends."""
    reached = ledger.start
    for row in ledger.rows:
        if row.start is not None and row.end is not None:
            if not reached <= row.start < row.end:
                return False
            reached = row.end
    return reached <= ledger.end


def accounted(ledger: Ledger, calendar: Calendar) -> bool:
    """Whether each date of which nothing is in question has one line, and no other date has."""
    first = calendar.local_date(ledger.start)
    last = calendar.local_date(max(ledger.start, ledger.end - MICRO))
    whole = [row.day for row in ledger.rows if row.start is None]
    counted = {row.day for row in ledger.rows if row.start is not None}
    if len(set(whole)) != len(whole) or counted & {*whole}:
        return False
    days = [first + number * DAY for number in range((last - first).days + 1)]
    return whole == [day for day in days if not in_question(calendar, ledger, day)]


def in_question(calendar: Calendar, ledger: Ledger, day: date) -> bool:
    """Whether any window of *day* reaches into the time of the ledger."""
    begin, end = sorted((ledger.start, ledger.end))
    return any(each.open < end and begin < each.close for each in calendar.day(day).windows)


@given(cases(), sizes, st.sampled_from(["close", "next_open"]))
def test_a_ledger_of_working_time_adds_up_to_the_duration(
    case: Case, size: Size, edge: ForwardEdge
) -> None:
    """The lines of a due date in working time sum up to its amount, to the microsecond."""
    amount = case.amount(size)
    due = case.calendar.due(case.start, Working(amount, edge=edge))
    ledger = due.ledger
    assert times(ledger.rows) == ledger.total == amount
    assert ledger.end == due.instant
    assert in_order(ledger)
    assert accounted(ledger, case.calendar)


@given(cases(), shifts)
def test_a_ledger_between_two_instants_is_what_lies_between(case: Case, shift: timedelta) -> None:
    """Forward and backward, the lines sum up to ``between``, and are the windows."""
    calendar, until = case.calendar, case.start + shift
    ledger = calendar.explain(case.start, until=until)
    assert times(ledger.rows) == ledger.total == calendar.between(case.start, until)
    begin, end = min(case.start, until), max(case.start, until)
    spans = [(row.start, row.end) for row in ledger.rows if row.start is not None]
    merged: list[list[object]] = []
    for opened, closed in spans:
        if merged and merged[-1][1] == opened:
            merged[-1][1] = closed
        else:
            merged.append([opened, closed])
    assert merged == [[w.open, w.close] for w in calendar.windows(begin, end)]
    if shift >= NOTHING:
        assert in_order(ledger)
        assert accounted(ledger, calendar)


@fewer
@given(couples(), st.sampled_from([or_, and_, sub]), shifts)
def test_a_ledger_of_a_combination_adds_up(
    couple: tuple[Case, Plain], combine: Callable[[Calendar, Calendar], Calendar], shift: timedelta
) -> None:
    """The lines of a combination sum up as well, whichever calendar they come from."""
    case, plain = couple
    combined = combine(case.calendar, built(plain))
    ledger = combined.explain(case.start, until=case.start + shift)
    assert times(ledger.rows) == combined.between(case.start, case.start + shift)


@fewer
@given(cases(), sizes, st.integers(-2, 6), st.integers(-3, 3))
def test_a_ledger_is_provisional_when_its_due_date_is(
    case: Case, size: Size, through: int, shift: int
) -> None:
    """A due date and its ledger agree on whether they depend on dates that are not official."""
    estimated = SourceDay(DayKind.HOLIDAY, estimated=True)
    source = ListedHolidays(
        [(case.local + shift * DAY, estimated)], published_through=case.local + through * DAY
    )
    due = evolve(case.calendar, holidays=source).due(case.start, Working(case.amount(size)))
    assert due.ledger.provisional == due.provisional


def test_a_date_that_adds_no_line_still_makes_a_ledger_provisional() -> None:
    """Received on Thursday after hours, the day after an estimated holiday: the holiday may come a
    day later, so the due date is provisional, and so is its ledger.
    """
    source = ListedHolidays([(date(2026, 6, 3), SourceDay(estimated=True))])
    desk = BusinessCalendar("UTC", "Mo-Fr 09:00-17:00", source)
    due = desk.due(datetime(2026, 6, 4, 18, tzinfo=UTC), Working(timedelta(hours=1)))
    assert [(row.day, row.reason.why) for row in due.ledger.rows] == [
        (date(2026, 6, 4), Why.OUTSIDE),
        (date(2026, 6, 5), Why.WEEKLY),
    ]
    assert due.provisional
    assert due.ledger.provisional
    assert desk.explain(due.start, until=due.instant).provisional


def dates(rows: Iterable[Row]) -> list[date]:
    """Every date of some lines, one after the other."""
    return [
        row.day + number * DAY
        for row in rows
        for number in range((row.last_day - row.day).days + 1)
    ]


@fewer
@given(couples(), rules())
def test_a_ledger_of_days_accounts_for_every_date(couple: tuple[Case, Plain], plain: Rules) -> None:
    """From the day of receipt to the last day counted, every date has one line, in order. Where
    the last day rolled, the dates rolled over follow, the first of them a second time.
    """
    case, roller = couple
    due = case.calendar.due(case.start, duration(plain), roll_by=built(roller))
    assert due.days is not None
    received, counted, last = due.days.received, due.days.counted, due.days.last
    length = (counted - received).days + 1
    found = dates(due.ledger.rows)
    assert found[:length] == [received + number * DAY for number in range(length)]
    step = DAY if last > counted else -DAY
    assert found[length:] == [
        counted + number * step for number in range(abs((last - counted).days))
    ]


@given(cases(), rules())
def test_a_ledger_of_days_adds_up_to_the_number(case: Case, plain: Rules) -> None:
    """Working days, and calendar days, sum up to the number asked for; weeks to seven each."""
    due = case.calendar.due(case.start, duration(plain))
    total = 0
    for row in due.ledger.rows:
        assert isinstance(row.counted, int)
        total += row.counted
        assert row.total == total
    assert due.days is not None
    if plain.kind == "working":
        assert total == plain.number
    elif Note.DAY_OVER not in due.notes:
        wanted = (due.days.counted - due.days.zero).days + plain.include_start
        known = {"calendar": plain.number, "weeks": 7 * plain.number}
        assert total == wanted == known.get(plain.kind, wanted)


@fewer
@given(cases(), sizes, rules())
def test_the_ledger_of_a_choice_is_that_of_the_chosen(case: Case, size: Size, plain: Rules) -> None:
    """The earliest, or latest, of several explains the one that it took."""
    parts = (Working(case.amount(size)), duration(plain))
    for choice in (Earliest(*parts), Latest(*parts)):
        due = case.calendar.due(case.start, choice)
        assert due.ledger.due == due
        chosen = next(each for each in due.parts if each.instant == due.instant)
        assert due.ledger.rows == chosen.ledger.rows
        assert due.ledger.end == due.instant
