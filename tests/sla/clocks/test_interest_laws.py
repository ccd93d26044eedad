"""What is passed over would have changed nothing: moments that concern no clock, skipped or not."""

from datetime import UTC, datetime, timedelta

from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

from workorder.clocks import Clock
from workorder.conditions import NEVER, AllOf, AnyOf, Condition, Negation, where
from workorder.durations import parse
from workorder.errors import ConfigurationError
from workorder.sla import BusinessCalendar
from workorder.sla.clocks import (
    Facts,
    Metric,
    Moment,
    Policy,
    ServiceLevels,
    Target,
    View,
    advance,
)

BEGUN = datetime(2026, 1, 5, tzinfo=UTC)
ALWAYS_OPEN = BusinessCalendar("UTC", "Mo-Su 00:00-24:00")
ACTIONS = ("open", "reply", "hold", "close")
BY = ("agent", "customer")
STATES = ("new", "waiting", "done")

edges = st.one_of(
    st.sampled_from(ACTIONS).map(where("action").equals),
    st.lists(st.sampled_from(ACTIONS), min_size=1).map(where("action").one_of),
    st.sampled_from(BY).map(where("by").equals),
)
standing = st.one_of(
    st.sampled_from(STATES).map(where("state").equals),
    st.sampled_from(STATES).map(where("state").differs),
    st.just(where("hold_reason").is_missing()),
    st.sampled_from((1, 2)).map(where("fields.priority").equals),
)
conditions: st.SearchStrategy[Condition] = st.recursive(
    edges | standing,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: AllOf(tuple(parts))),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: AnyOf(tuple(parts))),
        inner.map(Negation),
    ),
    max_leaves=4,
)
perhaps = st.just(NEVER) | conditions
happening = st.just(NEVER) | edges | st.tuples(edges, conditions).map(AllOf)


@st.composite
def metrics(draw: st.DrawFn, name: str) -> Metric:
    """A metric of any conditions."""
    return Metric(
        name=name,
        start=draw(conditions),
        stop=draw(conditions),
        pause=draw(perhaps),
        reset=draw(happening),
        cancel=draw(perhaps),
        reopen=draw(happening),
        repeat=draw(st.booleans()),
        on_reopen=draw(st.sampled_from(("resume", "restart", "keep"))),
    )


@st.composite
def levels(draw: st.DrawFn) -> ServiceLevels | None:
    """Two metrics, one of them with a target for some tickets only; nothing, if that is refused."""
    one, other = draw(metrics("one")), draw(metrics("other"))
    urgent = where("fields.priority").equals(1)
    policy = Policy(
        "all",
        (
            Target("one", parse("4 elapsed hours"), urgent),
            Target("one", parse("8 elapsed hours")),
            Target("other", parse("2 elapsed hours"), urgent),
        ),
    )
    try:
        return ServiceLevels(metrics=(one, other), policies=(policy,), calendar=ALWAYS_OPEN)
    except ConfigurationError:  # conditions that never hold, or not so, are refused
        return None


facts = st.fixed_dictionaries(
    {
        "action": st.sampled_from(ACTIONS),
        "by": st.sampled_from(BY),
        "state": st.sampled_from(STATES),
        "hold_reason": st.none() | st.just("waiting"),
        "fields.priority": st.none() | st.sampled_from((1, 2)),
    }
)


@given(levels(), st.lists(facts, min_size=1, max_size=8))
def test_passing_over_changes_nothing(
    promised: ServiceLevels | None, happenings: list[dict[str, object]]
) -> None:
    """Folded with every moment looked at in full (two views of one happening are never passed
    over), the clocks come out the same.
    """
    assume(promised is not None)
    assert promised is not None
    quick: dict[str, Clock] = {}
    full: dict[str, Clock] = {}
    before: View | None = None
    for number, said in enumerate(happenings):
        view = Facts(said)
        at = BEGUN + timedelta(minutes=30 * number)
        moment = Moment(at, (view,), number, before)
        quick |= advance(quick, moment, promised).changed
        full |= advance(full, evolve(moment, views=(view, view)), promised).changed
        before = view
        assert quick == full
