"""Service levels in a file of their own: what is promised, for whoever has no rulebook yet.

::

    format = 1                     # of the file
    calendar = "CN"                # counts where nothing else is said

    [metrics.first_contact]
    start = { field = "action", eq = "open" }
    stop = { field = "action", eq = "reply" }

    [policies.complaint]
    targets = [{ metric = "first_contact", within = "2 working hours" }]

The tables are those that a rulebook file has in ``[sla]``. What conditions name is not looked up:
there is nothing to look it up in.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workorder.errors import ConfigurationError, Finding
from workorder.rulebook.files.calendars import NO_CALENDARS, USUAL, Shelf, read_calendar, usual_name
from workorder.rulebook.files.level_tables import SLA, read_levels, read_sla
from workorder.rulebook.files.level_writing import SPREAD, level_inline, levels_to_data
from workorder.rulebook.files.mistakes import at_its_line, judge, with_lines
from workorder.rulebook.files.parts import normal
from workorder.rulebook.files.reading import FORMAT, read_format
from workorder.rulebook.level_findings import uncounted
from workorder.tables import Table, raise_all, read_text, read_toml
from workorder.toml import toml_text

if TYPE_CHECKING:
    from workorder.sla.clocks import ServiceLevels
    from workorder.sla.verbs import Calendar

_RULEBOOK = ("states", "actions", "forms")
"""Tables that only a rulebook file has."""


def load_service_levels(path: str | Path) -> "ServiceLevels":
    """Read a file of service levels, or those of a rulebook file.

    Of a rulebook file its calendar and the table ``[sla]`` are read, and nothing else; a calendar
    file that is named lies in the same folder.

    Raises:
        ConfigurationError: with every mistake at once: file and line, key, what was found, what
            was expected.
    """
    return service_levels_from_toml(read_text(path), str(path), folder=Path(path).parent)


def service_levels_from_toml(
    text: str,
    file: str = "",
    *,
    folder: Path | None = None,
    calendars: "Mapping[str, Calendar]" = NO_CALENDARS,
) -> "ServiceLevels":
    """Service levels from TOML text; *file* is named in findings, with the line.

    Raises:
        ConfigurationError: with every mistake at once.

    >>> levels = service_levels_from_toml('''
    ... format = 1
    ... calendar = "CN"
    ... [metrics.answer]
    ... start = { field = "action", eq = "open" }
    ... stop = { field = "action", eq = "reply" }
    ... [policies.everybody]
    ... targets = [{ metric = "answer", within = "2 working hours" }]
    ... ''')
    >>> str(levels.policies[0].targets[0].within)
    '2 working hours'
    """
    try:
        data = read_toml(text, file)
    except ConfigurationError as error:
        raise ConfigurationError([at_its_line(each) for each in error.findings]) from None
    try:
        return service_levels_from_data(data, file, folder=folder, calendars=calendars)
    except ConfigurationError as error:
        raise ConfigurationError(with_lines(error.findings, text, file)) from None


def service_levels_from_data(
    data: Mapping[str, Any],
    file: str = "",
    *,
    folder: Path | None = None,
    calendars: "Mapping[str, Calendar]" = NO_CALENDARS,
) -> "ServiceLevels":
    """Service levels from the plain data of a file.

    Args:
        data: as TOML gives it.
        file: named in findings.
        folder: in which calendar files lie that are named.
        calendars: calendars that need not be read, by the names that the data has for them.

    Raises:
        ConfigurationError: with every mistake at once.
    """
    if not isinstance(data, Mapping):
        raise ConfigurationError([Finding("service levels", repr(data), "a table", file)])
    try:
        table = Table(normal(data), "", [])
    except RecursionError:
        found, expected = "tables nested too deeply", "the tables of service levels"
        raise ConfigurationError([Finding("service levels", found, expected, file)]) from None
    read_format(table)
    shelf = Shelf(folder, calendars)
    calendar = read_calendar(table, shelf)
    if SLA in table.data or any(name in table.data for name in _RULEBOOK):
        said = read_sla(table, shelf)
        if SLA not in table.data:
            table.say(SLA, "nothing", "the table [sla], in which a rulebook has its service levels")
    else:
        said = read_levels(table, shelf)
        table.finish()
    name = table.data.get("calendar")
    names = {USUAL: name} if isinstance(name, str) else {}
    levels = None
    if said is not None:
        levels, more = said.made(calendar, names)
        judge(table.wrong, more)
        if "calendar" not in table.data:
            table.wrong.append(uncounted("calendar"))
    raise_all(table.wrong, file)
    assert levels is not None  # noqa: S101 (or something is wrong)
    return levels


def service_levels_to_toml(levels: "ServiceLevels") -> str:
    """The text of a file of service levels; reading it gives equal ones.

    Raises:
        ConfigurationError: for calendars that no file can name: see
            :attr:`~workorder.sla.clocks.ServiceLevels.calendar_names`, in which the usual
            calendar has the empty name.
    """
    data = {"format": FORMAT, "calendar": usual_name(levels), **levels_to_data(levels)}
    return toml_text(data, inline=level_inline, spread=SPREAD)
