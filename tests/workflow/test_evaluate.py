"""May this be done? One action on one case, with its arguments."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from tests.builders import BOSS, LI, NOON, WANG, workflow
from workorder.errors import InvalidInput
from workorder.refusals import Refusal, Unmet
from workorder.rulebook import basic
from workorder.workflow import (
    STANDARD_RULES,
    Actor,
    Permitted,
    PlainCase,
    Question,
    Row,
    Rule,
    Settings,
    Step,
    Use,
    Workflow,
    rule,
)

BASIC = basic().workflow
MINE = PlainCase("in_progress", assignee="li", department="cards")


def refusal(
    on: Workflow,
    case: Any,
    action: str,
    actor: Actor = LI,
    **arguments: object,
) -> Refusal:
    """The refusal of an action that is expected to be refused."""
    answer = on.evaluate(case, action, actor=actor, at=NOON, arguments=arguments)
    assert isinstance(answer, Refusal)
    return answer


def with_rules(*rows: Row, **rules: Rule) -> Workflow:
    """The small workflow with rules of its own; the rows of ``finish`` are *rows*."""
    known = workflow()
    kept = tuple(row for row in known.rows if row.action != "finish")
    return workflow(rows=(*kept, *rows), rules={**STANDARD_RULES, **rules})


def test_what_is_permitted_says_what_will_be_recorded() -> None:
    """A permit is true in ``if`` and carries the step: action, role, states, category."""
    answer = BASIC.evaluate(MINE, "submit", actor=LI, at=NOON, arguments={"resolution": "done"})
    assert isinstance(answer, Permitted)
    assert bool(answer)
    assert answer.step == Step(
        "submit", "handler", "in_progress", "resolved", "open", resolved=True
    )
    assert (answer.to_state, answer.role) == ("resolved", "handler")
    assert answer.step.moved


def test_an_action_that_stays_moves_nothing() -> None:
    """A row whose target is ``=`` leads back to the state it was taken in."""
    answer = BASIC.evaluate(MINE, "comment", actor=LI, at=NOON, arguments={"text": "called"})
    assert isinstance(answer, Permitted)
    assert answer.step == Step("comment", "handler", "in_progress", "in_progress", "open")
    assert not answer.step.moved


def test_all_unmet_rules_are_reported_at_once() -> None:
    """No rule hides another: every one that does not hold is named, in the order of the row."""
    case = PlainCase("assigned", assignee="li", department="cards", customer="li")
    found = refusal(BASIC, case, "transfer", WANG, to="li")
    assert found.code == "rules"
    assert [unmet.name for unmet in found.unmet] == [
        "own_if_handler",
        "reason_given",
        "target_differs",
        "assignee_eligible",
    ]


def test_a_refusal_is_false_and_says_what_is_possible() -> None:
    """A refusal is false in ``if``; it lists the other actions these roles have in this state."""
    found = refusal(BASIC, MINE, "submit", WANG, resolution="done")
    assert not found
    assert [label.name for label in found.allowed] == ["comment"]
    assert found.facts["state"] == BASIC.labels["in_progress"]


def test_a_rule_that_raises_fails_closed() -> None:
    """A rule at fault counts as not met and says so, beside the other rules."""

    @rule("broken", holds=("fine", "正常"), otherwise=("not fine", "不正常"))
    def broken(question: Question) -> bool:
        raise ZeroDivisionError(question.role)

    on = with_rules(Row("finish", "new", "done", "clerk", ("broken", "is_assignee")), broken=broken)
    found = refusal(on, PlainCase("new"), "finish", Actor("li", "clerk"))
    assert [(unmet.name, unmet.code) for unmet in found.unmet] == [
        ("broken", "rule_error"),
        ("is_assignee", "is_assignee"),
    ]
    assert "ZeroDivisionError" in found.text()
    assert "ZeroDivisionError: clerk" not in found.text()  # it may speak of the case
    assert "视为未满足" in found.text("zh-CN")


@pytest.mark.parametrize("answer", [None, False, 0, 1, "yes", "no", [True]])
def test_only_true_is_true(answer: object) -> None:
    """A rule that answers anything but exactly true does not hold: no accident permits."""

    @rule("odd", holds=("odd", "奇"), otherwise=("not odd", "非奇"))
    def odd(question: Question) -> bool | Unmet:
        return answer  # type: ignore[return-value]  # on purpose

    on = with_rules(Row("finish", "new", "done", "clerk", ("odd",)), odd=odd)
    found = refusal(on, PlainCase("new"), "finish", Actor("li", "clerk"))
    assert [unmet.text() for unmet in found.unmet] == ["not odd"]


def test_a_rule_is_given_its_parameters() -> None:
    """Parameters of a row reach the rule; the same rule may stand in two rows differently."""

    @rule("big_enough", holds=("", ""), otherwise=("too small", "太小"), least=int)
    def big_enough(question: Question, least: int = 0) -> bool:
        size = question.case.value("size")
        return isinstance(size, int) and size >= least

    on = with_rules(
        Row("finish", "new", "done", "clerk", (Use("big_enough", {"least": 5}),)),
        Row("finish", "new", "done", "chief", ("big_enough",)),
        big_enough=big_enough,
    )
    case = PlainCase("new", values={"size": 3})
    assert not on.evaluate(case, "finish", actor=Actor("li", "clerk"), at=NOON)
    assert on.evaluate(case, "finish", actor=Actor("li", "chief"), at=NOON)


def test_rules_see_the_workflows_settings_and_the_instant() -> None:
    """A rule reads settings, instant, actor and role from the question, and no clock."""
    seen: list[Question] = []

    @rule("nosy", holds=("", ""), otherwise=("", ""))
    def nosy(question: Question) -> bool:
        seen.append(question)
        return True

    own: Any = {"window": 5}
    on = workflow(
        rows=(
            Row("open", (), "new", "clerk"),
            Row("note", "new", "=", "chief"),
            Row("finish", "new", "done", "clerk", ("nosy",)),
        ),
        rules={"nosy": nosy},
        settings=Settings(own=own),
    )
    beijing = NOON.astimezone(timezone(timedelta(hours=8)))
    assert on.evaluate(PlainCase("new"), "finish", actor=Actor("li", "clerk"), at=beijing)
    (asked,) = seen
    assert (asked.at, asked.at.tzinfo, asked.role) == (NOON, UTC, "clerk")
    assert (asked.settings.own["window"], asked.actor.id) == (5, "li")


def test_one_of_several_roles_is_enough() -> None:
    """Somebody who is handler and supervisor acts in the role that passes, and it is recorded."""
    both = Actor("wang", ["handler", "supervisor"], "cards")
    arguments = {"to": "zhao", "reason": "leave"}
    case = PlainCase("assigned", assignee="li", department="cards")
    answer = BASIC.evaluate(case, "transfer", actor=both, at=NOON, arguments=arguments)
    assert isinstance(answer, Permitted)
    assert answer.role == "supervisor"
    own = BASIC.evaluate(MINE, "transfer", actor=LI, at=NOON, arguments=arguments)
    assert isinstance(own, Permitted)
    assert own.role == "handler"


@pytest.mark.parametrize("roles", [("clerk", "chief"), ("chief", "clerk")])
def test_the_shortest_way_is_reported(roles: tuple[str, ...]) -> None:
    """When no role passes, the one with the fewest unmet rules is reported, in any order."""
    heavy = Row("finish", "new", "done", roles[0], ("reason_given", "resolution_given"))
    light = Row("finish", "new", "done", roles[1], ("is_assignee",))
    found = refusal(with_rules(heavy, light), PlainCase("new"), "finish", Actor("li", roles))
    assert [unmet.name for unmet in found.unmet] == ["is_assignee"]
    found = refusal(with_rules(light, heavy), PlainCase("new"), "finish", Actor("li", roles))
    assert [unmet.name for unmet in found.unmet] == ["is_assignee"]


def test_an_unknown_role_is_refused_beside_known_ones() -> None:
    """Roles nobody knows are a mistake of whoever maps them: found at once, never passed over."""
    actor = Actor("li", ["handler", "canteen", "bistro"], "cards")
    found = refusal(BASIC, MINE, "submit", actor, resolution="done")
    assert found.code == "unknown_role"
    assert found.facts["unknown"] == ("bistro", "canteen")
    assert "处理岗、主管" in found.text("zh-CN")


def test_unknown_names_come_with_the_nearest_known() -> None:
    """A misspelt action is answered with the names it may have meant, or with all of them."""
    assert refusal(BASIC, MINE, "submti").facts["similar"] == ("submit",)
    known = tuple(action.name for action in BASIC.actions)
    assert refusal(BASIC, MINE, "结案").facts["similar"] == known
    assert [label.name for label in refusal(BASIC, MINE, "submti").allowed] == [
        "transfer",
        "comment",
        "submit",
    ]


def test_a_wrong_state_names_the_right_ones() -> None:
    """The states in which the action is possible are listed, opening's among them."""
    found = refusal(BASIC, MINE, "close", BOSS)
    assert found.code == "wrong_state"
    assert found.facts["states"] == (BASIC.labels["resolved"],)
    again = refusal(BASIC, MINE, "open")
    assert (again.code, again.facts["states"]) == ("wrong_state", (BASIC.labels[""],))


def test_who_may_is_named() -> None:
    """Somebody without the role is told which roles have it, and which they hold."""
    found = refusal(BASIC, MINE, "submit", BOSS, resolution="done")
    assert found.code == "not_permitted"
    assert found.facts["roles"] == (BASIC.role_labels["handler"],)
    assert found.facts["held"] == (BASIC.role_labels["supervisor"],)
    assert refusal(BASIC, MINE, "submit", Actor("x", ())).facts["held"] == ()


def test_naive_instants_are_refused() -> None:
    """An instant without a zone is refused by name, before anything is judged."""
    for ask in (
        lambda at: BASIC.evaluate(MINE, "close", actor=LI, at=at),
        lambda at: BASIC.options(MINE, actor=LI, at=at),
    ):
        with pytest.raises(InvalidInput) as refused:
            ask(datetime(2026, 9, 30, 12, 0))
        assert (refused.value.code, refused.value.facts["name"]) == ("naive_datetime", "at")


class Row7:
    """A host's own object: it derives from nothing of the library."""

    type = "complaint"
    state = "resolved"
    assignee = "li"
    department = "cards"
    customer = "C-1"

    def took_part(
        self, person: str, *, roles: object = None, besides: object = (), actions: object = None
    ) -> bool:
        """Whoever is assigned worked on it."""
        return person == self.assignee

    def value(self, name: str) -> object:
        """There is nothing else."""
        return None


def test_a_hosts_own_object_is_a_case() -> None:
    """Any object that answers the seven questions can be judged."""
    assert BASIC.evaluate(Row7(), "close", actor=WANG, at=NOON)
    assert refusal(BASIC, Row7(), "close", LI).unmet[0].name == "not_own_work"
