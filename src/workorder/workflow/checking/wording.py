"""How findings name values and their kinds: in words that people use, not those of Python."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time

from workorder.errors import one_of

_KINDS: Mapping[type, str] = {
    str: "text",
    bool: "true or false",
    int: "a whole number",
    float: "a decimal number",
    datetime: "an instant",
    date: "a date",
    time: "a time of day",
    tuple: "a list",
    list: "a list",
    set: "a list",
    frozenset: "a list",
    dict: "a table",
    type(None): "nothing",
}
_BY_NAME = {kind.__name__: said for kind, said in _KINDS.items()}


def kind_said(kind: type) -> str:
    """What values of *kind* are called.

    >>> kind_said(tuple)
    'a list'
    """
    return _KINDS.get(kind, kind.__name__)


def plainly(words: str) -> str:
    """*words*, unless they are a name that Python has for a kind of value."""
    return _BY_NAME.get(words.removeprefix("a "), words)


def said(value: object) -> str:
    """*value* as it looks in a file.

    >>> said(("a", True))
    '[“a”, true]'
    """
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f"“{value}”"
    if isinstance(value, tuple | list):
        return f"[{', '.join(said(each) for each in value)}]"
    return "nothing" if value is None else str(value)


def nearest(known: Iterable[str], found: str, what: str) -> str:
    """What was expected: the nearest of the names, or all; that there is no *what* to be named.

    >>> nearest([], "clerk", "a role")
    'a role, of which there is none yet'
    """
    names = [*known]
    return one_of(names, found) if names else f"{what}, of which there is none yet"
