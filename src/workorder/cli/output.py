"""Showing things: JSON, tables, and how far long work is."""

import argparse
import codecs
import io
import json
import sys
import time
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from workorder.texts import ENGLISH, LANGUAGES, is_chinese


def shared() -> argparse.ArgumentParser:
    """The options every command has."""
    made = argparse.ArgumentParser(add_help=False)
    made.add_argument("--json", action="store_true", help="plain data for programs")
    made.add_argument("--lang", choices=LANGUAGES, default=ENGLISH, help="language")
    return made


_PLAIN = {"\u2713": "+", "\u2717": "-", "\u25b8": ">", "\u2192": "->"}


def _in_plain(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lost = error.object[error.start : error.end]
    return "".join(_PLAIN.get(each, "?") for each in lost), error.end


def speak_plainly() -> None:
    """What a terminal or file cannot show is written in plain signs, instead of an error."""
    codecs.register_error("workorder.plain", _in_plain)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="workorder.plain")


def print_json(data: Any) -> None:
    """One JSON object; in ASCII where standard output cannot hold what it says."""
    text = json.dumps(data, ensure_ascii=False, indent=2, default=str)
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        text = json.dumps(data, indent=2, default=str)
    print(text)


def write_file(path: Path, text: str, option: str) -> None:
    """Write the file that *option* asked for.

    Raises:
        InvalidInput: ``wrong_type`` when it cannot be written.
    """
    from workorder.errors import InvalidInput

    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InvalidInput(
            "wrong_type", name=option, expected="a file that can be written", found=str(error)
        ) from None


def show_or_write(text: str, rulebook: Any, arguments: argparse.Namespace, **facts: object) -> None:
    """What was made from a rulebook: shown, or written where ``--out`` says."""
    out: Path | None = arguments.out
    if out is not None:
        write_file(out, text, "--out")
    if arguments.json:
        made_from = {each: getattr(rulebook, each) for each in ("name", "version", "digest")}
        shown = {"text": text} if out is None else {"out": str(out)}
        print_json({"rulebook": made_from, **facts, **shown})
    elif out is None:
        print(text, end="" if text.endswith("\n") else "\n")
    else:
        colon = say(arguments.lang, ": ", "：")
        print(f"{out}{colon}{rulebook.name} {rulebook.version}, {rulebook.digest}")


def say(language: str, english: str, chinese: str) -> str:
    """One of two sentences."""
    return chinese if is_chinese(language) else english


def print_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table; by rich where it is installed, in plain columns otherwise."""
    cells = [[_cell(each) for each in row] for row in rows]
    numeric = [bool(cells) and all(_numeric(row[n]) for row in cells) for n in range(len(columns))]
    try:
        from rich import box
        from rich.console import Console
        from rich.table import Table
        from rich.text import Text
    except ImportError:
        _plain_table(title, columns, cells, numeric)
        return
    table = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD)
    for name, right in zip(columns, numeric, strict=True):
        table.add_column(name, justify="right" if right else "left", overflow="fold")
    for row in cells:
        table.add_row(*(Text(each) for each in row))
    # Without a terminal there is no width to fit into: nothing is wrapped.
    wide = None if sys.stdout.isatty() else 200
    Console(highlight=False, width=wide).print(table)


def _cell(value: object) -> str:
    if value is None:
        return "-"
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}"
    return str(value)


def _numeric(text: str) -> bool:
    return text == "-" or text.replace(",", "").replace(".", "", 1).isdigit()


def width(text: str) -> int:
    """How many columns *text* takes in a terminal; Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(each) in {"W", "F"} else 1 for each in text)


def _plain_table(
    title: str, columns: Sequence[str], cells: list[list[str]], numeric: list[bool]
) -> None:
    widths = [
        max([width(name), *(width(row[n]) for row in cells)]) for n, name in enumerate(columns)
    ]
    print(f"\n{title}")
    for row in [list(columns), ["-" * each for each in widths], *cells]:
        padded = [
            " " * (w - width(cell)) + cell if right else cell + " " * (w - width(cell))
            for cell, w, right in zip(row, widths, numeric, strict=True)
        ]
        print("  ".join(padded).rstrip())


class ProgressLine:
    """How far long work is, on standard error: a line that is overwritten on a terminal, a new
    line every few seconds elsewhere.
    """

    def __init__(self, *, quiet: bool = False) -> None:
        self._quiet = quiet
        self._terminal = sys.stderr.isatty()
        self._began = time.monotonic()
        self._shown = 0.0
        self._open = False

    def __call__(self, phase: str, done: int, total: int | None = None) -> None:
        """Show that *done* of *total* are done in this phase."""
        now = time.monotonic()
        finished = total is not None and done >= total
        if self._quiet or (now - self._shown < (0.1 if self._terminal else 5.0) and not finished):
            return
        self._shown = now
        try:
            self._write(phase, done, total, now)
        except OSError:
            # Nobody reads it any more; the work goes on.
            self._quiet = True

    def _write(self, phase: str, done: int, total: int | None, now: float) -> None:
        share = f" of {total:,} ({done * 100 // max(total, 1)}%)" if total is not None else ""
        text = f"{phase}: {done:,}{share}, {now - self._began:.0f} s"
        if self._terminal:
            sys.stderr.write(f"\r\x1b[K{text}")
            self._open = True
        else:
            sys.stderr.write(f"{text}\n")
        sys.stderr.flush()

    def close(self) -> None:
        """Leave the line."""
        if self._open and not self._quiet:
            sys.stderr.write("\n")
            self._open = False
