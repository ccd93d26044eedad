"""Every rule that ships, allowed and refused."""

from typing import Any

import pytest
from attrs import frozen

from tests.builders import BOSS, LI, question
from workorder.refusals import Unmet
from workorder.texts import LANGUAGES
from workorder.workflow import STANDARD_RULES, Actor, PlainCase

MINE = PlainCase("in_progress", assignee="li", department="cards", customer="C-1")
THEIRS = PlainCase("in_progress", assignee="wang", department="cards", customer="C-1")
NOBODYS = PlainCase("accepted", department="cards", customer="C-1")


def worked(role: str, *actions: str) -> PlainCase:
    """A case on which Li took *actions* in *role*."""
    return PlainCase("resolved", deeds={"li": {role: actions}})


@frozen
class Asked:
    """One question to one rule."""

    rule: str
    case: PlainCase
    arguments: dict[str, object] = {}
    actor: Actor = LI
    role: str = "handler"
    parameters: dict[str, Any] = {}


HOLDS = {
    "a reason": Asked("reason_given", MINE, {"reason": "wrong department"}),
    "a resolution": Asked("resolution_given", MINE, {"resolution": "refunded"}),
    "the assignee": Asked("is_assignee", MINE),
    "a handler's own": Asked("own_if_handler", MINE),
    "a supervisor needs no ownership": Asked("own_if_handler", THEIRS, {}, BOSS, "supervisor"),
    "another role is meant": Asked("own_if_handler", THEIRS, parameters={"roles": ("expert",)}),
    "an eligible person": Asked("assignee_eligible", MINE, {"to": "wang"}),
    "no person yet": Asked("assignee_eligible", MINE, {"department": "loans"}),
    "somebody else is named": Asked(
        "assignee_eligible", PlainCase("accepted", values={"subjects": ("zhao",)}), {"to": "li"}
    ),
    "a person": Asked("target_given", MINE, {"to": "wang"}),
    "a department": Asked("target_given", MINE, {"department": "loans"}),
    "another person": Asked("target_differs", MINE, {"to": "wang"}),
    "another department": Asked("target_differs", MINE, {"to": "li", "department": "loans"}),
    "back to the department": Asked("target_differs", MINE, {"department": "cards"}),
    "a stranger": Asked("not_party", PlainCase("resolved", customer="C-1")),
    "did nothing": Asked("not_own_work", PlainCase("resolved")),
    "others worked": Asked("not_own_work", worked("handler", "start"), {}, BOSS, "supervisor"),
    "only opened it": Asked(
        "not_own_work", worked("handler", "open"), parameters={"besides": ("open",)}
    ),
    "only supervised": Asked("not_own_work", worked("supervisor", "reopen")),
    "work in a role that is not asked about": Asked(
        "not_own_work", worked("handler", "start"), parameters={"roles": ("expert",)}
    ),
}

FAILS = {
    "no reason": Asked("reason_given", MINE),
    "a blank reason": Asked("reason_given", MINE, {"reason": " \t\n"}),
    "a reason that is no text": Asked("reason_given", MINE, {"reason": 5}),
    "no resolution": Asked("resolution_given", MINE),
    "a blank resolution": Asked("resolution_given", MINE, {"resolution": "\u3000"}),
    "not the assignee": Asked("is_assignee", THEIRS),
    "nobody is assigned": Asked("is_assignee", NOBODYS),
    "another handler's": Asked("own_if_handler", THEIRS),
    "nobody's yet": Asked("own_if_handler", NOBODYS),
    "to the customer": Asked("assignee_eligible", MINE, {"to": "C-1"}),
    "to a person complained of": Asked(
        "assignee_eligible", PlainCase("accepted", values={"subjects": ("li",)}), {"to": "li"}
    ),
    "is the customer": Asked("not_party", PlainCase("resolved", customer="li")),
    "is complained of": Asked("not_party", PlainCase("resolved", values={"subjects": ("li",)})),
    "no target": Asked("target_given", MINE),
    "a blank target": Asked("target_given", MINE, {"to": " ", "department": ""}),
    "to the same person": Asked("target_differs", MINE, {"to": "li"}),
    "to the same department": Asked("target_differs", MINE, {"to": "li", "department": "cards"}),
    "to nobody, in the same department": Asked("target_differs", NOBODYS, {"department": "cards"}),
    "started it": Asked("not_own_work", worked("handler", "start")),
    "was given it": Asked("not_own_work", worked("assignee", "dispatch")),
    "helped": Asked("not_own_work", worked("cohandler", "answer")),
    "opened it and worked": Asked(
        "not_own_work", worked("handler", "open", "submit"), parameters={"besides": ("open",)}
    ),
    "opening counts unless left out": Asked("not_own_work", worked("handler", "open")),
}


def answer(asked: Asked) -> bool | Unmet:
    """What the rule says."""
    rule = STANDARD_RULES[asked.rule]
    what = question(asked.case, asked.actor, role=asked.role, arguments=asked.arguments)
    return rule(what, **asked.parameters)


@pytest.mark.parametrize("asked", HOLDS.values(), ids=HOLDS)
def test_a_rule_holds(asked: Asked) -> None:
    """In this situation the rule is met: it answers exactly true."""
    assert answer(asked) is True


@pytest.mark.parametrize("asked", FAILS.values(), ids=FAILS)
def test_a_rule_does_not_hold(asked: Asked) -> None:
    """In this situation the rule is not met; a reason of its own names the rule and is filled."""
    said = answer(asked)
    assert said is not True
    unmet = said if isinstance(said, Unmet) else STANDARD_RULES[asked.rule].unmet()
    assert (unmet.name, unmet.code) == (asked.rule, asked.rule)
    for language in LANGUAGES:
        assert unmet.text(language)
        assert "?" not in unmet.text(language)


def test_every_rule_is_shown_allowed_and_refused() -> None:
    """A rule that is added without situations for both answers fails here."""
    assert {asked.rule for asked in HOLDS.values()} == set(STANDARD_RULES)
    assert {asked.rule for asked in FAILS.values()} == set(STANDARD_RULES)


def test_rules_are_listed_under_their_own_names() -> None:
    """The table's names are the rules' names, and every rule explains itself in each language."""
    for name, rule in STANDARD_RULES.items():
        assert rule.name == name
        for language in LANGUAGES:
            assert rule.holds[language]
            assert rule.otherwise[language]


@pytest.mark.parametrize(
    ("asked", "facts"),
    [
        (FAILS["not the assignee"], {"assignee": "wang"}),
        (FAILS["another handler's"], {"assignee": "wang"}),
        (FAILS["to the same person"], {"assignee": "li", "department": "cards"}),
        (FAILS["started it"], {"person": "li"}),
    ],
)
def test_reasons_carry_facts(asked: Asked, facts: dict[str, object]) -> None:
    """What the sentence speaks about is there for programs, too."""
    said = answer(asked)
    assert isinstance(said, Unmet)
    assert said.facts == facts


def test_eligibility_says_why() -> None:
    """The customer and a person complained of are told apart in the reason."""
    customer = answer(FAILS["to the customer"])
    subject = answer(FAILS["to a person complained of"])
    assert isinstance(customer, Unmet)
    assert isinstance(subject, Unmet)
    assert "客户本人" in customer.text("zh-CN")
    assert "被投诉人" in subject.text("zh-CN")
    assert customer.facts["person"] == "C-1"
