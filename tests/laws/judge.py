"""A second opinion on lives of bank tickets, from plain records of what was accepted.

Nothing of the library is imported: days are counted with dates and a time zone, people and
instants with dictionaries. Whatever is wrong is answered as text.

What a ticket took over from others that were merged into it is told from the records of those
others, never from what its own records say of them.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

Record = Mapping[str, Any]
"""One event: ``actor``, ``role``, ``action``, ``from``, ``to``, ``at``, ``kind``, and what is its
own (``assignee``, ``until``, ``due``, ``subject``, ``told_at``, ``timer``…)."""

Trail = Sequence[Record]
Others = Mapping[str, Trail]
"""The records of every ticket, by its id."""

QUIET, REOPEN, APPEAL, LIMIT, WAIT, LONGEST = 7, 30, 30, 15, 30, 30
INSTANT = timedelta(microseconds=1)
LIMITED = {"complaint", "dispute"}
NOTIFIED = {"complaint"}
URGE = timedelta(minutes=60)
FINAL = {"archived", "cancelled", "merged", "rejected"}
WORKING = {"handler", "cohandler"}
TEAM = {
    *("open_subtask", "finish_subtask", "cancel_subtask"),
    *("convene_panel", "give_opinion", "conclude_panel"),
}
"""Work in whatever role."""
GIVING = {"dispatch", "assign", "transfer", "claim", "accept_offer"}
"""Somebody has it then."""
JUDGING = {"approve", "return_for_rework", "approve_extension", "reject_extension", "cancel"}
"""Not for who worked on it."""
FREE = {
    *("open", "customer_reply", "customer_message", "reply", "log_contact", "comment"),
    *("urge", "escalate", "rate", "appeal", "archive", "mark_overdue"),
}
"""Who is complained about is not asked to stay away from these; the rest is not theirs."""


def end_of_day(at: datetime, days: int, zone: str) -> datetime:
    """24:00 of the day *days* after the local date of *at*, in UTC."""
    last: date = at.astimezone(ZoneInfo(zone)).date() + timedelta(days=days + 1)
    return datetime(last.year, last.month, last.day, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def before_merger(record: Record, others: Others) -> Trail:
    """What had happened to the ticket that was merged by *record*, until then."""
    source = others[record["source"]]
    merged = [
        number
        for number, each in enumerate(source)
        if each["kind"] == "ticket.merged_into" and each["command"] == record["command"]
    ]
    return source[: merged[-1]]


def workers(trail: Trail, others: Others) -> set[str]:
    """Everybody who worked on it, or on what was merged into it."""
    found: set[str] = set()
    for record in trail:
        if record["kind"] == "ticket.absorbed":
            found |= workers(before_merger(record, others), others)
        elif record["role"] in WORKING or record["action"] in TEAM:
            found.add(record["actor"])
        if record.get("assignee") and record["action"] in GIVING:
            found.add(record["assignee"])
    return found


def kept_out(trail: Trail, others: Others) -> set[str]:
    """Whom it is about, or what was merged into it, and who worked on what is appealed."""
    found = {*trail[0]["subjects"], *trail[0]["excluded"]}
    for record in trail:
        if record["kind"] == "ticket.absorbed":
            found |= kept_out(before_merger(record, others), others)
    return found


def wrong_with_parties(trail: Trail, others: Others) -> Iterator[str]:
    """Whether those whom it concerns stayed away from it, and nobody gave it to them."""
    for number, record in enumerate(trail):
        out = kept_out(trail[:number], others) if number else set[str]()
        beside = record["kind"] in {"ticket.absorbed", "ticket.released", "ticket.due_revised"}
        if beside or record["role"] in {"customer", "system"}:
            continue
        if record["action"] not in FREE and record["actor"] in out:
            yield f"{record['actor']} is a party and took {record['action']}"
        if record["action"] in GIVING and record["assignee"] in out:
            yield f"{record['assignee']} is a party and was given it"


def wrong_with_people(trail: Trail, others: Others) -> Iterator[str]:
    """Who did what they should not have done: four eyes, extensions, appeals, urging."""
    yield from wrong_with_parties(trail, others)
    worked: set[str] = set()
    asked_by: str | None = None
    urged: dict[str, datetime] = {}
    for record in trail:
        who, action = record["actor"], record["action"]
        if action in JUDGING and who in worked:
            yield f"{who} judged own work by {action}"
        worked |= workers([record], others)
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
        by_mark = record["kind"] == "ticket.escalated"  # what a mark brought about bears its name
        if record["command"].startswith("time.") and not by_mark:
            if record["command"] in fired:
                yield f"{record['command']} fired twice"
            fired.add(record["command"])


class Promises:
    """What the calendar of a zone promises a ticket, event by event.

    Args:
        zone: the zone in which days are counted.
        type_: the ticket's type.
        others: what happened to every ticket.
        led: its due instant is that of a clock.
    """

    def __init__(self, zone: str, type_: str, others: Others, *, led: bool = False) -> None:
        self.zone = zone
        self.led = led
        self.type = type_
        self.types = {type_}
        self.tickets = others
        self.opened: datetime | None = None
        self.closed: datetime | None = None
        self.archive_from: datetime | None = None
        self.appealed = False
        self.close_from: datetime | None = None
        self.given_up = False
        self.reopen_until: datetime | None = None
        self.appeal_until: datetime | None = None
        self.due: datetime | None = None
        self.hold_until: datetime | None = None
        self.asked: datetime | None = None
        self.accepted: datetime | None = None
        self.extended = False
        self.absorbed: set[str] = set()
        self.told = False
        self.late: dict[str, datetime] = {}
        self.last: datetime | None = None
        self.marked: datetime | None = None
        self.wrong: list[str] = []

    def windows(self) -> dict[str, datetime | None]:
        """What must stand in the ticket now."""
        return {
            "close_from": self.close_from,
            "reopen_until": self.reopen_until,
            "appeal_until": self.appeal_until,
            "due": self.due,
        }

    @staticmethod
    def plain(trail: Trail) -> bool:
        """Whether it is a complaint that was never anything else, nor reopened, refused, given more
        time, one with another ticket, or waiting for what the law waits for.
        """
        special = {"reclassify", "reopen", "merge_into", "unmerge", "cancel", "reject_intake"}
        waits = {record.get("hold_reason") for record in trail}
        told = {record.get("subject") for record in trail}
        return (
            trail[0].get("type") == "complaint"
            and not special & {record["action"] for record in trail}
            and all(record["kind"] != "ticket.absorbed" for record in trail)
            and "extension" not in told
            and "external_appraisal" not in waits
        )

    def days(self, at: datetime, number: int) -> datetime:
        """The end of the *number*-th day after *at*."""
        return end_of_day(at, number, self.zone)

    def see(self, record: Record) -> None:
        """One more event."""
        at, to = record["at"], record["to"]
        moved = to != record["from"]
        self.opened = self.opened or at
        if record["kind"] == "ticket.absorbed":
            self.absorb(record)
        elif record["kind"] == "ticket.released":
            self.absorbed.discard(record["source"])
        elif record["kind"] == "ticket.timer_lapsed":
            self.lapse(record)
        elif record["kind"] == "ticket.mark_reached" or self.by_mark(record):
            self.mark(record)
        elif record["kind"] == "ticket.due_revised":
            pass  # of clocks, which others judge
        elif record["action"] in {"lapse_offer", "search"}:
            pass  # of offers, which others judge, too
        else:
            if record["role"] == "system":
                self.by_time(record)
            if record["action"] == "archive":
                self.archive(at)
            self.appealed = self.appealed or record["action"] == "appeal"
            self.contact(record)
            if moved:
                self.move(record)
            self.others(record)
        self.last = at

    @staticmethod
    def by_mark(record: Record) -> bool:
        """Whether it follows from a mark that a clock reached."""
        return str(record["command"]).startswith("time.reach_mark.")

    def mark(self, record: Record) -> None:
        """A mark is noted when it was reached, or as soon as could be told; so is what follows
        from it, which moves nothing.
        """
        if record["kind"] == "ticket.mark_reached":
            self.marked = max(record["reached"], self.last or record["reached"])
        if record["at"] != self.marked:
            self.wrong.append(f"{record['command']} at {record['at']}, reached {self.marked}")
        if record["to"] != record["from"]:
            self.wrong.append(f"{record['command']} moved it")

    def absorb(self, record: Record) -> None:
        """Another ticket is part of it: the earlier limit counts, and what its types ask for."""
        trail = before_merger(record, self.tickets)
        other = Promises(self.zone, trail[0]["type"], self.tickets, led=self.led)
        for each in trail:
            other.see(each)
        dues = [due for due in (self.due, other.due) if due is not None]
        self.due = min(dues, default=None)
        self.types |= other.types
        self.extended = self.extended or other.extended
        self.absorbed.add(record["source"])

    def archive(self, at: datetime) -> None:
        """Nobody could reopen it any more, nor appeal, unless they did."""
        if not at > (self.reopen_until or at):
            self.wrong.append(f"archived at {at}, reopenable until {self.reopen_until}")
        if not self.appealed and not at > (self.appeal_until or at):
            self.wrong.append(f"archived at {at}, appealable until {self.appeal_until}")

    def by_time(self, record: Record) -> None:
        """Whatever the system does comes at its instant and not before."""
        at, action = record["at"], record["action"]
        timed = record["command"].startswith("time.")
        due = {
            "close": self.close_from,
            "archive": self.archive_from,
            "resume": self.hold_until,
            "mark_overdue": self.late.get(record.get("about", "")),
        }.get(action)
        if action == "close" and (due is None or at < due):
            self.wrong.append(f"closed by the system at {at}, quiet until {due}")
        if action == "close" and self.types & NOTIFIED and not self.told:
            self.wrong.append("closed by time though the customer was not told")
        if timed and (due is None or at != max(due, self.last or due)):
            self.wrong.append(f"{action} by time at {at}, due at {due}")

    def lapse(self, record: Record) -> None:
        """Time gave up: it tried at its instant."""
        due = {"close": self.close_from}.get(record["action"], record["at"])
        if record["at"] != due:
            self.wrong.append(f"{record['action']} tried at {record['at']}, due at {due}")
        if record["action"] == "close":
            if self.told or not self.types & NOTIFIED:
                self.wrong.append("time gave up closing without a reason")
            self.close_from = None
            self.given_up = True
        elif record["action"] in {"archive", "resume"}:
            self.wrong.append(f"{record['action']} lapsed")

    def contact(self, record: Record) -> None:
        """What follows from telling the customer."""
        if record["action"] != "inform_customer":
            return
        since = self.closed if record["subject"] in {"closed", "not_accepted"} else self.opened
        if since is None or record["told_at"] < since:
            self.wrong.append(f"told of {record['subject']} at {record['told_at']}, not {since}")
        if record["subject"] == "decision":
            if not self.told:
                until = self.days(record["told_at"], APPEAL)
                self.appeal_until = max(until, self.appeal_until or until)
                if self.archive_from is not None:
                    self.archive_from = max(self.archive_from, self.appeal_until + INSTANT)
            self.told = True
            if record["to"] == "resolved" and self.given_up:
                self.close_from = self.days(record["at"], QUIET)
                self.given_up = False
        if record["subject"] == "extension":
            self.due = self.asked

    def move(self, record: Record) -> None:
        """What follows from a new state."""
        at, to, action = record["at"], record["to"], record["action"]
        self.close_from = None
        self.closed = at if to in FINAL | {"closed"} else None
        if action == "reopen":
            self.reopen_until = self.appeal_until = self.archive_from = None
            self.told = False
            self.accepted = at
            self.due = self.days(at, LIMIT) if self.type in LIMITED else self.due
        if to == "resolved":
            self.close_from = self.days(at, QUIET)
            self.given_up = False
        elif to == "closed":
            self.reopen_until = self.days(at, REOPEN)
            self.appeal_until = self.appeal_until or self.days(at, APPEAL)
            self.archive_from = max(self.reopen_until, self.appeal_until) + INSTANT
        if to not in FINAL | {"closed", "registered"} and self.accepted is None:
            self.accepted = at
            if self.type in LIMITED:
                own = self.days(at, LIMIT)
                self.due = min(own, self.due or own)
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
            longest = self.days(max(record["at"], self.due or record["at"]), LONGEST)
            if record["until"] > longest and not self.led:
                self.wrong.append(f"asked for more time until {self.asked}, beyond {longest}")
        elif action == "approve_extension":
            self.extended = True
        elif action == "reclassify":
            self.reclassify(record["type"])

    def reclassify(self, type_: str) -> None:
        """Another type has its own limit, which counts from acceptance, unless it was extended."""
        if type_ != self.type and type_ in LIMITED and self.accepted and not self.extended:
            own = self.days(self.accepted, LIMIT)
            self.due = min(own, self.due or own) if self.absorbed else own
        self.type = type_
        self.types.add(type_)


def wrong_with_windows(
    trail: Trail, zone: str, others: Others, stands: Mapping[str, Any]
) -> Iterator[str]:
    """Whether every window is the end of the right day, and time acted exactly then.

    Where clocks are kept, the due instant of a ticket is that of a clock; that of a complaint to
    which nothing special happened is known all the same: the law counts from its opening.
    """
    promised = Promises(zone, trail[0]["type"], others, led=stands["led"])
    for record in trail:
        promised.see(record)
    yield from promised.wrong
    expectations = promised.windows()
    if stands["led"]:
        del expectations["due"]
        if promised.plain(trail):
            expectations["due"] = promised.days(trail[0]["at"], LIMIT)
    for name, expected in expectations.items():
        if stands[name] != expected:
            yield f"{name} is {stands[name]}, must be {expected}"
