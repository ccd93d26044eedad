"""Arguments of actions: every problem at once, each by the name of its argument."""

from datetime import datetime

import pytest

from tests.builders import NOON
from workorder.workflow import Action, Argument, State
from workorder.workflow.arguments import check_arguments

SPECS = {
    each.name: each
    for each in (
        Argument("reason", limit=10),
        Argument("note"),
        Argument("to", "code", required=True),
        Argument("days", "integer"),
        Argument("paid", "flag"),
        Argument("due", "instant"),
        Argument("tags", "codes", choices=("vip", "press")),
        Argument("how", "code", choices=("phone", "letter")),
    )
}


def problems(limit: int = 100, **given: object) -> list[tuple[str, str]]:
    """Name and code of everything wrong."""
    return [(each.name, each.code) for each in check_arguments(SPECS, given, limit)]


def test_sound_arguments_pass() -> None:
    """Every kind of argument takes its values; what is missing or null is not judged."""
    assert not problems(
        reason="0123456789",
        note="多行\n文本\t",
        to="li",
        days=-3,
        paid=False,
        due=NOON,
        tags=["vip", "press"],
        how=None,
    )


def test_all_problems_are_reported_at_once() -> None:
    """No problem hides another; unknown and missing arguments are among them."""
    found = problems(
        reason="01234567890",
        note="\x07",
        days=True,
        paid=1,
        due=datetime(2026, 9, 30),
        tags=("vip", "rich"),
        how="fax",
        resaon="typo",
    )
    assert found == [
        ("reason", "too_long"),
        ("note", "control_character"),
        ("days", "wrong_type"),
        ("paid", "wrong_type"),
        ("due", "naive_datetime"),
        ("tags", "not_a_choice"),
        ("how", "not_a_choice"),
        ("resaon", "unknown_argument"),
        ("to", "required"),
    ]


def test_required_means_there_is_a_value() -> None:
    """Null is no value for a required argument."""
    assert problems(to=None) == [("to", "required")]


def test_limits_come_from_the_argument_else_the_workflow() -> None:
    """A text has the workflow's limit and a code that of all codes, unless they say their own."""
    assert problems(limit=5, to="li", note="123456") == [("note", "too_long")]
    assert problems(limit=5, to="li", reason="123456") == []
    assert problems(limit=5, to="l" * 200) == []
    assert problems(limit=500, to="l" * 201) == [("to", "too_long")]


@pytest.mark.parametrize(
    ("argument", "sealed"),
    [
        (Argument("reason"), True),
        (Argument("reason", sensitive=False), False),
        (Argument("to", "code"), False),
        (Argument("card", "code", sensitive=True), True),
    ],
)
def test_texts_are_sealed_unless_said_otherwise(argument: Argument, sealed: bool) -> None:
    """What people write is kept out of records by default; anything else on demand."""
    assert argument.sealed is sealed


def test_names_without_labels_show_themselves() -> None:
    """An action and a state are shown by label, or else by name."""
    assert Action("close", labels={"zh-CN": "结案"}).label.text("zh-CN") == "结案"
    assert Action("close").label.text("zh-CN") == "close"
    assert State("closed", "conclusion", "closed").label.text() == "closed"


@pytest.mark.parametrize(
    ("category", "ended"),
    [("initial", False), ("open", False), ("closed", True), ("final", True)],
)
def test_ended_states(category: str, ended: bool) -> None:
    """No work is left in closed and final states."""
    assert State("s", "handling", category).ended is ended  # type: ignore[arg-type]  # one of four
