"""Reading records that nobody vouches for: what each must say, before anything is believed.

The standard library reads here, whatever is installed: what counts as damage must not depend on it.
"""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from operator import itemgetter
from typing import Any, get_args

from workorder.canonical import NESTING_LIMIT, encode_known
from workorder.errors import InvalidInput
from workorder.storage.records import FORMAT, RECORD_LIMIT
from workorder.workflow.states import Category

REQUIRED: Mapping[str, type] = {
    "sequence": int,
    "ticket": str,
    "version": int,
    "at": str,
    "digest": str,
    "kind": str,
    "action": str,
    "actor": str,
    "category": str,
    "command": str,
    "format": int,
    "from": str,
    "role": str,
    "rulebook": str,
    "schema": int,
}
"""What the header of every record says."""

OPTIONAL: Mapping[str, type] = {
    "body": dict,
    "department": str,
    "previous": str,
    "rank": int,
    "recorded": str,
    "resolved": bool,
    "to": str,
}
"""What it may say."""

_REQUIRED = frozenset(REQUIRED)
_CATEGORIES = frozenset(get_args(Category))
_PLAIN = {str: "text", int: "a whole number", bool: "true or false", dict: "an object"}
_TYPES = tuple(REQUIRED.values())
_PICK = itemgetter(*REQUIRED)
_INSTANT_LENGTH = len("2026-09-30T08:30:00.000000Z")
_DIGEST = b'"digest":"'


class Unreadable(Exception):
    """Bytes that are no record; *code* says why, *facts* what else is to be said."""

    def __init__(self, code: str, **facts: object) -> None:
        self.code = code
        self.facts = facts


def _refused(_text: str) -> Any:
    raise ValueError


def _whole(text: str) -> int:
    number = int(text) if len(text) <= 20 else 2**64  # noqa: PLR2004 (sign and 19 digits)
    if not -(2**63) <= number < 2**63:
        raise ValueError
    return number


_decoder: Any = json.JSONDecoder(parse_float=_refused, parse_constant=_refused, parse_int=_whole)


def _value(text: str) -> Any:
    """The JSON value of *text*; a :exc:`ValueError` for anything that records cannot hold."""
    try:
        said, end = _decoder.scan_once(text, 0)
    except StopIteration:
        return _decoder.decode(text)  # blanks before it, or no JSON
    return said if end == len(text) else _decoder.decode(text)


def object_of(data: object) -> dict[str, Any]:
    """The JSON object that *data* holds.

    Raises:
        Unreadable: saying why there is none.
    """
    if type(data) is not bytes:
        raise Unreadable("record_unreadable")
    if len(data) > RECORD_LIMIT:
        raise Unreadable("record_too_large", limit=RECORD_LIMIT)
    try:
        said = _value(data.decode())
    except RecursionError:
        raise Unreadable("record_too_deep", limit=NESTING_LIMIT) from None
    except ValueError:
        raise Unreadable("record_not_json") from None
    if data.count(b"{") + data.count(b"[") > NESTING_LIMIT and _is_deep(said):
        raise Unreadable("record_too_deep", limit=NESTING_LIMIT)
    if type(said) is not dict:
        raise Unreadable("record_not_json")
    return said


def _is_deep(value: Any) -> bool:
    """Whether objects and lists stand deeper in one another than they may."""
    level = [value]
    for _ in range(NESTING_LIMIT):
        inner = [list(each.values()) if isinstance(each, dict) else each for each in level]
        level = [one for each in inner for one in each if isinstance(one, dict | list)]
        if not level:
            return False
    return True


def header_of(said: dict[str, Any]) -> tuple[Any, ...]:
    """The values of :data:`REQUIRED`, in that order.

    Raises:
        Unreadable: for a format that is not known, and for the first key that is missing or holds
            something else.
    """
    if said.get("format") != FORMAT:
        raise Unreadable("unknown_format")
    try:
        found: tuple[Any, ...] = _PICK(said)
    except KeyError as error:
        raise Unreadable("key_missing", key=error.args[0]) from None
    if tuple(map(type, found)) != _TYPES or found[0] < 1 or found[2] < 1:
        raise _wrong_type(said)
    if not _is_instant(found[3]):
        raise Unreadable("key_wrong", key="at", expected="an instant")
    if found[8] not in _CATEGORIES:
        raise Unreadable("key_wrong", key="category", expected="a category of states")
    if len(said) > len(REQUIRED):
        _look_at_optional(said)
    return found


def _look_at_optional(said: dict[str, Any]) -> None:
    for key in said.keys() - _REQUIRED:
        kind = OPTIONAL.get(key)
        if kind is None:
            raise Unreadable("key_unexpected")
        if type(said[key]) is not kind:
            raise Unreadable("key_wrong", key=key, expected=_PLAIN[kind])
    if said.get("resolved") is False:
        raise Unreadable("key_wrong", key="resolved", expected="true")
    if said.get("previous") == "":
        raise Unreadable("key_wrong", key="previous", expected="a digest")
    if "recorded" in said and not _is_instant(said["recorded"]):
        raise Unreadable("key_wrong", key="recorded", expected="an instant")


def _is_instant(text: str) -> bool:
    if len(text) != _INSTANT_LENGTH or text[-1] != "Z" or text[10] != "T":
        return False
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _wrong_type(said: dict[str, Any]) -> Unreadable:
    for key, kind in REQUIRED.items():
        if type(said[key]) is not kind:
            return Unreadable("key_wrong", key=key, expected=_PLAIN[kind])
    key = "sequence" if said["sequence"] < 1 else "version"
    return Unreadable("key_wrong", key=key, expected="a whole number from 1")


def _quick() -> Callable[[Any], str] | None:
    """How values are written in ASCII by the standard library; ``None`` where something quicker is
    installed. What was read from JSON holds no circles, so none are looked for.
    """
    try:
        import orjson  # noqa: F401 (asked only whether it is there)
    except ImportError:
        return json.JSONEncoder(
            ensure_ascii=False, check_circular=False, sort_keys=True, separators=(",", ":")
        ).encode
    return None


_in_ascii = _quick()


def is_in_form(said: dict[str, Any], data: bytes) -> bool:
    """Whether *data*, which says *said*, is what the canonical encoding makes of it."""
    try:
        if _in_ascii is not None and data.isascii():
            return _in_ascii(said).encode() == data
        return encode_known(said) == data
    except (InvalidInput, RecursionError, UnicodeEncodeError):
        return False


def named_algorithm(data: bytes) -> str | None:
    """Which algorithm a record names for its own digest; ``None`` if it names none.

    Only the bytes decide, so whoever has a record comes to the same answer.
    """
    if data.count(_DIGEST) == 1:  # inside a text, its quotes would be escaped
        found, end, _ = data.partition(_DIGEST)[2].partition(b'"')
        return found.decode("ascii", "replace") if end else None
    try:
        named = object_of(data).get("digest")
    except Unreadable:
        return None
    return named if isinstance(named, str) else None
