"""Stores that write down what they are asked, or that answer by a script."""

import asyncio
from collections import deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from workorder.storage import Answer, Batch, Capability, MemoryStore, Stored, TicketQuery

Asked = list[tuple[str, object]]


class Scripted:
    """A memory store behind a script.

    Args:
        answers: what the next commits are answered; afterwards they go through. ``None`` lets
            one go through.
        without: capabilities it does not declare.
    """

    def __init__(
        self, answers: Iterable[Answer | None] = (), without: Collection[Capability] = ()
    ) -> None:
        self.inner = MemoryStore()
        self.script = deque(answers)
        self.asked: Asked = []
        self.capabilities = frozenset(set(Capability) - set(without))
        self.tenant = ""

    def load(self, ids: Sequence[str], command_ids: Collection[str] = ()) -> Mapping[str, Stored]:
        """Load."""
        self.asked.append(("load", (tuple(ids), tuple(command_ids))))
        return self.inner.load(ids, command_ids)

    def commit(self, batch: Batch) -> Answer:
        """Answer by the script, or write."""
        self.asked.append(("commit", batch))
        answer = self.script.popleft() if self.script else None
        return self.inner.commit(batch) if answer is None else answer

    def find(self, query: TicketQuery) -> Any:
        """Find."""
        self.asked.append(("find", query))
        return self.inner.find(query)

    def records(self, ticket_id: str, after: int = 0, limit: int | None = None) -> Any:
        """Records."""
        self.asked.append(("records", (ticket_id, after, limit)))
        return self.inner.records(ticket_id, after, limit)

    def reveal(self, ticket_id: str, refs: Collection[str]) -> Any:
        """Sealed values."""
        self.asked.append(("reveal", (ticket_id, frozenset(refs))))
        return self.inner.reveal(ticket_id, refs)

    def names(self) -> list[str]:
        """What was asked, without the particulars."""
        return [name for name, _ in self.asked]


class Awaited:
    """The same store, awaited; every answer comes after a pause."""

    def __init__(self, inner: Scripted) -> None:
        self.inner = inner
        self.capabilities = inner.capabilities
        self.tenant = inner.tenant

    async def load(
        self, ids: Sequence[str], command_ids: Collection[str] = ()
    ) -> Mapping[str, Stored]:
        """Load."""
        await asyncio.sleep(0)
        return self.inner.load(ids, command_ids)

    async def commit(self, batch: Batch) -> Answer:
        """Answer by the script, or write."""
        await asyncio.sleep(0)
        answer = self.inner.commit(batch)
        await asyncio.sleep(0)
        return answer

    async def find(self, query: TicketQuery) -> Any:
        """Find."""
        await asyncio.sleep(0)
        return self.inner.find(query)

    async def records(self, ticket_id: str, after: int = 0, limit: int | None = None) -> Any:
        """Records."""
        await asyncio.sleep(0)
        return self.inner.records(ticket_id, after, limit)

    async def reveal(self, ticket_id: str, refs: Collection[str]) -> Any:
        """Sealed values."""
        await asyncio.sleep(0)
        return self.inner.reveal(ticket_id, refs)
