"""Making a change of the lines that tell it: the ticket by replay, its sealed values, its marks."""

from collections.abc import Collection, Sequence
from typing import Any

from attrs import frozen

from workorder.canonical import digest
from workorder.errors import StoreError, WorkorderError
from workorder.exchange.transfer.checking import Place, Said, Told
from workorder.instants import instant_text
from workorder.kernel import evolve, replay
from workorder.storage import EVERYTHING, Capability, Change, Codec, Snapshot, TicketStore
from workorder.ticket import Erased, SealedValue, Ticket


@frozen
class Made:
    """A change that is to be written.

    Attributes:
        change: the change.
        sealed: the sealed values of its records.
        unopened: those left out because they are not what was sealed.
    """

    change: Change
    sealed: tuple[SealedValue, ...]
    unopened: tuple[SealedValue, ...]


class Maker:
    """Makes changes.

    Args:
        store: where they are to go.
        codec: reads the events.
        place: says where something is wrong.
        without: what is to be left out.
    """

    def __init__(
        self, store: TicketStore, codec: Codec, place: Place, without: Collection[str]
    ) -> None:
        self._store: Any = store
        self._codec = codec
        self._place = place
        self._seals = Capability.SEALED in store.capabilities and "sealed" not in without
        self._checks = "checks" not in without
        self._lenient = "unopened" in without

    def make(self, told: Told, before: Snapshot | None) -> Made:
        """The change to a ticket that is at *before*."""
        was = before.ticket if before is not None else None
        head, there, version = "", 0, 0
        if before is not None and was is not None:
            head, there, version = before.head, was.revision.events, was.version
        head = self._place.follow(told.said, head, there, version)
        if self._checks:
            self._place.sound(told.said, instant_text(was.times.last) if was is not None else "")
        after, erased = self._replayed(was, told.said)
        snapshot = self._checked(told, Snapshot(after, head=head), there)
        change = Change(
            told.ticket_id,
            version,
            snapshot,
            tuple(each.record for each in told.said),
            told.marks,
            before,
            erased,
        )
        return Made(change, *self._sealed(told, there))

    def _replayed(
        self, ticket: Ticket | None, said: Sequence[Said]
    ) -> tuple[Ticket | None, tuple[str, ...]]:
        """The ticket after some records, and what is erased with them."""
        erased: tuple[str, ...] = ()
        for each in said:
            try:
                event = self._codec.decode(each.record)
                ticket = evolve(ticket, event, each.record.ticket_id)
            except StoreError as error:
                raise self._place.wrong("bad_record", each, **error.facts) from error
            except Exception as error:  # whatever an event does that has no business there
                reason = str(error) if isinstance(error, WorkorderError) else repr(error)
                raise self._place.wrong("bad_record", each, reason=reason) from error
            if isinstance(event, Erased):
                erased += event.refs or (EVERYTHING,)
        return ticket, erased

    def _checked(self, told: Told, snapshot: Snapshot, there: int) -> Snapshot:
        """*snapshot*, if the ticket comes out as it was.

        Records that are there already may have been read by somebody who did not know all events,
        in a run that ended here. So the ticket is made once more, of all its records.
        """
        expected = told.said[-1].snapshot
        if not expected or not self._checks or digest(snapshot.data) == expected:
            return snapshot
        if there and Capability.HISTORY in self._store.capabilities:
            records = self._store.records(told.ticket_id)
            events = (self._codec.decode(each) for each in records)
            before = replay(told.ticket_id, events)
            after, _ = self._replayed(before, told.said)
            snapshot = Snapshot(after, head=snapshot.head)
            if digest(snapshot.data) == expected:
                return snapshot
        kinds = snapshot.ticket.kinds
        raise self._place.wrong("other_ticket", told.said[-1], kinds=kinds)

    def _sealed(
        self, told: Told, there: int
    ) -> tuple[tuple[SealedValue, ...], tuple[SealedValue, ...]]:
        """The sealed values that a change brings, without those that are there already, and the
        values that are not what was sealed.
        """
        if not self._seals:
            return (), ()
        found: dict[str, SealedValue] = {}
        unopened: list[SealedValue] = []
        for each in told.said:
            yes, no = self._place.opened(each)
            if no and not self._lenient:
                raise self._place.wrong("not_opened", each, ref=no[0].ref)
            found.update((kept.ref, kept) for kept in yes)
            unopened += no
        if found and there:
            for ref in self._store.reveal(told.ticket_id, tuple(found)):
                del found[ref]
        return tuple(found.values()), tuple(unopened)
