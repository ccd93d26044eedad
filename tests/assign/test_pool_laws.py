"""The law of the pool: whatever happened, it chooses whom a choice among its agents would."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta

import attrs
import pytest
from attrs import frozen
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.assign.people import FILTERS, HOUR, NOON, SCORERS, SELECTORS, agents, items, seeds
from workorder.assign import (
    Agent,
    AssignmentPolicy,
    Context,
    Detail,
    Item,
    Rejection,
    RoutingPlan,
    RoutingStep,
    choose,
)
from workorder.assign.filters import AtWork, HasCapacity, Own, Present
from workorder.assign.moves import with_item
from workorder.assign.pool import AgentPool
from workorder.assign.selectors import (
    LeastLoad,
    LeastRecentlyAssigned,
    LeastUtilization,
    LongestIdle,
    MostSpare,
)
from workorder.errors import InvalidInput

MINUTE = timedelta(minutes=1)


@frozen
class Early:
    """Works at even hours; at six o'clock nobody can say."""

    def is_open(self, instant: datetime, /) -> bool:
        """Whether they do."""
        if instant.hour == 6:
            raise ValueError("six")
        return instant.hour % 2 == 0

    def next_close(self, instant: datetime, /) -> datetime:
        """Not asked."""
        raise NotImplementedError


@frozen
class Together:
    """A host's filter that compares: nobody who holds more than all hold on average."""

    name: str = "together"
    hard: bool = False

    def rejected(
        self, agents: Sequence[Agent], item: Item, context: Context
    ) -> dict[str, Rejection]:
        """Those who do."""
        whole = sum(each.load for each in agents)
        return {each.id: Rejection("more") for each in agents if each.load * len(agents) > whole}


def _junior(agent: Agent, item: Item, context: Context) -> Rejection | None:
    return None if agent.load % 2 == item.units % 2 else Rejection("odd")


INDEXED = (LeastLoad(), LeastUtilization(), MostSpare(), LeastRecentlyAssigned(), LongestIdle())
OWN = (Together(), Own("odd", _junior))
HOURS = (None, None, Early(), Early())

in_order = st.builds(
    AssignmentPolicy,
    st.just("in order"),
    st.lists(st.sampled_from((*FILTERS, AtWork())), unique=True).map(tuple),
    selector=st.sampled_from(INDEXED),
    affinity=st.sampled_from([(), ("last_agent",)]),
)
"""Policies that a pool keeps shortlists for."""

elsewhere = st.builds(
    AssignmentPolicy,
    st.just("elsewhere"),
    st.lists(st.sampled_from((*FILTERS, AtWork(), *OWN)), unique=True).map(tuple),
    st.lists(st.sampled_from(SCORERS), max_size=2, unique_by=lambda each: each.name),
    st.sampled_from(SELECTORS),
    st.sampled_from([(), ("last_agent",)]),
)
"""Any policy, with filters of a host."""

by_load = st.builds(
    AssignmentPolicy,
    st.just("by load"),
    st.lists(st.sampled_from((Present(), HasCapacity())), unique=True).map(tuple),
)
"""Policies for which it keeps everybody in order all the time."""

plans = st.sampled_from([
    None,
    RoutingPlan(
        "wider",
        (
            RoutingStep(after=HOUR, relax=1, teams={"loans"}),
            RoutingStep(after=20 * HOUR, without={"cards"}, any_language=True),
        ),
    ),
])  # fmt: skip

hours = st.lists(st.sampled_from(HOURS), min_size=9, max_size=9)


@frozen
class Step:
    """Something that happens: what it is, to whom, with which item, how much later.

    What is reserved goes to the one chosen, or to whoever has that place; what is released is what
    was reserved before, or anything.
    """

    what: str
    place: int
    agent: Agent
    item: Item
    later: timedelta


steps = st.lists(
    st.builds(
        Step,
        st.sampled_from(
            ["carry out", "reserve", "give back", "release", "update", "stands", "add", "remove"]
        ),
        st.integers(0, 8),
        agents(1, 1).map(lambda some: some[0]),
        items,
        st.sampled_from([0 * MINUTE, MINUTE, HOUR, -HOUR]),
    ),
    max_size=14,
)


@frozen
class Story:
    """Who is there, what happens, and what is asked after each step, but the first ones."""

    there: list[Agent]
    policy: AssignmentPolicy
    steps: list[Step]
    asked: list[Item]
    plan: RoutingPlan | None
    seed: int
    silent: int = 0


def stories(policies: st.SearchStrategy[AssignmentPolicy]) -> st.SearchStrategy[Story]:
    """Any story under such policies."""
    some = st.tuples(agents(most=9), hours).map(
        lambda both: [attrs.evolve(a, hours=h) for a, h in zip(both[0], both[1], strict=False)]
    )
    return st.builds(
        Story,
        some,
        policies,
        steps,
        st.lists(items, min_size=1, max_size=3),
        plans,
        seeds,
        silent=st.integers(0, 6),
    )


def happened(pool: AgentPool, step: Step, at: datetime, out: list[tuple[str, Item]]) -> None:
    """Let it happen, if it can."""
    name = pool.agents[step.place % len(pool)].id if len(pool) else ""
    if step.what == "add":
        came(pool, step)
    elif step.what == "carry out":
        chosen = pool.choose(step.item, now=at, seed=step.place).chosen
        if chosen is not None:
            pool.reserve(chosen, step.item, at)
            out.append((chosen, step.item))
    elif step.what == "give back":
        if out and out[0][0] in pool:
            given_back(pool, *out.pop(0), at)
    elif not name:
        pass
    elif step.what == "reserve":
        pool.reserve(name, step.item, at)
    elif step.what == "release":
        given_back(pool, name, step.item, at)
    elif step.what == "update":
        pool.update(attrs.evolve(step.agent, id=name))
    elif step.what == "stands":
        pool.update(
            attrs.evolve(pool[name], presence=step.agent.presence, capacity=step.agent.capacity)
        )
    else:
        pool.remove(name)


def came(pool: AgentPool, step: Step) -> None:
    """Two come: whoever went, and somebody new; those who are there stay."""
    for each in (step.agent, attrs.evolve(step.agent, id=f"new{step.place}")):
        if each.id not in pool:
            pool.add(each)


def given_back(pool: AgentPool, name: str, item: Item, at: datetime) -> None:
    """Give it back; who does not have it stands as before."""
    before = pool[name]
    try:
        pool.release(name, item, at)
    except InvalidInput:
        assert pool[name] == before


def check(story: Story, kind: Callable[..., AgentPool] = AgentPool) -> None:
    """After each step the pool says what the choice says, with each amount of detail."""
    pool, at = kind(story.there, story.policy), NOON
    turn: Mapping[str, object] = {}
    out: list[tuple[str, Item]] = []
    for number, step in enumerate([None, *story.steps]):
        if step is not None:
            at += step.later
            happened(pool, step, at, out)
        if number < story.silent:
            continue
        for item in story.asked if step is None else [*story.asked, step.item]:
            details: tuple[Detail, ...] = ("full", "winner", "chosen")
            for detail in details:
                found = pool.choose(
                    item, now=at, seed=story.seed, turn=turn, plan=story.plan, detail=detail
                )
                assert found == choose(
                    pool.agents,
                    item,
                    now=at,
                    policy=story.policy,
                    seed=story.seed,
                    turn=turn,
                    plan=story.plan,
                    detail=detail,
                )
            turn = found.turn
            if story.policy.selector in INDEXED:  # the usual question, which is answered quickest
                usual = choose(pool.agents, item, now=at, policy=story.policy, detail="chosen")
                assert pool.choose(item, now=at) == usual


SIZES = {
    "in order": {"shortlists.MOST": 0},
    "looked through": {},
    "grown": {"shortlists.MOST": 2},
    "put aside": {
        "shortlists.MOST": 0,
        "shortlist.FEW": 1,
        "shortlist._ROOM": 0,
        "shortlists.ROOM": 2,
        "ladder._ROOM": 0,
    },
}


@contextmanager
def sized(name: str) -> Iterator[None]:
    """Some agents stand for many: they are kept in order, or looked through."""
    with pytest.MonkeyPatch.context() as patched:
        for each, value in SIZES[name].items():
            patched.setattr(f"workorder.assign.pool.{each}", value)
        yield


@pytest.mark.parametrize("size", SIZES)
@settings(max_examples=max(settings().max_examples // 2, 1))
@given(stories(in_order))
def test_the_pool_chooses_as_a_choice_does(size: str, story: Story) -> None:
    """Under policies that it keeps order by."""
    with sized(size):
        check(story)


@pytest.mark.parametrize("size", ["in order", "grown", "put aside"])
@given(stories(by_load))
def test_by_load_it_chooses_as_a_choice_does(size: str, story: Story) -> None:
    """By load alone, whatever is given and given back, and in whatever order it is told."""
    with sized(size):
        check(story)


@given(stories(elsewhere))
def test_the_pool_chooses_as_a_choice_does_under_any_policy(story: Story) -> None:
    """With scorers, turns, chance, and filters of a host."""
    check(story)


@given(agents(1, 4), items, st.sampled_from([0 * HOUR, HOUR]))
def test_who_is_given_something_stands_as_after_a_move(
    there: list[Agent], item: Item, later: timedelta
) -> None:
    """The same agent as in a plan of moves; given back, load and channels are as they were."""
    pool, before = AgentPool(there, recent=9), there[0]
    pool.reserve(before.id, item, NOON)
    assert pool[before.id] == with_item(before, item, NOON)
    assert pool.agents == (pool[before.id], *there[1:])
    pool.release(before.id, item, NOON + later)
    after = pool[before.id]
    assert (after.load, after.assigned[-1]) == (before.load, NOON)
    assert {name: n for name, n in after.held.items() if n} == {
        name: n for name, n in before.held.items() if n
    }
    assert after.idle_since == (None if after.load else NOON + later)


# --- faults -----------------------------------------------------------------------------------


class Forgets(AgentPool):
    """What is given back is counted, but nobody looks at them again."""

    def release(self, agent_id: str, item: Item, now: datetime) -> None:
        """Count it, and tell nobody."""
        one = self._one(agent_id)
        lists, one.lists = one.lists, ()
        super().release(agent_id, item, now)
        one.lists = lists


class Sits(AgentPool):
    """Who gave something back sits where they were on the ladder."""

    def release(self, agent_id: str, item: Item, now: datetime) -> None:
        """Count it, and see that they do not move."""
        one, units = self._one(agent_id), self._ladder.units
        place, one.place, self._ladder.units = one.place, (), float("inf")
        super().release(agent_id, item, now)
        one.place, self._ladder.units = place, units


class Remembers(AgentPool):
    """Who was given something still stands as before, by the key that is kept."""

    def reserve(self, agent_id: str, item: Item, now: datetime) -> None:
        """Count it, and keep the key."""
        one = self._one(agent_id)
        key = one.key
        super().reserve(agent_id, item, now)
        one.key = key


class Stays(AgentPool):
    """Who changes stays on the lists where they were."""

    def update(self, agent: Agent) -> None:
        """Stand otherwise, in the old places."""
        one = self._one(agent.id)
        self._stand(one, agent)


class Careless(AgentPool):
    """Doubts about the matter and the hour are not asked."""

    def __init__(self, agents: Sequence[Agent], policy: AssignmentPolicy) -> None:
        super().__init__(agents, policy)
        self._terms = attrs.evolve(self._terms, naming=(), hours=False, lately=None)


TWO = [Agent("gao", capacity=3, load=1), Agent("li", capacity=3, load=1)]
PHONE = Item("T1", skills={"cards": 1})
DECLINED = Item("T1", declined={"gao": NOON})
LOAD = AssignmentPolicy("load")
BARE = AssignmentPolicy("bare", filters=(Present(), HasCapacity()))
RETURNED = [Step("release", 1, TWO[1], Item("T2"), MINUTE)]
Fault = tuple[type[AgentPool], AssignmentPolicy, list[Step], Item]
FAULTS: tuple[Fault, ...] = (
    (Forgets, LOAD, RETURNED, Item("T1")),
    (Sits, BARE, RETURNED, Item("T1")),
    (Remembers, LOAD, [Step("reserve", 0, TWO[0], Item("T2"), MINUTE)], Item("T1")),
    (
        Stays,
        LOAD,
        [Step("update", 1, attrs.evolve(TWO[1], skills={"cards": 1}), PHONE, MINUTE)],
        PHONE,
    ),
    (Careless, LOAD, [], DECLINED),
)


@pytest.mark.parametrize(("kind", "policy", "steps", "asked"), FAULTS)
def test_the_law_notices(
    kind: type[AgentPool], policy: AssignmentPolicy, steps: list[Step], asked: Item
) -> None:
    """A pool with a fault is caught at it; without, the same story is told right."""
    story = Story(TWO, policy, steps, [asked], None, 0)
    with sized("in order"):
        check(story)
        with pytest.raises(AssertionError):
            check(story, kind)
