"""Reading packs: TOML in, values out, and everything that is wrong with it at once."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from workorder.conditions import Condition, from_data
from workorder.durations import Duration, parse
from workorder.errors import ConfigurationError, Finding, InvalidInput, one_of
from workorder.sla.clocks.metric import AT
from workorder.sla.ready import ready_codes
from workorder.sla.regulations.clock import (
    CONDITIONS,
    CONFIDENCES,
    DUTIES,
    KINDS,
    Extension,
    RegulatoryClock,
)
from workorder.sla.regulations.pack import Pack
from workorder.tables import Table, quoted, raise_all, read_toml
from workorder.texts import LANGUAGES, Texts

_PERIODS = ("limit", "retention", "window")
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_CLOCK_NAME = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+")
_BOTH = f"texts in {' and '.join(LANGUAGES)}"
_CONDITION = "a condition such as { field = “type”, eq = “complaint” }"


def pack_from_toml(text: str, file: str = "") -> Pack:
    """A pack from TOML text; *file* is named in findings.

    Raises:
        ConfigurationError: with every mistake at once.
    """
    return pack_from_data(read_toml(text, file), file)


def pack_from_data(data: Mapping[str, Any], file: str = "") -> Pack:
    """A pack from the plain data of a file.

    Raises:
        ConfigurationError: with every mistake at once.
    """
    if not isinstance(data, Mapping):
        raise ConfigurationError([Finding("pack", repr(data), "a table", file)])
    table = Table(data, "", [])
    name = table.take("name", str, required=True) or ""
    if name and not _NAME.fullmatch(name):
        table.say("name", quoted(name), "small letters, digits and underscores")
    given = {
        "name": name,
        "regime": table.take("regime", str, required=True) or "",
        "calendar": _one_of(table, "calendar", ready_codes()),
        "labels": _texts(table, "labels"),
        "note": _texts(table, "note"),
        "when": _condition(table, "when", required=True),
    }
    collected = table.take("collected", date)
    clocks = [_clock(each, name, collected) for name, each in _named_tables(table, "clocks")]
    _rows_once(table, clocks)
    table.finish()
    raise_all(table.wrong, file)
    return Pack(**given, clocks=tuple(clocks))  # type: ignore[arg-type]  # or something was wrong


def _named_tables(table: Table, name: str) -> Iterator[tuple[str, Table]]:
    found = table.take(name, dict, "a table for each clock", required=True)
    if found is not None and not found:
        table.say(name, "none", "at least one clock")
    for key, value in (found or {}).items():
        place = f"{name}.{key}"
        if not _CLOCK_NAME.fullmatch(key):
            table.say(place, quoted(key), "a name such as “cn.nfra.decision”")
        if isinstance(value, Mapping):
            yield key, Table(value, table.key(place), table.wrong)
        else:
            table.say(place, quoted(value), "a table")


def _rows_once(table: Table, clocks: list[RegulatoryClock]) -> None:
    seen: set[str] = set()
    for clock in clocks:
        for row in clock.rows:
            if row in seen:
                table.say(f"clocks.{clock.name}.rows", quoted(row), "rows that no other clock has")
            seen.add(row)


# --- a clock --------------------------------------------------------------------------------


def _clock(table: Table, name: str, collected: date | None) -> RegulatoryClock:
    given = {
        "name": name,
        "rows": _list(table, "rows") or (name,),
        "kind": _one_of(table, "kind", KINDS),
        "duty": _one_of(table, "duty", DUTIES),
        "within": _duration(table, "within"),
        "citation": table.take("citation", str, required=True),
        "quote": table.take("quote", str, required=True),
        "sources": _list(table, "sources", required=True),
        "confidence": _one_of(table, "confidence", CONFIDENCES),
        "verified": table.take("verified", bool, required=True),
        "collected": table.take("collected", date, required=collected is None) or collected,
        "next_review": table.take("next_review", date, required=True),
        "valid_from": table.take("valid_from", date),
        "valid_to": table.take("valid_to", date),
        "labels": _texts(table, "labels"),
        "counting": _texts(table, "counting", required=False),
        "starts": _texts(table, "starts"),
        "met_by": _texts(table, "met_by", required=False),
        "note": _texts(table, "note", required=False),
        "extensions": tuple(_extension(each) for each in table.tables("extensions")),
        "per_case": table.take("per_case", str, "the name of an instant"),
        "per_case_most": _duration(table, "per_case_most"),
        "repeat": table.take("repeat", bool) or False,
        "anchor": table.take("anchor", str, "the name of an instant") or AT,
        **{each: _condition(table, each) for each in CONDITIONS},
    }
    table.finish()
    clock = RegulatoryClock(**given)  # type: ignore[arg-type]  # what is missing was noted
    _evidence(table, clock)
    _fitting(table, clock)
    return clock


def _extension(table: Table) -> Extension:
    to = _duration(table, "to", required=True)
    texts = {name: _texts(table, name) for name in ("condition", "approver", "notice")}
    table.finish()
    return Extension(to, **texts)  # type: ignore[arg-type]  # what is missing was noted


def _evidence(table: Table, clock: RegulatoryClock) -> None:
    """A clock that ships as verified was read; what is known has an order in time."""
    if clock.verified and clock.confidence == "secondary":
        table.say("verified", "true", "false, while the words of the rule were not seen")
    for name in ("citation", "quote"):
        if name in table.data and getattr(clock, name) == "":
            table.say(name, "nothing", "words")
    for earlier, later in (("collected", "next_review"), ("valid_from", "valid_to")):
        first, last = getattr(clock, earlier), getattr(clock, later)
        if first is not None and last is not None and last <= first:
            table.say(later, str(last), f"a date after {earlier}, {first}")


def _fitting(table: Table, clock: RegulatoryClock) -> None:
    """What is said about a clock goes together."""
    if clock.kind not in _PERIODS and "within" in table.data:
        table.say("within", "a period", f"none with the kind “{clock.kind}”")
    if "within" in table.data and not clock.counting:
        table.say("counting", "nothing", f"how the period is counted: {_BOTH}")
    if "extensions" in table.data and "within" not in table.data:
        table.say("extensions", "longer times", "within: the first one")
    if clock.per_case is not None and not clock.per_case.isidentifier():
        table.say("per_case", quoted(clock.per_case), "a field's name")
    if "per_case_most" in table.data and clock.per_case is None:
        table.say("per_case_most", "a longest time", "per_case beside it")
    if "start" in table.data:
        if not clock.binding or "within" not in table.data:
            table.say("start", "a condition", "none but for a limit of the bank with a period")
        if "stop" not in table.data:
            table.say("stop", "nothing", _CONDITION)
        return
    for name in ("when", "stop", "pause", "cancel", "reopen", "repeat", "anchor", "per_case"):
        if name in table.data:
            table.say(name, "something that tickets are asked for", "start beside it")


# --- values ---------------------------------------------------------------------------------


def _one_of(table: Table, name: str, choices: tuple[str, ...]) -> str | None:
    value = table.take(name, str, one_of(choices, ""), required=True)
    if value is None or value in choices:
        return value
    table.say(name, quoted(value), one_of(choices, value))
    return None


def _list(table: Table, name: str, *, required: bool = False) -> tuple[str, ...]:
    found = table.texts(name) or ()
    if not found and (required or table.data.get(name) == []):
        table.say(name, "nothing", "a list of texts")
    return found


def _texts(table: Table, name: str, *, required: bool = True) -> Texts:
    """A text in both languages."""
    before = len(table.wrong)
    value = table.take(name, dict, _BOTH, required=required)
    if value is None:
        return {}
    inner = Table(value, table.key(name), table.wrong)
    texts = {each: inner.take(each, str, "text", required=True) for each in LANGUAGES}
    inner.finish()
    if len(table.wrong) > before:
        return {}
    return {language: text for language, text in texts.items() if text is not None}


def _duration(table: Table, name: str, *, required: bool = False) -> Duration | None:
    text = table.take(name, str, "a duration such as “15 calendar days”", required=required)
    if text is None:
        return None
    try:
        return parse(text)
    except InvalidInput as error:
        table.say(name, quoted(text), error.text())
        return None


def _condition(table: Table, name: str, *, required: bool = False) -> Condition | None:
    value = table.any(name)
    if name not in table.data:
        if required:
            table.say(name, "nothing", _CONDITION)
        return None
    try:
        return from_data(value, name)
    except InvalidInput as error:
        place = str(error.facts.get("name", name))
        expected = str(error.facts.get("expected", _CONDITION))
        table.say(place if place.startswith(name) else name, quoted(value), expected)
        return None
