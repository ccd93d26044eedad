"""Letting time act at the desk: what fires, when, once; and what cannot."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.desk.duties import (
    AT,
    BOSS,
    CUSTOMER,
    DAY,
    HOUR,
    KEPT,
    LI,
    MINUTE,
    QUIET,
    TELLER,
    Duty,
)
from tests.storage.stores import opened_store
from workorder.errors import CommandRefused, InvalidInput
from workorder.ticket import (
    Close,
    Comment,
    CustomerMessage,
    FinishSubtask,
    MergeInto,
    Rate,
    Reopen,
    Resolve,
    Resume,
    Unmerge,
)
from workorder.workflow import Actor

TICK = timedelta(microseconds=1)


@pytest.fixture(params=["memory", "sqlite"])
def duty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Duty]:
    """A desk on each of the stores that keep history."""
    with opened_store(request.param, tmp_path) as store:
        yield Duty(store)


def topics(duty: Duty) -> list[str]:
    """What waits to be sent."""
    return [message.topic for _, message in duty.store.pending()]


# --- what fires, and when ---------------------------------------------------------------------


def test_nothing_is_due(duty: Duty) -> None:
    """Without tickets, and just before the instant, a run does nothing and says so."""
    assert duty.desk.run_due().claimed == 0
    ticket = duty.resolved()
    duty.wait(until=QUIET - TICK)
    run = duty.desk.run_due()
    assert (run.claimed, run.tickets, run.fired) == (0, 0, {})
    assert duty.get(ticket) == ticket


def test_time_closes_at_the_end_of_the_quiet_period(duty: Duty) -> None:
    """At that very instant, or long after it: the ticket was closed then, by the system."""
    first, second = duty.resolved("a"), duty.resolved("b")
    duty.wait(until=QUIET)
    assert duty.desk.run_due(limit=1).fired == {"close": 1}
    duty.wait(until=QUIET + 3 * DAY)
    assert duty.desk.run_due().fired == {"close": 1}
    for ticket in (first, second):
        assert duty.trail(ticket) == [("closed", QUIET)]
        assert duty.get(ticket).times.closed == QUIET
        assert duty.get(ticket).windows.reopen_until == KEPT
    last = duty.desk.unrestricted().history(second.id)[-1].event
    assert (last.trace.actor, last.trace.recorded_at) in {
        ("system", QUIET),
        ("system", QUIET + 3 * DAY),
    }


def test_one_run_may_do_several_things(duty: Duty) -> None:
    """After a long silence a ticket is closed and archived, each at its own instant, in one
    commit that counts as one version.
    """
    ticket = duty.resolved()
    duty.wait(until=KEPT + 90 * DAY)
    run = duty.desk.run_due()
    assert (run.claimed, run.tickets, run.fired) == (1, 1, {"archive": 1, "close": 1})
    assert duty.trail(ticket) == [("closed", QUIET), ("archived", KEPT + TICK)]
    assert duty.get(ticket).version == ticket.version + 1
    assert duty.desk.run_due().claimed == 0


def test_it_may_be_reopened_until_the_last_instant(duty: Duty) -> None:
    """Reopening wins at the last instant of the window; archiving comes a microsecond later."""
    ticket = duty.resolved()
    duty.wait(until=KEPT)
    duty.desk.run_due()
    assert duty.get(ticket).state == "closed"
    again = duty.perform(ticket, (Reopen("still wrong"), CUSTOMER))
    assert again.state == "in_progress"
    duty.wait(until=KEPT + DAY)
    assert duty.desk.run_due().claimed == 0


def test_a_hold_ends_by_itself(duty: Duty) -> None:
    """At the instant given; or after as many days as its reason lasts at most."""
    given, by_reason = duty.held(AT + 90 * MINUTE, "a"), duty.held(name="b")
    duty.wait(until=AT + 60 * DAY)
    assert duty.desk.run_due().fired == {"resume": 2}
    assert duty.trail(given) == [("resumed", AT + 90 * MINUTE)]
    assert duty.trail(by_reason) == [("resumed", AT.replace(month=4, day=1, hour=16))]
    assert {duty.get(each).state for each in (given, by_reason)} == {"in_progress"}


def test_what_is_late_is_recorded_and_told(duty: Duty) -> None:
    """A sub-task that passes its deadline is marked once, and whoever is to know is told."""
    ticket = duty.asked(AT + HOUR)
    duty.wait(until=AT + 2 * HOUR)
    assert duty.desk.run_due().fired == {"mark_overdue": 1}
    assert duty.trail(ticket) == [("marked_overdue", AT + HOUR)]
    assert topics(duty) == ["ticket.overdue"]
    assert duty.get(ticket).work.subtasks[0].overdue
    assert duty.get(ticket).timers == ()


def test_timers_at_one_instant_fire_in_the_order_of_tickets(duty: Duty) -> None:
    """Tickets come by the instant of their first timer, and of several by id."""
    late = [duty.asked(AT + HOUR, name) for name in "abc"]
    early = duty.asked(AT + MINUTE, "d")
    duty.wait(until=AT + DAY)
    duty.desk.run_due(size=1)
    overdue = [record.ticket_id for _, record in duty.store.log()][-4:]
    assert overdue == [early.id, *sorted(ticket.id for ticket in late)]


def test_late_timers_tell_nobody(duty: Duty) -> None:
    """What should have happened long ago is recorded without a notice."""
    edge, late = duty.asked(AT + 2 * HOUR, "a"), duty.asked(AT + HOUR, "b")
    duty.wait(until=AT + 2 * HOUR + DAY)  # as late as the rulebook allows, to the microsecond
    assert duty.desk.run_due().fired == {"mark_overdue": 2}
    assert [message.ticket_id for _, message in duty.store.pending()] == [edge.id]
    assert duty.get(late).work.subtasks[0].overdue


# --- commands and timers ----------------------------------------------------------------------


def test_timers_come_before_the_command(duty: Duty) -> None:
    """A command finds the ticket as time has left it, and stands in the same commit."""
    ticket = duty.resolved()
    duty.wait(until=QUIET + DAY)
    rated = duty.desk.execute(ticket.id, Rate(5), actor=CUSTOMER)
    assert rated.ticket.state == "closed"
    assert (rated.version, rated.ticket.version) == (ticket.version + 1, ticket.version + 1)
    assert [event.step.action for event in rated.events] == ["rate"]
    assert duty.desk.run_due().claimed == 0


def test_a_refused_command_leaves_time_alone(duty: Duty) -> None:
    """Timers before a refused command are dropped with it, and later fire at the same instants."""
    ticket = duty.resolved()
    duty.wait(until=QUIET + DAY)
    with pytest.raises(CommandRefused) as refused:
        duty.desk.perform(ticket.id, Close(), actor=BOSS)
    assert refused.value.code == "wrong_state"  # time has closed it already
    assert duty.get(ticket) == ticket
    duty.wait(until=QUIET + 2 * DAY)
    duty.desk.run_due()
    assert duty.trail(ticket) == [("closed", QUIET)]


def test_a_repeat_is_answered_without_what_time_did(duty: Duty) -> None:
    """The answer to a repeated command is its own events, not those of timers beside it."""
    ticket = duty.resolved()
    duty.wait(until=QUIET + DAY)
    first = duty.desk.execute(ticket.id, Rate(5), actor=CUSTOMER, command_id="rate-1")
    again = duty.desk.execute(ticket.id, Rate(5), actor=CUSTOMER, command_id="rate-1")
    assert again.repeated
    assert (again.version, again.events) == (first.version, first.events)


def test_an_expected_version_is_that_of_the_last_commit(duty: Duty) -> None:
    """Time that nobody has written down yet does not make a version stale; once it is written
    down, it does.
    """
    first, second = duty.resolved("a"), duty.resolved("b")
    duty.wait(until=QUIET + DAY)
    rated = duty.desk.perform(first.id, Rate(5), actor=CUSTOMER, expected_version=first.version)
    assert rated.version == first.version + 1
    duty.desk.run_due()
    with pytest.raises(CommandRefused) as stale:
        duty.desk.perform(second.id, Rate(5), actor=CUSTOMER, expected_version=second.version)
    assert stale.value.code == "stale"


def test_what_is_offered_counts_time(duty: Duty) -> None:
    """Options are those after time has acted, though nothing was written down."""
    ticket = duty.resolved()
    duty.wait(until=QUIET)
    explained = duty.desk.explain(ticket.id, actor=BOSS)
    assert explained.state.name == "closed"
    assert duty.get(ticket).state == "resolved"


def test_no_command_may_have_the_id_of_a_timer(duty: Duty) -> None:
    """A caller cannot keep a timer from firing by sending a command under its id."""
    ticket = duty.resolved()
    (timer,) = ticket.timers
    with pytest.raises(InvalidInput) as refused:
        duty.desk.perform(ticket.id, CustomerMessage("x"), actor=CUSTOMER, command_id=timer.id)
    assert refused.value.facts["name"] == "command_id"
    duty.wait(until=QUIET)
    assert duty.desk.run_due().fired == {"close": 1}


# --- earlier lives ----------------------------------------------------------------------------


def test_a_timer_of_an_earlier_life_does_nothing(duty: Duty) -> None:
    """A ticket that was reopened and resolved again has a new quiet period; the old one is gone."""
    ticket = duty.resolved()
    (old,) = ticket.timers
    duty.wait(until=AT + 3 * DAY)
    reopened = duty.perform(ticket, (Reopen("still wrong"), CUSTOMER))
    assert reopened.timers == ()
    again = duty.perform(reopened, (Resolve("answered again"), LI))
    (new,) = again.timers
    assert (new.at, new.id != old.id) == (QUIET + 3 * DAY, True)
    duty.wait(until=QUIET + 3 * DAY - TICK)
    assert duty.desk.run_due().claimed == 0
    duty.wait(until=QUIET + 3 * DAY)
    assert duty.desk.run_due().fired == {"close": 1}


def test_a_second_life_of_the_same_length_is_another_life(duty: Duty) -> None:
    """Resolved, reopened and resolved within one day, both lives end at the same instant; time
    closes once, by the timer of the second.
    """
    ticket = duty.resolved()
    again = duty.perform(ticket, (Reopen("still wrong"), CUSTOMER), (Resolve("again"), LI))
    (old,), (new,) = ticket.timers, again.timers
    assert old.at == new.at
    assert old.id != new.id
    duty.wait(until=QUIET)
    assert duty.desk.run_due().fired == {"close": 1}
    assert duty.desk.unrestricted().history(ticket.id)[-1].event.trace.command_id == new.id


def test_every_life_ends_by_time(duty: Duty) -> None:
    """Closed by time, reopened, resolved again: time closes it again, by a timer of that life."""
    ticket = duty.resolved()
    duty.wait(until=QUIET)
    assert duty.desk.run_due().fired == {"close": 1}
    again = duty.perform(ticket, (Reopen("still wrong"), CUSTOMER), (Resolve("again"), LI))
    (timer,) = again.timers
    duty.wait(until=timer.at)
    assert duty.desk.run_due().fired == {"close": 1}
    assert duty.trail(ticket) == [("closed", QUIET), ("closed", timer.at)]


def test_a_finished_sub_task_is_not_late(duty: Duty) -> None:
    """A deadline that was met leaves no timer."""
    ticket = duty.asked(AT + HOUR)
    helper = Actor("he", "cohandler", "risk")
    assert duty.perform(ticket, (FinishSubtask("so"), helper)).timers == ()
    duty.wait(until=AT + DAY)
    assert duty.desk.run_due().claimed == 0


def test_a_hold_that_ended_does_not_end_again(duty: Duty) -> None:
    """Resumed by hand before its time: nothing is left to do."""
    ticket = duty.perform(duty.held(AT + HOUR), (Resume(), LI))
    assert ticket.timers == ()


def test_time_stands_still_on_a_merged_ticket(duty: Duty) -> None:
    """While it is merged, a hold does not end; unmerged, what was due in between happens then."""
    ticket, target = duty.held(AT + HOUR, "a"), duty.opened("b")
    duty.perform(ticket, (MergeInto(target.id), TELLER))
    duty.wait(until=AT + DAY)
    assert duty.desk.run_due().claimed == 0
    unmerged = duty.perform(ticket, (Unmerge("another matter"), BOSS))
    assert unmerged.state == "pending"
    assert duty.desk.run_due().fired == {"resume": 1}
    assert duty.trail(ticket) == [("resumed", AT + DAY)]


def test_a_clock_that_is_behind_still_sees_what_was_due(duty: Duty) -> None:
    """A command at a slightly earlier instant is raised to the last event's; timers due by then
    come first, as they would for anybody else.
    """
    ticket, target = duty.held(AT + DAY - MINUTE, "a"), duty.opened("b")
    duty.perform(ticket, (MergeInto(target.id), TELLER))
    duty.wait(until=AT + DAY)
    duty.perform(ticket, (Unmerge("another matter"), BOSS))
    duty.clock.now = AT + DAY - 3 * MINUTE
    noted = duty.perform(ticket, (Comment("x"), TELLER))
    assert noted.state == "in_progress"
    entries = duty.desk.unrestricted().history(ticket.id)[-3:]
    assert [entry.event.step.action for entry in entries] == ["unmerge", "resume", "comment"]
    assert {entry.event.trace.occurred_at for entry in entries} == {AT + DAY}
