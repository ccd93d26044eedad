"""On which line of a TOML text a key stands, told by a light scan.

The scan knows tables, keys, and where strings and brackets end, and on which lines the items of a
list begin; it does not look further into a value, for which the line of the whole is told.
"""

import re
from collections.abc import Iterator, Mapping

_PART = re.compile(r"""\s*("(?:[^"\\]|\\.)*"|'[^']*'|[A-Za-z0-9_-]+)\s*""")
_MARKS = re.compile(
    r'''"""(?:[^\\]|\\.)*?"""|\'\'\'.*?\'\'\'|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|\#[^\n]*|[\[{]|[\]}]|\n''',
    re.DOTALL,
)
_TOKENS = re.compile(
    r'''"""(?:[^\\]|\\.)*?"""|\'\'\'.*?\'\'\'|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|\#[^\n]*|'''
    r"""[\[\]{},=\n]|[^\s\[\]{},=#"']+""",
    re.DOTALL,
)


def line_of(key: str, lines: Mapping[str, int]) -> int | None:
    """The line of *key*, or of the nearest table around it; ``None`` when there is none."""
    while key:
        if key in lines:
            return lines[key]
        key = key[: max(key.rfind("."), key.rfind("["), 0)]
    return None


def with_tables_around(lines: Mapping[str, int]) -> dict[str, int]:
    """*lines*, and the first line of each table that stands only as part of longer names."""
    found = dict(lines)
    for key, number in lines.items():
        around = key.rpartition(".")[0]
        while around:
            found.setdefault(around, number)
            around = around.rpartition(".")[0]
    return found


def key_lines(text: str) -> dict[str, int]:
    r"""The line, counted from one, of every key and table of a TOML text.

    >>> key_lines('[states.new]\nstage = "intake"\n\n[[a.rows]]\nto = "new"')["a.rows[0].to"]
    5
    """
    found: dict[str, int] = {}
    counts: dict[str, int] = {}
    path = ""
    for number, statement in _statements(text):
        line = statement.split("\n", maxsplit=1)[0]
        if line.startswith("[["):
            name = _resolved(_parts(line[2:]), counts)
            counts[name] = counts.get(name, -1) + 1
            path = f"{name}[{counts[name]}]"
            found.setdefault(name, number)
            found[path] = number
        elif line.startswith("["):
            path = _resolved(_parts(line[1:]), counts)
            found.setdefault(path, number)
        else:
            key = path
            for part in _parts(line):
                key = f"{key}.{part}" if key else part
                found.setdefault(key, number)
            for place, where in enumerate(_items(statement, number)):
                found.setdefault(f"{key}[{place}]", where)
    return found


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """Every statement, with the number of its first line."""
    begins, first, number, depth = 0, 1, 1, 0
    for mark in _MARKS.finditer(text + "\n"):
        sign = mark[0]
        number += sign.count("\n")
        if sign in "[{":
            depth += 1
        elif sign in "]}":
            depth -= 1
        elif sign == "\n" and depth <= 0:
            line = text[begins : mark.start()].strip()
            if line and not line.startswith("#"):
                yield first, line
            begins, first, depth = mark.end(), number, 0


def _items(statement: str, number: int) -> Iterator[int]:
    """The lines on which the items of a list begin, if it stands on several."""
    if "\n" not in statement:
        return
    depth, awaited, begun = 0, False, False
    for token in _TOKENS.finditer(statement):
        sign = token[0]
        if not begun:
            begun = sign == "="
            continue
        if awaited and depth == 1 and sign[0] not in "\n#,]":
            yield number
            awaited = False
        if sign in ("[", "{"):
            depth += 1
            if depth == 1 and sign == "{":
                return
            awaited = awaited or depth == 1
        elif sign in ("]", "}"):
            depth -= 1
        elif sign == "," and depth == 1:
            awaited = True
        number += sign.count("\n")


def _parts(text: str) -> list[str]:
    """The parts of a dotted key at the beginning of *text*."""
    parts: list[str] = []
    position = 0
    while found := _PART.match(text, position):
        parts.append(found[1].strip("\"'") if found[1][0] in "\"'" else found[1])
        position = found.end()
        if text[position : position + 1] != ".":
            break
        position += 1
    return parts


def _resolved(parts: list[str], counts: Mapping[str, int]) -> str:
    """A path of tables, in which a list of tables means its last one."""
    path = ""
    for position, part in enumerate(parts):
        path = f"{path}.{part}" if path else part
        if path in counts and position < len(parts) - 1:
            path = f"{path}[{counts[path]}]"
    return path
