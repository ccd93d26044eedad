"""Lists of days as files, TOML, CSV or iCalendar, so that next year's needs no new version."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from workorder.errors import Finding
from workorder.sla.holidays.csv_days import days_from_csv
from workorder.sla.holidays.day_tables import Through, read_listed
from workorder.sla.holidays.source import ListedHolidays
from workorder.tables import Table, raise_all, read_text, read_toml


def load_days(
    path: str | Path,
    *,
    published_from: date | None = None,
    published_through: Through | None = None,
    years: tuple[int, int] | None = None,
    categories: Sequence[str] | None = None,
    summaries: Sequence[str] | None = None,
    transparent: bool = False,
) -> ListedHolidays:
    """The list of days in a file; its kind is told by its ending.

    ``.toml``: ``published_through``, ``published_from`` and ``days``::

        published_from = 2027-01-01
        published_through = 2027-12-31
        days = [
          { date = 2027-01-01, name = "New Year's Day", name_zh = "元旦" },
          { date = 2027-01-03, kind = "workday" },
        ]

    ``.csv``, in UTF-8: a header and the columns ``date, kind, name, name_zh``, of which only the
    first must be there; a line ``# published_through: 2027-12-31`` above them.

    ``.ics``, by the extra ``ical``: all-day events; see :mod:`workorder.sla.holidays.ical_days`,
    and look at :func:`~workorder.sla.holidays.ical_days.preview_ics` before you believe one.

    Args:
        path: of the file.
        published_from: the first date the list speaks for, instead of what the file says.
        published_through: the last date the list is complete for, or ``"no end"``, instead of
            what the file says. One of them must say so.
        years: of a ``.ics``, the first and the last year to take.
        categories: of a ``.ics``, take only events of one of these.
        summaries: of a ``.ics``, take only events with such a title; ``*`` stands for anything.
        transparent: of a ``.ics``, take also events that are marked as leaving the day free.

    Raises:
        ConfigurationError: with every mistake in the file at once.
    """
    file, ending = str(path), Path(path).suffix.lower()
    wanted: dict[str, Any] = {"years": years, "categories": categories, "summaries": summaries}
    if transparent:
        wanted["transparent"] = transparent
    if ending == ".ics":
        from workorder.sla.holidays.ical_days import days_from_ics

        text = read_text(path)
        range_ = (published_from, published_through)
        return days_from_ics(text, file, published=range_, **wanted)
    wrong = [
        Finding(name, repr(value), "nothing: it is for .ics files")
        for name, value in wanted.items()
        if value is not None
    ]
    if ending not in {".toml", ".csv"}:
        wrong.append(Finding("file", ending or "no ending", "an ending .toml, .csv or .ics"))
    raise_all(wrong, file)
    text = read_text(path)
    read = days_from_toml if ending == ".toml" else days_from_csv
    return read(text, file, published=(published_from, published_through))


def days_from_toml(
    text: str, file: str = "", *, published: tuple[date | None, Through | None] = (None, None)
) -> ListedHolidays:
    """The list of days in TOML text; *published* overrules the dates it speaks for."""
    data = read_toml(text, file)
    given = dict(zip(("published_from", "published_through"), published, strict=True))
    table = Table(data | {name: each for name, each in given.items() if each is not None}, "", [])
    found = read_listed(table)
    table.finish()
    raise_all(table.wrong, file)
    assert found is not None  # noqa: S101 (or something was wrong)
    return found
