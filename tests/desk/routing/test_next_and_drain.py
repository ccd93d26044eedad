"""``desk.next_for`` and ``desk.drain``: what waits is given out when somebody has room."""

import logging

import pytest
from attrs import evolve

from tests.desk.routing.team import (
    BOSS,
    HOUR,
    INTAKE,
    MINUTE,
    NOON,
    ROUTING,
    Team,
    Turns,
    book,
    handler,
)
from workorder.assign import Agent, AssignmentPolicy
from workorder.assign.queueing import FIFO
from workorder.assign.routing import Route
from workorder.conditions import where
from workorder.desk.assignments import not_filled
from workorder.desk.routing import People
from workorder.errors import CommandRefused, InvalidInput, StoreError
from workorder.storage import Capability, MemoryStore
from workorder.ticket import Cancel, Comment, Decline, Dispatch, Hold, Start, Submit
from workorder.workflow import Actor

LI = Agent("li", teams={"cards"}, capacity=1)
GAO = Agent("gao", teams={"loans"}, skills={"loans": 3}, capacity=5)


# --- what comes next for somebody --------------------------------------------------------------


def test_the_most_urgent_comes_first() -> None:
    """By default, priority comes before waiting."""
    team = Team([LI])
    calm, urgent = team.accepted(priority=3), team.accepted(priority=1)
    routed = team.desk.next_for("li")
    assert routed is not None
    assert routed.ticket.id == urgent.id
    assert team.now(calm.id).assignee is None


def test_by_another_discipline_the_first_comes_first() -> None:
    """First come, first served."""
    team = Team([LI], rulebook=book(evolve(ROUTING, discipline=FIFO())))
    calm = team.accepted(priority=3)
    team.clock.now += MINUTE
    team.accepted(priority=1)
    routed = team.desk.next_for("li")
    assert routed is not None
    assert routed.ticket.id == calm.id


def test_what_they_cannot_have_is_passed_by_and_keeps_its_place() -> None:
    """The front of the line asks for a skill that they do not have; nobody is blocked by that."""
    team = Team([LI, evolve(GAO, teams={"cards"}, presence="away")])
    front = team.accepted(priority=1, product="loan")
    behind = team.accepted(priority=3)
    routed = team.desk.next_for("li")
    assert routed is not None
    assert routed.ticket.id == behind.id
    team.people.put(evolve(GAO, teams={"cards"}))
    found = team.desk.next_for("gao")
    assert found is not None
    assert found.ticket.id == front.id


def test_nothing_for_whoever_has_no_room_and_nothing_is_noted() -> None:
    """That one person cannot have it says nothing about the ticket."""
    team = Team([evolve(LI, capacity=0)])
    ticket = team.accepted()
    assert team.desk.next_for("li") is None
    assert team.kinds(ticket.id) == ["opened", "accepted"]


def test_nothing_where_nothing_waits() -> None:
    """An empty desk."""
    assert Team([LI]).desk.next_for("li") is None


def test_for_somebody_nobody_knows() -> None:
    """Not in the directory."""
    team = Team([LI])
    team.accepted()
    with pytest.raises(InvalidInput, match="lu"):
        team.desk.next_for("lu")


def test_what_is_on_hold_or_over_does_not_wait() -> None:
    """One waits for the customer, the other is cancelled."""
    team = Team([LI])
    held, over = team.accepted(), team.accepted()
    team.desk.perform(held.id, Hold("waiting_for_customer"), actor=INTAKE)
    team.desk.perform(over.id, Cancel("twice"), actor=BOSS)
    assert team.desk.next_for("li") is None


def test_waiting_counts_from_when_it_was_taken_on_also_after_it_was_given_back() -> None:
    """Wu gives back what he was given while Li is away: it does not go to the end of the line."""
    away = evolve(LI, capacity=9, presence="away")
    team = Team([away, Agent("wu", teams={"cards"}, capacity=0)])
    first = team.accepted()
    team.desk.perform(first.id, Dispatch("wu", "cards"), actor=BOSS)
    team.clock.now = NOON + HOUR
    team.accepted()
    team.desk.perform(first.id, Decline("no"), actor=handler("wu"))
    team.people.put(evolve(away, presence="online"))
    routed = team.desk.next_for("li")
    assert routed is not None
    assert routed.ticket.id == first.id


# --- after a command that makes room -----------------------------------------------------------


def test_room_that_comes_free_is_filled_at_once() -> None:
    """Nobody has to ask: the submission that makes room gives out what waits."""
    team = Team([LI])
    first, second = team.accepted(), team.accepted()
    team.desk.assign(first.id)
    team.desk.assign(second.id)
    team.desk.perform(first.id, Start(), actor=handler("li"))
    assert team.now(second.id).assignee is None
    team.desk.perform(first.id, Submit("done"), actor=handler("li"))
    assert team.now(second.id).assignee == "li"
    assert team.used("li") == (1,)


def test_an_older_one_is_not_overtaken_by_a_newcomer() -> None:
    """The one that has waited for an hour gets the place."""
    team = Team([LI])
    first, old = team.accepted(), team.accepted()
    team.desk.assign(first.id)
    team.clock.now += HOUR
    new = team.accepted()
    team.desk.perform(first.id, Start(), actor=handler("li"))
    team.desk.perform(first.id, Submit("done"), actor=handler("li"))
    assert (team.now(old.id).assignee, team.now(new.id).assignee) == ("li", None)


def test_what_is_given_back_goes_to_somebody_else_at_once() -> None:
    """Nobody has to look: Li is free, and Wu does not want it."""
    team = Team([LI, Agent("wu", teams={"cards"})])
    ticket = team.accepted()
    team.desk.perform(ticket.id, Dispatch("wu", "cards"), actor=BOSS)
    team.desk.perform(ticket.id, Decline("no"), actor=handler("wu"))
    assert team.now(ticket.id).assignee == "li"


def test_time_makes_room_too() -> None:
    """A hold ends, work comes back and is counted; what waits is asked about again after it."""
    team = Team([evolve(LI, capacity=2)])
    first = team.accepted()
    team.desk.assign(first.id)
    team.desk.perform(first.id, Start(), actor=handler("li"))
    hold = Hold("waiting_for_third_party", until=NOON + HOUR)
    team.desk.perform(first.id, hold, actor=handler("li"))
    assert team.used("li") == (0,)
    waiting = team.accepted()
    team.clock.now = NOON + 2 * HOUR
    team.desk.run_due()
    assert team.used("li") == (2,)
    assert team.now(waiting.id).assignee == "li"


class Broken(People):
    """A directory that is down."""

    down = False

    def agent(self, agent_id: str, at: object) -> Agent | None:
        """Fails, while it is down."""
        if self.down:
            message = "the directory is down"
            raise ConnectionError(message)
        return super().agent(agent_id, at)  # type: ignore[arg-type]  # whatever it is


def test_the_command_stands_when_the_directory_is_down(caplog: pytest.LogCaptureFixture) -> None:
    """What follows a command cannot undo it; the log is told, and the next drain makes it good."""
    team = Team([LI])
    team.people = team.desk._people = Broken([LI])
    first, second = team.accepted(), team.accepted()
    team.desk.assign(first.id)
    team.desk.perform(first.id, Start(), actor=handler("li"))
    team.people.down = True
    with caplog.at_level(logging.ERROR, "workorder"):
        done = team.desk.execute(first.id, Submit("done"), actor=handler("li"))
    assert done.ticket.state == "under_review"
    assert "could not be given to li" in caplog.text
    assert team.now(second.id).assignee is None
    team.people.down = False
    team.desk.drain(["li"])
    assert team.now(second.id).assignee == "li"


# --- everything --------------------------------------------------------------------------------


def test_somebody_comes_online() -> None:
    """Two that nobody could have go to them."""
    team = Team([evolve(LI, presence="offline")])
    tickets = [team.accepted() for _ in range(2)]
    for each in tickets:
        assert team.desk.assign(each.id).to is None
    team.people.put(evolve(LI, capacity=5))
    drained = team.desk.drain()
    assert [each.to for each in drained.routed] == ["li", "li"]
    assert drained.waiting == ()


def test_whom_nobody_can_have_goes_on_waiting_and_is_noted_once() -> None:
    """One place for two tickets."""
    team = Team([LI])
    first, second = team.accepted(), team.accepted()
    drained = team.desk.drain()
    assert [each.ticket.id for each in drained.routed] == [first.id]
    assert drained.waiting == (second.id,)
    assert team.desk.drain().waiting == (second.id,)
    assert team.kinds(second.id).count("not_assigned") == 1


def test_only_as_many_as_the_routing_reaches_are_looked_at() -> None:
    """With a reach of one the more urgent one behind is not seen."""
    team = Team([evolve(LI, capacity=9)], rulebook=book(evolve(ROUTING, reach=1)))
    team.accepted(priority=3)
    team.clock.now += MINUTE
    team.accepted(priority=1)
    routed = team.desk.next_for("li")
    assert routed is not None
    assert routed.ticket.fields["priority"] == 3


def test_a_comment_makes_no_room_and_nobody_is_asked(caplog: pytest.LogCaptureFixture) -> None:
    """The directory may be down: nobody notices."""
    team = Team([LI])
    team.people = team.desk._people = Broken([LI])
    ticket = team.accepted()
    team.desk.assign(ticket.id)
    team.people.down = True
    with caplog.at_level(logging.ERROR, "workorder"):
        team.desk.perform(ticket.id, Comment("x"), actor=handler("li"))
    assert caplog.text == ""


def test_without_a_store_that_counts_the_desk_remembers_what_it_gave_on_the_way() -> None:
    """A phone system owns who is busy: the directory learns of it afterwards."""
    store = MemoryStore()
    store._capabilities = frozenset(Capability) - {Capability.CAPACITY}
    team = Team([evolve(LI, capacity=2)], store)
    for _ in range(4):
        team.accepted()
    assert [each.to for each in team.desk.drain().routed] == ["li", "li"]
    team.people.put(evolve(LI, capacity=2, load=1))
    assert [each.to for each in team.desk.drain(["li"]).routed] == ["li"]


def test_one_ticket_that_cannot_be_decided_holds_up_no_other() -> None:
    """Its policy takes turns, which a desk does not keep."""
    broken = AssignmentPolicy("turns", selector=Turns())
    routing = evolve(
        ROUTING,
        policies={"usual": AssignmentPolicy("usual"), "turns": broken},
        routes=(Route(name="odd", when=where("fields.priority").equals(1), policy="turns"),),
    )
    team = Team([evolve(LI, capacity=2)], rulebook=book(routing))
    odd, plain = team.accepted(priority=1), team.accepted(priority=2)
    drained = team.desk.drain()
    assert [each.ticket.id for each in drained.routed] == [plain.id]
    assert [(each.ticket_id, each.code) for each in drained.refused] == [(odd.id, "wrong_type")]
    assert "least_recently_assigned" in drained.refused[0].text()


def test_whom_the_directory_does_not_know_any_more_holds_up_nobody() -> None:
    """Wu has left, and gives back what he had: it goes to Li."""
    team = Team([LI, Agent("wu", teams={"cards"})])
    ticket = team.accepted()
    team.desk.perform(ticket.id, Dispatch("wu", "cards"), actor=BOSS)
    team.people.drop("wu")
    team.desk.perform(ticket.id, Decline("no"), actor=handler("wu"))
    assert team.now(ticket.id).assignee == "li"


def test_only_what_one_may_see_is_told() -> None:
    """A customer who asks for a drain learns of no ticket of others, and gives nobody anything."""
    team = Team([LI])
    ticket = team.accepted()
    drained = team.desk.drain(actor=Actor("C-9", "customer"))
    assert (drained.routed, drained.waiting, drained.refused) == ((), (), ())
    assert team.now(ticket.id).assignee is None


def test_who_may_not_assign_learns_nothing_of_those_who_could_have_it() -> None:
    """On their own ticket a customer is told that it is not for them to say, whoever they name."""
    team = Team([LI])
    ticket = team.accepted(subjects=("li",))
    customer = Actor("C-1", "customer")
    for name in ("li", "lii", "wu"):
        with pytest.raises(CommandRefused) as caught:
            team.desk.assign(ticket.id, to=name, reason="x", actor=customer)
        assert caught.value.refusal.code == "not_permitted"
        assert "li must" not in caught.value.text()


def test_a_text_is_not_several_names() -> None:
    """It would be taken for its letters."""
    with pytest.raises(InvalidInput, match="several"):
        Team([LI]).desk.drain("li")


@pytest.mark.parametrize("code", ["transaction_lost", "busy_transaction"])
def test_what_undoes_the_command_itself_is_raised(code: str) -> None:
    """In a host's transaction that is lost, the command does not stand either."""
    with pytest.raises(StoreError):
        not_filled(("li",), StoreError(code, path="x", reason="full"))


def test_a_clock_that_is_behind_looks_for_nobody_again_and_again() -> None:
    """The ticket's last event is later than the next step of the plan: no timer is set for it."""
    team = Team([Agent("wu", teams={"cards"}, presence="away")])
    ticket = team.accepted("dispute")
    team.clock.now = NOON + 32 * MINUTE
    team.desk.perform(ticket.id, Comment("x"), actor=INTAKE)
    team.clock.now = NOON + 29 * MINUTE
    for _ in range(3):
        team.desk.assign(ticket.id)
        team.desk.run_due()
    assert team.kinds(ticket.id).count("not_assigned") == 1
