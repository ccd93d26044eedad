"""A reader of Markdown, as much as manuals need: headings, tables, items, blocks of code."""

import html
import re
from collections.abc import Iterator

from attrs import define, field

_HEADING = re.compile(r"(#{1,6}) (.+)")
_RULE = re.compile(r"\|( --- \|)+")
_PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"


def plain(text: str) -> str:
    """What a reader sees of a piece of Markdown: codes and entities read, marks left out.

    Markup in it that was not escaped is an error.
    """
    found, at = "", 0
    while at < len(text):
        sign = text[at]
        if sign == "\\" and text[at + 1 : at + 2] in _PUNCTUATION:
            found += text[at + 1]
            at += 2
        elif sign == "`":
            end = text.index("`", at + 1)
            found += text[at + 1 : end]
            at = end + 1
        elif text.startswith("**", at):
            at += 2
        elif sign == "&":
            end = text.index(";", at)
            found += html.unescape(text[at : end + 1])
            at = end + 1
        else:
            assert sign not in "*_[]<>~|$", text[at : at + 30]
            found += sign
            at += 1
    return found


def cells(line: str) -> list[str]:
    """The cells of a line of a table, as Markdown."""
    assert line.startswith("| ")
    assert line.endswith(" |")
    parts, at, inner = [""], 0, line[2:-2]
    while at < len(inner):
        if inner[at] == "\\":
            parts[-1] += inner[at : at + 2]
            at += 2
        elif inner[at] == "|":
            parts.append("")
            at += 1
        else:
            parts[-1] += inner[at]
            at += 1
    return [part.strip() for part in parts]


@define
class Section:
    """What stands under one heading, up to the next one of any level."""

    level: int
    title: str
    lines: list[str] = field(factory=list)

    def tables(self) -> list[list[list[str]]]:
        """Every table: its heads, then its rows; all with equally many cells."""
        found: list[list[list[str]]] = []
        inside = False
        for line in self.lines:
            if not line.startswith("|"):
                inside = False
            elif _RULE.fullmatch(line):
                assert len(cells(line)) == len(found[-1][0])
            else:
                if not inside:
                    found.append([])
                found[-1].append(cells(line))
                inside = True
        for table in found:
            assert {len(row) for row in table} == {len(table[0])}
        return found

    def items(self) -> list[str]:
        """The items of its lists."""
        return [line[2:] for line in self.lines if line.startswith("- ")]

    def fact(self, name: str) -> list[str]:
        """What stands after every bold *name* and a colon, within items or alone."""
        starts = (f"**{name}**: ", f"**{name}**：")
        bare = [line.removeprefix("- ") for line in self.lines]
        return [
            line.removeprefix(start) for line in bare for start in starts if line.startswith(start)
        ]


def read(text: str) -> tuple[list[Section], list[str]]:
    """The sections of a document, and the blocks of code in it."""
    sections: list[Section] = []
    blocks: list[str] = []
    code: list[str] | None = None
    for line in text.splitlines():
        if line.startswith("```"):
            if code is None:
                code = []
            else:
                blocks.append("\n".join(code))
                code = None
        elif code is not None:
            code.append(line)
        elif found := _HEADING.fullmatch(line):
            sections.append(Section(len(found[1]), found[2]))
        else:
            sections[-1].lines.append(line)
    assert code is None
    return sections, blocks


def prose(text: str) -> Iterator[str]:
    """Every line without blocks of code and without what is marked as code."""
    for section in read(text)[0]:
        for line in (section.title, *section.lines):
            yield re.sub("`[^`]*`", "`", line)
