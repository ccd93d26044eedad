"""The line of windows of a calendar as arrays, made once for each line and kept.

Bisection becomes ``searchsorted``. Questions about dates need no search: a table with one entry
for every date is looked up.
"""

from functools import cached_property, lru_cache

import numpy as np

from workorder.errors import InvalidInput
from workorder.sla.bulk.answers import Unanswerable, refuse
from workorder.sla.bulk.arrays import Flags, Ints
from workorder.sla.epoch import FIRST_YEAR, LAST_YEAR, EpochCalendar
from workorder.sla.track import Track
from workorder.sla.verbs import Calendar
from workorder.sla.zones import DAY, EPOCH_DAY

_FIRST_DAY = int(np.datetime64(f"{FIRST_YEAR}-01-01", "D").astype(np.int64)) + EPOCH_DAY
_LAST_DAY = int(np.datetime64(f"{LAST_YEAR}-12-31", "D").astype(np.int64)) + EPOCH_DAY
_EARLIEST = (_FIRST_DAY - EPOCH_DAY - 1) * DAY
_LATEST = (_LAST_DAY - EPOCH_DAY + 2) * DAY
"""No zone is a whole day away from UTC."""


class Lines:
    """One :class:`~workorder.sla.track.Track` as arrays; never changed.

    Attributes:
        lo, hi, opens, closes, starts, ends, base: as in the track.
        known: how many windows open before *hi*; beyond, one of the next year may come first.
        first_day: the ordinal of the first date in the tables.
    """

    def __init__(self, track: Track) -> None:
        self.track = track
        self.lo, self.hi = track.lo, track.hi
        self.opens, self.closes = _ints(track.opens), _ints(track.closes)
        self.starts, self.ends = _ints(track.starts), _ints(track.ends)
        self.base = _ints(track.base)
        self.known = int(np.searchsorted(self.opens, track.hi))
        self._first = np.datetime64(f"{track.first_year}-01-01", "D")
        self.first_day = int(self._first.astype(np.int64)) + EPOCH_DAY

    @cached_property
    def days(self) -> Ints:
        """The dates that have windows, as ordinals."""
        return _ints(self.track.days)

    @cached_property
    def midnights(self) -> Ints:
        """The beginning of every date, in local time."""
        end = np.datetime64(f"{self.track.last_year + 1}-01-01", "D")
        return np.arange(self._first, end).astype(np.int64) * DAY

    @cached_property
    def through(self) -> Ints:
        """For every date, the number of working days up to and with it."""
        return np.cumsum(self.working)

    @cached_property
    def working(self) -> Flags:
        """For every date, whether it has a window."""
        found = np.zeros(len(self.midnights), np.bool_)
        found[self.days - self.first_day] = True
        return found

    @cached_property
    def midnight_ends(self) -> Ints:
        """For every date, the instant of its 24:00."""
        return self.utc(self.midnights + DAY)

    @cached_property
    def day_ends(self) -> Ints:
        """For every date, its close of business; 24:00 where it has none."""
        found = self.midnight_ends.copy()
        found[self.days - self.first_day] = _ints(self.track.day_closes)
        return found

    @cached_property
    def estimated(self) -> Ints:
        """The dates that are not official yet, as ordinals."""
        return _ints(self.track.estimated)

    @cached_property
    def _offsets(self) -> tuple[Ints, Ints]:
        return _ints(self.track.offsets.at), _ints(self.track.offsets.offsets)

    def local(self, instants: Ints) -> Ints:
        """Local times of instants, as if they were UTC."""
        at, offsets = self._offsets
        if not len(at):
            return np.add(instants, offsets[:1])
        return np.add(instants, offsets[np.searchsorted(at, instants, "right")])

    def utc(self, local: Ints) -> Ints:
        """The instants of local times, by the rule of :meth:`workorder.sla.zones.Offsets.utc`."""
        at, offsets = self._offsets
        if not len(at):
            return np.subtract(local, offsets[:1])
        passed = np.maximum.accumulate(at + np.maximum(offsets[:-1], offsets[1:]))
        number = np.searchsorted(passed, local, "right")
        found = np.subtract(local, offsets[number])
        changes = np.append(at, np.iinfo(np.int64).max)[number]
        utc: Ints = np.minimum(found, changes)
        return utc

    def local_days(self, instants: Ints) -> Ints:
        """The local dates of instants, as ordinals."""
        return self.local(instants) // DAY + EPOCH_DAY


@lru_cache(maxsize=128)
def lines_of(track: Track) -> Lines:
    """The arrays of *track*; those of the 128 used last are kept."""
    return Lines(track)


def lines_over(epoch: EpochCalendar, *instants: Ints) -> Lines:
    """The line of windows with all *instants* in it.

    Raises:
        Unanswerable: for an instant outside the years a calendar works in.
    """
    edges: list[int] = []
    for each in instants:
        lowest, highest = int(each.min()), int(each.max())
        if lowest < _EARLIEST or highest >= _LATEST:
            refuse(np.atleast_1d((each < _EARLIEST) | (each >= _LATEST)))
        edges += (lowest, highest)
        try:
            for edge in (lowest, highest):
                track = epoch.track(edge)
        except InvalidInput:  # in the first or last hours of those years
            refuse(np.atleast_1d([not _has(epoch, int(instant)) for instant in each.flat]))
    # Another thread may have put a shorter line in place meanwhile.
    while not all(track.lo <= edge < track.hi for edge in edges):
        for edge in edges:
            track = epoch.track(edge)
    return lines_of(track)


def lines_over_days(epoch: EpochCalendar, *days: Ints) -> Lines:
    """The line of windows that knows all *days*, given as ordinals.

    Raises:
        Unanswerable: for a date outside the years a calendar works in.
    """
    edges: list[int] = []
    for each in days:
        lowest, highest = int(each.min()), int(each.max())
        if lowest < _FIRST_DAY or highest > _LAST_DAY:
            refuse(np.atleast_1d((each < _FIRST_DAY) | (each > _LAST_DAY)))
        edges += (lowest, highest)
    lowest, highest = min(edges), max(edges)
    while True:
        epoch.track_of_day(lowest)
        lines = lines_of(epoch.track_of_day(highest))
        if lines.first_day <= lowest and highest - lines.first_day < len(lines.midnights):
            return lines


def epoch_of(calendar: Calendar, name: str = "calendar") -> EpochCalendar:
    """The verbs on integers of a calendar, or the error that names the argument."""
    if not isinstance(calendar, Calendar):
        found = type(calendar).__name__
        raise InvalidInput("wrong_type", name=name, expected="a calendar", found=found)
    return calendar.epoch


def first_days(epoch: EpochCalendar, starts: Ints) -> Ints:
    """The first dates that open time from *starts* depends on: :meth:`EpochCalendar.first_day`."""
    days = lines_over(epoch, starts).local_days(starts)
    lines = lines_over_days(epoch, days - 1)
    before = days - 1 - lines.first_day
    still_open = lines.working[before] & (lines.day_ends[before] > starts)
    return days - still_open


def provisional(epoch: EpochCalendar, first: Ints, last: Ints) -> Flags:
    """For every pair of dates, whether any from *first* to *last* is not official."""
    begin, end = epoch.known
    found = np.zeros(len(first), np.bool_)
    if begin is not None:
        found |= first < begin
    if end is not None:
        found |= last > end
    rest = np.flatnonzero(~found)
    if len(rest):
        # An estimated holiday may come a day earlier or later: its neighbours count too.
        first, last = np.maximum(first[rest] - 1, _FIRST_DAY), np.minimum(last[rest] + 1, _LAST_DAY)
        try:
            estimated = lines_over_days(epoch, first, last).estimated
        except Unanswerable as error:
            raise Unanswerable(int(rest[error.position])) from None
        if len(estimated):
            before = np.searchsorted(estimated, first, "left")
            found[rest] = before < np.searchsorted(estimated, last, "right")
    return found


def refuse_unofficial(epoch: EpochCalendar, first: Ints, last: Ints) -> None:
    """Refuse dates that are not official, if the calendar does."""
    if epoch.refuses:
        refuse(provisional(epoch, first, last))


def _has(epoch: EpochCalendar, instant: int) -> bool:
    try:
        epoch.track(instant)
    except InvalidInput:
        return False
    return True


def _ints(values: object) -> Ints:
    return np.array(values, np.int64)
