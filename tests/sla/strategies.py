"""Random calendars, as plain data for the oracle and as values of the library, and instants."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import cache

from attrs import frozen
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from tests.sla.oracle import (
    NEVER,
    Plain,
    Rule,
    Spans,
    Week,
    instant_of,
    minute_of,
    wall,
    without_breaks,
)
from workorder.sla import (
    BusinessCalendar,
    Closed,
    DateRule,
    DayKind,
    Hours,
    LikeWeekday,
    ListedHolidays,
    Recurring,
    SourceDay,
    Span,
    WeeklyHours,
)

CHANGES = {
    "Europe/London": ("2026-03-29T01:00Z", "2026-10-25T01:00Z"),
    "America/Sao_Paulo": ("2017-10-15T03:00Z", "2018-02-18T02:00Z", "2018-11-04T03:00Z"),
    "Australia/Lord_Howe": ("2026-04-04T15:00Z", "2026-10-03T15:30Z"),
    "Pacific/Apia": ("2011-12-30T10:00Z", "2011-09-24T14:00Z"),
    "Africa/Casablanca": ("2026-02-15T02:00Z", "2026-03-22T02:00Z"),
    "America/New_York": ("2026-03-08T07:00Z", "2026-11-01T06:00Z"),
    "Asia/Tehran": ("2022-03-21T20:30Z", "2022-09-21T19:30Z"),
    "Asia/Shanghai": ("1991-04-13T18:00Z", "1991-09-14T17:00Z"),
    "UTC": (),
}
"""The zones of the laws, with instants at which their clocks change."""

NEW_YEARS = ("2025-12-31T23:00Z", "2027-01-01T06:00Z")
DAY = 1440

fewer = settings(max_examples=max(settings().max_examples // 2, 1))
"""For laws whose examples cost most: half of what the profile says."""

zones: SearchStrategy[str] = st.sampled_from(list(CHANGES))
_round = st.sampled_from([0, 60, 90, 120, 150, 180, 540, 720, 780, 1080, 1320, 1380, 1439])
_minutes = _round | st.integers(0, DAY)
_shapes: SearchStrategy[Spans] = st.sampled_from(
    [(), ((540, 1080),), ((540, 720), (810, 1080)), ((0, 1440),), ((1320, 1800),), ((1380, 2819),)]
)


@st.composite
def spans(draw: DrawFn) -> Spans:
    """Some windows of one date; the last may go past midnight."""
    if draw(st.booleans()):
        return draw(_shapes)
    edges = sorted(set(draw(st.lists(_minutes, max_size=6))))
    found = list(zip(edges[::2], edges[1::2], strict=False))
    if len(edges) % 2 and edges[-1] < DAY:
        found.append((edges[-1], edges[-1] + draw(st.integers(1, DAY - 1))))
    return tuple(found)


def apart(days: Sequence[Spans]) -> Week:
    """A week whose days do not reach into each other's windows."""
    week = list(days)
    for number in range(7):
        following = week[(number + 1) % 7]
        if week[number] and following:
            begin, end = week[number][-1]
            end = min(end, DAY + following[0][0])
            kept = ((begin, end),) if begin < end else ()
            week[number] = (*week[number][:-1], *kept)
    return tuple(week)


_patterns = st.lists(spans(), min_size=1, max_size=3)
_choices = st.integers(0, 3**7 - 1)
_some_days = st.integers(0, 2**7 - 1)


@st.composite
def weeks(draw: DrawFn) -> Week:
    """Seven days of at most three patterns."""
    patterns, choice = draw(_patterns), draw(_choices)
    days = apart([patterns[choice // 3**day % 3 % len(patterns)] for day in range(7)])
    return days if any(days) else (((540, 1080),), *days[1:])


@st.composite
def breaks_of(draw: DrawFn, week: Week) -> Week:
    """None mostly, or the same on some days; never so much that nothing of the week is left."""
    pattern, some = draw(st.just(()) | spans()), draw(_some_days)
    breaks = apart([pattern if some >> day & 1 else () for day in range(7)])
    return breaks if any(left_of(week, breaks)) else NEVER


def left_of(week: Week, breaks: Week) -> list[Spans]:
    """What the breaks leave of ordinary days."""
    return [without_breaks(week[day], breaks, day, day) for day in range(7)]


_rules: SearchStrategy[Rule] = st.one_of(
    st.just(("closed", None)),
    spans().map(lambda each: ("hours", each or ((600, 660),))),
    st.integers(0, 6).map(lambda each: ("like", each)),
)
_away = st.integers(-5, 8) | st.sampled_from([0, 1])
_dates = st.dictionaries(_away, _rules, max_size=3)
_kinds = st.sampled_from(["holiday", "workday", "short"])
_sources = st.dictionaries(_away, _kinds, max_size=3)
_recurring = st.lists(st.tuples(_away, _rules), max_size=1)
_weekday = st.integers(0, 6)


@st.composite
def plains(draw: DrawFn, near: date, zone: str) -> Plain:
    """A calendar with its special dates around *near*."""
    week = draw(weeks())
    worked = [day for day in range(7) if week[day]]
    return Plain(
        zone=zone,
        week=week,
        dates={near + timedelta(days=away): rule for away, rule in draw(_dates).items()},
        source={near + timedelta(days=away): kind for away, kind in draw(_sources).items()},
        recurring=tuple(
            ((near + timedelta(days=away)).day, rule) for away, rule in draw(_recurring)
        ),
        breaks=draw(breaks_of(week)),
        workday_like=worked[draw(_weekday) % len(worked)],
        short=((540, 720),),
        substitutes=draw(st.booleans()),
    )


_nearby = st.integers(-3 * DAY, 3 * DAY) | st.integers(-120, 120)
_anywhere = st.integers(13_000_000, 34_000_000).map(instant_of)  # 1994 to 2034


@cache
def instants(zone: str) -> SearchStrategy[datetime]:
    """Whole minutes, near a change of clocks or the turn of a year more often than not."""
    edges = [datetime.fromisoformat(each) for each in (*CHANGES[zone], *NEW_YEARS)]
    near = st.tuples(st.sampled_from(edges), _nearby).map(_moved)
    return near | near | _anywhere


def _moved(pair: tuple[datetime, int]) -> datetime:
    return pair[0] + timedelta(minutes=pair[1])


turns_of_year: SearchStrategy[datetime] = st.tuples(
    st.sampled_from([datetime.fromisoformat(each) for each in NEW_YEARS]), _nearby
).map(_moved)


@frozen
class Case:
    """One calendar twice, and an instant."""

    plain: Plain
    calendar: BusinessCalendar
    start: datetime

    @property
    def minute(self) -> int:
        """The instant, for the oracle."""
        return minute_of(self.start)

    @property
    def local(self) -> date:
        """The date of the instant, by the oracle."""
        return wall(self.plain.zone, self.minute).date()

    @property
    def weekly(self) -> timedelta:
        """Open time of an ordinary week, about."""
        left = left_of(self.plain.week, self.plain.breaks)
        return timedelta(minutes=sum(end - begin for day in left for begin, end in day))

    def amount(self, size: "Size") -> timedelta:
        """An amount above zero, up to about three weeks of the calendar."""
        unit, number = size
        most = 3 * self.weekly // unit
        return (number % most + 1) * unit if most else self.weekly


Size = tuple[timedelta, int]
sizes: SearchStrategy[Size] = st.tuples(
    st.sampled_from([timedelta(minutes=1), timedelta(hours=1), timedelta(microseconds=1)]),
    st.integers(0, 3 * 7 * 86_400_000_000) | st.integers(0, 40),
)
"""How much of a calendar's time, to the microsecond; whole hours often use up a window exactly."""


@st.composite
def cases(draw: DrawFn, starts: SearchStrategy[datetime] | None = None) -> Case:
    """A calendar and an instant near its special dates."""
    chosen = draw(zones)
    start = draw(instants(chosen) if starts is None else starts)
    plain = draw(plains(start.date(), chosen))
    return Case(plain, built(plain), start)


@st.composite
def couples(draw: DrawFn) -> tuple[Case, Plain]:
    """A case, and another calendar, in the same zone or in another."""
    case = draw(cases())
    zone = case.plain.zone if draw(st.booleans()) else draw(zones)
    return case, draw(plains(case.start.date(), zone))


# --- from plain data to values of the library -----------------------------------------------


def _span(pair: tuple[int, int]) -> Span:
    return Span(*pair)


def hours_of(week: Week) -> WeeklyHours:
    """A week of the library."""
    return WeeklyHours([[_span(each) for each in day] for day in week])


def rule_of(rule: Rule) -> DateRule:
    """A date rule of the library."""
    kind, what = rule
    if isinstance(what, int):
        return LikeWeekday(what)
    return Hours([_span(each) for each in what]) if what and kind == "hours" else Closed()


def built(plain: Plain, published_through: date | None = None) -> BusinessCalendar:
    """The calendar of the library that *plain* describes."""
    source = ListedHolidays(
        [(day, SourceDay(DayKind(kind))) for day, kind in plain.source.items()],
        published_through=published_through,
    )
    return BusinessCalendar(
        plain.zone,
        hours_of(plain.week),
        source,
        dates={day: rule_of(rule) for day, rule in plain.dates.items()},
        recurring=[
            Recurring(f"FREQ=MONTHLY;BYMONTHDAY={number}", rule_of(rule))
            for number, rule in plain.recurring
        ],
        breaks=hours_of(plain.breaks),
        substitutes=plain.substitutes,
        workday_like=plain.workday_like,
        short_days=[_span(each) for each in plain.short],
    )
