"""One year of a calendar, worked out: the windows of every date in UTC, and why."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence

from attrs import frozen

from workorder.sla.reasons import Reason
from workorder.sla.week import Minutes
from workorder.sla.zones import DAY, EPOCH_DAY, MINUTE, Offsets

Told = tuple[Minutes, Reason]
"""The hours of a date that are not those of its weekday, and why."""


@frozen
class Year:
    """What a calendar does in one year of its zone.

    Dates are ordinals, instants microseconds since 1970 (UTC).

    Attributes:
        first: the ordinal of 1 January.
        opens, closes, days: the windows, date by date, with the date each belongs to. Windows of
            one date do not overlap; those of neighbouring dates may.
        told: dates that differ from the week.
        estimated: dates that are not official yet.
        offsets: of the zone, from some days before to some days after.
    """

    first: int
    opens: Sequence[int]
    closes: Sequence[int]
    days: Sequence[int]
    told: Mapping[int, Told]
    estimated: Sequence[int]
    offsets: Offsets


def windows_of(
    first: int, last: int, usual: Sequence[Minutes], told: Mapping[int, Told], offsets: Offsets
) -> tuple[list[int], list[int], list[int]]:
    """The windows of the dates *first* to *last*: opens, closes and dates, side by side.

    Dates near a change of offset are converted edge by edge, all others by one subtraction.
    """
    near = {
        day
        for number, change in enumerate(offsets.at)
        for edge in (offsets.offsets[number], offsets.offsets[number + 1])
        for day in range((change + edge) // DAY - 2, (change + edge) // DAY + 3)
    }
    opens: list[int] = []
    closes: list[int] = []
    days: list[int] = []
    weekly = [_micros(spans) for spans in usual]
    special = {day: _micros(spans) for day, (spans, _) in told.items()}
    at, known = offsets.at, offsets.offsets
    for day in range(first, last + 1):
        spans = special[day] if day in special else weekly[(day + 6) % 7]
        if not spans:
            continue
        midnight = (day - EPOCH_DAY) * DAY
        if midnight // DAY in near:
            for begin, end in spans:
                opened, closed = offsets.utc(midnight + begin), offsets.utc(midnight + end)
                if opened < closed:
                    opens.append(opened)
                    closes.append(closed)
                    days.append(day)
            continue
        midnight -= known[bisect_right(at, midnight)] if at else known[0]
        for begin, end in spans:
            opens.append(midnight + begin)
            closes.append(midnight + end)
            days.append(day)
    return opens, closes, days


def _micros(spans: Minutes) -> Minutes:
    return tuple((begin * MINUTE, end * MINUTE) for begin, end in spans)
