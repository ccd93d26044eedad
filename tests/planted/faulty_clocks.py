"""Faults for clocks: each puts one function in the place of one of the library's.

What goes wrong went wrong before, in somebody's tracker. A fault is a function that plants itself
with pytest's monkeypatch.
"""

from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from attrs import evolve

from tests.sla.clocks.told import OPENED
from workorder.clocks import Clock
from workorder.conditions import NEVER
from workorder.durations import Duration
from workorder.sla.clocks import (
    Advanced,
    Ladder,
    Metric,
    Moment,
    ServiceLevels,
    dues,
    ending,
    folding,
    moments,
    reading,
    retargeting,
    settling,
    starting,
    turning,
)
from workorder.sla.clocks import pieces as pieces_module
from workorder.sla.clocks.interest import Interest
from workorder.sla.clocks.levels import USUAL
from workorder.sla.clocks.pieces import Pieces, Reckoned
from workorder.sla.verbs import Calendar

Patch = pytest.MonkeyPatch

ZERO = timedelta(0)

MODULES = (folding, starting, turning, retargeting, ending, settling, dues)
"""Where the fold and its parts look up each other's functions."""


def everywhere(patch: Patch, name: str, fault: Any) -> None:
    """Put *fault* in the place of the function *name*, wherever the fold looks it up."""
    known = [module for module in MODULES if hasattr(module, name)]
    assert known, name
    for module in known:
        patch.setattr(module, name, fault)


_DUE_OF = dues.due_of

# --- starting -------------------------------------------------------------------------------

_STARTED = starting.started


def runs_after_the_answer(patch: Patch) -> None:
    """Whatever happens after a clock was finished starts it again."""

    def again(clock: Clock, metric: Metric, moment: Moment, levels: ServiceLevels) -> Any:
        return _STARTED(clock, metric, moment, levels, anyway=True)

    everywhere(patch, "_again", again)
    patch.setattr(Interest, "stirred", lambda *_arguments: True)


def starts_over(patch: Patch) -> None:
    """A clock that runs starts again with every message."""
    plain = folding.folded

    def one(clock: Clock | None, metric: Metric, moment: Moment, levels: ServiceLevels) -> Any:
        if clock is not None and moment.holds(metric.starts) and not moment.holds(metric.stops):
            return _STARTED(clock, metric, moment, levels, anyway=True)
        return plain(clock, metric, moment, levels)

    everywhere(patch, "folded", one)
    patch.setattr(Interest, "stirred", lambda *_arguments: True)


def shortest_rules_all(patch: Patch) -> None:
    """All clocks of a ticket are due when the first of them is."""
    plain = settling.settled

    def settled(clocks: Any, changed: dict[str, Clock], levels: ServiceLevels) -> Advanced:
        found = plain(clocks, changed, levels)
        after = {**clocks, **found.changed}
        first = min(each.due for each in after.values() if each.due is not None)
        return Advanced({name: evolve(clock, due=first) for name, clock in after.items()})

    everywhere(patch, "settled", settled)


def _with_metric(patch: Patch, **other: Any) -> None:
    """First cycles start by another metric."""

    def started(clock: Any, metric: Metric, *arguments: Any, **more: Any) -> Clock | None:
        return _STARTED(clock, metric if clock else evolve(metric, **other), *arguments, **more)

    everywhere(patch, "started", started)


def starts_with_the_ticket(patch: Patch) -> None:
    """Every clock starts when the ticket is opened, whatever stands then."""
    _with_metric(patch, start=OPENED, stop=NEVER)


def starts_by_opening_only(patch: Patch) -> None:
    """A clock starts by what it waits for, but only if that opens a ticket."""

    def started(clock: Any, metric: Metric, *arguments: Any, **more: Any) -> Clock | None:
        return _STARTED(clock, evolve(metric, start=metric.start & OPENED), *arguments, **more)

    everywhere(patch, "started", started)


def runs_though_resolved(patch: Patch) -> None:
    """At its start a clock does not look whether it is over already."""
    _with_metric(patch, stop=NEVER)


def runs_though_on_hold(patch: Patch) -> None:
    """At its start a clock does not look whether it waits."""
    _with_metric(patch, pause=NEVER)


def delay_of_nothing(patch: Patch) -> None:
    """What arrives outside hours is due at once."""

    def due_of(clock: Clock, pieces: Pieces, cap: datetime | None = None) -> Reckoned:
        first = pieces[0]
        if not first.calendar.is_open(first.start):
            return Reckoned(first.start)
        return _DUE_OF(clock, pieces, cap)

    everywhere(patch, "due_of", due_of)


# --- pausing --------------------------------------------------------------------------------

_IS_PAUSED = turning.is_paused


def knows_one_state(patch: Patch) -> None:
    """Waiting for a vendor was forgotten in the list of what pauses."""

    def is_paused(metric: Metric, moment: Moment, *, runs: bool) -> bool:
        known = moment.now.value("state") != "vendor"
        return known and _IS_PAUSED(metric, moment, runs=runs)

    everywhere(patch, "is_paused", is_paused)


def knows_no_hold(patch: Patch) -> None:
    """Nothing pauses a clock that runs."""
    plain = turning.pausing

    def pausing(clock: Clock, *arguments: Any) -> Clock:
        return clock if clock.state == "running" else plain(clock, *arguments)

    everywhere(patch, "pausing", pausing)


def pauses_first(patch: Patch) -> None:
    """What pauses a clock comes before what stops it."""
    plain = folding.folded

    def one(clock: Clock | None, metric: Metric, moment: Moment, levels: ServiceLevels) -> Any:
        if clock is not None and clock.state == "running" and metric.pauses(moment.now):
            return turning.turned(clock, moment.at, moment.number, runs=False)
        return plain(clock, metric, moment, levels)

    everywhere(patch, "folded", one)


def resumes_by_channel(patch: Patch) -> None:
    """Only an email resumes."""

    def is_paused(metric: Metric, moment: Moment, *, runs: bool) -> bool:
        still = not runs and moment.now.value("channel") != "email"
        return still or _IS_PAUSED(metric, moment, runs=runs)

    everywhere(patch, "is_paused", is_paused)


def hold_goes_on(patch: Patch) -> None:
    """What ends a clock leaves its hold open."""
    everywhere(patch, "ended", lambda segments, _at: segments)


def takes_naive(patch: Patch) -> None:
    """Instants without a zone are taken as they are."""
    patch.setattr(moments, "aware", lambda instant, _name: instant)


def holds_by_the_wall(patch: Patch) -> None:
    """The length of a hold is added to what was due before it, day and night."""

    def due_of(clock: Clock, pieces: Pieces, cap: datetime | None = None) -> Reckoned:
        held = sum((b.start - a.end for a, b in pairwise(pieces) if a.end is not None), ZERO)
        first = evolve(pieces[0], end=None)
        return Reckoned(_DUE_OF(clock, [first], cap).instant + held)

    everywhere(patch, "due_of", due_of)


def forgets_pauses(patch: Patch) -> None:
    """Another target begins at the start, as if the clock had never been paused."""
    plain = retargeting.retargeted

    def retargeted(clock: Clock, *arguments: Any) -> Clock:
        after = plain(clock, *arguments)
        if after is clock:
            return clock
        return evolve(after, segments=(evolve(after.segments[-1], start=clock.started),))

    everywhere(patch, "retargeted", retargeted)


def stays_due_on_hold(patch: Patch) -> None:
    """A clock on hold keeps its due instant and its marks."""
    plain = turning.turned

    def turned(clock: Clock, at: datetime, cause: int, *, runs: bool) -> Clock:
        after = plain(clock, at, cause, runs=runs)
        return evolve(after, due=clock.due, mark=clock.mark, mark_at=clock.mark_at)

    everywhere(patch, "turned", turned)


def counts_what_was_resolved(patch: Patch) -> None:
    """The time for which a ticket was resolved counts, as if it had not been."""
    plain = folding._resumed

    def resumed(clock: Clock, *arguments: Any) -> Clock:
        after = plain(clock, *arguments)
        last = evolve(after.segments[-1], start=ending.last_instant(clock))
        return evolve(after, segments=(*after.segments[:-1], last))

    everywhere(patch, "_resumed", resumed)


def always_resumes(patch: Patch) -> None:
    """What a metric says about re-opening is not asked."""
    plain = folding._again

    def again(clock: Clock, metric: Metric, *arguments: Any) -> Any:
        return plain(clock, evolve(metric, on_reopen="resume"), *arguments)

    everywhere(patch, "_again", again)


# --- ending ---------------------------------------------------------------------------------


def stale_promise(patch: Patch) -> None:
    """What is promised no more stays promised."""
    everywhere(patch, "targeted", lambda clock, *_arguments: clock)


def never_cancelled(patch: Patch) -> None:
    """A clock that does not matter any more runs on."""
    everywhere(patch, "cancelled", lambda clock, _at: clock)


def one_calendar(patch: Patch) -> None:
    """The department is not asked for its calendar."""
    patch.setattr(ServiceLevels, "calendar_name", lambda *_arguments: USUAL)


def one_update_late(patch: Patch) -> None:
    """Due instants are reckoned for new clocks only; others keep theirs for now."""
    everywhere(patch, "moved", lambda old, _new: old is None)


def hears_the_last_only(patch: Patch) -> None:
    """Of what happened in one commit, only the last is heard."""
    patch.setattr(Moment, "holds", lambda moment, test: bool(test(moment.views[-1])))


_FINISHED = ending.finished


def judges_again(patch: Patch) -> None:
    """A verdict is passed on all cycles."""

    def finished(clock: Clock, at: datetime) -> Clock:
        after = _FINISHED(clock, at)
        met = after.verdicts[-1].met
        return evolve(after, verdicts=tuple(evolve(each, met=met) for each in after.verdicts))

    everywhere(patch, "finished", finished)
    patch.setattr(Interest, "stirred", lambda *_arguments: True)


def keeps_the_last_verdict(patch: Patch) -> None:
    """Of several cycles only the last is remembered."""

    def finished(clock: Clock, at: datetime) -> Clock:
        after = _FINISHED(clock, at)
        return evolve(after, verdicts=after.verdicts[-1:])

    everywhere(patch, "finished", finished)


def misses_after_the_end(patch: Patch) -> None:
    """A clock that was stopped is late all the same, once its due instant has passed."""

    def overdue(clock: Clock, at: datetime) -> Clock:
        if clock.breached is not None or clock.due is None or at <= clock.due:
            return clock
        return evolve(clock, breached=clock.due, detected=at)

    everywhere(patch, "overdue", overdue)
    patch.setattr(reading, "overdue", overdue)


def ignores_hours(patch: Patch) -> None:
    """Hours are hours, open or not."""

    def reckon(duration: Duration, pieces: Pieces, _given: Any) -> Reckoned:
        return Reckoned(pieces[0].start + duration.amount)  # type: ignore[union-attr]  # a length

    patch.setattr(dues, "reckon", reckon)


def hears_replies_only(patch: Patch) -> None:
    """Nothing but a reply answers; a resolution without one is overlooked."""

    def holds(moment: Moment, test: Any) -> bool:
        return any(test(each) for each in moment.views if each.value("action") != "resolve")

    patch.setattr(Moment, "holds", holds)


def measures_the_night(patch: Patch) -> None:
    """What was used is measured day and night."""

    def measured(pieces: Pieces, until: datetime, *, working: bool) -> timedelta:
        assert working
        return pieces_module.measured(pieces, until, working=False)

    patch.setattr(reading, "measured", measured)


def flag_survives(patch: Patch) -> None:
    """A cycle that begins takes over that the one before was late."""

    def started(clock: Clock | None, *arguments: Any, **more: Any) -> Clock | None:
        after = _STARTED(clock, *arguments, **more)
        if after is None or clock is None:
            return after
        return evolve(after, breached=clock.breached, detected=clock.detected, fired=clock.fired)

    everywhere(patch, "started", started)


def stored_due(patch: Patch) -> None:
    """A due instant that is stored is not reckoned again."""

    def due_of(clock: Clock, pieces: Pieces, cap: datetime | None = None) -> Reckoned:
        return _DUE_OF(clock, pieces, cap) if clock.due is None else Reckoned(clock.due)

    everywhere(patch, "due_of", due_of)


def late_by_the_wall(patch: Patch) -> None:
    """How late something is, is told by the clock on the wall."""

    def left(*arguments: Any) -> Any:
        _, _, _, until, due, used = arguments
        return used, due - until

    patch.setattr(reading, "_left", left)


# --- marks ----------------------------------------------------------------------------------


def reminds_at_night(patch: Patch) -> None:
    """A share of the time is a share of the clock on the wall."""

    def reached(pieces: Pieces, amount: timedelta, *, working: bool) -> datetime:
        assert working
        return pieces_module.reached(pieces, amount, working=False)

    patch.setattr(dues, "reached", reached)


def never_waits(patch: Patch) -> None:
    """A mark that should wait for the opening does not."""
    patch.setattr(dues, "_opened", lambda *arguments: arguments[2])


def at_midnight(patch: Patch) -> None:
    """Offsets end at 00:00 of their day."""
    plain = dues.before_due

    def before(due: datetime, amount: Duration, calendar: Calendar) -> datetime:
        found = plain(due, amount, calendar).astimezone(calendar.timezone)
        return found.replace(hour=0, minute=0)

    patch.setattr(dues, "before_due", before)


def ignores_offsets(patch: Patch) -> None:
    """Marks before what is due are overlooked."""
    patch.setattr(Ladder, "early", ())
