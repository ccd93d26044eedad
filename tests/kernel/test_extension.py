"""A host's own actions, commands and events."""

from datetime import timedelta, timezone
from typing import Any, ClassVar

import pytest
from attrs import evolve, field, frozen

from tests.builders import (
    BOSS,
    LI,
    NOON,
    OPEN,
    TELLER,
    TICKET,
    accepted,
    after,
    assigned,
    context,
    decided,
    done,
    extended,
    in_progress,
    refused,
)
from workorder.errors import InvalidInput
from workorder.intake import Field, Form
from workorder.kernel import Decided, Draft, Notice, decide, replay
from workorder.refusals import Refusal
from workorder.rulebook import Extension, basic
from workorder.ticket import (
    Action,
    ActionTaken,
    Command,
    Comment,
    Dispatch,
    Event,
    HostEvent,
    Open,
    Sealed,
    Start,
    Submit,
    Ticket,
    Transfer,
    takes,
)
from workorder.workflow import Action as Deed
from workorder.workflow import Argument, Question, Row, rule
from workorder.workflow.standard_rules import STANDARD_RULES

CALLS = extended(
    actions=(
        Deed(
            "call_back",
            (
                Argument("number", "code", required=True),
                Argument("note"),
                Argument("tried", "integer"),
                Argument("tags", "codes"),
                Argument("when", "instant"),
            ),
            {"en": "Call back", "zh-CN": "回访"},
        ),
        Deed("park"),
    ),
    rows=(
        Row("call_back", ("assigned", "in_progress"), "=", "handler", ("is_assignee",)),
        Row("park", "in_progress", "assigned", "handler"),
    ),
)


@frozen
class BlockCard(Command):
    """冻结卡片."""

    action: ClassVar[str] = "block_card"

    card: str = field(metadata=takes("code", required=True, sensitive=True))
    why: str | None = field(default=None, metadata=takes())


@frozen
class CardBlocked(HostEvent):
    """A card was blocked."""

    kind: ClassVar[str] = "bank.card_blocked"

    card: Sealed
    urgent: bool = False

    def evolve(self, ticket: Ticket) -> Ticket:
        """Remember that it was."""
        return evolve(ticket, fields={**ticket.fields, "blocked": True})


def block(draft: Draft[BlockCard]) -> tuple[CardBlocked, ...]:
    """Block the card, and tell the card system."""
    draft.notices.append(Notice("bank.block", draft.present.id, {"urgent": True}))
    card = draft.seal("card", draft.command.card)
    draft.seal_given("why", draft.command.why)
    return (CardBlocked(draft.trace, draft.step, card, urgent=True),)


@rule("not_blocked", holds=("open", "未冻结"), otherwise=("blocked already", "已冻结"))
def not_blocked(question: Question) -> bool:
    """The card was not blocked before."""
    return question.case.value("fields.blocked") is not True


BANK = extended(
    actions=(Deed("block_card", BlockCard.specs()),),
    rows=(Row("block_card", "in_progress", "=", "handler", ("is_assignee", "not_blocked")),),
    rules={**STANDARD_RULES, "not_blocked": not_blocked},
    extensions=(Extension(BlockCard, (CardBlocked,), block),),
)


def test_a_hosts_own_action_is_a_row() -> None:
    """A plain row is carried out by name; its arguments stand in the event, texts sealed."""
    arguments: dict[str, Any] = {
        "number": "110",
        "note": "nobody there",
        "tried": 2,
        "tags": ["vip", "night"],
        "when": NOON,
    }
    answer = decided(assigned(), Action("call_back", arguments), LI, rulebook=CALLS)
    (event,) = answer.events
    assert isinstance(event, ActionTaken)
    assert (event.step.action, event.step.moved) == ("call_back", False)
    note = event.arguments["note"]
    assert isinstance(note, Sealed)
    assert event.arguments == {
        "number": "110",
        "note": note,
        "tried": 2,
        "tags": ("vip", "night"),
        "when": NOON,
    }
    assert [value.value for value in answer.sealed] == ["nobody there"]


def test_a_hosts_own_action_moves_the_ticket() -> None:
    """Its row says where to; nothing else about the ticket changes but that it happened."""
    before = in_progress()
    ticket = done(before, Action("park"), LI, rulebook=CALLS)
    assert (ticket.state, ticket.assignment) == ("assigned", before.assignment)
    assert ticket.deeds["li"]["handler"] == ("start", "park")


def test_a_hosts_own_action_is_judged_like_any_other() -> None:
    """Arguments, rules, states and roles are asked, and unknown names refused."""
    call = Action("call_back", {"number": "110"})
    assert refused(accepted(), call, LI, rulebook=CALLS).code == "wrong_state"
    assert refused(assigned(), call, BOSS, rulebook=CALLS).code == "not_permitted"
    assert refused(assigned(), call, TELLER, rulebook=CALLS).code == "rules"
    wrong = Action("call_back", {"number": None, "tried": True, "who": "me"})
    found = refused(assigned(), wrong, LI, rulebook=CALLS)
    assert [(each.name, each.code) for each in found.unmet] == [
        ("tried", "wrong_type"),
        ("who", "unknown_argument"),
        ("number", "required"),
    ]
    assert refused(assigned(), call, LI, rulebook=basic()).code == "unknown_action"


@pytest.mark.parametrize(
    ("action", "arguments", "command"),
    [
        (
            "transfer",
            {"to": "wang", "reason": "leave"},
            Transfer(to="wang", reason="leave"),
        ),
        ("submit", {"resolution": "refunded"}, Submit(resolution="refunded")),
        ("comment", {"text": "called"}, Comment("called")),
    ],
)
def test_a_shipped_action_by_name_is_its_command(
    action: str, arguments: dict[str, Any], command: Command
) -> None:
    """Names and arguments from outside bring exactly what the typed command brings."""
    by_name = decide(in_progress(), Action(action, arguments), context(LI))
    assert by_name == decide(in_progress(), command, context(LI))
    assert isinstance(by_name, Decided)


def test_a_hosts_own_command_by_name_is_its_command() -> None:
    """The same for a host's own command: by name it is never half carried out."""
    by_name = decide(
        in_progress(), Action("block_card", {"card": "6222"}), context(LI, rulebook=BANK)
    )
    assert by_name == decide(in_progress(), BlockCard("6222"), context(LI, rulebook=BANK))


def test_a_shipped_name_with_a_hosts_own_arguments() -> None:
    """A host whose workflow gives a shipped action more arguments gets an answer, not a crash."""
    own = [
        evolve(action, arguments=(*action.arguments, Argument("urgency", "integer")))
        if action.name == "submit"
        else action
        for action in basic().workflow.actions
    ]
    book = evolve(basic(), workflow=evolve(basic().workflow, actions=tuple(own)))
    command = Action("submit", {"resolution": "refunded", "urgency": 3})
    try:
        answer = decide(in_progress(), command, context(LI, rulebook=book))
    except InvalidInput as error:
        assert error.code  # noqa: PT017 (an error of ours is as good an answer as a refusal)
    else:
        assert isinstance(answer, Decided | Refusal)


def test_a_hosts_own_command_brings_its_own_event() -> None:
    """Its decider runs after permission and rules; event, sealed values and notices follow."""
    answer = decided(in_progress(), BlockCard("6222", why="stolen"), LI, rulebook=BANK)
    (event,) = answer.events
    assert isinstance(event, CardBlocked)
    assert (event.urgent, event.card.ref) == (True, "4.card")
    assert [value.value for value in answer.sealed] == ["6222", "stolen"]
    assert answer.notices == (Notice("bank.block", "T1", {"urgent": True}),)
    assert "6222" not in repr(answer.events)


def test_a_hosts_own_event_changes_the_ticket() -> None:
    """What the event says of the ticket is done, beside state, times, deeds and version."""
    before = in_progress()
    ticket = done(before, BlockCard("6222"), LI, rulebook=BANK)
    assert ticket.value("fields.blocked") is True
    assert ticket.revision.version == before.version + 1
    assert ticket.deeds["li"]["handler"] == ("start", "block_card")
    again = refused(ticket, BlockCard("6222"), LI, rulebook=BANK)
    assert [unmet.text("zh-CN") for unmet in again.unmet] == ["已冻结"]


def test_who_does_not_know_a_hosts_event_leaves_the_ticket_alone() -> None:
    """A worker whose rulebook lacks the extension sees from the ticket that it must not act."""
    ticket = done(in_progress(), BlockCard("6222"), LI, rulebook=BANK)
    assert ticket.kinds == ("bank.card_blocked/1",)
    assert decided(ticket, Comment("called"), LI, rulebook=BANK).events
    found = refused(ticket, Comment("called"), LI, rulebook=basic())
    assert (found.code, found.facts["types"]) == ("opaque_history", ("bank.card_blocked/1",))


def test_a_hosts_own_event_replays() -> None:
    """The trail of a ticket with a host's event replays to the same ticket, without rules."""
    ticket: Ticket | None = None
    events: list[Event] = []
    for command, actor in (
        (OPEN, TELLER),
        (Dispatch(to="li"), TELLER),
        (Start(), LI),
        (BlockCard("6222"), LI),
    ):
        answer = decided(ticket, command, actor, rulebook=BANK)
        ticket = after(ticket, answer.events)
        events += answer.events
    assert replay(TICKET, events) == ticket
    assert ticket is not None
    assert ticket.value("fields.blocked") is True


def test_a_hosts_own_command_may_replace_a_shipped_decider() -> None:
    """A host that registers its own decider for a shipped command is asked first."""

    @frozen
    class Begun(HostEvent):
        kind: ClassVar[str] = "bank.begun"

    mine = Extension(Start, (Begun,), lambda draft: (Begun(draft.trace, draft.step),))
    book = evolve(basic(), extensions=(mine,))
    (event,) = decided(assigned(), Start(), LI, rulebook=book).events
    assert isinstance(event, Begun)
    assert done(assigned(), Start(), LI, rulebook=book).state == "in_progress"


def test_fields_of_every_kind_are_stored() -> None:
    """Lists become tuples, instants stay instants, sensitive codes are sealed."""
    form = Form(
        "complaint",
        (
            Field("tags", "codes"),
            Field("seen", "instant"),
            Field("cards", "code", sensitive=True),
            Field("urgent", "flag"),
        ),
    )
    beijing = NOON.astimezone(timezone(timedelta(hours=8)))
    book = evolve(basic(), forms=(form,), routing=None)
    fields = {"tags": ["a", "b"], "seen": beijing, "cards": "6222", "urgent": False}
    ticket = done(None, Open("complaint", fields=fields), TELLER, rulebook=book)
    assert ticket.fields["tags"] == ("a", "b")
    assert ticket.fields["seen"] == NOON
    assert isinstance(ticket.fields["cards"], Sealed)
    assert ticket.fields["urgent"] is False
