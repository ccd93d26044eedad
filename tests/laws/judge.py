"""A second opinion on lives of bank tickets, from plain records of what was accepted.

Nothing of the library is imported: days are counted with dates and a time zone, people and
instants with dictionaries. Whatever is wrong is answered as text.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

Record = Mapping[str, Any]
"""One event: ``actor``, ``role``, ``action``, ``from``, ``to``, ``at``, ``kind``, and what is its
own (``assignee``, ``until``, ``due``, ``subject``, ``told_at``, ``timer``…)."""

QUIET, REOPEN, APPEAL, LIMIT, WAIT = 7, 30, 30, 15, 30
LIMITED = {"complaint", "dispute"}
NOTIFIED = {"complaint"}
URGE = timedelta(minutes=60)
FINAL = {"archived", "cancelled", "merged", "rejected"}
JUDGING = {"approve", "return_for_rework"}
WORKING = {"handler", "cohandler"}


def end_of_day(at: datetime, days: int, zone: str) -> datetime:
    """24:00 of the day *days* after the local date of *at*, in UTC."""
    last: date = at.astimezone(ZoneInfo(zone)).date() + timedelta(days=days + 1)
    return datetime(last.year, last.month, last.day, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def wrong_with_people(trail: Sequence[Record]) -> Iterator[str]:
    """Who did what they should not have done: four eyes, extensions, appeals, urging."""
    worked: set[str] = set()
    asked_by: str | None = None
    urged: dict[str, datetime] = {}
    for record in trail:
        who, action = record["actor"], record["action"]
        if action in JUDGING and who in worked:
            yield f"{who} judged own work by {action}"
        if record["role"] in WORKING:
            worked.add(who)
        if record.get("assignee") and action in {"dispatch", "transfer", "claim"}:
            worked.add(record["assignee"])
        if action == "request_extension":
            asked_by = who
        if action in {"approve_extension", "reject_extension"} and who == asked_by:
            yield f"{who} decided on an extension they asked for"
        if action == "urge":
            before = urged.get(who)
            if before is not None and record["at"] - before < URGE:
                yield f"{who} urged twice within the interval"
            urged[who] = record["at"]
        if record["from"] in FINAL and record["to"] != record["from"] and action != "unmerge":
            yield f"{action} moved it out of {record['from']}"


def wrong_with_order(trail: Sequence[Record]) -> Iterator[str]:
    """Whether instants never decrease, states join up, and no timer fired twice."""
    fired: set[str] = set()
    state, last = "", None
    for record in trail:
        if record["from"] != state:
            yield f"{record['action']} began in {record['from']}, not in {state}"
        if last is not None and record["at"] < last:
            yield f"{record['action']} at {record['at']} comes after {last}"
        state, last = record["to"], record["at"]
        if record["command"].startswith("time."):
            if record["command"] in fired:
                yield f"{record['command']} fired twice"
            fired.add(record["command"])


class Promises:
    """What the calendar of a zone promises a ticket, event by event.

    Args:
        zone: the zone in which days are counted.
        type_: the ticket's type.
    """

    def __init__(self, zone: str, type_: str) -> None:
        self.zone = zone
        self.type = type_
        self.close_from: datetime | None = None
        self.given_up = False
        self.reopen_until: datetime | None = None
        self.appeal_until: datetime | None = None
        self.due: datetime | None = None
        self.hold_until: datetime | None = None
        self.asked: datetime | None = None
        self.accepted: datetime | None = None
        self.extended = False
        self.told = False
        self.late: dict[str, datetime] = {}
        self.last: datetime | None = None
        self.wrong: list[str] = []

    def windows(self) -> dict[str, datetime | None]:
        """What must stand in the ticket now."""
        return {
            "close_from": self.close_from,
            "reopen_until": self.reopen_until,
            "appeal_until": self.appeal_until,
            "due": self.due,
        }

    def days(self, at: datetime, number: int) -> datetime:
        """The end of the *number*-th day after *at*."""
        return end_of_day(at, number, self.zone)

    def see(self, record: Record) -> None:
        """One more event."""
        at, to = record["at"], record["to"]
        moved = to != record["from"]
        if record["kind"] == "ticket.timer_lapsed":
            self.lapse(record)
        else:
            if record["role"] == "system":
                self.by_time(record)
            if record["action"] == "archive" and not at > (self.reopen_until or at):
                self.wrong.append(f"archived at {at}, reopenable until {self.reopen_until}")
            self.contact(record)
            if moved:
                self.move(record)
            self.others(record)
        self.last = at

    def by_time(self, record: Record) -> None:
        """Whatever the system does comes at its instant and not before."""
        at, action = record["at"], record["action"]
        timed = record["command"].startswith("time.")
        due = {
            "close": self.close_from,
            "archive": self.reopen_until and self.reopen_until + timedelta(microseconds=1),
            "resume": self.hold_until,
            "mark_overdue": self.late.get(record.get("about", "")),
        }.get(action)
        if action == "close" and (due is None or at < due):
            self.wrong.append(f"closed by the system at {at}, quiet until {due}")
        if action == "close" and self.type in NOTIFIED and not self.told:
            self.wrong.append("closed by time though the customer was not told")
        if timed and (due is None or at != max(due, self.last or due)):
            self.wrong.append(f"{action} by time at {at}, due at {due}")

    def lapse(self, record: Record) -> None:
        """Time gave up: it tried at its instant."""
        due = {"close": self.close_from}.get(record["action"], record["at"])
        if record["at"] != due:
            self.wrong.append(f"{record['action']} tried at {record['at']}, due at {due}")
        if record["action"] == "close":
            if self.told or self.type not in NOTIFIED:
                self.wrong.append("time gave up closing without a reason")
            self.close_from = None
            self.given_up = True
        elif record["action"] in {"archive", "resume"}:
            self.wrong.append(f"{record['action']} lapsed")

    def contact(self, record: Record) -> None:
        """What follows from telling the customer."""
        if record["action"] != "inform_customer":
            return
        if record["subject"] == "decision":
            self.told = True
            self.appeal_until = self.days(record["told_at"], APPEAL)
            if record["to"] == "resolved" and self.given_up:
                self.close_from = self.days(record["at"], QUIET)
                self.given_up = False
        if record["subject"] == "extension":
            self.due = self.asked

    def move(self, record: Record) -> None:
        """What follows from a new state."""
        at, to, action = record["at"], record["to"], record["action"]
        self.close_from = None
        if action == "reopen":
            self.reopen_until = self.appeal_until = None
            self.told = False
            self.accepted = at
            self.due = self.days(at, LIMIT) if self.type in LIMITED else self.due
        if to == "resolved":
            self.close_from = self.days(at, QUIET)
            self.given_up = False
        elif to == "closed":
            self.reopen_until = self.days(at, REOPEN)
            self.appeal_until = self.appeal_until or self.days(at, APPEAL)
        if to not in FINAL | {"closed", "registered"} and self.accepted is None:
            self.accepted = at
            self.due = self.days(at, LIMIT) if self.type in LIMITED else None
        if to not in FINAL and action != "unmerge":
            self.hold_until = None

    def others(self, record: Record) -> None:
        """Holds, deadlines of others, another type."""
        action = record["action"]
        if action == "hold":
            waits = record["hold_reason"] == "waiting_for_customer"
            self.hold_until = record["until"] or (self.days(record["at"], WAIT) if waits else None)
        elif action in {"open_subtask", "convene_panel"} and record["due"] is not None:
            self.late[record["name"]] = record["due"]
        elif action == "request_extension":
            self.asked = record["until"]
        elif action == "approve_extension":
            self.extended = True
        elif action == "reclassify":
            self.reclassify(record["type"])

    def reclassify(self, type_: str) -> None:
        """Another type has its own limit, which counts from acceptance, unless it was extended."""
        if type_ != self.type and type_ in LIMITED and self.accepted and not self.extended:
            self.due = self.days(self.accepted, LIMIT)
        self.type = type_


def wrong_with_windows(
    trail: Sequence[Record], zone: str, type_: str, stands: Mapping[str, datetime | None]
) -> Iterator[str]:
    """Whether every window is the end of the right day, and time acted exactly then."""
    promised = Promises(zone, type_)
    for record in trail:
        promised.see(record)
    yield from promised.wrong
    for name, expected in promised.windows().items():
        if stands[name] != expected:
            yield f"{name} is {stands[name]}, must be {expected}"
