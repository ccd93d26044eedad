"""Small workflows, people and tickets that tests of the core build on."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from workorder.kernel import Context, Decided, decide, evolve
from workorder.refusals import Refusal
from workorder.rulebook import Rulebook, basic
from workorder.ticket import (
    Close,
    Command,
    Dispatch,
    Event,
    Open,
    Reopen,
    Start,
    Submit,
    Ticket,
)
from workorder.workflow import (
    SAME,
    Action,
    Actor,
    Argument,
    Question,
    Role,
    Row,
    Settings,
    State,
    Workflow,
)

NOON = datetime(2026, 9, 30, 4, 0, tzinfo=UTC)
"""Noon in Beijing: when everything here happens unless said otherwise."""

TICKET = "T1"

TELLER = Actor("teller", "handler", "hall")
LI = Actor("li", "handler", "cards")
WANG = Actor("wang", "handler", "cards")
BOSS = Actor("boss", "supervisor", "cards")

OPEN = Open(
    "complaint", customer="C-1", channel="phone", department="hall", fields={"title": "Card"}
)


def minutes(count: float) -> datetime:
    """The instant *count* minutes after :data:`NOON`."""
    return NOON + timedelta(minutes=count)


def context(
    actor: Actor,
    *,
    at: datetime = NOON,
    rulebook: Rulebook | None = None,
    command_id: str = "c-1",
    entropy: bytes = b"sixteen bytes ok",
) -> Context:
    """What surrounds a decision of *actor* on the ticket of these tests."""
    return Context(TICKET, actor, at, rulebook or basic(), command_id, entropy)


def decided(
    ticket: Ticket | None,
    command: Command,
    actor: Actor,
    *,
    at: datetime = NOON,
    rulebook: Rulebook | None = None,
) -> Decided:
    """What follows from a command that is expected to be permitted."""
    answer = decide(ticket, command, context(actor, at=at, rulebook=rulebook))
    assert isinstance(answer, Decided), answer.text()
    return answer


def refused(
    ticket: Ticket | None,
    command: Command,
    actor: Actor,
    *,
    at: datetime = NOON,
    rulebook: Rulebook | None = None,
) -> Refusal:
    """Why a command that is expected to be refused is refused."""
    answer = decide(ticket, command, context(actor, at=at, rulebook=rulebook))
    assert isinstance(answer, Refusal), answer
    return answer


def after(ticket: Ticket | None, events: tuple[Event, ...]) -> Ticket:
    """The ticket after *events*, of which there is at least one."""
    for event in events:
        ticket = evolve(ticket, event, TICKET)
    assert ticket is not None
    return ticket


def done(
    ticket: Ticket | None,
    command: Command,
    actor: Actor,
    *,
    at: datetime = NOON,
    rulebook: Rulebook | None = None,
) -> Ticket:
    """The ticket after a command that is expected to be permitted."""
    return after(ticket, decided(ticket, command, actor, at=at, rulebook=rulebook).events)


def accepted(command: Open = OPEN) -> Ticket:
    """A ticket the teller opened."""
    return done(None, command, TELLER)


def assigned(command: Open = OPEN) -> Ticket:
    """A ticket the teller opened and dispatched to Li, in the cards department."""
    return done(accepted(command), Dispatch(to="li", department="cards"), TELLER)


def in_progress(command: Open = OPEN) -> Ticket:
    """A ticket that Li works on."""
    return done(assigned(command), Start(), LI)


def resolved(command: Open = OPEN) -> Ticket:
    """A ticket whose resolution Li submitted."""
    return done(in_progress(command), Submit(resolution="refunded"), LI)


def closed(command: Open = OPEN) -> Ticket:
    """A ticket that Wang, who did not work on it, closed."""
    return done(resolved(command), Close(), WANG)


def reopened() -> Ticket:
    """A closed ticket that the supervisor reopened; it is still with Li."""
    return done(closed(), Reopen(reason="customer called again"), BOSS)


STAGES = {
    "accepted": accepted,
    "assigned": assigned,
    "in_progress": in_progress,
    "resolved": resolved,
    "closed": closed,
}
"""A ticket in each state of the basic rulebook."""


def workflow(**changes: Any) -> Workflow:
    """A small workflow: open, note, finish; with *changes* in the place of its parts."""
    parts: dict[str, Any] = {
        "name": "small",
        "states": (
            State("new", "intake", "initial", {"en": "New", "zh-CN": "新建"}),
            State("done", "conclusion", "closed", {"en": "Done", "zh-CN": "完成"}),
        ),
        "roles": (
            Role("clerk", labels={"en": "Clerk", "zh-CN": "柜员"}),
            Role("chief", labels={"en": "Chief", "zh-CN": "主任"}),
        ),
        "actions": (
            Action("open", labels={"en": "Open", "zh-CN": "登记"}),
            Action("note", (Argument("text"),), {"en": "Note", "zh-CN": "备注"}),
            Action("finish", labels={"en": "Finish", "zh-CN": "完成"}),
        ),
        "rows": (
            Row("open", (), "new", ("clerk", "chief")),
            Row("note", ("new", "done"), SAME, ("clerk", "chief")),
            Row("finish", "new", "done", ("clerk", "chief")),
        ),
    }
    return Workflow(**{**parts, **changes})


def extended(*, actions: tuple[Action, ...], rows: tuple[Row, ...], **changes: Any) -> Rulebook:
    """The basic rulebook with more actions and rows."""
    known = basic()
    base = known.workflow
    wider = Workflow(
        name=base.name,
        states=base.states,
        roles=base.roles,
        actions=(*base.actions, *actions),
        rows=(*base.rows, *rows),
        rules=changes.pop("rules", base.rules),
    )
    return Rulebook(name="bank", version="1", workflow=wider, forms=known.forms, **changes)


def question(
    case: Any,
    actor: Actor = LI,
    *,
    role: str = "handler",
    arguments: Mapping[str, object] | None = None,
) -> Question:
    """What a rule is asked."""
    return Question(case, actor, role, NOON, arguments or {}, Settings())
