"""A store that answers by a script and takes down what it is asked."""

import asyncio
from collections import deque
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from workorder.storage import Answer, Batch, Capability, MemoryStore, Stored

Asked = list[tuple[str, tuple[Any, ...]]]
"""Methods with their arguments, in the order in which they were called."""


class ScriptedStore:
    """A memory store behind a script: how a host's code meets conflicts, repeats and taken
    capacity without having to bring them about.

    Args:
        answers: what the next commits are answered; ``None`` lets one through, and so are all
            after the last one. An exception is raised.
        without: capabilities that it does not declare.
        tenant: whose tickets these are.

    Attributes:
        asked: what it was asked so far.
        script: the answers that are still to come; a test may add to them.
        inner: the store behind it.

    >>> from workorder import Actor, ServiceDesk
    >>> from workorder.storage import Conflict
    >>> store = ScriptedStore([None, Conflict("T1", 5)])
    >>> desk = ServiceDesk(store)
    >>> ticket = desk.open("enquiry", fields={"title": "?"}, actor=Actor("li", "handler"))
    >>> store.names()
    ['load', 'commit']
    """

    def __init__(
        self,
        answers: Iterable[Answer | Exception | None] = (),
        *,
        without: Collection[Capability] = (),
        tenant: str = "",
    ) -> None:
        self.inner = MemoryStore(tenant)
        self.asked: Asked = []
        self.script: deque[Answer | Exception | None] = deque(answers)
        self._capabilities = frozenset(set(Capability) - set(without))

    @property
    def tenant(self) -> str:
        """Whose tickets these are."""
        return self.inner.tenant

    @property
    def capabilities(self) -> Collection[Capability]:
        """What it declares."""
        return self._capabilities

    def load(self, ids: Sequence[str], command_ids: Collection[str] = ()) -> Mapping[str, Stored]:
        """See :meth:`workorder.storage.TicketStore.load`."""
        self.asked.append(("load", (tuple(ids), tuple(command_ids))))
        return self.inner.load(ids, command_ids)

    def commit(self, batch: Batch) -> Answer:
        """Answer by the script, or write."""
        self.asked.append(("commit", (batch,)))
        answer = self.script.popleft() if self.script else None
        if isinstance(answer, Exception):
            raise answer
        return self.inner.commit(batch) if answer is None else answer

    def names(self) -> list[str]:
        """What was asked, without the particulars."""
        return [name for name, _ in self.asked]

    def __getattr__(self, name: str) -> Callable[..., Any]:
        """Every other method of a store, taken down like these."""
        if name.startswith("_") or name == "inner":
            raise AttributeError(name)
        method = getattr(self.inner, name)

        def taken_down(*given: Any, **named: Any) -> Any:
            self.asked.append((name, (*given, *named.values())))
            return method(*given, **named)

        return taken_down


class AwaitedStore:
    """A synchronous store as an asynchronous one: every answer comes after a pause, in which other
    tasks have their turn.

    Args:
        inner: the store behind it.
    """

    def __init__(self, inner: Any) -> None:
        self.inner = inner

    @property
    def tenant(self) -> str:
        """Whose tickets these are."""
        tenant: str = self.inner.tenant
        return tenant

    @property
    def capabilities(self) -> Collection[Capability]:
        """What the store behind it declares."""
        capabilities: Collection[Capability] = self.inner.capabilities
        return capabilities

    async def load(
        self, ids: Sequence[str], command_ids: Collection[str] = ()
    ) -> Mapping[str, Stored]:
        """See :meth:`workorder.storage.TicketStore.load`."""
        await asyncio.sleep(0)
        found: Mapping[str, Stored] = self.inner.load(ids, command_ids)
        return found

    async def commit(self, batch: Batch) -> Answer:
        """See :meth:`workorder.storage.TicketStore.commit`."""
        await asyncio.sleep(0)
        answer: Answer = self.inner.commit(batch)
        await asyncio.sleep(0)
        return answer

    def __getattr__(self, name: str) -> Callable[..., Any]:
        """Every other method of a store, as a coroutine."""
        if name.startswith("_") or name == "inner":
            raise AttributeError(name)
        method = getattr(self.inner, name)

        async def awaited(*given: Any, **named: Any) -> Any:
            await asyncio.sleep(0)
            return method(*given, **named)

        return awaited
