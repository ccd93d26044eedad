"""Small logs of a made-up service desk, mappings to read them by, and what came of them."""

import csv
from collections.abc import Iterable, Mapping
from io import StringIO
from pathlib import Path
from typing import Any

from workorder.desk import derived_id
from workorder.exchange import ImportReport, LogMapping, import_log, mapping_from_data
from workorder.kernel import replay
from workorder.storage import Codec, FullStore, Snapshot
from workorder.ticket import Event, Imported, Ticket

Cells = Mapping[str, str]

EMPTY: Cells = {
    "number": "",
    "state": "",
    "at": "",
    "by": "",
    "owner": "",
    "team": "",
    "client": "",
    "via": "",
    "opened": "",
    "live": "",
    "kind": "",
    "product": "",
    "urgency": "",
    "title": "",
    "moves": "",
    "back": "",
    "seq": "",
}
"""The columns of these logs, all of them empty."""

PLAIN: Mapping[str, Any] = {
    "source": "old desk",
    "type": "complaint",
    "columns": {
        "key": "number",
        "state": "state",
        "at": "at",
        "opened_at": "opened",
        "actor": "by",
        "assignee": "owner",
        "department": "team",
        "customer": "client",
        "channel": "via",
        "active": "live",
    },
    "dates": ["%Y-%m-%d %H:%M"],
    "states": {
        "New": "accepted",
        "Given": "assigned",
        "Active": "in_progress",
        "Solved": "resolved",
        "Closed": "closed",
    },
    "roles": {"default": "handler"},
    "fields": {"category": "kind", "product": "product", "priority": "urgency"},
    "counters": {"handovers": "moves", "reopens": "back", "others": ["seq"]},
    "raw": ["seq"],
}
"""A mapping that reads them, as it would stand in a file."""

IT_DESK: Mapping[str, Any] = {
    **PLAIN,
    "rulebook": "it_desk",
    "type": "incident",
    "states": {
        "New": "new",
        "Given": "assigned",
        "Active": "in_progress",
        "Caller": "pending",
        "Vendor": "pending",
        "Parked": "pending",
        "Solved": "resolved",
        "Closed": "closed",
    },
    "holds": {"Caller": "awaiting_user", "Vendor": "awaiting_vendor"},
    "roles": {"default": "agent", "guessed": False, "by_actor": {"clock": "system"}},
}
"""A mapping that reads them as incidents, in which waiting has reasons; all but ``Parked``."""

SEALING = {**PLAIN, "fields": {**PLAIN["fields"], "title": "title"}}
"""The same, and the title too, which is sealed."""


def at(minute: int) -> str:
    """An instant of these logs, some minutes into the first of March."""
    return f"2026-03-{1 + minute // 1440:02d} {minute // 60 % 24:02d}:{minute % 60:02d}"


def entry(number: str, state: str, minute: int, **cells: str) -> dict[str, str]:
    """One row."""
    return {**EMPTY, "number": number, "state": state, "at": at(minute), **cells}


def text(rows: Iterable[Cells], *, delimiter: str = ",", ends: str = "\n") -> str:
    """Rows as the text of a CSV file."""
    rows = list(rows)
    columns = dict.fromkeys(EMPTY) | {name: None for row in rows for name in row}
    out = StringIO()
    writer = csv.DictWriter(out, list(columns), "", delimiter=delimiter, lineterminator=ends)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def written(folder: Path, rows: Iterable[Cells], name: str = "log.csv") -> Path:
    """A file that holds *rows*."""
    path = folder / name
    path.write_text(text(rows), encoding="utf-8", newline="")
    return path


def mapping(**changes: Any) -> LogMapping:
    """:data:`PLAIN` with *changes* in the place of its parts."""
    return mapping_from_data({**PLAIN, **changes})


def brought(
    folder: Path, store: FullStore, rows: Iterable[Cells], plan: LogMapping | None = None
) -> ImportReport:
    """Bring *rows* into *store*."""
    return import_log(written(folder, rows), plan or mapping(), store)


def id_of(store: FullStore, number: str) -> str:
    """The id a ticket of these logs has here."""
    return derived_id(store.tenant, "import", PLAIN["source"], number)


def ticket(store: FullStore, number: str) -> Ticket:
    """The ticket with this number in the log."""
    ticket_id = id_of(store, number)
    return store.load([ticket_id])[ticket_id].snapshot.ticket


def events(store: FullStore, number: str) -> list[Event]:
    """Every event of the ticket with this number."""
    return [Codec().decode(each) for each in store.records(id_of(store, number))]


def entries(store: FullStore, number: str) -> list[Imported]:
    """Every event of the ticket with this number, none of which happened here."""
    found = events(store, number)
    imported = [each for each in found if isinstance(each, Imported)]
    assert imported == found
    return imported


def states(store: FullStore, number: str) -> list[str]:
    """The states a ticket went through, in the log's words."""
    return [each.state for each in entries(store, number)]


def everything(store: FullStore) -> dict[str, Ticket]:
    """Every ticket of a small store, by its number in the log."""
    ids = dict.fromkeys(record.ticket_id for _, record in store.log(limit=100_000))
    loaded = store.load(list(ids))
    tickets = [each.snapshot.ticket for each in loaded.values()]
    return {each.origin.key or each.id: each for each in tickets}


def wrong_with_replay(store: FullStore) -> list[str]:
    """The tickets whose records do not lead to the ticket that is kept."""
    found = []
    for number, kept in everything(store).items():
        happened = [Codec().decode(each) for each in store.records(kept.id)]
        again = replay(kept.id, happened)
        if again is None or again != kept or Snapshot(again).data != Snapshot(kept).data:
            found.append(number)
    return found


def counts(report: ImportReport) -> tuple[int, int, int, int, int]:
    """Rows, tickets, added, known, skipped."""
    return report.rows, report.tickets, report.added, report.known, report.skipped


def odd(report: ImportReport) -> dict[str, int]:
    """How many entries had each oddity."""
    return {kind: number for kind, (number, _) in report.oddities.items()}
