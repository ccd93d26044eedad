"""Approvals ask for a rank: the history says which one it was."""

from tests.lifecycle.standing import CHEN, SUN, standing
from workorder.ticket import Approve
from workorder.workflow import Actor


def test_the_rank_at_the_time() -> None:
    """Each event keeps the rank that the person had then; most people have none."""
    world = standing("under_review")
    world.does(Approve("well done"), Actor(SUN.id, "reviewer", "cards", 17))
    events = [each.event for each in world.desk.unrestricted().history(world.id)]
    assert [each.trace.rank for each in events] == [0, 0, 0, 0, 0, 17]


def test_a_chain_by_rank() -> None:
    """Somebody of another rank later does not change what was recorded."""
    world = standing("under_review")
    world.does(Approve(), CHEN)
    last = world.desk.unrestricted().history(world.id)[-1].event
    assert (last.trace.actor, last.trace.rank) == ("chen", CHEN.rank)
