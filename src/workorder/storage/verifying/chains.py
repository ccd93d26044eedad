"""Walking the records of one ticket, from the first to the last, and then its snapshot."""

from collections.abc import Iterator
from typing import Any

from attrs import define, frozen

from workorder.canonical import SHA_256, available, digest
from workorder.storage.chain import opening
from workorder.storage.headers import Unreadable, header_of, is_in_form, object_of
from workorder.storage.verifying.replaying import Replay
from workorder.storage.verifying.reports import Tally

Row = tuple[Any, Any, Any]
"""What a record is filed as: sequence, version, bytes. A damaged store may give anything."""

HELD = 1_000
"""Sealed values of a ticket that are remembered until its end; of more, none are, and the records
are read again."""

_SEALED = b'"sealed"'
_FORMS = {"fields", "raw", "promises", "clocks", "given"}
"""Keys under which a host's own names stand; an object there is no sealed value itself."""


@frozen
class Held:
    """A sealed value that a record refers to.

    Attributes:
        sequence: the record.
        since: the record with which it was sealed: that one, or an earlier one.
        ref: where it is kept.
        commitment: what it must open.
    """

    sequence: int
    since: int
    ref: str
    commitment: str


@define
class Erasures:
    """What a ticket's records say was erased.

    Attributes:
        everything: the record by which everything before it was erased; 0 if that never happened.
        refs: for single references, the record by which they were.
    """

    everything: int
    refs: dict[str, int]

    def has(self, held: Held) -> bool:
        """Whether *held* was erased after it was sealed."""
        return held.since < max(self.everything, self.refs.get(held.ref, 0))


class Walk:
    """Sees the records of a ticket, one after the other, and remembers only what the next one and
    the snapshot are compared with.

    A record costs what reading it, writing it again and digesting it cost.

    Attributes:
        records: how many were seen.
        erasures: what was erased, as far as was seen.
        held: the sealed values seen; ``None``, once they were more than :data:`HELD`.
    """

    __slots__ = (
        "_at", "_head", "_next", "_opening", "_replay", "_tally", "_ticket", "_version",
        "erasures", "held", "records",
    )  # fmt: skip

    def __init__(self, tenant: str, ticket: str, tally: Tally, replay: Replay | None) -> None:
        self._opening = opening(tenant, ticket)
        self._ticket = ticket
        self._tally = tally
        self._replay = replay
        self._next = 1
        self._version = 0
        self._at = ""
        self._head: str | None = ""
        self.records = 0
        self.erasures = Erasures(0, {})
        self.held: list[Held] | None = []

    def see(self, row: Row) -> None:
        """The next record."""
        self.records += 1
        sequence, version, data = row
        try:
            said = object_of(data)
        except Unreadable as why:
            self._unreadable(sequence, why)
            self._head = None  # nothing says by which algorithm it was to be digested
            return
        try:
            header = header_of(said)
        except Unreadable as why:
            self._unreadable(sequence, why)
            self._digest(said.get("digest"), data)
            return
        if (
            header[0] != sequence
            or sequence != self._next
            or header[1] != self._ticket
            or header[2] != version
            or version < self._version
            or header[3] < self._at
        ):
            self._misplaced(sequence, version, header)
        self._next = header[0] + 1
        self._version = header[2]
        self._at = header[3]
        previous = said.get("previous", "")
        if previous != self._head and self._head is not None:
            self._unlinked(header[0], previous)
        if not is_in_form(said, data):
            self._tally.found(self._ticket, header[0], "not_canonical")
        self._digest(header[4], data)
        if _SEALED in data and self.held is not None:
            self._hold(header, said)
        if header[5] == "ticket.erased":
            self._erased(header[0], said.get("body", {}).get("refs"))
        if self._replay is not None:
            self._replay.see(header[0], header[2], data)

    def finish(self, snapshot: bytes) -> None:
        """The ticket as it stands, after the last record."""
        found = self._tally.found
        said = snapshot_of(snapshot)
        if said is None:
            found(self._ticket, None, "snapshot_unreadable")
            return
        ticket, events, version, head = said
        if ticket != self._ticket:
            found(self._ticket, None, "snapshot_id")
        if not self.records:
            found(self._ticket, None, "no_records")
            return
        if events != self.records:
            found(self._ticket, None, "snapshot_events", expected=events, found=self.records)
        if version != self._version:
            found(self._ticket, None, "snapshot_version", expected=version, found=self._version)
        if self._head is not None and head != self._head:
            found(self._ticket, self._next - 1, "head_differs")
        if self._replay is not None:
            self._replay.finish(snapshot)

    def _unreadable(self, sequence: Any, why: Unreadable) -> None:
        number = sequence if type(sequence) is int else self._next
        self._tally.found(self._ticket, number, why.code, **why.facts)
        self._next = number + 1
        if self._replay is not None:
            self._replay.stop()

    def _misplaced(self, sequence: Any, version: Any, header: tuple[Any, ...]) -> None:
        found, number = self._tally.found, header[0]
        if header[1] != self._ticket:
            found(self._ticket, number, "other_ticket")
        for key, filed, said in (("sequence", sequence, number), ("version", version, header[2])):
            if filed != said:
                found(self._ticket, number, "filed_elsewhere", key=key)
        if number > self._next:
            found(self._ticket, number, "sequence_gap", before=self._next - 1, found=number)
            self._head = None  # the one before it is not there to be compared
        elif number < self._next:
            found(self._ticket, number, "sequence_repeated", before=self._next - 1)
        if header[2] < self._version:
            found(self._ticket, number, "version_back")
        if header[3] < self._at:
            found(self._ticket, number, "time_back")

    def _unlinked(self, number: int, previous: str) -> None:
        if not self._head:
            self._tally.found(self._ticket, number, "previous_unexpected")
        elif not previous:
            self._tally.found(self._ticket, number, "previous_missing")
        else:
            self._tally.found(self._ticket, number - 1, "record_altered", next=number)

    def _digest(self, algorithm: object, data: bytes) -> None:
        """The digest of *data*, which the next record is to name."""
        if algorithm == SHA_256 or available(algorithm):
            self._head = digest(self._opening + data, str(algorithm))
        else:
            self._tally.found(self._ticket, self._next - 1, "unknown_algorithm")
            self._head = None

    def _hold(self, header: tuple[Any, ...], said: dict[str, Any]) -> None:
        if self.held is not None:
            self.held.extend(held_by(header[0], said))
            if len(self.held) > HELD:
                self.held = None

    def _erased(self, sequence: int, refs: object) -> None:
        if not refs:
            self.erasures.everything = sequence
        elif isinstance(refs, list):
            self.erasures.refs.update((ref, sequence) for ref in refs if isinstance(ref, str))


def held_by(sequence: int, said: dict[str, Any]) -> Iterator[Held]:
    """The sealed values that a record refers to."""
    waiting: list[tuple[str, Any]] = [("", said.get("body"))]
    while waiting:
        key, value = waiting.pop()
        if isinstance(value, list):
            waiting.extend(("", each) for each in value)
        elif isinstance(value, dict):
            if key not in _FORMS and value.keys() == {"commitment", "sealed"}:
                ref, commitment = value["sealed"], value["commitment"]
                if isinstance(ref, str) and isinstance(commitment, str):
                    yield Held(sequence, _sealed_by(ref, sequence), ref, commitment)
            else:
                waiting.extend(value.items())


def _sealed_by(ref: str, sequence: int) -> int:
    """The record it was sealed with: a reference begins with its number, and may be repeated."""
    number = ref.partition(".")[0]
    return min(int(number), sequence) if number.isdecimal() and len(number) < 10 else sequence  # noqa: PLR2004 (more is no number of a record)


def snapshot_of(data: object) -> tuple[str, int, int, str] | None:
    """Id, number of events, version and head of a snapshot; ``None``, if it is none."""
    try:
        said = object_of(data)
    except Unreadable:
        return None
    revision = said.get("revision")
    if type(revision) is not dict:
        return None
    ticket, head = said.get("id"), said.get("head", "")
    events, version = revision.get("events"), revision.get("version")
    if type(ticket) is not str or type(head) is not str:
        return None
    if type(events) is not int or type(version) is not int:
        return None
    return ticket, events, version, head
