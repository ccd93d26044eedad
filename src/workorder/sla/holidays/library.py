"""What the ``holidays`` package says, in our words. The only module that talks to it.

The package computes most years. For countries whose government arranges each year by decree it
holds the arrangements that were out when it was released, and estimates the years after them
without a word; here the last arranged year is found. Its names depend on the machine's language,
so a language is always asked for.
"""

import re
import warnings
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from attrs import frozen

from workorder.sla.holidays.source import DayKind, SourceDay
from workorder.texts import CHINESE, ENGLISH, Label

SHORT = "half_day"
"""The category of days that are open for a part of the day."""

_OPEN = frozenset({"workday", "unofficial"})
"""Categories of days with a name on which people work."""

_WHOLE_BREAKS = frozenset({"CN"})
"""Where a notice names the whole break while the package leaves out its weekend days."""

_REST = Label("weekend of the break", {ENGLISH: "weekend of the break", CHINESE: "假期中的周末"})
_WORKED = Label("substituted workday", {ENGLISH: "substituted workday", CHINESE: "调休上班"})
_SATURDAY = 5


@frozen
class Facts:
    """What there is to know about a country or market before asking for a year.

    Attributes:
        code: the code it goes by: ``CN`` for ``CHN``.
        parts: its subdivisions by every name they have, each with the code it goes by.
        categories: those that say something about being open.
        first_year, last_year: the years it can be asked about; the last is the last arranged by
            decree, where years are arranged so, else the last the package computes.
        works_weekends: whether there are weekends that are worked in lieu of other days.
        english: the language to ask for English names in; None where names have one language.
        chinese: whether there are Chinese names.
    """

    code: str
    parts: Mapping[str, str]
    categories: tuple[str, ...]
    first_year: int
    last_year: int
    works_weekends: bool
    english: str | None
    chinese: bool


def facts(code: str, *, market: bool) -> Facts | None:
    """What there is to know about *code*; None when the package has no such entity."""
    try:
        return facts_of(code, market=market)
    except (NotImplementedError, AttributeError, TypeError):
        return None


@lru_cache(maxsize=256)
def facts_of(code: str, *, market: bool) -> Facts:
    """:func:`facts` of a code that is known; what the package raises, for another."""
    found = _entity(code, market=market)
    own = getattr(found, "market" if market else "country", None)
    if own is None:  # the package would make either of either
        raise NotImplementedError(code)
    usual, languages = found.default_language, found.supported_languages
    if languages and not (usual or "").startswith("en") and "en_US" in languages:
        usual = "en_US"
    decreed = bool(found.has_substituted_holidays)
    first, last = _computed(code, found, market=market)
    return Facts(
        code=str(own),
        parts={each: each for each in found.subdivisions} | {**found.subdivisions_aliases},
        categories=tuple(each for each in found.supported_categories if each not in _OPEN),
        first_year=first,
        last_year=_last_arranged(found) if decreed else last,
        works_weekends=decreed and not market,
        english=usual if languages else None,
        chinese="zh_CN" in languages,
    )


def _computed(code: str, found: Any, *, market: bool) -> tuple[int, int]:
    """The years the package can compute in full; of others it warns, and leaves days out."""
    first, last = int(found.start_year), int(found.end_year)
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        _make(code, market=market, years=last)
    for each in said:
        years = re.search(r"only from (\d{4}) to (\d{4})", str(each.message))
        if years is not None:
            first, last = max(first, int(years[1])), min(last, int(years[2]))
    return first, last


def _last_arranged(found: Any) -> int:
    years = [
        int(year)
        for name in dir(found)
        if name.startswith("special_")
        and not name.endswith("_observed")
        and isinstance(getattr(found, name), dict)
        for year in getattr(found, name)
    ]
    return min(int(found.end_year), max(years, default=int(found.end_year)))


def _entity(code: str, *, market: bool, **options: Any) -> Any:
    with warnings.catch_warnings():
        # Of years it has not in full it warns; we know them, and flag them.
        warnings.simplefilter("ignore")
        return _make(code, market=market, **options)


def _make(code: str, *, market: bool, **options: Any) -> Any:
    import holidays

    make = holidays.financial_holidays if market else holidays.country_holidays
    return make(code, **options)


def known_codes(*, market: bool) -> list[str]:
    """Every country or market of the package."""
    import holidays

    listed = holidays.list_supported_financial if market else holidays.list_supported_countries
    return sorted(listed())


@lru_cache(maxsize=512)
def year_of(
    code: str,
    *,
    market: bool,
    subdivision: str | None,
    categories: tuple[str, ...],
    observed: bool,
    year: int,
) -> Mapping[date, SourceDay]:
    """Every date of *year* about which an entity says something."""
    asked: dict[str, Any] = {"subdiv": subdivision, "observed": observed, "years": year}
    closing = tuple(each for each in categories if each != SHORT)
    found: dict[date, SourceDay] = {}
    if SHORT in categories:
        asked["categories"] = (SHORT,)
        found |= _named(DayKind.SHORT, *_in_both(code, asked, market=market))
    if closing:
        asked["categories"] = closing
        english, chinese = _in_both(code, asked, market=market)
        found |= _named(DayKind.HOLIDAY, english, chinese)
        worked = [each for each in english.weekend_workdays if each.year == year]
        found |= {day: SourceDay(DayKind.WORKDAY, _WORKED) for day in worked}
        if code in _WHOLE_BREAKS and not market:
            rest = [*_rest_days(found, year)]
            found |= {day: SourceDay(DayKind.HOLIDAY, _REST) for day in rest}
    return MappingProxyType(found)  # many calendars share it


def _in_both(code: str, asked: Mapping[str, Any], *, market: bool) -> tuple[Any, Any]:
    """The holidays with their English names, and with their Chinese ones where there are any."""
    known = facts_of(code, market=market)
    english = _entity(code, market=market, language=known.english, **asked)
    if not known.chinese:
        return english, {}
    return english, _entity(code, market=market, language="zh_CN", **asked)


def _named(
    kind: DayKind, english: Mapping[date, str], chinese: Mapping[date, str]
) -> dict[date, SourceDay]:
    found: dict[date, SourceDay] = {}
    for day, name in english.items():
        texts = {ENGLISH: name}
        if chinese:
            texts[CHINESE] = chinese[day]
        found[day] = SourceDay(kind, Label(name, texts), "estimated)" in name)
    return found


def _rest_days(found: Mapping[date, SourceDay], year: int) -> Iterator[date]:
    """Weekend days inside or beside the holidays of a break, as the notices count them."""
    day = timedelta(days=1)
    closed = [when for when, each in found.items() if each.kind is DayKind.HOLIDAY]
    for holiday in [*closed, date(year + 1, 1, 1)]:
        for step in (-day, day):
            beside = holiday + step
            while beside.weekday() >= _SATURDAY and beside not in found:
                if beside.year == year:
                    yield beside
                beside += step
