"""Laws of deciding and evolving, over random lives of tickets."""

from collections.abc import Sequence
from copy import deepcopy
from datetime import timedelta
from typing import Any

from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import OPEN, TICKET, after, context, extended, minutes
from tests.checks import wrong_with_deeds, wrong_with_four_eyes, wrong_with_sealing
from workorder.kernel import Decided, decide, replay
from workorder.refusals import PRECEDENCE
from workorder.ticket import (
    Action,
    Close,
    Command,
    Comment,
    Dispatch,
    Event,
    Reopen,
    ReturnForRework,
    Start,
    Submit,
    Ticket,
    Transfer,
)
from workorder.workflow import Action as Deed
from workorder.workflow import Actor, Argument, Row

PEOPLE = ("li", "wang", "boss")
SECRET = "机密-7f3a"

BANK = extended(
    actions=(Deed("call_back", (Argument("note"), Argument("number", "code"))),),
    rows=(Row("call_back", ("assigned", "in_progress"), "=", ("handler", "supervisor")),),
)

people = st.sampled_from(PEOPLE)
texts = st.sampled_from([None, "", f"{SECRET} text"])
commands: st.SearchStrategy[Command] = st.one_of(
    st.builds(Dispatch, st.none() | people, st.none() | st.just("cards"), texts),
    st.builds(Transfer, st.none() | people, st.none() | st.just("loans"), texts),
    st.just(Start()),
    st.builds(Comment, st.just(f"{SECRET} note")),
    st.builds(Submit, texts),
    st.builds(ReturnForRework, texts),
    st.just(Close()),
    st.builds(Reopen, texts),
    st.builds(
        lambda note: Action("call_back", {"note": note, "number": "1"}),
        st.none() | st.just(f"{SECRET} called"),
    ),
    st.just(OPEN),
)
actors = st.builds(
    Actor,
    people,
    st.sets(st.sampled_from(["handler", "supervisor"]), min_size=1),
    st.sampled_from(["cards", "loans"]),
)


@frozen
class Attempt:
    """One command by one person, some minutes (or a little less than none) after the last."""

    command: Command
    actor: Actor
    minutes: float


HELPFUL: dict[str, list[Command]] = {
    "accepted": [Dispatch(to=name, department="cards") for name in PEOPLE],
    "assigned": [Start(), Transfer(to="wang", reason="leave")],
    "in_progress": [Submit(resolution=f"{SECRET} refunded"), Transfer(to="li", reason="back")],
    "resolved": [Close(), ReturnForRework(reason=f"{SECRET} no proof"), Reopen(reason="x")],
    "closed": [Reopen(reason=f"{SECRET} called again")],
}
"""What moves a ticket on, so that random lives get somewhere."""


@frozen
class Life:
    """A life: its events, and its ticket after each of them."""

    ticket: Ticket
    events: tuple[Event, ...]
    refusals: tuple[str, ...]


@st.composite
def lives(draw: st.DrawFn) -> Life:
    """Random commands by random people, most of them such as the state asks for."""
    opening = decide(None, OPEN, context(Actor(draw(people), "handler"), rulebook=BANK))
    assert isinstance(opening, Decided)
    events = list(opening.events)
    ticket = after(None, opening.events)
    refusals: list[str] = []
    at = minutes(0)
    for number in range(draw(st.integers(0, 12))):
        helpful = st.sampled_from(HELPFUL[ticket.state])
        command = draw(helpful if draw(st.integers(0, 3)) else commands)
        at += timedelta(minutes=draw(st.integers(-2, 5)))
        answer = judged_twice(ticket, command, draw(actors), at, number)
        if isinstance(answer, Decided):
            events += answer.events
            before, ticket = ticket, after(ticket, answer.events)
            step_is_sound(before, ticket, answer.events)
        else:
            refusals.append(answer.code)
    return Life(ticket, tuple(events), tuple(refusals))


def judged_twice(ticket: Ticket, command: Command, actor: Actor, at: Any, number: int) -> Any:
    """The answer to a command, which is the same when asked again and touches nothing."""
    around = context(actor, at=at, rulebook=BANK, command_id=f"c-{number}")
    before = deepcopy((ticket, command))
    answer = decide(ticket, command, around)
    assert (ticket, command) == before
    again = decide(deepcopy(ticket), deepcopy(command), around)
    assert answer == again
    assert repr(answer) == repr(again)
    return answer


def step_is_sound(before: Ticket, ticket: Ticket, events: Sequence[Event]) -> None:
    """What is true of every accepted command."""
    assert events
    assert ticket.version == before.version + 1
    assert ticket.revision.events == before.revision.events + len(events)
    assert ticket.times.last >= before.times.last
    assert ticket.times.opened == before.times.opened
    assert ticket.origin == before.origin
    assert events[0].step.from_state == before.state
    assert events[-1].step.to_state == ticket.state
    assert all(event.trace.version == ticket.version for event in events)
    assert (ticket.times.closed is not None) == (ticket.state == "closed")
    assert (ticket.times.resolved is not None) == (ticket.state in {"resolved", "closed"})


@given(lives())
def test_deciding_is_pure_and_evolving_is_replaying(life: Life) -> None:
    """Law: the same inputs give the same answer, nothing is touched, and the events replay.

    Each command of the life is asked twice, on copies; see ``judged_twice``.
    """
    assert replay(TICKET, life.events) == life.ticket
    assert replay(TICKET, deepcopy(life.events)) == life.ticket
    assert set(life.refusals) <= set(PRECEDENCE)


@given(lives())
def test_nobody_reviews_their_own_work(life: Life) -> None:
    """Law: whatever is tried, nobody closes or sends back what they worked on."""
    assert wrong_with_four_eyes(life.events) == []


@given(lives())
def test_the_ticket_remembers_who_worked(life: Life) -> None:
    """Law: the snapshot names exactly those workers that the whole history names."""
    assert wrong_with_deeds(life.ticket.took_part, life.events, PEOPLE) == []


@given(lives())
def test_nothing_sensitive_stands_in_a_trail(life: Life) -> None:
    """Law: whatever is written, no word of it stands in an event or on the ticket."""
    assert wrong_with_sealing(life.events, [SECRET]) == []
    assert SECRET not in repr(life.ticket)


@given(lives())
def test_counts_are_counts_of_events(life: Life) -> None:
    """Law: the counts of a ticket are the numbers of its events of those kinds."""
    kinds = [type(event).__name__ for event in life.events]
    counts = life.ticket.counts
    assert (counts.handovers, counts.returns) == (
        kinds.count("Transferred"),
        kinds.count("Returned"),
    )
    assert (counts.reopens, counts.comments) == (kinds.count("Reopened"), kinds.count("Commented"))


@given(lives(), actors)
def test_options_agree_with_commands(life: Life, actor: Actor) -> None:
    """Law: an option that needs nothing more is allowed exactly when its command is."""
    at = life.ticket.times.last
    for option in BANK.workflow.options(life.ticket, actor=actor, at=at):
        if option.needs:
            continue
        command = Action(option.action.name)
        plain = {"start": Start(), "close": Close()}.get(option.action.name, command)
        answer = decide(life.ticket, plain, context(actor, at=at, rulebook=BANK))
        assert isinstance(answer, Decided) is option.allowed
        if not option.allowed:
            assert answer == option.refusal
