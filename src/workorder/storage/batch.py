"""What goes into a store and what comes back: one atomic batch, four answers."""

from collections.abc import Mapping
from datetime import datetime

from attrs import frozen

from workorder.errors import InvalidInput
from workorder.storage.snapshots import Snapshot
from workorder.ticket import SealedValue


@frozen
class Record:
    """One event as it is kept: opaque bytes, with what a store needs to file them.

    Attributes:
        ticket_id: the ticket.
        sequence: 1 for its first event, without gaps.
        version: the version of the ticket after the batch it belongs to.
        data: the canonical bytes; a store keeps exactly these.
    """

    ticket_id: str
    sequence: int
    version: int
    data: bytes


EVERYTHING = "*"
"""Instead of references: every sealed value of the ticket."""


@frozen
class Mark:
    """That a command was carried out: its id, and a keyed digest of what it asked for."""

    command_id: str
    digest: str


@frozen
class Change:
    """What a batch does to one ticket.

    Attributes:
        ticket_id: the ticket.
        expected: the version it must still have; 0 if it must not exist yet.
        snapshot: the ticket afterwards.
        records: its new events.
        marks: the commands they come from; each id is unique within the ticket.
        before: the ticket it was decided on, for stores that write only what changed.
        erased: references of sealed values that are to be gone with it (:data:`EVERYTHING`: all
            that were there before); the digests of the ticket's earlier receipts go with them.
    """

    ticket_id: str
    expected: int
    snapshot: Snapshot
    records: tuple[Record, ...]
    marks: tuple[Mark, ...]
    before: Snapshot | None = None
    erased: tuple[str, ...] = ()

    @property
    def version(self) -> int:
        """The version afterwards."""
        return self.snapshot.ticket.version

    @property
    def receipts_elsewhere(self) -> tuple[str, ...]:
        """Other tickets whose receipts tell of sealed values of this one: that which it appeals,
        for its reason came in with a command there. Their digests go with the values.
        """
        appealed = self.snapshot.ticket.links.appeal_of
        return () if appealed is None else (appealed,)

    @property
    def next_timer_at(self) -> datetime | None:
        """When time will next do something to the ticket; stores index it."""
        return self.snapshot.ticket.next_timer_at


@frozen
class Message:
    """A notice on its way out, encoded.

    Attributes:
        ticket_id: the ticket.
        topic: what it is about.
        data: canonical bytes of its body.
    """

    ticket_id: str
    topic: str
    data: bytes


@frozen
class Reservation:
    """Capacity taken (or, negative, given back) together with an assignment.

    Attributes:
        agent: whose capacity.
        units: how much.
        limit: what they have at most; beyond it the whole batch is refused.
    """

    agent: str
    units: int
    limit: int


@frozen
class Batch:
    """All that one commit writes. A store writes all of it or nothing.

    Raises:
        InvalidInput: ``not_a_choice`` when a ticket is changed twice, when a sealed value belongs
            to no ticket of the batch, or when it erases on an appeal and changes the ticket that
            is appealed: which of that one's receipts were there before could not be told.
    """

    changes: tuple[Change, ...]
    outbox: tuple[Message, ...] = ()
    sealed: tuple[SealedValue, ...] = ()
    reservations: tuple[Reservation, ...] = ()

    def __attrs_post_init__(self) -> None:
        if len(self.changes) == 1 and not self.sealed:
            return
        ids = {change.ticket_id for change in self.changes}
        strangers = {kept.ticket_id for kept in self.sealed} - ids
        found = ", ".join(sorted(strangers))
        if len(ids) != len(self.changes):
            found = "a ticket twice"
        elif any(ids & {*each.receipts_elsewhere} for each in self.changes if each.erased):
            found = "an erasure beside the ticket that is appealed"
        if found:
            raise InvalidInput(
                "not_a_choice", name="batch", found=found, choices=tuple(sorted(ids))
            )


@frozen
class Receipt:
    """The first answer to a command, kept so that a repeat gets the same one.

    Attributes:
        command_id: the command.
        digest: the keyed digest of what it asked for; empty, once values were erased.
        version: the version of the ticket after it.
        records: the events of the change it was part of.
    """

    command_id: str
    digest: str
    version: int
    records: tuple[Record, ...]


@frozen
class Stored:
    """A ticket as it was loaded, with the receipts of the commands asked about."""

    snapshot: Snapshot
    receipts: Mapping[str, Receipt] = {}


@frozen
class Committed:
    """The batch stands."""


@frozen
class Conflict:
    """Nothing was written: the ticket is at another version than expected (0: gone)."""

    ticket_id: str
    version: int


@frozen
class Repeated:
    """Nothing was written: the command was carried out before."""

    ticket_id: str
    receipt: Receipt


@frozen
class CapacityTaken:
    """Nothing was written: the agent has not enough capacity left."""

    agent: str


Answer = Committed | Conflict | Repeated | CapacityTaken
