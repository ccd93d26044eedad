"""Public holidays of countries and markets, as sources of a calendar."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from attrs import field, frozen

from workorder.errors import ConfigurationError, Finding, one_of
from workorder.sla.holidays import library
from workorder.sla.holidays.source import DayKind, SourceDay


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
        known = library.facts(self.code, market=self._market)
        if known is None:
            raise ConfigurationError([self._unknown()])
        found = list(self._mistakes(known))
        if found:
            raise ConfigurationError(found)
        # The same country or part by another of its names is the same.
        object.__setattr__(self, "code", known.code)
        if self.subdivision is not None:
            object.__setattr__(self, "subdivision", known.parts[self.subdivision])

    def _unknown(self) -> Finding:
        word, other = "country", "MarketHolidays"
        if self._market:
            word, other = "market", "CountryHolidays"
        if library.facts(self.code, market=not self._market) is not None:
            return Finding(word, repr(self.code), f"a {word}; for this one use {other}")
        known = library.known_codes(market=self._market)
        if not self._market:
            known = [each for each in known if len(each) == len("CN")]
        return Finding(word, repr(self.code), one_of(known, str(self.code).upper()))

    def _mistakes(self, known: library.Facts) -> Iterator[Finding]:
        if self.subdivision is not None and self.subdivision not in known.parts:
            places = sorted(known.parts)
            expected = one_of(places, str(self.subdivision)) if places else "none: it has no parts"
            yield Finding("subdivision", repr(self.subdivision), expected)
        if not (self.confirmed_through is None or type(self.confirmed_through) is date):
            yield Finding("confirmed_through", repr(self.confirmed_through), "a date")
        for each in self.categories or ("none",):
            if each not in known.categories:
                yield Finding("categories", repr(each), one_of(known.categories, each))

    @property
    def _facts(self) -> library.Facts:
        known = library.facts(self.code, market=self._market)
        assert known is not None  # noqa: S101 (checked when it was made)
        return known

    @property
    def published_from(self) -> date:
        """The first date the package speaks for."""
        return date(self._facts.first_year, 1, 1)

    @property
    def published_through(self) -> date:
        """The end of the last year that is arranged, or that can be computed."""
        return self.confirmed_through or date(self._facts.last_year, 12, 31)

    @property
    def kinds(self) -> frozenset[DayKind]:
        """Holidays, substituted workdays, and short days where they were asked for."""
        found = {DayKind.HOLIDAY}
        if library.SHORT in self.categories:
            found.add(DayKind.SHORT)
        if self._facts.works_weekends:
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

    Where a government arranges each year by decree, the last arrangement that the package holds is
    the last that is official. Elsewhere dates are computed by the law in force and count as
    official, but for those that the package calls estimated.

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
