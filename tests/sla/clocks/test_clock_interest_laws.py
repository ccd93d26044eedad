"""A law of the short way: a moment that cannot concern a clock may be passed over."""

from datetime import timedelta
from typing import Any

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from tests.sla.clocks.told import SHANGHAI
from tests.sla.traps import at
from workorder.clocks import Clock
from workorder.conditions import ALWAYS, NEVER, Condition, where
from workorder.durations import Working
from workorder.sla.clocks import Facts, Metric, Moment, Policy, ServiceLevels, Target, advance, read

ACTIONS = ("open", "reply", "hold", "reopen", "note")
STATES = ("new", "held", "done")
HOUR = timedelta(hours=1)
START = at("2026-03-02T09:00+08:00")

_action = st.sampled_from(ACTIONS).map(where("action").equals)
_by = st.just(where("by").equals("customer"))
_edge: SearchStrategy[Condition] = st.one_of(
    _action,
    _by,
    st.tuples(_action, _by).map(lambda pair: pair[0] & pair[1]),
    st.tuples(_action, _action).map(lambda pair: pair[0] | pair[1]),
    st.tuples(_action, st.sampled_from(STATES)).map(
        lambda pair: pair[0] & where("state").equals(pair[1])
    ),
    _action.map(lambda each: ~each & where("by").equals("agent")),
)
_level: SearchStrategy[Condition] = st.sampled_from(STATES).map(where("state").equals)
_some = _edge | _level


@st.composite
def metrics(draw: st.DrawFn) -> Metric:
    """A metric of random conditions. What is taken up again is taken up by what happens, what
    starts again is stopped by it, and nothing both starts and stops by how things stand.
    """
    by_edges, repeat = draw(st.booleans()), draw(st.booleans())
    start = draw(_some)
    stop = draw(_edge if repeat else _some.filter(lambda each: each != start))
    return Metric(
        name="answer",
        start=start,
        stop=stop,
        pause=draw(_edge if by_edges else _level),
        resume=draw(_edge) if by_edges else None,
        reset=draw(st.just(NEVER) | _edge),
        cancel=draw(st.just(NEVER) | _some),
        reopen=draw(st.just(NEVER) | _edge),
        repeat=repeat,
    )


_happens = st.tuples(
    st.sampled_from(ACTIONS),
    st.sampled_from(["customer", "agent"]),
    st.sampled_from([*STATES, "", "", ""]),
    st.integers(1, 2),
)


def _plain(clocks: dict[str, Clock], levels: ServiceLevels, now: Any) -> object:
    """What can be known of a clock, but for when a breach was noted."""
    clock = clocks.get("answer")
    if clock is None:
        return None
    reading = read(clock, now, levels)
    told = reading.state, reading.used, reading.due, reading.if_resumed, reading.breached_at
    verdicts = [evolve(each, detected=None) for each in clock.verdicts]
    return *told, clock.cycle, clock.segments, clock.promised, verdicts


@given(metrics(), st.lists(_happens, min_size=1, max_size=10))
def test_what_is_passed_over_would_have_changed_nothing(
    metric: Metric, said: list[tuple[str, str, str, int]]
) -> None:
    """A clock to which every moment is told stands as one that is told what concerns it."""
    urgent = where("priority").equals(1)
    targets = (
        Target("answer", Working(2 * HOUR), urgent),
        Target("answer", Working(4 * HOUR), ALWAYS),
    )
    levels = ServiceLevels(
        metrics=(metric,), policies=(Policy("usual", targets),), calendar=SHANGHAI
    )
    short: dict[str, Clock] = {}
    long: dict[str, Clock] = {}
    now, state = START, "new"
    before: Facts | None = None
    for number, (action, by, wanted, priority) in enumerate(said, 1):
        state = wanted or state
        facts = Facts({"action": action, "by": by, "state": state, "priority": priority})
        moment = Moment(now, (facts,), number, before)
        short |= advance(short, moment, levels).changed
        twice = evolve(moment, views=(facts, facts))  # two of one kind are never passed over
        long |= advance(long, twice, levels).changed
        assert _plain(short, levels, now) == _plain(long, levels, now)
        before = facts
        now += HOUR
