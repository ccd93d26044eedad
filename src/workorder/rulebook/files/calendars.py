"""The calendars that a file names: ready ones, and calendar files beside it."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from attrs import frozen

from workorder.errors import ConfigurationError, Finding, one_of
from workorder.tables import Table

if TYPE_CHECKING:
    from workorder.rulebook.rulebook import Rulebook
    from workorder.sla.clocks import ServiceLevels
    from workorder.sla.verbs import Calendar

NO_CALENDARS: "Mapping[str, Calendar]" = MappingProxyType({})
"""When all of them are ready ones, or are read from files."""

USUAL = ""
"""Under which service levels without a rulebook keep the name of the usual calendar."""

_EXPECTED = "a ready calendar such as “CN”, or a calendar file ending in .toml beside this file"


@frozen
class Shelf:
    """Where the calendars are that a file names, beside the ready ones.

    Attributes:
        folder: in which calendar files lie.
        given: calendars that need not be read, by the names that the file has for them.
    """

    folder: Path | None = None
    given: "Mapping[str, Calendar]" = NO_CALENDARS


def read_calendar(file: Table, shelf: Shelf, name: str = "calendar") -> "Calendar | None":
    """The calendar that a file has at *name*; ``None`` when it names none, or one that cannot be
    read.
    """
    text = file.take(name, str, _EXPECTED)
    if text is None:
        return None
    if text in shelf.given:
        return shelf.given[text]
    # Most rulebooks that are made need no calendar, and should not load what counts by one.
    from workorder.sla import load_calendar, ready, ready_codes

    if text.upper() in ready_codes():
        return ready(text)
    if not text.lower().endswith(".toml"):
        near = one_of(ready_codes(), text.upper())
        file.say(name, text, f"{near}, or a calendar file ending in .toml")
        return None
    place = (shelf.folder or Path()) / text
    if not place.exists():
        file.say(name, f"{text}, which is not there ({place})", "a calendar file that is")
        return None
    try:
        return load_calendar(place)
    except ConfigurationError as error:
        file.wrong += error.findings
        return None


def read_calendars(file: Table, shelf: Shelf) -> "Mapping[str, Calendar | None]":
    """The calendars that stand by name in the table ``calendars``, as far as they can be read."""
    value = file.take("calendars", dict) or {}
    table = Table(value, file.key("calendars"), file.wrong)
    return {name: read_calendar(table, shelf, name) for name in value}


def calendar_name(rulebook: "Rulebook") -> str | None:
    """The name by which a file can refer to the calendar of *rulebook*.

    Raises:
        ConfigurationError: when there is none.
    """
    if rulebook.calendar is None:
        return None
    return _reference(rulebook.calendar, rulebook.calendar_name, "calendar", "calendar_name")


def calendar_names(levels: "ServiceLevels", prefix: str = "") -> Mapping[str, str]:
    """The names by which a file can refer to the calendars of *levels*.

    Raises:
        ConfigurationError: with every calendar that has none; its key begins with *prefix*.
    """
    made: dict[str, str] = {}
    wrong: list[Finding] = []
    for name, calendar in levels.calendars.items():
        key, said = f"{prefix}calendars.{name}", levels.calendar_names.get(name)
        try:
            made[name] = _reference(calendar, said, key, f"calendar_names[“{name}”]")
        except ConfigurationError as error:
            wrong += error.findings
    if wrong:
        raise ConfigurationError(wrong)
    return made


def usual_name(levels: "ServiceLevels") -> str:
    """The name by which a file can refer to the usual calendar of *levels*.

    Raises:
        ConfigurationError: when there is none.
    """
    said = levels.calendar_names.get(USUAL)
    return _reference(levels.calendar, said, "calendar", f"calendar_names[“{USUAL}”]")


def _reference(calendar: "Calendar", name: str | None, key: str, where: str) -> str:
    from workorder.sla import ready, ready_codes

    if name is not None and name.lower().endswith(".toml"):
        return name
    if name is not None and name.upper() in ready_codes() and ready(name) == calendar:
        return name
    for code in ready_codes():
        if ready(code) == calendar:
            return code
    found = getattr(calendar, "name", "") or type(calendar).__name__
    raise ConfigurationError([Finding(key, found, f"{_EXPECTED}; name it by {where}")])
