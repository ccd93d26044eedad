"""Whether what a file tells is what a store holds already."""

from typing import Any

from workorder.exchange.transfer.checking import Said, Told
from workorder.exchange.transfer.receipts import brought_by
from workorder.storage import Capability, Snapshot, TicketStore


def differing(store: TicketStore, told: Told, before: Snapshot) -> Said | None:
    """The first record of a change that *store* holds otherwise; *before* is the ticket there.

    A store without history holds no records. There the head speaks for them, where the change is
    the ticket's last one; an earlier one is proved by the chain that leads to it.
    """
    return _other_record(store, told, before) or _other_mark(store, told)


def _other_record(store: Any, told: Told, before: Snapshot) -> Said | None:
    if Capability.HISTORY in store.capabilities:
        found = store.records(told.ticket_id, told.first - 1, len(told.said))
        for number, said in enumerate(told.said):
            if number >= len(found) or found[number] != said.record:
                return said
        return None
    last = told.said[-1]
    stands = before.ticket.revision.events == told.last
    return last if stands and before.head != last.named.digest else None


def _other_mark(store: TicketStore, told: Told) -> Said | None:
    """An empty digest is one that was erased, here or there."""
    if not told.marks:
        return None
    ids = tuple(each.command_id for each in told.marks)
    there = {each.mark.command_id: each.mark for each in brought_by(store, told.ticket_id, ids)}
    for mark in told.marks:
        found = there.get(mark.command_id)
        if found is None or (found.digest and mark.digest and found.digest != mark.digest):
            return told.said[-1]
    return None
