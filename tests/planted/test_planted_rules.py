"""Faults planted on purpose: the checks that the real rulebook passes must find each of them."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from attrs import evolve, frozen

from tests.builders import BOSS, LI, OPEN, TELLER, TICKET, after, context, decided, extended
from tests.checks import (
    wrong_with_deeds,
    wrong_with_four_eyes,
    wrong_with_rows,
    wrong_with_sealing,
)
from tests.rulebook.cases import CASES
from tests.workflow.test_roles import ROLES, seen_both_ways
from workorder.kernel import Decided, decide, replay
from workorder.rulebook import Rulebook, basic
from workorder.ticket import Action as TakeAction
from workorder.ticket import (
    Close,
    Command,
    Dispatch,
    Event,
    Start,
    Submit,
    Submitted,
    Ticket,
    Transfer,
)
from workorder.workflow import (
    STANDARD_RULES,
    Action,
    Actor,
    Argument,
    Role,
    Row,
    Scope,
    Use,
    Workflow,
)

BASIC = basic().workflow


def with_row(action: str, **changes: Any) -> Workflow:
    """The basic workflow with one row changed."""
    rows = [evolve(row, **changes) if row.action == action else row for row in BASIC.rows]
    return evolve(BASIC, rows=tuple(rows))


def with_rule(name: str, test: Callable[..., bool]) -> Workflow:
    """The basic workflow with another function behind one rule."""
    rule = evolve(STANDARD_RULES[name], test=test)
    return evolve(BASIC, rules={**STANDARD_RULES, name: rule})


BOTH = ("handler", "supervisor")
NO_FOUR_EYES = with_row("close", rules=())

ROWS: dict[str, tuple[Workflow, str]] = {
    "closing without four eyes": (NO_FOUR_EYES, "not_own_work"),
    "four eyes for some roles only": (
        with_row("close", rules=(Use("not_own_work", {"roles": ("supervisor",)}),)),
        "not_own_work",
    ),
    "four eyes that overlook the work": (
        with_row("close", rules=(Use("not_own_work", {"besides": ("open", "start", "submit")}),)),
        "not_own_work",
    ),
    "four eyes that count the call": (
        with_row("close", rules=("not_own_work",)),
        "refused",
    ),
    "sending back without a reason": (
        with_row("return_for_rework", rules=BASIC.rows[6].rules[:1]),
        "reason_given",
    ),
    "handlers who reopen": (with_row("reopen", roles=BOTH), "handler"),
    "reopening to the wrong state": (with_row("reopen", target="assigned"), "table"),
    "starting from accepted": (with_row("start", sources=("accepted", "assigned")), "table"),
    "a new row without a case": (
        evolve(
            BASIC,
            actions=(*BASIC.actions, Action("archive")),
            rows=(*BASIC.rows, Row("archive", "closed", "=", BOTH)),
        ),
        "archive: no case",
    ),
    "a new rule without a case": (
        with_row("start", rules=("is_assignee", "reason_given")),
        "no case for reason_given",
    ),
    "a row that is gone": (
        evolve(BASIC, actions=BASIC.actions[:-1], rows=BASIC.rows[:-1]),
        "reopen: no row",
    ),
    "a rule that always holds": (with_rule("is_assignee", lambda _: True), "is_assignee"),
    "a rule that never holds": (with_rule("target_given", lambda _: False), "refused"),
    "a rule turned round": (
        with_rule("own_if_handler", lambda q: q.case.assignee != q.actor.id),
        "own_if_handler",
    ),
}


def table(workflow: Workflow) -> list[tuple[str, tuple[str, ...], str, tuple[str, ...]]]:
    """Who may do what from where to where, as the tests of the rulebook write it down."""
    return [(row.action, row.sources, row.target, row.roles) for row in workflow.rows]


@pytest.mark.parametrize(("workflow", "named"), ROWS.values(), ids=ROWS)
def test_a_wrong_row_is_found(workflow: Workflow, named: str) -> None:
    """The check of rows, or the written table, finds this fault and says what it is."""
    found = wrong_with_rows(workflow, CASES)
    if table(workflow) != table(BASIC):
        found.append("differs from the table, for example in who may: handler supervisor")
    assert any(named in line for line in found), found


def test_nothing_is_found_without_a_fault() -> None:
    """The same check finds nothing in the workflow that ships."""
    assert wrong_with_rows(BASIC, CASES) == []


def trail(rulebook: Rulebook, *attempts: tuple[Command, Actor]) -> list[Event]:
    """The events of a life."""
    ticket: Ticket | None = None
    events: list[Event] = []
    for command, actor in attempts:
        answer = decided(ticket, command, actor, rulebook=rulebook)
        events += answer.events
        ticket = after(ticket, answer.events)
    return events


def test_closing_ones_own_work_is_found() -> None:
    """A life under a rulebook without four eyes is caught by the check of trails."""
    events = trail(
        evolve(basic(), workflow=NO_FOUR_EYES),
        (OPEN, TELLER),
        (Dispatch(to="li"), TELLER),
        (Start(), LI),
        (Submit(resolution="done"), LI),
        (Close(), LI),
    )
    assert wrong_with_four_eyes(events) == ["li took close after working on it"]
    rehatted = [*events[:-1], evolve(events[-1], step=evolve(events[-1].step, role="supervisor"))]
    assert len(wrong_with_four_eyes(rehatted)) == 1


def test_a_forgotten_worker_is_found() -> None:
    """A ticket that forgets who was assigned, or invents a worker, is caught."""
    events = trail(
        basic(),
        (OPEN, TELLER),
        (Dispatch(to="wang"), TELLER),
        (Transfer(to="li", reason="leave"), BOSS),
    )
    ticket = replay(TICKET, events)
    assert ticket is not None
    people = ("li", "wang", "boss")
    assert wrong_with_deeds(ticket.took_part, events, people) == []
    forgetful = {name: deeds for name, deeds in ticket.deeds.items() if name != "wang"}
    assert wrong_with_deeds(evolve(ticket, deeds=forgetful).took_part, events, people) == [
        "wang: forgotten"
    ]
    invented = {**ticket.deeds, "boss": {"handler": ("start",)}}
    assert wrong_with_deeds(evolve(ticket, deeds=invented).took_part, events, people) == [
        "boss: invented"
    ]


@frozen
class Talkative(Submitted):
    """An event that carries the text itself."""

    said: str = ""


def test_a_text_in_an_event_is_found() -> None:
    """One sensitive text in one event of a trail is caught, and the event named."""
    events: Sequence[Event] = trail(
        basic(),
        (OPEN, TELLER),
        (Dispatch(to="li"), TELLER),
        (Start(), LI),
        (Submit(resolution="机密-1"), LI),
    )
    assert wrong_with_sealing(events, ["机密-1"]) == []
    last = events[-1]
    assert isinstance(last, Submitted)
    leaky = Talkative(last.trace, last.step, last.resolution, "refunded 机密-1")
    assert wrong_with_sealing([*events[:-1], leaky], ["机密-1"]) == ["Talkative shows 机密-1"]


def test_a_scope_that_disagrees_is_found() -> None:
    """If what is seen in hand and what a query finds had come apart, the law would see it."""
    events = trail(basic(), (OPEN, TELLER), (Dispatch(to="li", department="cards"), TELLER))
    ticket = replay(TICKET, events)
    assert ticket is not None
    actor = Actor("zhao", "lead", "cards")
    assert seen_both_ways(ticket, actor, ROLES) == (True, True)
    forked = Forked(ROLES)
    in_hand, found = seen_both_ways(ticket, actor, forked)
    assert in_hand is not found


class Forked(dict[str, Role]):
    """Roles whose scope changes between the first question and the second."""

    asked = 0

    def __getitem__(self, name: str) -> Role:
        """Department when asked first, own afterwards."""
        self.asked += 1
        return evolve(super().__getitem__(name), sees=list(Scope)[self.asked % 2])


def test_a_decision_by_chance_is_found() -> None:
    """Asked twice, a decision that depends on more than its inputs gives two answers."""
    calls = iter(range(100))
    moody = with_rule("is_assignee", lambda _: next(calls) % 2 == 0)
    book = evolve(basic(), workflow=moody)
    events = trail(basic(), (OPEN, TELLER), (Dispatch(to="li"), TELLER))
    ticket = replay(TICKET, events)
    answers = [decide(ticket, Start(), context(LI, rulebook=book)) for _ in range(2)]
    assert isinstance(answers[0], Decided) is not isinstance(answers[1], Decided)


def test_an_argument_that_is_not_sealed_is_found() -> None:
    """A host's text argument declared not sensitive shows in the trail, and is caught."""
    found = []
    for sensitive in (None, False):
        book = extended(
            actions=(Action("call_back", (Argument("note", sensitive=sensitive),)),),
            rows=(Row("call_back", "accepted", "=", "handler"),),
        )
        call = TakeAction("call_back", {"note": "机密-1"})
        found.append(wrong_with_sealing(trail(book, (OPEN, TELLER), (call, LI)), ["机密-1"]))
    assert found == [[], ["ActionTaken shows 机密-1"]]
