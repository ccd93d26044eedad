"""The ticket: what it is, what can happen to it, what people can ask for.

Three kinds of frozen values and nothing else. A :class:`Ticket` is a work order as it
stands. An event (:mod:`workorder.ticket.events`) is a fact: it happened. A command
(:mod:`workorder.ticket.commands`) is a wish: it may be refused. Commands become events in
the kernel, and events become the next ticket there.

Sensitive values never stand in any of the facts: :class:`Sealed` stands in their place.

What does not belong here: rules (workflow), deciding (kernel), bytes (storage).
"""

from workorder.ticket.commands import (
    Action,
    Close,
    Command,
    Comment,
    Dispatch,
    Open,
    Reopen,
    ReturnForRework,
    Start,
    Submit,
    Transfer,
    takes,
)
from workorder.ticket.events import (
    ActionTaken,
    Closed,
    Commented,
    Dispatched,
    Event,
    HostEvent,
    Imported,
    OpaqueEvent,
    Opened,
    Reopened,
    Returned,
    Started,
    Submitted,
    Trace,
    Transferred,
)
from workorder.ticket.sealing import SealedValue, opens, seal
from workorder.ticket.ticket import (
    Assignment,
    Counts,
    Fields,
    FieldValue,
    Origin,
    Parties,
    Revision,
    Sealed,
    Ticket,
    Timer,
    Times,
)

__all__ = [
    "Action",
    "ActionTaken",
    "Assignment",
    "Close",
    "Closed",
    "Command",
    "Comment",
    "Commented",
    "Counts",
    "Dispatch",
    "Dispatched",
    "Event",
    "FieldValue",
    "Fields",
    "HostEvent",
    "Imported",
    "OpaqueEvent",
    "Open",
    "Opened",
    "Origin",
    "Parties",
    "Reopen",
    "Reopened",
    "ReturnForRework",
    "Returned",
    "Revision",
    "Sealed",
    "SealedValue",
    "Start",
    "Started",
    "Submit",
    "Submitted",
    "Ticket",
    "Timer",
    "Times",
    "Trace",
    "Transfer",
    "Transferred",
    "opens",
    "seal",
    "takes",
]
