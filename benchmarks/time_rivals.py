"""Business time by other means: libraries, the loop that hosts write, and bare bisection.

Everybody counts Monday to Friday, 09:00-12:00 and 13:30-18:00 in Shanghai, with China's holidays,
each as its own documentation would have it; what it cannot say is left out, and the report tells
how many answers differ for it. What each needs (naive local times, offsets of so many hours) is
made beforehand and not counted.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta, timezone
from itertools import accumulate
from typing import Any
from zoneinfo import ZoneInfo

import holidays
import numpy as np
import pandas as pd
import pytz
from business_duration import businessDuration
from businesstimedelta import HolidayRule, LunchTimeRule, Rules, WorkDayRule
from pandas.tseries.offsets import CustomBusinessHour

ZONE = ZoneInfo("Asia/Shanghai")
HOURS = ((time(9), time(12)), (time(13, 30), time(18)))
YEARS = range(2024, 2029)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
ONE = timedelta(days=1)

Add = Callable[[Any, Any], Any]


def china() -> Any:
    """China's holidays by the ``holidays`` package; the years a ticket may touch."""
    return holidays.country_holidays("CN", years=YEARS)


# --- the loop that hosts write ----------------------------------------------------------------


def hand_add(known: Any) -> Add:
    """Day by day, asking ``is_working_day``."""

    def add(start: datetime, amount: timedelta) -> datetime:
        at = start.astimezone(ZONE)
        day = at.date()
        while True:
            if known.is_working_day(day):
                for begin, end in HOURS:
                    opened = max(at, datetime.combine(day, begin, ZONE))
                    room = datetime.combine(day, end, ZONE) - opened
                    if room >= amount:
                        return opened + amount
                    amount -= max(room, timedelta(0))
            day += ONE

    return add


def hand_between(known: Any) -> Add:
    """Day by day, asking ``is_working_day``."""

    def between(start: datetime, end: datetime) -> timedelta:
        start, end = start.astimezone(ZONE), end.astimezone(ZONE)
        total = timedelta(0)
        day = start.date()
        while day <= end.date():
            if known.is_working_day(day):
                for begin, close in HOURS:
                    opened = max(start, datetime.combine(day, begin, ZONE))
                    closed = min(end, datetime.combine(day, close, ZONE))
                    total += max(closed - opened, timedelta(0))
            day += ONE
        return total

    return between


# --- bare bisection ---------------------------------------------------------------------------


class Floor:
    """Two bisections in prefix sums, and nothing else: no checks, no horizon, no years to come.

    Args:
        known: who says which days are worked.
        first, last: the dates it holds windows for.
    """

    def __init__(self, known: Any, first: date, last: date) -> None:
        days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        windows = [
            tuple(_micros(datetime.combine(day, edge, ZONE)) for edge in span)
            for day in days
            if known.is_working_day(day)
            for span in HOURS
        ]
        self.opens = [opened for opened, _ in windows]
        self.closes = [closed for _, closed in windows]
        self.ends = list(accumulate(closed - opened for opened, closed in windows))
        self.base = [end - closed for end, closed in zip(self.ends, self.closes, strict=True)]

    def on_integers(self) -> tuple[Add, Add]:
        """``add`` and ``between`` on microseconds."""
        opens, closes, ends, base = self.opens, self.closes, self.ends, self.base

        def add(start: int, amount: int) -> int:
            number = bisect_right(opens, start) - 1
            closing = closes[number]
            target = (start if start < closing else closing) + base[number] + amount  # noqa: FURB136
            return target - base[bisect_left(ends, target)]

        def between(start: int, end: int) -> int:
            number = bisect_right(opens, end) - 1
            closing = closes[number]
            until = (end if end < closing else closing) + base[number]  # noqa: FURB136
            number = bisect_right(opens, start) - 1
            closing = closes[number]
            return until - (start if start < closing else closing) - base[number]  # noqa: FURB136

        return add, between

    def on_datetimes(self) -> tuple[Add, Add]:
        """The same on aware datetimes; answers in Shanghai's time."""
        opens, closes, ends, base = self.opens, self.closes, self.ends, self.base
        epoch = EPOCH.astimezone(timezone(timedelta(hours=8)))

        def add(start: datetime, amount: timedelta) -> datetime:
            begun = (start - EPOCH) // MICROSECOND
            number = bisect_right(opens, begun) - 1
            closing = closes[number]
            target = (begun if begun < closing else closing) + base[number]  # noqa: FURB136
            target += amount // MICROSECOND
            return epoch + timedelta(0, 0, target - base[bisect_left(ends, target)])

        def between(start: datetime, end: datetime) -> timedelta:
            ended = (end - EPOCH) // MICROSECOND
            number = bisect_right(opens, ended) - 1
            closing = closes[number]
            until = (ended if ended < closing else closing) + base[number]  # noqa: FURB136
            begun = (start - EPOCH) // MICROSECOND
            number = bisect_right(opens, begun) - 1
            closing = closes[number]
            worked = (begun if begun < closing else closing) + base[number]  # noqa: FURB136
            return timedelta(0, 0, until - worked)

        return add, between

    def on_arrays(self) -> tuple[Add, Add]:
        """The same with ``searchsorted``."""
        opens, closes, ends, base = map(np.array, (self.opens, self.closes, self.ends, self.base))

        def add(starts: Any, amounts: Any) -> Any:
            number = np.searchsorted(opens, starts, "right") - 1
            target = np.minimum(starts, closes[number]) + base[number] + amounts
            return target - base[np.searchsorted(ends, target)]

        def between(starts: Any, until: Any) -> Any:
            number = np.searchsorted(opens, until, "right") - 1
            worked = np.minimum(until, closes[number]) + base[number]
            number = np.searchsorted(opens, starts, "right") - 1
            return worked - np.minimum(starts, closes[number]) - base[number]

        return add, between


def _micros(instant: datetime) -> int:
    return (instant - EPOCH) // MICROSECOND


# --- libraries --------------------------------------------------------------------------------


def businesstimedelta_rules(known: Any) -> Any:
    """Working days, a lunch and holidays as rules of ``businesstimedelta``."""
    zone = pytz.timezone("Asia/Shanghai")
    week = [0, 1, 2, 3, 4]
    (morning, noon), (afternoon, evening) = HOURS
    return Rules(
        [
            WorkDayRule(start_time=morning, end_time=evening, working_days=week, tz=zone),
            LunchTimeRule(start_time=noon, end_time=afternoon, working_days=week, tz=zone),
            HolidayRule(known, tz=zone),
        ]
    )


def business_duration_between(known: Any) -> Add:
    """Seconds between naive local times by ``business-duration``."""
    closed = sorted(known)
    begin, end = HOURS[0][0], HOURS[-1][1]

    def between(start: datetime, until: datetime) -> timedelta:
        found = businessDuration(start, until, begin, end, holidaylist=closed, unit="sec")
        return timedelta(seconds=float(found))

    return between


def pandas_hours(known: Any, most: int) -> Sequence[Any]:
    """``CustomBusinessHour`` of none to *most* hours."""
    begins, ends = ([f"{span[side]:%H:%M}" for span in HOURS] for side in (0, 1))
    closed = sorted(known)
    return [CustomBusinessHour(n, start=begins, end=ends, holidays=closed) for n in range(most + 1)]


def timestamp(start: datetime) -> Any:
    """A naive local time of pandas."""
    return pd.Timestamp(start.astimezone(ZONE).replace(tzinfo=None))


def busdays(known: Any) -> np.busdaycalendar:
    """Monday to Friday without the holidays, for ``numpy.busday_offset``."""
    return np.busdaycalendar("1111100", np.array(sorted(known), "datetime64[D]"))
