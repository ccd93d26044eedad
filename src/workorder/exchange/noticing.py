"""What shows only when an entry is seen beside the one before it."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime

from attrs import frozen

from workorder.exchange.mapping import Counters
from workorder.exchange.translating import Entry

ACTION = "import"
"""The action imported entries are recorded under; their ids begin with it."""

REMEMBERED = 100_000
"""Tickets whose last entry is kept in mind while reading."""


@frozen
class Noticed:
    """An entry, and what was noticed about it beside the entries before it.

    Attributes:
        entry: the entry.
        row: its identity within the ticket: the digest of the row, numbered if not the first.
        was: the state of the ticket's entry before it in the file, in the log's words.
        notes: everything odd about it.
    """

    entry: Entry
    row: str
    was: str | None
    notes: tuple[str, ...]

    @property
    def command_id(self) -> str:
        """The id it is brought in under."""
        return f"{ACTION}:{self.row}"


@frozen
class _Last:
    """What is kept in mind of a ticket's last entry."""

    at: datetime
    state: str
    department: str | None
    concluded: bool
    counters: Mapping[str, int]
    rows: Counter[str]


class Noticer:
    """Looks at the entries of a file one after the other.

    Args:
        counters: the log's own counters.
    """

    def __init__(self, counters: Counters) -> None:
        self._counters = counters
        self._last: dict[str, _Last] = {}

    def notice(self, entry: Entry) -> Noticed:
        """What is to be noticed about the next entry of the file."""
        last = self._last.pop(entry.key, None)
        rows = last.rows if last is not None else Counter[str]()
        rows[entry.row] += 1
        number = rows[entry.row]
        if last is not None:
            beside = tuple(self._beside(entry, last))
        else:
            early = entry.opened_at is not None and entry.at < entry.opened_at
            beside = ("before_opened",) if early else ()
        self._last[entry.key] = _Last(
            entry.at, entry.state, entry.department, entry.concluded, entry.counters, rows
        )
        if len(self._last) > REMEMBERED:
            del self._last[next(iter(self._last))]
        return Noticed(
            entry,
            entry.row if number == 1 else f"{entry.row}#{number}",
            last.state if last is not None else None,
            tuple(dict.fromkeys((*entry.notes, *beside))),
        )

    def _beside(self, entry: Entry, last: _Last) -> Iterator[str]:
        reopened = last.concluded and not entry.concluded
        if entry.at < last.at:
            yield "time_back"
        for column, number in entry.counters.items():
            before = last.counters.get(column, number)
            if number < before:
                yield "counter_back"
            elif number > before and column == self._counters.handovers:
                if entry.department == last.department:
                    yield "handover_unseen"
            elif number > before and column == self._counters.reopens and not reopened:
                yield "reopen_unseen"
