"""Sound bytes, made unsound: by byte, by piece, by value, by depth."""

import json
from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

ODD: tuple[Any, ...] = (
    None,
    True,
    -1,
    0,
    2**63,
    10**40,
    1.5,
    1e308,
    "",
    "\x00",
    "\ud800",
    "e\u0301",
    "9999-99-99T99:99:99.999999Z",
    "x" * 5_000,
    [],
    {},
    [[[[[]]]]],
    {"sealed": 1, "commitment": None},
    {"instant": "yesterday"},
    {"": {"": ""}},
)
"""Values that some place or other does not expect."""

TOKENS = (
    b"",
    b"\xff",
    b"\x00",
    b'"',
    b"\\",
    b"{",
    b"}",
    b"[" * 70,
    b"[" * 5_000,
    b"{" + b'"a":{' * 100,
    b"NaN",
    b"-0",
    b"1e400",
    b"9" * 400,
    b"\n",
    b"\r\n",
    b"</script>",
    b"\xef\xbb\xbf",
    b'"a":1,"a":2,',
    b"\\ud800",
)
"""Pieces that are put in anywhere."""


@st.composite
def by_bytes(draw: DrawFn, sound: bytes) -> bytes:
    """A few bytes changed, left out, doubled, cut off, or put in."""
    data = sound
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(data)))
        length = draw(st.sampled_from([0, 0, 1, 2, 10, 200]))
        piece = draw(
            st.sampled_from(TOKENS)
            | st.binary(max_size=6)
            | st.just(data[at : at + 300])
            | st.just(sound[: at // 2])
        )
        data = data[:at] + piece + data[at + length :]
    return data


@st.composite
def by_values(draw: DrawFn, sound: bytes) -> bytes:
    """A few values somewhere in the JSON replaced, left out, renamed or added."""
    whole = json.loads(sound)
    for _ in range(draw(st.integers(1, 3))):
        place = whole
        while isinstance(place, dict | list) and place and draw(st.integers(0, 3)):
            inner = [
                each
                for each in (place.values() if isinstance(place, dict) else place)
                if isinstance(each, dict | list)
            ]
            if not inner:
                break
            place = draw(st.sampled_from(inner))
        _change(draw, place)
    escaped, indent = draw(st.booleans()), draw(st.sampled_from([None, None, None, 1]))
    text = json.dumps(whole, ensure_ascii=escaped, indent=indent, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")


def _change(draw: DrawFn, place: Any) -> None:
    value = deepcopy(draw(st.sampled_from(ODD)))  # it may be changed next
    if isinstance(place, dict):
        key = draw(st.sampled_from([*place, "unheard_of"]))
        if draw(st.booleans()):
            place[key] = value
        else:
            place.pop(key, None)
    elif isinstance(place, list):
        place.insert(draw(st.integers(0, len(place))), value)


def mutated(samples: Sequence[bytes]) -> SearchStrategy[bytes]:
    """One of *samples* (JSON), damaged in one of these ways; or any bytes at all."""
    chosen = st.sampled_from(samples)
    return st.one_of(chosen.flatmap(by_bytes), chosen.flatmap(by_values), st.binary(max_size=40))


def torn(samples: Sequence[bytes]) -> SearchStrategy[bytes]:
    """One of *samples* (of any form), damaged byte by byte; or any bytes at all."""
    return st.sampled_from(samples).flatmap(by_bytes) | st.binary(max_size=40)
