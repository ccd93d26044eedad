"""A small database in memory: tables of rows, columns of kinds, transactions.

How it keeps, compares and gives back values is said by its :class:`Habits`, so that the habits of
a product are a few lines. Readers see what is committed; the first statement of a transaction that
writes takes the one lock there is, and keeps it until the end.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from threading import Barrier, BrokenBarrierError, Lock, current_thread, local, main_thread
from typing import Any, Literal

from attrs import frozen

Kind = Literal["text", "bytes", "integer", "flag", "instant", "json"]
Row = Mapping[str, Any]
Table = dict[tuple[Any, ...], dict[str, Any]]
Where = Callable[[Row], bool] | Mapping[str, Any]

PATIENCE = 0.2
"""Seconds somebody who was given no lock waits for another one who was given none either."""


class TooLong(Exception):
    """A value is too long for its column."""


class Unfit(Exception):
    """A column cannot keep such a value."""


class Taken(Exception):
    """A row with this key is there already."""


@frozen
class Column:
    """A column.

    Attributes:
        kind: what it keeps.
        width: how much of it, counted as the database counts.
        long: whether it is of the type for values of any length.
        put: turns a value of the store into one of the column.
        take: turns it back.
    """

    kind: Kind
    width: int | None = None
    long: bool = False
    put: Callable[[Any], Any] = lambda value: value
    take: Callable[[Any], Any] = lambda value: value


class Habits:
    """How a database treats values: here, as one would wish."""

    rolls_back = True
    locks = True
    counts_matched = True

    def keep(self, column: Column, value: Any) -> Any:
        """What is kept of *value*."""
        if column.width is not None and value is not None and self.length(value) > column.width:
            return self.too_long(column, value)
        return value

    def length(self, value: Any) -> int:
        """How long a value is."""
        return len(value)

    def too_long(self, column: Column, value: Any) -> Any:
        """What becomes of a value that is too long."""
        raise TooLong(column.kind)

    def give(self, column: Column, value: Any) -> Any:
        """What a driver makes of a value that was kept."""
        return value

    def key(self, column: Column, value: Any) -> Any:
        """What two values share that count as equal."""
        return value

    def rows(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Rows, in the order in which they come when nobody asks for one."""
        return rows


class Database:
    """Tables with the habits of one product.

    Args:
        habits: how values are treated.
        columns: the columns of each table.
        keys: what is unique in each table.
    """

    def __init__(
        self,
        habits: Habits,
        columns: Mapping[str, Mapping[str, Column]],
        keys: Mapping[str, tuple[str, ...]],
    ) -> None:
        self._habits = habits
        self._columns = columns
        self._keys = keys
        self._tables: dict[str, Table] = {name: {} for name in columns}
        self._writing = Lock()
        self._mine = local()
        self._meeting = Barrier(2)
        self._numbers = 0
        self._indexes: dict[str, tuple[Table, dict[Any, Table]]] = {}

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All statements inside of it stand together or not at all."""
        self._mine.tables = None
        try:
            yield
        except BaseException:
            if not self._habits.rolls_back and self._mine.tables is not None:
                self._tables = self._mine.tables
            raise
        else:
            if self._mine.tables is not None:
                self._tables = self._mine.tables
        finally:
            if self._mine.tables is not None:
                self._mine.tables = None
                self._writing.release()

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Everything read inside of it is as of one moment."""
        self._mine.view = self._tables
        try:
            yield
        finally:
            self._mine.view = None

    def lock(self) -> None:
        """``SELECT … FOR UPDATE``: nobody else writes until the end of the transaction."""
        if self._habits.locks:
            self._written()
        else:
            self._mine.deceived = current_thread() is not main_thread()

    def select(self, table: str, where: Where, *order: str) -> list[dict[str, Any]]:
        """The rows that match, by *order* or as they come."""
        rows = [row for _, row in self._matching(table, self._read()[table], where)]
        rows = self._habits.rows(rows) if not order else rows
        found = [self._given(table, each) for each in rows]
        for name in reversed(order):
            found.sort(key=lambda row: row[name])
        return found

    def insert(self, table: str, **values: Any) -> None:
        """One more row."""
        rows = self._written()[table]
        key = self._key(table, values)
        if key in rows:
            raise Taken(table)
        rows[key] = self._kept(table, values)

    def update(self, table: str, where: Where, **values: Any) -> int:
        """Change the rows that match, but not their keys; how many there were."""
        rows = self._written()[table]
        new = self._kept(table, values)
        count = 0
        for key, row in self._matching(table, rows, where):
            rows[key] = {**row, **new}
            count += self._habits.counts_matched or rows[key] != row
        return count

    def delete(self, table: str, where: Where) -> int:
        """Delete the rows that match; how many there were."""
        rows = self._written()[table]
        found = self._matching(table, rows, where)
        for key, _ in found:
            del rows[key]
        return len(found)

    def number(self) -> int:
        """The next number, in the order in which those who write have the lock."""
        self._written()
        self._numbers += 1
        return self._numbers

    def _read(self) -> dict[str, Table]:
        mine: dict[str, Table] | None = getattr(self._mine, "tables", None)
        view: dict[str, Table] | None = getattr(self._mine, "view", None)
        return mine or view or self._tables

    def _written(self) -> dict[str, Table]:
        if self._mine.tables is None:
            if getattr(self._mine, "deceived", False):
                self._meet()
            self._writing.acquire()
            self._mine.tables = {name: {**rows} for name, rows in self._tables.items()}
        tables: dict[str, Table] = self._mine.tables
        return tables

    def _meet(self) -> None:
        """Whoever was promised a lock and has none meets the other one here, if there is one."""
        self._mine.deceived = False
        with suppress(BrokenBarrierError):
            self._meeting.wait(PATIENCE)
        self._meeting.reset()

    def _key(self, table: str, values: Mapping[str, Any]) -> tuple[Any, ...]:
        kept = self._kept(table, {name: values[name] for name in self._keys[table]})
        columns = self._columns[table]
        return tuple(self._habits.key(columns[name], value) for name, value in kept.items())

    def _matching(
        self, table: str, rows: Table, where: Where
    ) -> list[tuple[tuple[Any, ...], dict[str, Any]]]:
        if callable(where):
            return [(key, row) for key, row in rows.items() if where(self._given(table, row))]
        columns, key_of = self._columns[table], self._habits.key
        if set(where) >= set(self._keys[table]):
            wanted = self._key(table, where)
            rows = {wanted: rows[wanted]} if wanted in rows else {}
        leading = self._keys[table][0]
        if leading in where:
            first = key_of(columns[leading], columns[leading].put(where[leading]))
            rows = self._beginning(table, rows, first)
        asked = [(n, columns[n], key_of(columns[n], columns[n].put(v))) for n, v in where.items()]
        return [
            (key, row)
            for key, row in rows.items()
            if all(key_of(column, row[name]) == value for name, column, value in asked)
        ]

    def _beginning(self, table: str, rows: Table, first: Any) -> Table:
        """Those whose key begins with *first*; what is committed has an index for it."""
        if getattr(self._mine, "tables", None) is not None:
            return {key: row for key, row in rows.items() if key[0] == first}
        found = self._indexes.get(table)
        index: dict[Any, Table] = {} if found is None else found[1]
        if found is None or found[0] is not rows:
            index = {}
            for key, row in rows.items():
                index.setdefault(key[0], {})[key] = row
            self._indexes[table] = rows, index
        return index.get(first, {})

    def _kept(self, table: str, values: Mapping[str, Any]) -> dict[str, Any]:
        columns = self._columns[table]
        keep = self._habits.keep
        return {
            name: None if value is None else keep(columns[name], columns[name].put(value))
            for name, value in values.items()
        }

    def _given(self, table: str, row: Row) -> dict[str, Any]:
        columns = self._columns[table]
        return {
            name: columns[name].take(self._habits.give(columns[name], value))
            for name, value in row.items()
        }
