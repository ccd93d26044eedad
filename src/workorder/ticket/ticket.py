"""The ticket as it stands: a frozen value of small frozen values.

It holds everything a decision reads (who took part in what, counts, instants), so that
deciding never needs the history; a store may keep this value alone.
"""

from collections.abc import Collection, Mapping
from datetime import datetime

from attrs import frozen

from workorder.clocks import NO_CLOCKS, Clock
from workorder.ticket.sealed import Fields
from workorder.ticket.values import VALUES
from workorder.ticket.work import NO_LINKS, NO_WINDOWS, NO_WORK, Links, Windows, Work
from workorder.workflow import Deeds, took_part


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
        rulebook: digest of the rulebook it goes by: that it was opened under, or moved to since.
        opened_by: who opened it.
        channel: through which channel.
        source: the system it was imported from, if it was.
        key: its number in that system.
        types: the types it had before, its own and those of tickets merged into it: what one of
            them asks for is asked for still.
    """

    rulebook: str
    opened_by: str
    channel: str | None = None
    source: str | None = None
    key: str | None = None
    types: tuple[str, ...] = ()


@frozen
class Parties:
    """Whose ticket it is, and whom it is about.

    Attributes:
        customer: the host's identifier of the customer.
        subjects: people named in the complaint; none of them may be given it.
        excluded: who worked on the case that this one appeals; neither may they.
    """

    customer: str | None = None
    subjects: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()


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
        accepted: when it was taken on: its first step into an open state, or the last reopening.
        last: the last event.
        state_since: when it came into its present state.
        resolved: when work was last concluded.
        closed: when it was last closed; empty again after a reopening.
        acted: when a person last did something with it; nothing that time did.
    """

    opened: datetime
    last: datetime
    state_since: datetime
    resolved: datetime | None = None
    closed: datetime | None = None
    accepted: datetime | None = None
    acted: datetime | None = None


@frozen
class Counts:
    """What happened how often, since the ticket was opened.

    Attributes:
        handovers: it was passed on to another person or department (转派).
        returns: its intake or its result was sent back.
        reopens: concluded work was taken up again.
        comments: notes.
        declines: a dispatch was given back (退单).
        escalations: a higher level was let know (升级).
        urges: somebody asked for speed (催办).
        extensions: a longer time limit was granted (延期).
    """

    handovers: int = 0
    returns: int = 0
    reopens: int = 0
    comments: int = 0
    declines: int = 0
    escalations: int = 0
    urges: int = 0
    extensions: int = 0


@frozen
class Timer:
    """Something that time will do.

    Attributes:
        id: also the command id of what it fires, so that it fires once.
        at: when, in UTC.
        action: what.
        about: which sub-task or panel it is about, if it is.
    """

    id: str
    at: datetime
    action: str
    about: str | None = None


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
    work: Work = NO_WORK
    windows: Windows = NO_WINDOWS
    links: Links = NO_LINKS
    timers: tuple[Timer, ...] = ()
    kinds: tuple[str, ...] = ()
    """Types of events on it beyond :data:`workorder.ticket.events.BASELINE`, as ``kind/schema``;
    whoever does not know one of them must not change the ticket."""
    clocks: Mapping[str, Clock] = NO_CLOCKS
    """Its SLA clocks, by metric (:mod:`workorder.sla.clocks`)."""

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
    def is_led(self) -> bool:
        """Whether its due instant is that of one of its clocks."""
        return any(clock.leads for clock in self.clocks.values())

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
        actions: Collection[str] | None = None,
    ) -> bool:
        """See :meth:`workorder.workflow.Case.took_part`."""
        return took_part(self.deeds, person, roles, besides, actions)

    def value(self, name: str) -> object:
        """What a rule asks for by name: see :data:`workorder.ticket.values.VALUES`, and
        ``fields.…``, ``counts.…``, ``times.…``, ``approvals.…``; ``None`` for anything else.
        """
        read = VALUES.get(name)
        if read is not None:
            return read(self)
        group, _, rest = name.partition(".")
        match group:
            case "fields":
                return self.fields.get(rest)
            case "counts":
                return getattr(self.counts, rest, None)
            case "times":
                return getattr(self.times, rest, None)
            case "approvals":
                return self.work.approvals.get(rest)
        return None
