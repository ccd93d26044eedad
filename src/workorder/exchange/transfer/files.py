"""Files of exports: plain or gzip, read line by line and never beyond the limit of a line."""

import gzip
import os
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import get_ident
from typing import IO, Any

from workorder.errors import SourceError
from workorder.exchange.transfer.lines import LINE_LIMIT

STANDARD = "-"
"""Instead of a path: standard input, standard output."""

_GZIP = b"\x1f\x8b"
_LEVEL = 6


@contextmanager
def opened_lines(path: str | Path) -> Iterator[Iterator[bytes]]:
    """The lines of a file, read as they are asked for.

    Args:
        path: the file, plain or gzip, which its first bytes tell; ``-`` for standard input.

    Raises:
        SourceError: ``unreadable``; while reading ``too_long`` for a line beyond
            :data:`LINE_LIMIT`, which is not read to its end, and ``cut_short`` for a compressed
            file that is damaged or ends too early.
    """
    file = str(path)
    if file == STANDARD:
        stream: Any = sys.stdin.buffer  # which can be looked into
        packed = bytes(stream.peek(2)[:2]) == _GZIP
        yield _lines(gzip.GzipFile(fileobj=stream) if packed else stream, file)
        return
    try:
        opened = Path(path).open("rb")  # noqa: SIM115 (closed below; only opening is judged here)
        packed = opened.read(2) == _GZIP
        opened.seek(0)
    except (OSError, ValueError) as error:
        raise _unreadable(file, error) from error
    with opened:
        if packed:
            with gzip.open(opened, "rb") as unpacked:
                yield _lines(unpacked, file)
        else:
            yield _lines(opened, file)


def _lines(stream: IO[bytes] | gzip.GzipFile, file: str) -> Iterator[bytes]:
    number = 0
    try:
        while line := stream.readline(LINE_LIMIT + 1):
            number += 1
            if len(line) > LINE_LIMIT:
                raise SourceError("too_long", file=file, line=number, limit=LINE_LIMIT, added=0)
            yield line
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise SourceError("cut_short", file=file, line=number, added=0) from error
    except OSError as error:
        raise _unreadable(file, error) from error


@contextmanager
def opened_output(path: str | Path) -> Iterator[IO[bytes]]:
    """A file to export to. It takes the place of an earlier one only when it is whole; a pipe or a
    device is written to as it stands.

    Args:
        path: the file; packed with gzip if its name ends in ``.gz``; ``-`` for standard output.

    Raises:
        SourceError: ``unwritable``; also when whoever reads a pipe stops reading.
    """
    file = str(path)
    try:
        if file == STANDARD:
            yield sys.stdout.buffer
            sys.stdout.buffer.flush()
        elif _is_special(Path(path)):
            with _opened(Path(path)) as stream:
                yield from _packing(stream, file)
        else:
            yield from _replacing(Path(path))
    except OSError as error:
        if file == STANDARD:
            _give_up_standard_output()
        raise _unwritable(file, error) from error


def _is_special(path: Path) -> bool:
    """Whether *path* is there and no regular file: replaced, a device would be gone."""
    return path.exists() and not path.is_file()


def _replacing(target: Path) -> Iterator[IO[bytes]]:
    # Named after who writes: of two exports to one place, the one that ends last stands.
    part = target.with_name(f"{target.name}.{os.getpid()}-{get_ident()}.part")
    stream = _opened(part)
    try:
        with stream:
            yield from _packing(stream, target.name)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _opened(path: Path) -> IO[bytes]:
    try:
        return path.open("wb")
    except ValueError as error:  # a null character, or half of one, in its name
        raise OSError(str(error)) from error


def _packing(stream: IO[bytes], file: str) -> Iterator[IO[bytes]]:
    if Path(file).suffix.lower() == ".gz":
        with gzip.GzipFile("", "wb", _LEVEL, stream, 0) as packed:
            yield packed  # type: ignore[misc]  # a file of bytes by another name
    else:
        yield stream


def _give_up_standard_output() -> None:
    """What is left in the buffer would fail once more, with a complaint, when the process ends."""
    with suppress(OSError):  # standard output may be no file here
        null = os.open(os.devnull, os.O_WRONLY)
        try:
            os.dup2(null, sys.stdout.fileno())
        finally:
            os.close(null)


def _unreadable(file: str, error: Exception) -> SourceError:
    return SourceError("unreadable", file=file, reason=_reason(error))


def _unwritable(file: str, error: Exception) -> SourceError:
    return SourceError("unwritable", file=file, reason=_reason(error))


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)
