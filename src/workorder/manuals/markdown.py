"""Markdown that says what it is given, whatever signs are in it."""

import re
from collections.abc import Iterable, Sequence

from workorder.manuals.identifiers import one_line
from workorder.texts import Label, is_chinese

_SIGNS = re.compile(r"[\\`*_\[\]|~#$]")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_LEADING = re.compile(r"^(\d*)([-+=.)])")
_UNCODED = re.compile(r"[`|\\]")


def plain(text: str) -> str:
    r"""*text* on one line, with nothing in it that Markdown would take for its own.

    >>> print(plain("a | *b* <i>"))
    a \| \*b\* &lt;i&gt;
    """
    line = one_line(text)
    line = "".join(_ENTITIES.get(each, each) for each in line)
    return _LEADING.sub(r"\1\\\2", _SIGNS.sub(r"\\\g<0>", line))


def code(name: str) -> str:
    """*name* as code, for names that stand in files; one that cannot be code is plain text.

    >>> print(code("accepted"))
    `accepted`
    """
    line = one_line(name)
    if not line:
        return "–"
    # Within code a table still ends its cells at bars, and no sign can be escaped.
    return plain(line) if _UNCODED.search(line) else f"`{line}`"


def named(label: Label, language: str) -> str:
    """What people call it, and its name in files."""
    text = label.text(language)
    return code(label.name) if text == label.name else f"{plain(text)} {code(label.name)}"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """The lines of a table; cells are Markdown already.

    >>> table(["a", "b"], [["1", ""]])
    ['| a | b |', '| --- | --- |', '| 1 | – |']
    """
    found = [heads, ["---"] * len(heads), *rows]
    return [f"| {' | '.join(cell or '–' for cell in cells)} |" for cells in found]


def bold(head: str, text: str, language: str) -> str:
    """*head* in bold, a colon, *text*.

    >>> bold("Version", "1", "en")
    '**Version**: 1'
    """
    # The colon stands outside: bold that ends with a sign does not end before a letter.
    return f"**{head}**：{text}" if is_chinese(language) else f"**{head}**: {text}".rstrip()


def blocks(*parts: Iterable[str]) -> list[str]:
    """Lines of several blocks, a blank line between them; empty ones are left out."""
    lines: list[str] = []
    for part in parts:
        block = list(part)
        if block:
            lines += ["", *block] if lines else block
    return lines
