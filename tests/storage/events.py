"""One event of every type, for the encoding of records."""

from datetime import UTC, datetime, timedelta

from attrs import frozen

from tests.storage.lifecycle_events import LIFECYCLE
from workorder.ticket import (
    ActionTaken,
    Closed,
    Commented,
    Dispatched,
    Event,
    FieldValue,
    HostEvent,
    Imported,
    Opened,
    Reopened,
    Returned,
    Sealed,
    Started,
    Submitted,
    Trace,
    Transferred,
)
from workorder.workflow import Step
from workorder.workflow.states import Category

AT = datetime(2026, 3, 2, 1, 0, 0, 5, tzinfo=UTC)
EVERY_KIND: dict[str, FieldValue] = {
    "title": Sealed("1.title", "cd" * 32),
    "产品": "信用卡 💳",
    "amount": -12_000,
    "urgent": True,
    "tags": ("费用", ""),
    "due": AT + timedelta(days=1),
    "empty": None,
}


def trace(version: int, late: int = 0, department: str | None = "cards") -> Trace:
    """Who and when; taken down *late* seconds afterwards."""
    at = AT + timedelta(hours=version)
    recorded = at + timedelta(seconds=late)
    return Trace("李", department, version, at, recorded, f"c{version}", "ab" * 32)


def step(action: str, before: str, after: str, category: Category = "open") -> Step:
    """From one state to another."""
    return Step(action, "handler", before, after, category)


def sealed(version: int, name: str) -> Sealed:
    """A reference to a sealed text."""
    return Sealed(f"{version}.{name}", "ef" * 32)


EVENTS: tuple[Event, ...] = (
    Opened(
        trace(1),
        step("open", "", "accepted", "initial"),
        "complaint",
        "C-10023",
        ("王", "赵"),
        "phone",
        "cards",
        EVERY_KIND,
    ),
    Opened(trace(1, department=None), step("open", "", "accepted", "initial"), "enquiry"),
    Dispatched(
        trace(2), step("dispatch", "accepted", "assigned"), "li", "cards", sealed(2, "reason")
    ),
    Dispatched(trace(2), step("dispatch", "accepted", "assigned"), None, "loans"),
    Transferred(
        trace(3), step("transfer", "assigned", "assigned"), "wu", None, sealed(3, "reason")
    ),
    Started(trace(4, late=90), step("start", "assigned", "in_progress")),
    Commented(trace(5), step("comment", "in_progress", "in_progress"), sealed(5, "text")),
    Submitted(trace(6), step("submit", "in_progress", "resolved"), sealed(6, "resolution")),
    Returned(trace(7), step("return_for_rework", "resolved", "in_progress"), sealed(7, "reason")),
    Closed(trace(8), step("close", "resolved", "closed", "closed")),
    Reopened(trace(9), step("reopen", "closed", "in_progress"), sealed(9, "reason")),
    ActionTaken(trace(10), step("call_back", "in_progress", "in_progress"), EVERY_KIND),
    ActionTaken(trace(11), step("call_back", "in_progress", "in_progress")),
    Imported(
        trace(12, late=-60),
        step("imported", "Active", "已办结"),
        "incident",
        "ServiceNow",
        "INC0000045",
        "01" * 32,
        "Resolved",
        AT,
        resolved=True,
        reopened=True,
        source_at=AT - timedelta(hours=1),
        customer="Caller 2403",
        channel="Phone",
        assignee="Resolver 149",
        department="Group 56",
        fields={"priority": "3 - Moderate"},
        raw={"sys_mod_count": "4", "備考": "?"},
        notes=("unknown_state",),
    ),
    Imported(
        trace(13),
        step("imported", "Active", "Active"),
        "incident",
        "ServiceNow",
        "INC0000045",
        "02" * 32 + "#2",
        "Active",
        AT,
    ),
    *LIFECYCLE,
)
"""Every type that ships, with everything in it and with as little as possible."""


@frozen
class CardBlocked(HostEvent):
    """A host's own event with values of its own."""

    kind = "bank.card_blocked"

    card: str
    reasons: tuple[str, ...] = ()
    until: datetime | None = None


@frozen
class Called(HostEvent):
    """A host's own event that says nothing more than that it happened."""

    kind = "bank.called"


HOST_EVENTS: dict[str, type[Event]] = {each.kind: each for each in (CardBlocked, Called)}
HOSTS: tuple[Event, ...] = (
    CardBlocked(trace(14), step("block", "open", "open"), "6222", ("丢失", "盗刷"), AT),
    Called(trace(15), step("call", "open", "open")),
)
