"""The ticket as it stands: a frozen value of small frozen values.

It holds everything a decision reads (who took part in what, counts, instants), so that
deciding never needs the history; a store may keep this value alone.
"""

from collections.abc import Collection, Mapping
from datetime import datetime

from attrs import frozen

from workorder.workflow import Deeds, took_part


@frozen
class Sealed:
    """Stands where a sensitive value would: a reference, and a commitment to the value.

    Attributes:
        ref: where the value is kept, unique within its ticket.
        commitment: SHA-256 over a random salt and the value; proves the value later without
            telling it.
    """

    ref: str
    commitment: str


FieldValue = str | int | bool | tuple[str, ...] | datetime | Sealed | None
Fields = Mapping[str, FieldValue]


@frozen
class Revision:
    """How often a ticket changed.

    Attributes:
        version: how often it was touched: once by each accepted command, once by each imported
            entry.
        events: events so far; also the sequence number of the last one.
    """

    version: int = 0
    events: int = 0


@frozen
class Origin:
    """Where a ticket came from.

    Attributes:
        rulebook: digest of the rulebook it was opened under.
        opened_by: who opened it.
        channel: through which channel.
        source: the system it was imported from, if it was.
        key: its number in that system.
    """

    rulebook: str
    opened_by: str
    channel: str | None = None
    source: str | None = None
    key: str | None = None


@frozen
class Parties:
    """Whose ticket it is, and whom it is about.

    Attributes:
        customer: the host's identifier of the customer.
        subjects: people named in the complaint; none of them may be given it.
    """

    customer: str | None = None
    subjects: tuple[str, ...] = ()


@frozen
class Assignment:
    """Who has the ticket now."""

    assignee: str | None = None
    department: str | None = None


@frozen
class Times:
    """When things happened, in UTC.

    Attributes:
        opened: when it was opened.
        last: the last event.
        state_since: when it came into its present state.
        resolved: when work was last concluded.
        closed: when it was last closed; empty again after a reopening.
    """

    opened: datetime
    last: datetime
    state_since: datetime
    resolved: datetime | None = None
    closed: datetime | None = None


@frozen
class Counts:
    """What happened how often."""

    handovers: int = 0
    returns: int = 0
    reopens: int = 0
    comments: int = 0


@frozen
class Timer:
    """Something that time will do; :attr:`id` is also the command id of what it fires."""

    id: str
    at: datetime
    action: str


@frozen
class Ticket:
    """A work order. Every change is a new value; see :mod:`workorder.kernel`."""

    id: str
    type: str
    state: str
    revision: Revision
    origin: Origin
    parties: Parties
    assignment: Assignment
    times: Times
    counts: Counts
    fields: Fields
    deeds: Deeds
    timers: tuple[Timer, ...] = ()
    kinds: tuple[str, ...] = ()
    """Types of events on it beyond :data:`workorder.ticket.events.BASELINE`, as ``kind/schema``;
    whoever does not know one of them must not change the ticket."""

    @property
    def version(self) -> int:
        """Number of batches that touched the ticket."""
        return self.revision.version

    @property
    def assignee(self) -> str | None:
        """Who has it now."""
        return self.assignment.assignee

    @property
    def department(self) -> str | None:
        """Which department has it now."""
        return self.assignment.department

    @property
    def customer(self) -> str | None:
        """Whose it is."""
        return self.parties.customer

    @property
    def next_timer_at(self) -> datetime | None:
        """When time will next do something to it."""
        return min((timer.at for timer in self.timers), default=None)

    def took_part(
        self,
        person: str,
        *,
        roles: Collection[str] | None = None,
        besides: Collection[str] = (),
    ) -> bool:
        """See :meth:`workorder.workflow.Case.took_part`."""
        return took_part(self.deeds, person, roles, besides)

    def value(self, name: str) -> object:
        """What a rule asks for by name: ``subjects``, ``channel``, ``fields.…``, ``counts.…``,
        ``times.…``; ``None`` for anything else.
        """
        group, _, rest = name.partition(".")
        if not rest:
            return {
                "subjects": self.parties.subjects,
                "channel": self.origin.channel,
                "opened_by": self.origin.opened_by,
            }.get(group)
        if group == "fields":
            return self.fields.get(rest)
        if group == "counts":
            return getattr(self.counts, rest, None)
        return getattr(self.times, rest, None) if group == "times" else None
