"""The timeline of a ticket: its states, its holds and its clocks, from its history, to be drawn.

:func:`timeline_of` is pure: events, the ticket they made, a rulebook and an instant. What only part
of a ticket's readers may know (holds, clocks) is left out for the others, as it is when they ask
why.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from attrs import evolve

from workorder.clocks import Clock
from workorder.desk.reading import entries, loaded
from workorder.desk.requests import Operation
from workorder.desk.rights import Rights, rights_of
from workorder.kernel import SYSTEM, Context, pass_time
from workorder.rulebook import Rulebook, Rulebooks
from workorder.storage import Codec
from workorder.texts import ENGLISH, Label, is_chinese
from workorder.ticket import Event, MarkReached, Ticket
from workorder.workflow import ENDED, Actor

if TYPE_CHECKING:
    from workorder.desk.answers import Entry
    from workorder.sla.clocks import ClockLane, ServiceLevels, Stretch, Timeline
    from workorder.sla.verbs import Calendar


def timeline(
    ticket_id: str,
    actor: Actor,
    rulebooks: Rulebooks,
    codec: Codec,
    at: datetime,
    language: str,
) -> "Operation[Timeline]":
    """The timeline of a ticket as *actor* may see it at an instant."""
    ticket = yield from loaded(ticket_id, actor, rulebooks)
    rights = rights_of(actor, ticket, rulebooks)
    told = yield from entries(ticket, rights, codec, after=0, limit=None, reveal=False)
    rulebook = rulebooks.of(ticket)
    if not rights.whole:
        return _shared(told, ticket, rights, at, language)
    # What time has done by now counts, whether or not it has been written down yet.
    passed = pass_time(ticket, Context(ticket.id, SYSTEM, at, rulebook, ""))
    unwritten = (event for fired in passed.fired for event in fired.events)
    events = (*(entry.event for entry in told), *unwritten)
    return timeline_of(events, passed.ticket, rulebook, at, language)


def timeline_of(
    events: Iterable[Event],
    ticket: Ticket,
    rulebook: Rulebook,
    at: datetime,
    language: str = ENGLISH,
) -> "Timeline":
    """The timeline of *ticket* at an instant.

    A ticket that is closed, with no clock that goes on, is drawn up to its end.

    Args:
        events: all that happened to it, in order.
        ticket: as it stands after them.
        rulebook: the one that it goes by; its labels, its calendar and its service levels.
        at: the present; raised to the last event.
        language: in which the title is.
    """
    from workorder.sla.clocks import Timeline

    events = tuple(events)
    clocks = _in_order(ticket, rulebook.sla)
    ended = None if any(each.active for each in clocks) else _closed(events)
    now = max(at, ticket.times.last)
    if ended is not None:
        stopped = (each.segments[-1].end for each in clocks)
        now = max(each for each in (ended, *stopped) if each is not None)
    lanes: tuple[ClockLane, ...] = ()
    if rulebook.sla is not None:
        lanes = tuple(_lanes(clocks, events, now, rulebook.sla))
    return Timeline(
        _title(ticket, language),
        now,
        _calendar(rulebook),
        tuple(_states(events, rulebook, ended)),
        tuple(_holds(ticket, rulebook)),
        lanes,
        over=ended is not None,
    )


def _title(ticket: Ticket, language: str) -> str:
    return f"工单 {ticket.id}" if is_chinese(language) else f"Ticket {ticket.id}"


def _calendar(rulebook: Rulebook) -> "Calendar":
    """On whose clock it is told: that of the service levels, or of the rulebook; round the clock
    where nobody counts.
    """
    if rulebook.sla is not None:
        return rulebook.sla.calendar
    if rulebook.calendar is not None:
        return rulebook.calendar
    from workorder.sla import BusinessCalendar

    return BusinessCalendar("UTC", "24/7")


def _in_order(ticket: Ticket, levels: "ServiceLevels | None") -> tuple[Clock, ...]:
    """The clocks of *ticket*, the one that leads first."""
    known = {} if levels is None else levels.by_name
    places = {name: place for place, name in enumerate(known)}
    return tuple(
        sorted(
            ticket.clocks.values(),
            key=lambda each: (not each.leads, places.get(each.metric, len(places)), each.metric),
        )
    )


def _closed(events: Iterable[Event]) -> datetime | None:
    """Since when nothing was left to do; ``None`` while something is."""
    since: datetime | None = None
    for each in events:
        if each.step.category not in ENDED:
            since = None
        elif since is None:
            since = each.trace.occurred_at
    return since


def _states(
    events: Iterable[Event], rulebook: Rulebook, ended: datetime | None
) -> "Iterator[Stretch]":
    """The states, one after the other; none begins after the end."""
    last: Event | None = None
    for each in events:
        if last is not None and each.step.to_state == last.step.to_state:
            continue
        if last is not None:
            yield _state(last, rulebook, each.trace.occurred_at)
        last = each
        if ended is not None and each.trace.occurred_at >= ended and each.step.category in ENDED:
            break  # what follows is kept, no more
    if last is not None:
        yield _state(last, rulebook, ended)


def _state(event: Event, rulebook: Rulebook, end: datetime | None) -> "Stretch":
    from workorder.sla.clocks import Stretch

    name = event.step.to_state
    known = rulebook.workflow.state_by_name.get(name)
    label = known.label if known is not None else Label(name)
    return Stretch(label, event.trace.occurred_at, end)


def _holds(ticket: Ticket, rulebook: Rulebook) -> "Iterator[Stretch]":
    """When it waited, and why."""
    from workorder.sla.clocks import Stretch

    def label(name: str) -> Label:
        reason = rulebook.workflow.settings.hold_reason(name)
        return reason.label if reason is not None else Label(name)

    for each in ticket.work.waited:
        yield Stretch(label(each.reason), each.start, each.end)
    if ticket.work.hold is not None:
        yield Stretch(label(ticket.work.hold.reason), ticket.work.hold.since)


def _lanes(
    clocks: Iterable[Clock], events: Iterable[Event], now: datetime, levels: "ServiceLevels"
) -> "Iterator[ClockLane]":
    """The clocks, each with the marks of its cycle that were reached."""
    from workorder.sla.clocks import ClockLane, Reached

    reached: dict[tuple[str, int], list[Reached]] = {}
    for each in events:
        if isinstance(each, MarkReached):
            reached.setdefault((each.clock, each.cycle), []).append(Reached(each.mark, each.at))
    for clock in clocks:
        marks = reached.get((clock.metric, clock.cycle), ())
        yield ClockLane.of(clock, now, levels, tuple(marks))


def _shared(
    told: Iterable["Entry"], ticket: Ticket, rights: Rights, at: datetime, language: str
) -> "Timeline":
    """The states as somebody calls them who does not read all of the ticket; nothing else."""
    from workorder.sla.clocks import Stretch, Timeline

    states: list[Stretch] = []
    for entry in told:
        if entry.state is not None:
            start = entry.event.trace.occurred_at
            if states:
                states[-1] = evolve(states[-1], end=start)
            states.append(Stretch(entry.state, start))
    now = max((at, *(each.start for each in states)))
    return Timeline(_title(ticket, language), now, _calendar(rights.rulebook), tuple(states))
