"""Years put together into one line of windows with running totals, for bisection.

The whole arithmetic of business time is here. ``worked(t)`` is the open time from the beginning
of the track until *t*; between two instants lies the difference, and a sum ends where ``worked``
has grown by the amount. All of it is whole microseconds, so nothing is ever rounded.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from workorder.sla.year import Year
from workorder.sla.zones import DAY, EPOCH_DAY, Offsets, fixed

BEFORE_ALL = -(1 << 62)
"""The instant of the window of no length that stands before all others, so that every instant
has a window at or before it."""


class Track:
    """Windows of some years on end. Never changed once made.

    Attributes:
        first_year, last_year: the years it was made of.
        lo, hi: instants for which it has an answer: ``lo <= t < hi``.
        opens, closes: merged windows; touching ones are one.
        starts, ends: open time before, and until the end of, each window.
        base: ``starts - opens``: what to add to an instant inside to get ``worked``.
        days, day_opens, day_closes: dates that have windows, first open and last close of each.
        estimated: dates that are not official yet.
        offsets: of the zone over these years.
    """

    __slots__ = (
        "base",
        "closes",
        "day_closes",
        "day_opens",
        "days",
        "ends",
        "epochs",
        "estimated",
        "first_year",
        "hi",
        "last_year",
        "lo",
        "offsets",
        "opens",
        "starts",
    )

    def __init__(self, years: Mapping[int, Year]) -> None:
        ordered = [years[each] for each in sorted(years)]
        self.first_year, self.last_year = min(years), max(years)
        self.offsets = _joined([year.offsets for year in ordered])
        first = (ordered[0].first - EPOCH_DAY) * DAY
        end = (date(self.last_year + 1, 1, 1).toordinal() - EPOCH_DAY) * DAY
        # What 31 December before left open past midnight is not known here.
        self.lo = self.offsets.utc(first + DAY)
        self.hi = self.offsets.utc(end)
        self.estimated = [day for year in ordered for day in year.estimated]
        self.opens, self.closes = _merged(ordered)
        self._total()
        self._by_day(ordered)
        # From these, one sum makes the datetime to show.
        self.epochs = [datetime.fromtimestamp(0, fixed(each)) for each in self.offsets.offsets]

    def _total(self) -> None:
        total = 0
        self.starts, self.ends, self.base = [], [], []
        for opened, closed in zip(self.opens, self.closes, strict=True):
            self.starts.append(total)
            self.base.append(total - opened)
            total += closed - opened
            self.ends.append(total)

    def _by_day(self, years: Sequence[Year]) -> None:
        first: dict[int, int] = {}
        last: dict[int, int] = {}
        for year in years:
            for opened, closed, day in zip(year.opens, year.closes, year.days, strict=True):
                if day not in first:
                    first[day], last[day] = opened, closed
                else:
                    first[day], last[day] = min(first[day], opened), max(last[day], closed)
        self.days = sorted(first)
        self.day_opens = [first[day] for day in self.days]
        self.day_closes = [last[day] for day in self.days]

    def worked(self, instant: int) -> int:
        """Open time from the beginning until *instant*."""
        number = bisect_right(self.opens, instant) - 1
        return min(instant, self.closes[number]) + self.base[number]

    def close_of(self, day: int) -> int | None:
        """The last close of the date with ordinal *day*; None when it has no window."""
        place = bisect_left(self.days, day)
        if place < len(self.days) and self.days[place] == day:
            return self.day_closes[place]
        return None

    def shown(self, instant: int) -> datetime:
        """*instant* in local time, with the offset of that moment."""
        at = self.offsets.at
        epoch = self.epochs[bisect_right(at, instant)] if at else self.epochs[0]
        return epoch + timedelta(0, 0, instant)


def _joined(parts: Sequence[Offsets]) -> Offsets:
    """The offsets of neighbouring years, which overlap by some days."""
    at: list[int] = []
    offsets = [parts[0].offsets[0]]
    for part in parts:
        for number, change in enumerate(part.at):
            if not at or change > at[-1]:
                at.append(change)
                offsets.append(part.offsets[number + 1])
    return Offsets(at, offsets)


def _merged(years: Sequence[Year]) -> tuple[list[int], list[int]]:
    # Not in order where a night that a break has cut in two meets the hours of the next date.
    windows = sorted(
        (opened, closed)
        for year in years
        for opened, closed in zip(year.opens, year.closes, strict=True)
    )
    opens, closes = [BEFORE_ALL], [BEFORE_ALL]
    closing = BEFORE_ALL
    for opened, closed in windows:
        if opened > closing:
            opens.append(opened)
            closes.append(closed)
            closing = closed
        elif closed > closing:
            closes[-1] = closing = closed
    return opens, closes
