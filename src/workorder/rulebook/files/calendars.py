"""The calendar that a rulebook file names: a ready one, or a calendar file beside it."""

from pathlib import Path
from typing import TYPE_CHECKING

from workorder.errors import ConfigurationError, Finding, one_of
from workorder.tables import Table

if TYPE_CHECKING:
    from workorder.rulebook.rulebook import Rulebook
    from workorder.sla.verbs import Calendar

_EXPECTED = "a ready calendar such as “CN”, or a calendar file ending in .toml beside this file"


def read_calendar(file: Table, folder: Path | None) -> "Calendar | None":
    """The calendar of a rulebook file; ``None`` when it names none, or one that cannot be read."""
    text = file.take("calendar", str, _EXPECTED)
    if text is None:
        return None
    # Most rulebooks that are made need no calendar, and should not load what counts by one.
    from workorder.sla import load_calendar, ready, ready_codes

    if text.upper() in ready_codes():
        return ready(text)
    if not text.lower().endswith(".toml"):
        near = one_of(ready_codes(), text.upper())
        file.say("calendar", text, f"{near}, or a calendar file ending in .toml")
        return None
    try:
        return load_calendar((folder or Path()) / text)
    except ConfigurationError as error:
        file.wrong += error.findings
        return None


def calendar_name(rulebook: "Rulebook") -> str | None:
    """The name by which a file can refer to the calendar of *rulebook*.

    Raises:
        ConfigurationError: when there is none.
    """
    calendar, name = rulebook.calendar, rulebook.calendar_name
    if calendar is None:
        return None
    from workorder.sla import ready, ready_codes

    if name is not None and name.lower().endswith(".toml"):
        return name
    if name is not None and name.upper() in ready_codes() and ready(name) == calendar:
        return name
    for code in ready_codes():
        if ready(code) == calendar:
            return code
    found = getattr(calendar, "name", "") or type(calendar).__name__
    raise ConfigurationError([Finding("calendar", found, f"{_EXPECTED}; name it by calendar_name")])
