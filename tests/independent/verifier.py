"""Checks chains of records by the page "Record format" alone: nothing of the library is used."""

import hashlib
import json
import operator
import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

LARGEST, DEEPEST, SALT_BYTES = 4_194_304, 64, 16
ALGORITHMS = {"sha-256": "sha256", "sm3": "sm3"}
# By the form of their values, as they stand in JSON: the keys of a header.
KEYS = {
    r"1": "format",
    r"-?[0-9]+": "sequence version schema rank",
    r'".*"': "digest previous ticket kind actor department role action from to command rulebook",
    r'"[0-9]{4}(-[0-9]{2}){2}T([01][0-9]|2[0-3])(:[0-5][0-9]){2}\.[0-9]{6}Z"': "at recorded",
    r'"(initial|open|closed|final)"': "category",
    r"true": "resolved",
    r"\{": "body",
}
FORMS = {key: re.compile(form) for form, keys in KEYS.items() for key in keys.split()}
OPTIONAL = {"previous", "recorded", "department", "rank", "to", "resolved", "body"}
FOLLOWS: dict[str, Callable[[Any, Any], bool]] = {
    "sequence": lambda before, now: bool(now == before + 1),
    "version": operator.le,
    "at": operator.le,
}
TEXT = r'"(?:[^"\\\x00-\x1f]++|\\(?:["\\bfnrt]|u00(?:0[0-7bef]|1[0-9a-f])))*+"'
# One value with its key, if it stands in an object; of a list or an object only the beginning.
ENTRY = re.compile(rf"(?:({TEXT}):)?([\[{{]|{TEXT}|-?[1-9][0-9]{{0,18}}|0|true|false|null)")


def faults(
    records: list[bytes], tenant: str, ticket: str, head: str | None = None
) -> list[tuple[int, str]]:
    """List what is wrong with the chain of a ticket: the position, from 1, and the fault."""
    odd = not records or "\0" in tenant + ticket
    found = [(1, "there are no records, or no such tenant or ticket")] if odd else []
    place = f"workorder/record\0{tenant}\0{ticket}\0".encode(errors="surrogatepass")
    before: dict[str, Any] = {"sequence": 0, "version": 1, "at": ""}
    link: str | None = None
    for position, data in enumerate(records, start=1):
        try:
            header = read(data)
        except ValueError as fault:
            found.append((position, f"is not in the one form: {fault}"))
            before, link = {}, None
            continue
        wrong = dict(_ill_formed(header))
        told = [f"{key} {why}" for key, why in wrong.items()]
        now = {key: _value(header[key]) for key in header.keys() - wrong.keys()}
        follow = [key for key in FOLLOWS if key in before and key in now]
        told += [f"{key} breaks" for key in follow if not FOLLOWS[key](before[key], now[key])]
        if now.get("ticket", ticket) != ticket:
            told.append("ticket is another")
        if (position == 1) == ("previous" in header) or (link and now.get("previous") != link):
            told.append("previous is not the digest of the record before")
        link = _hashed(now.get("digest"), place + data)
        if link is None:
            told.append("digest is no algorithm at hand")
        before = now
        found += [(position, fault) for fault in told]
    if head is not None and link != head:
        found.append((max(len(records), 1), "its digest is not the head"))
    return found


def commitment_holds(commitment: str, salt: bytes, value: str) -> bool:
    """Say whether a sealed value and its salt open the commitment."""
    name, colon, digits = commitment.rpartition(":")
    if len(salt) != SALT_BYTES or (colon and name in {"", "sha-256"}):
        return False  # the digits of SHA-256 stand alone
    opening = b"workorder/sealed\0" + salt + value.encode(errors="surrogatepass")
    return _hashed(name or "sha-256", opening) == digits


def read(data: bytes) -> dict[str, str]:
    """Read the header of a record, its values as they stand there; of the body only the bracket.

    A ValueError says where the bytes are not in the one form.
    """
    if len(data) > LARGEST:
        raise ValueError(f"more than {LARGEST} bytes")
    text = data.decode()
    header: dict[str, str] = {}
    closers: list[str] = []  # of the lists and objects that are open
    keys: list[str | None] = []  # and the last key in each of them
    at = 0
    while (entry := ENTRY.match(text, at)) and bool(closers or entry[2] == "{"):
        at = entry.end()
        too_deep = entry[2] in "[{" and len(closers) == DEEPEST
        if too_deep or (entry[1] is not None) != (closers[-1:] == ["}"]):
            break
        _value(entry[2])
        if entry[1] is not None:
            key = str(_value(entry[1]))
            if keys[-1] is not None and key <= keys[-1]:
                break
            keys[-1] = key
            if len(keys) == 1:
                header[key] = entry[2]
        if entry[2] in "[{":
            closers.append("]" if entry[2] == "[" else "}")
            keys.append(None)
            if text[at : at + 1] != closers[-1]:
                continue
        while closers and text[at : at + 1] == closers[-1]:
            at += 1
            closers.pop()
            keys.pop()
        if not closers and at == len(text):
            return header
        if not closers or text[at : at + 1] != ",":
            break
        at += 1
    raise ValueError(f"at character {at}")


def _value(token: str) -> object:
    """Read one text, number, true, false or null; a bracket is left as it is."""
    value: object = token if token in "[{" else json.loads(token)
    if isinstance(value, str) and not unicodedata.is_normalized("NFC", value):
        raise ValueError("a text is not in normal form C")
    if isinstance(value, int) and not -(2**63) <= value < 2**63:
        raise ValueError("a number is out of range")
    return value


def _ill_formed(header: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Tell of each key of a header what is wrong with it by itself."""
    yield from ((key, "is missing") for key in FORMS if key not in OPTIONAL | header.keys())
    for key, value in header.items():
        if key not in FORMS:
            yield key, "is in no header"
        elif not FORMS[key].fullmatch(value):
            yield key, "has another type"
        elif key in {"at", "recorded"}:
            try:
                datetime.fromisoformat(value.strip('"'))
            except ValueError:
                yield key, "is no instant"


def _hashed(name: Any, data: bytes) -> str | None:
    """Hash with the algorithm of that name, if it is at hand."""
    method = ALGORITHMS.get(name, "")
    return hashlib.new(method, data).hexdigest() if method in hashlib.algorithms_available else None
