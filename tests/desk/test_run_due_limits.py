"""Letting time act at the desk: what cannot be done, how much at once, and on which stores."""

import asyncio
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import attrs
import pytest

from tests.by_limits import by_limits
from tests.desk.duties import (
    AT,
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
from workorder.desk import AsyncServiceDesk, ServiceDesk
from workorder.errors import InvalidInput, StoreError
from workorder.storage import Capability, Conflict, FullStore, MemoryStore, Snapshot, SQLiteStore
from workorder.testing import AwaitedStore, ScriptedStore
from workorder.ticket import (
    Comment,
    InformCustomer,
    Rate,
    Ticket,
)

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


class Timed(ScriptedStore):
    """A store behind a script that lends as well."""

    def claim_due(self, at: datetime, until: datetime, worker: str, limit: int = 100) -> Any:
        """Lend."""
        self.asked.append(("claim_due", (at, until, limit)))
        return self.inner.claim_due(at, until, worker, limit)

    def release(self, ids: Collection[str], worker: str) -> None:
        """Take back."""
        self.asked.append(("release", tuple(ids)))
        self.inner.release(ids, worker)


class AwaitedTimed(AwaitedStore):
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
    assert "bank.frozen/3" in stuck.text()
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
            "UPDATE workorder_tickets SET snapshot = '{}' WHERE id = ?", (ticket.id,)
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
        desk = AsyncServiceDesk(store, rulebook=by_limits(), time=duty.clock)
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
    known = by_limits()
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


def test_stuck_tickets_use_up_no_limit() -> None:
    """Those behind a ticket on which time cannot act have their turn, however small the limit."""
    duty = Duty(Bounded())
    first, second = (duty.resolved(name) for name in "ab")
    duty.wait(until=AT + DAY)
    last = duty.resolved("c")
    for ticket in (first, second):
        spoil(duty.store, ticket, kinds=("bank.frozen/3",))
    duty.wait(until=QUIET + 2 * DAY)
    run = duty.desk.run_due(limit=1)
    assert (len(run.stuck), run.fired) == (2, {"close": 1})
    assert duty.get(last).state == "closed"
