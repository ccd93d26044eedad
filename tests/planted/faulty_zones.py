"""Calendars with a fault planted in how they take zones and changes of clocks."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from attrs import evolve

from tests.planted.day_by_day import DayByDay
from workorder.sla import BusinessCalendar
from workorder.sla.epoch import ForwardEdge
from workorder.sla.year import Year, windows_of
from workorder.sla.zones import Offsets


class ReadsTheWall(BusinessCalendar):
    """Reads the numbers of a time again in its own zone."""

    __slots__ = ()

    def add(self, start: datetime, amount: timedelta, *, edge: ForwardEdge = "close") -> datetime:
        """As if the numbers were its own."""
        return super().add(start.replace(tzinfo=self.timezone), amount, edge=edge)


class TakesNaive(BusinessCalendar):
    """Gives a time without a zone its own, silently."""

    __slots__ = ()

    def add(self, start: datetime, amount: timedelta, *, edge: ForwardEdge = "close") -> datetime:
        """With its own zone, where there is none."""
        if start.tzinfo is None:
            start = start.replace(tzinfo=self.timezone)
        return super().add(start, amount, edge=edge)


class StuckAtMidnight(DayByDay):
    """Finds the next date by a midnight that clocks may have jumped over: it is there already."""

    __slots__ = ()

    def after(self, day: date) -> date:
        """The date of the next midnight, which may be this date again."""
        tomorrow = day + timedelta(days=1)
        midnight = datetime(
            tomorrow.year, tomorrow.month, tomorrow.day, tzinfo=self.timezone, fold=1
        )
        return midnight.astimezone(UTC).astimezone(self.timezone).date()


class KeptInUtc(BusinessCalendar):
    """Turns its hours into UTC once, by the offset of January, and keeps them so."""

    __slots__ = ()

    def _year(self, year: int) -> Year:
        made = super()._year(year)
        january = Offsets([], [made.offsets.offsets[0]])
        first, last = made.first, date(year, 12, 31).toordinal()
        opens, closes, days = windows_of(first, last, self._usual, made.told, january)
        return evolve(made, opens=opens, closes=closes, days=days)


class CrashesOnOtherZones(BusinessCalendar):
    """Compares what it was given with times of another make."""

    __slots__ = ()

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Fails for zones it has not made itself."""
        if not isinstance(start.tzinfo, ZoneInfo):
            raise TypeError("can't compare offset-naive and offset-aware datetimes")
        return super().between(start, end)


class WallClock(BusinessCalendar):
    """Counts what the clock on the wall shows, not what passes."""

    __slots__ = ()

    def between(self, start: datetime, end: datetime) -> timedelta:
        """The differences of the times shown at both ends of each window."""
        windows = self.windows(start, end)
        return sum((_shown(each.close) - _shown(each.open) for each in windows), timedelta(0))


def _shown(at: datetime) -> datetime:
    """What the clock on the wall shows."""
    return at.replace(tzinfo=None)


class OneOffset(BusinessCalendar):
    """Answers with the offset of the question, not that of the answer's moment."""

    __slots__ = ()

    def add(self, start: datetime, amount: timedelta, *, edge: ForwardEdge = "close") -> datetime:
        """The time shown on the wall, with the offset of the start."""
        found = super().add(start, amount, edge=edge)
        return found.replace(tzinfo=start.tzinfo)
