"""Faults of timing planted on purpose: what must be caught is, and what is guarded stays right.

The checks are those of :mod:`tests.kernel`, :mod:`tests.desk` and :mod:`tests.laws`, called while
one function of the core is replaced by one that goes wrong in a way that others went wrong before.
"""

import random
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

import attrs
import pytest

from tests.desk import test_run_due as of_runs
from tests.desk import test_run_due_workers as of_workers
from tests.desk.duties import Duty
from tests.kernel import test_timing as of_timing
from tests.kernel import test_windows as of_windows
from tests.laws.due import AtRandom, always, differences, never, outcome, schedule
from tests.laws.walking import Plan
from workorder.durations import CalendarDays, Duration
from workorder.kernel import Context, Fired, Passed, timers, timing
from workorder.kernel.advance import advance
from workorder.refusals import Refusal
from workorder.rulebook import Rulebook
from workorder.storage import MemoryStore
from workorder.ticket import Ticket, Timer, TimerLapsed

Patch = pytest.MonkeyPatch

PLANS = tuple(
    Plan(country, 0, ("complaint", "enquiry"), seed, 30)
    for seed in range(6)
    for country in ("CN", "GB")
)
"""Walks on which time has much to do."""


class StillFiringError(Exception):
    """Time tries for ever."""


def wrong_with_often() -> list[str]:
    """What differs with how often somebody looks, on a number of walks."""
    found = []
    for plan in PLANS:
        orders = schedule(plan)
        first = outcome(plan, orders, MemoryStore(), never)
        for between in (always, AtRandom(random.Random(plan.seed))):
            found += differences(first, outcome(plan, orders, MemoryStore(), between))
    return found


def test_nothing_is_wrong_without_a_fault() -> None:
    """The walks and checks below find nothing while nothing is planted."""
    assert wrong_with_often() == []


# --- windows ------------------------------------------------------------------------------------


def _by_hours(
    rulebook: Rulebook, start: datetime, duration: Duration, *, whole: bool = False
) -> datetime:
    """Days as multiples of 24 hours; to the end of a UTC day, if *whole*."""
    if isinstance(duration, CalendarDays):
        end = start + timedelta(days=duration.number)
        if whole:
            end = end.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
        return end
    return _UNTIL(rulebook, start, duration)


_UNTIL = Rulebook.until


def _fixed_offset(rulebook: Rulebook, start: datetime, duration: Duration) -> datetime:
    """The right end of the day, and from there by 24 hours: right but for a change of clocks."""
    if isinstance(duration, CalendarDays):
        today = _UNTIL(rulebook, start, CalendarDays(0))
        return today + timedelta(days=duration.number)
    return _UNTIL(rulebook, start, duration)


def _utc_days(rulebook: Rulebook, start: datetime, duration: Duration) -> datetime:
    return _by_hours(rulebook, start, duration, whole=True)


@pytest.mark.parametrize("fault", [_by_hours, _utc_days, _fixed_offset])
def test_days_that_are_no_days_there(monkeypatch: Patch, fault: Callable[..., datetime]) -> None:
    """Windows counted by 24 hours, by days of UTC, or without the change of clocks are found, on
    the edges that are always tried.
    """
    monkeypatch.setattr(Rulebook, "until", fault)
    wrong = [
        found
        for country, at in of_windows.EDGES
        for found in of_windows.wrong_with_windows(country, at)
    ]
    assert any(each.startswith("close_from") for each in wrong)
    assert any(each.startswith("reopen_until") for each in wrong)


# --- timers -------------------------------------------------------------------------------------

_FIRE = timing._fire


def _fires_now(ticket: Ticket, timer: Timer, context: Context, version: int) -> Fired | Refusal:
    """A timer acts when somebody looks."""
    return _FIRE(ticket, attrs.evolve(timer, at=context.at), context, version)


def test_timers_that_act_when_somebody_looks(monkeypatch: Patch) -> None:
    """Then what happened depends on how often somebody does."""
    monkeypatch.setattr(timing, "_fire", _fires_now)
    assert any(each.startswith("trail") for each in wrong_with_often())


def test_timers_that_wait_for_a_run(monkeypatch: Patch) -> None:
    """Commands that do not let time act first are answered otherwise without runs than with."""
    monkeypatch.setattr(
        "workorder.desk.commanding.pass_time", lambda ticket, _context: Passed(ticket)
    )
    assert any(each.startswith("answer") for each in wrong_with_often())


def _as_set(step: Any, work: Any, windows: Any, marks: Iterable[Any]) -> Iterator[Any]:
    """What is wanted, in the order in which it was set."""
    yield from marks
    yield from timers._applying(step, work, windows)


def test_timers_in_the_order_in_which_they_were_set(monkeypatch: Patch) -> None:
    """They act out of order, and one that is not due yet hides those that are."""
    monkeypatch.setattr(timers, "_wanted", _as_set)
    monkeypatch.setattr(timing, "next_timer", lambda ticket: next(iter(ticket.timers), None))
    with pytest.raises(AssertionError):
        of_timing.test_every_timer_acts_at_its_own_instant()
    with pytest.raises(AssertionError):
        of_timing.test_looking_often_or_once_is_the_same()


def _nameless(wanted: Any, _sequence: int) -> Timer:
    """A timer whose id does not say which event set it."""
    action, about, at = wanted
    return Timer(f"time.{action}.{about}", at, action, about)


@pytest.mark.parametrize(
    "check",
    [
        of_runs.test_every_life_ends_by_time,
        of_runs.test_a_second_life_of_the_same_length_is_another_life,
    ],
)
def test_timers_without_the_number_of_an_event(
    monkeypatch: Patch, check: Callable[[Duty], None]
) -> None:
    """A timer of a second life is taken for that of the first, and never fires."""
    monkeypatch.setattr(timers, "_timer", _nameless)
    with pytest.raises(AssertionError):
        check(Duty())


def test_a_lapse_that_is_not_recorded(monkeypatch: Patch) -> None:
    """A refusal of which no event speaks is found; time is kept from trying for ever."""

    def forgets(ticket: Ticket, timer: Timer, context: Context, version: int) -> Fired | Refusal:
        answer = _FIRE(ticket, timer, context, version)
        if isinstance(answer, Refusal) or answer.refusal is None:
            return answer
        return attrs.evolve(answer, events=())

    monkeypatch.setattr(timing, "_fire", forgets)
    with pytest.raises(AssertionError):
        of_timing.test_a_lapse_says_why_and_is_final()


def test_a_lapse_that_is_not_remembered(monkeypatch: Patch) -> None:
    """A lapse that leaves the timer where it is makes time try again and again, in one look."""
    tried: list[Timer] = []

    def counts(ticket: Ticket, timer: Timer, context: Context, version: int) -> Fired | Refusal:
        tried.append(timer)
        if len(tried) > 100:
            raise StillFiringError
        return _FIRE(ticket, timer, context, version)

    evolvers = import_module("workorder.kernel.evolve").EVOLVERS
    monkeypatch.setitem(evolvers, TimerLapsed, advance)
    monkeypatch.setattr(timing, "_fire", counts)
    with pytest.raises(StillFiringError):
        of_timing.test_a_lapse_says_why_and_is_final()
    assert {timer.id for timer in tried} == {tried[0].id}


def test_late_timers_that_tell_everybody(monkeypatch: Patch) -> None:
    """Notices of what should have happened long ago are found."""

    def tells(ticket: Ticket, timer: Timer, context: Context, version: int) -> Fired | Refusal:
        prompt = attrs.evolve(context, at=timer.at)
        return _FIRE(ticket, timer, prompt, version)

    monkeypatch.setattr(timing, "_fire", tells)
    with pytest.raises(AssertionError):
        of_timing.test_notices_of_late_timers_are_left_out()
    with pytest.raises(AssertionError):
        of_runs.test_late_timers_tell_nobody(Duty())


# --- workers ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "check",
    [
        of_workers.test_two_workers_on_one_timer,
        of_workers.test_eight_threads_on_many_timers,
        of_workers.test_commands_and_workers_at_once,
    ],
)
def test_leases_for_everybody_do_no_harm(check: Callable[[Any], None]) -> None:
    """A claim that lends to all who ask costs time only: versions and the ids of timers guard."""
    check(of_workers.Generous())


def test_without_versions_things_happen_twice(monkeypatch: Patch) -> None:
    """A store that writes whatever it is given is found, by a worker that comes back late."""
    monkeypatch.setattr(MemoryStore, "_refused", lambda _store, _batch: None)
    with pytest.raises(AssertionError):
        of_workers.test_a_worker_that_comes_back_late()
    with pytest.raises(AssertionError):
        of_workers.test_a_timer_that_fired_meanwhile_is_not_tried_again()


def test_a_clock_that_is_not_raised(monkeypatch: Patch) -> None:
    """Time that goes by the clock alone overlooks what was due by the last event."""
    plain = timing.pass_time

    def by_the_clock(ticket: Ticket, context: Context) -> Passed:
        timer = timing.next_timer(ticket)
        if timer is None or timer.at > context.at:
            return Passed(ticket)
        return plain(ticket, context)

    monkeypatch.setattr("workorder.desk.commanding.pass_time", by_the_clock)
    monkeypatch.setattr("tests.kernel.waiting.pass_time", by_the_clock)
    with pytest.raises(AssertionError):
        of_timing.test_a_clock_that_is_behind_is_raised()
    with pytest.raises(AssertionError):
        of_runs.test_a_clock_that_is_behind_still_sees_what_was_due(Duty())
