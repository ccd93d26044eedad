"""Mistakes of a file: which of them follow from others, and on which line each stands."""

import re
from collections.abc import Iterable, Mapping

from attrs import evolve

from workorder.errors import Finding
from workorder.rulebook.files.lines import key_lines, line_of, with_tables_around

_LINE = re.compile(r"\bline (\d+)\b")


def judge(wrong: list[Finding], more: Iterable[Finding]) -> None:
    """Add what does not follow from what was found already: is about it, in it, or around it."""
    before = [each.key for each in wrong]
    deciding = [key for key in before if "labels" not in key]
    for each in more:
        inside = any(within(each.key, key) for key in before)
        around = any(within(key, each.key) for key in deciding)
        if not inside and not around:
            wrong.append(each)


def placed(found: Iterable[Finding], places: Mapping[str, str]) -> list[Finding]:
    """The findings, each at the key where the file has what it is about; none twice."""
    moved = []
    for each in found:
        place = next((p for p in places if within(each.key, p)), None)
        key = each.key if place is None else places[place] + each.key[len(place) :]
        moved.append(evolve(each, key=key))
    return list(dict.fromkeys(moved))


def within(key: str, other: str) -> bool:
    """Whether *key* is *other*, or stands in it."""
    return key == other or key.startswith((f"{other}.", f"{other}["))


def at_its_line(found: Finding) -> Finding:
    """A mistake in the syntax, with the line that it names itself."""
    line = _LINE.search(found.found)
    return evolve(found, file=f"{found.file}:{line[1]}") if line and found.file else found


def with_lines(found: Iterable[Finding], text: str, file: str) -> list[Finding]:
    """The findings in the order of the file, each with its line."""
    lines = with_tables_around(key_lines(text))
    numbered = [(line_of(e.key, lines) if e.file == file else None, e) for e in found]
    return [
        evolve(each, file=f"{file}:{line}") if file and line else each
        for line, each in sorted(numbered, key=lambda pair: pair[0] or 0)
    ]
