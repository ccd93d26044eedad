"""Reading a rulebook file: the values it says, or every mistake in it at once."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workorder.errors import ConfigurationError, Finding
from workorder.rulebook.extension import Extension
from workorder.rulebook.files.calendars import NO_CALENDARS, Shelf, read_calendar
from workorder.rulebook.files.converter import ELAPSED, Misread, read_elapsed
from workorder.rulebook.files.form_tables import read_forms
from workorder.rulebook.files.level_tables import SLA, read_sla
from workorder.rulebook.files.mistakes import at_its_line, judge, placed, with_lines
from workorder.rulebook.files.parts import normal, note, read_labels
from workorder.rulebook.files.settings_table import read_settings
from workorder.rulebook.files.workflow_tables import (
    read_actions,
    read_roles,
    read_states,
    typed_commands,
)
from workorder.rulebook.findings import findings as rulebook_findings
from workorder.rulebook.level_findings import uncounted
from workorder.rulebook.rulebook import Rulebook
from workorder.tables import Table, raise_all, read_text, read_toml
from workorder.workflow import STANDARD_RULES, Rule, Workflow
from workorder.workflow.definition import Definition
from workorder.workflow.findings import findings as workflow_findings

if TYPE_CHECKING:
    from workorder.assign.shipped import Part
    from workorder.rulebook.files.routing_tables import RoutingTables
    from workorder.sla.verbs import Calendar

Rules = Iterable[Rule] | Mapping[str, Rule]
"""A host's own rules, by name or one after the other."""

FORMAT = 1
"""Of the file; a later one would be read differently."""

ROUTING = "routing"
"""The table that says who gets a ticket."""

LENGTHS = ("clock_skew", "late_notice")
"""Keys that are lengths of time by the clock on the wall."""


def load_rulebook(
    path: str | Path,
    *,
    extensions: Sequence[Extension] = (),
    rules: Rules | None = None,
    parts: "Iterable[Part]" = (),
) -> Rulebook:
    """Read a rulebook file; a calendar file it names lies in the same folder.

    Args:
        path: of the file.
        extensions: the host's own commands.
        rules: the host's own rules, which the file may name beside those that ship.
        parts: the host's own filters, scorers, selectors and disciplines, which policies of the
            file may name by their names.

    Raises:
        ConfigurationError: with every mistake at once: file and line, key, what was found, what
            was expected.
    """
    folder = Path(path).parent
    given: Any = {"extensions": extensions, "rules": rules, "parts": parts}
    return rulebook_from_toml(read_text(path), str(path), folder=folder, **given)


def rulebook_from_toml(
    text: str,
    file: str = "",
    *,
    folder: Path | None = None,
    calendars: "Mapping[str, Calendar]" = NO_CALENDARS,
    extensions: Sequence[Extension] = (),
    rules: Rules | None = None,
    parts: "Iterable[Part]" = (),
) -> Rulebook:
    """A rulebook from TOML text; *file* is named in findings, with the line.

    Raises:
        ConfigurationError: with every mistake at once.
    """
    try:
        data = read_toml(text, file)
    except ConfigurationError as error:
        raise ConfigurationError([at_its_line(each) for each in error.findings]) from None
    known: Any = {"folder": folder, "calendars": calendars}
    given: Any = {"extensions": extensions, "rules": rules, "parts": parts}
    try:
        return rulebook_from_data(data, file, **known, **given)
    except ConfigurationError as error:
        raise ConfigurationError(with_lines(error.findings, text, file)) from None


def rulebook_from_data(
    data: Mapping[str, Any],
    file: str = "",
    *,
    folder: Path | None = None,
    calendars: "Mapping[str, Calendar]" = NO_CALENDARS,
    extensions: Sequence[Extension] = (),
    rules: Rules | None = None,
    parts: "Iterable[Part]" = (),
) -> Rulebook:
    """A rulebook from the plain data of a rulebook file.

    Args:
        data: as TOML gives it: texts, numbers, lists and tables.
        file: named in findings.
        folder: in which a calendar file lies that is named; without one, it needs a whole path.
        calendars: calendars that need not be read, by the names that the data has for them.
        extensions: the host's own commands.
        rules: the host's own rules, which the data may name beside those that ship.
        parts: the host's own parts of policies, which the data may name.

    Raises:
        ConfigurationError: with every mistake at once.
    """
    if not isinstance(data, Mapping):
        raise ConfigurationError([Finding("rulebook", repr(data), "a table", file)])
    try:
        table = Table(normal(data), "", [])
    except RecursionError:
        found, expected = "tables nested too deeply", "the tables of a rulebook"
        raise ConfigurationError([Finding("rulebook", found, expected, file)]) from None
    extensions = tuple(extensions)
    given = _plain(table)
    named = given.get("workflow", given.get("name", ""))
    shelf = Shelf(folder, calendars)
    calendar = read_calendar(table, shelf)
    actions, rows, moved = read_actions(table, typed_commands(extensions))
    definition = Definition(
        name=named,
        states=read_states(table),
        roles=read_roles(table),
        actions=actions,
        rows=rows,
        rules=_rules(table, rules),
        settings=read_settings(table),
        **{name: given.pop(name) for name in ("text_limit",) if name in given},
    )
    forms, places = read_forms(table)
    said = read_sla(table, shelf)
    routes = _routing(table, parts)
    table.finish()
    counted = "calendar" in table.data  # a mistake in its name is none of the durations
    legible = not any(each.key.startswith(("states", "actions", "roles")) for each in table.wrong)
    more = rulebook_findings(
        definition, forms, extensions, counted=counted, legible=legible, sla=said, routing=routes
    )
    if routes is not None:
        more = [each for each in more if not routes.follows(each, table.wrong)]
    sla, promised = (None, ()) if said is None else said.made(calendar)
    judged = [*workflow_findings(definition), *more, *promised]
    judge(table.wrong, placed(judged, {**places, **moved}))
    if said is not None and not counted:
        table.wrong.append(uncounted(SLA))  # whatever else is wrong in it
    raise_all(table.wrong, file)
    given.pop("workflow", None)
    workflow = Workflow(**{name: getattr(definition, name) for name in _DEFINED})
    return Rulebook(
        workflow=workflow,
        forms=forms,
        extensions=extensions,
        calendar=calendar,
        calendar_name=table.data.get("calendar"),
        sla=sla,
        routing=None if routes is None else routes.made(),
        **given,
    )


_DEFINED = ("name", "states", "roles", "actions", "rows", "rules", "settings", "text_limit")


def _plain(table: Table) -> dict[str, Any]:
    """What stands at the top of the file."""
    read_format(table)
    given: dict[str, Any] = {
        "name": table.take("name", str, required=True),
        "version": table.take("version", str, required=True),
        "workflow": table.take("workflow", str),
        "text_limit": table.take("text_limit", int),
    }
    for name in LENGTHS:
        given[name] = _length(table, name)
    given["labels"] = read_labels(table)
    for name in ("name", "version"):
        if given[name] is not None and not given[name].strip():
            table.say(name, "nothing" if not given[name] else "blanks", "text")
    return {name: each for name, each in given.items() if each is not None}


def read_format(table: Table) -> None:
    """Look at the format of the file, which is the first thing that it says."""
    number = table.take("format", int, str(FORMAT), required=True)
    if number not in {None, FORMAT}:
        table.say("format", str(number), str(FORMAT))


def _length(table: Table, name: str) -> Any:
    text = table.take(name, str, ELAPSED)
    if text is None:
        return None
    try:
        return read_elapsed(text)
    except Misread as error:
        note(table, name, error)
        return None


def _routing(table: Table, parts: "Iterable[Part]") -> "RoutingTables | None":
    """Who gets the tickets; what assigns them is loaded only where that is said."""
    if ROUTING not in table.data:
        table.any(ROUTING)
        return None
    from workorder.rulebook.files.routing_tables import read_routing

    return read_routing(table, parts)


def _rules(table: Table, own: Rules | None) -> dict[str, Rule]:
    """The rules that ship and the host's own; none may take the name of another."""
    known = dict(STANDARD_RULES)
    for each in own.values() if isinstance(own, Mapping) else own or ():
        if known.setdefault(each.name, each) is not each:
            table.say(f"rules ({each.name})", "two rules of one name", "a name of its own")
    return known
