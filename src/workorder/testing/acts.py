"""What can be done to a store, as values; each is done to the reference too, and compared.

An act knows nothing of the store's state when it is made: changes are decided on what the
reference has when the act is played. So any act can be left out of a history, and what remains is
a history still; that is how a failing one is made small.
"""

from datetime import timedelta

from attrs import evolve, frozen

from workorder.storage import (
    EVERYTHING,
    Batch,
    Capability,
    Change,
    MemoryStore,
    Reservation,
    Sort,
    TicketQuery,
)
from workorder.testing.batches import AT, following, message, opening, sealed_value, timers
from workorder.testing.recording import RecordedStore
from workorder.testing.trial import Trial

IDS = ("T1", "T2", "T3", "T4")
COMMANDS = ("c1", "c2", "c3", "c4", "c5")
LETTERS = ("a", "b")
REFS = tuple(f"{version}.{letter}" for version in range(1, 7) for letter in LETTERS)
AGENTS = ("li", "wu")
STATES = ("accepted", "assigned", "closed")
LIMIT = 3
"""Units an agent has at most."""

_MINUTE = timedelta(minutes=1)


@frozen
class Touch:
    """What a batch does to one ticket.

    Attributes:
        ticket: which of :data:`IDS`.
        command: which of :data:`COMMANDS`.
        off: how far the expected version is from the true one.
        events: how many records it brings.
        state: the state afterwards.
        due: the minute in which its timer is due, if it has one.
        seals: letters of references of values it brings; a reference is never used twice.
        erases: references it erases; ``*`` for all.
    """

    ticket: str
    command: str
    off: int = 0
    events: int = 1
    state: str = "accepted"
    due: int | None = None
    seals: tuple[str, ...] = ()
    erases: tuple[str, ...] = ()


class Pair:
    """A store and the reference, side by side."""

    def __init__(self, trial: Trial) -> None:
        self.trial = trial
        self.store: RecordedStore = trial.store
        self.offers = frozenset(self.store.capabilities)
        self.model = MemoryStore(history=Capability.HISTORY in self.offers)

    def change(self, touch: Touch) -> Change:
        """The change that *touch* means now."""
        known = self.model.load((touch.ticket,))
        due = () if touch.due is None else (AT + touch.due * _MINUTE,)
        values = {"state": touch.state, "timers": timers(*due)}
        erased = touch.erases if Capability.SEALED in self.offers else ()
        tenant = self.store.tenant
        if touch.ticket in known:
            change = following(
                known[touch.ticket].snapshot,
                command_id=touch.command,
                events=touch.events,
                erased=erased,
                tenant=tenant,
                **values,
            )
        else:
            change = opening(
                touch.ticket,
                command_id=touch.command,
                events=touch.events,
                erased=erased,
                tenant=tenant,
                **values,
            )
        return evolve(change, expected=max(0, change.expected + touch.off))

    def same(self, what: str, found: object, expected: object) -> None:
        """Say so, if they part ways."""
        self.trial.equal(f"{what}, beside the reference", found, expected)


@frozen
class Write:
    """A commit.

    Attributes:
        touches: what it does to tickets, each to another one.
        messages: how many messages go with it.
        agent: whose capacity is taken, if any.
        units: how much of it.
    """

    touches: tuple[Touch, ...] = ()
    messages: int = 0
    agent: str | None = None
    units: int = 0

    def play(self, pair: Pair) -> None:
        """Do it on both sides."""
        offers = pair.offers
        changes = tuple(pair.change(each) for each in self.touches)
        first = self.touches[0].ticket if self.touches else "T1"
        written = Batch(
            changes,
            tuple(message(first, f"topic.{number}") for number in range(self.messages))
            if Capability.OUTBOX in offers
            else (),
            tuple(
                sealed_value(each.ticket, f"{change.version}.{letter}", f"of {each.command}")
                for each, change in zip(self.touches, changes, strict=True)
                for letter in each.seals
            )
            if Capability.SEALED in offers
            else (),
            (Reservation(self.agent, self.units, LIMIT),)
            if self.agent is not None and Capability.CAPACITY in offers
            else (),
        )
        expected = pair.model.commit(written)
        pair.same("the answer", pair.store.commit(written), expected)

    def smaller(self) -> tuple["Write", ...]:
        """The same with one thing less."""
        found = [
            evolve(self, touches=(*self.touches[:number], *self.touches[number + 1 :]))
            for number in range(len(self.touches))
        ]
        if self.messages:
            found.append(evolve(self, messages=0))
        if self.agent is not None:
            found.append(evolve(self, agent=None, units=0))
        for number, each in enumerate(self.touches):
            plain = Touch(each.ticket, each.command, each.off)
            if plain != each:
                touches = (*self.touches[:number], plain, *self.touches[number + 1 :])
                found.append(evolve(self, touches=touches))
        return tuple(found)


@frozen
class Read:
    """Everything that can be read of one ticket.

    Attributes:
        ticket: which of :data:`IDS`.
    """

    ticket: str

    def play(self, pair: Pair) -> None:
        """Compare both sides."""
        one, other = pair.store, pair.model
        found = one.load((self.ticket,), COMMANDS)
        expected = other.load((self.ticket,), COMMANDS)
        pair.same("what is there", [*found], [*expected])
        for ticket_id, stored in expected.items():
            pair.same("the bytes", found[ticket_id].snapshot.data, stored.snapshot.data)
            pair.same("the receipts", dict(found[ticket_id].receipts), dict(stored.receipts))
        if Capability.HISTORY in pair.offers:
            pair.same("records", one.records(self.ticket), [*other.records(self.ticket)])
        if Capability.SEALED in pair.offers:
            pair.same(
                "sealed values", one.reveal(self.ticket, REFS), other.reveal(self.ticket, REFS)
            )

    def smaller(self) -> tuple["Read", ...]:
        """There is nothing less."""
        return ()


@frozen
class Look:
    """Everything that can be read of the whole store."""

    def play(self, pair: Pair) -> None:
        """Compare both sides."""
        one, other = pair.store, pair.model
        if Capability.HISTORY in pair.offers:
            log = [record for _, record in one.log()]
            pair.same("the log", log, [record for _, record in other.log()])
            pair.same("the ids", one.ids(), [*other.ids()])
        if Capability.OUTBOX in pair.offers:
            waiting = [each for _, each in one.pending(1_000)]
            pair.same("messages", waiting, [each for _, each in other.pending(1_000)])
        if Capability.QUERY in pair.offers:
            query = TicketQuery(order=(Sort("state", descending=True), Sort("opened")))
            found = [each.data for each in one.find(query)]
            pair.same("what is found", found, [each.data for each in other.find(query)])

    def smaller(self) -> tuple["Look", ...]:
        """There is nothing less."""
        return ()


@frozen
class Claim:
    """Tickets that are due, lent to a worker.

    Attributes:
        minute: when.
        minutes: for how long.
        worker: to whom.
        limit: how many at most.
    """

    minute: int
    minutes: int
    worker: str
    limit: int

    def play(self, pair: Pair) -> None:
        """Claim on both sides."""
        if Capability.TIMERS not in pair.offers:
            return
        at = AT + self.minute * _MINUTE
        asked = (at, at + self.minutes * _MINUTE, self.worker, self.limit)
        found = [each.data for each in pair.store.claim_due(*asked)]
        pair.same("what is lent", found, [each.data for each in pair.model.claim_due(*asked)])

    def smaller(self) -> tuple["Claim", ...]:
        """There is nothing less."""
        return ()


@frozen
class Release:
    """A ticket given back.

    Attributes:
        ticket: which.
        worker: by whom.
    """

    ticket: str
    worker: str

    def play(self, pair: Pair) -> None:
        """Give it back on both sides."""
        if Capability.TIMERS in pair.offers:
            pair.store.release((self.ticket,), self.worker)
            pair.model.release((self.ticket,), self.worker)

    def smaller(self) -> tuple["Release", ...]:
        """There is nothing less."""
        return ()


@frozen
class Take:
    """Messages taken off.

    Attributes:
        places: which of those that wait, by their place.
    """

    places: tuple[int, ...]

    def play(self, pair: Pair) -> None:
        """Take them off on both sides; positions may differ."""
        if Capability.OUTBOX not in pair.offers:
            return
        for side in (pair.store, pair.model):
            waiting = [position for position, _ in side.pending(1_000)]
            side.taken([waiting[each] for each in self.places if each < len(waiting)])

    def smaller(self) -> tuple["Take", ...]:
        """There is nothing less."""
        return ()


Act = Write | Read | Look | Claim | Release | Take
"""Anything of these."""

ERASES = ((), (), (), ("1.a",), ("2.a", "1.b"), (EVERYTHING,))
"""What touches erase."""
