"""Periods of packs, typed-in due dates, and the same counted apart from the library.

Holidays of the plain calendars are typed in, as far as the cases reach; none is taken from the
library.
"""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from attrs import frozen

from tests.sla.days_oracle import due as counted_apart
from tests.sla.desks import rules_of
from tests.sla.oracle import Plain, Week, instant_of, minute_of
from workorder.durations import Dated, Duration, Earliest, Elapsed, Latest
from workorder.sla import Due, ready
from workorder.sla.regulations import pack


@frozen
class Row:
    """A due date that was typed in.

    Attributes:
        period: a clock's name; with ``+1``, ``+2`` its first or second extension.
        code: of the ready calendar.
        received: ISO text with an offset.
        due: as it is shown: 24:00 belongs to the day it ends.
    """

    period: str
    code: str
    received: str
    due: str

    @property
    def start(self) -> datetime:
        """When it was received."""
        return datetime.fromisoformat(self.received)

    @property
    def instant(self) -> datetime:
        """The due instant, from the text alone."""
        day, _, clock = self.due.partition(" ")
        last, over = date.fromisoformat(day), clock == "24:00"
        at = time(0) if over else time.fromisoformat(clock)
        zone = ZoneInfo(PLAIN[self.code].zone)
        return datetime.combine(last + timedelta(days=over), at, zone)


def periods(*names: str) -> dict[str, Duration]:
    """Every period of the packs *names*: of each clock, and of each of its extensions."""
    found: dict[str, Duration] = {}
    for name in names:
        for clock in pack(name).clocks:
            if clock.within is not None:
                found[clock.name] = clock.within
            steps = enumerate(clock.extensions, 1)
            found |= {f"{clock.name}+{number}": each.to for number, each in steps}
    return found


def answer(row: Row, known: dict[str, Duration]) -> Due:
    """What the library says."""
    return ready(row.code).due(row.start, known[row.period])


def apart(duration: Duration, code: str, start: datetime) -> datetime:
    """The due instant, counted date by date apart from the library."""
    if isinstance(duration, Earliest | Latest):
        dues = [apart(each, code, start) for each in duration.of]
        return min(dues) if isinstance(duration, Earliest) else max(dues)
    minute = minute_of(start)
    if isinstance(duration, Elapsed):
        return instant_of(minute + duration.amount // timedelta(minutes=1))
    assert isinstance(duration, Dated)
    plain = PLAIN[code]
    return instant_of(counted_apart(plain, plain, minute, rules_of(duration))[1])


def receipts(code: str) -> list[datetime]:
    """Receipts from September until the end of November 2026: every third day, other hours."""
    first = datetime(2026, 9, 1, 0, 30, tzinfo=ZoneInfo(PLAIN[code].zone))
    return [first + timedelta(days=3 * n, minutes=137 * n % 1440) for n in range(30)]


def _week(begin: int, end: int, days: int = 5) -> Week:
    return tuple(((begin * 60, end * 60),) if day < days else () for day in range(7))


def _closed(*days: str) -> dict[date, str]:
    return {date.fromisoformat(f"20{day}"): "holiday" for day in days}


_USUAL = _week(9, 17)
_YEAR_END = ("26-12-25", "27-01-01")

PLAIN = {
    # 4 July 2026 is a Saturday: Reserve Banks do not close on Friday, federal offices do.
    "US-FED": Plain(
        "America/New_York",
        _USUAL,
        source=_closed("26-06-19", "26-09-07", "26-10-12", "26-11-11", "26-11-26", *_YEAR_END)
        | _closed("27-01-18", "27-02-15"),
    ),
    "US": Plain(
        "America/New_York",
        _USUAL,
        source=_closed("26-06-19", "26-07-03", "26-09-07", "26-10-12", "26-11-11", "26-11-26")
        | _closed(*_YEAR_END),
    ),
    # Boxing Day 2026 is a Saturday: Monday 28 in its place.
    "AU-NSW": Plain(
        "Australia/Sydney", _USUAL, source=_closed("26-10-05", "26-12-28", *_YEAR_END, "27-01-26")
    ),
    # The Friday before the Grand Final, and the Melbourne Cup.
    "AU-VIC": Plain(
        "Australia/Melbourne",
        _USUAL,
        source=_closed("26-09-25", "26-11-03", "26-12-28", *_YEAR_END, "27-01-26"),
    ),
    # Second and fourth Saturdays, and holidays of Maharashtra.
    "IN-MH": Plain(
        "Asia/Kolkata",
        _week(9, 17, days=6),
        source=_closed("26-09-12", "26-09-26", "26-10-10", "26-10-24", "26-11-14", "26-11-28")
        | _closed("26-12-12", "26-12-26", "26-09-04", "26-09-14", "26-10-02", "26-10-20")
        | _closed("26-11-10", "26-11-24", "26-12-25"),
    ),
    # Interpretation Act, ss. 26 and 35: Sundays and listed days; Saturdays are days like others.
    "CA-ROLL": Plain(
        "America/Toronto",
        _week(0, 24, days=6),
        source=_closed("26-09-07", "26-09-30", "26-10-12", "26-11-11", *_YEAR_END, "27-03-26"),
    ),
    "BR": Plain(
        "America/Sao_Paulo",
        _USUAL,
        source=_closed("26-02-16", "26-02-17", "26-09-07", "26-10-12", "26-11-02", "26-11-20")
        | _closed(*_YEAR_END),
    ),
}
