"""Calendars with a fault planted in their hours, or in what a sum of hours means."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any

from attrs import evolve

from tests.planted.day_by_day import DayByDay
from workorder.errors import ConfigurationError, Finding
from workorder.sla import BusinessCalendar, DateRule, DayKind, Hours, Window
from workorder.sla.epoch import BackwardEdge, ForwardEdge
from workorder.sla.week import DAY, Minutes
from workorder.sla.year import Told, Year
from workorder.sla.zones import DAY as DAY_MICROS
from workorder.sla.zones import EPOCH_DAY, MINUTE

ZERO = timedelta(0)


class MidnightIsZero(DayByDay):
    """Takes a close at 24:00 for 00:00 of the same date: never open, so it walks for ever."""

    __slots__ = ()

    def open_on(self, day: date) -> Sequence[Window]:
        """No window ends at midnight."""
        return [each for each in super().open_on(day) if each.close.time() != time(0)]


class EndsAt2359(BusinessCalendar):
    """Ends every day at 23:59."""

    __slots__ = ()

    def _year(self, year: int) -> Year:
        made = super()._year(year)
        ends = [
            each - MINUTE if made.offsets.local(each) % DAY_MICROS == 0 else each
            for each in made.closes
        ]
        return evolve(made, closes=ends)


class OneWindowADay(BusinessCalendar):
    """Knows one opening and one closing a day, and works through lunch."""

    __slots__ = ()

    def _year(self, year: int) -> Year:
        made = super()._year(year)
        windows = zip(made.days, made.opens, made.closes, strict=True)
        days = [[*each] for _, each in groupby(windows, key=lambda window: window[0])]
        return evolve(
            made,
            days=[each[0][0] for each in days],
            opens=[each[0][1] for each in days],
            closes=[each[-1][2] for each in days],
        )


class NightCut(BusinessCalendar):
    """Closes at midnight: what comes after belongs to nobody."""

    __slots__ = ()

    def _year(self, year: int) -> Year:
        made = super()._year(year)
        ends = [
            min(each, made.offsets.utc((day + 1 - EPOCH_DAY) * DAY_MICROS))
            for day, each in zip(made.days, made.closes, strict=True)
        ]
        return evolve(made, closes=ends)


class RefusesNights(BusinessCalendar):
    """Says that an opening must come before its closing."""

    __slots__ = ()

    def __attrs_post_init__(self) -> None:
        late = [each for spans in self.hours.days for each in spans if each.end > DAY]
        if late:
            raise ConfigurationError([Finding("hours", str(late[0]), "an end after the start")])
        super().__attrs_post_init__()


class NextDateTakesTheNight(BusinessCalendar):
    """Cuts a night at midnight when the next date is a holiday, and lets one run out of one."""

    __slots__ = ()

    def _year(self, year: int) -> Year:
        made = super()._year(year)
        source = self.holidays.days(year) if self.holidays is not None else {}
        closed = {day.toordinal() for day, each in source.items() if each.kind is DayKind.HOLIDAY}
        midnights = [
            made.offsets.utc((day + 1 - EPOCH_DAY) * DAY_MICROS) if day + 1 in closed else None
            for day in made.days
        ]
        ends = [
            each if midnight is None else min(each, midnight)
            for each, midnight in zip(made.closes, midnights, strict=True)
        ]
        return evolve(made, closes=ends)


class AddsSpecialHours(BusinessCalendar):
    """Opens on a date's own hours besides those of its weekday."""

    __slots__ = ()

    def _by_rule(self, day: date, rule: DateRule) -> Told:
        hours, reason = super()._by_rule(day, rule)
        if not isinstance(rule, Hours):
            return hours, reason
        return _joined((*hours, *self._usual[day.weekday()])), reason


def _joined(spans: Minutes) -> Minutes:
    """Overlapping spans as one."""
    made: list[tuple[int, int]] = []
    for begin, end in sorted(spans):
        if made and begin <= made[-1][1]:
            made[-1] = (made[-1][0], max(end, made[-1][1]))
        else:
            made.append((begin, end))
    return tuple(made)


class HolidayAboveHours(BusinessCalendar):
    """Closes a holiday although it has hours of its own."""

    __slots__ = ()

    def _told(self, year: int, source: Any) -> Any:
        closed = {day for day, each in source.items() if each.kind is DayKind.HOLIDAY}
        for day, told in super()._told(year, source):
            yield day, ((), told[1]) if date.fromordinal(day) in closed else told


class DelayOfNothing(BusinessCalendar):
    """Answers at once for what arrives outside hours."""

    __slots__ = ()

    def add(self, start: datetime, amount: timedelta, *, edge: ForwardEdge = "close") -> datetime:
        """The start itself, while closed."""
        return super().add(start, amount, edge=edge) if self.is_open(start) else start


class CountsTheEvening(BusinessCalendar):
    """Counts a whole day when both ends lie after hours."""

    __slots__ = ()

    def between(self, start: datetime, end: datetime) -> timedelta:
        """A day too many for two closed ends."""
        found = super().between(start, end)
        if self.is_open(start) or self.is_open(end) or not self.day(self.local_date(end)).is_open:
            return found
        return found + sum((each.length for each in self.day(self.local_date(end)).windows), ZERO)


class NextOpen(BusinessCalendar):
    """Moves a sum that is used up at a close on to the next opening."""

    __slots__ = ()

    def add(self, start: datetime, amount: timedelta, *, edge: ForwardEdge = "close") -> datetime:
        """The next opening, whatever was asked."""
        assert edge
        return super().add(start, amount, edge="next_open")


class PreviousClose(BusinessCalendar):
    """Moves a subtraction that is used up at an open back to the close before."""

    __slots__ = ()

    def subtract(
        self, end: datetime, amount: timedelta, *, edge: BackwardEdge = "open"
    ) -> datetime:
        """The close before, whatever was asked."""
        assert edge
        return super().subtract(end, amount, edge="prev_close")


class SnapsToTheOpening(BusinessCalendar):
    """Moves to the opening before anything is added, even nothing."""

    __slots__ = ()

    def add(self, start: datetime, amount: timedelta, *, edge: ForwardEdge = "close") -> datetime:
        """From the opening."""
        return super().add(self.next_open(start), amount, edge=edge)


class ClosedIntervals(BusinessCalendar):
    """Takes the closing minute for open."""

    __slots__ = ()

    def is_open(self, at: datetime) -> bool:
        """Also at the close itself."""
        return super().is_open(at) or super().is_open(at - timedelta(microseconds=1))
