"""Figures of what came from elsewhere."""

from pathlib import Path

from tests.exchange.logs import brought, entry, mapping
from workorder.insight import summarise
from workorder.storage import FullStore

IMPORTED = [
    entry("C1", "New", 0, by="li", team="hall", client="K-1", kind="atm", urgency="2"),
    entry("C1", "Solved", 10, by="li", owner="li", team="", client="K-1", kind="atm", urgency="2"),
    entry("C1", "Active", 20, owner="li", team="hall", client="K-2", kind="card", urgency="2"),
    entry("C1", "Solved", 35, by="li", team="hall", client="K-2", kind="card", urgency="2"),
    entry("C1", "Closed", 60, by="boss", team="hall", client="K-2", kind="card", urgency="2"),
    entry("C1", "Closed", 65, by="boss", team="hall", client="K-2", kind="card", urgency="2"),
    entry("C2", "-100", 3, by="li", team="hall", via="phone", opened="2026-03-01 00:00"),
    entry("C2", "Closed", 9, by="li", team="hall", via="phone"),
]


def test_what_came_from_elsewhere(memory: FullStore, tmp_path: Path) -> None:
    """Imported entries count in the words of their log, with what they leave unsaid."""
    brought(tmp_path, memory, IMPORTED)
    figures = summarise(memory).as_data()
    assert figures["records"] == figures["records_imported"] == 8
    assert figures["entries_by_state"] == {
        "Closed": 3,
        "Solved": 2,
        "New": 1,
        "Active": 1,
        "-100": 1,
    }
    assert figures["state_names"] == {
        "New": "accepted",
        "Solved": "resolved",
        "Active": "in_progress",
        "Closed": "closed",
        "-100": "-100",
    }
    assert (figures["reopens"], figures["handovers"]) == (1, 2)
    assert figures["minutes_in_state"]["Solved"] == {"count": 2, "sum": 35, "median": 17.5}
    assert "Closed" not in figures["minutes_in_state"]
    assert figures["opened_to_resolved"] == {"count": 1, "sum": 35, "median": 35}
    assert figures["opened_to_closed"] == {"count": 2, "sum": 74, "median": 37}
    assert figures["missing"] == {
        "actor": 1,
        "assignee": 6,
        "department": 1,
        "customer": 2,
        "channel": 6,
        "fields.category": 2,
        "fields.product": 8,
        "fields.priority": 2,
    }
    assert figures["without_assignee"] == {"New": 1, "Solved": 1, "Closed": 3, "-100": 1}
    assert figures["changed"] == {"customer": 1, "fields.category": 1}
    assert figures["oddities"] == {
        "closed_again": {"count": 1, "examples": ["C1"]},
        "closed_without_resolution": {"count": 1, "examples": ["C2"]},
        "unknown_state": {"count": 1, "examples": ["C2"]},
    }


def test_examples_are_the_first_three_tickets(memory: FullStore, tmp_path: Path) -> None:
    """An oddity names at most three tickets, each once."""
    rows = [entry(f"C{n}", "-100", minute) for n in range(5) for minute in (0, 1)]
    brought(tmp_path, memory, rows)
    odd = summarise(memory).as_data()["oddities"]["unknown_state"]
    assert odd == {"count": 10, "examples": ["C0", "C1", "C2"]}


def test_a_mapping_may_leave_columns_out(memory: FullStore, tmp_path: Path) -> None:
    """What the mapping does not read is missing in every entry, and says so."""
    columns = {"key": "number", "state": "state", "at": "at"}
    brought(tmp_path, memory, IMPORTED, mapping(columns=columns, fields={}))
    missing = summarise(memory).as_data()["missing"]
    assert missing == dict.fromkeys(("actor", "assignee", "department", "customer", "channel"), 8)
