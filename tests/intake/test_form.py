"""Forms: what must be said of a work order, and everything wrong with what was said."""

from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import NOON
from workorder.intake import Field, Form
from workorder.texts import LANGUAGES
from workorder.values import CODE_LIMIT, KINDS, TEXT_LIMIT

FORM = Form(
    "dispute",
    (
        Field("title", required=True, limit=20),
        Field("story"),
        Field("amount", "integer", required=True),
        Field("product", "code", choices=("card", "loan")),
        Field("cards", "codes", sensitive=True),
        Field("urgent", "flag"),
        Field("seen", "instant"),
    ),
    {"en": "Dispute", "zh-CN": "争议"},
)

SOUND = {
    "title": "盗刷",
    "story": "多行\n文本",
    "amount": 100_00,
    "product": "card",
    "cards": ["6222"],
    "urgent": False,
    "seen": NOON,
}


def problems(**values: object) -> list[tuple[str, str]]:
    """Field and code of everything wrong with *values*."""
    return [(each.name, each.code) for each in FORM.problems(values)]


def test_a_complete_form_passes() -> None:
    """Nothing is wrong with values of the right kinds, whether all or only the required."""
    assert problems(**SOUND) == []
    assert problems(title="盗刷", amount=0) == []
    assert problems(title="盗刷", amount=0, story=None, urgent=None) == []


def test_all_problems_are_reported_at_once() -> None:
    """Every field speaks: unknown, missing, blank, of a wrong kind, too long, no choice."""
    found = problems(
        title=" \t",
        story="\x00",
        product="house",
        cards="6222",
        urgent="yes",
        seen=datetime(2026, 9, 30),
        colour="red",
    )
    assert found == [
        ("story", "control_character"),
        ("product", "not_a_choice"),
        ("cards", "wrong_type"),
        ("urgent", "wrong_type"),
        ("seen", "naive_datetime"),
        ("colour", "unknown_field"),
        ("title", "required"),
        ("amount", "required"),
    ]


def test_an_unknown_field_is_answered_with_the_known() -> None:
    """A misspelt field is told which fields there are."""
    (found,) = FORM.problems({"title": "x", "amount": 1, "titel": "x"})
    assert found.facts["known"] == tuple(each.name for each in FORM.fields)
    assert "story" in found.text("zh-CN")


@pytest.mark.parametrize("amount", [True, "100", 1.5, 2**63])
def test_amounts_are_whole_numbers(amount: object) -> None:
    """True is no number, nor is text, nor a fraction, nor what no database column holds."""
    assert problems(title="x", amount=amount) == [("amount", "wrong_type")]


@pytest.mark.parametrize("value", ["", "   ", "\u3000\n", None])
def test_blank_is_not_filled(value: object) -> None:
    """A required field that holds nothing but blanks is not filled; it is said once."""
    assert problems(title=value, amount=1) == [("title", "required")]


def test_limits() -> None:
    """A field has its own limit, else that of texts or of codes."""
    assert problems(title="x" * 21, amount=1) == [("title", "too_long")]
    assert problems(title="x", amount=1, story="x" * TEXT_LIMIT) == []
    assert problems(title="x", amount=1, story="x" * (TEXT_LIMIT + 1)) == [("story", "too_long")]
    assert problems(title="x", amount=1, cards=["6" * (CODE_LIMIT + 1)]) == [("cards", "too_long")]


def test_names_that_are_no_text() -> None:
    """A field named by anything but text is unknown, and nothing breaks."""
    values: dict[Any, object] = {"title": "x", "amount": 1, 5: "x", None: 1}
    assert [(each.name, each.code) for each in FORM.problems(values)] == [
        ("5", "unknown_field"),
        ("None", "unknown_field"),
    ]


@pytest.mark.parametrize(
    ("field", "sealed"),
    [
        (Field("story"), True),
        (Field("nickname", sensitive=False), False),
        (Field("product", "code"), False),
        (Field("card", "code", sensitive=True), True),
    ],
)
def test_what_people_write_is_sealed(field: Field, sealed: bool) -> None:
    """Texts stay out of records unless said otherwise; other kinds on demand."""
    assert field.sealed is sealed


def test_fields_are_found_by_name() -> None:
    """A form gives its fields by name, and nothing for a name it does not have."""
    assert FORM.field("amount") is FORM.fields[2]
    assert FORM.field("colour") is None


def test_labels() -> None:
    """Form and field are shown by label, or by name without one."""
    assert FORM.label.text("zh-CN") == "争议"
    assert Field("title", labels={"zh-CN": "标题"}).label.text("zh-CN") == "标题"
    assert Field("title").label.text("zh-CN") == "title"
    assert Form("empty").label.text() == "empty"


@given(
    st.dictionaries(
        st.sampled_from([each.name for each in FORM.fields] + ["other"]),
        st.none() | st.booleans() | st.integers() | st.text() | st.lists(st.text()) | st.floats(),
    )
)
def test_any_values_are_judged(values: dict[str, object]) -> None:
    """Law: whatever is filled in, problems are said once, in whole sentences, and can be cured."""
    found = list(FORM.problems(values))
    assert len({(each.name, each.code) for each in found}) == len(found)
    for each in found:
        assert all(each.text(language) for language in LANGUAGES)
    # taking out every field that was complained of, and adding what was required, helps
    cured = {name: value for name, value in values.items() if name not in {f.name for f in found}}
    cured = {"title": "x", "amount": 1, **cured}
    assert not list(FORM.problems(cured))


def test_every_kind_of_field_is_tried() -> None:
    """A kind that is added and not tried here fails."""
    assert {each.kind for each in FORM.fields} == set(KINDS)
