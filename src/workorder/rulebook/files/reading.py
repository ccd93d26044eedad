"""Reading a rulebook file: the values it says, or every mistake in it at once."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from attrs import evolve

from workorder.durations import Elapsed
from workorder.errors import ConfigurationError, Finding
from workorder.rulebook.extension import Extension
from workorder.rulebook.files.calendars import read_calendar
from workorder.rulebook.files.converter import Misread, read_duration
from workorder.rulebook.files.form_tables import read_forms
from workorder.rulebook.files.lines import key_lines, line_of, with_tables_around
from workorder.rulebook.files.parts import note, read_labels
from workorder.rulebook.files.settings_table import read_settings
from workorder.rulebook.files.workflow_tables import (
    read_actions,
    read_roles,
    read_states,
    typed_commands,
)
from workorder.rulebook.findings import findings as rulebook_findings
from workorder.rulebook.rulebook import Rulebook
from workorder.tables import Table, raise_all, read_text, read_toml
from workorder.workflow import STANDARD_RULES, Rule, Workflow
from workorder.workflow.definition import Definition
from workorder.workflow.findings import findings as workflow_findings

Rules = Iterable[Rule] | Mapping[str, Rule]
"""A host's own rules, by name or one after the other."""

FORMAT = 1
"""Of the file; a later one would be read differently."""

LENGTHS = ("clock_skew", "late_notice")
"""Keys that are lengths of time by the clock on the wall."""

_LINE = re.compile(r"\bline (\d+)\b")
_ELAPSED = "elapsed time such as “5 elapsed minutes”"


def load_rulebook(
    path: str | Path, *, extensions: Sequence[Extension] = (), rules: Rules | None = None
) -> Rulebook:
    """Read a rulebook file; a calendar file it names lies in the same folder.

    Args:
        path: of the file.
        extensions: the host's own commands.
        rules: the host's own rules, which the file may name beside those that ship.

    Raises:
        ConfigurationError: with every mistake at once: file and line, key, what was found, what
            was expected.
    """
    folder = Path(path).parent
    return rulebook_from_toml(
        read_text(path), str(path), folder=folder, extensions=extensions, rules=rules
    )


def rulebook_from_toml(
    text: str,
    file: str = "",
    *,
    folder: Path | None = None,
    extensions: Sequence[Extension] = (),
    rules: Rules | None = None,
) -> Rulebook:
    """A rulebook from TOML text; *file* is named in findings, with the line.

    Raises:
        ConfigurationError: with every mistake at once.
    """
    try:
        data = read_toml(text, file)
    except ConfigurationError as error:
        raise ConfigurationError([_at_its_line(each) for each in error.findings]) from None
    try:
        return rulebook_from_data(data, file, folder=folder, extensions=extensions, rules=rules)
    except ConfigurationError as error:
        raise ConfigurationError(_with_lines(error.findings, text, file)) from None


def rulebook_from_data(
    data: Mapping[str, Any],
    file: str = "",
    *,
    folder: Path | None = None,
    extensions: Sequence[Extension] = (),
    rules: Rules | None = None,
) -> Rulebook:
    """A rulebook from the plain data of a rulebook file.

    Args:
        data: as TOML gives it: texts, numbers, lists and tables.
        file: named in findings.
        folder: in which a calendar file lies that is named; without one, it needs a whole path.
        extensions: the host's own commands.
        rules: the host's own rules, which the data may name beside those that ship.

    Raises:
        ConfigurationError: with every mistake at once.
    """
    if not isinstance(data, Mapping):
        raise ConfigurationError([Finding("rulebook", repr(data), "a table", file)])
    try:
        table = Table(_normal(data), "", [])
    except RecursionError:
        found, expected = "tables nested too deeply", "the tables of a rulebook"
        raise ConfigurationError([Finding("rulebook", found, expected, file)]) from None
    extensions = tuple(extensions)
    given = _plain(table)
    named = given.get("workflow", given.get("name", ""))
    calendar = read_calendar(table, folder)
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
    table.finish()
    counted = "calendar" in table.data  # a mistake in its name is none of the durations
    legible = not any(each.key.startswith(("states", "actions", "roles")) for each in table.wrong)
    more = rulebook_findings(definition, forms, extensions, counted=counted, legible=legible)
    judged = [*workflow_findings(definition), *more]
    _judge(table.wrong, _placed(judged, {**places, **moved}))
    raise_all(table.wrong, file)
    given.pop("workflow", None)
    workflow = Workflow(**{name: getattr(definition, name) for name in _DEFINED})
    return Rulebook(
        workflow=workflow,
        forms=forms,
        extensions=extensions,
        calendar=calendar,
        calendar_name=table.data.get("calendar"),
        **given,
    )


_DEFINED = ("name", "states", "roles", "actions", "rows", "rules", "settings", "text_limit")


def _plain(table: Table) -> dict[str, Any]:
    """What stands at the top of the file."""
    number = table.take("format", int, str(FORMAT), required=True)
    if number not in {None, FORMAT}:
        table.say("format", str(number), str(FORMAT))
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


def _length(table: Table, name: str) -> Any:
    text = table.take(name, str, _ELAPSED)
    if text is None:
        return None
    try:
        duration = read_duration(text, _ELAPSED)
    except Misread as error:
        note(table, name, error)
        return None
    if isinstance(duration, Elapsed):
        return duration.amount
    table.say(name, text, _ELAPSED)
    return None


def _rules(table: Table, own: Rules | None) -> dict[str, Rule]:
    """The rules that ship and the host's own; none may take the name of another."""
    known = dict(STANDARD_RULES)
    for each in own.values() if isinstance(own, Mapping) else own or ():
        if known.setdefault(each.name, each) is not each:
            table.say(f"rules ({each.name})", "two rules of one name", "a name of its own")
    return known


def _normal(value: Any) -> Any:
    """*value* with its texts in normal form C, as the digest wants them."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, Mapping):
        return {_normal(name): _normal(each) for name, each in value.items()}
    return [_normal(each) for each in value] if isinstance(value, list | tuple) else value


def _judge(wrong: list[Finding], more: Iterable[Finding]) -> None:
    """Add what does not follow from what was found already: is about it, in it, or around it."""
    before = [each.key for each in wrong]
    deciding = [key for key in before if "labels" not in key]
    for each in more:
        inside = any(_within(each.key, key) for key in before)
        around = any(_within(key, each.key) for key in deciding)
        if not inside and not around:
            wrong.append(each)


def _placed(found: Iterable[Finding], places: Mapping[str, str]) -> list[Finding]:
    """The findings, each at the key where the file has what it is about; none twice."""
    moved = []
    for each in found:
        place = next((p for p in places if _within(each.key, p)), None)
        key = each.key if place is None else places[place] + each.key[len(place) :]
        moved.append(evolve(each, key=key))
    return list(dict.fromkeys(moved))


def _within(key: str, other: str) -> bool:
    return key == other or key.startswith((f"{other}.", f"{other}["))


def _at_its_line(found: Finding) -> Finding:
    """A mistake in the syntax, with the line that it names itself."""
    line = _LINE.search(found.found)
    return evolve(found, file=f"{found.file}:{line[1]}") if line and found.file else found


def _with_lines(found: Iterable[Finding], text: str, file: str) -> list[Finding]:
    """The findings in the order of the file, each with its line."""
    lines = with_tables_around(key_lines(text))
    numbered = [(line_of(e.key, lines) if e.file == file else None, e) for e in found]
    return [
        evolve(each, file=f"{file}:{line}") if file and line else each
        for line, each in sorted(numbered, key=lambda pair: pair[0] or 0)
    ]
