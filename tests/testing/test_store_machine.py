"""Random histories by hypothesis: right stores pass, and a wrong one is told by few calls."""

from collections.abc import Collection, Mapping, Sequence

import pytest

from workorder.storage import MemoryStore, Stored
from workorder.testing.machine import look_for_a_difference, store_machine
from workorder.testing.trial import Broken

TestMemoryStore = store_machine(MemoryStore).TestCase


class GivesOldReceipts(MemoryStore):
    """Gives the receipts of any ticket."""

    def load(self, ids: Sequence[str], command_ids: Collection[str] = ()) -> Mapping[str, Stored]:
        """With receipts of others where there is none."""
        found = dict(super().load(ids, command_ids))
        for name in command_ids:
            for known in self._receipts.values():
                for ticket_id, stored in found.items():
                    if name in known and name not in stored.receipts:
                        receipts = {**stored.receipts, name: known[name]}
                        found[ticket_id] = Stored(stored.snapshot, receipts)
        return found


def test_a_difference_is_found() -> None:
    """A store that parts ways with the reference is found out."""
    with pytest.raises(Broken, match="beside the reference"):
        look_for_a_difference(GivesOldReceipts)
