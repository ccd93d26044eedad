"""Files of exports: plain or gzip, whole or not at all, and never read beyond a line's limit."""

import gzip
import io
import sys
from pathlib import Path

import pytest

from tests.exchange.transfers import busy, exported, loaded, log_of
from workorder.errors import SourceError
from workorder.exchange import export_store, load_store, opened_lines, opened_output
from workorder.exchange.transfer import files
from workorder.storage import MemoryStore

SOURCE = busy(MemoryStore())
LINES = exported(SOURCE)


@pytest.mark.parametrize("name", ["store.jsonl", "store.jsonl.gz", "STORE.GZ"])
def test_there_and_back(name: str, tmp_path: Path) -> None:
    """What was written is read again, packed or not."""
    path = tmp_path / name
    with opened_output(path) as out:
        report = export_store(SOURCE, out.write)
    assert (path.read_bytes()[:2] == b"\x1f\x8b") is name.lower().endswith(".gz")
    assert [each.name for each in tmp_path.iterdir()] == [name]
    target = MemoryStore()
    with opened_lines(path) as lines:
        assert load_store(lines, target).root == report.root
    assert log_of(target) == log_of(SOURCE)


def test_packed_is_told_by_content(tmp_path: Path) -> None:
    """A packed file under another name is unpacked all the same."""
    path = tmp_path / "store.jsonl"
    path.write_bytes(gzip.compress(b"".join(LINES)))
    with opened_lines(path) as lines:
        assert list(lines) == LINES


def test_the_same_store_gives_the_same_bytes(tmp_path: Path) -> None:
    """A packed export holds no name and no time of its own."""
    for name in ("a.gz", "b.gz"):
        with opened_output(tmp_path / name) as out:
            for line in LINES:
                out.write(line)
    assert (tmp_path / "a.gz").read_bytes() == (tmp_path / "b.gz").read_bytes()


def test_an_export_that_ends_early_leaves_the_old_one(tmp_path: Path) -> None:
    """Only a whole export takes the place of an earlier one; nothing else stays behind."""
    path = tmp_path / "store.jsonl"
    path.write_bytes(b"earlier")

    def broken() -> None:
        with opened_output(path) as out:
            out.write(LINES[0])
            raise KeyError

    with pytest.raises(KeyError):
        broken()
    assert path.read_bytes() == b"earlier"
    assert list(tmp_path.iterdir()) == [path]


class Endless(io.RawIOBase):
    """A line that never ends; it counts what is read of it."""

    taken = 0

    def readable(self) -> bool:
        """It can be read."""
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]  # of any buffer
        """More of it."""
        buffer[:] = b"x" * len(buffer)
        self.taken += len(buffer)
        return len(buffer)


@pytest.mark.parametrize("packed", [False, True])
def test_a_huge_line(packed: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line beyond the limit is refused where the limit is, packed or not."""
    monkeypatch.setattr(files, "LINE_LIMIT", 10_000)
    path = tmp_path / "huge"
    data = LINES[0] + b"x" * 10_000_000
    path.write_bytes(gzip.compress(data) if packed else data)
    with opened_lines(path) as lines, pytest.raises(SourceError) as refused:
        list(lines)
    facts = refused.value.facts
    assert refused.value.code == "too_long"
    assert (facts["file"], facts["line"], facts["limit"]) == (str(path), 2, 10_000)


def test_an_endless_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """What follows the limit is not read at all."""
    monkeypatch.setattr(files, "LINE_LIMIT", 100_000)
    endless = Endless()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(endless)))  # type: ignore[type-var]  # as a pipe is
    with opened_lines("-") as lines, pytest.raises(SourceError) as refused:
        next(lines)
    assert refused.value.code == "too_long"
    assert endless.taken < 200_000


@pytest.mark.parametrize("spoilt", ["cut", "changed"])
def test_a_packed_file_that_is_damaged(spoilt: str, tmp_path: Path) -> None:
    """It ends where the damage is; what stands before the last check by then is brought in."""
    path = tmp_path / "store.gz"
    data = bytearray(gzip.compress(b"".join(LINES)))
    if spoilt == "cut":
        del data[len(data) // 2 :]
    else:
        data[len(data) // 2] ^= 0xFF
    path.write_bytes(data)
    with opened_lines(path) as lines, pytest.raises(SourceError) as refused:
        loaded(lines, MemoryStore())
    assert refused.value.code in {"cut_short", "wrong_line", "bad_record", "wrong_digest"}
    assert refused.value.facts["added"] == 0


def test_standard_streams(monkeypatch: pytest.MonkeyPatch) -> None:
    """A dash is standard output and standard input; packed input is unpacked there too."""
    out = io.TextIOWrapper(io.BytesIO())
    monkeypatch.setattr(sys, "stdout", out)
    with opened_output("-") as stream:
        stream.writelines(LINES)
    written = out.buffer.getvalue()
    assert written == b"".join(LINES)
    for data in (written, gzip.compress(written)):
        stdin = io.TextIOWrapper(io.BufferedReader(io.BytesIO(data)))
        monkeypatch.setattr(sys, "stdin", stdin)
        with opened_lines("-") as lines:
            assert list(lines) == LINES


def test_no_such_place(tmp_path: Path) -> None:
    """A file that cannot be opened is named, with the reason."""
    with pytest.raises(SourceError) as refused, opened_lines(tmp_path / "none"):
        pass
    assert refused.value.code == "unreadable"
    with pytest.raises(SourceError) as refused, opened_output(tmp_path / "none" / "none"):
        pass
    assert refused.value.code == "unwritable"
    with pytest.raises(SourceError) as refused, opened_lines(tmp_path) as lines:
        list(lines)
    assert refused.value.code == "unreadable"
