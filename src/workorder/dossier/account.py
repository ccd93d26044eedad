"""What an examiner asks of a trail: promises and what became of them, holds, time in each state."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Literal

from attrs import evolve, frozen

from workorder.dossier.trail import Happening
from workorder.ticket import Closed, MergedInto, Ticket

WINDOWS = ("due", "close_from", "reopen_until", "archive_from", "appeal_until")
"""Instants that are promised to a ticket, by the names of :class:`~workorder.ticket.Windows`."""

Outcome = Literal["met", "missed", "overdue", "running", "over", "replaced", "ended"]
"""Kept in time; kept too late; late and still open; still to come; passed by itself; another
instant took its place; there was nothing left to keep."""


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
    """

    name: str
    about: str | None
    until: datetime
    sequence: int
    outcome: Outcome = "running"
    ended: int | None = None
    at: datetime | None = None


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


def promises(happenings: Iterable[Happening], at: datetime) -> tuple[Promise, ...]:
    """Every promise, in the order in which they were made; those that run judged at *at*."""
    open_: dict[tuple[str, str | None], Promise] = {}
    done: list[Promise] = []
    for each in happenings:
        now, before = _promised(each.after), _promised(each.before)
        if ("due", None) in open_ and (_concludes(each) or _over(each)):
            kept = _concludes(each)
            done.append(_closed(open_.pop(("due", None)), each, judged=kept))
        for key, found in tuple(open_.items()):
            if now.get(key) != found.until:
                judged = found.about is not None
                ended = _closed(open_.pop(key), each, judged=judged)
                done.append(evolve(ended, outcome="replaced") if key in now else ended)
        for key, until in now.items():
            if before.get(key) != until:
                open_[key] = Promise(*key, until, each.sequence)
    done += [evolve(found, outcome=_unfinished(found, at)) for found in open_.values()]
    return tuple(sorted(done, key=lambda found: found.sequence))


def _closed(found: Promise, each: Happening, *, judged: bool) -> Promise:
    at = each.event.trace.occurred_at
    outcome: Outcome = "ended"
    if judged:
        outcome = "met" if at <= found.until else "missed"
    return evolve(found, outcome=outcome, ended=each.sequence, at=at)


def _unfinished(found: Promise, at: datetime) -> Outcome:
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
