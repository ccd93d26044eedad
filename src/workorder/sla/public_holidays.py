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
        # The same country by another of its codes is the same.
        usual = library.usual_code(self.code, market=self._market)
        if usual is None:
            raise ConfigurationError([self._unknown()])
        object.__setattr__(self, "code", usual)
        found = list(self._mistakes())
        if found:
            raise ConfigurationError(found)

    def _unknown(self) -> Finding:
        word, other = "country", "MarketHolidays"
        if self._market:
            word, other = "market", "CountryHolidays"
        if library.usual_code(self.code, market=not self._market) is not None:
            return Finding(word, repr(self.code), f"a {word}; for this one use {other}")
        known = library.known_codes(market=self._market)
        if not self._market:
            known = [each for each in known if len(each) == len("CN")]
        return Finding(word, repr(self.code), one_of(known, str(self.code).upper()))

    def _mistakes(self) -> Iterator[Finding]:
        entity = library.entity(self.code, market=self._market)
        places = sorted({*entity.subdivisions, *entity.subdivisions_aliases})
        if self.subdivision is not None and self.subdivision not in places:
            expected = one_of(places, str(self.subdivision)) if places else "none: it has no parts"
            yield Finding("subdivision", repr(self.subdivision), expected)
        known = library.closing_categories(entity)
        if not (self.confirmed_through is None or type(self.confirmed_through) is date):
            yield Finding("confirmed_through", repr(self.confirmed_through), "a date")
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
        found = {DayKind.HOLIDAY}
        if library.SHORT in self.categories:
            found.add(DayKind.SHORT)
        if library.works_weekends(self.code, market=self._market):
            found.add(DayKind.WORKDAY)
        return frozenset(found)

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
