"""Commanding operations: open a ticket, carry out a command. Decide, commit, decide again.

The order of answers is fixed (:data:`workorder.refusals.PRECEDENCE`): a ticket one may not
see does not exist; a repeat gets its first answer; then comes the version, and then what
``decide`` says. When somebody else was first, the ticket is loaded and decided again, three
times at most: deciding is pure, so it costs nothing but time.
"""

from collections.abc import Mapping
from datetime import datetime

from attrs import evolve, frozen

from workorder.desk.answers import Done
from workorder.desk.batching import Before, timer_messages, timer_parts, whole
from workorder.desk.elapsing import time_passed
from workorder.desk.identity import command_digest
from workorder.desk.masking import as_masked_before, masked_command, masks
from workorder.desk.reading import not_found, seen, visible_to
from workorder.desk.repeating import ATTEMPTS, first_answer, stale
from workorder.desk.requests import Commit, Load, Operation, ask
from workorder.desk.rights import rights_of
from workorder.desk.room import NO_LIMITS, Limits, freed, owner, reserved
from workorder.errors import CommandRefused
from workorder.kernel import Context, Fired, Found, bar, concerned, decide, pass_time
from workorder.refusals import Refusal
from workorder.rulebook import Rulebook, Rulebooks
from workorder.storage import (
    Batch,
    Capability,
    CapacityTaken,
    Codec,
    Committed,
    Conflict,
    Mark,
    Receipt,
    Repeated,
    Snapshot,
    Stored,
)
from workorder.ticket import Command, Event, Ticket, Unmerge
from workorder.values import CODE_LIMIT, check_value
from workorder.workflow import Actor


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
        new_id: the id of a ticket that the command may open beside this one.
        stands_for: the digest of what was asked for, where the command is what followed from that.
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
    new_id: str = ""
    stands_for: str = ""

    def digest(self, command: Command | None = None) -> str:
        """The keyed digest of what is asked for; of *command*, if that stands for it."""
        if self.stands_for:
            return self.stands_for
        asked = self.command if command is None else command
        return command_digest(self.secret, self.ticket_id, self.command_id, asked, self.actor)

    def repeated(self, receipt: Receipt, rulebooks: Rulebooks) -> str:
        """The digest that *receipt* has if this is the same command again; else another one."""
        digest = ""
        for command in as_masked_before(self.command, rulebooks):
            digest = self.digest(command)
            if digest == receipt.digest:
                break
        return digest


Told = tuple[Done, tuple[str, ...]]
"""An answer as somebody may read it, and who has more room: not everybody may know that."""


def told(operation: Operation[Done], actor: Actor, rulebooks: Rulebooks) -> Operation[Told]:
    """What *operation* answers, as *actor* may read it."""
    done = yield from operation
    return rights_of(actor, done.ticket, rulebooks).done(done), done.freed


def carry_out(
    order: Order, rulebooks: Rulebooks, codec: Codec, capabilities: frozenset[Capability]
) -> Operation[Done]:
    """Carry out a command, once.

    What time has done to the ticket by then is applied first, and committed with it.

    Raises:
        CommandRefused: with the refusal; nothing was changed.
        StoreError: ``unsupported`` when the store cannot keep what the command brings.
    """
    for _attempt in range(ATTEMPTS):
        stored = yield from ask(Load((order.ticket_id,), (order.command_id,)))
        known = stored.get(order.ticket_id)
        if known is not None and order.command_id in known.receipts:
            if not order.opening:
                seen(stored, order.ticket_id, order.actor, rulebooks)
            return _again(known, known.receipts[order.command_id], order, rulebooks, codec)
        ticket = _present(stored, order, rulebooks)
        checked_expected(order.expected_version, ticket)
        made = yield from make(known, ticket, order, rulebooks, codec, capabilities)
        answer = yield from ask(Commit(made.batch))
        match answer:
            case Committed():
                after = made.batch.changes[0].snapshot.ticket
                room = freed(made.batch)
                return Done(after, after.version, made.events, order.command_id, freed=room)
            case Repeated(_, receipt) if receipt.command_id == order.command_id:
                again = yield from ask(Load((order.ticket_id,)))
                if order.ticket_id not in again:  # gone since, by the host's retention
                    raise not_found(order.ticket_id, order.actor)
                return _again(again[order.ticket_id], receipt, order, rulebooks, codec)
            case CapacityTaken(agent):
                raise CommandRefused(Refusal("capacity_taken", facts={"agent": owner(agent)}))
            case Conflict(changed, version) if (
                order.expected_version is not None and changed not in made.others
            ):
                raise stale(version, order.expected_version)
    raise CommandRefused(Refusal("conflict", facts={"attempts": ATTEMPTS}))


def _again(
    known: Stored, receipt: Receipt, order: Order, rulebooks: Rulebooks, codec: Codec
) -> Done:
    """The first answer, to the command that got it. Once values were erased, nobody can tell
    whether it is the same: then it is only for those who may see the ticket.
    """
    if not receipt.digest and not visible_to(order.actor, known.snapshot.ticket, rulebooks):
        raise CommandRefused(Refusal("command_reused", facts={"command_id": order.command_id}))
    return first_answer(known, receipt, order.repeated(receipt, rulebooks), codec)


@frozen
class Made:
    """What is to be committed, and the events that answer the command."""

    batch: Batch
    events: tuple[Event, ...]

    @property
    def others(self) -> frozenset[str]:
        """The other tickets that are written to."""
        return frozenset(change.ticket_id for change in self.batch.changes[1:])


def make(
    known: Stored | None,
    ticket: Ticket | None,
    order: Order,
    rulebooks: Rulebooks,
    codec: Codec,
    capabilities: frozenset[Capability],
    found: Found | None = None,
    limits: Limits = NO_LIMITS,
) -> Operation[Made]:
    """Let time pass, decide, and put together what is to be committed.

    Args:
        known: the ticket as it was loaded.
        ticket: the same, if it exists.
        order: the command.
        rulebooks: the rules.
        codec: writes records.
        capabilities: what the store offers.
        found: what the routing found, for commands that give a ticket to somebody.
        limits: how much of somebody's room may be taken at most.

    Raises:
        CommandRefused: with every reason.
    """
    kept = masked_command(order.command, masks(rulebooks.of(ticket), rulebooks.current))
    order = order if kept is order.command else evolve(order, command=kept)
    context = _context(order, rulebooks.of(ticket), rulebooks, codec.algorithm, found)
    fired: tuple[Fired, ...] = ()
    others: dict[str, Snapshot] = {}
    now = ticket
    if ticket is not None:
        passed = pass_time(ticket, context)
        now, fired = passed.ticket, passed.fired
        context = yield from _with_others(
            now, order, context, rulebooks, codec, capabilities, others
        )
        if fired:
            context = evolve(context, version=ticket.version + 1)
    verdict = decide(now, order.command, context)
    if isinstance(verdict, Refusal):
        if now is not None:
            verdict = rights_of(order.actor, now, rulebooks).refusal(verdict, now)
        raise CommandRefused(verdict)
    for each in verdict.beside:  # what is unknown here is not written to from beside either
        barred = bar(each.ticket, order.at, rulebooks.of(each.ticket)) if each.ticket else None
        if barred is not None and each.ticket is not None:
            rights = rights_of(order.actor, each.ticket, rulebooks)
            raise CommandRefused(rights.refusal(barred, each.ticket))
    early, marks = timer_parts(fired)
    before = Before(order.ticket_id, known.snapshot if known is not None else None)
    own = (*marks, Mark(order.command_id, order.digest()))
    happened = (*early, *verdict.events)
    if verdict.after is not None and not codec.holds_back:
        change = before.changed(verdict.after, happened, own, codec)
    else:
        change = before.change(happened, own, codec)
    spoken = timer_messages(fired, capabilities)
    batch = whole(change, verdict, spoken, codec, capabilities, others)
    return Made(reserved(batch, rulebooks, capabilities, limits), verdict.events)


def _with_others(
    ticket: Ticket,
    order: Order,
    context: Context,
    rulebooks: Rulebooks,
    codec: Codec,
    capabilities: frozenset[Capability],
    loaded: dict[str, Snapshot],
) -> Operation[Context]:
    """*context* with the other tickets that the command concerns, as they stand at its instant;
    those that the actor names and may not see are not there. They are put into *loaded*, too.
    """
    named = order.command.action != Unmerge.action  # there, the ticket itself names them
    known: dict[str, Ticket | None] = {}
    while (wanted := concerned(ticket, order.command, known)) is not None:
        found: Stored | None = None
        if check_value("ticket", "code", wanted, CODE_LIMIT) is None:  # else there is none
            found = (yield from ask(Load((wanted,)))).get(wanted)
        if found is not None and named:
            ticket_seen = visible_to(order.actor, found.snapshot.ticket, rulebooks)
            found = found if ticket_seen else None
        if found is not None:
            found = yield from time_passed(found, context, rulebooks, codec, capabilities)
            loaded[wanted] = found.snapshot
        known[wanted] = found.snapshot.ticket if found is not None else None
    if not known:
        return context
    others = {name: other for name, other in known.items() if other is not None}
    own = {name: rulebooks.of(other) for name, other in others.items()}
    return evolve(context, others=others, rulebooks=own)


def _present(stored: Mapping[str, Stored], order: Order, rulebooks: Rulebooks) -> Ticket | None:
    if not order.opening:
        return seen(stored, order.ticket_id, order.actor, rulebooks)
    found = stored.get(order.ticket_id)
    # The id is derived from the command id, so a ticket without its receipt is another's.
    if found is not None:
        raise CommandRefused(Refusal("command_reused", facts={"command_id": order.command_id}))
    return None


def checked_expected(expected: int | None, ticket: Ticket | None) -> None:
    """Refuse a ticket at another version than the expected one.

    Raises:
        CommandRefused: ``stale``.
    """
    version = ticket.version if ticket is not None else 0
    if expected is not None and version != expected:
        raise stale(version, expected)


def _context(
    order: Order, rulebook: Rulebook, rulebooks: Rulebooks, algorithm: str, found: Found | None
) -> Context:
    return Context(
        order.ticket_id,
        order.actor,
        order.at,
        rulebook,
        order.command_id,
        order.entropy,
        new_id=order.new_id,
        current=rulebooks.current,
        algorithm=algorithm,
        found=found,
    )
