"""Ledgers as pictures: a lane a date, open windows light, what was counted dark.

Plain SVG without scripts or fonts of its own; colours are readable on light and dark ground.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from html import escape as _escape

from workorder.sla.ledger import Ledger, Row
from workorder.sla.reasons import Why
from workorder.sla.telling import date_text, ledger_text, length_text, moment_text

LANE, LEFT, HOURS_WIDTH, RIGHT, TOP = 22, 130, 480, 290, 46
_DAY = timedelta(days=1)
Hours = tuple[float, float]
_LONGEST = 38
"""Letters of a remark."""
_MOST = 62
"""Lanes of one picture; what lies between the first and the last of a longer count is left out."""

STYLE = """
  .sheet { fill: #ffffff; }
  text { font: 12px system-ui, "Noto Sans CJK SC", sans-serif; fill: #1f2933; }
  .quiet { fill: #616e7c; }
  .grid { stroke: #cbd2d9; stroke-width: 1; }
  .closed { fill: #f0f1f3; }
  .open { fill: #cfe8d5; }
  .counted { fill: #2f855a; }
  .mark { stroke: #c0392b; stroke-width: 2; }
  .due { fill: #c0392b; font-weight: 600; }
"""


def escape(text: str) -> str:
    """*text* for XML, without the control characters that it does not know."""
    return _escape("".join(each for each in text if each.isprintable() or each == "\n"))


def ledger_svg(ledger: Ledger, language: str) -> str:
    """The picture of *ledger*; its text is in the description, for those who cannot see it."""
    lanes = _lanes(ledger)
    scale = HOURS_WIDTH / _widest(ledger, lanes)
    height = TOP + LANE * len(lanes) + 44
    width = LEFT + HOURS_WIDTH + RIGHT
    text = aloud(ledger_text(ledger, language))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"',
        f' width="{width}" height="{height}" role="img">',
        f"<title>{escape(_title(ledger, language))}</title>",
        f"<desc>{escape(text)}</desc>",
        f"<style>{STYLE}</style>",
        f'<rect class="sheet" width="{width}" height="{height}"/>',
        *_grid(scale, height - 38),
    ]
    for number, day in enumerate(lanes):
        top = TOP + LANE * number
        if day is None:
            parts.append(f'<text class="quiet" x="{LEFT}" y="{top + 15}">⋮</text>')
        else:
            parts += _lane(ledger, day, top, scale, language)
    last = escape(_title(ledger, language))
    parts.append(f'<text class="due" x="8" y="{height - 12}">{last}</text>')
    return "\n".join([*parts, "</svg>\n"])


def aloud(text: str) -> str:
    """*text* for a description, without the middle of a long one."""
    lines = text.splitlines()
    if len(lines) > 2 * _MOST:
        lines = [*lines[:_MOST], "⋮", *lines[-_MOST:]]
    return "\n".join(lines)


def _title(ledger: Ledger, language: str) -> str:
    """What was asked, and the answer."""
    if ledger.due is None:
        total = ledger.total
        return length_text(total, language) if isinstance(total, timedelta) else str(total)
    asked = ledger.due.duration.text(language)
    return f"{asked} \u2192 {moment_text(ledger.end, ledger.due.last_day, language)}"


def _lanes(ledger: Ledger) -> list[date | None]:
    """The dates shown; None where some are left out."""
    begin, end = sorted((ledger.start, ledger.end))
    first = ledger.calendar.local_date(begin)
    last = ledger.calendar.local_date(end - timedelta(microseconds=1)) if end > begin else first
    if ledger.due is not None:
        last = max(last, ledger.due.last_day)
    if ledger.rows:
        last = max(last, ledger.rows[-1].last_day)
    count = (last - first).days + 1
    if count <= _MOST:
        return [first + _DAY * n for n in range(count)]
    half = _MOST // 2
    return [
        *(first + _DAY * n for n in range(half)),
        None,
        *(last - _DAY * n for n in reversed(range(half))),
    ]


def _widest(ledger: Ledger, lanes: list[date | None]) -> float:
    """The hours of the widest lane: 24, more with windows past midnight."""
    ends = [
        _hours(day, window.close)
        for day in lanes
        if day is not None
        for window in ledger.calendar.day(day).windows
    ]
    return max([24.0, *ends])


def _hours(day: date, instant: datetime) -> float:
    """Hours on the clock since the midnight at which *day* began."""
    midnight = datetime.combine(day, time())
    return (instant.replace(tzinfo=None) - midnight) / timedelta(hours=1)


def _grid(scale: float, bottom: int) -> Iterator[str]:
    for hour in range(0, round(HOURS_WIDTH / scale) + 1, 6):
        x = LEFT + scale * hour
        yield f'<line class="grid" x1="{x:.1f}" y1="30" x2="{x:.1f}" y2="{bottom}"/>'
        yield f'<text class="quiet" x="{x:.1f}" y="22" text-anchor="middle">{hour:02d}:00</text>'


def _lane(ledger: Ledger, day: date, top: int, scale: float, language: str) -> Iterator[str]:
    about = ledger.calendar.day(day)
    yield f'<text x="8" y="{top + 15}">{date_text(day, language)}</text>'
    if not about.windows:
        yield _bar("closed", 0, 24, top, scale)
    windows = [(_hours(day, each.open), _hours(day, each.close)) for each in about.windows]
    for begin, end in windows:
        yield _bar("open", begin, end, top, scale)
    for row in ledger.rows:
        for begin, end in _counted(ledger, row, day, windows):
            yield _bar("counted", begin, end, top, scale)
    yield from _marks(ledger, day, top, scale)
    said = _said([row for row in ledger.rows if row.last_day == day], language)
    x = LEFT + HOURS_WIDTH + 14
    yield f'<text class="quiet" x="{x}" y="{top + 15}">{escape(said)}</text>'


def _counted(ledger: Ledger, row: Row, day: date, windows: list[Hours]) -> Iterator[Hours]:
    """What of *day* a row counted, in hours."""
    if not row.counted or not row.day <= day <= row.last_day:
        return
    if row.reason.why is Why.CALENDAR:
        yield 0, 24
    elif row.start is None or row.end is None:
        yield from windows
    elif row.reason.why is Why.ELAPSED:
        zone = ledger.calendar.timezone
        begin, end = _hours(day, row.start.astimezone(zone)), _hours(day, row.end)
        yield max(0.0, begin), min(24.0, end)
    else:
        yield _hours(day, row.start), _hours(day, row.end)


def _marks(ledger: Ledger, day: date, top: int, scale: float) -> Iterator[str]:
    """Where it began, and where it ended."""
    calendar = ledger.calendar
    begun = ledger.start.astimezone(calendar.timezone)
    if begun.date() == day:
        yield _line(LEFT + scale * _hours(day, begun), top)
    if _ended(ledger) == day:
        x = LEFT + scale * _hours(day, ledger.end)
        yield _line(x, top)
        yield f'<circle class="due" cx="{x:.1f}" cy="{top + LANE / 2}" r="5"/>'


def _ended(ledger: Ledger) -> date:
    """The date in whose lane the end is shown: that of the window it is in, or it ends."""
    if ledger.unit == "time" and ledger.rows and ledger.rows[-1].end == ledger.end:
        return ledger.rows[-1].last_day
    return ledger.end.date() if ledger.due is None else ledger.due.last_day


def _line(x: float, top: int) -> str:
    return f'<line class="mark" x1="{x:.1f}" y1="{top}" x2="{x:.1f}" y2="{top + LANE}"/>'


def _bar(kind: str, begin: float, end: float, top: int, scale: float) -> str:
    begin, end = sorted((begin, end))
    x, width = LEFT + scale * begin, scale * (end - begin)
    return (
        f'<rect class="{kind}" x="{x:.1f}" y="{top + 3}" width="{width:.1f}" '
        f'height="{LANE - 6}" rx="2"/>'
    )


def _said(rows: list[Row], language: str) -> str:
    if not rows:
        return ""
    row = rows[-1]
    said = row.reason.text(language)
    if row.counted:
        total = row.total
        amount = length_text(total, language) if isinstance(total, timedelta) else str(total)
        plain = row.reason.why in {Why.WEEKLY, Why.CALENDAR, Why.ELAPSED}
        said = amount if plain else f"{amount} · {said}"
    return said if len(said) <= _LONGEST else f"{said[: _LONGEST - 1]}…"
