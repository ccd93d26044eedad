"""Random histories by hypothesis: right stores pass, and a wrong one is told by few calls."""

import pytest
from attrs import evolve

from workorder.storage import Answer, Batch, MemoryStore
from workorder.testing.machine import look_for_a_difference, store_machine
from workorder.testing.trial import Broken

TestMemoryStore = store_machine(MemoryStore).TestCase


class LosesMessages(MemoryStore):
    """Keeps the first message of a batch only."""

    def commit(self, batch: Batch) -> Answer:
        """All the rest of it."""
        return super().commit(evolve(batch, outbox=batch.outbox[:1]))


def test_a_difference_is_found() -> None:
    """A store that parts ways with the reference is found out."""
    with pytest.raises(Broken, match="beside the reference"):
        look_for_a_difference(LosesMessages)
