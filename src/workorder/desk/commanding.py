"""Commanding operations: open a ticket, carry out a command. Decide, commit, decide again.

The order of answers is fixed (:data:`workorder.refusals.PRECEDENCE`): a ticket one may not
see does not exist; a repeat gets its first answer; then comes the version, and then what
``decide`` says. When somebody else was first, the ticket is loaded and decided again, three
times at most: deciding is pure, so it costs nothing but time.
"""

from collections.abc import Mapping
from datetime import datetime

from attrs import frozen

from workorder.canonical import encode
from workorder.desk.answers import Done
from workorder.desk.identity import command_digest
from workorder.desk.reading import not_found, seen
from workorder.desk.requests import Commit, Load, Operation, ask
from workorder.errors import CommandRefused, StoreError
from workorder.kernel import Context, Decided, decide, evolve
from workorder.refusals import Refusal
from workorder.rulebook import Rulebook
from workorder.storage import (
    Batch,
    Capability,
    CapacityTaken,
    Change,
    Codec,
    Committed,
    Conflict,
    Mark,
    Message,
    Receipt,
    Repeated,
    Snapshot,
    Stored,
)
from workorder.ticket import Command, Ticket
from workorder.workflow import Actor

ATTEMPTS = 4
"""The first try, and three more after conflicts."""


@frozen
class Order:
    """A command on its way: everything about it that is known before a ticket is loaded.

    Attributes:
        ticket_id: the ticket.
        command: what is asked for, in normal form.
        actor: who asks.
        command_id: the id it is told apart by.
        at: the instant.
        entropy: random bytes.
        secret: the key of the command's digest.
        expected_version: if given, any other version is ``stale``.
        opening: whether the ticket must not exist yet.
    """

    ticket_id: str
    command: Command
    actor: Actor
    command_id: str
    at: datetime
    entropy: bytes
    secret: bytes
    expected_version: int | None = None
    opening: bool = False

    def digest(self) -> str:
        """The keyed digest of what is asked for."""
        return command_digest(
            self.secret, self.ticket_id, self.command_id, self.command, self.actor
        )


def carry_out(
    order: Order, rulebook: Rulebook, codec: Codec, capabilities: frozenset[Capability]
) -> Operation[Done]:
    """Carry out a command, once.

    Raises:
        CommandRefused: with the refusal; nothing was changed.
        StoreError: ``unsupported`` when the store cannot keep what the command brings.
    """
    for _attempt in range(ATTEMPTS):
        stored = yield from ask(Load((order.ticket_id,), (order.command_id,)))
        known = stored.get(order.ticket_id)
        if known is not None and order.command_id in known.receipts:
            if not order.opening:
                seen(stored, order.ticket_id, order.actor, rulebook)
            return _again(known, known.receipts[order.command_id], order, codec)
        ticket = _present(stored, order, rulebook)
        if order.expected_version is not None and (
            ticket is None or ticket.version != order.expected_version
        ):
            raise _stale(order, ticket.version if ticket is not None else 0)
        verdict = decide(ticket, order.command, _context(order, rulebook))
        if isinstance(verdict, Refusal):
            raise CommandRefused(verdict)
        after, batch = _batch(order, ticket, known, verdict, codec)
        _supported(batch, capabilities)
        answer = yield from ask(Commit(batch))
        match answer:
            case Committed():
                return Done(after, after.version, verdict.events, order.command_id)
            case Repeated(_, receipt):
                again = yield from ask(Load((order.ticket_id,)))
                if order.ticket_id not in again:  # gone since, by the host's retention
                    raise not_found(order.ticket_id, order.actor)
                return _again(again[order.ticket_id], receipt, order, codec)
            case CapacityTaken(agent):
                raise CommandRefused(Refusal("capacity_taken", facts={"agent": agent}))
            case Conflict(_, version) if order.expected_version is not None:
                raise _stale(order, version)
    raise CommandRefused(Refusal("conflict", facts={"attempts": ATTEMPTS}))


def _present(stored: Mapping[str, Stored], order: Order, rulebook: Rulebook) -> Ticket | None:
    if not order.opening:
        return seen(stored, order.ticket_id, order.actor, rulebook)
    found = stored.get(order.ticket_id)
    # The id is derived from the command id, so a ticket without its receipt is another's.
    if found is not None:
        raise CommandRefused(Refusal("command_reused", facts={"command_id": order.command_id}))
    return None


def _again(known: Stored, receipt: Receipt, order: Order, codec: Codec) -> Done:
    if receipt.digest != order.digest():
        raise CommandRefused(Refusal("command_reused", facts={"command_id": order.command_id}))
    events = tuple(codec.decode(record) for record in receipt.records)
    return Done(known.snapshot.ticket, receipt.version, events, order.command_id, repeated=True)


def _stale(order: Order, version: int) -> CommandRefused:
    facts = {"version": version, "expected": order.expected_version}
    return CommandRefused(Refusal("stale", facts=facts))


def _context(order: Order, rulebook: Rulebook) -> Context:
    return Context(
        order.ticket_id, order.actor, order.at, rulebook, order.command_id, order.entropy
    )


def _batch(
    order: Order,
    ticket: Ticket | None,
    known: Stored | None,
    decided: Decided,
    codec: Codec,
) -> tuple[Ticket, Batch]:
    records = []
    after = ticket
    for event in decided.events:
        after = evolve(after, event, order.ticket_id)
        records.append(codec.encode(order.ticket_id, after.revision.events, event))
    if after is None:
        raise LookupError(order.command.action)
    change = Change(
        order.ticket_id,
        ticket.version if ticket is not None else 0,
        Snapshot(after),
        tuple(records),
        (Mark(order.command_id, order.digest()),),
        known.snapshot if known is not None else None,
    )
    outbox = tuple(
        Message(notice.ticket_id, notice.topic, encode(dict(notice.body)))
        for notice in decided.notices
    )
    return after, Batch((change,), outbox, decided.sealed)


def _supported(batch: Batch, capabilities: frozenset[Capability]) -> None:
    """Nothing a command brings may be lost because a store has no place for it."""
    needed = {
        Capability.SEALED: batch.sealed,
        Capability.OUTBOX: batch.outbox,
        Capability.CAPACITY: batch.reservations,
    }
    for capability, values in needed.items():
        if values and capability not in capabilities:
            raise StoreError("unsupported", capability=capability.value)
