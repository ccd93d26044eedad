"""Reckoning again when tickets are due, after dates have become official.

A calendar estimates the holidays of a year that nobody has announced, and what is promised by it is
provisional. When the announcement has come, every running clock is reckoned again: by the calendars
that the ticket's own rulebook knows by now, or by others that are given for theirs. Timers that are
due by then act first, in the same commit, as they do before everything that happens to a ticket.

Which tickets come into question is asked of the store, in the order of ids: those that are not
closed, and those that were closed lately, for a clock may run on after that (a call-back). A ticket
is changed where one of its clocks promises something else, so a run over a store that has had one
changes nothing. Several may run at once: a version that has moved on is looked at again.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from workorder.canonical import encode, keyed_digest
from workorder.clocks import REVISE_DUE, Clock
from workorder.conditions import AnyOf, where
from workorder.desk.batching import Before, timer_messages, timer_parts, whole
from workorder.desk.moving import own_rulebook
from workorder.desk.repeating import ATTEMPTS
from workorder.desk.requests import Commit, Find, Load, Operation, ask
from workorder.desk.revisions import DueMoved, Revision, RevisionRun, Unrevised
from workorder.errors import InvalidInput, WorkorderError
from workorder.kernel import Context, Decided, pass_time, redate
from workorder.refusals import Refusal, Unmet, problem
from workorder.rulebook import Rulebook, Rulebooks
from workorder.storage import Batch, Capability, Codec, Committed, Mark, Snapshot, TicketQuery
from workorder.ticket import DueChange, DueRevised, Ticket
from workorder.workflow import Actor

if TYPE_CHECKING:
    from workorder.sla.clocks import ServiceLevels
    from workorder.sla.verbs import Calendar

PAGE = 200
"""How many tickets are asked for at once."""

CLOSED_SINCE = timedelta(days=92)
"""How long ago a ticket may have been closed whose clocks are still looked at."""


@frozen
class Revising:
    """A run, and everything about it that is known before a ticket is loaded.

    Attributes:
        actor: who is recorded.
        run: the command id of every change in it.
        at: the instant.
        secret: the key of command digests.
        levels: by the digest of a rulebook, what is promised under it, by the calendars of now.
        dry: nothing is written.
        limit: at most so many tickets are changed; all, if ``None``.
    """

    actor: Actor
    run: str
    at: datetime
    secret: bytes
    levels: "Mapping[str, ServiceLevels]"
    dry: bool = False
    limit: int | None = None

    def mark(self, ticket_id: str) -> Mark:
        """That the run has changed a ticket."""
        said = {"ticket": ticket_id, "command": self.run, "actor": self.actor.id}
        return Mark(self.run, keyed_digest(self.secret, encode({**said, "action": REVISE_DUE})))


def levels_now(
    rulebooks: Rulebooks, calendars: "Mapping[str, Calendar]"
) -> "Mapping[str, ServiceLevels]":
    """By the digest of a rulebook, what is promised under it, with *calendars* for its own of the
    same names.

    Raises:
        InvalidInput: ``not_a_choice`` for a name that none of them has; ``wrong_type`` for what is
            no calendar.
        ConfigurationError: when what is promised cannot be counted by one.
    """
    given = {each.digest: each.sla for each in rulebooks.by_digest.values() if each.sla is not None}
    if not calendars:
        return given
    from workorder.sla.clocks.levels import USUAL
    from workorder.sla.verbs import Calendar

    names = [USUAL, *dict.fromkeys(name for each in given.values() for name in each.calendars)]
    for name, calendar in calendars.items():
        if name not in names:
            raise InvalidInput("not_a_choice", name="calendars", found=name, choices=names)
        if not isinstance(calendar, Calendar):
            found = type(calendar).__name__
            raise InvalidInput("wrong_type", name=name, expected="a calendar", found=found)
    return {
        digest: evolve(
            levels,
            calendar=calendars.get(USUAL, levels.calendar),
            calendars={name: calendars.get(name, own) for name, own in levels.calendars.items()},
        )
        for digest, levels in given.items()
    }


def further(
    run: RevisionRun,
    revising: Revising,
    rulebooks: Rulebooks,
    codec: Codec,
    capabilities: frozenset[Capability],
) -> Operation[tuple[RevisionRun, bool]]:
    """*run* with another page of tickets, and whether that was the last one.

    Raises:
        StoreError: ``unsupported`` where the store answers no queries.
    """
    found = yield from ask(Find(TicketQuery(_condition(revising.at), (), PAGE, _after(run))))
    tally = _Tally(run)
    for snapshot in found:
        if revising.limit is not None and tally.changed >= revising.limit:
            return tally.answer(), True
        done = yield from _one(snapshot, revising, rulebooks, codec, capabilities)
        tally.add(snapshot.ticket.id, done)
        tally.by_earlier += snapshot.ticket.origin.rulebook != rulebooks.current.digest
    if len(found) == PAGE:
        return tally.answer(), False
    return evolve(tally.answer(), next=None), True


def _after(run: RevisionRun) -> tuple[str, ...] | None:
    return None if run.next is None else (run.next,)


def _condition(at: datetime) -> AnyOf:
    """Which tickets come into question."""
    return where("closed").is_missing() | where("closed").above(at - CLOSED_SINCE)


_Outcome = Revision | Refusal | Unmet | WorkorderError | None


class _Tally:
    """What has happened in a run so far."""

    def __init__(self, run: RevisionRun) -> None:
        self.looked_at, self.next, self.by_earlier = run.looked_at, run.next, run.by_earlier
        self.revised, self.confirmed, self.left = [*run.revised], [*run.confirmed], [*run.left]

    @property
    def changed(self) -> int:
        """How many tickets were changed."""
        return len(self.revised) + len(self.confirmed)

    def add(self, ticket_id: str, done: _Outcome) -> None:
        """Count what became of a ticket."""
        self.looked_at += 1
        self.next = ticket_id
        if isinstance(done, Revision) and done.changes:
            self.revised.append(done)
        elif isinstance(done, Revision):
            self.confirmed.append(ticket_id)
        elif done is not None:
            self.left.append(Unrevised(ticket_id, done))

    def answer(self) -> RevisionRun:
        """The run so far."""
        kept = (tuple(self.revised), tuple(self.confirmed), tuple(self.left))
        return RevisionRun(self.looked_at, *kept, self.next, self.by_earlier)


def _one(
    snapshot: Snapshot,
    revising: Revising,
    rulebooks: Rulebooks,
    codec: Codec,
    capabilities: frozenset[Capability],
) -> Operation[_Outcome]:
    """What became of a ticket; ``None`` where nothing had to be done."""
    ticket_id = snapshot.ticket.id
    for _attempt in range(ATTEMPTS):
        try:
            made = _made(snapshot, revising, rulebooks, codec, capabilities)
        except WorkorderError as error:
            return error
        except Exception as error:  # noqa: BLE001 (a host's rule or calendar may raise anything)
            return InvalidInput("time_failed", error=type(error).__name__)
        if not isinstance(made, _Made):
            return made
        if revising.dry or isinstance((yield from ask(Commit(made.batch))), Committed):
            return made.revision
        stored = yield from ask(Load((ticket_id,)))  # somebody changed it at this moment
        if ticket_id not in stored:
            return None
        snapshot = stored[ticket_id].snapshot
    return Refusal("conflict", facts={"attempts": ATTEMPTS})


@frozen
class _Made:
    batch: Batch
    revision: Revision


def _made(
    snapshot: Snapshot,
    revising: Revising,
    rulebooks: Rulebooks,
    codec: Codec,
    capabilities: frozenset[Capability],
) -> _Made | Refusal | Unmet | None:
    """Let time pass, and reckon again."""
    ticket = snapshot.ticket
    if not any(clock.active for clock in ticket.clocks.values()):
        return None
    rulebook = own_rulebook(ticket, rulebooks)
    if rulebook is None:
        named = ticket.origin.rulebook
        return problem("rulebook", "rulebook_not_here", rulebook=named)
    levels = revising.levels.get(rulebook.digest)
    if levels is None:  # nothing is promised under it any more
        return None
    context = Context(ticket.id, revising.actor, revising.at, rulebook, revising.run)
    passed = pass_time(ticket, context)
    if passed.stuck is not None:
        return passed.stuck
    early, marks = timer_parts(passed.fired)
    if early:
        context = evolve(context, version=ticket.version + 1)
    decided = redate(passed.ticket, levels, context)
    if decided is None:
        return None
    if Capability.OUTBOX not in capabilities:
        decided = Decided(decided.events)
    own = (*marks, revising.mark(ticket.id))
    change = Before(ticket.id, snapshot).change((*early, *decided.events), own, codec)
    spoken = timer_messages(passed.fired, capabilities)
    batch = whole(change, decided, spoken, codec, capabilities)
    moves = _moves(passed.ticket, decided, levels, rulebook, rulebooks)
    return _Made(batch, Revision(ticket.id, tuple(moves)))


def _moves(
    ticket: Ticket,
    decided: Decided,
    levels: "ServiceLevels",
    rulebook: Rulebook,
    rulebooks: Rulebooks,
) -> Iterator[DueMoved]:
    """Every change, with what counted then, and what counts now."""
    event = decided.events[0]
    changes: tuple[DueChange, ...] = event.changes if isinstance(event, DueRevised) else ()
    for each in changes:
        before, after = ticket.clocks[each.clock], event.clocks[each.clock]
        then = _counted_by(before, rulebook, rulebooks)
        yield DueMoved(each.clock, each.old, each.new, before, after, then, levels)


def _counted_by(clock: Clock, rulebook: Rulebook, rulebooks: Rulebooks) -> "ServiceLevels":
    """By what *clock* was counted: that of the ticket's own rulebook, or where its calendar has
    changed since, of another that has the dates which the clock names.
    """
    last = clock.segments[-1]
    name, until = last.calendar.partition("@")[0], max(clock.due or last.start, last.start)
    known = [each.sla for each in (rulebook, *rulebooks.by_digest.values()) if each.sla is not None]
    return next(
        (
            levels
            for levels in known
            if clock.metric in levels.by_name
            and levels.calendar_ref(name, last.start, until) == last.calendar
        ),
        known[0],
    )
