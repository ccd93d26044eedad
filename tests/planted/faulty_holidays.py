"""Calendars with a fault planted in what they take from a source of holidays."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

import holidays
from attrs import evolve

from tests.planted.day_by_day import DayByDay
from workorder.sla import BusinessCalendar, DayKind, EpochCalendar, Reason, SourceDay, Why
from workorder.sla.epoch import BackwardEdge, ForwardEdge
from workorder.sla.year import Told, Year

_SATURDAY = 5
_DECEMBER = 12


WORKED = Reason(Why.WORKDAY)


class TakesObservances(BusinessCalendar):
    """Closes on every day that has a name."""

    __slots__ = ()

    def _told(self, year: int, source: Mapping[date, SourceDay]) -> Iterator[tuple[int, Told]]:
        named = holidays.country_holidays("US", years=year, categories=("public", "unofficial"))
        return super()._told(year, {**dict.fromkeys(named, SourceDay()), **source})


class ClosesOnOtherDays(BusinessCalendar):
    """Shows one list of holidays, and closes by another."""

    __slots__ = ()

    def _told(self, year: int, source: Mapping[date, SourceDay]) -> Iterator[tuple[int, Told]]:
        day = timedelta(days=1)
        return super()._told(year, {when + day: each for when, each in source.items()})


class RemindsAtNight(BusinessCalendar):
    """Puts a reminder so much earlier by the clock on the wall."""

    __slots__ = ()

    def subtract(
        self, end: datetime, amount: timedelta, *, edge: BackwardEdge = "open"
    ) -> datetime:
        """Plain subtraction."""
        assert edge
        return end - amount


class Forgetful(BusinessCalendar):
    """Works every year out again at every question."""

    __slots__ = ()

    @property
    def epoch(self) -> EpochCalendar:
        """A new one, that knows nothing yet."""
        return EpochCalendar(self._year, horizon_years=10, known=(None, None), refuses=False)


class WholeDaysFirst(BusinessCalendar):
    """Steps by whole days from Monday to Friday when the amount is a day's hours or more."""

    __slots__ = ()

    def add(self, start: datetime, amount: timedelta, *, edge: ForwardEdge = "close") -> datetime:
        """Days first, the rest as it should be."""
        day = timedelta(hours=8)
        while amount >= day:
            start, amount = start + timedelta(days=1), amount - day
            while start.weekday() >= _SATURDAY:
                start += timedelta(days=1)
        return super().add(start, amount, edge=edge)


class CrashesAfterTheLast(BusinessCalendar):
    """Compares with the next listed holiday, of which there is none at the end."""

    __slots__ = ()

    def add(self, start: datetime, amount: timedelta, *, edge: ForwardEdge = "close") -> datetime:
        """Fails where no holiday follows."""
        days = self.holidays.days(start.year) if self.holidays is not None else {}
        following: Any = next((each for each in sorted(days) if each >= start.date()), None)
        assert start.date() <= following
        return super().add(start, amount, edge=edge)


class NeverGivesUp(DayByDay):
    """Walks on for ever where nothing opens; no fault but the missing end."""

    __slots__ = ()


class YearByYear(BusinessCalendar):
    """Loses workdays of December that were swapped for days of January."""

    __slots__ = ()

    def _told(self, year: int, source: Mapping[date, SourceDay]) -> Iterator[tuple[int, Told]]:
        kept = {
            day: each
            for day, each in source.items()
            if each.kind is not DayKind.WORKDAY or day.month != _DECEMBER
        }
        return super()._told(year, kept)


class BreaksInTheNewYear(BusinessCalendar):
    """Knows no year without an arrangement."""

    __slots__ = ()

    def _year(self, year: int) -> Year:
        known = self.published_through
        if known is not None and year > known.year:
            raise NotImplementedError(f"no available data for year {year}")
        return super()._year(year)


class EstimatesSilently(BusinessCalendar):
    """Answers for years without an arrangement as if they had one."""

    __slots__ = ()

    @property
    def epoch(self) -> EpochCalendar:
        """Official for ever."""
        return EpochCalendar(self._year, horizon_years=10, known=(None, None), refuses=False)

    def _year(self, year: int) -> Year:
        return evolve(super()._year(year), estimated=[])


class AlwaysSubstitutes(BusinessCalendar):
    """Works on substituted weekends whatever the calendar says."""

    __slots__ = ()

    def _told(self, year: int, source: Mapping[date, SourceDay]) -> Iterator[tuple[int, Told]]:
        yield from super()._told(year, source)
        for day, named in source.items():
            if named.kind is DayKind.WORKDAY:
                yield day.toordinal(), (self._substituted(day), WORKED)


class NeverSubstitutes(BusinessCalendar):
    """Knows holidays, and no workdays in their place."""

    __slots__ = ()

    def _told(self, year: int, source: Mapping[date, SourceDay]) -> Iterator[tuple[int, Told]]:
        kept = {day: each for day, each in source.items() if each.kind is not DayKind.WORKDAY}
        return super()._told(year, kept)


class WeekendFirst(BusinessCalendar):
    """Asks whether a date is a weekend before it asks for holidays and workdays."""

    __slots__ = ()

    def _told(self, year: int, source: Mapping[date, SourceDay]) -> Iterator[tuple[int, Told]]:
        for day, told in super()._told(year, source):
            weekend = date.fromordinal(day).weekday() >= _SATURDAY
            yield day, (self._usual[5], Reason(Why.REST)) if weekend else told
