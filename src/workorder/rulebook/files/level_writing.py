"""Writing service levels down: the tables of ``[sla]``, and of a file of their own."""

from typing import TYPE_CHECKING, Any

from workorder.rulebook.files.calendars import calendar_names
from workorder.rulebook.files.converter import CONVERTER

if TYPE_CHECKING:
    from workorder.sla.clocks import ServiceLevels

SPREAD = ("marks", "targets")
"""Lists of tables that stand with one on each line."""

CONDITIONS = frozenset({"start", "stop", "pause", "resume", "reset", "cancel", "reopen"})
INLINE = CONDITIONS | {"when", "labels"}
"""Tables that are written on one line."""

TABLES = ("ladders", "metrics", "policies", "packs")
"""Tables whose keys are names that people chose."""


def levels_to_data(levels: "ServiceLevels", prefix: str = "") -> dict[str, Any]:
    """The plain data of *levels* without the usual calendar, as a file has it.

    Raises:
        ConfigurationError: for calendars that no file can name, their keys under *prefix*.
    """
    tables: dict[str, Any] = {
        "leading": list(levels.leading),
        "calendars": dict(calendar_names(levels, prefix)),
        "departments": dict(levels.departments),
    }
    for table in TABLES:
        tables[table] = {each.name: _data(each) for each in getattr(levels, table)}
    return {name: each for name, each in tables.items() if each}


def level_inline(path: tuple[str, ...]) -> bool:
    """Whether the table at *path*, from that of the service levels, is written on one line."""
    return path[-1] in INLINE and len(path) > len(("metrics", "<name>"))


def _data(value: Any) -> dict[str, Any]:
    made: dict[str, Any] = CONVERTER.unstructure(value)
    del made["name"]
    labels = {"labels": made.pop("labels")} if "labels" in made else {}
    last = {name: made.pop(name) for name in SPREAD if name in made}
    return labels | made | last
