"""Business time for arrays, beside bare ``searchsorted`` and ``numpy.busday_offset``."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

import numpy as np

from benchmarks.measuring import Run, in_turns
from benchmarks.reporting import Line, Peer
from benchmarks.time_rivals import EPOCH, MICROSECOND, Floor, busdays, china
from workorder.sla import BusinessCalendar
from workorder.sla.bulk import add_days_many, add_many, between_many

FLOOR_LACKS = "NaT, units, shapes, the horizon, whether it is official, years that come later"
MOST_HOURS = 40
"""The longest amount that is added."""


def array_lines(
    section: str,
    calendar: BusinessCalendar,
    floor: Floor,
    within: tuple[datetime, datetime],
    *,
    quick: bool,
) -> list[Line]:
    """Measure; starts lie *within* two instants."""
    size, rounds = (100_000, 5) if quick else (1_000_000, 15)
    chance = np.random.default_rng(20260930)
    begin, end = ((each - EPOCH) // MICROSECOND for each in within)
    starts = chance.integers(begin, end, size)
    amounts = chance.integers(1, MOST_HOURS * 3_600_000_000, size)
    ends = starts + chance.integers(0, 20 * 86_400_000_000, size)
    bare_add, bare_between = floor.on_arrays()
    assert np.array_equal(add_many(calendar, starts, amounts), bare_add(starts, amounts))
    assert np.array_equal(between_many(calendar, starts, ends), bare_between(starts, ends))
    works: dict[str, tuple[Callable[..., Any], Callable[..., Any], Any]] = {
        "add_many": (add_many, bare_add, amounts),
        "between_many": (between_many, bare_between, ends),
    }
    runs: dict[str, Run] = {}
    for name, (ours, bare, other) in works.items():
        runs[name] = _repeated(partial(ours, calendar, starts, other))
        runs[f"bare {name}"] = _repeated(partial(bare, starts, other))
    taken = in_turns(runs, rounds=rounds, seconds=0.1)
    made = []
    for name in works:
        mine = taken.typical(name) / size * 1e9
        note = (
            f"{size:,} elements at once: {mine:.0f} ns each beside "
            f"{taken.typical(f'bare {name}') / size * 1e9:.0f}."
        )
        ratio, least = taken.times_as_fast(name, f"bare {name}")
        peer = Peer("bare searchsorted", 100, ratio, least, FLOOR_LACKS)
        title = f"{name}, share of the floor"
        made.append(Line(section, f"{name}, an element", mine, "ns", 150))
        made.append(Line(section, title, 100 * ratio, "%", 100 / 1.3, (peer,), note))
    return [*made, _days(section, calendar, starts, rounds)]


def _days(section: str, calendar: BusinessCalendar, starts: Any, rounds: int) -> Line:
    days = starts.view("datetime64[us]").astype("datetime64[D]")
    week = busdays(china())
    runs: dict[str, Run] = {
        "ours": _repeated(lambda: add_days_many(calendar, days, 3)),
        "numpy": _repeated(lambda: np.busday_offset(days, 3, roll="backward", busdaycal=week)),
    }
    taken = in_turns(runs, rounds=rounds, seconds=0.1)
    lacks = "substituted workdays, unless every closed date is listed as a holiday"
    ratio, least = taken.times_as_fast("ours", "numpy")
    each = taken.typical("numpy") / len(days) * 1e9
    peers = (Peer("numpy busday_offset", each, ratio, least, lacks),)
    mine = taken.typical("ours") / len(days) * 1e9
    return Line(section, "add_days_many, an element", mine, "ns", None, peers)


def _repeated(work: Callable[[], object]) -> Run:
    def run(number: int) -> None:
        for _ in range(number):
            work()

    return run
