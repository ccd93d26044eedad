"""Random routings: every part of them that a file can say."""

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from tests.rulebook.strategies import labels, several, texts
from workorder.assign import USUAL, AssignmentPolicy, RoutingPlan, RoutingStep
from workorder.assign.agents import PRESENCES
from workorder.assign.filters import Experienced, NotDeclined, NotTooManyLately, Present
from workorder.assign.queueing import (
    FIFO,
    ClassSlopes,
    EarliestDeadline,
    LeastSlack,
    LinearAgeing,
    MaxWait,
    PriorityFIFO,
)
from workorder.assign.routing import Need, Route, Routing
from workorder.assign.scorers import (
    ByAttribute,
    Experience,
    IdleTime,
    LowLoad,
    LowUtilization,
    Proficiency,
    Recency,
    ShiftLeft,
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
from workorder.conditions import ALWAYS, Compare

STATES = ("new", "waiting", "done")
"""Of the rulebook beside which they stand."""

_names = st.sampled_from(
    ["cards", "a.b", "手机", 'q"uote', "with space", "3", "labels", "when", "steps", "policies"]
)
_lengths = st.integers(1, 10**12).map(lambda count: timedelta(microseconds=count))
_shares = st.integers(1, 9) | st.floats(1e-9, 1e9)
_counts = st.integers(1, 99)
_skills = st.dictionaries(_names, st.integers(1, 5), min_size=1, max_size=2)
_KEYED = [LeastLoad(), LeastUtilization(), MostSpare(), LeastRecentlyAssigned(), LongestIdle()]
_keyed = st.sampled_from(_KEYED)
_selectors = (
    _keyed
    | st.sampled_from([PointerRoundRobin(), SmoothWeightedRoundRobin()])
    | st.builds(TwoChoices, _keyed)
)
_scorers: SearchStrategy[Any] = st.one_of(
    st.sampled_from([SkillFit(), Proficiency(), LowUtilization()]),
    st.builds(Experience, _counts),
    st.builds(SpareCapacity, _counts),
    st.builds(LowLoad, _counts),
    st.builds(IdleTime, _lengths),
    st.builds(Recency, _lengths),
    st.builds(ShiftLeft, _lengths),
    st.builds(ByAttribute, st.sampled_from(["quality", "手机"]), _shares, st.floats(0, 1)),
)
disciplines: SearchStrategy[Any] = st.one_of(
    st.sampled_from([FIFO(), PriorityFIFO(), EarliestDeadline(), LeastSlack()]),
    st.builds(LinearAgeing, _lengths),
    st.builds(MaxWait, _lengths),
    st.builds(ClassSlopes, st.dictionaries(st.integers(0, 5), _shares, min_size=1, max_size=3)),
)
_filters: SearchStrategy[Any] = st.one_of(
    st.builds(NotDeclined, st.none() | _lengths),
    st.builds(NotTooManyLately, _counts, _lengths),
    st.builds(Experienced, _lengths),
    st.builds(Present, st.sets(st.sampled_from(PRESENCES))),
    st.sampled_from(USUAL),
)


_affinities = several(_names, 2)


@st.composite
def policies(draw: DrawFn, affinity: SearchStrategy[Any] = _affinities) -> AssignmentPolicy:
    """Policies of parts that ship, with and without their figures."""
    more = draw(st.lists(_filters, max_size=4, unique_by=lambda each: each.name))
    other = {each.name: each for each in more}
    usual = [other.pop(each.name, each) for each in USUAL] if draw(st.booleans()) else []
    scored = draw(st.lists(_scorers, max_size=3, unique_by=lambda each: each.name))
    selectors: Any = st.builds(BestScore, _keyed) if scored else _selectors
    return AssignmentPolicy(
        draw(texts.filter(lambda text: bool(text.strip()))),
        filters=draw(st.just((*usual, *other.values())) | st.just(USUAL)),
        scorers=tuple(Weighted(each, draw(_shares)) for each in scored),
        selector=draw(selectors),
        affinity=draw(affinity),
    )


@st.composite
def _steps(draw: DrawFn, asked: SearchStrategy[Any]) -> tuple[RoutingStep, ...]:
    after = sorted(draw(st.sets(st.just(timedelta(0)) | _lengths, min_size=1, max_size=3)))
    return tuple(
        RoutingStep(
            after=each,
            teams=draw(several(_names, 2)),
            relax=draw(st.integers(1, 3)),
            without=draw(asked),
            any_language=draw(st.booleans()),
            instead=draw(st.booleans()),
        )
        for each in after
    )


@st.composite
def routings(draw: DrawFn) -> Routing:
    """Routings that no rule of rulebooks is against; the last route may be for every ticket."""
    needs = [
        Need(when=Compare("fields.amount", "ge", number), skills=draw(_skills))
        for number in range(draw(st.integers(0, 2)))
    ]
    asked = sorted({name for need in needs for name in need.skills})
    without: Any = several(st.sampled_from(asked), 2) if asked else st.just(())
    plans = {
        name: RoutingPlan(draw(st.just(name) | texts), draw(_steps(without)))
        for name in draw(several(_names, 2))
    }
    preferred = dict.fromkeys(draw(several(_names, 2)), "opened_by")
    tried: Any = several(st.sampled_from([*preferred]), 2) if preferred else st.just(())
    found = {
        name: draw(policies(tried))
        for name in draw(st.lists(_names, min_size=1, max_size=2, unique=True))
    }
    names = draw(several(_names))
    routes = [
        Route(
            name=name,
            when=Compare("fields.amount", "eq", number),
            teams=draw(several(_names, 2)),
            skills=draw(st.just({}) | _skills),
            units=draw(st.integers(0, 3)),
            policy=draw(st.sampled_from([None, *found])),
            plan=draw(st.sampled_from([None, *plans])),
            offer=draw(st.none() | _lengths),
            estimate=draw(st.none() | _lengths),
            labels=draw(labels),
        )
        for number, name in enumerate(names)
    ]
    rest: bool = draw(st.booleans())
    if routes and rest:
        routes[-1] = Route(name=routes[-1].name, when=ALWAYS)
    usual: bool = draw(st.booleans())
    return Routing(
        waiting=draw(st.sampled_from([("new",), ("new", "waiting")])),
        busy=draw(st.sampled_from([(), ("waiting", "new")])),
        stays=draw(st.sampled_from([(), ("waiting",)])),
        **({} if usual and not any(r.policy for r in routes) else {"policies": found}),
        routes=tuple(routes),
        needs=tuple(needs),
        plans=plans,
        discipline=draw(disciplines),
        reads=draw(st.sampled_from([{}, {"priority": "fields.amount", "due": "due"}])),
        preferred=preferred,
        grace=draw(_lengths),
        reach=draw(_counts),
    )
