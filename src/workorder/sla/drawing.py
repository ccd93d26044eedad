"""Ledgers as pictures: a lane a date, open windows light, what was counted dark.

Plain SVG without scripts or fonts of its own; colours are readable on light and dark ground.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from html import escape

from workorder.sla.ledger import Ledger, Row
from workorder.sla.telling import date_text, ledger_text, length_text
from workorder.texts import CHINESE

LANE, LEFT, HOURS_WIDTH, RIGHT, TOP = 22, 130, 480, 250, 46
_DAY = timedelta(days=1)
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


def ledger_svg(ledger: Ledger, language: str) -> str:
    """The picture of *ledger*; its text is in the description, for those who cannot see it."""
    lanes = _lanes(ledger)
    rows: dict[date, list[Row]] = {}
    for row in ledger.rows:
        rows.setdefault(row.day, []).append(row)
    widest = _widest(ledger, lanes)
    height = TOP + LANE * len(lanes) + 14
    width = LEFT + HOURS_WIDTH + RIGHT
    title = "营业时间计算" if language == CHINESE else "How the time was counted"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"',
        f' width="{width}" height="{height}" role="img">',
        f"<title>{title}</title>",
        f"<desc>{escape(ledger_text(ledger, language))}</desc>",
        f"<style>{STYLE}</style>",
        f'<rect class="sheet" width="{width}" height="{height}"/>',
        *_grid(widest, height),
    ]
    for number, day in enumerate(lanes):
        top = TOP + LANE * number
        if day is None:
            parts.append(f'<text class="quiet" x="{LEFT}" y="{top + 15}">⋮</text>')
        else:
            parts += _lane(ledger, day, rows.get(day, []), top, widest, language)
    return "\n".join([*parts, "</svg>\n"])


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


def _grid(widest: float, height: int) -> Iterator[str]:
    for hour in range(0, int(widest) + 1, 6):
        x = LEFT + HOURS_WIDTH * hour / widest
        yield f'<line class="grid" x1="{x:.1f}" y1="30" x2="{x:.1f}" y2="{height - 10}"/>'
        yield f'<text class="quiet" x="{x:.1f}" y="22" text-anchor="middle">{hour:02d}:00</text>'


def _lane(
    ledger: Ledger, day: date, rows: list[Row], top: int, widest: float, language: str
) -> Iterator[str]:
    about = ledger.calendar.day(day)
    yield f'<text x="8" y="{top + 15}">{date_text(day, language)}</text>'
    if not about.windows:
        yield _bar("closed", 0, 24, top, widest)
    for window in about.windows:
        yield _bar("open", _hours(day, window.open), _hours(day, window.close), top, widest)
    due = ledger.due
    in_days = ledger.unit == "days"
    for row in rows:
        if row.start is not None and row.end is not None and row.last_day == day:
            yield _bar("counted", _hours(day, row.start), _hours(day, row.end), top, widest)
        elif in_days and row.counted and row.last_day == day:
            for window in about.windows:
                begin, end = _hours(day, window.open), _hours(day, window.close)
                yield _bar("counted", begin, end, top, widest)
    zone = ledger.calendar.timezone
    for word, instant, last in (
        ("start", ledger.start.astimezone(zone), ledger.calendar.local_date(ledger.start)),
        ("due", ledger.end, due.last_day if due is not None else ledger.rows[-1].last_day)
        if ledger.rows
        else ("due", ledger.end, None),
    ):
        if last == day:
            x = LEFT + HOURS_WIDTH * _hours(day, instant) / widest
            yield f'<line class="mark" x1="{x:.1f}" y1="{top}" x2="{x:.1f}" y2="{top + LANE}"/>'
            if word == "due":
                yield f'<circle class="due" cx="{x:.1f}" cy="{top + LANE / 2}" r="5"/>'
    said = _said(rows, language)
    yield f'<text class="quiet" x="{LEFT + HOURS_WIDTH + 14}" y="{top + 15}">{escape(said)}</text>'


def _bar(kind: str, begin: float, end: float, top: int, widest: float) -> str:
    x, width = LEFT + HOURS_WIDTH * begin / widest, HOURS_WIDTH * (end - begin) / widest
    return (
        f'<rect class="{kind}" x="{x:.1f}" y="{top + 3}" width="{width:.1f}" '
        f'height="{LANE - 6}" rx="2"/>'
    )


def _said(rows: list[Row], language: str) -> str:
    if not rows:
        return ""
    row = rows[-1]
    if not row.counted:
        return row.reason.text(language)
    if isinstance(row.total, timedelta):
        return length_text(row.total, language)
    why = row.reason.text(language)
    return f"{row.total}" if row.reason.why.value == "weekly" else f"{row.total}  {why}"
