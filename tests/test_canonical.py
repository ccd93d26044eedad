"""The canonical encoding: one value, one sequence of bytes."""

import json
import random
import sys
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from enum import StrEnum
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from workorder import canonical
from workorder.canonical import (
    decode,
    decode_known,
    digest,
    encode,
    encode_known,
    is_canonical,
    keyed_digest,
    normal_text,
)
from workorder.errors import InvalidInput


class Role(StrEnum):
    """A text that is more than a text."""

    HANDLER = "handler"


texts = st.text(st.characters(codec="utf-8")).map(lambda text: unicodedata.normalize("NFC", text))
scalars = st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | texts
values: st.SearchStrategy[Any] = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner) | st.lists(inner).map(tuple) | st.dictionaries(texts, inner, max_size=5)
    ),
    max_leaves=20,
)


def listed(value: Any) -> Any:
    """*value* as reading gives it back: tuples are lists."""
    if isinstance(value, Mapping):
        return {name: listed(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [listed(item) for item in value]
    return value


def shuffled(value: Any, chance: random.Random) -> Any:
    """An equal value whose objects list their keys in another order."""
    if isinstance(value, dict):
        names = list(value)
        chance.shuffle(names)
        return {name: shuffled(value[name], chance) for name in names}
    if isinstance(value, list | tuple):
        return [shuffled(item, chance) for item in value]
    return value


@pytest.fixture(scope="module")
def quick() -> Iterator[Any]:
    """The writer and reader of the extra ``fast``."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delitem(sys.modules, "orjson")
        yield canonical._quick()


def test_the_tests_run_without_the_accelerator() -> None:
    """What the rest of the tests see is the standard library at work."""
    assert canonical._quick_write is canonical._write


def outcome(function: Any, given: Any) -> Any:
    """What a function gives, or the code of its refusal."""
    try:
        return function(given)
    except InvalidInput as error:
        return error.code
    except (TypeError, ValueError) as error:
        return type(error).__name__


odd = st.floats() | st.binary(max_size=3) | st.dates() | st.text() | st.sampled_from(list(Role))


@given(
    value=values
    | st.recursive(scalars | odd, st.lists)
    | st.dictionaries(st.integers() | texts, scalars)
    | st.datetimes(timezones=st.timezones() | st.none())
)
def test_the_accelerator_writes_the_same_bytes(quick: Any, value: Any) -> None:
    """Law: with the extra ``fast`` every value has the same bytes, or is refused alike; only
    floats, which :func:`encode` has looked for before, may print differently.
    """
    write, _read = quick
    assume(not has_floats(value))
    assert outcome(write, value) == outcome(canonical._write, value)


def has_floats(value: Any) -> bool:
    """Whether there is a float in *value*."""
    if isinstance(value, list | tuple):
        return any(has_floats(item) for item in value)
    return isinstance(value, float)


@given(values)
def test_the_accelerator_reads_the_same_values(quick: Any, value: Any) -> None:
    """Law: what was written is read back the same with and without it."""
    _write, read = quick
    data = encode(value)
    assert read(data) == decode_known(data) == decode(data)


@given(values)
def test_reading_gives_back_what_was_written(value: Any) -> None:
    """Law: decoding is the inverse of encoding, but for tuples, which come back as lists."""
    assert decode(encode(value)) == listed(value)


@given(values, st.randoms(use_true_random=False))
def test_the_order_of_keys_changes_no_byte(value: Any, chance: random.Random) -> None:
    """Law: equal values have the same bytes, however their objects were put together."""
    assert encode(value) == encode(shuffled(value, chance))


@given(values, values)
def test_different_values_have_different_bytes(one: Any, other: Any) -> None:
    """Law: the bytes tell values apart (true and 1 included)."""
    assume(repr(listed(one)) != repr(listed(other)))
    assume(shuffled(listed(one), random.Random(1)) != shuffled(listed(other), random.Random(1)))
    assert encode(one) != encode(other)


@given(values)
def test_other_json_readers_understand(value: Any) -> None:
    """Law: the bytes are plain JSON in UTF-8, with sorted keys and no blanks between parts."""
    data = encode(value)
    assert json.loads(data) == listed(value)
    again = json.dumps(
        json.loads(data), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    ).encode()
    assert again == data


GOLDEN = [
    (None, b"null"),
    (True, b"true"),
    (1, b"1"),
    (-(2**63), b"-9223372036854775808"),
    ("", b'""'),
    ((), b"[]"),
    ({}, b"{}"),
    ("工单", '"工单"'.encode()),
    ('"\\/\x00\n\x7f\u2028', b'"\\"\\\\/\\u0000\\n\x7f\xe2\x80\xa8"'),
    ("😀", b'"\xf0\x9f\x98\x80"'),
    (
        {"b": 1, "a": [True, None, "é"], "B": {}, "é": (), "10": 2, "9": 1},
        '{"10":2,"9":1,"B":{},"a":[true,null,"é"],"b":1,"é":[]}'.encode(),
    ),
    ({"\U0001f600": 1, "\uffee": 2}, '{"\uffee":2,"\U0001f600":1}'.encode()),
]


@pytest.mark.parametrize(("value", "data"), GOLDEN)
def test_golden_bytes(value: object, data: bytes) -> None:
    """These bytes stand for ever: another version that writes others breaks every digest."""
    assert encode(value) == data
    assert encode_known(value) == data


def test_instants_are_written_as_text() -> None:
    """An instant is written as its UTC text, whatever its zone; without a zone it is refused."""
    noon = datetime(2026, 9, 30, 12, 0, tzinfo=timezone(timedelta(hours=8)))
    assert encode({"at": noon}) == b'{"at":"2026-09-30T04:00:00.000000Z"}'
    with pytest.raises(InvalidInput) as refused:
        encode([noon.replace(tzinfo=None)])
    assert refused.value.code == "naive_datetime"


@pytest.mark.parametrize(
    "value",
    [
        1.0,
        float("nan"),
        float("inf"),
        [0.5],
        {"a": {"b": (1, 2.0)}},
        {1: "a"},
        {None: "a"},
        {True: "a"},
        {1.5: "a"},
        {("a",): 1},
        b"bytes",
        {"a"},
        Decimal(1),
        object(),
    ],
)
def test_what_json_does_not_have_is_refused(value: object) -> None:
    """Floats (NaN and infinity among them), keys that are no text, and other types are refused."""
    with pytest.raises(InvalidInput) as refused:
        encode(value)
    assert refused.value.code == "wrong_type"


def test_values_that_break_the_writer_are_refused() -> None:
    """A number too long for Python, and a list that holds itself, are errors of this library."""
    circle: list[object] = []
    circle.append(circle)
    for value in (10**5_000, circle):
        with pytest.raises(InvalidInput):
            encode(value)


@pytest.mark.parametrize("value", ["e\u0301", ["e\u0301"], {"e\u0301": 1}, {"a": "\u212b"}])
def test_text_outside_normal_form_is_refused(value: object) -> None:
    """Text that looks the same has the same bytes, or is not written: form C only."""
    with pytest.raises(InvalidInput) as refused:
        encode(value)
    assert refused.value.code == "wrong_type"
    assert refused.value.facts["expected"] == "text in normal form C"


@pytest.mark.parametrize("value", ["\ud800", ["a\udfff"], {"\udc00": 1}])
def test_half_characters_are_refused(value: object) -> None:
    """A lone surrogate cannot be written as UTF-8 and is refused by its own code."""
    with pytest.raises(InvalidInput) as refused:
        encode(value)
    assert refused.value.code == "not_encodable"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"tru",
        b'{"a":1}}',
        b"'a'",
        b"\xff",
        b'"\xed\xa0\x80"',
        b"1.5",
        b"1e3",
        b"NaN",
        b"-Infinity",
        b'{"a":[1.0]}',
    ],
)
def test_bytes_that_are_no_value_are_refused(data: bytes) -> None:
    """Broken JSON, broken UTF-8, floats and NaN are refused when reading, too."""
    with pytest.raises(InvalidInput) as refused:
        decode(data)
    assert refused.value.code == "wrong_type"


@pytest.mark.parametrize(
    "data",
    [b"[" * 100_000, b"1" * 5_000],
    ids=["nested too deeply", "a number too long for Python"],
)
def test_bytes_that_break_readers_are_refused(data: bytes) -> None:
    """A damaged or hostile record is an error of this library, whatever breaks underneath."""
    with pytest.raises(InvalidInput):
        decode(data)


@pytest.mark.parametrize(
    "data",
    [
        b'{"a":1,"a":2}',
        b'{"b":1,"a":1}',
        b" 1",
        b"-0",
        b'"\\u0041"',
        b'"\\ud800"',
        b'"e\xcc\x81"',
        b"1.5",
        b"{",
        b"\xff",
    ],
)
def test_bytes_that_were_never_written_are_told_apart(data: bytes) -> None:
    """Another form of the same value, or no value at all, is not canonical."""
    assert not is_canonical(data)


@given(values)
def test_what_is_written_is_canonical(value: Any) -> None:
    """Law: whatever was written is recognised as written."""
    assert is_canonical(encode(value))


def test_digests() -> None:
    """Plain digests are SHA-256; keyed ones are HMAC and need the key."""
    assert digest(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert (
        keyed_digest(b"Jefe", b"what do ya want for nothing?")
        == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    )
    assert keyed_digest(b"other", b"abc") != keyed_digest(b"key", b"abc")


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("plain", "plain"),
        ("a\r\nb\rc\n", "a\nb\nc\n"),
        ("e\u0301", "é"),
        ("e\u0301\r\n", "é\n"),
        ("工单", "工单"),
    ],
)
def test_text_is_taken_in_in_normal_form(text: str, normal: str) -> None:
    """Line ends become line feeds and characters take form C; doing it twice changes nothing."""
    assert normal_text(text) == normal
    assert normal_text(normal) == normal


@given(st.text(st.characters(codec="utf-8")))
def test_normal_text_can_be_written(text: str) -> None:
    """Law: whatever text comes in, its normal form can be encoded and is stable."""
    normal = normal_text(text)
    assert decode(encode(normal)) == normal
    assert normal_text(normal) == normal
