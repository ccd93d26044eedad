"""Holiday sources as plain data, in and out: what stands under ``holidays`` in a calendar file."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from workorder.errors import ConfigurationError, Finding
from workorder.sla.holidays.day_files import load_days
from workorder.sla.holidays.day_tables import listed_data, read_listed, read_through
from workorder.sla.holidays.published import CountryHolidays, MarketHolidays
from workorder.sla.holidays.source import CombinedHolidays, HolidaySource, ListedHolidays
from workorder.sla.holidays.successive import SuccessiveHolidays
from workorder.tables import Table, quoted

_KINDS = ("country", "market", "file", "days", "sources")
_SETTINGS = (
    "subdivision",
    "categories",
    "observed",
    "confirmed_through",
    "published_from",
    "published_through",
    "years",
    "summaries",
    "transparent",
)


def read_holidays(
    value: object, path: str, wrong: list[Finding], folder: Path | None
) -> HolidaySource | None:
    """The source that *value* describes: a country's code, a table, or a list of tables.

    Args:
        value: from the file.
        path: of its key.
        wrong: takes every mistake; then the answer is None.
        folder: in which files with days lie.
    """
    if isinstance(value, str):
        value = {"country": value}
    if isinstance(value, Mapping):
        return _read_source(Table(value, path, wrong), folder)
    if not isinstance(value, list):
        wrong.append(Finding(path, quoted(value), "a country’s code, a table, or several tables"))
        return None
    return _read_several(value, path, wrong, folder)


def _read_several(
    values: list[Any], path: str, wrong: list[Finding], folder: Path | None
) -> CombinedHolidays | None:
    made = [
        read_holidays(each, f"{path}[{number}]", wrong, folder)
        for number, each in enumerate(values)
    ]
    sources = [each for each in made if each is not None]
    if len(sources) < len(made):
        return None
    table = Table({}, path, wrong)
    return table.made(lambda: CombinedHolidays(sources), lambda key: key.replace("sources", path))


def _read_source(table: Table, folder: Path | None) -> HolidaySource | None:
    before = len(table.wrong)
    followers = table.take("then", list, "a list of tables, each of what comes after")
    kinds = [each for each in _KINDS if each in table.data]
    source: HolidaySource | None = None
    if len(kinds) == 1:
        source = _READERS[kinds[0]](table, folder)
        table.finish()
    else:
        found = " and ".join(kinds) or "none of them"
        table.say("", found, f"one of {', '.join(_KINDS)}")
        table.finish([*_KINDS, *_SETTINGS])
    path = table.key("then")
    later = [
        read_holidays(each, f"{path}[{number}]", table.wrong, folder)
        for number, each in enumerate(followers or ())
    ]
    if len(table.wrong) > before or source is None or followers is None:
        return source if len(table.wrong) == before else None
    sources = [source, *(each for each in later if each is not None)]

    def place(key: str) -> str:
        found = re.match(r"sources\[(\d+)\]", key)
        return f"{path}[{int(found[1]) - 1}]{key[found.end() :]}" if found else table.path

    return table.made(lambda: SuccessiveHolidays(sources), place)


def _published(
    table: Table, word: str, kind: type[CountryHolidays | MarketHolidays]
) -> HolidaySource | None:
    before = len(table.wrong)
    code = table.take(word, str, "a code such as “CN”")
    options = {
        "subdivision": table.take("subdivision", str),
        "categories": table.texts("categories"),
        "observed": table.take("observed", bool),
        "confirmed_through": table.take("confirmed_through", date),
    }
    if len(table.wrong) > before or code is None:
        return None
    given: dict[str, Any] = {name: each for name, each in options.items() if each is not None}
    return table.made(lambda: kind(code, **given), table.key)


def _file(table: Table, folder: Path | None) -> HolidaySource | None:
    before = len(table.wrong)
    name = table.take("file", str, "the name of a .toml, .csv or .ics file")
    years = table.take("years", list, "two years: [2027, 2028]")
    options = {
        "published_from": table.take("published_from", date),
        "published_through": read_through(table),
        "years": tuple(years) if years is not None else None,
        "categories": table.texts("categories"),
        "summaries": table.texts("summaries"),
        "transparent": table.take("transparent", bool) or False,
    }
    if len(table.wrong) > before or name is None:
        return None
    path = Path(name)
    if folder is None and not path.is_absolute():
        table.say("file", quoted(name), "a whole path, as nobody said in which folder")
        return None
    return table.made(lambda: load_days(Path(folder or "") / path, **options))  # type: ignore[arg-type]  # each was read by its type


def _sources(table: Table, folder: Path | None) -> HolidaySource | None:
    values = table.take("sources", list, "a list of tables, the first believed first") or []
    return _read_several(values, table.key("sources"), table.wrong, folder)


_READERS: Mapping[str, Callable[[Table, Path | None], HolidaySource | None]] = {
    "country": lambda table, _: _published(table, "country", CountryHolidays),
    "market": lambda table, _: _published(table, "market", MarketHolidays),
    "file": _file,
    "days": lambda table, _: read_listed(table),
    "sources": _sources,
}


def source_data(source: HolidaySource) -> dict[str, Any] | list[dict[str, Any]]:
    """The plain data of a source: what :func:`read_holidays` reads.

    Raises:
        ConfigurationError: for a host's own source, whose code cannot be written down.
    """
    if isinstance(source, CombinedHolidays):
        return [_table_of(each) for each in source.sources]
    return _table_of(source)


def _table_of(source: HolidaySource) -> dict[str, Any]:
    if isinstance(source, CountryHolidays | MarketHolidays):
        return _published_data(source)
    if isinstance(source, ListedHolidays):
        return listed_data(source)
    if isinstance(source, CombinedHolidays):
        return {"sources": source_data(source)}
    if isinstance(source, SuccessiveHolidays):
        first, *later = source.sources
        return {**_table_of(first), "then": [_table_of(each) for each in later]}
    expected = "a country, a market or a list; pinned() makes a list of any source"
    raise ConfigurationError([Finding("holidays", type(source).__name__, expected)])


def _published_data(source: CountryHolidays | MarketHolidays) -> dict[str, Any]:
    word = "market" if isinstance(source, MarketHolidays) else "country"
    found: dict[str, Any] = {word: source.code}
    if source.subdivision is not None:
        found["subdivision"] = source.subdivision
    if source.categories != ("public",):
        found["categories"] = list(source.categories)
    if not source.observed:
        found["observed"] = False
    if source.confirmed_through is not None:
        found["confirmed_through"] = source.confirmed_through
    return found
