"""Lists of days as CSV, as spreadsheets write it."""

import csv
import re
from collections.abc import Iterator, Mapping
from datetime import date

from workorder.errors import Finding, one_of
from workorder.sla.holidays.day_tables import (
    NO_END,
    THROUGH_EXPECTED,
    Through,
    kind_of,
    kinds_expected,
    label,
)
from workorder.sla.holidays.source import ListedHolidays, SourceDay
from workorder.tables import Table, quoted, raise_all
from workorder.texts import half_width

COLUMNS = ("date", "kind", "name", "name_zh")
_DATE = re.compile(r"(\d{4})([-/])(\d{1,2})\2(\d{1,2})")
_SETTING = re.compile(r"#\s*(publi\w*)\s*(?::\s*(.*))?")
_EXPECTED = "a date: 2027-01-31 or 2027/1/31"


def days_from_csv(
    text: str, file: str = "", *, published: tuple[date | None, Through | None] = (None, None)
) -> ListedHolidays:
    """The list of days in CSV text; *published* overrules the dates it speaks for.

    Lines that begin with ``#`` are remarks; ``# published_from: 2027-01-01`` and
    ``# published_through: 2027-12-31`` among them are read.

    Raises:
        ConfigurationError: with every mistake, named by line and column.

    >>> found = days_from_csv('''# published_through: 2027-12-31
    ... date,kind,name,name_zh
    ... 2027-01-01,,New Year's Day,元旦
    ... 2027-01-03,workday,,
    ... ''')
    >>> [(str(day), each.kind.value) for day, each in found.listed]
    [('2027-01-01', 'holiday'), ('2027-01-03', 'workday')]
    """
    wrong: list[Finding] = []
    lines = list(enumerate(text.replace("\r\n", "\n").split("\n"), 1))
    settings = dict(_settings(lines, wrong))
    begin, end = (
        given if given is not None else settings.get(name)
        for name, given in zip(("published_from", "published_through"), published, strict=True)
    )
    if end is None:
        wrong.append(Finding("published_through", "nothing", THROUGH_EXPECTED))
    days = list(_days([each for each in lines if not _is_remark(each[1])], wrong))
    raise_all(wrong, file)
    through = end if isinstance(end, date) else None
    found = Table({}, "", wrong).made(
        lambda: ListedHolidays(days, begin if isinstance(begin, date) else None, through), str
    )
    raise_all(wrong, file)
    assert found is not None  # noqa: S101 (or something was wrong)
    return found


def _is_remark(line: str) -> bool:
    # A spreadsheet puts a remark with a comma in it into quotes.
    return line.lstrip(' "').startswith("#") or not line.strip(" ,")


def _settings(lines: list[tuple[int, str]], wrong: list[Finding]) -> Iterator[tuple[str, Through]]:
    known = ("published_from", "published_through")
    seen: set[str] = set()
    for number, line in lines:
        # Typed by people: with full-width signs, capitals, a dash.
        said = half_width(_cells(line)[0]).lower() if line.strip() else ""
        found = _SETTING.fullmatch(said.replace("-", "_", said.partition(":")[0].count("-")))
        if found is None:
            continue
        name, value = found[1], found[2] or ""
        key = f"line {number}, {name}"
        if name not in known:
            wrong.append(Finding(key, "an unknown setting", one_of(known, name)))
        elif name in seen:
            wrong.append(Finding(key, "a second time", "each setting once"))
        elif name == "published_through" and value == NO_END:
            yield name, NO_END
        else:
            day = _date(value, key, wrong)
            if day is not None:
                yield name, day
        seen.add(name)


def _days(lines: list[tuple[int, str]], wrong: list[Finding]) -> Iterator[tuple[date, SourceDay]]:
    header = _header(lines, wrong)
    if not header:
        return
    seen: dict[date, int] = {}
    for number, line in lines[1:]:
        cells = _cells(line)
        if any(cells[len(header) :]):
            found = f"{len(cells)} cells"
            wrong.append(Finding(f"line {number}", found, f"at most {len(header)}"))
            continue
        row = dict(zip(header, cells, strict=False))
        key = f"line {number}, date"
        day = _date(row.get("date", ""), key, wrong)
        said = _said(row, number, wrong)
        if day is None or said is None:
            continue
        if day in seen:
            found = f"{day}, which stands on line {seen[day]} already"
            wrong.append(Finding(key, found, "each date once"))
        seen.setdefault(day, number)
        yield day, said


def _header(lines: list[tuple[int, str]], wrong: list[Finding]) -> list[str]:
    """The names of the columns; none, when they cannot be used."""
    if not lines:
        wrong.append(Finding("header", "an empty file", ",".join(COLUMNS)))
        return []
    number, line = lines[0]
    names = [each.lower() for each in _cells(line)]
    while names and not names[-1]:
        names.pop()
    key, before = f"line {number}, header", len(wrong)
    for each in dict.fromkeys(names):
        if each not in COLUMNS:
            wrong.append(Finding(key, quoted(each), one_of(COLUMNS, each)))
        elif names.count(each) > 1:
            wrong.append(Finding(key, f"{quoted(each)} more than once", "each column once"))
    if "date" not in names:
        wrong.append(Finding(key, "no column “date”", ",".join(COLUMNS)))
    return names if len(wrong) == before else []


def _cells(line: str) -> list[str]:
    try:
        return [each.strip() for each in next(csv.reader([line]))]
    except csv.Error:  # a cell of more than 100,000 characters
        return [line]


def _said(row: Mapping[str, str], number: int, wrong: list[Finding]) -> SourceDay | None:
    kind = kind_of(row.get("kind", ""))
    if kind is None:
        wrong.append(Finding(f"line {number}, kind", quoted(row["kind"]), kinds_expected()))
        return None
    return SourceDay(kind, label(row.get("name", ""), row.get("name_zh", "")))


def _date(text: str, key: str, wrong: list[Finding]) -> date | None:
    found = _DATE.fullmatch(text)
    try:
        if found is not None:
            return date(int(found[1]), int(found[3]), int(found[4]))
    except ValueError as error:
        wrong.append(Finding(key, f"{quoted(text)} ({error})", _EXPECTED))
        return None
    wrong.append(Finding(key, quoted(text) if text else "nothing", _EXPECTED))
    return None
