"""Used time and due instants of many cycles at once; needs NumPy."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt
from attrs import frozen

from workorder.durations import Elapsed, Working
from workorder.insight.reassessment.folding import Cycle, Terms
from workorder.insight.reassessment.outcomes import NOTHING, Outcome, Result, outcome_of
from workorder.sla.bulk import add_many, between_many
from workorder.sla.clocks.pieces import duration_of
from workorder.sla.verbs import Calendar
from workorder.sla.zones import MICROSECOND

Ints = npt.NDArray[np.int64]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def outcomes_of(cycles: Sequence[Cycle], terms: Terms) -> Iterator[Outcome]:
    """How *cycles* came out, in no order; each has one calendar and one target, a length."""
    alike: dict[tuple[str, str], list[Cycle]] = {}
    for each in cycles:
        clock = each.clock
        if clock.state == "cancelled" or not any(one.runs for one in clock.segments):
            yield outcome_of(each, terms.levels, terms.until)
            continue
        name = clock.segments[-1].calendar.partition("@")[0]
        alike.setdefault((name, clock.target), []).append(each)
    for (name, target), some in alike.items():
        duration = duration_of(target)
        assert isinstance(duration, Working | Elapsed)  # noqa: S101 (asked only of lengths)
        calendar = terms.levels.calendar_of(name)
        yield from _told(some, _reckoned(some, duration, calendar, terms.until), name)


@frozen
class _Sums:
    """For each cycle in microseconds: what was used, when it was due, whether that passed."""

    used: Ints
    dues: Ints
    late: npt.NDArray[np.bool_]


def _reckoned(
    cycles: Sequence[Cycle], duration: Working | Elapsed, calendar: Calendar, until: datetime
) -> _Sums:
    """The sums of *cycles*, each of which ran at least once.

    A cycle is due in the first of its stretches in which its time is used up, or in the last.
    """
    starts, ends, counts = _stretches(cycles, until)
    working = isinstance(duration, Working)
    spent = between_many(calendar, starts, ends) if working else ends - starts
    firsts = np.cumsum(counts) - counts
    lasts = firsts + counts - 1
    total = np.cumsum(spent)
    before = total - spent
    before -= np.repeat(before[firsts], counts)  # of the same cycle
    amount = duration.amount // MICROSECOND
    enough = before + spent >= amount
    enough[lasts] = True
    places = np.flatnonzero(enough)
    owners = np.repeat(np.arange(len(cycles)), counts)[places]
    places = places[np.r_[True, owners[1:] != owners[:-1]]]  # the first of each
    left = amount - before[places]
    dues: Any
    if isinstance(duration, Working):
        dues = add_many(calendar, starts[places], left, edge=duration.edge)
    else:
        dues = starts[places] + left
    used = before[lasts] + spent[lasts]
    return _Sums(used, dues, ends[lasts] > dues)


def _stretches(cycles: Sequence[Cycle], until: datetime) -> tuple[Ints, Ints, Ints]:
    """Where the stretches that ran begin and end, one after the other, and how many each has."""
    starts, ends, counts = [], [], []
    for cycle in cycles:
        number = 0
        for each in cycle.clock.segments:
            if each.runs:
                number += 1
                starts.append((each.start - _EPOCH) // MICROSECOND)
                end = each.end or max(until, each.start)
                ends.append((end - _EPOCH) // MICROSECOND)
        counts.append(number)
    return tuple(np.array(each, np.int64) for each in (starts, ends, counts))  # type: ignore[return-value]  # three of them


def _told(cycles: Sequence[Cycle], sums: _Sums, name: str) -> Iterator[Outcome]:
    rows = zip(cycles, sums.used.tolist(), sums.dues.tolist(), sums.late.tolist(), strict=True)
    amount = duration_of(cycles[0].clock.target).amount  # type: ignore[union-attr]  # a length
    for cycle, used, due, late in rows:
        clock = cycle.clock
        last = clock.segments[-1]
        length = timedelta(microseconds=used)
        yield Outcome(
            cycle.ticket,
            clock.metric,
            clock.cycle,
            _result(clock.state, late=late),
            clock.target,
            name,
            clock.segments[0].start,
            last.end,
            _EPOCH + timedelta(microseconds=due) if late or last.runs else None,
            length,
            length - amount if late else NOTHING,
        )


def _result(state: str, *, late: bool) -> Result:
    if state == "finished":
        return "missed" if late else "met"
    if late:
        return "overdue"
    return "running" if state == "running" else "paused"
