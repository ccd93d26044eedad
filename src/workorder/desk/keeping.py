"""Erasing sealed values, and legal holds: one ticket at a time, once per command id.

Timers that are due by then act first, in the same commit, where the rulebook that the ticket goes
by is at hand: what happened to it must not depend on whether somebody erased something meanwhile.
Where it is not, or where time is stuck, the act stands all the same: the law does not wait.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from attrs import evolve, frozen

from workorder.canonical import decode, encode, keyed_digest
from workorder.desk.answers import Done
from workorder.desk.batching import Before, timer_messages, timer_parts, whole
from workorder.desk.moving import own_rulebook
from workorder.desk.repeating import once
from workorder.desk.requests import Operation, ReadRecords, Reveal, ask
from workorder.errors import CommandRefused, StoreError, WorkorderError
from workorder.kernel import (
    Context,
    Decided,
    Passed,
    erase,
    lift_legal_hold,
    pass_time,
    place_legal_hold,
)
from workorder.kernel.keeping import ERASE, unfit
from workorder.refusals import Refusal, problem
from workorder.rulebook import Rulebooks
from workorder.storage import (
    Batch,
    Capability,
    Codec,
    Mark,
    Record,
    Stored,
)
from workorder.ticket import Event, Ticket
from workorder.workflow import Actor

BY_REQUEST = "request"
BY_RETENTION = "retention"
"""Why values are erased: the person asked for it, or they were kept long enough."""

Act = Callable[[Ticket, Context], Decided | Refusal]
"""What is to be done, decided on a ticket as it stands."""


@frozen
class Keep:
    """An act on a ticket's papers: everything about it that is known before the ticket is loaded.

    Attributes:
        ticket_id: the ticket.
        said: what is asked for, as plain data; it tells the act from another under the same id.
        act: decides it.
        actor: who asks.
        command_id: the id it is told apart by.
        at: the instant.
        now: when it is taken down.
        secret: the key of its digest.
        expected_version: if given, any other version is ``stale``.
        refs: references of values to be erased, which must be known on the ticket.
    """

    ticket_id: str
    said: Mapping[str, Any]
    act: Act
    actor: Actor
    command_id: str
    at: datetime
    now: datetime
    secret: bytes
    expected_version: int | None = None
    refs: tuple[str, ...] = ()

    def digest(self) -> str:
        """The keyed digest of what is asked for."""
        data = {
            "ticket": self.ticket_id,
            "command": self.command_id,
            "actor": self.actor.id,
            **self.said,
        }
        return keyed_digest(self.secret, encode(data))


def erasing(basis: str, refs: tuple[str, ...]) -> tuple[Mapping[str, Any], Act]:
    """What is said, and what is done, to erase the values of *refs* (all, if there are none)."""
    said = {"action": "erase", "basis": basis, "refs": list(refs)}
    return said, lambda ticket, context: erase(ticket, basis, refs, context)


def placing(case: str) -> tuple[Mapping[str, Any], Act]:
    """What is said, and what is done, to keep a ticket whole for *case*."""
    said = {"action": "place_legal_hold", "case": case}
    return said, lambda ticket, context: place_legal_hold(ticket, case, context)


def lifting(case: str) -> tuple[Mapping[str, Any], Act]:
    """What is said, and what is done, to lift that."""
    said = {"action": "lift_legal_hold", "case": case}
    return said, lambda ticket, context: lift_legal_hold(ticket, case, context)


def carry_out(
    order: Keep, rulebooks: Rulebooks, codec: Codec, capabilities: frozenset[Capability]
) -> Operation[Done]:
    """Carry out an act, once.

    Raises:
        CommandRefused: with the reason; nothing was changed.
        StoreError: ``unsupported`` for erasing where the store keeps no sealed values.
    """
    if order.said["action"] == "erase" and Capability.SEALED not in capabilities:
        raise StoreError("unsupported", capability=Capability.SEALED.value)

    def make(known: Stored) -> Operation[tuple[Batch, Sequence[Event]]]:
        made = _made(known, order, rulebooks, codec, capabilities)
        yield from _check_refs(order, capabilities)
        return made

    return (yield from once(order, order.digest(), make, rulebooks, codec))


def _made(
    known: Stored,
    order: Keep,
    rulebooks: Rulebooks,
    codec: Codec,
    capabilities: frozenset[Capability],
) -> tuple[Batch, tuple[Event, ...]]:
    """Let time pass, as far as it can, and act."""
    ticket, now = known.snapshot.ticket, order.now
    context = Context(
        order.ticket_id, order.actor, order.at, rulebooks.of(ticket), order.command_id, now=now
    )
    passed = _passed(ticket, context, rulebooks)
    early, marks = timer_parts(passed.fired)
    if early:
        context = evolve(context, version=ticket.version + 1)
    decided = order.act(passed.ticket, context)
    if isinstance(decided, Refusal):
        raise CommandRefused(decided)
    before = Before(order.ticket_id, known.snapshot)
    own = (*marks, Mark(order.command_id, order.digest()))
    change = before.change((*early, *decided.events), own, codec)
    spoken = timer_messages(passed.fired, capabilities)
    return whole(change, decided, spoken, codec, capabilities), decided.events


def _passed(ticket: Ticket, context: Context, rulebooks: Rulebooks) -> Passed:
    """What time did by then; nothing, where that cannot be told."""
    if own_rulebook(ticket, rulebooks) is not None:
        with suppress(WorkorderError):
            return pass_time(ticket, context)
    return Passed(ticket)


def _check_refs(order: Keep, capabilities: frozenset[Capability]) -> Operation[None]:
    """Refuse references that the ticket never had: whoever mistypes one believes that it is gone.

    One whose value is gone already is known by the history.
    """
    if not order.refs:
        return
    kept = yield from ask(Reveal(order.ticket_id, order.refs))
    missing = [ref for ref in order.refs if ref not in kept]
    if not missing:
        return
    known: dict[str, int] = dict.fromkeys(kept, 0)
    if Capability.HISTORY in capabilities:
        known = references((yield from ask(ReadRecords(order.ticket_id))))
    unknown = tuple(
        problem("refs", "not_a_choice", found=ref, choices=tuple(known))
        for ref in missing
        if ref not in known
    )
    if unknown:
        raise CommandRefused(unfit(ERASE, *unknown))


def references(records: Collection[Record]) -> dict[str, int]:
    """Every reference to a sealed value in *records*, in order, with the number of the event that
    brought it. Read from the bytes, so that events of unknown types tell theirs, too.
    """
    found: dict[str, int] = {}
    for record in records:
        for ref in _referred(decode(record.data)):
            found.setdefault(ref, record.sequence)
    return found


def _referred(data: object) -> Iterator[str]:
    waiting = [data]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Mapping):
            if part.keys() == {"commitment", "sealed"} and isinstance(part["sealed"], str):
                yield part["sealed"]
            waiting += reversed([*part.values()])
        elif isinstance(part, list | tuple):
            waiting += reversed(part)
