"""The two stores that ship, filled with the same three tickets."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.storage.verifying.vaults import MemoryVault, SQLiteVault, Vault


@pytest.fixture
def file(tmp_path: Path) -> Iterator[SQLiteVault]:
    """In a file."""
    made = SQLiteVault(tmp_path / "vault.db")
    with made.file:
        yield made


@pytest.fixture(params=["memory", "sqlite"])
def vault(request: pytest.FixtureRequest) -> Vault:
    """Each of the two in turn."""
    if request.param == "memory":
        return MemoryVault()
    found: Vault = request.getfixturevalue("file")
    return found
