"""Every rule that ships, allowed and refused, on plain cases."""

from collections import Counter

import pytest

from tests.workflow import (
    cases_approving,
    cases_given,
    cases_handling,
    cases_linking,
    cases_offering,
    cases_people,
    cases_windows,
)
from tests.workflow.rule_cases import Asked
from workorder.refusals import Unmet
from workorder.texts import LANGUAGES
from workorder.workflow import STANDARD_RULES
from workorder.workflow.standard_rules import CHAPTERS

PARTS = (
    cases_given,
    cases_people,
    cases_offering,
    cases_handling,
    cases_approving,
    cases_windows,
    cases_linking,
)
HOLDS = {name: asked for part in PARTS for name, asked in part.HOLDS.items()}
FAILS = {name: asked for part in PARTS for name, asked in part.FAILS.items()}


@pytest.mark.parametrize("asked", HOLDS.values(), ids=HOLDS)
def test_a_rule_holds(asked: Asked) -> None:
    """In this situation the rule is met: it answers exactly true."""
    assert asked.answer() is True


@pytest.mark.parametrize("asked", FAILS.values(), ids=FAILS)
def test_a_rule_does_not_hold(asked: Asked) -> None:
    """In this situation the rule is not met; the reason has these facts, and they fill it."""
    said = asked.answer()
    assert said is False or isinstance(said, Unmet)
    unmet = said if isinstance(said, Unmet) else STANDARD_RULES[asked.rule].unmet()
    assert unmet.code == (asked.code or asked.rule)
    assert unmet.facts == asked.facts
    for language in LANGUAGES:
        sentence = unmet.text(language)
        assert sentence
        assert not set(sentence) & set("?{}")


def test_every_rule_is_shown_allowed_and_refused() -> None:
    """A rule that is added without situations for both answers fails here."""
    assert {asked.rule for asked in HOLDS.values()} == set(STANDARD_RULES)
    assert {asked.rule for asked in FAILS.values()} == set(STANDARD_RULES)


def test_every_parameter_is_shown_to_matter() -> None:
    """Each parameter of each rule is given in a situation, and changes the answer there."""
    shown = {
        (asked.rule, name)
        for asked in (*HOLDS.values(), *FAILS.values())
        for name in asked.parameters
        if (STANDARD_RULES[asked.rule](asked.question) is True) is not (asked.answer() is True)
    }
    assert shown == {
        (rule.name, name) for rule in STANDARD_RULES.values() for name in rule.parameters
    }


def test_situations_are_told_apart() -> None:
    """No situation hides another one of the same description."""
    for tables in ([part.HOLDS for part in PARTS], [part.FAILS for part in PARTS]):
        counted = Counter(name for table in tables for name in table)
        assert set(counted.values()) == {1}


def test_rules_are_listed_under_their_own_names() -> None:
    """The table's names are the rules' names, and every rule explains itself in each language."""
    for name, rule in STANDARD_RULES.items():
        assert rule.name == name
        assert rule.test.__name__ == name
        assert rule.test.__doc__
        for language in LANGUAGES:
            assert rule.holds[language]
            assert rule.otherwise[language]


def test_no_two_rules_share_a_name() -> None:
    """Every rule of every chapter is in the table: none was overwritten by a namesake."""
    made = [each for part in CHAPTERS for each in vars(part).values() if hasattr(each, "holds")]
    assert len({id(each) for each in made}) == len(STANDARD_RULES)
