"""From a row of another system's log to what it says here."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from attrs import frozen

from workorder.canonical import keyed_digest, normal_text
from workorder.errors import SourceError
from workorder.exchange.mapping import ISO, REFUSE, FieldColumn, LogMapping
from workorder.exchange.reading import Row
from workorder.intake import Form
from workorder.rulebook import Rulebook
from workorder.values import CODE_LIMIT, check_value
from workorder.workflow import ENDED
from workorder.workflow.states import Category

NOTES: Mapping[str, tuple[str, str]] = {
    "unknown_state": (
        "a state that the mapping does not know; kept under its own name",
        "映射未定义的状态，按原名保留",
    ),
    "unknown_value": (
        "a value that the mapping does not know; the field was left empty",
        "映射未定义的取值，字段留空",
    ),
    "unfit_value": (
        "a value that its field cannot hold; the field was left empty",
        "字段无法容纳的取值，字段留空",
    ),
    "time_back": (
        "earlier than the entry before it",
        "时间早于前一条",
    ),
    "time_raised": (
        "counted at the instant of an entry before it, not to run backwards",
        "按此前记录的时间计，以免时间倒流",
    ),
    "before_opened": (
        "the first entry is earlier than the opening",
        "首条记录早于登记时间",
    ),
    "counter_back": ("a counter fell", "计数器变小"),
    "handover_unseen": (
        "the counter of handovers rose, the department shown is the same",
        "转派次数增加但部门未变",
    ),
    "reopen_unseen": (
        "the counter of reopenings rose, no reopening is shown",
        "重新打开次数增加但未见重新打开",
    ),
    "flag_disagrees": (
        "the active flag and the state contradict each other",
        "有效标志与状态矛盾",
    ),
}
"""Kinds of oddities noticed in entries, in English and Chinese."""

_WHOLE = re.compile("-?[0-9]{1,19}")
_COUNTER = re.compile("[0-9]{1,18}")
_TRUE = frozenset({"true", "1", "yes", "y", "t"})
_FALSE = frozenset({"false", "0", "no", "n", "f"})


@frozen
class Entry:
    """What one row says.

    Attributes:
        line: where it stands in the file.
        key: the ticket's number.
        row: digest of the row.
        at: when the entry was made, in UTC.
        opened_at: when the ticket was opened, in UTC, if the log says.
        state: the state in the log's words.
        to_state: the state here.
        category: the category of that state.
        concluded: whether work is concluded in that state.
        hold: why it waits in that state, if it does.
        actor, assignee, department, customer, channel: as the row says; ``None`` if unknown.
        fields: values for the form.
        counters: the log's own counters, by column.
        raw: cells kept as they stand.
        notes: oddities of this row by itself.
    """

    line: int
    key: str
    row: str
    at: datetime
    opened_at: datetime | None
    state: str
    to_state: str
    category: Category
    concluded: bool
    hold: str | None
    actor: str | None
    assignee: str | None
    department: str | None
    customer: str | None
    channel: str | None
    fields: Mapping[str, str | int | bool | None]
    counters: Mapping[str, int]
    raw: Mapping[str, str]
    notes: tuple[str, ...]


class Translator:
    """Reads rows as a mapping says.

    Args:
        mapping: the mapping, checked against *rulebook*.
        rulebook: whose states and form the entries are for.
        header: the columns of the file.
        file: the file's name, for messages.
        secret: the key of the digests of rows.
    """

    def __init__(
        self,
        mapping: LogMapping,
        rulebook: Rulebook,
        header: list[str],
        file: str,
        secret: bytes = b"",
    ) -> None:
        self._mapping = mapping
        self._form: Form = rulebook.form_by_type[mapping.type]
        self._file = file
        self._secret = secret
        self._at = {name: header.index(name) for name in mapping.columns_read()}
        self._missing = frozenset(mapping.missing)
        self._zone = ZoneInfo(mapping.zone)
        states = rulebook.workflow.state_by_name
        self._states: dict[str, tuple[str, Category, bool]] = {}
        for theirs, ours in mapping.states.items():
            state = states[ours]
            self._states[theirs] = (ours, state.category, state.stage == "conclusion")
        for theirs, category in mapping.foreign.items():
            self._states[theirs] = (theirs, category, category in ENDED)
        self._taken = frozenset(states)
        self._instant = lru_cache(maxsize=8192)(self._read_instant)
        specs = ((self._form.field(name), each) for name, each in mapping.fields.items())
        masked = [(spec, each) for spec, each in specs if spec and spec.keep_last is not None]
        self._masked = {self._at[each.column]: spec for spec, each in masked}

    def entry(self, row: Row) -> Entry:
        """What *row* says.

        Raises:
            SourceError: ``wrong_date`` or ``wrong_value``, naming line and column.
        """
        if self._masked:
            row = self._kept(row)
        mapping = self._mapping
        columns = mapping.columns
        notes: list[str] = []
        key = self._cell(row, columns.key)
        if key is None:
            raise self._wrong(row, columns.key, "a row without the ticket's number")
        state = self._cell(row, columns.state)
        if state is None:
            raise self._wrong(row, columns.state, "a row without a state")
        known = self._states.get(state)
        if known is None:
            if mapping.unknown_states == REFUSE or state in self._taken:
                raise self._wrong(row, columns.state, f"unknown state {state!r}")
            notes.append("unknown_state")
        to_state, category, concluded = known or (state, "open", False)
        at = self._date(row, columns.at)
        if at is None:
            raise self._wrong(row, columns.at, "a row without an instant")
        ended = category in ENDED
        if columns.active is not None and self._flag(row, columns.active) is ended:
            notes.append("flag_disagrees")
        return Entry(
            row.line,
            key,
            keyed_digest(self._secret, "\x1f".join(row.cells).encode())[:32],
            at,
            self._date(row, columns.opened_at),
            state,
            to_state,
            category,
            concluded,
            mapping.holds.get(state),
            self._cell(row, columns.actor),
            self._cell(row, columns.assignee),
            self._cell(row, columns.department),
            self._cell(row, columns.customer),
            self._cell(row, columns.channel),
            dict(self._fields(row, notes)),
            dict(self._counters(row)),
            {name: normal_text(row.cells[self._at[name]]) for name in mapping.raw},
            tuple(notes),
        )

    def _kept(self, row: Row) -> Row:
        """*row* with its masked columns masked: its digest and what is kept raw have no more."""
        cells = list(row.cells)
        for at, spec in self._masked.items():
            if cells[at] not in self._missing:
                cell = normal_text(cells[at])
                cells[at] = str(spec.kept(cell.strip() if spec.kind == "code" else cell))
        return Row(row.line, cells)

    def _cell(self, row: Row, column: str | None) -> str | None:
        if column is None:
            return None
        cell = row.cells[self._at[column]]
        if cell in self._missing:
            return None
        cell = normal_text(cell).strip()
        found = check_value(column, "code", cell, CODE_LIMIT)
        if found is not None:
            raise self._wrong(row, column, found.text())
        return cell

    def _date(self, row: Row, column: str | None) -> datetime | None:
        if column is None:
            return None
        cell = row.cells[self._at[column]]
        if cell in self._missing:
            return None
        found = self._instant(cell)
        if found is None:
            expected = " / ".join(self._mapping.dates)
            raise SourceError(
                "wrong_date",
                file=self._file,
                line=row.line,
                column=column,
                found=cell,
                expected=expected,
            )
        return found

    def _read_instant(self, cell: str) -> datetime | None:
        for form in self._mapping.dates:
            try:
                if form == ISO:
                    value = datetime.fromisoformat(cell)
                else:
                    value = datetime.strptime(cell, form)  # noqa: DTZ007 (the zone comes next)
            except ValueError:
                continue
            if value.tzinfo is None:
                value = value.replace(tzinfo=self._zone)
            try:
                return value.astimezone(UTC)
            except OverflowError:  # at the very ends of the calendar
                continue
        return None

    def _flag(self, row: Row, column: str) -> bool | None:
        cell = row.cells[self._at[column]].lower()
        return True if cell in _TRUE else False if cell in _FALSE else None

    def _fields(self, row: Row, notes: list[str]) -> Iterator[tuple[str, str | int | bool | None]]:
        for name, source in self._mapping.fields.items():
            yield name, self._field(row, name, source, notes)

    def _field(
        self, row: Row, name: str, source: FieldColumn, notes: list[str]
    ) -> str | int | bool | None:
        cell = row.cells[self._at[source.column]]
        if cell in self._missing:
            return None
        value: str | int | bool = normal_text(cell)
        if source.values:
            if cell not in source.values:
                if self._mapping.unknown_values == REFUSE:
                    raise self._wrong(row, source.column, f"unknown value {cell!r}")
                notes.append("unknown_value")
                return None
            value = source.values[cell]
        spec = self._form.field(name)
        if spec is not None and spec.kind == "code" and isinstance(value, str):
            value = value.strip()
        if spec is None:
            raise LookupError(name)
        if spec.kind == "integer" and isinstance(value, str):
            value = int(value) if _WHOLE.fullmatch(value) else value
        if spec.check(value) is not None:
            notes.append("unfit_value")
            return None
        return value

    def _counters(self, row: Row) -> Iterator[tuple[str, int]]:
        counters = self._mapping.counters
        for column in (counters.handovers, counters.reopens, *counters.others):
            if column is not None:
                cell = row.cells[self._at[column]]
                if cell not in self._missing:
                    if not _COUNTER.fullmatch(cell):
                        raise self._wrong(row, column, f"{cell!r} is no counter")
                    yield column, int(cell)

    def _wrong(self, row: Row, column: str, reason: str) -> SourceError:
        return SourceError(
            "wrong_value", file=self._file, line=row.line, column=column, reason=reason
        )
