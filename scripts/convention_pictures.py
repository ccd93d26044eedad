"""Draw the pictures of how time is counted, from the library's own answers.

No number in them is typed: each is asked of a calendar when the picture is drawn. Started by hand
after a change; a test compares the pictures with what this program would draw. Names of holidays
are our own, so that no release of another package changes a picture.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from html import escape
from pathlib import Path
from zoneinfo import ZoneInfo

from attrs import frozen

from workorder import InvalidInput
from workorder.durations import BillingCycles, CalendarDays, Earliest
from workorder.sla import (
    BusinessCalendar,
    Calendar,
    Closed,
    Due,
    Hours,
    ListedHolidays,
    Recurring,
)
from workorder.sla.drawing import STYLE
from workorder.sla.epoch import FIRST_YEAR, LAST_YEAR
from workorder.sla.telling import date_text, length_text

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "explanation" / "pictures"
MORE_STYLE = """
  .head { font-weight: 600; }
  .provisional { fill: #fbe3b5; }
  .axis, .edge { stroke: #1f2933; stroke-width: 1.5; fill: none; }
  .hollow { fill: #ffffff; stroke: #1f2933; stroke-width: 1.5; }
  .full { fill: #1f2933; }
  .dashed { stroke: #c0392b; stroke-width: 1.5; stroke-dasharray: 4 3; fill: none; }
  .on { fill: #ffffff; font-weight: 600; }
  .said { fill: #c0392b; }
"""

# --- what is asked --------------------------------------------------------------------------

SHANGHAI, LONDON = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/London")
HOUR, DAY, MICROSECOND = timedelta(hours=1), timedelta(days=1), timedelta(microseconds=1)
NATION = ListedHolidays.of(
    holidays=[date(2026, 10, day) for day in range(1, 8)],
    workdays=[date(2026, 9, 20), date(2026, 10, 10)],
    name="autumn holiday",
    published_through=date(2026, 12, 31),
)
WEEK = "Mo-Fr 09:00-12:00,13:30-18:00"
DESK = BusinessCalendar("Asia/Shanghai", WEEK, NATION)
STRICT = BusinessCalendar("Asia/Shanghai", WEEK, NATION, unpublished="refuse")
COURT = BusinessCalendar("Asia/Shanghai", "Mo-Sa 09:00-17:00")
NIGHT = BusinessCalendar(
    "Asia/Shanghai",
    "Mo-Fr 22:00-06:00",
    dates={date(2026, 6, 10): Closed("our holiday")},
)


def at(day: date, hour: int = 0, minute: int = 0) -> datetime:
    """An instant on the clock in Shanghai."""
    return datetime.combine(day, time(hour, minute), SHANGHAI)


# --- shapes ---------------------------------------------------------------------------------


def text(x: float, y: float, said: str, kind: str = "", anchor: str = "start") -> str:
    """Some words."""
    known = f' class="{kind}"' if kind else ""
    return f'<text{known} x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(said)}</text>'


def rect(kind: str, x: float, y: float, width: float, height: float) -> str:
    """A box."""
    return (
        f'<rect class="{kind}" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" '
        f'height="{height:.1f}" rx="2"/>'
    )


def line(kind: str, x: float, y: float, to_x: float, to_y: float) -> str:
    """A line."""
    return f'<line class="{kind}" x1="{x:.1f}" y1="{y:.1f}" x2="{to_x:.1f}" y2="{to_y:.1f}"/>'


def dot(kind: str, x: float, y: float) -> str:
    """A dot."""
    return f'<circle class="{kind}" cx="{x:.1f}" cy="{y:.1f}" r="5"/>'


def sheet(title: str, width: float, height: float, parts: Iterable[str]) -> str:
    """A whole picture; *title* is what is read to those who cannot see it."""
    size = f'viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" height="{height:.0f}"'
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img">',
            f"<title>{escape(title)}</title>",
            f"<style>{STYLE}{MORE_STYLE}</style>",
            rect("sheet", 0, 0, width, height),
            *parts,
            "</svg>\n",
        ]
    )


# --- hours of a day -------------------------------------------------------------------------

Bar = tuple[datetime, datetime, str]
Mark = tuple[datetime, str, str]
"""When, what is said, and on which side of the mark: start, middle or end as in SVG."""


@frozen
class Lane:
    """A date: its windows, what of them was counted, and instants to be marked."""

    label: str
    begin: datetime
    bars: Sequence[Bar] = ()
    marks: Sequence[Mark] = ()
    dots: Sequence[tuple[datetime, str]] = ()


def lane(label: str, day: date, calendar: Calendar = DESK, *marks: Mark) -> Lane:
    """A date with its windows."""
    about = calendar.day(day)
    bars = [(each.open, each.close, "open") for each in about.windows]
    begin = datetime.combine(day, time(), calendar.timezone)
    return Lane(label, begin, bars or [(begin, begin + DAY, "closed")], marks)


def lanes(title: str, several: Sequence[Lane], hours: Sequence[int] = range(0, 25, 3)) -> str:
    """Dates below each other, over the hours of a day."""
    left, wide, tall = 190, 520, 54
    first, last = hours[0], hours[-1]
    height = 34 + tall * len(several) + 6

    def x(each: Lane, when: datetime) -> float:
        return left + wide * ((when - each.begin) / HOUR - first) / (last - first)

    parts = []
    for hour in hours:
        where = left + wide * (hour - first) / (last - first)
        parts.append(line("grid", where, 28, where, height - 6))
        parts.append(text(where, 20, f"{hour:02d}:00", "quiet", "middle"))
    for number, each in enumerate(several):
        top = 34 + tall * number
        parts.append(text(8, top + 19, each.label))
        for begin, end, kind in each.bars:
            parts.append(rect(kind, x(each, begin), top + 5, x(each, end) - x(each, begin), 20))
        for when, kind in each.dots:
            parts.append(dot(kind, x(each, when), top + 15))
        for when, said, anchor in each.marks:
            aside = {"start": 5, "end": -5}.get(anchor, 0)
            parts.append(line("mark", x(each, when), top, x(each, when), top + 43))
            parts.append(text(x(each, when) + aside, top + 41, said, "said", anchor))
    return sheet(title, left + wide + 60, height, parts)


def clock(when: datetime) -> str:
    """The time of day, as short as it goes."""
    said = when.time().isoformat()
    return said.removesuffix(":00") if len(said) == len("00:00:00") else said


# --- dates in a row -------------------------------------------------------------------------


def strips(
    title: str,
    first: date,
    last: date,
    rows: Sequence[tuple[str, Due | str, Calendar]],
) -> str:
    """Dates beside each other; a row for each duration, with the numbers they were counted by."""
    days = [first + DAY * number for number in range((last - first).days + 1)]
    left, cell, tall = 250, 40, 40
    parts = []
    for number, day in enumerate(days):
        middle = left + cell * (number + 0.5)
        weekday, date_in_month, month = date_text(day, "en").split()
        parts.append(text(middle, 18, weekday, "quiet", "middle"))
        parts.append(text(middle, 34, date_in_month, "head", "middle"))
        if number == 0 or day.day == 1:
            parts.append(text(middle, 50, month, "quiet", "middle"))
    for row, (label, due, calendar) in enumerate(rows):
        top = 60 + tall * row
        parts.append(text(8, top + 19, label))
        for number, day in enumerate(days):
            x = left + cell * number
            parts += cells(x, top, day, due, calendar)
        said = due if isinstance(due, str) else due.text()
        parts.append(text(left + cell * len(days) + 12, top + 19, said, "said"))
    return sheet(title, left + cell * len(days) + 175, 66 + tall * len(rows), parts)


def cells(x: float, top: float, day: date, due: Due | str, calendar: Calendar) -> Iterator[str]:
    """One date of one row: open, closed or counted, its number, receipt and due."""
    about = calendar.day(day)
    number = "" if isinstance(due, str) else counted(due, day)
    kind = "counted" if number else "open" if about.windows else "closed"
    if about.provisional and not number:
        kind = "provisional"
    yield rect(kind, x + 2, top, 36, 28)
    yield text(x + 20, top + 19, number, "on", "middle")
    if isinstance(due, str):
        return
    if day == calendar.local_date(due.start):
        yield dot("hollow", x + 20, top + 14)
    if day == due.last_day:
        yield f'<rect class="dashed" x="{x + 1:.1f}" y="{top - 2}" width="38" height="32"/>'


def counted(due: Due, day: date) -> str:
    """The number *day* was counted with; nothing when it was not."""
    for row in due.ledger.rows:
        if row.counted and row.day <= day <= row.last_day:
            assert isinstance(row.total, int)  # noqa: S101 (days)
            return str(row.total - (row.last_day - day).days)
    return ""


# --- the night of a change of clocks --------------------------------------------------------


def night(title: str, first: datetime, hours: int, rows: Sequence[tuple[str, Bar, str]]) -> str:
    """Time as it passes, left to right, with what the clock in London shows."""
    left, hour = 150, 92
    below = 78 + 52 * len(rows)
    parts = [text(8, 24, "UTC", "quiet"), text(8, 46, "clock in London")]
    for number in range(hours + 1):
        instant = first + HOUR * number
        local = instant.astimezone(LONDON)
        x = left + hour * number
        parts.append(line("grid", x, 54, x, below - 6))
        parts.append(text(x, 24, f"{instant:%H:%M}", "quiet", "middle"))
        parts.append(text(x, 46, f"{local:%H:%M %Z}", "", "middle"))
        before = (instant - MICROSECOND).astimezone(LONDON)
        if before.utcoffset() != local.utcoffset():
            parts.append(line("dashed", x, 54, x, below - 6))
    for number, (label, (begin, end, kind), said) in enumerate(rows):
        top = 62 + 52 * number
        here, there = (left + hour * ((when - first) / HOUR) for when in (begin, end))
        parts += [text(8, top + 18, label), rect(kind, here, top + 3, there - here, 20)]
        parts += [line("mark", edge, top, edge, top + 26) for edge in (here, there)]
        parts.append(text(here, top + 42, said, "said"))
    return sheet(title, left + hour * hours + 60, below, parts)


# --- long stretches -------------------------------------------------------------------------


def stretches(
    title: str,
    first: date,
    last: date,
    ticks: Sequence[tuple[date, str]],
    rows: Sequence[tuple[str, Sequence[tuple[date, date, str, str]]]],
) -> str:
    """Months or years on end: rows of (begin, end, kind, words)."""
    left, wide, tall = 170, 560, 50
    height = 34 + tall * len(rows) + 6

    def x(day: date) -> float:
        return left + wide * (day - first) / (last - first)

    parts = []
    for day, said in ticks:
        parts.append(line("grid", x(day), 28, x(day), height - 6))
        parts.append(text(x(day), 20, said, "quiet", "middle"))
    for number, (label, bars) in enumerate(rows):
        top = 36 + tall * number
        parts.append(text(8, top + 15, label))
        for begin, end, kind, said in bars:
            parts.append(rect(kind, x(begin) + 1, top, x(end) - x(begin) - 2, 20))
            parts.append(text(x(begin) + 2, top + 35, said, "quiet"))
    return sheet(title, left + wide + 60, height, parts)


# --- the pictures ---------------------------------------------------------------------------

MONDAY, TUESDAY, SATURDAY = date(2026, 9, 14), date(2026, 9, 15), date(2026, 9, 12)


def half_open() -> str:
    """Which of the instants around two edges are open."""
    bars = lane("", MONDAY).bars
    edges = [when for begin, end, _ in bars for when in (begin, end)]
    dots = [(when, "full" if DESK.is_open(when) else "hollow") for when in edges]
    said = [
        (when, f"{clock(when)} {'open' if DESK.is_open(when) else 'closed'}", "middle")
        for when in edges
    ]
    marks = [(when, words, "end" if n % 2 else "start") for n, (when, words, _) in enumerate(said)]
    marks[1:3] = [(edges[1], said[1][1], "end"), (edges[2], said[2][1], "start")]
    one = Lane(date_text(MONDAY, "en"), at(MONDAY), bars, marks, dots)
    return lanes("The opening instant is open, the closing instant is not.", [one], range(8, 20))


def microseconds() -> str:
    """The last three microseconds before a close."""
    close = DESK.next_close(at(MONDAY, 16))
    left, wide = 60, 180
    parts = []
    for number in range(-3, 2):
        when = close + number * MICROSECOND
        x = left + wide * (number + 3)
        is_open = DESK.is_open(when)
        if number < 1:
            parts.append(rect("open" if is_open else "closed", x, 38, wide, 22))
        parts.append(line("grid", x, 30, x, 66))
        parts.append(dot("full" if is_open else "hollow", x, 49))
        parts.append(text(x, 22, when.time().isoformat(), "", "middle"))
        left_over = DESK.between(when, close + HOUR) // MICROSECOND
        parts.append(text(x, 84, f"{left_over} µs left", "quiet", "middle"))
    return sheet("Time is counted to the microsecond.", left + wide * 4 + 70, 96, parts)


def sum_at_close() -> str:
    """Where three hours from 15:00 end, in either reading."""
    start, amount = at(MONDAY, 15), 3 * HOUR
    close = DESK.add(start, amount)
    other = DESK.add(start, amount, edge="next_open")
    one = lane(
        date_text(MONDAY, "en"),
        MONDAY,
        DESK,
        (start, "start 15:00", "end"),
        (close, f"+ {length_text(amount, 'en')}: {clock(close)}", "start"),
    )
    full = Lane(one.label, one.begin, [*one.bars, (start, close, "counted")], one.marks)
    said = (other, f"edge=“next_open”: {clock(other)}", "start")
    title = "A sum that is used up exactly at a close ends at that close."
    return lanes(title, [full, lane(date_text(TUESDAY, "en"), TUESDAY, DESK, said)])


def overnight() -> str:
    """A night that a holiday removes, and one that it does not."""
    return NIGHT.explain(at(date(2026, 6, 9), 20), "16 working hours").svg()


def gap() -> str:
    """A window that begins at a time the clock skips."""
    return _night(date(2026, 3, 29), "An edge in the skipped hour is the instant of the change.")


def fold() -> str:
    """A window that begins at a time the clock shows twice."""
    return _night(date(2026, 10, 25), "An edge in the repeated hour is the first of the two.")


def _night(day: date, title: str) -> str:
    desk = BusinessCalendar("Europe/London", "Mo-Su 01:30-04:00")
    (window,) = desk.day(day).windows
    said = f"{clock(window.open)} to {clock(window.close)}: {length_text(window.length, 'en')}"
    first = datetime.combine(day, time(0), UTC)
    bar = (window.open, window.close, "open")
    return night(title, first, 5, [("hours 01:30-04:00", bar, said)])


def fixed_offsets() -> str:
    """One night, measured by the calendar and by subtracting two datetimes of one ZoneInfo."""
    day = date(2026, 10, 25)
    begin, end = (datetime.combine(day, time(h, 30), LONDON) for h in (0, 3))
    desk = BusinessCalendar("Europe/London", "Mo-Su 00:00-24:00")
    worked = desk.between(begin, end)
    instant = begin.astimezone(UTC)
    first = instant.replace(minute=0) - HOUR
    until = (instant, instant + worked, "counted")
    wrong = (instant, instant + (end - begin), "provisional")
    return night(
        "Two datetimes of one ZoneInfo are subtracted by the clock on the wall.",
        first,
        6,
        [
            ("the calendar", until, f"between: {length_text(worked, 'en')}"),
            ("end - begin", wrong, f"one ZoneInfo: {length_text(end - begin, 'en')}"),
        ],
    )


def precedence() -> str:
    """One Wednesday, with one rule more in each lane."""
    day, nothing = date(2026, 9, 16), "Mo-Fr 09:00-18:00"
    holiday = ListedHolidays.of(holidays=[day], name="holiday")
    recurring = Recurring("FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=16", Hours("08:00-20:00"))
    own = {day: Hours("10:00-15:00")}
    zone, breaks = "Asia/Shanghai", "Mo-Fr 12:00-13:00"
    several = [
        ("weekly hours", BusinessCalendar(zone, nothing)),
        ("+ a recurring rule", BusinessCalendar(zone, nothing, recurring=recurring)),
        ("+ a holiday", BusinessCalendar(zone, nothing, holiday, recurring=recurring)),
        (
            "+ a rule for the date",
            BusinessCalendar(zone, nothing, holiday, recurring=recurring, dates=own),
        ),
        (
            "+ a break",
            BusinessCalendar(zone, nothing, holiday, recurring=recurring, dates=own, breaks=breaks),
        ),
    ]
    return lanes(
        "Each rule wins over the one above it; breaks are taken out last.",
        [lane(label, day, calendar) for label, calendar in several],
    )


def adding_zero() -> str:
    """What zero and one microsecond make of a Saturday."""
    start = at(SATURDAY, 11)
    same, later = DESK.add(start, 0 * HOUR), DESK.add(start, MICROSECOND)
    rows = [
        lane(date_text(SATURDAY, "en"), SATURDAY, DESK, (same, f"+ 0: {clock(same)}", "start")),
        lane(date_text(MONDAY, "en"), MONDAY, DESK, (later, f"+ 1 µs: {clock(later)}", "start")),
    ]
    return lanes("Adding nothing while closed stays where it is.", rows)


def day_zero() -> str:
    """Three working days before the holiday, as the ledger draws them."""
    return DESK.explain(at(date(2026, 9, 30), 16, 30), "3 working days").svg()


def receipt() -> str:
    """A receipt on a Saturday: counted from, deemed, and with the first day counted."""
    start = at(SATURDAY, 11)
    return strips(
        "Three working days from a receipt on a Saturday.",
        date(2026, 9, 11),
        date(2026, 9, 18),
        [
            (said, DESK.due(start, f"3 working days{rule}"), DESK)
            for said, rule in (
                ("3 working days", ""),
                ("deemed received on Monday", ", deemed received on a working day"),
                ("counting the first day", ", counting the first day"),
            )
        ],
    )


def cut_off() -> str:
    """A minute before the cut-off, at it, and on a Saturday."""
    friday, saturday = date(2026, 9, 11), date(2026, 9, 12)
    receipts = (
        ("Friday 14:59", at(friday, 14, 59)),
        ("Friday 15:00", at(friday, 15)),
        ("Saturday 10:00", at(saturday, 10)),
    )
    return strips(
        "A receipt at the cut-off, or on a day off, belongs to the next working day.",
        friday,
        date(2026, 9, 16),
        [(label, DESK.due(received, "T+1, cut-off 15:00"), DESK) for label, received in receipts],
    )


def last_day() -> str:
    """The four ends of a last day."""
    start = at(date(2026, 9, 11), 10, 15)
    several = []
    for rule in ("at close", "at end of day", "at the same time", "by 16:00"):
        due = DESK.due(start, f"1 working day {rule}")
        said = due.text()[-5:]
        aside = "end" if due.instant.date() > due.last_day else "start"
        several.append(lane(rule, due.last_day, DESK, (due.instant, said, aside)))
    return lanes("The last day ends at one of four instants.", several)


def day_over() -> str:
    """A day that was over when the case came in."""
    several = []
    for hour in (11, 14):
        start = at(MONDAY, hour)
        due = DESK.due(start, "1 working day, counting the first day, by 12:00")
        mark = (due.instant, f"due {clock(due.instant)}", "start")
        came = (start, f"received {clock(start)}", "end" if hour < 12 else "start")  # noqa: PLR2004
        if due.last_day == MONDAY:
            several.append(lane(date_text(MONDAY, "en"), MONDAY, DESK, came, mark))
        else:
            several.append(lane(date_text(MONDAY, "en"), MONDAY, DESK, came))
            several.append(lane(date_text(due.last_day, "en"), due.last_day, DESK, mark))
    return lanes("When the due instant has passed at receipt, the next day is the last.", several)


def roll() -> str:
    """Fifteen calendar days that end on a Saturday in the holiday."""
    start = at(date(2026, 9, 18), 10)
    rows: list[tuple[str, Due | str, Calendar]] = [
        (f"15 calendar days{rule}", DESK.due(start, f"15 calendar days{rule}"), DESK)
        for rule in ("", ", rolling forward", ", rolling backward")
    ]
    by_court = DESK.due(start, "15 calendar days, rolling forward", roll_by=COURT)
    rows.append(("forward, by a court’s calendar", by_court, COURT))
    title = "Where a last day rolls to, and by whose calendar."
    return strips(title, date(2026, 9, 28), date(2026, 10, 9), rows)


def months() -> str:
    """The last days of January, and one month."""
    left, cell = 120, 62
    januaries = [date(2026, 1, day) for day in range(26, 32)]
    ends = [date(2026, 2, day) for day in range(24, 29)]
    parts = [text(8, 43, "received"), text(8, 143, "+ 1 month")]
    for number, day in enumerate(januaries):
        x = left + cell * number
        said = text(x + 26, 44, day.strftime("%-d %b"), "", "middle")
        parts += [rect("open", x, 24, 52, 30), said]
        last = DESK.due(at(day, 10), "1 month").last_day
        to = left + cell * ends.index(last)
        parts.append(line("axis", x + 26, 56, to + 26, 122))
    for number, day in enumerate(ends):
        x = left + cell * number
        parts += [
            rect("counted", x, 124, 52, 30),
            text(x + 26, 144, day.strftime("%-d %b"), "on", "middle"),
        ]
    return sheet("A month without the date ends on its last day.", left + cell * 6 + 20, 168, parts)


def cycles() -> str:
    """Two complete billing cycles, and ninety days, whichever ends first."""
    start = at(date(2026, 7, 26), 10)
    received = start.date()
    two, ninety = BillingCycles(2, closing_day=25), CalendarDays(90)
    first = DESK.due(start, two).last_day
    running = DESK.due(start, BillingCycles(0, closing_day=25)).last_day
    one = DESK.due(start, BillingCycles(1, closing_day=25)).last_day
    days = DESK.due(start, ninety).last_day
    chosen = DESK.due(start, Earliest(two, ninety)).last_day
    ticks = [date(2026, month, 1) for month in (8, 9, 10, 11)]

    def said(day: date) -> str:
        return f"to {day.day} {day:%b}"

    return stretches(
        "The rest of the running cycle is not one of the two.",
        date(2026, 7, 20),
        date(2026, 11, 5),
        [(day, day.strftime("1 %b")) for day in ticks],
        [
            (
                "2 billing cycles",
                [
                    (received, running + DAY, "open", f"the rest, {said(running)}"),
                    (running + DAY, one + DAY, "counted", f"first, {said(one)}"),
                    (one + DAY, first + DAY, "counted", f"second, {said(first)}"),
                ],
            ),
            ("90 calendar days", [(received, days + DAY, "counted", said(days))]),
            ("the earliest of them", [(received, chosen + DAY, "counted", said(chosen))]),
        ],
    )


def midnight() -> str:
    """The end of a day, as it is shown and as it is."""
    due = DESK.due(at(date(2026, 9, 11), 10), "1 working day at end of day")
    last, following = due.last_day, due.last_day + DAY
    shown = (due.instant, due.text(), "end")
    same = (due.instant, due.instant.isoformat(), "start")
    rows = [
        lane(date_text(last, "en"), last, DESK, shown),
        lane(date_text(following, "en"), following, DESK, same),
    ]
    return lanes("24:00 belongs to the day it ends.", rows)


def provisional() -> str:
    """What lies beyond the last published date: flagged, or refused."""
    start = at(date(2026, 12, 30), 10)
    try:
        refused = str(STRICT.due(start, "3 working days").instant)
    except InvalidInput as error:
        refused = f"refused: {error.code}"
    return strips(
        "Dates are published through 31 December 2026.",
        date(2026, 12, 28),
        date(2027, 1, 6),
        [
            ("1 working day", DESK.due(start, "1 working day"), DESK),
            ("3 working days", DESK.due(start, "3 working days"), DESK),
            ("3 working days, unpublished=“refuse”", refused, DESK),
        ],
    )


def horizon() -> str:
    """The years of a calendar, and how far one search goes."""
    start = date(2026, 9, 14)
    limit = start + DAY * (DESK.epoch.horizon // (86_400 * 1_000_000))
    first, last = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)
    ticks = [(date(year, 1, 1), str(year)) for year in range(FIRST_YEAR, LAST_YEAR + 1, 50)]
    said = f"from {start}, until {limit}"
    return stretches(
        "The years a calendar works in, and how far one search goes.",
        first,
        date(LAST_YEAR + 1, 1, 1),
        [*ticks, (date(LAST_YEAR + 1, 1, 1), str(LAST_YEAR + 1))],
        [
            ("years", [(first, last, "open", f"{FIRST_YEAR} to {LAST_YEAR}")]),
            (f"horizon, {DESK.horizon_years} years", [(start, limit, "counted", said)]),
        ],
    )


def worked() -> str:
    """Open time since a Monday morning, over two days and a half."""
    left, top, wide, tall = 70, 20, 620, 250
    first, hours = at(MONDAY, 6), 48
    most = 16

    def x(when: datetime) -> float:
        return left + wide * ((when - first) / HOUR) / hours

    def y(amount: timedelta) -> float:
        return top + tall * (1 - amount / HOUR / most)

    parts = []
    for hour in range(0, most + 1, 4):
        parts.append(line("grid", left, y(hour * HOUR), left + wide, y(hour * HOUR)))
        parts.append(text(left - 8, y(hour * HOUR) + 4, f"{hour} h", "quiet", "end"))
    for number in range(0, hours + 1, 6):
        when = first + HOUR * number
        parts.append(line("grid", x(when), top, x(when), top + tall))
        parts.append(text(x(when), top + tall + 18, f"{when:%H:%M}", "quiet", "middle"))
        if when.hour == 12:  # noqa: PLR2004
            said = date_text(when.date(), "en")
            parts.append(text(x(when), top + tall + 36, said, "", "middle"))
    begin, end = first, first + HOUR * hours
    corners = [begin, *(e for w in DESK.windows(begin, end) for e in (w.open, w.close)), end]
    points = " ".join(f"{x(when):.1f},{y(DESK.between(first, when)):.1f}" for when in corners)
    parts.append(f'<polyline class="axis" points="{points}"/>')
    start, amount = at(MONDAY, 15), 5 * HOUR
    due = DESK.add(start, amount)
    low, high = DESK.between(first, start), DESK.between(first, due)
    path = [
        (x(start), top + tall),
        (x(start), y(low)),
        (x(start), y(high)),
        (x(due), y(high)),
        (x(due), top + tall),
    ]
    route = " ".join(f"{a:.1f},{b:.1f}" for a, b in path)
    parts.append(f'<polyline class="dashed" points="{route}"/>')
    parts += [dot("due", x(start), y(low)), dot("due", x(due), y(high))]
    parts.append(text(x(start) + 10, y(low) + 16, f"t = {clock(start)}", "said"))
    said = f"+ {length_text(amount, 'en')}"
    parts.append(text(x(start) - 8, (y(low) + y(high)) / 2, said, "said", "end"))
    parts.append(text(x(due) + 10, y(high) + 18, f"add(t, d) = {clock(due)}", "said"))
    parts.append(text(left + 8, top + 16, "worked", "head"))
    return sheet("worked(t), and a sum read off it.", left + wide + 40, top + tall + 48, parts)


def same_time() -> str:
    """An earlier receipt that is due later."""
    several = []
    for start in (at(date(2026, 9, 11), 17), at(SATURDAY, 10)):
        due = DESK.due(start, "1 working day at the same time")
        label = f"received {date_text(start.date(), 'en')}"
        mark = (due.instant, f"received {clock(start)}, due {clock(due.instant)}", "start")
        several.append(lane(label, due.last_day, DESK, mark))
    title = "“At the same time” does not keep order: both lanes show Monday, 14 September."
    return lanes(title, several)


PICTURES: dict[str, Callable[[], str]] = {
    make.__name__.replace("_", "-"): make
    for make in (
        half_open,
        microseconds,
        sum_at_close,
        overnight,
        gap,
        fold,
        fixed_offsets,
        precedence,
        adding_zero,
        day_zero,
        receipt,
        cut_off,
        last_day,
        day_over,
        roll,
        months,
        cycles,
        midnight,
        provisional,
        horizon,
        worked,
        same_time,
    )
}


def pictures() -> dict[Path, str]:
    """Every picture and where it lies."""
    return {FOLDER / f"{name}.svg": make() for name, make in PICTURES.items()}


def main() -> None:
    """Write the pictures."""
    FOLDER.mkdir(exist_ok=True)
    for path, drawn in pictures().items():
        path.write_text(drawn, encoding="utf-8")
        print(f"written: {path.name}")


if __name__ == "__main__":
    main()
