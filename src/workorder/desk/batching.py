"""From what was decided to what is written: records, snapshots, marks, in one batch."""

from collections.abc import Iterable, Mapping, Sequence

from attrs import frozen

from workorder.canonical import encode, keyed_digest
from workorder.errors import StoreError
from workorder.kernel import Beside, Decided, Fired, Notice, evolve
from workorder.storage import (
    EVERYTHING,
    Batch,
    Capability,
    Change,
    Codec,
    Mark,
    Message,
    Record,
    Snapshot,
)
from workorder.ticket import Erased, Event, Ticket


@frozen
class Before:
    """A ticket as it was loaded; nothing, for one that is being opened.

    Attributes:
        ticket_id: its id.
        snapshot: what the store gave.
    """

    ticket_id: str
    snapshot: Snapshot | None = None

    @property
    def version(self) -> int:
        """The version it must still have."""
        return self.snapshot.ticket.version if self.snapshot is not None else 0

    def change(self, events: Iterable[Event], marks: tuple[Mark, ...], codec: Codec) -> Change:
        """The change that *events* make to it."""
        happened = [codec.as_written(event) for event in events]
        after: Ticket | None = self.snapshot.ticket if self.snapshot is not None else None
        for event in happened:
            after = evolve(after, event, self.ticket_id)
        if after is None:
            raise LookupError(self.ticket_id)
        return self.changed(after, happened, marks, codec)

    def changed(
        self, after: Ticket, events: Iterable[Event], marks: tuple[Mark, ...], codec: Codec
    ) -> Change:
        """The same, where it is known already that *events* make it *after*."""
        head, number = "", 0
        if self.snapshot is not None:
            head, number = self.snapshot.head, self.snapshot.ticket.revision.events
        records: list[Record] = []
        erased: tuple[str, ...] = ()
        for event in events:
            number += 1
            record = codec.encode(self.ticket_id, number, event, head)
            head = codec.head(record)
            records.append(record)
            if isinstance(event, Erased):
                erased += event.refs or (EVERYTHING,)
        return Change(
            self.ticket_id,
            self.version,
            Snapshot(after, head=head),
            tuple(records),
            marks,
            self.snapshot,
            erased,
        )


def timer_mark(timer_id: str) -> Mark:
    """That a timer fired; its id says everything there is to say, so no secret is needed."""
    return Mark(timer_id, keyed_digest(b"workorder/timer", timer_id.encode()))


def timer_parts(fired: Sequence[Fired]) -> tuple[list[Event], tuple[Mark, ...]]:
    """The events of timers, and the marks that they fired."""
    events = [event for each in fired for event in each.events]
    return events, tuple(timer_mark(each.timer.id) for each in fired)


def beside_changes(
    beside: Iterable[Beside], others: Mapping[str, Snapshot], codec: Codec
) -> tuple[Change, ...]:
    """The changes to other tickets, which were loaded as *others*."""
    return tuple(
        Before(each.ticket_id, None if each.ticket is None else others[each.ticket_id]).change(
            each.events, (), codec
        )
        for each in beside
    )


def messages(notices: Iterable[Notice]) -> tuple[Message, ...]:
    """Notices on their way out."""
    return tuple(
        Message(notice.ticket_id, notice.topic, encode(dict(notice.body))) for notice in notices
    )


def timer_messages(
    fired: Sequence[Fired], capabilities: frozenset[Capability]
) -> tuple[Message, ...]:
    """What time has to say; a store without an outbox is told by the answer of ``run_due``."""
    if Capability.OUTBOX not in capabilities:
        return ()
    return messages(notice for each in fired for notice in each.notices)


def whole(
    change: Change,
    decided: Decided,
    spoken: tuple[Message, ...],
    codec: Codec,
    capabilities: frozenset[Capability],
    others: Mapping[str, Snapshot] | None = None,
) -> Batch:
    """The batch of a command: its own change, those beside it (to *others*, as they were loaded),
    and all that goes with them.

    Raises:
        StoreError: ``unsupported`` when the store has no place for something.
    """
    outbox = (*spoken, *messages(decided.notices))
    changes = (change, *beside_changes(decided.beside, others or {}, codec))
    batch = Batch(changes, outbox, decided.sealed)
    # Nothing a command brings may be lost because a store has no place for it.
    needed = {
        Capability.SEALED: batch.sealed,
        Capability.OUTBOX: batch.outbox,
        Capability.CAPACITY: batch.reservations,
    }
    for capability, values in needed.items():
        if values and capability not in capabilities:
            raise StoreError("unsupported", capability=capability.value)
    return batch
