"""Every action beforehand: what may be done, what is needed, and every reason why not."""

import pytest

from tests.builders import BOSS, LI, NOON, STAGES, WANG, workflow
from workorder.refusals import Unmet
from workorder.rulebook import basic
from workorder.workflow import (
    NEW,
    STANDARD_RULES,
    Actor,
    Option,
    Permitted,
    PlainCase,
    Question,
    Row,
    Rule,
    Workflow,
    rule,
)

BASIC = basic().workflow
MINE = PlainCase("in_progress", assignee="li", department="cards")


def options(case: PlainCase, actor: Actor, on: Workflow = BASIC) -> dict[str, Option]:
    """Every option by the name of its action."""
    return {option.action.name: option for option in on.options(case, actor=actor, at=NOON)}


def finishing(*rows: Row, **rules: Rule) -> Workflow:
    """The small workflow; the rows of ``finish`` are *rows*."""
    kept = tuple(row for row in workflow().rows if row.action != "finish")
    return workflow(rows=(*kept, *rows), rules={**STANDARD_RULES, **rules})


def test_every_action_is_an_option_but_opening() -> None:
    """All actions of the table are answered, in its order; a ticket is opened only once."""
    known = [action.name for action in BASIC.actions]
    assert list(options(MINE, LI)) == [name for name in known if name != "open"]


def test_opening_is_an_option_where_it_is_possible_later_too() -> None:
    """A workflow whose action opens and also reopens offers it on tickets that exist."""
    rows = (*workflow().rows, Row("open", "done", "new", "chief"))
    on = workflow(rows=rows)
    assert options(PlainCase("done"), Actor("boss", "chief"), on)["open"].allowed


def test_what_needs_arguments_is_allowed_and_says_so() -> None:
    """Rules that read arguments are listed as needed, and not as failed."""
    option = options(MINE, LI)["submit"]
    assert option.allowed
    assert option.needs == ("resolution",)
    assert {check.rule.name: check.holds for check in option.checks} == {
        "is_assignee": True,
        "resolution_given": None,
    }
    assert isinstance(option.permitted, Permitted)
    assert option.permitted.to_state == "resolved"


def test_required_arguments_are_needed() -> None:
    """An argument without which the action means nothing is named, rule or no rule."""
    option = options(MINE, LI)["comment"]
    assert (option.allowed, option.needs, option.checks) == (True, ("text",), ())


def test_needs_are_named_once() -> None:
    """Two rules that read the same argument need it once, in the order of the rules."""
    assert options(MINE, LI)["transfer"].needs == ("reason", "to", "department")


def test_known_reasons_stand_beside_open_ones() -> None:
    """A refused option has its refusal, and its checks tell failed from undecided."""
    option = options(MINE, WANG)["submit"]
    assert not option.allowed
    assert option.refusal is not None
    assert [unmet.name for unmet in option.refusal.unmet] == ["is_assignee"]
    assert {check.rule.name: check.holds for check in option.checks} == {
        "is_assignee": False,
        "resolution_given": None,
    }
    assert option.needs == ("resolution",)


def test_state_and_role_are_reasons_too() -> None:
    """Options give the same codes as commands, for a wrong state as for a wrong role."""
    found = options(MINE, BOSS)
    assert found["close"].refusal is not None
    assert found["close"].refusal.code == "wrong_state"
    assert found["submit"].refusal is not None
    assert found["submit"].refusal.code == "not_permitted"
    nobody = options(MINE, Actor("x", "canteen"))["submit"].refusal
    assert nobody is not None
    assert nobody.code == "unknown_role"
    lost = options(PlainCase("lost"), LI)["submit"].refusal
    assert lost is not None
    assert lost.code == "unknown_state"


def test_a_rule_that_raises_is_a_reason() -> None:
    """A rule at fault fails closed beforehand as well."""

    @rule("broken", holds=("", ""), otherwise=("", ""))
    def broken(question: Question) -> bool:
        raise KeyError(question.role)

    on = finishing(Row("finish", "new", "done", "clerk", ("broken",)), broken=broken)
    option = options(PlainCase("new"), Actor("li", "clerk"), on)["finish"]
    assert option.refusal is not None
    assert [unmet.code for unmet in option.refusal.unmet] == ["rule_error"]


@pytest.mark.parametrize("answer", [False, None, Unmet("odd", "odd", {}, {"en": "not odd"})])
def test_plain_and_own_reasons_read_alike(answer: bool | Unmet) -> None:
    """A rule may answer false or a reason of its own; both are shown."""

    @rule("odd", holds=("", ""), otherwise=("not odd", "非奇"))
    def odd(question: Question) -> bool | Unmet:
        return answer

    on = finishing(Row("finish", "new", "done", "clerk", ("odd",)), odd=odd)
    option = options(PlainCase("new"), Actor("li", "clerk"), on)["finish"]
    assert option.checks[0].unmet is not None
    assert option.checks[0].unmet.text() == "not odd"
    assert option.checks[0].holds is False


@pytest.mark.parametrize("order", [("clerk", "chief"), ("chief", "clerk")])
def test_the_best_role_is_shown(order: tuple[str, str]) -> None:
    """Of several roles the one with the fewest failed rules speaks, whatever the order."""
    on = finishing(
        *sorted(
            [
                Row("finish", "new", "done", "clerk", ("is_assignee", "own_if_handler")),
                Row("finish", "new", "done", "chief"),
            ],
            key=lambda row: order.index(row.roles[0]),
        )
    )
    option = options(PlainCase("new"), Actor("li", order), on)["finish"]
    assert isinstance(option.permitted, Permitted)
    assert option.permitted.role == "chief"


ARGUMENTS: dict[str, dict[str, object]] = {
    "dispatch": {"to": "zhao"},
    "transfer": {"to": "zhao", "reason": "leave"},
    "comment": {"text": "called"},
    "submit": {"resolution": "refunded"},
    "return_for_rework": {"reason": "incomplete"},
    "reopen": {"reason": "called again"},
}


@pytest.mark.parametrize("actor", [LI, WANG, BOSS, Actor("x", ["handler", "supervisor"])])
@pytest.mark.parametrize("state", STAGES)
def test_options_agree_with_commands(state: str, actor: Actor) -> None:
    """With sound arguments an action is permitted exactly when its option is."""
    ticket = STAGES[state]()
    for option in BASIC.options(ticket, actor=actor, at=NOON):
        name = option.action.name
        given = ARGUMENTS.get(name, {})
        answer = BASIC.evaluate(ticket, name, actor=actor, at=NOON, arguments=given)
        assert bool(answer) is option.allowed
        if option.allowed:
            assert answer == option.permitted
        else:
            assert answer == option.refusal


def test_one_option() -> None:
    """One action alone is answered as it is among all; a name that is not there is an error."""
    for name, option in options(MINE, WANG).items():
        assert BASIC.option(MINE, name, actor=WANG, at=NOON) == option
    with pytest.raises(KeyError):
        BASIC.option(MINE, "fly", actor=WANG, at=NOON)


def test_opening_is_an_option_before_the_ticket_exists() -> None:
    """Asked by itself, opening is judged like any other action."""
    found = basic().workflow.option(PlainCase(NEW), "open", actor=Actor("li", "handler"), at=NOON)
    assert found.allowed
    assert found.permitted is not None
    assert found.permitted.to_state == "accepted"
