"""Timelines: what a ticket lived through, and how its clocks counted it; to be drawn.

Plain parts, which need no ticket: stretches of states and of holds, and accounts of clocks. Who has
a ticket makes them from its history; who has a table of his own makes them from that.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime

from attrs import field, frozen
from attrs.converters import optional

from workorder.clocks import Clock, Segment
from workorder.instants import aware
from workorder.sla.clocks.accounts import ClockLedger, account
from workorder.sla.clocks.levels import USUAL, ServiceLevels
from workorder.sla.verbs import Calendar
from workorder.texts import ENGLISH, Label


def _aware(at: datetime) -> datetime:
    return aware(at, "at")


def _aware_now(now: datetime) -> datetime:
    return aware(now, "now")


@frozen
class Stretch:
    """A stretch of a ticket's life: a state it was in, or a hold.

    Attributes:
        label: what it is called.
        start: from when, aware.
        end: until when; ``None`` while it goes on.
    """

    label: Label
    start: datetime = field(converter=_aware)
    end: datetime | None = field(default=None, converter=optional(_aware))


@frozen
class Reached:
    """A mark that was reached.

    Attributes:
        mark: which.
        at: when.
    """

    mark: str
    at: datetime = field(converter=_aware)


@frozen
class ClockLane:
    """A clock to be drawn.

    Attributes:
        ledger: its account.
        reached: marks of this cycle that were reached.
        calendars: those by which earlier segments were counted, by name; without them, their
            windows are not drawn.
    """

    ledger: ClockLedger
    reached: tuple[Reached, ...] = ()
    calendars: Mapping[str, Calendar] = {}

    @classmethod
    def of(
        cls,
        clock: Clock,
        now: datetime,
        levels: ServiceLevels,
        reached: tuple[Reached, ...] = (),
    ) -> "ClockLane":
        """The lane of *clock* as it stands at *now*."""
        known = {USUAL: levels.calendar, **levels.calendars}
        return cls(account(clock, now, levels), reached, known)

    def calendar_of(self, segment: Segment) -> Calendar | None:
        """By what *segment* was counted, as far as that is known here."""
        name = segment.calendar.partition("@")[0]
        if name == self.ledger.reading.clock.segments[-1].calendar.partition("@")[0]:
            return self.ledger.calendar
        return self.calendars.get(name)

    def instants(self) -> Iterator[datetime]:
        """Everything that has to lie on the axis."""
        reading = self.ledger.reading
        clock = reading.clock
        yield from (each.at for each in self.reached)
        yield from (each.started for each in clock.verdicts)
        yield from (each.start for each in clock.segments)
        yield from (each.end for each in clock.segments if each.end is not None)
        several = (reading.at, clock.due, clock.promised, reading.if_resumed, reading.next_mark_at)
        yield from (each for each in several if each is not None)


@frozen
class Timeline:
    """What is to be drawn.

    Attributes:
        title: what it shows, in the reader's language.
        now: where the present is, aware.
        calendar: on whose clock the axis is told, and whose days off are shaded.
        states: the states of a ticket, in time.
        holds: when it waited.
        clocks: its clocks, each a lane.
        over: nothing goes on any more, and *now* is when it ended.
    """

    title: str
    now: datetime = field(converter=_aware_now)
    calendar: Calendar
    states: tuple[Stretch, ...] = ()
    holds: tuple[Stretch, ...] = ()
    clocks: tuple[ClockLane, ...] = ()
    over: bool = False

    def instants(self) -> Iterator[datetime]:
        """Everything that has to lie on the axis."""
        yield self.now
        for each in (*self.states, *self.holds):
            yield from (it for it in (each.start, each.end) if it is not None)
        for lane in self.clocks:
            yield from lane.instants()


def timeline_svg(timeline: Timeline, language: str = ENGLISH) -> str:
    """The picture of *timeline*: SVG, the same text for the same value.

    Its cost, and its length, grow with the lanes and with the dates on the axis; beyond some four
    hundred dates single dates are not drawn any more.
    """
    from workorder.sla.clocks.picture import draw

    return draw(timeline, language)
