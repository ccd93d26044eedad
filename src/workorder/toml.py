"""Writing TOML: plain data as the text of a file, laid out to be read.

Reading it back gives equal data (:func:`tomllib.loads`); texts keep every sign they have.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

_WIDTH = 100
"""Up to this many signs, a list of texts stands on one line."""


Path = tuple[str, ...]
"""The names of the tables around a value, and its own."""


def _never(_path: Path) -> bool:
    return False


def toml_text(
    data: Mapping[str, Any],
    *,
    inline: Callable[[Path], bool] = _never,
    spread: Collection[str] = (),
) -> str:
    """The text of a file: plain values first, then tables, then what stands in them.

    Args:
        data: texts, numbers, true and false, dates and instants; lists and tables of them.
        inline: whether the table (or the list of tables) at a path is written on one line.
        spread: names of lists that are written with one item on each line (short texts on one).

    >>> data = {"name": "工单", "states": {"new": {"labels": {"en": "New"}}}}
    >>> print(toml_text(data, inline=lambda path: path[-1] == "labels"), end="")
    name = "工单"
    <BLANKLINE>
    [states.new]
    labels = { en = "New" }
    """
    return "\n".join(_table(data, (), inline, spread)).removeprefix("\n") + "\n"


def toml_value(value: object) -> str:
    """One value, on one line."""
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return f"[{', '.join(toml_value(each) for each in value)}]"
    if isinstance(value, Mapping):
        pairs = (f"{toml_key(name)} = {toml_value(each)}" for name, each in value.items())
        return f"{{ {', '.join(pairs)} }}" if value else "{}"
    return str(value)


def toml_key(name: str) -> str:
    """One part of a key, in quotes if it needs them."""
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else _text(name)


def _table(
    data: Mapping[str, Any], path: Path, inline: Callable[[Path], bool], spread: Collection[str]
) -> Iterator[str]:
    later: list[tuple[Path, Any]] = []
    for name, value in data.items():
        here = (*path, name)
        if name in spread and isinstance(value, list | tuple):
            yield from _spread(toml_key(name), value)
        elif (isinstance(value, Mapping) or _tables(value)) and not inline(here):
            later.append((here, value))
        else:
            yield f"{toml_key(name)} = {toml_value(value)}"
    for here, value in later:
        key = ".".join(toml_key(name) for name in here)
        if isinstance(value, Mapping):
            if not _only_tables(value, here, inline):
                yield from ("", f"[{key}]")
            yield from _table(value, here, inline, spread)
            continue
        for each in value:
            yield from ("", f"[[{key}]]")
            yield from _table(each, here, inline, spread)


def _tables(value: object) -> bool:
    return (
        isinstance(value, list | tuple)
        and bool(value)
        and all(isinstance(each, Mapping) for each in value)
    )


def _only_tables(value: Mapping[str, Any], path: Path, inline: Callable[[Path], bool]) -> bool:
    """Whether a table says nothing itself, so that it needs no line of its own."""
    return bool(value) and all(
        isinstance(each, Mapping) and not inline((*path, name)) for name, each in value.items()
    )


def _spread(key: str, items: list[Any] | tuple[Any, ...]) -> Iterator[str]:
    """A list with one item on each line, which reads better than a table for each."""
    whole = f"{key} = {toml_value(items)}"
    if len(whole) <= _WIDTH and all(isinstance(each, str) for each in items):
        yield whole
        return
    yield f"{key} = ["
    for each in items:
        yield f"  {toml_value(each)},"
    yield "]"


_ESCAPED = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def _text(text: str) -> str:
    def one(found: re.Match[str]) -> str:
        return _ESCAPED.get(found[0]) or f"\\u{ord(found[0]):04X}"

    return '"' + re.sub(r'["\\\x00-\x1f\x7f]', one, text) + '"'
