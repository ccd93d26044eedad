"""Every rule on every row of the bank's workflow, standing in the way alone."""

import re

import pytest
from attrs import evolve

from tests.lifecycle.cases import CASES, NEVER, gaps, key
from tests.lifecycle.situations import Broken, Case, made
from tests.lifecycle.standing import MONDAY, standing
from tests.lifecycle.test_actions import refusal, rows_of
from workorder.refusals import Refusal
from workorder.rulebook import bank
from workorder.ticket import Close, Command
from workorder.workflow import Action, Row

WORKFLOW = bank().workflow
PAIRS = [
    pytest.param(row, use.rule, id=f"{row.action}-{use.rule}-{row.target}")
    for row in WORKFLOW.rows
    for use in row.rules
]
_BROKEN_SENTENCE = re.compile(r"[?{}]")
_CHINESE = re.compile(r"[一-鿿]")
_HALF_WIDTH = re.compile(r"[一-鿿][,;:!?]|[,;:!?][一-鿿]")


def broken(row: Row, rule: str) -> tuple[Case, Broken]:
    """The situation in which exactly this rule does not hold."""
    case = CASES.get(key(row))
    if case is None or rule not in case.broken:
        pytest.fail(f"no case for {rule} on {row.action}")
    return case, case.broken[rule]


def sentence_faults(found: Refusal) -> list[str]:
    """Whatever is wrong with what a refusal says, in both languages."""
    said = [(found.text("en"), found.text("zh-CN"))]
    said += [(unmet.text("en"), unmet.text("zh-CN")) for unmet in found.unmet]
    faults = [text for pair in said for text in pair if _BROKEN_SENTENCE.search(text)]
    faults += [chinese for _, chinese in said if not _CHINESE.search(chinese)]
    faults += [chinese for _, chinese in said if _HALF_WIDTH.search(chinese)]
    return faults + [english for english, _ in said if _CHINESE.search(english)]


@pytest.mark.parametrize(("row", "rule"), PAIRS)
def test_alone(row: Row, rule: str) -> None:
    """Where only this rule does not hold, exactly this rule is what the refusal names, in sentences
    that can be read in both languages, and nothing is changed.
    """
    case, situation = broken(row, rule)
    if situation.plain is not None:
        verdict = WORKFLOW.evaluate(
            situation.plain,
            row.action,
            actor=situation.actor,
            at=MONDAY,
            arguments=case.wish.arguments() if isinstance(case.wish, Command) else {},
        )
        assert isinstance(verdict, Refusal)
        found = verdict
    else:
        world = standing(situation.state, situation.given)
        wish = made(situation.wish or case.wish, world)
        if situation.instead is not None:
            after = world.does(wish, situation.actor).ticket
            assert after.state == situation.instead
            assert after.state != (situation.state if row.target == "=" else row.target)
            return
        found = refusal(world, wish, situation.actor)
    names = [each.name for each in found.unmet]
    assert (found.code, names) == ("rules", [rule, *situation.with_it])
    assert sentence_faults(found) == []


def test_every_rule_of_every_row_has_a_case() -> None:
    """No row and no rule is without a case, and no case without a row and a rule."""
    assert list(gaps(WORKFLOW, CASES)) == []


def test_a_new_row_needs_a_case() -> None:
    """A row that is added, and a rule that is put on a row, are asked for by name."""
    more = evolve(
        WORKFLOW,
        actions=(*WORKFLOW.actions, Action("call_back")),
        rows=(
            *(
                evolve(row, rules=(*row.rules, "reason_given")) if row.action == "start" else row
                for row in WORKFLOW.rows
            ),
            Row("call_back", "resolved", "=", "handler"),
        ),
    )
    assert list(gaps(more, CASES)) == [
        "no case for reason_given on start",
        "no case for the row call_back → =",
    ]


def test_a_case_needs_its_row() -> None:
    """A case whose row or rule is gone is found by name."""
    fewer = evolve(
        WORKFLOW,
        actions=tuple(each for each in WORKFLOW.actions if each.name != "rate"),
        rows=tuple(
            evolve(row, rules=()) if row.action == "start" else row
            for row in WORKFLOW.rows
            if row.action != "rate"
        ),
    )
    assert list(gaps(fewer, CASES)) == [
        "no rule is_assignee on start",
        "no row for the case rate → =",
    ]


def test_what_never_happens_is_a_use_of_a_row() -> None:
    """Whatever is written down as impossible is something that a row would allow."""
    for action, state, role in NEVER:
        assert any(role in row.roles for row in rows_of(action, state)), (action, state, role)


def test_everything_at_once() -> None:
    """When several rules do not hold, the refusal names them all, in the order of the row."""
    situation = CASES["close", "closed"].broken["not_party"]
    world = standing("resolved", evolve(situation.given, on={}))
    found = refusal(world, Close(), situation.actor)
    assert [each.name for each in found.unmet] == ["not_party", "informed_if_required"]
    assert sentence_faults(found) == []
