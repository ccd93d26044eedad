"""Where an export goes: pipes, two exports at once, standard output that is full."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import IO

import pytest

from tests.exchange.transfers import busy, exported
from workorder.errors import SourceError
from workorder.exchange.transfer import opened_lines, opened_output
from workorder.storage import MemoryStore

LINES = exported(busy(MemoryStore()))


@pytest.fixture
def full() -> Iterator[IO[str]]:
    """A file as standard output whose other end nobody reads any more."""
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "w") as stream:
        yield stream


def test_a_named_pipe_stays_one(tmp_path: Path) -> None:
    """A pipe is written to, and not replaced by a file."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    found: list[bytes] = []
    reader = Thread(target=lambda: found.append(pipe.read_bytes()), daemon=True)
    reader.start()
    with opened_output(pipe) as out:
        out.writelines(LINES)
    assert pipe.is_fifo()
    reader.join(10)
    assert b"".join(found) == b"".join(LINES)
    assert list(tmp_path.iterdir()) == [pipe]


def test_two_exports_to_one_place(tmp_path: Path) -> None:
    """Each writes a file of its own: the one that ends last stands, whole."""
    path = tmp_path / "store.jsonl"
    found: list[bytes] = []

    def other() -> None:
        with opened_output(path) as out:
            out.write(b"other")
        found.append(path.read_bytes())

    with opened_output(path) as out:
        out.writelines(LINES)
        thread = Thread(target=other)
        thread.start()
        thread.join(10)
    assert found == [b"other"]
    with opened_lines(path) as lines:
        assert list(lines) == LINES
    assert list(tmp_path.iterdir()) == [path]


def test_standard_output_that_nobody_takes(full: IO[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """An export that did not arrive is an error, and nothing complains when the process ends."""
    monkeypatch.setattr(sys, "stdout", full)
    with pytest.raises(SourceError) as refused, opened_output("-") as out:
        out.writelines(LINES)
    assert refused.value.code == "unwritable"
    full.flush()


@pytest.mark.parametrize("name", ["a\0b", "a\ud800b"])
def test_a_name_that_cannot_be(name: str, tmp_path: Path) -> None:
    """A name no file may have is said, and nothing is left behind."""
    with pytest.raises(SourceError) as refused, opened_output(tmp_path / name):
        pass
    assert refused.value.code == "unwritable"
    assert list(tmp_path.iterdir()) == []
