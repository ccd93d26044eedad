"""What every calendar can be asked, on aware datetimes and on dates."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

from attrs import frozen

from workorder.canonical import digest, encode_known
from workorder.durations import Duration
from workorder.errors import InvalidInput
from workorder.instants import aware
from workorder.sla.epoch import (
    FIRST_YEAR,
    BackwardEdge,
    EpochCalendar,
    ForwardEdge,
)
from workorder.sla.reasons import Reason
from workorder.sla.zones import DAY as DAY_MICROS
from workorder.sla.zones import EPOCH, EPOCH_DAY, MICROSECOND

if TYPE_CHECKING:
    from workorder.sla.algebra import CombinedCalendar
    from workorder.sla.due import Due
    from workorder.sla.ledger import Ledger


@frozen(order=True)
class Window:
    """Open from one instant until just before another."""

    open: datetime
    close: datetime

    @property
    def length(self) -> timedelta:
        """How long it is."""
        return self.close - self.open


@frozen
class Day:
    """One date of a calendar: its windows, and why it has these.

    Attributes:
        date: in the calendar's zone.
        windows: those that belong to the date; one past midnight ends on the next.
        reason: why it is open or closed.
        provisional: whether it is not official yet.
    """

    date: date
    windows: tuple[Window, ...]
    reason: Reason
    provisional: bool

    @property
    def is_open(self) -> bool:
        """Whether it has any window: whether it is a working day."""
        return bool(self.windows)


class Calendar:
    """The verbs. Instants may come in any zone; they go out in the calendar's, with the offset of
    their moment (so that the difference of two of them is elapsed time).

    Naive datetimes are refused. Windows are half open: the closing instant is not in them.
    Everything costs some bisections once the years in question are worked out, which happens at
    the first question about them (about a millisecond a year).
    """

    __slots__ = ()

    # What a kind of calendar brings.

    @property
    def epoch(self) -> EpochCalendar:
        """The same verbs on whole microseconds since 1970-01-01T00:00Z."""
        raise NotImplementedError

    @property
    def timezone(self) -> ZoneInfo:
        """The zone in which its dates begin and end."""
        raise NotImplementedError

    def reason(self, day: date) -> Reason:
        """Why *day* is open or closed."""
        raise NotImplementedError

    # --- open time --------------------------------------------------------------------------

    def add(self, start: datetime, amount: timedelta, *, edge: ForwardEdge = "close") -> datetime:
        """The earliest instant at which *amount* of open time has passed since *start*.

        A sum that is used up exactly at a close ends there; ``edge="next_open"`` is the other
        reading. Zero answers *start*, open or not; a negative amount subtracts. Dates that are not
        official are counted as they are known; :meth:`due` tells, and :meth:`provisional`.

        Raises:
            InvalidInput: ``naive_datetime``; ``wrong_type``; ``beyond_horizon`` when the answer
                is further away than the calendar's horizon; ``unpublished`` when the calendar
                refuses dates that are not official.

        >>> from datetime import UTC
        >>> from workorder.sla import BusinessCalendar
        >>> desk = BusinessCalendar("Asia/Shanghai", "Mo-Fr 09:00-12:00,13:30-18:00", "CN")
        >>> desk.add(datetime(2026, 9, 30, 8, 30, tzinfo=UTC), timedelta(hours=8)).isoformat()
        '2026-10-08T17:00:00+08:00'
        """
        epoch = self.epoch
        try:
            begun = (start - EPOCH) // MICROSECOND
            found = epoch.add(begun, amount // MICROSECOND, edge=edge)
        except (TypeError, ValueError) as error:
            raise _wrong(error, start=start, amount=amount) from None
        return epoch.track(found).shown(found)

    def subtract(
        self, end: datetime, amount: timedelta, *, edge: BackwardEdge = "open"
    ) -> datetime:
        """The latest instant from which *amount* of open time passes until *end*.

        The mirror image of :meth:`add`: what is used up exactly at an open begins there, or with
        ``edge="prev_close"`` at the close before. Raises what :meth:`add` raises.
        """
        epoch = self.epoch
        try:
            ended = (end - EPOCH) // MICROSECOND
            found = epoch.subtract(ended, amount // MICROSECOND, edge=edge)
        except (TypeError, ValueError) as error:
            raise _wrong(error, end=end, amount=amount) from None
        return epoch.track(found).shown(found)

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Open time from *start* until *end*; negative when *end* is earlier.

        ``between(s, add(s, d)) == d`` for every *d* above zero.
        """
        try:
            return timedelta(
                0,
                0,
                self.epoch.between((start - EPOCH) // MICROSECOND, (end - EPOCH) // MICROSECOND),
            )
        except (TypeError, ValueError) as error:
            raise _wrong(error, start=start, end=end) from None

    def is_open(self, at: datetime) -> bool:
        """Whether *at* lies in a window."""
        return self.epoch.is_open(instant_of(at, "at"))

    def next_open(self, at: datetime) -> datetime:
        """The first open instant at or after *at*: *at* itself while open."""
        return self._shown(self.epoch.next_open(instant_of(at, "at")))

    def prev_open(self, at: datetime) -> datetime:
        """The last open at or before *at*: when the window began that *at* is in, or the last one
        before.
        """
        return self._shown(self.epoch.prev_open(instant_of(at, "at")))

    def next_close(self, at: datetime) -> datetime:
        """The first close after *at*."""
        return self._shown(self.epoch.next_close(instant_of(at, "at")))

    def prev_close(self, at: datetime) -> datetime:
        """The last close at or before *at*."""
        return self._shown(self.epoch.prev_close(instant_of(at, "at")))

    def windows(self, start: datetime, end: datetime) -> Iterator[Window]:
        """The windows from *start* until *end*, cut to these; touching ones are one."""
        shown = self._shown
        found = self.epoch.windows(instant_of(start, "start"), instant_of(end, "end"))
        return (Window(shown(opened), shown(closed)) for opened, closed in found)

    def _shown(self, instant: int) -> datetime:
        return self.epoch.track(instant).shown(instant)

    # --- dates ------------------------------------------------------------------------------

    def local_date(self, at: datetime) -> date:
        """The date of an instant in the calendar's zone."""
        return date.fromordinal(self.epoch.day_of(instant_of(at, "at")))

    def is_working_day(self, day: date) -> bool:
        """Whether *day* has any window."""
        number = ordinal_of(day, "day")
        self.epoch.publish(number, number)
        return self.epoch.has_windows(number)

    def working_day(self, day: date, direction: Literal["forward", "backward"]) -> date:
        """*day* itself when it is a working day; else the next one, or the one before.

        >>> from workorder.sla import BusinessCalendar
        >>> desk = BusinessCalendar("Asia/Shanghai", "Mo-Fr 09:00-18:00", "CN")
        >>> desk.working_day(date(2026, 10, 1), "forward")
        datetime.date(2026, 10, 8)
        """
        if direction not in {"forward", "backward"}:
            raise InvalidInput(
                "not_a_choice", name="direction", found=direction, choices="forward, backward"
            )
        if self.is_working_day(day):
            return day
        return self.add_days(day, 1 if direction == "forward" else -1)

    def add_days(self, day: date, number: int) -> date:
        """The working day *number* working days after *day*, which itself is not counted.

        Zero answers *day*, whatever it is; a negative number goes back. Dates that are not
        official are counted as they are known; :meth:`provisional` tells.

        Raises:
            InvalidInput: ``wrong_type`` for anything but a date and a whole number;
                ``beyond_horizon``; ``unpublished``.

        >>> from workorder.sla import BusinessCalendar
        >>> desk = BusinessCalendar("Asia/Shanghai", "Mo-Fr 09:00-18:00", "CN")
        >>> desk.add_days(date(2026, 9, 30), 3)
        datetime.date(2026, 10, 10)
        """
        start = ordinal_of(day, "day")
        if type(number) is not int:
            raise InvalidInput("wrong_type", name="number", expected="a whole number", found=number)
        if not number:
            return day
        epoch = self.epoch
        begun = (start - EPOCH_DAY) * DAY_MICROS
        track = epoch.track_of_day(start)
        while True:
            if number > 0:
                place = bisect_right(track.days, start) + number - 1
            else:
                place = bisect_left(track.days, start) + number
            if 0 <= place < len(track.days):
                break
            track = epoch.wider(track, forward=number > 0, start=begun)
        found = track.days[place]
        if abs(found - start) > epoch.horizon // DAY_MICROS:
            raise epoch.beyond(begun)
        epoch.publish(min(start, found), max(start, found))
        return date.fromordinal(found)

    def days_between(self, start: date, end: date) -> int:
        """The working days after *start* up to and with *end*; negative when *end* is earlier.

        ``days_between(d, add_days(d, n)) == n`` for every *n* above zero; for one below it only
        when *d* is a working day.
        """
        first, last = ordinal_of(start, "start"), ordinal_of(end, "end")
        epoch = self.epoch
        days = epoch.track_of_day(last, epoch.track_of_day(first)).days
        epoch.publish(min(first, last), max(first, last))
        return bisect_right(days, last) - bisect_right(days, first)

    def provisional(self, first: date, last: date | None = None) -> bool:
        """Whether any date from *first* to *last* is not official yet, so that answers which
        depend on it may change.
        """
        begin = ordinal_of(first, "first")
        end = begin if last is None else ordinal_of(last, "last")
        return self.epoch.provisional(min(begin, end), max(begin, end))

    @property
    def published_from(self) -> date | None:
        """The first date its holidays are known for; None: no beginning."""
        known = self.epoch.known[0]
        return None if known is None else date.fromordinal(known)

    @property
    def published_through(self) -> date | None:
        """The last date its holidays are official for; None: no end."""
        known = self.epoch.known[1]
        return None if known is None else date.fromordinal(known)

    def day(self, day: date) -> Day:
        """Everything about one date."""
        number = ordinal_of(day, "day")
        year = self.epoch.year(day.year)
        begin, end = bisect_left(year.days, number), bisect_right(year.days, number)
        windows = tuple(
            Window(self._shown(opened), self._shown(closed))
            for opened, closed in zip(year.opens[begin:end], year.closes[begin:end], strict=True)
        )
        return Day(day, windows, self.reason(day), self.epoch.provisional(number, number))

    # --- due dates --------------------------------------------------------------------------

    def due(
        self,
        start: datetime,
        duration: Duration | str,
        *,
        roll_by: "Calendar | None" = None,
        given: Mapping[str, datetime] | None = None,
    ) -> "Due":
        """When something received at *start* is due.

        Args:
            start: the instant of receipt.
            duration: how long, with its rules of counting; text is read by
                :func:`workorder.durations.parse`.
            roll_by: the calendar whose working days decide where a last day rolls to; this one,
                if none is given.
            given: instants for durations of the kind ``at promised_at``.

        Raises:
            InvalidInput: what the duration, the instant or the calendar has against it.

        >>> from datetime import UTC
        >>> from workorder.sla import BusinessCalendar
        >>> desk = BusinessCalendar("Asia/Shanghai", "Mo-Fr 09:00-18:00", "CN")
        >>> due = desk.due(datetime(2026, 9, 30, 8, 30, tzinfo=UTC), "3 working days")
        >>> due.instant.isoformat(), due.provisional
        ('2026-10-10T18:00:00+08:00', False)
        """
        from workorder.sla.counting import due

        return due(self, start, duration, roll_by=roll_by, given=given or {})

    def explain(
        self,
        start: datetime,
        duration: Duration | str | None = None,
        *,
        until: datetime | None = None,
        roll_by: "Calendar | None" = None,
        given: Mapping[str, datetime] | None = None,
    ) -> "Ledger":
        """Every window and date that was counted, and every date left out and why.

        Either of a due date (*duration*, as in :meth:`due`), or of the open time *until* another
        instant.
        """
        from workorder.sla.counting import due
        from workorder.sla.ledgers import between_ledger, due_ledger

        if (duration is None) == (until is None):
            raise InvalidInput(
                "wrong_type",
                name="duration",
                expected="either a duration or until=…",
                found="both" if until is not None else "neither",
            )
        if until is not None:
            return between_ledger(self, start, until)
        assert duration is not None  # noqa: S101 (one of the two is given)
        return due_ledger(
            due(self, start, duration, roll_by=roll_by, given=given or {}), self, roll_by
        )

    # --- what it was made of ----------------------------------------------------------------

    def content_digest(self, first_year: int, last_year: int) -> str:
        """A digest of some years: every window, the offsets of the zone, and which dates are
        official. Neither names nor versions are in it.

        Two calendars with the same digest give the same answers within these years. Written down
        beside a due date, it says which dates it was counted by.
        """
        for name, year in (("first_year", first_year), ("last_year", last_year)):
            if type(year) is not int:
                raise InvalidInput("wrong_type", name=name, expected="a year", found=repr(year))
            self.epoch.year(year)
        if first_year > last_year:
            expected = f"a year from {first_year} on"
            raise InvalidInput("wrong_type", name="last_year", expected=expected, found=last_year)
        content: list[object] = [
            [
                year,
                [[*found.opens], [*found.closes], [*found.days], [*found.estimated]],
                [[*found.offsets.at], [*found.offsets.offsets]],
            ]
            for year in range(first_year, last_year + 1)
            for found in (self.epoch.year(year),)
        ]
        first, last = date(first_year, 1, 1).toordinal(), date(last_year, 12, 31).toordinal()
        if first_year > FIRST_YEAR:  # what the night before left open
            before = self.epoch.year(first_year - 1)
            midnight = before.offsets.utc((first - EPOCH_DAY) * DAY_MICROS)
            content.append([each for each in before.closes if each > midnight])
        begin, end = self.epoch.known
        content.append([max(begin or first, first), min(last if end is None else end, last)])
        return digest(encode_known(content))

    # --- combinations -----------------------------------------------------------------------

    def __or__(self, other: "Calendar") -> "CombinedCalendar":
        """Open when either is open."""
        return _combined("union", self, other)

    def __and__(self, other: "Calendar") -> "CombinedCalendar":
        """Open when both are open."""
        return _combined("intersection", self, other)

    def __sub__(self, other: "Calendar") -> "CombinedCalendar":
        """Open when this one is and the other is not."""
        return _combined("minus", self, other)


def _combined(
    how: Literal["union", "intersection", "minus"], first: Calendar, second: Calendar
) -> "CombinedCalendar":
    from workorder.sla.algebra import CombinedCalendar

    return CombinedCalendar(how, first, second)


def instant_of(value: datetime, name: str) -> int:
    """*value* in microseconds, or the error that names the argument."""
    try:
        found = (value - EPOCH) // MICROSECOND
    except (TypeError, ValueError) as error:
        raise _wrong(error, **{name: value}) from None
    if found.__class__ is not int:  # a NaT
        raise _wrong(None, **{name: value})
    return found


def _wrong(error: Exception | None, **given: object) -> InvalidInput:
    """What is wrong with arguments that could not be computed with, by their names."""
    if isinstance(error, InvalidInput) and error.code != "wrong_type":
        return error
    for name, value in given.items():
        if name == "amount":
            if not isinstance(value, timedelta):
                return InvalidInput(
                    "wrong_type",
                    name=name,
                    expected="a timedelta (for days use due())",
                    found=type(value).__name__,
                )
            continue
        try:
            aware(value, name)  # type: ignore[arg-type]
        except InvalidInput as wrong:
            return wrong
    name, value = next(iter(given.items()))
    return InvalidInput("wrong_type", name=name, expected="a datetime", found=str(value))


def ordinal_of(value: date, name: str) -> int:
    """*value* as an ordinal, or the error that names the argument."""
    if isinstance(value, datetime) or not isinstance(value, date):
        raise InvalidInput(
            "wrong_type",
            name=name,
            expected="a date (of an instant: local_date())",
            found=type(value).__name__,
        )
    return value.toordinal()
