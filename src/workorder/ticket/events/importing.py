"""Entries of other systems' logs."""

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar

from attrs import frozen

from workorder.ticket.events.base import Event
from workorder.ticket.sealed import Fields


@frozen
class Imported(Event):
    """One entry of another system's log. Not decided here: taken over as it was.

    Attributes:
        type: the ticket type.
        source: the system it comes from.
        key: the ticket's number there.
        row: digest of the entry as it stood in the file (``#2`` behind it for the second of two
            that are alike).
        state: its state in that system's own words.
        opened_at: when that system says the ticket was opened.
        resolved: whether work was concluded with this entry.
        reopened: whether a concluded ticket is worked on again since this entry.
        source_at: when the other system says it was made, where that is earlier than an entry
            before it (it then counts as made at that one's instant).
        customer, channel, assignee, department: as they stood after this entry.
        fields: fields that this entry changed.
        raw: cells of the file as they stood there, those that the mapping keeps.
        notes: kinds of oddities noticed in this entry.
        hold: why it waits after this entry, in the words of the settings' hold reasons; ``None``
            when it does not wait, or nobody knows why.
    """

    kind: ClassVar[str] = "ticket.imported"

    type: str
    source: str
    key: str
    row: str
    state: str
    opened_at: datetime
    resolved: bool = False
    reopened: bool = False
    source_at: datetime | None = None
    customer: str | None = None
    channel: str | None = None
    assignee: str | None = None
    department: str | None = None
    fields: Fields = {}
    raw: Mapping[str, str] = {}
    notes: tuple[str, ...] = ()
    hold: str | None = None
