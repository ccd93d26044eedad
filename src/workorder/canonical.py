"""The canonical encoding: one value, one sequence of bytes.

Records are kept, compared and digested as bytes, so the same value must always give
the same bytes, in every process and every version:

* JSON, keys sorted by code point, no blanks, UTF-8, no escapes but the necessary ones;
* text in Unicode normal form C, without lone surrogates;
* objects and lists at most :data:`NESTING_LIMIT` deep in one another;
* whole numbers of at most 64 bits only (amounts are whole numbers of the smallest unit, or text):
  floating-point numbers print differently in different libraries;
* instants as UTC text (:func:`workorder.instants.instant_text`).

Reading gives back what was written; tuples come back as lists.
"""

import hashlib
import hmac
import json
import unicodedata
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from workorder.errors import InvalidInput
from workorder.instants import instant_text

NESTING_LIMIT = 64
"""How deep objects and lists may stand in one another."""

_EXPECTED = "text, whole number, true, false, null, list, or object with text keys"


def _refuse(value: object) -> Any:
    raise InvalidInput("wrong_type", name="value", expected=_EXPECTED, found=type(value).__name__)


def _plain(value: object) -> Any:
    return instant_text(value) if isinstance(value, datetime) else _refuse(value)


_to_text = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"), default=_plain
).encode
_from_text = json.JSONDecoder(parse_float=_refuse, parse_constant=_refuse).decode


def _write(value: object) -> bytes:
    """The bytes of *value* by the standard library."""
    text = _to_text(value)
    # A text may be in form C while its JSON is not: an escaped line end takes a mark after it.
    if not text.isascii() and not unicodedata.is_normalized("NFC", text) and not _normal(value):
        # What was found is not said: it may be somebody's secret.
        raise InvalidInput(
            "wrong_type", name="value", expected="text in normal form C", found="another form"
        )
    return text.encode()


def _normal(value: object) -> bool:
    """Whether every text in *value* is in form C."""
    if isinstance(value, str):
        return unicodedata.is_normalized("NFC", value)
    if isinstance(value, dict):
        return all(_normal(key) and _normal(item) for key, item in value.items())
    return not isinstance(value, list | tuple) or all(_normal(item) for item in value)


def _read(data: bytes) -> Any:
    """What *data* says, by the standard library."""
    return _from_text(data.decode())


def _quick() -> tuple[Callable[[object], bytes], Callable[[bytes], Any]]:
    """The same two by orjson (extra ``fast``), where it is installed: the same bytes, sooner."""
    try:
        import orjson
    except ImportError:
        return _write, _read
    option = (
        orjson.OPT_SORT_KEYS
        | orjson.OPT_PASSTHROUGH_DATETIME
        | orjson.OPT_PASSTHROUGH_DATACLASS
        | orjson.OPT_PASSTHROUGH_SUBCLASS
    )

    def write(value: object) -> bytes:
        try:
            data = orjson.dumps(value, default=_plain, option=option)
        except TypeError:  # numbers over 64 bits, subclasses and all that is wrong
            return _write(value)
        if not data.isascii() and not unicodedata.is_normalized("NFC", data.decode()):
            return _write(value)
        return data

    return write, orjson.loads


_quick_write, _quick_read = _quick()


def _check(value: object, room: int = NESTING_LIMIT) -> None:
    if room == 0 and isinstance(value, dict | list | tuple):
        raise InvalidInput(
            "wrong_type", name="value", expected="a value not nested so deeply", found="-"
        )
    if isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str):
                _refuse(key)
            if not isinstance(item, str):
                _check(item, room - 1)
    elif isinstance(value, list | tuple):
        for item in value:
            if not isinstance(item, str):
                _check(item, room - 1)
    elif isinstance(value, int):
        if not -(2**63) <= value < 2**63:
            raise InvalidInput(
                "wrong_type", name="value", expected="at most 64 bits", found="a larger number"
            )
    elif value is not None and not isinstance(value, str | datetime):
        _refuse(value)


def encode(value: object) -> bytes:
    """The canonical bytes of *value*.

    Raises:
        InvalidInput: ``wrong_type`` for floats, keys that are no text and anything JSON
            does not have; ``wrong_type`` also for text outside normal form C;
            ``not_encodable`` for half characters (lone surrogates).

    >>> encode({"b": 1, "a": ["工单", None, True]}).decode()
    '{"a":["工单",null,true],"b":1}'
    """
    _check(value)
    return encode_known(value)


def encode_known(value: object) -> bytes:
    """:func:`encode` for values whose types are known to hold no floats: skips that walk."""
    try:
        return _quick_write(value)
    except InvalidInput:
        raise
    except UnicodeEncodeError as error:
        raise InvalidInput("not_encodable", name="value", position=error.start) from None
    except (RecursionError, TypeError, ValueError) as error:
        raise InvalidInput(
            "wrong_type", name="value", expected="a value that can be written", found=str(error)
        ) from None


def decode(data: bytes) -> Any:
    """Read canonical bytes back; floats and ``NaN`` are refused here too.

    Bytes that say the same in another form (blanks, another order of keys) are read as well:
    what a store gives back is told from what was written by its digest, not by its form.
    :func:`is_canonical` asks for the form.

    Raises:
        InvalidInput: ``wrong_type`` when the bytes are no canonical JSON.
    """
    try:
        return _read(data)
    except InvalidInput:
        raise
    except (ValueError, RecursionError) as error:
        raise InvalidInput(
            "wrong_type", name="data", expected="canonical JSON", found=str(error)
        ) from None


def decode_known(data: bytes) -> Any:
    """:func:`decode` for bytes that :func:`encode` wrote: does not look for floats again.

    Raises:
        ValueError: when the bytes are no JSON.
    """
    return _quick_read(data)


def is_canonical(data: bytes) -> bool:
    """Whether *data* is exactly what :func:`encode` would write; costs as much as both ways.

    >>> is_canonical(b'{"a":1}'), is_canonical(b'{"a": 1}')
    (True, False)
    """
    try:
        return encode(decode(data)) == data
    except InvalidInput:
        return False


SHA_256 = "sha-256"
SM3 = "sm3"

ALGORITHMS: Mapping[str, str] = {SHA_256: "sha256", SM3: "sm3"}
"""Digest algorithms by name, with the names under which :mod:`hashlib` knows them."""


def available(algorithm: object) -> bool:
    """Whether *algorithm* is one of ours that this machine has (SM3 is not everywhere)."""
    known = ALGORITHMS.get(algorithm) if isinstance(algorithm, str) else None
    return known in hashlib.algorithms_available


def checked_algorithm(algorithm: str) -> str:
    """*algorithm*, if it is one of ours that this machine has.

    Raises:
        InvalidInput: ``not_a_choice``.
    """
    if not available(algorithm):
        here = tuple(each for each in ALGORITHMS if available(each))
        raise InvalidInput("not_a_choice", name="algorithm", found=algorithm, choices=here)
    return algorithm


def digest(data: bytes, algorithm: str = SHA_256) -> str:
    """The digest of *data*, in hexadecimal.

    Raises:
        InvalidInput: ``not_a_choice`` for an algorithm that is not known here.

    >>> digest(b"")[:16]
    'e3b0c44298fc1c14'
    """
    if algorithm == SHA_256:
        return hashlib.sha256(data).hexdigest()
    return hashlib.new(ALGORITHMS[checked_algorithm(algorithm)], data).hexdigest()


def keyed_digest(key: bytes, data: bytes) -> str:
    """HMAC-SHA-256 of *data* under *key*: tells equal from different, and nothing else."""
    return hmac.digest(key, data, "sha256").hex()


def normal_text(text: str) -> str:
    """*text* in normal form C with plain line ends: how text is taken in at the door."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text if text.isascii() else unicodedata.normalize("NFC", text)
