"""Fixed time, names in order, scripted stores: what a host's own tests stand on."""

import asyncio
from datetime import UTC, datetime

import pytest

from workorder import Actor, AsyncServiceDesk, Dispatch, ServiceDesk
from workorder.errors import CommandRefused, InvalidInput, StoreError
from workorder.storage import Capability, Conflict
from workorder.testing.fixed_time import NOON, FixedTime, counted_entropy, counted_ids
from workorder.testing.scripted import AwaitedStore, ScriptedStore

WANG = Actor("wang", "supervisor", "cards")


def test_time_stands_still() -> None:
    """The clock gives one instant until it is moved, forward or back."""
    time = FixedTime()
    assert time() == time() == NOON
    time.pass_by(days=1, minutes=2)
    assert (time() - NOON).total_seconds() == 86_520
    time.set_to(datetime(2020, 1, 1, tzinfo=UTC))
    assert time().year == 2020


def test_time_has_a_zone() -> None:
    """An instant without a zone is no instant."""
    with pytest.raises(InvalidInput, match="at"):
        FixedTime(datetime(2026, 1, 1))
    with pytest.raises(InvalidInput, match="at"):
        FixedTime().set_to(datetime(2026, 1, 1))


def test_two_runs_are_the_same() -> None:
    """With fixed time, counted ids and counted salts, a desk writes the same bytes twice."""

    def run() -> list[bytes]:
        store = ScriptedStore()
        desk = ServiceDesk(
            store, time=FixedTime(), new_id=counted_ids(), new_entropy=counted_entropy()
        )
        ticket = desk.open("complaint", fields={"title": "Card"}, actor=WANG)
        desk.perform(ticket.id, Dispatch(to="li"), actor=WANG)
        return [record.data for record in store.inner.records(ticket.id)]

    assert run() == run()


def test_answers_come_by_the_script() -> None:
    """What the script says is answered, an error is raised, and then everything goes through."""
    busy = StoreError("busy", path="-", seconds=1)
    store = ScriptedStore([busy, Conflict("T1", 3)])
    desk = ServiceDesk(store, time=FixedTime())
    with pytest.raises(StoreError):
        desk.open("complaint", fields={"title": "Card"}, actor=WANG)
    ticket = desk.open("complaint", fields={"title": "Card"}, actor=WANG)
    assert ticket.version == 1
    assert store.names() == ["load", "commit", "load", "commit", "load", "commit"]
    assert desk.history(ticket.id, actor=WANG)
    assert store.names()[-2:] == ["records", "reveal"]
    with pytest.raises(AttributeError):
        store.no_such_method()
    with pytest.raises(AttributeError):
        _ = store._nothing


def test_conflicts_without_end() -> None:
    """A host sees what its users will see when somebody is always first."""
    store = ScriptedStore([Conflict("T1", 3)] * 9, without={Capability.HISTORY}, tenant="bank")
    desk = ServiceDesk(store, time=FixedTime())
    assert Capability.HISTORY not in store.capabilities
    assert store.tenant == "bank"
    with pytest.raises(CommandRefused) as refused:
        desk.open("complaint", fields={"title": "Card"}, actor=WANG)
    assert refused.value.code == "conflict"


def test_the_same_awaited() -> None:
    """Behind an asynchronous desk the same store answers the same."""
    store = ScriptedStore([Conflict("T1", 3)], tenant="bank")
    awaited = AwaitedStore(store)
    desk = AsyncServiceDesk(awaited, time=FixedTime())

    async def run() -> int:
        ticket = await desk.open("complaint", fields={"title": "Card"}, actor=WANG)
        return len(await desk.history(ticket.id, actor=WANG))

    assert asyncio.run(run()) == 1
    assert store.names() == ["load", "commit", "load", "commit", "load", "records", "reveal"]
    assert (awaited.tenant, awaited.capabilities) == ("bank", store.capabilities)
    with pytest.raises(AttributeError):
        _ = awaited._nothing
