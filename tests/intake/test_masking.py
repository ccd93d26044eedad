"""Masking: what stays of a value, and that it stays the same."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workorder.intake import Field, masked

PLAIN = st.text(max_size=40)
LAST = st.integers(0, 45)


@pytest.mark.parametrize(
    ("value", "last", "kept"),
    [
        ("6222021234567890", 4, "************7890"),
        ("6222 0212 3456 7890", 4, "**** **** **** 7890"),
        ("6222-0212-3456-7890", 6, "****-****-***6-7890"),
        ("６２２２０２", 2, "****０２"),
        ("张三 X1", 0, "** **"),
        ("123", 4, "123"),
        ("", 4, ""),
        ("①Ⓐ½é", 0, "****"),
        ("一二三，四", 1, "***，四"),
        ("a\nb", 0, "*\n*"),
    ],
)
def test_what_is_kept(value: str, last: int, kept: str) -> None:
    """The last characters and separators; digits and letters of any script are masked."""
    assert masked(value, last) == kept


@given(PLAIN, LAST)
def test_no_letter_or_digit_is_left(value: str, last: int) -> None:
    """Length and the last characters stay; before them nothing is a letter, digit or mark."""
    found = masked(value, last)
    assert len(found) == len(value)
    cut = max(len(value) - last, 0)
    assert found[cut:] == value[cut:]
    assert all(unicodedata.category(each)[0] not in "LNM" for each in found[:cut])
    assert all(b in (a, "*") for a, b in zip(value, found, strict=True))


@given(PLAIN, LAST)
def test_masking_again_changes_nothing(value: str, last: int) -> None:
    """A masked value that comes back is the same."""
    once = masked(value, last)
    assert masked(once, last) == once


def test_only_text_is_masked() -> None:
    """Anything else is for the form to refuse, and a field without a mask keeps everything."""
    card = Field("card", "code", keep_last=4)
    assert card.kept("62227890") == "****7890"
    assert (card.kept(62227890), card.kept(None)) == (62227890, None)
    assert Field("card", "code").kept("62227890") == "62227890"


def test_who_reads_a_field() -> None:
    """Everybody, unless it says who; one of several roles is enough."""
    assert Field("note").read_by(())
    secret = Field("note", readers="handler")
    assert secret.readers == ("handler",)
    assert secret.read_by({"customer", "handler"})
    assert not secret.read_by({"customer"})
