"""What follows from each command."""

from typing import Any

import pytest
from attrs import evolve, frozen

from tests.builders import (
    BOSS,
    LI,
    OPEN,
    TELLER,
    TICKET,
    WANG,
    accepted,
    assigned,
    closed,
    context,
    decided,
    in_progress,
    minutes,
    refused,
    resolved,
)
from workorder.errors import InvalidInput
from workorder.kernel import Context, Decided, Draft, Notice, decide
from workorder.kernel.decide import DECIDERS
from workorder.rulebook import Extension, basic
from workorder.ticket import (
    Action,
    Assign,
    Close,
    Closed,
    Command,
    Comment,
    Commented,
    Dispatch,
    Dispatched,
    Event,
    Open,
    Opened,
    Reopen,
    Reopened,
    Returned,
    ReturnForRework,
    Sealed,
    Start,
    Started,
    Submit,
    Submitted,
    Ticket,
    Transfer,
    Transferred,
)
from workorder.ticket.commands import BUILT_IN
from workorder.workflow import Actor, Step

BROUGHT: list[tuple[Ticket | None, Command, Actor, type[Event]]] = [
    (None, OPEN, TELLER, Opened),
    (accepted(), Dispatch(to="li"), TELLER, Dispatched),
    (accepted(), Assign(to="li"), TELLER, Dispatched),
    (assigned(), Transfer(to="wang", reason="leave"), LI, Transferred),
    (assigned(), Start(), LI, Started),
    (in_progress(), Comment("called"), WANG, Commented),
    (in_progress(), Submit(resolution="refunded"), LI, Submitted),
    (resolved(), ReturnForRework(reason="no proof"), WANG, Returned),
    (resolved(), Close(), WANG, Closed),
    (closed(), Reopen(reason="called again"), BOSS, Reopened),
]


@pytest.mark.parametrize(("ticket", "command", "actor", "kind"), BROUGHT)
def test_a_command_brings_its_event(
    ticket: Ticket | None, command: Command, actor: Actor, kind: type[Event]
) -> None:
    """One event, of the command's own type, with the step that the workflow permitted."""
    (event,) = decided(ticket, command, actor).events
    assert type(event) is kind
    assert event.step.action == command.action
    assert event.step.from_state == (ticket.state if ticket else "")


def test_every_command_is_shown() -> None:
    """A command of the basic rulebook that brings no event here fails; all have a decider."""
    basic_actions = {action.name for action in basic().workflow.actions}
    assert {command.action for _, command, _, _ in BROUGHT} == basic_actions
    assert set(DECIDERS) >= set(BUILT_IN)


def test_the_trace_says_who_when_and_under_what() -> None:
    """Actor, department, version, both instants, command id and rulebook stand in the event."""
    around = Context(TICKET, LI, minutes(5), basic(), "call-7", b"entropy")
    answer = decide(assigned(), Start(), around)
    assert isinstance(answer, Decided)
    trace = answer.events[0].trace
    assert (trace.actor, trace.department, trace.version) == ("li", "cards", 3)
    assert (trace.occurred_at, trace.recorded_at) == (minutes(5), minutes(5))
    assert (trace.command_id, trace.rulebook) == ("call-7", basic().digest)
    assert answer.events[0].step == Step("start", "handler", "assigned", "in_progress", "open")
    assert answer.notices == ()


def test_opening_takes_over_what_was_said() -> None:
    """Parties, channel, department and fields stand in the event; nulls are left out."""
    command = Open(
        "dispute",
        "C-1",
        "app",
        ("zhao",),
        "hall",
        {"title": "Card", "amount": 5, "product": "card", "description": None},
    )
    (event,) = decided(None, command, TELLER).events
    assert isinstance(event, Opened)
    assert (event.type, event.customer, event.subjects) == ("dispute", "C-1", ("zhao",))
    assert (event.channel, event.department) == ("app", "hall")
    assert set(event.fields) == {"title", "amount", "product"}
    assert isinstance(event.fields["title"], Sealed)
    assert event.fields["amount"] == 5


@pytest.mark.parametrize(
    ("command", "assignee", "department"),
    [
        (Dispatch(to="li"), "li", "hall"),
        (Dispatch(to="li", department="cards"), "li", "cards"),
        (Dispatch(department="cards"), None, "cards"),
    ],
)
def test_the_department_stays_unless_another_is_named(
    command: Dispatch, assignee: str | None, department: str
) -> None:
    """A ticket goes to a person, a department or both."""
    (event,) = decided(accepted(), command, TELLER).events
    assert isinstance(event, Dispatched)
    assert (event.assignee, event.department) == (assignee, department)


@pytest.mark.parametrize("to", ["", "  "])
def test_a_blank_person_is_refused(to: str) -> None:
    """No ticket is ever with a blank person, also where a department is named beside it."""
    found = refused(accepted(), Dispatch(to=to, department="cards"), TELLER)
    assert [(each.name, each.code) for each in found.unmet] == [("to", "blank")]


def test_reasons_that_are_blank_are_not_kept() -> None:
    """Where a reason may be left out, a blank one is none; a given one is sealed."""
    blank = decided(accepted(), Dispatch(to="li", reason="  "), TELLER)
    given = decided(accepted(), Dispatch(to="li", reason="cards"), TELLER)
    assert isinstance(blank.events[0], Dispatched)
    assert isinstance(given.events[0], Dispatched)
    assert (blank.events[0].reason, blank.sealed) == (None, ())
    assert given.events[0].reason is not None


def test_a_ticket_that_is_not_there() -> None:
    """Only opening works on nothing; the answer names the ticket and the person."""
    found = refused(None, Start(), LI)
    assert (found.code, found.facts) == ("not_found", {"ticket": TICKET, "actor": "li"})


def test_a_ticket_is_opened_once() -> None:
    """Opening a ticket that exists is not possible in any of its states."""
    assert refused(accepted(), OPEN, TELLER).code == "wrong_state"


def test_unknown_types_are_refused() -> None:
    """A type without a form is answered with the known ones."""
    found = refused(None, Open("praise"), TELLER)
    assert found.code == "unknown_type"
    assert "Complaint" in found.text()
    assert "投诉" in found.text("zh-CN")


def test_the_form_is_judged_all_at_once() -> None:
    """Every field that is wrong is named in one refusal."""
    fields = {"titel": "x", "priority": True, "category": "a\n"}
    found = refused(None, Open("complaint", fields=fields), TELLER)
    assert found.code == "invalid_arguments"
    assert [(each.name, each.code) for each in found.unmet] == [
        ("titel", "unknown_field"),
        ("priority", "wrong_type"),
        ("category", "control_character"),
        ("title", "required"),
    ]


WRONG_TYPES: dict[str, dict[str, Any]] = {
    "type": {"type": ["complaint"]},
    "customer": {"customer": 5},
    "subjects": {"subjects": "zhao"},
    "subjects inside": {"subjects": ("zhao", 5)},
    "fields null": {"fields": None},
    "fields a list": {"fields": ["title"]},
    "department": {"department": b"cards"},
}


@pytest.mark.parametrize("changes", WRONG_TYPES.values(), ids=WRONG_TYPES)
def test_wrong_types_from_outside_are_refused(changes: dict[str, Any]) -> None:
    """Whatever JSON brings where text or a table belongs, the answer is a code, not a crash."""
    try:
        answer = decide(None, evolve(OPEN, **changes), context(TELLER))
    except InvalidInput as error:
        assert error.code  # noqa: PT017 (an error of ours is as good an answer as a refusal)
    else:
        assert not answer


@pytest.mark.parametrize(
    ("action", "given"),
    [(["x"], {}), (5, {}), (None, {}), ("submit", None), ("submit", ["x"]), ("submit", {5: "x"})],
)
def test_actions_of_wrong_types_are_refused(action: Any, given: Any) -> None:
    """The same for an action asked for by name."""
    try:
        answer = decide(in_progress(), Action(action, given), context(LI))
    except InvalidInput as error:
        assert error.code  # noqa: PT017 (an error of ours is as good an answer as a refusal)
    else:
        assert not answer


def test_no_subjects_may_be_said_by_null() -> None:
    """Null, which JSON has for nothing, names nobody."""
    command = evolve(OPEN, subjects=None)  # type: ignore[arg-type]  # what JSON may bring
    (event,) = decided(None, command, TELLER).events
    assert isinstance(event, Opened)
    assert event.subjects == ()


@pytest.mark.parametrize(
    ("ticket", "command", "actor"),
    [
        (accepted(), Dispatch(to=5), TELLER),  # type: ignore[arg-type]  # on purpose
        (accepted(), Dispatch(to="a\nb"), TELLER),
        (accepted(), Dispatch(to="x" * 201), TELLER),
        (in_progress(), Comment("\x00"), LI),
        (in_progress(), Comment(None), LI),  # type: ignore[arg-type]  # on purpose
        (in_progress(), Comment("x" * 20_001), LI),
        (in_progress(), Submit(resolution="\ud800"), LI),
        (in_progress(), Submit(resolution=True), LI),  # type: ignore[arg-type]  # on purpose
        (closed(), Reopen(reason=["again"]), BOSS),  # type: ignore[arg-type]  # on purpose
    ],
)
def test_arguments_are_judged(ticket: Ticket, command: Command, actor: Actor) -> None:
    """Wrong types, control characters, over-long texts and half characters are refused."""
    found = refused(ticket, command, actor)
    assert found.code == "invalid_arguments"
    assert len(found.unmet) == 1


def test_a_note_says_something() -> None:
    """A blank note is no note: it is refused."""
    assert refused(in_progress(), Comment(" \n"), LI).code in {"invalid_arguments", "rules"}


def test_a_text_at_the_limit_passes() -> None:
    """The documented limit is the longest text that is taken."""
    assert len(decided(in_progress(), Comment("工" * 20_000), LI).sealed[0].value) == 20_000


def test_commands_nobody_registered_are_an_error() -> None:
    """A class that only borrows a known action is a mistake of the program, not a refusal."""

    @frozen
    class Shut(Command):
        action = "close"

    with pytest.raises(InvalidInput) as wrong:
        decide(resolved(), Shut(), context(WANG))
    assert wrong.value.facts["found"] == "Shut"
    assert "Close" in wrong.value.text()


def test_a_decider_that_brings_nothing_is_an_error() -> None:
    """A permitted command has at least one event: a host's decider without any is at fault."""

    @frozen
    class Nothing(Command):
        action = "close"

    book = evolve(basic(), extensions=(Extension(Nothing, (), lambda _: ()),))
    with pytest.raises(InvalidInput) as wrong:
        decide(resolved(), Nothing(), context(WANG, rulebook=book))
    assert "Nothing" in wrong.value.text()


def test_a_draft_without_a_ticket_says_so() -> None:
    """A decider that asks for the present ticket while opening gets an error, not a None."""
    trace = decided(None, OPEN, TELLER).events[0].trace
    step = Step("open", "handler", "", "accepted", "initial")
    draft = Draft(None, OPEN, step, trace, context(TELLER))
    with pytest.raises(LookupError, match="open"):
        _ = draft.present
    draft.notices.append(Notice("bank.opened", TICKET))
    assert draft.notices[0].body == {}
