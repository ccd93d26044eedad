"""Letting time act at the desk: what fires, when, once; and what cannot."""

import asyncio
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import attrs
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
from tests.desk.scripted import Awaited, Scripted
from tests.storage.stores import opened_store
from workorder.desk import AsyncServiceDesk, ServiceDesk
from workorder.errors import CommandRefused, InvalidInput, StoreError
from workorder.rulebook import bank
from workorder.storage import Capability, Conflict, FullStore, MemoryStore, Snapshot, SQLiteStore
from workorder.ticket import (
    Close,
    Comment,
    CustomerMessage,
    FinishSubtask,
    InformCustomer,
    MergeInto,
    Rate,
    Reopen,
    Resolve,
    Resume,
    Ticket,
    Unmerge,
)
from workorder.workflow import Actor

TICK = timedelta(microseconds=1)


class EndlessError(Exception):
    """A run claims again and again."""


class Bounded(MemoryStore):
    """A store in memory that does not lend for ever."""

    claims = 0

    def claim_due(
        self, at: datetime, until: datetime, worker: str, limit: int = 100
    ) -> Sequence[Snapshot]:
        """Lend, a hundred times at most."""
        self.claims += 1
        if self.claims > 100:
            raise EndlessError
        return super().claim_due(at, until, worker, limit)


class Timed(Scripted):
    """A store behind a script that lends as well."""

    def claim_due(self, at: datetime, until: datetime, worker: str, limit: int = 100) -> Any:
        """Lend."""
        self.asked.append(("claim_due", (at, until, limit)))
        return self.inner.claim_due(at, until, worker, limit)

    def release(self, ids: Collection[str], worker: str) -> None:
        """Take back."""
        self.asked.append(("release", tuple(ids)))
        self.inner.release(ids, worker)


class AwaitedTimed(Awaited):
    """The same store, awaited."""

    inner: Timed

    async def claim_due(self, at: datetime, until: datetime, worker: str, limit: int = 100) -> Any:
        """Lend."""
        await asyncio.sleep(0)
        return self.inner.claim_due(at, until, worker, limit)

    async def release(self, ids: Collection[str], worker: str) -> None:
        """Take back."""
        await asyncio.sleep(0)
        self.inner.release(ids, worker)


@pytest.fixture(params=["memory", "sqlite"])
def duty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Duty]:
    """A desk on each of the stores that keep history."""
    with opened_store(request.param, tmp_path) as store:
        yield Duty(store)


def spoil(store: FullStore, ticket: Ticket, **changes: Any) -> None:
    """Change a ticket behind the desk's back, in memory."""
    assert isinstance(store, MemoryStore)
    store._tickets[ticket.id] = Snapshot(attrs.evolve(ticket, **changes))


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


# --- refused and stuck ------------------------------------------------------------------------


def test_a_refused_timer_is_recorded_once(duty: Duty) -> None:
    """A complaint whose customer was not told is not closed by time: that is recorded, listed,
    and not tried again; once they are told, a new quiet period begins.
    """
    ticket = duty.approved(told=False)
    duty.wait(until=QUIET + DAY)
    run = duty.desk.run_due()
    assert (run.tickets, run.fired) == (1, {})
    (lapse,) = run.lapsed
    assert (lapse.ticket_id, lapse.timer.action) == (ticket.id, "close")
    assert [unmet.name for unmet in lapse.refusal.unmet] == ["informed_if_required"]
    assert duty.trail(ticket) == [("timer_lapsed", QUIET)]
    assert duty.desk.run_due().claimed == 0
    told = duty.perform(ticket, (InformCustomer("decision", "phone"), TELLER))
    assert told.windows.close_from == QUIET + 9 * DAY
    duty.wait(until=QUIET + 9 * DAY)
    assert duty.desk.run_due().fired == {"close": 1}


def test_an_opaque_ticket_is_passed_over() -> None:
    """A ticket with events of a later version stays as it is and due; the others are done."""
    duty = Duty(Bounded())
    first, ticket, last = (duty.resolved(name) for name in "abc")
    spoil(duty.store, ticket, kinds=("bank.frozen/3",))
    duty.wait(until=QUIET + DAY)
    run = duty.desk.run_due(size=1)
    assert (run.claimed, run.fired) == (3, {"close": 2})
    (stuck,) = run.stuck
    assert stuck.ticket_id == ticket.id
    assert "bank.frozen/3" in stuck.reason
    assert duty.get(ticket).state == "resolved"
    assert {duty.get(each).state for each in (first, last)} == {"closed"}
    assert duty.desk.run_due().claimed == 0  # lent for a while yet
    duty.wait(until=QUIET + DAY + MINUTE)
    assert [each.ticket_id for each in duty.desk.run_due().stuck] == [ticket.id]


def test_a_state_nobody_knows_is_passed_over() -> None:
    """So does a ticket in a state that the rulebook does not have."""
    duty = Duty(Bounded())
    ticket, other = duty.resolved("a"), duty.resolved("b")
    spoil(duty.store, ticket, state="frozen")
    duty.wait(until=QUIET)
    run = duty.desk.run_due()
    assert [each.ticket_id for each in run.stuck] == [ticket.id]
    assert duty.get(other).state == "closed"


def test_an_unreadable_ticket_is_passed_over(tmp_path: Path) -> None:
    """A snapshot that nobody can read is reported, and does not stop the others."""
    with SQLiteStore(tmp_path / "store.db") as store:
        duty = Duty(store)
        ticket, other = duty.resolved("a"), duty.resolved("b")
        store._connections.get().execute(
            "UPDATE tickets SET snapshot = '{}' WHERE id = ?", (ticket.id,)
        )
        duty.wait(until=QUIET)
        run = duty.desk.run_due(size=1)
        assert (run.claimed, run.fired) == (2, {"close": 1})
        assert [each.ticket_id for each in run.stuck] == ["?"]
        assert duty.get(other).state == "closed"
        assert duty.desk.run_due().claimed == 0


def test_a_ticket_others_are_busy_with_is_left_to_them() -> None:
    """When every commit is in the way of somebody else's, the run ends, and what is due stays so
    for whoever comes next.
    """
    store = Timed()
    duty = Duty(store)
    ticket = duty.resolved()
    duty.wait(until=QUIET)
    store.script.extend([Conflict(ticket.id, 9)] * 50)
    run = duty.desk.run_due()
    assert (run.claimed, run.tickets) == (1, 0)
    assert store.names().count("claim_due") == 2
    store.script.clear()
    duty.wait(until=QUIET + MINUTE)
    assert duty.desk.run_due().fired == {"close": 1}


def test_tickets_of_a_failed_batch_are_done_one_by_one() -> None:
    """One conflict does not keep the others of its batch from being done."""
    store = Timed()
    duty = Duty(store)
    tickets = [duty.resolved(name) for name in "abc"]
    duty.wait(until=QUIET)
    store.script.append(Conflict(tickets[1].id, 9))
    assert duty.desk.run_due().fired == {"close": 3}
    assert store.names().count("claim_due") == 2


# --- workers, limits, stores ------------------------------------------------------------------


def test_size_and_limit(duty: Duty) -> None:
    """A run claims at most so many at once, and at most so many in all."""
    tickets = [duty.resolved(str(number)) for number in range(7)]
    duty.wait(until=QUIET)
    assert duty.desk.run_due(limit=0).claimed == 0
    assert duty.desk.run_due(limit=3, size=2).fired == {"close": 3}
    assert sum(duty.get(each).state == "closed" for each in tickets) == 3
    run = duty.desk.run_due(size=3)
    assert (run.claimed, run.tickets) == (4, 4)


def test_how_many_are_asked_for() -> None:
    """The store is asked for as many as are left of the limit, never more than fit at once."""
    store = Timed()
    duty = Duty(store)
    for number in range(5):
        duty.resolved(str(number))
    duty.wait(until=QUIET)
    store.asked.clear()
    duty.desk.run_due(limit=5, size=2, lease=HOUR)
    claims = [asked for name, asked in store.asked if name == "claim_due"]
    assert claims == [(QUIET, QUIET + HOUR, 2), (QUIET, QUIET + HOUR, 2), (QUIET, QUIET + HOUR, 1)]


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("limit", {"limit": -1}),
        ("size", {"size": 0}),
        ("size", {"size": -1}),
        ("lease", {"lease": timedelta(0)}),
        ("lease", {"lease": -MINUTE}),
    ],
)
def test_a_run_that_could_not_end_is_refused(duty: Duty, name: str, given: Any) -> None:
    """Sizes and limits below nothing, and leases of no length, are refused by name."""
    with pytest.raises(InvalidInput) as refused:
        duty.desk.run_due(**given)
    assert refused.value.facts["name"] == name


def test_a_store_without_timers_cannot_be_run() -> None:
    """It is refused as unsupported; commands let time pass nevertheless."""
    duty = Duty(Timed(without=(Capability.TIMERS,)))
    ticket = duty.resolved()
    duty.wait(until=QUIET)
    with pytest.raises(StoreError) as refused:
        duty.desk.run_due()
    assert (refused.value.code, refused.value.facts["capability"]) == ("unsupported", "timers")
    assert duty.perform(ticket, (Rate(5), CUSTOMER)).state == "closed"


def test_a_store_without_an_outbox_tells_nobody() -> None:
    """What time has to say is lost to the outside there, and the deed is recorded all the same;
    the answer of the run says what was done.
    """
    store = Timed(without=(Capability.OUTBOX,))
    duty = Duty(store)
    ticket, other = duty.asked(AT + HOUR, "a"), duty.asked(AT + HOUR, "b")
    duty.wait(until=AT + HOUR)
    duty.perform(other, (Comment("x"), LI))
    assert duty.desk.run_due().fired == {"mark_overdue": 1}
    assert duty.get(ticket).work.subtasks[0].overdue
    assert store.inner.pending() == ()


def test_a_store_without_history_runs_as_well() -> None:
    """Timers need the ticket as it stands, and no history."""
    duty = Duty(MemoryStore(history=False))
    ticket = duty.resolved()
    duty.wait(until=KEPT + DAY)
    assert duty.desk.run_due().fired == {"archive": 1, "close": 1}
    assert duty.get(ticket).state == "archived"


def test_the_answer_is_plain_data(duty: Duty) -> None:
    """A run can be written down as JSON, in both languages."""
    ticket = duty.approved(told=False)
    duty.wait(until=QUIET)
    data = duty.desk.run_due().as_data("zh-CN")
    assert (data["claimed"], data["tickets"], data["fired"], data["stuck"]) == (1, 1, {}, [])
    (lapse,) = data["lapsed"]
    assert (lapse["ticket"], lapse["action"]) == (ticket.id, "close")
    assert lapse["at"] == "2026-03-09T16:00:00.000000Z"
    assert "告知" in str(lapse["refusal"])


@pytest.mark.parametrize("kind", ["memory", "sqlite", "awaited"])
def test_the_asynchronous_desk(kind: str, tmp_path: Path) -> None:
    """It lets time act just so, on synchronous stores and on asynchronous ones; two runs at once
    do nothing twice.
    """
    inner = Timed()

    async def story(store: Any, duty: Duty, tickets: list[Ticket]) -> None:
        desk = AsyncServiceDesk(store, rulebook=bank(), time=duty.clock)
        duty.wait(until=QUIET)
        runs = await asyncio.gather(*(desk.run_due(size=1) for _ in range(3)))
        assert sum(run.fired.get("close", 0) for run in runs) == len(tickets)
        assert (await desk.run_due()).claimed == 0
        for ticket in tickets:
            now = await desk.unrestricted().get(ticket.id)
            assert (now.state, now.version) == ("closed", ticket.version + 1)

    if kind == "awaited":
        duty = Duty(inner)
        tickets = [duty.resolved(name) for name in "abcd"]
        asyncio.run(story(AwaitedTimed(inner), duty, tickets))
        return
    with opened_store(kind, tmp_path) as store:
        duty = Duty(store)
        tickets = [duty.resolved(name) for name in "abcd"]
        asyncio.run(story(store, duty, tickets))


def test_an_action_that_leads_nowhere_is_taken_once() -> None:
    """In a host's workflow in which the system's closing leaves the ticket where it is, time
    closes once and gives up, instead of for ever.
    """
    known = bank()
    rows = tuple(
        attrs.evolve(row, target="=") if row.action == "close" else row
        for row in known.workflow.rows
    )
    keep = {"archive", "quality_review"}
    rows = tuple(row for row in rows if row.action not in keep)
    actions = tuple(each for each in known.workflow.actions if each.name not in keep)
    states = tuple(
        each for each in known.workflow.states if each.name not in {"closed", "archived"}
    )
    rows = tuple(
        attrs.evolve(row, sources=tuple(s for s in row.sources if s not in {"closed", "archived"}))
        for row in rows
    )
    workflow = attrs.evolve(known.workflow, rows=rows, actions=actions, states=states)
    duty = Duty(rulebook=attrs.evolve(known, workflow=workflow))
    ticket = duty.resolved()
    duty.wait(until=QUIET + DAY)
    assert isinstance(duty.desk, ServiceDesk)
    assert duty.desk.run_due().fired == {"close": 1}
    assert duty.trail(ticket) == [("closed", QUIET), ("timer_lapsed", QUIET)]
    assert duty.get(ticket).timers == ()
