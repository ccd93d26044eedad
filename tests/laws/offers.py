"""A second opinion on offers in lives of bank tickets, from plain records of what was accepted.

Nothing of the library is imported.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

Record = Mapping[str, Any]

GIVEN = {"ticket.dispatched", "ticket.transferred", "ticket.claimed"}
"""After these the ticket is with somebody, or with another department."""


def wrong_with_offers(trail: Sequence[Record]) -> Iterator[str]:
    """Whether a ticket was offered to one person at a time, taken by nobody else meanwhile, and
    by them only in time; and whether offers that nobody answered lapsed exactly at their end.
    """
    offers = _Offers()
    for record in trail:
        yield from offers.see(record)
        offers.last = record["at"]


class _Offers:
    """The offer that is open, and with which department the ticket lies."""

    def __init__(self) -> None:
        self.person = ""
        self.until: datetime | None = None
        self.department: str | None = None
        self.last: datetime | None = None

    def see(self, record: Record) -> Iterator[str]:
        """One more event."""
        by_time = record["role"] == "system" and str(record["command"]).startswith("time.")
        if self.until is not None and record["at"] >= self.until and not by_time:
            yield f"{record['action']} at {record['at']} with an offer that ended at {self.until}"
        if record["kind"] == "ticket.offered":
            yield from self.offered(record)
        elif record["kind"] == "ticket.offer_ended":
            yield from self.ended(record)
        elif record["kind"] in GIVEN:
            yield from self.given(record)
        elif record["to"] != record["from"]:
            self.over()
        if record["kind"] == "ticket.opened":
            self.department = record["department"]
        elif record["action"] == "decline":
            self.department = None

    def over(self) -> None:
        """It is offered to nobody."""
        self.person, self.until = "", None

    def offered(self, record: Record) -> Iterator[str]:
        """Somebody is offered it, from now on."""
        if self.person:
            yield f"offered to {record['person']} while {self.person} had an offer"
        if record["until"] <= record["at"]:
            yield f"offered until {record['until']} at {record['at']}"
        self.person, self.until = record["person"], record["until"]
        self.department = record["department"]

    def ended(self, record: Record) -> Iterator[str]:
        """They did not take it, or could not any more."""
        at, how, person = record["at"], record["how"], record["person"]
        due = self.until if self.last is None or self.until is None else max(self.until, self.last)
        lapsed = record["action"] == "lapse_offer"
        if person != self.person:
            yield f"an offer to {person} ended; it was open to {self.person or 'nobody'}"
        if lapsed != (how == "lapsed") or (lapsed and at != due):
            yield f"an offer until {self.until} {how} by {record['action']} at {at}"
        if how == "declined" and record["actor"] != self.person:
            yield f"{record['actor']} declined an offer to {self.person}"
        self.over()

    def given(self, record: Record) -> Iterator[str]:
        """Somebody has it, or another department."""
        who, action = record["actor"], record["action"]
        if action in {"claim", "accept_offer"} and self.person not in {"", who}:
            yield f"{who} took it by {action} while {self.person} had an offer"
        if action == "accept_offer" and not self.person:
            yield f"{who} accepted an offer that was not open"
        moved = record["to"] != record["from"]
        if record["assignee"] or record["department"] != self.department or moved:
            self.over()
        self.department = record["department"]
