"""What tests of figures share."""

import pytest

from workorder.storage import FullStore, MemoryStore


@pytest.fixture
def memory() -> FullStore:
    """An empty store in memory."""
    return MemoryStore()
