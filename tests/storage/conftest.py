"""Every check of the contract runs on every store that ships."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.storage.stores import KINDS, opened_store
from workorder.storage import FullStore


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[FullStore]:
    """Each of the stores in turn, new and empty."""
    with opened_store(request.param, tmp_path) as made:
        yield made


@pytest.fixture(params=[kind for kind in KINDS if kind != "memory_without_history"])
def historian(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[FullStore]:
    """Each of the stores that keep history."""
    with opened_store(request.param, tmp_path) as made:
        yield made
