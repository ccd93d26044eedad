"""Commands that were carried out before, or that come too late: the answers both get."""

from collections.abc import Callable, Sequence
from typing import Protocol

from workorder.desk.answers import Done
from workorder.desk.reading import not_found, seen
from workorder.desk.requests import Commit, Load, Operation, ask
from workorder.errors import CommandRefused
from workorder.refusals import Refusal
from workorder.rulebook import Rulebooks
from workorder.storage import Batch, Codec, Committed, Conflict, Receipt, Repeated, Stored
from workorder.ticket import Event
from workorder.workflow import Actor

ATTEMPTS = 4
"""The first try, and three more after conflicts."""


def first_answer(known: Stored, receipt: Receipt, digest: str, codec: Codec) -> Done:
    """The first answer of a command, again.

    Raises:
        CommandRefused: ``command_reused`` when *digest* says that something else is asked for.
    """
    name = receipt.command_id
    if receipt.digest not in {digest, ""}:  # empty: what was asked for was erased
        raise CommandRefused(Refusal("command_reused", facts={"command_id": name}))
    decoded = (codec.decode(record) for record in receipt.records)
    # What time did in the same commit was no part of the answer.
    events = tuple(each for each in decoded if each.trace.command_id == name)
    return Done(known.snapshot.ticket, receipt.version, events, name, repeated=True)


def stale(version: int, expected: int | None) -> CommandRefused:
    """The ticket is at another version than the one that was seen."""
    return CommandRefused(Refusal("stale", facts={"version": version, "expected": expected}))


class Order(Protocol):
    """What every act on one ticket says, whatever it is."""

    @property
    def ticket_id(self) -> str:
        """The ticket."""

    @property
    def command_id(self) -> str:
        """The id it is told apart by."""

    @property
    def actor(self) -> Actor:
        """Who asks."""

    @property
    def expected_version(self) -> int | None:
        """If given, any other version is ``stale``."""


Making = Callable[[Stored], Operation[tuple[Batch, Sequence[Event]]]]
"""Decides on a ticket as it was loaded: what is to be written, and the events that answer."""


def once(
    order: Order, digest: str, make: Making, rulebooks: Rulebooks, codec: Codec
) -> Operation[Done]:
    """Carry out an act of somebody whom no rights limit, once.

    Args:
        order: what all acts say.
        digest: tells it from another one under the same id.
        make: decides, anew at each attempt.
        rulebooks: the rules.
        codec: reads first answers.

    Raises:
        CommandRefused: ``not_found``, ``command_reused``, ``stale``, ``conflict``, and whatever
            *make* says.
    """
    for _attempt in range(ATTEMPTS):
        stored = yield from ask(Load((order.ticket_id,), (order.command_id,)))
        ticket = seen(stored, order.ticket_id, None, rulebooks)
        known = stored[order.ticket_id]
        if order.command_id in known.receipts:
            return first_answer(known, known.receipts[order.command_id], digest, codec)
        if order.expected_version is not None and ticket.version != order.expected_version:
            raise stale(ticket.version, order.expected_version)
        batch, events = yield from make(known)
        answer = yield from ask(Commit(batch))
        match answer:
            case Committed():
                after = batch.changes[0].snapshot.ticket
                return Done(after, after.version, tuple(events), order.command_id)
            case Repeated(_, receipt) if receipt.command_id == order.command_id:
                again = yield from ask(Load((order.ticket_id,)))
                if order.ticket_id not in again:  # gone since, by the host's retention
                    raise not_found(order.ticket_id, order.actor)
                return first_answer(again[order.ticket_id], receipt, digest, codec)
            case Conflict(_, version) if order.expected_version is not None:
                raise stale(version, order.expected_version)
    raise CommandRefused(Refusal("conflict", facts={"attempts": ATTEMPTS}))
