"""Business time: sums and spans of open time, days, building a calendar, arrays.

The same 1,000 tickets for everybody: random instants of 2025 and 2026, one to forty whole hours
to add, and an end within twenty days. Desk in Shanghai, 09:00-12:00 and 13:30-18:00, China's
holidays and substituted workdays. Slow libraries go round the tickets as far as they come.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import cycle, islice
from statistics import median
from typing import Any

import numpy as np
from attrs import frozen
from businesstimedelta import BusinessTimeDelta

from benchmarks.business_arrays import MOST_HOURS, array_lines
from benchmarks.measuring import Rounds, Run, in_turns, timed
from benchmarks.reporting import Line, Peer
from benchmarks.time_rivals import (
    EPOCH,
    MICROSECOND,
    ZONE,
    Floor,
    busdays,
    business_duration_between,
    businesstimedelta_rules,
    china,
    hand_add,
    hand_between,
    pandas_hours,
    timestamp,
)
from workorder.sla import BusinessCalendar
from workorder.sla.holidays import library
from workorder.sla.zones import offsets_between

SECTION = "Business time, 1,000 tickets over two years in Shanghai"

FIRST, LAST = datetime(2025, 1, 2, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
FLOOR_LACKS = "checks, the horizon, whether it is official, years that come later, other edges"
LOOP_LACKS = (
    "hours that differ by date or go past midnight, changes of clocks, whether it is official; "
    "and every day costs a step"
)

Verb = Callable[..., Any]


@frozen
class Ticket:
    """One receipt."""

    start: datetime
    hours: int
    end: datetime


@frozen
class Contestant:
    """Somebody's verb with its arguments for every ticket, and answers as ours are."""

    verb: Verb
    arguments: Sequence[tuple[Any, ...]]
    answer: Callable[[Any], Any] = lambda found: found
    lacks: str = ""

    def running(self) -> Run:
        """Goes round the tickets, on from where it stopped."""
        turns, verb = cycle(self.arguments), self.verb

        def run(number: int) -> None:
            for one, other in islice(turns, number):
                verb(one, other)

        return run

    def answers(self) -> list[Any]:
        """For every ticket."""
        return [self.answer(self.verb(*each)) for each in self.arguments]


def desk() -> BusinessCalendar:
    """The calendar that is measured, with nothing worked out yet."""
    return BusinessCalendar("Asia/Shanghai", "Mo-Fr 09:00-12:00,13:30-18:00", "CN")


def tickets(number: int = 1_000) -> list[Ticket]:
    """The same ones in every run."""
    chance = random.Random(20260930)
    made = []
    for _ in range(number):
        start = FIRST + timedelta(seconds=chance.randrange(int((LAST - FIRST).total_seconds())))
        end = start + timedelta(seconds=chance.randrange(20 * 86_400))
        made.append(Ticket(start, chance.randint(1, MOST_HOURS), end))
    return made


def lines(*, quick: bool) -> list[Line]:
    """Measure."""
    rounds, seconds = (5, 0.02) if quick else (31, 0.05)
    given, known = tickets(), china()
    floor = Floor(known, date(2024, 12, 1), date(2027, 3, 1))
    return [
        *_verb("add", _adding(given, known, floor), rounds, seconds, 4),
        *_verb("between", _spanning(given, known, floor), rounds, seconds, 5),
        *_days(given, known, rounds, seconds),
        _build(5 if quick else 31),
        *array_lines(SECTION, desk(), floor, (FIRST, LAST), quick=quick),
    ]


# --- one ticket after the other ---------------------------------------------------------------


def _adding(given: Sequence[Ticket], known: Any, floor: Floor) -> dict[str, Contestant]:
    calendar, rules, offsets = (
        desk(),
        businesstimedelta_rules(known),
        pandas_hours(known, MOST_HOURS),
    )
    aware = [(each.start, each.hours * HOUR) for each in given]
    whole = [((a - EPOCH) // MICROSECOND, b // MICROSECOND) for a, b in aware]
    return {
        "workorder": Contestant(calendar.add, aware),
        "the floor": Contestant(floor.on_datetimes()[0], aware, lacks=FLOOR_LACKS),
        "a loop over holidays": Contestant(hand_add(known), aware, lacks=LOOP_LACKS),
        "pandas": Contestant(
            lambda start, offset: start + offset,
            [(timestamp(each.start), offsets[each.hours]) for each in given],
            lambda found: found.to_pydatetime().replace(tzinfo=ZONE),
            "substituted workdays, parts of an hour, and it rolls a close on to the next open",
        ),
        "businesstimedelta": Contestant(
            lambda start, amount: start + amount,
            [(each.start, BusinessTimeDelta(rules, hours=each.hours)) for each in given],
            lacks="substituted workdays",
        ),
        "workorder, integers": Contestant(calendar.epoch.add, whole, _shown),
        "the floor, integers": Contestant(floor.on_integers()[0], whole, _shown, FLOOR_LACKS),
    }


def _spanning(given: Sequence[Ticket], known: Any, floor: Floor) -> dict[str, Contestant]:
    calendar, rules = desk(), businesstimedelta_rules(known)
    aware = [(each.start, each.end) for each in given]
    whole = [((a - EPOCH) // MICROSECOND, (b - EPOCH) // MICROSECOND) for a, b in aware]
    local = [tuple(each.astimezone(ZONE).replace(tzinfo=None) for each in pair) for pair in aware]
    return {
        "workorder": Contestant(calendar.between, aware),
        "the floor": Contestant(floor.on_datetimes()[1], aware, lacks=FLOOR_LACKS),
        "a loop over holidays": Contestant(hand_between(known), aware, lacks=LOOP_LACKS),
        "businesstimedelta": Contestant(
            rules.difference, aware, lambda found: found.timedelta, "substituted workdays"
        ),
        "business-duration": Contestant(
            business_duration_between(known),
            local,
            lacks="substituted workdays, a second window a day (its days have no lunch), zones",
        ),
        "workorder, integers": Contestant(calendar.epoch.between, whole, _length),
        "the floor, integers": Contestant(floor.on_integers()[1], whole, _length, FLOOR_LACKS),
    }


def _verb(
    name: str, all_of_them: Mapping[str, Contestant], rounds: int, seconds: float, target: float
) -> list[Line]:
    ours = all_of_them["workorder"].answers()
    differ = {}
    for who, contestant in all_of_them.items():
        found = contestant.answers()
        differ[who] = sum(a != b for a, b in zip(ours, found, strict=True))
        if "workorder" in who or "floor" in who or "loop" in who:
            assert not differ[who], f"{who}: {differ[who]} of {len(ours)} differ"
    taken = in_turns(
        {who: each.running() for who, each in all_of_them.items()}, rounds=rounds, seconds=seconds
    )
    peers = []
    for who in ("a loop over holidays", "pandas", "businesstimedelta", "business-duration"):
        if who in all_of_them:
            unlike = f"; {differ[who]} of {len(ours):,} answers differ" if differ[who] else ""
            peers.append(_peer(taken, "workorder", who, all_of_them[who].lacks + unlike))
    made = [
        Line(
            SECTION,
            f"{name}, aware datetimes",
            taken.typical("workorder") * 1e6,
            "us",
            target,
            tuple(peers),
            "Loop and floor give the same answers, to the microsecond.",
        ),
        _share(f"{name}, aware datetimes, share of the floor", taken, ""),
        _share(f"{name}, integers, share of the floor", taken, ", integers"),
    ]
    for who, least in (("pandas", 30), ("businesstimedelta", 500)):
        if who in all_of_them:
            ratio = taken.times_as_fast("workorder", who)[0]
            made.append(Line(SECTION, f"{name}, times as fast as {who}", ratio, "x", least))
    return made


def _share(title: str, taken: Rounds, kind: str) -> Line:
    ours, floor = f"workorder{kind}", f"the floor{kind}"
    ratio, least = taken.times_as_fast(ours, floor)
    peers = (Peer("bare bisection", 100, ratio, least, FLOOR_LACKS),)
    note = f"{taken.typical(ours) * 1e6:.2f} us beside {taken.typical(floor) * 1e6:.2f}."
    return Line(SECTION, title, 100 * ratio, "%", 100 / 1.5, peers, note)


def _shown(found: int) -> datetime:
    return EPOCH + found * MICROSECOND


def _length(found: int) -> timedelta:
    return found * MICROSECOND


# --- days -------------------------------------------------------------------------------------


def _days(given: Sequence[Ticket], known: Any, rounds: int, seconds: float) -> list[Line]:
    calendar, week = desk(), busdays(known)
    dates = [each.start.astimezone(ZONE).date() for each in given]
    others = [each.end.astimezone(ZONE).date() for each in given]
    numpys = {day: np.datetime64(day, "D") for day in {*dates, *others}}

    def offset(day: Any, number: int) -> Any:
        return np.busday_offset(day, number, roll="backward", busdaycal=week)

    def count(start: Any, end: Any) -> Any:
        return np.busday_count(start + 1, end + 1, busdaycal=week)

    made = []
    for name, ours, theirs, mine, other, answer in (
        (
            "add_days",
            calendar.add_days,
            offset,
            [(day, each.hours) for day, each in zip(dates, given, strict=True)],
            [(numpys[day], each.hours) for day, each in zip(dates, given, strict=True)],
            lambda found: found.item(),
        ),
        (
            "days_between",
            calendar.days_between,
            count,
            list(zip(dates, others, strict=True)),
            [(numpys[a], numpys[b]) for a, b in zip(dates, others, strict=True)],
            int,
        ),
    ):
        both = {
            "workorder": Contestant(ours, mine),
            "numpy": Contestant(theirs, other, answer),
        }
        found = (both["workorder"].answers(), both["numpy"].answers())
        differ = sum(a != b for a, b in zip(*found, strict=True))
        taken = in_turns(
            {who: each.running() for who, each in both.items()}, rounds=rounds, seconds=seconds
        )
        lacks = (
            "substituted workdays, unless every closed date is listed as a holiday; "
            f"{differ} of {len(given):,} answers differ"
        )
        peers = (_peer(taken, "workorder", "numpy", lacks, "numpy busday, one at a time"),)
        made.append(Line(SECTION, name, taken.typical("workorder") * 1e6, "us", None, peers))
    return made


# --- building ---------------------------------------------------------------------------------


def _build(rounds: int) -> Line:
    begin, end = (
        (datetime(year, 6, 1, tzinfo=UTC) - EPOCH) // MICROSECOND for year in (2025, 2026)
    )

    def build(number: int) -> None:
        for _ in range(number):
            library.year_of.cache_clear()
            library.facts_of.cache_clear()
            offsets_between.cache_clear()
            calendar = desk()
            assert not calendar.epoch.between(begin, begin)
            assert calendar.epoch.between(begin, end)

    build(1)
    taken = [timed(build, 1) for _ in range(rounds)]
    note = (
        f"From its text to the first answer over two years, nothing kept from before; median of "
        f"{rounds}, the least {min(taken) * 1e3:.1f} ms. Importing `holidays` is not in it."
    )
    return Line(SECTION, "building, two years", median(taken) * 1e3, "ms", 6, (), note)


def _peer(taken: Rounds, ours: str, who: str, lacks: str, name: str = "") -> Peer:
    return Peer(name or who, taken.typical(who) * 1e6, *taken.times_as_fast(ours, who), lacks)
