"""The clocks of a ticket: a picture, every cycle with its verdict, what was revised, and how each
clock counts.

Cycles, verdicts and due instants are told as the records have them. Picture and accounts are
counted anew, by the calendar of the rulebook that the ticket goes by; where that is not at hand,
they are left out, and the page says so.
"""

from collections.abc import Iterator, Mapping

from attrs import frozen

from workorder.clocks import Clock, Extended
from workorder.desk import timeline_of
from workorder.dossier.markup import Markup, joined, styled, table, tag
from workorder.dossier.sections import Sections
from workorder.dossier.trail import Happening
from workorder.errors import WorkorderError
from workorder.sla.clocks import Timeline, timeline_svg
from workorder.ticket import DueRevised

_DAMAGED = (WorkorderError, ValueError, ArithmeticError, LookupError, TypeError)
"""What counting may come upon in records that somebody altered, or beyond the end of a calendar."""


@frozen
class Cycle:
    """One cycle of a clock, as it stood last.

    Attributes:
        clock: the clock, as long as it was in this cycle.
        sequence: the entry that last changed it.
    """

    clock: Clock
    sequence: int


@frozen
class Granted:
    """A longer time that was granted.

    Attributes:
        metric: of which clock.
        extended: until when, and what it was before.
        sequence: the entry since which it counts.
    """

    metric: str
    extended: Extended
    sequence: int


def cycles(happenings: tuple[Happening, ...]) -> tuple[Cycle, ...]:
    """Every cycle of every clock, in the order in which they began."""
    found: dict[tuple[str, int], Cycle] = {}
    for each in happenings:
        for clock in each.event.clocks.values():
            found[clock.metric, clock.cycle] = Cycle(clock, each.sequence)
    return tuple(sorted(found.values(), key=lambda each: each.clock.started))


def granted(happenings: tuple[Happening, ...]) -> tuple[Granted, ...]:
    """Every extension, as it came to count."""
    found: dict[tuple[str, int, Extended], Granted] = {}
    for each in happenings:
        for clock in each.event.clocks.values():
            for extended in clock.extended:
                key = clock.metric, clock.cycle, extended
                found.setdefault(key, Granted(clock.metric, extended, each.sequence))
    return tuple(found.values())


def clocks(made: Sections) -> Markup:
    """The section."""
    happenings = made.trail.happenings
    if not cycles(happenings):
        return Markup()
    counted = _counted(made)
    accounts = joined(_accounts(made, counted)) if counted is not None else Markup()
    parts = [
        ("cycles", _cycles(made)),
        ("revised", _revised(made)),
        ("granted", _granted(made)),
        ("accounts", accounts),
    ]
    told = [joined((tag("h3", made.view.told(key)), inside)) for key, inside in parts if inside]
    return joined([_picture(made, counted), *told])


# --- as the records have it -----------------------------------------------------------------


def _cycles(made: Sections) -> Markup:
    view = made.view
    rows = []
    for each in cycles(made.trail.happenings):
        clock, late = each.clock, _late(made, each.clock)
        ended = clock.segments[-1].end
        word = "overdue" if late and clock.verdict is None else _verdict(clock)
        rows.append(
            (
                view.metric(clock.metric),
                str(clock.cycle),
                view.instant(clock.started),
                view.instant(ended) if ended is not None else "",
                view.until(clock.promised) if clock.promised is not None else "",
                view.until(clock.due) if clock.due is not None else "",
                made.entries.link(each.sequence),
                styled("wrong" if late else "plain", view.told(word)),
            )
        )
    heads = ("clock", "cycle", "from", "to", "due_first", "due_at", "entry", "verdict")
    return table(made.entries.heads(*heads), rows)


def _verdict(clock: Clock) -> str:
    if clock.verdict is not None:
        return "in_time" if clock.verdict.met else "late"
    return _STATES.get(clock.state, "stopped")


_STATES: Mapping[str, str] = {
    "running": "went_on",
    "paused": "stopped",
    "finished": "stopped",
    "cancelled": "dropped",
}


def _late(made: Sections, clock: Clock) -> bool:
    """Whether its time was used up by now, or at its end."""
    if clock.verdict is not None:
        return not clock.verdict.met
    if not clock.active:
        return False
    over = clock.state == "running" and clock.due is not None and made.at > clock.due
    return over or clock.breached is not None


def _revised(made: Sections) -> Markup:
    """What was due at another instant than promised, and why."""
    view = made.view
    rows = [
        (
            made.entries.link(each.sequence),
            view.instant(each.event.trace.occurred_at),
            view.metric(change.clock),
            view.until(change.old),
            view.until(change.new),
            view.cause(each.event.cause, view.rulebook_of(each.event)),
        )
        for each in made.trail.happenings
        if isinstance(each.event, DueRevised)
        for change in each.event.changes
    ]
    heads = ("entry", "when", "clock", "due_before", "due_after", "cause")
    return table(made.entries.heads(*heads), rows)


def _granted(made: Sections) -> Markup:
    """Extensions, with both due instants."""
    view = made.view
    rows = [
        (
            made.entries.link(each.sequence),
            view.instant(each.extended.at),
            view.metric(each.metric),
            view.until(each.extended.before) if each.extended.before is not None else "",
            view.until(each.extended.until),
        )
        for each in granted(made.trail.happenings)
    ]
    heads = ("entry", "when", "clock", "due_before", "due_after")
    return table(made.entries.heads(*heads), rows)


# --- counted anew ---------------------------------------------------------------------------


def _counted(made: Sections) -> Timeline | None:
    """The timeline, where the rulebook that the ticket goes by is at hand."""
    ticket, rulebook = made.ticket, made.view.rulebook
    if rulebook.sla is None or rulebook.digest != ticket.origin.rulebook:
        return None
    happenings = made.trail.happenings
    events = [each.event for each in happenings]
    try:
        return timeline_of(events, happenings[-1].after, rulebook, made.at, made.view.language)
    except _DAMAGED:
        return None


def _picture(made: Sections, timeline: Timeline | None) -> Markup:
    missing = tag("p", made.view.told("not_counted"))
    if timeline is None:
        return missing
    try:
        return styled("wide", inline(timeline_svg(timeline, made.view.language)), name="div")
    except _DAMAGED:
        return missing


def inline(svg: str) -> Markup:
    """A picture as a part of the page: its style sheet is in that of the page, and the page says
    what it is made of.
    """
    before, _, rest = svg.partition("<style>")
    _, _, after = rest.partition("</style>\n")
    return Markup((before + after).replace(' xmlns="http://www.w3.org/2000/svg"', "").strip())


def _accounts(made: Sections, timeline: Timeline) -> Iterator[Markup]:
    """The account of every clock as it stands: what counted, what did not, and why."""
    for lane in timeline.clocks:
        try:
            said = lane.ledger.text(made.view.language)
        except _DAMAGED:
            continue
        yield styled("account", said, name="p")
