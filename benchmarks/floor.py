"""The floor under the SQLite store: bare ``sqlite3`` asked to do exactly the same.

One run of the workload is recorded, call by call: every statement with its parameters, BEGIN,
COMMIT and the settings of the connection included. The floor makes the same calls again on a
copy of the same file. So both write the same rows of the same sizes, in the same transactions;
what the floor leaves out is everything that makes those rows.
"""

import re
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

from attrs import frozen

SYNCHRONOUS = "PRAGMA synchronous"


@frozen
class Call:
    """One call of the store to ``sqlite3``."""

    sql: str
    parameters: Any
    many: bool = False
    answers: bool = False
    """Whether a row was asked for."""


class Recording(sqlite3.Connection):
    """A connection that writes down what it is asked."""

    log: list[Call]

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        cursor = super().execute(sql, parameters)
        self.log.append(Call(sql, parameters, answers=cursor.description is not None))
        return cursor

    def executemany(self, sql: str, parameters: Any, /) -> sqlite3.Cursor:
        rows = list(parameters)
        self.log.append(Call(sql, rows, many=True))
        return super().executemany(sql, rows)


@contextmanager
def recorded() -> Iterator[list[Call]]:
    """Within this, connections that are opened write down what they are asked."""
    log: list[Call] = []

    class Here(Recording):
        pass

    Here.log = log
    with patch("sqlite3.connect", partial(sqlite3.connect, factory=Here)):
        yield log


class Floor:
    """Makes recorded calls again, on a file of its own.

    Args:
        path: the file; as it was when the recording began.
        opening: the calls that were made when the store was opened.
        synchronous: in place of what was recorded.
    """

    def __init__(self, path: Path, opening: Sequence[Call], synchronous: str) -> None:
        self.connection = sqlite3.connect(path, isolation_level=None)
        for call in opening:
            if call.sql.startswith(SYNCHRONOUS):
                self.connection.execute(f"{SYNCHRONOUS} = {synchronous}")
            else:
                self.repeat([call])

    def repeat(self, calls: Sequence[Call]) -> None:
        """Make *calls* again."""
        execute, executemany = self.connection.execute, self.connection.executemany
        for call in calls:
            if call.many:
                executemany(call.sql, call.parameters)
            elif call.answers:
                execute(call.sql, call.parameters).fetchall()
            else:
                execute(call.sql, call.parameters)

    def close(self) -> None:
        """Close the file, which folds its log back."""
        self.connection.close()


def contents(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table of a file."""
    connection = sqlite3.connect(path)
    try:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {
            name: connection.execute(f"SELECT * FROM {name}").fetchall()  # noqa: S608 (its own)
            for (name,) in names
        }
    finally:
        connection.close()


def rows_said(calls: Sequence[Call], commands: int) -> str:
    """What one command is on the floor: its statements, and the bytes it writes to each table."""
    counts: Counter[str] = Counter()
    sizes: Counter[str] = Counter()
    for call in calls:
        rows = call.parameters if call.many else [call.parameters]
        verb, table = _aim(call.sql)
        if not rows or not table:
            continue
        counts[f"{verb} {table}"] += len(rows)
        sizes[f"{verb} {table}"] += sum(_size(value) for row in rows for value in row)
    parts = [
        f"{count / commands:.2f} {name} ({sizes[name] / count:,.0f} B)"
        for name, count in sorted(counts.items())
    ]
    return "; ".join(parts)


def _aim(sql: str) -> tuple[str, str]:
    found = re.match(r"(SELECT|INSERT|UPDATE|DELETE)\b.*?\b(?:FROM|INTO|UPDATE)?\s*(\w+)", sql)
    if found is None:
        return "", ""
    verb = found[1]
    word = {"SELECT": "FROM", "INSERT": "INTO", "UPDATE": "UPDATE", "DELETE": "FROM"}[verb]
    table = re.search(rf"{word} (\w+)", sql)
    return verb, table[1] if table else ""


def _size(value: object) -> int:
    if isinstance(value, str):
        return len(value.encode())
    return len(value) if isinstance(value, bytes) else 8
