"""Values from outside: what is wrong with one of them."""

from datetime import UTC, datetime
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workorder.texts import LANGUAGES
from workorder.values import CODE_LIMIT, KINDS, Kind, check_value

SOUND: dict[Kind, list[Any]] = {
    "text": ["", "多行\n文本\t", "😀", "é", "e\u0301", "x" * 50],
    "code": ["C-10023", "客户", "a b"],
    "integer": [0, -1, 2**63 - 1, -(2**63)],
    "flag": [True, False],
    "instant": [datetime(2026, 9, 30, tzinfo=UTC)],
    "codes": [[], (), ["a", "b"], ("工",)],
}

WRONG: dict[Kind, list[tuple[Any, str]]] = {
    "text": [
        (5, "wrong_type"),
        (b"x", "wrong_type"),
        (None, "wrong_type"),
        ("x" * 51, "too_long"),
        ("\x00", "control_character"),
        ("a\rb", "control_character"),
        ("\x1b[31m", "control_character"),
        ("\x85", "control_character"),
        ("\u2028", "control_character"),
        ("\ufeffa", "control_character"),
        ("\ud800", "not_encodable"),
        ("a\udfffb", "not_encodable"),
    ],
    "code": [
        (5, "wrong_type"),
        ("a\nb", "control_character"),
        ("a\tb", "control_character"),
        ("x" * 51, "too_long"),
        ("\udc00", "not_encodable"),
        ("", "blank"),
        (" \u3000", "blank"),
    ],
    "integer": [
        (True, "wrong_type"),
        (False, "wrong_type"),
        (1.0, "wrong_type"),
        ("1", "wrong_type"),
        (2**63, "wrong_type"),
        (-(2**63) - 1, "wrong_type"),
        (None, "wrong_type"),
    ],
    "flag": [(0, "wrong_type"), (1, "wrong_type"), ("true", "wrong_type"), (None, "wrong_type")],
    "instant": [
        (datetime(2026, 9, 30), "naive_datetime"),
        ("2026-09-30T00:00:00Z", "wrong_type"),
        (0, "wrong_type"),
    ],
    "codes": [
        ("abc", "wrong_type"),
        ({"a"}, "wrong_type"),
        ([1], "wrong_type"),
        (["a", "b\n"], "control_character"),
        (["x" * 51], "too_long"),
        (("a", "\ud800"), "not_encodable"),
        (["a", None], "wrong_type"),
        (["a", ""], "blank"),
    ],
}


@pytest.mark.parametrize(
    ("kind", "value"), [(kind, value) for kind, found in SOUND.items() for value in found]
)
def test_sound_values_pass(kind: Kind, value: object) -> None:
    """Values of the kind, within the limit, have nothing wrong."""
    assert check_value("x", kind, value, 50) is None


@pytest.mark.parametrize(
    ("kind", "value", "code"),
    [(kind, value, code) for kind, found in WRONG.items() for value, code in found],
)
def test_wrong_values_are_named(kind: Kind, value: object, code: str) -> None:
    """What is wrong has a stable code, the name of the argument, and a filled sentence."""
    found = check_value("x", kind, value, 50)
    assert found is not None
    assert (found.name, found.code) == ("x", code)
    for language in LANGUAGES:
        assert "?" not in found.text(language)


def test_every_kind_is_tried() -> None:
    """A kind that is added without values here fails."""
    assert set(SOUND) == set(WRONG) == set(KINDS) == set(get_args(Kind))


def test_positions_and_lengths_are_told() -> None:
    """The sentence says where the trouble is and how long is too long."""
    bell = check_value("note", "text", "ab\x07", 50)
    long = check_value("note", "text", "x" * 51, 50)
    half = check_value("note", "text", "工\ud800", 50)
    assert bell is not None
    assert bell.text() == "note: contains the control character U+0007 at position 2"
    assert long is not None
    assert long.text() == "note: 51 characters, at most 50 are allowed"
    assert half is not None
    assert half.facts["position"] == 1


def test_choices() -> None:
    """Where values are listed no other passes; in a list of codes each is judged."""
    choices = ("phone", "letter")
    assert check_value("how", "code", "phone", 50, choices) is None
    fax = check_value("how", "code", "fax", 50, choices)
    assert fax is not None
    assert fax.text("zh-CN") == "how：“fax”不在可选值中：phone、letter"
    several = check_value("how", "codes", ["phone", "fax"], 50, choices)
    assert several is not None
    assert (several.code, several.facts["found"]) == ("not_a_choice", "fax")


def test_a_missing_value_is_called_nothing() -> None:
    """Where a value is null the sentence says so in words."""
    found = check_value("how", "code", None, CODE_LIMIT)
    assert found is not None
    assert found.text() == "how: expected text, found nothing"


@given(st.sampled_from(KINDS), st.from_type(object) | st.text() | st.integers() | st.binary())
def test_any_value_is_judged(kind: Kind, value: object) -> None:
    """Law: whatever comes in, the answer is a finding or nothing, never an error."""
    found = check_value("x", kind, value, 50)
    assert found is None or found.name == "x"


@given(st.text(max_size=60))
def test_what_passes_as_a_code_passes_as_text(text: str) -> None:
    """Law: codes are the narrower kind, and whatever passes can be written as UTF-8."""
    if check_value("x", "code", text, 50) is None:
        assert check_value("x", "text", text, 50) is None
        assert text.encode().decode() == text
        assert len(text) <= 50
