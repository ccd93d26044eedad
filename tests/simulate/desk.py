"""Arrivals and people that the tests of simulation share: whole minutes from nine o'clock."""

from datetime import UTC, datetime, timedelta

from attrs import frozen
from hypothesis import strategies as st

from workorder.assign import (
    USUAL,
    Agent,
    AssignmentPolicy,
    Item,
    RoutingPlan,
    RoutingStep,
)
from workorder.assign.queueing import FIFO, LinearAgeing, MaxWait, PriorityFIFO
from workorder.assign.scorers import Experience, LowUtilization
from workorder.assign.selectors import (
    BestScore,
    LeastLoad,
    LeastRecentlyAssigned,
    LongestIdle,
    PointerRoundRobin,
    SmoothWeightedRoundRobin,
    TwoChoices,
)
from workorder.simulate import Arrival

NINE = datetime(2026, 9, 30, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
SEED = 7


def at(minute: int) -> datetime:
    """So many minutes after nine."""
    return NINE + minute * MINUTE


def minute_of(instant: datetime) -> int:
    """How many minutes after nine."""
    minutes, rest = divmod(instant - NINE, MINUTE)
    assert not rest
    return minutes


def comes(name: str, minute: int, takes: int, *teams: str, **more: object) -> Arrival:
    """Something that comes then, and takes so many minutes."""
    item = Item(name, teams=frozenset(teams), **more)  # type: ignore[arg-type]
    return Arrival(item, at(minute), takes * MINUTE)


@frozen
class Cycle:
    """Hours that repeat: at work for the first *on* of every *length* minutes, from *shift* on.

    They say no more than the protocol asks: not when they open.
    """

    on: int
    length: int
    shift: int = 0

    def works(self, minute: int) -> bool:
        """Whether it is one of the minutes of work."""
        return (minute - self.shift) % self.length < self.on

    def is_open(self, instant: datetime, /) -> bool:
        """Whether they work at *instant*."""
        return self.works((instant - NINE) // MINUTE)

    def next_close(self, instant: datetime, /) -> datetime:
        """When this time of work, or the next one, ends."""
        minute = (instant - NINE) // MINUTE
        while not self.works(minute):
            minute += 1
        while self.works(minute):
            minute += 1
        return at(minute)


TEAMS = ("cards", "loans")
PATIENCE = 7
OVERFLOW = RoutingPlan(
    "to loans", (RoutingStep(after=PATIENCE * MINUTE, teams={"loans"}, relax=1),)
)
DISCIPLINES = (FIFO(), PriorityFIFO(), LinearAgeing(5 * MINUTE), MaxWait(15 * MINUTE))
SELECTORS = (
    LeastLoad(),
    LongestIdle(),
    LeastRecentlyAssigned(),
    PointerRoundRobin(),
    SmoothWeightedRoundRobin(),
    TwoChoices(),
)
POLICIES = (
    AssignmentPolicy("best", USUAL, (Experience(3), LowUtilization()), BestScore()),
    *(AssignmentPolicy(each.name, selector=each) for each in SELECTORS),
)

hours = st.none() | st.builds(Cycle, st.integers(3, 8), st.just(9), st.integers(0, 8))
agents = st.lists(
    st.builds(
        Agent,
        st.sampled_from(["fan", "gao", "li", "wu"]),
        teams=st.frozensets(st.sampled_from((*TEAMS, "cards")), min_size=1),
        skills=st.dictionaries(st.just("fraud"), st.integers(1, 3), max_size=1),
        capacity=st.sampled_from([1, 2, 1, 0]),
        hours=hours,
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda each: each.id,
)
arrivals = st.lists(
    st.builds(
        comes,
        st.integers(0, 99).map(lambda number: f"T{number:02}"),
        st.integers(0, 12),  # few minutes: much happens at one instant
        st.integers(0, 8),
        st.sampled_from((*TEAMS, "cards")),
        category=st.sampled_from(["fees", "fraud"]),
        skills=st.sampled_from([{}, {}, {"fraud": 1}, {"fraud": 3}]),
        units=st.sampled_from([1, 1, 2, 0]),
        priority=st.integers(1, 3),
    ),
    min_size=4,
    max_size=14,
    unique_by=lambda each: each.item.id,
)
policies = st.sampled_from(POLICIES)
disciplines = st.sampled_from(DISCIPLINES)
plans = st.sampled_from([None, OVERFLOW])
