"""The same desk in an asyncio host: many people at once, and a store that is awaited.

`AsyncServiceDesk` makes the same requests as `ServiceDesk`. Here the store pretends to be a
database at the far end of a network, so every request waits, and others get on meanwhile.
Three people write on one ticket at the same instant: who loses the race is decided again.
"""

import asyncio
from collections.abc import Collection, Mapping, Sequence

from workorder import Actor, AsyncServiceDesk, Close, Comment, Dispatch, MemoryStore, Start, Submit
from workorder.storage import Answer, Batch, Capability, Stored
from workorder.ticket import SealedValue, Ticket

WANG = Actor("wang", "supervisor")


class FarAway:
    """An asynchronous store; declares what it offers: the two duties and sealed values."""

    tenant = ""
    capabilities = frozenset({Capability.SEALED})

    def __init__(self) -> None:
        self._kept = MemoryStore(history=False)
        self.waiting = self.most_waiting = self.conflicts = 0

    async def _travel(self) -> None:
        self.waiting += 1
        self.most_waiting = max(self.most_waiting, self.waiting)
        await asyncio.sleep(0.002)
        self.waiting -= 1

    async def load(
        self, ids: Sequence[str], command_ids: Collection[str] = ()
    ) -> Mapping[str, Stored]:
        await self._travel()
        return self._kept.load(ids, command_ids)

    async def commit(self, batch: Batch) -> Answer:
        await self._travel()
        answer = self._kept.commit(batch)
        self.conflicts += type(answer).__name__ == "Conflict"
        return answer

    async def reveal(self, ticket_id: str, refs: Collection[str]) -> Mapping[str, SealedValue]:
        await self._travel()
        return self._kept.reveal(ticket_id, refs)


async def serve(desk: AsyncServiceDesk, customer: str, handler: str) -> Ticket:
    fields = {"title": f"Complaint of {customer}"}
    ticket = await desk.open("complaint", customer=customer, fields=fields, actor=WANG)
    li = Actor(handler, "handler")
    await desk.perform(ticket.id, Dispatch(to=handler), actor=WANG)
    await desk.perform(ticket.id, Start(), actor=li)
    await desk.perform(ticket.id, Submit(resolution="Refunded"), actor=li)
    return await desk.perform(ticket.id, Close(), actor=WANG)


async def main() -> None:
    store = FarAway()
    desk = AsyncServiceDesk(store)

    people = [(f"C-{number}", f"handler-{number % 5}") for number in range(40)]
    tickets = await asyncio.gather(*(serve(desk, *pair) for pair in people))
    closed = sum(ticket.state == "closed" for ticket in tickets)
    print(f"{closed} tickets closed, up to {store.most_waiting} requests at a time")

    ticket = await desk.open("complaint", fields={"title": "Wrong fee"}, actor=WANG)
    team = [Actor(name, "supervisor") for name in ("wang", "zhao", "sun")]
    notes = (desk.perform(ticket.id, Comment(f"seen by {who.id}"), actor=who) for who in team)
    await asyncio.gather(*notes)
    ticket = await desk.get(ticket.id, actor=WANG)
    print(f"{ticket.counts.comments} notes at once: version {ticket.version}, none lost")
    print(f"decided again after {store.conflicts} conflicts")


if __name__ == "__main__":
    asyncio.run(main())
