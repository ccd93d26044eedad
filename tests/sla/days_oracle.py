"""A second opinion on due dates in days, written apart from the library: dates in a plain loop.

Nothing of the library is imported. Instants are whole minutes since 1970-01-01T00:00Z.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tests.sla.oracle import Plain, first_shown, wall

ONE = timedelta(days=1)


@dataclass(frozen=True)
class Rules:
    """How days are counted. ``kind`` is working, calendar, weeks, months, years or cycles; ``at``
    is close, end_of_day, same_time or a minute of the day.
    """

    kind: str
    number: int
    at: str | int
    include_start: bool = False
    cut_off: int | None = None
    deemed: bool = False
    roll: str = "none"
    closing_day: int = 31


def due(plain: Plain, roller: Plain, start: int, rules: Rules) -> tuple[date, int]:
    """The last day and the due minute."""
    shown = wall(plain.zone, start)
    zero = shown.date()
    late = rules.cut_off is not None and shown.hour * 60 + shown.minute >= rules.cut_off
    if rules.kind == "working" and rules.cut_off is not None:  # banking days
        if late or not plain.works(zero):
            zero += ONE
            while not plain.works(zero):
                zero += ONE
    else:
        if late:
            zero += ONE
        while rules.deemed and not plain.works(zero):
            zero += ONE

    counted = last_counted(plain, zero, rules)
    while True:
        last = rolled(roller, counted, rules.roll)
        minute = ending(plain, last, rules.at, shown)
        if rules.at == "same_time":
            if last == zero == shown.date():
                minute = start  # the same time of the same day
            if minute >= start:
                return last, minute
        elif minute > start:
            return last, minute
        counted += ONE  # that day was over when it came in
        while rules.kind == "working" and not plain.works(counted):
            counted += ONE


def last_counted(plain: Plain, zero: date, rules: Rules) -> date:
    """Count from the day after *zero*, or from *zero* itself."""
    if rules.kind == "working":
        return working_days_on(plain, zero, rules.number, include_start=rules.include_start)
    if rules.kind == "cycles":
        return cycles_on(zero, rules.number, rules.closing_day, include_start=rules.include_start)
    if rules.kind in {"months", "years"}:
        months = rules.number * (12 if rules.kind == "years" else 1)
        return months_on(zero, months, include_start=rules.include_start)
    day = zero
    for _ in range(rules.number * (7 if rules.kind == "weeks" else 1)):
        day += ONE
    return day - ONE if rules.include_start else day


def working_days_on(plain: Plain, zero: date, number: int, *, include_start: bool) -> date:
    """The last of so many working days; of none, *zero* or the first working day after it."""
    day = zero if include_start or not number else zero + ONE
    left = max(number, 1)
    while True:
        left -= plain.works(day)
        if not left:
            return day
        day += ONE


def months_on(day: date, months: int, *, include_start: bool = False) -> date:
    """The same date of a later month, or the last date that this month has; when the first day
    counts, the date before the same date.
    """
    if include_start:
        if day.day == 1:
            return months_on(day, months, include_start=False) - ONE
        day -= ONE
    year, month = day.year, day.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    wanted = day.day
    while True:
        try:
            return date(year, month, wanted)
        except ValueError:
            wanted -= 1


def cycles_on(zero: date, number: int, closing_day: int, *, include_start: bool) -> date:
    """The end of so many whole cycles after the one that *zero* is in."""
    ends = number if include_start else number + 1
    day = zero
    while True:
        last_of_month = (day + ONE).month != day.month
        if day.day == closing_day or (last_of_month and day.day < closing_day):
            ends -= 1
            if not ends:
                return day
        day += ONE


def rolled(roller: Plain, day: date, roll: str) -> date:
    """Move on, or back, to a working day."""
    while roll != "none" and not roller.works(day):
        day += ONE if roll == "forward" else -ONE
    return day


def ending(plain: Plain, day: date, at: str | int, received: datetime) -> int:
    """The due minute of the last day."""
    midnight = datetime(day.year, day.month, day.day)
    closes = [closed for _, closed in plain.windows(day)]
    if at == "close" and closes:
        return max(closes)
    if at == "same_time":
        at = received.hour * 60 + received.minute
    minutes = at if isinstance(at, int) else 1440
    return first_shown(plain.zone, midnight + timedelta(minutes=minutes))
