"""Random clocks: calendars, limits and what happens, for the oracle and for the library."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

from attrs import frozen
from hypothesis import reject
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from tests.sla.clocks.clock_oracle import ClockModel, Desk, Limit, Said, Ways
from tests.sla.days_oracle import ending
from tests.sla.oracle import Plain, Walk, instant_of, minute_of, wall
from tests.sla.strategies import built, cases, couples
from workorder.conditions import where
from workorder.durations import CalendarDays, Duration, Elapsed, Working, WorkingDays
from workorder.sla import BusinessCalendar
from workorder.sla.clocks import (
    Advanced,
    Clock,
    Facts,
    Ladder,
    Mark,
    Metric,
    Moment,
    Policy,
    ServiceLevels,
    Target,
    advance,
)

DAYS = 24
"""How many days of minutes the oracle knows; what would need more is left."""

NAME = "answer"
EDGES = ("start", "stop", "reset", "cancel", "reopen", "wait", "back")
LIMITS = ("usual", "urgent")
DESKS = ("here", "there")


def desk_of(plain: Plain, start: int) -> Desk:
    """The calendar of the oracle, as functions; a question beyond what it knows ends the try."""
    walk = Walk.around(plain, start, DAYS)

    def is_open(minute: int) -> bool:
        if not walk.begin <= minute < walk.end:
            reject()
        return walk.is_open(minute)

    @cache
    def works(day: date) -> bool:
        if abs(day - wall(plain.zone, start).date()) > timedelta(days=2 * DAYS):
            reject()
        return plain.works(day)

    @cache
    def date_of(minute: int) -> date:
        return wall(plain.zone, minute).date()

    @cache
    def ends(day: date, at: str | int, received: int) -> int:
        return ending(plain, day, at, wall(plain.zone, received))

    return Desk(is_open, works, date_of, ends)


def duration_of(limit: Limit) -> Duration:
    """The duration of the library."""
    if limit.kind == "working":
        return Working(timedelta(minutes=limit.number))
    if limit.kind == "elapsed":
        return Elapsed(timedelta(minutes=limit.number))
    at = time(*divmod(limit.at, 60)) if isinstance(limit.at, int) else limit.at
    kind = WorkingDays if limit.kind == "working_days" else CalendarDays
    return kind(limit.number, at=at)  # type: ignore[arg-type]  # the three words it may have


def metric_of(ways: Ways, ladder: str | None = None) -> Metric:
    """The metric of the library that takes things the same way."""
    tests = {name: where(f"event.{name}").equals(True) for name in EDGES}
    return Metric(
        name=NAME,
        start=tests["start"],
        stop=tests["stop"],
        pause=tests["wait"] if ways.by_edges else where("held").equals(True),
        resume=tests["back"] if ways.by_edges else None,
        reset=tests["reset"],
        cancel=tests["cancel"],
        reopen=tests["reopen"],
        repeat=ways.repeat,
        on_reopen=ways.on_reopen,  # type: ignore[arg-type]  # one of the three words
        on_change=ways.on_change,  # type: ignore[arg-type]  # one of the three words
        extendable=True,
        ladder=ladder,
    )


def moment_of(said: Said, before: Said | None, number: int) -> Moment:
    """The moment of the library at which the same happened."""
    return Moment(
        instant_of(said.minute),
        (_facts(said),),
        number,
        None if before is None else _facts(before),
        None if said.until is None else instant_of(said.until),
    )


def _facts(said: Said) -> Facts:
    edges = dict.fromkeys((f"event.{each}" for each in said.edges), True)
    return Facts({**edges, "held": said.held, "limit": said.limit, "department": said.desk})


@frozen(repr=False)
class Story:
    """A clock's life, twice."""

    ways: Ways
    desks: dict[str, Desk]
    limits: dict[str, Limit]
    said: tuple[Said, ...]
    levels: ServiceLevels
    plains: tuple[Plain, Plain]

    def __repr__(self) -> str:
        told = "\n ".join(map(str, self.said))
        return f"{self.ways}\n{self.limits}\n{self.plains}\n {told}"

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text(repr(self) if not cycle else "…")

    def model(self) -> ClockModel:
        """The oracle's clock, of which nothing is known yet."""
        return ClockModel(self.ways, self.desks, self.limits)

    def moments(self) -> Iterator[Moment]:
        """What happened, for the library."""
        before = None
        for number, each in enumerate(self.said, 1):
            yield moment_of(each, before, number)
            before = each

    def folded(self) -> Iterator[tuple[Said, Moment, dict[str, Clock], Advanced]]:
        """Each moment with the clocks after it."""
        clocks: dict[str, Clock] = {}
        for said, moment in zip(self.said, self.moments(), strict=True):
            found = advance(clocks, moment, self.levels)
            clocks = {**clocks, **found.changed}
            yield said, moment, clocks, found

    def clock(self) -> Clock | None:
        """The clock at the end, if there is one."""
        *_, (_, _, clocks, _) = self.folded()
        return clocks.get(NAME)


_minutes = st.sampled_from([1, 30, 60, 240, 480, 960]) | st.integers(1, 2400)
_words: SearchStrategy[str | int] = st.sampled_from(["close", "end_of_day", "same_time", 1020])
_ends = _words | st.integers(0, 1439)


@st.composite
def limits(draw: DrawFn, *, in_days: bool, most: int) -> Limit:
    """A limit; at most so many working minutes."""
    if in_days:
        kind = draw(st.sampled_from(["working_days", "calendar_days"]))
        return Limit(kind, draw(st.integers(1, 4)), draw(_ends))
    kind = draw(st.sampled_from(["working", "working", "elapsed"]))
    number = draw(_minutes)
    return Limit(kind, min(number, most) if kind == "working" else number)


_gaps = st.sampled_from([0, 0, 1, 30, 60, 240, 480, 1440]) | st.integers(-90, 2400)
_alone = "hold hold let let stop stop there here usual urgent none reset cancel reopen reopen start"
_together = "stop-hold stop-start reopen-there hold-urgent let-there wait-back extend wait back"
_happens = st.just(()) | st.sampled_from([*_alone.split(), *_together.split()]).map(
    lambda words: tuple(words.split("-"))
)
_many = st.lists(_happens, min_size=1, max_size=8)
_again = "stop stop stop-hold reopen reopen start none hold-reset reset"
_cycles = st.lists(
    st.sampled_from(_again.split()).map(lambda words: tuple(words.split("-"))),
    min_size=2,
    max_size=8,
)
_longer = st.integers(-60, 2400)


@st.composite
def happenings(draw: DrawFn, start: int, *, in_days: bool) -> tuple[Said, ...]:
    """What happens after a start, minute by minute; some of it out of order. Over longer times,
    and without extensions, where days are counted.
    """
    first = draw(st.sampled_from([("start",), ("start",), ("start", "hold"), ("start", "stop")]))
    held, limit, desk, minute = False, "usual", "here", start
    found = []
    for words in [first, *draw(_many | _many | _cycles)]:
        held = (held or "hold" in words) and "let" not in words
        limit = next((each for each in ("usual", "urgent", "none") if each in words), limit)
        desk = next((each for each in DESKS if each in words), desk)
        edges = frozenset(words) & set(EDGES)
        until = minute + draw(_longer) if "extend" in words and not in_days else None
        found.append(Said(minute, edges, held, limit, desk, until))
        minute += draw(_gaps) * (1 + 2 * in_days)
    return tuple(found)


_ways = st.builds(
    Ways,
    repeat=st.booleans(),
    on_reopen=st.sampled_from(["resume", "restart", "keep"]),
    on_change=st.sampled_from(["keep_elapsed", "restart", "retroactive"]),
    by_edges=st.booleans(),
)


def levels_of(
    ways: Ways,
    given: dict[str, Limit],
    calendars: dict[str, BusinessCalendar],
    marks: tuple[str, ...] = (),
) -> ServiceLevels:
    """Service levels with the one metric."""
    targets = tuple(
        Target(NAME, duration_of(limit), where("limit").equals(name), "@department")
        for name, limit in given.items()
    )
    return ServiceLevels(
        metrics=(metric_of(ways, "marks" if marks else None),),
        policies=(Policy("usual", targets),),
        calendar=calendars["here"],
        calendars=calendars,
        departments={name: name for name in calendars},
        ladders=(Ladder("marks", tuple(Mark(each) for each in marks)),) if marks else (),
    )


@st.composite
def stories(draw: DrawFn, *, days: bool | None = None, marks: tuple[str, ...] = ()) -> Story:
    """A clock with its calendars, and what happens to it."""
    in_days = draw(st.booleans()) if days is None else days
    if in_days:
        case = draw(cases())
        other = case.plain
    else:
        case, other = draw(couples())
    ways = draw(_ways)
    most = max(int(case.weekly.total_seconds()) // 60, 1)
    given = {name: draw(limits(in_days=in_days, most=most)) for name in LIMITS}
    minute = case.minute
    here = desk_of(case.plain, minute)
    desks = {"here": here, "there": here if in_days else desk_of(other, minute)}
    calendars = {"here": case.calendar, "there": built(other)}
    said = draw(happenings(minute, in_days=in_days))
    return Story(
        ways, desks, given, said, levels_of(ways, given, calendars, marks), (case.plain, other)
    )


def minute(instant: datetime | None) -> int | None:
    """An instant of the library as a minute of the oracle."""
    return None if instant is None else minute_of(instant)
