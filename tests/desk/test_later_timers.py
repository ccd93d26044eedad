"""Timers that a later version set: skipped and reported, and in nobody's way."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import attrs
import pytest

from tests.by_limits import by_limits
from workorder.desk import ServiceDesk
from workorder.storage import Batch, Change, MemoryStore, Snapshot, SQLiteStore
from workorder.storage.protocols import FullStore
from workorder.ticket import Accept, Hold, Ticket, Timer
from workorder.workflow import Actor

LI = Actor("li", "intake")
START = datetime(2026, 9, 30, 4, tzinfo=UTC)


@pytest.fixture(params=["memory", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> FullStore:
    """Either store that ships."""
    return MemoryStore() if request.param == "memory" else SQLiteStore(tmp_path / "tickets.db")


def on_hold(desk: ServiceDesk) -> Ticket:
    """A ticket that time resumes."""
    fields = {"title": "Card", "category": "atm"}
    ticket = desk.open("complaint", customer="C-1", channel="phone", fields=fields, actor=LI)
    desk.perform(ticket.id, Accept(), actor=LI)
    return desk.perform(ticket.id, Hold("waiting_for_customer"), actor=LI)


def test_a_timer_of_a_later_version_is_reported_and_holds_up_nobody(store: FullStore) -> None:
    """Its ticket is left as it stands; time goes on for all others."""
    now = [START]
    desk = ServiceDesk(store, rulebook=by_limits(), time=lambda: now[0])
    odd, plain = on_hold(desk), on_hold(desk)
    later = attrs.evolve(
        odd,
        revision=attrs.evolve(odd.revision, version=odd.version + 1),
        timers=(Timer("time.3.remind", START, "remind"), *odd.timers),
    )
    store.commit(Batch((Change(odd.id, odd.version, Snapshot(later), (), (), Snapshot(odd)),)))
    now[0] += timedelta(days=60)
    run = desk.run_due()
    assert (run.fired, [each.ticket_id for each in run.stuck]) == ({"resume": 1}, [odd.id])
    assert desk.get(plain.id, actor=LI).state == "accepted"
    assert desk.get(odd.id, actor=LI) == later
