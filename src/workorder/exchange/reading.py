"""Reading rows of a CSV file, plain or gzip, and saying exactly where it cannot be read."""

import csv
import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Protocol

from attrs import frozen

from workorder.errors import SourceError

_GZIP = b"\x1f\x8b"


class _Reader(Protocol):
    """What ``csv.reader`` gives."""

    line_num: int

    def __iter__(self) -> Iterator[list[str]]: ...

    def __next__(self) -> list[str]: ...


@frozen
class Row:
    """One row: the line it ends on (the header is line 1), and its cells."""

    line: int
    cells: list[str]


@contextmanager
def opened_rows(
    path: str | Path, needed: tuple[str, ...], encoding: str, delimiter: str
) -> Iterator[tuple[list[str], Iterator[Row]]]:
    """The header of a file and its rows, read as they are asked for.

    Args:
        path: the file; gzip is recognised by its content.
        needed: columns that must be there.
        encoding: its encoding.
        delimiter: what stands between cells.

    Raises:
        SourceError: ``unreadable``, ``empty``, ``missing_columns``, ``repeated_columns``,
            and while reading ``wrong_width``, ``wrong_encoding``, ``truncated``,
            ``wrong_value``; each names the file, and the line where there is one.
    """
    file = str(path)
    with _opened(path) as stream:
        lines = _Lines(stream, file, encoding)
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        header = next(_cells(reader, file), None)
        if header is None or not any(header.cells):
            raise SourceError("empty", file=file)
        _check_header(header.cells, needed, file)
        yield header.cells, _rows(reader, len(header.cells), file)


def _rows(reader: _Reader, width: int, file: str) -> Iterator[Row]:
    for row in _cells(reader, file):
        if not row.cells:
            continue
        if len(row.cells) != width:
            raise SourceError(
                "wrong_width", file=file, line=row.line, found=len(row.cells), expected=width
            )
        yield row


def _cells(reader: _Reader, file: str) -> Iterator[Row]:
    try:
        for cells in reader:
            yield Row(reader.line_num, cells)
    except csv.Error as error:
        raise SourceError(
            "wrong_value", file=file, line=reader.line_num, column="-", reason=str(error)
        ) from error


def _check_header(header: list[str], needed: tuple[str, ...], file: str) -> None:
    missing = tuple(name for name in needed if name not in header)
    if missing:
        raise SourceError("missing_columns", file=file, missing=missing, found=tuple(header))
    repeated = tuple(dict.fromkeys(name for name in needed if header.count(name) > 1))
    if repeated:
        raise SourceError("repeated_columns", file=file, repeated=repeated)


class _Lines:
    """Decoded lines of a stream; knows which one it is at."""

    def __init__(self, stream: IO[bytes], file: str, encoding: str) -> None:
        self._stream = stream
        self._file = file
        self._encoding = encoding
        self._line = 0

    def __iter__(self) -> Iterator[str]:
        encoding = self._encoding
        plain = encoding.lower().replace("_", "-") in {"utf-8", "utf8"}
        try:
            for raw in self._stream:
                self._line += 1
                first = self._line == 1 and plain
                yield raw.decode("utf-8-sig" if first else encoding)
        except UnicodeDecodeError as error:
            raise SourceError(
                "wrong_encoding",
                file=self._file,
                line=self._line,
                encoding=encoding,
                reason=error.reason,
            ) from error
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            raise SourceError("truncated", file=self._file, line=self._line) from error
        except OSError as error:
            reason = error.strerror or str(error)
            raise SourceError("unreadable", file=self._file, reason=reason) from error


@contextmanager
def _opened(path: str | Path) -> Iterator[IO[bytes]]:
    try:
        stream = Path(path).open("rb")  # noqa: SIM115 (closed below; only opening is judged here)
        packed = stream.read(2) == _GZIP
        stream.seek(0)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise SourceError("unreadable", file=str(path), reason=reason) from error
    with stream:
        if packed:
            with gzip.open(stream, "rb") as unpacked:
                yield unpacked  # type: ignore[misc]  # a file of bytes by another name
        else:
            yield stream
