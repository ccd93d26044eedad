"""A week off: over the National Day break nobody runs the timers; afterwards four workers do."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime, timedelta
from multiprocessing import get_context
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve, frozen

from tests.desk.people import Counting
from workorder.canonical import decode
from workorder.clocks import Clock
from workorder.desk import ServiceDesk
from workorder.rulebook import bank
from workorder.storage import SQLiteStore
from workorder.storage.verifying import verify_store
from workorder.ticket import (
    Accept,
    Command,
    Dispatch,
    Escalated,
    Event,
    Hold,
    InformCustomer,
    MarkReached,
    OpenSubtask,
    Start,
    Ticket,
)
from workorder.workflow import Actor

SHANGHAI = ZoneInfo("Asia/Shanghai")
LEFT = datetime(2026, 9, 30, 18, 0, tzinfo=SHANGHAI)
"""When the timers ran last."""
BACK = datetime(2026, 10, 8, 18, 30, tzinfo=SHANGHAI)
"""When they run again: after seven days of the break, and the first day that is worked."""
HOUR = timedelta(hours=1)
WORKERS = 4

LI = Actor("li.na", "intake", "hotline")
WANG = Actor("wang.fang", "dispatcher", "hotline")
ZHAO = Actor("zhao.min", "handler", "channels")
EVERYTHING = 10_000_000
TYPES = ("complaint", "request", "dispute", "enquiry", "suggestion")

Doing = tuple[Command, Actor]
NOTHING_MORE: tuple[Doing, ...] = ()
ACCEPTED: tuple[Doing, ...] = ((Accept(), LI),)
GIVEN: tuple[Doing, ...] = (*ACCEPTED, (Dispatch("zhao.min", "channels"), WANG))
CALLED: tuple[Doing, ...] = (*GIVEN, (InformCustomer("accepted", "phone"), LI), (Start(), ZHAO))
WAYS: tuple[tuple[Doing, ...], ...] = (
    NOTHING_MORE,
    ACCEPTED,
    GIVEN,
    (*GIVEN, (Start(), ZHAO)),
    CALLED,
    (*CALLED, (Hold("waiting_for_customer", until=LEFT + 40 * HOUR), ZHAO)),
    (*CALLED, (Hold("waiting_for_third_party"), ZHAO)),
    (*CALLED, (OpenSubtask("branch", "What does the camera show?"), ZHAO)),
)
"""How far a ticket came before the break."""


def desk_of(store: SQLiteStore, now: list[datetime]) -> ServiceDesk:
    """A desk whose clock is put forward by hand."""
    return ServiceDesk(store, rulebook=bank(), time=lambda: now[0], new_entropy=Counting())


def filled(path: Path, number: int) -> None:
    """A store with so many open tickets, opened in the three days before the break."""
    now = [LEFT - timedelta(days=3)]
    step = (LEFT - HOUR - now[0]) / number
    with SQLiteStore(path) as store:
        desk = desk_of(store, now)
        for each in range(number):
            now[0] += step
            fields = {"title": "x", "category": "card", "priority": 1 + each % 3}
            ticket = desk.open(
                TYPES[each % len(TYPES)],
                customer=f"C-{each}",
                channel="phone",
                fields=fields,
                actor=LI,
                command_id=f"open-{each}",
            )
            for place, (command, actor) in enumerate(WAYS[each % len(WAYS)]):
                key = f"do-{each}-{place}"
                desk.perform(ticket.id, command, actor=actor, command_id=key)
        now[0] = LEFT
        desk.run_due()
        drained(store)


def drained(store: SQLiteStore) -> list[Mapping[str, Any]]:
    """What was to be told, taken away."""
    found = store.pending(EVERYTHING)
    store.taken([place for place, _ in found])
    return [{"ticket": each.ticket_id, **decode(each.data)} for _, each in found]


def worked(path: Path, size: int) -> Counter[str]:
    """A process of its own, after the break."""
    with SQLiteStore(path, create=False) as store:
        run = desk_of(store, [BACK]).run_due(size=size)
        assert run.lapsed == ()
        assert run.stuck == ()
        return Counter(run.fired)


def by_the_hour(path: Path) -> Counter[str]:
    """The same break with somebody who runs the timers every hour."""
    fired: Counter[str] = Counter()
    with SQLiteStore(path, create=False) as store:
        now = [LEFT]
        desk = desk_of(store, now)
        while now[0] < BACK:
            now[0] = min(now[0] + HOUR, BACK)
            fired += Counter(desk.run_due().fired)
    return fired


@frozen
class Aftermath:
    """What a store says after the break.

    Attributes:
        tickets: every ticket, by its id.
        events: what time did to each, in order.
        told: what was to be told since the break began.
        sound: whether every record is as it was written.
    """

    tickets: Mapping[str, Ticket]
    events: Mapping[str, Sequence[Event]]
    told: Sequence[Mapping[str, Any]]
    sound: bool


def aftermath(path: Path) -> Aftermath:
    """Read a store."""
    with SQLiteStore(path, create=False) as store:
        desk = desk_of(store, [BACK]).unrestricted()
        tickets: dict[str, Ticket] = {}
        mark: str | None = None
        while True:
            page = desk.find(after=mark)
            tickets |= {each.id: each for each in page.tickets}
            mark = page.next
            if mark is None:
                break
        events = {
            name: [
                entry.event for entry in desk.history(name) if entry.event.trace.occurred_at > LEFT
            ]
            for name in tickets
        }
        told = drained(store)
        return Aftermath(tickets, events, told, verify_store(store).sound)


def settled(ticket: Ticket) -> Ticket:
    """*ticket* without what tells when somebody looked: its version counts commits, and a breach
    has an instant at which it was noted.
    """
    clocks = {name: _settled(each) for name, each in ticket.clocks.items()}
    revision = evolve(ticket.revision, version=0)
    return evolve(ticket, revision=revision, clocks=clocks)


def _settled(clock: Clock) -> Clock:
    verdicts = tuple(evolve(each, detected=None) for each in clock.verdicts)
    return evolve(clock, detected=None, verdicts=verdicts)


def marks(aftermath: Aftermath) -> Iterator[tuple[str, MarkReached]]:
    """Every mark that was reached over the break."""
    for name, events in aftermath.events.items():
        for each in events:
            if isinstance(each, MarkReached):
                yield name, each


def off(number: int, folder: Path) -> tuple[Aftermath, Aftermath]:
    """The break with four workers afterwards, and the same by the hour."""
    late, hourly = folder / "late.db", folder / "hourly.db"
    filled(late, number)
    with SQLiteStore(late, create=False):  # closed properly: everything is in the one file
        pass
    hourly.write_bytes(late.read_bytes())
    with ProcessPoolExecutor(WORKERS, mp_context=get_context("spawn")) as pool:
        jobs = [pool.submit(worked, late, size) for size in (7, 20, 50, 200)]
        fired = sum((job.result() for job in jobs), Counter[str]())
    assert fired == by_the_hour(hourly)
    assert fired["reach_mark"] > number
    assert fired["resume"] > 0
    assert fired["mark_overdue"] > 0
    return aftermath(late), aftermath(hourly)


def judged(after: Aftermath, hourly: Aftermath) -> None:
    """What must be true after a week off."""
    assert after.sound
    assert hourly.sound
    found = list(marks(after))
    # Once each: neither a mark nor a timer of any kind acted twice.
    assert set(Counter((n, e.clock, e.cycle, e.mark) for n, e in found).values()) == {1}
    ids = [each.trace.command_id for several in after.events.values() for each in several]
    assert all(each.startswith("time.") for each in ids)
    # At its own instant, whenever it was noted.
    for _, each in found:
        assert each.trace.occurred_at == each.at
        assert each.trace.recorded_at == BACK
    assert any(each.at < LEFT + HOUR for _, each in found)
    assert any(each.at == datetime(2026, 10, 8, 9, 0, tzinfo=SHANGHAI) for _, each in found)
    several = [each for events in after.events.values() for each in events]
    assert any(isinstance(each, Escalated) for each in several)
    # Nobody hears of what is long past; of what is not, they do.
    late_notice = bank().late_notice
    sent = [each["parameters"] for each in after.told if "parameters" in each]
    told = Counter((each["ticket"], each["metric"], each["mark"]) for each in sent)
    fresh = {(n, e.clock, e.mark) for n, e in found if BACK - e.at <= late_notice}
    stale = {(n, e.clock, e.mark) for n, e in found if BACK - e.at > late_notice}
    assert stale
    assert set(told) == fresh
    # And what became of the tickets does not depend on who looked when.
    assert after.tickets.keys() == hourly.tickets.keys()
    for name, ticket in after.tickets.items():
        assert settled(ticket) == settled(hourly.tickets[name])
    for name, events in after.events.items():
        assert [_said(each) for each in events] == [_said(each) for each in hourly.events[name]]


def _said(event: Event) -> tuple[object, ...]:
    return event.kind, event.trace.occurred_at, event.trace.command_id, event.step


def test_a_week_off(tmp_path: Path) -> None:
    """Three hundred open tickets: every mark once, at its own instant, told while it is news."""
    after, hourly = off(300, tmp_path)
    assert len(after.tickets) == 300
    judged(after, hourly)


@pytest.mark.long
def test_a_week_off_of_a_whole_bank(tmp_path: Path) -> None:
    """The same with five thousand."""
    after, hourly = off(5_000, tmp_path)
    assert len(after.tickets) == 5_000
    judged(after, hourly)
