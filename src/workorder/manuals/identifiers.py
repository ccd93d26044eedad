"""Names as identifiers: what any language of pictures takes without quoting."""

import re
from collections.abc import Iterable, Mapping

_PLAIN = re.compile("[A-Za-z][A-Za-z0-9_]*")


def identifiers(names: Iterable[str]) -> Mapping[str, str]:
    """An identifier for each of *names*, all different; plain names can still be read in theirs.

    >>> identifiers(["accepted", "end", "on hold"])
    {'accepted': 's_accepted', 'end': 's_end', 'on hold': 's2'}
    """
    return {
        # The prefix keeps clear of words that a language of pictures has for itself.
        name: f"s_{name}" if _PLAIN.fullmatch(name) else f"s{number}"
        for number, name in enumerate(names)
    }


def one_line(text: str) -> str:
    r"""*text* on one line, without the characters that nobody can see.

    >>> one_line("a\n b\x00")
    'a b'
    """
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
