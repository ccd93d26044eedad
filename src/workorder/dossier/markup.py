"""Markup that cannot be broken out of: text is escaped where it is put in, and only there."""

import html
from collections.abc import Iterable, Mapping, Sequence

_UNSHOWN = {number: 0x2400 + number for number in range(32) if chr(number) not in "\n\t"} | {
    127: 0x2421,
    **dict.fromkeys(range(128, 160), 0xFFFD),
    **dict.fromkeys(range(0xD800, 0xE000), 0xFFFD),
}
"""What a page cannot hold or nobody can see, and the signs that stand for it."""

VOID = frozenset({"meta", "br", "hr"})


class Markup(str):
    """Markup that is put in as it stands; any other text is escaped."""

    __slots__ = ()


def escaped(text: str) -> Markup:
    """*text* as markup that shows it.

    >>> escaped("<b>&'")
    '&lt;b&gt;&amp;&#x27;'
    """
    return Markup(html.escape(text.translate(_UNSHOWN)))


def joined(parts: Iterable[str], between: str = "") -> Markup:
    """All of *parts*, one after the other."""
    made = (part if isinstance(part, Markup) else escaped(part) for part in parts)
    return Markup(escaped(between).join(made))


def tag(name: str, *inside: str, attributes: Mapping[str, str] | None = None) -> Markup:
    """An element with what stands inside.

    >>> tag("p", "1 < 2", tag("b", "!"))
    '<p>1 &lt; 2<b>!</b></p>'
    """
    said = "".join(f' {key}="{escaped(value)}"' for key, value in (attributes or {}).items())
    return Markup(f"<{name}{said}>" + ("" if name in VOID else f"{joined(inside)}</{name}>"))


def styled(kind: str, *inside: str, name: str = "span") -> Markup:
    """An element of a class of the style sheet."""
    return tag(name, *inside, attributes={"class": kind})


def spoken(text: str) -> Markup:
    """What a person wrote: lines as they are, whichever way its script runs."""
    return tag("bdi", text, attributes={"class": "spoken"})


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Markup:
    """A table that can be pushed aside on a narrow screen; nothing, when it has no rows."""
    made = [tag("tr", *(tag("td", cell) for cell in row)) for row in rows]
    if not made:
        return Markup()
    head = tag("thead", tag("tr", *(tag("th", each) for each in heads)))
    return styled("wide", tag("table", head, tag("tbody", *made)), name="div")


def pairs(rows: Iterable[tuple[str, str]]) -> Markup:
    """Names with what belongs to them."""
    made = [tag("div", tag("dt", name), tag("dd", value)) for name, value in rows if value]
    return tag("dl", *made) if made else Markup()
