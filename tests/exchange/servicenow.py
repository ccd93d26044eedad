"""The real log, read without the library: an oracle for what the library says about it.

Nothing here imports workorder. Each figure is computed in the plainest way from the rows of
the file: rows grouped by ticket in file order, dates day first, no time zone. Two rules of
the library are taken over as its documentation states them: an entry that is earlier than
the one before it counts at that one's instant, and a stay ends with the entry that leads to
another state.
"""

import csv
import gzip
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

Row = dict[str, str]
CONCLUDED = ("Resolved", "Closed")
MISSING = {
    "assignee": "assigned_to",
    "department": "assignment_group",
    "customer": "caller_id",
    "channel": "contact_type",
    "actor": "sys_updated_by",
    "fields.category": "category",
    "fields.subcategory": "subcategory",
    "fields.impact": "impact",
    "fields.urgency": "urgency",
    "fields.priority": "priority",
}


def rows(path: Path) -> Iterator[Row]:
    """Every row of the file, in its order."""
    with gzip.open(path, "rt", encoding="ascii", newline="") as stream:
        yield from csv.DictReader(stream)


def tickets(path: Path) -> dict[str, list[Row]]:
    """The rows of each ticket."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows(path):
        found[row["number"]].append(row)
    return found


@cache
def instant(cell: str) -> datetime:
    """A date of the file: day first, to the minute."""
    return datetime.strptime(cell, "%d/%m/%Y %H:%M")


def instants(ticket: list[Row]) -> list[datetime]:
    """When each entry of a ticket counts: never before the one before it."""
    found: list[datetime] = []
    for row in ticket:
        said = instant(row["sys_updated_at"])
        found.append(max(said, found[-1]) if found else said)
    return found


class Durations:
    """Minutes: how many durations, their sum and their median."""

    def __init__(self) -> None:
        self.minutes: list[int] = []

    def add(self, duration: timedelta) -> None:
        """One more."""
        assert duration % timedelta(minutes=1) == timedelta()
        self.minutes.append(duration // timedelta(minutes=1))

    def figures(self) -> dict[str, Any]:
        """As the summary shows them."""
        return {
            "count": len(self.minutes),
            "sum": sum(self.minutes),
            "median": median(self.minutes),
        }


def measured(path: Path) -> dict[str, Any]:
    """The durations of the log, and what else needs more than counting rows."""
    stays: dict[str, Durations] = defaultdict(Durations)
    resolved, closed = Durations(), Durations()
    missing: Counter[str] = Counter()
    without: Counter[str] = Counter()
    changed: Counter[str] = Counter()
    for ticket in tickets(path).values():
        when = instants(ticket)
        opened = instant(ticket[0]["opened_at"])
        began = when[0]
        for before, after, at in zip(ticket, ticket[1:], when[1:], strict=False):
            if after["incident_state"] != before["incident_state"]:
                stays[before["incident_state"]].add(at - began)
                began = at
        for durations, state in ((resolved, "Resolved"), (closed, "Closed")):
            ends = [
                at for row, at in zip(ticket, when, strict=True) if row["incident_state"] == state
            ]
            if ends:
                durations.add(ends[-1] - opened)
        for name, column in MISSING.items():
            cells = [row[column] for row in ticket]
            missing[name] += cells.count("?")
            if name.startswith("fields.") or name == "customer":
                changed[name] += len(set(cells)) > 1
        for row in ticket:
            without[row["incident_state"]] += row["assigned_to"] == "?"
    return {
        "minutes_in_state": {state: each.figures() for state, each in stays.items()},
        "opened_to_resolved": resolved.figures(),
        "opened_to_closed": closed.figures(),
        "missing": dict(+missing),
        "without_assignee": dict(+without),
        "changed": dict(+changed),
    }


def moved(ticket: list[Row]) -> int:
    """How often the department shown is another than before."""
    groups = [row["assignment_group"] for row in ticket]
    return sum(after != before for before, after in pairwise(groups))


def resumptions(path: Path) -> Counter[str]:
    """From which state the tickets had come that went from waiting to Active."""
    found: Counter[str] = Counter()
    for ticket in tickets(path).values():
        came_from = before = "(start)"
        for row in ticket:
            state = row["incident_state"]
            if state.startswith("Awaiting") and not before.startswith("Awaiting"):
                came_from = before
            elif state == "Active" and before.startswith("Awaiting"):
                found[came_from] += 1
            before = state
    return found


def closings(path: Path) -> tuple[int, int, int]:
    """How often the timer closed a resolved ticket; how often it did so within five days of the
    resolution; and how often somebody else closed one.
    """
    by_timer = early = by_people = 0
    for ticket in tickets(path).values():
        when = instants(ticket)
        since = when[0]
        for before, after, at in zip(ticket, ticket[1:], when[1:], strict=False):
            states = before["incident_state"], after["incident_state"]
            if states == ("Resolved", "Closed"):
                timer = after["sys_updated_by"] == "Updated by 908"
                by_timer += timer
                by_people += not timer
                early += timer and at - since < timedelta(hours=120)
            if states[0] != states[1]:
                since = at
    return by_timer, early, by_people
