"""Events: what happened to a ticket. Facts only; nothing here decides anything.

Every event carries a :class:`Trace` (who, when, as part of which command, under which
rulebook) and a :class:`~workorder.workflow.Step` (which action, in which role, from which
state to which). The rest is its own. What a rule decided stands in the event, so a trail
means the same for ever, whatever the rulebook says later.

Each type has a name in a namespace and a schema number. A host's own event derives from
:class:`HostEvent` and says how it changes the ticket.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from attrs import frozen

from workorder.ticket.ticket import Fields, Sealed, Ticket
from workorder.workflow import Step


@frozen
class Trace:
    """Who did it, when, as part of which command, under which rulebook.

    Attributes:
        actor: who acted.
        department: where they sat.
        version: the ticket's version after the batch this event belongs to.
        occurred_at: when it happened, in UTC.
        recorded_at: when it was taken down, in UTC.
        command_id: the command that asked for it.
        rulebook: digest of the rulebook that allowed it.
    """

    actor: str
    department: str | None
    version: int
    occurred_at: datetime
    recorded_at: datetime
    command_id: str
    rulebook: str


@frozen
class Event:
    """Something that happened."""

    kind: ClassVar[str] = ""
    schema: ClassVar[int] = 1

    trace: Trace
    step: Step

    @property
    def signature(self) -> str:
        """Type and schema number in one word."""
        return f"{self.kind}/{self.schema}"


@frozen
class Opened(Event):
    """登记: the ticket was opened."""

    kind: ClassVar[str] = "ticket.opened"

    type: str
    customer: str | None = None
    subjects: tuple[str, ...] = ()
    channel: str | None = None
    department: str | None = None
    fields: Fields = {}


@frozen
class Dispatched(Event):
    """转办: given to a person, a department, or both."""

    kind: ClassVar[str] = "ticket.dispatched"

    assignee: str | None
    department: str | None
    reason: Sealed | None = None


@frozen
class Transferred(Event):
    """转派: passed on to somebody else."""

    kind: ClassVar[str] = "ticket.transferred"

    assignee: str | None
    department: str | None
    reason: Sealed | None = None


@frozen
class Started(Event):
    """开始处理: the assignee began to work."""

    kind: ClassVar[str] = "ticket.started"


@frozen
class Commented(Event):
    """备注: somebody wrote a note."""

    kind: ClassVar[str] = "ticket.commented"

    text: Sealed


@frozen
class Submitted(Event):
    """提交: the work is done, with its resolution, for another person to see."""

    kind: ClassVar[str] = "ticket.submitted"

    resolution: Sealed


@frozen
class Returned(Event):
    """退回: somebody else looked at the work and sent it back."""

    kind: ClassVar[str] = "ticket.returned"

    reason: Sealed


@frozen
class Closed(Event):
    """结案: somebody else looked at the work and closed the ticket."""

    kind: ClassVar[str] = "ticket.closed"


@frozen
class Reopened(Event):
    """重新打开: a concluded ticket is worked on again."""

    kind: ClassVar[str] = "ticket.reopened"

    reason: Sealed


@frozen
class ActionTaken(Event):
    """A host's own action, a plain row of its workflow."""

    kind: ClassVar[str] = "ticket.action_taken"

    arguments: Fields = {}


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


@frozen
class HostEvent(Event):
    """Base of a host's own events; give it a ``kind`` in your namespace (``bank.…``)."""

    def evolve(self, ticket: Ticket) -> Ticket:
        """The ticket after this event (state, times and participation are already done)."""
        return ticket


@frozen
class OpaqueEvent(Event):
    """An event of a type or schema this version does not know: kept, shown, never guessed.

    Attributes:
        type: the name it was recorded under.
        number: the schema number it was recorded with.
        record: everything that was recorded.
    """

    kind: ClassVar[str] = "ticket.opaque"

    type: str
    number: int
    record: Mapping[str, Any]

    @property
    def signature(self) -> str:
        """Type and schema number it was recorded with, in one word."""
        return f"{self.type}/{self.number}"


BASELINE = frozenset(
    {
        "ticket.opened/1",
        "ticket.dispatched/1",
        "ticket.transferred/1",
        "ticket.started/1",
        "ticket.commented/1",
        "ticket.submitted/1",
        "ticket.returned/1",
        "ticket.closed/1",
        "ticket.reopened/1",
        "ticket.action_taken/1",
        "ticket.imported/1",
    }
)
"""The types every version knows. Never to be extended: a ticket carries the names of all other
types on it, so that an older worker sees from the ticket alone that it must not touch it."""


BUILT_IN: Mapping[str, type[Event]] = {
    event.kind: event
    for event in (
        Opened,
        Dispatched,
        Transferred,
        Started,
        Commented,
        Submitted,
        Returned,
        Closed,
        Reopened,
        ActionTaken,
        Imported,
    )
}
"""Every event type that ships, by the name it is recorded under."""
