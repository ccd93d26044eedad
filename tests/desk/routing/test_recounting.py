"""``desk.recount``: what the store has counted is set to what the tickets say."""

import pytest
from attrs import evolve

from tests.desk.routing.team import BOSS, Team, book
from workorder.assign import Agent
from workorder.desk import ServiceDesk
from workorder.desk.routing import People
from workorder.errors import InvalidInput
from workorder.rulebook import Plan
from workorder.storage import Batch, Reservation
from workorder.ticket import Dispatch


def test_work_from_before_anybody_counted() -> None:
    """A ticket of a rulebook without routing takes no room; moved to one with it, it does."""
    old = evolve(book(None), version="0")
    before = Team([], rulebook=old)
    ticket = before.accepted()
    before.desk.perform(ticket.id, Dispatch("li", "cards"), actor=BOSS)
    people = People([Agent("li", teams={"cards"}, capacity=3)])
    desk = ServiceDesk(
        before.desk.store, rulebook=book(), earlier=[old], people=people, time=before.clock
    )
    assert before.used("li") == (0,)
    assert desk.recount() == {}
    desk.unrestricted().change_rulebook(ticket.id, Plan(), actor=BOSS)
    assert before.used("li") == (1,)
    assert desk.recount() == {}


def test_what_was_counted_wrongly_is_set_right_once() -> None:
    """Somebody wrote into the table by hand: two too many for Li, one for Wu who has nothing."""
    team = Team([Agent("li", teams={"cards"}, capacity=3), Agent("wu", teams={"cards"})])
    team.desk.assign(team.accepted().id)
    wrong = (Reservation("li", 2, 99), Reservation("wu", 1, 99))
    team.desk.store.commit(Batch((), reservations=wrong))
    assert team.used("li", "wu") == (3, 1)
    assert team.desk.recount() == {"li": -2, "wu": -1}
    assert team.used("li", "wu") == (1, 0)
    assert team.desk.recount() == {}


def test_a_routing_is_needed() -> None:
    """Without one nothing takes room."""
    with pytest.raises(InvalidInput, match="routing"):
        Team([], rulebook=book(None)).desk.recount()
