"""Lanes of a timeline: the states of a ticket, its holds, and each of its clocks."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from attrs import field, frozen
from attrs.converters import optional

from workorder.clocks import Segment
from workorder.durations import Working, WorkingDays
from workorder.instants import aware
from workorder.sla.clocks.accounts import ClockLedger
from workorder.sla.clocks.axis import LEFT, WIDE, Axis
from workorder.sla.clocks.marks import BREACH
from workorder.sla.clocks.telling import left_text, mark_text, state_text, told_instant
from workorder.sla.drawing import escape
from workorder.sla.telling import columns
from workorder.sla.verbs import Calendar
from workorder.texts import Label, is_chinese

BAR, TALL = 16, 58
"""How tall a bar is, and a lane with what is said under it."""

_LETTER, _BOLD = 6.4, 7.2
_NAME_COLUMNS = 27
_FEWEST, _GAP = 8, 5.0
_WINDOWS, _HULLS = 24, 400
"""Days up to which windows are drawn, and those up to which there is one bar a day."""


def _aware(at: datetime) -> datetime:
    return aware(at, "at")


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


# --- shapes ---------------------------------------------------------------------------------


def bar(kind: str, axis: Axis, start: datetime, end: datetime, top: float, tall: float) -> str:
    """A box between two instants; one that has no length is still seen."""
    x = axis.x(start)
    width = max(axis.x(end) - x, 1.0)
    return f'<rect class="{kind}" x="{x:.1f}" y="{top}" width="{width:.1f}" height="{tall}"/>'


def dot(kind: str, x: float, y: float) -> str:
    """A mark."""
    return f'<circle class="{kind}" cx="{x:.1f}" cy="{y}" r="4"/>'


def diamond(x: float, y: float) -> str:
    """A breach."""
    corners = ((x - 6, y), (x, y - 6), (x + 6, y), (x, y + 6))
    points = " ".join(f"{a:.1f},{b:.1f}" for a, b in corners)
    return f'<polygon class="breach" points="{points}"/>'


def upright(kind: str, x: float, top: float, bottom: float) -> str:
    """A line from above to below."""
    return f'<line class="{kind}" x1="{x:.1f}" y1="{top}" x2="{x:.1f}" y2="{bottom}"/>'


def text(x: float, y: float, said: str, kind: str = "", anchor: str = "start") -> str:
    """Some words."""
    known = f' class="{kind}"' if kind else ""
    return f'<text{known} x="{x:.1f}" y="{y}" text-anchor="{anchor}">{escape(said)}</text>'


def cut(said: str, most: int) -> str:
    """*said* in at most so many columns."""
    if columns(said) <= most:
        return said
    while said and columns(said) >= most:
        said = said[:-1]
    return f"{said}…"


# --- states and holds -----------------------------------------------------------------------


def stretches(
    kinds: Sequence[str],
    several: Sequence[Stretch],
    axis: Axis,
    until: datetime,
    top: float,
    language: str,
) -> Iterator[str]:
    """Boxes with their names, of *kinds* by turns; what goes on is drawn until *until*."""
    zone = axis.zone
    for number, each in enumerate(several):
        end = max(each.end or until, each.start)
        label = each.label.text(language)
        times = [f"{it.astimezone(zone):%Y-%m-%d %H:%M}" for it in (each.start, end)]
        last = times[1] if each.end is not None else "…"
        yield f"<g><title>{escape(f'{label}: {times[0]} - {last}')}</title>"
        yield bar(kinds[number % len(kinds)], axis, each.start, end, top, BAR + 4)
        room = int((axis.x(end) - axis.x(each.start) - 8) / _LETTER)
        if room >= min(columns(label), _FEWEST):
            yield text(axis.x(each.start) + 4, top + 14, cut(label, room), "in")
        yield "</g>"


# --- clocks ---------------------------------------------------------------------------------


def clock_lane(
    lane: ClockLane, axis: Axis, top: float, calendar: Calendar, language: str
) -> Iterator[str]:
    """What ran, what was paused, when it is due, and what is said at which points; instants are
    told on the clock of *calendar*, as those of the axis are.
    """
    reading = lane.ledger.reading
    label, state = reading.label.text(language), state_text(reading.clock, language)
    colon = "：" if is_chinese(language) else ": "
    yield f"<g><title>{escape(label + colon + state)}</title>"
    yield text(8, top + 13, cut(label, _NAME_COLUMNS))
    yield text(8, top + 30, state, "quiet")
    if reading.state != "cancelled":
        yield text(8, top + 44, cut(left_text(reading, language), _NAME_COLUMNS), "quiet")
    yield from _earlier(lane, axis, top)
    for number, segment in enumerate(reading.clock.segments):
        last = number == len(reading.clock.segments) - 1
        yield from _segment(lane, segment, axis, top, last=last)
    yield from _instants(lane, axis, top)
    yield from _captions(lane, axis, top, calendar, language)
    yield "</g>"


def _earlier(lane: ClockLane, axis: Axis, top: float) -> Iterator[str]:
    """Cycles that ended, where the present one does not count them along."""
    clock = lane.ledger.reading.clock
    for each in clock.verdicts:
        if each.cycle != clock.cycle and each.ended <= clock.started:
            kind = "past" if each.met else "past late"
            yield bar(kind, axis, each.started, each.ended, top + 4, BAR - 8)


def _segment(
    lane: ClockLane, segment: Segment, axis: Axis, top: float, *, last: bool
) -> Iterator[str]:
    reading = lane.ledger.reading
    clock = reading.clock
    calendar = lane.calendar_of(segment)
    end = segment.end or reading.at
    ahead = max(end, reading.due or reading.if_resumed or end) if last and clock.active else end
    for opened, closed in _windows(calendar, segment.start, ahead, axis):
        yield bar("open", axis, opened, closed, top, BAR)
    if not segment.runs:
        yield bar("paused", axis, segment.start, end, top + 5, BAR - 10)
        return
    late = clock.due if clock.due is not None and clock.breached is not None else end
    for kind, begun, until in (
        ("counted", segment.start, min(end, late)),
        ("late", max(segment.start, late), end),
    ):
        for opened, closed in _counted(lane, calendar, begun, until, axis):
            yield bar(kind, axis, opened, closed, top, BAR)


def _counted(
    lane: ClockLane, calendar: Calendar | None, start: datetime, end: datetime, axis: Axis
) -> Iterator[tuple[datetime, datetime]]:
    """What ran between two instants: the open hours of it, where only those count."""
    if end <= start:
        return
    working = isinstance(lane.ledger.reading.target, Working | WorkingDays)
    if not working or calendar is None or axis.days > _HULLS:
        yield start, end
    else:
        yield from _windows(calendar, start, end, axis)


def _windows(
    calendar: Calendar | None, start: datetime, end: datetime, axis: Axis
) -> Iterator[tuple[datetime, datetime]]:
    """The windows between two instants; on a long axis one for each date."""
    if calendar is None or axis.days > _HULLS or end <= start:
        return
    if axis.days <= _WINDOWS:
        yield from ((each.open, each.close) for each in calendar.windows(start, end))
        return
    days: dict[date, tuple[datetime, datetime]] = {}
    for each in calendar.windows(start, end):
        day = calendar.local_date(each.open)
        days[day] = (days.get(day, (each.open,))[0], each.close)
    yield from days.values()


def _instants(lane: ClockLane, axis: Axis, top: float) -> Iterator[str]:
    """Lines and dots: the promise, the due instant, the breach, and marks."""
    reading = lane.ledger.reading
    clock, due = reading.clock, reading.due or reading.if_resumed
    low, middle = top + BAR + 4, top + BAR / 2
    if clock.promised is not None and clock.promised != due:
        yield upright("promised", axis.x(clock.promised), top - 4, low)
    if due is not None:
        kind = "mark" if reading.due is not None else "mark maybe"
        yield upright(kind, axis.x(due), top - 4, low)
    for each in lane.reached:
        yield dot("reached", axis.x(each.at), middle)
    if reading.next_mark not in {None, BREACH} and reading.next_mark_at is not None:
        yield dot("coming", axis.x(reading.next_mark_at), middle)
    if clock.breached is not None:
        yield diamond(axis.x(clock.breached), middle)


def _captions(
    lane: ClockLane, axis: Axis, top: float, calendar: Calendar, language: str
) -> Iterator[str]:
    """What is said under the bar: as much as has room in two lines, the due instant first."""
    taken: list[list[float]] = [[], []]
    for at, said, kind in _sayings(lane, calendar, language):
        wide = columns(said) * (_BOLD if kind == "due" else _LETTER)
        left = min(max(axis.x(at) - wide / 2, LEFT), LEFT + WIDE - wide)
        for number, line in enumerate(taken):
            ends = zip(line[::2], line[1::2], strict=True)
            if all(left + wide < begun or ended < left for begun, ended in ends):
                line += [left - _GAP, left + wide + _GAP]
                yield text(round(left, 1), top + BAR + 15 + 13 * number, said, kind)
                break


def _sayings(
    lane: ClockLane, calendar: Calendar, language: str
) -> Iterator[tuple[datetime, str, str]]:
    reading = lane.ledger.reading
    clock, chinese = reading.clock, is_chinese(language)
    due = reading.due or reading.if_resumed
    if due is not None:
        said = told_instant(due, calendar, language)
        if reading.due is None:
            word = "若现在恢复则到期" if chinese else "due if it went on now"
        else:
            word = "到期" if chinese else "due"
        yield due, f"{word} {said}", "due"
    if clock.breached is not None and clock.breached != clock.due:
        said = told_instant(clock.breached, calendar, language)
        yield clock.breached, f"{'超时' if chinese else 'breached'} {said}", "due"
    if clock.promised is not None and clock.promised != due:
        said = told_instant(clock.promised, calendar, language)
        yield clock.promised, f"{'最初' if chinese else 'at first'} {said}", "quiet"
    if reading.next_mark not in {None, BREACH} and reading.next_mark_at is not None:
        yield reading.next_mark_at, mark_text(str(reading.next_mark), language), "quiet"
    for each in lane.reached:
        if each.mark != BREACH:
            yield each.at, mark_text(each.mark, language), ""
