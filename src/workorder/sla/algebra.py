"""Two calendars as one: open when either is, when both are, or when one is and the other not.

A combination has the zone of its first calendar: in that zone its dates begin and end. A window
belongs to the date on which the window it was cut from starts.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from types import MappingProxyType
from typing import Any, Literal, get_args
from zoneinfo import ZoneInfo

from attrs import field, frozen

from workorder.errors import ConfigurationError, Finding, one_of
from workorder.sla.epoch import FIRST_YEAR, LAST_YEAR, EpochCalendar
from workorder.sla.reasons import Reason, Why
from workorder.sla.verbs import Calendar, ordinal_of
from workorder.sla.year import Year
from workorder.sla.zones import DAY, EPOCH_DAY, Offsets, offsets_between

How = Literal["union", "intersection", "minus"]
Piece = tuple[int, int, int]
"""Open, close, and the ordinal of the date."""


@frozen
class CombinedCalendar(Calendar):
    """What ``a | b``, ``a & b`` and ``a - b`` make; it can be combined further.

    Horizon and zone are those of the first; a date is official when it is so for both.

    >>> from workorder.sla import BusinessCalendar
    >>> shanghai = BusinessCalendar("Asia/Shanghai", "Mo-Fr 09:00-18:00", "CN")
    >>> london = BusinessCalendar("Europe/London", "Mo-Fr 09:00-17:00")
    >>> [str(w.open.time()) for w in (shanghai & london).day(date(2026, 6, 1)).windows]
    ['16:00:00']
    """

    how: How
    first: Calendar
    second: Calendar
    _epoch: EpochCalendar = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        found = [
            Finding(name, repr(value), "a calendar")
            for name, value in self._operands()
            if not isinstance(value, Calendar)
        ]
        if self.how not in get_args(How):
            found.append(Finding("how", repr(self.how), one_of(get_args(How), str(self.how))))
        if found:
            raise ConfigurationError(found)
        a, b = self.first.epoch, self.second.epoch
        begins = [each for each in (a.known[0], b.known[0]) if each is not None]
        ends = [each for each in (a.known[1], b.known[1]) if each is not None]
        epoch = EpochCalendar(
            self._year,
            horizon_years=a.horizon_years,
            known=(max(begins, default=None), min(ends, default=None)),
            refuses=a.refuses or b.refuses,
        )
        object.__setattr__(self, "_epoch", epoch)

    def _operands(self) -> tuple[tuple[str, object], ...]:
        return (("first", self.first), ("second", self.second))

    def __reduce__(self) -> tuple[Any, ...]:
        return CombinedCalendar, (self.how, self.first, self.second)

    @property
    def epoch(self) -> EpochCalendar:
        """The same verbs on whole microseconds since 1970-01-01T00:00Z."""
        return self._epoch

    @property
    def timezone(self) -> ZoneInfo:
        """The zone of the first calendar."""
        return self.first.timezone

    def reason(self, day: date) -> Reason:
        """Why *day* is open or closed: the word of the calendar that decided it."""
        first, second = self.first, self.second
        number = ordinal_of(day, "day")
        mine, other = first.epoch.has_windows(number), second.epoch.has_windows(number)
        open_here = self._epoch.has_windows(number)
        if self.how == "union":
            return first.reason(day) if mine or not open_here else self._of_second(number)
        if mine and not open_here:
            if self.how == "intersection" and not other:
                return second.reason(day)
            return Reason(Why.OTHER)
        return first.reason(day)

    def _of_second(self, number: int) -> Reason:
        """Why the second calendar is open in the first window of a date; there it may have
        another date.
        """
        year = self._epoch.year(date.fromordinal(number).year)
        opened = year.opens[year.days.index(number)]
        return self.second.reason(date.fromordinal(self.second.epoch.day_of(opened)))

    # --- working out a year -----------------------------------------------------------------

    def _year(self, year: int) -> Year:
        first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
        offsets = offsets_between(self.timezone, first - 3, last + 4)
        own = self.first.epoch.year(year)
        mine = list(zip(own.opens, own.closes, own.days, strict=True))
        if self.how == "union":
            both = [*self._near(year, self.first, None), *self._near(year, self.second, offsets)]
            pieces = [
                piece
                for piece in _joined([*_split(_joined(both), offsets)])
                if first <= piece[2] <= last
            ]
        elif self.how == "intersection":
            pieces = [each for piece in mine for each in _common(piece, self.second)]
        else:
            pieces = [each for piece in mine for each in _left(piece, self.second)]
        pieces.sort(key=_by_date)
        estimated = sorted({*own.estimated, *self.second.epoch.year(year).estimated})
        return Year(
            first,
            tuple(piece[0] for piece in pieces),
            tuple(piece[1] for piece in pieces),
            tuple(piece[2] for piece in pieces),
            MappingProxyType({}),
            tuple(estimated),
            offsets,
        )

    def _near(self, year: int, calendar: Calendar, offsets: Offsets | None) -> Iterator[Piece]:
        """The windows of *calendar* in and around *year*, on its own dates or by *offsets*."""
        first, last = date(year, 1, 1).toordinal() - 2, date(year, 12, 31).toordinal() + 2
        for near in range(max(year - 1, FIRST_YEAR), min(year + 1, LAST_YEAR) + 1):
            found = calendar.epoch.year(near)
            for opened, closed, day in zip(found.opens, found.closes, found.days, strict=True):
                here = EPOCH_DAY + offsets.local(opened) // DAY if offsets is not None else day
                if first <= here <= last:
                    yield opened, closed, here


def _split(pieces: Iterable[Piece], offsets: Offsets) -> Iterator[Piece]:
    """*pieces* of which none reaches further than the end of the date after its own."""
    for piece in pieces:
        begin, end, day = piece
        while end > (limit := offsets.utc((day + 2 - EPOCH_DAY) * DAY)):
            yield begin, limit, day
            begin, day = limit, day + 2
        yield begin, end, day


def _joined(pieces: list[Piece]) -> Iterator[Piece]:
    """*pieces* with those of one date put together where they overlap or touch."""
    pieces.sort(key=_by_date)
    begin, end, day = pieces[0] if pieces else (0, 0, 0)
    for opened, closed, number in pieces[1:]:
        if number == day and opened <= end:
            end = max(end, closed)
        else:
            yield begin, end, day
            begin, end, day = opened, closed, number
    if pieces:
        yield begin, end, day


def _by_date(piece: Piece) -> tuple[int, int]:
    return piece[2], piece[0]


def _common(piece: Piece, other: Calendar) -> Iterator[Piece]:
    """The parts of *piece* in which *other* is open."""
    for opened, closed in other.epoch.cut(piece[0], piece[1]):
        yield opened, closed, piece[2]


def _left(piece: Piece, other: Calendar) -> Iterator[Piece]:
    """The parts of *piece* in which *other* is closed."""
    begin = piece[0]
    for opened, closed in other.epoch.cut(piece[0], piece[1]):
        if begin < opened:
            yield begin, opened, piece[2]
        begin = closed
    if begin < piece[1]:
        yield begin, piece[1], piece[2]
