"""The verbs of a calendar on whole microseconds since 1970-01-01T00:00Z.

For hosts that keep instants as numbers, and underneath the verbs on datetimes. Years are worked
out when they are first asked about, and kept; the line of windows is replaced by a longer one,
never changed, so threads need no lock: the worst that can happen is that two work out one year.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Literal

from workorder.errors import InvalidInput
from workorder.sla.track import BEFORE_ALL, Track
from workorder.sla.year import Year
from workorder.sla.zones import DAY, EPOCH, EPOCH_DAY

FIRST_YEAR, LAST_YEAR = 1900, 2199
"""The years a calendar works in. Outside, neither zones nor holidays mean anything."""

_FIRST_DAY = date(FIRST_YEAR, 1, 1).toordinal()
_LAST_DAY = date(LAST_YEAR, 12, 31).toordinal()

ForwardEdge = Literal["close", "next_open"]
BackwardEdge = Literal["open", "prev_close"]


class EpochCalendar:
    """A calendar on integers. Every instant and amount is whole microseconds.

    Costs two bisections a call once the years are worked out: about a microsecond.
    """

    __slots__ = ("_make", "_track", "_years", "horizon", "horizon_years", "known", "refuses")

    def __init__(
        self,
        make: Callable[[int], Year],
        *,
        horizon_years: int,
        known: tuple[int | None, int | None],
        refuses: bool,
    ) -> None:
        """Make one.

        Args:
            make: works out a year.
            horizon_years: how far a search goes.
            known: the first and the last date (ordinals) that are official; None: no end.
            refuses: whether an answer from other dates is refused instead of flagged.
        """
        self._make = make
        self._years: dict[int, Year] = {}
        self._track: Track | None = None
        self.known = known
        self.refuses = refuses
        self.horizon_years = horizon_years
        self.horizon = horizon_years * 366 * DAY

    # --- verbs ------------------------------------------------------------------------------

    def add(self, start: int, amount: int, *, edge: ForwardEdge = "close") -> int:
        """The earliest instant at which *amount* of open time has passed since *start*.

        Zero answers *start* itself, open or not; a negative amount subtracts.

        Args:
            start: from here.
            amount: so much open time.
            edge: what to answer when it is used up exactly at a close: that ``close``, or the
                ``next_open``.

        Raises:
            InvalidInput: ``beyond_horizon`` when the answer lies too far away; ``unpublished``
                when the calendar refuses to guess and would have to; ``wrong_type`` for anything
                but whole numbers.
        """
        if start.__class__ is not int or amount.__class__ is not int:
            _refuse_type(start=start, amount=amount)
        if amount <= 0:
            _check_edge(edge, "close", "next_open")
            if not amount:
                return start
            return self.subtract(start, -amount, edge="prev_close" if edge != "close" else "open")
        track = self._track
        if track is None or not track.lo <= start < track.hi:
            track = self.track(start)
        number = bisect_right(track.opens, start) - 1
        closing = track.closes[number]
        # A comparison costs a third of what min() costs.
        used = start if start < closing else closing  # noqa: FURB136
        target = used + track.base[number] + amount
        found = bisect_left(track.ends, target, number)
        if found == len(track.ends):
            return self._further(start, amount, edge)
        end = target - track.base[found]
        # Beyond hi, windows of the next year may lie between.
        if end > track.hi:
            return self._further(start, amount, edge)
        if edge != "close":
            _check_edge(edge, "close", "next_open")
            if end == track.closes[found]:
                end = self.next_open(end)
        if end - start > self.horizon:
            raise self.beyond(start)
        if self.refuses:
            self._publish(start, end)
        return end

    def subtract(self, end: int, amount: int, *, edge: BackwardEdge = "open") -> int:
        """The latest instant from which *amount* of open time passes until *end*.

        The mirror image of :meth:`add`; ``edge`` says what to answer when the amount is used up
        exactly at an open: that ``open``, or the ``prev_close``.
        """
        if end.__class__ is not int or amount.__class__ is not int:
            _refuse_type(end=end, amount=amount)
        _check_edge(edge, "open", "prev_close")
        if amount <= 0:
            if not amount:
                return end
            return self.add(end, -amount, edge="next_open" if edge != "open" else "close")
        while True:
            track = self.track(end)
            target = track.worked(end) - amount
            number = bisect_right(track.starts, target) - 1
            # Number 0 is the window before all: what is used up there was not found yet.
            begin = target - track.base[number] if number >= 1 else BEFORE_ALL
            if edge != "open" and number >= 1 and target == track.starts[number]:
                begin = track.closes[number - 1]
            # Below lo a window of the year before may be missing.
            if begin >= track.lo:
                break
            self._grow(track, track.first_year - 1, end)
        if end - begin > self.horizon:
            raise self.beyond(end)
        if self.refuses:
            self._publish(begin, end)
        return begin

    def between(self, start: int, end: int) -> int:
        """Open time from *start* until *end*; negative when *end* is earlier."""
        if start.__class__ is not int or end.__class__ is not int:
            _refuse_type(start=start, end=end)
        track = self._track
        if track is None or not (track.lo <= start < track.hi and track.lo <= end < track.hi):
            track = self.track(end, self.track(start))
        opens, closes = track.opens, track.closes
        number = bisect_right(opens, start) - 1
        closing = closes[number]
        before = (start if start < closing else closing) + track.base[number]  # noqa: FURB136
        number = bisect_right(opens, end) - 1
        closing = closes[number]
        if self.refuses:
            self._publish(min(start, end), max(start, end))
        return (end if end < closing else closing) + track.base[number] - before  # noqa: FURB136

    def is_open(self, at: int) -> bool:
        """Whether *at* lies in a window; the opening instant does, the closing instant does not."""
        track = self.track(at)
        if self.refuses:
            self._publish(at, at)
        return at < track.closes[bisect_right(track.opens, at) - 1]

    def next_open(self, at: int) -> int:
        """The first open instant at or after *at*: *at* itself while open."""
        while True:
            track = self.track(at)
            number = bisect_right(track.opens, at) - 1
            if at < track.closes[number]:
                return self._near(at, at)
            # Beyond hi, a window of the next year may come first.
            if number + 1 < len(track.opens) and track.opens[number + 1] < track.hi:
                return self._near(at, track.opens[number + 1])
            self._grow(track, track.last_year + 1, at)

    def prev_open(self, at: int) -> int:
        """The last open at or before *at*: when the window began that *at* is in, or the last one
        before.
        """
        while True:
            track = self.track(at)
            found = track.opens[bisect_right(track.opens, at) - 1]
            # Below lo the window may have begun in the year before.
            if found > track.lo:
                return self._near(at, found)
            self._grow(track, track.first_year - 1, at)

    def next_close(self, at: int) -> int:
        """The first close after *at*."""
        while True:
            track = self.track(at)
            number = bisect_right(track.opens, at) - 1
            if at >= track.closes[number]:
                number += 1
            # The last window may go on in the next year.
            if number < len(track.closes) and track.closes[number] < track.hi:
                return self._near(at, track.closes[number])
            self._grow(track, track.last_year + 1, at)

    def prev_close(self, at: int) -> int:
        """The last close at or before *at*."""
        while True:
            track = self.track(at)
            found = track.closes[bisect_right(track.closes, at) - 1]
            # Below lo a window of the year before may be missing, or go on.
            if found >= track.lo:
                return self._near(at, found)
            self._grow(track, track.first_year - 1, at)

    def windows(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The windows from *start* until *end*, cut to these; touching ones are one."""
        self.track(start)
        if self.refuses and start < end:
            self._publish(start, end)
        return self.cut(start, end)

    def cut(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """:meth:`windows`, official or not: for who refuses by rules of its own."""
        if start >= end:
            return iter(())
        track = self.track(end, self.track(start))
        opens, closes = track.opens, track.closes
        first, last = bisect_right(closes, start), bisect_left(opens, end)
        return ((max(start, opens[n]), min(end, closes[n])) for n in range(first, last))

    # --- years ------------------------------------------------------------------------------

    def year(self, year: int) -> Year:
        """One year, worked out."""
        found = self._years.get(year)
        if found is None:
            if not FIRST_YEAR <= year <= LAST_YEAR:
                raise _outside(year)
            found = self._years[year] = self._make(year)
        return found

    def track(self, instant: int, longer: Track | None = None) -> Track:
        """A line of windows that has *instant* in it, and all of *longer*, if that is given.

        Another thread may put its own line in our place at any time: who needs two instants in
        one line asks for the second with the line of the first.
        """
        if instant.__class__ is not int:
            _refuse_type(instant=instant)
        track = longer or self._track
        if track is not None and track.lo <= instant < track.hi:
            return track
        try:
            year = (EPOCH + timedelta(microseconds=instant)).year
        except OverflowError:
            year = LAST_YEAR + 1
        while track is None or not track.lo <= instant < track.hi:
            if track is not None and track.first_year <= year <= track.last_year:
                # Near the turn of a year, where the zone or a window past midnight decides.
                year = track.first_year - 1 if instant < track.lo else track.last_year + 1
            track = self._with(year, track)
        return track

    def track_of_day(self, day: int, longer: Track | None = None) -> Track:
        """A line of windows that knows the date with ordinal *day*, and all of *longer*."""
        track = longer or self._track
        try:
            year = datetime.fromordinal(day).year
        except (ValueError, OverflowError):
            year = LAST_YEAR + 1
        if track is None or not track.first_year <= year <= track.last_year:
            track = self._with(year, track)
        return track

    def wider(self, track: Track, *, forward: bool, start: int) -> Track:
        """*track* with a year more on one side, for a search that began at *start*."""
        return self._grow(track, track.last_year + 1 if forward else track.first_year - 1, start)

    def _with(self, year: int, track: Track | None) -> Track:
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise _outside(year)
        first, last = year, year
        if track is not None:
            first, last = min(year, track.first_year), max(year, track.last_year)
        made = Track({each: self.year(each) for each in range(first, last + 1)})
        self._track = made
        return made

    def _grow(self, track: Track, year: int, start: int) -> Track:
        begun = EPOCH_DAY + start // DAY
        reached = datetime(min(max(year, 1), 9999), 1, 1).toordinal()  # noqa: DTZ001 (a date)
        if abs(reached - begun) > (self.horizon_years + 1) * 366:
            raise self.beyond(start)
        return self._with(year, track)

    def _further(self, start: int, amount: int, edge: ForwardEdge) -> int:
        track = self.track(start)
        self._grow(track, track.last_year + 1, start)
        return self.add(start, amount, edge=edge)

    def _near(self, start: int, found: int) -> int:
        if abs(found - start) > self.horizon:
            raise self.beyond(start)
        if self.refuses:
            self._publish(min(start, found), max(start, found))
        return found

    def beyond(self, start: int) -> InvalidInput:
        """The error for a search from *start* that went too far."""
        return InvalidInput(
            "beyond_horizon",
            start=EPOCH + timedelta(microseconds=start),
            years=self.horizon_years,
        )

    # --- what is official -------------------------------------------------------------------

    def provisional(self, first: int, last: int) -> bool:
        """Whether any date from *first* to *last* (ordinals) is not official.

        An estimated holiday may come a day earlier or later, so its neighbours count too.
        """
        begin, end = self.known
        if (begin is not None and first < begin) or (end is not None and last > end):
            return True
        first, last = max(first - 1, _FIRST_DAY), min(last + 1, _LAST_DAY)
        estimated = self.track_of_day(last, self.track_of_day(first)).estimated
        return bisect_left(estimated, first) < bisect_right(estimated, last)

    def has_windows(self, day: int) -> bool:
        """Whether the date with ordinal *day* has any window."""
        return self.track_of_day(day).close_of(day) is not None

    def open_day_until(self, day: int) -> int | None:
        """The last date with a window up to and with *day*; None when there is none in reach, or
        when saying it would need dates that this calendar refuses.
        """
        track = self.track_of_day(day)
        while not (place := bisect_right(track.days, day)):
            try:
                track = self._grow(track, track.first_year - 1, (day - EPOCH_DAY) * DAY)
            except InvalidInput:
                return None
        found = track.days[place - 1]
        return None if self.refuses and self.provisional(found, day) else found

    def first_day(self, start: int) -> int:
        """The first date that open time from *start* depends on: that of *start*, or the day
        before, when a window of that is still open.
        """
        day = self.day_of(start)
        closing = self.track_of_day(day - 1).close_of(day - 1)
        return day if closing is None or closing <= start else day - 1

    def day_of(self, instant: int) -> int:
        """The local date of *instant*, as an ordinal."""
        return EPOCH_DAY + self.track(instant).offsets.local(instant) // DAY

    def _publish(self, start: int, end: int) -> None:
        self.publish(self.first_day(start), self.day_of(end - 1 if end > start else end))

    def publish(self, first: int, last: int) -> None:
        """Refuse dates that are not official, if this calendar does.

        Raises:
            InvalidInput: ``unpublished``, naming the date.
        """
        if not self.refuses or not self.provisional(first, last):
            return
        begin, end = self.known
        early = begin is not None and first < begin
        if not early and (end is None or last <= end):
            near = self.track_of_day(last + 1, self.track_of_day(first - 1)).estimated
            found = near[bisect_left(near, first - 1)]
            raise InvalidInput("estimated", date=str(date.fromordinal(found)))
        known = " - ".join(
            "…" if day is None else str(date.fromordinal(day)) for day in (begin, end)
        )
        day = first if early else last
        raise InvalidInput("unpublished", date=str(date.fromordinal(day)), known=known)


def _outside(year: int) -> InvalidInput:
    return InvalidInput("outside_years", year=year, first=FIRST_YEAR, last=LAST_YEAR)


def _check_edge(edge: str, *known: str) -> None:
    if edge not in known:
        raise InvalidInput("not_a_choice", name="edge", found=edge, choices=", ".join(known))


def _refuse_type(**given: object) -> None:
    for name, value in given.items():
        if value.__class__ is not int:
            raise InvalidInput(
                "wrong_type",
                name=name,
                expected="whole microseconds (an int)",
                found=type(value).__name__,
            )
