"""The axis of a timeline: where an instant lies, and which ticks can be read.

Two hours want a tick every ten minutes, sixty days one a week. The step is the smallest whose
words have room. Ticks lie on the clock on the wall: at nine o'clock also after a change of clocks.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from attrs import frozen

from workorder.sla.telling import MONTHS, date_text
from workorder.texts import is_chinese

LEFT, WIDE = 190, 760
"""Where the axis begins, and how wide it is."""

_MINUTES = (1, 5, 10, 15, 30, 60, 120, 180, 360, 720)
_DAYS = (1, 2)
_TIME_ROOM, _DATE_ROOM = 48, 62
"""Room that a time of day, or a date, needs."""

_ONE = timedelta(days=1)
_LEAST = timedelta(minutes=30)
_MONTHS_IN_YEAR = 12


@frozen
class Tick:
    """A place on the axis.

    Attributes:
        at: the instant.
        said: what stands there.
        bold: whether a date begins with it that is told above the times of day.
    """

    at: datetime
    said: str
    bold: bool = False


@frozen
class Axis:
    """What lies between two instants, on a width that is the same for all.

    Attributes:
        start: the left end, in UTC.
        end: the right end.
        zone: on whose clock ticks are.
    """

    start: datetime
    end: datetime
    zone: ZoneInfo

    @classmethod
    def over(cls, instants: list[datetime], zone: ZoneInfo) -> "Axis":
        """An axis on which all of *instants* lie, with a little room on both sides."""
        first = min(instants).astimezone(UTC)
        last = max(max(instants).astimezone(UTC), first + _LEAST)
        room = (last - first) / 40
        return cls(first - room, last + room, zone)

    def x(self, at: datetime) -> float:
        """Where *at* lies; at an end what lies beyond it."""
        share = (at - self.start) / (self.end - self.start)
        return round(LEFT + WIDE * min(max(share, 0.0), 1.0), 1)

    @property
    def days(self) -> float:
        """How many days it is long."""
        return (self.end - self.start) / _ONE

    def dates(self) -> Iterator[tuple[date, datetime, datetime]]:
        """The dates on it, each with the instants at which it begins and ends."""
        day = self.start.astimezone(self.zone).date()
        begun = self._midnight(day)
        while begun < self.end:
            ended = self._midnight(day + _ONE)
            yield day, max(begun, self.start), min(ended, self.end)
            day, begun = day + _ONE, ended

    def ticks(self, language: str) -> Iterator[Tick]:
        """Ticks whose words do not touch."""
        width = WIDE / self.days
        step = next((each for each in _MINUTES if width * each / 1440 >= _TIME_ROOM), None)
        if step is not None:
            yield from self._times(step, language)
            return
        days = next((each for each in _DAYS if width * each >= _DATE_ROOM), None)
        if days is not None:
            for day, begun, _ in self.dates():
                if day.toordinal() % days == 0 and begun > self.start:
                    yield Tick(begun, _short(day, language))
        elif width * 7 >= _DATE_ROOM:
            for day, begun, _ in self.dates():
                if day.weekday() == 0 and begun > self.start:
                    yield Tick(begun, _short(day, language))
        else:
            yield from self._months(language)

    def _times(self, step: int, language: str) -> Iterator[Tick]:
        for day, begun, ended in self.dates():
            if begun == self.start:
                yield Tick(begun, date_text(day, language), bold=True)
            midnight = datetime.combine(day, time(), self.zone)
            for minute in range(0, 1440, step):
                local = (midnight + timedelta(minutes=minute)).replace(fold=0)
                at = local.astimezone(UTC)
                if at.astimezone(self.zone).replace(tzinfo=None) != local.replace(tzinfo=None):
                    continue  # skipped by a change of clocks
                if begun <= at < ended and at > self.start:
                    yield Tick(at, f"{local:%H:%M}")
                    if minute == 0:
                        yield Tick(at, date_text(day, language), bold=True)

    def _months(self, language: str) -> Iterator[Tick]:
        """The first days of months, or of every third, or sixth, and so on."""
        width = WIDE / self.days * 30
        step = next((each for each in (1, 3, 6, 12, 60, 120) if width * each >= _DATE_ROOM), 600)
        local = self.start.astimezone(self.zone)
        number = local.year * _MONTHS_IN_YEAR + local.month
        while True:
            year, month = divmod(number, _MONTHS_IN_YEAR)
            at = self._midnight(date(year, month + 1, 1))
            if at >= self.end:
                return
            if number % step == 0 and at > self.start:
                said = f"{year}年{month + 1}月" if is_chinese(language) else ""
                yield Tick(at, said or f"{MONTHS[month]} {year}")
            number += 1

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time(), self.zone).astimezone(UTC)


def _short(day: date, language: str) -> str:
    if is_chinese(language):
        return f"{day.month}月{day.day}日"
    return f"{day.day} {MONTHS[day.month - 1]}"
