"""Command ids, versions, refusals: each command is carried out once, or not at all."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desk.people import CHEN, FIELDS, LI, LIFE, WU, ZHAO, Counting, Ticking, a_life, open_one
from tests.storage.stores import KINDS, dump, opened_store
from workorder.desk import Done, ServiceDesk, derived_id
from workorder.errors import CommandRefused
from workorder.storage import FullStore
from workorder.ticket import (
    Action,
    Close,
    Comment,
    Commented,
    Dispatch,
    Dispatched,
    Opened,
    Reopen,
    Start,
    Submit,
    Transfer,
)
from workorder.workflow import Actor


@pytest.fixture(params=KINDS)
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ServiceDesk]:
    """A desk on each of the stores in turn."""
    with opened_store(request.param, tmp_path) as store:
        yield ServiceDesk(store, time=Ticking(), new_entropy=Counting(), secret=b"key")


def held(desk: ServiceDesk) -> object:
    """Everything its store holds."""
    store: FullStore = desk.store  # type: ignore[assignment]  # all of these have everything
    return dump(store)


def refused(desk: ServiceDesk, ticket_id: str, *arguments: object, **named: object) -> str:
    """The code of a refusal, which must have changed nothing."""
    was = held(desk)
    with pytest.raises(CommandRefused) as raised:
        desk.execute(ticket_id, *arguments, **named)  # type: ignore[arg-type]  # as a test gives them
    assert held(desk) == was
    return raised.value.code


def test_a_desk_needs_nothing() -> None:
    """With no arguments there is a store in memory, the basic rulebook and a clock."""
    desk = ServiceDesk()
    ticket = desk.open("complaint", fields={"title": "x"}, actor=LI)
    assert desk.get(ticket.id, actor=LI) == ticket
    assert desk.rulebook.name == "basic"
    assert desk.store.tenant == ""
    assert desk.perform(ticket.id, Comment("hello"), actor=LI).version == 2


def test_a_repeat_gets_the_first_answer(desk: ServiceDesk) -> None:
    """Sent again, a command is answered with its first version and events; nothing changes."""
    ticket = open_one(desk)
    first = desk.execute(ticket.id, Comment("已联系"), actor=LI, command_id="k")
    assert (first.version, first.repeated) == (2, False)
    was = held(desk)
    again = desk.execute(ticket.id, Comment("已联系"), actor=LI, command_id="k")
    assert held(desk) == was
    assert again == Done(first.ticket, 2, first.events, "k", repeated=True)


def test_a_repeat_gets_the_first_answer_much_later(desk: ServiceDesk) -> None:
    """Also when the ticket has moved on, and the command would be refused by now."""
    ticket = a_life(desk)
    dispatched = desk.execute(ticket.id, LIFE[0][0], actor=CHEN, command_id="open-1/2")
    assert dispatched.repeated
    assert dispatched.version == 2
    assert [type(event) for event in dispatched.events] == [Dispatched]
    assert dispatched.ticket == ticket
    assert dispatched.ticket.state == "closed"


def test_a_repeat_needs_no_right_version(desk: ServiceDesk) -> None:
    """A repeat is answered before versions are compared."""
    ticket = open_one(desk)
    desk.perform(ticket.id, Comment("a"), actor=LI, command_id="k", expected_version=1)
    again = desk.execute(ticket.id, Comment("a"), actor=LI, command_id="k", expected_version=1)
    assert again.repeated


@pytest.mark.parametrize(
    ("command", "actor"),
    [
        (Comment("b"), LI),
        (Comment("a"), WU),
        (Start(), LI),
        (Action("comment", {"text": "b"}), LI),
    ],
    ids=["other text", "other person", "other action", "other way"],
)
def test_an_id_is_not_used_twice(desk: ServiceDesk, command: object, actor: Actor) -> None:
    """The same id with another command or by another person is refused loudly."""
    ticket = open_one(desk)
    desk.perform(ticket.id, Comment("a"), actor=LI, command_id="k")
    assert refused(desk, ticket.id, command, actor=actor, command_id="k") == "command_reused"
    assert refused(desk, ticket.id, Comment("a"), actor=LI, command_id="open-1") == "command_reused"


def test_an_id_belongs_to_one_ticket(desk: ServiceDesk) -> None:
    """On another ticket the same id is a command of its own."""
    one, other = open_one(desk, "a"), open_one(desk, "b")
    for ticket in (one, other):
        assert not desk.execute(ticket.id, Comment("x"), actor=LI, command_id="k").repeated


def test_a_refused_command_leaves_its_id_unused(desk: ServiceDesk) -> None:
    """After a refusal the id may be used again, for that command or for any other."""
    ticket = open_one(desk)
    assert refused(desk, ticket.id, Start(), actor=LI, command_id="k") == "wrong_state"
    assert refused(desk, ticket.id, Submit(), actor=LI, command_id="k") == "wrong_state"
    assert not desk.execute(ticket.id, Comment("x"), actor=WU, command_id="k").repeated


def test_opening_twice_opens_once(desk: ServiceDesk) -> None:
    """The id of a ticket comes from the command that opened it, so a repeat finds it."""
    first = open_one(desk, "call-4711")
    assert first.id == derived_id("", "open", "call-4711")
    was = held(desk)
    assert open_one(desk, "call-4711") == first
    assert held(desk) == was
    with pytest.raises(CommandRefused) as raised:
        open_one(desk, "call-4711", actor=WU)
    assert raised.value.code == "command_reused"
    with pytest.raises(CommandRefused) as raised:
        desk.open("enquiry", fields=FIELDS, actor=LI, command_id="call-4711")
    assert raised.value.code == "command_reused"
    assert held(desk) == was
    assert open_one(desk, "call-4712").id != first.id


def test_opening_again_gives_the_ticket_as_it_is_now(desk: ServiceDesk) -> None:
    """Opening once more after a life gives the closed ticket, and opens nothing."""
    closed = a_life(desk)
    assert open_one(desk) == closed
    assert open_one(desk).state == "closed"


def test_without_an_id_every_call_is_new(desk: ServiceDesk) -> None:
    """A command without an id gets a fresh one: nothing is taken for a repeat."""
    one = desk.open("complaint", fields=FIELDS, actor=LI)
    other = desk.open("complaint", fields=FIELDS, actor=LI)
    assert one.id != other.id
    ids = {desk.execute(one.id, Comment("x"), actor=CHEN).command_id for _ in range(3)}
    assert len(ids) == 3
    assert desk.get(one.id, actor=CHEN).version == 4


@pytest.mark.parametrize("expected", [0, 1, 3, 99, -1])
def test_an_expected_version_is_strict(desk: ServiceDesk, expected: int) -> None:
    """Any version but the present one is refused as stale, whatever the command."""
    ticket = open_one(desk)
    desk.perform(ticket.id, Comment("x"), actor=LI)
    for command in (Comment("y"), Close()):
        code = refused(desk, ticket.id, command, actor=LI, expected_version=expected)
        assert code == "stale"
    assert desk.perform(ticket.id, Comment("y"), actor=LI, expected_version=2).version == 3


def test_refusals_say_everything_at_once(desk: ServiceDesk) -> None:
    """A refusal names every rule in the way, and what else is possible."""
    ticket = open_one(desk)
    desk.perform(ticket.id, Dispatch("li"), actor=CHEN)
    with pytest.raises(CommandRefused) as raised:
        desk.perform(ticket.id, Transfer(to="li"), actor=WU)
    refusal = raised.value.refusal
    assert refusal.code == "rules"
    assert {unmet.name for unmet in refusal.unmet} == {
        "own_if_handler",
        "reason_given",
        "target_differs",
    }
    assert {label.name for label in refusal.allowed} == {"comment"}


def test_four_eyes(desk: ServiceDesk) -> None:
    """Who worked on a ticket cannot close it, whatever they are by now."""
    ticket = open_one(desk)
    for number, (command, actor) in enumerate(LIFE[:-1]):
        desk.perform(ticket.id, command, actor=actor, command_id=f"{number}")
    promoted = Actor("li", "supervisor")
    assert refused(desk, ticket.id, Close(), actor=promoted) == "rules"
    assert desk.perform(ticket.id, Close(), actor=CHEN).state == "closed"
    reopened = desk.perform(ticket.id, Reopen("客户未收到新卡"), actor=CHEN)
    assert (reopened.state, reopened.counts.reopens) == ("in_progress", 1)


def test_what_is_invisible_does_not_exist(desk: ServiceDesk) -> None:
    """A person who may not see a ticket is told there is none, even with the id of a command
    that was carried out.
    """
    ticket = open_one(desk)
    for command_id in ("open-1", "new"):
        code = refused(desk, ticket.id, Comment("x"), actor=ZHAO, command_id=command_id)
        assert code == "not_found"
    assert refused(desk, "nowhere", Comment("x"), actor=CHEN) == "not_found"


def test_done_tells_what_happened(desk: ServiceDesk) -> None:
    """The answer holds the ticket, its version, the events and the id of the command."""
    ticket = open_one(desk)
    done = desk.execute(ticket.id, Comment("x"), actor=LI, command_id="k")
    assert done.ticket == desk.get(ticket.id, actor=LI)
    (event,) = done.events
    assert isinstance(event, Commented)
    assert (event.trace.actor, event.trace.department, event.trace.version) == ("li", "cards", 2)
    assert event.trace.command_id == "k"
    assert event.trace.rulebook == desk.rulebook.digest
    assert event.step.role == "handler"
    opened = desk.execute(ticket.id, Comment("x"), actor=LI, command_id="k").events[0]
    assert opened == event
    assert not isinstance(opened, Opened)


def test_a_bare_name_is_no_way_round(desk: ServiceDesk) -> None:
    """A command of ours asked for by its bare name does what the command does, or is refused;
    it never makes half of it true.
    """
    one, other = open_one(desk, "a"), open_one(desk, "b")
    desk.perform(one.id, Dispatch("li", "loans"), actor=CHEN)
    try:
        desk.perform(other.id, Action("dispatch", {"to": "li", "department": "loans"}), actor=CHEN)
    except CommandRefused:
        assert desk.get(other.id, actor=CHEN).version == 1
    other = desk.get(other.id, actor=CHEN)
    if other.version > 1:
        assert other.assignment == desk.get(one.id, actor=CHEN).assignment
