"""A closed ticket is put away when it can neither be reopened nor appealed any more."""

from datetime import datetime, timedelta

import pytest

from tests.lifecycle.situations import no_reopening_limit
from tests.lifecycle.standing import ADMIN, CUSTOMER, LI, PLAIN, Given, World, standing
from tests.lifecycle.test_actions import refusal
from workorder.ticket import Appeal, Archive, Close, InformCustomer, Reopen

TOLD = InformCustomer("decision", "letter")
DISPUTE = {"type": "dispute"}
INSTANT = timedelta(microseconds=1)


def closed(told_after: int = 0) -> World:
    """A dispute that was closed; the customer was told of the decision so many days later."""
    world = standing("resolved", Given(DISPUTE))
    world.does(Close(), LI)
    if told_after:
        world.clock.passes(days=told_after)
        world.does(TOLD, LI)
    return world


def appeal_until(world: World) -> datetime:
    """Until when the decision may be appealed."""
    until = world.ticket.windows.appeal_until
    assert until is not None
    return until


def test_time_waits_for_the_appeal() -> None:
    """At the last instant at which the customer may appeal the ticket is there; then it is put
    away, by time and by nobody before.
    """
    world = closed(told_after=29)
    until, reopen = appeal_until(world), world.ticket.windows.reopen_until
    assert reopen is not None
    assert reopen < until
    assert world.ticket.windows.archive_from == until + INSTANT
    world.clock.now = reopen + INSTANT
    world.desk.run_due()
    assert [each.name for each in refusal(world, Archive(), ADMIN).unmet] == ["appeal_window_over"]
    assert [each.name for each in refusal(world, Reopen("no"), CUSTOMER).unmet] == [
        "reopen_window_open"
    ]
    world.clock.now = until
    world.desk.run_due()
    assert world.ticket.state == "closed"
    world.clock.now = until + INSTANT
    world.desk.run_due()
    assert (world.ticket.state, world.ticket.times.closed) == ("archived", until + INSTANT)


def test_it_may_be_appealed_until_then() -> None:
    """The appeal that was promised is possible to the very end of its window."""
    world = closed(told_after=29)
    world.clock.now = appeal_until(world)
    world.desk.perform(world.id, Appeal("the interest is missing"), actor=CUSTOMER)
    assert world.ticket.links.appeal is not None


def test_time_waits_for_reopening() -> None:
    """Whoever was told long before the closing may still have it reopened."""
    world = standing("resolved", Given(DISPUTE))
    world.does(TOLD, LI)
    world.clock.passes(days=5)
    world.does(Close(), LI)
    reopen = world.ticket.windows.reopen_until
    assert reopen is not None
    assert appeal_until(world) < reopen
    assert world.ticket.windows.archive_from == reopen + INSTANT


def test_an_appealed_ticket_may_be_put_away() -> None:
    """Once it was appealed, nobody need wait for the appeal."""
    world = standing("closed", Given(rulebook=no_reopening_limit))
    assert [each.name for each in refusal(world, Archive(), ADMIN).unmet] == ["appeal_window_over"]
    world.desk.perform(world.id, Appeal("the interest is missing"), actor=CUSTOMER)
    world.does(Archive(), ADMIN)
    assert world.ticket.state == "archived"


@pytest.mark.parametrize("state", ["resolved", "closed"])
def test_the_first_telling_counts(state: str) -> None:
    """Telling the customer once more of the same decision gives no more time to appeal it."""
    world = standing(state, PLAIN)
    if state == "resolved":
        world.does(TOLD, LI)
    until = appeal_until(world)
    world.clock.passes(days=3)
    world.does(TOLD, LI)
    assert appeal_until(world) == until


def test_another_decision_is_told_anew() -> None:
    """After a reopening there is another decision, and another window."""
    world = standing("closed")
    world.does(Reopen("it happened again"), CUSTOMER)
    assert (world.ticket.windows.appeal_until, world.ticket.windows.archive_from) == (None, None)


def test_telling_late_takes_nothing_back() -> None:
    """What was promised at closing stays promised, whenever the customer is said to have known."""
    world = standing("resolved", Given(DISPUTE))
    resolved = world.clock()
    world.clock.passes(days=6)
    world.does(Close(), LI)
    until = appeal_until(world)
    world.clock.passes(days=2)
    world.does(InformCustomer("decision", "phone", resolved + timedelta(hours=1)), LI)
    assert appeal_until(world) == until
