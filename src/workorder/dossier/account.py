"""What an examiner asks of a trail: promises and what became of them, holds, time in each state.

Where a clock leads, the ticket's due instant is that clock's, and the clock says what became of it:
a complaint is answered when the customer was told, not when the work was done. A promise of a clock
that is paused is suspended; what it is replaced by stands in the trail when it goes on.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Literal

from attrs import evolve, frozen

from workorder.clocks import Clock
from workorder.dossier.trail import Happening
from workorder.ticket import Closed, MergedInto, Ticket

WINDOWS = ("due", "close_from", "reopen_until", "archive_from", "appeal_until")
"""Instants that are promised to a ticket, by the names of :class:`~workorder.ticket.Windows`."""

Outcome = Literal["met", "missed", "overdue", "running", "suspended", "over", "replaced", "ended"]
"""Kept in time; kept too late; late and still open; still to come; its clock is paused; passed by
itself; another instant took its place; there was nothing left to keep."""


@frozen
class Promise:
    """An instant that was promised, and what became of it.

    Attributes:
        name: a window, ``subtask`` or ``panel``.
        about: which sub-task or panel.
        until: the instant.
        sequence: the entry with which it was promised.
        outcome: what became of it.
        ended: the entry that ended it, if one did.
        at: when that was.
        clock: the metric of the clock that leads, if one does.
    """

    name: str
    about: str | None
    until: datetime
    sequence: int
    outcome: Outcome = "running"
    ended: int | None = None
    at: datetime | None = None
    clock: str | None = None


@frozen
class Stay:
    """A time in one state.

    Attributes:
        state: the state.
        since: when it began.
        until: when it ended; ``None`` while it lasts.
        final: nothing can end it.
    """

    state: str
    since: datetime
    until: datetime | None = None
    final: bool = False


Running = dict[tuple[str, str | None], datetime]


def _promised(ticket: Ticket | None) -> Running:
    """What is promised at this point."""
    if ticket is None:
        return {}
    found: dict[tuple[str, str | None], datetime | None] = {
        (name, None): getattr(ticket.windows, name) for name in WINDOWS
    }
    found |= {("subtask", each.id): each.due for each in ticket.work.subtasks}
    if ticket.work.panel is not None:
        found["panel", ticket.work.panel.id] = ticket.work.panel.due
    return {key: until for key, until in found.items() if until is not None}


def _concludes(each: Happening) -> bool:
    """Whether the work is done with this entry."""
    done = each.event.step.resolved or isinstance(each.event, Closed)
    before = each.before is not None and each.before.times.resolved is not None
    return done and not (before and _resolved_before(each))


def _resolved_before(each: Happening) -> bool:
    before = each.before
    return before is not None and before.times.resolved == each.after.times.resolved


def _over(each: Happening) -> bool:
    """Whether the ticket ends here without a result."""
    return each.event.step.category == "final" or isinstance(each.event, MergedInto)


def leading(ticket: Ticket | None) -> Clock | None:
    """The clock whose due instant is the ticket's, if one leads."""
    clocks = ticket.clocks.values() if ticket is not None else ()
    return next((each for each in clocks if each.leads), None)


_DUE = ("due", None)


def promises(happenings: Iterable[Happening], at: datetime) -> tuple[Promise, ...]:
    """Every promise, in the order in which they were made; those that run judged at *at*."""
    open_: dict[tuple[str, str | None], Promise] = {}
    done: list[Promise] = []
    clock: Clock | None = None
    for each in happenings:
        now, before = _promised(each.after), _promised(each.before)
        clock, was = leading(each.after), clock
        if _DUE in open_:
            judged = _judged(open_[_DUE], each, clock, was)
            if judged is not None:
                del open_[_DUE]
                done.append(judged)
        for key, found in tuple(open_.items()):
            if now.get(key) == found.until:
                continue
            if key == _DUE and clock is not None and clock.state == "paused":
                continue  # suspended: when it goes on, it is known until when
            kept = found.about is not None
            ended = _closed(open_.pop(key), each, judged=kept)
            done.append(evolve(ended, outcome="replaced") if key in now else ended)
        for key, until in now.items():
            if key == _DUE and clock is not None and not clock.active:
                continue  # its verdict is given
            anew = key == _DUE and _begins(clock, was)
            if (before.get(key) != until or anew) and key not in open_:
                led = clock.metric if key == _DUE and clock is not None else None
                open_[key] = Promise(*key, until, each.sequence, clock=led)
    done += [evolve(found, outcome=_unfinished(found, at, clock)) for found in open_.values()]
    return tuple(sorted(done, key=lambda found: found.sequence))


def _begins(clock: Clock | None, was: Clock | None) -> bool:
    """Whether the clock that leads begins another cycle."""
    return clock is not None and (was is None or clock.cycle != was.cycle)


def _judged(
    found: Promise, each: Happening, clock: Clock | None, was: Clock | None
) -> Promise | None:
    """What became of the ticket's due instant with this entry, if that is known now: as the clock
    says that leads; without one, when the work is done.
    """
    verdict = clock.verdict if clock is not None else None
    if verdict is not None and (was is None or was.verdict != verdict):
        outcome: Outcome = "met" if verdict.met else "missed"
        return evolve(found, outcome=outcome, ended=each.sequence, at=verdict.ended)
    if clock is None and (was is not None or found.clock is not None):
        return _closed(found, each, judged=False)
    if _over(each) or (clock is None and _concludes(each)):
        return _closed(found, each, judged=clock is None and _concludes(each))
    return None


def _closed(found: Promise, each: Happening, *, judged: bool) -> Promise:
    at = each.event.trace.occurred_at
    outcome: Outcome = "ended"
    if judged:
        outcome = "met" if at <= found.until else "missed"
    return evolve(found, outcome=outcome, ended=each.sequence, at=at)


def _unfinished(found: Promise, at: datetime, clock: Clock | None) -> Outcome:
    if found.clock is not None and clock is not None and clock.breached is not None:
        return "overdue"
    if found.clock is not None and clock is not None and clock.state == "paused":
        return "suspended"
    if at <= found.until:
        return "running"
    return "overdue" if found.name == "due" or found.about is not None else "over"


def stays(happenings: Iterable[Happening]) -> Iterator[Stay]:
    """The times in states, one after the other."""
    last: Stay | None = None
    for each in happenings:
        state, at = each.after.state, each.event.trace.occurred_at
        final = each.event.step.category == "final"
        if last is not None and last.state != state:
            yield evolve(last, until=at)
            last = None
        if last is None:
            last = Stay(state, at, final=final)
        elif final:
            last = evolve(last, final=True)
    if last is not None:
        yield last


def times(found: Iterable[Stay], at: datetime) -> Mapping[str, tuple[int, timedelta | None]]:
    """For each state how often the ticket was in it, and how long in all, up to *at*; ``None`` for
    one that it never leaves.
    """
    made: dict[str, tuple[int, timedelta | None]] = {}
    for stay in found:
        count, length = made.get(stay.state, (0, timedelta(0)))
        if stay.final and stay.until is None:
            made[stay.state] = (count + 1, None)
        else:
            until = max(stay.until or at, stay.since)
            made[stay.state] = (count + 1, (length or timedelta(0)) + until - stay.since)
    return made
