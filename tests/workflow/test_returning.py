"""Rows that lead back to a state the case remembers: where they lead, and when they do not."""

import pytest

from tests.builders import LI, NOON, WANG
from tests.checks import name_of
from workorder.refusals import Refusal, Unmet
from workorder.rulebook import bank
from workorder.texts import LANGUAGES
from workorder.workflow import (
    Action,
    Actor,
    Permitted,
    PlainCase,
    Role,
    Row,
    State,
    Step,
    Workflow,
)

BANK = bank().workflow
INTAKE = Actor("zhao", "intake")
HEAD = Actor("head", "supervisor", "cards")
BOTH = Actor("li", ["handler", "supervisor"], "cards")


def waiting(before: object = "in_progress", assignee: str = "li", **values: object) -> PlainCase:
    """A case of the bank that is on hold, remembering *before*."""
    return PlainCase(
        "pending",
        "complaint",
        assignee,
        "cards",
        "C-1",
        values={"before_hold": before, **values},
    )


def refused(case: PlainCase, action: str, actor: Actor, **arguments: object) -> tuple[Unmet, ...]:
    """Everything that stands in the way of an action that the rules refuse."""
    answer = BANK.evaluate(case, action, actor=actor, at=NOON, arguments=arguments)
    assert isinstance(answer, Refusal)
    assert answer.code == "rules"
    return answer.unmet


@pytest.mark.parametrize("before", ["in_progress", "accepted"])
def test_a_case_returns_to_the_state_it_remembers(before: str) -> None:
    """Every state from which a ticket may be put on hold is one it returns to."""
    answer = BANK.evaluate(waiting(before), "resume", actor=LI, at=NOON)
    assert isinstance(answer, Permitted)
    assert answer.step == Step("resume", "handler", "pending", before, "open")
    assert answer.step.moved


def test_every_returning_action_reads_the_same_memory() -> None:
    """The customer's reply leads back where resuming does."""
    case = waiting("accepted", hold_reason="waiting_for_customer")
    given = {"text": "the receipt"}
    customer = Actor("C-1", "customer")
    answer = BANK.evaluate(case, "customer_reply", actor=customer, at=NOON, arguments=given)
    assert isinstance(answer, Permitted)
    assert answer.to_state == "accepted"


@pytest.mark.parametrize(
    "before",
    [
        None,
        "",
        "lost",
        "resolved",
        "pending",
        "closed",
        "IN_PROGRESS",
        5,
        ["in_progress"],
        object(),
    ],
    ids=name_of,
)
def test_an_unknown_way_back_is_refused(before: object) -> None:
    """A case that remembers nothing, or no state it can have come from, goes nowhere."""
    (unmet,) = refused(waiting(before), "resume", LI)
    assert (unmet.name, unmet.code) == ("before_hold", "no_way_back")
    for language in LANGUAGES:
        assert "before_hold" in unmet.text(language)


def test_a_case_that_knows_nothing_has_no_way_back() -> None:
    """Without any values the answer is the same refusal, no error."""
    case = PlainCase("pending", assignee="li")
    assert [unmet.code for unmet in refused(case, "resume", LI)] == ["no_way_back"]


def test_a_missing_way_back_hides_no_rule() -> None:
    """That it is not known where to return to stands beside every rule that fails."""
    assert [unmet.code for unmet in refused(waiting(None), "resume", WANG)] == [
        "no_way_back",
        "own_if_handler",
    ]


def test_a_known_way_back_passes_no_rule() -> None:
    """Knowing the way does not spare anybody the rules."""
    assert [unmet.code for unmet in refused(waiting(), "resume", WANG)] == ["own_if_handler"]
    third = waiting(hold_reason="waiting_for_third_party")
    assert [unmet.code for unmet in refused(third, "customer_reply", INTAKE, text="?")] == [
        "waiting_for_customer"
    ]


def test_the_role_that_passes_carries_it_back() -> None:
    """Somebody in two roles returns a colleague's case as the supervisor, their own as either."""
    theirs = BANK.evaluate(waiting(assignee="wang"), "resume", actor=BOTH, at=NOON)
    assert isinstance(theirs, Permitted)
    assert (theirs.role, theirs.to_state) == ("supervisor", "in_progress")
    own = BANK.evaluate(waiting("accepted"), "resume", actor=BOTH, at=NOON)
    assert isinstance(own, Permitted)
    assert (own.role, own.to_state) == ("handler", "accepted")


def test_no_role_finds_a_way_that_is_not_there() -> None:
    """The role with the fewest reasons is reported, and the missing way is one for each."""
    found = refused(waiting(None, assignee="wang"), "resume", BOTH)
    assert [unmet.code for unmet in found] == ["no_way_back"]


@pytest.mark.parametrize("before", ["in_progress", "accepted"])
@pytest.mark.parametrize("actor", [LI, HEAD, INTAKE, BOTH])
def test_options_lead_back_as_commands_do(before: str, actor: Actor) -> None:
    """Beforehand the same step is offered that the command then takes."""
    case = waiting(before)
    option = BANK.option(case, "resume", actor=actor, at=NOON)
    assert option.allowed
    assert option.permitted == BANK.evaluate(case, "resume", actor=actor, at=NOON)
    assert option in BANK.options(case, actor=actor, at=NOON)


@pytest.mark.parametrize("before", [None, "lost", "resolved"])
def test_options_refuse_as_commands_do(before: object) -> None:
    """Beforehand the missing way is a reason, and the action is not among those possible."""
    case = waiting(before)
    option = BANK.option(case, "resume", actor=LI, at=NOON)
    assert option.refusal == BANK.evaluate(case, "resume", actor=LI, at=NOON)
    assert option.refusal is not None
    assert [unmet.code for unmet in option.refusal.unmet] == ["no_way_back"]
    assert "resume" not in [label.name for label in option.refusal.allowed]
    other = BANK.evaluate(case, "start", actor=LI, at=NOON)
    assert isinstance(other, Refusal)
    assert "resume" not in [label.name for label in other.allowed]


def test_a_known_way_back_is_possible_elsewhere() -> None:
    """A refusal of something else offers returning, when it is known where to."""
    other = BANK.evaluate(waiting(), "start", actor=LI, at=NOON)
    assert isinstance(other, Refusal)
    assert "resume" in [label.name for label in other.allowed]


@pytest.mark.parametrize(
    ("before", "found"),
    [
        ("registered", "registered"),
        ("pending", "pending"),
        ("closed", None),
        ("merged", None),
        (None, None),
    ],
)
def test_unmerging_returns_to_before_the_merge(before: str | None, found: str | None) -> None:
    """Each returning row has a memory of its own, and states of its own to return to."""
    case = PlainCase("merged", values={"before_merge": before, "before_hold": "in_progress"})
    given = {"reason": "two matters"}
    answer = BANK.evaluate(case, "unmerge", actor=HEAD, at=NOON, arguments=given)
    if found is None:
        assert isinstance(answer, Refusal)
        assert [unmet.name for unmet in answer.unmet] == ["before_merge"]
    else:
        assert isinstance(answer, Permitted)
        assert (answer.to_state, answer.step.category) == (
            found,
            BANK.state_by_name[found].category,
        )


PAUSING = Workflow(
    name="pausing",
    states=(
        State("new", "intake", "initial", {"en": "New", "zh-CN": "新建"}),
        State("busy", "handling", "open", {"en": "Busy", "zh-CN": "处理"}),
        State("paused", "handling", "open", {"en": "Paused", "zh-CN": "暂停"}),
        State("done", "conclusion", "final", {"en": "Done", "zh-CN": "完成"}),
    ),
    roles=(
        Role("clerk", labels={"en": "Clerk", "zh-CN": "柜员"}),
        Role("chief", labels={"en": "Chief", "zh-CN": "主任"}),
    ),
    actions=tuple(
        Action(name, labels={"en": name, "zh-CN": name})
        for name in ("open", "begin", "pause", "go_on", "finish")
    ),
    rows=(
        Row("open", (), "new", "clerk"),
        Row("begin", "new", "busy", "clerk"),
        Row("pause", ("new", "busy"), "paused", "clerk"),
        Row("go_on", "paused", "@before_pause", "clerk", ("is_assignee",)),
        Row("go_on", "paused", "busy", "chief", ("not_own_work",)),
        Row("finish", "busy", "done", ("clerk", "chief")),
    ),
)
"""A case may pause from two states; a chief can make it go on whatever it remembers."""


def paused(**values: object) -> PlainCase:
    """A case of that workflow, with Li, who did nothing yet."""
    return PlainCase("paused", assignee="li", values=values)


@pytest.mark.parametrize(
    ("case", "roles", "target", "role"),
    [
        (paused(before_pause="new"), ["clerk"], "new", "clerk"),
        (paused(before_pause="busy"), ["clerk"], "busy", "clerk"),
        (paused(before_pause="new"), ["clerk", "chief"], "new", "clerk"),
        (paused(before_pause="new"), ["chief"], "busy", "chief"),
        (paused(), ["clerk", "chief"], "busy", "chief"),
        (paused(before_pause="done"), ["chief", "clerk"], "busy", "chief"),
    ],
)
def test_a_row_that_leads_on_stands_in_for_one_that_cannot_lead_back(
    case: PlainCase, roles: list[str], target: str, role: str
) -> None:
    """The first row that can be taken is: where the memory is lost, the one that leads on."""
    actor = Actor("li", roles)
    answer = PAUSING.evaluate(case, "go_on", actor=actor, at=NOON)
    assert isinstance(answer, Permitted)
    assert (answer.to_state, answer.role) == (target, role)
    assert PAUSING.option(case, "go_on", actor=actor, at=NOON).permitted == answer


def test_without_another_row_the_lost_memory_is_reported() -> None:
    """A clerk alone is told that it is not known where to return to."""
    clerk = Actor("li", "clerk")
    answer = PAUSING.evaluate(paused(), "go_on", actor=clerk, at=NOON)
    assert isinstance(answer, Refusal)
    assert [unmet.name for unmet in answer.unmet] == ["before_pause"]
    assert PAUSING.option(paused(), "go_on", actor=clerk, at=NOON).refusal == answer
