"""Values that come from outside: kinds, limits, and what is wrong with one of them.

Texts are checked for what breaks systems downstream: control characters, half
characters (lone surrogates), and length. Arguments of actions and fields of forms are
checked by the same function, so they refuse the same things with the same codes.
"""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Literal

from workorder.refusals import Unmet, problem

Kind = Literal["text", "code", "integer", "flag", "instant", "codes"]
"""``text`` is what people write, ``code`` an identifier or a value of a list."""

KINDS: tuple[Kind, ...] = ("text", "code", "integer", "flag", "instant", "codes")

TEXT_LIMIT = 20_000
"""Characters a text may have, unless its argument, field or workflow says otherwise."""

CODE_LIMIT = 200
"""Characters a code may have."""

CODES_LIMIT = 1_000
"""Codes a list may have."""

_CONTROL_IN_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
_CONTROL_IN_CODE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
_HALF = re.compile("[\ud800-\udfff]")


def check_value(
    name: str, kind: Kind, value: object, limit: int, choices: tuple[str, ...] = ()
) -> Unmet | None:
    """What is wrong with one value, or ``None``."""
    if kind in ("text", "code"):
        return _check_text(name, kind, value, limit, choices)
    if not _IS[kind](value):
        return problem(name, "wrong_type", expected=_NAMES[kind], found=_name(value))
    if isinstance(value, datetime) and value.utcoffset() is None:
        return problem(name, "naive_datetime")
    if isinstance(value, tuple | list):
        if len(value) > CODES_LIMIT:
            return problem(name, "too_many", count=len(value), limit=CODES_LIMIT)
        for item in value:
            found = _check_text(name, "code", item, limit, choices)
            if found is not None:
                return found
    return None


def without_value(found: Unmet) -> Unmet:
    """The problem without the value: for values that nobody but its owner is to read."""
    if "found" not in found.facts or found.code == "wrong_type":
        return found
    return Unmet(found.name, found.code, {**found.facts, "found": "…"}, found.texts)


def _check_text(
    name: str, kind: str, value: object, limit: int, choices: tuple[str, ...]
) -> Unmet | None:
    if not isinstance(value, str):
        return problem(name, "wrong_type", expected="text", found=_name(value))
    if kind == "code" and not value.strip():
        return problem(name, "blank")
    if len(value) > limit:
        return problem(name, "too_long", length=len(value), limit=limit)
    if not value.isprintable():  # whatever is refused here is not; most texts are
        bad = (_CONTROL_IN_TEXT if kind == "text" else _CONTROL_IN_CODE).search(value)
        if bad is not None:
            character = f"U+{ord(bad[0]):04X}"
            return problem(name, "control_character", character=character, position=bad.start())
        if (half := _HALF.search(value)) is not None:
            return problem(name, "not_encodable", position=half.start())
    if kind == "code" and value != value.strip():
        return problem(name, "padded")
    if choices and value not in choices:
        return problem(name, "not_a_choice", found=value, choices=choices)
    return None


def _name(value: object) -> str:
    return "nothing" if value is None else type(value).__name__


_IS: Mapping[str, Callable[[object], bool]] = {
    "integer": lambda value: (
        isinstance(value, int) and not isinstance(value, bool) and -(2**63) <= value < 2**63
    ),
    "flag": lambda value: isinstance(value, bool),
    "instant": lambda value: isinstance(value, datetime),
    "codes": lambda value: isinstance(value, tuple | list),
}
_NAMES: Mapping[str, str] = {
    "integer": "a whole number of at most 64 bits",
    "flag": "true or false",
    "instant": "a datetime with a time zone",
    "codes": "a list of codes",
}
