"""The asynchronous desk: on synchronous stores by a thread, on asynchronous ones by waiting."""

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.desk.people import CHEN, FIELDS, LI, ZHAO, Counting, Ticking, a_life, a_life_awaited
from tests.storage.stores import KINDS, opened_store
from workorder.desk import AsyncServiceDesk, ServiceDesk
from workorder.errors import CommandRefused, InvalidInput
from workorder.kernel import replay
from workorder.storage import Answer, Batch, Codec, MemoryStore
from workorder.testing import AwaitedStore, ScriptedStore
from workorder.ticket import Comment


@pytest.fixture(params=[*KINDS, "awaited"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Any]:
    """Each of the synchronous stores, and an asynchronous one."""
    if request.param == "awaited":
        yield AwaitedStore(ScriptedStore())
    else:
        with opened_store(request.param, tmp_path) as made:
            yield made


def test_the_same_life(store: Any) -> None:
    """A ticket lives the same life at an asynchronous desk, on whatever store."""
    awaited = AsyncServiceDesk(store, time=Ticking(), new_entropy=Counting())
    plain = ServiceDesk(time=Ticking(), new_entropy=Counting())
    ticket = asyncio.run(a_life_awaited(awaited))
    assert ticket == a_life(plain)

    async def reads() -> None:
        assert await awaited.get(ticket.id, actor=LI) == ticket
        assert await awaited.options(ticket.id, actor=LI) == plain.options(ticket.id, actor=LI)
        assert (await awaited.explain(ticket.id, actor=LI)).options == plain.explain(
            ticket.id, actor=LI
        ).options
        assert await awaited.find(actor=LI) == plain.find(actor=LI)
        assert await awaited.unrestricted().find() == plain.unrestricted().find()
        assert await awaited.unrestricted().get(ticket.id) == ticket
        if "history" in store.capabilities:
            told = await awaited.history(ticket.id, actor=LI)
            assert told == plain.history(ticket.id, actor=LI)
            assert await awaited.unrestricted().history(ticket.id) == told
        with pytest.raises(CommandRefused):
            await awaited.get(ticket.id, actor=ZHAO)
        again = await awaited.execute(
            ticket.id, Comment("已联系客户 💳"), actor=LI, command_id="open-1/4"
        )
        assert again.repeated
        with pytest.raises(InvalidInput):
            await awaited.perform(ticket.id, Comment("x"), actor=LI, command_id="")

    asyncio.run(reads())
    assert awaited.store is store
    assert awaited.searchable() == plain.searchable()
    assert awaited.rulebook is plain.rulebook


def test_a_desk_needs_nothing() -> None:
    """With no arguments there is a store in memory, as for the synchronous desk."""

    async def story() -> int:
        desk = AsyncServiceDesk()
        ticket = await desk.open("complaint", fields=FIELDS, actor=LI)
        return (await desk.perform(ticket.id, Comment("x"), actor=LI)).version

    assert asyncio.run(story()) == 2


def test_many_tasks_at_once(store: Any) -> None:
    """Fifty tasks on one ticket: every note is carried out once, each with a version of its own."""
    desk = AsyncServiceDesk(store)

    async def story() -> tuple[list[int], int]:
        ticket = await desk.open("complaint", fields=FIELDS, department="cards", actor=LI)

        async def note(number: int) -> int:
            while True:
                try:
                    done = await desk.execute(
                        ticket.id,
                        Comment(f"{number}"),
                        actor=LI,
                        command_id=f"n{number % 25}-{number}",
                    )
                except CommandRefused as refused:
                    if refused.code != "conflict":
                        raise
                else:
                    return done.version

        versions = await asyncio.gather(*(note(number) for number in range(50)))
        return versions, (await desk.get(ticket.id, actor=LI)).version

    versions, last = asyncio.run(story())
    assert sorted(versions) == list(range(2, 52))
    assert last == 51


class Threads(MemoryStore):
    """A synchronous store that notes in which threads it is called, and can be held up."""

    def __init__(self) -> None:
        super().__init__()
        self.called: set[int] = set()
        self.entered = threading.Event()
        self.go = threading.Event()
        self.go.set()

    def commit(self, batch: Batch) -> Answer:
        """Commit, when it may."""
        self.called.add(threading.get_ident())
        self.entered.set()
        assert self.go.wait(10)
        return super().commit(batch)


def test_a_synchronous_store_never_holds_up_the_loop() -> None:
    """While a commit waits in its thread, other tasks go on."""
    store = Threads()
    desk = AsyncServiceDesk(store)

    async def story() -> list[str]:
        ticket = await desk.open("complaint", fields=FIELDS, actor=LI)
        store.entered.clear()
        store.go.clear()
        order = []

        async def slow() -> None:
            await desk.perform(ticket.id, Comment("x"), actor=CHEN)
            order.append("commit")

        async def quick() -> None:
            assert await asyncio.to_thread(store.entered.wait, 10)
            order.append("other")
            store.go.set()

        await asyncio.gather(slow(), quick())
        return order

    assert asyncio.run(story()) == ["other", "commit"]
    assert threading.get_ident() not in store.called


def test_cancelled_in_a_thread_the_commit_is_whole() -> None:
    """A task cancelled while its commit runs in a thread: the commit is whole, and a repeat
    gets its answer.
    """
    store = Threads()
    desk = AsyncServiceDesk(store)

    async def story() -> None:
        ticket = await desk.open("complaint", fields=FIELDS, actor=LI)
        store.entered.clear()
        store.go.clear()
        task = asyncio.create_task(
            desk.perform(ticket.id, Comment("x"), actor=CHEN, command_id="k")
        )
        assert await asyncio.to_thread(store.entered.wait, 10)
        task.cancel()
        store.go.set()
        with pytest.raises(asyncio.CancelledError):
            await task
        again = await desk.execute(ticket.id, Comment("x"), actor=CHEN, command_id="k")
        assert again.version == 2
        assert again.ticket.counts.comments == 1
        assert len(store.records(ticket.id)) == 2

    asyncio.run(story())


@pytest.mark.parametrize("pauses", range(8))
def test_cancelled_anywhere_it_is_whole_or_nothing(pauses: int) -> None:
    """A task on an asynchronous store, cancelled after any number of pauses: its command is
    there with all it brings, or not at all; the same command sent again is carried out once.
    """
    inner = ScriptedStore()
    desk = AsyncServiceDesk(AwaitedStore(inner))

    async def story() -> None:
        ticket = await desk.open("complaint", fields=FIELDS, actor=LI)
        task = asyncio.create_task(
            desk.perform(ticket.id, Comment("x"), actor=CHEN, command_id="k")
        )
        for _ in range(pauses):
            await asyncio.sleep(0)
        cancelled = task.cancel()
        outcome = (await asyncio.gather(task, return_exceptions=True))[0]
        assert isinstance(outcome, asyncio.CancelledError) == cancelled
        found = inner.inner.load((ticket.id,), ("k",))[ticket.id]
        records = inner.inner.records(ticket.id)
        kept = inner.inner.reveal(ticket.id, ["2.text"])
        there = found.snapshot.ticket.version == 2
        assert (len(records), len(found.receipts), len(kept)) == ((2, 1, 1) if there else (1, 0, 0))
        assert replay(ticket.id, map(Codec().decode, records)) == found.snapshot.ticket
        again = await desk.execute(ticket.id, Comment("x"), actor=CHEN, command_id="k")
        assert (again.version, again.repeated) == (2, there)

    asyncio.run(story())
