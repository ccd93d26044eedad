"""Where holidays come from: one small protocol, lists of dates, and sources put together."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import Enum
from itertools import pairwise
from typing import Protocol, runtime_checkable

from attrs import field, frozen

from workorder.errors import ConfigurationError, Finding
from workorder.texts import Label


class DayKind(Enum):
    """What a source says about a date."""

    HOLIDAY = "holiday"
    """Closed."""
    WORKDAY = "workday"
    """A substituted workday (调休上班): open although the week would have it closed."""
    SHORT = "short"
    """Open for a part of the day; which part is the calendar's to say."""


_NAMELESS = Label("")


@frozen
class SourceDay:
    """One date of a source.

    Attributes:
        kind: closed, substituted workday, or short.
        name: what people call it.
        estimated: whether the date is computed in advance of an official announcement.
    """

    kind: DayKind = DayKind.HOLIDAY
    name: Label = _NAMELESS
    estimated: bool = False


@runtime_checkable
class HolidaySource(Protocol):
    """Anything that knows holidays: a value, hashable and comparable, as part of a calendar."""

    @property
    def published_from(self) -> date | None:
        """The first date it speaks for; None: as far back as one likes."""

    @property
    def published_through(self) -> date | None:
        """The last date that is official; None: no date needs an announcement."""

    @property
    def kinds(self) -> frozenset[DayKind]:
        """The kinds of days it can ever name."""

    def days(self, year: int) -> Mapping[date, SourceDay]:
        """Every date of *year* that it has something to say about."""


def _listed(days: Iterable[tuple[date, SourceDay]]) -> tuple[tuple[date, SourceDay], ...]:
    return tuple(sorted(days, key=lambda each: each[0]))


@frozen
class ListedHolidays:
    """Dates from a list: a bank's own days, a notice typed in, next year's arrangement.

    Attributes:
        listed: dates with what is said about each, in order.
        published_from: the first date the list speaks for; None: it has no beginning.
        published_through: the last date the list speaks for; None: it has no end.

    Raises:
        ConfigurationError: when a date stands there twice.

    >>> own = ListedHolidays.of(holidays=[date(2026, 9, 18)], name="Bank founding day")
    >>> own.days(2026)[date(2026, 9, 18)].name.text()
    'Bank founding day'
    """

    listed: tuple[tuple[date, SourceDay], ...] = field(converter=_listed)
    published_from: date | None = None
    published_through: date | None = None

    def __attrs_post_init__(self) -> None:
        dates = [each for each, _ in self.listed]
        found = [
            Finding("days", f"{a} twice", "each date once") for a, b in pairwise(dates) if a == b
        ]
        if found:
            raise ConfigurationError(found)

    @classmethod
    def of(
        cls,
        *,
        holidays: Iterable[date] = (),
        workdays: Iterable[date] = (),
        name: str = "",
        published_through: date | None = None,
    ) -> "ListedHolidays":
        """A list from bare dates; *name* is what the holidays are called."""
        closed = SourceDay(DayKind.HOLIDAY, Label(name))
        worked = SourceDay(DayKind.WORKDAY, Label(""))
        return cls(
            [*((day, closed) for day in holidays), *((day, worked) for day in workdays)],
            published_through=published_through,
        )

    @property
    def kinds(self) -> frozenset[DayKind]:
        """The kinds of days in the list."""
        return frozenset(day.kind for _, day in self.listed)

    def days(self, year: int) -> Mapping[date, SourceDay]:
        """The listed dates of *year*."""
        return {when: day for when, day in self.listed if when.year == year}


def _sources(sources: Sequence[HolidaySource]) -> tuple[HolidaySource, ...]:
    return tuple(sources)


@frozen
class CombinedHolidays:
    """Several sources as one; the first that says something about a date is believed.

    Known as far as all of them are: from the latest beginning through the earliest end.
    """

    sources: tuple[HolidaySource, ...] = field(converter=_sources)

    @property
    def published_from(self) -> date | None:
        """The latest of their beginnings."""
        known = [s.published_from for s in self.sources if s.published_from is not None]
        return max(known, default=None)

    @property
    def published_through(self) -> date | None:
        """The earliest of their ends."""
        known = [s.published_through for s in self.sources if s.published_through is not None]
        return min(known, default=None)

    @property
    def kinds(self) -> frozenset[DayKind]:
        """The kinds of days of all of them."""
        return frozenset(kind for source in self.sources for kind in source.kinds)

    def days(self, year: int) -> Mapping[date, SourceDay]:
        """What the first knowing source says, for every date of *year*."""
        found: dict[date, SourceDay] = {}
        for source in reversed(self.sources):
            found |= source.days(year)
        return found
