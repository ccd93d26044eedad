"""Replaying a ticket from its records, to compare what comes of it with what stands there."""

from typing import Any

import attrs

from workorder.errors import StoreError
from workorder.kernel import evolve
from workorder.storage.batch import Record
from workorder.storage.records import Codec
from workorder.storage.snapshots import Snapshot
from workorder.storage.verifying.reports import Tally
from workorder.ticket import OpaqueEvent, Ticket


class Replay:
    """Makes a ticket of its records; needs room for the ticket only."""

    __slots__ = ("_codec", "_opaque", "_stopped", "_tally", "_ticket", "_ticket_id")

    def __init__(self, ticket_id: str, codec: Codec, tally: Tally) -> None:
        self._ticket_id = ticket_id
        self._codec = codec
        self._tally = tally
        self._ticket: Ticket | None = None
        self._opaque = False
        self._stopped = False

    def stop(self) -> None:
        """Something is wrong with a record: what comes of the others would mean nothing."""
        self._stopped = True

    def see(self, sequence: int, version: int, data: bytes) -> None:
        """The next record."""
        if self._stopped:
            return
        try:
            event = self._codec.decode(Record(self._ticket_id, sequence, version, data))
            self._opaque = self._opaque or isinstance(event, OpaqueEvent)
            self._ticket = evolve(self._ticket, event, self._ticket_id)
        except Exception as error:  # noqa: BLE001 (whatever is wrong with it, it is this record)
            self._stopped = True
            # What the error says may hold a value of the record; its kind does not.
            why = error.__cause__ if isinstance(error, StoreError) and error.__cause__ else error
            reason = type(why).__name__
            self._tally.found(self._ticket_id, sequence, "replay_failed", reason=reason)

    def finish(self, snapshot: bytes) -> None:
        """Compare with the ticket as it stands."""
        if self._stopped or self._ticket is None:
            return
        if self._opaque:
            self._tally.unreplayed += 1
            return
        try:
            stands = Snapshot(data=snapshot)
            ticket, head = stands.ticket, stands.head
        except StoreError:
            self._tally.found(self._ticket_id, None, "snapshot_unreadable")
            return
        if ticket != self._ticket:
            parts = _differing(ticket, self._ticket)
            self._tally.found(self._ticket_id, None, "replay_differs", parts=parts)
        elif Snapshot(ticket, head=head).data != snapshot:
            # A key that stands there twice is read by some as the first, by others as the last.
            self._tally.found(self._ticket_id, None, "snapshot_not_canonical")


def _differing(one: Any, other: Any) -> tuple[str, ...]:
    return tuple(
        each.name
        for each in attrs.fields(type(one))
        if getattr(one, each.name) != getattr(other, each.name)
    )
