"""A second opinion on business time, written apart from the library: slow, plain, by the minute.

Nothing of the library is imported. A calendar is plain data (:class:`Plain`), a line of minutes is
one byte a minute (:class:`Walk`), and every question is answered by walking along it. Instants are
whole minutes since 1970-01-01T00:00Z.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

Spans = tuple[tuple[int, int], ...]
"""Open from a minute of a date until another; the end may be past 1440."""
Week = tuple[Spans, ...]
"""Monday to Sunday."""
Rule = tuple[str, Spans | int | None]
"""("closed", None), ("hours", spans) or ("like", weekday)."""

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
NEVER: Week = ((),) * 7


def minute_of(instant: datetime) -> int:
    """An aware datetime as a minute; it must be a whole one."""
    minutes, rest = divmod(instant - EPOCH, timedelta(minutes=1))
    assert not rest, f"{instant} is no whole minute"
    return minutes


def instant_of(minute: int) -> datetime:
    """A minute as a datetime in UTC."""
    return EPOCH + timedelta(minutes=minute)


def wall(zone: str, minute: int) -> datetime:
    """What the clock on the wall shows, as a naive datetime."""
    return datetime.fromtimestamp(minute * 60, ZoneInfo(zone)).replace(tzinfo=None, fold=0)


@lru_cache(maxsize=200_000)
def first_shown(zone: str, wanted: datetime) -> int:
    """The first minute at which the clock on the wall shows *wanted*, or has jumped over it.

    A time that is shown twice is meant the first time (``fold=0``); for a time that is never
    shown, minutes are walked through until the clock shows a later one.
    """
    minute = minute_of(wanted.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(UTC))
    if wall(zone, minute) == wanted:
        return minute
    minute -= 26 * 60
    while wall(zone, minute) < wanted:
        minute += 1
    return minute


@dataclass(frozen=True)
class Plain:
    """A calendar as plain data.

    ``dates`` stand above everything; then what ``source`` says; then ``recurring`` (by day of the
    month), of which special hours come before hours of another weekday before closed. A short day
    shortens a day that is open, and opens none.
    """

    zone: str
    week: Week
    dates: Mapping[date, Rule] = field(default_factory=dict)
    source: Mapping[date, str] = field(default_factory=dict)  # "holiday", "workday" or "short"
    recurring: tuple[tuple[int, Rule], ...] = ()
    breaks: Week = NEVER
    workday_like: int = 0
    short: Spans = ()
    substitutes: bool = True

    def _sourced(self, day: date) -> Rule | None:
        said = self.source.get(day)
        if said == "holiday":
            return "closed", None
        if said == "short":
            return "hours", self.short
        if said == "workday" and self.substitutes:
            return "like", self.workday_like
        return None

    def rule(self, day: date) -> Rule | None:
        """What is said about *day* in particular."""
        if day in self.dates:
            return self.dates[day]
        sourced = self._sourced(day)
        if sourced is not None and self.source[day] != "short":
            return sourced
        usual = self._recurs(day)
        if sourced is not None and self._has_hours(usual, day):
            return sourced
        return usual

    def _recurs(self, day: date) -> Rule | None:
        said = [rule for number, rule in self.recurring if number == day.day]
        for kind in ("hours", "like", "closed"):
            for rule in said:
                if rule[0] == kind:
                    return rule
        return None

    def _has_hours(self, rule: Rule | None, day: date) -> bool:
        """Whether *day* has any hours by *rule*, breaks taken out."""
        like = spans = None
        if rule is None:
            spans = self.week[day.weekday()]
        elif rule[0] == "like":
            assert isinstance(rule[1], int)
            like, spans = rule[1], self.week[rule[1]]
        elif rule[0] == "hours":
            assert isinstance(rule[1], tuple)
            spans = rule[1]
        weekday = day.weekday()
        kept = without_breaks(spans or (), self.breaks, weekday if like is None else like, weekday)
        return bool(tuple(kept))

    def hours(self, day: date) -> Spans:
        """The open spans of *day*, breaks taken out."""
        weekday = like = day.weekday()
        spans = self.week[weekday]
        rule = self.rule(day)
        if rule is not None:
            kind, what = rule
            if kind == "closed":
                return ()
            if kind == "like":
                assert isinstance(what, int)
                like, spans = what, self.week[what]
            else:
                assert isinstance(what, tuple)
                spans = what
        return without_breaks(spans, self.breaks, like, weekday)

    def windows(self, day: date) -> Iterator[tuple[int, int]]:
        """The windows that belong to *day*, in minutes since 1970; none is empty."""
        midnight = datetime(day.year, day.month, day.day)
        for begin, end in self.hours(day):
            opened = first_shown(self.zone, midnight + timedelta(minutes=begin))
            closed = first_shown(self.zone, midnight + timedelta(minutes=end))
            if opened < closed:
                yield opened, closed

    def works(self, day: date) -> bool:
        """Whether *day* is a working day."""
        return any(True for _ in self.windows(day))


def without_breaks(spans: Spans, breaks: Week, like: int, weekday: int) -> Spans:
    """Minute by minute: what the breaks of the day leave, and of those beside it at midnight."""
    if not any(breaks):
        return spans
    broken: set[int] = set()
    for shift, each in ((0, like), (1440, (weekday + 1) % 7), (-1440, (weekday - 1) % 7)):
        for begin, end in breaks[each]:
            broken.update(range(begin + shift, end + shift))
    found: list[tuple[int, int]] = []
    for begin, end in spans:
        fresh = True
        for minute in range(begin, end):
            if minute in broken:
                fresh = True
            elif fresh:
                found.append((minute, minute + 1))
                fresh = False
            else:
                found[-1] = (found[-1][0], minute + 1)
    return tuple(found)


@dataclass(frozen=True)
class Walk:
    """Some days of minutes on end, each open or not.

    What lies outside is not known: a question that would have to go there is answered by None.
    """

    begin: int
    open: bytes

    @classmethod
    def around(cls, plain: Plain, start: int, days: int = 10) -> "Walk":
        """The minutes of some days before and after *start*."""
        begin, end = start - days * 1440, start + days * 1440
        line = bytearray(end - begin)
        day, last = wall(plain.zone, begin).date(), wall(plain.zone, end).date()
        day -= timedelta(days=3)  # windows past midnight, and the change of clocks
        while day <= last + timedelta(days=1):
            for opened, closed in plain.windows(day):
                for minute in range(max(opened, begin), min(closed, end)):
                    line[minute - begin] = 1
            day += timedelta(days=1)
        return cls(begin, bytes(line))

    def with_other(self, other: "Walk", choose: Callable[[bool, bool], bool]) -> "Walk":
        """Two lines of the same days as one, minute by minute."""
        assert self.begin == other.begin
        pairs = zip(self.open, other.open, strict=True)
        return Walk(self.begin, bytes(choose(bool(a), bool(b)) for a, b in pairs))

    @property
    def end(self) -> int:
        """The first minute that is no longer known."""
        return self.begin + len(self.open)

    @property
    def total(self) -> int:
        """All open minutes."""
        return sum(self.open)

    def is_open(self, minute: int) -> bool:
        """Whether a minute is open."""
        return bool(self.open[minute - self.begin])

    def add(self, start: int, amount: int) -> int | None:
        """Walk forward until *amount* open minutes are over."""
        for minute in range(start, self.end):
            amount -= self.is_open(minute)
            if not amount:
                return minute + 1
        return None

    def subtract(self, end: int, amount: int) -> int | None:
        """Walk backward until *amount* open minutes are over."""
        for minute in range(end - 1, self.begin - 1, -1):
            amount -= self.is_open(minute)
            if not amount:
                return minute
        return None

    def between(self, start: int, end: int) -> int:
        """Count the open minutes; backward they are negative."""
        if end < start:
            return -self.between(end, start)
        return sum(self.is_open(minute) for minute in range(start, end))

    def next_open(self, at: int) -> int | None:
        """The first open minute from here."""
        return next((each for each in range(at, self.end) if self.is_open(each)), None)

    def closes_at(self, minute: int) -> bool:
        """Whether it was open until just before this minute, and is no longer."""
        return self.is_open(minute - 1) and not self.is_open(minute)

    def next_close(self, at: int) -> int | None:
        """The first close later than here."""
        return next((each for each in range(at + 1, self.end) if self.closes_at(each)), None)

    def prev_close(self, at: int) -> int | None:
        """The last close, here or earlier."""
        return next((each for each in range(at, self.begin, -1) if self.closes_at(each)), None)

    def windows(self, start: int, end: int) -> list[tuple[int, int]]:
        """Runs of open minutes."""
        found: list[tuple[int, int]] = []
        for minute in range(start, end):
            if not self.is_open(minute):
                continue
            if found and found[-1][1] == minute:
                found[-1] = (found[-1][0], minute + 1)
            else:
                found.append((minute, minute + 1))
        return found
