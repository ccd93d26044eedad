"""The workflow as a value: what it gives by name, and when two are the same."""

import pytest
from attrs import evolve
from attrs.exceptions import FrozenInstanceError

from tests.builders import LI, NOON, workflow
from workorder.errors import InvalidInput
from workorder.refusals import Refusal
from workorder.rulebook import basic
from workorder.workflow import STANDARD_RULES, Actor, PlainCase

BASIC = basic().workflow


def test_parts_are_found_by_name() -> None:
    """States and roles are given by name, and labels of states, roles and actions with them."""
    assert list(BASIC.state_by_name.values()) == list(BASIC.states)
    assert list(BASIC.role_by_name.values()) == list(BASIC.roles)
    assert BASIC.labels["closed"].text("zh-CN") == "已结案"
    assert BASIC.role_labels["handler"].text("zh-CN") == "处理岗"
    assert BASIC.action_labels["close"].text("zh-CN") == "结案"


def test_before_opening_has_a_name_too() -> None:
    """A case that does not exist yet is shown in words, so that refusals can speak of it."""
    assert BASIC.labels[""].text() == "not open yet"
    answer = BASIC.evaluate(PlainCase(""), "close", actor=LI, at=NOON)
    assert isinstance(answer, Refusal)
    assert "未登记" in answer.text("zh-CN")


def test_a_workflow_is_a_value() -> None:
    """Made twice of the same parts it is the same, and nobody changes it."""
    assert workflow() == workflow()
    assert workflow() != workflow(text_limit=5)
    assert evolve(BASIC, rules=dict(STANDARD_RULES)) == BASIC
    with pytest.raises(FrozenInstanceError):
        BASIC.name = "other"  # type: ignore[misc]  # on purpose


def test_the_limit_of_texts_is_the_workflows() -> None:
    """A workflow may allow shorter texts than the library does."""
    short = workflow(text_limit=5)
    actor = Actor("li", "clerk")
    for text, allowed in (("12345", True), ("123456", False)):
        answer = short.evaluate(
            PlainCase("new"), "note", actor=actor, at=NOON, arguments={"text": text}
        )
        assert bool(answer) is allowed


@pytest.mark.parametrize("at", ["2026-09-30", None, 5])
def test_instants_are_datetimes(at: object) -> None:
    """Anything but a datetime is refused by the name of the argument."""
    with pytest.raises(InvalidInput) as refused:
        BASIC.evaluate(PlainCase("new"), "note", actor=LI, at=at)  # type: ignore[arg-type]
    assert (refused.value.code, refused.value.facts["name"]) == ("wrong_type", "at")
