"""Erasing what was kept long enough: closed tickets whose retention is over by now.

How long the sealed values of a type are kept stands in the settings (``retention``) of the rulebook
in force, also for tickets that go by an earlier one; a type that it has no form for any more goes
by the ticket's own. It counts from closing. A ticket that had other types is kept as long as the
longest of them asks for.

Tickets that are linked (merged, appealed) are one matter: nothing of it is erased before each of
them is over and was kept long enough, or while one of them is under legal hold. A ticket that is
open again is not closed, so it is not looked at.

Which tickets come into question is asked of the store, in the order of ids: those that are erased
already, and those that were closed too lately, are not even read.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from attrs import evolve, frozen

from workorder.conditions import AllOf, AnyOf, Condition, where
from workorder.desk.keeping import BY_RETENTION, Keep, carry_out, erasing
from workorder.desk.requests import Find, Load, Operation, ask
from workorder.durations import Duration
from workorder.errors import CommandRefused, StoreError, WorkorderError
from workorder.refusals import Refusal
from workorder.rulebook import Rulebook, Rulebooks
from workorder.storage import Capability, Codec, TicketQuery
from workorder.texts import ENGLISH
from workorder.ticket import Ticket
from workorder.workflow import Actor

PAGE = 200
"""How many tickets are asked for at once."""


@frozen
class KeptBack:
    """A ticket that was kept long enough, and is kept all the same.

    Attributes:
        ticket_id: the ticket.
        cause: why: ``legal_hold`` (its own, or that of a ticket of the same matter), somebody who
            changed it at that moment, or what cannot be reckoned.
    """

    ticket_id: str
    cause: Refusal | WorkorderError

    def text(self, language: str = ENGLISH) -> str:
        """Why, for people."""
        return self.cause.text(language)


@frozen
class RetentionRun:
    """What a run of retention did.

    Attributes:
        erased: the tickets whose sealed values were erased.
        kept: those that were kept all the same.
    """

    erased: tuple[str, ...] = ()
    kept: tuple[KeptBack, ...] = ()

    def as_data(self, language: str = ENGLISH) -> dict[str, Any]:
        """The run as plain data."""
        return {
            "erased": list(self.erased),
            "kept": [
                {"ticket": each.ticket_id, "code": each.cause.code, "reason": each.text(language)}
                for each in self.kept
            ],
        }


@frozen
class Retaining:
    """A run of retention.

    Attributes:
        actor: who is recorded.
        run: the command id of every erasure in it.
        at: the instant by which retention must be over.
        secret: the key of command digests.
        limit: at most so many tickets are erased; all, if ``None``.
    """

    actor: Actor
    run: str
    at: datetime
    secret: bytes
    limit: int | None = None


def erase_expired(
    running: Retaining, rulebooks: Rulebooks, codec: Codec, capabilities: frozenset[Capability]
) -> Operation[RetentionRun]:
    """Erase the sealed values of every ticket whose retention is over.

    Raises:
        StoreError: ``unsupported`` where the store answers no queries or keeps no sealed values.
    """
    if Capability.SEALED not in capabilities:
        raise StoreError("unsupported", capability=Capability.SEALED.value)
    erased: list[str] = []
    kept: list[KeptBack] = []
    condition = _condition(rulebooks, running.at)
    query = None if condition is None else TicketQuery(condition, order=(), limit=PAGE)
    while query is not None and (running.limit is None or len(erased) < running.limit):
        found = yield from ask(Find(query))
        for snapshot in found:
            if running.limit is not None and len(erased) >= running.limit:
                break
            ticket = snapshot.ticket
            done = yield from _one(ticket, running, rulebooks, codec, capabilities)
            if done is True:
                erased.append(ticket.id)
            elif done is not False:
                kept.append(KeptBack(ticket.id, done))
        more = len(found) == PAGE
        query = evolve(query, after=(found[-1].ticket.id,)) if more else None
    return RetentionRun(tuple(erased), tuple(kept))


def _one(
    ticket: Ticket,
    running: Retaining,
    rulebooks: Rulebooks,
    codec: Codec,
    capabilities: frozenset[Capability],
) -> Operation[bool | Refusal | WorkorderError]:
    """Whether *ticket* was erased; why not, if it was kept long enough."""
    try:
        if not _over(ticket, rulebooks, running.at):
            return False
        matter = yield from _matter(ticket)
        if not all(_over(each, rulebooks, running.at, linked=True) for each in matter):
            return False
    except WorkorderError as error:
        return error
    cases = (case for each in (ticket, *matter) for case in each.work.legal_holds)
    held = tuple(dict.fromkeys(cases))
    if held:
        return Refusal("legal_hold", facts={"cases": held})
    said, act = erasing(BY_RETENTION, ())
    order = Keep(
        ticket.id,
        said,
        act,
        running.actor,
        running.run,
        running.at,
        running.at,
        running.secret,
        ticket.version,
    )
    try:
        yield from carry_out(order, rulebooks, codec, capabilities)
    except CommandRefused as refused:  # somebody changed it at this moment; it comes up again
        return refused.refusal
    return True


def _matter(ticket: Ticket) -> Operation[Sequence[Ticket]]:
    """The other tickets of the same matter, however far away they are linked."""
    known: dict[str, Ticket | None] = {ticket.id: ticket}
    waiting = _linked(ticket)
    while waiting:
        stored = yield from ask(Load(tuple(waiting)))
        for name in waiting:
            known[name] = stored[name].snapshot.ticket if name in stored else None
        near = (name for name in waiting if (other := known[name]) for name in _linked(other))
        waiting = [name for name in dict.fromkeys(near) if name not in known]
    return tuple(each for name, each in known.items() if each is not None and name != ticket.id)


def _linked(ticket: Ticket) -> list[str]:
    links = ticket.links
    named = (links.merged_into, *links.absorbed, links.appeal, links.appeal_of)
    return [name for name in dict.fromkeys(named) if name is not None]


def _over(ticket: Ticket, rulebooks: Rulebooks, at: datetime, *, linked: bool = False) -> bool:
    """Whether it is closed, and was kept long enough by *at*. Where nobody said how long tickets of
    its type, or of one that it had, are kept, it is kept for good by itself; one that is merely
    *linked* keeps no others.
    """
    closed = ticket.times.closed
    if closed is None:
        return False
    lengths = [*_lengths(ticket, rulebooks)]
    said = [each for each in lengths if each is not None]
    ended = all(rulebook.until(closed, length) <= at for rulebook, length in said)
    return ended and (len(said) == len(lengths) or linked)


def _lengths(ticket: Ticket, rulebooks: Rulebooks) -> Iterator[tuple[Rulebook, Duration] | None]:
    """How long it is kept, for each of its types, and by which rulebook that is counted; ``None``
    where nobody says so.
    """
    own = rulebooks.by_digest.get(ticket.origin.rulebook)
    for name in (ticket.type, *ticket.origin.types):
        found = None
        for rulebook in (rulebooks.current, own):
            if rulebook is not None and name in rulebook.form_by_type:
                length = rulebook.workflow.settings.retention.get(name)
                found = None if length is None else (rulebook, length)
                break
        yield found


def _condition(rulebooks: Rulebooks, at: datetime) -> Condition | None:
    """Which tickets come into question; ``None``, if no type has a retention."""
    latest: dict[str, datetime] = {}
    current = rulebooks.current
    for rulebook in (current, *rulebooks.earlier):
        for name, length in rulebook.workflow.settings.retention.items():
            if rulebook is current or name not in current.form_by_type:
                instant = _latest(rulebook, length, at)
                latest[name] = max(instant, latest.get(name, instant))
    if not latest:
        return None
    kinds = [
        AllOf((where("type").equals(name), where("closed").at_most(instant)))
        for name, instant in latest.items()
    ]
    return AllOf((where("erased").differs(value=True), AnyOf(tuple(kinds))))


_MARGIN = timedelta(days=31)
_LONGEST = 100 * 366
"""Days: nothing is looked for that was closed before."""


def _latest(rulebook: Rulebook, length: Duration, at: datetime) -> datetime:
    """An instant behind which nothing was closed whose retention is over: a bound, for the store
    to leave out most of what is kept. Each ticket's own end is reckoned when it is there.
    """
    under, over = 0, 1
    try:
        while over < _LONGEST and rulebook.until(at - timedelta(days=over), length) > at:
            under, over = over, over * 2
        while over - under > 1:
            middle = (under + over) // 2
            if rulebook.until(at - timedelta(days=middle), length) > at:
                under = middle
            else:
                over = middle
    except (WorkorderError, OverflowError):
        return at
    # Days that roll to working days may bring a later start to an earlier end, by weeks at most.
    return min(at, at - timedelta(days=under) + _MARGIN)
