"""Export files of any number of tickets, written without a store.

Every ticket has one record, every tenth a second one; two texts of each are sealed. The lines are
those of an export: chained records, checks, the last line with all totals.
"""

from base64 import b32encode
from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

from attrs import evolve as changed
from attrs import frozen

from benchmarks.people import BOSS, DISPATCH, NOON, OPEN, TELLER, accepted, context
from workorder.canonical import digest
from workorder.exchange.transfer.lines import Check, End, Head, RecordLine, written
from workorder.instants import instant_text
from workorder.kernel import decide, evolve
from workorder.storage import Codec, Mark, Record, Snapshot, record_digest
from workorder.storage.merkle import MerkleTree
from workorder.ticket import SealedValue, Ticket

TOGETHER = 1_000
"""Tickets that are opened one after the other, before those of them that go on do so."""

SECOND = 10
"""Of so many tickets one has a second record."""

_TICKET, _CUSTOMER, _HEAD = "the-ticket", "C-10023", "the-head"
_TIMES = tuple(instant_text(NOON + timedelta(minutes=minute)) for minute in (0, 1))


@frozen
class Model:
    """A record with the snapshot after it, in which all that is a ticket's own is still to be put.

    Attributes:
        record: the bytes of the record.
        snapshot: those of the snapshot.
        command: the id of the command in it.
        sealed: the sealed values it refers to.
    """

    record: bytes
    snapshot: bytes
    command: str
    sealed: tuple[SealedValue, ...]


def ticket_id(number: int) -> str:
    """The id of a ticket: in no order, as those of a desk are."""
    return b32encode(sha256(str(number).encode()).digest()[:15]).decode().lower()


def write_export(path: Path, tickets: int) -> End:
    """Write an export of *tickets*; what its last line says."""
    hashed, tree, sealed = sha256(), MerkleTree(), 0
    models = _models()
    with path.open("wb") as out:

        def put(data: bytes) -> None:
            hashed.update(data)
            out.write(data)

        put(written(Head("", instant_text(NOON), "benchmark", ("outbox", "sealed"))))
        for first in range(0, tickets, TOGETHER):
            for line in _stretch(models, range(first, min(first + TOGETHER, tickets))):
                put(written(line))
                sealed += len(line.sealed)
                tree.append(bytes.fromhex(_digest(line.record)))
            put(written(Check(hashed.hexdigest())))
        root = tree.root().hex()
        end = End(hashed.hexdigest(), tickets, tree.size, tree.size, sealed, 0, root)
        put(written(end))
    return end


def _models() -> tuple[Model, ...]:
    """Opening a ticket, and giving it to somebody."""
    codec = Codec()
    found = []
    ticket: Ticket | None = None
    for minute, (command, actor) in enumerate(((OPEN, TELLER), (DISPATCH, BOSS))):
        decided = accepted(decide(ticket, command, context(actor, minute)))
        (event,) = decided.events
        ticket = evolve(ticket, event, _TICKET)
        record = codec.encode(_TICKET, minute + 1, event, _HEAD if minute else "")
        snapshot = Snapshot(ticket, head=_HEAD)
        found.append(Model(record.data, snapshot.data, event.trace.command_id, decided.sealed))
    return tuple(found)


def _stretch(models: tuple[Model, ...], numbers: range) -> Iterator[RecordLine]:
    """The lines of some tickets: first all of them are opened."""
    opened, dispatched = models
    heads: dict[int, str] = {}
    for number in numbers:
        goes_on = number % SECOND == 0
        line = _line(opened, number, 1, "", ends=not goes_on)
        if goes_on:
            heads[number] = _digest(line.record)
        yield line
    for number, head in heads.items():
        yield _line(dispatched, number, 2, head, ends=True)


def _line(model: Model, number: int, sequence: int, previous: str, *, ends: bool) -> RecordLine:
    name = ticket_id(number)
    command = f"{sequence}-{number:018d}"
    own = {_TICKET: name, _CUSTOMER: f"C-{number:08d}", f'"{model.command}"': f'"{command}"'}
    for minute, placed in enumerate(_TIMES):
        own[placed] = instant_text(NOON + timedelta(seconds=number, minutes=minute))
    record = Record(name, sequence, sequence, _filled(model.record, {_HEAD: previous, **own}))
    snapshot = ""
    if ends:
        snapshot = digest(_filled(model.snapshot, {_HEAD: _digest(record), **own}))
    sealed = tuple(changed(each, ticket_id=name) for each in model.sealed)
    return RecordLine(record, sealed, (Mark(command, "0" * 64),), snapshot)


def _filled(model: bytes, own: dict[str, str]) -> bytes:
    text = model.decode()
    for placed, value in own.items():
        text = text.replace(placed, value)
    return text.encode()


def _digest(record: Record) -> str:
    return record_digest("", record.ticket_id, record.data)
