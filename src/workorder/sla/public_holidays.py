"""Public holidays of countries and markets, as sources of a calendar."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from attrs import field, frozen

from workorder.errors import ConfigurationError, Finding, one_of
from workorder.sla import library
from workorder.sla.holiday_source import DayKind, SourceDay


def _codes(value: str | Iterable[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


@frozen
class _Published:
    code: str
    subdivision: str | None = None
    categories: tuple[str, ...] = field(default=("public",), converter=_codes)
    observed: bool = True
    confirmed_through: date | None = None

    _market = False

    def __attrs_post_init__(self) -> None:
        found = list(self._mistakes())
        if found:
            raise ConfigurationError(found)

    def _mistakes(self) -> Iterator[Finding]:
        word = "market" if self._market else "country"
        try:
            entity = library.entity(self.code, market=self._market)
        except (NotImplementedError, AttributeError, TypeError):
            known = library.known_codes(market=self._market)
            yield Finding(word, repr(self.code), one_of(known, str(self.code)))
            return
        places = sorted({*entity.subdivisions, *entity.subdivisions_aliases})
        if self.subdivision is not None and self.subdivision not in places:
            expected = one_of(places, str(self.subdivision)) if places else "none: it has no parts"
            yield Finding("subdivision", repr(self.subdivision), expected)
        known = library.closing_categories(entity)
        for each in self.categories or ("none",):
            if each not in known:
                yield Finding("categories", repr(each), one_of(known, each))

    @property
    def published_from(self) -> date:
        """The first date the package speaks for."""
        return date(library.first_and_last_year(self.code, market=self._market)[0], 1, 1)

    @property
    def published_through(self) -> date:
        """The end of the last year that is arranged, or that can be computed."""
        if self.confirmed_through is not None:
            return self.confirmed_through
        return date(library.first_and_last_year(self.code, market=self._market)[1], 12, 31)

    @property
    def kinds(self) -> frozenset[DayKind]:
        """Holidays, substituted workdays, and short days where they were asked for."""
        short = {DayKind.SHORT} if library.SHORT in self.categories else set()
        return frozenset({DayKind.HOLIDAY, DayKind.WORKDAY} | short)

    def days(self, year: int) -> Mapping[date, SourceDay]:
        """Every holiday, substituted workday and short day of *year*; kept once read."""
        return library.year_of(
            self.code,
            market=self._market,
            subdivision=self.subdivision,
            categories=self.categories,
            observed=self.observed,
            year=year,
        )


@frozen
class CountryHolidays(_Published):
    """The holidays of a country, or of one of its parts, by category.

    Attributes:
        code: the country, by ISO 3166: ``CN``.
        subdivision: a part of it, by ISO 3166-2: ``SCT`` of ``GB``.
        categories: those that close; ``half_day`` makes short days instead.
        observed: whether days given in lieu of holidays on a weekend count.
        confirmed_through: the last official date, when you know more than the package.

    Raises:
        ConfigurationError: for a country, part or category that is unknown, naming the nearest.

    >>> CountryHolidays("CN").days(2026)[date(2026, 10, 10)].kind
    <DayKind.WORKDAY: 'workday'>
    >>> CountryHolidays("CN").published_through.year >= 2026
    True
    """


@frozen
class MarketHolidays(_Published):
    """The holidays of a market or payment system: ``XSHG``, ``XECB``, ``XFED``.

    The same settings as :class:`CountryHolidays`. Exchanges do not work substituted weekends.
    """

    _market = True
