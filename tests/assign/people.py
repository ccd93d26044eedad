"""People and work that the tests of assignment share, and strategies for any."""

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from workorder.assign import Agent, AssignmentPolicy, Item
from workorder.assign.filters import (
    ApartFromInvolved,
    Experienced,
    HasCapacity,
    HasSkills,
    InTeam,
    NoConflict,
    NotDeclined,
    NotTooManyLately,
    Present,
    Speaks,
)
from workorder.assign.scorers import (
    Experience,
    IdleTime,
    LowLoad,
    LowUtilization,
    Proficiency,
    Recency,
    SkillFit,
    SpareCapacity,
    Weighted,
)
from workorder.assign.selectors import (
    BestScore,
    LeastLoad,
    LeastRecentlyAssigned,
    LeastUtilization,
    LongestIdle,
    MostSpare,
    PointerRoundRobin,
    SmoothWeightedRoundRobin,
    TwoChoices,
)

NOON = datetime(2026, 9, 30, 4, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)

names = st.sampled_from(["cards", "loans", "funds"])
people = st.sampled_from(["C-1", "C-2", "a1", "a2"])
levels = st.dictionaries(names, st.integers(1, 5), max_size=3)
instants = st.integers(0, 40).map(lambda hours: NOON - hours * HOUR)
few = st.integers(0, 4)


def agents(least: int = 0, most: int = 7) -> st.SearchStrategy[list[Agent]]:
    """Several of them, each with an id of their own, in any order."""
    one = st.builds(
        Agent,
        st.sampled_from([f"a{number}" for number in range(9)]),
        teams=st.frozensets(names),
        skills=levels,
        languages=st.frozensets(st.sampled_from(["zh", "en"])),
        capacity=few,
        limits=st.dictionaries(st.just("phone"), few, max_size=1),
        load=few,
        held=st.dictionaries(st.just("phone"), few, max_size=1),
        presence=st.sampled_from(["online", "online", "busy", "offline"]),
        since=st.none() | instants,
        assigned=st.lists(instants, max_size=3),
        idle_since=st.none() | instants,
        done=st.dictionaries(names, few),
        weight=st.integers(1, 3),
        conflicts=st.frozensets(people, max_size=1),
        attributes=st.dictionaries(st.just("quality"), st.floats(0, 1), max_size=1),
    )
    return st.lists(one, min_size=least, max_size=most, unique_by=lambda each: each.id)


items = st.builds(
    Item,
    st.just("T1"),
    category=st.none() | names,
    teams=st.frozensets(names, max_size=2),
    skills=st.dictionaries(names, st.integers(1, 3), max_size=2),
    language=st.sampled_from([None, "zh"]),
    channel=st.sampled_from([None, "phone"]),
    units=st.integers(0, 2),
    customer=st.none() | people,
    subjects=st.frozensets(people, max_size=1),
    involved=st.frozensets(people, max_size=1),
    preferred=st.dictionaries(st.just("last_agent"), people),
    declined=st.dictionaries(people, instants, max_size=1),
    enqueued=st.none() | instants,
    estimate=st.none() | st.just(HOUR),
)

FILTERS = (
    NoConflict(),
    ApartFromInvolved(),
    Present(),
    InTeam(),
    HasSkills(),
    Speaks(),
    NotDeclined(3 * HOUR),
    NotTooManyLately(2, 5 * HOUR),
    Experienced(HOUR),
    HasCapacity(),
)
SCORERS = (
    SkillFit(),
    Proficiency(),
    Experience(4),
    SpareCapacity(3),
    LowLoad(3),
    LowUtilization(),
    IdleTime(9 * HOUR),
    Recency(9 * HOUR),
)
SELECTORS = (
    BestScore(),
    BestScore(LongestIdle()),
    LeastLoad(),
    LeastRecentlyAssigned(),
    LeastUtilization(),
    LongestIdle(),
    MostSpare(),
    PointerRoundRobin(),
    SmoothWeightedRoundRobin(),
    TwoChoices(),
    TwoChoices(MostSpare()),
)

policies = st.builds(
    AssignmentPolicy,
    st.just("any"),
    st.lists(st.sampled_from(FILTERS), unique=True).map(tuple),
    st.lists(
        st.builds(Weighted, st.sampled_from(SCORERS), st.sampled_from([1, 2, 0.3])),
        max_size=3,
        unique_by=lambda each: each.scorer.name,
    ),
    st.sampled_from(SELECTORS),
    st.sampled_from([(), ("last_agent",)]),
)
"""Any policy of the parts that ship."""

seeds = st.integers(0, 2**63 - 1)
