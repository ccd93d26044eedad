"""Where holidays come from: one small protocol, lists of dates, and sources put together.

Sources are put together in one of two ways. **Beside** each other (:class:`CombinedHolidays`): a
nation's list and the bank's own days; both are needed, so the answer is official only as far as
both are. **After** each other (:mod:`~workorder.sla.holidays.successive`): this year's arrangement
and next year's; each speaks for its own dates alone, so the answer is official as far as any of
them is. Either may stand inside the other.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
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
    name: Label = field(default=_NAMELESS, hash=False)  # a label holds a mapping
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


def _is_date(value: object) -> bool:
    return isinstance(value, date) and not isinstance(value, datetime)


def _listed(days: Iterable[tuple[date, SourceDay]]) -> tuple[tuple[date, SourceDay], ...]:
    given = tuple(days)
    found = [
        Finding("days", f"{when!r}: {said!r}", "a date, and a SourceDay about it")
        for when, said in given
        if not _is_date(when) or not isinstance(said, SourceDay)
    ]
    if found:
        raise ConfigurationError(found)
    return tuple(sorted(given, key=lambda each: each[0]))


@frozen
class ListedHolidays:
    """Dates from a list: a bank's own days, a notice typed in, next year's arrangement.

    Attributes:
        listed: dates with what is said about each, in order.
        published_from: the first date the list speaks for; None: it has no beginning.
        published_through: the last date the list speaks for; None: it has no end.

    Raises:
        ConfigurationError: when something is no date, a date stands there twice, or the list ends
            before it begins.

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
        begin, end = self.published_from, self.published_through
        wrong = [
            Finding(name, repr(value), "a date, or None")
            for name, value in (("published_from", begin), ("published_through", end))
            if value is not None and not _is_date(value)
        ]
        found += wrong
        if not wrong and begin is not None and end is not None and end < begin:
            found.append(
                Finding("published_through", str(end), f"{begin} (its beginning) or later")
            )
        if found:
            raise ConfigurationError(found)

    @classmethod
    def of(
        cls,
        *,
        holidays: Iterable[date] = (),
        workdays: Iterable[date] = (),
        name: str = "",
        published_from: date | None = None,
        published_through: date | None = None,
    ) -> "ListedHolidays":
        """A list from bare dates; *name* is what the holidays are called."""
        closed = SourceDay(DayKind.HOLIDAY, Label(name))
        worked = SourceDay(DayKind.WORKDAY, Label(""))
        return cls(
            [*((day, closed) for day in holidays), *((day, worked) for day in workdays)],
            published_from=published_from,
            published_through=published_through,
        )

    @property
    def kinds(self) -> frozenset[DayKind]:
        """The kinds of days in the list."""
        return frozenset(day.kind for _, day in self.listed)

    def days(self, year: int) -> Mapping[date, SourceDay]:
        """The listed dates of *year*."""
        return {when: day for when, day in self.listed if when.year == year}


def some_sources(sources: Iterable[HolidaySource]) -> tuple[HolidaySource, ...]:
    """*sources* as a tuple.

    Raises:
        ConfigurationError: when there is none, or one is no source.
    """
    found = tuple(sources)
    wrong = [
        Finding(f"sources[{number}]", repr(each), "a HolidaySource")
        for number, each in enumerate[object](found)
        if not isinstance(each, HolidaySource)
    ]
    if not found:
        wrong.append(Finding("sources", "none", "at least one source"))
    if wrong:
        raise ConfigurationError(wrong)
    return found


def kinds_of(sources: Iterable[HolidaySource]) -> frozenset[DayKind]:
    """The kinds of days of all *sources*."""
    return frozenset(kind for source in sources for kind in source.kinds)


@frozen
class CombinedHolidays:
    """Sources beside each other; the first that says something about a date is believed.

    All of them must be known, so it is official from the latest beginning through the earliest
    end. A bank's own days before the nation's::

        CombinedHolidays([ListedHolidays.of(holidays=[…]), CountryHolidays("CN")])

    Raises:
        ConfigurationError: without a source, or with something that is none.
    """

    sources: tuple[HolidaySource, ...] = field(converter=some_sources)

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
        return kinds_of(self.sources)

    def days(self, year: int) -> Mapping[date, SourceDay]:
        """What the first knowing source says, for every date of *year*."""
        found: dict[date, SourceDay] = {}
        for source in reversed(self.sources):
            found |= source.days(year)
        return found
