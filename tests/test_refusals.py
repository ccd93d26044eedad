"""Refusals as values: for programs, and for people in both languages."""

import json

import pytest

from tests.builders import LI, WANG, assigned, in_progress, refused
from workorder.refusals import Refusal, Unmet, problem
from workorder.texts import Label
from workorder.ticket import Start, Submit, Transfer

CLOSE = Label("close", {"en": "Close", "zh-CN": "结案"})


def test_the_whole_refusal_in_both_languages() -> None:
    """The reason, every rule on a line, and what is possible instead."""
    found = refused(in_progress(), Transfer(to="li"), WANG)
    assert found.text().splitlines() == [
        "“Transfer” is not allowed yet; in the way:",
        "- a handler may do this only on a ticket assigned to them; it is with li",
        "- give a reason",
        "- the ticket is already with li (cards)",
        "Possible now: Comment",
    ]
    assert found.text("zh-CN").splitlines() == [
        "暂不能“转派”，原因：",
        "- 处理岗只能操作本人的工单；当前处理人：li",
        "- 请填写原因",
        "- 工单已在 li（cards）处",
        "现在可以：备注",
    ]


def test_nothing_possible_is_not_listed() -> None:
    """Where nothing else is possible, there is no empty line about it."""
    assert Refusal("capacity_taken", facts={"agent": "li"}).text() == (
        "li has no capacity left for this ticket"
    )


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_as_data(language: str) -> None:
    """As plain data a refusal has codes, names and sentences, and nothing JSON cannot hold."""
    found = refused(assigned(), Start(), WANG)
    data = found.as_data(language)
    assert json.loads(json.dumps(data)) == data
    assert data == {
        "code": "rules",
        "text": found.text(language).splitlines()[0],
        "unmet": [
            {
                "name": "is_assignee",
                "code": "is_assignee",
                "text": found.unmet[0].text(language),
            }
        ],
        "allowed": ["comment"],
    }


def test_a_refusal_is_false() -> None:
    """``if verdict:`` reads as it should."""
    assert not Refusal("rules")


def test_a_problem_is_named_after_its_argument() -> None:
    """The sentence comes from the catalogue and speaks about the argument."""
    found = problem("reason", "required")
    assert (found.name, found.code, found.text()) == ("reason", "required", "reason: required")


def test_a_reason_without_sentences_shows_its_code() -> None:
    """A host's own reason without texts is shown by code, never as an empty line."""
    assert Unmet("fraud", "fraud_hold").text("zh-CN") == "fraud_hold"
    assert Unmet("x", "required", {"name": "x"}).text() == "x: required"


def test_equal_situations_give_equal_refusals() -> None:
    """Refusals compare by value, facts included."""
    assert refused(assigned(), Start(), WANG) == refused(assigned(), Start(), WANG)
    assert refused(assigned(), Start(), WANG) != refused(assigned(), Submit(), LI)
    assert Refusal("rules", allowed=(CLOSE,)) != Refusal("rules")
