"""The tickets that were written last, so that they need not be read back."""

from collections import OrderedDict
from collections.abc import Collection, Mapping

from workorder.storage import Snapshot, TicketStore

KEPT = 2_000
"""Tickets that are remembered."""


class Recent:
    """Tickets as they stand in a store; those that were written last are known without asking.

    Args:
        store: where they are.
    """

    def __init__(self, store: TicketStore) -> None:
        self._store = store
        self._known: OrderedDict[str, Snapshot] = OrderedDict()

    def standing(self, ids: Collection[str]) -> Mapping[str, Snapshot]:
        """Those of *ids* that there are."""
        asked = tuple(each for each in ids if each not in self._known)
        found = {name: each.snapshot for name, each in self._store.load(asked).items()}
        for name in ids:
            known = self._known.get(name)
            if known is not None:
                found[name] = known
        return found

    def stands(self, ticket_id: str, snapshot: Snapshot) -> None:
        """Remember a ticket that was written."""
        self._known[ticket_id] = snapshot
        self._known.move_to_end(ticket_id)
        if len(self._known) > KEPT:
            self._known.popitem(last=False)

    def forget(self) -> None:
        """Ask again for all of them: others have written."""
        self._known.clear()
