"""Sources after each other: this year's arrangement, then next year's."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from itertools import pairwise

from attrs import field, frozen

from workorder.errors import ConfigurationError, Finding
from workorder.sla.holidays.source import (
    DayKind,
    HolidaySource,
    ListedHolidays,
    SourceDay,
    kinds_of,
    some_sources,
)

_DAY = timedelta(days=1)


def _within(source: HolidaySource, begin: date, end: date) -> bool:
    """Whether all that *source* speaks for lies from *begin* through *end*."""
    first, last = source.published_from, source.published_through
    return first is not None and last is not None and begin <= first and last <= end


def _in_turn(sources: Iterable[HolidaySource]) -> tuple[HolidaySource, ...]:
    """*sources*; one that is itself several in turn stands for these."""
    found: list[HolidaySource] = []
    for each in some_sources(sources):
        found += each.sources if isinstance(each, SuccessiveHolidays) else [each]
    return tuple(found)


@frozen
class SuccessiveHolidays:
    """Sources after each other: every date is the business of one of them alone.

    That is the last one whose published dates it is among, so a later arrangement replaces an
    earlier one for its own dates: what it does not name is no holiday, whatever another source
    says or estimates. Dates that none has published are left to the first, and are not official.
    Next year's notice, without an upgrade::

        SuccessiveHolidays([CountryHolidays("CN"), load_days("cn-2027.toml")])

    Raises:
        ConfigurationError: without a source; when one after the first does not say where it
            begins, or lists dates outside those it speaks for; when dates between two of them
            belong to none.

    >>> from workorder.sla import ListedHolidays
    >>> first = ListedHolidays.of(
    ...     holidays=[date(2026, 1, 1), date(2027, 2, 1)], published_through=date(2026, 12, 31)
    ... )
    >>> notice = ListedHolidays.of(
    ...     holidays=[date(2027, 2, 8)],
    ...     published_from=date(2027, 1, 1),
    ...     published_through=date(2027, 12, 31),
    ... )
    >>> both = SuccessiveHolidays([first, notice])
    >>> [str(day) for day in both.days(2027)], str(both.published_through)
    (['2027-02-08'], '2027-12-31')
    """

    sources: tuple[HolidaySource, ...] = field(converter=_in_turn)

    def __attrs_post_init__(self) -> None:
        found = [*self._unheard()] or [
            Finding("sources", f"nothing for {begin} to {end}", "each beginning where one ends")
            for begin, end in self._gaps()
        ]
        if found:
            raise ConfigurationError(found)

    def _unheard(self) -> Iterable[Finding]:
        """What is wrong with the ranges of those after the first."""
        for number, each in enumerate(self.sources[1:], 1):
            key, begin, end = f"sources[{number}]", each.published_from, each.published_through
            before = self.sources[number - 1]
            # A list may replace a list; what computes all years was meant to stand beside.
            computed = not isinstance(each, ListedHolidays)
            if computed and begin is not None and end is not None and _within(before, begin, end):
                expected = "dates that leave some to the source before (both at once: combine them)"
                yield Finding(key, f"{begin} to {end}", expected)
                continue
            if begin is None:
                yield Finding(f"{key}.published_from", "nothing", "the date it begins with")
                continue
            expected = f"a date from {begin} through {end or '…'}, for which it speaks"
            for day, said in each.listed if isinstance(each, ListedHolidays) else ():
                outside = day < begin or (end is not None and day > end)
                if outside and not said.estimated:
                    yield Finding(f"{key}.days", str(day), expected)

    def _gaps(self) -> Iterable[tuple[date, date]]:
        """The dates between two sources that none has published."""
        ranges = [
            (each.published_from or date.min, each.published_through or date.max)
            for each in self.sources
        ]
        reached: date | None = None
        for begin, end in sorted(ranges):
            if reached is not None and (begin - reached).days > 1:
                yield reached + _DAY, begin - _DAY
            reached = end if reached is None else max(reached, end)

    @property
    def published_from(self) -> date | None:
        """The earliest of their beginnings."""
        known = [each.published_from for each in self.sources]
        return None if None in known else min(each for each in known if each is not None)

    @property
    def published_through(self) -> date | None:
        """The latest of their ends."""
        known = [each.published_through for each in self.sources]
        return None if None in known else max(each for each in known if each is not None)

    @property
    def kinds(self) -> frozenset[DayKind]:
        """The kinds of days of all of them."""
        return kinds_of(self.sources)

    def speaker(self, day: date) -> HolidaySource:
        """The source whose business *day* is."""
        for source in reversed(self.sources):
            begin, end = source.published_from, source.published_through
            if (begin is None or begin <= day) and (end is None or day <= end):
                return source
        return self.sources[0]

    def days(self, year: int) -> Mapping[date, SourceDay]:
        """What its own source says about every date of *year*; others are not even asked."""
        turns = {date(year, 1, 1), date(year + 1, 1, 1)}
        for each in self.sources:
            begin, end = each.published_from, each.published_through
            if begin is not None and begin.year == year:
                turns.add(begin)
            if end is not None and end.year == year:
                turns.add(end + _DAY)
        found: dict[date, SourceDay] = {}
        for begin, after in pairwise(sorted(turns)):
            said = self.speaker(begin).days(year)
            found |= {day: each for day, each in said.items() if begin <= day < after}
        return found
