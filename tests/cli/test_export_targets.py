"""``workorder export`` and ``workorder load``: what must not be written over, or left behind."""

import io
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.mark.parametrize("suffix", ["", "-wal", "-shm", "-journal"])
def test_the_store_itself_is_no_place_to_export_to(
    suffix: str, shop: Path, tmp_path: Path, run: Run
) -> None:
    """An export would take the store's place, and be cut off from what it was made of."""
    link = tmp_path / "link.jsonl"
    target = Path(f"{shop}{suffix}")
    link.symlink_to(target)
    for file in (target, link):
        ran = run("export", shop, file)
        assert (ran.code, ran.out) == (3, "")
        assert "file" in ran.err
    assert run("verify", shop, "--quiet").code == 0


def test_another_tenants_export_leaves_no_store_behind(
    shop: Path, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor does standard input that is no export: a store belongs to its tenant for good."""
    file, copy = tmp_path / "shop.jsonl", tmp_path / "copy.db"
    assert run("export", shop, file, "--quiet").code == 0
    assert run("load", file, copy, "--tenant", "nrth").code == 4
    stdin = io.TextIOWrapper(io.BufferedReader(io.BytesIO(b"")))
    monkeypatch.setattr(sys, "stdin", stdin)
    assert run("load", "-", copy).code == 3
    assert not copy.exists()
    assert run("load", file, copy, "--quiet").code == 0


def test_a_packed_file_cut_in_its_first_bytes(tmp_path: Path, run: Run) -> None:
    """How many records were brought in is said even where nothing was read: none."""
    file = tmp_path / "cut.gz"
    file.write_bytes(b"\x1f\x8b\x08\x00\x00")
    ran = run("load", file, tmp_path / "copy.db")
    assert ran.code == 3
    assert "after line 0; 0 records" in ran.err
