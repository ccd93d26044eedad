"""Lanes of a timeline: the states of a ticket, its holds, and each of its clocks."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from workorder.clocks import Segment
from workorder.durations import Working, WorkingDays
from workorder.sla.clocks.axis import LEFT, WIDE, Axis
from workorder.sla.clocks.marks import BREACH
from workorder.sla.clocks.shapes import BAR, BOLD, LETTER, bar, cut, diamond, dot, text, upright
from workorder.sla.clocks.telling import left_text, mark_text, state_text, told_instant
from workorder.sla.clocks.timeline import ClockLane, Stretch
from workorder.sla.drawing import escape
from workorder.sla.telling import columns
from workorder.sla.verbs import Calendar
from workorder.texts import is_chinese

TALL = 58
"""How tall the lane of a clock is, with what is said under the bar."""

_NAME_COLUMNS = 27
_FEWEST, _GAP = 8, 5.0
_WINDOWS, _HULLS = 24, 400
"""Days up to which windows are drawn, and those up to which there is one bar a day."""


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
        room = int((axis.x(end) - axis.x(each.start) - 8) / LETTER)
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
        wide = columns(said) * (BOLD if kind == "due" else LETTER)
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
