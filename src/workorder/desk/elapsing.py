"""Letting time pass: one ticket's due timers, and everybody's.

``run_due`` claims due tickets in bounded batches, lets each one's timers act, commits several
tickets together, and gives them back. When a commit is in the way of somebody else's, the
tickets of that batch are done again one by one, as they stand by then.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from attrs import evolve, frozen

from workorder.desk.answers import DueRun, Lapse, Stuck
from workorder.desk.batching import Before, timer_messages, timer_parts
from workorder.desk.repeating import ATTEMPTS
from workorder.desk.requests import ClaimDue, Commit, Load, Operation, Release, ask
from workorder.desk.room import reserved
from workorder.errors import InvalidInput, WorkorderError
from workorder.kernel import SYSTEM, Context, Fired, pass_time
from workorder.refusals import Refusal
from workorder.rulebook import Rulebooks
from workorder.storage import Batch, Capability, Codec, Committed, Snapshot, Stored
from workorder.ticket import Ticket

TOGETHER = 50
"""How many tickets are committed together."""


def time_passed(
    stored: Stored,
    context: Context,
    rulebooks: Rulebooks,
    codec: Codec,
    capabilities: frozenset[Capability],
) -> Operation[Stored]:
    """A ticket after its due timers have acted, in a commit of their own."""
    ticket_id = stored.snapshot.ticket.id
    for _attempt in range(ATTEMPTS):
        elapsed = _elapse(stored.snapshot, context, rulebooks)
        if not elapsed.fired:
            return stored
        batch, (after,) = _batch([elapsed], rulebooks, codec, capabilities)
        answer = yield from ask(Commit(batch))
        if isinstance(answer, Committed):
            return Stored(after)
        again = yield from ask(Load((ticket_id,)))
        if ticket_id not in again:
            return stored
        stored = again[ticket_id]
    return stored


@frozen
class _Elapsed:
    """What time did to one ticket."""

    before: Snapshot
    after: Ticket
    fired: tuple[Fired, ...]
    stuck: Refusal | None


def _elapse(snapshot: Snapshot, context: Context, rulebooks: Rulebooks) -> _Elapsed:
    ticket = snapshot.ticket
    own = evolve(context, ticket_id=ticket.id, rulebook=rulebooks.of(ticket))
    passed = pass_time(ticket, own)
    return _Elapsed(snapshot, passed.ticket, passed.fired, passed.stuck)


def _batch(
    several: Sequence[_Elapsed],
    rulebooks: Rulebooks,
    codec: Codec,
    capabilities: frozenset[Capability],
) -> tuple[Batch, tuple[Snapshot, ...]]:
    """One batch for several tickets, and how they stand after it."""
    changes = []
    for each in several:
        events, marks = timer_parts(each.fired)
        before = Before(each.before.ticket.id, each.before)
        changes.append(before.changed(each.after, events, marks, codec))
    fired = [timer for each in several for timer in each.fired]
    batch = Batch(tuple(changes), timer_messages(fired, capabilities))
    batch = reserved(batch, rulebooks, capabilities)
    return batch, tuple(change.snapshot for change in changes)


@frozen
class Running:
    """One run of what is due.

    Attributes:
        at: the instant up to which timers act.
        worker: who claims; unique for each run.
        lease: how long tickets are claimed for.
        size: how many are claimed at once.
        limit: how many tickets at most; all that are due, if ``None``.
    """

    at: datetime
    worker: str
    lease: timedelta
    size: int
    limit: int | None


class _Tally:
    """What has happened in a run so far."""

    def __init__(self) -> None:
        self.tickets = 0
        self.fired: Counter[str] = Counter()
        self.lapsed: list[Lapse] = []
        self.stuck: list[Stuck] = []

    def add(self, elapsed: _Elapsed) -> None:
        """Count what stands."""
        ticket_id = elapsed.before.ticket.id
        self.tickets += bool(elapsed.fired)
        for each in elapsed.fired:
            if each.refusal is None:
                self.fired[each.timer.action] += 1
            else:
                self.lapsed.append(Lapse(ticket_id, each.timer, each.refusal))
        if elapsed.stuck is not None:
            self.stuck.append(Stuck(ticket_id, elapsed.stuck))

    def answer(self, claimed: int) -> DueRun:
        """The whole run."""
        fired = dict(sorted(self.fired.items()))
        return DueRun(claimed, self.tickets, fired, tuple(self.lapsed), tuple(self.stuck))


def run_due(
    running: Running, rulebooks: Rulebooks, codec: Codec, capabilities: frozenset[Capability]
) -> Operation[DueRun]:
    """Let time act on every ticket that is due.

    Raises:
        StoreError: ``unsupported`` when the store keeps no timers.
    """
    context = Context("", SYSTEM, running.at, rulebooks.current, running.worker)
    tally = _Tally()
    claimed = handled = 0
    # A ticket on which time is stuck uses up no limit: those behind it have their turn.
    while running.limit is None or handled < running.limit:
        size = running.size
        if running.limit is not None:
            size = min(size, running.limit - handled)
        lent = yield from ask(
            ClaimDue(running.at, running.at + running.lease, running.worker, size)
        )
        if not lent:
            break
        claimed += len(lent)
        done = yield from _run(lent, context, tally, rulebooks, codec, capabilities)
        handled += len(done)
        yield from ask(Release(done, running.worker))
    return tally.answer(claimed)


def _run(
    lent: Sequence[Snapshot],
    context: Context,
    tally: _Tally,
    rulebooks: Rulebooks,
    codec: Codec,
    capabilities: frozenset[Capability],
) -> Operation[tuple[str, ...]]:
    """Let time act on the claimed tickets; the ids of those that can be given back."""
    tried = [_tried(snapshot, context, rulebooks, tally) for snapshot in lent]
    elapsed = [each for each in tried if each is not None]
    # One on which nothing happens was lent by mistake, and would be lent again at once.
    idle = [each for each in elapsed if each.stuck is not None or not each.fired]
    kept = {each.before.ticket.id for each in idle}
    for each in elapsed:
        if not each.fired:
            tally.add(each)
    for group in _groups([each for each in elapsed if each.fired]):
        batch, _ = _batch(group, rulebooks, codec, capabilities)
        answer = yield from ask(Commit(batch))
        if isinstance(answer, Committed):
            for each in group:
                tally.add(each)
            continue
        for each in group:
            if not (yield from _alone(each, context, tally, rulebooks, codec, capabilities)):
                kept.add(each.before.ticket.id)
    # What is still due must not be claimed again in this very run.
    return tuple(each.before.ticket.id for each in elapsed if each.before.ticket.id not in kept)


def _alone(
    elapsed: _Elapsed,
    context: Context,
    tally: _Tally,
    rulebooks: Rulebooks,
    codec: Codec,
    capabilities: frozenset[Capability],
) -> Operation[bool]:
    """One ticket by itself, as it stands by now; whether nothing is left to do on it."""
    ticket_id = elapsed.before.ticket.id
    for _attempt in range(ATTEMPTS):
        stored = yield from ask(Load((ticket_id,)))
        if ticket_id not in stored:
            return True
        again = _tried(stored[ticket_id].snapshot, context, rulebooks, tally)
        if again is None:
            return False
        elapsed = again
        if not elapsed.fired:
            break
        batch, _ = _batch([elapsed], rulebooks, codec, capabilities)
        answer = yield from ask(Commit(batch))
        if isinstance(answer, Committed):
            break
    else:
        return False  # others are busy with it: whoever comes next lets its time pass
    tally.add(elapsed)
    return elapsed.stuck is None


def _tried(
    snapshot: Snapshot, context: Context, rulebooks: Rulebooks, tally: _Tally
) -> _Elapsed | None:
    """What time does to a ticket; nothing, if that cannot be told: the others must go on."""
    ticket_id = "?"
    try:
        ticket_id = snapshot.ticket.id
        return _elapse(snapshot, context, rulebooks)
    except WorkorderError as error:
        tally.stuck.append(Stuck(ticket_id, error))
    except Exception as error:  # noqa: BLE001 (a host's code may raise anything)
        cause = InvalidInput("time_failed", error=type(error).__name__)
        tally.stuck.append(Stuck(ticket_id, cause))
    return None


def _groups(several: list[_Elapsed]) -> Iterator[list[_Elapsed]]:
    for start in range(0, len(several), TOGETHER):
        yield several[start : start + TOGETHER]
