"""What becomes of clocks when one ticket is merged into another, and when that is undone.

Whoever complained was promised an answer; that the complaint lies in another ticket now takes
nothing off that. What was merged into a ticket lets none of its clocks end later than was promised,
and a clock that the law asks for is taken over where the ticket has none of its own.
"""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from attrs import evolve

from workorder.clocks import Clock, changed
from workorder.kernel.moments import Corrected
from workorder.ticket import Absorbed, Event, Released, Ticket

if TYPE_CHECKING:
    from workorder.sla.clocks import Advanced, Moment, ServiceLevels


def inherited(
    ticket: Ticket,
    event: Event,
    other: Ticket | None,
    moment: "Moment",
    found: "Advanced",
    levels: "ServiceLevels",
) -> "Advanced":
    """What *event* does to the clocks of *ticket* because of another ticket, beyond what was
    *found*.

    Args:
        ticket: after the event, with the clocks that it had before.
        event: what happened; only merging and its undoing do anything here.
        other: the ticket that was merged into it, as it was before.
        moment: of the event.
        found: what the moment did to the clocks by itself.
        levels: what is promised.
    """
    from workorder.sla.clocks import settled

    new: dict[str, Clock] = {**found.changed}
    if isinstance(event, Absorbed) and other is not None:
        new |= dict(_absorbed({**ticket.clocks, **new}, other, moment, levels))
    elif isinstance(event, Released) and not ticket.links.absorbed:
        new |= dict(_released({**ticket.clocks, **new}, moment, levels))
    return settled(ticket.clocks, new, levels) if new != found.changed else found


def _absorbed(
    own: Mapping[str, Clock], other: Ticket, moment: "Moment", levels: "ServiceLevels"
) -> Iterator[tuple[str, Clock]]:
    """The clocks of a ticket that has absorbed *other*."""
    promised = {
        name: _promise(clock, moment, levels)
        for name, clock in other.clocks.items()
        if clock.active and name in levels.by_name
    }
    for name, theirs in promised.items():
        mine = own.get(name)
        if (mine is None or not mine.active) and levels.by_name[name].statutory:
            yield name, _taken_over(theirs, mine)
    for name, mine in own.items():
        if not mine.active:
            continue
        dues = [mine.ceiling, promised[name].due if name in promised else None]
        if mine.leads:
            dues.append(other.windows.due)
        ceiling = min((each for each in dues if each is not None), default=None)
        if ceiling != mine.ceiling:
            yield name, changed(mine, ceiling=ceiling)


def _promise(clock: Clock, moment: "Moment", levels: "ServiceLevels") -> Clock:
    """*clock* running, with its due instant: what it waited for, only its own ticket waited for."""
    from workorder.sla.clocks import dued, turned

    if clock.state == "running":
        return clock
    return dued(turned(clock, moment.at, moment.number, runs=True), levels, None)


def _taken_over(theirs: Clock, mine: Clock | None) -> Clock:
    """The clock of another ticket as one of this. No event of this one began any of it."""
    return changed(
        theirs,
        segments=tuple(evolve(each, cause=0) for each in theirs.segments),
        ceiling=theirs.due,
        leads=mine is not None and mine.leads,
        cycle=1 if mine is None else mine.cycle + 1,
        verdicts=() if mine is None else mine.verdicts,
    )


def _is_taken_over(clock: Clock) -> bool:
    return clock.segments[0].cause == 0


def _released(
    own: Mapping[str, Clock], moment: "Moment", levels: "ServiceLevels"
) -> Iterator[tuple[str, Clock]]:
    """The clocks of a ticket from which the last absorbed one went its own way again. What it took
    over goes, and its own begins, if it is asked for and never ended.
    """
    from workorder.sla.clocks import cancelled

    for name, clock in own.items():
        if not clock.active or clock.ceiling is None:
            continue
        free = changed(clock, ceiling=None)
        taken, asked = _is_taken_over(clock), levels.choice(name, moment.now) is not None
        if taken or not asked:
            free = cancelled(free, max(moment.at, clock.segments[-1].start))
        if taken and asked and not clock.verdicts:
            free = _its_own(clock, moment, levels) or free
        yield name, free


def _its_own(clock: Clock, moment: "Moment", levels: "ServiceLevels") -> Clock | None:
    """The clock that the ticket would have, had it taken over none: counted from its receipt."""
    from workorder.sla.clocks import Moment, started

    view = Corrected(moment.now)
    asked = Moment(moment.at, (view,), moment.number, None, waits=moment.waits)
    begun = started(None, levels.by_name[clock.metric], asked, levels)
    if begun is None:
        return None
    return changed(begun, cycle=clock.cycle + 1, leads=clock.leads)
