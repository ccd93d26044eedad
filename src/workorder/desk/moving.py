"""Moving tickets to the rulebook in force: a dry run over all of them, and the move of one."""

from collections.abc import Sequence
from datetime import datetime

from attrs import evolve, frozen

from workorder.canonical import encode, keyed_digest
from workorder.desk.answers import Done
from workorder.desk.batching import Before, timer_messages, timer_parts, whole
from workorder.desk.reading import find
from workorder.desk.repeating import once
from workorder.desk.requests import Operation
from workorder.desk.room import reserved
from workorder.errors import CommandRefused
from workorder.kernel import SYSTEM, Context, Passed, change_rulebook, pass_time
from workorder.refusals import Refusal
from workorder.rulebook import Plan, Rulebook, Rulebooks, Verdict, verdict
from workorder.storage import (
    Batch,
    Capability,
    Codec,
    Mark,
    Stored,
    TicketQuery,
)
from workorder.ticket import Event, Ticket
from workorder.workflow import Actor

IN_FLIGHT = TicketQuery(limit=200)
"""Every ticket, of which those whose life is over are left out afterwards: which states those are
is for each ticket's own rulebook to say."""


@frozen
class Verdicts:
    """A page of verdicts.

    Attributes:
        verdicts: one for each ticket.
        next: the mark of the next page; ``None`` on the last one.
    """

    verdicts: tuple[Verdict, ...]
    next: str | None = None


def verdicts(
    plan: Plan, query: TicketQuery | None, mark: str | None, rulebooks: Rulebooks, at: datetime
) -> Operation[Verdicts]:
    """A page of verdicts: of tickets in flight, or of those that *query* finds."""
    page = yield from find(query or IN_FLIGHT, None, rulebooks, mark)
    asked = [each for each in page.tickets if query is not None or _in_flight(each, rulebooks)]
    return Verdicts(tuple(_judged(each, plan, rulebooks, at) for each in asked), page.next)


def _in_flight(ticket: Ticket, rulebooks: Rulebooks) -> bool:
    """Whether its life is not over, as far as can be told."""
    own = own_rulebook(ticket, rulebooks)
    state = own.workflow.state_by_name.get(ticket.state) if own is not None else None
    return state is None or state.category != "final"


def _judged(ticket: Ticket, plan: Plan, rulebooks: Rulebooks, at: datetime) -> Verdict:
    """The verdict on *ticket*, after what time has done by now, written down or not."""
    own = own_rulebook(ticket, rulebooks)
    if own is not None:
        ticket = pass_time(ticket, Context(ticket.id, SYSTEM, at, own, "")).ticket
    return verdict(ticket, own, rulebooks.current, plan)


def own_rulebook(ticket: Ticket, rulebooks: Rulebooks) -> Rulebook | None:
    """The rulebook that *ticket* goes by, if it is at hand: no other one will do here."""
    return rulebooks.by_digest.get(ticket.origin.rulebook)


@frozen
class Move:
    """The move of one ticket: everything about it that is known before the ticket is loaded.

    Attributes:
        ticket_id: the ticket.
        plan: what becomes of it.
        actor: who moves it.
        command_id: the id it is told apart by.
        at: the instant.
        secret: the key of its digest.
        expected_version: if given, any other version is ``stale``.
    """

    ticket_id: str
    plan: Plan
    actor: Actor
    command_id: str
    at: datetime
    secret: bytes
    expected_version: int | None = None

    def digest(self, rulebook: Rulebook) -> str:
        """The keyed digest of what is asked for: the same move to another rulebook is another."""
        data = {
            "ticket": self.ticket_id,
            "command": self.command_id,
            "action": "change_rulebook",
            "actor": self.actor.id,
            "plan": self.plan.as_data(),
            "rulebook": rulebook.digest,
        }
        return keyed_digest(self.secret, encode(data))


def move(
    order: Move, rulebooks: Rulebooks, codec: Codec, capabilities: frozenset[Capability]
) -> Operation[Done]:
    """Move a ticket to the rulebook in force, once. Timers that are due by then act first, under
    the rulebook that it went by, in the same commit.

    Raises:
        CommandRefused: ``rulebook_change`` with every reason; nothing was changed.
    """

    def make(known: Stored) -> Operation[tuple[Batch, Sequence[Event]]]:
        yield from ()  # nothing more is asked
        return _made(known, order, rulebooks, codec, capabilities)

    return (yield from once(order, order.digest(rulebooks.current), make, rulebooks, codec))


def _made(
    known: Stored,
    order: Move,
    rulebooks: Rulebooks,
    codec: Codec,
    capabilities: frozenset[Capability],
) -> tuple[Batch, Sequence[Event]]:
    """Let time pass under the old rulebook, and move to the new one."""
    ticket = known.snapshot.ticket
    old, new = own_rulebook(ticket, rulebooks), rulebooks.current
    context = Context(order.ticket_id, order.actor, order.at, new, order.command_id)
    passed = Passed(ticket) if old is None else pass_time(ticket, evolve(context, rulebook=old))
    early, marks = timer_parts(passed.fired)
    spoken = timer_messages(passed.fired, capabilities)
    if early:
        context = evolve(context, version=ticket.version + 1)
    decided = change_rulebook(passed.ticket, old, new, order.plan, context)
    if isinstance(decided, Refusal):
        raise CommandRefused(decided)
    own = (*marks, Mark(order.command_id, order.digest(new)))
    before = Before(order.ticket_id, known.snapshot)
    change = before.change((*early, *decided.events), own, codec)
    batch = whole(change, decided, spoken, codec, capabilities)
    return reserved(batch, rulebooks, capabilities), decided.events
