"""Ready calendars: the jurisdictions whose clocks banks must keep, each with its caveats.

A beginning, not an authority: :func:`about` says what a calendar covers, where its dates come from
and what nobody has verified. The table is ``ready_calendars.toml`` beside this module, in the form
of calendar files, so :func:`~workorder.sla.files.calendar_to_toml` of a ready calendar is a good
first draft of a bank's own.
"""

import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any

from attrs import evolve, frozen

from workorder.errors import InvalidInput
from workorder.sla.calendar import BusinessCalendar
from workorder.sla.files.calendar_file import calendar_from_data, load_calendar
from workorder.sla.week import WeeklyHours
from workorder.texts import CHINESE, ENGLISH, Label

USUAL_HOURS = "Mo-Fr 09:00-17:00"
"""The hours of a ready calendar that has none of its own: a placeholder."""


@frozen
class ReadyCalendar:
    """What there is to know about a ready calendar; labels come in English and Chinese.

    Attributes:
        code: its name.
        title: what people call it.
        zone: in which its dates begin and end.
        hours: unless others are given.
        covers: the days on which it is closed.
        sources: where this knowledge comes from.
        caveats: what to know before relying on it, and what was not verified.
    """

    code: str
    title: Label
    zone: str
    hours: str
    covers: Label
    sources: tuple[Label, ...]
    caveats: tuple[Label, ...]


def ready(code: str, hours: str | WeeklyHours | None = None) -> BusinessCalendar:
    """The ready calendar *code*, such as ``CN``, ``GB-SCT`` or ``US-FED``; in capitals or not.

    Args:
        code: one of :func:`ready_codes`.
        hours: of a week, instead of its own, which are a placeholder: ``Mo-Fr 09:00-17:00`` local
            time, ``Mo-Fr 09:00-18:00`` in mainland China, ``Mo-Sa`` in India.

    Raises:
        InvalidInput: ``unknown_calendar``, with similar codes.
        ConfigurationError: when *hours* are none.

    >>> from datetime import date
    >>> ready("GB-SCT").is_working_day(date(2026, 11, 30))
    False
    >>> ready("GB-ENG").is_working_day(date(2026, 11, 30))
    True
    """
    made = _ready(_known(code))
    return made if hours is None else evolve(made, hours=hours)


def ready_codes() -> tuple[str, ...]:
    """The codes of all ready calendars."""
    return tuple(_table()["calendars"])


def about(code: str) -> ReadyCalendar:
    """What the ready calendar *code* covers, where that is known from, and its caveats.

    Raises:
        InvalidInput: ``unknown_calendar``.

    >>> [each.text() for each in about("CA-ROLL").sources][0][:42]
    'rules written from the text of sections 26'
    """
    known = _known(code)
    entry = _table()["calendars"][known]
    said = {name: Label(name, texts) for name, texts in _table()["said"].items()}
    return ReadyCalendar(
        code=known,
        title=_title(entry),
        zone=entry["calendar"]["zone"],
        hours=str(_ready(known).hours),
        covers=said[entry["covers"]],
        sources=tuple(said[each] for each in entry["sources"]),
        caveats=tuple(said[each] for each in entry["caveats"]),
    )


def find_calendar(text: str | Path) -> BusinessCalendar:
    """The calendar that *text* names: a ready calendar, or a calendar file that ends in ``.toml``.

    Raises:
        InvalidInput: ``no_such_calendar`` when it is neither.
        ConfigurationError: when the file is no calendar.
    """
    if str(text).upper() in ready_codes():
        return ready(str(text))
    path = Path(str(text))
    if path.suffix.lower() == ".toml":
        return load_calendar(path)
    raise InvalidInput("no_such_calendar", found=str(text), similar=_similar(str(text)))


def _known(code: str) -> str:
    known = str(code).upper()
    if known in _table()["calendars"]:
        return known
    raise InvalidInput("unknown_calendar", found=code, similar=_similar(str(code)))


def _similar(text: str) -> tuple[str, ...]:
    """The nearest codes; those of the country, when only its parts have calendars."""
    codes, word = ready_codes(), text.upper()
    parts = [each for each in codes if each.split("-")[0] == word.split("-")[0]]
    return tuple(parts or get_close_matches(word, codes, n=3, cutoff=0.5) or codes)


def _title(entry: Mapping[str, Any]) -> Label:
    texts = {ENGLISH: entry["title"], CHINESE: entry["title_zh"]}
    return Label(entry["title"], texts)


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    file = Path(__file__).with_name("ready_calendars.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


@lru_cache(maxsize=64)
def _ready(code: str) -> BusinessCalendar:
    entry = _table()["calendars"][code]
    usual = {"name": entry["title"], "hours": USUAL_HOURS}
    return calendar_from_data({**usual, **entry["calendar"]}, f"ready calendar {code}")
