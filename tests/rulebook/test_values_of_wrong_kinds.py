"""Rulebooks made in Python of values that a file would not hold: told like mistakes in a file."""

from typing import Any

import pytest
from attrs import evolve

from workorder.errors import ConfigurationError
from workorder.rulebook import bank, rulebook_from_toml
from workorder.workflow import Approval, HoldReason

BANK = bank()
FLOW = BANK.workflow


def found(build: Any) -> list[tuple[str, str, str]]:
    """Everything found when something is made: key, found, expected."""
    with pytest.raises(ConfigurationError) as refused:
        build()
    return [(each.key, each.found, each.expected) for each in refused.value.findings]


def with_settings(**said: Any) -> Any:
    """The bank's rulebook with other settings, and without promises."""
    workflow = evolve(FLOW, settings=evolve(FLOW.settings, **said))
    return evolve(BANK, workflow=workflow, sla=None)


DURATION = "a duration; workorder.durations.parse reads texts"
SETTINGS: dict[str, tuple[dict[str, Any], str, str]] = {
    "a rating of texts": ({"rating": (1, "5")}, "settings.rating", "[1, “5”]"),
    "half a rating": ({"rating": (1,)}, "settings.rating", "[1]"),
    "no rating": ({"rating": None}, "settings.rating", "nothing"),
    "a figure as text": ({"max_declines": "2"}, "settings.max_declines", "“2”"),
    "a figure that is true": ({"max_declines": True}, "settings.max_declines", "true"),
    "a duration as text": (
        {"auto_close_after": "7 calendar days"},
        "settings.auto_close_after",
        "“7 calendar days”",
    ),
    "a limit as a number": (
        {"time_limits": {"complaint": 15}},
        "settings.time_limits.complaint",
        "15",
    ),
    "a retention as a number": (
        {"retention": {"complaint": 5}},
        "settings.retention.complaint",
        "5",
    ),
    "a hold as text": (
        {"hold_reasons": (HoldReason("waiting", {"en": "W"}, "internal", "5 days"),)},  # type: ignore[arg-type]
        "settings.hold_reasons.waiting.longest",
        "“5 days”",
    ),
    "ranks as texts": (
        {"approvals": (Approval("approve", ("30",)),)},  # type: ignore[arg-type]
        "settings.approvals[0].ranks",
        "[“30”]",
    ),
}


@pytest.mark.parametrize("name", SETTINGS)
def test_settings_of_a_wrong_kind(name: str) -> None:
    """What is no number, no duration and no pair is told with its key, and never breaks."""
    said, key, shown = SETTINGS[name]
    ((where, what, expected),) = found(lambda: with_settings(**said))
    assert (where, what) == (key, shown)
    assert expected
    assert not {"str", "int", "tuple", "NoneType"} & set(expected.split())


def test_a_text_is_no_duration() -> None:
    """The message says how to make one of it."""
    ((_, _, expected),) = found(lambda: with_settings(panel_limit="3 days"))
    assert expected == DURATION


def test_labels_of_a_wrong_kind() -> None:
    """Labels are tables of texts, wherever they stand."""
    one: Any = {"en": 5}
    states = (evolve(FLOW.states[0], labels=one), *FLOW.states[1:])
    assert found(lambda: evolve(FLOW, states=states)) == [
        ("states.registered.labels.en", "5", "text")
    ]
    none: Any = "Registered"
    states = (evolve(FLOW.states[0], labels=none), *FLOW.states[1:])
    assert found(lambda: evolve(FLOW, states=states)) == [
        ("states.registered.labels", "“Registered”", "a table of texts, by language")
    ]
    forms = (evolve(BANK.forms[0], labels=none), *BANK.forms[1:])
    assert found(lambda: evolve(BANK, forms=forms))[0][0] == "forms.complaint.labels"


def test_limits_of_a_wrong_kind() -> None:
    """How long a field may be is a number."""
    form = BANK.forms[0]
    wrong: Any = "200"
    fields = (evolve(form.fields[0], limit=wrong), *form.fields[1:])
    assert found(lambda: evolve(BANK, forms=(evolve(form, fields=fields), *BANK.forms[1:]))) == [
        ("forms.complaint.fields.title.limit", "“200”", "a whole number")
    ]


def test_states_of_a_wrong_kind() -> None:
    """Whether work is concluded is true or false."""
    yes: Any = "yes"
    states = tuple(evolve(e, resolved=yes) if e.resolved else e for e in FLOW.states)
    assert found(lambda: evolve(FLOW, states=states)) == [
        ("states.resolved.resolved", "“yes”", "true or false")
    ]


# --- what a file says ---------------------------------------------------------------------------

TEXT = """
format = 1
name = "small"
version = "1"
[states]
[actions]
"""


def test_a_mistake_in_the_syntax_has_its_line() -> None:
    """An editor jumps to file and line."""
    with pytest.raises(ConfigurationError) as refused:
        rulebook_from_toml("format = 1\nname = \n", "bank.toml")
    (each,) = refused.value.findings
    assert each.file == "bank.toml:2"
    assert each.text().startswith("bank.toml:2: file: found ")


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ('"x"', ("text", "a table")),
        ('{ field = "type", eq = 1.5 }', ("a decimal number", "text, a whole number")),
        ('{ field = "type", in = "x" }', ("text", "a list")),
    ],
)
def test_conditions_are_told_in_plain_words(when: str, expected: tuple[str, str]) -> None:
    """No mistake is told in the words of Python."""
    text = f'{TEXT}[[settings.approvals]]\nstep = "close"\nranks = [1]\nwhen = {when}\n'
    with pytest.raises(ConfigurationError) as refused:
        rulebook_from_toml(text)
    told = next(each for each in refused.value.findings if ".when" in each.key)
    assert told.found == expected[0]
    assert told.expected.startswith(expected[1])


def test_nothing_is_expected_of_nothing() -> None:
    """Where there is nothing to be named, that is said."""
    text = f'{TEXT}[actions.open]\nto = "new"\nroles = ["clerk"]\n'
    with pytest.raises(ConfigurationError) as refused:
        rulebook_from_toml(text)
    told = {each.key: each.expected for each in refused.value.findings}
    assert told["actions.open.roles"] == "a role, of which there is none yet"
    assert not [each for each in told.values() if each.endswith("one of ")]
