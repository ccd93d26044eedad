"""After a holiday notice every running clock is reckoned again: exactly, once, and explained."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.desk.holiday_notice import (
    AFTER,
    ANNOUNCED,
    BEFORE,
    DAY,
    ESTIMATED,
    FIVE,
    HOURS,
    KNOWN,
    LAW,
    MONDAY,
    NOTICED,
    OFFICER,
    SIX,
    Bank,
    edition,
)
from tests.rulebook.editions import INTAKE, SENIOR, ZHANG
from tests.storage.stores import dump, opened_store
from workorder.canonical import decode
from workorder.conditions import where
from workorder.desk import AsyncServiceDesk, RevisionRun
from workorder.durations import parse
from workorder.errors import InvalidInput, StoreError
from workorder.rulebook import Plan, bank
from workorder.sla import BusinessCalendar, ListedHolidays, SuccessiveHolidays
from workorder.sla.clocks import Metric, Policy, Target
from workorder.storage import (
    Answer,
    Batch,
    Capability,
    Change,
    MemoryStore,
    Snapshot,
    SQLiteStore,
    TicketQuery,
)
from workorder.storage.verifying import verify_store
from workorder.testing import ScriptedStore
from workorder.ticket import (
    Cancel,
    Comment,
    DueRevised,
    MarkReached,
    Resume,
    Ticket,
)

NOTICE = {"calendar": NOTICED}


@pytest.fixture(params=["memory", "sqlite"])
def branch(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Bank]:
    """A bank on either store."""
    with opened_store(str(request.param), tmp_path) as store:
        yield Bank(store)


def run(branch: Bank, **how: Any) -> RevisionRun:
    """Reckon again, by the notice unless something else is said."""
    work = branch.desk().unrestricted()
    return work.revise_dues(**{"actor": OFFICER, "calendars": NOTICE, **how})


def events(branch: Bank, ticket: Ticket, kind: type[Any]) -> list[Any]:
    """What happened to a ticket, of one kind."""
    entries = branch.desk().unrestricted().history(ticket.id)
    return [each.event for each in entries if isinstance(each.event, kind)]


# --- what moves -------------------------------------------------------------------------------


def test_dues_move_by_the_days_that_moved(branch: Bank) -> None:
    """One working day later, and no longer provisional; what counts calendar days, or ended in
    2026, stays; the ticket's version goes up by one.
    """
    (ticket,) = branch.complaints(1)
    before = ticket.clocks["resolution"]
    assert (before.due, before.provisional) == (FIVE, True)
    done = run(branch)
    after = branch.get(ticket)
    # 29, 30, 31 Dec, then (4 Jan off) 5 and 6 Jan: a Wednesday instead of the Tuesday.
    clock = after.clocks["resolution"]
    assert (clock.due, clock.promised, clock.provisional) == (SIX, FIVE, False)
    assert after.clocks["first_contact"] == ticket.clocks["first_contact"]
    assert after.clocks["cn.nfra.decision"].due == LAW
    assert (done.looked_at, done.left, done.confirmed) == (1, (), ())
    (revision,) = done.revised
    (moved,) = revision.changes
    assert revision.ticket_id == ticket.id
    assert (moved.clock, moved.old, moved.new) == ("resolution", FIVE, SIX)
    assert after.version == ticket.version + 1
    assert after.times.last == MONDAY
    assert after.times.acted == ticket.times.acted


def test_the_record_says_by_which_dates(branch: Bank) -> None:
    """One event with its cause and the change; its clocks name the new dates of the calendar, and
    who had it done.
    """
    (ticket,) = branch.complaints(1)
    run(branch)
    (event,) = events(branch, ticket, DueRevised)
    assert (event.cause, event.trace.actor, event.step.action) == ("calendar", "wei", "revise_due")
    assert [(each.clock, each.old, each.new) for each in event.changes] == [
        ("resolution", FIVE, SIX)
    ]
    assert event.step.from_state == event.step.to_state == ticket.state
    named = event.clocks["resolution"].segments[-1].calendar
    assert named == f"calendar@{NOTICED.content_digest(2026, 2027).rpartition(':')[2][:16]}"
    assert named != ticket.clocks["resolution"].segments[-1].calendar


def test_both_accounts_explain(branch: Bank) -> None:
    """Each adds up to five working days at its own due instant, by the dates of then and of now."""
    branch.complaints(1)
    (moved,) = run(branch).revised[0].changes
    for ledger, worked in ((moved.ledger_before, (4, 5)), (moved.ledger_after, (5, 6))):
        assert ledger.total == 5
        counted = [row.day for row in ledger.rows if row.counted]
        assert [each.day for each in counted] == [29, 30, 31, *worked]
    said = [moved.as_data(ledgers=True)[name] for name in ("ledger_before", "ledger_after")]
    assert [each["used"] for each in said] == [5, 5]
    assert "ledger_after" not in moved.as_data()
    assert "元旦" not in moved.ledger_before.text("zh-CN")


def test_again_changes_nothing(branch: Bank) -> None:
    """A second run looks, and writes nothing."""
    branch.complaints(3)
    assert len(run(branch).revised) == 3
    kept = dump(branch.store)
    assert run(branch) == RevisionRun(looked_at=3)
    assert dump(branch.store) == kept


def test_a_dry_run_writes_nothing(branch: Bank) -> None:
    """It says what a run would do, timers that are due included, and leaves every byte."""
    branch.complaints(3)
    branch.now += 2 * DAY  # marks are due by then
    kept = dump(branch.store)
    said = run(branch, dry_run=True)
    assert dump(branch.store) == kept
    assert len(said.revised) == 3
    assert run(branch).as_data("en", ledgers=True) == said.as_data("en", ledgers=True)


def test_a_date_that_was_guessed_right(branch: Bank) -> None:
    """Where nothing is due at another instant, the promise is provisional no more: the event names
    no change, and it is not told.
    """
    (ticket,) = branch.complaints(1)
    as_guessed = ListedHolidays.of(
        holidays=[KNOWN.listed[0][0]],
        published_from=ANNOUNCED.published_from,
        published_through=ANNOUNCED.published_through,
    )
    official = BusinessCalendar("Asia/Shanghai", HOURS, SuccessiveHolidays([KNOWN, as_guessed]))
    done = run(branch, calendars={"calendar": official})
    assert (done.revised, done.confirmed) == ((), (ticket.id,))
    clock = branch.get(ticket).clocks["resolution"]
    assert (clock.due, clock.provisional) == (FIVE, False)
    (event,) = events(branch, ticket, DueRevised)
    assert event.changes == ()
    assert branch.store.pending() == ()
    assert run(branch, calendars={"calendar": official}) == RevisionRun(looked_at=1)


def test_without_a_notice(branch: Bank) -> None:
    """By the calendars that the rulebook has, nothing moves."""
    branch.complaints(2)
    assert run(branch, calendars=None) == run(branch, calendars={}) == RevisionRun(looked_at=2)


# --- what does not ----------------------------------------------------------------------------


def test_on_hold_it_is_left(branch: Bank) -> None:
    """A clock that is paused is due at no instant: it is reckoned when it goes on."""
    held = branch.on_hold()
    before = branch.get(held)
    assert before.clocks["resolution"].state == "paused"
    run(branch)
    after = branch.get(held).clocks["resolution"]
    assert after == before.clocks["resolution"]


def test_a_whole_ticket_on_hold_is_not_touched() -> None:
    """Where every clock is paused or over, nothing is written."""
    levels = BEFORE.sla
    assert levels is not None
    resolution = levels.by_name["resolution"]
    own = [each for each in levels.policies if each.name == "complaint"]
    targets = tuple(each for each in own[0].targets if each.metric == "resolution")
    alone = evolve(
        levels,
        metrics=(resolution,),
        policies=(evolve(own[0], targets=targets),),
        packs=(),
        leading=("resolution",),
        ladders=tuple(each for each in levels.ladders if each.name == resolution.ladder),
    )
    branch = Bank(rulebook=evolve(BEFORE, sla=alone))
    held = branch.on_hold()
    kept = dump(branch.store)
    assert run(branch) == RevisionRun(looked_at=1)
    assert dump(branch.store) == kept
    branch.does(held, (Resume(), ZHANG))
    assert len(run(branch).revised) == 1


def test_what_is_over_stays_over(branch: Bank) -> None:
    """A finished or cancelled clock keeps its verdict; a ticket closed long ago is not read."""
    ticket = branch.does(branch.complaints(1)[0], (Cancel("by mistake"), INTAKE))
    before = branch.get(ticket)
    assert not any(each.active for each in before.clocks.values())
    assert run(branch) == RevisionRun(looked_at=1)
    assert branch.get(ticket) == before
    branch.now += 93 * DAY
    assert run(branch) == RevisionRun()


def test_a_breach_stays() -> None:
    """A target that was missed by the estimate, and noted so, is not met by the notice; the due
    instant of the ticket moves all the same, and no mark comes twice.
    """
    branch = Bank()
    (ticket,) = branch.complaints(1)
    branch.waits(FIVE + timedelta(hours=1))
    assert branch.get(ticket).clocks["resolution"].breached == FIVE
    run(branch)
    clock = branch.get(ticket).clocks["resolution"]
    assert (clock.due, clock.breached) == (SIX, FIVE)
    branch.waits(SIX + 30 * DAY)
    marks = [(each.clock, each.mark) for each in events(branch, ticket, MarkReached)]
    assert len(marks) == len(set(marks))


# --- the law ----------------------------------------------------------------------------------


WITHOUT_SATURDAY = BusinessCalendar(
    "Asia/Shanghai",
    HOURS,
    SuccessiveHolidays(
        [KNOWN, evolve(ANNOUNCED, listed=[each for each in ANNOUNCED.listed if each[0].day != 9])]
    ),
)


@pytest.mark.parametrize(
    ("within", "old"),
    [
        # 29, 30, 31 Dec; 4-8 Jan; 11, 12 Jan: at 18:00, six hours before the statutory end.
        ("10 working days", LAW - timedelta(hours=6)),
        # 13, 14 and 15 Jan come to it: cut to the statutory end.
        ("13 working days", LAW),
    ],
)
def test_no_later_than_the_law(within: str, old: Any) -> None:
    """An internal target that would outlast a statutory one ends with it, before and after, however
    often it is reckoned.
    """
    branch = Bank(rulebook=edition(ESTIMATED, "own", within))
    (ticket,) = branch.complaints(1)
    assert ticket.clocks["resolution"].due == old
    for _ in range(3):
        run(branch, calendars={"calendar": WITHOUT_SATURDAY})
        clocks = branch.get(ticket).clocks
        assert clocks["resolution"].due == clocks["cn.nfra.decision"].due == LAW
    run(branch, calendars=None)  # back to the estimate
    assert branch.get(ticket).clocks["resolution"].due == old


# --- time -------------------------------------------------------------------------------------


def test_marks_follow(branch: Bank) -> None:
    """Marks that are still to come are reached by the new due instant; those that were reached are
    not reached again.
    """
    (ticket,) = branch.complaints(1)
    branch.waits(MONDAY + 4 * DAY)  # Friday, 1 Jan, 09:00: half of it was reached on the 30th
    halves = [e for e in events(branch, ticket, MarkReached) if e.mark == "50%"]
    assert [each.clock for each in halves if each.clock == "resolution"] == ["resolution"]
    before = branch.get(ticket)
    run(branch)
    after = branch.get(ticket)
    old, new = (
        next(t.at for t in each.timers if t.about == "resolution/1/75%") for each in (before, after)
    )
    # Three quarters of five working days: by the estimate on the 4th, by the notice on the 5th.
    assert new - old == DAY
    assert after.clocks["resolution"].fired == before.clocks["resolution"].fired
    branch.waits(SIX + timedelta(microseconds=1))
    marks = [e for e in events(branch, ticket, MarkReached) if e.clock == "resolution"]
    assert [each.mark for each in marks] == ["50%", "75%", "90%", "100%"]
    assert marks[-1].at == SIX + timedelta(microseconds=1)


def test_timers_act_first(branch: Bank) -> None:
    """What was due by the estimate happened, in the same commit and before the event."""
    (ticket,) = branch.complaints(1)
    branch.now = MONDAY + 4 * DAY
    run(branch)
    kinds = [each.event for each in branch.desk().unrestricted().history(ticket.id)]
    assert isinstance(kinds[-1], DueRevised)
    marks = [each for each in kinds if isinstance(each, MarkReached)]
    assert marks
    assert {each.trace.version for each in (*marks, kinds[-1])} == {ticket.version + 1}
    assert branch.desk().run_due().fired == {}


# --- who is told ------------------------------------------------------------------------------


def test_one_notice_a_ticket(branch: Bank) -> None:
    """To whoever has it: every change, as parameters and in both languages, in the bank's zone."""
    ticket = branch.in_progress()
    while branch.store.pending():
        branch.store.taken([place for place, _ in branch.store.pending()])
    run(branch)
    ((_, message),) = branch.store.pending()
    assert (message.topic, message.ticket_id) == ("sla.due_revised", ticket.id)
    body: Any = decode(message.data)
    assert body["recipient"] == {"kind": "person", "id": "zhang"}
    assert body["parameters"]["changes"] == [
        {
            "metric": "resolution",
            "old": "2027-01-05T10:00:00.000000Z",
            "new": "2027-01-06T10:00:00.000000Z",
        }
    ]
    assert set(body["texts"]) == {"en", "zh-CN"}
    assert body["texts"]["en"].startswith("Resolution: due 2027-01-06 18:00")
    assert body["texts"]["zh-CN"].startswith("办结：时限由 2027-01-05 18:00")


def test_without_an_outbox() -> None:
    """Nobody is told, and all is done."""
    store = ScriptedStore(without=[Capability.OUTBOX])
    branch = Bank(store)
    branch.complaints(1)
    assert len(run(branch).revised) == 1
    assert store.inner.pending() == ()


# --- whoever else is there --------------------------------------------------------------------


def test_two_workers_at_once(tmp_path: Path) -> None:
    """On one file: each ticket is revised once, by whoever was first, and what is kept is sound."""
    path = tmp_path / "store.db"
    with SQLiteStore(path) as store:
        branch = Bank(store)
        tickets = branch.complaints(12)
        barrier = Barrier(2)

        def work(_number: int) -> RevisionRun:
            with SQLiteStore(path, create=False) as own:
                desk = Bank(own).desk()
                barrier.wait()
                return desk.unrestricted().revise_dues(actor=OFFICER, calendars=NOTICE)

        with ThreadPoolExecutor(2) as pool:
            runs = list(pool.map(work, range(2)))
        assert sorted(each.ticket_id for one in runs for each in one.revised) == [
            each.id for each in tickets
        ]
        assert all(one.left == () for one in runs)
        for each in tickets:
            assert len(events(branch, each, DueRevised)) == 1
        report = verify_store(store, replay=True)
        assert (report.tickets, report.damages) == (12, ())


class Busy(MemoryStore):
    """Somebody comments on the ticket just before each commit of a revision."""

    def __init__(self, times: int) -> None:
        super().__init__()
        self.times = times

    def commit(self, batch: Batch) -> Answer:
        """They were first."""
        revised = any(b"due_revised" in each.data for each in batch.changes[0].records)
        if revised and self.times:
            self.times -= 1
            branch = Bank(self)
            ticket_id = batch.changes[0].ticket_id
            branch.desk().perform(ticket_id, Comment("on it"), actor=SENIOR)
        return super().commit(batch)


def test_somebody_is_first() -> None:
    """It is reckoned again as the ticket stands by then; whoever is always in the way is named."""
    branch = Bank(Busy(2))
    (ticket,) = branch.complaints(1)
    assert len(run(branch).revised) == 1
    assert branch.get(ticket).version == ticket.version + 3
    branch = Bank(Busy(9))
    branch.complaints(1)
    done = run(branch)
    assert done.revised == ()
    (left,) = done.left
    assert left.cause.code == "conflict"
    assert done.as_data("zh-CN")["left"][0]["reason"] == left.text("zh-CN")


def test_awaited_is_the_same(tmp_path: Path) -> None:
    """The asynchronous desk says and does what the other does."""
    with opened_store("sqlite", tmp_path) as store:
        branch = Bank(store)
        branch.complaints(2)
        desk = AsyncServiceDesk(store, rulebook=BEFORE, time=lambda: branch.now)
        work, said = desk.unrestricted(), []
        dry = run(branch, dry_run=True)
        for dry_run in (True, False):
            done = asyncio.run(
                work.revise_dues(
                    actor=OFFICER,
                    calendars=NOTICE,
                    dry_run=dry_run,
                    progress=lambda *told: said.append(told),
                )
            )
            assert done == dry
        assert said == [("tickets", 2), ("tickets", 2)]
        assert run(branch) == RevisionRun(looked_at=2)


# --- pages, limits ----------------------------------------------------------------------------


def test_page_by_page(branch: Bank, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every ticket is looked at once, however they lie on pages."""
    tickets = branch.complaints(5)
    monkeypatch.setattr("workorder.desk.revising.PAGE", 2)
    told: list[tuple[str, int]] = []
    done = run(branch, progress=lambda *said: told.append(said))
    assert [each.ticket_id for each in done.revised] == [each.id for each in tickets]
    assert (done.looked_at, done.next) == (5, None)
    assert told == [("tickets", 2), ("tickets", 4), ("tickets", 5)]


def test_a_few_at_a_time(branch: Bank) -> None:
    """At most as many as are asked for; a next run goes on behind them."""
    tickets = branch.complaints(5)
    first = run(branch, limit=2)
    assert [each.ticket_id for each in first.revised] == [each.id for each in tickets[:2]]
    assert (first.looked_at, first.next) == (2, tickets[1].id)
    second = run(branch, limit=9, after=first.next)
    assert [each.ticket_id for each in second.revised] == [each.id for each in tickets[2:]]
    assert (second.looked_at, second.next) == (3, None)


# --- editions ---------------------------------------------------------------------------------


def test_tickets_that_were_moved(branch: Bank) -> None:
    """Under a new edition with the notice, no calendars are needed: tickets that were moved to it
    are reckoned by its own, and explained by the old edition's before; those that were not, stay.
    """
    moved, stayed = branch.complaints(2)
    work = branch.desk(AFTER, BEFORE).unrestricted()
    work.change_rulebook(moved.id, Plan(), actor=OFFICER)
    assert branch.get(moved).clocks["resolution"].due == FIVE
    done = work.revise_dues(actor=OFFICER)
    assert [each.ticket_id for each in done.revised] == [moved.id]
    (change,) = done.revised[0].changes
    assert (change.old, change.new) == (FIVE, SIX)
    counted = [row.day.day for row in change.ledger_before.rows if row.counted]
    assert counted == [29, 30, 31, 4, 5]
    assert branch.get(stayed) == stayed


def test_a_rulebook_that_is_not_here(branch: Bank) -> None:
    """A ticket whose own rulebook is not at hand is not reckoned by another; it is listed."""
    (ticket,) = branch.complaints(1)
    done = branch.desk(AFTER).unrestricted().revise_dues(actor=OFFICER)
    assert done.revised == ()
    assert [(each.ticket_id, each.cause.code) for each in done.left] == [
        (ticket.id, "rulebook_not_here")
    ]
    assert branch.get(ticket) == ticket


def test_a_calendar_that_fails(branch: Bank) -> None:
    """Whatever a ticket cannot be reckoned by is the reason of that ticket, and changes nothing."""
    (ticket,) = branch.complaints(1)
    refusing = evolve(ESTIMATED, unpublished="refuse")
    done = run(branch, calendars={"calendar": refusing})
    assert [(each.ticket_id, each.cause.code) for each in done.left] == [(ticket.id, "unpublished")]
    assert branch.get(ticket) == ticket


def test_what_is_refused(branch: Bank) -> None:
    """Names of no calendar, things that are none, and limits that are no number."""
    for how, code in (
        ({"calendars": {"service_center": NOTICED}}, "not_a_choice"),
        ({"calendars": {"calendar": "CN"}}, "wrong_type"),
        ({"calendars": "CN"}, "wrong_type"),
        ({"limit": -1}, "wrong_type"),
        ({"after": ""}, None),
        ({"actor": "wei"}, "wrong_type"),
    ):
        with pytest.raises(InvalidInput) as refused:
            run(branch, **how)
        assert code is None or refused.value.code == code
    queryless = Bank(ScriptedStore(without=[Capability.QUERY]))
    with pytest.raises(StoreError):
        run(queryless)


def test_a_ticket_on_which_time_is_stuck(branch: Bank) -> None:
    """What was due before cannot be told under this rulebook: the ticket is listed, and waits."""
    (ticket,) = branch.complaints(1)
    known = branch.store.load((ticket.id,))[ticket.id].snapshot
    lost = evolve(ticket, state="nowhere")
    branch.store.commit(
        Batch((Change(ticket.id, 1, Snapshot(lost, head=known.head), (), (), known),))
    )
    branch.now += 2 * DAY
    done = run(branch)
    assert [(each.ticket_id, each.cause.code) for each in done.left] == [
        (ticket.id, "unknown_state")
    ]
    assert branch.get(ticket) == lost


class Broken(BusinessCalendar):
    """A calendar of a host that knows nothing of winter."""

    def due(self, start: datetime, *given: Any, **more: Any) -> Any:
        """It cannot say."""
        if start >= MONDAY:
            raise ZeroDivisionError
        return super().due(start, *given, **more)


def test_whatever_a_host_raises(branch: Bank) -> None:
    """An error of a host's own is the reason of that ticket; the others go on."""
    first, second = branch.complaints(2)
    branch.does(second, (Cancel("by mistake"), INTAKE))
    done = run(branch, calendars={"calendar": Broken("Asia/Shanghai", HOURS, KNOWN)})
    assert done.looked_at == 2
    assert [(each.ticket_id, each.cause.code) for each in done.left] == [(first.id, "time_failed")]


def test_a_call_back_after_closing() -> None:
    """A clock that runs on a closed ticket is reckoned, too."""
    levels = BEFORE.sla
    assert levels is not None
    call_back = Metric(
        name="call_back",
        start=where("category").equals("closed"),
        stop=where("action").equals("log_contact"),
    )
    target = Target("call_back", parse("5 working days"))
    more = evolve(
        levels,
        metrics=(*levels.metrics, call_back),
        policies=(*levels.policies, Policy("after", (target,), order=900)),
    )
    branch = Bank(rulebook=evolve(BEFORE, sla=more))
    ticket = branch.closed()
    before = ticket.clocks["call_back"]
    assert (before.due, before.provisional) == (FIVE, True)
    run(branch)
    assert branch.get(ticket).clocks["call_back"].due == SIX


OFF = st.frozensets(st.dates(date(2027, 1, 1), date(2027, 1, 31)), max_size=12)


@settings(max_examples=25)
@given(OFF, OFF, st.integers(0, 20 * 24))
def test_as_if_it_had_been_known(off: frozenset[date], worked: frozenset[date], hours: int) -> None:
    """Whatever is announced, every clock stands afterwards as one that was started by it; and by
    the estimate once more as it was.
    """
    notice = ListedHolidays.of(
        holidays=sorted(off),
        workdays=sorted(worked - off),
        published_from=ANNOUNCED.published_from,
        published_through=ANNOUNCED.published_through,
    )
    calendar = BusinessCalendar("Asia/Shanghai", HOURS, SuccessiveHolidays([KNOWN, notice]))
    branch, knowing = Bank(), Bank(rulebook=edition(calendar, "knowing"))
    branch.now = knowing.now = MONDAY + timedelta(hours=hours)
    (ticket,), (known,) = branch.complaints(1), knowing.complaints(1)
    run(branch, calendars={"calendar": calendar})
    for name, expected in known.clocks.items():
        found = branch.get(ticket).clocks[name]
        assert (found.due, found.provisional) == (expected.due, expected.provisional)
        assert (found.mark, found.mark_at) == (expected.mark, expected.mark_at)
    assert branch.get(ticket).windows.due == known.windows.due
    run(branch, calendars=None)
    for name, clock in branch.get(ticket).clocks.items():
        first = ticket.clocks[name]
        assert (clock.due, clock.provisional) == (first.due, first.provisional)
        assert (clock.mark, clock.mark_at) == (first.mark, first.mark_at)


def test_other_calendars_stay(branch: Bank) -> None:
    """A calendar by another name is replaced by that name, and only what it counts moves."""
    (ticket,) = branch.complaints(1)
    assert bank().sla is not None
    done = run(branch, calendars={"service_centre": NOTICED})
    assert done.revised == ()
    assert branch.get(ticket).clocks["resolution"].due == FIVE


def test_found_by_its_new_due(branch: Bank) -> None:
    """The ticket's own due instant is that of the clock that leads."""
    levels = BEFORE.sla
    assert levels is not None
    branch.rulebook = evolve(BEFORE, sla=evolve(levels, leading=("resolution",)))
    (ticket,) = branch.complaints(1)
    assert ticket.windows.due == FIVE
    run(branch)
    assert branch.get(ticket).windows.due == SIX
    page = branch.store.find(TicketQuery(order=("due",)))
    assert [each.ticket.windows.due for each in page] == [SIX]
