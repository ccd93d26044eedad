"""Errors: one flat tree, stable codes, structured facts."""

import copy
import pickle
from typing import Any

import pytest

from tests.builders import LI, WANG, assigned, refused
from workorder.errors import (
    CommandRefused,
    ConfigurationError,
    Finding,
    InvalidInput,
    SourceError,
    StoreError,
    UnsupportedQuery,
    WorkorderError,
)
from workorder.ticket import Start

REFUSED = CommandRefused(refused(assigned(), Start(), WANG))
CONFIGURATION = ConfigurationError(
    [Finding("states", "none", "one"), Finding("rows[1].target", "dnoe", "done", "bank.toml")]
)

EXAMPLES: list[WorkorderError] = [
    InvalidInput("naive_datetime", name="at"),
    REFUSED,
    CONFIGURATION,
    StoreError("busy", path="a.db", seconds=5),
    UnsupportedQuery("bad_cursor"),
    SourceError("empty", file="log.csv"),
]


def test_every_error_is_shown() -> None:
    """An error class that is added without an example here fails."""
    assert {type(error) for error in EXAMPLES} == set(WorkorderError.__subclasses__())


@pytest.mark.parametrize("error", EXAMPLES, ids=lambda error: type(error).__name__)
def test_one_except_catches_them_all(error: WorkorderError) -> None:
    """The tree is flat: every error derives from the root directly, and has a code."""
    assert type(error).__mro__[1] is WorkorderError
    assert error.code
    with pytest.raises(WorkorderError):
        raise error


@pytest.mark.parametrize("error", EXAMPLES, ids=lambda error: type(error).__name__)
def test_errors_travel(error: WorkorderError) -> None:
    """Pickled and copied (between processes, into test reports) an error stays what it is."""
    for twin in (pickle.loads(pickle.dumps(error)), copy.deepcopy(error), copy.copy(error)):
        assert type(twin) is type(error)
        assert (twin.code, twin.facts) == (error.code, error.facts)
        assert (str(twin), twin.text("zh-CN")) == (str(error), error.text("zh-CN"))


@pytest.mark.parametrize("error", EXAMPLES, ids=lambda error: type(error).__name__)
def test_errors_speak_both_languages(error: WorkorderError) -> None:
    """The text is that of the language asked for; ``str`` is English."""
    assert str(error) == error.text("en")
    assert error.text("zh-CN") != error.text("en")
    assert "?" not in error.text("en").replace("did you mean", "")


def test_input_errors_are_value_errors() -> None:
    """Who catches ``ValueError`` around input catches ours."""
    with pytest.raises(ValueError, match="at: a datetime without a time zone"):
        raise InvalidInput("naive_datetime", name="at")


def test_a_refusal_is_carried_whole() -> None:
    """The refused command's error has the refusal's code, the value itself, and its words."""
    assert REFUSED.code == "rules"
    assert [unmet.name for unmet in REFUSED.refusal.unmet] == ["is_assignee"]
    assert REFUSED.text("zh-CN") == REFUSED.refusal.text("zh-CN")
    assert "li" in REFUSED.text()


def test_findings_say_where_they_stand() -> None:
    """Every finding is a line with its key, and its file where there is one."""
    assert CONFIGURATION.code == "configuration"
    assert [finding.key for finding in CONFIGURATION.findings] == ["states", "rows[1].target"]
    assert str(CONFIGURATION).splitlines() == [
        "states: found none, expected one",
        "bank.toml: rows[1].target: found dnoe, expected done",
    ]
    assert CONFIGURATION.text("zh-CN").splitlines()[1].startswith("bank.toml: rows[1].target：")


def test_a_code_without_a_sentence_still_says_what_it_knows() -> None:
    """An error with a code of its own shows the code and the facts."""
    assert str(WorkorderError("odd", ticket="T1")) == "odd: {'ticket': 'T1'}"


def test_refusals_are_made_once() -> None:
    """Reading the refusal twice gives the same value, with the person's facts in it."""
    error: Any = CommandRefused(refused(assigned(), Start(), WANG))
    assert error.refusal is error.refusal
    assert error.refusal == REFUSED.refusal
    assert error.refusal.unmet[0].facts == {"assignee": LI.id}
