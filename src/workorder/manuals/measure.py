"""How wide a text will be, roughly and rather too much: pictures are laid out without a font."""

from collections.abc import Iterator
from unicodedata import combining, east_asian_width

_WIDE = frozenset("mwMW@%&—…")


def _ems(character: str) -> float:
    if combining(character):
        return 0
    if east_asian_width(character) in "WFA":
        return 1
    if character in _WIDE:
        return 0.95
    return 0.72 if character.isupper() else 0.6


def width(text: str, size: float) -> float:
    """The estimated width of *text* in letters of *size*; a Chinese character is as wide as high.

    >>> width("结案", 12)
    24
    """
    return size * sum(map(_ems, text))


def shortened(text: str, size: float, room: float) -> str:
    """*text*, cut with an ellipsis where it is wider than *room*."""
    if width(text, size) <= room:
        return text
    kept = text
    while kept and width(f"{kept}…", size) > room:
        kept = kept[:-1]
    return f"{kept.rstrip()}…"


def in_lines(text: str, size: float, room: float, most: int) -> tuple[str, ...]:
    """*text* in at most so many lines of the width *room*; the last is cut where it must be."""
    lines = list(_wrapped(text, size, room))
    if len(lines) > most:
        lines = [*lines[: most - 1], "".join(lines[most - 1 :])]
    return tuple(shortened(line.strip(), size, room) for line in lines)


def _wrapped(text: str, size: float, room: float) -> Iterator[str]:
    line = ""
    for word in _words(text):
        if line.strip() and width((line + word).strip(), size) > room:
            yield line
            line = ""
        line += word
    yield line


def _words(text: str) -> Iterator[str]:
    """Where a line may break: after a blank, and before and after a Chinese character."""
    word = ""
    for character in text:
        if east_asian_width(character) in "WF":
            if word:
                yield word
            yield character
            word = ""
        else:
            word += character
            if character == " ":
                yield word
                word = ""
    if word:
        yield word
