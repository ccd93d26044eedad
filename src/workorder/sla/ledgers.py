"""Making ledgers: of due dates, and of the open time between two instants."""

from bisect import bisect_left
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from attrs import evolve

from workorder.durations import Dated, Earliest, Latest, Weeks, Working, WorkingDays
from workorder.sla.due import Due, Note
from workorder.sla.ledger import Ledger, Row
from workorder.sla.reasons import Reason, Why
from workorder.sla.verbs import Calendar, instant_of
from workorder.sla.zones import DAY, EPOCH_DAY, MICROSECOND

_ONE = timedelta(days=1)
_NOTHING = timedelta(0)
_RECEIPT, _BEFORE, _OUTSIDE = Reason(Why.RECEIPT), Reason(Why.BEFORE), Reason(Why.OUTSIDE)


def due_ledger(due: Due, calendar: Calendar, roll_by: Calendar | None) -> Ledger:
    """How *due* came about."""
    if isinstance(due.duration, Earliest | Latest):
        chosen = next(part for part in due.parts if part.instant == due.instant)
        return evolve(due_ledger(chosen, calendar, roll_by), due=due, provisional=due.provisional)
    if isinstance(due.duration, Working):
        made = between_ledger(calendar, due.start, due.instant)
        return evolve(made, due=due, end=due.instant, provisional=due.provisional)
    if due.days is None:
        span = due.instant - due.start
        first = calendar.local_date(due.start)
        row = Row(first, due.last_day, due.start, due.instant, span, span, Reason(Why.ELAPSED))
        return Ledger("time", due.start, due.instant, (row,), due.provisional, due, calendar)
    rows = [*_days(due, calendar), *_rolled(due, roll_by or calendar)]
    running = 0
    totalled = []
    for row in rows:
        assert isinstance(row.counted, int)  # noqa: S101 (rows of days count days)
        running += row.counted
        totalled.append(evolve(row, total=running))
    return Ledger("days", due.start, due.instant, tuple(totalled), due.provisional, due, calendar)


# --- time -----------------------------------------------------------------------------------


def between_ledger(calendar: Calendar, start: datetime, until: datetime) -> Ledger:
    """The open time from *start* until *until*, window by window; backwards it is negative."""
    begin, end = instant_of(start, "start"), instant_of(until, "until")
    first, last = sorted((begin, end))
    through = last - 1 if last > first else last
    calendar.epoch.publish(calendar.epoch.first_day(first), calendar.epoch.day_of(through))
    sign = 1 if begin <= end else -1
    total = _NOTHING
    rows: list[Row] = []
    for row in _windows(calendar, min(begin, end), max(begin, end)):
        assert isinstance(row.counted, timedelta)  # noqa: S101 (rows of time count time)
        total += sign * row.counted
        rows.append(evolve(row, counted=sign * row.counted, total=total))
    shown = calendar.epoch.track(end, calendar.epoch.track(begin)).shown
    epoch = calendar.epoch
    provisional = epoch.provisional(epoch.first_day(first), epoch.day_of(max(first, last - 1)))
    return Ledger(
        "time",
        shown(begin),
        shown(end),
        tuple(rows),
        provisional,
        None,
        calendar,
    )


def _windows(calendar: Calendar, begin: int, end: int) -> list[Row]:
    """What is open from *begin* until *end*, and the dates that are not."""
    epoch = calendar.epoch
    shown = epoch.track(end, epoch.track(begin)).shown
    first, last = epoch.day_of(begin), epoch.day_of(end - 1 if end > begin else end)
    found: list[tuple[int, int, int]] = []
    rows: list[tuple[int, Row]] = []
    # A window past midnight of the day before may still be open.
    for number in range(first - 1, last + 1):
        windows = [(opened, closed, number) for opened, closed in _of_day(calendar, number)]
        found += windows
        if number >= first and not any(o < end and begin < c for o, c, _ in windows):
            midnight = epoch.track_of_day(number).offsets.utc((number - EPOCH_DAY) * DAY)
            row = _row(calendar, number, None, None, _NOTHING)
            rows.append((midnight, evolve(row, reason=_OUTSIDE) if windows else row))
    reached = begin
    for opened, closed, number in sorted(found):
        here, there = max(opened, reached), min(closed, end)
        if here < there:
            reached = there
            amount = (there - here) * MICROSECOND
            rows.append((here, _row(calendar, number, shown(here), shown(there), amount)))
    rows.sort(key=lambda placed: placed[0])
    return [row for _, row in rows]


def _row(
    calendar: Calendar,
    number: int,
    start: datetime | None,
    end: datetime | None,
    amount: timedelta,
) -> Row:
    day = date.fromordinal(number)
    provisional = calendar.epoch.provisional(number, number)
    return Row(day, day, start, end, amount, _NOTHING, calendar.reason(day), provisional)


def _of_day(calendar: Calendar, number: int) -> Iterator[tuple[int, int]]:
    """The windows that belong to a date."""
    year = calendar.epoch.year(date.fromordinal(number).year)
    place = bisect_left(year.days, number)
    while place < len(year.days) and year.days[place] == number:
        yield year.opens[place], year.closes[place]
        place += 1


# --- days -----------------------------------------------------------------------------------


def _days(due: Due, calendar: Calendar) -> Iterator[Row]:
    days, duration = due.days, due.duration
    assert days is not None  # noqa: S101 (asked only of durations in days)
    assert isinstance(duration, Dated)  # noqa: S101
    if isinstance(duration, WorkingDays):
        yield from _working_days(due, calendar, duration.number)
        return
    first = days.zero if duration.include_start else days.zero + _ONE
    if Note.DAY_OVER in due.notes:
        # The last days are those that count, however many were over already.
        number = duration.number * (7 if isinstance(duration, Weeks) else 1)
        first = days.counted + _ONE - timedelta(days=number)
    first = min(first, days.counted + _ONE)
    if days.received < first:
        yield Row(days.received, days.received, None, None, 0, 0, _RECEIPT)
    if days.received + _ONE < first:
        yield Row(days.received + _ONE, first - _ONE, None, None, 0, 0, _BEFORE)
    if first <= days.counted:
        count = (days.counted - first).days + 1
        yield Row(first, days.counted, None, None, count, 0, Reason(Why.CALENDAR))


def _working_days(due: Due, calendar: Calendar, number: int) -> Iterator[Row]:
    """Each date from receipt to the last counted; of the working days, the last ones count."""
    days = due.days
    assert days is not None  # noqa: S101
    span = [
        days.received + timedelta(days=n) for n in range((days.counted - days.received).days + 1)
    ]
    worked = [day for day in span if calendar.epoch.has_windows(day.toordinal())]
    counted = set(worked[len(worked) - number :]) if number else set()
    open_days = set(worked)
    for day in span:
        provisional = calendar.epoch.provisional(day.toordinal(), day.toordinal())
        before = day in open_days and day not in counted and day != days.counted
        reason = calendar.reason(day)
        if before:
            reason = _RECEIPT if day == days.received else _BEFORE
        yield Row(day, day, None, None, int(day in counted), 0, reason, provisional)


def _rolled(due: Due, roller: Calendar) -> Iterator[Row]:
    """The dates over which the last day rolled."""
    days = due.days
    assert days is not None  # noqa: S101
    step = _ONE if days.last > days.counted else -_ONE
    day = days.counted
    while day != days.last:
        provisional = roller.epoch.provisional(day.toordinal(), day.toordinal())
        yield Row(day, day, None, None, 0, 0, roller.reason(day), provisional)
        day += step
